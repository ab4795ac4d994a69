/* Demand dial over time: scripted dialers, redials, link failures, hours, over hours and days. */
#include "sim/support/cmocka_all.h"

#include <string.h>

#include "router/state.h"
#include "sim/support/fail_alloc.h"
#include "sim/support/fake_host.h"
#include "router/ddm/ddm_api.h"
#include "router/dim/interface.h"

#define SECOND ((msec)1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

struct fixture {
    struct fake_host host;
    struct router *router;
    struct dial_entry entry;
    struct dial_plan plan;
    struct request request;
};

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    fail_alloc_begin();
    f.router = fake_open(&f.host, ROUTER_LAN | ROUTER_WAN);
    fake_dial_defaults(DIALER_SCRIPTED, 0, &f.entry, &f.plan);
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
    struct interface_spec spec = {.name = u"Branch",
                                  .type = IF_FULL_ROUTER,
                                  .enabled = true,
                                  .entry = &f->entry,
                                  .plan = &f->plan};
    handle_t32 handle = 0;

    assert_int_equal(router_interface_create(f->router, &spec, &handle), ST_OK);
    return handle;
}

static void start(struct fixture *f, handle_t32 interface)
{
    memset(&f->request, 0, sizeof(f->request));
    assert_int_equal(router_interface_connect(f->router, interface, &f->request), ST_PENDING);
}

static void test_scripted_delay(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;
    struct interface *i;

    f->plan.delay = 5 * SECOND;
    interface = create(f);
    i = interface_get(f->router, interface);
    start(f, interface);
    fake_advance(&f->host, 5 * SECOND - 1);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTING);
    assert_false(f->request.completed);
    fake_advance(&f->host, 1);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    assert_true(f->request.completed);
    assert_int_equal(f->request.status, ST_OK);
    assert_true(i->has_binding);
    assert_int_equal(i->binding.local[0].address, 0x0A090001);
    assert_int_equal(fake_count(&f->host, FAKE_DIAL), 0);
    assert_int_equal(router_interface_disconnect(f->router, interface), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_HANG_UP), 0);
}

/* The request hears of the last attempt only; each redial comes after its pause. */
static void test_redials_then_success(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->plan.fail_first = 3;
    f->plan.outcome_failed = ST_TIMEOUT;
    f->entry.redial_attempts = 3;
    f->entry.redial_seconds = 30;
    interface = create(f);
    start(f, interface);
    fake_advance(&f->host, 90 * SECOND - 1);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTING);
    assert_int_equal(fake_info(&f->host, interface).last_error, ST_TIMEOUT);
    fake_advance(&f->host, 1);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    assert_int_equal(f->request.status, ST_OK);
    assert_int_equal(interface_get(f->router, interface)->attempt, 4);
}

static void test_redials_used_up(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;
    struct interface_info info;

    f->plan.outcome = ST_TIMEOUT;
    f->entry.redial_attempts = 2;
    interface = create(f);
    start(f, interface);
    fake_advance(&f->host, 2 * MINUTE);
    info = fake_info(&f->host, interface);
    assert_int_equal(f->request.status, ST_TIMEOUT);
    assert_int_equal(info.state, IF_UNREACHABLE);
    assert_int_equal(info.reasons, REASON_CONNECTION_FAILURE);
    assert_int_equal(info.last_error, ST_TIMEOUT);

    /* On demand it is left alone until it is reachable again; a person may always try. */
    assert_int_equal(ddm_demand(f->router, interface_get(f->router, interface)),
                     ST_INTERFACE_UNREACHABLE);
    fake_advance(&f->host, 10 * MINUTE);
    assert_int_equal(fake_state(&f->host, interface), IF_DISCONNECTED);
    assert_int_equal(ddm_demand(f->router, interface_get(f->router, interface)), ST_PENDING);
    fake_advance(&f->host, 2 * MINUTE);
    assert_int_equal(fake_state(&f->host, interface), IF_UNREACHABLE);
    start(f, interface);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTING);
}

/* fail_first counts over connections until the configuration is replaced. */
static void test_scripted_failures_count_on(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->plan.fail_first = 2;
    interface = create(f);
    for (int n = 0; n < 2; n++) {
        start(f, interface);
        fake_advance(&f->host, 0);
        assert_int_equal(f->request.status, ST_INTERFACE_UNREACHABLE);
    }
    start(f, interface);
    fake_advance(&f->host, 0);
    assert_int_equal(f->request.status, ST_OK);
    assert_int_equal(router_interface_set_dial(f->router, interface, &f->entry, &f->plan), ST_OK);
    assert_int_equal(router_interface_disconnect(f->router, interface), ST_OK);
    for (int n = 0; n < 3; n++) {
        start(f, interface);
        fake_advance(&f->host, 0);
        assert_int_equal(f->request.status, n < 2 ? ST_INTERFACE_UNREACHABLE : ST_OK);
    }
}

/* Ten hours of a link that drops every hour and comes back after a minute each time. */
static void test_ten_hours_of_drops(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface, server;

    f->plan.drop_after = 1 * HOUR;
    f->entry.redial_on_link_failure = true;
    interface = create(f);
    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    start(f, interface);
    fake_advance(&f->host, 10 * HOUR);
    /* Up at 0:00, 1:01, 2:02 ... 9:09; down at 1:00, 2:01 ... 9:08. */
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    assert_int_equal(interface_get(f->router, interface)->attempt, 10);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), 10 + 9);
    assert_int_equal(fake_nth(&f->host, FAKE_SIGNAL, 2)->when, 61 * MINUTE);
    assert_int_equal(fake_count(&f->host, FAKE_COMPLETE), 1);
}

/* Ten hours of 99 redials every ten minutes: one attempt more than redials, and then the back-off.
 */
static void test_ten_hours_of_redial(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;
    struct interface *i;

    f->plan.kind = DIALER_HOST;
    f->entry.redial_attempts = 99;
    f->entry.redial_seconds = 600;
    interface = create(f);
    i = interface_get(f->router, interface);
    start(f, interface);
    for (msec t = 0; t < 10 * HOUR; t += 10 * MINUTE) {
        fake_flush(&f->host);
        fake_answer_dial(&f->host, ST_TIMEOUT, NULL);
        assert_int_equal(fake_state(&f->host, interface), IF_CONNECTING);
        fake_advance(&f->host, 10 * MINUTE);
    }
    assert_int_equal(fake_count(&f->host, FAKE_DIAL), 61);
    assert_int_equal(i->attempts_left, 99 - 60);
    assert_false(f->request.completed);
    while (!f->request.completed) {
        fake_answer_dial(&f->host, ST_TIMEOUT, NULL);
        fake_advance(&f->host, 10 * MINUTE);
    }
    assert_int_equal(fake_count(&f->host, FAKE_DIAL), 100);
    assert_int_equal(f->request.status, ST_TIMEOUT);
}

/* A drop outside of the hours is not redialled; a live connection outlasts them. */
static void test_hours(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->host.minute_of_week = 9 * 60; /* Sunday 09:00 */
    f->plan.drop_after = 2 * HOUR;
    f->entry.redial_on_link_failure = true;
    interface = create(f);
    assert_int_equal(router_interface_set(f->router, interface, true, false,
                                          u"0 09:00-10:00\0"
                                          u"1 09:00-10:00\0"),
                     ST_OK);
    start(f, interface);
    fake_advance(&f->host, 2 * HOUR - 1);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    fake_advance(&f->host, 1);
    assert_int_equal(fake_state(&f->host, interface), IF_UNREACHABLE);
    assert_int_equal(fake_info(&f->host, interface).reasons, REASON_DIALOUT_HOURS);
    assert_int_equal(router_interface_connect(f->router, interface, NULL),
                     ST_DIALOUT_HOURS_RESTRICTION);
    fake_advance(&f->host, 22 * HOUR); /* Monday 09:00 */
    assert_int_equal(fake_state(&f->host, interface), IF_DISCONNECTED);
    assert_int_equal(router_interface_connect(f->router, interface, NULL), ST_PENDING);
}

/* What is configured while it is connected counts from the next connection on. */
static void test_new_configuration(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->plan.kind = DIALER_HOST;
    interface = create(f);
    start(f, interface);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_OK, NULL);
    f->plan.adapter[2] = u'7';
    f->entry.phone_number[0] = u'X';
    assert_int_equal(router_interface_set_dial(f->router, interface, &f->entry, &f->plan), ST_OK);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    assert_int_equal(router_interface_disconnect(f->router, interface), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_HANG_UP), 1);
    start(f, interface);
    fake_flush(&f->host);
    assert_memory_equal(fake_nth(&f->host, FAKE_DIAL, 0)->plan.adapter, u"wg0", 8);
    assert_memory_equal(fake_nth(&f->host, FAKE_DIAL, 1)->plan.adapter, u"wg7", 8);
    assert_int_equal(fake_nth(&f->host, FAKE_DIAL, 1)->entry.phone_number[0], u'X');
    assert_int_equal(fake_nth(&f->host, FAKE_DIAL, 1)->attempt, 2);
}

/* Notifications come before completions, and the state can be read by whoever gets one. */
static struct fixture *watched;
static handle_t32 watched_interface;

static void watch(struct fake_host *host, const struct fake_record *record)
{
    if (record->action != FAKE_SIGNAL && record->action != FAKE_COMPLETE) return;
    assert_int_equal(fake_state(host, watched_interface), IF_CONNECTED);
    if (record->action == FAKE_COMPLETE) assert_int_equal(fake_count(host, FAKE_SIGNAL), 1);
}

static void test_order_of_news(void **state)
{
    handle_t32 server;

    watched = *state;
    watched_interface = create(watched);
    assert_int_equal(router_server_open(watched->router, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(watched->router, server, 1, 11), ST_OK);
    start(watched, watched_interface);
    watched->host.on_action = watch;
    fake_advance(&watched->host, 0);
    assert_int_equal(fake_count(&watched->host, FAKE_COMPLETE), 1);
    watched->host.on_action = NULL;
}

/* No memory for a redial's message is a failed attempt, not a hanging one; a disconnect needs
 * none. */
static void test_out_of_memory_on_the_way(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;

    f->plan.kind = DIALER_HOST;
    f->entry.redial_attempts = 2;
    interface = create(f);
    start(f, interface);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_TIMEOUT, NULL);
    fail_alloc_always();
    fake_advance(&f->host, 1 * MINUTE);
    assert_int_equal(fake_info(&f->host, interface).last_error, ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTING);
    assert_true(fail_alloc_fired());
    fake_advance(&f->host, 1 * MINUTE);
    assert_int_equal(fake_count(&f->host, FAKE_DIAL), 2);
    fail_alloc_always();
    assert_int_equal(router_interface_disconnect(f->router, interface), ST_OK);
    fake_flush(&f->host);
    assert_false(fail_alloc_fired());
    assert_int_equal(fake_count(&f->host, FAKE_HANG_UP), 1);
    assert_int_equal(f->request.status, ST_INTERFACE_DISCONNECTED);
    fail_alloc_always();
    assert_int_equal(router_interface_connect(f->router, interface, NULL), ST_NOT_ENOUGH_MEMORY);
    fail_alloc_at(0);
    assert_int_equal(fake_state(&f->host, interface), IF_DISCONNECTED);
}

/* The router ends while one interface dials, one pauses, one is up. */
static void test_end_of_the_router(void **state)
{
    struct fixture *f = *state;
    handle_t32 dialling, up;
    struct request other = {0};

    dialling = fake_demand_dial(&f->host, u"One", DIALER_HOST, 0);
    up = fake_demand_dial(&f->host, u"Two", DIALER_HOST, 0);
    assert_int_equal(router_interface_connect(f->router, up, NULL), ST_PENDING);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_OK, NULL);
    start(f, dialling);
    f->plan.outcome = ST_TIMEOUT;
    f->entry.redial_attempts = 5;
    assert_int_equal(router_interface_connect(f->router, create(f), &other), ST_PENDING);
    fake_advance(&f->host, 1);
    fake_forget(&f->host);
    router_destroy(f->router);
    assert_int_equal(fake_count(&f->host, FAKE_HANG_UP), 2);
    assert_int_equal(f->request.status, ST_ROUTER_STOPPED);
    assert_int_equal(other.status, ST_ROUTER_STOPPED);
    assert_int_equal(fake_count(&f->host, FAKE_COMPLETE), 2);
    f->router = f->host.router = NULL;
}

/* A redial for which there is no memory is one that failed: the next one comes after its pause. */
static void test_redial_without_memory(void **state)
{
    struct fixture *f = *state;
    handle_t32 interface;
    uint32_t handles;

    f->plan.kind = DIALER_HOST;
    f->entry.redial_attempts = 9;
    f->entry.redial_seconds = 30;
    interface = create(f);
    handles = f->router->handles.used - f->router->handles.free_count;
    start(f, interface);
    fake_flush(&f->host);
    fake_answer_dial(&f->host, ST_TIMEOUT, NULL);
    for (size_t n = 1; n <= 3; n++) {
        size_t dials = fake_count(&f->host, FAKE_DIAL), live = fail_alloc_live();

        fail_alloc_at(n);
        fake_advance(&f->host, 30 * SECOND);
        if (!fail_alloc_fired()) break;
        assert_int_equal(fake_count(&f->host, FAKE_DIAL), dials);
        assert_int_equal(fake_info(&f->host, interface).last_error, ST_NOT_ENOUGH_MEMORY);
        assert_int_equal(fake_state(&f->host, interface), IF_CONNECTING);
        assert_int_equal(fail_alloc_live(), live);
        assert_int_equal(f->router->handles.used - f->router->handles.free_count, handles);
        assert_false(f->request.completed);
    }
    assert_int_equal(fake_count(&f->host, FAKE_DIAL), 2);
    fake_answer_dial(&f->host, ST_OK, NULL);
    assert_int_equal(fake_state(&f->host, interface), IF_CONNECTED);
    assert_int_equal(f->request.status, ST_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_scripted_delay),
        TEST(test_redials_then_success),
        TEST(test_redials_used_up),
        TEST(test_scripted_failures_count_on),
        TEST(test_ten_hours_of_drops),
        TEST(test_ten_hours_of_redial),
        TEST(test_hours),
        TEST(test_new_configuration),
        TEST(test_order_of_news),
        TEST(test_out_of_memory_on_the_way),
        TEST(test_end_of_the_router),
        TEST(test_redial_without_memory),
    };

    return cmocka_run_group_tests_name("ddm over time", tests, NULL, NULL);
}
