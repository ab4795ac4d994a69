#include "unit/rip/large.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct net n;
struct net_router *r;
struct net_port *tap;
static const struct rip_auth none = {.type = RIP_AUTH_NONE};

int large_setup(void **state)
{
    (void)state;
    net_open(&n, 5);
    r = net_router(&n, NULL);
    tap = net_tap(&n, 1, THEM, MASK24);
    net_plug(r, 1, US, MASK24, NET_PERMANENT, NULL);
    net_run(&n, 5000);
    return 0;
}

int large_teardown(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

uint32_t network(uint32_t number)
{
    return IP(20, 0, 0, 0) + (number << 8);
}

void learn(uint32_t first, uint32_t count, uint32_t metric)
{
    for (uint32_t at = first; at < first + count; at += RIP_ENTRIES_MAX) {
        struct protocol_datagram d = {.interface = 1, .source = THEM, .destination = US};
        struct rip_builder b;
        uint64_t before = r->rip->work;

        rip_build(&b, RIP_RESPONSE, 2, &none, 0);
        for (uint32_t k = at; k < first + count && b.entries < b.room; k++) {
            struct rip_entry e = {.family = RIP_FAMILY_IPV4, .mask = MASK24, .metric = metric};

            e.address = network(k);
            rip_build_entry(&b, &e);
        }
        d.source_port = RIP_PORT;
        d.data = b.data;
        d.size = rip_build_finish(&b);
        rip_protocol.datagram(r->rip, &d);
        assert_in_range(r->rip->work - before, 0, 2 * RIP_ENTRIES_MAX);
    }
}

uint64_t run(msec duration)
{
    msec until = n.now + duration;
    uint64_t most = 0;

    while (timer_next_due(&n.timers) <= until) {
        uint64_t before = r->rip->work;

        if (timer_next_due(&n.timers) > n.now) n.now = timer_next_due(&n.timers);
        timer_run(&n.timers, n.now);
        if (r->rip->work - before > most) most = r->rip->work - before;
    }
    net_run(&n, until - n.now);
    net_forget(tap);
    return most;
}
