#include "unit/base/fail_alloc.h"

#include "base/utf16.h"
#include "phonebook/phonebook.h"

#include <stdio.h>
#include <string.h>

static struct phonebook *parse(const char *text, size_t size)
{
    struct phonebook *pb;

    assert_int_equal(phonebook_parse(&pb, text, size, NULL), ST_OK);
    return pb;
}

static void assert_writes(const struct phonebook *pb, const char *text)
{
    struct blob out = {NULL, 0};

    assert_int_equal(phonebook_write(pb, &out), ST_OK);
    if (out.size != strlen(text)) print_error("%.*s\n", (int)out.size, (char *)out.data);
    assert_int_equal(out.size, strlen(text));
    assert_memory_equal(out.data, text, out.size);
    blob_free(&out);
}

static struct phonebook_settings read(const struct phonebook *pb, const char16_t *name)
{
    struct phonebook_settings s;

    assert_int_equal(phonebook_entry_settings(phonebook_find(pb, name), &s), ST_OK);
    return s;
}

/* Settings of the first entry, changed by change, are applied; expected is the file then. */
static void assert_edit(const char *text, void (*change)(struct phonebook_settings *),
                        const char *expected)
{
    struct phonebook *pb = parse(text, strlen(text));
    const char16_t *name = phonebook_entry_name(phonebook_next(pb, NULL));
    struct phonebook_settings s = read(pb, name);

    if (change) change(&s);
    assert_int_equal(phonebook_replace(pb, name, &s), ST_OK);
    assert_writes(pb, expected);
    phonebook_settings_free(&s);
    phonebook_free(pb);
}

static void change_number(struct phonebook_settings *s)
{
    u16_copy(s->phone_number, 129, u"new.example");
}

static void change_redial(struct phonebook_settings *s)
{
    s->redial_attempts = 7;
}

static void test_only_the_line_concerned_changes(void **state)
{
    (void)state;
    assert_edit("\r\n[a] \r\n Odd = 1 \r\nRedialAttempts = 3 \r\nRedialAttempts=5\n\r\n[b]\r\nx=y",
                change_redial,
                "\r\n[a] \r\n Odd = 1 \r\nRedialAttempts=7\r\nRedialAttempts=5\n\r\n[b]\r\nx=y");
    assert_edit("[a]\nMEDIA=rastapi\nDevice=x\nDEVICE=vpn\nPhoneNumber=old", change_number,
                "[a]\nMEDIA=rastapi\nDevice=x\nDEVICE=vpn\nPhoneNumber=new.example");
}

static void test_applying_what_was_read_changes_nothing(void **state)
{
    static const char odd[] =
        "[a]\nno key\n=\nType=77\nDataEncryption=3\nGuid=xyz\nIpAddress=01.2.3\n"
        "AuthRestrictions=1280\nExcludedProtocols=65535\nIpSecFlags=12\n"
        "CustomAuthData=zz\nIpNameAssign=3\nPhoneNumber=head\nDEVICE=vpn\n"
        "PhoneNumber=1\nPhoneNumber=\nMEDIA=late\n";

    (void)state;

    assert_edit(odd, NULL, odd);
    assert_edit("[a]", NULL, "[a]");
}

static void test_missing_keys_are_put_in_their_place(void **state)
{
    (void)state;
    assert_edit("[a]\nType=2\nUnknown=1\nCallbackMode=0\n\n[b]\n", change_redial,
                "[a]\nType=2\nRedialAttempts=7\nUnknown=1\nCallbackMode=0\n\n[b]\n");
    assert_edit("[a]", change_redial, "[a]\r\nRedialAttempts=7\r\n");
    assert_edit("[a]\r\n\r\nNETCOMPONENTS=\r\nms_server=1\r\n\r\n", change_number,
                "[a]\r\n\r\nNETCOMPONENTS=\r\nms_server=1\r\nMEDIA=rastapi\r\nDEVICE=vpn\r\n"
                "PhoneNumber=new.example\r\n\r\n");
    assert_edit("; old\n[a]\nRedialAttempts=3\nodd\n\x1A", change_redial,
                "; old\n[a]\nRedialAttempts=7\nodd\n\x1A");
}

static void change_name(struct phonebook_settings *s)
{
    u16_copy(s->device_name, 129, u"other");
}

/* A DEVICE block without MEDIA is the entry's device all the same; MEDIA, when it is needed, comes
 * before it and fits it. */
static void test_device_without_medium(void **state)
{
    static const char pppoe[] = "[a]\nType=5\n\nDEVICE=PPPoE\nPhoneNumber=isp\nAreaCode=\n";
    struct phonebook *pb = parse(pppoe, strlen(pppoe));
    struct phonebook_settings s = read(pb, u"a");

    (void)state;

    assert_true(u16_equal(s.device_type, u"PPPoE") && u16_equal(s.phone_number, u"isp"));
    assert_int_equal(s.device_count + s.sub_entries, 0);
    phonebook_settings_free(&s);
    phonebook_free(pb);
    assert_edit(pppoe, change_number,
                "[a]\nType=5\n\nDEVICE=PPPoE\nPhoneNumber=new.example\nAreaCode=\n");
    assert_edit("[a]\nType=5\nDEVICE=PPPoE\nLastSelectedPhone=0\n", change_number,
                "[a]\nType=5\nDEVICE=PPPoE\nPhoneNumber=new.example\nLastSelectedPhone=0\n");
    assert_edit("[a]\nDEVICE=vpn\n", change_number, "[a]\nDEVICE=vpn\nPhoneNumber=new.example\n");
    assert_edit("[a]\nType=5\n", change_number,
                "[a]\nType=5\nMEDIA=rastapi\nDEVICE=PPPoE\nPhoneNumber=new.example\n");
    assert_edit("[a]\nType=1\n", change_number,
                "[a]\nType=1\nMEDIA=serial\nDEVICE=modem\nPhoneNumber=new.example\n");
    assert_edit("[a]\nDEVICE=switch\nTerminal=1\nDEVICE=modem\nPhoneNumber=1\n", change_name,
                "[a]\nPreferredDevice=other\nMEDIA=serial\nDevice=other\nDEVICE=switch\n"
                "Terminal=1\nDEVICE=modem\nPhoneNumber=1\n");
    assert_edit("[a]\nDEVICE=vpn\nPhoneNumber=stray\nMEDIA=rastapi\nDevice=x\nDEVICE=modem\n",
                change_number,
                "[a]\nDEVICE=vpn\nPhoneNumber=stray\nMEDIA=rastapi\nDevice=x\nDEVICE=modem\n"
                "PhoneNumber=new.example\n");
}

/* Each type of device has its medium. */
static void test_media_of_devices(void **state)
{
    static const char *const media[][2] = {
        {"modem", "serial"}, {"pad", "serial"}, {"switch", "serial"}, {"serial", "serial"},
        {"ISDN", "isdn"},    {"x25", "x25"},    {"vpn", "rastapi"},   {"anything", "rastapi"}};

    (void)state;
    for (size_t n = 0; n < sizeof(media) / sizeof(media[0]); n++) {
        char before[40], after[120];

        snprintf(before, sizeof(before), "[a]\nDEVICE=%s\n", media[n][0]);
        snprintf(after, sizeof(after),
                 "[a]\nPreferredDevice=other\nMEDIA=%s\nDevice=other\nDEVICE=%s\n", media[n][1],
                 media[n][0]);
        assert_edit(before, change_name, after);
    }
}

static void set_computed(struct phonebook_settings *s)
{
    s->options |= PBK_OPTION_REQUIRE_ENCRYPTED_PW | PBK_OPTION_REQUIRE_MS_ENCRYPTED_PW;
}

static void clear_computed(struct phonebook_settings *s)
{
    s->options = PBK_OPTION_NETWORK_LOGON;
}

static void test_computed_options_are_not_stored(void **state)
{
    struct phonebook *pb = parse("[a]\nRouterOptions=3072\n", 23);
    struct phonebook_settings s = read(pb, u"a"), same = s;

    (void)state;

    assert_int_equal(s.options, PBK_OPTION_REMOTE_DEFAULT_GATEWAY);
    set_computed(&same);
    assert_true(phonebook_settings_same(&s, &same));
    same.options |= PBK_OPTION_NETWORK_LOGON;
    assert_false(phonebook_settings_same(&s, &same));
    phonebook_free(pb);
    assert_edit("[a]\nAuthRestrictions=512\n", set_computed, "[a]\nAuthRestrictions=512\n");
    assert_edit("[a]\nRouterOptions=3072\n", set_computed, "[a]\nRouterOptions=3072\n");
    assert_edit("[a]\nRouterOptions=3072\n", clear_computed,
                "[a]\nIpPrioritizeRemote=0\nRouterOptions=8192\n");
}

static void change_device(struct phonebook_settings *s)
{
    u16_copy(s->device_type, 17, u"modem");
    u16_copy(s->device_name, 129, u"M\u00f6dem");
    s->options |= PBK_OPTION_REQUIRE_EAP | PBK_OPTION_NETWORK_LOGON;
}

static void test_device_brings_medium_and_encoding(void **state)
{
    (void)state;
    assert_edit("[a]\nEncoding=0\nAuthRestrictions=256\nMEDIA=rastapi\nDevice=x\nDEVICE=vpn\n",
                change_device,
                "[a]\nEncoding=1\nType=2\nPreferredDevice=M\xC3\xB6"
                "dem\nAuthRestrictions=384\n"
                "RouterOptions=8192\nMEDIA=serial\nDevice=M\xC3\xB6"
                "dem\nDEVICE=modem\n");
}

static void change_blob(struct phonebook_settings *s)
{
    uint8_t data[130];

    for (size_t i = 0; i < sizeof(data); i++) data[i] = (uint8_t)i;
    assert_true(blob_set(&s->custom_auth_data, data, sizeof(data)));
}

static void clear_blob(struct phonebook_settings *s)
{
    blob_free(&s->custom_auth_data);
}

static void test_blob_is_split(void **state)
{
    static const char with_blob[] =
        "[a]\nCustomAuthKey=25\n"
        "CustomAuthData=000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
        "202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F\n"
        "CustomAuthData=404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F"
        "606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F\n"
        "CustomAuthData=8081\nAuthRestrictions=128\n";
    static const char without[] = "[a]\nCustomAuthKey=25\nAuthRestrictions=128\n";

    (void)state;

    assert_edit(without, change_blob, with_blob);
    assert_edit("[a]\nCustomAuthKey=25\nCustomAuthData=FF\nAuthRestrictions=128\n", change_blob,
                with_blob);
    assert_edit(with_blob, clear_blob, without);
    assert_edit(with_blob, NULL, with_blob);
}

static void two_alternates(struct phonebook_settings *s)
{
    static const char16_t two[] = u"22\000333\0";

    mem_free(s->alternates);
    s->alternates = mem_dup(two, sizeof(two));
}

/* The last digit differs. */
static void another_last_alternate(struct phonebook_settings *s)
{
    static const char16_t two[] = u"22\000334\0";

    mem_free(s->alternates);
    s->alternates = mem_dup(two, sizeof(two));
}

static void no_alternates(struct phonebook_settings *s)
{
    mem_free(s->alternates);
    s->alternates = NULL;
}

static void test_alternate_numbers_are_groups(void **state)
{
    static const char one[] = "[a]\nMEDIA=serial\nPort=COM1\nDEVICE=modem\nPhoneNumber=1\n"
                              "AreaCode=5\nLastSelectedPhone=0\n";
    static const char three[] =
        "[a]\nMEDIA=serial\nPort=COM1\nDEVICE=modem\nPhoneNumber=1\nAreaCode=5\nPhoneNumber=22\n"
        "AreaCode=\nCountryCode=0\nCountryID=0\nUseDialingRules=0\nComment=\nFriendlyName=\n"
        "PhoneNumber=333\nAreaCode=\nCountryCode=0\nCountryID=0\nUseDialingRules=0\nComment=\n"
        "FriendlyName=\nLastSelectedPhone=0\n";

    (void)state;

    assert_edit(one, two_alternates, three);
    assert_edit(three, no_alternates, one);
    assert_edit(three, NULL, three);
    assert_edit("[a]\nDEVICE=modem\nPhoneNumber=1\nPhoneNumber=22\nPhoneNumber=333\n",
                another_last_alternate,
                "[a]\nDEVICE=modem\nPhoneNumber=1\nPhoneNumber=22\nPhoneNumber=334\n");
}

static void test_new_entry(void **state)
{
    static const char begin[] = "[x]\r\na=b\r\n[B\xC3\xBCro ]]\r\nEncoding=1\r\nPBVersion=8\r\n"
                                "Type=2\r\n";
    static const char end[] = "TryNextAlternateOnFail=1\r\n\r\n";
    struct phonebook *pb = parse("[x]\r\na=b", 8), *again;
    struct phonebook_settings s, back;
    struct blob out = {NULL, 0};
    char16_t value[40];

    (void)state;

    phonebook_settings_init(&s);
    s.type = PBK_TYPE_VPN;
    u16_copy(s.device_type, 17, u"vpn");
    u16_copy(s.port, 17, u"VPN2-0");
    u16_copy(s.phone_number, 129, u"m\u00fcller.example");
    s.options = PBK_OPTION_REQUIRE_MSCHAP2 | PBK_OPTION_SECURE_LOCAL_FILES;
    s.guid[0] = 0xAB;
    assert_int_equal(phonebook_add(pb, u"B\u00fcro ]", &s), ST_OK);
    assert_int_equal(phonebook_add(pb, u"b\u00dcRO ]", &s), ST_ALREADY_EXISTS);
    assert_int_equal(phonebook_write(pb, &out), ST_OK);
    assert_memory_equal(out.data, begin, sizeof(begin) - 1);
    assert_memory_equal(out.data + out.size - sizeof(end) + 1, end, sizeof(end) - 1);

    again = parse((char *)out.data, out.size);
    back = read(again, u"B\u00fcro ]");
    assert_int_equal(back.options, s.options);
    assert_int_equal(back.device_count, 1);
    assert_int_equal(back.guid[0], 0xAB);
    assert_true(u16_equal(back.phone_number, s.phone_number));
    assert_int_equal(
        phonebook_entry_value(phonebook_find(again, u"B\u00fcro ]"), "PreferredPort", 0, value, 40),
        ST_OK);
    assert_true(u16_equal(value, u"VPN2-0"));
    assert_int_equal(phonebook_remove(again, u"B\u00fcro ]"), ST_OK);
    assert_writes(again, "[x]\r\na=b\r\n");
    phonebook_settings_free(&back);
    phonebook_free(again);
    phonebook_free(pb);
    blob_free(&out);
}

/* A new entry has a number of its own: decimal, the same whenever it is made under that name. */
static void test_new_entries_have_numbers_of_their_own(void **state)
{
    static const char16_t *const names[] = {u"a", u"b", u"a"};
    char16_t numbers[3][12];
    struct phonebook_settings s;

    (void)state;

    phonebook_settings_init(&s);
    for (size_t i = 0; i < 3; i++) {
        struct phonebook *pb = parse("", 0);

        assert_int_equal(phonebook_add(pb, names[i], &s), ST_OK);
        assert_int_equal(
            phonebook_entry_value(phonebook_find(pb, names[i]), "DialParamsUID", 0, numbers[i], 12),
            ST_OK);
        assert_in_range(numbers[i][0], u'1', u'9');
        for (size_t n = 1; numbers[i][n]; n++) assert_in_range(numbers[i][n], u'0', u'9');
        phonebook_free(pb);
    }
    assert_true(u16_equal(numbers[0], numbers[2]));
    assert_false(u16_equal(numbers[0], numbers[1]));
}

static void change_redial_and_number(struct phonebook_settings *s)
{
    change_redial(s);
    change_number(s);
}

static void drop_auth_data(struct phonebook_settings *s)
{
    blob_free(&s->custom_auth_data);
    change_number(s);
}

/* The last line of a file has no end; it gets one for what comes behind it, and may change or go
 * itself: nothing is left of what it was. */
static void test_an_open_last_line_is_followed_and_goes(void **state)
{
    (void)state;
    fail_alloc_begin(0);
    assert_edit("[a]\nRedialAttempts=3", change_redial_and_number,
                "[a]\nRedialAttempts=7\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=new.example\n");
    assert_edit("[a]\nType=2\nCustomAuthData=01", drop_auth_data,
                "[a]\nType=2\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=new.example\n");
    assert_false(fail_alloc_end());
}

static void test_refusals_change_nothing(void **state)
{
    static const char text[] = "[a]\nMEDIA=x\nPort=p\nDEVICE=vpn\n";
    static const char16_t *const names[] = {u"", u"  ", u"a\nb", u"\xD800", u"tab\t"};
    struct phonebook *pb = parse(text, strlen(text));
    char16_t long_name[258];
    struct phonebook_settings s;

    (void)state;

    phonebook_settings_init(&s);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(phonebook_add(pb, names[i], &s), ST_INVALID_PARAMETER);
    }
    for (size_t i = 0; i < 257; i++) long_name[i] = u'x';
    long_name[257] = 0;
    assert_int_equal(phonebook_add(pb, long_name, &s), ST_INVALID_PARAMETER);
    assert_null(phonebook_find(pb, long_name));
    assert_int_equal(phonebook_replace(pb, u"b", &s), ST_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_int_equal(phonebook_remove(pb, u"b"), ST_CANNOT_FIND_PHONEBOOK_ENTRY);
    u16_copy(s.phone_number, 129, u"1\r\n[evil]");
    assert_int_equal(phonebook_replace(pb, u"a", &s), ST_INVALID_PARAMETER);
    assert_int_equal(phonebook_add(pb, u"b", &s), ST_INVALID_PARAMETER);
    u16_copy(s.phone_number, 129, u"1");
    s.alternates = mem_dup(u"ok\0b\nad\0", sizeof(u"ok\0b\nad\0"));
    assert_int_equal(phonebook_replace(pb, u"a", &s), ST_INVALID_PARAMETER);
    phonebook_settings_free(&s);
    assert_writes(pb, text);
    phonebook_free(pb);
    long_name[256] = 0;
    pb = parse("", 0);
    assert_int_equal(phonebook_add(pb, long_name, &s), ST_OK);
    phonebook_free(pb);
}

static void random_text(uint32_t *random, char16_t *target, size_t units)
{
    size_t n = test_random(random) % units;

    for (size_t i = 0; i < n; i++) target[i] = (char16_t)(0x21 + test_random(random) % 0x2000);
    target[n] = 0;
}

static void random_settings(uint32_t *r, struct phonebook_settings *s)
{
    static const char16_t numbers[] = u"1\00022\000333\0";

    phonebook_settings_init(s);
    s->options = test_random(r) & 0xBF8FF23Eu & ~PBK_OPTION_REQUIRE_DATA_ENCRYPTION;
    s->type = 1 + test_random(r) % 5;
    s->vpn_strategy = test_random(r) % 9;
    s->encryption = test_random(r) % 4;
    if (s->encryption == PBK_ET_REQUIRE || s->encryption == PBK_ET_REQUIRE_MAX) {
        s->options |= PBK_OPTION_REQUIRE_DATA_ENCRYPTION;
    }
    s->net_protocols = test_random(r) & 0xE;
    s->redial_attempts = test_random(r) % 100;
    s->redial_seconds = 1 + test_random(r) % 600;
    s->idle_disconnect_seconds = test_random(r);
    s->ip = test_random(r);
    s->wins_alternate = test_random(r);
    s->ipv6_dns[test_random(r) % 16] = 1;
    s->guid[test_random(r) % 16] = (uint8_t)test_random(r);
    s->custom_auth_key = test_random(r);
    random_text(r, s->device_type, 17);
    random_text(r, s->device_name, 129);
    random_text(r, s->phone_number, 129);
    random_text(r, s->x25_address, 201);
    if (!s->device_type[0]) u16_copy(s->device_type, 17, u"vpn");
    if (test_random(r) % 2) {
        size_t skip = test_random(r) % 3;

        s->alternates = mem_dup(numbers, sizeof(numbers));
        if (skip) memcpy(s->alternates, u"9999\0\0", 6 * sizeof(char16_t));
    }
    if (test_random(r) % 2) {
        uint8_t data[200];

        memset(data, (int)(test_random(r) & 0xFF), sizeof(data));
        assert_true(blob_set(&s->custom_auth_data, data, test_random(r) % sizeof(data)));
    }
}

static void assert_same(const struct phonebook_settings *a, const struct phonebook_settings *b)
{
    static const char16_t none[2];
    const char16_t *x = a->alternates ? a->alternates : none;
    const char16_t *y = b->alternates ? b->alternates : none;

    assert_int_equal(a->options, b->options);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->vpn_strategy, b->vpn_strategy);
    assert_int_equal(a->encryption, b->encryption);
    assert_int_equal(a->net_protocols, b->net_protocols);
    assert_int_equal(a->redial_attempts, b->redial_attempts);
    assert_int_equal(a->redial_seconds, b->redial_seconds);
    assert_true(a->idle_disconnect_seconds == b->idle_disconnect_seconds);
    assert_true(a->ip == b->ip && a->wins_alternate == b->wins_alternate);
    assert_memory_equal(a->ipv6_dns, b->ipv6_dns, 16);
    assert_memory_equal(a->guid, b->guid, 16);
    assert_true(a->custom_auth_key == b->custom_auth_key);
    assert_true(u16_equal(a->device_type, b->device_type));
    assert_true(u16_equal(a->device_name, b->device_name));
    assert_true(u16_equal(a->phone_number, b->phone_number));
    assert_true(u16_equal(a->x25_address, b->x25_address));
    assert_int_equal(u16_multi_units(x, 1000), u16_multi_units(y, 1000));
    assert_memory_equal(x, y, u16_multi_units(x, 1000) * sizeof(*x));
    assert_int_equal(a->custom_auth_data.size, b->custom_auth_data.size);
    if (a->custom_auth_data.size) {
        assert_memory_equal(a->custom_auth_data.data, b->custom_auth_data.data,
                            a->custom_auth_data.size);
    }
}

/* Whatever is set is what a later reader of the file finds; other entries keep every byte. */
static void test_edit_write_parse(void **state)
{
    static const char other[] = "[other]\r\nfoo = bar \r\n\r\n";
    struct phonebook *pb = parse(other, strlen(other));
    uint32_t random = 0x5EED5EED;

    (void)state;

    for (int step = 0; step < 400; step++) {
        struct phonebook_settings s, back;
        struct blob out = {NULL, 0};

        random_settings(&random, &s);
        assert_int_equal(step % 50 ? phonebook_replace(pb, u"e", &s) : phonebook_add(pb, u"e", &s),
                         ST_OK);
        assert_int_equal(phonebook_write(pb, &out), ST_OK);
        assert_memory_equal(out.data, other, strlen(other));
        phonebook_free(pb);
        pb = parse((char *)out.data, out.size);
        back = read(pb, u"E");
        assert_same(&s, &back);
        if (step % 50 == 49) assert_int_equal(phonebook_remove(pb, u"e"), ST_OK);
        phonebook_settings_free(&s);
        phonebook_settings_free(&back);
        blob_free(&out);
    }
    assert_writes(pb, other);
    phonebook_free(pb);
}

/* Every allocation of a whole editing session fails once: the entry is the old or the new one. */
static void test_editing_without_memory(void **state)
{
    static const char text[] = "[a]\nMEDIA=rastapi\nPort=p\nDEVICE=vpn\nPhoneNumber=1";

    (void)state;

    for (size_t n = 1;; n++) {
        struct phonebook *pb = NULL;
        struct phonebook_settings s = {0};
        mpr_status status;

        fail_alloc_begin(n);
        status = phonebook_parse(&pb, text, strlen(text), NULL);
        if (status == ST_OK) status = phonebook_entry_settings(phonebook_find(pb, u"a"), &s);
        if (status == ST_OK) {
            static const char16_t two[] = u"22\000333\0";
            static const uint8_t data[100] = {1};

            s.alternates = mem_dup(two, sizeof(two));
            if (!s.alternates || !blob_set(&s.custom_auth_data, data, 100)) {
                status = ST_NOT_ENOUGH_MEMORY;
            }
            change_device(&s);
        }
        if (status == ST_OK) {
            status = phonebook_replace(pb, u"a", &s);
            if (status != ST_OK) {
                fail_alloc.fail_at = 0;
                assert_writes(pb, text);
            }
        }
        if (status == ST_OK) {
            status = phonebook_add(pb, u"b", &s);
            assert_int_equal(phonebook_count(pb), status == ST_OK ? 2 : 1);
        }
        assert_true(status == ST_OK || status == ST_NOT_ENOUGH_MEMORY);
        phonebook_settings_free(&s);
        phonebook_free(pb);
        if (!fail_alloc_end() && status == ST_OK) break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_line_concerned_changes),
        cmocka_unit_test(test_applying_what_was_read_changes_nothing),
        cmocka_unit_test(test_missing_keys_are_put_in_their_place),
        cmocka_unit_test(test_device_without_medium),
        cmocka_unit_test(test_media_of_devices),
        cmocka_unit_test(test_computed_options_are_not_stored),
        cmocka_unit_test(test_device_brings_medium_and_encoding),
        cmocka_unit_test(test_blob_is_split),
        cmocka_unit_test(test_alternate_numbers_are_groups),
        cmocka_unit_test(test_new_entry),
        cmocka_unit_test(test_new_entries_have_numbers_of_their_own),
        cmocka_unit_test(test_an_open_last_line_is_followed_and_goes),
        cmocka_unit_test(test_refusals_change_nothing),
        cmocka_unit_test(test_edit_write_parse),
        cmocka_unit_test(test_editing_without_memory),
    };

    return cmocka_run_group_tests_name("phonebook_edit", tests, NULL, NULL);
}
