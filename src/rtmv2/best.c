/* Which route is best, and what comes of it that another one is. */
#include "rtmv2/internal.h"

#include <string.h>

int v2_preference_compare(const struct rtmv2_preference *a, const struct rtmv2_preference *b)
{
    if (a->preference != b->preference) return a->preference < b->preference ? -1 : 1;
    if (a->metric != b->metric) return a->metric < b->metric ? -1 : 1;
    return 0;
}

static struct rtmv2_preference preference_of(const struct rtm_route *x)
{
    return (struct rtmv2_preference){x->metric, x->preference};
}

static struct v2_route *best_own(const struct v2_dest *d, unsigned view, const uint32_t *protocol)
{
    struct v2_route *route = d ? d->routes : NULL;

    for (; route; route = route->next) {
        if (!(route->content.views >> view & 1)) continue;
        if (!protocol || route->owner->info.id.protocol == *protocol) break;
    }
    return route;
}

/* The best of others, and whether the table has the mirror of `own` before it. */
static struct v2_pick best_other(struct v2_table *t, const struct rtm_prefix *prefix,
                                 const struct v2_dest *d, const uint32_t *protocol,
                                 const struct v2_route *own, bool *ret_after)
{
    const struct rtm_route *x;
    struct v2_route *mirrored;
    struct v2_scan s;

    *ret_after = false;
    v2_scan_begin(&s, t, prefix, d);
    while ((x = v2_scan_next(&s, &mirrored)) != NULL) {
        if (mirrored && mirrored == own) *ret_after = true;
        if (!mirrored && (!protocol || x->protocol == *protocol))
            return (struct v2_pick){true, NULL, *x};
    }
    return (struct v2_pick){0};
}

struct v2_pick v2_best(struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                       unsigned view, const uint32_t *protocol)
{
    struct v2_route *own = best_own(d, view, protocol);
    struct v2_pick other = {0};
    struct rtmv2_preference of_other;
    bool after = false;
    int order;

    if (view == 0) other = best_other(t, prefix, d, protocol, own, &after);
    if (!own) return other;
    of_other = preference_of(&other.other);
    order = other.found ? v2_preference_compare(&own->content.preference, &of_other) : -1;
    if (order < 0 || (order == 0 && after)) return (struct v2_pick){.found = true, .route = own};
    return other;
}

struct v2_route *v2_pick_route(struct v2_dest *d, const struct v2_pick *pick)
{
    return pick->route ? pick->route : v2_other(d, &pick->other);
}

static bool same_other(const struct rtm_route *a, const struct rtm_route *b)
{
    return a->protocol == b->protocol && a->interface == b->interface &&
           memcmp(&a->next_hop, &b->next_hop, sizeof(a->next_hop)) == 0;
}

bool v2_pick_same(const struct v2_pick *a, const struct v2_pick *b)
{
    return a->found == b->found && a->route == b->route && same_other(&a->other, &b->other);
}

bool v2_pick_is(const struct v2_pick *pick, const struct v2_route *route)
{
    if (!pick->found) return false;
    return pick->route ? pick->route == route : v2_is_other(route, &pick->other);
}

unsigned v2_route_count(struct v2_table *t, const struct v2_dest *d, unsigned view)
{
    const struct v2_route *route;
    struct v2_route *mirrored;
    struct v2_scan s;
    unsigned count = 0;

    for (route = d->routes; route; route = route->next) count += route->content.views >> view & 1;
    if (view) return count;
    v2_scan_begin(&s, t, &d->prefix, d);
    while (v2_scan_next(&s, &mirrored)) count += !mirrored;
    return count;
}

/* ---- an order that is kept by what routes say themselves ----------------------------------------
 */

struct v2_order v2_order_of(const struct v2_pick *pick)
{
    const struct rtm_route *x = &pick->other;

    if (pick->route)
        return (struct v2_order){.preference = pick->route->content.preference,
                                 .born = pick->route->born};
    return (struct v2_order){.preference = preference_of(x),
                             .other = true,
                             .protocol = x->protocol,
                             .key = {x->next_hop, x->interface}};
}

static int order_compare(const struct v2_order *a, const struct v2_order *b)
{
    int order = v2_preference_compare(&a->preference, &b->preference);

    if (order) return order;
    if (a->other != b->other) return a->other ? 1 : -1;
    if (a->born != b->born) return a->born < b->born ? -1 : 1;
    if (a->protocol != b->protocol) return a->protocol < b->protocol ? -1 : 1;
    return memcmp(&a->key, &b->key, sizeof(a->key));
}

/* Takes a route if it is after a place and before what was taken so far. */
static void take_if_next(const struct v2_pick *x, const struct v2_order *after,
                         struct v2_pick *taken)
{
    struct v2_order order = v2_order_of(x), order_taken = v2_order_of(taken);

    if (after && order_compare(&order, after) <= 0) return;
    if (!taken->found || order_compare(&order, &order_taken) < 0) *taken = *x;
}

static void take_held(const struct v2_dest *d, const struct v2_order *after, struct v2_pick *taken)
{
    for (unsigned view = 0; d->hold && view < RTMV2_VIEWS; view++) {
        struct v2_route *route = d->hold->route[view];
        struct v2_pick x = {true, route, {0}};
        if (!route) continue;
        if (route->other) x = (struct v2_pick){true, NULL, route->mirror};
        take_if_next(&x, after, taken);
    }
}

bool v2_next_route(struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                   uint32_t views, const struct v2_order *after, struct v2_pick *ret)
{
    struct v2_route *route, *mirrored;
    const struct rtm_route *other;
    struct v2_scan s;

    *ret = (struct v2_pick){0};
    for (route = d ? d->routes : NULL; route; route = route->next) {
        const struct v2_pick x = {true, route, {0}};
        if (!views || route->content.views & views) take_if_next(&x, after, ret);
    }
    if (d && !views) take_held(d, after, ret);
    if (views && !(views & RTMV2_VIEW_UNICAST)) return ret->found;
    v2_scan_begin(&s, t, prefix, d);
    while ((other = v2_scan_next(&s, &mirrored)) != NULL) {
        const struct v2_pick x = {true, NULL, *other};
        if (!mirrored) take_if_next(&x, after, ret);
    }
    return ret->found;
}
