/* A lock that all processes of this machine share, for administrators and the system only.
 *
 * A named mutex does not do: any thread that may wait for one can hold it, and Wine lets everybody
 * wait for every object. This one is a word in shared memory, which only those can open whom its
 * security descriptor names; others can neither hold nor watch it. Entering a free lock asks the
 * system nothing; a busy one is tried again every few milliseconds. When its holder's process has
 * ended, the lock is free: what that process left half done is to be looked for by whoever is next.
 *
 * A thread may enter it again; each entering needs its leaving. The shared memory lives as long as
 * some process has been in.
 */
#ifndef MPR_WIN32_MACHINE_LOCK_H
#define MPR_WIN32_MACHINE_LOCK_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"

struct machine_lock {
    const WCHAR *name; /* of the shared memory, without "Global\" */
    SRWLOCK opening;
    HANDLE mapping;
    LONG64 self;            /* this process */
    volatile LONG64 *owner; /* the process that is in; 0: free */
    volatile LONG thread;   /* of this process that is in, or waits in front */
    unsigned depth;
};
#define MACHINE_LOCK_INIT(name)                 \
    {                                           \
        name, SRWLOCK_INIT, NULL, 0, NULL, 0, 0 \
    }

/* ST_TIMEOUT; ST_ACCESS_DENIED: the memory of that name was made by somebody who is no
 * administrator (logged); else the system's code. */
mpr_status machine_lock_enter(struct machine_lock *l, DWORD timeout_ms);
void machine_lock_leave(struct machine_lock *l);
/* Whether the calling thread is in. */
bool machine_lock_held(const struct machine_lock *l);
/* For the unloading of the DLL; nobody is in. */
void machine_lock_close(struct machine_lock *l);

#endif
