/* MprAdminServer*, MprAdminIsService*: handles to the router.
 *
 * Connecting never asks whether the router may run (page: it does not query the service); every
 * later call does. The router of this process, if it is that one, starts with the first handle to
 * it, whatever the answer.
 */
#include "api/api.h"

#include "api/remote/elsewhere.h"
#include "api/remote/remote.h"
#include "api/tunnel/server_info.h"
#include "win32/sys/access.h"

DWORD WINAPI MprAdminServerConnect(LPWSTR name, MPR_SERVER_HANDLE *ret)
{
    mpr_status status = remote_connect(HANDLE_SERVER, name, ret);

    return API_TRACE(status, "MprAdminServerConnect(name=%w, server=%p)|%h", name, ret,
                     ret ? *ret : NULL);
}

VOID WINAPI MprAdminServerDisconnect(MPR_SERVER_HANDLE server)
{
    (void)API_TRACE(remote_disconnect(HANDLE_SERVER, server), "MprAdminServerDisconnect(server=%h)",
                    server);
}

/* ST_OK; ST_SERVICE_NOT_ACTIVE: turned off. */
static mpr_status service_runs(const WCHAR *name)
{
    mpr_status status;

    if (api_check_server_name(name) != ST_OK) return elsewhere_runs(name);
    status = access_check();
    if (status != ST_OK) return status;
    return instance_refresh_enabled() && remote_router_runs() ? ST_OK : ST_SERVICE_NOT_ACTIVE;
}

BOOL WINAPI MprAdminIsServiceRunning(LPWSTR name)
{
    /* FALSE also for whoever may not know (page). */
    bool running = service_runs(name) == ST_OK;

    (void)API_TRACE(ST_OK, "MprAdminIsServiceRunning(name=%w)|%b", name, running);
    return running;
}

DWORD WINAPI MprAdminIsServiceInitialized(LPWSTR name, BOOL *ret)
{
    mpr_status status = ret ? ST_OK : ST_INVALID_PARAMETER;

    if (ret) *ret = FALSE;
    if (status == ST_OK) status = service_runs(name);
    if (status == ST_OK) *ret = TRUE;
    return API_TRACE(status, "MprAdminIsServiceInitialized(name=%w, initialized=%p)", name, ret);
}

static void fill_level_0(const struct server_info *info, void *target)
{
    MPR_SERVER_0 *s = target;

    s->fLanOnlyMode = info->lan_only;
    s->dwUpTime = info->up_seconds;
    s->dwTotalPorts = info->total_ports;
    s->dwPortsInUse = info->ports_in_use;
}

static void fill_level_1(const struct server_info *info, void *target)
{
    (void)info;
    server_ports_level_1(target);
}

static void fill_level_2(const struct server_info *info, void *target)
{
    (void)info;
    server_ports_level_2(target);
}

static const struct server_level {
    size_t size;
    void (*fill)(const struct server_info *info, void *target);
} server_levels[] = {
    {sizeof(MPR_SERVER_0), fill_level_0},
    {sizeof(MPR_SERVER_1), fill_level_1},
    {sizeof(MPR_SERVER_2), fill_level_2},
};

static mpr_status local_server_get_info(HANDLE server, DWORD level, BYTE **ret)
{
    struct api_call call;
    struct server_info info;
    mpr_status status = api_enter(&call, server);

    if (ret) *ret = NULL;
    if (status == ST_OK) {
        router_server_info(call.router, &info);
        api_leave(&call);
        if (!ret)
            status = ST_INVALID_PARAMETER;
        else if (level >= sizeof(server_levels) / sizeof(server_levels[0]))
            status = ST_NOT_SUPPORTED; /* no code on the page; as its siblings
                                          (docs/COMPATIBILITY.md, "Everywhere", levels) */
    }
    if (status == ST_OK) {
        *ret = api_buffer_new(server_levels[level].size);
        if (*ret)
            server_levels[level].fill(&info, *ret);
        else
            status = ST_NOT_ENOUGH_MEMORY;
    }
    return status;
}

DWORD WINAPI MprAdminServerGetInfo(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *ret)
{
    mpr_status status = remote_is(server) ? remote_server_get_info(server, level, ret)
                                          : local_server_get_info(server, level, ret);

    return API_TRACE(status, "MprAdminServerGetInfo(server=%h, level=%u, buffer=%p)", server, level,
                     ret);
}
