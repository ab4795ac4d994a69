/* Dial-in rights of users, for MprAdminUser* and RasAdminUser*. */
#ifndef MPR_API_USER_H
#define MPR_API_USER_H

#include "api/api.h"
#include "win32/store/user_store.h"

/* raserror.h of mingw-w64 has it for older Windows versions only. */
#ifndef ERROR_INVALID_CALLBACK_NUMBER
#define ERROR_INVALID_CALLBACK_NUMBER 751
#endif

/* Administrators, this machine, and a user name: ST_ACCESS_DENIED, ST_RPC_SERVER_UNAVAILABLE,
 * ST_INVALID_PARAMETER. */
mpr_status user_check(const WCHAR *server, const WCHAR *user);

/* Takes over the callback number: ST_INVALID_PARAMETER when it has no end,
 * ERROR_INVALID_CALLBACK_NUMBER for other than printable ASCII characters. */
mpr_status user_number_in(const WCHAR number[USER_NUMBER_MAX + 1], struct user_rights *rights);

/* Exactly one way of callback. */
bool user_callback_is_one(DWORD privilege);

#endif
