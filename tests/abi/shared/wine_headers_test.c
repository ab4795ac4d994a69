/* A program made with Wine's headers, against our import library: what they declare of the DLL is
 * used as it stands, what both they and mingw-w64's declare is the same, and the rows that the DLL
 * gives are read by Wine's structures. Functions that Wine does not declare are declared here, as a
 * program would have to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <iprtrmib.h>
#include <mprapi.h>
#include <mprerror.h>
#include <raserror.h>

#include <cmocka.h>

#include "shared.h"

#ifndef __WINE_MPRAPI_H
#error "these are not Wine's headers"
#endif

/* ---- what Wine lacks ------------------------------------------------------------------------ */

#define PID_IP         0x21
#define ROUTER_MANAGER 10000

enum variable {
    NUMBER_OF_INTERFACES = 0,
    INTERFACE_TABLE = 1,
    IP_FIGURES = 3,
    ADDRESS_TABLE = 4,
    ROUTE_TABLE = 7,
    ICMP_FIGURES = 11,
    TCP_FIGURES = 12,
    UDP_FIGURES = 15
};

struct opaque_query {
    DWORD variable, index[1];
};

struct opaque_info {
    DWORD variable;
    ULONGLONG data[1];
};

DWORD WINAPI MprAdminServerConnect(LPWSTR server, HANDLE *ret);
void WINAPI MprAdminServerDisconnect(HANDLE server);
DWORD WINAPI MprAdminMIBServerConnect(LPWSTR server, HANDLE *ret);
void WINAPI MprAdminMIBServerDisconnect(HANDLE server);
DWORD WINAPI MprAdminMIBEntryGet(HANDLE server, DWORD pid, DWORD routing_pid, LPVOID in,
                                 DWORD in_size, LPVOID *out, LPDWORD out_size);
DWORD WINAPI MprAdminMIBBufferFree(LPVOID buffer);
DWORD WINAPI MprAdminInterfaceGetHandle(HANDLE server, LPWSTR name, HANDLE *ret, BOOL clients);
DWORD WINAPI MprAdminTransportGetInfo(HANDLE server, DWORD transport, LPBYTE *global, LPDWORD size,
                                      LPBYTE *client, LPDWORD client_size);
DWORD WINAPI MprAdminGetErrorString(DWORD error, LPWSTR *ret);
DWORD WINAPI MprAdminBufferFree(LPVOID buffer);

/* ---- both headers --------------------------------------------------------------------------- */

static void test_both_declare_the_same(void **state)
{
    size_t count = 0, different = 0;

    (void)state;
    for (; shared_facts_sdk[count].name && shared_facts_wine[count].name; count++) {
        const struct shared_fact *sdk = &shared_facts_sdk[count], *wine = &shared_facts_wine[count];

        assert_string_equal(sdk->name, wine->name);
        if (sdk->value == wine->value) continue;
        printf("%s: mingw-w64 %llu, Wine %llu\n", sdk->name, sdk->value, wine->value);
        different++;
    }
    assert_null(shared_facts_sdk[count].name);
    assert_null(shared_facts_wine[count].name);
    printf("%d facts that both sets of headers have\n", (int)count);
    assert_true(count >= 800);
    assert_int_equal(different, 0);
}

/* ---- what Wine declares of the DLL ---------------------------------------------------------- */

static void test_is_service_running(void **state)
{
    WCHAR here[MAX_PATH] = L"localhost", nowhere[] = L"elsewhere.example.org";

    (void)state;
    assert_true(MprAdminIsServiceRunning(NULL));
    assert_true(MprAdminIsServiceRunning(here));
    assert_false(MprAdminIsServiceRunning(nowhere));
}

/* The sizes of names that Wine's header has are those that the DLL takes. */
static void test_lengths_of_names(void **state)
{
    WCHAR longest[MAX_INTERFACE_NAME_LEN + 1];
    HANDLE server, handle;

    (void)state;
    for (int i = 0; i < MAX_INTERFACE_NAME_LEN; i++) longest[i] = L'n';
    longest[MAX_INTERFACE_NAME_LEN] = 0;
    assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetHandle(server, longest, &handle, FALSE),
                     ERROR_NO_SUCH_INTERFACE);
    MprAdminServerDisconnect(server);
}

/* Codes by the names of Wine's mprerror.h and raserror.h. */
static void test_codes(void **state)
{
    WCHAR name[] = L"nobody";
    HANDLE server, handle;
    LPWSTR text = NULL;
    LPBYTE info = NULL;
    DWORD size = 0;

    (void)state;
    assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetHandle(server, name, &handle, FALSE),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminTransportGetInfo(server, 0xABCD, &info, &size, NULL, NULL),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminGetErrorString(ERROR_INTERFACE_HAS_NO_DEVICES, &text), NO_ERROR);
    assert_true(text && text[0]);
    MprAdminBufferFree(text);
    MprAdminServerDisconnect(server);
}

/* ---- rows by Wine's structures -------------------------------------------------------------- */

static HANDLE mib;

static int connect_mib(void **state)
{
    (void)state;
    return (int)MprAdminMIBServerConnect(NULL, &mib);
}

static int disconnect_mib(void **state)
{
    (void)state;
    MprAdminMIBServerDisconnect(mib);
    return 0;
}

/* The answer, to be freed; *ret_data has size octets at least. */
static struct opaque_info *ask(enum variable variable, size_t size, const void **ret_data,
                               size_t *ret_size)
{
    struct opaque_query query = {variable, {0}};
    struct opaque_info *info = NULL;
    DWORD total = 0;

    assert_int_equal(MprAdminMIBEntryGet(mib, PID_IP, ROUTER_MANAGER, &query, sizeof(query),
                                         (void **)&info, &total),
                     NO_ERROR);
    assert_int_equal(info->variable, variable);
    assert_true(total >= offsetof(struct opaque_info, data) + size);
    *ret_data = info->data;
    *ret_size = total - offsetof(struct opaque_info, data);
    return info;
}

/* A table is as long as the rows that it says it has. */
#define ASK_TABLE(variable, type, row, info, table, size)                                  \
    const void *table##_data;                                                              \
    size_t size;                                                                           \
    struct opaque_info *info = ask(variable, offsetof(type, table), &table##_data, &size); \
    const type *table = table##_data;                                                      \
    assert_true(size >= offsetof(type, table) + table->dwNumEntries * sizeof(row))

static void test_interfaces(void **state)
{
    const void *number;
    struct opaque_info *count;
    MIB_IFROW host = {.dwIndex = 0};
    BOOL found = FALSE;

    ASK_TABLE(INTERFACE_TABLE, MIB_IFTABLE, MIB_IFROW, info, table, size);
    count = ask(NUMBER_OF_INTERFACES, sizeof(MIB_IFNUMBER), &number, &(size_t){0});

    (void)state;
    assert_int_equal(((const MIB_IFNUMBER *)number)->dwValue, table->dwNumEntries);
    for (DWORD i = 1; !found && i < 64; i++) {
        host.dwIndex = i;
        found = !GetIfEntry(&host) && host.dwType == IF_TYPE_SOFTWARE_LOOPBACK;
    }
    assert_true(found);
    found = FALSE;
    for (DWORD i = 0; i < table->dwNumEntries; i++) {
        const MIB_IFROW *row = &table->table[i];

        found = found || (row->dwType == host.dwType && row->dwMtu == host.dwMtu);
    }
    assert_true(found);
    MprAdminMIBBufferFree(count);
    MprAdminMIBBufferFree(info);
}

static void test_addresses(void **state)
{
    BOOL found = FALSE;

    ASK_TABLE(ADDRESS_TABLE, MIB_IPADDRTABLE, MIB_IPADDRROW, info, table, size);

    (void)state;
    for (DWORD i = 0; i < table->dwNumEntries; i++)
        found = found || (table->table[i].dwAddr == htonl(0x7F000001) &&
                          table->table[i].dwMask == htonl(0xFF000000));
    assert_true(found);
    MprAdminMIBBufferFree(info);
}

static void test_routes(void **state)
{
    ASK_TABLE(ROUTE_TABLE, MIB_IPFORWARDTABLE, MIB_IPFORWARDROW, info, table, size);

    (void)state;
    for (DWORD i = 0; i < table->dwNumEntries; i++) {
        const MIB_IPFORWARDROW *row = &table->table[i];

        assert_int_equal(row->dwForwardDest & ~row->dwForwardMask, 0);
        assert_in_range(row->dwForwardType, MIB_IPROUTE_TYPE_OTHER, MIB_IPROUTE_TYPE_INDIRECT);
    }
    MprAdminMIBBufferFree(info);
}

/* Figures that only grow: what the host says before is not beyond what we say afterwards. */
static void test_figures(void **state)
{
    MIB_IPSTATS ip;
    MIB_TCPSTATS tcp;
    MIB_UDPSTATS udp;
    MIB_ICMP icmp;
    const void *data;
    size_t size;
    struct opaque_info *info;

    (void)state;
    assert_int_equal(GetIpStatistics(&ip), NO_ERROR);
    info = ask(IP_FIGURES, sizeof(ip), &data, &size);
    assert_true(((const MIB_IPSTATS *)data)->dwInReceives - ip.dwInReceives < 0x1000000);
    MprAdminMIBBufferFree(info);

    assert_int_equal(GetTcpStatistics(&tcp), NO_ERROR);
    info = ask(TCP_FIGURES, sizeof(tcp), &data, &size);
    assert_true(((const MIB_TCPSTATS *)data)->dwInSegs - tcp.dwInSegs < 0x1000000);
    MprAdminMIBBufferFree(info);

    assert_int_equal(GetUdpStatistics(&udp), NO_ERROR);
    info = ask(UDP_FIGURES, sizeof(udp), &data, &size);
    assert_true(((const MIB_UDPSTATS *)data)->dwInDatagrams - udp.dwInDatagrams < 0x1000000);
    MprAdminMIBBufferFree(info);

    assert_int_equal(GetIcmpStatistics(&icmp), NO_ERROR);
    info = ask(ICMP_FIGURES, sizeof(icmp), &data, &size);
    assert_true(((const MIB_ICMP *)data)->stats.icmpInStats.dwMsgs - icmp.stats.icmpInStats.dwMsgs <
                0x1000000);
    MprAdminMIBBufferFree(info);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_declare_the_same),
        cmocka_unit_test(test_is_service_running),
        cmocka_unit_test(test_lengths_of_names),
        cmocka_unit_test(test_codes),
        cmocka_unit_test_setup_teardown(test_interfaces, connect_mib, disconnect_mib),
        cmocka_unit_test_setup_teardown(test_addresses, connect_mib, disconnect_mib),
        cmocka_unit_test_setup_teardown(test_routes, connect_mib, disconnect_mib),
        cmocka_unit_test_setup_teardown(test_figures, connect_mib, disconnect_mib),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
