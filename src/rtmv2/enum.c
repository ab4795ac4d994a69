/* Enumerations: making and ending them, and walking over destinations by key. */
#include "rtmv2/internal.h"

mpr_status v2_enum_make(struct v2_entity *entity, enum v2_enum_type type, uint32_t views,
                        uint32_t flags, const struct rtm_prefix *range, struct v2_enum **ret)
{
    struct v2_enum *e = mem_alloc(sizeof(*e));

    if (!e) return ST_NOT_ENOUGH_MEMORY;
    v2_object_init(&e->object, entity->object.table, RTMV2_ENUM);
    e->type = type;
    e->entity = entity;
    e->views = views & RTMV2_VIEW_ALL;
    e->flags = flags;
    if (range) e->range = *range;
    DL_APPEND(entity->enums, e);
    *ret = e;
    return ST_OK;
}

mpr_status v2_enum_give(struct v2_enum *e, handle_t32 *ret)
{
    handle_t32 handle = v2_give(&e->object);

    if (!handle) {
        v2_enum_end(e);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = handle;
    return ST_OK;
}

static void unuse_const(const void *object)
{
    if (object) v2_unuse((struct v2_object *)object);
}

void v2_enum_end(struct v2_enum *e)
{
    if (e->list) DL_DELETE2(e->list->enums, e, list_prev, list_next);
    if (e->dest) v2_unuse(&e->dest->object);
    unuse_const(e->criteria.owner);
    unuse_const(e->criteria.neighbour);
    unuse_const(e->criteria.hop);
    DL_DELETE(e->entity->enums, e);
    v2_object_end(&e->object);
}

struct v2_enum *v2_enum_of(const struct v2_entity *e, enum v2_enum_type type, handle_t32 handle)
{
    struct v2_enum *found = e ? v2_find(e->object.table, RTMV2_ENUM, handle) : NULL;

    return found && found->entity == e && found->type == type ? found : NULL;
}

mpr_status rtmv2_delete_enum(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_enum *found = e ? v2_find(e->object.table, RTMV2_ENUM, enumeration) : NULL;

    if (!found || found->entity != e) return ST_INVALID_HANDLE;
    v2_enum_end(found);
    return ST_OK;
}

mpr_status v2_enum_range(const struct v2_table *t, uint32_t flags, uint32_t known,
                         const struct rtm_prefix *prefix, struct rtm_prefix *ret)
{
    uint32_t part = flags & ~known;

    *ret = (struct rtm_prefix){.length = 0};
    if (part > RTMV2_ENUM_RANGE) return ST_INVALID_PARAMETER;
    if (part == RTMV2_ENUM_START) return ST_OK;
    return prefix && v2_prefix(t, prefix, ret) ? ST_OK : ST_INVALID_PARAMETER;
}

static uint32_t part_of(const struct v2_enum *e)
{
    return e->flags & (RTMV2_ENUM_NEXT | RTMV2_ENUM_RANGE);
}

static bool owns_best(const struct v2_enum *e, const struct v2_dest *d)
{
    for (unsigned view = 0; view < RTMV2_VIEWS; view++) {
        struct v2_pick best;
        if (e->views && !(e->views >> view & 1)) continue;
        best = v2_best(e->object.table, &e->at, d, view, NULL);
        if (best.found && best.route && best.route->owner == e->entity) return true;
    }
    return false;
}

/* What only clients have is here: the table's other destinations need not be looked at. */
static bool is_of_clients(const struct v2_enum *e)
{
    const struct v2_entity *owner = e->criteria.owner;

    return (e->views && !(e->views & RTMV2_VIEW_UNICAST)) || (owner && !owner->implicit) ||
           e->flags & (RTMV2_ENUM_OWN_DESTS | RTMV2_ENUM_OWN_ROUTES);
}

static bool is_shown(const struct v2_enum *e)
{
    const struct v2_dest *d = v2_dest_find(e->object.table, &e->at);

    if (!d && is_of_clients(e)) return false;
    if (!v2_in_views(e->object.table, &e->at, d, e->views)) return false;
    return !(e->flags & RTMV2_ENUM_OWN_DESTS) || owns_best(e, d);
}

/* The first one: the beginning of the range belongs to it. */
static bool begin(struct v2_enum *e)
{
    const struct rtm *rtm = e->object.table->rtm;
    bool first = part_of(e) == RTMV2_ENUM_START;

    e->begun = true;
    e->at = e->range;
    if (!first && rtm_place_find(rtm, &e->at)) return true;
    return rtm_place_next(rtm, &e->at, first) != 0;
}

bool v2_enum_next_dest(struct v2_enum *e)
{
    bool more = !e->done;

    while (more && e->portion) {
        e->portion--;
        more = e->begun ? rtm_place_next(e->object.table->rtm, &e->at, false) != 0 : begin(e);
        if (more && part_of(e) == RTMV2_ENUM_RANGE) more = v2_covers(&e->range, &e->at);
        if (more && is_shown(e)) return true;
    }
    e->done = !more;
    return false;
}

mpr_status rtmv2_create_dest_enum(struct rtmv2 *r, handle_t32 entity, uint32_t views,
                                  uint32_t flags, const struct rtm_prefix *prefix,
                                  uint32_t protocol, handle_t32 *ret)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    struct rtm_prefix range;
    struct v2_enum *made;
    mpr_status status;

    if (!e) return ST_INVALID_HANDLE;
    status = v2_enum_range(e->object.table, flags, RTMV2_ENUM_OWN_DESTS, prefix, &range);
    if (status == ST_OK && views && !(views & RTMV2_VIEW_ALL)) status = ST_NOT_SUPPORTED;
    if (status == ST_OK) status = v2_enum_make(e, V2_ENUM_DESTS, views, flags, &range, &made);
    if (status != ST_OK) return status;
    made->protocol = protocol;
    return v2_enum_give(made, ret);
}

/* One more for the client; the enumeration goes back if there is no memory for it. */
static bool show_next(struct v2_enum *e, const struct v2_enum *before, struct rtmv2_dest *ret)
{
    struct v2_dest *d = v2_dest_make(e->object.table, &e->at);

    if (d && v2_show(d, e->entity, e->protocol, e->views, ret)) return true;
    e->begun = before->begun;
    e->at = before->at;
    return false;
}

mpr_status rtmv2_get_dests(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                           uint32_t *count, struct rtmv2_dest *ret)
{
    struct v2_enum *e = v2_enum_of(v2_entity_of(r, entity), V2_ENUM_DESTS, enumeration);
    struct v2_enum before;
    uint32_t got = 0;
    bool ok = true;

    if (!e) return ST_INVALID_HANDLE;
    if (!*count || *count > RTMV2_MAX_HANDLES) return ST_INVALID_PARAMETER;
    e->portion = RTMV2_PORTION;
    for (before = *e; ok && got < *count && v2_enum_next_dest(e); before = *e) {
        ok = show_next(e, &before, &ret[got]);
        got += ok;
    }
    if (!got && !ok) return ST_NOT_ENOUGH_MEMORY;
    *count = got;
    return e->done ? ST_NO_MORE_ITEMS : ST_OK;
}
