/* The end mark: a second question behind the request for the table.
 *
 * A neighbour answers a request for certain destinations with just these, whether it has routes to
 * them or not (RFC 2453 3.9.1). One that deals with a request to the end before it takes the next
 * one sends that answer right behind its table, over a link that keeps the order. So when the
 * table's last packet is full (a multiple of 25 routes), asking for a destination that nobody has
 * tells that the answer has ended. FRR does so; BIRD answers requests for whole tables only.
 *
 * Whether a neighbour works in this order is found out first, in a verification round: when silence
 * ends that, the mark must have been the last that came. Then it is trusted, for one thing only: a
 * first answer that brought exactly what was known before is over with the mark. Anything else
 * still waits for silence. Data behind a mark, or no mark at first, and the neighbour is not asked
 * for one again.
 *
 * The destinations are hosts in 127/8, which no router may spread; each request has its own, so
 * that a late answer is told from the one that is awaited. RIPng does without.
 */
#include "protocol/ripcore/ripcore.h"

#define LOOPBACK_NET 127u

/* A neighbour that ended its last answer with a full packet, and that can be trusted or tried. */
static bool is_worth_it(const struct rip_interface *i, const struct rip_peer *p)
{
    if (p->short_seen || p->mark == RIP_MARK_USELESS) return false;
    return p->mark == RIP_MARK_TRUSTED ||
           (i->update.round > 1 && i->update.most >= RIP_LONG_ANSWER);
}

uint32_t rip_mark_wanted(struct rip_interface *i)
{
    bool wanted = false;

    if (!i->rip->family->request_mark) return 0;
    for (const struct rip_peer *p = i->peers; p; p = p->hh.next)
        wanted = wanted || is_worth_it(i, p);
    if (!wanted || rip_target_all(i).version == 1) return 0; /* entries without masks */
    return LOOPBACK_NET << 24 | (i->rip->marks++ % 0xFFFFFEu + 1);
}

bool rip_is_mark(const struct rip_interface *i, const struct rip_packet *p, uint32_t *ret)
{
    const struct rip_family *f = i->rip->family;

    return f->read_mark && p->count == 1 && f->read_mark(p, ret);
}

bool rip_mark_came(struct rip_interface *i, struct rip_peer *peer)
{
    struct rip_update *u = &i->update;

    if (!u->datagrams || peer->update != u->id) return false;
    u->marked = true;
    if (peer->mark != RIP_MARK_TRUSTED) return false;
    peer->marked = true;
    return true;
}

void rip_mark_passed(struct rip_interface *i, struct rip_peer *peer)
{
    if (i->update.marked) peer->mark = RIP_MARK_USELESS;
    i->update.marked = peer->marked = false;
}

void rip_mark_straggler(struct rip_peer *peer)
{
    peer->mark = RIP_MARK_USELESS;
}

void rip_mark_settle(struct rip_interface *i)
{
    struct rip_update *u = &i->update;

    if (!u->mark || !u->datagrams) return; /* not asked for, or the request was lost */
    for (struct rip_peer *p = i->peers; p; p = p->hh.next) {
        if (p->update != u->id) continue;
        if (p->mark == RIP_MARK_UNTRIED) p->mark = u->marked ? RIP_MARK_TRUSTED : RIP_MARK_USELESS;
        p->marked = p->marked || (u->marked && p->mark == RIP_MARK_TRUSTED);
    }
}
