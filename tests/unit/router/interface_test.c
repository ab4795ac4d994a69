/* DIM: every return code of the functions of router.h that create, change and tell of interfaces.
 */
#include "unit/router/fixture.h"

#include "base/utf16.h"
#include "router/state.h"
#include "router/dim/interface.h"

/* ---- create ---------------------------------------------------------------------------------- */

static void expect_create(struct fixture *f, const struct interface_spec *spec, mpr_status expected)
{
    handle_t32 handle = 0xDEADBEEF;
    uint32_t count = router_interface_count(f->router);

    assert_int_equal(router_interface_create(f->router, spec, &handle), expected);
    if (expected == ST_OK) {
        count++;
    } else {
        assert_int_equal(handle, 0xDEADBEEF);
    }
    assert_int_equal(router_interface_count(f->router), count);
}

static void test_create_names(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"");
    char16_t name[INTERFACE_NAME_MAX + 2];

    expect_create(f, &spec, ST_INVALID_PARAMETER);
    spec.name = NULL;
    expect_create(f, &spec, ST_INVALID_PARAMETER);
    for (size_t n = 0; n < INTERFACE_NAME_MAX + 1; n++) name[n] = u'n';
    name[INTERFACE_NAME_MAX + 1] = 0;
    spec.name = name;
    expect_create(f, &spec, ST_INVALID_PARAMETER);
    name[INTERFACE_NAME_MAX] = 0;
    expect_create(f, &spec, ST_OK);
    spec.name = u"\u00C4ther";
    expect_create(f, &spec, ST_OK);
    expect_create(f, &spec, ST_INTERFACE_ALREADY_EXISTS);
    spec.name = u"\u00E4THER";
    expect_create(f, &spec, ST_INTERFACE_ALREADY_EXISTS);
}

static void test_create_types(void **state)
{
    static const struct {
        int type;
        bool enabled;
        mpr_status expected;
    } rows[] = {
        {IF_CLIENT, true, ST_INVALID_PARAMETER},
        {IF_HOME_ROUTER, true, ST_OK},
        {IF_HOME_ROUTER, false, ST_OK},
        {IF_FULL_ROUTER, true, ST_OK},
        {IF_FULL_ROUTER, false, ST_OK},
        {IF_DEDICATED, true, ST_OK},
        {IF_DEDICATED, false, ST_INVALID_PARAMETER},
        {IF_INTERNAL, false, ST_INVALID_PARAMETER},
        {IF_INTERNAL, true, ST_OK},
        {IF_INTERNAL, true, ST_INTERFACE_ALREADY_EXISTS}, /* there is one */
        {IF_LOOPBACK, false, ST_INVALID_PARAMETER},
        {IF_LOOPBACK, true, ST_OK},
        {IF_LOOPBACK, true, ST_INTERFACE_ALREADY_EXISTS},
        {IF_TUNNEL1, true, ST_INVALID_PARAMETER},
        {IF_DIALOUT, true, ST_INVALID_PARAMETER},
        {8, true, ST_INVALID_PARAMETER},
        {-1, true, ST_INVALID_PARAMETER},
    };
    struct fixture *f = *state;
    char16_t name[] = u"type a";

    for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        struct interface_spec spec = fixture_spec(f, name);

        name[5] = (char16_t)(u'a' + n);
        spec.type = (enum interface_type)rows[n].type;
        spec.enabled = rows[n].enabled;
        expect_create(f, &spec, rows[n].expected);
    }
}

static void test_create_parts(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"Branch");

    spec.dialout_hours = u"9 nonsense\0";
    expect_create(f, &spec, ST_INVALID_PARAMETER);
    spec.dialout_hours = NULL;
    spec.entry = NULL;
    expect_create(f, &spec, ST_INVALID_PARAMETER);
    spec = fixture_spec(f, u"Lan");
    spec.type = IF_DEDICATED;
    spec.dialout_hours = u"1 09:00-10:00\0";
    expect_create(f, &spec, ST_INVALID_PARAMETER);
    spec.dialout_hours = u"";
    expect_create(f, &spec, ST_OK);
    spec = fixture_spec(f, u"Without dialer");
    spec.plan = NULL;
    expect_create(f, &spec, ST_OK);
}

static void test_create_without_ddm(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"Branch");

    assert_false(router_has_ddm(f->router));
    expect_create(f, &spec, ST_DDM_NOT_RUNNING);
    spec.type = IF_HOME_ROUTER;
    expect_create(f, &spec, ST_DDM_NOT_RUNNING);
    spec.type = IF_DEDICATED;
    expect_create(f, &spec, ST_OK);
}

/* ---- handles --------------------------------------------------------------------------------- */

static void expect_no_interface(struct router *r, handle_t32 bad)
{
    struct dial_entry entry = {0};
    struct interface_info info;
    const char16_t *hours;
    const struct blob *custom;
    struct blob none = {NULL, 0};

    assert_int_equal(router_interface_info(r, bad, &info), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_custom(r, bad, &custom), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set_custom(r, bad, &none), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_hours(r, bad, &hours), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set(r, bad, true, true, NULL), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set_dial(r, bad, &entry, NULL), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set_stored(r, bad, true), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_connect(r, bad, NULL), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_disconnect(r, bad), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_delete(r, bad), ST_INVALID_HANDLE);
    router_dial_result(r, bad, 1, ST_OK, NULL);
    router_link_down(r, bad, 1, ST_OK);
}

static void test_bad_handles(void **state)
{
    struct fixture *f = *state;
    handle_t32 deleted = fake_demand_dial(&f->host, u"Gone", DIALER_SCRIPTED, 0);
    handle_t32 server = 0;

    assert_int_equal(router_interface_delete(f->router, deleted), ST_OK);
    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    expect_no_interface(f->router, deleted);
    expect_no_interface(f->router, server);
    for (size_t n = 0; n < BAD_HANDLES; n++) expect_no_interface(f->router, bad_handles[n]);
}

/* ---- info ------------------------------------------------------------------------------------ */

static void test_info(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"Branch");
    struct interface_info info;
    handle_t32 handle = 0, found = 0;
    const char16_t *hours = NULL;

    spec.type = IF_HOME_ROUTER;
    spec.enabled = false;
    spec.dialout_hours = u"3 01:00-02:00\0";
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    memset(&info, 0xAA, sizeof(info));
    assert_int_equal(router_interface_info(f->router, handle, &info), ST_OK);
    assert_memory_equal(info.name, u"Branch", 14);
    assert_int_equal(info.handle, handle);
    assert_false(info.enabled);
    assert_int_equal(info.type, IF_HOME_ROUTER);
    assert_int_equal(info.state, IF_UNREACHABLE);
    assert_int_equal(info.reasons, REASON_ADMIN_DISABLED | REASON_DIALOUT_HOURS);
    assert_int_equal(info.last_error, ST_OK);
    assert_int_not_equal(info.index, 0);
    assert_ptr_equal(interface_by_index(f->router, info.index), interface_get(f->router, handle));
    assert_null(interface_by_index(f->router, info.index + 1));
    assert_null(interface_by_index(f->router, 0));
    assert_int_equal(router_interface_hours(f->router, handle, &hours), ST_OK);
    assert_memory_equal(hours, u"3 01:00-02:00\0", 30);

    assert_int_equal(router_interface_find(f->router, u"bRANCH", false, &found), ST_OK);
    assert_int_equal(found, handle);
    assert_int_equal(router_interface_find(f->router, u"Branch2", true, &found),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_interface_find(f->router, u"", true, &found), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_interface_find(f->router, NULL, true, &found), ST_NO_SUCH_INTERFACE);
}

static void keep_custom(struct router *r, handle_t32 handle, const char *text)
{
    struct blob custom = {NULL, 0};
    const struct blob *kept = NULL;

    assert_true(blob_set(&custom, text, strlen(text)));
    assert_int_equal(router_interface_set_custom(r, handle, &custom), ST_OK);
    assert_null(custom.data);
    assert_int_equal(router_interface_custom(r, handle, &kept), ST_OK);
    assert_int_equal(kept->size, strlen(text));
    assert_memory_equal(kept->data, text, strlen(text));
}

/* Freed with its interface, and with the router: teardown counts. */
static void test_custom(void **state)
{
    struct fixture *f = *state;
    handle_t32 gone = fake_demand_dial(&f->host, u"Gone", DIALER_SCRIPTED, 0);
    handle_t32 stays = fake_demand_dial(&f->host, u"Stays", DIALER_SCRIPTED, 0);
    const struct blob *kept = NULL;
    struct blob none = {NULL, 0};

    assert_int_equal(router_interface_custom(f->router, gone, &kept), ST_OK);
    assert_int_equal(kept->size, 0);
    keep_custom(f->router, gone, "abc");
    keep_custom(f->router, stays, "longer than that");
    keep_custom(f->router, stays, "d");
    assert_int_equal(router_interface_delete(f->router, gone), ST_OK);
    assert_int_equal(router_interface_custom(f->router, gone, &kept), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set_custom(f->router, gone, &none), ST_INVALID_HANDLE);
    assert_int_equal(router_interface_set_custom(f->router, stays, &none), ST_OK);
    assert_int_equal(router_interface_custom(f->router, stays, &kept), ST_OK);
    assert_int_equal(kept->size, 0);
    keep_custom(f->router, stays, "e");
}

static void test_find_too_long(void **state)
{
    struct fixture *f = *state;
    enum { UNITS = 2 * INTERFACE_NAME_MAX };
    char16_t name[UNITS];
    handle_t32 found;

    for (size_t n = 0; n < UNITS; n++) name[n] = u'n';
    name[UNITS - 1] = 0;
    assert_int_equal(router_interface_find(f->router, name, true, &found), ST_NO_SUCH_INTERFACE);
}

/* ---- set ------------------------------------------------------------------------------------- */

static void test_set(void **state)
{
    struct fixture *f = *state;
    struct router *r = f->router;
    handle_t32 handle = fake_demand_dial(&f->host, u"Branch", DIALER_SCRIPTED, 0);
    const char16_t *hours = NULL;

    assert_int_equal(router_interface_set(r, handle, false, true, NULL), ST_OK);
    assert_false(fake_info(&f->host, handle).enabled);
    assert_int_equal(router_interface_set(r, handle, true, false, u"8 x\0"), ST_INVALID_PARAMETER);
    assert_false(fake_info(&f->host, handle).enabled);
    assert_int_equal(router_interface_set(r, handle, true, false, u"1 00:00-24:00\0"), ST_OK);
    assert_true(fake_info(&f->host, handle).enabled);
    assert_int_equal(router_interface_set(r, handle, true, true, NULL), ST_OK);
    assert_int_equal(router_interface_hours(r, handle, &hours), ST_OK);
    assert_non_null(hours);
    assert_int_equal(router_interface_set(r, handle, true, false, u""), ST_OK);
    assert_int_equal(router_interface_hours(r, handle, &hours), ST_OK);
    assert_null(hours);
    assert_int_equal(router_interface_set_stored(r, handle, true), ST_OK);
    assert_true(interface_get(r, handle)->stored);
}

static void test_look_once(void **state)
{
    struct fixture *f = *state;
    struct router *r = f->router;
    handle_t32 one = fake_demand_dial(&f->host, u"one", DIALER_SCRIPTED, 0);
    handle_t32 two = fake_demand_dial(&f->host, u"two", DIALER_SCRIPTED, 0);
    struct interface_info info;

    assert_true(router_interface_look(r, one, 0, &info));
    assert_true(u16_equal(info.name, u"one"));
    assert_false(router_interface_look(r, one, 0, &info));
    assert_true(router_interface_look(r, two, 0, &info));
    assert_true(router_interface_look(r, one, 7, &info));
    assert_false(router_interface_look(r, one, 7, &info));
    assert_true(router_interface_look(r, one, 0, &info)); /* another number, not a later one */
    assert_int_equal(router_interface_delete(r, one), ST_OK);
    assert_false(router_interface_look(r, one, 8, &info));
    assert_false(router_interface_look(r, 0, 8, &info));
}

static void test_set_lan(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"Lan");
    handle_t32 handle = 0;

    spec.type = IF_DEDICATED;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    assert_int_equal(router_interface_set(f->router, handle, false, true, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set(f->router, handle, true, false, u"1 00:00-24:00\0"),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set(f->router, handle, true, false, NULL), ST_OK);
    assert_int_equal(router_interface_set_dial(f->router, handle, &f->entry, &f->plan),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_disconnect(f->router, handle), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_delete(f->router, handle), ST_INVALID_PARAMETER);
}

static void test_without_ddm(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"Lan");
    handle_t32 handle = 0;

    spec.type = IF_DEDICATED;
    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    assert_int_equal(router_interface_set_dial(f->router, handle, &f->entry, &f->plan),
                     ST_DDM_NOT_RUNNING);
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_DDM_NOT_RUNNING);
    assert_int_equal(router_interface_disconnect(f->router, handle), ST_DDM_NOT_RUNNING);
}

static void test_set_dial(void **state)
{
    struct fixture *f = *state;
    handle_t32 handle = fake_demand_dial(&f->host, u"Branch", DIALER_SCRIPTED, 0);

    assert_int_equal(router_interface_set_dial(f->router, handle, NULL, &f->plan),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set_dial(f->router, handle, &f->entry, NULL),
                     ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(router_interface_connect(f->router, handle, NULL),
                     ST_INTERFACE_HAS_NO_DEVICES);
    f->entry.device_count = 0;
    assert_int_equal(router_interface_set_dial(f->router, handle, &f->entry, &f->plan),
                     ST_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(router_interface_connect(f->router, handle, NULL),
                     ST_INTERFACE_HAS_NO_DEVICES);
    f->entry.device_count = 2;
    assert_int_equal(router_interface_set_dial(f->router, handle, &f->entry, &f->plan), ST_OK);
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_PENDING);
}

/* ---- servers --------------------------------------------------------------------------------- */

static void test_servers(void **state)
{
    struct fixture *f = *state;
    struct router *r = f->router;
    handle_t32 server = 0, mib = 0;

    assert_int_equal(router_server_open(r, HANDLE_INTERFACE, &server), ST_INVALID_PARAMETER);
    assert_int_equal(router_server_open(r, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_server_open(r, HANDLE_MIB_SERVER, &mib), ST_OK);
    assert_true(router_server_valid(r, HANDLE_SERVER, server));
    assert_true(router_server_valid(r, HANDLE_MIB_SERVER, mib));
    assert_false(router_server_valid(r, HANDLE_MIB_SERVER, server));
    assert_false(router_server_valid(r, HANDLE_SERVER, mib));
    assert_int_equal(router_server_close(r, HANDLE_SERVER, mib), ST_INVALID_HANDLE);
    assert_int_equal(router_server_close(r, HANDLE_SERVER, server), ST_OK);
    assert_int_equal(router_server_close(r, HANDLE_SERVER, server), ST_INVALID_HANDLE);
    assert_false(router_server_valid(r, HANDLE_SERVER, server));
    assert_int_equal(router_server_close(r, HANDLE_MIB_SERVER, mib), ST_OK);
    for (size_t n = 0; n < BAD_HANDLES; n++) {
        assert_false(router_server_valid(r, HANDLE_SERVER, bad_handles[n]));
        assert_int_equal(router_server_close(r, HANDLE_SERVER, bad_handles[n]), ST_INVALID_HANDLE);
    }
    /* An interface's handle is none of a server, and the other way round. */
    assert_int_equal(router_server_close(r, HANDLE_INTERFACE,
                                         fake_demand_dial(&f->host, u"A", DIALER_SCRIPTED, 0)),
                     ST_INVALID_HANDLE);
}

static void test_server_info(void **state)
{
    struct fixture *f = *state;
    struct server_info info;
    handle_t32 one = fake_demand_dial(&f->host, u"One", DIALER_SCRIPTED, 0);

    fake_demand_dial(&f->host, u"Two", DIALER_SCRIPTED, 0);
    fake_advance(&f->host, 65999);
    assert_int_equal(router_interface_connect(f->router, one, NULL), ST_PENDING);
    router_server_info(f->router, &info);
    assert_false(info.lan_only);
    assert_int_equal(info.up_seconds, 65);
    assert_int_equal(info.total_ports, 2);
    assert_int_equal(info.ports_in_use, 1);
}

/* The host's clock does not begin with the router. */
static void test_up_time(void **state)
{
    const struct router_config config = {.router_type = ROUTER_LAN};
    struct fake_host host;
    struct server_info info;
    struct router *r;

    (void)state;
    fake_init(&host);
    host.now = 1000000;
    r = fake_start(&host, &config);
    router_server_info(r, &info);
    assert_int_equal(info.up_seconds, 0);
    fake_advance(&host, 5000);
    router_server_info(r, &info);
    assert_int_equal(info.up_seconds, 5);
    router_set_now(r, 1000000); /* never back */
    router_server_info(r, &info);
    assert_int_equal(info.up_seconds, 5);
    fake_close(&host);
}

static void test_server_info_lan_only(void **state)
{
    struct fixture *f = *state;
    struct server_info info;

    router_server_info(f->router, &info);
    assert_true(info.lan_only);
    assert_int_equal(info.total_ports, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_create_names),
        TEST(test_create_types),
        TEST(test_create_parts),
        TEST_LAN(test_create_without_ddm),
        TEST(test_bad_handles),
        TEST(test_info),
        TEST(test_custom),
        TEST(test_find_too_long),
        TEST(test_set),
        TEST(test_look_once),
        TEST(test_set_lan),
        TEST_LAN(test_without_ddm),
        TEST(test_set_dial),
        TEST(test_servers),
        TEST(test_server_info),
        cmocka_unit_test(test_up_time),
        TEST_LAN(test_server_info_lan_only),
    };

    return cmocka_run_group_tests_name("interfaces", tests, NULL, NULL);
}
