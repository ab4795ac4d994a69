/* Who may call, and acting as the process instead of as the caller. */
#ifndef MPR_WIN32_ACCESS_H
#define MPR_WIN32_ACCESS_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"

/* ST_OK when the caller's token (the thread's when it impersonates) is in Administrators, else
 * ST_ACCESS_DENIED. */
mpr_status access_check(void);

/* In between, a thread that impersonates acts as the process: the router is the process', whoever
 * calls first. The token goes back with access_as_caller; NULL: it does not impersonate. */
HANDLE access_as_process(void);
void access_as_caller(HANDLE token);

/* The calling thread's word that it has no token of its own and will get none before it says that
 * this has ended; so the system need not be asked each time. For threads that are ours, as those of
 * the carrier, which know when they act as somebody. */
void access_thread_has_no_token(bool none);

#endif
