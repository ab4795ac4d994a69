/* Devices, credentials and custom settings of interfaces. */
#include "api/remote/remote.h"

enum { DEVICE_LEVELS = 2, SECRET_LEVELS = 4 };

mpr_status remote_interface_get_device(HANDLE server, HANDLE router_interface, DWORD index,
                                       DWORD level, BYTE **ret)
{
    struct dim_arguments a = {
        .level = level, .index = index, .interface = api_handle(router_interface)};

    if (!ret)
        return remote_refuse(server,
                             level < DEVICE_LEVELS ? ST_INVALID_PARAMETER : ST_NOT_SUPPORTED);
    *ret = NULL;
    return remote_get(server, DIM_INTERFACE_DEVICE_GET_INFO, &a, WIRE_DEVICE, ret);
}

mpr_status remote_interface_set_device(HANDLE server, HANDLE router_interface, DWORD index,
                                       DWORD level, const BYTE *buffer)
{
    struct dim_arguments a = {
        .level = level, .index = index, .interface = api_handle(router_interface)};

    return remote_set(server, DIM_INTERFACE_DEVICE_SET_INFO, &a, WIRE_DEVICE, buffer);
}

mpr_status remote_interface_get_credentials(HANDLE server, HANDLE router_interface, DWORD level,
                                            BYTE **ret)
{
    struct dim_arguments a = {.level = level, .interface = api_handle(router_interface)};

    if (!ret)
        return remote_refuse(server,
                             level < SECRET_LEVELS ? ST_INVALID_PARAMETER : ST_NOT_SUPPORTED);
    *ret = NULL;
    return remote_get(server, DIM_INTERFACE_GET_CREDENTIALS_EX, &a, WIRE_CREDENTIALS, ret);
}

mpr_status remote_interface_set_credentials(HANDLE server, HANDLE router_interface, DWORD level,
                                            const BYTE *buffer)
{
    struct dim_arguments a = {.level = level, .interface = api_handle(router_interface)};

    return remote_set(server, DIM_INTERFACE_SET_CREDENTIALS_EX, &a, WIRE_CREDENTIALS, buffer);
}

/* ---- custom settings ------------------------------------------------------------------------- */

/* What is wrong with an object is told behind what is wrong with the interface; that there is none,
 * before. */
static mpr_status refuse_object(HANDLE server, HANDLE router_interface, const void *object,
                                mpr_status status)
{
    struct dim_arguments a = {.level = 0, .interface = api_handle(router_interface)};
    mpr_status before;

    if (!object) return remote_refuse(server, status);
    before = remote_tell(server, DIM_INTERFACE_GET_INFO, &a);
    return before ? before : status;
}

mpr_status remote_interface_get_custom_info(HANDLE server, HANDLE router_interface, void *object)
{
    struct dim_arguments a = {.interface = api_handle(router_interface)};
    struct remote_reply reply;
    mpr_status status = wire_custom_ask(object, &a.custom);

    if (status != ST_OK) return refuse_object(server, router_interface, object, status);
    status = remote_call(server, DIM_INTERFACE_GET_CUSTOM_INFO_EX, &a, &reply);
    if (status == ST_OK) status = wire_custom_in(&a.custom, object);
    remote_free(&reply);
    return status;
}

mpr_status remote_interface_set_custom_info(HANDLE server, HANDLE router_interface,
                                            const void *object)
{
    struct dim_arguments a = {.interface = api_handle(router_interface)};
    struct ndr n;
    mpr_status status;

    ndr_write(&n);
    status = wire_custom_set_out(&n, object, &a.custom);
    if (status == ST_OK)
        status = remote_tell(server, DIM_INTERFACE_SET_CUSTOM_INFO_EX, &a);
    else if (status == ST_INVALID_PARAMETER)
        status = refuse_object(server, router_interface, object, status);
    ndr_free(&n);
    return status;
}
