/* Where a file that is to be replaced really is.
 *
 * A replaced file is renamed over; over a symbolic link that would put a file in the link's place
 * and leave what the link leads to as it was. Wine shows a Unix link as what it leads to, in its
 * attributes and when it is opened; what tells is the path of the opened file
 * (GetFinalPathNameByHandle), which Windows follows links for, too.
 */
#ifndef MPR_WIN32_FILE_PLACE_H
#define MPR_WIN32_FILE_PLACE_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"

#define FILE_PLACE_UNITS 1100u /* with the terminator */

struct file_place {
    WCHAR path[FILE_PLACE_UNITS]; /* the file itself */
    bool exists;
    bool linked;      /* the path asked for is a link to it */
    DWORD attributes; /* when it exists */
};

/* Follows a path that may be a link. ST_ACCESS_DENIED: the file is read-only, or the link leads to
 * a file of somebody who is neither an administrator, nor the system, nor this user;
 * ERROR_CANT_RESOLVE_FILENAME: the link leads nowhere, or to what has no path to be written;
 * ERROR_DIRECTORY: it is no file; else the system's. A missing file, or folder, is ST_OK. */
mpr_status file_place_find(const WCHAR *path, struct file_place *ret);

/* Whether an opened file is the one of that name itself, and not what a link of the name leads to.
 */
bool file_place_is_own(const WCHAR *path, HANDLE file);

#endif
