/* Networks of RIP routers: convergence, failure, loops, old versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define MINUTE ((msec)60000)

static struct net n;
static const uint32_t far_net = IP(198, 51, 100, 0);

static int setup(void **state)
{
    (void)state;
    net_open(&n, 4711);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

/* Routers 0..count-1 in a line; link i joins i-1 and i. The last one has far_net. */
static void line(unsigned count, const struct rip_if_config *c)
{
    for (unsigned i = 0; i < count; i++) {
        struct net_router *r = net_router(&n, NULL);
        if (i > 0) net_plug(r, i, IP(10, 0, i, 2), MASK24, NET_PERMANENT, c);
        if (i + 1 < count) net_plug(r, i + 1, IP(10, 0, i + 1, 1), MASK24, NET_PERMANENT, c);
    }
    net_static(&n.routers[count - 1], far_net, MASK24, 1);
}

static void a_line_converges_quickly(void **state)
{
    (void)state;
    line(8, NULL);
    net_run(&n, MINUTE);
    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(net_metric(&n.routers[i], far_net, MASK24), 8 - i);
        for (unsigned k = 1; k < 8; k++)
            assert_int_not_equal(net_metric(&n.routers[i], IP(10, 0, k, 0), MASK24), 0);
        assert_int_equal(rtm_destination_count(n.routers[i].rtm), 8);
    }
}

static void a_loss_is_told_by_triggered_updates(void **state)
{
    (void)state;
    line(6, NULL);
    net_run(&n, MINUTE);
    net_static_delete(&n.routers[5], far_net, MASK24);
    net_run(&n, 20000); /* five hops of up to 5 s each would be 25, one packet a hop 5 */
    net_run(&n, 10000);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(net_metric(&n.routers[i], far_net, MASK24), 0);
}

static void routes_come_back_after_a_failure(void **state)
{
    (void)state;
    line(4, NULL);
    net_run(&n, MINUTE);
    n.links[2].down = true;
    net_run(&n, 4 * MINUTE); /* expiry */
    assert_int_equal(net_metric(&n.routers[0], far_net, MASK24), 0);
    assert_int_equal(net_metric(&n.routers[1], far_net, MASK24), 0);
    assert_int_equal(net_metric(&n.routers[2], far_net, MASK24), 2);
    n.links[2].down = false;
    net_run(&n, MINUTE);
    assert_int_equal(net_metric(&n.routers[0], far_net, MASK24), 4);
}

static void ring(unsigned count, const struct rip_if_config *c)
{
    for (unsigned i = 0; i < count; i++) {
        struct net_router *r = net_router(&n, NULL);
        unsigned left = i ? i : count;
        net_plug(r, left, IP(10, 0, left, 2), MASK24, NET_PERMANENT, c);
        net_plug(r, i + 1, IP(10, 0, i + 1, 1), MASK24, NET_PERMANENT, c);
    }
    net_static(&n.routers[0], far_net, MASK24, 1);
}

static void a_ring_uses_both_sides_and_heals(void **state)
{
    const uint32_t want[6] = {1, 2, 3, 4, 3, 2};
    const uint32_t healed[6] = {1, 6, 5, 4, 3, 2};

    (void)state;
    ring(6, NULL);
    net_run(&n, MINUTE);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(net_metric(&n.routers[i], far_net, MASK24), want[i]);
    n.links[1].down = true;
    net_run(&n, 5 * MINUTE);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(net_metric(&n.routers[i], far_net, MASK24), healed[i]);
}

/* Without split horizon two routers tell each other their own news: that has to end at 16. */
static void counting_to_infinity_ends(void **state)
{
    struct rip_if_config c;

    (void)state;
    c = net_config(NET_PERMANENT);
    c.flags &= ~(uint32_t)(RIP_SPLIT_HORIZON | RIP_POISON_REVERSE | RIP_GRACEFUL_SHUTDOWN);
    ring(3, &c);
    net_run(&n, MINUTE);
    assert_int_equal(net_metric(&n.routers[1], far_net, MASK24), 2);
    for (unsigned i = 1; i <= 3; i++) n.links[i].loss = 300;
    net_static_delete(&n.routers[0], far_net, MASK24);
    net_run(&n, 10 * MINUTE);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(net_metric(&n.routers[i], far_net, MASK24), 0);
}

static void graceful_shutdown_takes_routes_along(void **state)
{
    (void)state;
    line(3, NULL);
    net_run(&n, MINUTE);
    assert_int_equal(net_status(&n.routers[2].ports[0], RIS_DISABLED), ST_OK);
    net_run(&n, 12000);
    assert_int_equal(net_metric(&n.routers[0], far_net, MASK24), 0);
    assert_int_equal(net_metric(&n.routers[1], far_net, MASK24), 0);
}

static void version_1_is_classful(void **state)
{
    struct net_router *a, *b;
    struct rip_if_config c;

    (void)state;
    c = net_config(NET_PERMANENT);
    c.announce_mode = RIP_V1;
    c.accept_mode = RIP_V1;
    a = net_router(&n, NULL);
    b = net_router(&n, NULL);
    net_plug(a, 1, IP(10, 1, 1, 1), MASK24, NET_PERMANENT, &c);
    net_plug(b, 1, IP(10, 1, 1, 2), MASK24, NET_PERMANENT, &c);
    net_static(a, IP(172, 16, 5, 0), MASK24, 3); /* subnets of another network: summarised */
    net_static(a, IP(172, 16, 9, 0), MASK24, 2);
    net_static(a, IP(10, 1, 7, 0), MASK24, 1);     /* a subnet like the link's own */
    net_static(a, IP(10, 2, 0, 0), 0xFFFF0000, 1); /* one with another mask: can't be told */
    net_static(a, IP(192, 0, 2, 0), MASK24, 1);
    net_static(a, IP(64, 0, 0, 0), 0xC0000000, 1); /* a supernet: can't be told */
    net_run(&n, MINUTE);
    assert_int_equal(net_metric(b, IP(172, 16, 0, 0), 0xFFFF0000), 3);
    assert_int_equal(net_metric(b, IP(10, 1, 7, 0), MASK24), 2);
    assert_int_equal(net_metric(b, IP(192, 0, 2, 0), MASK24), 2);
    assert_int_equal(net_learned(b, 1), 3);
    net_static_delete(a, IP(172, 16, 9, 0), MASK24);
    net_run(&n, 10000);
    assert_int_equal(net_metric(b, IP(172, 16, 0, 0), 0xFFFF0000), 4);
    net_static_delete(a, IP(172, 16, 5, 0), MASK24);
    net_run(&n, 10000);
    assert_int_equal(net_metric(b, IP(172, 16, 0, 0), 0xFFFF0000), 0);
}

static void version_2_can_summarise_too(void **state)
{
    struct net_router *a, *b;
    struct rip_if_config c;

    (void)state;
    c = net_config(NET_PERMANENT);
    c.flags &= ~(uint32_t)RIP_NO_SUBNET_SUMMARY;
    a = net_router(&n, NULL);
    b = net_router(&n, NULL);
    net_plug(a, 1, IP(10, 1, 1, 1), MASK24, NET_PERMANENT, &c);
    net_plug(b, 1, IP(10, 1, 1, 2), MASK24, NET_PERMANENT, &c);
    net_static(a, IP(172, 16, 5, 0), MASK24, 3);
    net_static(a, IP(10, 2, 0, 0), 0xFFFF0000, 1); /* the network that we are on: as it is */
    net_static(a, IP(64, 0, 0, 0), 0xC0000000, 1);
    net_run(&n, MINUTE);
    assert_int_equal(net_metric(b, IP(172, 16, 0, 0), 0xFFFF0000), 4);
    assert_int_equal(net_metric(b, IP(10, 2, 0, 0), 0xFFFF0000), 2);
    assert_int_equal(net_metric(b, IP(64, 0, 0, 0), 0xC0000000), 2);
    assert_int_equal(net_learned(b, 1), 3);
}

static void versions_meet_in_compatible_mode(void **state)
{
    struct net_router *a, *b;
    struct rip_if_config old;

    (void)state;
    old = net_config(NET_PERMANENT);
    old.announce_mode = RIP_V1;
    old.accept_mode = RIP_COMPATIBLE;
    a = net_router(&n, NULL);
    b = net_router(&n, NULL);
    net_plug(a, 1, IP(10, 1, 1, 1), MASK24, NET_PERMANENT, &old);
    net_plug(b, 1, IP(10, 1, 1, 2), MASK24, NET_PERMANENT, NULL);
    net_static(a, IP(192, 0, 2, 0), MASK24, 1);
    net_static(b, IP(203, 0, 113, 64), 0xFFFFFFC0, 1);
    net_run(&n, MINUTE);
    assert_int_equal(net_metric(b, IP(192, 0, 2, 0), MASK24), 2);
    assert_int_equal(net_metric(a, IP(203, 0, 113, 64), 0xFFFFFFC0), 2);
}

static void authenticated_lines_converge(void **state)
{
    (void)state;
    for (uint32_t auth = RIP_AUTH_PASSWORD; auth <= RIP_AUTH_MD5; auth++) {
        struct rip_if_config c = net_config(NET_PERMANENT);
        c.auth_type = auth;
        memcpy(c.key, "0123456789abcdef", 16);
        line(4, &c);
        net_run(&n, MINUTE);
        assert_int_equal(net_metric(&n.routers[0], far_net, MASK24), 4);
        net_close(&n);
        net_open(&n, 2);
    }
}

static void loss_delays_but_does_not_prevent(void **state)
{
    (void)state;
    line(5, NULL);
    for (unsigned i = 1; i < 5; i++) n.links[i].loss = 200;
    net_run(&n, 5 * MINUTE);
    assert_int_equal(net_metric(&n.routers[0], far_net, MASK24), 5);
}

static void demand_interfaces_are_silent_unless_asked(void **state)
{
    struct rip_if_config c;
    struct net_router *a;
    struct net_port *port;
    struct net_port *tap;
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    (void)state;
    c = net_config(NET_DEMAND_DIAL);
    a = net_router(&n, NULL);
    port = net_plug(a, 1, IP(10, 0, 0, 1), MASK24, NET_DEMAND_DIAL, &c);
    tap = net_tap(&n, 1, IP(10, 0, 0, 9), MASK24);
    net_static(a, far_net, MASK24, 1);
    net_run(&n, 10 * MINUTE);
    net_static(a, IP(192, 0, 2, 0), MASK24, 1);
    assert_int_equal(net_status(port, RIS_DISABLED), ST_OK);
    assert_int_equal(net_status(port, RIS_ENABLED), ST_OK);
    net_run(&n, 10 * MINUTE);
    assert_int_equal(tap->count, 0);
    net_send(tap, IP(10, 0, 0, 1), request, sizeof(request));
    net_run(&n, 10);
    assert_int_equal(tap->count, 1);
    assert_int_equal(net_kept(tap, 0)->size, 4 + 2 * 20);
}

static void metrics_add_up_to_the_horizon(void **state)
{
    struct rip_if_config c;

    (void)state;
    c = net_config(NET_PERMANENT);
    c.metric = 7;
    line(4, &c);
    net_run(&n, 2 * MINUTE);
    assert_int_equal(net_metric(&n.routers[2], far_net, MASK24), 8);
    assert_int_equal(net_metric(&n.routers[1], far_net, MASK24), 15);
    assert_int_equal(net_metric(&n.routers[0], far_net, MASK24), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_line_converges_quickly),
        TEST(a_loss_is_told_by_triggered_updates),
        TEST(routes_come_back_after_a_failure),
        TEST(a_ring_uses_both_sides_and_heals),
        TEST(counting_to_infinity_ends),
        TEST(graceful_shutdown_takes_routes_along),
        TEST(version_1_is_classful),
        TEST(version_2_can_summarise_too),
        TEST(versions_meet_in_compatible_mode),
        TEST(authenticated_lines_converge),
        TEST(loss_delays_but_does_not_prevent),
        TEST(demand_interfaces_are_silent_unless_asked),
        TEST(metrics_add_up_to_the_horizon),
    };

    return cmocka_run_group_tests_name("rip networks", tests, NULL, NULL);
}
