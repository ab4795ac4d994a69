/* One neighbour and the others: the limit of routes of one, and the addresses that RIP speaks to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/rip/large.h"

#define OTHER IP(10, 0, 0, 8)
#define LIMIT 100u

static struct net_port *other;

static int setup(void **state)
{
    large_setup(state);
    other = net_tap(&n, 1, OTHER, MASK24);
    r->system.neighbour_limit = LIMIT;
    return 0;
}

/* The other neighbour tells routes, 25 in a datagram. */
static void other_tells(uint32_t first, uint32_t count, uint32_t metric)
{
    static const struct rip_auth none = {.type = RIP_AUTH_NONE};

    for (uint32_t at = first; at < first + count; at += RIP_ENTRIES_MAX) {
        struct rip_builder b;

        rip_build(&b, RIP_RESPONSE, 2, &none, 0);
        for (uint32_t k = at; k < first + count && b.entries < b.room; k++) {
            struct rip_entry e = {
                .family = RIP_FAMILY_IPV4, .address = network(k), .mask = MASK24, .metric = metric};
            rip_build_entry(&b, &e);
        }
        net_send(other, US, b.data, rip_build_finish(&b));
    }
    net_run(&n, 100);
}

static uint64_t refused(void)
{
    return rip_drop_count(r->rip, RIP_DROP_ENTRY_NEIGHBOUR_LIMIT);
}

static void a_greedy_neighbour_leaves_room_for_others(void **state)
{
    (void)state;
    learn(0, 300, 1);
    assert_int_equal(r->rip->routes, LIMIT);
    assert_int_equal(refused(), 200);
    other_tells(1000, 50, 1);
    assert_int_equal(r->rip->routes, LIMIT + 50);
    assert_int_equal(refused(), 200);
    learn(0, LIMIT, 3); /* what is there goes on living, and changing */
    assert_int_equal(net_metric(r, network(0), MASK24), 4);
    assert_int_equal(refused(), 200);
}

static void what_goes_makes_room(void **state)
{
    (void)state;
    learn(0, LIMIT, 1);
    learn(0, 40, 16);
    learn(200, 50, 1);
    assert_int_equal(r->rip->routes, LIMIT);
    assert_int_equal(refused(), 10);
    net_run(&n, 200000); /* expiry */
    assert_int_equal(r->rip->routes, 0);
    learn(300, LIMIT, 1);
    assert_int_equal(refused(), 10);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(net_status(&r->ports[0], RIS_ENABLED), ST_OK);
    learn(400, LIMIT, 1);
    assert_int_equal(refused(), 10);
    assert_int_equal(r->rip->routes, LIMIT);
}

/* Routes change hands with what is counted for each; a full one takes over nothing. */
static void others_routes_are_no_way_around_it(void **state)
{
    (void)state;
    other_tells(0, 60, 8);
    learn(0, 30, 1);
    learn(1000, 90, 1);
    assert_int_equal(refused(), 20);
    assert_int_equal(r->rip->routes, 60 + 70);
    learn(30, 10, 1);
    assert_int_equal(refused(), 30);
    assert_int_equal(net_metric(r, network(29), MASK24), 2);
    assert_int_equal(net_metric(r, network(30), MASK24), 9);
    other_tells(2000, 70, 1); /* it has 30 left */
    assert_int_equal(refused(), 30);
}

static void neighbours_that_are_too_many_count_as_one(void **state)
{
    static const struct rip_auth none = {.type = RIP_AUTH_NONE};
    struct rip_if_config c = net_config(NET_PERMANENT);
    uint32_t wide = 0xFFFF0000u;

    (void)state;
    assert_int_equal(net_configure(&r->ports[0], &c), ST_OK);
    assert_int_equal(net_rebind(&r->ports[0], US, wide, 0), ST_OK);
    r->system.neighbour_limit = 1;
    for (uint32_t k = 0; k < RIP_PEERS_MAX + 10; k++) {
        struct protocol_datagram d = {
            .interface = 1, .source = IP(10, 0, 1, 0) + k, .destination = US};
        struct rip_entry e = {.family = RIP_FAMILY_IPV4, .mask = MASK24, .metric = 1};
        struct rip_builder b;

        if ((d.source & 255) == 255) d.source += 0x8000;
        e.address = network(k);
        rip_build(&b, RIP_RESPONSE, 2, &none, 0);
        rip_build_entry(&b, &e);
        d.source_port = RIP_PORT;
        d.data = b.data;
        d.size = rip_build_finish(&b);
        rip_protocol.datagram(r->rip, &d);
    }
    assert_int_equal(r->rip->routes, RIP_PEERS_MAX + 1);
    assert_int_equal(refused(), 9);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(r->rip->interfaces->strangers.routes, 0);
}

/* Without a limit of its own only the one of all counts. */
static void none_of_its_own(void **state)
{
    (void)state;
    r->system.neighbour_limit = 0;
    learn(0, 3000, 1);
    assert_int_equal(r->rip->routes, 3000);
    assert_int_equal(refused(), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, large_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_greedy_neighbour_leaves_room_for_others),
        TEST(what_goes_makes_room),
        TEST(others_routes_are_no_way_around_it),
        TEST(neighbours_that_are_too_many_count_as_one),
        TEST(none_of_its_own),
    };

    return cmocka_run_group_tests_name("rip, one neighbour", tests, NULL, NULL);
}
