/* MprAdminInterface*, without their transports and parts. */
#include "api/remote/remote.h"

#include "win32/carrier/relay.h"

mpr_status remote_interface_create(HANDLE server, DWORD level, const BYTE *buffer, HANDLE *ret)
{
    struct dim_arguments a = {.level = level};
    mpr_status status;

    if (ret) *ret = NULL;
    /* Without place for the handle nothing may be made: as if there were no structure. */
    status = remote_set(server, DIM_INTERFACE_CREATE, &a, WIRE_INTERFACE, ret ? buffer : NULL);
    if (status == ST_OK && ret) *ret = api_handle_out(a.interface);
    return status;
}

mpr_status remote_interface_delete(HANDLE server, HANDLE router_interface)
{
    struct dim_arguments a = {.interface = api_handle(router_interface)};

    return remote_tell(server, DIM_INTERFACE_DELETE, &a);
}

mpr_status remote_interface_get_handle(HANDLE server, const WCHAR *name, HANDLE *ret,
                                       BOOL include_clients)
{
    struct dim_arguments a = {.text = {name}, .include_clients = include_clients != FALSE};
    mpr_status status;

    if (ret) *ret = NULL;
    if (!name) return remote_refuse(server, ST_RPC_NULL_REF_POINTER);
    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    status = remote_tell(server, DIM_INTERFACE_GET_HANDLE, &a);
    if (status == ST_OK) *ret = api_handle_out(a.interface);
    return status;
}

mpr_status remote_interface_get_info(HANDLE server, HANDLE router_interface, DWORD level,
                                     BYTE **ret)
{
    struct dim_arguments a = {.level = level, .interface = api_handle(router_interface)};

    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    *ret = NULL;
    return remote_get(server, DIM_INTERFACE_GET_INFO, &a, WIRE_INTERFACE, ret);
}

mpr_status remote_interface_set_info(HANDLE server, HANDLE router_interface, DWORD level,
                                     const BYTE *buffer)
{
    struct dim_arguments a = {.level = level, .interface = api_handle(router_interface)};

    return remote_set(server, DIM_INTERFACE_SET_INFO, &a, WIRE_INTERFACE, buffer);
}

mpr_status remote_interface_enum(HANDLE server, DWORD level, DWORD preferred,
                                 const struct enum_results *results)
{
    struct dim_arguments a = {.level = level};

    if (!enum_results_clear(results))
        return remote_refuse(server, level != 0 ? ST_NOT_SUPPORTED : ST_INVALID_PARAMETER);
    return remote_enum(server, DIM_INTERFACE_ENUM, &a, WIRE_INTERFACE, sizeof(MPR_INTERFACE_0),
                       preferred, results);
}

/* ---- connecting and updating ----------------------------------------------------------------- */

mpr_status remote_interface_connect(HANDLE server, HANDLE router_interface, HANDLE event, BOOL wait)
{
    struct dim_arguments a = {.interface = api_handle(router_interface), .blocking = wait != FALSE};

    return remote_promise(server, DIM_INTERFACE_CONNECT, &a, event, 0);
}

mpr_status remote_interface_disconnect(HANDLE server, HANDLE router_interface)
{
    struct dim_arguments a = {.interface = api_handle(router_interface)};

    return remote_tell(server, DIM_INTERFACE_DISCONNECT, &a);
}

/* How an update's result is asked for. */
static uint64_t update_of(uint32_t interface, uint32_t transport)
{
    return (uint64_t)interface << 32 | transport;
}

mpr_status remote_interface_update_routes(HANDLE server, HANDLE router_interface, DWORD transport,
                                          HANDLE event)
{
    struct dim_arguments a = {.interface = api_handle(router_interface), .transport = transport};

    return remote_promise(server, DIM_INTERFACE_UPDATE_ROUTES, &a, event,
                          update_of(a.interface, transport));
}

mpr_status remote_interface_query_update_result(HANDLE server, HANDLE router_interface,
                                                DWORD transport, DWORD *ret)
{
    struct dim_arguments a = {.interface = api_handle(router_interface), .transport = transport};
    mpr_status status;

    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    if (relay_lost(update_of(a.interface, transport))) return ST_RPC_CALL_FAILED;
    status = remote_tell(server, DIM_INTERFACE_QUERY_UPDATE_RESULT, &a);
    if (status == ST_OK) *ret = a.result;
    return status;
}

mpr_status remote_interface_update_phonebook_info(HANDLE server, HANDLE router_interface)
{
    struct dim_arguments a = {.interface = api_handle(router_interface)};

    return remote_tell(server, DIM_INTERFACE_UPDATE_PHONEBOOK_INFO, &a);
}
