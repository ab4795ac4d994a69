/* Routes of the router's table that no client has made: seen there, objects only while needed. */
#include "rtmv2/internal.h"

#include <string.h>

/* Whether it is the route that the table has, whatever its preference: that may be given to all
 * routes of a protocol (rtm_prefer). */
static bool mirrors(const struct v2_route *route, const struct rtm_route *x)
{
    const struct rtm_route *m = &route->mirror;

    return m->interface == x->interface && m->protocol == x->protocol && m->metric == x->metric &&
           x->tag == 0 && memcmp(&m->next_hop, &x->next_hop, sizeof(x->next_hop)) == 0;
}

void v2_scan_begin(struct v2_scan *s, struct v2_table *t, const struct rtm_prefix *prefix,
                   const struct v2_dest *d)
{
    uint32_t place = d ? d->place : rtm_place_find(t->rtm, prefix);

    *s = (struct v2_scan){t, d, place, 0, ++t->scan};
}

/* Another owner may have a route that says the same: each of ours is found once. */
static struct v2_route *find_mirrored(const struct v2_scan *s, const struct rtm_route *x)
{
    struct v2_route *route = s->dest ? s->dest->routes : NULL;

    while (route && (route->scan == s->number || !mirrors(route, x))) route = route->next;
    if (route) route->scan = s->number;
    return route;
}

const struct rtm_route *v2_scan_next(struct v2_scan *s, struct v2_route **ret_mirrored)
{
    const struct rtm_route *x =
        s->place ? rtm_place_next_route(s->table->rtm, s->place, &s->at) : NULL;

    *ret_mirrored = x ? find_mirrored(s, x) : NULL;
    return x;
}

bool v2_is_other(const struct v2_route *route, const struct rtm_route *other)
{
    return route->other && route->mirror.protocol == other->protocol &&
           route->mirror.interface == other->interface &&
           memcmp(&route->mirror.next_hop, &other->next_hop, sizeof(other->next_hop)) == 0;
}

/* What the table says of it now. */
static void other_set(struct v2_route *route, const struct rtm_route *x)
{
    route->mirror = *x;
    route->content.preference = (struct rtmv2_preference){x->metric, x->preference};
    route->state = RTMV2_CREATED;
}

static struct v2_route *other_make(struct v2_dest *d, struct v2_entity *owner, struct v2_hop *hop)
{
    struct v2_route *route = v2_pool_get(&d->object.table->routes);

    if (!route) return NULL;
    v2_object_init(&route->object, d->object.table, RTMV2_ROUTE);
    route->dest = d;
    route->owner = owner;
    route->other = true;
    route->content.views = RTMV2_VIEW_UNICAST;
    route->content.hop_count = 1;
    route->content.hops[0] = hop;
    v2_use(&d->object);
    v2_use(&owner->object);
    v2_use(&hop->object);
    DL_APPEND(d->others, route);
    return route;
}

struct v2_route *v2_other(struct v2_dest *d, const struct rtm_route *x)
{
    const struct v2_hop_key key = {x->next_hop, x->interface};
    struct v2_entity *owner;
    struct v2_route *route;
    struct v2_hop *hop;

    DL_FOREACH (d->others, route)
        if (v2_is_other(route, x)) break;
    if (!route) {
        owner = v2_implicit_make(d->object.table, x->protocol);
        hop = owner ? v2_hop_find(owner, &key) : NULL;
        if (owner && !hop) hop = v2_hop_make(owner, &key);
        if (hop) route = other_make(d, owner, hop);
        if (hop && !route) v2_settle(&hop->object);
    }
    if (route) other_set(route, x);
    return route;
}

void v2_other_refresh(struct v2_route *route)
{
    const struct rtm_route *x;
    struct v2_route *mirrored;
    struct v2_scan s;

    v2_scan_begin(&s, route->object.table, &route->dest->prefix, route->dest);
    while ((x = v2_scan_next(&s, &mirrored)) != NULL)
        if (!mirrored && v2_is_other(route, x)) break;
    if (x)
        other_set(route, x);
    else
        route->state = RTMV2_DELETED;
}

static void owner_prefer(const struct v2_route *mirrored, uint32_t preference)
{
    struct v2_route *route;

    for (route = mirrored->dest->routes; route; route = route->next)
        if (route->owner == mirrored->owner) route->content.preference.preference = preference;
}

void v2_adopt(struct v2_dest *d)
{
    const struct rtm_route *x;
    struct v2_route *mirrored;
    struct v2_scan s;
    bool changed = false;

    if (!d->routes) return;
    v2_scan_begin(&s, d->object.table, &d->prefix, d);
    while ((x = v2_scan_next(&s, &mirrored)) != NULL) {
        if (!mirrored || mirrored->mirror.preference == x->preference) continue;
        mirrored->mirror.preference = x->preference;
        owner_prefer(mirrored, x->preference);
        changed = true;
    }
    if (changed) v2_routes_sort(d);
}
