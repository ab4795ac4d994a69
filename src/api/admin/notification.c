/* Notification of connections: an event that is signalled at every connect and disconnect.
 *
 * The event is duplicated, so the caller may close its handle. A registration is that of an object,
 * whatever handle names it: a value that was closed and given to another event does not end what
 * the former one registered. Only where the value names no event any more is it the value that
 * counts, and of several registrations with it the newest.
 */
#include "api/api.h"

#include "api/remote/remote.h"
#include "base/mem.h"
#include "win32/sys/event.h"

static mpr_status local_register(HANDLE server, HANDLE event)
{
    struct api_call call;
    host_event duplicate = 0;
    mpr_status event_status = event_duplicate(event, &duplicate);
    mpr_status status = api_enter_ddm(&call, server);

    if (status == ST_OK) {
        status = event_status;
        if (status == ST_OK)
            status = router_notification_add(call.router, api_handle(server), (uintptr_t)event,
                                             duplicate);
        api_leave(&call);
    }
    if (status != ST_OK && event_status == ST_OK) event_close(duplicate);
    return status;
}

DWORD WINAPI MprAdminRegisterConnectionNotification(MPR_SERVER_HANDLE server, HANDLE event)
{
    mpr_status status =
        remote_is(server) ? remote_notification_add(server, event) : local_register(server, event);

    return API_TRACE(status, "MprAdminRegisterConnectionNotification(server=%h, event=%h)", server,
                     event);
}

#define FEW 16 /* registrations of a handle that are listed without asking for memory */

/* What is registered through a server handle, each event held. */
struct registered {
    host_event *events; /* few, or mem_alloc'd */
    size_t count;
    host_event few[FEW];
};

static mpr_status list_registered(HANDLE server, struct registered *ret)
{
    struct api_call call;
    mpr_status status = api_enter_ddm(&call, server);

    if (status != ST_OK) return status;
    ret->count = router_notification_events(call.router, api_handle(server), NULL, 0);
    ret->events = ret->count <= FEW ? ret->few : mem_alloc_array(ret->count, sizeof(*ret->events));
    if (ret->events) {
        router_notification_events(call.router, api_handle(server), ret->events, ret->count);
        for (size_t n = 0; n < ret->count; n++) event_hold(ret->events[n]);
    }
    api_leave(&call);
    return ret->events ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static void free_registered(struct registered *list)
{
    for (size_t n = 0; n < list->count; n++) event_close(list->events[n]);
    if (list->events != list->few) mem_free(list->events);
}

/* Ends the registration of that event or, with event 0, of that handle value. */
static mpr_status remove_one(HANDLE server, HANDLE origin, host_event event)
{
    struct api_call call;
    mpr_status status = api_enter_ddm(&call, server);

    if (status != ST_OK) return status;
    status = router_notification_remove(call.router, api_handle(server), (uintptr_t)origin, event);
    api_leave(&call);
    return status;
}

/* Compares without the lock: each comparison may be a round trip to another process. */
static mpr_status remove_object(HANDLE server, HANDLE origin, host_event object)
{
    struct registered list = {NULL, 0, {0}};
    mpr_status status = list_registered(server, &list);
    host_event same;

    if (status != ST_OK) return status;
    same = event_find_same(object, list.events, list.count);
    status = same ? remove_one(server, origin, same) : ST_INVALID_PARAMETER;
    free_registered(&list);
    return status;
}

static mpr_status local_deregister(HANDLE server, HANDLE event)
{
    host_event object = 0;
    mpr_status status = api_check(server), event_status;

    if (status != ST_OK) return status;
    event_status = event_duplicate(event, &object);
    if (event_status == ST_NOT_ENOUGH_MEMORY) return event_status;
    if (event_status != ST_OK || !event_can_compare()) {
        status = remove_one(server, event, 0);
    } else {
        status = remove_object(server, event, object);
    }
    if (object) event_close(object);
    return status;
}

DWORD WINAPI MprAdminDeregisterConnectionNotification(MPR_SERVER_HANDLE server, HANDLE event)
{
    mpr_status status = remote_is(server) ? remote_notification_remove(server, event)
                                          : local_deregister(server, event);

    return API_TRACE(status, "MprAdminDeregisterConnectionNotification(server=%h, event=%h)",
                     server, event);
}
