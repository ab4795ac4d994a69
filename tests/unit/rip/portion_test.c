/* Large tables: what is done under one hold of the lock is counted, not timed, and there is an end
 * to what is learned.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/rip/large.h"

static const struct rip_auth none = {.type = RIP_AUTH_NONE};

static void no_call_does_more_than_a_portion(void **state)
{
    (void)state;
    learn(0, MANY, 1);
    assert_int_equal(net_learned(r, 1), MANY);
    assert_in_range(run(170000), RIP_PORTION, WORK_MAX); /* triggered and periodic updates */
    assert_int_equal(net_learned(r, 1), MANY);
    assert_in_range(run(20000), RIP_PORTION, WORK_MAX); /* they expire */
    assert_int_equal(net_learned(r, 1), 0);
    assert_int_equal(r->rip->gone_count, MANY);
    assert_in_range(run(130000), RIP_PORTION, WORK_MAX); /* and are forgotten */
    assert_int_equal(r->rip->gone_count, 0);
}

/* A hash table that doubles moves all that it has, at once. */
static void no_hash_table_grows_large(void **state)
{
    (void)state;
    learn(0, MANY, 1);
    for (unsigned k = 0; k < RIP_SHARDS; k++)
        assert_in_range(HASH_COUNT(r->rip->interfaces->routes[k]), 1, 2 * MANY / RIP_SHARDS);
    learn(0, MANY, 16);
    run(5000);
    assert_int_equal(r->rip->gone_count, MANY);
    for (unsigned k = 0; k < RIP_SHARDS; k++)
        assert_in_range(HASH_COUNT(r->rip->gone[k]), 1, 2 * MANY / RIP_SHARDS);
}

static void there_is_a_limit(void **state)
{
    (void)state;
    r->system.route_limit = 1000;
    learn(0, 1200, 1);
    assert_int_equal(net_learned(r, 1), 1000);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_LIMIT), 200);
    learn(0, 1000, 3); /* those that are there go on living, and changing */
    assert_int_equal(net_metric(r, network(0), MASK24), 4);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_LIMIT), 200);
    learn(0, 100, 16);
    learn(1000, 100, 1);
    assert_int_equal(net_learned(r, 1), 1000);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_LIMIT), 200);
    learn(1100, 1, 1);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_LIMIT), 201);
    /* Routes that come and go don't pile up either. */
    for (uint32_t round = 0; round < 5; round++) {
        learn(100, 1000, 16);
        learn(2000 + round * 1000, 1000, 1);
        run(3000);
        learn(2000 + round * 1000, 1000, 16);
        run(3000);
    }
    assert_in_range(r->rip->gone_count, 1, 1000);
    /* Going down makes room. */
    learn(0, 1000, 1);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    assert_int_equal(r->rip->routes, 0);
}

/* An answer that the limit cut off is not complete. */
static void an_update_beyond_the_limit_fails(void **state)
{
    struct net_port *asked;

    (void)state;
    net_close(&n);
    net_open(&n, 5);
    r = net_router(&n, NULL);
    net_plug(net_router(&n, NULL), 1, THEM, MASK24, NET_PERMANENT, NULL);
    asked = net_plug(r, 1, US, MASK24, NET_DEMAND_DIAL, NULL);
    for (uint32_t k = 0; k < 30; k++) net_static(&n.routers[1], network(k), MASK24, 1);
    r->system.route_limit = 20;
    assert_int_equal(net_update(asked, NULL), ST_CAN_NOT_COMPLETE);
    assert_int_equal(r->rip->routes, 20);
    r->system.route_limit = 30;
    assert_int_equal(net_update(asked, NULL), ST_OK);
    assert_int_equal(net_learned(r, 1), 30);
}

/* ---- answers with the table -------------------------------------------------------------------
 */

static void ask(uint16_t port, uint32_t address)
{
    uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    if (address) {
        request[5] = 2;
        for (unsigned k = 0; k < 4; k++) {
            request[8 + k] = (uint8_t)(address >> (24 - 8 * k));
            request[12 + k] = 0xFF;
        }
    }
    net_send_from(tap, THEM, port, US, request, sizeof(request));
}

/* Entries that came for a port; *ret_last: the destination of the last one. */
static unsigned came(uint16_t port, uint32_t *ret_last)
{
    unsigned count = 0;

    for (unsigned k = 0; k < tap->kept_count; k++) {
        const struct net_kept *packet = net_kept(tap, k);
        struct rip_packet p;

        if (packet->destination_port != port) continue;
        assert_int_equal(rip_packet_parse(&p, packet->data, packet->size, &none), RIP_KEEP);
        for (unsigned left = p.count; left > 0; left--, count++) {
            *ret_last = rip_entry_read(&p).address;
        }
    }
    return count;
}

static void answers_come_in_order(void **state)
{
    uint32_t last = 0;

    (void)state;
    for (uint32_t k = 0; k < 3000; k++) net_static(r, network(k), MASK24, 1);
    run(15000);
    ask(4000, 0);
    ask(4000, IP(127, 1, 2, 3));
    ask(4001, IP(127, 1, 2, 4)); /* of another, who does not wait */
    net_run(&n, 5);
    assert_int_equal(came(4001, &last), 1);
    assert_int_equal(came(4000, &last), 3000 + 1);
    assert_int_equal(last, IP(127, 1, 2, 3));
}

static void not_everybody_is_answered_at_once(void **state)
{
    uint32_t last = 0;

    (void)state;
    for (uint32_t k = 0; k < 3000; k++) net_static(r, network(k), MASK24, 1);
    run(15000);
    for (uint16_t k = 0; k < RIP_TABLES_MAX + 2; k++) ask((uint16_t)(4000 + k), 0);
    net_run(&n, 5);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_REQUEST_BUSY), 2);
    for (uint16_t k = 0; k < RIP_TABLES_MAX + 2; k++) {
        assert_int_equal(came((uint16_t)(4000 + k), &last), k < RIP_TABLES_MAX ? 3000 : 0);
    }
    ask(5000, 0);
    net_run(&n, 5);
    assert_int_equal(came(5000, &last), 3000);
}

/* The interface goes, or the router does, in the middle of it. */
static void an_end_in_the_middle(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 3000; k++) net_static(r, network(k), MASK24, 1);
    timer_run(&n.timers, n.now += 200); /* the first portion of a triggered update */
    ask(4000, 0);
    ask(4000, IP(127, 1, 2, 3));
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    run(1000);
    assert_int_equal(net_status(&r->ports[0], RIS_ENABLED), ST_OK);
    run(1000);
    ask(4000, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, large_setup, large_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_call_does_more_than_a_portion),
        TEST(no_hash_table_grows_large),
        TEST(there_is_a_limit),
        TEST(an_update_beyond_the_limit_fails),
        TEST(answers_come_in_order),
        TEST(not_everybody_is_answered_at_once),
        TEST(an_end_in_the_middle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
