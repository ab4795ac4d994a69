/* What numbers stand for, and what a router has learned of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "protocol/ripng/config.h"
#include "sim/rip/net.h"

static void put_number(uint8_t octets[4], uint32_t number)
{
    for (unsigned k = 0; k < 4; k++) octets[k] = (uint8_t)(number >> (24 - 8 * k));
}

static struct rtm_address global(uint32_t address)
{
    struct rtm_address a = {{0x20, 0x01, 0x0D, 0xB8, [15] = 1}};

    put_number(a.octets + 4, address);
    return a;
}

struct rtm_address net_link_local(uint32_t address)
{
    struct rtm_address a = {{0xFE, 0x80}};

    put_number(a.octets + 12, address);
    return a;
}

uint32_t net_number(const struct net *n, const struct rtm_address *address)
{
    struct rtm_address last = {{0}};

    if (!n->ipv6) return rtm_ipv4(address);
    memcpy(last.octets, address->octets + 12, 4);
    return rtm_ipv4(&last);
}

struct rtm_prefix net_prefix(const struct net *n, uint32_t address, uint32_t mask)
{
    struct rtm_address a = global(address);

    if (!n->ipv6) return rtm_prefix_ipv4(address, mask);
    return rtm_prefix_ipv6(&a, mask ? 32 + (unsigned)rtm_mask_length(mask) : 0);
}

void net_address(struct net_port *port, uint32_t address, uint32_t mask, uint32_t remote)
{
    struct ip_binding b = {.count = address ? 1 : 0,
                           .local = {{address, mask}},
                           .remote = remote,
                           .mtu = 1500,
                           .host_index = port->binding.host_index};

    if (port->net->ipv6 && address) {
        b.count6 = 2;
        b.local6[0].address = net_link_local(address);
        b.local6[0].length = 64;
        b.local6[1].address = global(address);
        b.local6[1].length = (uint8_t)(32 + rtm_mask_length(mask));
    }
    port->binding = b;
}

struct rip_if_config net_config(enum net_interface_type type)
{
    struct rip_if_config c;

    assert_int_equal(rip_if_decode(&c, type, NULL), ST_OK);
    return c;
}

struct rip_if_config net_config6(enum net_interface_type type)
{
    struct rip_if_config c;

    assert_int_equal(rip_form_if_decode(&ripng_form, &c, type, NULL), ST_OK);
    return c;
}

uint32_t net_metric(const struct net_router *r, uint32_t address, uint32_t mask)
{
    struct rtm_prefix prefix = net_prefix(r->net, address, mask);
    const struct rtm_route *route = rtm_best_exact(r->rtm, &prefix);

    return route ? route->metric : 0;
}

static bool count_one(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    (void)prefix, (void)route;
    ++*(size_t *)context;
    return true;
}

size_t net_learned(const struct net_router *r, uint32_t interface)
{
    size_t count = 0;

    rtm_walk_protocol(r->rtm, RIP_PROTOCOL_ID, interface, count_one, &count);
    return count;
}
