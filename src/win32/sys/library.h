/* Loading DLLs from where only administrators put them: never from the current directory, and never
 * by PATH. */
#ifndef MPR_WIN32_LIBRARY_H
#define MPR_WIN32_LIBRARY_H

#include "win32/sys/windows_api.h"

/* A DLL that the configuration names: with a whole path (drive or share), as it is; a bare name in
 * the system folder, then in the folder of this library. NULL: not found, or refuses to be loaded,
 * by GetLastError; ERROR_BAD_PATHNAME: a path that depends on the current directory. What it needs
 * itself is looked for beside it, in the program's folder and the system's. */
HMODULE library_load(const WCHAR *name);
/* One of ours, from the folder of this library only. */
HMODULE library_load_beside(const WCHAR *name);

#endif
