/* Autostatic updates of an interface's routes, and reading its phone-book entry again. */
#include "api/api.h"

#include "api/admin/interface_dial.h"
#include "api/remote/remote.h"
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

static mpr_status local_update_routes(HANDLE server, HANDLE router_interface, DWORD transport,
                                      HANDLE event)
{
    struct update_target target = {api_handle(router_interface), transport};

    if (event || protocol_host_current()) return update_async(server, &target, event);
    return api_call_and_wait(server, start_update, &target);
}

DWORD WINAPI MprAdminInterfaceUpdateRoutes(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                           DWORD transport, HANDLE event)
{
    mpr_status status =
        remote_is(server)
            ? remote_interface_update_routes(server, router_interface, transport, event)
            : local_update_routes(server, router_interface, transport, event);

    return API_TRACE(
        status, "MprAdminInterfaceUpdateRoutes(server=%h, interface=%h, protocol=%t, event=%h)",
        server, router_interface, transport, event);
}

static mpr_status local_query_update_result(HANDLE server, HANDLE router_interface, DWORD transport,
                                            DWORD *ret)
{
    struct api_look call;
    mpr_status result = ST_OK;
    mpr_status status = api_enter_shared(&call, server);

    if (status == ST_OK) {
        if (!ret)
            status = ST_INVALID_PARAMETER;
        else
            status =
                router_update_result(call.router, api_handle(router_interface), transport, &result);
        api_leave_shared(&call);
    }
    if (status == ST_OK) *ret = result;
    return status;
}

DWORD WINAPI MprAdminInterfaceQueryUpdateResult(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                                DWORD transport, LPDWORD ret)
{
    mpr_status status =
        remote_is(server)
            ? remote_interface_query_update_result(server, router_interface, transport, ret)
            : local_query_update_result(server, router_interface, transport, ret);

    return API_TRACE(status,
                     "MprAdminInterfaceQueryUpdateResult(server=%h, interface=%h, protocol=%t, "
                     "result=%p)|%s",
                     server, router_interface, transport, ret, status == ST_OK ? *ret : ST_OK);
}

static mpr_status local_update_phonebook_info(HANDLE server, HANDLE router_interface)
{
    mpr_status status = api_check(server);

    return status ? status : interface_dial_reload(server, api_handle(router_interface));
}

DWORD WINAPI MprAdminInterfaceUpdatePhonebookInfo(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_update_phonebook_info(server, router_interface)
                            : local_update_phonebook_info(server, router_interface);

    return API_TRACE(status, "MprAdminInterfaceUpdatePhonebookInfo(server=%h, interface=%h)",
                     server, router_interface);
}
