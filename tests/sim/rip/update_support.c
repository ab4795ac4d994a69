#include "sim/rip/update_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "protocol/rip/packet.h"

struct net n;

int update_set_up(void **state)
{
    (void)state;
    net_open(&n, 12345);
    return 0;
}

int update_tear_down(void **state)
{
    (void)state;
    net_close(&n);
    return 0;
}

uint32_t net_of(uint32_t i)
{
    return IP(100, 0, 0, 0) + (i << 8);
}

struct net_router *peer_with(uint32_t first, uint32_t count, unsigned link, uint32_t address,
                             uint32_t mask, const struct rip_if_config *c)
{
    struct net_router *r = net_router(&n, NULL);

    net_plug(r, link, address, mask, NET_PERMANENT, c);
    for (uint32_t i = first; i < first + count; i++) net_static(r, net_of(i), MASK24, 1 + i % 3);
    return r;
}

struct net_port *client(unsigned link, uint32_t mask, const struct rip_if_config *c)
{
    struct net_router *r = net_router(&n, NULL);

    return net_plug(r, link, IP(10, 0, 0, 1), mask, NET_DEMAND_DIAL, c);
}

void expect_table(struct net_port *port, uint32_t first, uint32_t count)
{
    assert_int_equal(net_learned(port->router, port->interface), count);
    for (uint32_t i = first; i < first + count; i++)
        assert_int_equal(net_metric(port->router, net_of(i), MASK24), 2 + i % 3);
}

void put_response(struct net_port *tap, uint32_t destination, unsigned first, unsigned count)
{
    struct rip_builder b;
    static const struct rip_auth none = {.type = RIP_AUTH_NONE};

    rip_build(&b, RIP_RESPONSE, 2, &none, 0);
    for (unsigned i = first; i < first + count; i++) {
        struct rip_entry e = {
            .family = 2, .address = net_of(i), .mask = MASK24, .metric = 1 + i % 3};
        rip_build_entry(&b, &e);
    }
    net_send(tap, destination, b.data, rip_build_finish(&b));
}
