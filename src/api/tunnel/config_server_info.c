/* MprConfigServerGetInfo, SetInfo, GetInfoEx, SetInfoEx and Refresh: the stored settings of the
 * server. A router that does not run has no up time and no ports in use (docs/COMPATIBILITY.md,
 * MprConfigServerGetInfo).
 */
#include "api/config/config.h"

#include "api/tunnel/server_ex.h"
#include "api/tunnel/server_info.h"

static void fill_level_0(void *target)
{
    MPR_SERVER_0 *s = target;

    s->fLanOnlyMode = server_ex_lan_only();
    s->dwTotalPorts = server_ex_total_ports();
}

static void fill_level_1(void *target)
{
    server_ports_level_1(target);
}

static void fill_level_2(void *target)
{
    server_ports_level_2(target);
}

static const struct {
    size_t size;
    void (*fill)(void *target);
} levels[] = {
    {sizeof(MPR_SERVER_0), fill_level_0},
    {sizeof(MPR_SERVER_1), fill_level_1},
    {sizeof(MPR_SERVER_2), fill_level_2},
};

static mpr_status give_level(DWORD level, BYTE **ret)
{
    if (!ret || level >= sizeof(levels) / sizeof(levels[0])) return ST_INVALID_PARAMETER;
    *ret = api_buffer_new(levels[level].size);
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    levels[level].fill(*ret);
    return ST_OK;
}

DWORD WINAPI MprConfigServerGetInfo(HANDLE config, DWORD level, LPBYTE *ret)
{
    struct config_call call;
    mpr_status status;

    if (ret) *ret = NULL;
    status = config_enter(&call, config);
    if (status == ST_OK) {
        status = give_level(level, ret);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigServerGetInfo(config=%h, level=%u, buffer=%p)", config,
                     level, ret);
}

DWORD WINAPI MprConfigServerSetInfo(MPR_SERVER_HANDLE config, DWORD level, LPBYTE buffer)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = server_info_store(level, buffer);
        config_leave(&call);
    } else if (status == ST_INVALID_PARAMETER && config) {
        status = ST_INVALID_HANDLE; /* this page's code for a handle that is none */
    }
    return API_TRACE(status, "MprConfigServerSetInfo(config=%h, level=%u, buffer=%p)", config,
                     level, buffer);
}

DWORD APIENTRY MprConfigServerGetInfoEx(HANDLE config, MPR_SERVER_EX *info)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = server_ex_get(info, NULL);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigServerGetInfoEx(config=%h, info=%p)", config, info);
}

DWORD APIENTRY MprConfigServerSetInfoEx(HANDLE config, MPR_SERVER_SET_CONFIG_EX *info)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = server_ex_set(info);
        /* Everything stored counts from the next start on; that is no news here. */
        if (status == SERVER_RESTART_REQUIRED) status = ST_OK;
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigServerSetInfoEx(config=%h, info=%p)", config, info);
}

DWORD WINAPI MprConfigServerRefresh(HANDLE config)
{
    /* Each call reads the registry again, and a handle that remembers where its interface was
     * checks it: there is nothing to drop (docs/COMPATIBILITY.md, MprConfigServerRefresh). */
    mpr_status status = config_handle_valid(config) ? ST_OK : ST_INVALID_PARAMETER;

    return API_TRACE(status, "MprConfigServerRefresh(config=%h)", config);
}
