/* A named pipe that one thread listens at: an instance waits for the next client, and the one after
 * it is made before that client is served, so that the name is always there. Only for clients of
 * this machine. */
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
/* Has *instance made where it is NULL, again and again. False: stop is set. */
bool listening_pipe_renew(const struct listening_pipe *pipe, HANDLE *instance, HANDLE stop);
/* Waits for a client of that instance, with an event of the caller's. False: stop is set, or who
 * came has gone again. */
bool listening_pipe_wait(HANDLE instance, HANDLE connected, HANDLE stop);

#endif
