/* What happens to a client that is there: quarantine, what an administrator does, the end of the
 * router; and memory that fails. */
#include "sim/port/client_fixture.h"

/* ---- quarantine ------------------------------------------------------------------------------ */

static handle_t32 quarantined(struct fixture *f)
{
    struct client_call call = call_of(u"carol", u"");

    call.quarantined = true;
    call_in(f, &call);
    assert_true(f->asked[0]->connection.quarantined);
    answer(f, ST_OK);
    assert_true(connection(f).quarantined);
    return connection(f).connection;
}

static void release(void **state)
{
    struct fixture *f = *state;
    handle_t32 c = quarantined(f);

    assert_int_equal(router_connection_release(f->r, c), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->again, 0); /* there is no DLL to ask */
    assert_false(connection(f).quarantined);
    assert_int_equal(router_connection_release(f->r, c), ST_NOT_FOUND);
    assert_int_equal(router_connection_release(f->r, 12345), ST_INVALID_PARAMETER);
    router_client_gone(f->r, connection(f).interface);
    assert_int_equal(router_connection_release(f->r, c), ST_INVALID_PARAMETER);
}

static void asked_again(void **state)
{
    struct fixture *f = *state;
    handle_t32 c;

    router_administrate(f->r, true);
    c = quarantined(f);
    assert_int_equal(router_connection_release(f->r, c), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->again, 1);
    assert_false(f->asked[0]->connection.quarantined);
    assert_int_equal(port_of(f, PORT_IKEV2).condition, PORT_AUTHENTICATED);
    answer(f, ST_OK);
    fake_advance(&f->host, 60 * SECOND);
    assert_int_equal(connection(f).connection, c);
    assert_int_equal(f->ends, 0);
}

static void refused_again(void **state)
{
    struct fixture *f = *state;

    router_administrate(f->r, true);
    assert_int_equal(router_connection_release(f->r, quarantined(f)), ST_OK);
    fake_flush(&f->host);
    answer(f, ST_INTERFACE_DISCONNECTED);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(f->ends, 1);
}

static void no_answer_again(void **state)
{
    struct fixture *f = *state;

    router_administrate(f->r, true);
    assert_int_equal(router_connection_release(f->r, quarantined(f)), ST_OK);
    fake_advance(&f->host, 30 * SECOND);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(f->ends, 0);
    answer(f, ST_OK);
    assert_int_equal(f->ends, 1);
}

/* ---- endpoints ------------------------------------------------------------------------------- */

static void moved(void **state)
{
    struct fixture *f = *state;
    handle_t32 c;

    alice(f);
    answer(f, ST_OK);
    c = connection(f).connection;
    assert_int_equal(router_connection_move(f->r, c, u"", u"192.0.2.2"), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->moved, 0); /* there is no DLL to ask */
    router_administrate(f->r, true);
    assert_int_equal(router_connection_move(f->r, c, u"", u"192.0.2.3"), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->moved, 1);
    assert_true(u16_equal(f->asked[0]->connection.remote_endpoint, u"192.0.2.3"));
    answer(f, ST_INTERFACE_DISCONNECTED);
    assert_int_equal(router_connection_count(f->r), 0);
    assert_int_equal(f->ends, 1);
}

/* One question after the other, each with its own time; what is asked twice meanwhile, once. */
static void moved_while_asked(void **state)
{
    struct fixture *f = *state;
    handle_t32 c;

    router_administrate(f->r, true);
    c = quarantined(f);
    assert_int_equal(router_connection_move(f->r, c, u"", u"192.0.2.2"), ST_OK);
    assert_int_equal(router_connection_release(f->r, c), ST_OK);
    assert_int_equal(router_connection_move(f->r, c, u"", u"192.0.2.3"), ST_OK);
    fake_flush(&f->host);
    assert_int_equal(f->moved, 1);
    assert_int_equal(f->again, 0);
    fake_advance(&f->host, 20 * SECOND);
    answer(f, ST_OK);
    assert_int_equal(f->again, 1);
    fake_advance(&f->host, 20 * SECOND);
    answer(f, ST_OK);
    assert_int_equal(f->moved, 2);
    assert_int_equal(f->again, 1);
    assert_true(u16_equal(f->asked[0]->connection.remote_endpoint, u"192.0.2.3"));
    fake_advance(&f->host, 29 * SECOND);
    assert_int_equal(router_connection_count(f->r), 1);
    fake_advance(&f->host, SECOND);
    assert_int_equal(router_connection_count(f->r), 0);
    answer(f, ST_OK);
    assert_int_equal(f->ends, 1);
}

/* What was to be asked about one that is gone is not asked about the next one on its port. */
static void questions_end(void **state)
{
    struct fixture *f = *state;
    handle_t32 c;

    router_administrate(f->r, true);
    c = quarantined(f);
    assert_int_equal(router_connection_release(f->r, c), ST_OK);
    assert_int_equal(router_connection_move(f->r, c, u"", u"192.0.2.2"), ST_OK);
    router_client_gone(f->r, connection(f).interface);
    fake_flush(&f->host);
    answer(f, ST_OK);
    assert_int_equal(f->ends, 1);
    assert_int_equal(router_connection_release(f->r, quarantined(f)), ST_OK);
    fake_flush(&f->host);
    answer(f, ST_OK);
    assert_int_equal(f->again, 2);
    assert_int_equal(f->moved, 0);
    assert_int_equal(f->count, 0);
}

/* ---- what may be done to one ----------------------------------------------------------------- */

static void as_an_interface(void **state)
{
    static const uint8_t bytes[16] = {1, 0, 0, 0, 16};
    const struct blob info = {(void *)(uintptr_t)bytes, sizeof(bytes)};
    struct fixture *f = *state;
    handle_t32 client = alice(f);
    const struct blob *got;
    mpr_status result;

    answer(f, ST_OK);
    assert_int_equal(router_interface_connect(f->r, client, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_delete(f->r, client), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set(f->r, client, false, true, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(router_interface_set(f->r, client, true, true, NULL), ST_OK);
    assert_int_equal(router_transport_create(f->r, TRANSPORT_IP, &info, NULL, NULL), ST_OK);
    assert_int_equal(router_iftransport_add(f->r, client, TRANSPORT_IP, &info, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(router_iftransport_get(f->r, client, TRANSPORT_IP, &got),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_set(f->r, client, TRANSPORT_IP, &info, NULL),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_iftransport_remove(f->r, client, TRANSPORT_IP), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_update_routes(f->r, client, TRANSPORT_IP, NULL), ST_NO_SUCH_INTERFACE);
    assert_int_equal(router_update_result(f->r, client, TRANSPORT_IP, &result),
                     ST_NO_SUCH_INTERFACE);
    assert_int_equal(fake_state(&f->host, client), IF_CONNECTED);
}

static void as_a_connection(void **state)
{
    struct fixture *f = *state;
    handle_t32 client = alice(f), c;

    answer(f, ST_OK);
    assert_int_equal(router_connection_find(f->r, ADDRESS, &c), ST_OK);
    assert_int_equal(c, connection(f).connection);
    assert_int_equal(router_connection_move(f->r, c, u"192.0.2.1", u"192.0.2.2"), ST_OK);
    assert_int_equal(connection(f).switch_overs, 1);
    assert_int_equal(router_port_disconnect(f->r, connection(f).port), ST_OK);
    assert_false(exists(f, client));
    assert_int_equal(router_port_disconnect(f->r, port_of(f, PORT_IKEV2).port),
                     ST_INTERFACE_NOT_CONNECTED);
}

static void router_ends(void **state)
{
    struct fixture *f = open_router(ALL);
    struct client_call call = call_of(u"late", u"");

    (void)state;
    alice(f);
    answer(f, ST_OK);
    alice(f); /* being asked about */
    call.after = SECOND;
    call_in(f, &call);
    fake_close(&f->host);
    assert_int_equal(f->ends, 1);
    assert_int_equal(f->count, 1);
    mem_free(f->asked[0]);
    fail_alloc_end();
}

/* ---- memory ---------------------------------------------------------------------------------- */

static bool call_with_failure(struct fixture *f, const struct client_call *call, size_t n)
{
    handle_t32 client = 0;
    mpr_status status;
    bool fired;

    fail_alloc_at(n);
    status = router_client_call(f->r, call, &client);
    fake_flush(&f->host);
    fired = fail_alloc_fired();
    assert_int_equal(status, fired ? ST_NOT_ENOUGH_MEMORY : ST_OK);
    assert_int_equal(router_interface_count(f->r), !fired);
    assert_int_equal(f->asks, !fired);
    return fired;
}

/* The call itself may fail; what comes after it may not. */
static void memory(void **state)
{
    struct client_call call = call_of(u"alice", u"OFFICE");
    size_t n = 1;
    bool fired = true;

    (void)state;
    for (; fired; n++) {
        struct fixture *f = open_router(ALL);

        router_administrate(f->r, true);
        call.quarantined = true;
        fired = call_with_failure(f, &call, n);
        if (!fired) {
            fail_alloc_always();
            answer(f, ST_OK);
            assert_int_equal(router_connection_release(f->r, connection(f).connection), ST_OK);
            fake_flush(&f->host);
            answer(f, ST_OK);
            assert_int_equal(router_port_disconnect(f->r, connection(f).port), ST_OK);
            fake_flush(&f->host);
            assert_int_equal(f->ends, 1);
            fail_alloc_at(0);
        }
        close_router(f);
    }
    assert_true(n > 4);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(release),
        CASE(asked_again),
        CASE(refused_again),
        CASE(no_answer_again),
        CASE(moved),
        CASE(moved_while_asked),
        CASE(questions_end),
        CASE(as_an_interface),
        CASE(as_a_connection),
        cmocka_unit_test(router_ends),
        cmocka_unit_test(memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
