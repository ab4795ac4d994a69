/* Autostatic updates of an interface's routes, and reading its phone-book entry again. */
#include "api/api.h"

#include "api/admin/interface_dial.h"
#include "win32/protocol/protocol_host.h"
#include "win32/sys/async_request.h"

struct update_target {
    handle_t32 interface;
    uint32_t transport;
};

static mpr_status start_update(struct router *r, void *context, struct request *request)
{
    const struct update_target *t = context;

    return router_update_routes(r, t->interface, t->transport, request);
}

/* Without event on the thread of a hosted protocol, where nobody can wait for it: ST_PENDING, too.
 * A bad event is told before a bad interface, also when it is found to be one only at the end. */
static mpr_status update_async(HANDLE server, const struct update_target *target, HANDLE event)
{
    struct api_call call;
    struct request *request = NULL;
    mpr_status event_status = async_request_new_held(event, api_handle(server), &request);
    mpr_status status = api_enter(&call, server);

    if (status != ST_OK) {
        async_request_free(request);
        return status;
    }
    status = event_status;
    if (status == ST_OK)
        status = router_update_routes(call.router, target->interface, target->transport, request);
    api_leave(&call);
    if (event_status == ST_OK) event_status = async_request_settle(request, status == ST_PENDING);
    return event_status == ST_OK ? status : event_status;
}

DWORD WINAPI MprAdminInterfaceUpdateRoutes(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                           DWORD transport, HANDLE event)
{
    struct update_target target = {api_handle(router_interface), transport};
    mpr_status status;

    if (event || protocol_host_current())
        status = update_async(server, &target, event);
    else
        status = api_call_and_wait(server, start_update, &target);
    return API_TRACE(
        status, "MprAdminInterfaceUpdateRoutes(server=%h, interface=%h, protocol=%t, event=%h)",
        server, router_interface, transport, event);
}

DWORD WINAPI MprAdminInterfaceQueryUpdateResult(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                DWORD transport, LPDWORD ret)
{
    struct api_call call;
    mpr_status result = ST_OK;
    mpr_status status = api_enter(&call, server);

    if (status == ST_OK) {
        if (!ret)
            status = ST_INVALID_PARAMETER;
        else
            status =
                router_update_result(call.router, api_handle(router_interface), transport, &result);
        api_leave(&call);
    }
    if (status == ST_OK) *ret = result;
    return API_TRACE(status,
                     "MprAdminInterfaceQueryUpdateResult(server=%h, interface=%h, protocol=%t, "
                     "result=%p)|%s",
                     server, router_interface, transport, ret, result);
}

DWORD WINAPI MprAdminInterfaceUpdatePhonebookInfo(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    mpr_status status = api_check(server);

    if (status == ST_OK) status = interface_dial_reload(server, api_handle(router_interface));

    return API_TRACE(status, "MprAdminInterfaceUpdatePhonebookInfo(server=%h, interface=%h)",
                     server, router_interface);
}
