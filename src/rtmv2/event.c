/* What clients are to be told: a queue of signals, each of which makes one event or several. */
#include "rtmv2/internal.h"

void v2_signal_raise(struct v2_signal *s, enum rtmv2_event_type type, struct v2_object *about)
{
    struct rtmv2 *r = about->table->r;
    bool first = !r->signals;

    if (s->queued) return;
    s->type = type;
    s->about = about;
    s->queued = true;
    DL_APPEND(r->signals, s);
    if (first && r->wake) r->wake(r->context);
}

void v2_signal_lower(struct v2_signal *s)
{
    if (!s->queued) return;
    DL_DELETE(s->about->table->r->signals, s);
    s->queued = false;
}

/* All that have to know do. One that has deregistered has kept its number until now. */
static void entity_told(struct v2_entity *about, enum rtmv2_event_type type)
{
    v2_signal_lower(&about->signal[type]);
    if (type == RTMV2_ENTITY_DEREGISTERED) v2_drop(&about->object);
    v2_unuse(&about->object);
}

/* An event that there was no memory for stays, with ret->entity 0. False: there is none in it. */
static bool entity_event(struct v2_signal *s, struct rtmv2_event *ret)
{
    struct v2_entity *about = (struct v2_entity *)(void *)s->about, *e;

    DL_FOREACH (s->about->table->entities, e)
        if (v2_is_receiver(e, about, s->type)) break;
    if (!e) {
        entity_told(about, s->type);
        return false;
    }
    *ret = (struct rtmv2_event){.type = s->type, .info = about->info};
    ret->about = v2_give(&about->object);
    if (!ret->about) return true;
    ret->entity = e->object.handle;
    about->told[s->type] = e->born;
    return true;
}

static void route_event(struct v2_signal *s, struct rtmv2_event *ret)
{
    const struct v2_route *route = (const struct v2_route *)(const void *)s->about;

    *ret = (struct rtmv2_event){.type = s->type, .about = v2_give(s->about)};
    if (!ret->about) return;
    ret->entity = route->owner->object.handle;
    v2_signal_lower(s);
}

static void change_event(struct v2_signal *s, struct rtmv2_event *ret)
{
    struct v2_notify *n = (struct v2_notify *)(void *)s->about;

    *ret = (struct rtmv2_event){.type = s->type,
                                .entity = n->entity->object.handle,
                                .about = n->object.handle,
                                .context = n->context};
    n->told = true;
    v2_signal_lower(s);
}

static bool signal_event(struct v2_signal *s, struct rtmv2_event *ret)
{
    switch (s->type) {
    case RTMV2_ROUTE_EXPIRED:
        route_event(s, ret);
        return true;
    case RTMV2_CHANGE_NOTIFICATION:
        change_event(s, ret);
        return true;
    default:
        return entity_event(s, ret);
    }
}

bool rtmv2_event(struct rtmv2 *r, struct rtmv2_event *ret)
{
    struct rtmv2_event event = {0};

    for (unsigned i = 0; i < 2; i++)
        if (r->tables[i].rtm) (void)v2_drain(&r->tables[i]);
    while (r->signals && !signal_event(r->signals, &event)) continue;
    r->starved = r->signals && !event.entity;
    if (!event.entity) return false;
    *ret = event;
    return true;
}

void rtmv2_event_end(struct rtmv2 *r, const struct rtmv2_event *event)
{
    if (event->type == RTMV2_ENTITY_REGISTERED || event->type == RTMV2_ENTITY_DEREGISTERED)
        v2_drop_handle(r, event->about);
}
