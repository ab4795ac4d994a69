/* Connection notifications: registration, signalling, the end. */
#include "unit/router/fixture.h"

#include "router/state.h"
#include "router/dim/notification.h"

static handle_t32 open_server(struct fixture *f)
{
    handle_t32 server = 0;

    assert_int_equal(router_server_open(f->router, HANDLE_SERVER, &server), ST_OK);
    return server;
}

/* Signals and closes that the host got since the last look. */
static void expect_news(struct fixture *f, size_t signals, size_t closes)
{
    fake_flush(&f->host);
    assert_int_equal(fake_count(&f->host, FAKE_SIGNAL), signals);
    assert_int_equal(fake_count(&f->host, FAKE_CLOSE_EVENT), closes);
    fake_forget(&f->host);
}

static void test_codes(void **state)
{
    struct fixture *f = *state;
    struct router *r = f->router;
    handle_t32 server = open_server(f), mib = 0;

    assert_int_equal(router_server_open(r, HANDLE_MIB_SERVER, &mib), ST_OK);
    assert_int_equal(router_notification_add(r, mib, 1, 11), ST_INVALID_HANDLE);
    assert_int_equal(router_notification_remove(r, mib, 1, 0), ST_INVALID_HANDLE);
    for (size_t n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(router_notification_add(r, bad_handles[n], 1, 11), ST_INVALID_HANDLE);
        assert_int_equal(router_notification_remove(r, bad_handles[n], 1, 0), ST_INVALID_HANDLE);
    }
    assert_int_equal(router_notification_add(r, server, 1, 0), ST_INVALID_PARAMETER);
    assert_int_equal(router_notification_remove(r, server, 1, 0), ST_INVALID_PARAMETER);
    assert_int_equal(router_notification_add(r, server, 1, 11), ST_OK);
    assert_int_equal(router_notification_remove(r, server, 2, 0), ST_INVALID_PARAMETER);
    assert_int_equal(router_notification_remove(r, open_server(f), 1, 0), ST_INVALID_PARAMETER);
    assert_int_equal(router_notification_remove(r, server, 1, 0), ST_OK);
    assert_int_equal(router_notification_remove(r, server, 1, 0), ST_INVALID_PARAMETER);
    expect_news(f, 0, 1);
}

static void test_without_ddm(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = open_server(f);

    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_DDM_NOT_RUNNING);
    assert_int_equal(router_notification_remove(f->router, server, 1, 0), ST_DDM_NOT_RUNNING);
}

/* Connects and disconnects; the host hears of both. */
static void connect_and_drop(struct fixture *f, handle_t32 interface)
{
    assert_int_equal(router_interface_connect(f->router, interface, NULL), ST_PENDING);
    fake_advance(&f->host, 0);
    assert_int_equal(router_interface_disconnect(f->router, interface), ST_OK);
    fake_flush(&f->host);
}

/* A handle value may name several events one after another. */
static void test_events_count_not_values(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = open_server(f), other = open_server(f);
    host_event events[3] = {0};

    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    assert_int_equal(router_notification_add(f->router, other, 1, 14), ST_OK);
    assert_int_equal(router_notification_add(f->router, server, 1, 12), ST_OK);
    assert_int_equal(router_notification_events(f->router, server, events, 1), 2);
    assert_int_equal(events[0], 12);
    assert_int_equal(events[1], 0);
    assert_int_equal(router_notification_events(f->router, server, events, 3), 2);
    assert_int_equal(events[1], 11);
    assert_int_equal(events[2], 0);
    assert_int_equal(router_notification_remove(f->router, server, 1, 14), ST_INVALID_PARAMETER);
    assert_int_equal(router_notification_remove(f->router, server, 9, 11), ST_OK);
    assert_int_equal(router_notification_remove(f->router, server, 1, 11), ST_INVALID_PARAMETER);
    assert_int_equal(router_notification_add(f->router, server, 1, 13), ST_OK);
    assert_int_equal(router_notification_remove(f->router, server, 1, 0), ST_OK); /* the newest */
    assert_int_equal(router_notification_events(f->router, server, events, 3), 1);
    assert_int_equal(events[0], 12);
}

static void test_same_event_twice(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = open_server(f);
    handle_t32 interface = fake_demand_dial(&f->host, u"Branch", DIALER_SCRIPTED, 0);

    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    assert_int_equal(router_notification_add(f->router, server, 1, 12), ST_OK);
    connect_and_drop(f, interface);
    expect_news(f, 4, 0);
    assert_int_equal(router_notification_remove(f->router, server, 1, 0), ST_OK);
    connect_and_drop(f, interface);
    expect_news(f, 2, 1);
    assert_int_equal(router_notification_remove(f->router, server, 1, 0), ST_OK);
    connect_and_drop(f, interface);
    expect_news(f, 0, 1);
}

static void test_server_close(void **state)
{
    struct fixture *f = *state;
    handle_t32 one = open_server(f), two = open_server(f);
    handle_t32 interface = fake_demand_dial(&f->host, u"Branch", DIALER_SCRIPTED, 0);

    assert_int_equal(router_notification_add(f->router, one, 1, 11), ST_OK);
    assert_int_equal(router_notification_add(f->router, two, 1, 12), ST_OK);
    assert_int_equal(router_notification_add(f->router, one, 2, 13), ST_OK);
    assert_int_equal(router_server_close(f->router, HANDLE_SERVER, one), ST_OK);
    expect_news(f, 0, 2);
    connect_and_drop(f, interface);
    assert_int_equal(fake_nth(&f->host, FAKE_SIGNAL, 0)->event, 12);
    expect_news(f, 2, 0);
}

/* A signal that nobody has flushed yet: one is enough; and none after deregistration. */
static void test_before_the_flush(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = open_server(f);

    assert_int_equal(router_notification_add(f->router, server, 1, 11), ST_OK);
    ddm_notify(f->router);
    ddm_notify(f->router);
    expect_news(f, 1, 0);
    ddm_notify(f->router);
    assert_int_equal(router_notification_remove(f->router, server, 1, 0), ST_OK);
    ddm_notify(f->router);
    expect_news(f, 0, 1);
}

static void test_thousand(void **state)
{
    struct fixture *f = *state;
    handle_t32 server = open_server(f);
    handle_t32 interface = fake_demand_dial(&f->host, u"Branch", DIALER_SCRIPTED, 0);

    for (uintptr_t n = 1; n <= 1000; n++) {
        assert_int_equal(router_notification_add(f->router, server, n, 10000 + n), ST_OK);
    }
    connect_and_drop(f, interface);
    for (size_t n = 0; n < 2000; n++) {
        assert_int_equal(fake_nth(&f->host, FAKE_SIGNAL, n)->event, 10001 + n % 1000);
    }
    assert_int_equal(router_server_close(f->router, HANDLE_SERVER, server), ST_OK);
    expect_news(f, 2000, 1000);
}

/* Events are closed when the router ends. */
static void test_end_of_the_router(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(router_notification_add(f->router, open_server(f), 1, 11), ST_OK);
    router_destroy(f->router);
    f->router = f->host.router = NULL;
    assert_int_equal(fake_count(&f->host, FAKE_CLOSE_EVENT), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_codes),
        TEST_LAN(test_without_ddm),
        TEST(test_events_count_not_values),
        TEST(test_same_event_twice),
        TEST(test_server_close),
        TEST(test_before_the_flush),
        TEST(test_thousand),
        TEST(test_end_of_the_router),
    };

    return cmocka_run_group_tests_name("notifications", tests, NULL, NULL);
}
