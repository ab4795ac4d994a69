/* Destinations: found by the places of the router's table, which are pinned for those here. */
#include "rtmv2/internal.h"

#include <string.h>

/* The bits of an octet that a prefix has. */
static unsigned octet_kept(unsigned octet, unsigned length)
{
    if (octet * 8 + 8 <= length) return 0xFF;
    return octet * 8 >= length ? 0 : 0xFF00u >> (length - octet * 8) & 0xFF;
}

bool v2_prefix(const struct v2_table *t, const struct rtm_prefix *prefix, struct rtm_prefix *ret)
{
    unsigned length = prefix->length, whole = length / 8;
    struct rtm_prefix cut = {.length = prefix->length};

    if (length > (unsigned)t->family * 8) return false;
    memcpy(&cut.address, &prefix->address, whole);
    if (length % 8)
        cut.address.octets[whole] =
            (uint8_t)(prefix->address.octets[whole] & octet_kept(whole, length));
    *ret = cut;
    return true;
}

bool v2_covers(const struct rtm_prefix *a, const struct rtm_prefix *b)
{
    if (a->length > b->length) return false;
    for (unsigned i = 0; i < sizeof(a->address.octets); i++) {
        unsigned differ = (unsigned)a->address.octets[i] ^ b->address.octets[i];
        if (differ & octet_kept(i, a->length)) return false;
    }
    return true;
}

/* ---- finding --------------------------------------------------------------------------------- */

struct v2_dest *v2_dest_find(const struct v2_table *t, const struct rtm_prefix *prefix)
{
    return v2_places_get(&t->places, rtm_place_find(t->rtm, prefix));
}

static struct v2_dest *dest_at(struct v2_table *t, const struct rtm_prefix *prefix, uint32_t place)
{
    struct v2_dest *d = v2_pool_get(&t->dests);

    if (!d) return NULL;
    v2_object_init(&d->object, t, RTMV2_DEST);
    d->prefix = *prefix;
    if (v2_places_put(&t->places, place, d)) {
        d->place = place;
        return d;
    }
    v2_object_end(&d->object);
    return NULL;
}

struct v2_dest *v2_dest_make(struct v2_table *t, const struct rtm_prefix *prefix)
{
    struct v2_dest *known, *d;
    uint32_t place;

    if (rtm_place_pin(t->rtm, prefix, &place) != ST_OK) return NULL;
    known = v2_places_get(&t->places, place);
    d = known ? known : dest_at(t, prefix, place);
    if (known || !d) rtm_place_unpin(t->rtm, place);
    return d;
}

struct v2_dest *v2_dest_next(const struct v2_table *t, struct rtm_prefix *prefix, bool first)
{
    struct v2_dest *d = NULL;
    uint32_t place = rtm_place_next(t->rtm, prefix, first);

    while (place && !(d = v2_places_get(&t->places, place)))
        place = rtm_place_next(t->rtm, prefix, false);
    return d;
}

bool v2_dest_is_kept(const struct v2_dest *d)
{
    for (unsigned i = 0; d->opaque && i < RTMV2_OPAQUE_SLOTS; i++)
        if (d->opaque[i]) return true;
    return false;
}

void v2_dest_free(struct v2_dest *d)
{
    struct v2_table *t = d->object.table;

    if (!d->place) return;
    v2_places_take(&t->places, d->place);
    rtm_place_unpin(t->rtm, d->place);
    d->place = 0;
}

/* Whether the table has a route to it. */
static bool is_in_table(const struct v2_table *t, const struct rtm_prefix *prefix,
                        const struct v2_dest *d)
{
    return d ? rtm_place_best(t->rtm, d->place) != NULL : rtm_best_exact(t->rtm, prefix) != NULL;
}

bool v2_in_views(const struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                 uint32_t views)
{
    const struct v2_route *route;

    if (views == RTMV2_VIEW_ANY) {
        if (d && (d->routes || (d->hold && (d->hold->route[0] || d->hold->route[1])))) return true;
        return is_in_table(t, prefix, d);
    }
    for (route = d ? d->routes : NULL; route; route = route->next)
        if (route->content.views & views) return true;
    return views & RTMV2_VIEW_UNICAST && is_in_table(t, prefix, d);
}

/* ---- showing --------------------------------------------------------------------------------- */

/* References to a route and its owner; the route is 0 when there is none. */
static bool show_route(struct v2_route *route, handle_t32 *ret, handle_t32 *ret_owner)
{
    *ret = v2_give(&route->object);
    if (!*ret) v2_settle(&route->object);
    if (*ret) *ret_owner = v2_give(&route->owner->object);
    return *ret && *ret_owner;
}

static bool show_view(struct v2_dest *d, unsigned view, const uint32_t *protocol,
                      struct rtmv2_dest_view *ret)
{
    struct v2_table *t = d->object.table;
    struct v2_pick best = v2_best(t, &d->prefix, d, view, protocol);
    struct v2_route *route = best.found ? v2_pick_route(d, &best) : NULL;
    struct v2_route *hold = d->hold ? d->hold->route[view] : NULL;

    *ret = (struct rtmv2_dest_view){.view = view, .routes = v2_route_count(t, d, view)};
    if (best.found && (!route || !show_route(route, &ret->route, &ret->owner))) return false;
    if (hold) ret->hold = v2_give(&hold->object);
    return !hold || ret->hold;
}

uint32_t v2_views_of(const struct v2_dest *d)
{
    uint32_t views = 0;

    for (unsigned view = 0; view < RTMV2_VIEWS; view++)
        if (v2_in_views(d->object.table, &d->prefix, d, 1u << view)) views |= 1u << view;
    return views;
}

bool v2_show(struct v2_dest *d, const struct v2_entity *e, uint32_t protocol, uint32_t views,
             struct rtmv2_dest *ret)
{
    struct rtmv2_dest shown = {.dest = v2_give(&d->object), .prefix = d->prefix};
    const uint32_t *only = protocol == RTMV2_BEST_PROTOCOL ? NULL : &protocol;
    bool ok = shown.dest != 0;

    if (!ok) v2_settle(&d->object);
    if (ok) v2_adopt(d);
    if (protocol == RTMV2_THIS_PROTOCOL) protocol = e->info.id.protocol;
    for (unsigned view = 0; ok && view < RTMV2_VIEWS; view++)
        if (views >> view & 1) ok = show_view(d, view, only, &shown.view[shown.count++]);
    if (!ok) {
        v2_unshow(e->object.table->r, &shown);
        return false;
    }
    shown.changed = d->changed;
    shown.views = v2_views_of(d);
    *ret = shown;
    return true;
}

void v2_unshow(struct rtmv2 *r, const struct rtmv2_dest *shown)
{
    for (uint32_t i = 0; i < shown->count; i++) {
        v2_drop_handle(r, shown->view[i].route);
        v2_drop_handle(r, shown->view[i].owner);
        v2_drop_handle(r, shown->view[i].hold);
    }
    v2_drop_handle(r, shown->dest);
}

mpr_status rtmv2_dest_info(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, uint32_t protocol,
                           uint32_t views, struct rtmv2_dest *ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_dest *d = e ? v2_find(e->object.table, RTMV2_DEST, dest) : NULL;

    if (!d) return ST_INVALID_HANDLE;
    return v2_show(d, e, protocol, views, ret) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

mpr_status rtmv2_opaque(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, void ***ret)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_dest *d = e ? v2_find(e->object.table, RTMV2_DEST, dest) : NULL;

    if (!d) return ST_INVALID_HANDLE;
    if (e->slot == RTMV2_OPAQUE_SLOTS) return ST_NOT_FOUND;
    if (!d->opaque) d->opaque = mem_alloc_array(RTMV2_OPAQUE_SLOTS, sizeof(*d->opaque));
    if (!d->opaque) return ST_NOT_ENOUGH_MEMORY;
    *ret = &d->opaque[e->slot];
    return ST_OK;
}
