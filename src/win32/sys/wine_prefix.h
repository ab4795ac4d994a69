/* The folder in which Wine keeps the registry that this process sees. */
#ifndef MPR_WIN32_WINE_PREFIX_H
#define MPR_WIN32_WINE_PREFIX_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stddef.h>

#define WINE_PREFIX_UNITS 1024u

/* The path of a file in it, L"system.reg" for one, or of the folder itself (L""), as CreateFileW
 * takes it. False: no Wine, or one that does not tell. */
bool wine_prefix_path(const WCHAR *file, WCHAR ret[WINE_PREFIX_UNITS]);
/* Whether every user of the host may read the registry's file, as far as the modes of the file and
 * of the folders above it say. */
bool wine_prefix_is_public(void);

#endif
