#include "unit/base/fail_alloc.h"

#include "base/utf16.h"
#include "phonebook/phonebook.h"

#include <stdio.h>
#include <string.h>

static struct phonebook_settings settings_of(const char *text)
{
    struct phonebook_settings s;
    struct phonebook *pb;

    assert_int_equal(phonebook_parse(&pb, text, strlen(text), NULL), ST_OK);
    assert_int_equal(phonebook_entry_settings(phonebook_next(pb, NULL), &s), ST_OK);
    phonebook_free(pb); /* settings own what they say */
    return s;
}

static void test_defaults_of_the_minimal_entry(void **state)
{
    struct phonebook_settings s = settings_of("[VPN]\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\n"
                                              "Device=WAN Miniport (IKEv2)\r\nDEVICE=vpn\r\n"
                                              "PhoneNumber=host.example\r\n");

    (void)state;

    assert_int_equal(s.type, PBK_TYPE_VPN);
    assert_int_equal(s.device_count, 1);
    assert_int_equal(s.sub_entries, 1);
    assert_true(u16_equal(s.media, u"rastapi"));
    assert_true(u16_equal(s.port, u"VPN2-0"));
    assert_true(u16_equal(s.device_name, u"WAN Miniport (IKEv2)"));
    assert_true(u16_equal(s.device_type, u"vpn"));
    assert_true(u16_equal(s.phone_number, u"host.example"));
    assert_int_equal(s.options, PBK_OPTION_REMOTE_DEFAULT_GATEWAY);
    assert_int_equal(s.encryption, PBK_ET_OPTIONAL);
    assert_int_equal(s.net_protocols, PBK_NET_IPX | PBK_NET_IP | PBK_NET_IPV6);
    assert_int_equal(s.redial_attempts * 1000 + s.redial_seconds, 3060);
    assert_null(s.alternates);
    phonebook_settings_free(&s);
}

static void test_head_keys(void **state)
{
    static const uint8_t guid[16] = {0x7D, 0x75, 0x19, 0x3D, 0x3A, 0x16, 0x44, 0x4A,
                                     0x82, 0x4A, 0xE7, 0x7D, 0x3D, 0x62, 0xAE, 0xB0};
    struct phonebook_settings s = settings_of(
        "[x]\nType=1\nGuid=7D75193D3A16444A824AE77D3D62AEB0\nVpnStrategy=4\nExcludedProtocols=9\n"
        "LcpExtensions=0\nDataEncryption=512\nSwCompression=1\nDialMode=2\nDialPercent=50\n"
        "RedialAttempts=99\nRedialSeconds=600\nIdleDisconnectSeconds=-1\nREDIALONLINKFAILURE=1\n"
        "ShareMsFilePrint=0\nSharedPhoneNumbers=1\nCustomAuthKey=-1\nAuthRestrictions=552\n"
        "IpPrioritizeRemote=0\nIpHeaderCompression=1\nIpAddress=192.0.2.9\nIpDnsAddress=192.0.2.1\n"
        "IpAssign=2\nIpNameAssign=3\nIpSecFlags=3\nIpv6Address=2001:db8::1\nIpv6PrefixLength=64\n"
        "RouterOptions=11264\n");

    (void)state;

    assert_int_equal(s.type, PBK_TYPE_PHONE);
    assert_memory_equal(s.guid, guid, 16);
    assert_int_equal(s.vpn_strategy, 4);
    assert_int_equal(s.net_protocols, PBK_NET_IPX | PBK_NET_IP);
    assert_int_equal(s.encryption, PBK_ET_REQUIRE_MAX);
    assert_int_equal(s.dial_mode * 100 + s.dial_percent, 250);
    assert_true(s.idle_disconnect_seconds == PBK_IDLE_NEVER && s.custom_auth_key == UINT32_MAX);
    assert_int_equal(s.redial_attempts + s.redial_seconds + s.redial_on_link_failure, 700);
    assert_true(s.ip == 0xC0000209 && s.dns == 0xC0000201);
    assert_int_equal(s.ipv6[15], 1);
    assert_int_equal(s.ipv6_prefix_length, 64);
    assert_true(s.options ==
                (PBK_OPTION_DISABLE_LCP_EXTENSIONS | PBK_OPTION_REQUIRE_DATA_ENCRYPTION |
                 PBK_OPTION_SW_COMPRESSION | PBK_OPTION_SECURE_LOCAL_FILES |
                 PBK_OPTION_SHARED_PHONE_NUMBERS | PBK_OPTION_REQUIRE_PAP |
                 PBK_OPTION_REQUIRE_CHAP | PBK_OPTION_REQUIRE_MSCHAP2 |
                 PBK_OPTION_IP_HEADER_COMPRESSION | PBK_OPTION_SPECIFIC_IP_ADDR |
                 PBK_OPTION_IPSEC_PSK | PBK_OPTION_IKEV2_INITIATOR_PSK | PBK_OPTION_NETWORK_LOGON));
    assert_int_equal(s.device_count, 0);
    phonebook_settings_free(&s);
}

static void test_invalid_values_give_defaults(void **state)
{
    struct phonebook_settings s = settings_of(
        "[x]\nType=9\nRedialAttempts=100\nRedialSeconds=0\nDataEncryption=7\nIpAddress=1.2.3\n"
        "VpnStrategy=99999999999\nGuid=12\nDialMode=x\nLcpExtensions=\nCustomAuthData=ABC\n"
        "Ipv6DnsAddress=:::\nIpAssign=maybe\n");

    (void)state;

    assert_int_equal(s.type, PBK_TYPE_PHONE);
    assert_int_equal(s.redial_attempts * 1000 + s.redial_seconds, 3060);
    assert_int_equal(s.encryption, PBK_ET_OPTIONAL);
    assert_int_equal(s.ip | s.vpn_strategy | s.guid[0] | s.ipv6_dns[15], 0);
    assert_int_equal(s.options, PBK_OPTION_REMOTE_DEFAULT_GATEWAY);
    assert_null(s.custom_auth_data.data);
    phonebook_settings_free(&s);
}

/* One number at a time: at its limits it is taken, beyond them the default stands. */
static void test_numbers_have_limits(void **state)
{
    static const struct {
        const char *key;
        size_t offset;
        uint32_t least, greatest;
    } rows[] = {
#define ROW(key, field, least, greatest) \
    {key, offsetof(struct phonebook_settings, field), least, greatest}
        ROW("Type", type, 1, 5),
        ROW("VpnStrategy", vpn_strategy, 0, 8),
        ROW("DialMode", dial_mode, 0, 2),
        ROW("DialPercent", dial_percent, 0, 100),
        ROW("DialSeconds", dial_seconds, 0, 3600),
        ROW("HangUpPercent", hang_up_percent, 0, 100),
        ROW("HangUpSeconds", hang_up_seconds, 0, 3600),
        ROW("RedialAttempts", redial_attempts, 0, 99),
        ROW("RedialSeconds", redial_seconds, 1, 600),
        ROW("RedialOnLinkFailure", redial_on_link_failure, 0, 1),
        ROW("CallbackMode", callback_mode, 0, 2),
        ROW("Ipv6PrefixLength", ipv6_prefix_length, 0, 128),
#undef ROW
    };

    (void)state;

    for (size_t i = 0; i < 4 * sizeof(rows) / sizeof(rows[0]); i++) {
        uint32_t least = rows[i / 4].least, greatest = rows[i / 4].greatest, got;
        const uint32_t values[] = {least - 1, least, greatest, greatest + 1};
        struct phonebook_settings s;
        char text[64];

        snprintf(text, sizeof(text), "[x]\n%s=%u\n", rows[i / 4].key, (unsigned)values[i % 4]);
        s = settings_of(text);
        memcpy(&got, (const char *)&s + rows[i / 4].offset, sizeof(got));
        assert_true((got == values[i % 4]) == (i % 4 == 1 || i % 4 == 2));
        phonebook_settings_free(&s);
    }
}

static void test_split_blob_is_joined(void **state)
{
    struct phonebook_settings s =
        settings_of("[x]\nCustomAuthData=0102AB\nOther=1\nCustomAuthData=ff\n");

    (void)state;

    assert_int_equal(s.custom_auth_data.size, 4);
    assert_memory_equal(s.custom_auth_data.data, "\x01\x02\xAB\xFF", 4);
    phonebook_settings_free(&s);
    s = settings_of("[x]\nCustomAuthData=0102\nCustomAuthData=xx\n");
    assert_int_equal(s.custom_auth_data.size, 0);
    phonebook_settings_free(&s);
}

static void test_alternate_numbers(void **state)
{
    struct phonebook_settings s = settings_of(
        "[x]\nMEDIA=serial\nPort=COM3\nDEVICE=modem\nPhoneNumber=1\nAreaCode=\nPhoneNumber=22\n"
        "PhoneNumber=\nPhoneNumber=333\nPromoteAlternates=1\n");

    (void)state;

    assert_true(u16_equal(s.phone_number, u"1"));
    assert_int_equal(u16_multi_units(s.alternates, 100), 8);
    assert_memory_equal(s.alternates, u"22\000333\0", 8 * sizeof(char16_t));
    assert_true(s.options & PBK_OPTION_PROMOTE_ALTERNATES);
    phonebook_settings_free(&s);
}

/* The device of a serial line stands between switches and a pad. */
static void test_switch_is_not_the_device(void **state)
{
    struct phonebook_settings s = settings_of(
        "[x]\nMEDIA=serial\nPort=COM3\nDEVICE=switch\nName=a\nDEVICE=modem\nPhoneNumber=5\n"
        "DEVICE=pad\nX25Pad=p\nX25Address=q\n");

    (void)state;

    assert_true(u16_equal(s.device_type, u"modem"));
    assert_true(u16_equal(s.phone_number, u"5"));
    assert_true(u16_equal(s.x25_pad, u"p"));
    assert_true(u16_equal(s.x25_address, u"q"));
    assert_int_equal(s.device_count, 1);
    phonebook_settings_free(&s);
}

static void test_usable_devices(void **state)
{
    static const struct {
        const char *text;
        uint32_t devices, media;
    } cases[] = {
        {"[x]\n", 0, 0},
        {"[x]\nMEDIA=rastapi\nPort=VPN1-0\n", 0, 1},
        {"[x]\nMEDIA=rastapi\nPort=\nDevice=\nDEVICE=vpn\n", 0, 1},
        {"[x]\nMEDIA=rastapi\nDEVICE=vpn\nDevice=late\n", 0, 1},
        {"[x]\nPort=VPN1-0\nDEVICE=vpn\n", 0, 0},
        {"[x]\nMEDIA=rastapi\nDevice=d\nDEVICE=vpn\n", 1, 1},
        {"[x]\nMEDIA=rastapi\nPort=p\nDEVICE=vpn\nDEVICE=vpn\n", 1, 1},
        {"[x]\nMEDIA=a\nPort=p\nDEVICE=b\nMEDIA=c\nDEVICE=d\nMEDIA=e\nPort=q\nDEVICE=f\n", 2, 3},
        {"[x]\nmedia=a\nPort=p\nDevice=b\n", 0, 0},
    };

    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct phonebook_settings s = settings_of(cases[i].text);

        assert_int_equal(s.device_count, cases[i].devices);
        assert_int_equal(s.sub_entries, cases[i].media);
        phonebook_settings_free(&s);
    }
}

static void test_over_long_text_is_empty(void **state)
{
    char text[400] = "[x]\nMEDIA=rastapi\nPort=12345678901234567\nDEVICE=vpn\nPhoneNumber=";
    struct phonebook_settings s;
    size_t size = strlen(text);

    (void)state;

    memset(text + size, '5', 128);
    s = settings_of(text);
    assert_int_equal(u16_length(s.phone_number, 129), 128);
    assert_int_equal(s.port[0], 0);
    phonebook_settings_free(&s);
    text[size + 128] = '5';
    s = settings_of(text);
    assert_int_equal(s.phone_number[0], 0);
    phonebook_settings_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_have_limits),
        cmocka_unit_test(test_defaults_of_the_minimal_entry),
        cmocka_unit_test(test_head_keys),
        cmocka_unit_test(test_invalid_values_give_defaults),
        cmocka_unit_test(test_split_blob_is_joined),
        cmocka_unit_test(test_alternate_numbers),
        cmocka_unit_test(test_switch_is_not_the_device),
        cmocka_unit_test(test_usable_devices),
        cmocka_unit_test(test_over_long_text_is_empty),
    };

    return cmocka_run_group_tests_name("phonebook_settings", tests, NULL, NULL);
}
