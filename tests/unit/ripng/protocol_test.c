/* What RIPng says and when, and how long it believes: RFC 2080 2.3 to 2.6 on the virtual clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "unit/ripng/neighbour.h"

#define FAR    IP(192, 0, 2, 0)
#define STATIC IP(172, 16, 1, 0)

static void it_asks_for_the_table_first(void **state)
{
    struct rip_packet p;
    struct ripng_entry e;

    (void)state;
    net_run(&n, 50);
    assert_int_equal(tap->count, 1);
    assert_int_equal(net_kept(tap, 0)->size, 24);
    p = told(0);
    e = ripng_entry_read(&p);
    assert_int_equal(p.command, RIP_REQUEST);
    assert_int_equal(e.metric, 16);
    assert_int_equal(e.length, 0);
    assert_true(rip_is_zero(&e.address));
}

/* From a link-local address to ff02::9, port 521 to 521, with a hop limit of 255. */
static void what_is_unasked_goes_to_the_group(void **state)
{
    (void)state;
    net_static(r, STATIC, MASK24, 3);
    net_run(&n, 40000);
    assert_true(tap->count >= 2);
    for (unsigned i = 0; i < tap->kept_count; i++) {
        const struct net_kept *k = net_kept(tap, i);
        struct rtm_address us = net_link_local(US);

        assert_memory_equal(&k->destination6, &ripng_group, 16);
        assert_memory_equal(&k->source6, &us, 16);
        assert_int_equal(k->source_port, RIPNG_PORT);
        assert_int_equal(k->destination_port, RIPNG_PORT);
        assert_int_equal(k->ttl, 255);
    }
    assert_int_equal(metric_told(0, STATIC), 3);
}

/* Every 30 s, at random a sixth earlier or later. */
static void updates_are_periodic(void **state)
{
    msec last = 0;
    unsigned updates = 0;

    (void)state;
    net_static(r, STATIC, MASK24, 3);
    net_run(&n, 5000);
    net_forget(tap);
    net_run(&n, 300000);
    for (unsigned i = 0; i < tap->kept_count; i++) {
        msec when = net_kept(tap, i)->when;

        if (last) assert_in_range(when - last, 25000, 35001);
        last = when;
        updates++;
    }
    assert_in_range(updates, 8, 12);
}

static void changes_are_told_at_once(void **state)
{
    (void)state;
    net_run(&n, 5000);
    net_forget(tap);
    net_static(r, STATIC, MASK24, 3);
    net_run(&n, 300);
    assert_int_equal(tap->count, 1);
    assert_int_equal(told(0).count, 1); /* what changed, and no more */
    assert_int_equal(metric_told(0, STATIC), 3);
    net_run(&n, 6000);
    net_forget(tap);
    net_static_delete(r, STATIC, MASK24);
    net_run(&n, 300);
    assert_int_equal(metric_told(0, STATIC), 16);
}

static void tell_and_see(uint32_t flags, unsigned must)
{
    struct rip_if_config c = net_config6(NET_PERMANENT);

    c.flags &= ~(uint32_t)(RIP_SPLIT_HORIZON | RIP_POISON_REVERSE);
    c.flags |= flags;
    assert_int_equal(net_configure(port, &c), ST_OK);
    net_run(&n, 5000);
    net_forget(tap);
    tell_one(FAR, 1);
    net_run(&n, 35000);
    assert_int_equal(metric_told(0, FAR), must);
}

static void horizons(void **state)
{
    (void)state;
    tell_and_see(RIP_SPLIT_HORIZON | RIP_POISON_REVERSE, 16);
    tell_and_see(RIP_SPLIT_HORIZON, 0);
    tell_and_see(0, 2);
}

/* The network of the link is known to all who are on it; link-local ones and groups are nobody's to
 * tell, wherever they come from. */
static void what_is_never_told(void **state)
{
    static const struct rtm_prefix never[] = {
        {{{0xFE, 0x80}}, 64}, {{{0xFF, 2}}, 16}, {{{[15] = 1}}, 128}};
    struct rtm_route route = {.protocol = 10006, .interface = 77, .metric = 1, .preference = 3};

    (void)state;
    for (size_t k = 0; k < sizeof(never) / sizeof(never[0]); k++)
        assert_int_equal(rtm_route_add(r->own, &never[k], &route, NULL), ST_OK);
    net_run(&n, 70000);
    for (unsigned i = 0; i < tap->kept_count; i++)
        assert_true(told(i).command == RIP_REQUEST || told(i).count == 0);
    net_static(r, STATIC, MASK24, 1);
    net_run(&n, 35000);
    assert_int_equal(metric_told(0, STATIC), 1);
    assert_int_equal(metric_told(0, US & MASK24), 0);
}

/* 180 s without a word, then 120 s announced as unreachable. */
static void routes_expire(void **state)
{
    (void)state;
    tell_one(FAR, 4);
    net_run(&n, 179000);
    assert_int_equal(net_metric(r, FAR, MASK24), 5);
    net_forget(tap);
    net_run(&n, 1100);
    assert_int_equal(net_metric(r, FAR, MASK24), 0);
    net_run(&n, 10000);
    assert_int_equal(metric_told(0, FAR), 16);
    net_run(&n, 120000);
    net_forget(tap);
    net_run(&n, 60000);
    assert_int_equal(metric_told(0, FAR), 0);
}

static void routes_are_withdrawn(void **state)
{
    (void)state;
    tell_one(FAR, 4);
    tell_one(FAR, 16);
    assert_int_equal(net_learned(r, 1), 0);
}

static void ask(const struct ripng_entry *e, unsigned count, uint16_t from_port,
                const struct rtm_address *source)
{
    struct ripng_builder b;
    struct protocol_datagram d;

    ripng_build(&b, RIP_REQUEST, RIPNG_ENTRIES_MAX);
    for (unsigned k = 0; k < count; k++) ripng_build_entry(&b, &e[k]);
    d = from_neighbour(&b);
    d.source_port = from_port;
    if (source) d.source6 = *source;
    net_forget(tap);
    net_put(tap, &d);
    net_run(&n, 100);
}

/* The whole table goes to who asked, address and port, in packets as long as the MTU allows. */
static void the_table_is_told_on_request(void **state)
{
    const struct ripng_entry whole = {.metric = 16};
    struct rtm_address them = net_link_local(THEM);
    unsigned entries = 0;

    (void)state;
    for (uint32_t k = 0; k < 150; k++) net_static(r, STATIC + (k << 8), MASK24, 2);
    net_run(&n, 5000);
    ask(&whole, 1, 40000, NULL);
    assert_int_equal(tap->count, 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_memory_equal(&net_kept(tap, i)->destination6, &them, 16);
        assert_int_equal(net_kept(tap, i)->destination_port, 40000);
        assert_int_equal(net_kept(tap, i)->ttl, 255);
        entries += told(i).count;
    }
    assert_int_equal(told(0).count, 72);
    assert_int_equal(entries, 150);
}

/* Each entry comes back with the metric that we have; without split horizon. */
static void certain_destinations_are_told_on_request(void **state)
{
    struct ripng_entry e[5];
    struct rip_packet p;
    const uint8_t metrics[5] = {5, 16, 2, 16, 16};

    (void)state;
    net_static(r, STATIC, MASK24, 5);
    tell_one(FAR, 1);
    net_run(&n, 5000);
    e[0] = entry_of(STATIC, 0);
    e[1] = entry_of(IP(99, 0, 0, 0), 7);
    e[2] = entry_of(FAR, 16);
    e[3] = entry_of(STATIC, 1);
    e[3].length = 200;
    e[4] = entry_of(STATIC, 1);
    e[4].address.octets[15] = 1; /* behind its length */
    ask(e, 5, RIPNG_PORT, NULL);
    assert_int_equal(tap->count, 1);
    p = told(0);
    assert_int_equal(p.command, RIP_RESPONSE);
    assert_int_equal(p.count, 5);
    for (unsigned k = 0; k < 5; k++) assert_int_equal(ripng_entry_read(&p).metric, metrics[k]);
    ask(NULL, 0, RIPNG_PORT, NULL);
    assert_int_equal(tap->count, 0);
}

/* Who looks for a fault may ask from another address of the link. */
static void any_address_of_the_link_may_ask(void **state)
{
    const struct ripng_entry whole = {.metric = 16};

    (void)state;
    net_run(&n, 5000);
    ask(&whole, 1, 40000, &tap->binding.local6[1].address);
    assert_int_equal(tap->count, 1);
}

static void packets_are_as_long_as_the_mtu_allows(void **state)
{
    const struct ripng_entry whole = {.metric = 16};
    struct ip_binding b = port->binding;

    (void)state;
    for (uint32_t k = 0; k < 100; k++) net_static(r, STATIC + (k << 8), MASK24, 2);
    b.mtu = 1280;
    assert_int_equal(ripng_protocol.interface_status(r->rip, 1, true, RIS_ADDRESS_CHANGE, &b),
                     ST_OK);
    net_run(&n, 5000);
    ask(&whole, 1, RIPNG_PORT, NULL);
    assert_int_equal(told(0).count, 61);
}

/* Without a link-local address nobody could answer: not bound. */
static void a_link_local_address_is_needed(void **state)
{
    struct ip_binding b = port->binding;

    (void)state;
    net_run(&n, 5000);
    tell_one(FAR, 1);
    b.local6[0] = b.local6[1];
    b.count6 = 1;
    assert_int_equal(ripng_protocol.interface_status(r->rip, 1, true, RIS_ADDRESS_CHANGE, &b),
                     ST_OK);
    net_run(&n, 1000);
    assert_false(port->listening);
    assert_int_equal(net_learned(r, 1), 0);
    b.count6 = BINDING_MAX_IPV6 + 1;
    assert_int_equal(ripng_protocol.interface_status(r->rip, 1, true, RIS_ADDRESS_CHANGE, &b),
                     ST_INVALID_PARAMETER);
    assert_int_equal(net_rebind(port, US, MASK24, 0), ST_OK);
    assert_true(port->listening);
}

/* Going down, all is told as unreachable. */
static void it_says_farewell(void **state)
{
    (void)state;
    net_static(r, STATIC, MASK24, 1);
    net_run(&n, 5000);
    net_forget(tap);
    assert_int_equal(net_status(port, RIS_DISABLED), ST_OK);
    net_run(&n, 100);
    assert_int_equal(metric_told(0, STATIC), 16);
}

static void limits_hold(void **state)
{
    (void)state;
    r->system.route_limit = 100;
    r->system.neighbour_limit = 60;
    answer(0x140000, 70, 1);
    net_run(&n, 10);
    assert_int_equal(net_learned(r, 1), 60);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_NEIGHBOUR_LIMIT), 10);
    r->system.neighbour_limit = 0;
    answer(0x150000, 70, 1);
    net_run(&n, 10);
    assert_int_equal(net_learned(r, 1), 100);
    assert_int_equal(rip_drop_count(r->rip, RIP_DROP_ENTRY_LIMIT), 30);
}

/* ---- MIB: the rows of RIP, with neighbours by interface and address ---------------------------
 */

static mpr_status mib(uint8_t type, uint8_t index, const struct rtm_address *address, unsigned next,
                      uint8_t out[1500], size_t *size)
{
    uint8_t in[24] = {type, 0, 0, 0, index};
    void *data;
    mpr_status status;

    if (address) memcpy(in + 8, address, 16);
    status = ripng_protocol.mib_get(r->rip, next, in, sizeof(in), &data, size);
    if (status != ST_OK) return status;
    memcpy(out, data, *size);
    mem_free(data);
    return status;
}

static void the_mib(void **state)
{
    struct rtm_address them = net_link_local(THEM);
    uint8_t out[1500] = {0};
    size_t size;

    (void)state;
    tell_one(FAR, 1);
    assert_int_equal(mib(0, 0, NULL, 0, out, &size), ST_OK);
    assert_int_equal(size, 24 + 8);
    assert_int_equal(out[24], 1); /* route changes */
    assert_int_equal(mib(2, 1, NULL, 0, out, &size), ST_OK);
    assert_int_equal(size, 24 + 40);
    assert_int_equal(out[24 + 24], 1); /* responses received */
    assert_int_equal(mib(4, 0, NULL, 1, out, &size), ST_OK);
    assert_int_equal(size, 24 + 8 + 2 * 20);
    assert_int_equal(out[4], 1);
    assert_int_equal(out[28], 2);
    assert_memory_equal(out + 32, &port->binding.local6[0].address, 16);
    assert_int_equal(out[48], 64);
    assert_int_equal(mib(5, 0, NULL, 1, out, &size), ST_OK);
    assert_int_equal(size, 24 + 20);
    assert_int_equal(out[4], 1);
    assert_memory_equal(out + 8, &them, 16);
    assert_int_equal(mib(5, 1, &them, 0, out, &size), ST_OK);
    assert_int_equal(mib(5, 1, &them, 2, out, &size), ST_NO_MORE_ITEMS);
    assert_int_equal(mib(5, 2, &them, 0, out, &size), ST_INVALID_PARAMETER);
    assert_int_equal(mib(6, 0, NULL, 0, out, &size), ST_INVALID_PARAMETER);
}

/* Two links may have the same link-local address: both rows are found. */
static void neighbours_of_one_address(void **state)
{
    struct net_port *second = net_tap(&n, 2, THEM, MASK24);
    struct rtm_address them = net_link_local(THEM);
    struct ripng_builder b;
    struct protocol_datagram d;
    struct ripng_entry e = entry_of(FAR, 3);
    uint8_t out[1500] = {0};
    size_t size;

    (void)state;
    net_plug(r, 2, IP(10, 0, 1, 1), MASK24, NET_PERMANENT, NULL);
    tell_one(FAR, 1);
    ripng_build(&b, RIP_RESPONSE, RIPNG_ENTRIES_MAX);
    ripng_build_entry(&b, &e);
    d = from_neighbour(&b);
    net_put(second, &d);
    net_run(&n, 10);
    assert_int_equal(net_learned(r, 1) + net_learned(r, 2), 2);
    assert_int_equal(mib(5, 0, NULL, 1, out, &size), ST_OK);
    assert_int_equal(out[4], 1);
    assert_int_equal(mib(5, 1, &them, 2, out, &size), ST_OK);
    assert_int_equal(out[4], 2);
    assert_memory_equal(out + 8, &them, 16);
    assert_int_equal(mib(5, 2, &them, 2, out, &size), ST_NO_MORE_ITEMS);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, neighbour_setup, neighbour_teardown)
    const struct CMUnitTest tests[] = {
        TEST(it_asks_for_the_table_first),
        TEST(what_is_unasked_goes_to_the_group),
        TEST(updates_are_periodic),
        TEST(changes_are_told_at_once),
        TEST(horizons),
        TEST(what_is_never_told),
        TEST(routes_expire),
        TEST(routes_are_withdrawn),
        TEST(the_table_is_told_on_request),
        TEST(certain_destinations_are_told_on_request),
        TEST(any_address_of_the_link_may_ask),
        TEST(packets_are_as_long_as_the_mtu_allows),
        TEST(a_link_local_address_is_needed),
        TEST(it_says_farewell),
        TEST(limits_hold),
        TEST(the_mib),
        TEST(neighbours_of_one_address),
    };

    return cmocka_run_group_tests_name("ripng", tests, NULL, NULL);
}
