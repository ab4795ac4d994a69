/* An interface that goes down with a large table, RIP that stops with one, an update that finds
 * most of what was known gone: all of it in portions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/rip/large.h"

static const struct rip_auth none = {.type = RIP_AUTH_NONE};

/* What the call does, and each of the timers' runs until a minute later, is no more than a portion
 * of each kind. */
static void down_in_portions(mpr_status (*down)(void))
{
    uint64_t before;

    learn(0, MANY, 1);
    run(2000);
    before = r->rip->work;
    assert_int_equal(down(), ST_OK);
    assert_in_range(r->rip->work - before, RIP_PORTION, WORK_MAX);
    assert_int_equal(r->rip->routes, 0);
    assert_in_range(net_learned(r, 1), MANY - WORK_MAX, MANY - 1);
    assert_in_range(run(60000), RIP_PORTION, WORK_MAX);
    assert_int_equal(net_learned(r, 1), 0);
}

static mpr_status disable(void)
{
    return net_status(&r->ports[0], RIS_DISABLED);
}

static mpr_status delete (void)
{
    return rip_protocol.delete_interface(r->rip, 1);
}

/* Entries that a tap was told, all of them unreachable. */
static unsigned told_unreachable(const struct net_port *port)
{
    unsigned count = 0;

    for (unsigned k = 0; k < port->kept_count; k++) {
        const struct net_kept *packet = net_kept(port, k);
        struct rip_packet p;

        assert_int_equal(rip_packet_parse(&p, packet->data, packet->size, &none), RIP_KEEP);
        for (unsigned left = p.count; left > 0; left--, count++)
            assert_int_equal(rip_entry_read(&p).metric, RIP_INFINITY);
    }
    return count;
}

static void an_interface_goes_down_in_portions(void **state)
{
    (void)state;
    down_in_portions(disable);
    assert_int_equal(net_status(&r->ports[0], RIS_ENABLED), ST_OK);
    down_in_portions(delete);
}

/* Also to those who are told only because of the copy: the interface is gone. */
static void a_long_farewell_reaches_everybody(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 4000; k++) net_static(r, network(k), MASK24, 1);
    run(15000);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(net_rebind(&r->ports[0], 0, 0, 0), ST_OK);
    assert_int_equal(delete (), ST_OK);
    net_run(&n, 10);
    assert_int_equal(told_unreachable(tap), 4000);
    net_run(&n, 60000);
    assert_int_equal(told_unreachable(tap), 4000);
}

static void coming_up_again_ends_the_farewell(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 4000; k++) net_static(r, network(k), MASK24, 1);
    run(15000);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(net_status(&r->ports[0], RIS_ENABLED), ST_OK);
    assert_null(r->rip->farewells);
    assert_int_equal(r->ports[0].listening, true);
}

/* Routes that are learned again before what was left behind is deleted. */
static void what_is_learned_again_stays(void **state)
{
    (void)state;
    learn(0, MANY, 1);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(net_status(&r->ports[0], RIS_ENABLED), ST_OK);
    learn(MANY - 100, 100, 2);
    assert_in_range(net_learned(r, 1), 101, MANY);
    run(1000);
    assert_int_equal(net_learned(r, 1), 100);
    assert_int_equal(net_metric(r, network(MANY - 1), MASK24), 3);
    assert_null(r->rip->left);
}

/* A router that stops tells when it has. */
static void rip_stops_in_portions(void **state)
{
    enum protocol_event event;
    struct protocol_message message;
    uint64_t before;

    (void)state;
    learn(0, MANY, 1);
    run(2000);
    before = r->rip->work;
    assert_int_equal(rip_protocol.stop(r->rip), ST_PROTOCOL_STOP_PENDING);
    assert_in_range(r->rip->work - before, RIP_PORTION, WORK_MAX);
    assert_false(net_message(r, &event, &message));
    assert_in_range(run(1000), RIP_PORTION, WORK_MAX);
    assert_true(net_message(r, &event, &message));
    assert_int_equal(event, PROTOCOL_ROUTER_STOPPED);
    r->rip = NULL;
    assert_int_equal(rtm_route_count(r->rtm), 1); /* our own network */
    assert_int_equal(r->notified > 0, true);
}

/* What is learned over one interface is told on the other before either goes. */
static void a_stop_tells_everybody(uint32_t routes, enum net_interface_type type)
{
    struct rip_if_config c = net_config(NET_PERMANENT);
    struct net_port *other = net_tap(&n, 2, IP(10, 0, 1, 9), MASK24);
    enum protocol_event event;
    struct protocol_message message;
    bool large = routes > RIP_PORTION;

    net_plug(r, 2, IP(10, 0, 1, 1), MASK24, type, &c);
    learn(0, routes, 1);
    net_run(&n, 60000);
    learn(routes, 1, 1);
    net_run(&n, 20000);
    learn(routes, 1, RIP_INFINITY); /* lost, and nobody knows yet */
    net_forget(other);
    assert_int_equal(rip_protocol.stop(r->rip), large ? ST_PROTOCOL_STOP_PENDING : ST_OK);
    net_run(&n, 1000);
    if (large) assert_true(net_message(r, &event, &message));
    assert_int_equal(told_unreachable(other), routes + 2); /* with our own network */
    r->rip = NULL;
    assert_int_equal(rtm_route_count(r->rtm), 2);
}

static void a_stop_tells_of_other_interfaces(void **state)
{
    (void)state;
    a_stop_tells_everybody(100, NET_PERMANENT);
    large_teardown(state);
    large_setup(state);
    a_stop_tells_everybody(MANY, NET_PERMANENT);
    large_teardown(state);
    large_setup(state);
    a_stop_tells_everybody(MANY, NET_DEMAND_DIAL); /* its link stays */
}

/* Who has nothing to tell stops at once. */
static void a_stop_without_interfaces(void **state)
{
    (void)state;
    assert_int_equal(delete (), ST_OK);
    assert_int_equal(rip_protocol.stop(r->rip), ST_OK);
    r->rip = NULL;
}

/* The end of the process does not wait for it. */
static void a_second_stop_ends_it(void **state)
{
    (void)state;
    learn(0, MANY, 1);
    assert_int_equal(rip_protocol.stop(r->rip), ST_PROTOCOL_STOP_PENDING);
    assert_int_equal(rip_protocol.stop(r->rip), ST_OK);
    r->rip = NULL;
    assert_int_equal(rtm_route_count(r->rtm), 1);
}

/* ---- updates on demand ------------------------------------------------------------------------
 */

/* One that brings so many routes; returns the most work of any call or run of the timers. */
static uint64_t update(uint32_t routes)
{
    enum protocol_event event;
    struct protocol_message message;
    uint64_t most;

    assert_int_equal(rip_protocol.do_update_routes(r->rip, 1), ST_OK);
    learn(0, routes, 1);
    most = run(5000);
    assert_true(net_message(r, &event, &message));
    assert_int_equal(event, PROTOCOL_UPDATE_COMPLETE);
    assert_int_equal(message.update_status, ST_OK);
    assert_int_equal(net_learned(r, 1), routes);
    return most;
}

static void on_demand(void)
{
    net_close(&n);
    net_open(&n, 5);
    r = net_router(&n, NULL);
    r->system.receive_burst = MANY;
    tap = net_tap(&n, 1, THEM, MASK24);
    net_plug(r, 1, US, MASK24, NET_DEMAND_DIAL, NULL);
}

/* Routes that the last update did not bring any more. */
static void leftovers_go_in_portions(void **state)
{
    (void)state;
    on_demand();
    update(MANY - 1); /* the last packet is not full */
    assert_in_range(update(10), RIP_PORTION, WORK_MAX);
}

/* Nothing is taken for the update's that the interface had before it went down. */
static void an_update_waits_for_what_was_left(void **state)
{
    (void)state;
    on_demand();
    update(MANY - 1);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(net_status(&r->ports[0], RIS_ENABLED), ST_OK);
    assert_non_null(r->rip->left);
    update(10);
}

/* The interface goes while leftovers are being deleted. */
static void an_update_ends_with_its_interface(void **state)
{
    enum protocol_event event;
    struct protocol_message message;

    (void)state;
    on_demand();
    update(MANY - 1);
    assert_int_equal(rip_protocol.do_update_routes(r->rip, 1), ST_OK);
    learn(0, 10, 1);
    while (!r->rip->interfaces->update.settling)
        timer_run(&n.timers, n.now = timer_next_due(&n.timers));
    learn(10, 10, 1); /* too late */
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_true(net_message(r, &event, &message));
    assert_int_equal(message.update_status, ST_CAN_NOT_COMPLETE);
    run(1000);
    assert_int_equal(net_learned(r, 1), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, large_setup, large_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_interface_goes_down_in_portions),
        TEST(a_long_farewell_reaches_everybody),
        TEST(coming_up_again_ends_the_farewell),
        TEST(what_is_learned_again_stays),
        TEST(rip_stops_in_portions),
        TEST(a_stop_tells_of_other_interfaces),
        TEST(a_stop_without_interfaces),
        TEST(a_second_stop_ends_it),
        TEST(leftovers_go_in_portions),
        TEST(an_update_waits_for_what_was_left),
        TEST(an_update_ends_with_its_interface),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
