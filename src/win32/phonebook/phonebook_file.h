/* The phone book as a file: bytes, and by what a change is recognised. */
#ifndef MPR_WIN32_PHONEBOOK_FILE_H
#define MPR_WIN32_PHONEBOOK_FILE_H

#include "win32/sys/windows_api.h"

#include "base/bytes.h"
#include "base/status.h"
#include "phonebook/phonebook.h"

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

/* What was read from it, as a phone book; odd lines and refusals are logged. Errors as
 * phonebook_parse. */
mpr_status phonebook_file_parse(const WCHAR *path, const struct blob *data, struct phonebook **ret);

/* Replaces it as a whole (replace_file.h): of a link, the file that it leads to. The file's folder
 * is made when it is missing. ST_ACCESS_DENIED: it is read-only, or a link to a file of somebody
 * else; ST_CANNOT_WRITE_PHONEBOOK: anything else, a link that leads nowhere, for one;
 * ST_NOT_ENOUGH_MEMORY. Nothing is written then. */
mpr_status phonebook_file_replace(const WCHAR *path, const struct blob *data);
/* ST_OK also when there is none. A link stays, and what it leads to is emptied. */
mpr_status phonebook_file_remove(const WCHAR *path);

#endif
