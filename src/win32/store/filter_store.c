#include "win32/store/filter_store.h"

#include "win32/sys/windows_api.h"

#include <mprapi.h>

#include "win32/sys/no_interface_macro.h"
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

bool filter_store_has(uint32_t transport)
{
    return path_of(transport) != NULL;
}

bool filter_store_read(uint32_t transport)
{
    DWORD on = 1;
    HKEY key;

    if (registry_open(path_of(transport), KEY_READ, false, &key) != ST_OK) return true;
    if (registry_get_dword(key, VALUE, &on) != ST_OK) on = 1;
    RegCloseKey(key);
    return on != 0;
}

mpr_status filter_store_write(uint32_t transport, bool on)
{
    HKEY key;
    mpr_status status = registry_open(path_of(transport), KEY_ALL_ACCESS, true, &key);

    if (status != ST_OK) return status;
    status = registry_set_dword(key, VALUE, on ? 1 : 0);
    RegCloseKey(key);
    return status;
}
