#include "win32/rtm/rtm_pointers.h"

static struct rtm_pointer *pointers; /* by object */

/* With the references that a lock gave. */
static void free_pointer(struct rtmv2 *t, struct rtm_pointer *p)
{
    for (uint32_t n = 0; n < p->granted_count; n++)
        rtmv2_release(t, p->entity, RTMV2_HOP, 1, &p->granted[n]);
    rtmv2_forget(t, p->entity, p->granted_count, p->granted);
    HASH_DEL(pointers, p);
    mem_free(p);
}

struct rtm_pointer *rtm_pointer_find(handle_t32 object)
{
    struct rtm_pointer *p;

    HASH_FIND(hh, pointers, &object, sizeof(object), p);
    return p;
}

static mpr_status new_pointer(handle_t32 entity, enum rtmv2_kind kind, handle_t32 object,
                              struct rtm_pointer **ret)
{
    struct rtm_pointer *p = mem_alloc(sizeof(*p));

    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->object = object;
    p->entity = entity;
    p->kind = kind;
    HASH_ADD(hh, pointers, object, sizeof(p->object), p);
    if (!p->hh.tbl) {
        mem_free(p);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = p;
    return ST_OK;
}

static mpr_status fill_route(struct rtmv2 *t, struct rtm_pointer *p)
{
    struct rtmv2_route route;
    mpr_status status = rtmv2_route_info(t, p->entity, p->object, &route, NULL);

    if (status != ST_OK) return status;
    rtm_route_info(&route, &p->memory.route.info);
    return rtmv2_release_route_info(t, p->entity, &route);
}

static mpr_status fill_hop(struct rtmv2 *t, struct rtm_pointer *p)
{
    enum rtm_family family = RTM_IPV4;
    struct rtmv2_hop hop;
    mpr_status status = rtmv2_next_hop_info(t, p->entity, p->object, &hop);

    if (status != ST_OK) return status;
    rtmv2_kind_of(t, p->object, &family);
    rtm_hop_info(family, &hop, &p->memory.hop);
    return rtmv2_release_hop_info(t, p->entity, &hop);
}

static mpr_status fill(struct rtmv2 *t, struct rtm_pointer *p)
{
    return p->kind == RTMV2_ROUTE ? fill_route(t, p) : fill_hop(t, p);
}

mpr_status rtm_pointer_get(struct rtmv2 *t, handle_t32 entity, enum rtmv2_kind kind,
                           handle_t32 object, struct rtm_pointer **ret)
{
    struct rtm_pointer *p = rtm_pointer_find(object);
    mpr_status status = rtmv2_check(t, entity, kind, object, true);

    if (status == ST_OK && !p) status = new_pointer(entity, kind, object, &p);
    if (status == ST_OK && !p->changing) status = fill(t, p);
    if (status == ST_OK) *ret = p;
    return status;
}

void rtm_pointer_refresh(struct rtmv2 *t, handle_t32 object)
{
    struct rtm_pointer *p = pointers ? rtm_pointer_find(object) : NULL;

    if (p && !p->changing) fill(t, p);
}

void rtm_pointers_tidy(struct rtmv2 *t, size_t count, const handle_t32 *objects)
{
    for (size_t n = 0; pointers && n < count; n++) {
        struct rtm_pointer *p = rtm_pointer_find(objects[n]);

        if (p && rtmv2_kind_of(t, p->object, NULL) != p->kind) free_pointer(t, p);
    }
}

void rtm_pointers_forget(struct rtmv2 *t, handle_t32 entity)
{
    struct rtm_pointer *p, *next;

    HASH_ITER (hh, pointers, p, next) {
        if (!entity || p->entity == entity) free_pointer(t, p);
    }
}
