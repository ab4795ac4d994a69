/* Typed access to the registry below HKLM\SYSTEM\CurrentControlSet\Services\RemoteAccess. Paths
 * are relative to it. Status values are those that the registry gave. */
#ifndef MPR_WIN32_REGISTRY_H
#define MPR_WIN32_REGISTRY_H

#include "win32/sys/windows_api.h"

#include "base/bytes.h"
#include "base/status.h"

#define REGISTRY_ROOT L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

/* ret is closed with RegCloseKey. path NULL or "" is the root itself. create makes missing keys,
 * the root with a security descriptor for administrators and the system only. */
mpr_status registry_open(const WCHAR *path, REGSAM access, bool create, HKEY *ret);
mpr_status registry_open_below(HKEY parent, const WCHAR *path, REGSAM access, bool create,
                               HKEY *ret);

/* Makes a key that is not there yet: ST_ALREADY_EXISTS when somebody has it. */
mpr_status registry_create_new(const WCHAR *path, HKEY *ret);
/* Opens or makes a key of any place for reading and writing, for administrators and the system
 * only. class_name: optional, of one that is made; options: REG_OPTION_VOLATILE or 0. */
mpr_status registry_create_protected(HKEY parent, const WCHAR *path, DWORD options,
                                     const WCHAR *class_name, HKEY *ret);
/* The same below Services\RemoteAccess, which is made, too, and outlives Wine's server in any case.
 */
mpr_status registry_open_protected(const WCHAR *path, HKEY *ret);
/* The same, of one that goes with Wine's server. */
mpr_status registry_open_volatile(const WCHAR *path, HKEY *ret);
/* Gives our own keys, as far as there are any, the descriptor that they were made with: Wine does
 * not keep descriptors beyond the life of wineserver, and keys below do not inherit them. */
void registry_protect(void);

/* Values. A missing value gives ERROR_FILE_NOT_FOUND (2), a wrong type ST_INVALID_DATA. */
mpr_status registry_get_dword(HKEY key, const WCHAR *name, DWORD *ret);
mpr_status registry_set_dword(HKEY key, const WCHAR *name, DWORD value);
/* REG_SZ, REG_EXPAND_SZ (not expanded) or REG_MULTI_SZ into a mem_alloc'd, doubly terminated text.
 */
mpr_status registry_get_text(HKEY key, const WCHAR *name, WCHAR **ret);
/* type REG_SZ, REG_EXPAND_SZ or REG_MULTI_SZ; text NULL deletes the value. */
mpr_status registry_set_text(HKEY key, const WCHAR *name, DWORD type, const WCHAR *text);
/* REG_BINARY; a missing value gives ERROR_FILE_NOT_FOUND and leaves *ret. */
mpr_status registry_get_blob(HKEY key, const WCHAR *name, struct blob *ret);
mpr_status registry_set_blob(HKEY key, const WCHAR *name, const void *data, size_t size);

/* Which subkeys a key has, as of a moment: the number of them, and when one was made or deleted (or
 * one of the key's own values written). */
struct registry_stamp {
    DWORD keys;
    FILETIME written;
};
mpr_status registry_stamp(HKEY key, struct registry_stamp *ret);
/* Whether the key still has that one; false, too, when it can't be asked. One request. */
bool registry_stamp_is(HKEY key, const struct registry_stamp *stamp);

/* Decimal subkeys ("0", "1", ...) of key in numeric order, as a mem_alloc'd array. */
mpr_status registry_numbers(HKEY key, DWORD **ret, DWORD *ret_count);

#endif
