/* Which destinations have changed for whom.
 *
 * A destination with marks is in one list, at its end after a new mark, and each registration knows
 * a place in it before which it has none: finding the next one passes over each destination once,
 * and a client that fetches nothing costs a bit. Others' changes come by the table's stream.
 */
#include "rtmv2/internal.h"

/* The destination leaves its place in the list. */
static void first_moves_on(const struct v2_dest *d)
{
    struct v2_table *t = d->object.table;

    for (unsigned i = 0; i < t->notify_count; i++)
        if (t->notifies[i] && t->notifies[i]->first == d) t->notifies[i]->first = d->next;
}

static void list_append(struct v2_dest *d)
{
    struct v2_table *t = d->object.table;

    if (d->marks && !d->next) return; /* it is the last */
    if (d->marks) {
        first_moves_on(d);
        DL_DELETE(t->marked, d);
    } else {
        v2_use(&d->object);
    }
    DL_APPEND(t->marked, d);
}

static void mark_set(struct v2_dest *d, struct v2_notify *n)
{
    if (d->marks >> n->number & 1) return;
    list_append(d);
    d->marks |= 1u << n->number;
    n->count++;
    if (!n->first) n->first = d;
    if (!n->told) v2_signal_raise(&n->signal, RTMV2_CHANGE_NOTIFICATION, &n->object);
}

void v2_mark_clear(struct v2_dest *d, struct v2_notify *n)
{
    if (!(d->marks >> n->number & 1)) return;
    d->marks &= ~(1u << n->number);
    if (!--n->count) { /* whatever changes from now on is told anew */
        n->first = NULL;
        n->told = false;
        v2_signal_lower(&n->signal);
    }
    if (d->marks) return;
    first_moves_on(d);
    DL_DELETE(d->object.table->marked, d);
    d->next = NULL;
    v2_unuse(&d->object);
}

struct v2_dest *v2_mark_first(struct v2_notify *n)
{
    while (n->first && !(n->first->marks >> n->number & 1)) n->first = n->first->next;
    return n->first;
}

static bool is_wanted(const struct v2_notify *n, const struct v2_dest *d, uint32_t views,
                      uint32_t types)
{
    if (!(n->flags & types) || (n->views && !(n->views & views))) return false;
    return !(n->flags & RTMV2_NOTIFY_ONLY_MARKED) || (d && d->watched >> n->number & 1);
}

void v2_changed(struct v2_dest *d, uint32_t views, uint32_t types)
{
    struct v2_table *t = d->object.table;

    d->changed = t->r->now;
    for (unsigned i = 0; i < t->notify_count; i++)
        if (t->notifies[i] && is_wanted(t->notifies[i], d, views, types))
            mark_set(d, t->notifies[i]);
}

/* ---- the stream of the router's table ----------------------------------------------------------
 */

/* Whether somebody wants to know of destinations that nobody has an object for. */
static bool all_are_wanted(const struct v2_table *t)
{
    for (unsigned i = 0; i < t->notify_count; i++)
        if (t->notifies[i] && is_wanted(t->notifies[i], NULL, RTMV2_VIEW_UNICAST, V2_BEST_ALL))
            return true;
    return false;
}

/* False when there was no memory for it. */
static bool other_changed(struct v2_table *t, const struct rtm_prefix *prefix)
{
    bool wanted = all_are_wanted(t);
    struct v2_dest *d = wanted ? v2_dest_make(t, prefix) : v2_dest_find(t, prefix);

    if (!d) return !wanted;
    v2_use(&d->object);
    v2_adopt(d);
    v2_hold_follow(d);
    if (!v2_in_views(t, prefix, d, RTMV2_VIEW_UNICAST)) v2_hold_down(d, 0, NULL);
    v2_changed(d, RTMV2_VIEW_UNICAST, V2_BEST_ALL);
    v2_unuse(&d->object);
    return true;
}

bool v2_drain(struct v2_table *t)
{
    const struct rtm_route *best;
    struct rtm_prefix at;

    if (t->stuck && !other_changed(t, &t->stuck_at)) return false;
    t->stuck = false;
    while (t->consumer && rtm_consumer_next(t->consumer, &at, &best)) {
        if (other_changed(t, &at)) continue;
        t->stuck = true;
        t->stuck_at = at;
        return false;
    }
    return true;
}

void v2_swallow(struct v2_table *t)
{
    const struct rtm_route *best;
    struct rtm_prefix at;

    while (t->consumer && rtm_consumer_next(t->consumer, &at, &best)) continue;
}

static void others_wake(void *context)
{
    const struct v2_table *t = context;

    if (!t->quiet && t->r->wake) t->r->wake(t->r->context);
}

mpr_status v2_watch(struct v2_table *t)
{
    mpr_status status = ST_OK;

    if (!t->watchers) status = rtm_consumer_open(t->rtm, others_wake, t, &t->consumer);
    if (status == ST_NO_MORE_ITEMS) status = ST_NO_SYSTEM_RESOURCES;
    if (status == ST_OK) t->watchers++;
    return status;
}

void v2_unwatch(struct v2_table *t)
{
    if (--t->watchers) return;
    rtm_consumer_close(t->consumer);
    t->consumer = NULL;
    t->stuck = false;
}
