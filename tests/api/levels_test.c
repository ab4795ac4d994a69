/* Levels 1 to 3 of MprAdminInterfaceCreate, GetInfo and SetInfo. */
#include "api/support/fixture.h"

#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server;

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

static MPR_INTERFACE_3 make(const WCHAR *name)
{
    MPR_INTERFACE_3 info = {.fEnabled = TRUE,
                            .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                            .dwType = MPRET_Vpn,
                            .dwfNetProtocols = MPRNP_Ip,
                            .dwfOptions = MPRIO_RequireCHAP | MPRIO_SpecificIpAddr |
                                          MPRIO_SpecificNameServers,
                            .ipaddr = 0x0100000a, /* 10.0.0.1 in network order */
                            .ipaddrDns = 0x0200000a,
                            .dwEncryptionType = MPR_ET_Optional,
                            .dwVpnStrategy = MPR_VS_L2tpOnly,
                            .dwDialMode = MPRDM_DialAll,
                            .dwIdleDisconnectSeconds = 120};

    wcscpy(info.wszInterfaceName, name);
    wcscpy(info.szDeviceType, L"vpn");
    wcscpy(info.szDeviceName, L"Tunnel");
    wcscpy(info.szLocalPhoneNumber, L"vpn.example.net");
    return info;
}

static void hours_of_level_1(void **state)
{
    WCHAR hours[] = L"2 09:00-12:00 13:00-17:30\0"
                    L"4 09:00-12:00\0";
    MPR_INTERFACE_1 wanted = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    MPR_INTERFACE_1 *got = UNTOUCHED_PTR;
    HANDLE handle = NULL;

    (void)state;
    fixture_entry("Hours");
    wcscpy(wanted.wszInterfaceName, L"Hours");
    wanted.lpwsDialoutHoursRestriction = hours;
    assert_int_equal(MprAdminInterfaceCreate(server, 1, (BYTE *)&wanted, &handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 1, (BYTE **)&got), NO_ERROR);
    assert_memory_equal(got->lpwsDialoutHoursRestriction, hours, sizeof(hours));
    /* One block: the hours lie behind the structure. */
    assert_true((BYTE *)got->lpwsDialoutHoursRestriction >= (BYTE *)(got + 1));
    assert_int_equal(MprAdminBufferFree(got), NO_ERROR);

    /* Level 0 leaves them, level 1 without removes them. */
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&wanted), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 1, (BYTE **)&got), NO_ERROR);
    assert_non_null(got->lpwsDialoutHoursRestriction);
    got->lpwsDialoutHoursRestriction = NULL;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 1, (BYTE *)got), NO_ERROR);
    MprAdminBufferFree(got);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 1, (BYTE **)&got), NO_ERROR);
    assert_null(got->lpwsDialoutHoursRestriction);
    MprAdminBufferFree(got);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void malformed_hours(void **state)
{
    WCHAR bad[] = L"9 09:00-12:00\0";
    HANDLE handle = fixture_dial_interface(server, "Bad hours", NULL);
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    (void)state;
    wcscpy(info.wszInterfaceName, L"Bad hours");
    info.lpwsDialoutHoursRestriction = bad;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 1, (BYTE *)&info),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void level_2_writes_and_reads_the_phone_book(void **state)
{
    MPR_INTERFACE_3 wanted = make(L"Made here");
    MPR_INTERFACE_2 *got = UNTOUCHED_PTR;
    WCHAR alternates[] = L"second.example.net\0third.example.net\0";
    BYTE eap[100];
    HANDLE handle = UNTOUCHED_HANDLE;

    (void)state;
    memset(eap, 0x3c, sizeof(eap));
    wanted.szAlternates = alternates;
    wanted.lpbCustomAuthData = eap;
    wanted.dwCustomAuthDataSize = sizeof(eap);
    wanted.dwCustomAuthKey = 13;
    assert_int_equal(MprAdminInterfaceCreate(server, 2, (BYTE *)&wanted, &handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&got), NO_ERROR);
    assert_int_equal(wcscmp(got->wszInterfaceName, L"Made here"), 0);
    assert_ptr_equal(got->hInterface, handle);
    assert_int_equal(wcscmp(got->szLocalPhoneNumber, L"vpn.example.net"), 0);
    assert_int_equal(wcscmp(got->szDeviceName, L"Tunnel"), 0);
    assert_int_equal(_wcsicmp(got->szDeviceType, L"vpn"), 0);
    assert_int_equal(got->ipaddr, wanted.ipaddr);
    assert_int_equal(got->ipaddrDns, wanted.ipaddrDns);
    assert_int_equal(got->dwType, MPRET_Vpn);
    assert_int_equal(got->dwVpnStrategy, MPR_VS_L2tpOnly);
    assert_int_equal(got->dwIdleDisconnectSeconds, 120);
    assert_int_equal(got->dwfNetProtocols, MPRNP_Ip);
    assert_int_equal(got->dwEncryptionType, MPR_ET_Optional);
    assert_true(got->dwfOptions & MPRIO_RequireCHAP);
    assert_true(got->dwfOptions & MPRIO_SpecificIpAddr);
    assert_int_equal(got->dwSubEntries, 1);
    assert_int_equal(got->dwCustomAuthKey, 13);
    assert_int_equal(got->dwCustomAuthDataSize, sizeof(eap));
    assert_memory_equal(got->lpbCustomAuthData, eap, sizeof(eap));
    assert_memory_equal(got->szAlternates, alternates, sizeof(alternates));
    assert_int_equal(MprAdminBufferFree(got), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void level_3_has_ipv6_addresses(void **state)
{
    MPR_INTERFACE_3 wanted = make(L"Six"), *got = UNTOUCHED_PTR;
    IN6_ADDR address = {{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}}};
    HANDLE handle = NULL;

    (void)state;
    wanted.AddressCount = 1;
    wanted.ipv6addr = &address;
    wanted.ipv6addrDns = address;
    wanted.ipv6addrDns.u.Byte[15] = 8;
    assert_int_equal(MprAdminInterfaceCreate(server, 3, (BYTE *)&wanted, &handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 3, (BYTE **)&got), NO_ERROR);
    assert_int_equal(got->AddressCount, 1);
    assert_memory_equal(got->ipv6addr, &address, sizeof(address));
    assert_memory_equal(&got->ipv6addrDns, &wanted.ipv6addrDns, sizeof(address));
    assert_int_equal(wcscmp(got->szLocalPhoneNumber, L"vpn.example.net"), 0);
    assert_int_equal(MprAdminBufferFree(got), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

/* MS-RRASM 3.1.4.13: who names no method gets CHAP with encryption. */
static void authentication_is_chosen_when_left_open(void **state)
{
    MPR_INTERFACE_3 wanted = make(L"Open");
    MPR_INTERFACE_2 *got = UNTOUCHED_PTR;
    HANDLE handle = NULL;

    (void)state;
    wanted.dwfOptions = 0;
    wanted.dwEncryptionType = MPR_ET_None;
    assert_int_equal(MprAdminInterfaceCreate(server, 2, (BYTE *)&wanted, &handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&got), NO_ERROR);
    assert_true(got->dwfOptions & MPRIO_RequireCHAP);
    assert_true(got->dwfOptions & MPRIO_RequireMsCHAP2);
    assert_true(got->dwfOptions & MPRIO_RequireEncryptedPw);
    assert_true(got->dwfOptions & MPRIO_RequireDataEncryption);
    assert_int_equal(got->dwEncryptionType, MPR_ET_Require);
    MprAdminBufferFree(got);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void set_level_2(void **state)
{
    HANDLE handle = fixture_dial_interface(server, "Changed", NULL);
    MPR_INTERFACE_2 *got = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&got), NO_ERROR);
    wcscpy(got->szLocalPhoneNumber, L"198.51.100.9");
    got->dwIdleDisconnectSeconds = MPRIDS_Disabled;
    got->fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 2, (BYTE *)got), NO_ERROR);
    MprAdminBufferFree(got);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&got), NO_ERROR);
    assert_int_equal(wcscmp(got->szLocalPhoneNumber, L"198.51.100.9"), 0);
    assert_int_equal(got->dwIdleDisconnectSeconds, MPRIDS_Disabled);
    assert_int_equal(got->fEnabled, FALSE);
    /* Another name would leave a stray entry behind. */
    wcscpy(got->wszInterfaceName, L"Other");
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 2, (BYTE *)got),
                     ERROR_INVALID_PARAMETER);
    MprAdminBufferFree(got);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static HANDLE find_type(ROUTER_INTERFACE_TYPE type)
{
    MPR_INTERFACE_0 *all = NULL;
    DWORD read = 0, total = 0;
    HANDLE found = NULL;

    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    for (DWORD i = 0; i < read; i++) {
        if (all[i].dwIfType == type) found = all[i].hInterface;
    }
    MprAdminBufferFree(all);
    return found;
}

static void levels_2_and_3_are_for_demand_dial(void **state)
{
    HANDLE loopback = find_type(ROUTER_IF_TYPE_LOOPBACK);
    MPR_INTERFACE_3 info = make(L"LAN");
    MPR_INTERFACE_1 *one = UNTOUCHED_PTR;
    BYTE *buffer = UNTOUCHED_PTR;
    HANDLE handle = UNTOUCHED_HANDLE;

    (void)state;
    assert_non_null(loopback);
    assert_int_equal(MprAdminInterfaceGetInfo(server, loopback, 1, (BYTE **)&one), NO_ERROR);
    assert_null(one->lpwsDialoutHoursRestriction);
    MprAdminBufferFree(one);
    for (DWORD level = 2; level <= 3; level++) {
        buffer = UNTOUCHED_PTR;
        assert_int_equal(MprAdminInterfaceGetInfo(server, loopback, level, &buffer),
                         ERROR_INVALID_LEVEL);
        assert_null(buffer);
        assert_int_equal(MprAdminInterfaceSetInfo(server, loopback, level, (BYTE *)&info),
                         ERROR_INVALID_LEVEL);
        info.dwIfType = ROUTER_IF_TYPE_DEDICATED;
        assert_int_equal(MprAdminInterfaceCreate(server, level, (BYTE *)&info, &handle),
                         ERROR_INVALID_PARAMETER);
        assert_null(handle);
    }
}

static void a_lan_interface_stays_enabled(void **state)
{
    HANDLE loopback = find_type(ROUTER_IF_TYPE_LOOPBACK);
    MPR_INTERFACE_0 info = fixture_info(server, loopback);

    (void)state;
    info.fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, loopback, 0, (BYTE *)&info),
                     ERROR_INVALID_PARAMETER);
}

static void texts_without_end_and_lost_pointers(void **state)
{
    HANDLE handle = UNTOUCHED_HANDLE;
    MPR_INTERFACE_3 info = make(L"Wild");

    (void)state;
    wmemset(info.szDeviceName, L'x', RAS_MaxDeviceName + 1);
    assert_int_equal(MprAdminInterfaceCreate(server, 2, (BYTE *)&info, &handle),
                     ERROR_INVALID_PARAMETER);
    info = make(L"Wild");
    info.dwCustomAuthDataSize = 4;
    assert_int_equal(MprAdminInterfaceCreate(server, 2, (BYTE *)&info, &handle),
                     ERROR_INVALID_PARAMETER);
    info = make(L"Wild");
    info.AddressCount = 1;
    assert_int_equal(MprAdminInterfaceCreate(server, 3, (BYTE *)&info, &handle),
                     ERROR_INVALID_PARAMETER);
    assert_null(handle);
}

/* What the router refuses leaves the phone book as it was. */
static void a_refused_creation_leaves_no_entry(void **state)
{
    MPR_INTERFACE_3 info = make(L"Kept");
    MPR_INTERFACE_2 *got = UNTOUCHED_PTR;
    HANDLE handle = fixture_dial_interface(server, "Kept", NULL), second = UNTOUCHED_HANDLE;

    (void)state;
    wcscpy(info.szLocalPhoneNumber, L"203.0.113.77");
    assert_int_equal(MprAdminInterfaceCreate(server, 2, (BYTE *)&info, &second),
                     ERROR_INTERFACE_ALREADY_EXISTS);
    assert_null(second);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&got), NO_ERROR);
    assert_int_equal(wcscmp(got->szLocalPhoneNumber, L"192.0.2.1"), 0);
    MprAdminBufferFree(got);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void a_phone_book_that_cannot_be_read(void **state)
{
    HANDLE handle = fixture_dial_interface(server, "Unread", NULL);
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    fixture_phonebook("\xFF\xFE[\1U\1]\1"); /* UTF-16 */
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, &buffer),
                     ERROR_CANNOT_LOAD_PHONEBOOK);
    assert_null(buffer);
    fixture_phonebook("");
    buffer = UNTOUCHED_PTR;
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, &buffer),
                     ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_null(buffer);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_of_level_1),
        cmocka_unit_test(malformed_hours),
        cmocka_unit_test(level_2_writes_and_reads_the_phone_book),
        cmocka_unit_test(level_3_has_ipv6_addresses),
        cmocka_unit_test(authentication_is_chosen_when_left_open),
        cmocka_unit_test(set_level_2),
        cmocka_unit_test(levels_2_and_3_are_for_demand_dial),
        cmocka_unit_test(a_lan_interface_stays_enabled),
        cmocka_unit_test(texts_without_end_and_lost_pointers),
        cmocka_unit_test(a_refused_creation_leaves_no_entry),
        cmocka_unit_test(a_phone_book_that_cannot_be_read),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, connect_server, disconnect_server);
}
