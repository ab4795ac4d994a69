/* MprConfigFilterGetInfo, MprConfigFilterSetInfo: whether a transport's static packet filters are
 * on. The buffer is the caller's MPR_FILTER_0, in spite of the page that has it freed (unknowns
 * 20). No page says where Windows keeps it: here it is Parameters\<transport>\StaticFilters, a
 * DWORD, apart from RouterManagers, whose being there at all means something. Without it: on.
 */
#include "api/config/config.h"

#include <string.h>

#include "win32/sys/registry.h"

#define VALUE L"StaticFilters"

/* The PIDs of the pages; an old mprapi.h lacks that of IPv6. */
static const struct {
    DWORD id;
    const WCHAR *path;
} transports[] = {
    {PID_IP, L"Parameters\\Ip"},           {0x57, L"Parameters\\Ipv6"},
    {PID_IPX, L"Parameters\\Ipx"},         {PID_NBF, L"Parameters\\Nbf"},
    {PID_ATALK, L"Parameters\\AppleTalk"},
};

static const WCHAR *path_of(DWORD id)
{
    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++) {
        if (transports[i].id == id) return transports[i].path;
    }
    return NULL;
}

static mpr_status get_filter(const WCHAR *path, BYTE *buffer)
{
    MPR_FILTER_0 filter;
    DWORD on = 1;
    HKEY key;

    if (registry_open(path, KEY_READ, false, &key) == ST_OK) {
        if (registry_get_dword(key, VALUE, &on)) on = 1;
        RegCloseKey(key);
    }
    memset(&filter, 0, sizeof(filter));
    filter.fEnabled = on != 0;
    memcpy(buffer, &filter, sizeof(filter));
    return ST_OK;
}

static mpr_status set_filter(const WCHAR *path, const BYTE *buffer)
{
    MPR_FILTER_0 filter;
    mpr_status status;
    HKEY key;

    memcpy(&filter, buffer, sizeof(filter));
    status = registry_open(path, KEY_ALL_ACCESS, true, &key);
    if (status != ST_OK) return status;
    status = registry_set_dword(key, VALUE, filter.fEnabled ? 1 : 0);
    RegCloseKey(key);
    return status;
}

DWORD WINAPI MprConfigFilterGetInfo(HANDLE config, DWORD level, DWORD transport, LPBYTE buffer)
{
    const WCHAR *path = path_of(transport);
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = level || !buffer || !path ? ST_INVALID_PARAMETER : get_filter(path, buffer);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigFilterGetInfo(config=%h, level=%u, transport=%t, buffer=%p)",
                     config, level, transport, buffer);
}

DWORD WINAPI MprConfigFilterSetInfo(HANDLE config, DWORD level, DWORD transport, LPBYTE buffer)
{
    const WCHAR *path = path_of(transport);
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = level || !buffer || !path ? ST_INVALID_PARAMETER : set_filter(path, buffer);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigFilterSetInfo(config=%h, level=%u, transport=%t, buffer=%p)",
                     config, level, transport, buffer);
}
