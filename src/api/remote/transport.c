/* Transports, and those on interfaces: information blocks. */
#include "api/remote/remote.h"

mpr_status remote_transport_create(HANDLE server, DWORD transport, const WCHAR *name,
                                   const struct dim_blocks *blocks, const WCHAR *dll_path)
{
    struct dim_arguments a = {.transport = transport, .blocks = *blocks};

    /* NDR has no way to leave them out (MS-RRASM 3.1.4.38). */
    a.text[0] = name ? name : L"";
    a.text[1] = dll_path ? dll_path : L"";
    return remote_tell(server, DIM_TRANSPORT_CREATE, &a);
}

mpr_status remote_transport_set_info(HANDLE server, DWORD transport,
                                     const struct dim_blocks *blocks)
{
    struct dim_arguments a = {.transport = transport, .blocks = *blocks};

    return remote_tell(server, DIM_TRANSPORT_SET_GLOBAL_INFO, &a);
}

static void clear(BYTE **ret, DWORD *ret_size)
{
    if (ret) *ret = NULL;
    if (ret_size) *ret_size = 0;
}

static mpr_status copy(const struct dim_octets *octets, BYTE **ret, DWORD *ret_size)
{
    return ret ? api_buffer_copy(octets->data, octets->size, ret, ret_size) : ST_OK;
}

mpr_status remote_transport_get_info(HANDLE server, DWORD transport, BYTE **ret_global,
                                     DWORD *ret_global_size, BYTE **ret_client,
                                     DWORD *ret_client_size)
{
    struct dim_arguments a = {.transport = transport};
    struct remote_reply reply;
    mpr_status status;

    clear(ret_global, ret_global_size);
    clear(ret_client, ret_client_size);
    if (!ret_global && !ret_client) return remote_refuse(server, ST_INVALID_PARAMETER);
    a.blocks.want_global = ret_global != NULL;
    a.blocks.want_interface = ret_client != NULL;
    status = remote_call(server, DIM_TRANSPORT_GET_GLOBAL_INFO, &a, &reply);
    if (status == ST_OK) status = copy(&a.blocks.global, ret_global, ret_global_size);
    if (status == ST_OK) status = copy(&a.blocks.interface, ret_client, ret_client_size);
    if (status != ST_OK && ret_global) {
        api_buffer_free(*ret_global);
        clear(ret_global, ret_global_size);
    }
    remote_free(&reply);
    return status;
}

/* ---- on interfaces --------------------------------------------------------------------------- */

mpr_status remote_interface_transport_change(HANDLE server, enum dim_method method,
                                             HANDLE router_interface, DWORD transport,
                                             const BYTE *info, DWORD size)
{
    struct dim_arguments a = {.interface = api_handle(router_interface), .transport = transport};

    a.blocks.interface = (struct dim_octets){size, info};
    return remote_tell(server, method, &a);
}

mpr_status remote_interface_transport_remove(HANDLE server, HANDLE router_interface,
                                             DWORD transport)
{
    struct dim_arguments a = {.interface = api_handle(router_interface), .transport = transport};

    return remote_tell(server, DIM_INTERFACE_TRANSPORT_REMOVE, &a);
}

mpr_status remote_interface_transport_get_info(HANDLE server, HANDLE router_interface,
                                               DWORD transport, BYTE **ret, DWORD *ret_size)
{
    struct dim_arguments a = {.interface = api_handle(router_interface), .transport = transport};
    struct remote_reply reply;
    mpr_status status;

    clear(ret, ret_size);
    if (!ret) return remote_refuse(server, ST_INVALID_PARAMETER);
    a.blocks.want_interface = 1;
    status = remote_call(server, DIM_INTERFACE_TRANSPORT_GET_INFO, &a, &reply);
    if (status == ST_OK) status = copy(&a.blocks.interface, ret, ret_size);
    remote_free(&reply);
    return status;
}
