/* How long an interface is left alone after connections that failed. */
#include "sim/support/cmocka_all.h"

#include <string.h>

#include "router/state.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"

#define SECOND ((msec)1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

struct fixture {
    struct fake_host host;
    struct router *router;
    struct dial_entry entry;
    struct dial_plan plan;
    struct interface_spec spec;
};

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    fail_alloc_begin();
    f.router = fake_open(&f.host, ROUTER_LAN | ROUTER_WAN);
    fake_dial_defaults(DIALER_SCRIPTED, 0, &f.entry, &f.plan);
    f.plan.outcome = ST_TIMEOUT;
    f.spec = (struct interface_spec){.name = u"Branch",
                                     .type = IF_FULL_ROUTER,
                                     .enabled = true,
                                     .entry = &f.entry,
                                     .plan = &f.plan};
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    fake_close(&f->host);
    fail_alloc_end();
    return 0;
}

static handle_t32 create(struct fixture *f)
{
    handle_t32 handle = 0;

    assert_int_equal(router_interface_create(f->router, &f->spec, &handle), ST_OK);
    return handle;
}

static void fail_once(struct fixture *f, handle_t32 interface)
{
    assert_int_equal(router_interface_connect(f->router, interface, NULL), ST_PENDING);
    fake_advance(&f->host, 0);
    assert_int_equal(fake_state(&f->host, interface), IF_UNREACHABLE);
}

/* It fails, and is unreachable for exactly so long. */
static void expect_pause(struct fixture *f, handle_t32 interface, msec pause)
{
    fail_once(f, interface);
    fake_advance(&f->host, pause - 1);
    assert_int_equal(fake_state(&f->host, interface), IF_UNREACHABLE);
    fake_advance(&f->host, 1);
    assert_int_equal(fake_state(&f->host, interface), IF_DISCONNECTED);
}

static void grows_to_six_hours(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface = create(f);

    for (msec n = 1; n <= 36; n++) expect_pause(f, interface, n * 10 * MINUTE);
    expect_pause(f, interface, 6 * HOUR);
    expect_pause(f, interface, 6 * HOUR);
}

static void success_begins_anew(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface = create(f);

    expect_pause(f, interface, 10 * MINUTE);
    expect_pause(f, interface, 20 * MINUTE);
    f->plan.outcome = ST_OK;
    assert_int_equal(router_interface_set_dial(f->router, interface, &f->entry, &f->plan), ST_OK);
    assert_int_equal(router_interface_connect(f->router, interface, NULL), ST_PENDING);
    fake_advance(&f->host, 0);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    assert_int_equal(router_interface_disconnect(f->router, interface), ST_OK);
    f->plan.outcome = ST_TIMEOUT;
    assert_int_equal(router_interface_set_dial(f->router, interface, &f->entry, &f->plan), ST_OK);
    expect_pause(f, interface, 10 * MINUTE);
}

/* Who connects by hand need not wait, but each failure counts. */
static void tries_by_hand_count(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface = create(f);

    fail_once(f, interface);
    fail_once(f, interface);
    expect_pause(f, interface, 30 * MINUTE);
}

static void values_of_the_interface(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->spec.back_off = (struct back_off){.step = 5 * SECOND, .most = 12 * SECOND};
    interface = create(f);
    expect_pause(f, interface, 5 * SECOND);
    expect_pause(f, interface, 10 * SECOND);
    expect_pause(f, interface, 12 * SECOND);
    expect_pause(f, interface, 12 * SECOND);
}

/* One value alone leaves the other at its default; a most below the start is the start. */
static void one_value_of_the_interface(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->spec.back_off = (struct back_off){.most = 15 * MINUTE};
    interface = create(f);
    expect_pause(f, interface, 10 * MINUTE);
    expect_pause(f, interface, 15 * MINUTE);
    f->spec.name = u"Other";
    f->spec.back_off = (struct back_off){.step = 8 * HOUR};
    interface = create(f);
    expect_pause(f, interface, 8 * HOUR);
    expect_pause(f, interface, 8 * HOUR);
    f->spec.name = u"Third";
    f->spec.back_off = (struct back_off){.step = 2 * MINUTE, .most = MINUTE};
    interface = create(f);
    expect_pause(f, interface, 2 * MINUTE);
    expect_pause(f, interface, 2 * MINUTE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(grows_to_six_hours),      TEST(success_begins_anew),        TEST(tries_by_hand_count),
        TEST(values_of_the_interface), TEST(one_value_of_the_interface),
    };

    return cmocka_run_group_tests_name("ddm back-off", tests, NULL, NULL);
}
