/* The console that components of this process trace to: the process' own, or one made for it. */
#ifndef MPR_RTUTILS_TRACE_CONSOLE_H
#define MPR_RTUTILS_TRACE_CONSOLE_H

#include <stddef.h>
#include <stdbool.h>
#include <windows.h>

/* The console is closed with its last user. */
void trace_console_use(void);
void trace_console_unuse(void);

/* Its output, opened when it is first asked for; it stays this module's. NULL, by GetLastError: the
 * process has none and can't get one, which is not tried again before the last user is gone. */
HANDLE trace_console_get(void);

/* False: nothing was written. */
bool trace_console_write(const WCHAR *text, size_t units);

#endif
