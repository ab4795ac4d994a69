/* What Wine has for programs of the host: exports of its DLLs that Windows lacks. */
#ifndef MPR_WIN32_WINE_UNIX_H
#define MPR_WIN32_WINE_UNIX_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

/* Whether this is Wine, and able to start Unix programs. */
bool wine_unix_here(void);
/* Runs a program (looked for in PATH; the list ends with NULL) and waits for it. Its exit code; -1
 * where it can't be run. */
LONG wine_unix_run(char *const *arguments);
/* The Unix name of a file, mem_alloc'd; NULL: there is none, or no memory. */
char *wine_unix_path(const WCHAR *name);

#endif
