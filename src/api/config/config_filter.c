/* MprConfigFilterGetInfo, MprConfigFilterSetInfo: whether a transport's static packet filters are
 * on. The buffer is the caller's MPR_FILTER_0, in spite of the page that has it freed
 * (docs/COMPATIBILITY.md, MprConfigFilterGetInfo).
 */
#include "api/config/config.h"

#include <string.h>

#include "win32/store/filter_store.h"

static mpr_status get_filter(DWORD transport, BYTE *buffer)
{
    MPR_FILTER_0 filter;

    memset(&filter, 0, sizeof(filter));
    filter.fEnabled = filter_store_read(transport);
    memcpy(buffer, &filter, sizeof(filter));
    return ST_OK;
}

static mpr_status set_filter(DWORD transport, const BYTE *buffer)
{
    MPR_FILTER_0 filter;

    memcpy(&filter, buffer, sizeof(filter));
    return filter_store_write(transport, filter.fEnabled != 0);
}

DWORD WINAPI MprConfigFilterGetInfo(HANDLE config, DWORD level, DWORD transport, LPBYTE buffer)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = level || !buffer || !filter_store_has(transport) ? ST_INVALID_PARAMETER
                                                                  : get_filter(transport, buffer);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigFilterGetInfo(config=%h, level=%u, transport=%t, buffer=%p)",
                     config, level, transport, buffer);
}

DWORD WINAPI MprConfigFilterSetInfo(HANDLE config, DWORD level, DWORD transport, LPBYTE buffer)
{
    struct config_call call;
    mpr_status status = config_enter(&call, config);

    if (status == ST_OK) {
        status = level || !buffer || !filter_store_has(transport) ? ST_INVALID_PARAMETER
                                                                  : set_filter(transport, buffer);
        config_leave(&call);
    }
    return API_TRACE(status, "MprConfigFilterSetInfo(config=%h, level=%u, transport=%t, buffer=%p)",
                     config, level, transport, buffer);
}
