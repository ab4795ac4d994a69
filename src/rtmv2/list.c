/* Route lists: an owner's routes in an order that it chooses. */
#include "rtmv2/internal.h"

static struct v2_list *list_of(const struct v2_entity *e, handle_t32 handle)
{
    struct v2_list *l = e ? v2_find(e->object.table, RTMV2_LIST, handle) : NULL;

    return l && l->entity == e ? l : NULL;
}

mpr_status rtmv2_create_list(struct rtmv2 *r, handle_t32 entity, handle_t32 *ret)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_list *l;
    handle_t32 handle;

    if (!e) return ST_INVALID_HANDLE;
    l = mem_alloc(sizeof(*l));
    if (!l) return ST_NOT_ENOUGH_MEMORY;
    v2_object_init(&l->object, e->object.table, RTMV2_LIST);
    handle = v2_give(&l->object);
    if (!handle) {
        v2_object_end(&l->object);
        return ST_NOT_ENOUGH_MEMORY;
    }
    l->entity = e;
    DL_APPEND(e->lists, l);
    *ret = handle;
    return ST_OK;
}

/* Enumerations that would show it next go on to the one behind it. */
static void list_take(struct v2_route *route)
{
    struct v2_list *l = route->list;
    struct v2_enum *e;

    if (!l) return;
    DL_FOREACH2(l->enums, e, list_next)
    if (e->route == route) e->route = route->list_next;
    DL_DELETE2(l->routes, route, list_prev, list_next);
    route->list = NULL;
}

/* Enumerations that are at the end have another one. */
static void list_append_route(struct v2_list *l, struct v2_route *route)
{
    struct v2_enum *e;

    DL_APPEND2(l->routes, route, list_prev, list_next);
    route->list = l;
    DL_FOREACH2(l->enums, e, list_next)
    if (!e->route) e->route = route;
}

void v2_list_move(struct v2_route *route, struct v2_list *l)
{
    list_take(route);
    if (l) list_append_route(l, route);
}

void v2_list_end(struct v2_list *l)
{
    while (l->enums) {
        struct v2_enum *e = l->enums;
        DL_DELETE2(l->enums, e, list_prev, list_next);
        e->list = NULL;
        e->route = NULL;
    }
    while (l->routes) list_take(l->routes);
    DL_DELETE(l->entity->lists, l);
    v2_object_end(&l->object);
}

mpr_status rtmv2_delete_list(struct rtmv2 *r, handle_t32 entity, handle_t32 list)
{
    struct v2_list *l = list_of(v2_entity_of(r, entity), list);

    if (!l) return ST_INVALID_HANDLE;
    v2_list_end(l);
    return ST_OK;
}

mpr_status rtmv2_insert_in_list(struct rtmv2 *r, handle_t32 entity, handle_t32 list, size_t count,
                                const handle_t32 *routes)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_list *l = list_of(e, list);
    struct v2_route *route;

    if (!e || (list && !l)) return ST_INVALID_HANDLE;
    for (size_t i = 0; i < count; i++) {
        route = v2_find(e->object.table, RTMV2_ROUTE, routes[i]);
        if (!route) return ST_INVALID_HANDLE;
        if (route->owner != e) return ST_ACCESS_DENIED;
        if (route->state == RTMV2_DELETED) return ST_INVALID_HANDLE;
    }
    for (size_t i = 0; i < count; i++) {
        route = v2_find(e->object.table, RTMV2_ROUTE, routes[i]);
        v2_list_move(route, l);
    }
    return ST_OK;
}

mpr_status rtmv2_create_list_enum(struct rtmv2 *r, handle_t32 entity, handle_t32 list,
                                  handle_t32 *ret)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_list *l = list_of(e, list);
    struct v2_enum *made;
    mpr_status status;

    if (!l) return ST_INVALID_HANDLE;
    status = v2_enum_make(e, V2_ENUM_LIST, RTMV2_VIEW_ANY, RTMV2_ENUM_START, NULL, &made);
    if (status != ST_OK) return status;
    made->list = l;
    made->route = l->routes;
    DL_APPEND2(l->enums, made, list_prev, list_next);
    return v2_enum_give(made, ret);
}

mpr_status rtmv2_get_list_routes(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                                 uint32_t *count, handle_t32 *ret)
{
    struct v2_enum *e = v2_enum_of(v2_entity_of(r, entity), V2_ENUM_LIST, enumeration);
    uint32_t got = 0;

    if (!e) return ST_INVALID_HANDLE;
    if (!*count || *count > RTMV2_MAX_HANDLES) return ST_INVALID_PARAMETER;
    while (got < *count && e->route) {
        ret[got] = v2_give(&e->route->object);
        if (!ret[got]) break;
        got++;
        e->route = e->route->list_next;
    }
    if (!got && e->route) return ST_NOT_ENOUGH_MEMORY;
    *count = got;
    return ST_OK;
}
