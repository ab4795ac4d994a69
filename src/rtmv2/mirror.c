/* What the router's table has of clients' routes. Something is added before what it replaces goes,
 * so that nothing is lost where that has no memory. */
#include "rtmv2/internal.h"

#include <string.h>

/* What the table should have of a route; false: nothing. */
static bool mirror_of(const struct v2_route *route, struct rtm_route *ret)
{
    const struct v2_content *c = &route->content;
    struct v2_hop_key way;

    if (!(c->views & RTMV2_VIEW_UNICAST) || c->flags & RTMV2_ROUTE_FORWARDING) return false;
    for (uint32_t i = 0; i < c->hop_count; i++) {
        if (!v2_hop_way(c->hops[i], &way)) continue;
        *ret = (struct rtm_route){.protocol = route->owner->info.id.protocol,
                                  .interface = way.interface,
                                  .next_hop = way.address,
                                  .metric = c->preference.metric,
                                  .preference = c->preference.preference};
        return true;
    }
    return false;
}

static bool same_place(const struct rtm_route *a, const struct rtm_route *b)
{
    return a->interface == b->interface &&
           memcmp(&a->next_hop, &b->next_hop, sizeof(a->next_hop)) == 0;
}

static struct v2_route *mirrored_of(const struct v2_dest *d, const struct v2_entity *owner,
                                    struct v2_route *gone)
{
    struct v2_route *route = d->routes;

    if (gone && gone->mirror.interface) return gone;
    while (route && !(route->owner == owner && route->mirror.interface)) route = route->next;
    return route;
}

static void mirror_drop(const struct v2_dest *d, const struct v2_entity *owner,
                        const struct rtm_route *mirror)
{
    (void)rtm_route_delete(owner->mirror, &d->prefix, mirror->interface, &mirror->next_hop);
}

bool v2_mirror(struct v2_dest *d, const struct v2_entity *owner, struct v2_route *gone)
{
    struct v2_route *old = mirrored_of(d, owner, gone), *route = d->routes;
    struct rtm_route was = old ? old->mirror : (struct rtm_route){0}, is = {0};

    while (route && !(route->owner == owner && mirror_of(route, &is))) route = route->next;
    if (route && rtm_route_add(owner->mirror, &d->prefix, &is, NULL) != ST_OK) return false;
    if (old && !(route && same_place(&was, &is))) mirror_drop(d, owner, &was);
    if (old) old->mirror = (struct rtm_route){0};
    if (route) route->mirror = is;
    return true;
}

void v2_mirror_late(struct v2_dest *d, const struct v2_entity *owner, struct v2_route *gone)
{
    struct v2_table *t = d->object.table;

    if (v2_mirror(d, owner, gone)) return;
    if (gone && gone->mirror.interface) {
        mirror_drop(d, owner, &gone->mirror);
        gone->mirror = (struct rtm_route){0};
    }
    if (d->late) return;
    d->late = true;
    v2_use(&d->object);
    t->late++;
}

static bool mirror_all(struct v2_dest *d)
{
    struct v2_route *route;
    bool ok = true;

    for (route = d->routes; route; route = route->next) ok = v2_mirror(d, route->owner, NULL) && ok;
    return ok;
}

static void catch_up(struct v2_dest *d)
{
    struct v2_change change;
    bool ok;

    v2_change_begin(&change, d);
    ok = mirror_all(d);
    v2_change_cancel(&change);
    if (!ok) return;
    d->late = false;
    d->object.table->late--;
    v2_unuse(&d->object);
}

void v2_catch_up(struct v2_table *t)
{
    struct rtm_prefix at;
    struct v2_dest *d;

    if (!t->late) return;
    for (d = v2_dest_next(t, &at, true); d; d = v2_dest_next(t, &at, false))
        if (d->late) catch_up(d);
}
