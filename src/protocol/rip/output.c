/* Datagrams leave from here: requests, and announcements of routes (RFC 2453 3.10).
 *
 * What is announced is RTM's best route of each destination, whatever protocol it is of, and for a
 * while the destinations that went. An announcement fills its packet buffer entry by entry and
 * sends it whenever it is full, so several interfaces can be fed from one pass over the changes,
 * and the pass can be made in portions.
 *
 * Version 1 can't tell masks. There, and where IC_ProtocolFlags asks for it in version 2, the
 * subnets of a network that the interface is not on are announced as that network, once, with the
 * metric of the nearest subnet.
 */
#include "protocol/rip/internal.h"

uint32_t rip_next_sequence(struct protocol_instance *p)
{
    uint32_t now = p->system->unix_time(p->system->context);

    if (now > p->sequence) p->sequence = now;
    return p->sequence;
}

struct rip_target rip_target_all(const struct rip_interface *i)
{
    uint32_t mode = i->config.announce_mode ? i->config.announce_mode : i->config.accept_mode;

    return (struct rip_target){.port = i->rip->system->port, .version = mode == RIP_V1 ? 1 : 2};
}

static void send_one(struct rip_interface *i, uint32_t source, uint32_t destination, uint16_t port,
                     const void *data, size_t size)
{
    const struct protocol_system *system = i->rip->system;
    struct protocol_datagram d = {.interface = i->index,
                                  .host_index = i->binding.host_index,
                                  .source = source,
                                  .destination = destination,
                                  .destination_port = port,
                                  .ttl = destination == RIP_GROUP ? 1 : 0,
                                  .data = data,
                                  .size = size};

    if (system->send(system->context, &d) != ST_OK) i->stats.send_failures++;
}

/* Our address on the network of a neighbour. */
static uint32_t source_for(const struct rip_interface *i, uint32_t destination)
{
    for (uint32_t k = 0; k < i->binding.count; k++)
        if (((i->binding.local[k].address ^ destination) & i->binding.local[k].mask) == 0)
            return i->binding.local[k].address;
    return i->binding.local[0].address;
}

static uint32_t broadcast_of(const struct ip_binding *b, uint32_t k)
{
    if (b->remote) return b->remote;
    return b->local[k].mask >= 0xFFFFFFFEu ? UINT32_MAX : b->local[k].address | ~b->local[k].mask;
}

/* Whether an address before the k-th is on the same network: its neighbours have heard. */
static bool is_repetition(const struct ip_binding *b, uint32_t k)
{
    for (uint32_t j = 0; j < k; j++)
        if (b->local[j].mask == b->local[k].mask &&
            ((b->local[j].address ^ b->local[k].address) & b->local[k].mask) == 0)
            return true;
    return false;
}

static void send_all(struct rip_interface *i, uint16_t port, const void *data, size_t size)
{
    const struct rip_if_config *c = &i->config;
    const struct ip_binding *b = &i->binding;
    uint32_t mode = c->announce_mode ? c->announce_mode : c->accept_mode;

    for (uint32_t k = 0; k < b->count && c->peer_mode != RIP_PEERS_ONLY; k++)
        if (!is_repetition(b, k))
            send_one(i, b->local[k].address, mode == RIP_V2 ? RIP_GROUP : broadcast_of(b, k), port,
                     data, size);
    for (uint32_t k = 0; k < c->peer_count && c->peer_mode != RIP_PEERS_OFF; k++)
        send_one(i, source_for(i, c->peers[k]), c->peers[k], port, data, size);
}

void rip_send(struct rip_interface *i, struct rip_builder *b, const struct rip_target *target)
{
    size_t size = rip_build_finish(b);

    if (!target->address) {
        send_all(i, target->port, b->data, size);
    } else {
        send_one(i, target->source ? target->source : source_for(i, target->address),
                 target->address, target->port, b->data, size);
    }
}

static void request(struct rip_interface *i, const struct rip_entry *what)
{
    struct rip_target target = rip_target_all(i);

    rip_build(&i->out, RIP_REQUEST, target.version, &i->auth, rip_next_sequence(i->rip));
    rip_build_entry(&i->out, what);
    rip_send(i, &i->out, &target);
    i->stats.requests_sent++;
}

/* RFC 2453 3.9.1: one entry, family 0, metric infinity. */
void rip_request_table(struct rip_interface *i)
{
    static const struct rip_entry whole = {.metric = RIP_INFINITY};

    request(i, &whole);
}

void rip_request_host(struct rip_interface *i, uint32_t address)
{
    request(i, &(struct rip_entry){.family = RIP_FAMILY_IPV4,
                                   .address = address,
                                   .mask = UINT32_MAX,
                                   .metric = RIP_INFINITY});
}

/* Metrics of other protocols mean something else; what fits is taken, the rest is one hop. */
static uint32_t metric_of(const struct rtm_route *route)
{
    if (route->protocol == RIP_PROTO_LOCAL || route->metric == 0 || route->metric >= RIP_INFINITY)
        return 1;
    return route->metric;
}

static bool may_announce(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct rip_if_config *c = &i->config;
    uint32_t address = rtm_ipv4(&prefix->address);

    if (!rip_is_destination(address, rtm_length_mask(prefix->length))) return false;
    if (prefix->length == 32 && !(c->flags & RIP_ANNOUNCE_HOST)) return false;
    if (prefix->length == 0 && !(c->flags & RIP_ANNOUNCE_DEFAULT)) return false;
    return rip_ranges_pass(c->announce_filter_mode, c->announce, c->announce_count, address);
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

static void flush(struct rip_interface *i, struct rip_announcement *a)
{
    rip_send(i, &a->out, &a->target);
    a->out.entries = 0;
    a->packets++;
    i->stats.responses_sent++;
    i->rip->responses_sent++;
}

static void emit(struct rip_interface *i, struct rip_announcement *a, struct rip_entry *e)
{
    struct rip_builder *b = &a->out;

    if (a->content == RIP_FAREWELL) e->metric = RIP_INFINITY;
    if (a->target.version == 1) e->tag = 0, e->mask = 0, e->next_hop = 0;
    if (b->entries == 0) {
        rip_build(b, RIP_RESPONSE, a->target.version, &i->auth, rip_next_sequence(i->rip));
    }
    rip_build_entry(b, e);
    if (b->entries == b->room) flush(i, a);
}

/* ---- networks in place of their subnets ------------------------------------------------------
 *
 * Which subnet is the nearest is known only when all have been looked at, which can be many. So the
 * networks are noted, and looked through in portions.
 */

static void summaries_note(struct rip_summaries *s, uint32_t net)
{
    unsigned k = s->begun ? 1 : 0; /* the first has been looked at before the change */

    while (k < s->count && s->nets[k] != net) k++;
    if (k == s->count && k < RIP_SUMMARIES) s->nets[s->count++] = net;
}

static void summaries_shift(struct rip_summaries *s)
{
    s->count--;
    s->begun = false;
    for (unsigned k = 0; k < s->count; k++) s->nets[k] = s->nets[k + 1];
}

/* The next subnet of the first network; NULL: there is no other, *ret_over, or no route to it. */
static const struct rtm_route *next_subnet(struct rtm *t, struct rip_summaries *s, bool *ret_over)
{
    uint32_t net = s->nets[0], mask = rip_class_mask(net);
    const struct rtm_route *route;

    *ret_over = false;
    if (!s->begun) {
        s->begun = true;
        s->at = rtm_prefix_ipv4(net, mask);
        s->least = 0;
        return rtm_best_exact(t, &s->at);
    }
    route = rtm_next(t, &s->at, false, NULL);
    *ret_over = !route || (rtm_ipv4(&s->at.address) & mask) != net;
    return *ret_over ? NULL : route;
}

/* Whether the first network has been looked through. */
static bool look_through(struct rip_interface *i, struct rip_summaries *s, unsigned *looked,
                         unsigned most)
{
    bool over = false;

    while (!over && *looked < most) {
        const struct rtm_route *route = next_subnet(i->rip->support->rtm, s, &over);
        uint32_t metric = route ? rip_announced_metric(i, &s->at, route, true) : 0;

        if (metric && (!s->least || metric < s->least)) s->least = metric;
        ++*looked;
        i->rip->work++;
    }
    return over;
}

static void emit_summary(struct rip_interface *i, struct rip_announcement *a)
{
    struct rip_summaries *s = &a->summaries;
    struct rip_entry e = {.family = RIP_FAMILY_IPV4,
                          .tag = i->config.tag,
                          .address = s->nets[0],
                          .mask = rip_class_mask(s->nets[0]),
                          .metric = s->begun && s->least ? s->least : RIP_INFINITY};

    emit(i, a, &e);
    summaries_shift(s);
}

/* Without a look at subnets: a farewell has one metric for all. */
static void emit_summaries(struct rip_interface *i, struct rip_announcement *a)
{
    while (a->summaries.count) emit_summary(i, a);
}

bool rip_announce_summaries(struct rip_interface *i, struct rip_announcement *a, unsigned *looked,
                            unsigned most)
{
    if (a->content == RIP_FAREWELL) emit_summaries(i, a);
    while (a->summaries.count) {
        if (!look_through(i, &a->summaries, looked, most)) return false;
        emit_summary(i, a);
    }
    return true;
}

/* ---- single destinations --------------------------------------------------------------------- */

enum form { AS_IT_IS, SUMMARISED, UNSPEAKABLE };

static bool is_on_network(const struct rip_interface *i, uint32_t address, uint32_t class_mask)
{
    for (uint32_t k = 0; k < i->binding.count; k++) {
        if (((i->binding.local[k].address ^ address) & class_mask) == 0) return true;
    }
    return false;
}

/* Version 1 tells what its readers take for the same destination. */
static enum form classful_form(const struct rip_interface *i, uint32_t address, uint32_t mask)
{
    uint32_t class_mask = rip_class_mask(address);

    if (mask && mask < class_mask) return UNSPEAKABLE;
    if (mask == 0 || mask == UINT32_MAX || is_on_network(i, address, class_mask)) {
        return rip_implied_mask(i, address) == mask ? AS_IT_IS : UNSPEAKABLE;
    }
    return SUMMARISED;
}

static enum form form_of(const struct rip_interface *i, const struct rip_announcement *a,
                         uint32_t address, uint32_t mask)
{
    uint32_t class_mask = rip_class_mask(address);

    if (a->target.version == 1) return classful_form(i, address, mask);
    if (i->config.flags & RIP_NO_SUBNET_SUMMARY || mask < class_mask || mask == UINT32_MAX) {
        return AS_IT_IS;
    }
    return is_on_network(i, address, class_mask) ? AS_IT_IS : SUMMARISED;
}

void rip_announce_begin(struct rip_announcement *a, const struct rip_target *target,
                        enum rip_content content)
{
    a->target = *target;
    a->content = content;
    a->packets = 0;
    a->open = true;
    a->summaries.count = 0;
    a->summaries.begun = false;
    a->out.entries = 0;
}

void rip_announce_one(struct rip_interface *i, struct rip_announcement *a,
                      const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    uint32_t address = rtm_ipv4(&prefix->address), mask = rtm_length_mask(prefix->length);
    uint32_t metric = rip_announced_metric(i, prefix, route, true);
    enum form form = form_of(i, a, address, mask);
    struct rip_entry e = {.family = RIP_FAMILY_IPV4, .address = address, .mask = mask};

    i->rip->work++;
    if (!metric || form == UNSPEAKABLE) return;
    if (form == SUMMARISED) {
        summaries_note(&a->summaries, address & rip_class_mask(address));
        if (a->content == RIP_FAREWELL && rip_summaries_full(a)) emit_summaries(i, a);
        return;
    }
    e.metric = metric;
    e.tag = i->config.tag;
    if (route && route->protocol == RIP_PROTOCOL_ID) e.tag = (uint16_t)route->tag;
    if (route && route->interface == i->index) { /* RFC 2453 4.4: the better way there */
        e.next_hop = rtm_ipv4(&route->next_hop);
    }
    emit(i, a, &e);
}

/* Who asked gets an answer, even when there is nothing to tell. */
void rip_announce_end(struct rip_interface *i, struct rip_announcement *a)
{
    bool answers = a->target.address && !a->packets;

    emit_summaries(i, a); /* of a farewell that is cut short */
    a->open = false;
    if (a->out.entries == 0 && answers) {
        rip_build(&a->out, RIP_RESPONSE, a->target.version, &i->auth, rip_next_sequence(i->rip));
    } else if (a->out.entries == 0) {
        return;
    }
    flush(i, a);
}
