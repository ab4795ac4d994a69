/* Enumerations of routes and of next hops. */
#include "rtmv2/internal.h"

#include <string.h>

static void use_const(const void *object)
{
    if (object) v2_use((struct v2_object *)object);
}

static void enum_aim(struct v2_enum *e, struct v2_dest *d, const struct v2_criteria *criteria)
{
    e->criteria = *criteria;
    use_const(criteria->owner);
    use_const(criteria->neighbour);
    use_const(criteria->hop);
    if (!d) return;
    v2_use(&d->object);
    e->dest = d;
    e->at = d->prefix;
    e->aimed = true;
}

mpr_status rtmv2_create_route_enum(struct rtmv2 *r, handle_t32 entity, handle_t32 dest,
                                   uint32_t views, uint32_t flags, const struct rtm_prefix *prefix,
                                   uint32_t match, const struct rtmv2_route *criteria,
                                   uint32_t interface, handle_t32 *ret)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_dest *d = e && dest ? v2_find(e->object.table, RTMV2_DEST, dest) : NULL;
    struct v2_criteria wanted;
    struct rtm_prefix range;
    struct v2_enum *made;
    mpr_status status;

    if (!e || (dest && !d)) return ST_INVALID_HANDLE;
    status = v2_enum_range(e->object.table, flags, RTMV2_ENUM_OWN_ROUTES | RTMV2_ENUM_OWN_DESTS,
                           d ? &d->prefix : prefix, &range);
    if (status == ST_OK && views && !(views & RTMV2_VIEW_ALL)) status = ST_NOT_SUPPORTED;
    if (status == ST_OK)
        status = v2_criteria_of(e->object.table, match, criteria, interface, &wanted);
    if (status == ST_OK) status = v2_enum_make(e, V2_ENUM_ROUTES, views, flags, &range, &made);
    if (status != ST_OK) return status;
    enum_aim(made, d, &wanted);
    return v2_enum_give(made, ret);
}

static bool is_asked_for(const struct v2_enum *e, const struct v2_pick *pick)
{
    if (e->flags & RTMV2_ENUM_OWN_ROUTES && !(pick->route && pick->route->owner == e->entity))
        return false;
    return v2_meets(e->object.table, &e->criteria, pick);
}

/* The next of e->at, up to where e->after is then. */
static bool next_within(struct v2_enum *e, struct v2_pick *ret)
{
    struct v2_table *t = e->object.table;
    struct v2_dest *d = v2_dest_find(t, &e->at);

    if (d && !e->within) v2_adopt(d);
    while (v2_next_route(t, &e->at, d, e->views, e->within ? &e->after : NULL, ret)) {
        e->within = true;
        e->after = v2_order_of(ret);
        if (is_asked_for(e, ret)) return true;
    }
    return false;
}

/* False at the end, and at that of the portion. */
static bool next_route(struct v2_enum *e, struct v2_pick *ret)
{
    while (!e->done) {
        if (e->aimed && next_within(e, ret)) return true;
        if (e->aimed) e->done = e->dest != NULL;
        e->within = false;
        e->aimed = !e->done && v2_enum_next_dest(e);
        if (!e->aimed) break;
    }
    return false;
}

static handle_t32 give_pick(const struct v2_enum *e, const struct v2_pick *pick)
{
    struct v2_dest *d = v2_dest_make(e->object.table, &e->at);
    struct v2_route *route = d ? v2_pick_route(d, pick) : NULL;
    handle_t32 handle = route ? v2_give(&route->object) : 0;

    if (d && !route) v2_settle(&d->object);
    if (route && !handle) v2_settle(&route->object);
    return handle;
}

/* There is no memory for what comes next. */
static void go_back(struct v2_enum *e, const struct v2_enum *before)
{
    e->begun = before->begun;
    e->at = before->at;
    e->aimed = before->aimed;
    e->within = before->within;
    e->after = before->after;
}

mpr_status rtmv2_get_routes(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                            uint32_t *count, handle_t32 *ret)
{
    struct v2_enum *e = v2_enum_of(v2_entity_of(r, entity), V2_ENUM_ROUTES, enumeration), before;
    struct v2_pick pick;
    uint32_t got = 0;
    bool ok = true;

    if (!e) return ST_INVALID_HANDLE;
    if (!*count || *count > RTMV2_MAX_HANDLES) return ST_INVALID_PARAMETER;
    e->portion = RTMV2_PORTION;
    for (before = *e; ok && got < *count && next_route(e, &pick); before = *e) {
        ok = (ret[got] = give_pick(e, &pick)) != 0;
        got += ok;
        if (!ok) go_back(e, &before);
    }
    if (!got && !ok) return ST_NOT_ENOUGH_MEMORY;
    *count = got;
    return e->done ? ST_NO_MORE_ITEMS : ST_OK;
}

/* ---- next hops ------------------------------------------------------------------------------- */

mpr_status rtmv2_create_hop_enum(struct rtmv2 *r, handle_t32 entity, uint32_t flags,
                                 const struct rtm_prefix *prefix, handle_t32 *ret)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    struct rtm_prefix range;
    struct v2_enum *made;
    mpr_status status;

    if (!e) return ST_INVALID_HANDLE;
    status = v2_enum_range(e->object.table, flags, 0, prefix, &range);
    if (status == ST_OK)
        status = v2_enum_make(e, V2_ENUM_HOPS, RTMV2_VIEW_ANY, flags, &range, &made);
    return status == ST_OK ? v2_enum_give(made, ret) : status;
}

static int hop_key_compare(const struct v2_hop_key *a, const struct v2_hop_key *b)
{
    int order = memcmp(&a->address, &b->address, sizeof(a->address));

    if (order) return order;
    return a->interface < b->interface ? -1 : a->interface > b->interface;
}

static bool hop_is_next(const struct v2_enum *e, const struct v2_hop *hop)
{
    struct rtm_prefix at = {hop->key.address, (uint8_t)((unsigned)e->object.table->family * 8)};

    if (e->begun && hop_key_compare(&hop->key, &e->hop) <= 0) return false;
    if (e->flags == RTMV2_ENUM_RANGE) return v2_covers(&e->range, &at);
    return e->flags != RTMV2_ENUM_NEXT ||
           memcmp(&at.address, &e->range.address, sizeof(at.address)) >= 0;
}

/* Puts it into a row of at most max that is in order, of which the last may fall off. */
static uint32_t row_insert(struct v2_hop **row, uint32_t count, uint32_t max, struct v2_hop *hop)
{
    uint32_t low = 0, high = count;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (hop_key_compare(&row[middle]->key, &hop->key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == max) return count;
    if (count < max) count++;
    memmove(&row[low + 1], &row[low], (count - 1 - low) * sizeof(*row));
    row[low] = hop;
    return count;
}

/* The first max after what was shown, in one pass: they have no order of their own. */
static uint32_t next_hops(const struct v2_enum *e, struct v2_hop **row, uint32_t max)
{
    struct v2_hop *hop, *next;
    uint32_t count = 0;

    HASH_ITER (hh, e->entity->hops, hop, next)
        if (hop_is_next(e, hop)) count = row_insert(row, count, max, hop);
    return count;
}

mpr_status rtmv2_get_hops(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                          uint32_t *count, handle_t32 *ret)
{
    struct v2_enum *e = v2_enum_of(v2_entity_of(r, entity), V2_ENUM_HOPS, enumeration);
    struct v2_hop *row[RTMV2_MAX_HANDLES];
    uint32_t found, got = 0, room = *count;

    if (!e) return ST_INVALID_HANDLE;
    if (!room || room > RTMV2_MAX_HANDLES) return ST_INVALID_PARAMETER;
    found = next_hops(e, row, room);
    while (got < found && (ret[got] = v2_give(&row[got]->object)) != 0) got++;
    if (got) {
        e->begun = true;
        e->hop = row[got - 1]->key;
    }
    if (!got && found) return ST_NOT_ENOUGH_MEMORY;
    *count = got;
    return found < room && got == found ? ST_NO_MORE_ITEMS : ST_OK;
}
