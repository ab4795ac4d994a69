/* Key by key (phonebook_settings.h): what a value says, what is written for it, and that two
 * entries that differ in it are not the same. */
#include "unit/base/fail_alloc.h"

#include "base/utf16.h"
#include "phonebook/phonebook.h"

#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static struct phonebook_settings settings_of(const char *text)
{
    struct phonebook_settings s;
    struct phonebook *pb;

    assert_int_equal(phonebook_parse(&pb, text, strlen(text), NULL), ST_OK);
    assert_int_equal(phonebook_entry_settings(phonebook_next(pb, NULL), &s), ST_OK);
    phonebook_free(pb);
    return s;
}

/* The entry with these options on or off is written as expected. */
static void assert_option(const char *text, uint32_t option, bool on, const char *expected)
{
    struct phonebook_settings s = settings_of(text);
    struct blob out = {NULL, 0};
    struct phonebook *pb;

    s.options = on ? s.options | option : s.options & ~option;
    assert_int_equal(phonebook_parse(&pb, text, strlen(text), NULL), ST_OK);
    assert_int_equal(phonebook_replace(pb, u"x", &s), ST_OK);
    assert_int_equal(phonebook_write(pb, &out), ST_OK);
    if (out.size != strlen(expected) || memcmp(out.data, expected, out.size) != 0) {
        fail_msg("written: %.*s", (int)out.size, (const char *)out.data);
    }
    blob_free(&out);
    phonebook_settings_free(&s);
    phonebook_free(pb);
}

static const struct {
    const char *before; /* the lines above it */
    const char *key;
    unsigned on, off;
    uint32_t option;
} options[] = {
    {"", "IpAssign", 2, 1, PBK_OPTION_SPECIFIC_IP_ADDR},
    {"", "IpNameAssign", 2, 1, PBK_OPTION_SPECIFIC_NAME_SERVERS},
    {"", "IpHeaderCompression", 1, 0, PBK_OPTION_IP_HEADER_COMPRESSION},
    {"", "IpPrioritizeRemote", 1, 0, PBK_OPTION_REMOTE_DEFAULT_GATEWAY},
    {"", "LcpExtensions", 0, 1, PBK_OPTION_DISABLE_LCP_EXTENSIONS},
    {"", "SwCompression", 1, 0, PBK_OPTION_SW_COMPRESSION},
    {"DEVICE=modem\n", "PromoteAlternates", 1, 0, PBK_OPTION_PROMOTE_ALTERNATES},
    {"", "ShareMsFilePrint", 0, 1, PBK_OPTION_SECURE_LOCAL_FILES},
    {"", "SharedPhoneNumbers", 1, 0, PBK_OPTION_SHARED_PHONE_NUMBERS},
    {"", "AuthRestrictions", 8, 0, PBK_OPTION_REQUIRE_PAP},
    {"", "AuthRestrictions", 16, 0, PBK_OPTION_REQUIRE_SPAP},
    {"", "AuthRestrictions", 32, 0, PBK_OPTION_REQUIRE_CHAP},
    {"", "AuthRestrictions", 64, 0, PBK_OPTION_REQUIRE_MSCHAP},
    {"", "AuthRestrictions", 128, 0, PBK_OPTION_REQUIRE_EAP},
    {"", "AuthRestrictions", 512, 0, PBK_OPTION_REQUIRE_MSCHAP2},
    {"", "AuthRestrictions", 2048, 0, PBK_OPTION_REQUIRE_MACHINE_CERTIFICATES},
    {"", "IpSecFlags", 1, 0, PBK_OPTION_IPSEC_PSK},
    {"", "IpSecFlags", 5, 4, PBK_OPTION_IPSEC_PSK}, /* what has no name is kept */
    {"", "AuthRestrictions", 1 + 8, 1, PBK_OPTION_REQUIRE_PAP},
    {"", "DataEncryption", 256, 8, PBK_OPTION_REQUIRE_DATA_ENCRYPTION},
    {"", "RouterOptions", 0x2000, 0, PBK_OPTION_NETWORK_LOGON},
    {"", "RouterOptions", 0x4000, 0, PBK_OPTION_USE_LOGON_CREDENTIALS},
    {"", "RouterOptions", 0x4000000, 0, PBK_OPTION_IKEV2_RESPONDER_PSK},
};

static void each_option_is_a_value(void **state)
{
    (void)state;
    for (size_t n = 0; n < COUNT_OF(options); n++) {
        bool encryption = options[n].option == PBK_OPTION_REQUIRE_DATA_ENCRYPTION;
        struct phonebook_settings s;
        char on[80], off[80];

        snprintf(on, sizeof(on), "[x]\n%s%s=%u\n", options[n].before, options[n].key,
                 options[n].on);
        snprintf(off, sizeof(off), "[x]\n%s%s=%u\n", options[n].before, options[n].key,
                 options[n].off);
        s = settings_of(on);
        assert_int_equal(s.options & options[n].option, options[n].option);
        phonebook_settings_free(&s);
        s = settings_of(off);
        assert_int_equal(s.options & options[n].option, 0);
        phonebook_settings_free(&s);
        assert_option(off, options[n].option, true, on);
        /* That encryption is required is said by the field, too. */
        assert_option(on, options[n].option, false, encryption ? on : off);
    }
}

/* One option that two keys tell. */
static void a_key_of_ikev2(void **state)
{
    static const char on[] = "[x]\nAuthRestrictions=4096\nIpSecFlags=2\n";
    static const char *const either[] = {"[x]\nAuthRestrictions=4096\n", "[x]\nIpSecFlags=2\n"};

    (void)state;
    for (size_t n = 0; n < 2; n++) {
        struct phonebook_settings s = settings_of(either[n]);

        assert_int_equal(s.options,
                         PBK_OPTION_REMOTE_DEFAULT_GATEWAY | PBK_OPTION_IKEV2_INITIATOR_PSK);
        phonebook_settings_free(&s);
    }
    assert_option("[x]\nAuthRestrictions=0\nIpSecFlags=0\n", PBK_OPTION_IKEV2_INITIATOR_PSK, true,
                  on);
    assert_option(on, PBK_OPTION_IKEV2_INITIATOR_PSK, false,
                  "[x]\nAuthRestrictions=0\nIpSecFlags=0\n");
}

static void encryption(void **state)
{
    static const struct {
        unsigned value;
        uint32_t encryption;
        bool required;
    } rows[] = {{0, PBK_ET_NONE, false},       {8, PBK_ET_OPTIONAL, false},
                {256, PBK_ET_REQUIRE, true},   {512, PBK_ET_REQUIRE_MAX, true},
                {7, PBK_ET_OPTIONAL, false}, /* no value of it: the default */
                {9, PBK_ET_OPTIONAL, false},   {255, PBK_ET_OPTIONAL, false},
                {257, PBK_ET_OPTIONAL, false}, {511, PBK_ET_OPTIONAL, false},
                {513, PBK_ET_OPTIONAL, false}, {1, PBK_ET_OPTIONAL, false}};

    (void)state;
    for (size_t n = 0; n < COUNT_OF(rows); n++) {
        struct phonebook_settings s;
        char text[40];

        snprintf(text, sizeof(text), "[x]\nDataEncryption=%u\n", rows[n].value);
        s = settings_of(text);
        assert_int_equal(s.encryption, rows[n].encryption);
        assert_int_equal((s.options & PBK_OPTION_REQUIRE_DATA_ENCRYPTION) != 0, rows[n].required);
        phonebook_settings_free(&s);
    }
    assert_option("[x]\nDataEncryption=0\n", PBK_OPTION_REQUIRE_DATA_ENCRYPTION, true,
                  "[x]\nDataEncryption=256\n");
    assert_option("[x]\nDataEncryption=512\n", PBK_OPTION_REQUIRE_DATA_ENCRYPTION, true,
                  "[x]\nDataEncryption=512\n");
}

/* ---- differences ----------------------------------------------------------------------------- */

/* Each line makes another entry of this one. */
#define DEVICES "MEDIA=rastapi\nPort=p\nDevice=d\nDEVICE=vpn\n"

static const char *const in_the_head[] = {
    "Type=3",
    "Guid=7D75193D3A16444A824AE77D3D62AEB0",
    "VpnStrategy=1",
    "ExcludedProtocols=1",
    "ExcludedProtocols=2",
    "LcpExtensions=0",
    "DataEncryption=0",
    "SwCompression=1",
    "DialMode=0",
    "DialPercent=1",
    "DialSeconds=1",
    "HangUpPercent=1",
    "HangUpSeconds=1",
    "RedialAttempts=1",
    "RedialSeconds=1",
    "IdleDisconnectSeconds=1",
    "RedialOnLinkFailure=1",
    "CallbackMode=1",
    "ShareMsFilePrint=0",
    "SharedPhoneNumbers=1",
    "CustomAuthKey=1",
    "CustomAuthData=00",
    "AuthRestrictions=8",
    "AuthRestrictions=1",
    "IpPrioritizeRemote=0",
    "IpHeaderCompression=1",
    "IpAddress=1.2.3.4",
    "IpDnsAddress=1.2.3.4",
    "IpDns2Address=1.2.3.4",
    "IpWinsAddress=1.2.3.4",
    "IpWins2Address=1.2.3.4",
    "IpAssign=2",
    "IpNameAssign=2",
    "IpDnsFlags=1",
    "IpSecFlags=1",
    "Ipv6Assign=2",
    "Ipv6Address=::1",
    "Ipv6PrefixLength=1",
    "Ipv6NameAssign=2",
    "Ipv6DnsAddress=::1",
    "Ipv6Dns2Address=::1",
    "RouterOptions=8192",
};

static const char *const at_the_device[] = {
    "X25Pad=1",
    "X25Address=1",
    "UserData=1",
    "Facilities=1",
    "PhoneNumber=1",
    "PhoneNumber=\nPhoneNumber=1",
    "PromoteAlternates=1",
    "TryNextAlternateOnFail=0",
};

static const char *const blocks[] = {
    "MEDIA=serial\nPort=p\nDevice=d\nDEVICE=vpn\n",
    "MEDIA=rastapi\nPort=q\nDevice=d\nDEVICE=vpn\n",
    "MEDIA=rastapi\nPort=p\nDevice=e\nDEVICE=vpn\n",
    "Type=2\nMEDIA=rastapi\nPort=p\nDevice=d\nDEVICE=modem\n",
};

static void assert_differs(const char *text)
{
    struct phonebook_settings a = settings_of("[x]\n" DEVICES), b = settings_of(text);
    struct phonebook_settings again = settings_of(text);

    if (phonebook_settings_same(&a, &b) || phonebook_settings_same(&b, &a)) fail_msg("%s", text);
    assert_true(phonebook_settings_same(&b, &again));
    phonebook_settings_free(&a);
    phonebook_settings_free(&b);
    phonebook_settings_free(&again);
}

static void each_key_makes_a_difference(void **state)
{
    char text[200];

    (void)state;
    for (size_t n = 0; n < COUNT_OF(in_the_head); n++) {
        snprintf(text, sizeof(text), "[x]\n%s\n" DEVICES, in_the_head[n]);
        assert_differs(text);
    }
    for (size_t n = 0; n < COUNT_OF(at_the_device); n++) {
        snprintf(text, sizeof(text), "[x]\n" DEVICES "%s\n", at_the_device[n]);
        assert_differs(text);
    }
    for (size_t n = 0; n < COUNT_OF(blocks); n++) {
        snprintf(text, sizeof(text), "[x]\n%s", blocks[n]);
        assert_differs(text);
    }
}

/* ---- defaults -------------------------------------------------------------------------------- */

static void defaults(void **state)
{
    struct phonebook_settings s = settings_of("[x]\n");

    (void)state;
    assert_int_equal(s.options, PBK_OPTION_REMOTE_DEFAULT_GATEWAY);
    assert_int_equal(s.type, PBK_TYPE_PHONE);
    assert_int_equal(s.encryption, PBK_ET_OPTIONAL);
    assert_int_equal(s.net_protocols, PBK_NET_IPX | PBK_NET_IP | PBK_NET_IPV6);
    assert_int_equal(s.redial_attempts, 3);
    assert_int_equal(s.redial_seconds, 60);
    assert_int_equal(s.dial_mode, 1);
    assert_int_equal(s.dial_percent, 75);
    assert_int_equal(s.dial_seconds, 120);
    assert_int_equal(s.hang_up_percent, 10);
    assert_int_equal(s.hang_up_seconds, 120);
    assert_int_equal(s.ipv6_assign, 1);
    assert_int_equal(s.ipv6_name_assign, 1);
    assert_int_equal(s.try_next_alternate, 1);
    assert_int_equal(s.vpn_strategy | s.excluded_protocols | s.auth_restrictions | s.ipsec_flags,
                     0);
    assert_int_equal(s.idle_disconnect_seconds | s.callback_mode | s.custom_auth_key, 0);
    assert_int_equal(s.redial_on_link_failure | s.ip_dns_flags | s.ipv6_prefix_length, 0);
    phonebook_settings_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_option_is_a_value),
        cmocka_unit_test(a_key_of_ikev2),
        cmocka_unit_test(encryption),
        cmocka_unit_test(each_key_makes_a_difference),
        cmocka_unit_test(defaults),
    };

    return cmocka_run_group_tests_name("keys of a phone-book entry", tests, NULL, NULL);
}
