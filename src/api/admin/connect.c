/* MprAdminInterfaceConnect, MprAdminInterfaceDisconnect and the notification of both.
 *
 *   event given          PENDING, and the event is signalled when the attempt is over
 *   no event, wait       returns when the attempt is over, with its result
 *   no event, no wait    PENDING, and the caller looks with MprAdminInterfaceGetInfo
 *
 * An interface that is connected already gives NO_ERROR at once [MS-RRASM]; the event is signalled
 * then too, since a program may wait for it whatever the code says.
 */
#include "api/api.h"

#include "api/remote/remote.h"
#include "win32/sys/async_request.h"

static mpr_status start_connect(struct router *r, void *context, struct request *request)
{
    return router_interface_connect(r, *(const handle_t32 *)context, request);
}

static mpr_status connect_async(HANDLE server, HANDLE router_interface, HANDLE event)
{
    struct api_call call;
    struct request *request = NULL;
    mpr_status request_status, status;

    request_status = event ? async_request_new(event, api_handle(server), &request) : ST_OK;
    status = api_enter(&call, server);
    if (status == ST_OK) {
        status = request_status;
        if (status == ST_OK)
            status = router_interface_connect(call.router, api_handle(router_interface), request);
        api_leave(&call);
    }
    if (request && status != ST_PENDING) async_request_free(request);
    if (event && status == ST_OK) SetEvent(event);
    return status;
}

static mpr_status local_connect(HANDLE server, HANDLE router_interface, HANDLE event, BOOL wait)
{
    handle_t32 handle = api_handle(router_interface);

    /* The event wins over fSynchronous (docs/COMPATIBILITY.md, "Connecting"). */
    if (event || !wait) return connect_async(server, router_interface, event);
    return api_call_and_wait(server, start_connect, &handle);
}

DWORD WINAPI MprAdminInterfaceConnect(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                      HANDLE event, BOOL wait)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_connect(server, router_interface, event, wait)
                            : local_connect(server, router_interface, event, wait);

    return API_TRACE(status,
                     "MprAdminInterfaceConnect(server=%h, interface=%h, event=%h, synchronous=%b)",
                     server, router_interface, event, wait);
}

static mpr_status local_disconnect(HANDLE server, HANDLE router_interface)
{
    struct api_call call;
    mpr_status status = api_enter(&call, server);

    if (status != ST_OK) return status;
    status = router_interface_disconnect(call.router, api_handle(router_interface));
    api_leave(&call);
    return status;
}

DWORD WINAPI MprAdminInterfaceDisconnect(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    mpr_status status = remote_is(server) ? remote_interface_disconnect(server, router_interface)
                                          : local_disconnect(server, router_interface);

    return API_TRACE(status, "MprAdminInterfaceDisconnect(server=%h, interface=%h)", server,
                     router_interface);
}
