/* The whole: tables that come and go, and time. */
#include "rtmv2/internal.h"

mpr_status rtmv2_create(struct rtmv2 **ret, rtmv2_wake_fn *wake, void *context)
{
    struct rtmv2 *r = mem_alloc(sizeof(*r));

    if (!r) return ST_NOT_ENOUGH_MEMORY;
    handle_table_init(&r->handles);
    timer_heap_init(&r->timers);
    r->wake = wake;
    r->context = context;
    *ret = r;
    return ST_OK;
}

void rtmv2_destroy(struct rtmv2 *r)
{
    if (!r) return;
    rtmv2_detach(r, RTM_IPV4);
    rtmv2_detach(r, RTM_IPV6);
    handle_table_free(&r->handles);
    timer_heap_free(&r->timers);
    mem_free(r);
}

static struct v2_table *table_at(struct rtmv2 *r, enum rtm_family family)
{
    return &r->tables[family == RTM_IPV6];
}

struct v2_table *v2_table_of(struct rtmv2 *r, enum rtm_family family)
{
    struct v2_table *t = table_at(r, family);

    return t->rtm && t->family == family ? t : NULL;
}

mpr_status rtmv2_attach(struct rtmv2 *r, enum rtm_family family, struct rtm *table)
{
    struct v2_table *t = table_at(r, family);

    if (t->rtm) return ST_ALREADY_EXISTS;
    *t = (struct v2_table){.r = r,
                           .family = family,
                           .rtm = table,
                           .dests = {.size = sizeof(struct v2_dest)},
                           .routes = {.size = sizeof(struct v2_route)}};
    return ST_OK;
}

static void table_signals_lower(struct v2_table *t)
{
    struct v2_signal *s, *next;

    DL_FOREACH_SAFE (t->r->signals, s, next) {
        if (s->about->table != t) continue;
        DL_DELETE(t->r->signals, s); /* NOLINT(clang-analyzer-core.NullDereference) */
        s->queued = false;
    }
}

void rtmv2_detach(struct rtmv2 *r, enum rtm_family family)
{
    struct v2_table *t = v2_table_of(r, family);

    if (!t) return;
    if (t->consumer) rtm_consumer_close(t->consumer);
    table_signals_lower(t);
    while (t->objects) v2_object_end(t->objects);
    v2_places_free(&t->places);
    *t = (struct v2_table){0};
}

void rtmv2_time(struct rtmv2 *r, msec now)
{
    if (now > r->now) r->now = now;
}

void rtmv2_tick(struct rtmv2 *r, msec now)
{
    rtmv2_time(r, now);
    timer_run(&r->timers, r->now);
    for (unsigned i = 0; i < 2; i++) {
        if (!r->tables[i].rtm) continue;
        v2_catch_up(&r->tables[i]);
        if (r->tables[i].stuck) (void)v2_drain(&r->tables[i]);
    }
}

msec rtmv2_next_deadline(const struct rtmv2 *r)
{
    msec due = timer_next_due(&r->timers);
    bool again = r->starved;

    for (unsigned i = 0; i < 2; i++) again |= r->tables[i].late != 0 || r->tables[i].stuck;
    return again && due > r->now + V2_RETRY ? r->now + V2_RETRY : due;
}
