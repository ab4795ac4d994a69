/* Networks without masks, as version 1 tells them (RFC 1058 3.2 and 3.4), in both directions; and
 * addresses that belong to a link without being those of a host there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "protocol/rip/packet.h"
#include "sim/rip/net.h"

#define MASK8  0xFF000000u
#define MASK16 0xFFFF0000u
#define MASK24 0xFFFFFF00u
#define HOST   UINT32_MAX
#define US     IP(10, 77, 1, 1)
#define THEM   IP(10, 77, 1, 9)

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap;
static const struct rip_auth none = {.type = RIP_AUTH_NONE};

static void open_with(uint32_t us, uint32_t mask, uint32_t them, bool version_1)
{
    struct rip_if_config c = net_config(NET_PERMANENT);

    c.flags |= RIP_ACCEPT_HOST | RIP_ANNOUNCE_HOST | RIP_ACCEPT_DEFAULT | RIP_ANNOUNCE_DEFAULT;
    if (version_1) c.announce_mode = RIP_V1;
    net_open(&n, 7);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, them, mask);
    port = net_plug(r, 1, us, mask, NET_PERMANENT, &c);
}

static int setup(void **state)
{
    (void)state;
    open_with(US, MASK24, THEM, true);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

static void tell(uint8_t version, uint32_t from, struct rip_entry e)
{
    struct rip_builder b;

    e.family = RIP_FAMILY_IPV4;
    e.metric = 2;
    rip_build(&b, RIP_RESPONSE, version, &none, 0);
    rip_build_entry(&b, &e);
    net_send_from(tap, from, RIP_PORT, port->binding.local[0].address, b.data,
                  rip_build_finish(&b));
    net_run(&n, 5);
}

/* Told without a mask, the destination is learned with that one and no other. */
static void learned_as(uint32_t address, uint32_t mask)
{
    for (uint8_t version = 1; version <= 2; version++) {
        size_t before = net_learned(r, 1);
        struct rip_entry gone = {.family = RIP_FAMILY_IPV4, .address = address, .metric = 16};
        struct rip_builder b;

        tell(version, THEM, (struct rip_entry){.address = address});
        assert_int_equal(net_learned(r, 1), before + 1);
        assert_int_equal(net_metric(r, address, mask), 3);
        rip_build(&b, RIP_RESPONSE, version, &none, 0);
        rip_build_entry(&b, &gone);
        net_send(tap, US, b.data, rip_build_finish(&b));
        net_run(&n, 5);
        assert_int_equal(net_learned(r, 1), before);
    }
}

static void zero_behind_the_class_network_is_that_network(void **state)
{
    (void)state;
    learned_as(IP(10, 0, 0, 0), MASK8);
    learned_as(IP(11, 0, 0, 0), MASK8);
    learned_as(IP(172, 16, 0, 0), MASK16);
    learned_as(IP(192, 168, 5, 0), MASK24);
}

static void subnets_of_the_links_network_have_its_mask(void **state)
{
    (void)state;
    learned_as(IP(10, 77, 2, 0), MASK24);
    learned_as(IP(10, 1, 0, 0), MASK24);
}

static void bits_behind_the_mask_make_a_host(void **state)
{
    (void)state;
    learned_as(IP(10, 77, 2, 5), HOST);
    learned_as(IP(11, 1, 0, 0), HOST); /* a subnet of which the mask is not known */
    learned_as(IP(192, 168, 5, 1), HOST);
}

static void zero_is_the_default_route(void **state)
{
    (void)state;
    tell(1, THEM, (struct rip_entry){0});
    assert_int_equal(net_metric(r, 0, 0), 3);
}

/* A link of several class networks says nothing about subnets of one. */
static void masks_shorter_than_the_class_are_none_of_subnets(void **state)
{
    (void)state;
    net_close(&n);
    open_with(IP(192, 168, 0, 1), MASK16, IP(192, 168, 0, 9), true);
    tell(1, IP(192, 168, 0, 9), (struct rip_entry){.address = IP(192, 168, 0, 0)});
    assert_int_equal(net_metric(r, IP(192, 168, 0, 0), MASK24), 3);
    tell(1, IP(192, 168, 0, 9), (struct rip_entry){.address = IP(192, 168, 0, 5)});
    assert_int_equal(net_metric(r, IP(192, 168, 0, 5), HOST), 3);
}

static bool announced(uint32_t address)
{
    static const uint8_t request[24] = {1, 1, 0, 0, [23] = 16};
    bool found = false;

    net_forget(tap);
    net_send_from(tap, THEM, 4000, US, request, sizeof(request));
    net_run(&n, 5);
    for (unsigned k = 0; k < tap->kept_count; k++) {
        struct rip_packet p;

        assert_int_equal(
            rip_packet_parse(&p, net_kept(tap, k)->data, net_kept(tap, k)->size, &none), RIP_KEEP);
        assert_int_equal(p.version, 1);
        for (unsigned left = p.count; left > 0; left--) {
            struct rip_entry e = rip_entry_read(&p);

            if (p.command != RIP_RESPONSE || e.address != address) continue;
            assert_false(found); /* once */
            found = true;
        }
    }
    return found;
}

/* Version 1 tells only what its readers take for the same destination. */
static void only_what_is_understood_is_told(void **state)
{
    (void)state;
    net_static(r, IP(10, 77, 2, 0), MASK24, 1);
    assert_true(announced(IP(10, 77, 2, 0)));
    net_static(r, IP(10, 77, 16, 0), 0xFFFFF000u, 1); /* another mask than the link's */
    assert_false(announced(IP(10, 77, 16, 0)));
    net_static(r, IP(10, 0, 0, 0), MASK24, 1); /* reads as 10.0.0.0/8 */
    assert_false(announced(IP(10, 0, 0, 0)));
    net_static(r, IP(10, 0, 0, 0), MASK8, 1);
    assert_true(announced(IP(10, 0, 0, 0)));
    net_static(r, IP(10, 77, 3, 0), HOST, 1); /* reads as 10.77.3.0/24 */
    assert_false(announced(IP(10, 77, 3, 0)));
    net_static(r, IP(10, 77, 3, 7), HOST, 1);
    assert_true(announced(IP(10, 77, 3, 7)));
    net_static(r, IP(192, 168, 5, 64), 0xFFFFFFC0u, 1);
    assert_true(announced(IP(192, 168, 5, 0))); /* its network, from outside */
    net_static(r, IP(192, 168, 6, 0), HOST, 1);
    assert_false(announced(IP(192, 168, 6, 0)));
    net_static(r, IP(192, 168, 0, 0), MASK16, 1);
    assert_false(announced(IP(192, 168, 0, 0)));
}

/* ---- addresses that are nobody's --------------------------------------------------------------
 */

static uint32_t hop_for(uint32_t told)
{
    struct rtm_prefix prefix = rtm_prefix_ipv4(IP(192, 0, 2, 0), MASK24);
    const struct rtm_route *route;

    tell(2, THEM,
         (struct rip_entry){.address = IP(192, 0, 2, 0), .mask = MASK24, .next_hop = told});
    route = rtm_best_exact(r->rtm, &prefix);
    assert_non_null(route);
    return rtm_ipv4(&route->next_hop);
}

static void next_hops_that_are_no_host_are_the_sender(void **state)
{
    (void)state;
    assert_int_equal(hop_for(IP(10, 77, 1, 7)), IP(10, 77, 1, 7));
    assert_int_equal(hop_for(IP(10, 77, 1, 255)), THEM);
    assert_int_equal(hop_for(IP(10, 77, 1, 7)), IP(10, 77, 1, 7));
    assert_int_equal(hop_for(IP(10, 77, 1, 0)), THEM);
    assert_int_equal(hop_for(IP(10, 77, 2, 7)), THEM);
    assert_int_equal(hop_for(UINT32_MAX), THEM);
    assert_int_equal(hop_for(IP(224, 0, 0, 9)), THEM);
    assert_int_equal(hop_for(0), THEM);
}

/* With an address of the other end, whatever mask ours has. */
static void behind_a_link_to_one_neighbour_there_is_no_other(void **state)
{
    (void)state;
    assert_int_equal(net_rebind(port, US, MASK24, THEM), ST_OK);
    assert_int_equal(hop_for(IP(10, 77, 1, 7)), THEM);
    assert_int_equal(hop_for(IP(10, 77, 2, 7)), THEM);
}

static void nobody_speaks_from_such_an_address(void **state)
{
    (void)state;
    tell(2, IP(10, 77, 1, 255), (struct rip_entry){.address = IP(192, 0, 2, 0), .mask = MASK24});
    tell(2, IP(10, 77, 1, 0), (struct rip_entry){.address = IP(192, 0, 2, 0), .mask = MASK24});
    assert_int_equal(net_learned(r, 1), 0);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_OFF_LINK), 2);
    tell(2, THEM, (struct rip_entry){.address = IP(192, 0, 2, 0), .mask = MASK24});
    assert_int_equal(net_learned(r, 1), 1);
}

/* Where any address may be the other end's, one that no host can have is none. */
static void nobody_speaks_from_a_group(void **state)
{
    static const uint32_t sources[] = {0, IP(224, 0, 0, 0), IP(224, 0, 0, 9), UINT32_MAX};
    const struct rip_entry e = {.address = IP(192, 0, 2, 0), .mask = MASK24};

    (void)state;
    net_close(&n);
    net_open(&n, 7);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    port = net_plug(r, 1, US, HOST, NET_DEMAND_DIAL, NULL);
    assert_int_equal(rip_protocol.do_update_routes(r->rip, 1), ST_OK);
    for (size_t k = 0; k < sizeof(sources) / sizeof(sources[0]); k++) {
        tell(2, sources[k], e);
        assert_int_equal(rip_drop_count(r->rip, RIP_DROP_OFF_LINK), k + 1);
    }
    assert_int_equal(net_learned(r, 1), 0);
    tell(2, IP(223, 255, 255, 255), e);
    assert_int_equal(net_learned(r, 1), 1);
}

/* The metric with which one destination is answered to who asks for it. */
static uint32_t answered(uint8_t version, uint32_t address, uint32_t mask)
{
    struct rip_entry e = {.family = RIP_FAMILY_IPV4, .address = address, .mask = mask};
    struct rip_builder b;
    struct rip_packet p;

    rip_build(&b, RIP_REQUEST, version, &none, 0);
    rip_build_entry(&b, &e);
    net_forget(tap);
    net_send(tap, US, b.data, rip_build_finish(&b));
    net_run(&n, 5);
    assert_int_equal(tap->kept_count, 1);
    assert_int_equal(rip_packet_parse(&p, net_kept(tap, 0)->data, net_kept(tap, 0)->size, &none),
                     RIP_KEEP);
    assert_int_equal(p.command, RIP_RESPONSE);
    assert_int_equal(p.count, 1);
    e = rip_entry_read(&p);
    assert_int_equal(e.address, address);
    return e.metric;
}

/* A mask that was asked for counts, and without one that which the destination implies. */
static void single_destinations_are_answered_by_their_mask(void **state)
{
    (void)state;
    net_close(&n);
    open_with(US, MASK24, THEM, false);
    net_static(r, IP(172, 16, 0, 0), MASK24, 5);
    net_static(r, IP(172, 17, 0, 0), MASK16, 6);
    net_run(&n, 8000); /* what is told by itself has been told */
    assert_int_equal(answered(2, IP(172, 16, 0, 0), MASK24), 5);
    assert_int_equal(answered(2, IP(172, 16, 0, 0), MASK16), 16);
    assert_int_equal(answered(2, IP(172, 17, 0, 0), MASK16), 6);
    assert_int_equal(answered(2, IP(172, 16, 0, 5), MASK24), 16);
    assert_int_equal(answered(1, IP(172, 16, 0, 0), 0), 16);
    assert_int_equal(answered(1, IP(172, 17, 0, 0), 0), 6);
}

/* RFC 3021: both addresses of a /31 are hosts. */
static void both_ends_of_a_31_are_hosts(void **state)
{
    (void)state;
    net_close(&n);
    open_with(US, 0xFFFFFFFEu, IP(10, 77, 1, 0), false);
    tell(2, IP(10, 77, 1, 0), (struct rip_entry){.address = IP(192, 0, 2, 0), .mask = MASK24});
    assert_int_equal(net_learned(r, 1), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(zero_behind_the_class_network_is_that_network),
        TEST(subnets_of_the_links_network_have_its_mask),
        TEST(bits_behind_the_mask_make_a_host),
        TEST(zero_is_the_default_route),
        TEST(masks_shorter_than_the_class_are_none_of_subnets),
        TEST(only_what_is_understood_is_told),
        TEST(next_hops_that_are_no_host_are_the_sender),
        TEST(behind_a_link_to_one_neighbour_there_is_no_other),
        TEST(nobody_speaks_from_such_an_address),
        TEST(nobody_speaks_from_a_group),
        TEST(single_destinations_are_answered_by_their_mask),
        TEST(both_ends_of_a_31_are_hosts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
