/* Accounts of this machine and their dial-in rights.
 *
 * Accounts are the host's: NetUserGetInfo of netapi32 says who exists. Windows keeps dial-in rights
 * in the account's user parameters, in a form that is not published and that Wine's accounts have
 * no room for; here they are below Services\RemoteAccess:
 *
 *     Users\<account>   Privilege (REG_DWORD: RASPRIV_ bits), Privilege2 (REG_DWORD: RASPRIV2_
 * bits), CallbackNumber (REG_SZ)
 *
 * What is missing there has the state of a fresh account: no callback, the policy decides. The key
 * is for administrators and the system. Thread-safe.
 */
#ifndef MPR_WIN32_USER_STORE_H
#define MPR_WIN32_USER_STORE_H

#include "win32/sys/windows_api.h"

#include "base/status.h"

#define USER_NUMBER_MAX 128 /* MAX_PHONE_NUMBER_LEN */

struct user_rights {
    DWORD privilege, privilege2;
    WCHAR number[USER_NUMBER_MAX + 1];
};

/* user may have the machine's name before it ("MACHINE\user", ".\user"). ERROR_NO_SUCH_USER; what
 * netapi32 and the registry say; ST_PROC_NOT_FOUND without netapi32; ST_NOT_ENOUGH_MEMORY. */
mpr_status user_store_read(const WCHAR *user, struct user_rights *ret);
mpr_status user_store_write(const WCHAR *user, const struct user_rights *rights);

/* Whether an account may dial in; domain may be "". It may unless its rights deny it: neither
 * RASPRIV_DialinPrivilege nor that a policy decides, since there is none here that forbids.
 * Accounts that this machine does not know are those of whoever has authenticated them: they may.
 * ST_NO_DIALIN_PERMISSION; what kept the rights from being read. */
mpr_status user_store_may_dial_in(const WCHAR *domain, const WCHAR *user);

/* The domain that this machine is a member of: ST_OK, or ERROR_NO_SUCH_DOMAIN for none. */
mpr_status user_store_domain(WCHAR *domain, size_t capacity);
/* A domain controller as "\\NAME". ERROR_NO_SUCH_DOMAIN: none answers for that name. */
mpr_status user_store_controller(const WCHAR *domain, WCHAR *ret, size_t capacity);

#endif
