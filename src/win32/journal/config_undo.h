/* What a change is about to touch, as it is now: values, whole keys, the phone book. Each is said
 * before it is changed; undo_apply (backup_parts.h) puts all of it back.
 *
 *   8 bytes "MPRUNDO1", DWORD number of items, items
 *   item    BYTE 1  a value: name (path of its key below HKEY_LOCAL_MACHINE), name (of the value),
 *                   BYTE present, and if it is: DWORD type, DWORD size, data
 *           BYTE 2  a key with all that is below it: name (path), BYTE present, and if it is: key
 *           BYTE 3  the phone book: BYTE present, and if it is: DWORD size, data
 *   name, key       as in backup_tree.c
 */
#ifndef MPR_WIN32_CONFIG_UNDO_H
#define MPR_WIN32_CONFIG_UNDO_H

#include "win32/journal/backup_parts.h"

struct undo {
    struct tree_out out;
    DWORD count;
};

/* ST_NOT_ENOUGH_MEMORY or the registry's status, here and below. */
mpr_status undo_begin(struct undo *u);
mpr_status undo_add_value(struct undo *u, const WCHAR *path, const WCHAR *name);
mpr_status undo_add_key(struct undo *u, const WCHAR *path);
mpr_status undo_add_phonebook(struct undo *u);
/* The values and keys that items name, as they are now; not the phone book. name as undo_apply. */
mpr_status undo_add_again(struct undo *u, const struct blob *items, WCHAR *name);
/* *ret is freed with blob_free. */
mpr_status undo_finish(struct undo *u, struct blob *ret);

#endif
