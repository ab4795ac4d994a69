/* What goes in packets of IPv4, and where. */
#include "protocol/rip/internal.h"

#define LOOPBACK_NET 127u

/* ---- listening ------------------------------------------------------------------------------- */

/* Version 2 comes to the group; an interface that takes only version 1 need not join. */
bool rip_wants_group(const struct rip_if_config *c)
{
    return c->accept_mode != RIP_V1;
}

mpr_status rip_listen(struct rip_interface *i, bool start)
{
    const struct protocol_system *system = i->rip->system;

    return system->listen(system->context, &i->binding, i->group ? RIP_GROUP : 0, start);
}

/* ---- sending --------------------------------------------------------------------------------- */

static uint32_t next_sequence(struct protocol_instance *p)
{
    uint32_t now = p->system->unix_time(p->system->context);

    if (now > p->sequence) p->sequence = now;
    return p->sequence;
}

uint8_t rip_version(const struct rip_interface *i, const struct rip_packet *request)
{
    uint32_t mode = i->config.announce_mode;

    if (request) return request->version == 1 || mode == RIP_V1 ? 1 : 2;
    return (mode ? mode : i->config.accept_mode) == RIP_V1 ? 1 : 2;
}

static void send_one(struct rip_interface *i, uint32_t source, uint32_t destination, uint16_t port,
                     const void *data, size_t size)
{
    struct protocol_datagram d = {.source = source,
                                  .destination = destination,
                                  .destination_port = port,
                                  .ttl = destination == RIP_GROUP ? 1 : 0,
                                  .data = data,
                                  .size = size};

    rip_send_datagram(i, &d);
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

void rip_send(struct rip_interface *i, void *out, const struct rip_target *target)
{
    struct rip_builder *b = &((struct rip_out *)out)->builder;
    uint32_t address = rtm_ipv4(&target->address), source = rtm_ipv4(&target->source);
    size_t size = rip_build_finish(b);

    if (!target->one)
        send_all(i, target->port, b->data, size);
    else
        send_one(i, source ? source : source_for(i, address), address, target->port, b->data, size);
}

static void request(struct rip_interface *i, const struct rip_entry *what)
{
    struct rip_builder *b = &((struct rip_out *)i->out)->builder;
    struct rip_target target = rip_target_all(i);

    rip_build(b, RIP_REQUEST, target.version, &i->auth, next_sequence(i->rip));
    rip_build_entry(b, what);
    rip_send(i, i->out, &target);
    rip_count_request(i);
}

/* RFC 2453 3.9.1: one entry, family 0, metric infinity. */
void rip_request_table(struct rip_interface *i)
{
    static const struct rip_entry whole = {.metric = RIP_INFINITY};

    request(i, &whole);
}

void rip_request_mark(struct rip_interface *i, uint32_t mark)
{
    request(i, &(struct rip_entry){.family = RIP_FAMILY_IPV4,
                                   .address = mark,
                                   .mask = UINT32_MAX,
                                   .metric = RIP_INFINITY});
}

bool rip_mark_read(const struct rip_packet *p, uint32_t *ret)
{
    struct rip_packet look = *p;
    struct rip_entry e;

    if (p->count != 1) return false;
    e = rip_entry_read(&look);
    *ret = e.address;
    return e.family == RIP_FAMILY_IPV4 && e.mask == UINT32_MAX && e.address >> 24 == LOOPBACK_NET;
}

/* ---- responses ------------------------------------------------------------------------------- */

void rip_answer_entries(struct rip_interface *i, struct rip_packet *p,
                        const struct rip_target *target)
{
    struct rip_builder *b = &((struct rip_out *)i->out)->builder;

    rip_build(b, RIP_RESPONSE, target->version, &i->auth, next_sequence(i->rip));
    for (unsigned k = p->count; k > 0 && b->entries < b->room; k--) {
        struct rip_entry e = rip_entry_read(p);
        uint32_t mask = p->version == 1 ? rip_implied_mask(i, e.address) : e.mask;
        struct rtm_prefix prefix = rtm_prefix_ipv4(e.address, mask);
        bool sound = e.family == RIP_FAMILY_IPV4 && !(e.address & ~mask);

        e.metric = sound ? rip_asked_metric(i, &prefix) : RIP_INFINITY;
        rip_build_entry(b, &e);
    }
    rip_send(i, i->out, target);
    rip_count_response(i);
}

void rip_begin(const struct rip_interface *i, struct rip_announcement *a)
{
    rip_build(&((struct rip_out *)a->out)->builder, RIP_RESPONSE, a->target.version, &i->auth,
              next_sequence(i->rip));
}

void rip_put(const struct rip_interface *i, struct rip_announcement *a, const struct rip_advert *e)
{
    struct rip_entry entry = {
        .family = RIP_FAMILY_IPV4, .address = rtm_ipv4(&e->prefix.address), .metric = e->metric};

    (void)i;
    if (a->target.version != 1) {
        entry.tag = e->tag;
        entry.mask = rtm_length_mask(e->prefix.length);
        entry.next_hop = rtm_ipv4(&e->next_hop);
    }
    rip_build_entry(&((struct rip_out *)a->out)->builder, &entry);
}

bool rip_is_full(const struct rip_announcement *a)
{
    const struct rip_builder *b = &((const struct rip_out *)a->out)->builder;

    return b->entries == b->room;
}
