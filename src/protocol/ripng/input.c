/* What comes in packets of IPv6 (RFC 2080 2.4). */
#include "protocol/ripng/internal.h"

#define HOP_LIMIT 255u /* of what nobody has forwarded */

/* 2.4.2 asks for it where a packet went to the group. Nor is anything forwarded that goes to a
 * link-local address (RFC 4291 2.5.6): FRR answers with 64. */
static bool is_from_link(const struct protocol_datagram *d)
{
    return d->ttl == HOP_LIMIT || rtm_is_link_local(&d->destination6);
}

/* Requests are for diagnosis, too, so they may come from any address on the link (2.4.1). */
enum rip_drop ripng_parse(const struct rip_interface *i, struct rip_packet *ret,
                          const struct protocol_datagram *d)
{
    enum rip_drop reason = ripng_packet_parse(ret, d->data, d->size);

    if (reason != RIP_KEEP) return reason;
    /* One that had no room for a next hop with its entry is full, too. */
    ret->full = ret->count + 1 >= ripng_entries_room(i->binding.mtu);
    if (ret->command != RIP_RESPONSE) return RIP_KEEP;
    if (!rtm_is_link_local(&d->source6)) return RIP_DROP_SOURCE_SCOPE;
    return is_from_link(d) ? RIP_KEEP : RIP_DROP_HOP_LIMIT;
}

static enum rip_drop check_form(const struct ripng_entry *e, struct rtm_prefix *ret)
{
    if (e->metric < 1 || e->metric > RIP_INFINITY) return RIP_DROP_ENTRY_METRIC;
    if (e->length > 128) return RIP_DROP_ENTRY_LENGTH;
    *ret = rtm_prefix_ipv6(&e->address, e->length);
    if (!rip_is_same(&ret->address, &e->address)) return RIP_DROP_ENTRY_HOST_BITS;
    return ripng_is_destination(ret) ? RIP_KEEP : RIP_DROP_ENTRY_ADDRESS;
}

static bool is_own_network(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    for (uint32_t k = 0; k < i->binding.count6; k++) {
        const struct rtm_address *address = &i->binding.local6[k].address;
        struct rtm_prefix own = rtm_prefix_ipv6(address, i->binding.local6[k].length);

        if (own.length == prefix->length && rip_is_same(&own.address, &prefix->address))
            return true;
    }
    return prefix->length == 128 && ripng_is_own(i, &prefix->address);
}

static enum rip_drop check_policy(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct rip_if_config *c = &i->config;
    enum rip_drop reason;

    if (is_own_network(i, prefix)) return RIP_DROP_ENTRY_OWN_NETWORK;
    reason = rip_check_kind(i, prefix);
    if (reason != RIP_KEEP) return reason;
    return rip_ranges_pass6(c->accept_filter_mode, c->accept6, c->accept_count, &prefix->address)
               ? RIP_KEEP
               : RIP_DROP_ENTRY_FILTER;
}

/* 2.1.1: until the next one; any other than a link-local address means the sender. */
static void take_next_hop(struct rip_packet *p, const struct ripng_entry *e)
{
    p->has_next_hop = rtm_is_link_local(&e->address);
    p->next_hop = e->address;
}

enum rip_drop ripng_read(const struct rip_interface *i, const struct rtm_address *from,
                         struct rip_packet *p, struct rip_advert *ret)
{
    struct ripng_entry e = ripng_entry_read(p);
    enum rip_drop reason;

    if (e.metric == RIPNG_METRIC_NEXT_HOP) {
        take_next_hop(p, &e);
        return RIP_ENTRY_NONE;
    }
    *ret = (struct rip_advert){.metric = e.metric, .tag = e.tag, .next_hop = *from};
    reason = check_form(&e, &ret->prefix);
    if (reason == RIP_KEEP) reason = check_policy(i, &ret->prefix);
    if (reason != RIP_KEEP || !p->has_next_hop) return reason;
    if (ripng_is_own(i, &p->next_hop)) return RIP_DROP_ENTRY_NEXT_HOP;
    /* Behind a point-to-point link there is nobody else. */
    if (!ripng_is_point_to_point(i)) ret->next_hop = p->next_hop;
    return RIP_KEEP;
}

bool ripng_asks_for_table(const struct rip_packet *p)
{
    struct rip_packet look = *p;
    struct ripng_entry e = ripng_entry_read(&look);

    return rip_is_zero(&e.address) && e.length == 0 && e.metric == RIP_INFINITY;
}
