/* A protocol in a DLL that keeps its routes in rtm.dll: what it learns is in the router's table,
 * goes when it is over, and becomes autostatic routes. It traces by rtutils.dll. This program is
 * its neighbour. */
#include "api/mib/mib_fixture.h"

#include <string.h>

#include "beacon.h"

#define TRACING L"SOFTWARE\\Microsoft\\Tracing\\BEACON"

#define OWN        0x7F4D0001u /* 127.77.0.1 */
#define NEIGHBOUR  0x7F000001u /* Wine sends from there, whichever of 127/8 a socket is bound to */
#define INTERVAL   100         /* ms */
#define PATIENCE   20000
#define AUTOSTATIC 10002

static MPR_SERVER_HANDLE server;
static HANDLE branch;
static SOCKET neighbour;
static USHORT port, neighbour_port; /* the protocol's, and ours */

/* ---- the neighbour --------------------------------------------------------------------------- */

static void announce(DWORD network, BYTE length)
{
    const DWORD octets = htonl(network);
    BYTE data[11] = {'B', 'C', 'N', '1', 2, 1};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};

    memcpy(data + 6, &octets, 4);
    data[10] = length;
    to.sin_addr.s_addr = htonl(OWN);
    sendto(neighbour, (const char *)data, sizeof(data), 0, (struct sockaddr *)&to, sizeof(to));
}

/* The kind of the next datagram, 0: none came. */
static BYTE next_datagram(BYTE data[64])
{
    memset(data, 0, 64);
    return recv(neighbour, (char *)data, 64, 0) >= 6 && !memcmp(data, "BCN1", 4) ? data[4] : 0;
}

/* On a port that is free: other tests have neighbours as well. */
static SOCKET any_socket(USHORT *ret_port)
{
    struct sockaddr_in own = {.sin_family = AF_INET};
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
    int size = sizeof(own);

    assert_int_equal(bind(s, (struct sockaddr *)&own, sizeof(own)), 0);
    assert_int_equal(getsockname(s, (struct sockaddr *)&own, &size), 0);
    *ret_port = ntohs(own.sin_port);
    return s;
}

static void begin_neighbour(void)
{
    const DWORD patience = PATIENCE;
    WSADATA data;
    SOCKET other;

    WSAStartup(MAKEWORD(2, 2), &data);
    neighbour = any_socket(&neighbour_port);
    setsockopt(neighbour, SOL_SOCKET, SO_RCVTIMEO, (const char *)&patience, sizeof(patience));
    other = any_socket(&port);
    closesocket(other);
}

/* ---- the table ------------------------------------------------------------------------------- */

/* Whether the router has such a route. Rows: dwForwardNextHop and dwForwardProto. */
static BOOL has_route(DWORD network, DWORD mask, DWORD protocol)
{
    const DWORD index[2] = {htonl(network), htonl(mask)};
    MIB_OPAQUE_INFO *got = NULL;
    BOOL found = FALSE;
    DWORD size = 0;

    if (mib_query(GET, ROUTE_MATCHING, index, 2, &got, &size) != NO_ERROR) return FALSE;
    for (const MIB_IPFORWARDTABLE *t = (void *)got->rgbyData; !found; found = TRUE) {
        DWORD n = 0;

        while (n < t->dwNumEntries && (t->table[n].dwForwardProto != protocol ||
                                       t->table[n].dwForwardNextHop != htonl(NEIGHBOUR)))
            n++;
        if (n == t->dwNumEntries) break;
    }
    MprAdminMIBBufferFree(got);
    return found;
}

static void wait_for_route(DWORD network, DWORD mask, DWORD protocol, BOOL there)
{
    for (int n = 0; n < PATIENCE / 10 && has_route(network, mask, protocol) != there; n++)
        Sleep(10);
    assert_int_equal(has_route(network, mask, protocol), there);
}

/* ---- set-up ---------------------------------------------------------------------------------- */

static const WCHAR *trace_folder(void)
{
    static WCHAR path[MAX_PATH];

    GetTempPathW(MAX_PATH - 16, path);
    return wcscat(path, L"beacon-trace");
}

/* Before the protocol is loaded; of routes and of starting, not of interfaces. */
static void begin_trace(void)
{
    const DWORD on = 1, mask = 0x00050000;
    const WCHAR *folder = trace_folder();
    HKEY key = NULL;

    assert_int_equal(
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, TRACING, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
        ERROR_SUCCESS);
    RegSetValueExW(key, L"EnableFileTracing", 0, REG_DWORD, (const BYTE *)&on, sizeof(on));
    RegSetValueExW(key, L"FileTracingMask", 0, REG_DWORD, (const BYTE *)&mask, sizeof(mask));
    RegSetValueExW(key, L"FileDirectory", 0, REG_SZ, (const BYTE *)folder,
                   (DWORD)((wcslen(folder) + 1) * sizeof(WCHAR)));
    RegCloseKey(key);
}

static DWORD set_global(DWORD size)
{
    const DWORD nothing = 0;
    LPVOID header = fixture_header(), with = NULL;
    DWORD status;

    assert_int_equal(
        MprInfoBlockAdd(header, BEACON_ID, size, size ? 1 : 0, (LPBYTE)(ULONG_PTR)&nothing, &with),
        NO_ERROR);
    status = MprAdminTransportSetInfo(server, PID_IP, with, MprInfoBlockQuerySize(with), NULL, 0);
    MprInfoDelete(header);
    MprInfoDelete(with);
    return status;
}

static LPVOID block(void)
{
    const struct beacon_interface info = {.neighbour = htonl(NEIGHBOUR),
                                          .port = port,
                                          .neighbour_port = neighbour_port,
                                          .interval = INTERVAL,
                                          .count = 1,
                                          .prefix = {{htonl(0x0A070000), 16}}};

    return fixture_header_with(BEACON_ID, &info, sizeof(info));
}

static int set_up(void **state)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    LPVOID header;

    (void)state;
    begin_neighbour();
    header = block();
    server = fixture_connect();
    assert_int_equal(set_global(4), NO_ERROR);
    branch = fixture_dial_interface(server, "Branch", &dialer);
    assert_int_equal(MprAdminInterfaceTransportAdd(server, branch, PID_IP, header,
                                                   MprInfoBlockQuerySize(header)),
                     NO_ERROR);
    MprInfoDelete(header);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE), NO_ERROR);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    MprAdminInterfaceDisconnect(server, branch);
    MprAdminInterfaceDelete(server, branch);
    MprAdminServerDisconnect(server);
    closesocket(neighbour);
    return 0;
}

/* ---- what it does ---------------------------------------------------------------------------- */

static void it_announces_what_it_is_told(void **state)
{
    static const BYTE told[] = {10, 7, 0, 0, 16};
    BYTE data[64];

    (void)state;
    while (next_datagram(data) == 1) continue;
    assert_int_equal(data[4], 2);
    assert_int_equal(data[5], 1);
    assert_memory_equal(data + 6, told, sizeof(told));
}

static void what_is_learned_lives_for_a_while(void **state)
{
    (void)state;
    /* Again and again, since a datagram may be lost while the protocol's socket is made anew. */
    for (int n = 0; n < PATIENCE / 10 && !has_route(0x0A420000, 0xFFFF0000, BEACON_ID); n++) {
        announce(0x0A420000, 16);
        Sleep(10);
    }
    wait_for_route(0x0A420000, 0xFFFF0000, BEACON_ID, TRUE);
    wait_for_route(0x0A420000, 0xFFFF0000, BEACON_ID, FALSE);
}

static DWORD WINAPI answer_question(void *parameter)
{
    BYTE data[64], kind;

    (void)parameter;
    while ((kind = next_datagram(data)) > 1) continue;
    if (kind == 1) announce(0x0A430000, 16);
    return kind;
}

static void an_update_makes_autostatic_routes(void **state)
{
    HANDLE thread = CreateThread(NULL, 0, answer_question, NULL, 0, NULL);

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, branch, PID_IP, NULL), NO_ERROR);
    assert_int_equal(WaitForSingleObject(thread, PATIENCE), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_true(has_route(0x0A430000, 0xFFFF0000, AUTOSTATIC));
    wait_for_route(0x0A430000, 0xFFFF0000, BEACON_ID, FALSE);
    assert_true(has_route(0x0A430000, 0xFFFF0000, AUTOSTATIC));
}

static void an_update_without_an_answer_fails(void **state)
{
    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, branch, PID_IP, NULL),
                     ERROR_CAN_NOT_COMPLETE);
    assert_true(has_route(0x0A430000, 0xFFFF0000, AUTOSTATIC));
}

/* Told again and again: so what goes does not go by itself. */
static volatile LONG told_enough;

static DWORD WINAPI tell(void *parameter)
{
    (void)parameter;
    while (!told_enough) {
        announce(0x0A440000, 16);
        Sleep(20);
    }
    return 0;
}

static void its_routes_go_with_the_link_and_with_it(void **state)
{
    HANDLE thread = CreateThread(NULL, 0, tell, NULL, 0, NULL);

    (void)state;
    wait_for_route(0x0A440000, 0xFFFF0000, BEACON_ID, TRUE);
    assert_int_equal(MprAdminInterfaceDisconnect(server, branch), NO_ERROR);
    wait_for_route(0x0A440000, 0xFFFF0000, BEACON_ID, FALSE);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE), NO_ERROR);
    wait_for_route(0x0A440000, 0xFFFF0000, BEACON_ID, TRUE);
    assert_int_equal(set_global(0), NO_ERROR); /* it is stopped */
    wait_for_route(0x0A440000, 0xFFFF0000, BEACON_ID, FALSE);
    assert_int_equal(set_global(4), NO_ERROR);
    wait_for_route(0x0A440000, 0xFFFF0000, BEACON_ID, TRUE);
    InterlockedExchange(&told_enough, 1);
    assert_int_equal(WaitForSingleObject(thread, PATIENCE), WAIT_OBJECT_0);
    CloseHandle(thread);
}

/* ---- its trace ------------------------------------------------------------------------------- */

static const char *trace_text(void)
{
    static char text[65536];
    WCHAR path[2 * MAX_PATH];
    DWORD size = 0;
    HANDLE file;

    wcscat(wcscpy(path, trace_folder()), L"\\BEACON.LOG");
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) {
        ReadFile(file, text, sizeof(text) - 1, &size, NULL);
        CloseHandle(file);
    }
    text[size] = 0;
    return text;
}

static void it_traces_what_it_does(void **state)
{
    (void)state;
    assert_non_null(strstr(trace_text(), ": start: 0\r\n"));
    assert_non_null(strstr(trace_text(), ": route 10.66.0.0/16 over interface "));
    assert_non_null(strstr(trace_text(), ": stopped\r\n"));
    assert_null(strstr(trace_text(), "is added")); /* its mask is not set */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_announces_what_it_is_told),
        cmocka_unit_test(what_is_learned_lives_for_a_while),
        cmocka_unit_test(an_update_makes_autostatic_routes),
        cmocka_unit_test(an_update_without_an_answer_fails),
        cmocka_unit_test(its_routes_go_with_the_link_and_with_it),
        cmocka_unit_test(it_traces_what_it_does),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_catalogue(L"Ip", L"BEACON", BEACON_ID, L"beacon.dll");
    begin_trace();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
