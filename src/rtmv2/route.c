/* Routes of clients: adding, updating, deleting. Everything that needs memory comes before what
 * can't be undone. */
#include "rtmv2/internal.h"

static int route_compare(const struct v2_route *a, const struct v2_route *b)
{
    int order = v2_preference_compare(&a->content.preference, &b->content.preference);

    if (order) return order;
    return a->born < b->born ? -1 : a->born > b->born;
}

void v2_routes_sort(struct v2_dest *d)
{
    /* cppcheck-suppress nullPointer ; utlist empties the list while it sorts it */
    DL_SORT(d->routes, route_compare);
}

/* ---- time to live ---------------------------------------------------------------------------- */

void v2_route_free(struct v2_route *route)
{
    struct timer_heap *timers = &route->object.table->r->timers;

    if (!route->life) return;
    timer_stop(timers, &route->life->timer);
    timer_unreserve(timers);
    mem_free(route->life);
}

void v2_route_stop(struct v2_route *route)
{
    if (!route->life) return;
    v2_signal_lower(&route->life->signal);
    timer_stop(&route->object.table->r->timers, &route->life->timer);
}

static void route_expire(struct timer *timer, msec now)
{
    struct v2_life *life =
        (struct v2_life *)(void *)((char *)timer - offsetof(struct v2_life, timer));

    (void)now;
    v2_signal_raise(&life->signal, RTMV2_ROUTE_EXPIRED, &life->route->object);
}

static bool route_reserve(struct v2_route *route, uint32_t time_to_live)
{
    struct v2_life *life;

    if (time_to_live == RTMV2_INFINITE || route->life) return true;
    life = mem_alloc(sizeof(*life));
    if (!life || !timer_reserve(&route->object.table->r->timers)) {
        mem_free(life);
        return false;
    }
    life->route = route;
    life->timer.fire = route_expire;
    route->life = life;
    return true;
}

static void route_live(struct v2_route *route, uint32_t time_to_live)
{
    struct rtmv2 *r = route->object.table->r;

    v2_route_stop(route);
    if (time_to_live != RTMV2_INFINITE)
        timer_start(&r->timers, &route->life->timer, r->now + time_to_live);
}

/* ---- content --------------------------------------------------------------------------------- */

static void content_use(const struct v2_content *c)
{
    for (uint32_t i = 0; i < c->hop_count; i++) v2_use(&c->hops[i]->object);
    if (c->neighbour) v2_use(&c->neighbour->object);
}

static void content_unuse(const struct v2_content *c)
{
    for (uint32_t i = 0; i < c->hop_count; i++) v2_unuse(&c->hops[i]->object);
    if (c->neighbour) v2_unuse(&c->neighbour->object);
}

static bool content_has(const struct v2_content *c, const struct v2_hop *hop)
{
    bool has = c->neighbour == hop;

    for (uint32_t i = 0; i < c->hop_count; i++) has |= c->hops[i] == hop;
    return has;
}

/* A next hop that is named for a route; a deleted one only where the route has it already. */
static mpr_status hop_named(const struct v2_entity *e, handle_t32 handle,
                            const struct v2_route *route, struct v2_hop **ret)
{
    struct v2_hop *hop = v2_find(e->object.table, RTMV2_HOP, handle);

    if (!hop) return ST_INVALID_HANDLE;
    if (hop->owner != e) return ST_ACCESS_DENIED;
    if (hop->state == RTMV2_HOP_DELETED && !(route && content_has(&route->content, hop)))
        return ST_INVALID_HANDLE;
    *ret = hop;
    return ST_OK;
}

static mpr_status content_of(const struct v2_entity *e, const struct rtmv2_route *info,
                             const struct v2_route *route, struct v2_content *ret)
{
    uint32_t views = info->views & RTMV2_VIEW_ALL;
    mpr_status status = ST_OK;

    if (!views || info->hop_count > RTMV2_MAX_NEXT_HOPS) return ST_INVALID_PARAMETER;
    *ret = (struct v2_content){.specific = info->specific,
                               .preference = info->preference,
                               .flags = info->flags,
                               .flags1 = info->flags1,
                               .views = (uint8_t)views,
                               .hop_count = (uint8_t)info->hop_count};
    if (info->neighbour) status = hop_named(e, info->neighbour, route, &ret->neighbour);
    for (uint32_t i = 0; status == ST_OK && i < info->hop_count; i++)
        status = hop_named(e, info->hops[i], route, &ret->hops[i]);
    return status;
}

/* ---- adding and updating --------------------------------------------------------------------- */

/* What a client asks for. */
struct wish {
    struct v2_entity *entity;
    struct v2_content content;
    uint32_t time_to_live;
    struct v2_list *list;
    bool referenced; /* it wants a reference */
    handle_t32 handle;
};

static void wish_fulfil(const struct wish *w, struct v2_route *route)
{
    route_live(route, w->time_to_live);
    if (w->list) v2_list_move(route, w->list);
}

/* A new one that is not among the destination's yet; to be settled. */
static struct v2_route *route_make(struct v2_dest *d, const struct wish *w)
{
    struct v2_route *route = v2_pool_get(&d->object.table->routes);

    if (!route) return NULL;
    v2_object_init(&route->object, d->object.table, RTMV2_ROUTE);
    route->dest = d;
    route->owner = w->entity;
    route->content = w->content;
    route->born = ++d->object.table->born;
    v2_use(&d->object);
    v2_use(&w->entity->object);
    content_use(&w->content);
    return route;
}

static void route_link(struct v2_route *route)
{
    v2_use(&route->object);
    DL_INSERT_INORDER(route->dest->routes, route, route_compare);
    DL_APPEND2(route->owner->routes, route, owner_prev, owner_next);
}

/* The caller ends the use that the place was. */
static void route_unlink(struct v2_route *route)
{
    DL_DELETE(route->dest->routes, route);
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    DL_DELETE2(route->owner->routes, route, owner_prev, owner_next);
}

static bool route_join(struct v2_route *route, uint32_t *ret_best)
{
    struct v2_change change;

    v2_change_begin(&change, route->dest);
    route_link(route);
    if (v2_mirror(route->dest, route->owner, NULL)) {
        *ret_best = v2_change_end(&change, route, NULL);
        return true;
    }
    route_unlink(route);
    v2_change_cancel(&change);
    v2_unuse(&route->object);
    return false;
}

static mpr_status route_add(struct v2_dest *d, struct wish *w, uint32_t *ret_change)
{
    struct v2_route *route = route_make(d, w);
    uint32_t best;
    bool ok = route && route_reserve(route, w->time_to_live);

    if (route) v2_use(&route->object);
    if (ok && w->referenced) ok = (w->handle = v2_give(&route->object)) != 0;
    if (ok && !route_join(route, &best)) {
        if (w->referenced) v2_drop(&route->object);
        ok = false;
    }
    if (ok) {
        wish_fulfil(w, route);
        *ret_change = RTMV2_CHANGE_NEW | best;
    }
    if (route) v2_unuse(&route->object);
    return ok ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

/* Says something else and is mirrored so; or it is as it was. */
static bool route_restate(struct v2_route *route, const struct v2_content *content,
                          uint32_t *ret_best)
{
    struct v2_content was = route->content;
    struct v2_change change;
    bool ok;

    v2_change_begin(&change, route->dest);
    was = route->content; /* its preference may just have been adopted */
    route->content = *content;
    v2_routes_sort(route->dest);
    ok = v2_mirror(route->dest, route->owner, NULL);
    if (ok) {
        content_use(content);
        *ret_best = v2_change_end(&change, route, &was);
        content_unuse(&was);
    } else {
        route->content = was;
        v2_routes_sort(route->dest);
        v2_change_cancel(&change);
    }
    return ok;
}

static mpr_status route_update(struct v2_route *route, struct wish *w, uint32_t *ret_change)
{
    uint32_t best;

    if (!route_reserve(route, w->time_to_live)) return ST_NOT_ENOUGH_MEMORY;
    if (w->referenced && !(w->handle = v2_give(&route->object))) return ST_NOT_ENOUGH_MEMORY;
    if (!route_restate(route, &w->content, &best)) {
        if (w->referenced) v2_drop(&route->object);
        return ST_NOT_ENOUGH_MEMORY;
    }
    wish_fulfil(w, route);
    *ret_change = best;
    return ST_OK;
}

/* An own route that is there. */
static mpr_status route_of(const struct v2_entity *e, handle_t32 handle, struct v2_route **ret)
{
    struct v2_route *route = v2_find(e->object.table, RTMV2_ROUTE, handle);

    if (!route) return ST_INVALID_HANDLE;
    if (route->owner != e) return ST_ACCESS_DENIED;
    if (route->state == RTMV2_DELETED) return ST_INVALID_HANDLE;
    *ret = route;
    return ST_OK;
}

/* The first of the entity's own among a destination's that has the neighbour, or any. */
static struct v2_route *route_search(const struct v2_entity *e, const struct v2_dest *d,
                                     const struct v2_hop *neighbour, bool any)
{
    struct v2_route *route = d->routes;

    for (; route; route = route->next)
        if (route->owner == e && (any || route->content.neighbour == neighbour)) break;
    return route;
}

/* The one that an addition is about, or NULL. */
static mpr_status route_meant(const struct v2_entity *e, handle_t32 handle, const struct v2_dest *d,
                              const struct rtmv2_route *info, uint32_t change,
                              struct v2_route **ret)
{
    bool first = change & RTMV2_CHANGE_FIRST;
    struct v2_route *route = NULL;
    mpr_status status;

    if (handle) {
        status = route_of(e, handle, &route);
        if (status != ST_OK) return status;
        if (route->dest != d) return ST_INVALID_PARAMETER;
    } else if (first || !(change & RTMV2_CHANGE_NEW)) {
        route = route_search(e, d, v2_find(e->object.table, RTMV2_HOP, info->neighbour), first);
    }
    *ret = route;
    return ST_OK;
}

/* 0: none. */
static mpr_status list_named(const struct v2_entity *e, handle_t32 handle, struct v2_list **ret)
{
    struct v2_list *list = handle ? v2_find(e->object.table, RTMV2_LIST, handle) : NULL;

    if (handle && (!list || list->entity != e)) return ST_INVALID_HANDLE;
    *ret = list;
    return ST_OK;
}

static mpr_status add_to(struct v2_dest *d, struct wish *w, handle_t32 handle,
                         const struct rtmv2_route *info, handle_t32 list, uint32_t *change)
{
    struct v2_route *meant;
    mpr_status status = route_meant(w->entity, handle, d, info, *change, &meant);

    if (status == ST_OK) status = content_of(w->entity, info, meant, &w->content);
    if (status == ST_OK) status = list_named(w->entity, list, &w->list);
    if (status != ST_OK) return status;
    return meant ? route_update(meant, w, change) : route_add(d, w, change);
}

mpr_status rtmv2_add_route(struct rtmv2 *r, handle_t32 entity, handle_t32 *route,
                           const struct rtm_prefix *prefix, const struct rtmv2_route *info,
                           uint32_t time_to_live, handle_t32 list, uint32_t *change)
{
    struct wish w = {.entity = v2_entity_of(r, entity), .time_to_live = time_to_live};
    struct rtm_prefix at;
    struct v2_dest *d;
    mpr_status status;

    if (!w.entity) return ST_INVALID_HANDLE;
    if (!v2_prefix(w.entity->object.table, prefix, &at)) return ST_INVALID_PARAMETER;
    d = v2_dest_make(w.entity->object.table, &at);
    if (!d) return ST_NOT_ENOUGH_MEMORY;
    w.referenced = route && !*route;
    v2_use(&d->object);
    status = add_to(d, &w, route ? *route : 0, info, list, change);
    v2_unuse(&d->object);
    if (status == ST_OK && route && w.referenced) *route = w.handle;
    return status;
}

mpr_status rtmv2_update_route(struct rtmv2 *r, handle_t32 entity, handle_t32 route,
                              const struct rtmv2_route *info, uint32_t time_to_live,
                              handle_t32 list, uint32_t *ret_change)
{
    struct wish w = {.entity = v2_entity_of(r, entity), .time_to_live = time_to_live};
    struct v2_route *target;
    uint32_t change;
    mpr_status status;

    if (!w.entity) return ST_INVALID_HANDLE;
    status = route_of(w.entity, route, &target);
    if (status == ST_OK) status = content_of(w.entity, info, target, &w.content);
    if (status == ST_OK) status = list_named(w.entity, list, &w.list);
    if (status == ST_OK) status = route_update(target, &w, &change);
    if (status == ST_OK && ret_change) *ret_change = change;
    return status;
}
