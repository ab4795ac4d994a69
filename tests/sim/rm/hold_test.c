/* Static routes of a demand-dial interface that is not connected: when they are held, and what the
 * host is told of them. */
#include "sim/rm/demand_test.h"
#include "router/state.h"

/* It is held from the disconnection on, and moves with the link without a moment between. */
static void moves_with_the_link(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open(&t);
    assert_int_equal(router_host_routes_begin(t.rm.r), ST_OK);
    assert_int_equal(demand_route(&t, NET), LINK);
    assert_false(router_hold_wanted(t.rm.r));
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    assert_true(router_hold_wanted(t.rm.r));
    assert_int_equal(router_hold_set(t.rm.r, HOLD), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    assert_true(demand_is_bare(&t)); /* no next hop there */
    demand_dial(&t);
    assert_int_equal(demand_route(&t, NET), LINK);
    assert_false(demand_is_bare(&t));
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    assert_int_equal(router_hold_set(t.rm.r, HOLD + 1), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD + 1);
    assert_int_equal(router_hold_set(t.rm.r, 0), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    demand_close(&t);
}

/* The host is asked to ask for the device when one is of use, and not again. */
static void asks_for_the_device(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open(&t);
    assert_int_equal(router_host_routes_begin(t.rm.r), ST_OK);
    demand_rows(&t, ROUTE_PROTO_NT_STATIC_NON_DOD);
    (void)demand_route(&t, NET);
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    (void)demand_route(&t, NET);
    assert_false(router_hold_wanted(t.rm.r));
    fake_flush(&t.rm.f);
    fake_forget(&t.rm.f);
    demand_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_true(router_hold_wanted(t.rm.r));
    assert_int_equal(fake_count(&t.rm.f, FAKE_ROUTES_CHANGED), 1);
    assert_int_equal(demand_route(&t, NET), 0);
    demand_rows(&t, ROUTE_PROTO_NT_STATIC);
    assert_int_equal(fake_count(&t.rm.f, FAKE_ROUTES_CHANGED), 1);
    demand_close(&t);
}

/* Routes that are not to dial come with the link only; rows may change while they are held. */
static void rows_change_while_held(void **state)
{
    struct route_row rows[2] = {rm_row(ROUTE_PROTO_NT_STATIC_NON_DOD, NET, MASK, PEER),
                                rm_row(ROUTE_PROTO_NT_STATIC, NET + 256, MASK, PEER)};
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    rm_set_rows(&t.rm, rows, 2);
    assert_int_equal(demand_route(&t, NET), 0);
    assert_int_equal(demand_route(&t, NET + 256), HOLD);
    rm_set_rows(&t.rm, rows + 1, 1);
    assert_int_equal(demand_route(&t, NET + 256), HOLD);
    rm_set_rows(&t.rm, rows, 2);
    demand_dial(&t);
    assert_int_equal(demand_route(&t, NET), LINK);
    assert_int_equal(demand_route(&t, NET + 256), LINK);
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    rows[0].proto = ROUTE_PROTO_NT_STATIC;
    rows[1].proto = ROUTE_PROTO_NT_STATIC_NON_DOD;
    rm_set_rows(&t.rm, rows, 2);
    assert_int_equal(demand_route(&t, NET), HOLD);
    assert_int_equal(demand_route(&t, NET + 256), 0);
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_ROUTE_INFO, NULL, 0, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    demand_close(&t);
}

/* Whatever changes while it is being dialled: what was held stays, and nothing comes. */
static void changes_while_connecting(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_outcome(&t, ST_OK, 5000);
    demand_packet(&t, NET);
    assert_int_equal(fake_state(&t.rm.f, t.rm.dial), IF_CONNECTING);
    demand_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(demand_route(&t, NET), HOLD);
    router_pause(t.rm.r, true); /* the attempt goes on */
    assert_int_equal(demand_route(&t, NET), HOLD);
    router_pause(t.rm.r, false);
    assert_int_equal(router_hold_set(t.rm.r, 0), ST_OK);
    assert_int_equal(router_hold_set(t.rm.r, HOLD), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    fake_advance(&t.rm.f, 5000);
    assert_int_equal(demand_route(&t, NET), LINK);
    demand_close(&t);
}

/* Another preference counts for what is held as well. */
static void preference_of_what_is_held(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_lan_route(&t);
    assert_int_equal(demand_route(&t, NET), HOLD);
    assert_int_equal(rm_set_global(&t.rm, INFO_IP_PROT_PRIORITY_INFO,
                                   "\2\0\0\0\x16\x27\0\0\6\0\0\0\x17\x27\0\0\5\0\0\0", 20, NULL),
                     ST_OK); /* static 6, not for demand dial 5 */
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    demand_close(&t);
}

/* ---- unreachable ----------------------------------------------------------------------------- */

/* KB Q193834: no black hole meanwhile; restored when it counts as reachable. Tried by hand it gets
 * its routes when it is connected. */
static void withdrawn_while_unreachable(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_lan_route(&t);
    demand_outcome(&t, ST_TIMEOUT, 0);
    assert_int_equal(demand_route(&t, NET), HOLD);
    demand_packet(&t, NET + 7);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(fake_state(&t.rm.f, t.rm.dial), IF_UNREACHABLE);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    fake_advance(&t.rm.f, 10 * MINUTE - 2);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    fake_advance(&t.rm.f, 2);
    assert_int_equal(fake_state(&t.rm.f, t.rm.dial), IF_DISCONNECTED);
    assert_int_equal(demand_route(&t, NET), HOLD);
    demand_dial(&t); /* and fails again */
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    demand_outcome(&t, ST_OK, 5000);
    router_interface_connect(t.rm.r, t.rm.dial, NULL);
    assert_int_equal(fake_state(&t.rm.f, t.rm.dial), IF_CONNECTING);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    fake_advance(&t.rm.f, 5000);
    assert_int_equal(demand_route(&t, NET), LINK);
    demand_close(&t);
}

/* Given up while connecting: it may be dialled again, and has its routes, whatever was before. */
static void given_up(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_outcome(&t, ST_TIMEOUT, 0);
    demand_dial(&t);
    demand_outcome(&t, ST_OK, 5000);
    router_interface_connect(t.rm.r, t.rm.dial, NULL);
    assert_int_equal(demand_route(&t, NET), 0);
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    demand_close(&t);
}

static void switched_off_and_on(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_lan_route(&t);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, false, true, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, true, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    router_pause(t.rm.r, true);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    router_pause(t.rm.r, false);
    assert_int_equal(demand_route(&t, NET), HOLD);
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_INTERFACE_STATUS_INFO, "\2\0\0\0", 4, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_INTERFACE_STATUS_INFO, "\1\0\0\0", 4, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    demand_without_device(&t);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    demand_outcome(&t, ST_OK, 0);
    assert_int_equal(demand_route(&t, NET), HOLD);
    assert_int_equal(router_iftransport_remove(t.rm.r, t.rm.dial, TRANSPORT_IP), ST_OK);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    demand_close(&t);
}

static void deleted(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    assert_int_equal(router_interface_delete(t.rm.r, t.rm.dial), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    demand_close(&t);
}

/* Disabled while connected: not a moment of a hold. */
static void disabled_while_connected(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_dial(&t);
    assert_int_equal(demand_route(&t, NET), LINK);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, false, true, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    demand_close(&t);
}

/* ---- time ------------------------------------------------------------------------------------ */

/* Monday 00:00, 30 seconds into the minute; allowed from 00:01 to 00:03. */
static void hours_begin_and_end(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    t.rm.f.minute_of_week = 1440;
    t.rm.f.unix_time = 60 * 1000 - (uint32_t)(t.rm.f.now / 1000);
    fake_advance(&t.rm.f, MINUTE - t.rm.f.now % MINUTE);
    t.rm.f.minute_of_week = 1440 - (uint32_t)(t.rm.f.now / MINUTE);
    fake_advance(&t.rm.f, MINUTE / 2);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, false, u"1 00:01-00:03\0"),
                     ST_OK);
    assert_int_equal(demand_route(&t, NET), 0);
    fake_advance(&t.rm.f, MINUTE / 2 - 1);
    assert_int_equal(demand_route(&t, NET), 0);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(demand_route(&t, NET), HOLD);
    fake_advance(&t.rm.f, MINUTE);
    assert_int_equal(demand_route(&t, NET), HOLD);
    fake_advance(&t.rm.f, MINUTE);
    assert_int_equal(demand_route(&t, NET), 0);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, false, NULL), ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    fake_advance(&t.rm.f, MINUTE);
    assert_int_equal(router_next_due(t.rm.r), MSEC_NEVER); /* nobody has hours any more */
    demand_close(&t);
}

/* No time is spent on hours that nobody needs. */
static void hours_without_a_device(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, false, NULL), ST_OK);
    assert_int_equal(router_next_due(t.rm.r), MSEC_NEVER);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, false, u"1 00:00-24:00\0"),
                     ST_OK);
    assert_true(router_next_due(t.rm.r) != MSEC_NEVER);
    assert_int_equal(router_hold_set(t.rm.r, 0), ST_OK);
    assert_int_equal(router_next_due(t.rm.r), MSEC_NEVER);
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, false, u"1 00:00-23:00\0"),
                     ST_OK);
    assert_int_equal(router_next_due(t.rm.r), MSEC_NEVER);
    assert_int_equal(router_hold_set(t.rm.r, HOLD), ST_OK);
    assert_true(router_next_due(t.rm.r) != MSEC_NEVER);
    demand_close(&t);
}

/* Between two attempts, and while a link that was lost is dialled again. */
static void held_between_attempts(void **state)
{
    struct dial_entry entry;
    struct dial_plan plan;
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    fake_dial_defaults(DIALER_SCRIPTED, 0, &entry, &plan);
    entry.redial_attempts = 1;
    entry.redial_on_link_failure = true;
    plan.binding.host_index = LINK;
    plan.drop_after = 3 * MINUTE;
    plan.fail_first = 1;
    assert_int_equal(router_interface_set_dial(t.rm.r, t.rm.dial, &entry, &plan), ST_OK);
    demand_dial(&t);
    assert_int_equal(fake_state(&t.rm.f, t.rm.dial), IF_CONNECTING);
    assert_int_equal(demand_route(&t, NET), HOLD);
    fake_advance(&t.rm.f, MINUTE);
    assert_int_equal(demand_route(&t, NET), LINK);
    fake_advance(&t.rm.f, 3 * MINUTE);
    assert_int_equal(fake_state(&t.rm.f, t.rm.dial), IF_CONNECTING);
    assert_int_equal(demand_route(&t, NET), HOLD);
    fake_advance(&t.rm.f, MINUTE);
    assert_int_equal(demand_route(&t, NET), LINK);
    demand_close(&t);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* The device comes, or the link, while the n-th allocation fails: routes may be missing then, but
 * nothing is lost, and the next change puts it right. */
static bool moving_fails(void *context, unsigned n)
{
    struct demand_test t;
    mpr_status status;
    bool fired;

    (void)context;
    demand_open(&t);
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    fail_alloc_at(n);
    status = router_hold_set(t.rm.r, HOLD);
    demand_dial(&t);
    (void)router_interface_disconnect(t.rm.r, t.rm.dial);
    fired = fail_alloc_fired();
    assert_true(status == ST_OK || (fired && status == ST_NOT_ENOUGH_MEMORY));
    assert_int_equal(t.rm.r->hold.host_index, status == ST_OK ? HOLD : 0);
    assert_int_equal(router_hold_set(t.rm.r, 0), ST_OK);
    assert_int_equal(router_hold_set(t.rm.r, HOLD), ST_OK);
    assert_int_equal(router_host_routes_begin(t.rm.r), ST_OK);
    if (fake_state(&t.rm.f, t.rm.dial) == IF_DISCONNECTED)
        assert_int_equal(demand_route(&t, NET), HOLD);
    demand_close(&t);
    return fired;
}

static void moving_without_memory(void **state)
{
    (void)state;
    fail_alloc_begin();
    assert_true(sweep_loop(moving_fails, NULL) > 2);
    fail_alloc_end();
}

/* New rows while they are held: all of them or what was before. */
static bool rows_fail(void *context, unsigned n)
{
    const struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC, NET + 256, MASK, PEER);
    struct blob b = {NULL, 0};
    struct demand_test t;
    mpr_status status;
    uint32_t before;
    bool fired;

    (void)context;
    demand_open_held(&t);
    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, &row, 1), ST_OK);
    before = rm_fingerprint(&t.rm);
    fail_alloc_at(n);
    status = router_iftransport_set(t.rm.r, t.rm.dial, TRANSPORT_IP, &b, NULL);
    fired = fail_alloc_fired();
    assert_true(status == ST_OK || (fired && status == ST_NOT_ENOUGH_MEMORY));
    if (status != ST_OK) assert_int_equal(rm_fingerprint(&t.rm), before);
    assert_int_equal(demand_route(&t, NET), status == ST_OK ? 0 : HOLD);
    assert_int_equal(demand_route(&t, NET + 256), status == ST_OK ? HOLD : 0);
    blob_free(&b);
    demand_close(&t);
    return fired;
}

static void rows_without_memory(void **state)
{
    (void)state;
    fail_alloc_begin();
    assert_true(sweep_loop(rows_fail, NULL) > 2);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_with_the_link),         cmocka_unit_test(asks_for_the_device),
        cmocka_unit_test(rows_change_while_held),      cmocka_unit_test(preference_of_what_is_held),
        cmocka_unit_test(withdrawn_while_unreachable), cmocka_unit_test(given_up),
        cmocka_unit_test(switched_off_and_on),         cmocka_unit_test(deleted),
        cmocka_unit_test(disabled_while_connected),    cmocka_unit_test(hours_begin_and_end),
        cmocka_unit_test(changes_while_connecting),    cmocka_unit_test(hours_without_a_device),
        cmocka_unit_test(held_between_attempts),       cmocka_unit_test(moving_without_memory),
        cmocka_unit_test(rows_without_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
