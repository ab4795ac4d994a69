/* Datagrams come in here: RFC 2453 3.9, with the order of checks cheap and general first.
 *
 * Everything is checked as if sent by an enemy: who sent it (never ourselves, always a neighbour on
 * the link), how (port, version, authentication), and each entry for itself, so that one bad entry
 * does not cost the others. What is ignored is counted (drop.h).
 */
#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

enum rip_drop rip_check_kind(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct rip_if_config *c = &i->config;

    if (prefix->length == 8 * (unsigned)i->rip->family->family && !(c->flags & RIP_ACCEPT_HOST))
        return RIP_DROP_ENTRY_HOST_ROUTE;
    if (prefix->length == 0 && !(c->flags & RIP_ACCEPT_DEFAULT))
        return RIP_DROP_ENTRY_DEFAULT_ROUTE;
    return RIP_KEEP;
}

static enum rip_drop take_entry(struct rip_interface *i, const struct rtm_address *from,
                                struct rip_peer *peer, struct rip_packet *p)
{
    struct rip_advert e = {.metric = 0};
    enum rip_drop reason = i->rip->family->read(i, from, p, &e);

    if (peer && reason != RIP_ENTRY_NONE) peer->tag = e.tag;
    if (reason == RIP_DROP_ENTRY_NEXT_HOP) { /* its way is through us now: it has none for us */
        e.metric = RIP_INFINITY;
        (void)rip_learn(i, from, peer, &e);
    }
    if (reason != RIP_KEEP) return reason;
    e.metric += i->config.metric;
    if (e.metric > RIP_INFINITY) e.metric = RIP_INFINITY;
    return rip_learn(i, from, peer, &e);
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
    const struct rtm_address from = rip_source(d);
    uint32_t mark;

    i->stats.responses_received++;
    if (i->rip->marks && rip_is_mark(i, p, &mark)) {
        rip_update_marked(i, peer, d, mark);
        return;
    }
    rip_update_heard(i, peer, d, p->full);
    for (unsigned k = p->count; k > 0; k--) {
        enum rip_drop reason = take_entry(i, &from, peer, p);

        i->rip->work++;
        if (reason >= RIP_KEEP) continue;
        if (is_shortage(reason)) i->update.out_of_memory = true;
        rip_drop(i, peer, reason, d);
    }
    rip_update_taken(i);
}

static enum rip_drop check_response(struct rip_interface *i, const struct protocol_datagram *d)
{
    const struct rtm_address source = rip_source(d);

    if (d->source_port != i->rip->system->port) return RIP_DROP_SOURCE_PORT;
    if (i->config.accept_mode == RIP_OFF) return RIP_DROP_ACCEPT_OFF;
    if (i->rip->family->is_filtered(&i->rip->config, &source)) return RIP_DROP_PEER_FILTER;
    if (i->config.update_mode == RIP_DEMAND && !rip_update_listens(i)) return RIP_DROP_NOT_ASKED;
    return RIP_KEEP;
}

/* A part of an answer that was believed to have ended. */
static void note_straggler(const struct rip_interface *i, struct rip_peer *peer,
                           const struct rip_packet *p, const struct protocol_datagram *d)
{
    const struct rtm_address destination = rip_destination(d);
    uint32_t mark;

    if (i->rip->family->is_own(i, &destination) && !rip_is_mark(i, p, &mark))
        rip_mark_straggler(peer);
}

static struct rip_target asker(const struct rip_interface *i, const struct rip_packet *p,
                               const struct protocol_datagram *d)
{
    struct rip_target target = {.one = true,
                                .address = rip_source(d),
                                .source = rip_destination(d),
                                .port = d->source_port,
                                .version = i->rip->family->version(i, p)};

    if (!i->rip->family->is_own(i, &target.source)) target.source = (struct rtm_address){{0}};
    return target;
}

static enum rip_drop take_request(struct rip_interface *i, struct rip_packet *p,
                                  const struct protocol_datagram *d)
{
    const struct rip_family *f = i->rip->family;
    struct rip_target target;

    i->stats.requests_received++;
    if (i->config.announce_mode == RIP_OFF) return RIP_DROP_ANNOUNCE_OFF;
    if (p->count == 0) return RIP_DROP_REQUEST_EMPTY;
    target = asker(i, p, d);
    if (p->count == 1 && f->asks_for_table(p)) {
        return rip_table_start(i, &target) ? RIP_KEEP : RIP_DROP_REQUEST_BUSY;
    }
    if (!rip_table_defer(i, &target, p)) f->answer_entries(i, p, &target);
    return RIP_KEEP;
}

static enum rip_drop check_sender(const struct rip_interface *i, const struct rtm_address *source)
{
    const struct rip_family *f = i->rip->family;

    if (!i->active) return RIP_DROP_INACTIVE;
    if (f->is_own(i, source)) return RIP_DROP_OWN_PACKET;
    return f->is_on_link(i, source) ? RIP_KEEP : RIP_DROP_OFF_LINK;
}

/* Remembers the sender of what is fine so far: NULL if it can't be. */
static struct rip_peer *heard(struct rip_interface *i, struct rip_peer *peer,
                              const struct rtm_address *source, const struct rip_packet *packet,
                              enum rip_drop *reason)
{
    const struct rip_family *f = i->rip->family;

    if (*reason != RIP_KEEP) return peer;
    if (!peer) peer = rip_peer_make(i, source);
    if (f->check) *reason = f->check(i, packet, peer);
    if (*reason == RIP_KEEP && peer) {
        peer->heard = rip_now(i->rip);
        peer->version = packet->version;
    }
    return peer;
}

void rip_input(struct protocol_instance *p, const struct protocol_datagram *d)
{
    struct rip_interface *i = rip_interface_find(p, d->interface);
    const struct rtm_address source = rip_source(d);
    struct rip_packet packet = {0};
    struct rip_peer *peer;
    enum rip_drop reason;

    if (!i) {
        p->drops[RIP_DROP_NO_INTERFACE]++;
        return;
    }
    peer = rip_peer_find(i, &source);
    reason = check_sender(i, &source);
    if (reason == RIP_KEEP) reason = p->family->parse(i, &packet, d);
    if (reason == RIP_KEEP && packet.command == RIP_RESPONSE) reason = check_response(i, d);
    if (reason == RIP_DROP_NOT_ASKED && peer) note_straggler(i, peer, &packet, d);
    peer = heard(i, peer, &source, &packet, &reason);
    if (reason == RIP_KEEP && packet.command == RIP_REQUEST)
        reason = take_request(i, &packet, d);
    else if (reason == RIP_KEEP)
        take_response(i, peer, &packet, d);
    if (reason != RIP_KEEP) rip_drop(i, peer, reason, d);
}
