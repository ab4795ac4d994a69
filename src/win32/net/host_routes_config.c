#include "win32/net/host_routes_config.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "hostroutes/message.h"
#include "win32/sys/registry.h"

#define SHARED_PROGRAM L"mprsvc.exe"

static bool is_shared_program(void)
{
    WCHAR name[MAX_PATH + 1] = {0};
    const WCHAR *slash;

    GetModuleFileNameW(NULL, name, MAX_PATH);
    slash = wcsrchr(name, '\\');
    return slash && !_wcsicmp(slash + 1, SHARED_PROGRAM);
}

/* As service_entry_make (win32/store) has left it. */
static bool is_installed(void)
{
    WCHAR *path = NULL;
    bool ours;
    HKEY key;

    if (registry_open(NULL, KEY_READ, false, &key) != ST_OK) return false;
    ours = registry_get_text(key, L"ImagePath", &path) == ST_OK && wcsstr(path, SHARED_PROGRAM);
    mem_free(path);
    RegCloseKey(key);
    return ours;
}

static bool flag(HKEY key, const WCHAR *name, bool otherwise)
{
    DWORD value = otherwise;
    mpr_status status = registry_get_dword(key, name, &value);

    if (status != ST_OK && status != ERROR_FILE_NOT_FOUND)
        TRACE(WARNING, "configuration: value %s is no REG_DWORD", trace_u16(name).text);
    return status == ST_OK ? value != 0 : otherwise;
}

/* What has bits beyond is no value. */
static unsigned forward_of(HKEY key)
{
    DWORD value = 0;
    mpr_status status = registry_get_dword(key, L"HostForwarding", &value);

    if (status == ERROR_FILE_NOT_FOUND) return 0;
    if (status == ST_OK && value <= (HR_FORWARD_IPV4 | HR_FORWARD_IPV6)) return value;
    TRACE(WARNING, "configuration: value HostForwarding is not 0, 1, 2 or 3");
    return 0;
}

void host_routes_config_read(struct host_routes_config *ret)
{
    const bool installed = is_shared_program() && is_installed();
    HKEY key;

    *ret =
        (struct host_routes_config){.routes = installed, .events = installed, .demand = installed};
    if (registry_open(L"Parameters", KEY_READ, false, &key) != ST_OK) return;
    ret->routes = flag(key, L"HostRoutes", installed);
    ret->forward = forward_of(key);
    ret->stay = flag(key, L"HostRoutesStay", false);
    ret->demand = flag(key, L"HostDemandDial", installed);
    ret->events = flag(key, L"AdapterEvents", installed || ret->routes);
    RegCloseKey(key);
}

bool host_filters_on(void)
{
    bool on = is_shared_program() && is_installed();
    HKEY key;

    if (registry_open(L"Parameters", KEY_READ, false, &key) != ST_OK) return on;
    on = flag(key, L"HostFilters", on);
    RegCloseKey(key);
    return on;
}
