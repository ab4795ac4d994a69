#include "win32/sys/router_stopped.h"

#include "base/trace.h"
#include "win32/sys/access.h"
#include "win32/sys/registry.h"

static const WCHAR stopped_path[] = REGISTRY_ROOT L"\\Stopped";

bool router_is_stopped(void)
{
    HANDLE token = access_as_process();
    HKEY key = NULL;
    LONG rc = RegOpenKeyExW(HKEY_LOCAL_MACHINE, stopped_path, 0, KEY_READ, &key);

    if (rc == ERROR_SUCCESS) RegCloseKey(key);
    access_as_caller(token);
    return rc != ERROR_FILE_NOT_FOUND;
}

void router_set_stopped(bool stopped)
{
    mpr_status status;
    HKEY key;

    if (stopped) {
        status = registry_open_volatile(L"Stopped", &key);
        if (status == ST_OK) RegCloseKey(key);
    } else {
        status = (mpr_status)RegDeleteKeyW(HKEY_LOCAL_MACHINE, stopped_path);
        if (status == ERROR_FILE_NOT_FOUND) status = ST_OK;
    }
    if (status != ST_OK)
        TRACE(WARNING, "router: that it is %s could not be noted: %s",
              stopped ? "stopped" : "stopped no more", status_name(status));
}
