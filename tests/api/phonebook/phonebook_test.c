/* The phone book behind levels 2 and 3: what is read from a file as strangers write it, and that
 * setting changes what was asked for and nothing else, byte for byte. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define HEAD   "[Branch]\r\nType=2\r\n"
#define DEVICE "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=x\r\nDEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n"

static MPR_SERVER_HANDLE server;
static HANDLE branch;

static const WCHAR *path(void)
{
    static WCHAR ret[MAX_PATH + 32];

    GetTempPathW(MAX_PATH, ret);
    return wcscat(ret, L"mprapi-test.pbk");
}

static void assert_file(const char *expected)
{
    char text[4096];
    HANDLE file = CreateFileW(path(), GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size = 0;

    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    assert_true(ReadFile(file, text, sizeof(text) - 1, &size, NULL));
    CloseHandle(file);
    text[size] = 0;
    assert_string_equal(text, expected);
}

static int begin(void **state)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    const struct fixture_dialer dialer = {.outcome = NO_ERROR};

    (void)state;
    fixture_phonebook(HEAD DEVICE);
    fixture_dialer(L"Branch", &dialer);
    wcscpy(info.wszInterfaceName, L"Branch");
    server = fixture_connect();
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &branch), NO_ERROR);
    return 0;
}

static int end(void **state)
{
    (void)state;
    SetFileAttributesW(path(), FILE_ATTRIBUTE_NORMAL);
    MprAdminInterfaceDelete(server, branch);
    MprAdminServerDisconnect(server);
    return 0;
}

static MPR_INTERFACE_3 *get(DWORD level)
{
    MPR_INTERFACE_3 *info = UNTOUCHED_PTR;

    assert_int_equal(MprAdminInterfaceGetInfo(server, branch, level, (BYTE **)&info), NO_ERROR);
    return info;
}

static void set(DWORD level, MPR_INTERFACE_3 *info)
{
    assert_int_equal(MprAdminInterfaceSetInfo(server, branch, level, (BYTE *)info), NO_ERROR);
    assert_int_equal(MprAdminBufferFree(info), NO_ERROR);
}

static DWORD options_of(const char *text)
{
    MPR_INTERFACE_3 *info;
    DWORD options;

    fixture_phonebook(text);
    info = get(2);
    options = info->dwfOptions;
    MprAdminBufferFree(info);
    return options;
}

/* MS-RRASM 3.1.4.14: RequireEncryptedPw without PAP and EAP, RequireMsEncryptedPw without these and
 * CHAP. The default gateway (0x10) is on where the key is absent. */
static void computed_options(void **state)
{
    static const struct {
        unsigned restrictions;
        DWORD options;
    } cases[] = {{0, 0xc10},        {8, 0x40010},      {16, 0x80c10},     {32, 0x8000410},
                 {64, 0x10000c10},  {128, 0x20010},    {512, 0x20000c10}, {544, 0x28000410},
                 {640, 0x20020010}, {520, 0x20040010}, {2048, 0x1000c10}, {4096, 0x2000c10},
                 {576, 0x30000c10}, {1024, 0xc10}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[500];

        snprintf(text, sizeof(text), HEAD "AuthRestrictions=%u\r\n" DEVICE, cases[i].restrictions);
        assert_int_equal(options_of(text), cases[i].options);
    }
}

static void giving_back_changes_nothing(void **state)
{
    static const char *const texts[] = {
        HEAD DEVICE,
        HEAD "AuthRestrictions=512\r\n" DEVICE,
        HEAD "AuthRestrictions=2048\r\n" DEVICE,
        HEAD "AuthRestrictions=0\r\nDataEncryption=256\r\n" DEVICE,
        HEAD "RouterOptions=3072\r\nAuthRestrictions=128\r\nDataEncryption=512\r\n" DEVICE,
        HEAD "Ipv6Assign=2\r\nIpv6NameAssign=1\r\nIpv6DnsAddress=2001:db8::53\r\n" DEVICE,
        HEAD "Ipv6Assign=1\r\nIpv6Address=2001:db8::1\r\nIpv6NameAssign=2\r\n" DEVICE,
        HEAD "Ipv6NameAssign=2\r\nIpv6Dns2Address=2001:db8::54\r\n" DEVICE,
        HEAD "IpAssign=1\r\nIpAddress=192.0.2.9\r\nIpNameAssign=3\r\nTypicalAuth=2\r\n" DEVICE,
        "\xEF\xBB\xBF" HEAD DEVICE,
        "; odd\r\n" HEAD "no key\r\n" DEVICE "[bad\r\nPhoneNumber=2\r\n\x1A",
        "[Branch]\nType=5\nDEVICE=PPPoE\nPhoneNumber=isp",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        for (DWORD level = 2; level <= 3; level++) {
            fixture_phonebook(texts[i]);
            set(level, get(level));
            assert_file(texts[i]);
        }
    }
}

static void computed_options_are_not_stored(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook(HEAD "AuthRestrictions=512\r\n" DEVICE);
    info = get(2);
    info->dwIdleDisconnectSeconds = 60;
    set(2, info);
    assert_file(HEAD "IdleDisconnectSeconds=60\r\nAuthRestrictions=512\r\n" DEVICE);
    info = get(2);
    info->dwfOptions &= ~(DWORD)MPRIO_RequireMsCHAP2;
    info->dwfOptions |= MPRIO_RequireEAP;
    set(2, info);
    info = get(2);
    assert_int_equal(info->dwfOptions, 0x20010);
    MprAdminBufferFree(info);
}

/* What is asked for is less than the entry has: the flag that came with the entry is no word
 * against it. */
static void encryption_can_be_lowered(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook(HEAD "DataEncryption=256\r\nAuthRestrictions=512\r\n" DEVICE);
    info = get(2);
    assert_true(info->dwfOptions & MPRIO_RequireDataEncryption);
    info->dwEncryptionType = MPR_ET_Optional;
    set(2, info);
    assert_file(HEAD "DataEncryption=8\r\nAuthRestrictions=512\r\n" DEVICE);
    info = get(2);
    info->dwfOptions |= MPRIO_RequireDataEncryption;
    set(2, info);
    assert_file(HEAD "DataEncryption=256\r\nAuthRestrictions=512\r\n" DEVICE);
}

static void a_changed_ipv6_address_counts(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook(HEAD "AuthRestrictions=512\r\nIpv6Assign=1\r\nIpv6Address=2001:db8::1\r\n"
                           "Ipv6NameAssign=1\r\nIpv6DnsAddress=2001:db8::53\r\n" DEVICE);
    info = get(3);
    info->ipv6addrDns.u.Byte[15] = 0x54;
    set(3, info);
    assert_file(HEAD "AuthRestrictions=512\r\nIpv6Assign=1\r\nIpv6Address=2001:db8::1\r\n"
                     "Ipv6NameAssign=2\r\nIpv6DnsAddress=2001:db8::54\r\n" DEVICE);
    info = get(3);
    info->AddressCount = 0;
    set(3, info);
    assert_file(HEAD "AuthRestrictions=512\r\nIpv6Assign=1\r\nIpv6Address=::\r\n"
                     "Ipv6NameAssign=2\r\nIpv6DnsAddress=2001:db8::54\r\n" DEVICE);
}

/* MS-RRASM 3.1.4.15 knows PAP, CHAP, MS-CHAP v2 and EAP only. */
static void authentication_is_chosen_by_a_change(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    for (unsigned bit = 2048; bit <= 4096; bit *= 2) {
        char text[500];

        snprintf(text, sizeof(text), HEAD "AuthRestrictions=%u\r\n" DEVICE, bit);
        fixture_phonebook(text);
        info = get(2);
        info->dwIdleDisconnectSeconds = 60;
        set(2, info);
        snprintf(text, sizeof(text),
                 HEAD "IdleDisconnectSeconds=60\r\nAuthRestrictions=%u\r\n" DEVICE, bit + 552);
        assert_file(text);
    }
}

static void odd_lines_are_in_nobodys_way(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook("; by hand\r\n[other\r\n=\r\n" HEAD "AuthRestrictions=512\r\nodd\r\n" DEVICE
                      "\x1A");
    info = get(2);
    wcscpy(info->szLocalPhoneNumber, L"192.0.2.7");
    set(2, info);
    assert_file("; by hand\r\n[other\r\n=\r\n" HEAD "AuthRestrictions=512\r\nodd\r\n"
                "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=x\r\nDEVICE=vpn\r\n"
                "PhoneNumber=192.0.2.7\r\n\x1A");
}

static void the_number_of_a_device_without_medium(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook("[Branch]\r\nType=5\r\nAuthRestrictions=512\r\n\r\nDEVICE=PPPoE\r\n"
                      "LastSelectedPhone=0\r\n");
    info = get(2);
    assert_int_equal(wcscmp(info->szDeviceType, L"PPPoE"), 0);
    wcscpy(info->szLocalPhoneNumber, L"isp");
    set(2, info);
    assert_file("[Branch]\r\nType=5\r\nAuthRestrictions=512\r\n\r\nDEVICE=PPPoE\r\n"
                "PhoneNumber=isp\r\nLastSelectedPhone=0\r\n");
}

static void what_is_no_text_is_refused(void **state)
{
    MPR_INTERFACE_3 *info = get(2);
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    fixture_phonebook("\xFF\xFE[\1B\1]\1");
    assert_int_equal(MprAdminInterfaceGetInfo(server, branch, 2, &buffer),
                     ERROR_CANNOT_LOAD_PHONEBOOK);
    assert_null(buffer);
    info->dwIdleDisconnectSeconds = 77;
    assert_int_equal(MprAdminInterfaceSetInfo(server, branch, 2, (BYTE *)info),
                     ERROR_CANNOT_LOAD_PHONEBOOK);
    assert_file("\xFF\xFE[\1B\1]\1");
    MprAdminBufferFree(info);
}

static void a_read_only_phone_book_is_refused(void **state)
{
    static const char text[] = HEAD "AuthRestrictions=512\r\n" DEVICE;
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook(text);
    info = get(2);
    info->dwIdleDisconnectSeconds = 77;
    assert_true(SetFileAttributesW(path(), FILE_ATTRIBUTE_READONLY));
    assert_int_equal(MprAdminInterfaceSetInfo(server, branch, 2, (BYTE *)info),
                     ERROR_ACCESS_DENIED);
    assert_file(text);
    assert_true(GetFileAttributesW(path()) & FILE_ATTRIBUTE_READONLY);
    assert_true(SetFileAttributesW(path(), FILE_ATTRIBUTE_NORMAL));
    MprAdminBufferFree(info);
}

static void set_time(void)
{
    const FILETIME time = {0x12345678, 0x01d00000};
    HANDLE file =
        CreateFileW(path(), FILE_WRITE_ATTRIBUTES, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);

    assert_true(SetFileTime(file, NULL, NULL, &time));
    CloseHandle(file);
}

/* Another file of the same size and time: it is read when that is asked for, and a change keeps
 * what it says. */
static void a_file_of_the_same_size_and_time(void **state)
{
    MPR_INTERFACE_3 *info;

    (void)state;
    fixture_phonebook(HEAD "VpnStrategy=1\r\nAuthRestrictions=512\r\n" DEVICE "[b]\r\nx=1\r\n");
    set_time();
    MprAdminBufferFree(get(2));
    fixture_phonebook(HEAD "VpnStrategy=2\r\nAuthRestrictions=512\r\n" DEVICE "[b]\r\nx=2\r\n");
    set_time();
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, branch), NO_ERROR);
    info = get(2);
    assert_int_equal(info->dwVpnStrategy, 2);
    fixture_phonebook(HEAD "VpnStrategy=2\r\nAuthRestrictions=512\r\n" DEVICE "[b]\r\nx=3\r\n");
    set_time();
    info->dwVpnStrategy = 3;
    set(2, info);
    assert_file(HEAD "VpnStrategy=3\r\nAuthRestrictions=512\r\n" DEVICE "[b]\r\nx=3\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(computed_options),
        cmocka_unit_test(giving_back_changes_nothing),
        cmocka_unit_test(computed_options_are_not_stored),
        cmocka_unit_test(encryption_can_be_lowered),
        cmocka_unit_test(a_changed_ipv6_address_counts),
        cmocka_unit_test(authentication_is_chosen_by_a_change),
        cmocka_unit_test(odd_lines_are_in_nobodys_way),
        cmocka_unit_test(the_number_of_a_device_without_medium),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(a_read_only_phone_book_is_refused),
        cmocka_unit_test(a_file_of_the_same_size_and_time),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, end);
}
