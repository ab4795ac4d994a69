/* RasAdmin*: the NT 4 names whose shape is that of rassapi.dll, not of their MprAdmin successors:
 * three arguments each (x86: 12 bytes), as rassapi's published prototypes have them.
 */
#include "api/admin/user.h"

#include <raserror.h>
#include <string.h>

/* In no header of today's SDK. */
DWORD WINAPI RasAdminGetErrorString(UINT code, WCHAR *text, DWORD units);
DWORD WINAPI RasAdminUserGetInfo(const WCHAR *server, const WCHAR *user, RAS_USER_0 *info);
DWORD WINAPI RasAdminUserSetInfo(const WCHAR *server, const WCHAR *user, const RAS_USER_0 *info);

/* units counts characters. */
DWORD WINAPI RasAdminGetErrorString(UINT code, WCHAR *text, DWORD units)
{
    WCHAR *found = NULL;
    mpr_status status = ST_INVALID_PARAMETER;

    if (text && units) text[0] = 0;
    if (text && code >= RASBASE && code <= RASBASEEND)
        status = MprAdminGetErrorString(code, &found);
    if (status == ST_MR_MID_NOT_FOUND) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && !u16_copy(text, units, found)) status = ST_INSUFFICIENT_BUFFER;
    if (found) api_buffer_free(found);
    return API_TRACE(status, "RasAdminGetErrorString(error=%s, text=%p, units=%u)", (DWORD)code,
                     text, units);
}

DWORD WINAPI RasAdminUserGetInfo(const WCHAR *server, const WCHAR *user, RAS_USER_0 *info)
{
    return MprAdminUserGetInfo(server, user, 0, (BYTE *)info);
}

/* rassapi is stricter than its successor: a way of callback has to be said. */
DWORD WINAPI RasAdminUserSetInfo(const WCHAR *server, const WCHAR *user, const RAS_USER_0 *info)
{
    mpr_status status = user_check(server, user);

    if (status == ST_OK && info && !user_callback_is_one(info->bfPrivilege))
        return API_TRACE(ST_INVALID_DATA, "RasAdminUserSetInfo(server=%w, user=%w, info=%p)",
                         server, user, info);
    return MprAdminUserSetInfo(server, user, 0, (BYTE *)(ULONG_PTR)info);
}
