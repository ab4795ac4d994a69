/* MprAdminPortEnum, GetInfo, ClearStats, Reset, Disconnect; MprAdminDeviceEnum; the counts of
 * MPR_SERVER_0. The miniports are set up as an administrator would: two ports of PPTP, one of
 * L2TP, two of IKEv2, one of SSTP for clients. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define CLASS_KEY \
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}"
enum { PORTS = 6 };

static MPR_SERVER_HANDLE server;

static void set_value(HKEY key, const WCHAR *name, DWORD value)
{
    assert_int_equal(RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value)),
                     ERROR_SUCCESS);
}

static void miniport(const WCHAR *number, const WCHAR *component, DWORD count, DWORD routing)
{
    WCHAR path[200] = CLASS_KEY L"\\";
    HKEY key;

    wcscat(path, number);
    assert_int_equal(
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
        ERROR_SUCCESS);
    RegSetValueExW(key, L"ComponentId", 0, REG_SZ, (const BYTE *)component,
                   (DWORD)((wcslen(component) + 1) * sizeof(WCHAR)));
    set_value(key, L"WanEndpoints", count);
    set_value(key, L"EnableForRas", 1);
    set_value(key, L"EnableForRouting", routing);
    RegCloseKey(key);
}

static void set_up(DWORD router_type)
{
    fixture_registry(router_type);
    miniport(L"7001", L"ms_pptpminiport", 2, 1);
    miniport(L"7002", L"ms_l2tpminiport", 1, 1);
    miniport(L"7003", L"ms_sstpminiport", 1, 0);
    miniport(L"7004", L"MS_AgileVpnMiniport", 2, 1);
}

static int connect_server(void **state)
{
    (void)state;
    server = fixture_connect();
    return 0;
}

static int disconnect_server(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    return 0;
}

/* An interface on a miniport, with a dialer of the test's. */
static HANDLE interface_on(const char *name, const char *device, DWORD strategy,
                           const struct fixture_dialer *dialer)
{
    static char text[8192];
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;
    size_t used = strlen(text);

    snprintf(text + used, sizeof(text) - used,
             "[%s]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\nVpnStrategy=%u\r\n"
             "RedialAttempts=0\r\nRedialSeconds=1\r\nIdleDisconnectSeconds=0\r\n"
             "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=%s\r\nDEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n",
             name, (unsigned)strategy, device);
    fixture_phonebook(text);
    MultiByteToWideChar(CP_UTF8, 0, name, -1, info.wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1);
    fixture_dialer(info.wszInterfaceName, dialer);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    return handle;
}

static const struct fixture_dialer quick = {.address = L"10.1.0.1"};

static void delete_all(HANDLE *handles, size_t count)
{
    for (size_t n = 0; n < count; n++) {
        MprAdminInterfaceDisconnect(server, handles[n]);
        assert_int_equal(MprAdminInterfaceDelete(server, handles[n]), NO_ERROR);
    }
}

/* All ports; *ret_count of them. */
static RAS_PORT_0 *all_ports(DWORD *ret_count)
{
    RAS_PORT_0 *ports = UNTOUCHED_PTR;
    DWORD total = UNTOUCHED, resume = 0;

    assert_int_equal(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (BYTE **)&ports, (DWORD)-1,
                                      ret_count, &total, &resume),
                     NO_ERROR);
    assert_int_equal(total, *ret_count);
    assert_int_equal(resume, 0);
    return ports;
}

/* The port that a connection is on. */
static RAS_PORT_0 port_in(RAS_PORT_CONDITION condition)
{
    DWORD count = 0;
    RAS_PORT_0 *ports = all_ports(&count), ret;

    memset(&ret, 0, sizeof(ret));
    for (DWORD n = 0; n < count; n++) {
        if (ports[n].dwPortCondition == condition) ret = ports[n];
    }
    MprAdminBufferFree(ports);
    return ret;
}

static MPR_SERVER_0 server_info(void)
{
    MPR_SERVER_0 *info = NULL, ret;

    assert_int_equal(MprAdminServerGetInfo(server, 0, (BYTE **)&info), NO_ERROR);
    ret = *info;
    MprAdminBufferFree(info);
    return ret;
}

static void listed(void **state)
{
    DWORD count = UNTOUCHED;
    RAS_PORT_0 *ports = all_ports(&count);

    (void)state;
    assert_int_equal(count, PORTS);
    assert_int_equal(server_info().dwTotalPorts, PORTS);
    assert_int_equal(server_info().dwPortsInUse, 0);
    assert_int_equal(wcscmp(ports[0].wszDeviceName, L"WAN Miniport (PPTP)"), 0);
    assert_int_equal(wcscmp(ports[0].wszDeviceType, L"vpn"), 0);
    assert_int_equal(ports[0].dwPortCondition, RAS_PORT_LISTENING);
    assert_null(ports[0].hConnection);
    assert_int_equal(ports[0].dwTotalNumberOfCalls, 0);
    for (DWORD n = 1; n < count; n++) {
        assert_ptr_not_equal(ports[n].hPort, ports[n - 1].hPort);
        assert_int_not_equal(wcscmp(ports[n].wszPortName, ports[n - 1].wszPortName), 0);
    }
    MprAdminBufferFree(ports);
}

static void paged(void **state)
{
    static const DWORD lengths[] = {0, 1, sizeof(RAS_PORT_0), 2 * sizeof(RAS_PORT_0) + 1};

    (void)state;
    for (size_t n = 0; n < sizeof(lengths) / sizeof(lengths[0]); n++) {
        DWORD resume = 0, seen = 0, status;

        do {
            RAS_PORT_0 *ports = NULL;
            DWORD read = UNTOUCHED, total = UNTOUCHED;

            status = MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (BYTE **)&ports, lengths[n],
                                      &read, &total, &resume);
            assert_true(status == NO_ERROR || status == ERROR_MORE_DATA);
            assert_int_equal(status == ERROR_MORE_DATA, resume != 0);
            assert_int_equal(total, PORTS - seen);
            assert_int_equal(read, n == 3 ? 2 : 1);
            seen += read;
            MprAdminBufferFree(ports);
        } while (status == ERROR_MORE_DATA);
        assert_int_equal(seen, PORTS);
    }
}

static void resume_handles(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = UNTOUCHED, total = UNTOUCHED, resume = 0x7fffffff;

    (void)state;
    assert_int_equal(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, &buffer, (DWORD)-1, &read,
                                      &total, &resume),
                     NO_ERROR);
    assert_null(buffer);
    assert_int_equal(read | total | resume, 0);
    assert_int_equal(
        MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, &buffer, 1, &read, &total, NULL),
        ERROR_MORE_DATA);
    assert_int_equal(read, 1);
    MprAdminBufferFree(buffer);
}

static void enum_errors(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = UNTOUCHED, total = UNTOUCHED;
    HANDLE all = INVALID_HANDLE_VALUE;

    (void)state;
#define ENUM(server, level, connection, buffer, read, total) \
    MprAdminPortEnum(server, level, connection, buffer, (DWORD)-1, read, total, NULL)
    assert_int_equal(ENUM(server, 0, NULL, &buffer, &read, &total), ERROR_INVALID_HANDLE);
    assert_null(buffer);
    assert_int_equal(read | total, 0);
    assert_int_equal(ENUM(server, 0, server, &buffer, &read, &total), ERROR_INVALID_HANDLE);
    assert_int_equal(ENUM(server, 1, all, &buffer, &read, &total), ERROR_NOT_SUPPORTED);
    assert_int_equal(ENUM(server, 0, all, NULL, &read, &total), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, 0, all, &buffer, NULL, &total), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, 0, all, &buffer, &read, NULL), ERROR_INVALID_PARAMETER);
    for (size_t n = 0; n < fixture_garbage_count; n++) {
        buffer = UNTOUCHED_PTR;
        assert_int_equal(ENUM((HANDLE)fixture_garbage[n], 0, all, &buffer, &read, &total),
                         RPC_INVALID_BINDING);
        assert_null(buffer);
    }
#undef ENUM
}

static void occupied(void **state)
{
    HANDLE one = interface_on("One", "WAN Miniport (PPTP)", 1, &quick);
    RAS_PORT_0 port, *mine = NULL, *again = NULL;
    RAS_PORT_1 *counters = NULL;
    DWORD read = 0, total = 0;

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, one, NULL, TRUE), NO_ERROR);
    assert_int_equal(server_info().dwTotalPorts, PORTS);
    assert_int_equal(server_info().dwPortsInUse, 1);
    port = port_in(RAS_PORT_AUTHENTICATED);
    assert_non_null(port.hConnection);
    assert_int_equal(port.dwTotalNumberOfCalls, 1);
    assert_int_equal(wcscmp(port.wszDeviceName, L"WAN Miniport (PPTP)"), 0);
    assert_int_equal(MprAdminPortEnum(server, 0, port.hConnection, (BYTE **)&mine, (DWORD)-1, &read,
                                      &total, NULL),
                     NO_ERROR);
    assert_int_equal(read, 1);
    assert_int_equal(total, 1);
    assert_ptr_equal(mine->hPort, port.hPort);
    assert_int_equal(MprAdminPortGetInfo(server, 0, port.hPort, (BYTE **)&again), NO_ERROR);
    assert_ptr_equal(again->hConnection, port.hConnection);
    assert_int_equal(wcscmp(again->wszPortName, port.wszPortName), 0);
    assert_int_equal(MprAdminPortGetInfo(server, 1, port.hPort, (BYTE **)&counters), NO_ERROR);
    assert_ptr_equal(counters->hPort, port.hPort);
    assert_ptr_equal(counters->hConnection, port.hConnection);
    assert_int_equal(counters->dwHardwareCondition, RAS_HARDWARE_OPERATIONAL);
    assert_int_equal(MprAdminPortClearStats(server, port.hPort), NO_ERROR);
    assert_int_equal(MprAdminPortReset(server, port.hPort), NO_ERROR);
    assert_int_equal(MprAdminPortDisconnect(server, port.hPort), NO_ERROR);
    fixture_wait_state(server, one, ROUTER_IF_STATE_DISCONNECTED);
    assert_int_equal(MprAdminPortDisconnect(server, port.hPort), ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(ERROR_INVALID_HANDLE,
                     MprAdminPortEnum(server, 0, port.hConnection, (BYTE **)&mine, (DWORD)-1, &read,
                                      &total, NULL));
    assert_int_equal(server_info().dwPortsInUse, 0);
    MprAdminBufferFree(again);
    MprAdminBufferFree(counters);
    delete_all(&one, 1);
}

/* RAS_PORT_2 has no level of its own on any page; mprapi_ext.h has it. */
static void level_2(void **state)
{
    DWORD count = 0;
    RAS_PORT_0 *ports = all_ports(&count);
    BYTE *two = NULL;

    (void)state;
    WINDOWS_DIFFERS("no level 2 (page of MprAdminPortGetInfo)");
    assert_int_equal(MprAdminPortGetInfo(server, 2, ports[0].hPort, &two), NO_ERROR);
    assert_memory_equal(two, &ports[0].hPort, sizeof(HANDLE));
    assert_int_equal(
        wcscmp((WCHAR *)(void *)(two + 2 * sizeof(HANDLE) + sizeof(DWORD)), ports[0].wszPortName),
        0);
    MprAdminBufferFree(two);
    MprAdminBufferFree(ports);
}

static void get_info_errors(void **state)
{
    DWORD count = 0;
    RAS_PORT_0 *ports = all_ports(&count);
    HANDLE port = ports[0].hPort;

    (void)state;
    for (size_t n = 0; n < fixture_garbage_count; n++) {
        HANDLE bad = (HANDLE)fixture_garbage[n];
        BYTE *buffer = UNTOUCHED_PTR;

        assert_int_equal(MprAdminPortGetInfo(server, 0, bad, &buffer), ERROR_INVALID_PORT_HANDLE);
        assert_null(buffer);
        buffer = UNTOUCHED_PTR;
        assert_int_equal(MprAdminPortGetInfo(bad, 0, port, &buffer), RPC_INVALID_BINDING);
        assert_null(buffer);
        assert_int_equal(MprAdminPortClearStats(server, bad), RPC_INVALID_BINDING);
        assert_int_equal(MprAdminPortClearStats(bad, port), RPC_INVALID_BINDING);
        assert_int_equal(MprAdminPortReset(server, bad), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminPortReset(bad, port), RPC_INVALID_BINDING);
        assert_int_equal(MprAdminPortDisconnect(server, bad), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminPortDisconnect(bad, port), RPC_INVALID_BINDING);
    }
    for (DWORD level = 3; level < 10; level++) {
        BYTE *buffer = UNTOUCHED_PTR;

        assert_int_equal(MprAdminPortGetInfo(server, level, port, &buffer), ERROR_NOT_SUPPORTED);
        assert_null(buffer);
    }
    assert_int_equal(MprAdminPortGetInfo(server, 0, port, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminPortDisconnect(server, port), ERROR_INTERFACE_NOT_CONNECTED);
    MprAdminBufferFree(ports);
}

/* More connections than ports. */
static void exhausted(void **state)
{
    static const char *const names[] = {"A", "B", "C", "D"};
    HANDLE handles[4];
    MPR_INTERFACE_0 info;

    (void)state;
    for (size_t n = 0; n < 4; n++)
        handles[n] = interface_on(names[n], "WAN Miniport (PPTP)", 0, &quick);
    for (size_t n = 0; n < 3; n++) /* two of PPTP, then L2TP */
        assert_int_equal(MprAdminInterfaceConnect(server, handles[n], NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handles[3], NULL, TRUE),
                     ERROR_INTERFACE_HAS_NO_DEVICES);
    info = fixture_info(server, handles[3]);
    assert_int_equal(info.dwConnectionState, ROUTER_IF_STATE_UNREACHABLE);
    assert_int_equal(info.fUnReachabilityReasons, MPR_INTERFACE_OUT_OF_RESOURCES);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handles[0]), NO_ERROR);
    assert_int_equal(fixture_info(server, handles[3]).fUnReachabilityReasons, 0);
    assert_int_equal(MprAdminInterfaceConnect(server, handles[3], NULL, TRUE), NO_ERROR);
    delete_all(handles, 4);
}

static void being_dialled(void **state)
{
    const struct fixture_dialer slow = {.delay = 60000, .address = L"10.1.0.1"};
    HANDLE one = interface_on("Slow", "WAN Miniport (IKEv2)", 7, &slow);
    RAS_PORT_0 port;

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, one, NULL, FALSE), PENDING);
    port = port_in(RAS_PORT_INITIALIZING);
    assert_non_null(port.hPort);
    assert_null(port.hConnection);
    assert_int_equal(wcscmp(port.wszDeviceName, L"WAN Miniport (IKEv2)"), 0);
    assert_int_equal(MprAdminPortDisconnect(server, port.hPort), NO_ERROR);
    assert_int_equal(fixture_info(server, one).dwConnectionState, ROUTER_IF_STATE_DISCONNECTED);
    delete_all(&one, 1);
}

static void devices(void **state)
{
    static const WCHAR *const names[] = {L"WAN Miniport (PPTP)", L"WAN Miniport (L2TP)",
                                         L"WAN Miniport (SSTP)", L"WAN Miniport (IKEv2)",
                                         L"Some link"};
    HANDLE one = interface_on("Linked", "Some link", 0, &quick);
    MPR_DEVICE_0 *entries = UNTOUCHED_PTR;
    DWORD total = UNTOUCHED;

    (void)state;
    assert_int_equal(MprAdminDeviceEnum(server, 0, (BYTE **)&entries, &total), NO_ERROR);
    assert_int_equal(total, 5);
    for (DWORD n = 0; n < total; n++) {
        assert_int_equal(wcscmp(entries[n].szDeviceName, names[n]), 0);
        assert_int_equal(wcscmp(entries[n].szDeviceType, L"vpn"), 0);
    }
    assert_int_equal(server_info().dwTotalPorts, PORTS + 1);
    assert_int_equal(MprAdminBufferFree(entries), NO_ERROR);
    delete_all(&one, 1);
    assert_int_equal(server_info().dwTotalPorts, PORTS);
}

static void device_errors(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD total = UNTOUCHED;

    (void)state;
    assert_int_equal(MprAdminDeviceEnum(server, 1, &buffer, &total), ERROR_NOT_SUPPORTED);
    assert_null(buffer);
    assert_int_equal(total, 0);
    assert_int_equal(MprAdminDeviceEnum(server, 0, NULL, &total), ERROR_INVALID_PARAMETER);
    buffer = UNTOUCHED_PTR;
    assert_int_equal(MprAdminDeviceEnum(server, 0, &buffer, NULL), ERROR_INVALID_PARAMETER);
    assert_null(buffer);
    assert_int_equal(MprAdminDeviceEnum(NULL, 0, &buffer, &total), RPC_INVALID_BINDING);
}

/* As another process: a router for LANs only has no ports. */
static int lan_only(void)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = 7, total = 7;

    server = fixture_connect();
    if (MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, &buffer, (DWORD)-1, &read, &total,
                         NULL) != ERROR_DDM_NOT_RUNNING ||
        buffer || read || total)
        return 1;
    if (MprAdminPortGetInfo(server, 0, server, &buffer) != ERROR_DDM_NOT_RUNNING) return 2;
    if (MprAdminPortClearStats(server, server) != ERROR_DDM_NOT_RUNNING) return 3;
    if (MprAdminPortReset(server, server) != ERROR_DDM_NOT_RUNNING) return 4;
    if (MprAdminPortDisconnect(server, server) != ERROR_DDM_NOT_RUNNING) return 5;
    if (MprAdminDeviceEnum(server, 0, &buffer, &total) != NO_ERROR || buffer || total) return 6;
    return server_info().dwTotalPorts == 0 && server_info().fLanOnlyMode ? 0 : 7;
}

static void without_demand_dial(void **state)
{
    (void)state;
    set_up(ROUTER_LAN_ONLY);
    assert_int_equal(fixture_run_self("lan"), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed),          cmocka_unit_test(paged),
        cmocka_unit_test(resume_handles),  cmocka_unit_test(enum_errors),
        cmocka_unit_test(occupied),        cmocka_unit_test(level_2),
        cmocka_unit_test(get_info_errors), cmocka_unit_test(exhausted),
        cmocka_unit_test(being_dialled),   cmocka_unit_test(devices),
        cmocka_unit_test(device_errors),   cmocka_unit_test(without_demand_dial),
    };

    if (argc > 1 && !strcmp(argv[1], "lan")) return lan_only();
    set_up(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, connect_server, disconnect_server);
}
