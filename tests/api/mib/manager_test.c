/* Handles, codes, and the tables and figures that are the host's: they are what iphlpapi says in
 * this process. */
#include "api/mib/mib_fixture.h"
#include "api/support/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- handles -------------------------------------------------------------------------------- */

static void connecting(void **state)
{
    static const WCHAR *const names[] = {L"", L".", L"localhost", L"\\\\localhost"};
    MIB_SERVER_HANDLE handle = UNTOUCHED_HANDLE;

    (void)state;
    assert_int_equal(MprAdminMIBServerConnect(NULL, NULL), RPC_INVALID_BINDING);
    assert_int_equal(MprAdminMIBServerConnect((WCHAR *)L"elsewhere.example.org", &handle),
                     RPC_SERVER_UNAVAILABLE);
    assert_null(handle);
    for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
        handle = UNTOUCHED_HANDLE;
        assert_int_equal(MprAdminMIBServerConnect((WCHAR *)(ULONG_PTR)names[n], &handle), NO_ERROR);
        assert_non_null(handle);
        MprAdminMIBServerDisconnect(handle);
    }
    for (size_t n = 0; n < fixture_garbage_count; n++)
        MprAdminMIBServerDisconnect((MIB_SERVER_HANDLE)fixture_garbage[n]);
}

/* Every function with that handle gives that code and clears its results. */
static void all_answer(MIB_SERVER_HANDLE s, DWORD code)
{
    MIB_OPAQUE_QUERY q = {IF_NUMBER, {0}};
    DWORD size = 0xdeadbeef;
    void *out = UNTOUCHED_PTR;

    assert_int_equal(MprAdminMIBEntryCreate(s, PID_IP, IPRTRMGR_PID, &q, sizeof(q)), code);
    assert_int_equal(MprAdminMIBEntryDelete(s, PID_IP, IPRTRMGR_PID, &q, sizeof(q)), code);
    assert_int_equal(MprAdminMIBEntrySet(s, PID_IP, IPRTRMGR_PID, &q, sizeof(q)), code);
    assert_int_equal(MprAdminMIBEntryGet(s, PID_IP, IPRTRMGR_PID, &q, sizeof(q), &out, &size),
                     code);
    assert_null(out);
    assert_int_equal(size, 0);
    size = 0xdeadbeef;
    out = UNTOUCHED_PTR;
    assert_int_equal(MprAdminMIBEntryGetFirst(s, PID_IP, IPRTRMGR_PID, &q, sizeof(q), &out, &size),
                     code);
    assert_null(out);
    assert_int_equal(size, 0);
    size = 0xdeadbeef;
    out = UNTOUCHED_PTR;
    assert_int_equal(MprAdminMIBEntryGetNext(s, PID_IP, IPRTRMGR_PID, &q, sizeof(q), &out, &size),
                     code);
    assert_null(out);
    assert_int_equal(size, 0);
}

static void handles_that_are_none(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    MIB_SERVER_HANDLE closed = NULL;

    (void)state;
    for (size_t n = 0; n < fixture_garbage_count; n++)
        all_answer((MIB_SERVER_HANDLE)fixture_garbage[n], RPC_INVALID_BINDING);
    all_answer((MIB_SERVER_HANDLE)server, RPC_INVALID_BINDING);
    assert_int_equal(MprAdminMIBServerConnect(NULL, &closed), NO_ERROR);
    MprAdminMIBServerDisconnect(closed);
    all_answer(closed, RPC_INVALID_BINDING);
    MprAdminServerDisconnect((MPR_SERVER_HANDLE)mib_server()); /* of another kind: not closed */
    MprAdminServerDisconnect(server);
}

static void not_running(void **state)
{
    (void)state;
    fixture_set_dword(NULL, L"Start", SERVICE_DISABLED);
    assert_false(MprAdminIsServiceRunning(NULL));
    all_answer(mib_server(), RPC_SERVER_UNAVAILABLE);
    fixture_delete_value(NULL, L"Start");
    assert_true(MprAdminIsServiceRunning(NULL));
}

static void without_rights(void **state)
{
    MIB_SERVER_HANDLE handle = UNTOUCHED_HANDLE;
    DWORD connected;

    (void)state;
    mib_server();
    if (!rights_drop()) {
        print_message("SKIP: this host can't take rights away from a thread\n");
        skip();
    }
    connected = MprAdminMIBServerConnect(NULL, &handle);
    all_answer(mib_server(), ERROR_ACCESS_DENIED);
    rights_restore();
    assert_int_equal(connected, ERROR_ACCESS_DENIED);
    assert_null(handle);
}

/* ---- questions that are wrong --------------------------------------------------------------- */

static void codes(void **state)
{
    const DWORD query[3] = {IF_ROW, 0xFFFFFFF0, 0}, unknown[2] = {12345, 0};
    DWORD size;
    void *out;

    (void)state;
    for (enum op op = GET; op <= GET_NEXT; op++) {
        assert_int_equal(mib_read(op, PID_IPX, IPRTRMGR_PID, query, 8, &out, &size),
                         ERROR_UNKNOWN_PROTOCOL_ID);
        assert_int_equal(mib_read(op, 0, 0, NULL, 0, &out, &size), ERROR_UNKNOWN_PROTOCOL_ID);
        assert_int_equal(mib_read(op, PID_IP, 77, query, 8, &out, &size), ERROR_CAN_NOT_COMPLETE);
        assert_int_equal(mib_read(op, PID_IP, IPRTRMGR_PID, unknown, 8, &out, &size),
                         ERROR_NOT_SUPPORTED);
    }
    for (enum change op = CREATE; op <= SET; op++) {
        assert_int_equal(mib_write(op, PID_IPX, IPRTRMGR_PID, query, 8), ERROR_UNKNOWN_PROTOCOL_ID);
        assert_int_equal(mib_write(op, PID_IP, 77, query, 8), ERROR_CAN_NOT_COMPLETE);
        assert_int_equal(mib_write(op, PID_IP, IPRTRMGR_PID, unknown, 8), ERROR_NOT_SUPPORTED);
    }
    assert_int_equal(mib_read(GET, PID_IP, IPRTRMGR_PID, query, 8, &out, &size), ERROR_NOT_FOUND);
    assert_int_equal(mib_read(GET_NEXT, PID_IP, IPRTRMGR_PID, query, 8, &out, &size),
                     ERROR_NO_MORE_ITEMS);
    assert_int_equal(mib_read(GET, PID_IP, IPRTRMGR_PID, query, 4, &out, &size),
                     ERROR_INVALID_PARAMETER);
}

/* Sizes that lie, at the edge of what can be read. */
static void sizes(void **state)
{
    static const DWORD wrong[] = {0, 1, 3};
    static const DWORD lies[] = {9, 4096, 4097, 1 << 20, 0x7fffffff, 0xffffffff};
    const DWORD query[2] = {IF_NUMBER, 0};
    void *in = mib_at_the_edge(query, sizeof(query)), *out;
    DWORD size;

    (void)state;
    for (enum op op = GET; op <= GET_NEXT; op++) {
        for (size_t n = 0; n < sizeof(wrong) / sizeof(wrong[0]); n++)
            assert_int_equal(mib_read(op, PID_IP, IPRTRMGR_PID, in, wrong[n], &out, &size),
                             ERROR_INVALID_PARAMETER);
        for (size_t n = 0; n < sizeof(lies) / sizeof(lies[0]); n++) {
            assert_int_equal(mib_read(op, PID_IP, IPRTRMGR_PID, in, lies[n], &out, &size),
                             ERROR_INVALID_PARAMETER);
            assert_int_equal(mib_read(op, PID_IP, IPRTRMGR_PID, NULL, lies[n], &out, &size),
                             ERROR_INVALID_PARAMETER);
        }
    }
    for (enum change op = CREATE; op <= SET; op++) {
        for (size_t n = 0; n < sizeof(lies) / sizeof(lies[0]); n++)
            assert_int_equal(mib_write(op, PID_IP, IPRTRMGR_PID, in, lies[n]),
                             ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(mib_read(GET, PID_IP, IPRTRMGR_PID, in, 8, &out, &size), NO_ERROR);
    assert_int_equal(MprAdminMIBBufferFree(out), NO_ERROR);
}

static void results_that_are_missing(void **state)
{
    MIB_OPAQUE_QUERY q = {IF_NUMBER, {0}};
    void *out = UNTOUCHED_PTR;
    DWORD size = 0xdeadbeef;

    (void)state;
    assert_int_equal(
        MprAdminMIBEntryGet(mib_server(), PID_IP, IPRTRMGR_PID, &q, sizeof(q), NULL, &size),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(size, 0);
    assert_int_equal(
        MprAdminMIBEntryGet(mib_server(), PID_IP, IPRTRMGR_PID, &q, sizeof(q), &out, NULL),
        ERROR_INVALID_PARAMETER);
    assert_null(out);
    assert_int_equal(
        MprAdminMIBEntryGetNext(mib_server(), PID_IP, IPRTRMGR_PID, &q, sizeof(q), NULL, NULL),
        ERROR_INVALID_PARAMETER);
}

static DWORD random_number(void)
{
    static DWORD state = 1;

    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

/* Any octets in any size: an answer or a code, nothing else. */
static void random_questions(void **state)
{
    (void)state;
    for (int n = 0; n < 5000; n++) {
        BYTE data[1000];
        DWORD length = random_number() % 3 ? random_number() % 32 : random_number() % 1000, size;
        void *in, *out;

        for (DWORD i = 0; i < length; i++) data[i] = (BYTE)(random_number() % 2 * random_number());
        if (length >= 4 && random_number() % 4) {
            memset(data, 0, 4);
            data[0] = (BYTE)(random_number() % 40);
        }
        in = mib_at_the_edge(data, length);
        if (random_number() % 8)
            mib_read((enum op)(random_number() % 3), random_number() % 8 ? PID_IP : PID_IPV6,
                     IPRTRMGR_PID, in, length, &out, &size);
        else
            out = NULL,
            mib_write((enum change)(random_number() % 3), PID_IP, IPRTRMGR_PID, in, length);
        if (out) assert_int_equal(MprAdminMIBBufferFree(out), NO_ERROR);
    }
}

/* ---- the host's tables ---------------------------------------------------------------------- */

typedef DWORD table_fn(void *table, ULONG *size);

/* iphlpapi's table; an empty one for ERROR_NO_DATA. */
static DWORD *host_table(table_fn *read)
{
    ULONG size = 1 << 20;
    DWORD *table = calloc(1, size), rc;

    assert_non_null(table);
    rc = read(table, &size);
    if (rc == ERROR_NO_DATA)
        table[0] = 0;
    else
        assert_int_equal(rc, NO_ERROR);
    return table;
}

static DWORD read_addresses(void *table, ULONG *size)
{
    return GetIpAddrTable(table, size, TRUE);
}

static DWORD read_interfaces(void *table, ULONG *size)
{
    return GetIfTable(table, size, TRUE);
}

static DWORD read_routes(void *table, ULONG *size)
{
    return GetIpForwardTable(table, size, TRUE);
}

static DWORD read_neighbours(void *table, ULONG *size)
{
    return GetIpNetTable(table, size, TRUE);
}

static DWORD read_connections(void *table, ULONG *size)
{
    return GetTcpTable(table, size, TRUE);
}

static DWORD read_listeners(void *table, ULONG *size)
{
    return GetUdpTable(table, size, TRUE);
}

static BOOL has_address(const MIB_IPADDRTABLE *table, const MIB_IPADDRROW *row)
{
    for (DWORD n = 0; n < table->dwNumEntries; n++) {
        if (table->table[n].dwAddr == row->dwAddr && table->table[n].dwMask == row->dwMask)
            return TRUE;
    }
    return FALSE;
}

static void addresses(void **state)
{
    MIB_IPADDRTABLE *ours = mib_table(IP_ADDRTABLE, 4);
    MIB_IPADDRTABLE *theirs = (MIB_IPADDRTABLE *)host_table(read_addresses);

    (void)state;
    assert_int_equal(ours->dwNumEntries, theirs->dwNumEntries);
    for (DWORD n = 0; n < theirs->dwNumEntries; n++)
        assert_true(has_address(ours, &theirs->table[n]));
    for (DWORD n = 0; n < ours->dwNumEntries; n++) {
        MIB_OPAQUE_INFO *info;
        DWORD size;

        assert_int_equal(mib_query(GET, IP_ADDRROW, &ours->table[n].dwAddr, 1, &info, &size),
                         NO_ERROR);
        assert_int_equal(size, sizeof(MIB_IPADDRROW));
        MprAdminMIBBufferFree(info);
    }
    free(theirs);
    mib_free(ours);
}

/* Ours are the router's interfaces, told by their physical address; every adapter is there. */
static void interfaces(void **state)
{
    MIB_IFTABLE *ours = mib_table(IF_TABLE, 4),
                *theirs = (MIB_IFTABLE *)host_table(read_interfaces);
    MIB_IFNUMBER *number = mib_table(IF_NUMBER, sizeof(*number));
    DWORD loopbacks = 0;

    (void)state;
    assert_int_equal(number->dwValue, ours->dwNumEntries);
    for (DWORD n = 0; n < theirs->dwNumEntries; n++) {
        const MIB_IFROW *t = &theirs->table[n];
        BOOL found = FALSE;

        if (t->dwType == IF_TYPE_SOFTWARE_LOOPBACK && loopbacks++) continue;
        for (DWORD i = 0; i < ours->dwNumEntries && !found; i++) {
            const MIB_IFROW *o = &ours->table[i];

            found = o->dwType == t->dwType && o->dwMtu == t->dwMtu &&
                    o->dwPhysAddrLen == t->dwPhysAddrLen &&
                    t->dwInOctets - o->dwInOctets < 0x1000000 &&
                    !memcmp(o->bPhysAddr, t->bPhysAddr, t->dwPhysAddrLen);
        }
        assert_true(found);
    }
    for (DWORD n = 1; n < ours->dwNumEntries; n++)
        assert_true(ours->table[n - 1].dwIndex < ours->table[n].dwIndex);
    free(theirs);
    mib_free(number);
    mib_free(ours);
}

/* Tables that others change: about as long, and each row of theirs is in ours. */
static void routes_and_neighbours(void **state)
{
    MIB_IPFORWARDTABLE *ours = mib_table(IP_FORWARDTABLE, 4);
    MIB_IPFORWARDTABLE *theirs = (MIB_IPFORWARDTABLE *)host_table(read_routes);
    MIB_IPFORWARDNUMBER *number = mib_table(IP_FORWARDNUMBER, sizeof(*number));
    MIB_IPNETTABLE *net = mib_table(IP_NETTABLE, 4);
    DWORD *host_net = host_table(read_neighbours);

    (void)state;
    assert_int_equal(ours->dwNumEntries, theirs->dwNumEntries);
    assert_int_equal(number->dwValue, theirs->dwNumEntries);
    for (DWORD n = 0; n < theirs->dwNumEntries; n++) {
        BOOL found = FALSE;

        for (DWORD i = 0; i < ours->dwNumEntries && !found; i++)
            found = ours->table[i].dwForwardDest == theirs->table[n].dwForwardDest &&
                    ours->table[i].dwForwardMask == theirs->table[n].dwForwardMask &&
                    ours->table[i].dwForwardNextHop == theirs->table[n].dwForwardNextHop;
        assert_true(found);
    }
    assert_true(net->dwNumEntries + 2 >= host_net[0] && host_net[0] + 2 >= net->dwNumEntries);
    free(theirs);
    free(host_net);
    mib_free(ours);
    mib_free(number);
    mib_free(net);
}

/* A socket of this program's is in the table, by both ways. */
static void sockets(void **state)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0), datagrams = socket(AF_INET, SOCK_DGRAM, 0);
    int length = sizeof(at);
    DWORD index[4] = {htonl(INADDR_LOOPBACK)}, size, *theirs;
    MIB_OPAQUE_INFO *info;
    MIB_TCPTABLE *tcp;

    (void)state;
    assert_int_equal(bind(listener, (struct sockaddr *)&at, length), 0);
    assert_int_equal(listen(listener, 1), 0);
    getsockname(listener, (struct sockaddr *)&at, &length);
    index[1] = at.sin_port;
    assert_int_equal(mib_query(GET, TCP_ROW, index, 4, &info, &size), NO_ERROR);
    assert_int_equal(size, sizeof(MIB_TCPROW));
    assert_int_equal(((MIB_TCPROW *)info->rgbyData)->dwState, MIB_TCP_STATE_LISTEN);
    MprAdminMIBBufferFree(info);
    tcp = mib_table(TCP_TABLE, 4);
    theirs = host_table(read_connections);
    assert_true(tcp->dwNumEntries > 0 && theirs[0] > 0);
    free(theirs);
    mib_free(tcp);

    at.sin_port = 0;
    assert_int_equal(bind(datagrams, (struct sockaddr *)&at, length), 0);
    getsockname(datagrams, (struct sockaddr *)&at, &length);
    index[1] = at.sin_port;
    assert_int_equal(mib_query(GET, UDP_ROW, index, 2, &info, &size), NO_ERROR);
    assert_int_equal(size, sizeof(MIB_UDPROW));
    MprAdminMIBBufferFree(info);
    closesocket(datagrams);
    closesocket(listener);
    assert_int_equal(mib_query(GET, UDP_ROW, index, 2, &info, &size), ERROR_NOT_FOUND);
    theirs = host_table(read_listeners);
    free(theirs);
}

static void figures(void **state)
{
    MIB_IPSTATS *ip = mib_table(IP_STATS, sizeof(*ip)), host_ip;
    MIB_TCPSTATS *tcp = mib_table(TCP_STATS, sizeof(*tcp)), host_tcp;
    MIB_UDPSTATS *udp = mib_table(UDP_STATS, sizeof(*udp)), host_udp;
    MIB_ICMP *icmp = mib_table(ICMP_STATS, sizeof(*icmp)), host_icmp;

    (void)state;
    assert_int_equal(GetIpStatistics(&host_ip), NO_ERROR);
    assert_int_equal(GetTcpStatistics(&host_tcp), NO_ERROR);
    assert_int_equal(GetUdpStatistics(&host_udp), NO_ERROR);
    assert_int_equal(GetIcmpStatistics(&host_icmp), NO_ERROR);
    assert_int_equal(ip->dwForwarding, host_ip.dwForwarding);
    assert_int_equal(ip->dwDefaultTTL, host_ip.dwDefaultTTL);
    assert_true(host_ip.dwInReceives - ip->dwInReceives < 1000000);
    assert_int_equal(tcp->dwRtoMax, host_tcp.dwRtoMax);
    assert_true(host_tcp.dwInSegs - tcp->dwInSegs < 1000000);
    assert_true(host_udp.dwInDatagrams - udp->dwInDatagrams < 1000000);
    assert_true(host_icmp.stats.icmpInStats.dwMsgs - icmp->stats.icmpInStats.dwMsgs < 1000000);
    mib_free(ip);
    mib_free(tcp);
    mib_free(udp);
    mib_free(icmp);
}

static DWORD read_figures6(DWORD id, void *figures)
{
    if (id == IP6_STATS) return GetIpStatisticsEx(figures, AF_INET6);
    return id == UDP6_STATS ? GetUdpStatisticsEx(figures, AF_INET6)
                            : GetTcpStatisticsEx(figures, AF_INET6);
}

/* Through either router manager; a host that doesn't count gives its own code (Wine: of TCP). */
static void figures_of_ipv6(void **state)
{
    static const struct {
        DWORD id, size;
        DWORD slack; /* of the first DWORD: constant, or the datagrams that came in */
    } figure[] = {{IP6_STATS, sizeof(MIB_IPSTATS), 1},
                  {UDP6_STATS, sizeof(MIB_UDPSTATS), 1000000},
                  {TCP6_STATS, sizeof(MIB_TCPSTATS), 1}};

    (void)state;
    for (size_t n = 0; n < 6; n++) {
        DWORD query[2] = {figure[n / 2].id}, host[32], got, size, status;
        void *out;

        status = mib_read(GET, n % 2 ? PID_IPV6 : PID_IP, IPRTRMGR_PID, query, 8, &out, &size);
        assert_int_equal(status, read_figures6(figure[n / 2].id, host));
        if (status != NO_ERROR) continue;
        assert_int_equal(size, 8 + figure[n / 2].size);
        memcpy(&got, ((MIB_OPAQUE_INFO *)out)->rgbyData, sizeof(got));
        assert_true(host[0] - got < figure[n / 2].slack);
        MprAdminMIBBufferFree(out);
    }
}

/* What goes to this machine itself leaves by the interface that the host's route names. */
static void the_best_way(void **state)
{
    DWORD index[2] = {htonl(0x7F000001), 0}, size, if_index;
    MIB_OPAQUE_INFO *info;
    MIB_IPFORWARDTABLE *routes = mib_table(IP_FORWARDTABLE, 4);
    DWORD status = mib_query(GET, BEST_IF, index, 1, &info, &size);

    (void)state;
    if (status != NO_ERROR) { /* a host without any route there */
        assert_int_equal(status, ERROR_NOT_FOUND);
        mib_free(routes);
        return;
    }
    assert_int_equal(size, sizeof(MIB_BEST_IF));
    if_index = ((MIB_BEST_IF *)info->rgbyData)->dwIfIndex;
    MprAdminMIBBufferFree(info);
    assert_int_equal(mib_query(GET, BEST_ROUTE, index, 2, &info, &size), NO_ERROR);
    assert_int_equal(size, 72); /* INTERFACE_ROUTE_INFO, which these headers lack */
    assert_int_equal(((DWORD *)info->rgbyData)[12], if_index);
    MprAdminMIBBufferFree(info);
    assert_int_equal(mib_query(GET_FIRST, BEST_IF, index, 1, &info, &size), ERROR_NOT_SUPPORTED);
    mib_free(routes);
}

/* ---- multicast, IPv6 ------------------------------------------------------------------------ */

static void multicast(void **state)
{
    static const DWORD empty[] = {MCAST_MFE, MCAST_MFE_STATS, MCAST_MFE_STATS_EX};
    static const DWORD none[] = {MCAST_IF_ENTRY, MCAST_BOUNDARY, MCAST_SCOPE, PROXY_ARP};
    const DWORD index[3] = {1, 2, 3};
    MIB_IPMCAST_GLOBAL *global = mib_table(MCAST_GLOBAL, sizeof(*global));
    MIB_ROUTESTATE *routes = mib_table(ROUTE_STATE, sizeof(*routes));
    MIB_OPAQUE_INFO *info;
    DWORD size;

    (void)state;
    assert_int_equal(global->dwEnable, 0);
    assert_int_equal(routes->bRoutesSetToStack, FALSE);
    for (size_t n = 0; n < 3; n++) {
        assert_int_equal(mib_query(GET, empty[n], index, 3, &info, &size), NO_ERROR);
        assert_int_equal(size, sizeof(DWORD));
        assert_int_equal(((MIB_MFE_TABLE *)info->rgbyData)->dwNumEntries, 0);
        MprAdminMIBBufferFree(info);
    }
    for (size_t n = 0; n < 4; n++) {
        assert_int_equal(mib_query(GET, none[n], index, 3, &info, &size), ERROR_NOT_FOUND);
        assert_int_equal(mib_query(GET_FIRST, none[n], NULL, 0, &info, &size), ERROR_NO_MORE_ITEMS);
    }
    mib_free(global);
    mib_free(routes);
}

static void ipv6(void **state)
{
    const DWORD table[2] = {IF_TABLE, 0}, row[2] = {IP_FORWARDROW, 1}, other[2] = {IP_STATS, 0};
    MIB_IFTABLE *interfaces_now;
    DWORD size, status;
    void *out;

    (void)state;
    assert_int_equal(mib_read(GET, PID_IPV6, IPRTRMGR_PID, table, 8, &out, &size), NO_ERROR);
    interfaces_now = (MIB_IFTABLE *)((MIB_OPAQUE_INFO *)out)->rgbyData;
    assert_int_equal(size, 8 + 4 + interfaces_now->dwNumEntries * sizeof(MIB_IFROW));
    MprAdminMIBBufferFree(out);
    assert_int_equal(mib_read(GET_NEXT, PID_IPV6, IPRTRMGR_PID, table, 8, &out, &size),
                     ERROR_NOT_SUPPORTED);
    status = mib_read(GET, PID_IPV6, IPRTRMGR_PID, row, 8, &out, &size);
    assert_true(status == NO_ERROR || status == ERROR_NOT_FOUND);
    if (out) MprAdminMIBBufferFree(out);
    assert_int_equal(mib_read(GET, PID_IPV6, IPRTRMGR_PID, other, 8, &out, &size),
                     ERROR_NOT_SUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connecting),
        cmocka_unit_test(handles_that_are_none),
        cmocka_unit_test(not_running),
        cmocka_unit_test(without_rights),
        cmocka_unit_test(codes),
        cmocka_unit_test(sizes),
        cmocka_unit_test(results_that_are_missing),
        cmocka_unit_test(addresses),
        cmocka_unit_test(interfaces),
        cmocka_unit_test(routes_and_neighbours),
        cmocka_unit_test(sockets),
        cmocka_unit_test(figures),
        cmocka_unit_test(figures_of_ipv6),
        cmocka_unit_test(the_best_way),
        cmocka_unit_test(multicast),
        cmocka_unit_test(ipv6),
        cmocka_unit_test(random_questions),
    };
    WSADATA wsa;

    WSAStartup(MAKEWORD(2, 2), &wsa);
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
