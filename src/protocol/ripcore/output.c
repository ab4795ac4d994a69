/* Datagrams leave from here, and announcements of routes are made (RFC 2453 3.10).
 *
 * What is announced is RTM's best route of each destination, whatever protocol it is of, and for a
 * while the destinations that went. An announcement fills its packet entry by entry and sends it
 * whenever it is full, so several interfaces can be fed from one pass over the changes, and the
 * pass can be made in portions.
 */
#include "protocol/ripcore/ripcore.h"

struct rip_target rip_target_all(const struct rip_interface *i)
{
    return (struct rip_target){.port = i->rip->system->port,
                               .version = i->rip->family->version(i, NULL)};
}

void rip_send_datagram(struct rip_interface *i, struct protocol_datagram *d)
{
    const struct protocol_system *system = i->rip->system;

    d->interface = i->index;
    d->host_index = i->binding.host_index;
    if (system->send(system->context, d) != ST_OK) i->stats.send_failures++;
}

void rip_count_request(struct rip_interface *i)
{
    i->stats.requests_sent++;
}

void rip_count_response(struct rip_interface *i)
{
    i->stats.responses_sent++;
    i->rip->responses_sent++;
}

/* ---- metrics --------------------------------------------------------------------------------- */

/* Metrics of other protocols mean something else; what fits is taken, the rest is one hop. */
static uint32_t metric_of(const struct rtm_route *route)
{
    if (route->protocol == RIP_PROTO_LOCAL || route->metric == 0 || route->metric >= RIP_INFINITY)
        return 1;
    return route->metric;
}

static bool passes_filter(const struct rip_if_config *c, const struct rtm_address *address,
                          bool ipv6)
{
    if (ipv6)
        return rip_ranges_pass6(c->announce_filter_mode, c->announce6, c->announce_count, address);
    return rip_ranges_pass(c->announce_filter_mode, c->announce, c->announce_count,
                           rtm_ipv4(address));
}

static bool may_announce(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct rip_family *f = i->rip->family;
    const struct rip_if_config *c = &i->config;

    if (!f->is_destination(prefix)) return false;
    if (prefix->length == 8 * (unsigned)f->family && !(c->flags & RIP_ANNOUNCE_HOST)) return false;
    if (prefix->length == 0 && !(c->flags & RIP_ANNOUNCE_DEFAULT)) return false;
    return passes_filter(c, &prefix->address, f->form->ipv6);
}

/* Split horizon (RFC 2453 3.4.3): what is reached over an interface is not announced there, or as
 * unreachable. The network of the interface itself is known to all who are on it. */
uint32_t rip_announced_metric(const struct rip_interface *i, const struct rtm_prefix *prefix,
                              const struct rtm_route *route, bool split_horizon)
{
    uint32_t flags = i->config.flags;

    if (!may_announce(i, prefix)) return 0;
    if (!route) return RIP_INFINITY;
    if (!split_horizon || route->interface != i->index ||
        !(flags & (RIP_SPLIT_HORIZON | RIP_POISON_REVERSE)))
        return metric_of(route);
    return flags & RIP_POISON_REVERSE && route->protocol != RIP_PROTO_LOCAL ? RIP_INFINITY : 0;
}

uint32_t rip_asked_metric(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct rtm_route *route = rtm_best_exact(i->rip->support->rtm, prefix);
    uint32_t metric = route ? rip_announced_metric(i, prefix, route, false) : RIP_INFINITY;

    return metric ? metric : RIP_INFINITY;
}

/* ---- announcements --------------------------------------------------------------------------- */

static void flush(struct rip_interface *i, struct rip_announcement *a)
{
    i->rip->family->send(i, a->out, &a->target);
    a->entries = 0;
    a->packets++;
    rip_count_response(i);
}

/* What is unreachable has no next hop: FRR's ripd takes it for another router's word where one is
 * named, and goes on believing what we said before. */
void rip_announce_entry(struct rip_interface *i, struct rip_announcement *a, struct rip_advert *e)
{
    const struct rip_family *f = i->rip->family;

    if (a->content == RIP_FAREWELL) e->metric = RIP_INFINITY;
    if (e->metric == RIP_INFINITY) e->next_hop = (struct rtm_address){{0}};
    if (a->entries == 0) f->begin(i, a);
    f->put(i, a, e);
    a->entries++;
    if (f->is_full(a)) flush(i, a);
}

void rip_announce_begin(struct rip_interface *i, struct rip_announcement *a,
                        const struct rip_target *target, enum rip_content content)
{
    a->target = *target;
    a->content = content;
    a->packets = 0;
    a->entries = 0;
    a->open = true;
    if (i->rip->family->instead) i->rip->family->instead_begin(a);
}

void rip_announce_one(struct rip_interface *i, struct rip_announcement *a,
                      const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    const struct rip_family *f = i->rip->family;
    uint32_t metric = rip_announced_metric(i, prefix, route, true);
    struct rip_advert e = {.prefix = *prefix, .metric = metric, .tag = i->config.tag};

    i->rip->work++;
    if (!metric || (f->instead && f->instead(i, a, prefix))) return;
    if (route && route->protocol == f->protocol_id) e.tag = (uint16_t)route->tag;
    if (route && route->interface == i->index) { /* RFC 2453 4.4: the better way there */
        e.next_hop = route->next_hop;
    }
    rip_announce_entry(i, a, &e);
}

bool rip_announce_choked(const struct rip_interface *i, const struct rip_announcement *a)
{
    const struct rip_family *f = i->rip->family;

    return f->instead && f->instead_waits(a);
}

bool rip_announce_rest(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                       unsigned most)
{
    const struct rip_family *f = i->rip->family;

    return !f->instead || f->instead_tell(i, a, looked, most);
}

/* Who asked gets an answer, even when there is nothing to tell. */
void rip_announce_end(struct rip_interface *i, struct rip_announcement *a)
{
    const struct rip_family *f = i->rip->family;
    bool answers = a->target.one && !a->packets;

    if (f->instead) f->instead_end(i, a); /* of a farewell that is cut short */
    a->open = false;
    if (a->entries == 0 && answers) {
        f->begin(i, a);
    } else if (a->entries == 0) {
        return;
    }
    flush(i, a);
}
