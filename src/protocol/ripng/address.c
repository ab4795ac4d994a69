/* Which addresses of IPv6 are whose. */
#include "protocol/ripng/internal.h"

#define MULTICAST 0xFFu

/* Neighbours know a router by its link-local address. */
bool ripng_is_bound(const struct ip_binding *b)
{
    for (uint32_t k = 0; k < b->count6; k++)
        if (rtm_is_link_local(&b->local6[k].address)) return true;
    return false;
}

bool ripng_is_same_binding(const struct ip_binding *a, const struct ip_binding *b)
{
    return a->host_index == b->host_index && ip_binding_same_ipv6(a, b);
}

bool ripng_is_own(const struct rip_interface *i, const struct rtm_address *address)
{
    for (uint32_t k = 0; k < i->binding.count6; k++)
        if (rip_is_same(&i->binding.local6[k].address, address)) return true;
    return false;
}

static bool is_in_network(const struct rip_interface *i, const struct rtm_address *address)
{
    for (uint32_t k = 0; k < i->binding.count6; k++) {
        struct rtm_prefix own =
            rtm_prefix_ipv6(&i->binding.local6[k].address, i->binding.local6[k].length);
        struct rtm_prefix its = rtm_prefix_ipv6(address, own.length);

        if (rip_is_same(&own.address, &its.address)) return true;
    }
    return false;
}

bool ripng_is_on_link(const struct rip_interface *i, const struct rtm_address *address)
{
    if (rip_is_zero(address) || address->octets[0] == MULTICAST) return false;
    return rtm_is_link_local(address) || is_in_network(i, address);
}

/* What the addresses of either family say of the link. A length of 128 says nothing: that is how
 * DHCPv6 gives them. */
bool ripng_is_point_to_point(const struct rip_interface *i)
{
    const struct ip_binding *b = &i->binding;

    if (b->remote || (b->count == 1 && b->local[0].mask >= 0xFFFFFFFCu)) return true;
    for (uint32_t k = 0; k < b->count6; k++)
        if (b->local6[k].length == 126 || b->local6[k].length == 127) return true;
    return false;
}

/* RFC 2080 2.4.2: neither multicast nor link-local; nor what each host has for itself. */
bool ripng_is_destination(const struct rtm_prefix *prefix)
{
    static const struct rtm_address loopback = {{[15] = 1}};

    if (prefix->address.octets[0] == MULTICAST || rtm_is_link_local(&prefix->address)) return false;
    if (prefix->length < 128) return true;
    return !rip_is_zero(&prefix->address) && !rip_is_same(&prefix->address, &loopback);
}

bool ripng_is_filtered(const struct rip_global_config *g, const struct rtm_address *source)
{
    return !rip_filter_passes6(g->filter_mode, g->filter6, g->filter_count, source);
}
