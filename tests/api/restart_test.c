/* Each level of an interface, and the blocks of its transport and of the router manager: set, read,
 * and read again by a router that has started anew (another process). Those of the server, ports,
 * credentials, devices, users, filters and custom settings have such cases in their own files. */
#include "api/support/fixture.h"

#include <string.h>
#include <wchar.h>

#define BLOCK 0xFFFF0010u /* of a protocol that nobody knows: kept as it is */

static MPR_SERVER_HANDLE server;
static HANDLE config;
static WCHAR names[4][8] = {L"Zero", L"One", L"Two", L"Three"};
static WCHAR hours[] = L"1 08:00-12:00 13:00-18:00\0"
                       L"6 10:00-12:00\0";
static BYTE global_data[] = "of the router manager", interface_data[] = "of the interface";

/* What is set for an interface; level n looks at what it has. */
static MPR_INTERFACE_3 wanted(unsigned level)
{
    static IN6_ADDR address = {{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9}}};
    MPR_INTERFACE_3 info = {.fEnabled = level != 0,
                            .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                            .dwType = MPRET_Vpn,
                            .dwfNetProtocols = MPRNP_Ip,
                            .dwfOptions = MPRIO_RequireMsCHAP2,
                            .dwEncryptionType = MPR_ET_Optional,
                            .dwVpnStrategy = MPR_VS_PptpFirst,
                            .dwDialExtraPercent = 70,
                            .dwHangUpExtraPercent = 35,
                            .dwIdleDisconnectSeconds = 240};

    wcscpy(info.wszInterfaceName, names[level]);
    wcscpy(info.szDeviceType, L"vpn");
    wcscpy(info.szDeviceName, L"Tunnel");
    wcscpy(info.szLocalPhoneNumber, L"192.0.2.77");
    if (level == 3) {
        info.AddressCount = 1;
        info.ipv6addr = &address;
    }
    return info;
}

/* ---- what is set ----------------------------------------------------------------------------- */

/* Level 1 has them where level 2 goes on otherwise. */
static void set_hours(MPR_INTERFACE_3 *info, WCHAR *which)
{
    ((MPR_INTERFACE_1 *)(void *)info)->lpwsDialoutHoursRestriction = which;
}

/* Levels 0 and 1 are the stored configuration's, 2 and 3 the phone book's as well. */
static void set_stored(unsigned level, DWORD config_level)
{
    MPR_INTERFACE_3 info = wanted(level);
    LPVOID block = fixture_header_with(BLOCK, "before", 6);
    HANDLE handle = NULL, transport = NULL;

    info.fEnabled = TRUE;
    if (config_level == 1) set_hours(&info, NULL);
    assert_int_equal(MprConfigInterfaceCreate(config, config_level, (BYTE *)&info, &handle),
                     NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportAdd(config, handle, PID_IP, NULL, block,
                                                    MprInfoBlockQuerySize(block), &transport),
                     NO_ERROR);
    info.fEnabled = level != 0;
    if (config_level == 1) set_hours(&info, hours);
    assert_int_equal(MprConfigInterfaceSetInfo(config, handle, config_level, (BYTE *)&info),
                     NO_ERROR);
    MprInfoDelete(block);
}

static void set_running(unsigned level)
{
    LPVOID block = fixture_header_with(BLOCK, interface_data, sizeof(interface_data));
    LPVOID other = fixture_header_with(BLOCK, "before", 6);
    MPR_INTERFACE_3 info = wanted(level), first = info;
    HANDLE handle = NULL;

    wcscpy(first.szLocalPhoneNumber, L"before");
    first.dwDialExtraPercent = 1;
    first.fEnabled = TRUE;
    if (level < 2) fixture_entry(level ? "One" : "Zero");
    if (level == 1) set_hours(&first, NULL), set_hours(&info, hours);
    assert_int_equal(MprAdminInterfaceCreate(server, level, (BYTE *)&first, &handle), NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, handle, PID_IP, other, MprInfoBlockQuerySize(other)),
        NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, block,
                                                       MprInfoBlockQuerySize(block)),
                     NO_ERROR);
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, level, (BYTE *)&info), NO_ERROR);
    MprInfoDelete(block);
    MprInfoDelete(other);
}

static void set_all(void)
{
    LPVOID block = fixture_header_with(BLOCK, global_data, sizeof(global_data));

    assert_int_equal(
        MprAdminTransportSetInfo(server, PID_IP, block, MprInfoBlockQuerySize(block), NULL, 0),
        NO_ERROR);
    MprInfoDelete(block);
    for (unsigned level = 0; level < 4; level++) {
        set_stored(level, level < 2 ? level : 0);
        set_running(level);
    }
}

/* ---- what is read ---------------------------------------------------------------------------- */

static void assert_block(LPVOID header, const BYTE *data, DWORD size)
{
    DWORD got_size = 0, count = 0;
    BYTE *got = NULL;

    assert_int_equal(MprInfoBlockFind(header, BLOCK, &got_size, &count, &got), NO_ERROR);
    assert_int_equal(got_size * count, size);
    assert_memory_equal(got, data, size);
}

static void assert_level(const MPR_INTERFACE_3 *got, unsigned level)
{
    const MPR_INTERFACE_1 *one = (const MPR_INTERFACE_1 *)(const void *)got;
    MPR_INTERFACE_3 expected = wanted(level);

    assert_int_equal(wcscmp(got->wszInterfaceName, names[level]), 0);
    assert_int_equal(got->dwIfType, ROUTER_IF_TYPE_FULL_ROUTER);
    assert_int_equal(got->fEnabled, expected.fEnabled);
    if (level == 1) assert_memory_equal(one->lpwsDialoutHoursRestriction, hours, sizeof(hours));
    if (level < 2) return;
    assert_int_equal(wcscmp(got->szLocalPhoneNumber, expected.szLocalPhoneNumber), 0);
    assert_int_equal(wcscmp(got->szDeviceName, expected.szDeviceName), 0);
    assert_int_equal(got->dwDialExtraPercent, expected.dwDialExtraPercent);
    assert_int_equal(got->dwHangUpExtraPercent, expected.dwHangUpExtraPercent);
    assert_int_equal(got->dwIdleDisconnectSeconds, expected.dwIdleDisconnectSeconds);
    assert_int_equal(got->dwVpnStrategy, expected.dwVpnStrategy);
    assert_true(got->dwfOptions & MPRIO_RequireMsCHAP2);
    if (level < 3) return;
    assert_int_equal(got->AddressCount, 1);
    assert_memory_equal(got->ipv6addr, expected.ipv6addr, sizeof(IN6_ADDR));
}

static void stored(void **state)
{
    (void)state;
    for (unsigned level = 0; level < 4; level++) {
        HANDLE handle = NULL, transport = NULL;
        DWORD size = 0;
        BYTE *got = UNTOUCHED_PTR;

        assert_int_equal(MprConfigInterfaceGetHandle(config, names[level], &handle), NO_ERROR);
        assert_int_equal(MprConfigInterfaceGetInfo(config, handle, level, &got, &size), NO_ERROR);
        assert_level((MPR_INTERFACE_3 *)(void *)got, level);
        MprConfigBufferFree(got);
        assert_int_equal(MprConfigInterfaceTransportGetHandle(config, handle, PID_IP, &transport),
                         NO_ERROR);
        assert_int_equal(MprConfigInterfaceTransportGetInfo(config, handle, transport, &got, &size),
                         NO_ERROR);
        assert_block(got, interface_data, sizeof(interface_data));
        MprConfigBufferFree(got);
    }
}

static void running(void **state)
{
    BYTE *got = UNTOUCHED_PTR;
    DWORD size = 0, status;

    (void)state;
    for (unsigned level = 0; level < 4; level++) {
        HANDLE handle = NULL;

        assert_int_equal(MprAdminInterfaceGetHandle(server, names[level], &handle, FALSE),
                         NO_ERROR);
        assert_int_equal(MprAdminInterfaceGetInfo(server, handle, level, &got), NO_ERROR);
        assert_level((MPR_INTERFACE_3 *)(void *)got, level);
        MprAdminBufferFree(got);
        status = MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &got, &size);
        assert_int_equal(status, level ? NO_ERROR : ERROR_INVALID_HANDLE); /* disabled (page) */
        if (status != NO_ERROR) continue;
        assert_block(got, interface_data, sizeof(interface_data));
        MprAdminBufferFree(got);
    }
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, &got, &size, NULL, NULL), NO_ERROR);
    assert_block(got, global_data, sizeof(global_data));
    MprAdminBufferFree(got);
}

static void in_another_process(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_self("look"), 0);
}

static int open_both(void **state)
{
    (void)state;
    server = fixture_connect();
    return MprConfigServerConnect(NULL, &config) == NO_ERROR ? 0 : -1;
}

static int set_and_open(void **state)
{
    int failed = open_both(state);

    if (!failed) set_all();
    return failed;
}

static int close_both(void **state)
{
    (void)state;
    MprConfigServerDisconnect(config);
    MprAdminServerDisconnect(server);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest before[] = {cmocka_unit_test(stored), cmocka_unit_test(running),
                                        cmocka_unit_test(in_another_process)};
    const struct CMUnitTest after[] = {cmocka_unit_test(stored), cmocka_unit_test(running)};

    (void)argv;
    if (argc > 1) {
        fixture_registry_keep();
        return cmocka_run_group_tests(after, open_both, close_both);
    }
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(before, set_and_open, close_both);
}
