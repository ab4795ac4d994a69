/* The n-th allocation fails, for every n, in every function of DIM and DDM that allocates: the
 * answer is ST_NOT_ENOUGH_MEMORY and nothing has changed. */
#include "unit/router/fixture.h"

#include "protocol/builtin/builtin_protocols.h"
#include "router/state.h"
#include "sweep/loop.h"

/* What can be seen of a router from outside. */
struct picture {
    uint32_t count, resume, read, total;
    struct interface_info infos[24];
    size_t signals, closes, completions, dials;
    size_t live, timers;
    uint32_t handles;
    bool outbox_empty;
};

static void take_picture(struct fixture *f, struct picture *p)
{
    memset(p, 0, sizeof(*p));
    p->live = fail_alloc_live();
    p->timers = f->router->timers.reserved;
    p->handles = f->router->handles.used - f->router->handles.free_count;
    p->outbox_empty = outbox_empty(router_outbox(f->router));
    p->count = router_interface_count(f->router);
    assert_int_equal(
        router_interface_enum(f->router, &p->resume, p->infos, 24, &p->read, &p->total), ST_OK);
    p->signals = fake_count(&f->host, FAKE_SIGNAL);
    p->closes = fake_count(&f->host, FAKE_CLOSE_EVENT);
    p->completions = fake_count(&f->host, FAKE_COMPLETE);
    p->dials = fake_count(&f->host, FAKE_DIAL);
}

/* Growing a table and then failing keeps the bigger table: not a change that anyone can see, but
 * the number of live blocks must be the same, since growing replaces. */
static void expect_unchanged(struct fixture *f, const struct picture *before)
{
    static struct picture now;

    take_picture(f, &now);
    assert_true(now.live <= before->live + 3); /* first use of the three tables */
    now.live = before->live;
    assert_memory_equal(&now, before, sizeof(now));
}

typedef mpr_status operation(struct fixture *f, handle_t32 existing);

struct swept {
    struct fixture *f;
    operation *run;
    handle_t32 existing;
};

static bool fails_once(void *context, unsigned n)
{
    static struct picture before;
    const struct swept *s = context;
    mpr_status status;

    take_picture(s->f, &before);
    fail_alloc_at(n);
    status = s->run(s->f, s->existing);
    if (!fail_alloc_fired()) {
        assert_true(status == ST_OK || status == ST_PENDING);
        return false;
    }
    assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
    expect_unchanged(s->f, &before);
    return true;
}

/* Runs an operation with ever later failures until it succeeds, with a number of interfaces there
 * already: at some of them the tables are full and have to grow. */
static void sweep(struct fixture *f, operation *run, unsigned there)
{
    struct swept swept = {f, run, 0};
    char16_t name[] = u"Existing a";

    for (unsigned n = 0; n < there; n++) {
        name[9] = (char16_t)(u'a' + n);
        swept.existing = fake_demand_dial(&f->host, name, DIALER_HOST, 0);
    }
    assert_int_not_equal(sweep_loop(fails_once, &swept), 0);
}

static mpr_status run_create(struct fixture *f, handle_t32 existing)
{
    struct interface_spec spec = fixture_spec(f, u"New");
    handle_t32 handle;

    (void)existing;
    spec.dialout_hours = u"1 09:00-10:00\0";
    return router_interface_create(f->router, &spec, &handle);
}

static mpr_status run_create_lan(struct fixture *f, handle_t32 existing)
{
    struct interface_spec spec = {.name = u"Lan", .type = IF_DEDICATED, .enabled = true};
    handle_t32 handle;

    (void)existing;
    return router_interface_create(f->router, &spec, &handle);
}

static mpr_status run_set(struct fixture *f, handle_t32 existing)
{
    mpr_status status = router_interface_set(f->router, existing, false, false, u"1 09:00-10:00\0");

    if (status != ST_OK) assert_true(fake_info(&f->host, existing).enabled);
    return status;
}

static mpr_status run_set_dial(struct fixture *f, handle_t32 existing)
{
    return router_interface_set_dial(f->router, existing, &f->entry, &f->plan);
}

static mpr_status run_connect(struct fixture *f, handle_t32 existing)
{
    return router_interface_connect(f->router, existing, NULL);
}

static mpr_status run_open(struct fixture *f, handle_t32 existing)
{
    handle_t32 handle;

    (void)existing;
    return router_server_open(f->router, HANDLE_SERVER, &handle);
}

static void test_create(void **state)
{
    sweep(*state, run_create, 0);
}

static void test_create_at_the_edge(void **state)
{
    sweep(*state, run_create, 16);
}

static void test_create_lan(void **state)
{
    sweep(*state, run_create_lan, 0);
}

static void test_set(void **state)
{
    sweep(*state, run_set, 1);
}

static void test_set_dial(void **state)
{
    sweep(*state, run_set_dial, 1);
}

/* The first device of an entry brings a port, too. */
static void test_set_first_device(void **state)
{
    struct fixture *f = *state;
    struct interface_spec spec = fixture_spec(f, u"Bare");
    struct swept swept = {f, run_set_dial, 0};

    f->entry.device_count = 0;
    assert_int_equal(router_interface_create(f->router, &spec, &swept.existing), ST_OK);
    f->entry.device_count = 1;
    assert_true(sweep_loop(fails_once, &swept) > 1);
}

static void test_connect(void **state)
{
    sweep(*state, run_connect, 1);
}

/* After a disconnect the next hang-up has to be reserved again. */
static void test_connect_again(void **state)
{
    struct fixture *f = *state;
    handle_t32 handle = fake_demand_dial(&f->host, u"Branch", DIALER_HOST, 0);

    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_PENDING);
    assert_int_equal(router_interface_disconnect(f->router, handle), ST_OK);
    fake_flush(&f->host);
    for (size_t n = 1; n <= 2; n++) {
        fail_alloc_at(n);
        assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(fake_state(&f->host, handle), IF_DISCONNECTED);
        assert_true(fail_alloc_fired());
    }
    assert_int_equal(router_interface_connect(f->router, handle, NULL), ST_PENDING);
}

static void test_server_open(void **state)
{
    sweep(*state, run_open, 0);
}

static void test_notification(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = 0;

    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    fail_alloc_always();
    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_NOT_ENOUGH_MEMORY);
    assert_true(fail_alloc_fired());
    assert_int_equal(router_notification_remove(f->router, server, 1, 0), ST_INVALID_PARAMETER);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_CLOSE_EVENT), 0); /* the event is still the host's */
}

/* Nothing that ends something needs memory. */
static void test_ends_need_none(void **state)
{
    struct fixture *f = *state;
    handle_t32 up = fake_demand_dial(&f->host, u"Up", DIALER_HOST, 0), server = 0;
    handle_t32 idle = fake_demand_dial(&f->host, u"Idle", DIALER_HOST, 0);
    struct request request = {0};

    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    assert_int_equal(router_interface_connect(f->router, up, &request), ST_PENDING);
    fake_flush(&f->host);
    fail_alloc_always();
    fake_answer_dial(&f->host, ST_OK, NULL);
    assert_int_equal(request.status, ST_OK);
    assert_int_equal(router_interface_disconnect(f->router, up), ST_OK);
    assert_int_equal(router_interface_delete(f->router, idle), ST_OK);
    assert_int_equal(router_interface_set(f->router, up, false, true, NULL), ST_OK);
    router_adapters(f->router, NULL, 0); /* Internal can't be made, this time */
    assert_int_equal(router_server_close(f->router, HANDLE_SERVER, server), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_HANG_UP), 1);
    assert_int_equal(fake_count(&f->host, FAKE_CLOSE_EVENT), 1);
    fail_alloc_at(0);
    assert_int_equal(router_interface_count(f->router), 1);
    router_adapters(f->router, NULL, 0);
    assert_int_equal(router_interface_count(f->router), 2);
}

/* An adapter that finds no memory gets its interface at the next look. */
static void test_adapters(void **state)
{
    struct fixture *f = *state;
    struct host_adapter a = fake_adapter(u"{eth0}", 2, 0xC0A80101, 0xFFFFFF00);

    for (size_t n = 1;; n++) {
        fail_alloc_at(n);
        router_adapters(f->router, &a, 1);
        if (!fail_alloc_fired()) break;
        assert_true(n < 100);
    }
    assert_int_equal(router_interface_count(f->router), 2);
}

static void test_router(void **state)
{
    struct fixture *f = *state;
    struct router_config config = {.router_type = ROUTER_LAN,
                                   .builtins = builtin_protocols,
                                   .builtin_count = builtin_protocol_count};
    struct router *r = NULL;

    for (size_t n = 1; n <= 2; n++) { /* router, rows */
        fail_alloc_at(n);
        assert_int_equal(router_create(&r, &f->host.host, &config), ST_NOT_ENOUGH_MEMORY);
        assert_true(fail_alloc_fired());
        assert_null(r);
    }
    fail_alloc_at(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_create),       TEST(test_create_at_the_edge), TEST(test_create_lan),
        TEST(test_set),          TEST(test_set_dial),           TEST(test_set_first_device),
        TEST(test_connect),      TEST(test_connect_again),      TEST(test_server_open),
        TEST(test_notification), TEST(test_ends_need_none),     TEST(test_adapters),
        TEST(test_router),
    };

    return cmocka_run_group_tests_name("allocation sweep", tests, NULL, NULL);
}
