/* Operations that are begun with an OVERLAPPED and may be given up. Of files, pipes and sockets. */
#ifndef MPR_WIN32_OVERLAPPED_H
#define MPR_WIN32_OVERLAPPED_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

/* Waits for an operation on file that this thread has just begun with o, whose event was reset
 * before. begun: what began it has returned success; else the thread's error says whether it is
 * under way. Once stop is set, or so many milliseconds are over (INFINITE: never), it is cancelled.
 * True: it has succeeded, perhaps in that moment, and *ret_size octets were moved. It has ended in
 * any case. */
bool overlapped_wait(HANDLE file, bool begun, OVERLAPPED *o, HANDLE stop, DWORD within,
                     DWORD *ret_size);

#endif
