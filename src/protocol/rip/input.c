/* What comes in packets of IPv4. */
#include "protocol/rip/internal.h"

static enum rip_drop check_form(const struct rip_interface *i, const struct rip_packet *p,
                                struct rip_entry *e)
{
    struct rtm_prefix prefix;

    if (e->family != RIP_FAMILY_IPV4) return RIP_DROP_ENTRY_FAMILY;
    if (e->metric < 1 || e->metric > RIP_INFINITY) return RIP_DROP_ENTRY_METRIC;
    if (p->version == 1 || (e->mask == 0 && e->address != 0))
        e->mask = rip_implied_mask(i, e->address);
    if (rtm_mask_length(e->mask) < 0) return RIP_DROP_ENTRY_MASK;
    prefix = (struct rtm_prefix){rtm_address_ipv4(e->address), (uint8_t)rtm_mask_length(e->mask)};
    if (!rip_is_destination(&prefix)) return RIP_DROP_ENTRY_ADDRESS;
    return e->address & ~e->mask ? RIP_DROP_ENTRY_HOST_BITS : RIP_KEEP;
}

static bool is_own_network(const struct rip_interface *i, const struct rip_entry *e)
{
    for (uint32_t k = 0; k < i->binding.count; k++) {
        uint32_t mask = i->binding.local[k].mask, address = i->binding.local[k].address;
        if ((e->mask == mask && e->address == (address & mask)) ||
            (e->mask == UINT32_MAX && e->address == address))
            return true;
    }
    return false;
}

static enum rip_drop check_policy(const struct rip_interface *i, const struct rip_entry *e,
                                  const struct rtm_prefix *prefix)
{
    const struct rip_if_config *c = &i->config;
    enum rip_drop reason;

    if (is_own_network(i, e)) return RIP_DROP_ENTRY_OWN_NETWORK;
    reason = rip_check_kind(i, prefix);
    if (reason != RIP_KEEP) return reason;
    if (!rip_ranges_pass(c->accept_filter_mode, c->accept, c->accept_count, e->address))
        return RIP_DROP_ENTRY_FILTER;
    return e->next_hop && rip_is_own_ipv4(i, e->next_hop) ? RIP_DROP_ENTRY_NEXT_HOP : RIP_KEEP;
}

enum rip_drop rip_read(const struct rip_interface *i, const struct rtm_address *from,
                       struct rip_packet *p, struct rip_advert *ret)
{
    struct rip_entry e = rip_entry_read(p);
    enum rip_drop reason = check_form(i, p, &e);

    *ret = (struct rip_advert){.metric = e.metric, .tag = e.tag};
    if (reason != RIP_KEEP) return reason;
    ret->prefix = rtm_prefix_ipv4(e.address, e.mask);
    reason = check_policy(i, &e, &ret->prefix);
    /* RFC 2453 4.4; behind a point-to-point link there is nobody else. */
    if (e.next_hop == 0 ||
        (reason == RIP_KEEP && (rip_is_point_to_point(i) || !rip_is_on_link_ipv4(i, e.next_hop))))
        ret->next_hop = *from;
    else
        ret->next_hop = rtm_address_ipv4(e.next_hop);
    return reason;
}

bool rip_asks_for_table(const struct rip_packet *p)
{
    struct rip_packet look = *p;
    struct rip_entry e = rip_entry_read(&look);

    return e.family == 0 && e.metric == RIP_INFINITY;
}

/* ---- packets --------------------------------------------------------------------------------- */

static bool version_accepted(const struct rip_interface *i, const struct rip_packet *p)
{
    switch (i->config.accept_mode) {
    case RIP_V1:
        return p->version == 1;
    case RIP_V2:
        return p->version >= 2;
    default:
        return true; /* compatible; and requests are taken where no response is */
    }
}

/* RFC 2082 3.2.2: never lower than the last, unless the neighbour has been silent for as long as
 * its routes would have lived. */
enum rip_drop rip_check_sequence(struct rip_interface *i, const struct rip_packet *p,
                                 struct rip_peer *peer)
{
    msec now;

    if (!p->sequenced) return RIP_KEEP;
    if (!peer) return RIP_DROP_NO_MEMORY;
    now = rip_now(i->rip);
    if (peer->sequenced && p->sequence < peer->sequence &&
        now - peer->heard < i->config.expiration * RIP_SECOND)
        return RIP_DROP_AUTH_SEQUENCE;
    peer->sequenced = true;
    peer->sequence = p->sequence;
    return RIP_KEEP;
}

enum rip_drop rip_parse(const struct rip_interface *i, struct rip_packet *ret,
                        const struct protocol_datagram *d)
{
    enum rip_drop reason = rip_packet_parse(ret, d->data, d->size, &i->auth);

    ret->full = ret->count >= rip_entries_room(i->config.auth_type);
    return reason == RIP_KEEP && !version_accepted(i, ret) ? RIP_DROP_VERSION : reason;
}
