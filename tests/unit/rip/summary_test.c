/* Networks told in place of their subnets: the metric of the nearest, however many there are, and
 * no more work at once than for anything else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/rip/large.h"

#define MASK8   0xFF000000u
#define MASK16  0xFFFF0000u
#define SUBNETS 5000u
#define NETS    150u

static const struct rip_auth none = {.type = RIP_AUTH_NONE};

static int setup(void **state)
{
    struct rip_if_config c = net_config(NET_PERMANENT);

    large_setup(state);
    c.flags &= ~(uint32_t)RIP_NO_SUBNET_SUMMARY;
    assert_int_equal(net_configure(&r->ports[0], &c), ST_OK);
    net_forget(tap);
    return 0;
}

/* The metric last told of a network; 0: none was. */
static uint32_t told(uint32_t address, uint32_t mask)
{
    uint32_t metric = 0;

    for (unsigned k = 0; k < tap->kept_count; k++) {
        const struct net_kept *packet = net_kept(tap, k);
        struct rip_packet p;

        assert_int_equal(rip_packet_parse(&p, packet->data, packet->size, &none), RIP_KEEP);
        for (unsigned left = p.count; left > 0; left--) {
            struct rip_entry e = rip_entry_read(&p);
            if (e.address == address && e.mask == mask) metric = e.metric;
        }
    }
    return metric;
}

/* As run of large.c, but what the neighbour hears is kept. */
static uint64_t most_work(msec duration)
{
    msec until = n.now + duration;
    uint64_t most = 0;

    while (timer_next_due(&n.timers) <= until) {
        uint64_t before = r->rip->work;

        if (timer_next_due(&n.timers) > n.now) n.now = timer_next_due(&n.timers);
        timer_run(&n.timers, n.now);
        if (r->rip->work - before > most) most = r->rip->work - before;
    }
    n.now = until;
    return most;
}

/* Subnets of two networks in turn. */
static uint32_t subnet(uint32_t k)
{
    return IP(k % 2 ? 30 : 20, 0, 0, 0) + (k / 2 << 8);
}

static void changes_in_turn_are_no_more_work(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 2 * SUBNETS; k++) net_static(r, subnet(k), MASK24, 5 + k % 7);
    assert_in_range(most_work(60000), RIP_PORTION, WORK_MAX);
    net_run(&n, 100);
    assert_int_equal(told(IP(20, 0, 0, 0), MASK8), 5);
    assert_int_equal(told(IP(30, 0, 0, 0), MASK8), 5);
    for (uint32_t k = 0; k < 2 * SUBNETS; k++) net_static_delete(r, subnet(k), MASK24);
    assert_in_range(most_work(60000), RIP_PORTION, WORK_MAX);
    net_run(&n, 100);
    assert_int_equal(told(IP(20, 0, 0, 0), MASK8), 16);
    assert_int_equal(told(IP(30, 0, 0, 0), MASK8), 16);
}

static void a_large_network_is_no_more_work(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < MANY; k++) net_static(r, network(k), MASK24, k == MANY - 1 ? 2 : 9);
    assert_in_range(most_work(60000), RIP_PORTION, WORK_MAX);
    net_run(&n, 100);
    assert_int_equal(told(IP(20, 0, 0, 0), MASK8), 2);
    net_static_delete(r, network(MANY - 1), MASK24);
    net_run(&n, 6000);
    assert_int_equal(told(IP(20, 0, 0, 0), MASK8), 9);
}

/* One run of the timers at their next time. */
static void step(void)
{
    if (timer_next_due(&n.timers) > n.now) n.now = timer_next_due(&n.timers);
    timer_run(&n.timers, n.now);
}

static void changes_meanwhile_are_not_missed(void **state)
{
    const struct rip_out *out;

    (void)state;
    net_run(&n, 40000);
    for (uint32_t k = 1; k <= MANY; k++) net_static(r, network(k), MASK24, 9);
    out = r->rip->interfaces->triggered.out;
    for (unsigned k = 0; k < 1000 && !out->summaries.begun; k++) step();
    assert_true(r->rip->triggering); /* the subnets are being looked through */
    net_static(r, network(0), MASK24, 2);
    while (r->rip->triggering) step();
    net_run(&n, 10);
    assert_int_equal(told(IP(20, 0, 0, 0), MASK8), 2);
}

static uint32_t small(uint32_t net, uint32_t k)
{
    return IP(130, net, k, 0);
}

/* Each with three subnets, the nearest of which is no other's. */
static void many_networks_are_all_told(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 3; k++)
        for (uint32_t net = 0; net < NETS; net++)
            net_static(r, small(net, k + 1), MASK24, 2 + (net + k) % 5);
    net_run(&n, 5000);
    for (uint32_t net = 0; net < NETS; net++) {
        uint32_t least = net % 5 < 3 ? 2 + net % 5 : 2;
        assert_int_equal(told(small(net, 0), MASK16), least);
    }
    net_forget(tap);
    net_run(&n, 35000); /* a periodic update */
    for (uint32_t net = 0; net < NETS; net++) assert_int_not_equal(told(small(net, 0), MASK16), 0);
    net_forget(tap);
    assert_int_equal(net_status(&r->ports[0], RIS_DISABLED), ST_OK);
    net_run(&n, 100);
    for (uint32_t net = 0; net < NETS; net++) assert_int_equal(told(small(net, 0), MASK16), 16);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, large_teardown)
    const struct CMUnitTest tests[] = {
        TEST(changes_in_turn_are_no_more_work),
        TEST(a_large_network_is_no_more_work),
        TEST(changes_meanwhile_are_not_missed),
        TEST(many_networks_are_all_told),
    };

    return cmocka_run_group_tests_name("rip, summaries", tests, NULL, NULL);
}
