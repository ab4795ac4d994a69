/* A stored configuration given as rows: what becomes of them, what is left out, and what happens
 * when memory is short. */
#include "sim/support/cmocka_all.h"

#include <string.h>

#include "engine/load.h"
#include "infoblock/infoblock.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"
#include "sweep/loop.h"

enum { CHAT = 0x01370077, GOOD = 2 };

static struct fake_host fake;
static struct engine *engine;
static struct blob global, blocks;
static unsigned asked; /* which of the platform's functions were called, in order */

/* ---- a platform ------------------------------------------------------------------------------ */

static mpr_status ports(void *context, struct port_setup ret[PORT_KINDS])
{
    (void)context;
    asked = asked * 10 + 1;
    memset(ret, 0, PORT_KINDS * sizeof(*ret));
    ret[PORT_IKEV2] = (struct port_setup){4, PORT_FOR_ROUTING};
    return ST_OK;
}

static mpr_status protocols(void *context, struct loader *l)
{
    const struct stored_protocol good = {TRANSPORT_IP, CHAT, u"chat.dll"};
    const struct stored_protocol nameless = {TRANSPORT_IP, CHAT + 1, u""};
    mpr_status status = loader_protocol(l, &nameless);

    (void)context;
    asked = asked * 10 + 2;
    return status == ST_OK ? loader_protocol(l, &good) : status;
}

static mpr_status managers(void *context, struct loader *l)
{
    const struct stored_manager unknown = {TRANSPORT_IPX, &global, NULL};
    const struct stored_manager ip = {TRANSPORT_IP, &global, NULL};
    mpr_status status = loader_manager(l, &unknown);

    (void)context;
    asked = asked * 10 + 3;
    return status == ST_OK ? loader_manager(l, &ip) : status;
}

static const struct dial_entry entry = {.device_count = 1, .redial_seconds = 60};
static const struct dial_plan plan = {.kind = DIALER_SCRIPTED};

static mpr_status give(struct loader *l, const char16_t *name, uint32_t type, bool transport)
{
    const struct stored_transport list[] = {{TRANSPORT_IPV6, {NULL, 0}}, {TRANSPORT_IP, blocks}};
    const struct stored_interface row = {.number = 7,
                                         .name = name,
                                         .type = type,
                                         .enabled = true,
                                         .entry = &entry,
                                         .plan = &plan,
                                         .transports = list,
                                         .transport_count = transport ? 2 : 0};

    return loader_interface(l, &row);
}

/* The last is refused, and so is IPv6 of each, which has no router manager. */
static mpr_status interfaces(void *context, struct loader *l)
{
    mpr_status status = give(l, u"Branch", IF_FULL_ROUTER, true);

    (void)context;
    asked = asked * 10 + 4;
    if (status == ST_OK) status = give(l, u"Lan", IF_DEDICATED, false);
    if (status == ST_OK) status = give(l, u"Odd", 4711, true);
    return status == ST_OK ? give(l, u"branch", IF_FULL_ROUTER, true) : status;
}

static const struct stored_configuration stored = {NULL, ports, protocols, managers, interfaces};

/* ---- the tests ------------------------------------------------------------------------------- */

static struct blob header(uint32_t type)
{
    const struct info_block block = {type, 4, 1, "abcd"};
    struct blob ret = {NULL, 0};

    assert_int_equal(info_blob_put(&ret, &block), ST_OK);
    return ret;
}

static int begin(void **state)
{
    (void)state;
    fail_alloc_begin();
    global = header(0x1234);
    blocks = header(0x5678);
    fake_init(&fake);
    fake.record = false;
    asked = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    blob_free(&global);
    blob_free(&blocks);
    fail_alloc_end();
    return 0;
}

static mpr_status load(const struct stored_configuration *s)
{
    const struct router_config config = {.router_type = ROUTER_LAN | ROUTER_WAN};
    mpr_status status = engine_create(&engine, &fake.host, &config);

    if (status == ST_OK) status = engine_load(engine, s);
    return status;
}

static void unload(void)
{
    if (engine) engine_destroy(engine);
    engine = NULL;
}

static bool is_there(struct router *r, const char16_t *name)
{
    handle_t32 handle;

    return router_interface_find(r, name, false, &handle) == ST_OK;
}

static void check_whole(void)
{
    struct router *r = engine_enter(engine);
    const struct blob *info;
    handle_t32 branch;
    uint32_t total, used;

    assert_true(is_there(r, u"Lan"));
    assert_false(is_there(r, u"Odd"));
    assert_int_equal(router_interface_count(r), GOOD);
    assert_int_equal(router_interface_find(r, u"Branch", false, &branch), ST_OK);
    assert_int_equal(router_iftransport_get(r, branch, TRANSPORT_IP, &info), ST_OK);
    assert_int_equal(info->size, blocks.size);
    assert_int_equal(router_iftransport_get(r, branch, TRANSPORT_IPV6, &info),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(router_catalogue_add(r, TRANSPORT_IP, CHAT, u"other.dll"), ST_ALREADY_EXISTS);
    router_port_count(r, &total, &used);
    assert_int_equal(total, 4 + 1); /* and that of the device of "Branch", which is no miniport */
    engine_leave(engine);
}

static void rows_become_a_router(void **state)
{
    (void)state;
    assert_int_equal(load(&stored), ST_OK);
    assert_int_equal(asked, 1234);
    check_whole();
    unload();
}

static mpr_status no_registry(void *context, struct loader *l)
{
    (void)context, (void)l;
    return ST_ACCESS_DENIED;
}

static void a_platform_that_fails_ends_it(void **state)
{
    struct stored_configuration broken = stored;

    (void)state;
    broken.managers = no_registry;
    assert_int_equal(load(&broken), ST_ACCESS_DENIED);
    assert_int_equal(asked, 12);
    unload();
}

/* Either everything is there, or the answer says that it isn't. */
static bool attempt(void *context, unsigned n)
{
    mpr_status status;
    bool reached;

    (void)context;
    fail_alloc_at(n);
    status = load(&stored);
    reached = fail_alloc_fired();
    assert_true(status == (reached ? ST_NOT_ENOUGH_MEMORY : ST_OK));
    if (status == ST_OK) check_whole();
    unload();
    return reached;
}

static void no_row_is_lost_for_want_of_memory(void **state)
{
    (void)state;
    assert_true(sweep_loop(attempt, NULL) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_become_a_router, begin, end),
        cmocka_unit_test_setup_teardown(a_platform_that_fails_ends_it, begin, end),
        cmocka_unit_test_setup_teardown(no_row_is_lost_for_want_of_memory, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
