/* Parameters\Clients: what its keys say, and which adapters become clients and when. */
#include "win32/win32_test.h"

#include <stdio.h>
#include <string.h>

#include "base/utf16.h"
#include "win32/link/client_config.h"
#include "win32/link/clients.h"
#include "win32/sys/registry.h"

#define CLIENTS L"Parameters\\Clients"

static struct {
    struct client_call calls[8];
    handle_t32 gone[8];
    unsigned call_count, gone_count;
    mpr_status answer;
} got;

static mpr_status on_call(const struct client_call *call, handle_t32 *ret)
{
    assert_true(got.call_count < 8);
    got.calls[got.call_count++] = *call;
    *ret = got.answer ? 0 : 100 + got.call_count;
    return got.answer;
}

static void on_gone(handle_t32 client)
{
    assert_true(got.gone_count < 8);
    got.gone[got.gone_count++] = client;
}

static const struct clients_sink sink = {on_call, on_gone};

/* ---- keys ------------------------------------------------------------------------------------ */

static HKEY open_key(const WCHAR *name)
{
    WCHAR path[300];
    HKEY key = NULL;

    _snwprintf(path, ARRAYSIZE(path), CLIENTS L"\\%ls", name);
    assert_int_equal(registry_open(path, KEY_ALL_ACCESS, true, &key), ST_OK);
    return key;
}

static void set_text(const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    HKEY handle = open_key(key);

    assert_int_equal(registry_set_text(handle, name, REG_SZ, text), ST_OK);
    RegCloseKey(handle);
}

static void set_number(const WCHAR *key, const WCHAR *name, DWORD number)
{
    HKEY handle = open_key(key);

    assert_int_equal(registry_set_dword(handle, name, number), ST_OK);
    RegCloseKey(handle);
}

static void over(const WCHAR *key, const WCHAR *adapter)
{
    set_text(key, L"Kind", L"existing");
    set_text(key, L"Adapter", adapter);
}

static int set_up(void **state)
{
    HKEY key;

    (void)state;
    memset(&got, 0, sizeof(got));
    assert_int_equal(registry_open(NULL, KEY_ALL_ACCESS, true, &key), ST_OK);
    RegDeleteTreeW(key, CLIENTS);
    RegCloseKey(key);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    clients_stop();
    return 0;
}

static mpr_status read_key(const WCHAR *name, struct client_config *ret)
{
    HKEY key = open_key(name);
    mpr_status status = client_config_read(key, ret);

    RegCloseKey(key);
    return status;
}

static void every_value(void **state)
{
    static const uint8_t id[8] = {0x02, 0xAA, 0xBB, 0xFF, 0xFE, 0xCC, 0xDD, 0xEE};
    struct client_config c;

    (void)state;
    set_text(L"a", L"Kind", L"Scripted");
    set_text(L"a", L"Port", L"sstp");
    set_text(L"a", L"User", L"alice");
    set_text(L"a", L"Domain", L"OFFICE");
    set_text(L"a", L"Computer", L"ALICEPC");
    set_text(L"a", L"Address", L"10.8.0.5");
    set_text(L"a", L"InterfaceIdentifier", L"02aaBBfffeCCddee");
    set_number(L"a", L"Quarantined", 1);
    set_number(L"a", L"After", 1000);
    set_number(L"a", L"DropAfter", 2000);
    assert_int_equal(read_key(L"a", &c), ST_OK);
    assert_int_equal(c.kind, CLIENT_SCRIPTED);
    assert_int_equal(c.call.port, PORT_SSTP);
    assert_true(u16_equal(c.call.user, u"alice") && u16_equal(c.call.domain, u"OFFICE"));
    assert_true(u16_equal(c.call.computer, u"ALICEPC"));
    assert_int_equal(c.call.binding.remote, 0x0A080005);
    assert_true(c.call.wants_ipv6 && c.call.quarantined);
    assert_memory_equal(c.call.ipv6_id, id, sizeof(id));
    assert_int_equal(c.call.after, 1000);
    assert_int_equal(c.call.drop_after, 2000);
}

static void defaults(void **state)
{
    struct client_config c;

    (void)state;
    over(L"a", L"ppp0");
    assert_int_equal(read_key(L"a", &c), ST_OK);
    assert_int_equal(c.kind, CLIENT_EXISTING);
    assert_int_equal(c.call.port, PORT_IKEV2);
    assert_false(c.call.wants_ipv6 || c.call.quarantined);
    assert_int_equal(c.call.binding.remote, 0);
}

static void malformed(void **state)
{
    static const WCHAR *const rows[][2] = {{L"Kind", L"imagined"},
                                           {L"Kind", L""},
                                           {L"Port", L"modem"},
                                           {L"Address", L"10.8.0"},
                                           {L"InterfaceIdentifier", L"02aabb"},
                                           {L"InterfaceIdentifier", L"02aabbfffeccddeg"},
                                           {L"InterfaceIdentifier", L"02aabbfffeccddee0"},
                                           {L"Domain", L"SIXTEENCHARACTER"},
                                           {L"DropAfter", L"1000"}};
    struct client_config c;

    (void)state;
    for (size_t n = 0; n < ARRAYSIZE(rows); n++) {
        set_up(NULL);
        set_text(L"a", L"Kind", L"scripted");
        set_text(L"a", L"User", L"alice");
        assert_int_equal(read_key(L"a", &c), ST_OK);
        set_text(L"a", rows[n][0], rows[n][1]);
        assert_int_equal(read_key(L"a", &c), ST_INVALID_DATA);
    }
    set_text(L"b", L"Kind", L"scripted"); /* nobody */
    assert_int_equal(read_key(L"b", &c), ST_INVALID_DATA);
    set_text(L"c", L"Kind", L"existing"); /* nothing */
    assert_int_equal(read_key(L"c", &c), ST_INVALID_DATA);
}

static void patterns(void **state)
{
    static const struct {
        const WCHAR *pattern;
        const char16_t *alias;
        bool matches;
    } rows[] = {{L"ppp0", u"ppp0", true},  {L"PPP0", u"ppp0", true}, {L"ppp0", u"ppp01", false},
                {L"ppp0", u"ppp", false},  {L"ppp*", u"ppp0", true}, {L"ppp*", u"ppp", true},
                {L"ppp*", u"pp", false},   {L"*", u"wg0", true},     {L"p*0", u"ppp0", false},
                {L"{ABC}", u"ppp0", true}, {L"{A*", u"ppp0", true},  {L"{B*", u"ppp0", false},
                {L"p*0", u"p*0", true}};
    struct client_config c;

    (void)state;
    for (size_t n = 0; n < ARRAYSIZE(rows); n++) {
        over(L"a", rows[n].pattern);
        assert_int_equal(read_key(L"a", &c), ST_OK);
        assert_int_equal(client_config_matches(&c, u"{abc}", rows[n].alias), rows[n].matches);
    }
}

static void scripted_ones_call(void **state)
{
    (void)state;
    set_text(L"a", L"Kind", L"scripted");
    set_text(L"a", L"User", L"alice");
    set_text(L"b", L"Kind", L"malformed");
    over(L"c", L"ppp0");
    set_text(L"d", L"Kind", L"scripted");
    set_text(L"d", L"User", L"dora");
    got.answer = ST_MAX_CLIENT_INTERFACE_LIMIT; /* which is no reason not to start */
    assert_int_equal(clients_start(&sink), ST_OK);
    assert_int_equal(got.call_count, 0);
    assert_int_equal(clients_call(), ST_OK);
    assert_int_equal(got.call_count, 2);
    assert_true(u16_equal(got.calls[0].user, u"alice") && u16_equal(got.calls[1].user, u"dora"));
    got.answer = ST_NOT_ENOUGH_MEMORY;
    assert_int_equal(clients_call(), ST_NOT_ENOUGH_MEMORY);
}

/* ---- adapters -------------------------------------------------------------------------------- */

static struct host_adapter adapter(const char16_t *name, const char16_t *alias, uint32_t index)
{
    struct host_adapter a = {.up = true, .binding = {.count = 1, .host_index = index, .mtu = 1400}};

    u16_copy(a.name, INTERFACE_NAME_MAX + 1, name);
    u16_copy(a.alias, INTERFACE_NAME_MAX + 1, alias);
    a.binding.local[0].address = 0x0A080001;
    a.binding.local[0].mask = UINT32_MAX;
    return a;
}

static void come_and_go(void **state)
{
    struct host_adapter all[3] = {adapter(u"{0}", u"eth0", 90001), adapter(u"{1}", u"ppp0", 90002),
                                  adapter(u"{2}", u"ppp1", 90003)};

    (void)state;
    over(L"a", L"ppp*");
    set_text(L"a", L"Address", L"10.8.0.5");
    set_text(L"a", L"User", L"alice");
    assert_int_equal(clients_start(&sink), ST_OK);
    assert_int_equal(clients_call(), ST_OK);
    clients_adapters(all, 2);
    assert_int_equal(got.call_count, 1);
    assert_true(u16_equal(got.calls[0].alias, u"ppp0") && u16_equal(got.calls[0].adapter, u"{1}"));
    assert_true(u16_equal(got.calls[0].user, u"alice"));
    assert_int_equal(got.calls[0].binding.host_index, 90002);
    assert_int_equal(got.calls[0].binding.local[0].address, 0x0A080001);
    assert_int_equal(got.calls[0].binding.remote, 0x0A080005);
    all[0].up = false;
    clients_adapters(all, 3); /* the second one comes, the first one stays */
    assert_int_equal(got.call_count, 2);
    assert_int_equal(got.gone_count, 0);
    all[1].up = false;
    clients_adapters(all, 3);
    assert_int_equal(got.gone_count, 1);
    assert_int_equal(got.gone[0], 101);
    clients_adapters(all, 1); /* the other one vanishes */
    assert_int_equal(got.gone_count, 2);
    assert_int_equal(got.gone[1], 102);
    all[1].up = true;
    clients_adapters(all, 2);
    assert_int_equal(got.call_count, 3);
}

static void not_usable(void **state)
{
    struct host_adapter all[3] = {adapter(u"{0}", u"ppp0", 90001), adapter(u"{1}", u"ppp1", 90002),
                                  adapter(u"{2}", u"ppp2", 90003)};

    (void)state;
    over(L"a", L"ppp*");
    all[0].up = false;
    all[1].binding.count = 0;
    all[2].loopback = true; /* not meant by "*" */
    assert_int_equal(clients_start(&sink), ST_OK);
    clients_adapters(all, 3);
    assert_int_equal(got.call_count, 0);
    all[1].binding.count = 1;
    clients_adapters(all, 3);
    assert_int_equal(got.call_count, 1);
    assert_int_equal(got.calls[0].binding.remote, 0); /* nobody knows its peer */
    all[1].binding.count = 0;
    clients_adapters(all, 3);
    assert_int_equal(got.gone_count, 1);
}

static void loopback(void **state)
{
    struct host_adapter lo = adapter(u"{0}", u"lo", 1);

    (void)state;
    lo.loopback = true;
    over(L"a", L"LO");
    assert_int_equal(clients_start(&sink), ST_OK);
    clients_adapters(&lo, 1);
    assert_int_equal(got.call_count, 1);
}

/* Whatever became of its client, it makes no other one before it has been down. */
static void refused(void **state)
{
    struct host_adapter one = adapter(u"{0}", u"ppp0", 90001);

    (void)state;
    over(L"a", L"ppp0");
    assert_int_equal(clients_start(&sink), ST_OK);
    got.answer = ST_MAX_CLIENT_INTERFACE_LIMIT;
    clients_adapters(&one, 1);
    clients_adapters(&one, 1);
    assert_int_equal(got.call_count, 1);
    one.up = false;
    clients_adapters(&one, 1);
    one.up = true;
    got.answer = ST_OK;
    clients_adapters(&one, 1);
    assert_int_equal(got.call_count, 2);
}

/* Used by somebody else, or no memory: the next look may find it otherwise. */
static void offered_again(void **state)
{
    struct host_adapter one = adapter(u"{0}", u"ppp0", 90001);

    (void)state;
    over(L"a", L"ppp0");
    assert_int_equal(clients_start(&sink), ST_OK);
    got.answer = ST_INTERFACE_CONNECTED;
    clients_adapters(&one, 1);
    got.answer = ST_NOT_ENOUGH_MEMORY;
    clients_adapters(&one, 1);
    got.answer = ST_OK;
    clients_adapters(&one, 1);
    clients_adapters(&one, 1);
    assert_int_equal(got.call_count, 3);
    assert_int_equal(got.gone_count, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(every_value),  CASE(defaults),           CASE(malformed),
        CASE(patterns),     CASE(scripted_ones_call), CASE(come_and_go),
        CASE(not_usable),   CASE(loopback),           CASE(refused),
        CASE(offered_again)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
