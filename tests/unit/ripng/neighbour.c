#include "unit/ripng/neighbour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct net n;
struct net_router *r;
struct net_port *port, *tap;
const struct rtm_address ripng_group = {{0xFF, 2, [15] = 9}};

void neighbour_begin(enum net_interface_type type, const struct rip_if_config *c)
{
    net_open6(&n, 5);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    port = net_plug(r, 1, US, MASK24, type, c);
}

int neighbour_setup(void **state)
{
    (void)state;
    neighbour_begin(NET_PERMANENT, NULL);
    return 0;
}

int neighbour_teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

struct ripng_entry entry_of(uint32_t network, uint8_t metric)
{
    struct rtm_prefix prefix = net_prefix(&n, network, MASK24);

    return (struct ripng_entry){
        .address = prefix.address, .length = prefix.length, .metric = metric};
}

struct protocol_datagram from_neighbour(const struct ripng_builder *b)
{
    return (struct protocol_datagram){.ipv6 = true,
                                      .source6 = net_link_local(THEM),
                                      .destination6 = ripng_group,
                                      .source_port = RIPNG_PORT,
                                      .destination_port = RIPNG_PORT,
                                      .ttl = 255,
                                      .data = b->data,
                                      .size = b->w.used};
}

void tell(const struct ripng_entry *entries, unsigned count)
{
    struct ripng_builder b;
    struct protocol_datagram d;

    ripng_build(&b, RIP_RESPONSE, RIPNG_ENTRIES_MAX);
    for (unsigned k = 0; k < count; k++) ripng_build_entry(&b, &entries[k]);
    d = from_neighbour(&b);
    net_put(tap, &d);
    net_run(&n, 2);
}

void tell_one(uint32_t network, uint8_t metric)
{
    struct ripng_entry e = entry_of(network, metric);

    tell(&e, 1);
}

void answer(uint32_t first, uint32_t count, uint8_t metric)
{
    for (uint32_t at = 0; at == 0 || at < count; at += RIPNG_ENTRIES_MAX) {
        struct ripng_builder b;
        struct protocol_datagram d;

        ripng_build(&b, RIP_RESPONSE, RIPNG_ENTRIES_MAX);
        for (uint32_t k = at; k < count && b.entries < b.room; k++) {
            struct ripng_entry e = entry_of((first + k) << 8, metric);
            ripng_build_entry(&b, &e);
        }
        d = from_neighbour(&b);
        d.destination6 = net_link_local(US);
        net_put(tap, &d);
    }
}

struct rip_packet told(unsigned i)
{
    const struct net_kept *k = net_kept(tap, i);
    struct rip_packet p;

    assert_int_equal(ripng_packet_parse(&p, k->data, k->size), RIP_KEEP);
    return p;
}

unsigned metric_told(unsigned first, uint32_t network)
{
    struct rtm_prefix wanted = net_prefix(&n, network, MASK24);
    unsigned metric = 0;

    for (unsigned i = first; i < tap->kept_count; i++) {
        struct rip_packet p = told(i);

        for (unsigned k = 0; p.command == RIP_RESPONSE && k < p.count; k++) {
            struct ripng_entry e = ripng_entry_read(&p);

            if (e.length == wanted.length && rip_is_same(&e.address, &wanted.address))
                metric = e.metric;
        }
    }
    return metric;
}

uint64_t all_drops(void)
{
    uint64_t sum = 0;

    for (int k = 0; k < RIP_DROP_COUNT; k++) sum += rip_drop_count(r->rip, (enum rip_drop)k);
    return sum;
}
