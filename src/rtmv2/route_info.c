/* Deleting routes, and what is told of them. */
#include "rtmv2/internal.h"

void v2_route_delete(struct v2_route *route, uint32_t *ret_change)
{
    struct v2_dest *d = route->dest;
    struct v2_change change;
    uint32_t best;

    v2_change_begin(&change, d);
    v2_list_move(route, NULL);
    v2_route_stop(route);
    DL_DELETE(d->routes, route);
    DL_DELETE2(route->owner->routes, route, owner_prev, owner_next);
    route->state = RTMV2_DELETED;
    v2_mirror_late(d, route->owner, route);
    best = v2_change_end(&change, route, &route->content);
    if (ret_change) *ret_change = best;
    v2_unuse(&route->object);
}

mpr_status rtmv2_delete_route(struct rtmv2 *r, handle_t32 entity, handle_t32 route,
                              uint32_t *ret_change)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_route *target = e ? v2_find(e->object.table, RTMV2_ROUTE, route) : NULL;

    if (!target) return ST_INVALID_HANDLE;
    if (target->owner != e) return ST_ACCESS_DENIED;
    if (target->state == RTMV2_DELETED) return ST_NOT_FOUND;
    v2_route_delete(target, ret_change);
    v2_drop_handle(r, route);
    return ST_OK;
}

/* Those of the content; false when one had no memory. */
static bool give_hops(const struct v2_content *c, struct rtmv2_route *ret)
{
    bool ok = true;

    if (c->neighbour) ok = (ret->neighbour = v2_give(&c->neighbour->object)) != 0;
    for (uint32_t i = 0; ok && i < c->hop_count; i++) {
        ret->hops[i] = v2_give(&c->hops[i]->object);
        ok = ret->hops[i] != 0;
        ret->hop_count += ok;
    }
    return ok;
}

bool v2_route_show(struct v2_route *route, struct rtmv2_route *ret)
{
    const struct v2_content *c = &route->content;
    struct rtmv2_route shown;

    if (route->other)
        v2_other_refresh(route);
    else
        v2_adopt(route->dest);
    shown = (struct rtmv2_route){.dest = v2_give(&route->dest->object),
                                 .owner = v2_give(&route->owner->object),
                                 .state = route->state,
                                 .flags1 = c->flags1,
                                 .flags = c->flags,
                                 .preference = c->preference,
                                 .views = c->views,
                                 .specific = c->specific};
    if (!shown.dest || !shown.owner || !give_hops(c, &shown)) {
        v2_route_unshow(route->object.table->r, &shown);
        return false;
    }
    *ret = shown;
    return true;
}

void v2_route_unshow(struct rtmv2 *r, const struct rtmv2_route *shown)
{
    for (uint32_t i = 0; i < shown->hop_count; i++) v2_drop_handle(r, shown->hops[i]);
    v2_drop_handle(r, shown->neighbour);
    v2_drop_handle(r, shown->owner);
    v2_drop_handle(r, shown->dest);
}

mpr_status rtmv2_route_info(struct rtmv2 *r, handle_t32 entity, handle_t32 route,
                            struct rtmv2_route *ret, struct rtm_prefix *ret_prefix)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_route *target = e ? v2_find(e->object.table, RTMV2_ROUTE, route) : NULL;

    if (!target) return ST_INVALID_HANDLE;
    if (ret && !v2_route_show(target, ret)) return ST_NOT_ENOUGH_MEMORY;
    if (ret_prefix) *ret_prefix = target->dest->prefix;
    return ST_OK;
}

mpr_status rtmv2_is_best(struct rtmv2 *r, handle_t32 entity, handle_t32 route, uint32_t *ret_views)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_route *target = e ? v2_find(e->object.table, RTMV2_ROUTE, route) : NULL;
    uint32_t views = 0;

    if (!target) return ST_INVALID_HANDLE;
    v2_adopt(target->dest);
    for (unsigned view = 0; view < RTMV2_VIEWS; view++) {
        struct v2_pick best =
            v2_best(e->object.table, &target->dest->prefix, target->dest, view, NULL);
        if (v2_pick_is(&best, target)) views |= 1u << view;
    }
    *ret_views = views;
    return ST_OK;
}
