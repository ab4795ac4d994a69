/* What clients do with handles: checking, referencing, releasing. */
#include "rtmv2/internal.h"

static bool is_counted(const struct v2_object *o)
{
    return o->kind == RTMV2_ENTITY || o->kind == RTMV2_DEST || o->kind == RTMV2_ROUTE ||
           o->kind == RTMV2_HOP;
}

/* Whose it is; NULL: everybody's. */
static const struct v2_entity *holder_of(const void *object, enum rtmv2_kind kind)
{
    switch (kind) {
    case RTMV2_ROUTE:
        return ((const struct v2_route *)object)->owner;
    case RTMV2_HOP:
        return ((const struct v2_hop *)object)->owner;
    case RTMV2_ENUM:
        return ((const struct v2_enum *)object)->entity;
    case RTMV2_NOTIFY:
        return ((const struct v2_notify *)object)->entity;
    case RTMV2_LIST:
        return ((const struct v2_list *)object)->entity;
    default:
        return NULL;
    }
}

mpr_status rtmv2_check(const struct rtmv2 *r, handle_t32 entity, enum rtmv2_kind kind,
                       handle_t32 handle, bool own)
{
    const struct v2_entity *e = v2_entity_of(r, entity), *holder;
    const void *object = e ? v2_find(e->object.table, kind, handle) : NULL;

    if (!object) return ST_INVALID_HANDLE;
    holder = holder_of(object, kind);
    return own && holder && holder != e ? ST_ACCESS_DENIED : ST_OK;
}

mpr_status rtmv2_reference(struct rtmv2 *r, handle_t32 entity, size_t count,
                           const handle_t32 *handles)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_object *o;

    if (!e) return ST_INVALID_HANDLE;
    for (size_t i = 0; i < count; i++) {
        o = handle_get(&r->handles, HANDLE_ROUTING, handles[i]);
        if (!o || o->table != e->object.table || !is_counted(o)) return ST_INVALID_HANDLE;
    }
    for (size_t i = 0; i < count; i++) {
        o = handle_get(&r->handles, HANDLE_ROUTING, handles[i]);
        if (v2_give(o)) continue;
        while (i) v2_drop_handle(r, handles[--i]);
        return ST_NOT_ENOUGH_MEMORY;
    }
    return ST_OK;
}

/* The registration of an entity is a reference that only deregistering ends, and the end of telling
 * others of that. */
static uint32_t unreleasable(const struct v2_object *o)
{
    const struct v2_entity *e = (const struct v2_entity *)(const void *)o;

    if (o->kind != RTMV2_ENTITY) return 0;
    return e->registered || e->signal[RTMV2_ENTITY_DEREGISTERED].queued;
}

static bool is_releasable(const struct v2_entity *e, enum rtmv2_kind kind, handle_t32 handle)
{
    const struct v2_object *o = v2_find(e->object.table, kind, handle);

    return o && is_counted(o) && o->references > unreleasable(o);
}

mpr_status rtmv2_release(struct rtmv2 *r, handle_t32 entity, enum rtmv2_kind kind, size_t count,
                         const handle_t32 *handles)
{
    const struct v2_entity *e = v2_entity_of(r, entity);

    if (!e) return ST_INVALID_HANDLE;
    for (size_t i = 0; i < count; i++)
        if (!is_releasable(e, kind, handles[i])) return ST_INVALID_HANDLE;
    for (size_t i = 0; i < count; i++) {
        if (!is_releasable(e, kind, handles[i])) return ST_INVALID_HANDLE;
        v2_drop_handle(r, handles[i]);
    }
    return ST_OK;
}

/* A handle in a structure. */
struct held {
    enum rtmv2_kind kind;
    handle_t32 handle;
};

#define HELD_MAX (3 + RTMV2_MAX_NEXT_HOPS + 3 * RTMV2_VIEWS)

static mpr_status release_held(struct rtmv2 *r, const struct v2_entity *e, const struct held *held,
                               size_t count, bool really)
{
    for (size_t i = 0; i < count; i++) {
        if (!held[i].handle) continue;
        if (!is_releasable(e, held[i].kind, held[i].handle)) return ST_INVALID_HANDLE;
        if (really) v2_drop_handle(r, held[i].handle);
    }
    return ST_OK;
}

static size_t held_of_dest(const struct rtmv2_dest *d, struct held *ret)
{
    size_t n = 0;

    ret[n++] = (struct held){RTMV2_DEST, d->dest};
    for (uint32_t i = 0; i < d->count; i++) {
        ret[n++] = (struct held){RTMV2_ROUTE, d->view[i].route};
        ret[n++] = (struct held){RTMV2_ENTITY, d->view[i].owner};
        ret[n++] = (struct held){RTMV2_ROUTE, d->view[i].hold};
    }
    return n;
}

mpr_status rtmv2_release_dests(struct rtmv2 *r, handle_t32 entity, size_t count,
                               const struct rtmv2_dest *dests)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct held held[HELD_MAX];

    if (!e) return ST_INVALID_HANDLE;
    for (unsigned really = 0; really < 2; really++) {
        for (size_t i = 0; i < count; i++) {
            if (!dests[i].dest || dests[i].count > RTMV2_VIEWS) return ST_INVALID_HANDLE;
            if (release_held(r, e, held, held_of_dest(&dests[i], held), really))
                return ST_INVALID_HANDLE;
        }
    }
    return ST_OK;
}

mpr_status rtmv2_release_route_info(struct rtmv2 *r, handle_t32 entity,
                                    const struct rtmv2_route *info)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct held held[HELD_MAX] = {
        {RTMV2_DEST, info->dest}, {RTMV2_ENTITY, info->owner}, {RTMV2_HOP, info->neighbour}};

    if (!e || !info->dest || info->hop_count > RTMV2_MAX_NEXT_HOPS) return ST_INVALID_HANDLE;
    for (uint32_t i = 0; i < info->hop_count; i++)
        held[3 + i] = (struct held){RTMV2_HOP, info->hops[i]};
    if (release_held(r, e, held, 3 + info->hop_count, false)) return ST_INVALID_HANDLE;
    return release_held(r, e, held, 3 + info->hop_count, true);
}

mpr_status rtmv2_release_hop_info(struct rtmv2 *r, handle_t32 entity, const struct rtmv2_hop *info)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    const struct held held[] = {{RTMV2_ENTITY, info->owner}, {RTMV2_HOP, info->remote}};

    if (!e || !info->owner) return ST_INVALID_HANDLE;
    if (release_held(r, e, held, 2, false)) return ST_INVALID_HANDLE;
    return release_held(r, e, held, 2, true);
}

void rtmv2_forget(struct rtmv2 *r, handle_t32 entity, size_t count, const handle_t32 *handles)
{
    if (v2_entity_of(r, entity)) return;
    for (size_t i = 0; i < count; i++) v2_drop_handle(r, handles[i]);
}
