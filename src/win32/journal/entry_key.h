/* Keys that stand for an interface or a transport of the stored configuration, and come and go as a
 * whole also when the program that makes or deletes them is killed: what makes one count is written
 * last and taken away first.
 *
 *   Interfaces\<n>                                       InterfaceName, a text that is not empty
 *   Interfaces\<n>\<transport>, RouterManagers\<transport>   ProtocolId, a number that is not 0
 *
 * Who reads takes a key without it as not there. What a killed program left has no such value, and
 * nothing but what this library puts into a new key; or an empty one (0), which is how a deletion
 * begins. The next one that makes such an entry removes it; another program's key, which may be on
 * its way to become one, is left alone.
 *
 * Writing is done between journal_enter and journal_leave, so nothing that is seen there is being
 * made by a process that uses this library.
 */
#ifndef MPR_WIN32_ENTRY_KEY_H
#define MPR_WIN32_ENTRY_KEY_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"

enum entry_kind {
    ENTRY_NONE, /* any other key: for none of these functions */
    ENTRY_INTERFACE,
    ENTRY_TRANSPORT
};

/* The name of the value that makes such a key count. */
const WCHAR *entry_mark(enum entry_kind kind);
/* Whether a value of that type and those octets does. */
bool entry_mark_counts(enum entry_kind kind, DWORD type, const void *data, size_t size);

/* Whether a killed program left it. */
bool entry_is_left(HKEY key, enum entry_kind kind);
/* The same by name; false, too, when it can't be opened. */
bool entry_is_left_below(HKEY parent, const WCHAR *name, enum entry_kind kind);

/* Deletes the key with all that is below it. On failure it is as it was; what can't be removed of
 * one that counts no more is logged, and no failure; *ret_left (optional) says so.
 * ERROR_FILE_NOT_FOUND; the registry's. */
mpr_status entry_delete(HKEY parent, const WCHAR *name, enum entry_kind kind, bool *ret_left);

#endif
