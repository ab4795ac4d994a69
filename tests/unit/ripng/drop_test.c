/* What RIPng ignores, reason by reason (RFC 2080 2.4), and where that leaves the rest of a packet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/ripng/neighbour.h"

#define FAR IP(192, 0, 2, 0)

static struct protocol_datagram good(struct ripng_builder *b)
{
    struct ripng_entry e = entry_of(FAR, 1);

    ripng_build(b, RIP_RESPONSE, RIPNG_ENTRIES_MAX);
    ripng_build_entry(b, &e);
    return from_neighbour(b);
}

static void give(const struct protocol_datagram *d)
{
    net_put(tap, d);
    net_run(&n, 2);
}

static void expect(enum rip_drop reason)
{
    assert_int_equal(rip_drop_count(r->rip, reason), 1);
    assert_int_equal(all_drops(), 1);
    assert_int_equal(net_learned(r, 1), 0);
}

static void a_good_one_is_taken(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    give(&d);
    assert_int_equal(all_drops(), 0);
    assert_int_equal(net_metric(r, FAR, MASK24), 2);
}

static void forwarded_ones(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    d.ttl = 254;
    give(&d);
    expect(RIP_DROP_HOP_LIMIT);
    d.destination6 = port->binding.local6[1].address; /* could have been forwarded */
    give(&d);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_HOP_LIMIT), 2);
}

/* 2.4.2 asks for 255 of multicasts: FRR answers with 64. What goes to a link-local address has not
 * been forwarded either way. */
static void an_answer_with_any_hop_limit(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    d.ttl = 64;
    d.destination6 = net_link_local(US);
    give(&d);
    assert_int_equal(all_drops(), 0);
    assert_int_equal(net_metric(r, FAR, MASK24), 2);
}

static void sources_that_are_not_link_local(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    d.source6 = tap->binding.local6[1].address; /* on the link, but of any scope */
    give(&d);
    expect(RIP_DROP_SOURCE_SCOPE);
}

static void sources_off_the_link(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    d.source6 = (struct rtm_address){{0x20, 1, 0x0D, 0xB8, 99, [15] = 1}};
    give(&d);
    expect(RIP_DROP_OFF_LINK);
}

static void our_own(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    d.source6 = net_link_local(US);
    give(&d);
    expect(RIP_DROP_OWN_PACKET);
}

static void another_port(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    d.source_port = 1024;
    give(&d);
    expect(RIP_DROP_SOURCE_PORT);
}

static void another_version(void **state)
{
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    b.data[1] = 2;
    give(&d);
    expect(RIP_DROP_VERSION);
}

static void modes_that_are_off(void **state)
{
    struct rip_if_config c = net_config6(NET_PERMANENT);
    struct ripng_builder b;
    struct protocol_datagram d = good(&b);

    (void)state;
    c.accept_mode = RIP_OFF;
    assert_int_equal(net_configure(port, &c), ST_OK);
    give(&d);
    expect(RIP_DROP_ACCEPT_OFF);
    c.announce_mode = RIP_OFF;
    assert_int_equal(net_configure(port, &c), ST_OK);
    b.data[0] = RIP_REQUEST;
    give(&d);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ANNOUNCE_OFF), 1);
}

/* ---- entries --------------------------------------------------------------------------------- */

static void entry_is(struct rtm_address address, uint8_t length, uint8_t metric,
                     enum rip_drop reason)
{
    struct ripng_entry e[2] = {{.address = address, .length = length, .metric = metric}};
    uint64_t before = rip_drop_count(r->rip, reason);

    e[1] = entry_of(FAR, 3);
    tell(e, 2);
    assert_int_equal(rip_drop_count(r->rip, reason), before + 1);
    assert_int_equal(net_learned(r, 1), 1); /* the other one */
    assert_int_equal(net_metric(r, FAR, MASK24), 4);
}

static void entries_that_lead_nowhere(void **state)
{
    const struct rtm_address none = {{0}}, loopback = {{[15] = 1}}, group = {{0xFF, 0x0E}},
                             link = {{0xFE, 0x80}}, link_end = {{0xFE, 0xBF}};

    (void)state;
    entry_is(group, 16, 1, RIP_DROP_ENTRY_ADDRESS);
    entry_is(link, 64, 1, RIP_DROP_ENTRY_ADDRESS);
    entry_is(link, 10, 1, RIP_DROP_ENTRY_ADDRESS);
    entry_is(link_end, 16, 1, RIP_DROP_ENTRY_ADDRESS);
    entry_is(net_link_local(THEM), 128, 1, RIP_DROP_ENTRY_ADDRESS);
    entry_is(loopback, 128, 1, RIP_DROP_ENTRY_ADDRESS);
    entry_is(none, 128, 1, RIP_DROP_ENTRY_ADDRESS);
}

static void entries_out_of_range(void **state)
{
    const struct rtm_address sound = {{0x20, 1}};

    (void)state;
    entry_is(sound, 16, 0, RIP_DROP_ENTRY_METRIC);
    entry_is(sound, 16, 17, RIP_DROP_ENTRY_METRIC);
    entry_is(sound, 16, 254, RIP_DROP_ENTRY_METRIC);
    entry_is(sound, 129, 1, RIP_DROP_ENTRY_LENGTH);
    entry_is(sound, 255, 1, RIP_DROP_ENTRY_LENGTH);
    entry_is(sound, 15, 1, RIP_DROP_ENTRY_HOST_BITS);
    entry_is(sound, 0, 1, RIP_DROP_ENTRY_HOST_BITS);
    entry_is(sound, 16, 16, RIP_DROP_ENTRY_UNREACHABLE);
    entry_is(sound, 16, 15, RIP_DROP_ENTRY_UNREACHABLE); /* with the link's cost */
}

static void entries_of_ours(void **state)
{
    struct rtm_prefix own = net_prefix(&n, US, MASK24);

    (void)state;
    entry_is(own.address, own.length, 1, RIP_DROP_ENTRY_OWN_NETWORK);
    entry_is(port->binding.local6[1].address, 128, 1, RIP_DROP_ENTRY_OWN_NETWORK);
}

/* The defaults of Windows' RIP: neither hosts nor the default route. */
static void entries_that_must_be_wanted(void **state)
{
    const struct rtm_address all = {{0}}, host = {{0x20, 1, [15] = 1}};
    struct rip_if_config c = net_config6(NET_PERMANENT);
    struct ripng_entry e[2] = {{.length = 0, .metric = 1}, {.length = 128, .metric = 1}};

    (void)state;
    e[1].address = host;
    entry_is(all, 0, 1, RIP_DROP_ENTRY_DEFAULT_ROUTE);
    entry_is(host, 128, 1, RIP_DROP_ENTRY_HOST_ROUTE);
    c.flags |= RIP_ACCEPT_HOST | RIP_ACCEPT_DEFAULT;
    assert_int_equal(net_configure(port, &c), ST_OK);
    tell(e, 2);
    assert_int_equal(net_learned(r, 1), 3);
    assert_int_equal(net_metric(r, 0, 0), 2);
}

static void entries_that_filters_keep_out(void **state)
{
    struct rip_range6 range = {{{0x30}}, {{0x30, 0xFF}}};
    struct rip_if_config c = net_config6(NET_PERMANENT);
    const struct rtm_address inside = {{0x30, 0xFF}}, outside = {{0x31}};
    struct ripng_entry e = {.address = inside, .length = 16, .metric = 1};

    (void)state;
    c.accept_filter_mode = RIP_LIST_INCLUDE;
    c.accept6 = &range;
    c.accept_count = 1;
    assert_int_equal(net_configure(port, &c), ST_OK);
    tell(&e, 1);
    assert_int_equal(net_learned(r, 1), 1);
    e.address = outside;
    tell(&e, 1);
    assert_int_equal(net_learned(r, 1), 1);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_FILTER), 1);
}

/* ---- next hops (2.1.1) ----------------------------------------------------------------------- */

static struct rtm_address next_hop_of(uint32_t network)
{
    struct rtm_prefix prefix = net_prefix(&n, network, MASK24);
    const struct rtm_route *route = rtm_best_exact(r->rtm, &prefix);

    assert_non_null(route);
    return route->next_hop;
}

static void assert_next_hop(uint32_t network, uint32_t number)
{
    struct rtm_address is = next_hop_of(network), must = net_link_local(number);

    assert_memory_equal(&is, &must, sizeof(must));
}

static void next_hops_hold_for_what_follows(void **state)
{
    struct ripng_entry e[6] = {entry_of(IP(20, 0, 1, 0), 1),
                               {.address = net_link_local(77), .metric = 255},
                               entry_of(IP(20, 0, 2, 0), 1),
                               entry_of(IP(20, 0, 3, 0), 1),
                               {.metric = 255},
                               entry_of(IP(20, 0, 4, 0), 1)};

    (void)state;
    tell(e, 6);
    assert_int_equal(all_drops(), 0);
    assert_next_hop(IP(20, 0, 1, 0), THEM);
    assert_next_hop(IP(20, 0, 2, 0), 77);
    assert_next_hop(IP(20, 0, 3, 0), 77);
    assert_next_hop(IP(20, 0, 4, 0), THEM);
}

static void a_next_hop_that_is_not_link_local_is_the_sender(void **state)
{
    struct ripng_entry e[2] = {{.address = {{0x20, 1, [15] = 5}}, .metric = 255},
                               entry_of(IP(20, 0, 2, 0), 1)};

    (void)state;
    tell(e, 2);
    assert_next_hop(IP(20, 0, 2, 0), THEM);
}

/* A neighbour whose way is through us has none for us. */
static void a_next_hop_that_is_us(void **state)
{
    struct ripng_entry e[2] = {{.address = net_link_local(US), .metric = 255}, entry_of(FAR, 1)};

    (void)state;
    tell_one(FAR, 1);
    assert_int_equal(net_learned(r, 1), 1);
    tell(e, 2);
    assert_int_equal(net_learned(r, 1), 0);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_NEXT_HOP), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, neighbour_setup, neighbour_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_good_one_is_taken),
        TEST(forwarded_ones),
        TEST(an_answer_with_any_hop_limit),
        TEST(sources_that_are_not_link_local),
        TEST(sources_off_the_link),
        TEST(our_own),
        TEST(another_port),
        TEST(another_version),
        TEST(modes_that_are_off),
        TEST(entries_that_lead_nowhere),
        TEST(entries_out_of_range),
        TEST(entries_of_ours),
        TEST(entries_that_must_be_wanted),
        TEST(entries_that_filters_keep_out),
        TEST(next_hops_hold_for_what_follows),
        TEST(a_next_hop_that_is_not_link_local_is_the_sender),
        TEST(a_next_hop_that_is_us),
    };

    return cmocka_run_group_tests_name("ripng drops", tests, NULL, NULL);
}
