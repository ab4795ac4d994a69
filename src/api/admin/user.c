/* MprAdminUserGetInfo and MprAdminUserSetInfo: who may dial in, and who is called back.
 *
 * No server handle, and no router: accounts are the host's. Rules for the callback bits: exactly
 * one of the three; none means "no callback" (docs/COMPATIBILITY.md, MprAdminUserSetInfo).
 */
#include "api/admin/user.h"

#include <string.h>

#include "win32/sys/access.h"

enum { LEVELS = 2 };

mpr_status user_check(const WCHAR *server, const WCHAR *user)
{
    mpr_status status = api_check_server_name(server);

    if (!api_trace_ready) api_trace_start();
    if (status == ST_OK) status = access_check();
    return status == ST_OK && !user ? ST_INVALID_PARAMETER : status;
}

mpr_status user_number_in(const WCHAR number[USER_NUMBER_MAX + 1], struct user_rights *rights)
{
    if (u16_length(number, USER_NUMBER_MAX + 1) > USER_NUMBER_MAX) return ST_INVALID_PARAMETER;
    for (size_t i = 0; number[i]; i++) {
        if (number[i] < L' ' || number[i] > L'~') return ERROR_INVALID_CALLBACK_NUMBER;
    }
    u16_copy(rights->number, USER_NUMBER_MAX + 1, number);
    return ST_OK;
}

bool user_callback_is_one(DWORD privilege)
{
    const DWORD ways = privilege & RASPRIV_CallbackType;

    return ways && !(ways & (ways - 1));
}

static mpr_status check_user(const WCHAR *server, const WCHAR *user, DWORD level,
                             const void *buffer)
{
    mpr_status status = user_check(server, user);

    if (status != ST_OK && status != ST_INVALID_PARAMETER) return status;
    if (level >= LEVELS) return ST_INVALID_LEVEL;
    return buffer ? status : ST_INVALID_PARAMETER;
}

/* RAS_USER_1 is RAS_USER_0 with one byte behind. */
_Static_assert(offsetof(RAS_USER_1, wszPhoneNumber) == offsetof(RAS_USER_0, wszPhoneNumber),
               "RAS_USER_1 begins as RAS_USER_0");

DWORD WINAPI MprAdminUserGetInfo(const WCHAR *server, const WCHAR *user, DWORD level, LPBYTE buffer)
{
    struct user_rights rights;
    mpr_status status = check_user(server, user, level, buffer);

    if (status == ST_OK) status = user_store_read(user, &rights);
    if (status == ST_OK) {
        RAS_USER_0 *ret = (void *)buffer;

        ret->bfPrivilege = (BYTE)rights.privilege;
        u16_copy(ret->wszPhoneNumber, USER_NUMBER_MAX + 1, rights.number);
        if (level == 1) ((RAS_USER_1 *)(void *)buffer)->bfPrivilege2 = (BYTE)rights.privilege2;
    }
    return API_TRACE(status, "MprAdminUserGetInfo(server=%w, user=%w, level=%u, buffer=%p)", server,
                     user, level, buffer);
}

static mpr_status set_user(const WCHAR *user, DWORD level, const RAS_USER_0 *from)
{
    const DWORD known = RASPRIV_CallbackType | RASPRIV_DialinPrivilege;
    struct user_rights rights;
    mpr_status status = user_store_read(user, &rights);

    if (status != ST_OK) return status;
    rights.privilege = from->bfPrivilege & known;
    if (!(rights.privilege & RASPRIV_CallbackType)) rights.privilege |= RASPRIV_NoCallback;
    if (!user_callback_is_one(rights.privilege)) return ST_INVALID_PARAMETER;
    if (level == 1)
        rights.privilege2 =
            ((const RAS_USER_1 *)(const void *)from)->bfPrivilege2 & RASPRIV2_DialinPolicy;
    status = user_number_in(from->wszPhoneNumber, &rights);
    return status == ST_OK ? user_store_write(user, &rights) : status;
}

DWORD WINAPI MprAdminUserSetInfo(const WCHAR *server, const WCHAR *user, DWORD level,
                                 const LPBYTE buffer)
{
    mpr_status status = check_user(server, user, level, buffer);

    if (status == ST_OK) status = set_user(user, level, (const void *)buffer);
    return API_TRACE(status, "MprAdminUserSetInfo(server=%w, user=%w, level=%u, buffer=%p)", server,
                     user, level, buffer);
}
