/* Packets to an interface that is not connected: which of them dial it. */
#include "router/dim/interface.h"
#include "sim/rm/demand_test.h"

#include <string.h>

static enum connection_state state_of(struct demand_test *t)
{
    return fake_state(&t->rm.f, t->rm.dial);
}

static void dials(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_outcome(&t, ST_OK, 1000);
    demand_packet(&t, NET - 1); /* nobody's */
    assert_int_equal(state_of(&t), IF_DISCONNECTED);
    demand_packet(&t, NET + 255);
    assert_int_equal(state_of(&t), IF_CONNECTING);
    demand_packet(&t, NET + 255);
    assert_int_equal(demand_route(&t, NET), HOLD);
    fake_advance(&t.rm.f, 1000);
    assert_int_equal(state_of(&t), IF_CONNECTED);
    assert_int_equal(interface_get(t.rm.r, t.rm.dial)->attempt, 3); /* two were the fixture's */
    demand_packet(&t, NET + 255);                                   /* late */
    assert_int_equal(state_of(&t), IF_CONNECTED);
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    demand_packet(&t, NET);
    fake_advance(&t.rm.f, 1000);
    assert_int_equal(state_of(&t), IF_CONNECTED);
    demand_close(&t);
}

/* Where the host has no device nothing dials, also not by a packet that was on its way. */
static void without_a_device(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    assert_int_equal(router_hold_set(t.rm.r, 0), ST_OK);
    demand_packet(&t, NET);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_DISCONNECTED);
    demand_close(&t);
}

/* A better route of somebody else: the packet was on its way when that came. */
static void better_route(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC); /* 7, and the LAN's 5 */
    demand_lan_route(&t);
    assert_int_equal(demand_route(&t, NET), LAN_INDEX);
    demand_packet(&t, NET);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_DISCONNECTED);
    demand_close(&t);
}

static void transport_that_is_none(void **state)
{
    struct host_demand d = {.transport = TRANSPORT_IPV6};
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    router_demand(t.rm.r, &d);
    d.transport = 7;
    router_demand(t.rm.r, &d);
    assert_int_equal(state_of(&t), IF_DISCONNECTED);
    demand_close(&t);
}

/* ---- what refuses ---------------------------------------------------------------------------- */

/* The hours have just ended, and the routes are still there. */
static void after_hours(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    t.rm.f.unix_time = 0;
    t.rm.f.minute_of_week = 1440;
    assert_int_equal(router_interface_set(t.rm.r, t.rm.dial, true, false, u"1 00:00-00:10\0"),
                     ST_OK);
    assert_int_equal(demand_route(&t, NET), HOLD);
    t.rm.f.minute_of_week = 1440 + 10; /* nobody has looked yet */
    demand_packet(&t, NET);
    assert_int_equal(state_of(&t), IF_UNREACHABLE);
    assert_int_equal(fake_info(&t.rm.f, t.rm.dial).reasons, REASON_DIALOUT_HOURS);
    assert_int_equal(fake_info(&t.rm.f, t.rm.dial).last_error, ST_DIALOUT_HOURS_RESTRICTION);
    demand_close(&t);
}

static void back_off(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    demand_outcome(&t, ST_TIMEOUT, 0);
    demand_packet(&t, NET);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_UNREACHABLE);
    demand_outcome(&t, ST_OK, 0);
    demand_packet(&t, NET);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_UNREACHABLE);
    fake_advance(&t.rm.f, 10 * MINUTE);
    demand_packet(&t, NET);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_CONNECTED);
    demand_close(&t);
}

/* ---- filters --------------------------------------------------------------------------------- */

/* One filter: UDP to port 53, any addresses. */
static uint8_t list[40] = {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, [28] = 17, [38] = 0, [39] = 53};

static void set_list(struct demand_test *t, enum filter_action otherwise, uint8_t port)
{
    list[8] = (uint8_t)otherwise;
    list[39] = port;
    assert_int_equal(rm_set_info(&t->rm, INFO_IP_DEMAND_DIAL_FILTER_INFO, list, sizeof(list), NULL),
                     ST_OK);
}

static bool packet_dials(struct demand_test *t)
{
    bool dialled;

    demand_packet(t, NET + 9);
    fake_advance(&t->rm.f, 1);
    dialled = state_of(t) == IF_CONNECTED;
    if (dialled) assert_int_equal(router_interface_disconnect(t->rm.r, t->rm.dial), ST_OK);
    return dialled;
}

static void filters(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    assert_true(packet_dials(&t));
    set_list(&t, FILTER_FORWARD, 53); /* all but these */
    assert_false(packet_dials(&t));
    assert_int_equal(demand_route(&t, NET), HOLD);
    set_list(&t, FILTER_FORWARD, 54);
    assert_true(packet_dials(&t));
    set_list(&t, FILTER_DROP, 54); /* these only */
    assert_false(packet_dials(&t));
    set_list(&t, FILTER_DROP, 53);
    assert_true(packet_dials(&t));
    /* Who asks by hand is not concerned. */
    set_list(&t, FILTER_DROP, 54);
    demand_dial(&t);
    assert_int_equal(state_of(&t), IF_CONNECTED);
    assert_int_equal(router_interface_disconnect(t.rm.r, t.rm.dial), ST_OK);
    /* Switched off, and gone. */
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_FILTER_ENABLE_INFO, "\0\0\0\0", 4, NULL), ST_OK);
    assert_true(packet_dials(&t));
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_FILTER_ENABLE_INFO, "\1\0\0\0", 4, NULL), ST_OK);
    assert_false(packet_dials(&t));
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_DEMAND_DIAL_FILTER_INFO, NULL, 0, NULL), ST_OK);
    assert_true(packet_dials(&t));
    demand_close(&t);
}

/* A list that can't be read is kept, and counts as none; one of the other family is not ours. */
static void filters_that_do_not_count(void **state)
{
    struct demand_test t;

    (void)state;
    demand_open_held(&t);
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_DEMAND_DIAL_FILTER_INFO, list, 39, NULL), ST_OK);
    assert_true(packet_dials(&t));
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_DEMAND_DIAL_FILTER_INFO, NULL, 0, NULL), ST_OK);
    list[8] = FILTER_FORWARD;
    assert_int_equal(
        rm_set_info(&t.rm, INFO_IP_DEMAND_DIAL_FILTER_INFO_V6, list, sizeof(list), NULL), ST_OK);
    assert_true(packet_dials(&t));
    assert_int_equal(rm_set_info(&t.rm, INFO_IP_IN_FILTER_INFO, list, sizeof(list), NULL), ST_OK);
    assert_true(packet_dials(&t));
    demand_close(&t);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Nothing is lost, and the next packet dials. */
static bool demand_fails(void *context, unsigned n)
{
    struct demand_test t;
    bool fired;

    (void)context;
    demand_open_held(&t);
    fail_alloc_at(n);
    demand_packet(&t, NET);
    fired = fail_alloc_fired();
    if (state_of(&t) == IF_DISCONNECTED) {
        assert_true(fired);
        assert_int_equal(demand_route(&t, NET), HOLD);
        demand_packet(&t, NET);
    }
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_CONNECTED);
    demand_close(&t);
    return fired;
}

static void without_memory(void **state)
{
    (void)state;
    fail_alloc_begin();
    sweep_loop(demand_fails, NULL);
    fail_alloc_end();
}

/* ---- IPv6 ------------------------------------------------------------------------------------ */

static void open_ipv6(struct demand_test *t)
{
    struct blob global = rm_blob(INFO_IP_GLOBAL_INFO, "\0\0\0\0\1\0\0\0", 8), rows = {NULL, 0};
    struct route_row row = route_row_default();

    row.v4 = 0;
    row.proto = ROUTE_PROTO_NT_STATIC;
    memcpy(row.prefix6, "\x20\x01\x0D\xB8", 4);
    row.prefix6_length = 32;
    row.metric6 = 3;
    assert_int_equal(router_transport_create(t->rm.r, TRANSPORT_IPV6, &global, NULL, NULL), ST_OK);
    assert_int_equal(route_rows_store(&rows, ROUTE_LAYOUT_2008, &row, 1), ST_OK);
    assert_int_equal(router_iftransport_add(t->rm.r, t->rm.dial, TRANSPORT_IPV6, &rows, NULL),
                     ST_OK);
    blob_free(&rows);
    blob_free(&global);
}

static void ipv6(void **state)
{
    struct host_demand d = {.transport = TRANSPORT_IPV6,
                            .packet = {.dest = {0x20, 1, 0xD, 0xB8, [15] = 1}, .protocol = 58}};
    struct host_route told[4];
    struct demand_test t;
    size_t count;

    (void)state;
    demand_open_held(&t);
    open_ipv6(&t);
    count = router_host_routes_next(t.rm.r, told, 4);
    assert_in_range(count, 1, 2); /* by the walk, and as a change */
    assert_int_equal(told[count - 1].host_index, HOLD);
    assert_int_equal(told[count - 1].metric, 3);
    router_demand(t.rm.r, &d);
    fake_advance(&t.rm.f, 1);
    assert_int_equal(state_of(&t), IF_CONNECTED);
    demand_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dials),          cmocka_unit_test(without_a_device),
        cmocka_unit_test(better_route),   cmocka_unit_test(transport_that_is_none),
        cmocka_unit_test(after_hours),    cmocka_unit_test(back_off),
        cmocka_unit_test(filters),        cmocka_unit_test(filters_that_do_not_count),
        cmocka_unit_test(without_memory), cmocka_unit_test(ipv6),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
