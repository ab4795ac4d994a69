/* The phone book as a file: bytes, and by what a change is recognised. */
#ifndef MPR_WIN32_PHONEBOOK_FILE_H
#define MPR_WIN32_PHONEBOOK_FILE_H

#include "win32/sys/windows_api.h"

#include "base/bytes.h"
#include "base/status.h"

/* Size and time of the last write. */
struct file_stamp {
    ULONGLONG size, time;
};

/* ST_CANNOT_OPEN_PHONEBOOK: there is none. */
mpr_status phonebook_file_stamp(const WCHAR *path, struct file_stamp *ret);

/* ret is empty before, and may hold memory after a failure, too. ST_CANNOT_OPEN_PHONEBOOK: there is
 * none; ST_CANNOT_LOAD_PHONEBOOK: not to be read, or larger than a gigabyte; ST_NOT_ENOUGH_MEMORY.
 */
mpr_status phonebook_file_read(const WCHAR *path, struct blob *ret);

/* Writes a new file beside, for administrators only, which then replaces the old: a crash or a full
 * disk in between leaves the old one. The file's folder is made when it is missing.
 * ST_CANNOT_WRITE_PHONEBOOK, ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_file_replace(const WCHAR *path, const struct blob *data);

#endif
