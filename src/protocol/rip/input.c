/* Datagrams come in here: RFC 2453 3.9, with the order of checks cheap and general first.
 *
 * Everything is checked as if sent by an enemy: who sent it (never ourselves, always a neighbour on
 * the link), how (port, version, authentication), and each entry for itself, so that one bad entry
 * does not cost the others. What is ignored is counted (drop.h).
 */
#include "base/trace.h"
#include "protocol/rip/internal.h"

uint32_t rip_class_mask(uint32_t address)
{
    if (address < 0x80000000u) return 0xFF000000u;
    return address < 0xC0000000u ? 0xFFFF0000u : 0xFFFFFF00u;
}

/* The mask that the link's own subnets of that class network have; the network's when there are
 * none. A link that spans several class networks tells nothing about subnets of one. */
static uint32_t subnet_mask(const struct rip_interface *i, uint32_t address, uint32_t class_mask)
{
    for (uint32_t k = 0; k < i->binding.count; k++) {
        uint32_t mask = i->binding.local[k].mask;

        if (((i->binding.local[k].address ^ address) & class_mask) == 0 && mask > class_mask) {
            return mask;
        }
    }
    return class_mask;
}

uint32_t rip_implied_mask(const struct rip_interface *i, uint32_t address)
{
    uint32_t class_mask = rip_class_mask(address), mask;

    if (address == 0) return 0;
    if ((address & ~class_mask) == 0) return class_mask;
    mask = subnet_mask(i, address, class_mask);
    return address & ~mask ? UINT32_MAX : mask;
}

/* Entries that no router may spread (RFC 2453 3.9.2; RFC 1812 5.3.7). */
bool rip_is_destination(uint32_t address, uint32_t mask)
{
    uint32_t net = address >> 24;

    if (net == 0) return address == 0 && mask == 0;
    return net != 127 && net < 224;
}

static enum rip_drop check_form(const struct rip_interface *i, const struct rip_packet *p,
                                struct rip_entry *e)
{
    if (e->family != RIP_FAMILY_IPV4) return RIP_DROP_ENTRY_FAMILY;
    if (e->metric < 1 || e->metric > RIP_INFINITY) return RIP_DROP_ENTRY_METRIC;
    if (p->version == 1 || (e->mask == 0 && e->address != 0))
        e->mask = rip_implied_mask(i, e->address);
    if (rtm_mask_length(e->mask) < 0) return RIP_DROP_ENTRY_MASK;
    if (!rip_is_destination(e->address, e->mask)) return RIP_DROP_ENTRY_ADDRESS;
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

static enum rip_drop check_policy(const struct rip_interface *i, const struct rip_entry *e)
{
    const struct rip_if_config *c = &i->config;

    if (is_own_network(i, e)) return RIP_DROP_ENTRY_OWN_NETWORK;
    if (e->mask == UINT32_MAX && !(c->flags & RIP_ACCEPT_HOST)) return RIP_DROP_ENTRY_HOST_ROUTE;
    if (e->mask == 0 && !(c->flags & RIP_ACCEPT_DEFAULT)) return RIP_DROP_ENTRY_DEFAULT_ROUTE;
    if (!rip_ranges_pass(c->accept_filter_mode, c->accept, c->accept_count, e->address))
        return RIP_DROP_ENTRY_FILTER;
    return e->next_hop && rip_is_own(i, e->next_hop) ? RIP_DROP_ENTRY_NEXT_HOP : RIP_KEEP;
}

static enum rip_drop take_entry(struct rip_interface *i, uint32_t from, struct rip_peer *peer,
                                const struct rip_packet *p, struct rip_entry *e)
{
    enum rip_drop reason = check_form(i, p, e);

    if (reason == RIP_KEEP) reason = check_policy(i, e);
    if (reason == RIP_DROP_ENTRY_NEXT_HOP) { /* its way is through us now: it has none for us */
        e->metric = RIP_INFINITY;
        (void)rip_learn(i, from, peer, e);
    }
    if (reason != RIP_KEEP) return reason;
    /* RFC 2453 4.4; behind a point-to-point link there is nobody else. */
    if (e->next_hop == 0 || rip_is_point_to_point(i) || !rip_on_link(i, e->next_hop))
        e->next_hop = from;
    e->metric += i->config.metric;
    if (e->metric > RIP_INFINITY) e->metric = RIP_INFINITY;
    return rip_learn(i, from, peer, e);
}

/* Whether an answer with such an entry is not complete. */
static bool is_shortage(enum rip_drop reason)
{
    return reason == RIP_DROP_ENTRY_NO_MEMORY || reason == RIP_DROP_ENTRY_LIMIT ||
           reason == RIP_DROP_ENTRY_NEIGHBOUR_LIMIT;
}

static void take_response(struct rip_interface *i, struct rip_peer *peer, struct rip_packet *p,
                          const struct protocol_datagram *d)
{
    uint32_t mark;
    unsigned room;

    i->stats.responses_received++;
    if (i->rip->marks && rip_mark_read(p, &mark)) {
        rip_update_marked(i, peer, d, mark);
        return;
    }
    room = rip_entries_room(i->config.auth_type);
    rip_update_heard(i, peer, d, p->count >= room);
    for (unsigned k = p->count; k > 0; k--) {
        struct rip_entry e = rip_entry_read(p);
        enum rip_drop reason;
        if (peer) peer->tag = e.tag;
        reason = take_entry(i, d->source, peer, p, &e);
        i->rip->work++;
        if (reason == RIP_KEEP) continue;
        if (is_shortage(reason)) i->update.out_of_memory = true;
        rip_drop(i, peer, reason, d);
    }
    rip_update_taken(i);
}

static enum rip_drop check_response(struct rip_interface *i, const struct protocol_datagram *d)
{
    const struct rip_global_config *g = &i->rip->config;

    if (d->source_port != i->rip->system->port) return RIP_DROP_SOURCE_PORT;
    if (i->config.accept_mode == RIP_OFF) return RIP_DROP_ACCEPT_OFF;
    if (!rip_filter_passes(g->filter_mode, g->filter, g->filter_count, d->source))
        return RIP_DROP_PEER_FILTER;
    if (i->config.update_mode == RIP_DEMAND && !rip_update_listens(i)) return RIP_DROP_NOT_ASKED;
    return RIP_KEEP;
}

/* A part of an answer that was believed to have ended. */
static void note_straggler(const struct rip_interface *i, struct rip_peer *peer,
                           const struct rip_packet *p, const struct protocol_datagram *d)
{
    uint32_t mark;

    if (rip_is_own(i, d->destination) && !rip_mark_read(p, &mark)) rip_mark_straggler(peer);
}

void rip_answer_entries(struct rip_interface *i, struct rip_packet *p,
                        const struct rip_target *target)
{
    struct rip_builder *b = &i->out;

    rip_build(b, RIP_RESPONSE, target->version, &i->auth, rip_next_sequence(i->rip));
    for (unsigned k = p->count; k > 0 && b->entries < b->room; k--) {
        struct rip_entry e = rip_entry_read(p);
        uint32_t mask = p->version == 1 ? rip_implied_mask(i, e.address) : e.mask;
        struct rtm_prefix prefix = rtm_prefix_ipv4(e.address, mask);
        const struct rtm_route *route = NULL;
        if (e.family == RIP_FAMILY_IPV4 && !(e.address & ~mask))
            route = rtm_best_exact(i->rip->support->rtm, &prefix);
        e.metric = route ? rip_announced_metric(i, &prefix, route, false) : RIP_INFINITY;
        if (e.metric == 0) e.metric = RIP_INFINITY;
        rip_build_entry(b, &e);
    }
    rip_send(i, b, target);
    i->stats.responses_sent++;
    i->rip->responses_sent++;
}

static enum rip_drop take_request(struct rip_interface *i, struct rip_packet *p,
                                  const struct protocol_datagram *d)
{
    struct rip_target target;
    struct rip_packet look;
    struct rip_entry e;

    i->stats.requests_received++;
    if (i->config.announce_mode == RIP_OFF) return RIP_DROP_ANNOUNCE_OFF;
    if (p->count == 0) return RIP_DROP_REQUEST_EMPTY;
    target = (struct rip_target){.address = d->source,
                                 .port = d->source_port,
                                 .source = rip_is_own(i, d->destination) ? d->destination : 0,
                                 .version =
                                     p->version == 1 || i->config.announce_mode == RIP_V1 ? 1 : 2};
    look = *p;
    e = rip_entry_read(&look);
    if (p->count == 1 && e.family == 0 && e.metric == RIP_INFINITY) {
        return rip_table_start(i, &target) ? RIP_KEEP : RIP_DROP_REQUEST_BUSY;
    }
    if (!rip_table_defer(i, &target, p)) rip_answer_entries(i, p, &target);
    return RIP_KEEP;
}

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
static enum rip_drop check_sequence(struct rip_interface *i, const struct rip_packet *p,
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

static enum rip_drop check_sender(const struct rip_interface *i, const struct protocol_datagram *d)
{
    if (!i->active) return RIP_DROP_INACTIVE;
    if (rip_is_own(i, d->source)) return RIP_DROP_OWN_PACKET;
    return rip_on_link(i, d->source) ? RIP_KEEP : RIP_DROP_OFF_LINK;
}

void rip_input(struct protocol_instance *p, const struct protocol_datagram *d)
{
    struct rip_interface *i = rip_interface_find(p, d->interface);
    struct rip_packet packet = {0};
    struct rip_peer *peer;
    enum rip_drop reason;

    if (!i) {
        p->drops[RIP_DROP_NO_INTERFACE]++;
        return;
    }
    peer = rip_peer_find(i, d->source);
    reason = check_sender(i, d);
    if (reason == RIP_KEEP) reason = rip_packet_parse(&packet, d->data, d->size, &i->auth);
    if (reason == RIP_KEEP && !version_accepted(i, &packet)) reason = RIP_DROP_VERSION;
    if (reason == RIP_KEEP && packet.command == RIP_RESPONSE) reason = check_response(i, d);
    if (reason == RIP_DROP_NOT_ASKED && peer) note_straggler(i, peer, &packet, d);
    if (reason == RIP_KEEP) {
        if (!peer) peer = rip_peer_make(i, d->source);
        reason = check_sequence(i, &packet, peer);
    }
    if (reason == RIP_KEEP && peer) {
        peer->heard = rip_now(p);
        peer->version = packet.version;
    }
    if (reason == RIP_KEEP && packet.command == RIP_REQUEST)
        reason = take_request(i, &packet, d);
    else if (reason == RIP_KEEP)
        take_response(i, peer, &packet, d);
    if (reason != RIP_KEEP) rip_drop(i, peer, reason, d);
}
