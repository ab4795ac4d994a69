/* Objects, their handles and references. */
#include "rtmv2/internal.h"

void v2_object_init(struct v2_object *o, struct v2_table *t, enum rtmv2_kind kind)
{
    *o = (struct v2_object){.kind = (uint8_t)kind, .cell = o->cell, .table = t};
    DL_APPEND(t->objects, o);
    t->object_count++;
}

static void object_leave(struct v2_object *o)
{
    struct v2_table *t = o->table;

    if (o->handle) {
        (void)handle_delete(&t->r->handles, HANDLE_ROUTING, o->handle);
        t->r->handle_count--;
    }
    DL_DELETE(t->objects, o);
    t->object_count--;
}

static void object_release(struct v2_object *o)
{
    struct v2_table *t = o->table;

    if (o->kind == RTMV2_DEST)
        v2_pool_put(&t->dests, o);
    else if (o->kind == RTMV2_ROUTE)
        v2_pool_put(&t->routes, o);
    else
        mem_free(o);
}

/* What an object has of its own, but not what it uses. */
static void object_free(struct v2_object *o)
{
    struct v2_entity *e = (struct v2_entity *)(void *)o;
    struct v2_dest *d = (struct v2_dest *)(void *)o;

    if (o->kind == RTMV2_ENTITY) HASH_CLEAR(hh, e->hops);
    if (o->kind == RTMV2_ROUTE) v2_route_free((struct v2_route *)(void *)o);
    if (o->kind == RTMV2_DEST && d->hold) v2_hold_free(d->hold);
    if (o->kind == RTMV2_DEST) mem_free(d->opaque);
    object_release(o);
}

void v2_object_end(struct v2_object *o)
{
    struct v2_entity *e = (struct v2_entity *)(void *)o;

    object_leave(o);
    if (o->kind == RTMV2_ENTITY && e->mirror) rtm_deregister(e->mirror);
    if (o->kind == RTMV2_DEST) v2_dest_free((struct v2_dest *)(void *)o);
    object_free(o);
}

/* Nobody needs it: ends what it uses, which may be the last use of that. */
static void object_bury(struct v2_object *o)
{
    struct v2_route *route = (struct v2_route *)(void *)o;
    struct v2_hop *hop = (struct v2_hop *)(void *)o;

    if (o->kind == RTMV2_DEST) v2_dest_free((struct v2_dest *)(void *)o);
    if (o->kind == RTMV2_HOP) {
        v2_hop_delete(hop);
        v2_unuse(&hop->owner->object);
    }
    if (o->kind == RTMV2_ROUTE) {
        if (route->other) DL_DELETE(route->dest->others, route);
        for (uint32_t i = 0; i < route->content.hop_count; i++)
            v2_unuse(&route->content.hops[i]->object);
        if (route->content.neighbour) v2_unuse(&route->content.neighbour->object);
        v2_unuse(&route->owner->object);
        v2_unuse(&route->dest->object);
    }
    object_leave(o);
    object_free(o);
}

/* No deep recursion: a next hop that is deleted does not use its remote one any more. */
void v2_settle(struct v2_object *o)
{
    if (o->references || o->uses) return;
    if (o->kind == RTMV2_DEST && v2_dest_is_kept((struct v2_dest *)(void *)o)) return;
    object_bury(o);
}

handle_t32 v2_give(struct v2_object *o)
{
    struct rtmv2 *r = o->table->r;

    if (o->references == UINT32_MAX) return 0;
    if (!o->handle) {
        o->handle = handle_new(&r->handles, HANDLE_ROUTING, o);
        if (!o->handle) return 0;
        r->handle_count++;
    }
    o->references++;
    return o->handle;
}

void v2_drop(struct v2_object *o)
{
    struct rtmv2 *r = o->table->r;

    if (--o->references) return;
    (void)handle_delete(&r->handles, HANDLE_ROUTING, o->handle);
    r->handle_count--;
    o->handle = 0;
    v2_settle(o);
}

void v2_drop_handle(struct rtmv2 *r, handle_t32 handle)
{
    struct v2_object *o = handle_get(&r->handles, HANDLE_ROUTING, handle);

    if (o) v2_drop(o);
}

void v2_use(struct v2_object *o)
{
    o->uses++;
}

void v2_unuse(struct v2_object *o)
{
    o->uses--;
    v2_settle(o);
}

void *v2_find(const struct v2_table *t, enum rtmv2_kind kind, handle_t32 handle)
{
    struct v2_object *o = handle_get(&t->r->handles, HANDLE_ROUTING, handle);

    return o && o->kind == kind && o->table == t ? o : NULL;
}

struct v2_entity *v2_entity_of(const struct rtmv2 *r, handle_t32 handle)
{
    struct v2_object *o = handle_get(&r->handles, HANDLE_ROUTING, handle);
    struct v2_entity *e = (struct v2_entity *)(void *)o;

    return o && o->kind == RTMV2_ENTITY && e->registered ? e : NULL;
}

enum rtmv2_kind rtmv2_kind_of(const struct rtmv2 *r, handle_t32 handle, enum rtm_family *ret)
{
    const struct v2_object *o = handle_get(&r->handles, HANDLE_ROUTING, handle);

    if (!o) return RTMV2_NOTHING;
    if (ret) *ret = o->table->family;
    return o->kind;
}

size_t rtmv2_handle_count(const struct rtmv2 *r)
{
    return r->handle_count;
}

size_t rtmv2_object_count(const struct rtmv2 *r)
{
    return r->tables[0].object_count + r->tables[1].object_count;
}
