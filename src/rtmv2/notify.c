/* Registrations for changes. */
#include "rtmv2/internal.h"

static bool sees_others(uint32_t views)
{
    return views == RTMV2_VIEW_ANY || views & RTMV2_VIEW_UNICAST;
}

static unsigned number_free(const struct v2_table *t)
{
    unsigned number = 0;

    while (number < RTMV2_NOTIFICATIONS && t->notifies[number]) number++;
    return number;
}

static mpr_status notify_make(struct v2_entity *e, struct v2_notify **ret, handle_t32 *ret_handle)
{
    struct v2_notify *n = mem_alloc(sizeof(*n));
    handle_t32 handle;

    if (!n) return ST_NOT_ENOUGH_MEMORY;
    v2_object_init(&n->object, e->object.table, RTMV2_NOTIFY);
    handle = v2_give(&n->object);
    if (!handle) {
        v2_object_end(&n->object);
        return ST_NOT_ENOUGH_MEMORY;
    }
    n->entity = e;
    *ret = n;
    *ret_handle = handle;
    return ST_OK;
}

static void notify_begin(struct v2_notify *n, unsigned number, uint32_t views, uint32_t flags,
                         void *context)
{
    struct v2_table *t = n->object.table;

    n->number = number;
    n->views = views;
    n->flags = flags;
    n->context = context;
    DL_APPEND(n->entity->notifies, n);
    t->notifies[number] = n;
    if (number >= t->notify_count) t->notify_count = number + 1;
}

mpr_status rtmv2_register_changes(struct rtmv2 *r, handle_t32 entity, uint32_t views,
                                  uint32_t flags, void *context, handle_t32 *ret)
{
    struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_table *t = e ? e->object.table : NULL;
    uint32_t seen = views & RTMV2_VIEW_ALL;
    struct v2_notify *n;
    handle_t32 handle;
    unsigned number;
    mpr_status status;

    if (!e) return ST_INVALID_HANDLE;
    if (!(flags & V2_BEST_ALL) || flags & ~(uint32_t)(V2_BEST_ALL | RTMV2_NOTIFY_ONLY_MARKED))
        return ST_INVALID_PARAMETER;
    if (views && !seen) return ST_NOT_SUPPORTED;
    number = number_free(t);
    if (number == RTMV2_NOTIFICATIONS) return ST_NO_SYSTEM_RESOURCES;
    status = notify_make(e, &n, &handle);
    if (status != ST_OK) return status;
    if (sees_others(seen) && (status = v2_watch(t)) != ST_OK) {
        v2_object_end(&n->object);
        return status;
    }
    (void)v2_drain(t); /* for the others */
    notify_begin(n, number, seen, flags, context);
    *ret = handle;
    return ST_OK;
}

/* Takes its marks from all destinations. */
static void watches_clear(const struct v2_notify *n)
{
    struct v2_table *t = n->object.table;
    struct rtm_prefix at;

    if (!n->watched) return;
    for (struct v2_dest *d = v2_dest_next(t, &at, true); d; d = v2_dest_next(t, &at, false)) {
        if (!(d->watched >> n->number & 1)) continue;
        d->watched &= ~(1u << n->number);
        if (!d->watched) v2_unuse(&d->object);
    }
}

void v2_notify_end(struct v2_notify *n)
{
    struct v2_table *t = n->object.table;
    struct v2_dest *d;

    while ((d = v2_mark_first(n)) != NULL) v2_mark_clear(d, n);
    watches_clear(n);
    v2_signal_lower(&n->signal);
    t->notifies[n->number] = NULL;
    while (t->notify_count && !t->notifies[t->notify_count - 1]) t->notify_count--;
    DL_DELETE(n->entity->notifies, n);
    if (sees_others(n->views)) v2_unwatch(t);
    v2_object_end(&n->object);
}

/* The registration, and (optional) a destination. */
static bool find_both(const struct rtmv2 *r, handle_t32 entity, handle_t32 notify, handle_t32 dest,
                      struct v2_notify **ret, struct v2_dest **ret_dest)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_notify *n = e ? v2_find(e->object.table, RTMV2_NOTIFY, notify) : NULL;

    if (!n || n->entity != e) return false;
    *ret = n;
    if (!ret_dest) return true;
    *ret_dest = v2_find(e->object.table, RTMV2_DEST, dest);
    return *ret_dest != NULL;
}

mpr_status rtmv2_deregister_changes(struct rtmv2 *r, handle_t32 entity, handle_t32 notify)
{
    struct v2_notify *n;

    if (!find_both(r, entity, notify, 0, &n, NULL)) return ST_INVALID_HANDLE;
    v2_notify_end(n);
    return ST_OK;
}

mpr_status rtmv2_changed_dests(struct rtmv2 *r, handle_t32 entity, handle_t32 notify,
                               uint32_t *count, struct rtmv2_dest *ret)
{
    struct v2_notify *n;
    struct v2_dest *d;
    uint32_t got = 0;
    bool ok;

    if (!find_both(r, entity, notify, 0, &n, NULL)) return ST_INVALID_HANDLE;
    if (!*count || *count > RTMV2_MAX_HANDLES) return ST_INVALID_PARAMETER;
    ok = v2_drain(n->object.table);
    while (got < *count && (d = v2_mark_first(n)) != NULL) {
        ok = v2_show(d, n->entity, RTMV2_BEST_PROTOCOL, n->views, &ret[got]);
        if (!ok) break;
        got++;
        v2_mark_clear(d, n);
    }
    if (!got && !ok) return ST_NOT_ENOUGH_MEMORY;
    *count = got;
    return got ? ST_OK : ST_NO_MORE_ITEMS;
}

mpr_status rtmv2_ignore_changed(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, size_t count,
                                const handle_t32 *dests)
{
    struct v2_notify *n;
    struct v2_dest *d;

    if (!find_both(r, entity, notify, 0, &n, NULL)) return ST_INVALID_HANDLE;
    for (size_t i = 0; i < count; i++)
        if (!v2_find(n->object.table, RTMV2_DEST, dests[i])) return ST_INVALID_HANDLE;
    (void)v2_drain(n->object.table);
    for (size_t i = 0; i < count; i++) {
        d = v2_find(n->object.table, RTMV2_DEST, dests[i]);
        v2_mark_clear(d, n);
    }
    return ST_OK;
}

mpr_status rtmv2_change_status(struct rtmv2 *r, handle_t32 entity, handle_t32 notify,
                               handle_t32 dest, bool *ret)
{
    struct v2_notify *n;
    struct v2_dest *d;

    if (!find_both(r, entity, notify, dest, &n, &d)) return ST_INVALID_HANDLE;
    (void)v2_drain(n->object.table);
    *ret = d->marks >> n->number & 1;
    return ST_OK;
}

mpr_status rtmv2_mark(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, handle_t32 dest,
                      bool mark)
{
    struct v2_notify *n;
    struct v2_dest *d;
    uint32_t was;

    if (!find_both(r, entity, notify, dest, &n, &d)) return ST_INVALID_HANDLE;
    (void)v2_drain(n->object.table); /* what was before is judged by the marks of then */
    was = d->watched;
    d->watched = mark ? was | 1u << n->number : was & ~(1u << n->number);
    if (d->watched == was) return ST_OK;
    if (mark)
        n->watched++;
    else
        n->watched--;
    if (!was) v2_use(&d->object);
    if (!d->watched) v2_unuse(&d->object);
    return ST_OK;
}

mpr_status rtmv2_is_marked(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, handle_t32 dest,
                           bool *ret)
{
    struct v2_notify *n;
    struct v2_dest *d;

    if (!find_both(r, entity, notify, dest, &n, &d)) return ST_INVALID_HANDLE;
    *ret = d->watched >> n->number & 1;
    return ST_OK;
}
