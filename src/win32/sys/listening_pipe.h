/* A named pipe that one thread listens at: an instance waits for the next client, and the one after
 * it is made before that one is closed, so that the name is always there. Only for clients of this
 * machine. */
#ifndef MPR_WIN32_LISTENING_PIPE_H
#define MPR_WIN32_LISTENING_PIPE_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

struct listening_pipe {
    const WCHAR *name, *security; /* SDDL */
    DWORD access, mode;           /* of CreateNamedPipe; always overlapped */
    DWORD buffer;                 /* octets, each way that access has */
    DWORD turn_ms;                /* how long a client waits between two instances; 0: as usual */
};

/* first: FILE_FLAG_FIRST_PIPE_INSTANCE or 0. NULL: the thread's error says why. */
HANDLE listening_pipe_instance(const struct listening_pipe *pipe, DWORD first);
/* Waits for the next client with *instance, which is made where it is NULL, again and again, and
 * with an event of the caller's. *instance is then the one for the client after it: NULL if it
 * can't be made now. *ret: that client's, to be closed by the caller; NULL: who came has gone
 * again. False: stop is set, and *instance waits for nobody. */
bool listening_pipe_next(const struct listening_pipe *pipe, HANDLE *instance, HANDLE connected,
                         HANDLE stop, HANDLE *ret);

#endif
