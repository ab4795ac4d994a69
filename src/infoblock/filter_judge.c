/* A list against a packet, as nft does it by the rules of router/rm/filter_rules.h. */
#include "infoblock/filters.h"

static bool same_masked(const uint8_t address[16], const uint8_t wanted[16], const uint8_t mask[16])
{
    bool same = true;

    for (unsigned n = 0; n < 16; n++) same = same && !((address[n] ^ wanted[n]) & mask[n]);
    return same;
}

static bool icmp_matches(const struct packet_filter *f, const struct packet_facts *p)
{
    const bool any_type = f->source_port >= FILTER_ICMP_ANY;
    const bool any_code = f->dest_port >= FILTER_ICMP_ANY;

    if (!p->has_ports) return any_type && any_code;
    return (any_type || f->source_port == p->source_port) &&
           (any_code || f->dest_port == p->dest_port);
}

static bool ports_match(const struct packet_filter *f, const struct packet_facts *p)
{
    const bool any_source = f->source_port == FILTER_PORT_ANY;
    const bool any_dest = f->dest_port == FILTER_PORT_ANY;

    if (!p->has_ports) return any_source && any_dest;
    return (any_source || f->source_port == p->source_port) &&
           (any_dest || f->dest_port == p->dest_port);
}

static bool protocol_matches(const struct packet_filter *f, const struct packet_facts *p)
{
    if (f->protocol == FILTER_PROTOCOL_ANY) return true;
    if (f->protocol != p->protocol) return false;
    switch (f->protocol) {
    case FILTER_PROTOCOL_ICMP:
    case FILTER_PROTOCOL_ICMPV6:
        return icmp_matches(f, p);
    case FILTER_PROTOCOL_TCP:
    case FILTER_PROTOCOL_UDP:
        return ports_match(f, p);
    default:
        return true;
    }
}

static bool filter_matches(const struct packet_filter *f, const struct packet_facts *p)
{
    return !(f->late & FILTER_LATE_ANY) && same_masked(p->source, f->source, f->source_mask) &&
           same_masked(p->dest, f->dest, f->dest_mask) && protocol_matches(f, p);
}

enum filter_action filter_list_judge(const struct filter_list *list, const struct packet_facts *p)
{
    for (uint32_t n = 0; n < list->count; n++) {
        struct packet_filter f = filter_at(list, n);

        if (filter_matches(&f, p))
            return list->otherwise == FILTER_DROP ? FILTER_FORWARD : FILTER_DROP;
    }
    return list->otherwise;
}
