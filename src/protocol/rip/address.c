/* Which addresses of IPv4 are whose. */
#include "protocol/rip/internal.h"

bool rip_is_bound_ipv4(const struct ip_binding *b)
{
    return b->count > 0;
}

bool rip_is_same_binding_ipv4(const struct ip_binding *a, const struct ip_binding *b)
{
    if (a->count != b->count || a->remote != b->remote || a->host_index != b->host_index)
        return false;
    for (uint32_t k = 0; k < a->count; k++)
        if (a->local[k].address != b->local[k].address || a->local[k].mask != b->local[k].mask)
            return false;
    return true;
}

bool rip_is_own_ipv4(const struct rip_interface *i, uint32_t address)
{
    for (uint32_t k = 0; k < i->binding.count; k++)
        if (i->binding.local[k].address == address) return true;
    return false;
}

bool rip_is_own(const struct rip_interface *i, const struct rtm_address *address)
{
    return rip_is_own_ipv4(i, rtm_ipv4(address));
}

bool rip_is_point_to_point(const struct rip_interface *i)
{
    return i->binding.remote != 0 ||
           (i->binding.count == 1 && i->binding.local[0].mask >= 0xFFFFFFFCu);
}

static bool is_host_of(uint32_t address, uint32_t network, uint32_t mask)
{
    uint32_t rest = address & ~mask;

    if ((address ^ network) & mask) return false;
    return mask >= 0xFFFFFFFEu || (rest != 0 && rest != ~mask);
}

bool rip_is_on_link_ipv4(const struct rip_interface *i, uint32_t address)
{
    const struct ip_binding *b = &i->binding;

    if (address == 0 || address >= 0xE0000000u) return false;
    if (b->remote && address == b->remote) return true;
    for (uint32_t k = 0; k < b->count; k++)
        if (is_host_of(address, b->local[k].address, b->local[k].mask)) return true;
    /* A dialled link whose far end did not tell its address: whoever speaks there is it. */
    return i->type == NET_DEMAND_DIAL && !b->remote && b->count == 1 &&
           b->local[0].mask == UINT32_MAX;
}

bool rip_is_on_link(const struct rip_interface *i, const struct rtm_address *address)
{
    return rip_is_on_link_ipv4(i, rtm_ipv4(address));
}

/* Entries that no router may spread (RFC 2453 3.9.2; RFC 1812 5.3.7). */
bool rip_is_destination(const struct rtm_prefix *prefix)
{
    uint32_t net = prefix->address.octets[0];

    if (net == 0) return !rtm_ipv4(&prefix->address) && prefix->length == 0;
    return net != 127 && net < 224;
}

bool rip_is_filtered(const struct rip_global_config *g, const struct rtm_address *source)
{
    return !rip_filter_passes(g->filter_mode, g->filter, g->filter_count, rtm_ipv4(source));
}
