/* MprAdminInterfaceCreate, Delete, GetHandle, GetInfo, SetInfo: the interface table. */
#include "api/api.h"

#include "api/admin/interface_dial.h"
#include "api/remote/remote.h"
#include "win32/phonebook/phonebook_store.h"

static mpr_status create_other(HANDLE server, const struct interface_input *input, handle_t32 *ret)
{
    struct interface_spec spec = {.name = input->name,
                                  .type = input->type,
                                  .enabled = input->enabled,
                                  .dialout_hours = input->hours};
    struct api_call call;
    mpr_status status;

    if (input->dial) return ST_INVALID_PARAMETER; /* an entry for what does not dial */
    status = interface_is_stored(input->name, &spec.stored);
    if (status == ST_OK) status = api_enter_again(&call, server);
    if (status == ST_OK) {
        status = router_interface_create(call.router, &spec, ret);
        api_leave(&call);
    }
    return status;
}

/* *input is what was read, for the log. */
static mpr_status local_interface_create(HANDLE server, DWORD level, const BYTE *buffer,
                                         HANDLE *ret, struct interface_input *input)
{
    handle_t32 handle = 0;
    mpr_status status = api_check(server);

    if (ret) *ret = NULL;
    if (status == ST_OK) status = interface_input_read(buffer, level, input);
    if (status == ST_OK && !ret) status = ST_INVALID_PARAMETER;
    if (status == ST_OK)
        status = interface_type_dials(input->type) ? interface_dial_create(server, input, &handle)
                                                   : create_other(server, input, &handle);
    if (status == ST_OK) *ret = api_handle_out(handle);
    return status;
}

DWORD WINAPI MprAdminInterfaceCreate(MPR_SERVER_HANDLE server, DWORD level, LPBYTE buffer,
                                     HANDLE *ret)
{
    struct interface_input input = {.name = NULL};
    mpr_status status;

    if (remote_is(server)) {
        status = remote_interface_create(server, level, buffer, ret);
        (void)interface_input_read(buffer, level, &input);
    } else {
        status = local_interface_create(server, level, buffer, ret, &input);
    }
    return API_TRACE(status,
                     "MprAdminInterfaceCreate(server=%h, level=%u, buffer=%p, interface=%p, "
                     "name=%w, type=%y)|%h",
                     server, level, buffer, ret, input.name, (DWORD)input.type, ret ? *ret : NULL);
}

static mpr_status local_interface_delete(HANDLE server, HANDLE router_interface)
{
    mpr_status status = api_check(server);

    return status ? status : interface_dial_delete(server, api_handle(router_interface));
}

DWORD WINAPI MprAdminInterfaceDelete(MPR_SERVER_HANDLE server, HANDLE router_interface)
{
    mpr_status status = remote_is(server) ? remote_interface_delete(server, router_interface)
                                          : local_interface_delete(server, router_interface);

    return API_TRACE(status, "MprAdminInterfaceDelete(server=%h, interface=%h)", server,
                     router_interface);
}

static mpr_status local_interface_get_handle(HANDLE server, const WCHAR *name, HANDLE *ret,
                                             BOOL include_clients)
{
    struct api_look call;
    handle_t32 handle = 0;
    mpr_status status = api_enter_shared(&call, server);

    if (ret) *ret = NULL;
    if (status == ST_OK) {
        if (!name)
            status = ST_RPC_NULL_REF_POINTER;
        else if (!ret)
            status = ST_INVALID_PARAMETER;
        else
            status = router_interface_find(call.router, name, include_clients != FALSE, &handle);
        api_leave_shared(&call);
    }
    if (status == ST_OK) *ret = api_handle_out(handle);
    return status;
}

DWORD WINAPI MprAdminInterfaceGetHandle(MPR_SERVER_HANDLE server, LPWSTR name, HANDLE *ret,
                                        BOOL include_clients)
{
    mpr_status status = remote_is(server)
                            ? remote_interface_get_handle(server, name, ret, include_clients)
                            : local_interface_get_handle(server, name, ret, include_clients);

    return API_TRACE(status,
                     "MprAdminInterfaceGetHandle(server=%h, name=%w, interface=%p, clients=%b)"
                     "|%h",
                     server, name, ret, include_clients, ret ? *ret : NULL);
}

/* Levels 0 and 1 are made under the lock, since the hours live there. */
static mpr_status get_from_router(HANDLE server, HANDLE router_interface, DWORD level,
                                  struct interface_info *info, BYTE **ret)
{
    struct api_look call;
    const char16_t *hours = NULL;
    mpr_status status = api_enter_shared(&call, server);

    if (status != ST_OK) return status;
    if (!ret)
        status = ST_INVALID_PARAMETER;
    else if (level >= INTERFACE_LEVELS)
        status = ST_NOT_SUPPORTED;
    else
        status = router_interface_info(call.router, api_handle(router_interface), info);
    if (status == ST_OK && level == 1)
        status = router_interface_hours(call.router, info->handle, &hours);
    if (status == ST_OK && level >= 2 && !interface_type_dials(info->type))
        status = ST_INVALID_LEVEL;
    else if (status == ST_OK && level < 2)
        status = interface_output(level, info, hours, NULL, ret);
    api_leave_shared(&call);
    return status;
}

static mpr_status get_from_phonebook(DWORD level, const struct interface_info *info, BYTE **ret)
{
    struct phonebook_settings settings;
    mpr_status status = phonebook_store_read(info->name, &settings);

    if (status == ST_CANNOT_OPEN_PHONEBOOK) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    if (status != ST_OK) return status;
    status = interface_output(level, info, NULL, &settings, ret);
    phonebook_settings_free(&settings);
    return status;
}

static mpr_status local_interface_get_info(HANDLE server, HANDLE router_interface, DWORD level,
                                           BYTE **ret)
{
    struct interface_info info = {.handle = 0};
    mpr_status status;

    if (ret) *ret = NULL;
    status = get_from_router(server, router_interface, level, &info, ret);
    return status == ST_OK && level >= 2 ? get_from_phonebook(level, &info, ret) : status;
}

DWORD WINAPI MprAdminInterfaceGetInfo(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                      DWORD level, LPBYTE *ret)
{
    static const MPR_INTERFACE_0 none;
    mpr_status status = remote_is(server)
                            ? remote_interface_get_info(server, router_interface, level, ret)
                            : local_interface_get_info(server, router_interface, level, ret);
    /* Every level begins like this one (interface_levels.c). */
    const MPR_INTERFACE_0 *info = status == ST_OK ? (const void *)*ret : &none;

    return API_TRACE(status,
                     "MprAdminInterfaceGetInfo(server=%h, interface=%h, level=%u, buffer=%p)"
                     "|%w %y %c, last error %s",
                     server, router_interface, level, ret, info->wszInterfaceName,
                     (DWORD)info->dwIfType, (DWORD)info->dwConnectionState, info->dwLastError);
}

static mpr_status set_in_router(HANDLE server, handle_t32 interface,
                                const struct interface_input *input)
{
    struct api_call call;
    mpr_status status = api_enter_again(&call, server);

    if (status != ST_OK) return status;
    status = router_interface_set(call.router, interface, input->enabled, input->level == 0,
                                  input->hours);
    api_leave(&call);
    return status;
}

static mpr_status local_interface_set_info(HANDLE server, HANDLE router_interface, DWORD level,
                                           const BYTE *buffer, struct interface_input *input)
{
    handle_t32 handle = api_handle(router_interface);
    mpr_status status = api_check(server);

    if (status == ST_OK) status = interface_input_read(buffer, level, input);
    if (status != ST_OK) return status;
    return input->dial ? interface_dial_set(server, handle, input)
                       : set_in_router(server, handle, input);
}

DWORD WINAPI MprAdminInterfaceSetInfo(MPR_SERVER_HANDLE server, HANDLE router_interface,
                                      DWORD level, LPBYTE buffer)
{
    struct interface_input input = {.name = NULL};
    mpr_status status;

    if (remote_is(server)) {
        status = remote_interface_set_info(server, router_interface, level, buffer);
        (void)interface_input_read(buffer, level, &input);
    } else {
        status = local_interface_set_info(server, router_interface, level, buffer, &input);
    }
    return API_TRACE(status,
                     "MprAdminInterfaceSetInfo(server=%h, interface=%h, level=%u, buffer=%p, "
                     "name=%w, enabled=%b)",
                     server, router_interface, level, buffer, input.name, input.enabled);
}
