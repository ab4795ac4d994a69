/* Clients that are there when the router starts: who looks first waits for what becomes of them;
 * and since when a link that the host has made is up. */
#include "sim/port/client_fixture.h"

static struct client_call at_start(const char16_t *user)
{
    struct client_call call = call_of(user, u"OFFICE");

    call.at_start = true;
    return call;
}

static mpr_status settle(struct fixture *f, struct request *request)
{
    mpr_status status;

    memset(request, 0, sizeof(*request));
    status = router_clients_settled(f->r, request);
    fake_flush(&f->host);
    return status;
}

static void nobody_to_wait_for(void **state)
{
    struct fixture *f = *state;
    struct request request;

    assert_int_equal(settle(f, &request), ST_OK);
    alice(f); /* comes later */
    assert_int_equal(settle(f, &request), ST_OK);
    answer(f, ST_OK);
}

static void all_have_to_be_decided(void **state)
{
    struct fixture *f = *state;
    struct client_call one = at_start(u"one"), two = at_start(u"two");
    struct request first, second;

    call_in(f, &one);
    call_in(f, &two);
    assert_int_equal(settle(f, &first), ST_PENDING);
    assert_int_equal(settle(f, &second), ST_PENDING);
    answer(f, ST_OK);
    fake_flush(&f->host);
    assert_false(first.completed);
    answer(f, ST_ACCESS_DENIED);
    fake_flush(&f->host);
    assert_true(first.completed && second.completed);
    assert_int_equal(first.status, ST_OK);
    assert_int_equal(router_connection_count(f->r), 1);
    assert_int_equal(settle(f, &first), ST_OK);
}

/* Nobody answers: as long as a call may take, and no longer. */
static void it_is_bounded(void **state)
{
    struct fixture *f = *state;
    struct client_call one = at_start(u"one");
    struct request request;

    call_in(f, &one);
    assert_int_equal(settle(f, &request), ST_PENDING);
    fake_advance(&f->host, 30 * SECOND - 1);
    assert_false(request.completed);
    fake_advance(&f->host, 1);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_OK);
    answer(f, ST_OK);
}

static void ended_meanwhile(void **state)
{
    struct fixture *f = *state;
    struct client_call one = at_start(u"one"), two = at_start(u"two");
    struct request request;
    handle_t32 client = call_in(f, &one);

    assert_int_equal(settle(f, &request), ST_PENDING);
    router_client_gone(f->r, client);
    fake_flush(&f->host);
    assert_true(request.completed);
    answer(f, ST_OK);
    call_in(f, &two);
    assert_int_equal(settle(f, &request), ST_PENDING);
    router_destroy(f->r);
    f->r = f->host.router = NULL;
    assert_true(request.completed);
    while (f->count) mem_free(f->asked[--f->count]);
}

static void age_of_the_link(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_over(u"ppp0", 77);
    uint32_t unix_time;

    call.age = 15 * SECOND;
    call_in(f, &call);
    fake_advance(&f->host, 2 * SECOND); /* the host takes its time */
    answer(f, ST_OK);
    unix_time = f->host.host.unix_time(f->host.host.context);
    assert_int_equal(connection(f).seconds, 17);
    assert_int_equal(connection(f).started, unix_time - 17);
    fake_advance(&f->host, 3 * SECOND);
    assert_int_equal(connection(f).seconds, 20);
    assert_int_equal(port_of(f, PORT_IKEV2).seconds, 20);
}

static void age_that_nobody_knows(void **state)
{
    struct fixture *f = *state;
    struct client_call call = call_over(u"ppp0", 77);

    call_in(f, &call);
    fake_advance(&f->host, 2 * SECOND);
    answer(f, ST_OK);
    assert_int_equal(connection(f).seconds, 2); /* since it was found */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nobody_to_wait_for), TEST(all_have_to_be_decided), TEST(it_is_bounded),
        TEST(ended_meanwhile),    TEST(age_of_the_link),        TEST(age_that_nobody_knows),
    };

    return cmocka_run_group_tests_name("clients at the start", tests, NULL, NULL);
}
