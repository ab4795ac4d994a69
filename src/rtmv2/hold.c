/* Holding destinations down. */
#include "rtmv2/internal.h"

static void hold_over(struct timer *timer, msec now)
{
    struct v2_hold *h = (struct v2_hold *)(void *)((char *)timer - offsetof(struct v2_hold, timer));
    struct v2_dest *d = h->dest;
    uint32_t views = 0;

    (void)now;
    for (unsigned view = 0; view < RTMV2_VIEWS; view++)
        if (h->route[view]) views |= 1u << view;
    v2_use(&d->object);
    v2_hold_end(h);
    v2_changed(d, views, RTMV2_NOTIFY_ALL);
    v2_unuse(&d->object);
}

void v2_hold_free(struct v2_hold *h)
{
    struct rtmv2 *r = h->dest->object.table->r;

    timer_stop(&r->timers, &h->timer);
    timer_unreserve(&r->timers);
    mem_free(h);
}

void v2_hold_end(struct v2_hold *h)
{
    struct v2_dest *d = h->dest;
    struct v2_hold was = *h;

    d->hold = NULL;
    v2_hold_free(h);
    for (unsigned view = 0; view < RTMV2_VIEWS; view++)
        if (was.route[view]) v2_unuse(&was.route[view]->object);
    if (was.best) v2_unuse(&was.best->object);
    v2_unwatch(d->object.table);
    v2_unuse(&d->object);
}

void v2_hold_down(struct v2_dest *d, unsigned view, struct v2_route *route)
{
    struct v2_hold *h = d->hold;
    struct rtmv2 *r = d->object.table->r;

    if (!h || !(h->views >> view & 1) || h->route[view]) return;
    if (!route) route = h->best;
    if (!route) return;
    v2_use(&route->object);
    h->route[view] = route;
    if (!timer_running(&h->timer)) timer_start(&r->timers, &h->timer, r->now + h->time);
}

/* Without memory for the new one the former stays. */
void v2_hold_follow(struct v2_dest *d)
{
    const struct rtm_route *x;
    struct v2_route *mirrored, *best, *old;
    struct v2_scan s;

    if (!d->hold) return;
    v2_scan_begin(&s, d->object.table, &d->prefix, d);
    do x = v2_scan_next(&s, &mirrored);
    while (x && mirrored);
    best = x ? v2_other(d, x) : NULL;
    old = d->hold->best;
    if (!best || best == old) return;
    v2_use(&best->object);
    d->hold->best = best;
    if (old) v2_unuse(&old->object);
}

static mpr_status hold_make(struct v2_dest *d)
{
    struct v2_table *t = d->object.table;
    struct v2_hold *h = mem_alloc(sizeof(*h));
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    if (!h) return status;
    if (!timer_reserve(&t->r->timers)) goto free_hold;
    status = v2_watch(t);
    if (status != ST_OK) goto unreserve;
    h->dest = d;
    h->timer.fire = hold_over;
    d->hold = h;
    v2_use(&d->object);
    return ST_OK;

unreserve:
    timer_unreserve(&t->r->timers);
free_hold:
    mem_free(h);
    return status;
}

mpr_status rtmv2_hold(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, uint32_t views,
                      uint32_t hold_time)
{
    const struct v2_entity *e = v2_entity_of(r, entity);
    struct v2_dest *d = e ? v2_find(e->object.table, RTMV2_DEST, dest) : NULL;
    mpr_status status = ST_OK;

    if (!d) return ST_INVALID_HANDLE;
    if (!hold_time || !(views & RTMV2_VIEW_ALL)) return ST_INVALID_PARAMETER;
    (void)v2_drain(d->object.table);
    views &= v2_views_of(d);
    if (views && !d->hold) status = hold_make(d);
    if (!views || status != ST_OK) return status;
    d->hold->views |= views;
    if (hold_time > d->hold->time) d->hold->time = hold_time;
    v2_hold_follow(d);
    return ST_OK;
}
