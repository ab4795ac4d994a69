/* MprAdminServerGetInfoEx, MprAdminServerSetInfoEx: tunnel settings of the running router.
 *
 * The object is the caller's; embedded pointers of a get are allocations of their own
 * (docs/COMPATIBILITY.md, MprAdminServerGetInfoEx). A router for LANs only has no tunnels:
 * ERROR_DDM_NOT_RUNNING, as the pages list. Settings are stored by the call itself, and read from
 * where they are stored.
 */
#include "api/tunnel/server_ex.h"

#include "api/remote/remote.h"

/* Enters for the figures of the router only: the registry is not waited for under the lock. */
static mpr_status running_server(MPR_SERVER_HANDLE server, struct server_info *ret)
{
    struct api_call call;
    mpr_status status = api_enter(&call, server);

    if (status != ST_OK) return status;
    router_server_info(call.router, ret);
    api_leave(&call);
    return ST_OK;
}

static mpr_status local_get_info_ex(HANDLE server, MPR_SERVER_EX *info)
{
    struct server_info running;
    mpr_status status = running_server(server, &running);

    if (status == ST_OK &&
        (!info || !server_layout_find(info, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT)))
        status = ST_INVALID_PARAMETER;
    if (status == ST_OK && running.lan_only) status = ST_DDM_NOT_RUNNING;
    return status == ST_OK ? server_ex_get(info, &running) : status;
}

DWORD APIENTRY MprAdminServerGetInfoEx(MPR_SERVER_HANDLE server, MPR_SERVER_EX *info)
{
    mpr_status status = remote_is(server) ? remote_server_get_info_ex(server, info)
                                          : local_get_info_ex(server, info);

    return API_TRACE(status, "MprAdminServerGetInfoEx(server=%h, info=%p)", server, info);
}

static mpr_status local_set_info_ex(HANDLE server, const MPR_SERVER_SET_CONFIG_EX *info)
{
    struct server_info running;
    mpr_status status = running_server(server, &running);

    if (status == ST_OK &&
        (!info || !server_layout_find(info, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT)))
        status = ST_INVALID_PARAMETER;
    if (status == ST_OK && running.lan_only) status = ST_DDM_NOT_RUNNING;
    return status == ST_OK ? server_ex_set(info) : status;
}

DWORD APIENTRY MprAdminServerSetInfoEx(MPR_SERVER_HANDLE server, MPR_SERVER_SET_CONFIG_EX *info)
{
    mpr_status status = remote_is(server) ? remote_server_set_info_ex(server, info)
                                          : local_set_info_ex(server, info);

    return API_TRACE(status, "MprAdminServerSetInfoEx(server=%h, info=%p)", server, info);
}
