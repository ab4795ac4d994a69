/* MprAdminInterfaceTransport*: transports on an interface and their information. */
#include "api/api.h"

#include "api/remote/remote.h"

struct iftransport_input {
    handle_t32 interface;
    uint32_t transport;
    struct blob storage;
    const struct blob *info;
};

static mpr_status start_add(struct router *r, void *context, struct request *request)
{
    const struct iftransport_input *t = context;

    return router_iftransport_add(r, t->interface, t->transport, t->info, request);
}

static mpr_status start_set_on_interface(struct router *r, void *context, struct request *request)
{
    const struct iftransport_input *t = context;

    return router_iftransport_set(r, t->interface, t->transport, t->info, request);
}

/* Add and SetInfo: the pointer is mandatory in both. */
static mpr_status change(HANDLE server, HANDLE router_interface, DWORD transport, const BYTE *info,
                         DWORD size, engine_start_fn *start)
{
    struct iftransport_input input = {.interface = api_handle(router_interface),
                                      .transport = transport};
    mpr_status status = api_check(server);

    if (status == ST_OK) status = api_blob_in(info, size, &input.storage, &input.info);
    if (status == ST_OK && !input.info) status = ST_INVALID_PARAMETER;
    if (status == ST_OK) status = api_tell_protocols(server, start, &input);
    return status;
}

DWORD WINAPI MprAdminInterfaceTransportAdd(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                           DWORD transport, LPBYTE info, DWORD size)
{
    mpr_status status =
        remote_is(server)
            ? remote_interface_transport_change(server, DIM_INTERFACE_TRANSPORT_ADD,
                                                router_interface, transport, info, size)
            : change(server, router_interface, transport, info, size, start_add);

    return API_TRACE(status,
                     "MprAdminInterfaceTransportAdd(server=%h, interface=%h, transport=%t, "
                     "info=%p[%u])",
                     server, router_interface, transport, info, size);
}

DWORD WINAPI MprAdminInterfaceTransportSetInfo(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                               DWORD transport, LPBYTE info, DWORD size)
{
    mpr_status status =
        remote_is(server)
            ? remote_interface_transport_change(server, DIM_INTERFACE_TRANSPORT_SET_INFO,
                                                router_interface, transport, info, size)
            : change(server, router_interface, transport, info, size, start_set_on_interface);

    return API_TRACE(status,
                     "MprAdminInterfaceTransportSetInfo(server=%h, interface=%h, transport=%t, "
                     "info=%p[%u])",
                     server, router_interface, transport, info, size);
}

static mpr_status remove_from_interface(HANDLE server, HANDLE router_interface, DWORD transport)
{
    struct api_call call;
    mpr_status status = api_enter(&call, server);

    if (status != ST_OK) return status;
    status = router_iftransport_remove(call.router, api_handle(router_interface), transport);
    api_leave(&call);
    return status;
}

DWORD WINAPI MprAdminInterfaceTransportRemove(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                              DWORD transport)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_transport_remove(server, router_interface, transport)
                            : remove_from_interface(server, router_interface, transport);

    return API_TRACE(status,
                     "MprAdminInterfaceTransportRemove(server=%h, interface=%h, transport=%t)",
                     server, router_interface, transport);
}

static mpr_status get_interface_info(HANDLE server, HANDLE router_interface, DWORD transport,
                                     BYTE **ret, DWORD *ret_size)
{
    const struct blob *info = NULL;
    struct interface_info interface;
    struct api_look call;
    mpr_status status = api_enter_shared(&call, server);

    if (status != ST_OK) return status;
    if (!ret)
        status = ST_INVALID_PARAMETER;
    else
        status = router_interface_info(call.router, api_handle(router_interface), &interface);
    /* The page gives this code for a disabled interface too. */
    if (status == ST_OK && !interface.enabled) status = ST_INVALID_HANDLE;
    if (status == ST_OK)
        status =
            router_iftransport_get(call.router, api_handle(router_interface), transport, &info);
    if (status == ST_OK) status = api_buffer_copy(info->data, info->size, ret, ret_size);
    api_leave_shared(&call);
    return status;
}

DWORD WINAPI MprAdminInterfaceTransportGetInfo(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                               DWORD transport, LPBYTE *ret, LPDWORD ret_size)
{
    mpr_status status;

    if (ret) *ret = NULL;
    if (ret_size) *ret_size = 0;
    status = remote_is(server)
                 ? remote_interface_transport_get_info(server, router_interface, transport, ret,
                                                       ret_size)
                 : get_interface_info(server, router_interface, transport, ret, ret_size);
    return API_TRACE(status,
                     "MprAdminInterfaceTransportGetInfo(server=%h, interface=%h, transport=%t, "
                     "info=%p)",
                     server, router_interface, transport, ret);
}
