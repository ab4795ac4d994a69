/* RIP through its entry points: timers of RFC 2453, what goes over the wire, MIB, lack of memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "protocol/rip/packet.h"
#include "sim/rip/net.h"

#define MASK24 0xFFFFFF00u
#define US     IP(10, 0, 0, 1)
#define THEM   IP(10, 0, 0, 9)

static struct net n;
static struct net_router *r;
static struct net_port *port, *tap;
static struct rip_if_config config;
static const struct rip_auth none = {.type = RIP_AUTH_NONE};

static int setup(void **state)
{
    (void)state;
    net_open(&n, 99);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    port = net_plug(r, 1, US, MASK24, NET_PERMANENT, NULL);
    config = net_config(NET_PERMANENT);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

static void tell(uint32_t address, uint32_t mask, uint32_t metric, uint32_t next_hop)
{
    struct rip_builder b;
    struct rip_entry e = {.family = 2, .address = address, .mask = mask, .metric = metric};

    e.next_hop = next_hop;
    rip_build(&b, RIP_RESPONSE, 2, &none, 0);
    rip_build_entry(&b, &e);
    net_send(tap, US, b.data, rip_build_finish(&b));
    net_run(&n, 2);
}

/* The metric that the last packets told for a network since net_forget; 0: not told. */
static uint32_t heard(uint32_t address)
{
    uint32_t metric = 0;

    for (unsigned k = 0; k < tap->kept_count; k++) {
        struct rip_packet p;
        assert_int_equal(rip_packet_parse(&p, tap->kept[k].data, tap->kept[k].size, &none),
                         RIP_KEEP);
        for (unsigned c = p.count; c > 0; c--) {
            struct rip_entry e = rip_entry_read(&p);
            if (p.command == RIP_RESPONSE && e.address == address) metric = e.metric;
        }
    }
    return metric;
}

static void ask(void)
{
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    net_forget(tap);
    net_send_from(tap, THEM, 4000, US, request, sizeof(request));
    net_run(&n, 5);
}

static void starting_up_asks_for_tables(void **state)
{
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    (void)state;
    net_run(&n, 2);
    assert_int_equal(tap->count, 1);
    assert_memory_equal(net_kept(tap, 0)->data, request, sizeof(request));
    assert_int_equal(net_kept(tap, 0)->destination, IP(10, 0, 0, 255)); /* compatible: broadcast */
    assert_int_equal(net_kept(tap, 0)->source, US);
}

static void updates_come_every_30_seconds_with_jitter(void **state)
{
    msec least = 100000, most = 0;

    (void)state;
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_run(&n, 5000);
    net_forget(tap);
    net_run(&n, 3600000);
    assert_in_range(tap->count, 3600 / 35, 3600 / 25 + 1);
    for (unsigned k = 1; k < tap->kept_count; k++) {
        msec gap = net_kept(tap, k)->when - net_kept(tap, k - 1)->when;
        least = gap < least ? gap : least;
        most = gap > most ? gap : most;
    }
    assert_in_range(least, 25000, 29000);
    assert_in_range(most, 31000, 35000);
}

/* Each network of an interface hears once, from our address there. */
static void every_network_of_an_interface_is_told_once(void **state)
{
    struct ip_binding b;
    struct net_port *other;
    static const uint8_t request[24] = {1, 2, 0, 0, [23] = 16};

    (void)state;
    b = (struct ip_binding){.count = 3, .mtu = 1500, .host_index = port->binding.host_index};
    b.local[0].address = US, b.local[0].mask = MASK24;
    b.local[1].address = IP(10, 0, 0, 3), b.local[1].mask = MASK24; /* the same network */
    b.local[2].address = IP(10, 7, 0, 1), b.local[2].mask = MASK24;
    port->binding = b;
    assert_int_equal(rip_protocol.interface_status(r->rip, 1, true, RIS_ADDRESS_CHANGE, &b), ST_OK);
    other = net_tap(&n, 1, IP(10, 7, 0, 9), MASK24);
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_run(&n, 5000);
    net_forget(tap);
    net_forget(other);
    net_run(&n, 36000);
    assert_true(tap->kept_count > 0);
    assert_int_equal(tap->kept_count, other->kept_count);
    for (unsigned k = 0; k < tap->kept_count; k++) {
        assert_int_equal(net_kept(tap, k)->source, US);
        assert_int_equal(net_kept(other, k)->source, IP(10, 7, 0, 1));
    }
    net_forget(other);
    net_send_from(other, IP(10, 7, 0, 9), 4000, IP(10, 7, 0, 1), request, sizeof(request));
    net_run(&n, 5);
    assert_int_equal(other->kept_count, 1);
    assert_int_equal(net_kept(other, 0)->source, IP(10, 7, 0, 1));
}

static void routes_expire_after_180_seconds(void **state)
{
    (void)state;
    tell(IP(192, 0, 2, 0), MASK24, 3, 0);
    assert_int_equal(net_metric(r, IP(192, 0, 2, 0), MASK24), 4);
    net_run(&n, 179000);
    assert_int_equal(net_learned(r, 1), 1);
    tell(IP(192, 0, 2, 0), MASK24, 3, 0);
    net_run(&n, 179000);
    assert_int_equal(net_learned(r, 1), 1);
    net_run(&n, 1500);
    assert_int_equal(net_learned(r, 1), 0);
}

static void lost_destinations_are_told_for_120_seconds(void **state)
{
    (void)state;
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_run(&n, 3000);
    net_static_delete(r, IP(192, 0, 2, 0), MASK24);
    net_run(&n, 8000);
    assert_int_equal(heard(IP(192, 0, 2, 0)), 16);
    net_run(&n, 100000);
    ask();
    assert_int_equal(heard(IP(192, 0, 2, 0)), 16);
    net_run(&n, 20000);
    ask();
    assert_int_equal(heard(IP(192, 0, 2, 0)), 0);
}

static void triggered_updates_are_few(void **state)
{
    (void)state;
    net_run(&n, 3000);
    net_forget(tap);
    for (unsigned k = 0; k < 200; k++) { /* a change every 100 ms for 20 s */
        net_static(r, IP(192, 0, k, 0), MASK24, 1);
        net_run(&n, 100);
    }
    assert_in_range(tap->count, 4, 60);
    net_run(&n, 6000);
    assert_int_equal(heard(IP(192, 0, 199, 0)), 1);
    config.flags &= ~(uint32_t)RIP_TRIGGERED;
    assert_int_equal(net_configure(port, &config), ST_OK);
    net_run(&n, 3000);
    net_forget(tap);
    net_static(r, IP(198, 51, 100, 0), MASK24, 1);
    net_run(&n, 20000);
    assert_int_equal(tap->count, 0);
}

static void split_horizon(void **state)
{
    static const uint8_t next_hop[4] = {10, 0, 0, 7}, nobody[4];

    (void)state;
    tell(IP(192, 0, 2, 0), MASK24, 3, IP(10, 0, 0, 7));
    ask();
    assert_int_equal(heard(IP(192, 0, 2, 0)), 16); /* poisoned reverse */
    assert_memory_equal(net_kept(tap, 0)->data + 4 + 12, nobody, 4);
    assert_int_equal(heard(IP(10, 0, 0, 0)), 0);
    assert_int_equal(net_kept(tap, 0)->destination, THEM);
    assert_int_equal(net_kept(tap, 0)->destination_port, 4000);
    assert_int_equal(net_kept(tap, 0)->source_port, RIP_PORT);
    config.flags &= ~(uint32_t)RIP_POISON_REVERSE;
    net_configure(port, &config);
    ask();
    assert_int_equal(heard(IP(192, 0, 2, 0)), 0);
    assert_int_equal(tap->count, 1); /* empty, but an answer */
    assert_int_equal(net_kept(tap, 0)->size, 4);
    config.flags &= ~(uint32_t)RIP_SPLIT_HORIZON;
    net_configure(port, &config);
    ask();
    assert_int_equal(heard(IP(192, 0, 2, 0)), 4);
    assert_int_equal(heard(IP(10, 0, 0, 0)), 1);
    assert_memory_equal(net_kept(tap, 0)->data + 4 + 20 + 12, next_hop, 4);
}

static void flags_and_filters_of_announcements(void **state)
{
    struct rip_range range;

    (void)state;
    range = (struct rip_range){IP(192, 0, 2, 0), IP(192, 0, 2, 255)};
    net_run(&n, 2);
    net_static(r, 0, 0, 1);
    net_static(r, IP(198, 51, 100, 7), UINT32_MAX, 1);
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_static(r, IP(127, 0, 0, 0), 0xFF000000, 1);
    net_static(r, IP(203, 0, 113, 0), MASK24, 256); /* a metric of another kind */
    ask();
    assert_int_equal(net_kept(tap, 0)->size, 4 + 2 * 20);
    assert_int_equal(heard(IP(203, 0, 113, 0)), 1);
    config.flags |= RIP_ANNOUNCE_DEFAULT | RIP_ANNOUNCE_HOST;
    config.announce_filter_mode = RIP_LIST_EXCLUDE;
    config.announce_count = 1;
    config.announce = &range;
    config.tag = 77;
    assert_int_equal(net_configure(port, &config), ST_OK);
    ask();
    assert_int_equal(net_kept(tap, 0)->size, 4 + 3 * 20);
    assert_int_equal(heard(IP(192, 0, 2, 0)), 0);
    assert_int_equal(heard(IP(198, 51, 100, 7)), 1);
    assert_int_equal(net_kept(tap, 0)->data[7], 77);
}

static void single_entries_are_answered_without_split_horizon(void **state)
{
    struct rip_builder b;
    struct rip_entry known;
    struct rip_entry unknown;

    (void)state;
    known = (struct rip_entry){.family = 2, .address = IP(192, 0, 2, 0), .mask = MASK24};
    unknown = (struct rip_entry){.family = 2, .address = IP(198, 51, 100, 0), .mask = MASK24};
    tell(known.address, MASK24, 3, 0);
    rip_build(&b, RIP_REQUEST, 2, &none, 0);
    rip_build_entry(&b, &known);
    rip_build_entry(&b, &unknown);
    net_forget(tap);
    net_send(tap, US, b.data, rip_build_finish(&b));
    net_run(&n, 2);
    assert_int_equal(net_kept(tap, 0)->size, 44);
    assert_int_equal(heard(known.address), 4);
    assert_int_equal(heard(unknown.address), 16);
}

static void better_neighbours_win(void **state)
{
    struct net_port *other;
    struct net_port *first;
    struct rtm_prefix prefix;

    (void)state;
    other = net_tap(&n, 1, IP(10, 0, 0, 8), MASK24);
    first = tap;
    tell(IP(192, 0, 2, 0), MASK24, 3, 0);
    tap = other;
    tell(IP(192, 0, 2, 0), MASK24, 4, 0);
    tell(IP(192, 0, 2, 0), MASK24, 3, 0);
    prefix = rtm_prefix_ipv4(IP(192, 0, 2, 0), MASK24);
    assert_int_equal(rtm_ipv4(&rtm_best_exact(r->rtm, &prefix)->next_hop), THEM);
    net_run(&n, 91000); /* half its life: the other is as good and alive */
    tell(IP(192, 0, 2, 0), MASK24, 3, 0);
    assert_int_equal(rtm_ipv4(&rtm_best_exact(r->rtm, &prefix)->next_hop), IP(10, 0, 0, 8));
    tell(IP(192, 0, 2, 0), MASK24, 9, 0); /* the same neighbour is believed, for worse too */
    assert_int_equal(net_metric(r, IP(192, 0, 2, 0), MASK24), 10);
    tap = first;
    tell(IP(192, 0, 2, 0), MASK24, 2, 0);
    assert_int_equal(net_metric(r, IP(192, 0, 2, 0), MASK24), 3);
    tap = other;
    tell(IP(192, 0, 2, 0), MASK24, 16, 0); /* not its route any more */
    assert_int_equal(net_learned(r, 1), 1);
    tap = first;
    tell(IP(192, 0, 2, 0), MASK24, 16, 0);
    assert_int_equal(net_learned(r, 1), 0);
}

static uint32_t dword(const uint8_t *data, size_t at)
{
    return data[at] | (uint32_t)data[at + 1] << 8 | (uint32_t)data[at + 2] << 16 |
           (uint32_t)data[at + 3] << 24;
}

static mpr_status mib(unsigned next, uint8_t type, const void *key, uint8_t **out, size_t *size)
{
    uint8_t in[8] = {type};
    void *memory = NULL;
    mpr_status status;

    memcpy(in + 4, key, 4);
    status = rip_protocol.mib_get(r->rip, next, in, sizeof(in), &memory, size);
    *out = memory;
    return status;
}

static uint32_t mib_number(uint8_t type, size_t offset)
{
    static const uint8_t one[4] = {1};
    uint8_t *out;
    size_t size;
    uint32_t value;

    assert_int_equal(mib(0, type, one, &out, &size), ST_OK);
    value = dword(out, 8 + offset);
    mem_free(out);
    return value;
}

/* What was said by itself and what was asked for, of one interface and of all. */
static void statistics_count_what_is_on_the_wire(void **state)
{
    uint32_t asked, sent, seen = 0;

    (void)state;
    net_static(r, IP(192, 0, 2, 0), MASK24, 1);
    net_run(&n, 5000);
    net_forget(tap);
    sent = mib_number(2, 20);
    asked = mib_number(2, 16);
    assert_int_equal(mib_number(0, 4), sent);
    net_run(&n, 120000);
    for (unsigned k = 0; k < tap->kept_count; k++)
        seen += net_kept(tap, k)->data[0] == RIP_RESPONSE;
    assert_true(seen >= 3);
    assert_int_equal(mib_number(2, 20), sent + seen);
    assert_int_equal(mib_number(0, 4), sent + seen);
    assert_int_equal(mib_number(2, 16), asked);
    ask();
    assert_int_equal(mib_number(2, 16), asked + 1);
    assert_int_equal(mib_number(2, 20), sent + seen + 1);
    assert_int_equal(mib_number(0, 4), sent + seen + 1);
}

/* In network order, as IPv4 addresses of the MIB are. */
static void neighbours_are_named_by_their_address(void **state)
{
    struct net_port *first = tap, *other;
    static const uint8_t key[4] = {172, 16, 33, 9};
    static const uint8_t response[24] = {2,   2,   0,   0, 0, 2, 0, 0, 192, 0, 2, 0,
                                         255, 255, 255, 0, 0, 0, 0, 0, 0,   0, 0, 3};
    uint8_t *out;
    size_t size;

    (void)state;
    other = net_tap(&n, 2, IP(172, 16, 33, 9), MASK24);
    net_plug(r, 2, IP(172, 16, 33, 1), MASK24, NET_PERMANENT, NULL);
    net_send(other, IP(172, 16, 33, 1), response, sizeof(response));
    net_run(&n, 5);
    tap = first;
    assert_int_equal(mib(0, 5, key, &out, &size), ST_OK);
    assert_memory_equal(out + 4, key, 4);
    mem_free(out);
    tell(IP(192, 0, 2, 0), MASK24, 9, 0);
    assert_int_equal(mib(1, 5, key, &out, &size), ST_OK); /* the first: 10.0.0.9 */
    assert_memory_equal(out + 4, "\12\0\0\11", 4);
    mem_free(out);
    assert_int_equal(mib(2, 5, "\12\0\0\11", &out, &size), ST_OK);
    assert_memory_equal(out + 4, key, 4);
    mem_free(out);
}

static void mib_tables(void **state)
{
    static const uint8_t one[4] = {1}, zero[4] = {0}, them[4] = {10, 0, 0, 9};
    uint8_t *out;
    size_t size;
    const size_t sizes[6] = {8 + 8, 8 + 24, 8 + 40, 8 + 84, 8 + 8 + 8, 8 + 20};

    (void)state;
    tell(IP(192, 0, 2, 0), MASK24, 3, 0);
    tell(IP(192, 0, 2, 0), MASK24, 99, 0);
    for (uint8_t type = 0; type < 6; type++) {
        assert_int_equal(mib(0, type, type == 5 ? them : one, &out, &size), ST_OK);
        assert_int_equal(size, sizes[type]);
        assert_int_equal(dword(out, 0), type);
        if (type == 2) {
            assert_int_equal(dword(out, 8), 3);
            assert_int_equal(dword(out, 8 + 24), 2); /* responses received */
            assert_int_equal(dword(out, 8 + 32), 1); /* bad entries */
        }
        if (type == 5) assert_int_equal(dword(out, 8 + 16), 1);
        mem_free(out);
        assert_int_equal(mib(1, type, zero, &out, &size), ST_OK);
        mem_free(out);
        assert_int_equal(mib(2, type, type == 5 ? them : one, &out, &size), ST_NO_MORE_ITEMS);
    }
    assert_int_equal(mib(0, 2, zero, &out, &size), ST_INVALID_PARAMETER);
    assert_int_equal(mib(0, 6, zero, &out, &size), ST_INVALID_PARAMETER);
    assert_int_equal(mib(3, 0, zero, &out, &size), ST_INVALID_PARAMETER);
    assert_int_equal(mib(2, 2, zero, &out, &size), ST_OK);
    assert_int_equal(dword(out, 4), 1);
    mem_free(out);
}

static void entry_points_check_their_arguments(void **state)
{
    void *data;
    size_t size;
    static const uint8_t junk[3] = {1, 2, 3};
    struct protocol_info bad;
    struct protocol_instance *p;
    struct protocol_instance *other;

    (void)state;
    bad = (struct protocol_info){junk, sizeof(junk), 1};
    p = r->rip;
    assert_int_equal(rip_protocol.add_interface(p, NULL, 0, NET_PERMANENT, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.add_interface(p, NULL, 1, NET_PERMANENT, NULL),
                     ST_ALREADY_EXISTS);
    assert_int_equal(rip_protocol.add_interface(p, NULL, 2, NET_PERMANENT, &bad),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.delete_interface(p, 2), ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.set_interface_info(p, 2, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.set_interface_info(p, 1, &bad), ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.set_global_info(p, &bad), ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.get_interface_info(p, 2, &data, &size), ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.interface_status(p, 2, true, RIS_ENABLED, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.interface_status(p, 1, true, RIS_ADDRESS_CHANGE, NULL),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rip_protocol.get_interface_info(p, 1, &data, &size), ST_OK);
    assert_int_equal(size, 84);
    mem_free(data);
    assert_int_equal(rip_protocol.get_global_info(p, &data, &size), ST_OK);
    assert_int_equal(size, 24);
    mem_free(data);
    assert_int_equal(rip_protocol.start(&other, &r->support, &r->system, &bad),
                     ST_INVALID_PARAMETER);
    assert_null(other);
}

static void failing_hosts_are_reported(void **state)
{
    uint8_t *out;
    size_t size;
    static const uint8_t one[4] = {1};

    (void)state;
    net_status(port, RIS_DISABLED);
    r->fail_listen = true;
    assert_int_equal(net_status(port, RIS_ENABLED), ST_CAN_NOT_COMPLETE);
    assert_int_equal(rip_protocol.do_update_routes(r->rip, 1), ST_CAN_NOT_COMPLETE);
    r->fail_listen = false;
    r->fail_send = true;
    assert_int_equal(net_status(port, RIS_ENABLED), ST_OK);
    assert_int_equal(mib(0, 2, one, &out, &size), ST_OK);
    assert_int_equal(dword(out, 8 + 4), 1);
    assert_int_equal(dword(out, 8 + 8), 1);
    mem_free(out);
}

/* The n-th allocation fails. */
static unsigned left;
static size_t live;

static void *counted_alloc(void *context, size_t size)
{
    (void)context;
    if (left == 0) return NULL;
    left--;
    live++;
    return calloc(1, size ? size : 1);
}

static void counted_free(void *context, void *memory)
{
    (void)context;
    live -= memory != NULL;
    free(memory);
}

static bool life_of_a_router(struct net *net)
{
    struct net_router *q = &net->routers[0];
    enum protocol_event event;
    struct protocol_message m;
    bool good = true;
    struct ip_binding b = {.count = 1, .local = {{US, MASK24}}, .host_index = 1, .mtu = 1500};
    struct rip_builder packet;
    struct protocol_datagram d = {.interface = 1, .source = THEM, .destination = US};

    q->ports[0] = (struct net_port){.router = q, .net = net, .binding = b, .interface = 1};
    q->port_count = 1;
    good &= rip_protocol.add_interface(q->rip, u"x", 1, NET_DEMAND_DIAL, NULL) == ST_OK;
    good &= rip_protocol.interface_status(q->rip, 1, true, RIS_ADDRESS_CHANGE, &b) == ST_OK;
    good &= rip_protocol.interface_status(q->rip, 1, true, RIS_ENABLED, NULL) == ST_OK;
    good &= rip_protocol.do_update_routes(q->rip, 1) == ST_OK;
    rip_build(&packet, RIP_RESPONSE, 2, &none, 0);
    for (uint32_t k = 0; k < 10; k++) {
        struct rip_entry e = {
            .family = 2, .address = IP(192, 0, k, 0), .mask = MASK24, .metric = 1};
        rip_build_entry(&packet, &e);
    }
    d.source_port = RIP_PORT;
    d.data = packet.data;
    d.size = rip_build_finish(&packet);
    rip_protocol.datagram(q->rip, &d);
    net_run(net, 300);
    good &= rip_protocol.get_event_message(q->rip, &event, &m) == ST_OK && m.update_status == ST_OK;
    if (good) assert_int_equal(net_learned(q, 1), 10);
    return good;
}

static void lack_of_memory_is_survived(void **state)
{
    static struct net net;
    static const struct mem_hooks hooks = {counted_alloc, counted_free, NULL};
    bool good;

    (void)state;
    mem_set_hooks(&hooks);
    good = false;
    for (unsigned k = 0; !good; k++) {
        struct net_router *q;

        assert_true(k < 500);
        left = UINT32_MAX;
        net_open(&net, 1);
        q = net_router(&net, NULL);
        left = k;
        good = life_of_a_router(&net);
        left = UINT32_MAX;
        (void)q;
        net_close(&net);
        assert_int_equal(live, 0);
    }
    for (unsigned k = 0; k < 20; k++) {
        struct net_router *q;
        struct protocol_instance *p;
        mpr_status status;

        left = UINT32_MAX;
        net_open(&net, 1);
        q = net_router(&net, NULL);
        left = k;
        status = rip_protocol.start(&p, &q->support, &q->system, NULL);
        assert_true(status == ST_OK || status == ST_NOT_ENOUGH_MEMORY);
        if (status == ST_OK) assert_int_equal(rip_protocol.stop(p), ST_OK);
        left = UINT32_MAX;
        net_close(&net);
        assert_int_equal(live, 0);
    }
    mem_set_hooks(NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(starting_up_asks_for_tables),
        TEST(updates_come_every_30_seconds_with_jitter),
        TEST(routes_expire_after_180_seconds),
        TEST(lost_destinations_are_told_for_120_seconds),
        TEST(triggered_updates_are_few),
        TEST(split_horizon),
        TEST(flags_and_filters_of_announcements),
        TEST(single_entries_are_answered_without_split_horizon),
        TEST(better_neighbours_win),
        TEST(statistics_count_what_is_on_the_wire),
        TEST(neighbours_are_named_by_their_address),
        TEST(every_network_of_an_interface_is_told_once),
        TEST(mib_tables),
        TEST(entry_points_check_their_arguments),
        TEST(failing_hosts_are_reported),
        cmocka_unit_test(lack_of_memory_is_survived),
    };

    return cmocka_run_group_tests_name("rip protocol", tests, NULL, NULL);
}
