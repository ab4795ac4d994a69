#include "win32/sys/router_runs.h"

#include "base/trace.h"
#include "win32/sys/registry.h"

static mpr_status count_one(HKEY key, uint32_t *ret)
{
    DWORD last;
    mpr_status status = registry_get_dword(key, L"Count", &last);

    if (status == ST_OK) *ret = last + 1;
    if (status != ST_OK && status != (mpr_status)ERROR_FILE_NOT_FOUND) return status;
    return registry_set_dword(key, L"Count", *ret);
}

uint32_t router_runs_next(uint32_t fallback)
{
    uint32_t number = fallback;
    HKEY key;
    mpr_status status = registry_open_volatile(L"Runs", &key);

    if (status == ST_OK) {
        status = count_one(key, &number);
        RegCloseKey(key);
    }
    if (status == ST_OK) return number;
    TRACE(WARNING, "router: its number could not be noted: %s", status_name(status));
    return fallback;
}
