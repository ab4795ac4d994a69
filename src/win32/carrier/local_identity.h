/* Whom a thread of the router acts for, as the system says. */
#ifndef MPR_WIN32_LOCAL_IDENTITY_H
#define MPR_WIN32_LOCAL_IDENTITY_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"

/* A token of a process to act with. NULL and ST_OK: it says the same as this process' token.
 * ST_ACCESS_DENIED: it can't be had. The thread must not impersonate. */
mpr_status identity_of_process(HANDLE process, HANDLE *ret_token);

/* The calling thread acts with token, NULL: as the process. ST_ACCESS_DENIED */
mpr_status identity_act(HANDLE token);

/* The calling thread acts with the token of another thread, which has to be one of that process.
 * ST_ACCESS_DENIED: it is not, it has none, or one that may only be looked at. */
mpr_status identity_act_as_thread(DWORD process, DWORD thread);

/* Whether a process is an administrator. The calling thread must not impersonate. */
bool identity_is_administrator(HANDLE process);

/* The calling thread's id if it impersonates somebody, else 0. One request to the system. */
DWORD identity_impersonating(void);

#endif
