/* Learned routes.
 *
 * RFC 2453 3.9.2 keeps one route per destination. Here it is one per destination and interface, so
 * that a demand update finds the whole table of its interface even where another interface knows a
 * shorter way; the choice between interfaces is RTM's. A route that is lost (unreachable, expired)
 * is deleted at once: that RTM's change stream tells its going is what puts it on the list of
 * destinations announced as unreachable (trigger.c), which is the RFC's deletion process.
 *
 * All routes of an interface have the same life time, so the list in order of their last refresh
 * is the order of expiry, and one timer per interface will do.
 */
#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

/* Lengths of the key of a route and of all that is kept at its end. */
static size_t key_size(const struct protocol_instance *p)
{
    return 1 + (size_t)p->family->family;
}

static size_t tail_size(const struct protocol_instance *p)
{
    return 3 * (size_t)p->family->family;
}

enum place { DESTINATION, NEXT_HOP, NEIGHBOUR };

static uint8_t *place_of(const struct protocol_instance *p, const struct rip_route *r,
                         enum place place)
{
    return (uint8_t *)r->addresses + (size_t)place * (size_t)p->family->family;
}

static struct rtm_address address_at(const struct protocol_instance *p, const struct rip_route *r,
                                     enum place place)
{
    struct rtm_address a = {{0}};

    memcpy(a.octets, place_of(p, r, place), (size_t)p->family->family);
    return a;
}

static void put_address(const struct protocol_instance *p, struct rip_route *r, enum place place,
                        const struct rtm_address *a)
{
    memcpy(place_of(p, r, place), a->octets, (size_t)p->family->family);
}

static struct rtm_prefix prefix_of(const struct protocol_instance *p, const struct rip_route *r)
{
    return (struct rtm_prefix){address_at(p, r, DESTINATION), r->length};
}

/* An entry on its way into the table. */
struct told {
    const struct rip_advert *e;
    const struct rtm_address *from;
    struct rip_peer *teller;
};

static struct rip_route *route_find(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct protocol_instance *p = i->rip;
    unsigned hash = rip_hash(prefix->address.octets, p->family->family, prefix->length);
    uint8_t key[1 + sizeof(prefix->address.octets)];
    struct rip_route *r = NULL;

    key[0] = prefix->length;
    memcpy(key + 1, prefix->address.octets, sizeof(prefix->address.octets));
    HASH_FIND_BYHASHVALUE(hh, i->routes[rip_shard(hash)], key, key_size(p), hash, r);
    return r;
}

/* Puts the route into RTM, or replaces it there. */
static enum rip_drop publish(struct rip_interface *i, const struct rip_advert *e)
{
    struct protocol_instance *p = i->rip;
    struct rtm_route route = {.protocol = p->family->protocol_id,
                              .interface = i->index,
                              .next_hop = e->next_hop,
                              .metric = e->metric,
                              .tag = e->tag};

    if (p->support->validate_route(p->support->context, p->family->protocol_id, &route,
                                   &e->prefix) != ST_OK)
        return RIP_DROP_ENTRY_REFUSED;
    if (rtm_route_add(p->entity, &e->prefix, &route, NULL) != ST_OK)
        return RIP_DROP_ENTRY_NO_MEMORY;
    p->route_changes++;
    return RIP_KEEP;
}

static void withdraw(struct protocol_instance *p, const struct rip_route *r,
                     const struct rtm_address *next_hop)
{
    struct rtm_prefix prefix = prefix_of(p, r);

    rtm_route_delete(p->entity, &prefix, r->interface, next_hop);
    p->route_changes++;
}

static void withdraw_as_told(struct protocol_instance *p, const struct rip_route *r)
{
    struct rtm_address next_hop = address_at(p, r, NEXT_HOP);

    withdraw(p, r, &next_hop);
}

static bool table_add(struct rip_interface *i, struct rip_route *r)
{
    unsigned hash = rip_hash(r->addresses, i->rip->family->family, r->length);

    HASH_ADD_BYHASHVALUE(hh, i->routes[rip_shard(hash)], length, key_size(i->rip), hash, r);
    if (!r->hh.tbl) return false;
    i->route_count++;
    return true;
}

static void table_delete(struct rip_interface *i, struct rip_route *r)
{
    HASH_DELETE(hh, i->routes[rip_shard(r->hh.hashv)], r);
    i->route_count--;
}

static void forget(struct rip_interface *i, struct rip_route *r)
{
    i->rip->work++;
    i->rip->routes--;
    r->teller->routes--;
    rip_update_lost(i, r);
    DL_DELETE(i->oldest, r);
    table_delete(i, r);
    mem_free(r);
}

static void route_delete(struct rip_interface *i, struct rip_route *r)
{
    withdraw_as_told(i->rip, r);
    forget(i, r);
}

static void refresh(struct rip_interface *i, struct rip_route *r)
{
    bool listed = r->prev != NULL, first = !listed && !i->oldest;

    if (listed) DL_DELETE(i->oldest, r);
    r->refreshed = rip_now(i->rip);
    DL_APPEND(i->oldest, r);
    if (first) rip_expire_schedule(i);
}

static void set(const struct protocol_instance *p, struct rip_route *r, const struct told *told)
{
    r->teller = told->teller;
    r->metric = told->e->metric;
    r->tag = told->e->tag;
    put_address(p, r, NEXT_HOP, &told->e->next_hop);
    put_address(p, r, NEIGHBOUR, told->from);
}

/* NULL: no memory. */
static struct rip_route *route_new(const struct rip_interface *i, const struct told *told)
{
    struct rip_route *r = mem_alloc(sizeof(*r) + tail_size(i->rip));

    if (!r) return NULL;
    r->interface = i->index;
    r->length = told->e->prefix.length;
    put_address(i->rip, r, DESTINATION, &told->e->prefix.address);
    set(i->rip, r, told);
    return r;
}

/* A network that we are on ourselves needs no neighbour. */
static bool is_local(const struct rip_interface *i, const struct rtm_prefix *prefix)
{
    const struct rtm_route *best = rtm_best_exact(i->rip->support->rtm, prefix);

    return best && best->protocol == RIP_PROTO_LOCAL;
}

uint32_t rip_route_limit(const struct protocol_instance *p)
{
    return p->system->route_limit ? p->system->route_limit : p->family->route_limit;
}

/* Said once, and again when there has been a tenth of the room in between. */
static bool is_full(struct protocol_instance *p)
{
    size_t limit = rip_route_limit(p);

    if (p->routes < limit) {
        if (p->routes < limit - limit / 10) p->limit_told = false;
        return false;
    }
    if (!p->limit_told) {
        TRACE(WARNING, "%s: %u routes are learned, the limit: new ones are ignored",
              p->family->name, (unsigned)limit);
    }
    p->limit_told = true;
    return true;
}

/* Whether a neighbour has told as many routes as one may; said as above, for each. */
static bool is_full_of(const struct rip_interface *i, struct rip_peer *teller)
{
    uint32_t limit = i->rip->system->neighbour_limit;

    if (!limit || teller->routes < limit) {
        if (teller->routes < limit - limit / 10) teller->limit_told = false;
        return false;
    }
    if (!teller->limit_told) {
        TRACE(WARNING,
              "%s: interface %u: %u routes are learned from one neighbour, the limit: more of it "
              "are ignored",
              i->rip->family->name, (unsigned)i->index, (unsigned)limit);
    }
    teller->limit_told = true;
    return true;
}

static enum rip_drop learn_new(struct rip_interface *i, const struct told *told)
{
    struct rip_route *r;
    enum rip_drop reason;

    if (told->e->metric >= RIP_INFINITY) return RIP_DROP_ENTRY_UNREACHABLE;
    if (is_local(i, &told->e->prefix)) return RIP_DROP_ENTRY_OWN_NETWORK;
    if (is_full(i->rip)) return RIP_DROP_ENTRY_LIMIT;
    if (is_full_of(i, told->teller)) return RIP_DROP_ENTRY_NEIGHBOUR_LIMIT;
    r = route_new(i, told);
    if (!r) return RIP_DROP_ENTRY_NO_MEMORY;
    if (!table_add(i, r)) {
        mem_free(r);
        return RIP_DROP_ENTRY_NO_MEMORY;
    }
    reason = publish(i, told->e);
    if (reason != RIP_KEEP) {
        table_delete(i, r);
        mem_free(r);
        return reason;
    }
    i->rip->routes++;
    r->teller->routes++;
    refresh(i, r);
    rip_update_saw(i, r, true);
    return RIP_KEEP;
}

/* Another neighbour's route takes over when it is better; when it is as good and ours has been
 * silent for half its life (RFC 2453 3.9.2); or when ours is a leftover of an earlier update. */
static bool takes_over(const struct rip_interface *i, const struct rip_route *r, uint32_t metric)
{
    if (metric >= RIP_INFINITY) return false;
    if (metric < r->metric ||
        (rip_update_running(i) && i->config.update_mode == RIP_DEMAND && r->update != i->update.id))
        return true;
    return metric == r->metric &&
           rip_now(i->rip) - r->refreshed >= i->config.expiration * RIP_SECOND / 2;
}

static bool is_from(const struct rip_interface *i, const struct rip_route *r,
                    const struct told *told)
{
    struct rtm_address from = address_at(i->rip, r, NEIGHBOUR);

    return rip_is_same(&from, told->from);
}

/* Puts in its place what is told now, which is different. */
static enum rip_drop replace(struct rip_interface *i, struct rip_route *r, const struct told *told,
                             const struct rtm_address *old_hop)
{
    enum rip_drop reason = publish(i, told->e);

    if (reason != RIP_KEEP) return reason;
    if (!rip_is_same(&told->e->next_hop, old_hop)) withdraw(i->rip, r, old_hop);
    r->teller->routes--;
    told->teller->routes++;
    set(i->rip, r, told);
    return RIP_KEEP;
}

static enum rip_drop learn_known(struct rip_interface *i, struct rip_route *r,
                                 const struct told *told)
{
    bool same_teller = is_from(i, r, told), changed;
    struct rtm_address old_hop = address_at(i->rip, r, NEXT_HOP);
    enum rip_drop reason = RIP_KEEP;

    if (!same_teller && !takes_over(i, r, told->e->metric)) return RIP_KEEP;
    if (told->teller != r->teller && is_full_of(i, told->teller))
        return RIP_DROP_ENTRY_NEIGHBOUR_LIMIT;
    if (told->e->metric >= RIP_INFINITY) {
        route_delete(i, r);
        return RIP_KEEP;
    }
    changed = told->e->metric != r->metric || !rip_is_same(&told->e->next_hop, &old_hop) ||
              told->e->tag != r->tag || !same_teller;
    if (changed) reason = replace(i, r, told, &old_hop);
    if (reason != RIP_KEEP) return reason;
    refresh(i, r);
    rip_update_saw(i, r, changed);
    return RIP_KEEP;
}

enum rip_drop rip_learn(struct rip_interface *i, const struct rtm_address *from,
                        struct rip_peer *peer, const struct rip_advert *e)
{
    struct told told = {e, from, peer ? peer : &i->strangers};
    struct rip_route *r = route_find(i, &e->prefix);

    return r ? learn_known(i, r, &told) : learn_new(i, &told);
}

bool rip_routes_keep_update(struct rip_interface *i)
{
    /* What it has seen was refreshed, and stands behind what it has not. */
    for (unsigned n = 0; i->oldest && i->oldest->update != i->update.id; n++) {
        if (n == RIP_PORTION) return false;
        route_delete(i, i->oldest);
    }
    return true;
}

void rip_routes_leave(struct rip_interface *i)
{
    i->rip->routes -= i->route_count;
    i->route_count = 0;
    i->strangers.routes = 0; /* peers go with the interface */
    for (unsigned k = 0; k < RIP_SHARDS; k++) HASH_CLEAR(hh, i->routes[k]);
    DL_CONCAT(i->rip->left, i->oldest);
    i->oldest = NULL;
    timer_stop(i->rip->system->timers, &i->expire);
}

/* The interface may have come up again, and have learned the same route. */
static bool is_known_again(const struct protocol_instance *p, const struct rip_route *r)
{
    const struct rip_interface *i = rip_interface_find(p, r->interface);
    struct rtm_prefix prefix = prefix_of(p, r);
    const struct rip_route *now = i ? route_find(i, &prefix) : NULL;

    return now &&
           !memcmp(place_of(p, now, NEXT_HOP), place_of(p, r, NEXT_HOP), (size_t)p->family->family);
}

bool rip_left_portion(struct protocol_instance *p)
{
    for (unsigned n = 0; p->left; n++) {
        struct rip_route *r = p->left;

        if (n == RIP_PORTION) return false;
        p->work++;
        DL_DELETE(p->left, r);
        if (!is_known_again(p, r)) withdraw_as_told(p, r);
        mem_free(r);
    }
    return true;
}

void rip_expire_schedule(struct rip_interface *i)
{
    struct timer_heap *timers = i->rip->system->timers;
    msec due, now = rip_now(i->rip);

    if (!i->oldest) return;
    due = i->oldest->refreshed + i->config.expiration * RIP_SECOND;
    timer_start(timers, &i->expire, due > now ? due : now);
}

/* Nothing expires while an update runs: its routes are to be there at its end. */
void rip_expire_timer(struct timer *t, msec now)
{
    struct rip_interface *i = RIP_CONTAINER(struct rip_interface, expire, t);
    unsigned count = 0;

    if (rip_update_running(i)) {
        timer_start(i->rip->system->timers, t, now + RIP_SECOND);
        return;
    }
    while (i->oldest && count < RIP_PORTION &&
           now - i->oldest->refreshed >= i->config.expiration * RIP_SECOND) {
        route_delete(i, i->oldest);
        count++;
    }
    if (count)
        TRACE(INFO, "%s: interface %u: %u routes expired", i->rip->family->name, (unsigned)i->index,
              count);
    rip_expire_schedule(i);
}
