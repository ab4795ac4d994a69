/* Files that are replaced as a whole: a new one is written beside, flushed, and renamed over the
 * old one, so that a crash or a full disk at any moment leaves the old file or the new one.
 *
 * The new file has a name that nobody can guess, "<file>.<16 hex digits>.new", and is made only if
 * nothing of that name is there: what somebody puts in its way, a link to another file, say, is
 * never written through. One that a killed process left is removed by the next replacement, and
 * by replace_file_tidy. It is not told from one that is about to be renamed: processes that replace
 * or tidy the same file hold a lock that they share.
 */
#ifndef MPR_WIN32_REPLACE_FILE_H
#define MPR_WIN32_REPLACE_FILE_H

#include "win32/sys/file_place.h"

#include <stddef.h>

/* At a place that file_place_find gave. A file that was there keeps its access rights and its
 * attributes; a new one is for administrators only. A program that has the old file open is waited
 * for, a second or so. The system's code; ST_NOT_ENOUGH_MEMORY. */
mpr_status replace_file(const struct file_place *place, const void *data, size_t size);
/* Both in one. */
mpr_status replace_file_at(const WCHAR *path, const void *data, size_t size);

/* Removes a file. What a link leads to is emptied instead: the link stays whole. ST_OK also when
 * there is none; codes as file_place_find. */
mpr_status replace_file_remove(const WCHAR *path);

/* Removes a file that nobody has open, but never what a link leads to: such a link stays, with a
 * line in the log. */
void replace_file_remove_itself(const WCHAR *path);

/* Removes what killed processes left beside the file, as above. */
void replace_file_tidy(const WCHAR *path);

#endif
