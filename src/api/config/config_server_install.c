/* MprConfigServerInstall. The service is neither started nor enabled, nothing is registered in a
 * domain, and there is no management console to add a snap-in to.
 */
#include "api/config/config.h"

#include "win32/store/install_store.h"
#include "win32/sys/access.h"

static mpr_status install(DWORD level, const void *buffer)
{
    mpr_status status = level || buffer ? ST_INVALID_PARAMETER : access_check();

    return status ? status : install_store_write();
}

DWORD WINAPI MprConfigServerInstall(DWORD level, PVOID buffer)
{
    return API_TRACE(install(level, buffer), "MprConfigServerInstall(level=%u, buffer=%p)", level,
                     buffer);
}
