/* What the versioned objects of servers and interfaces have in common: checks of values (their
 * pages, MS-RRASM 2.2.1.2), and that layouts begin alike. */
#ifndef MPR_API_OBJECT_CHECK_H
#define MPR_API_OBJECT_CHECK_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stddef.h>

#define BLOB_MAX_BYTES 65536u /* a subject name or hash beyond this is garbage */

/* Members up to this one lie alike in two revisions. */
#define SAME_OFFSET(older, newer, member) \
    _Static_assert(offsetof(older, member) == offsetof(newer, member), "revisions begin alike")

/* Seconds that a security association lives, or waits idle. */
static inline bool life_valid(DWORD seconds)
{
    return seconds >= 300 && seconds <= 17279999;
}

static inline bool bytes_valid(DWORD size, const BYTE *data)
{
    return !size || (data && size <= BLOB_MAX_BYTES);
}

#endif
