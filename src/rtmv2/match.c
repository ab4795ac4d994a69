/* Finding destinations and routes. */
#include "rtmv2/internal.h"

/* With references to what is found. */
static mpr_status show_at(const struct v2_entity *e, const struct rtm_prefix *prefix,
                          uint32_t protocol, uint32_t views, struct rtmv2_dest *ret)
{
    struct v2_dest *d = v2_dest_make(e->object.table, prefix);

    return d && v2_show(d, e, protocol, views, ret) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static bool is_there(const struct v2_table *t, const struct rtm_prefix *prefix, uint32_t views)
{
    return v2_in_views(t, prefix, v2_dest_find(t, prefix), views);
}

mpr_status rtmv2_exact_match(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                             uint32_t protocol, uint32_t views, struct rtmv2_dest *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct rtm_prefix at;

    if (!e) return ST_INVALID_HANDLE;
    if (!v2_prefix(e->object.table, prefix, &at)) return ST_INVALID_PARAMETER;
    if (!is_there(e->object.table, &at, views)) return ST_NOT_FOUND;
    return show_at(e, &at, protocol, views, ret);
}

/* The longest that covers the prefix. */
static mpr_status show_longest(const struct v2_entity *e, struct rtm_prefix *at, uint32_t protocol,
                               uint32_t views, struct rtmv2_dest *ret)
{
    const struct v2_table *t = e->object.table;

    while (rtm_place_match(t->rtm, at)) {
        if (is_there(t, at, views)) return show_at(e, at, protocol, views, ret);
        if (!at->length--) break;
        (void)v2_prefix(t, at, at);
    }
    return ST_NOT_FOUND;
}

mpr_status rtmv2_most_specific(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                               uint32_t protocol, uint32_t views, struct rtmv2_dest *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct rtm_prefix at;

    if (!e) return ST_INVALID_HANDLE;
    if (!v2_prefix(e->object.table, prefix, &at)) return ST_INVALID_PARAMETER;
    return show_longest(e, &at, protocol, views, ret);
}

mpr_status rtmv2_less_specific(struct rtmv2 *r, handle_t32 entity, handle_t32 dest,
                               uint32_t protocol, uint32_t views, struct rtmv2_dest *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    const struct v2_dest *d = e ? v2_find(e->object.table, RTMV2_DEST, dest) : NULL;
    struct rtm_prefix at;

    if (!d) return ST_INVALID_HANDLE;
    if (!d->prefix.length) return ST_NOT_FOUND;
    at = d->prefix;
    at.length--;
    (void)v2_prefix(e->object.table, &at, &at);
    return show_longest(e, &at, protocol, views, ret);
}

/* ---- routes by criteria ---------------------------------------------------------------------- */

mpr_status v2_criteria_of(const struct v2_table *t, uint32_t match, const struct rtmv2_route *info,
                          uint32_t interface, struct v2_criteria *ret)
{
    bool needed = match & ~(uint32_t)RTMV2_MATCH_INTERFACE & RTMV2_MATCH_ALL;

    *ret = (struct v2_criteria){.match = match & RTMV2_MATCH_ALL, .interface = interface};
    if (!info) return needed ? ST_INVALID_PARAMETER : ST_OK;
    ret->preference = info->preference;
    if (match & RTMV2_MATCH_OWNER) {
        ret->owner = v2_find(t, RTMV2_ENTITY, info->owner);
        if (!ret->owner) return ST_INVALID_HANDLE;
    }
    if (match & RTMV2_MATCH_NEIGHBOUR && info->neighbour) {
        ret->neighbour = v2_find(t, RTMV2_HOP, info->neighbour);
        if (!ret->neighbour) return ST_INVALID_HANDLE;
    }
    if (match & RTMV2_MATCH_NEXT_HOP) {
        ret->hop = info->hop_count ? v2_find(t, RTMV2_HOP, info->hops[0]) : NULL;
        if (!ret->hop) return ST_INVALID_HANDLE;
    }
    return ST_OK;
}

static bool own_meets_hops(const struct v2_criteria *c, const struct v2_content *content)
{
    bool hop = !(c->match & RTMV2_MATCH_NEXT_HOP);
    bool interface = !(c->match & RTMV2_MATCH_INTERFACE);

    for (uint32_t i = 0; i < content->hop_count; i++) {
        hop |= content->hops[i] == c->hop;
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        interface |= content->hops[i]->key.interface == c->interface;
    }
    return hop && interface;
}

static bool other_meets_hops(const struct v2_criteria *c, const struct v2_entity *owner,
                             const struct rtm_route *x)
{
    const struct v2_hop_key key = {x->next_hop, x->interface};

    if (c->match & RTMV2_MATCH_INTERFACE && x->interface != c->interface) return false;
    return !(c->match & RTMV2_MATCH_NEXT_HOP) || (owner && v2_hop_find(owner, &key) == c->hop);
}

bool v2_meets(const struct v2_table *t, const struct v2_criteria *c, const struct v2_pick *pick)
{
    const struct v2_content *content = pick->route ? &pick->route->content : NULL;
    const struct rtm_route *x = &pick->other;
    const struct v2_entity *owner = content ? pick->route->owner : v2_implicit_find(t, x->protocol);
    struct rtmv2_preference preference = {x->metric, x->preference};

    if (content) preference = content->preference;
    if (c->match & RTMV2_MATCH_OWNER && owner != c->owner) return false;
    if (c->match & RTMV2_MATCH_NEIGHBOUR && c->neighbour != (content ? content->neighbour : NULL))
        return false;
    if (c->match & RTMV2_MATCH_PREFERENCE && v2_preference_compare(&preference, &c->preference))
        return false;
    return content ? own_meets_hops(c, content) : other_meets_hops(c, owner, x);
}

/* With a reference to the route. */
static mpr_status show_route_of(struct v2_dest *d, const struct v2_pick *pick,
                                struct rtmv2_route *io, handle_t32 *ret)
{
    struct v2_route *route = v2_pick_route(d, pick);
    handle_t32 handle = route ? v2_give(&route->object) : 0;

    if (route && !handle) v2_settle(&route->object);
    if (!handle) return ST_NOT_ENOUGH_MEMORY;
    if (!v2_route_show(route, io)) {
        v2_drop(&route->object);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = handle;
    return ST_OK;
}

mpr_status rtmv2_exact_route(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                             uint32_t match, struct rtmv2_route *io, uint32_t interface,
                             uint32_t views, handle_t32 *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_criteria criteria;
    struct v2_order order;
    struct v2_pick pick;
    struct rtm_prefix at;
    struct v2_dest *d;
    mpr_status status;
    bool found;

    if (!e) return ST_INVALID_HANDLE;
    if (!v2_prefix(e->object.table, prefix, &at)) return ST_INVALID_PARAMETER;
    status = v2_criteria_of(e->object.table, match, io, interface, &criteria);
    if (status != ST_OK) return status;
    if (!is_there(e->object.table, &at, views)) return ST_NOT_FOUND;
    d = v2_dest_make(e->object.table, &at);
    if (!d) return ST_NOT_ENOUGH_MEMORY;
    v2_use(&d->object);
    v2_adopt(d);
    found = v2_next_route(e->object.table, &at, d, views, NULL, &pick);
    while (found && !v2_meets(e->object.table, &criteria, &pick)) {
        order = v2_order_of(&pick);
        found = v2_next_route(e->object.table, &at, d, views, &order, &pick);
    }
    status = found ? show_route_of(d, &pick, io, ret) : ST_NOT_FOUND;
    v2_unuse(&d->object);
    return status;
}
