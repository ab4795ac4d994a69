/* Notification of connections: an event that is signalled at every connect and disconnect.
 *
 * The event is duplicated, so the caller may close its handle. A registration is named by the
 * handle value that made it, which therefore deregisters also when it has been closed meanwhile.
 */
#include "api/api.h"

DWORD WINAPI MprAdminRegisterConnectionNotification(MPR_SERVER_HANDLE server, HANDLE event)
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
    return API_TRACE(status, "MprAdminRegisterConnectionNotification(server=%h, event=%h)", server,
                     event);
}

DWORD WINAPI MprAdminDeregisterConnectionNotification(MPR_SERVER_HANDLE server, HANDLE event)
{
    struct api_call call;
    mpr_status status = api_enter_ddm(&call, server);

    if (status == ST_OK) {
        status = router_notification_remove(call.router, api_handle(server), (uintptr_t)event);
        api_leave(&call);
    }
    return API_TRACE(status, "MprAdminDeregisterConnectionNotification(server=%h, event=%h)",
                     server, event);
}
