#include "win32/rtm/rtm_callback.h"

#include "base/mem.h"
#include "base/trace.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/sys/seh_guard.h"

struct callback {
    RTM_EVENT_CALLBACK function;
    handle_t32 client;
    RTM_EVENT_TYPE type;
    void *context1, *context2;
    DWORD result;
};

static void do_call_back(void *context)
{
    struct callback *c = context;

    c->result = c->function(rtm_handle(c->client), c->type, c->context1, c->context2);
}

/* ---- the four events ------------------------------------------------------------------------- */

static void end_event(const struct rtmv2_event *event)
{
    struct rtmv2 *t = rtm_enter();

    if (!t) return;
    rtmv2_event_end(t, event);
    rtm_leave();
}

static void delete_expired(const struct rtmv2_event *event)
{
    struct rtmv2 *t = rtm_enter();

    if (!t) return;
    if (rtmv2_delete_route(t, event->entity, event->about, NULL) != ST_OK)
        rtmv2_release(t, event->entity, RTMV2_ROUTE, 1, &event->about);
    rtmv2_forget(t, event->entity, 1, &event->about);
    rtm_leave();
}

/* What it answered; ERROR_NOT_SUPPORTED also where it crashed, and *ret_lives is false then. */
static DWORD run(RTM_EVENT_CALLBACK callback, const struct rtmv2_event *event, void *context1,
                 void *context2, bool *ret_lives)
{
    struct callback c = {callback, event->entity, (RTM_EVENT_TYPE)event->type,
                         context1, context2,      ERROR_NOT_SUPPORTED};
    uint32_t code = 0;

    *ret_lives = seh_guard_call(do_call_back, &c, &code);
    if (*ret_lives) return c.result;
    TRACE(ERROR,
          "rtm: a callback for event %d crashed with 0x%08x; that protocol is told nothing "
          "any more",
          (int)event->type, (unsigned)code);
    return ERROR_NOT_SUPPORTED;
}

static bool tell_of_entity(RTM_EVENT_CALLBACK callback, const struct rtmv2_event *event)
{
    RTM_ENTITY_INFO info;
    bool lives;

    rtm_entity_info(&event->info, &info);
    run(callback, event, rtm_handle(event->about), &info, &lives);
    end_event(event);
    return lives;
}

static bool route_of(const struct rtmv2_event *event, struct rtmv2_route *ret)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return false;
    status = rtmv2_route_info(t, event->entity, event->about, ret, NULL);
    rtm_leave();
    return status == ST_OK;
}

/* The client may have deregistered in its callback. */
static void release_route(const struct rtmv2_event *event, const struct rtmv2_route *route)
{
    const handle_t32 parts[] = {route->dest, route->owner, route->neighbour};
    struct rtmv2 *t = rtm_enter();

    if (!t) return;
    rtmv2_release_route_info(t, event->entity, route);
    rtmv2_forget(t, event->entity, 3, parts);
    rtmv2_forget(t, event->entity, route->hop_count, route->hops);
    rtm_leave();
}

static bool tell_of_expiry(RTM_EVENT_CALLBACK callback, const struct rtmv2_event *event)
{
    union rtm_route_room info;
    struct rtmv2_route route;
    DWORD result;
    bool lives;

    if (!route_of(event, &route)) {
        delete_expired(event);
        return true;
    }
    rtm_route_info(&route, &info.info);
    result = run(callback, event, rtm_handle(event->about), &info, &lives);
    release_route(event, &route);
    if (result == ERROR_NOT_SUPPORTED) delete_expired(event);
    return lives;
}

bool rtm_callback(RTM_EVENT_CALLBACK callback, struct rtm_told *told)
{
    const struct rtmv2_event event = told->event;
    bool lives;

    mem_free(told);
    switch (event.type) {
    case RTMV2_ENTITY_REGISTERED:
    case RTMV2_ENTITY_DEREGISTERED:
        return tell_of_entity(callback, &event);
    case RTMV2_ROUTE_EXPIRED:
        return tell_of_expiry(callback, &event);
    case RTMV2_CHANGE_NOTIFICATION:
    default:
        run(callback, &event, rtm_handle(event.about), event.context, &lives);
        return lives;
    }
}

void rtm_callback_drop(struct rtm_told *told)
{
    if (told->event.type == RTMV2_ROUTE_EXPIRED)
        delete_expired(&told->event);
    else
        end_event(&told->event);
    mem_free(told);
}
