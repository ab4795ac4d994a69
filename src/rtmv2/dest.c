/* Destinations, found by the index: a table whose only route to each leads to its object. */
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
    *ret = *prefix;
    if (prefix->length > (unsigned)t->family * 8) return false;
    for (unsigned i = 0; i < sizeof(ret->address.octets); i++)
        ret->address.octets[i] = (uint8_t)(ret->address.octets[i] & octet_kept(i, prefix->length));
    return true;
}

int v2_prefix_compare(const struct rtm_prefix *a, const struct rtm_prefix *b)
{
    int order = memcmp(&a->address, &b->address, sizeof(a->address));

    return order ? order : (int)a->length - (int)b->length;
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

/* ---- the index ------------------------------------------------------------------------------- */

_Static_assert(sizeof(struct v2_dest *) <= sizeof(struct rtm_address), "a pointer fits");

struct v2_dest *v2_dest_find(const struct v2_table *t, const struct rtm_prefix *prefix)
{
    const struct rtm_route *entry = rtm_best_exact(t->index, prefix);
    struct v2_dest *d = NULL;

    if (entry) memcpy(&d, &entry->next_hop, sizeof(d));
    return d;
}

static struct rtm_route index_entry(const struct v2_dest *d)
{
    struct rtm_route entry = {.interface = 1};

    memcpy(&entry.next_hop, &d, sizeof(d));
    return entry;
}

struct v2_dest *v2_dest_make(struct v2_table *t, const struct rtm_prefix *prefix)
{
    struct v2_dest *d = v2_dest_find(t, prefix);
    struct rtm_route entry;

    if (d || !(d = mem_alloc(sizeof(*d)))) return d;
    v2_object_init(&d->object, t, RTMV2_DEST);
    d->prefix = *prefix;
    entry = index_entry(d);
    if (rtm_route_add(t->index_entity, prefix, &entry, NULL) == ST_OK) return d;
    v2_object_end(&d->object);
    return NULL;
}

bool v2_dest_is_kept(const struct v2_dest *d)
{
    for (unsigned i = 0; i < RTMV2_OPAQUE_SLOTS; i++)
        if (d->opaque[i]) return true;
    return false;
}

void v2_dest_free(struct v2_dest *d)
{
    struct rtm_route entry = index_entry(d);

    (void)rtm_route_delete(d->object.table->index_entity, &d->prefix, entry.interface,
                           &entry.next_hop);
}

bool v2_in_views(const struct v2_table *t, const struct rtm_prefix *prefix, const struct v2_dest *d,
                 uint32_t views)
{
    const struct v2_route *route;

    if (views == RTMV2_VIEW_ANY) {
        if (d && (d->routes || (d->hold && (d->hold->route[0] || d->hold->route[1])))) return true;
        return rtm_best_exact(t->rtm, prefix) != NULL;
    }
    for (route = d ? d->routes : NULL; route; route = route->next)
        if (route->content.views & views) return true;
    return views & RTMV2_VIEW_UNICAST && rtm_best_exact(t->rtm, prefix) != NULL;
}

bool v2_next_prefix(const struct v2_table *t, struct rtm_prefix *prefix, bool first,
                    bool known_only)
{
    struct rtm_prefix other = *prefix, own = *prefix;
    bool more = !known_only && rtm_next(t->rtm, &other, first, NULL) != NULL;
    bool known = rtm_next(t->index, &own, first, NULL) != NULL;

    if (!more && !known) return false;
    *prefix = !known || (more && v2_prefix_compare(&other, &own) < 0) ? other : own;
    return true;
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
    *ret = &d->opaque[e->slot];
    return ST_OK;
}
