/* A protocol that answered too late, and is wanted again: what it is called for, and in which
 * order.
 */
#include "router/rm/rm.h"
#include "sim/rm/rm_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define TIMEOUT ((msec)30000)

static const enum protocol_call_kind revival[] = {CALL_STOP,
                                                  CALL_LOAD,
                                                  CALL_START,
                                                  CALL_ADD_INTERFACE,
                                                  CALL_START_COMPLETE,
                                                  CALL_INTERFACE_STATUS,
                                                  CALL_INTERFACE_STATUS};

static void assert_revived(const struct rm_test *t)
{
    assert_int_equal(t->logged, 7);
    for (size_t n = 0; n < 7; n++) assert_int_equal(t->log[n].kind, revival[n]);
}

/* It has been started, is on the interface, and a call about that did not come back in time. */
static void time_out(struct rm_test *t, enum protocol_call_kind kind)
{
    rm_open(t);
    rm_foreign(t, PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES);
    t->hold[kind] = true;
    if (kind == CALL_SET_GLOBAL_INFO) {
        assert_int_equal(rm_set_global(t, FOREIGN_ID, "H", 1, NULL), ST_OK);
    } else if (kind == CALL_SET_INTERFACE_INFO) {
        assert_int_equal(rm_set_info(t, FOREIGN_ID, "J", 1, NULL), ST_OK);
    } else {
        assert_int_equal(router_update_routes(t->r, t->dial, TRANSPORT_IP, NULL), ST_PENDING);
    }
    fake_advance(&t->f, TIMEOUT);
    t->hold[kind] = false;
}

static void come_back(struct rm_test *t)
{
    rm_release(t, ST_OK);
    t->logged = 0;
}

static const enum protocol_call_kind late[] = {CALL_SET_GLOBAL_INFO, CALL_SET_INTERFACE_INFO,
                                               CALL_DO_UPDATE_ROUTES};

static void an_interface_block_revives_it(void **state)
{
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        struct rm_test t;
        struct request request = {0}, next = {0};

        time_out(&t, late[n]);
        come_back(&t);
        assert_int_equal(rm_set_info(&t, FOREIGN_ID, "K", 1, &request), ST_PENDING);
        fake_flush(&t.f);
        assert_revived(&t);
        assert_int_equal(t.log[3].first, 'K');
        assert_true(request.completed);
        assert_int_equal(request.status, ST_OK);
        assert_int_equal(rm_set_info(&t, FOREIGN_ID, "L", 1, &next), ST_PENDING);
        fake_flush(&t.f);
        assert_int_equal(t.log[7].kind, CALL_SET_INTERFACE_INFO);
        rm_close(&t);
    }
}

static void the_global_block_revives_it(void **state)
{
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        struct rm_test t;
        struct request request = {0};

        time_out(&t, late[n]);
        come_back(&t);
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, "K", 1, &request), ST_PENDING);
        fake_flush(&t.f);
        assert_revived(&t);
        assert_int_equal(t.log[2].first, 'K');
        assert_int_equal(request.status, ST_OK);
        rm_close(&t);
        assert_int_equal(rm_calls(&t, CALL_STOP), 2);
    }
}

/* Set before the call comes back: nothing is called meanwhile, and nobody waits for that. */
static void it_is_revived_when_it_comes_back(void **state)
{
    (void)state;
    for (unsigned global = 0; global < 2; global++) {
        struct rm_test t;
        struct request request = {0};

        time_out(&t, CALL_SET_INTERFACE_INFO);
        t.logged = 0;
        if (global) {
            assert_int_equal(rm_set_global(&t, FOREIGN_ID, "K", 1, &request), ST_OK);
        } else {
            assert_int_equal(rm_set_info(&t, FOREIGN_ID, "K", 1, &request), ST_OK);
        }
        fake_advance(&t.f, 5 * TIMEOUT);
        assert_int_equal(t.logged, 0);
        assert_int_equal(rm_set_info(&t, FOREIGN_ID, "L", 1, &request), ST_OK);
        rm_release(&t, ST_OK);
        assert_revived(&t);
        assert_int_equal(t.log[2].first, global ? 'K' : 'G');
        assert_int_equal(t.log[3].first, 'L');
        rm_close(&t);
    }
}

static void a_block_taken_away_stops_it(void **state)
{
    struct rm_test t;

    (void)state;
    time_out(&t, CALL_SET_INTERFACE_INFO);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    t.logged = 0;
    rm_release(&t, ST_OK);
    assert_int_equal(t.logged, 1);
    assert_int_equal(t.log[0].kind, CALL_STOP);
    assert_null(rm_find(t.r, TRANSPORT_IP)->protocols);
    rm_close(&t);
    assert_int_equal(t.logged, 1);
}

/* A start that is answered late has been one. */
static void late_starts(void **state)
{
    (void)state;
    for (unsigned fails = 0; fails < 2; fails++) {
        struct rm_test t;

        rm_open(&t);
        assert_int_equal(router_catalogue_add(t.r, TRANSPORT_IP, FOREIGN_ID, u"p.dll"), ST_OK);
        t.hold[CALL_START] = true;
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, "G", 1, NULL), ST_OK);
        fake_flush(&t.f);
        fake_advance(&t.f, TIMEOUT);
        t.hold[CALL_START] = false;
        rm_release(&t, fails ? ST_CAN_NOT_COMPLETE : ST_OK);
        t.logged = 0;
        assert_int_equal(rm_set_global(&t, FOREIGN_ID, "H", 1, NULL), ST_OK);
        fake_flush(&t.f);
        assert_int_equal(rm_calls(&t, CALL_STOP), !fails);
        assert_int_equal(rm_calls(&t, CALL_START), 1);
        rm_close(&t);
    }
}

/* Who waits for a start is told that it can't be now; it comes when StopProtocol has come back. */
static void a_stop_that_does_not_come_back(void **state)
{
    struct rm_test t;
    struct request request = {0}, again = {0};

    (void)state;
    time_out(&t, CALL_SET_INTERFACE_INFO);
    come_back(&t);
    t.hold[CALL_STOP] = true;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "K", 1, &request), ST_PENDING);
    fake_flush(&t.f);
    fake_advance(&t.f, TIMEOUT - 1);
    assert_false(request.completed);
    fake_advance(&t.f, 1);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_TIMEOUT);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "L", 1, &again), ST_OK);
    fake_advance(&t.f, 5 * TIMEOUT);
    assert_int_equal(t.logged, 1);
    t.hold[CALL_STOP] = false;
    rm_release(&t, ST_OK);
    assert_revived(&t);
    assert_int_equal(t.log[2].first, 'L');
    rm_close(&t);
}

/* Removed and wanted again, while StopProtocol does not come back. */
static void a_stop_of_one_that_was_removed(void **state)
{
    struct rm_test t;
    struct request request = {0};

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.hold[CALL_STOP] = true;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    fake_advance(&t.f, TIMEOUT);
    t.logged = 0;
    assert_int_equal(rm_set_global(&t, FOREIGN_ID, "K", 1, &request), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(t.logged, 0);
    t.hold[CALL_STOP] = false;
    rm_release(&t, ST_OK);
    assert_int_equal(rm_calls(&t, CALL_START), 1);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 1);
    rm_close(&t);
}

/* One that stopped by itself is not stopped again. */
static void stopped_by_itself(void **state)
{
    struct rm_test t;

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING);
    t.logged = 0;
    router_protocol_event(t.r, t.ref, PROTOCOL_ROUTER_STOPPED, NULL);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, "K", 1, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_calls(&t, CALL_STOP), 0);
    assert_int_equal(rm_calls(&t, CALL_START), 1);
    assert_int_equal(rm_calls(&t, CALL_ADD_INTERFACE), 1);
    rm_close(&t);
}

static void the_router_ends_meanwhile(void **state)
{
    (void)state;
    for (unsigned set = 0; set < 2; set++) {
        struct rm_test t;

        time_out(&t, CALL_SET_INTERFACE_INFO);
        if (set) assert_int_equal(rm_set_info(&t, FOREIGN_ID, "K", 1, NULL), ST_OK);
        rm_close(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interface_block_revives_it),
        cmocka_unit_test(the_global_block_revives_it),
        cmocka_unit_test(it_is_revived_when_it_comes_back),
        cmocka_unit_test(a_block_taken_away_stops_it),
        cmocka_unit_test(late_starts),
        cmocka_unit_test(a_stop_that_does_not_come_back),
        cmocka_unit_test(a_stop_of_one_that_was_removed),
        cmocka_unit_test(stopped_by_itself),
        cmocka_unit_test(the_router_ends_meanwhile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
