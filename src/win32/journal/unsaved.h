/* What is done, but may not be on disk yet.
 *
 * Wine's registry is in wineserver's memory: RegFlushKey writes nothing, system.reg is written some
 * 30 seconds after a change and when wineserver ends, always as a whole. If wineserver is killed
 * before, the registry is that of before, while files (the phone book) are those of after; and if
 * it was written in the middle of a change, it is half of one. So each change that happens as a
 * whole leaves its outcome here, as items of config_undo.h, with a number that the registry gets as
 * well. The first to look at the configuration after wineserver was started anew finds a smaller
 * number in the registry when it lacks a change, and writes that again.
 *
 * The file ras\mprapi-unsaved, little endian:
 *
 *   8 bytes "MPRKEPT1", 8 bytes session, changes
 *   change  DWORD size of the items, QWORD number, items, DWORD sum (FNV-1a of number and items)
 *
 * The number: REG_QWORD `Change` of HKLM\SYSTEM\CurrentControlSet\Control\mprapi. The session: the
 * class of its volatile subkey `Session`, which lives as long as wineserver. The file goes when the
 * registry of a later session has its last number, or system.reg is newer than it.
 *
 * All of it between journal_enter and journal_leave.
 */
#ifndef MPR_WIN32_UNSAVED_H
#define MPR_WIN32_UNSAVED_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"

/* The outcome of a change, which the registry has. Needs no memory. The system's code: then it is
 * not noted. */
mpr_status unsaved_note(const struct blob *items);
/* The same for keys as they are now, by their paths below Services\RemoteAccess.
 * ST_NOT_ENOUGH_MEMORY, too. */
mpr_status unsaved_note_keys(const WCHAR *const *paths, size_t count);
/* The same for what items name, as it is now. name: TREE_NAME_MAX units. */
mpr_status unsaved_note_again(const struct blob *items, WCHAR *name);
/* Writes again what an earlier session lost. Looks once in a process: it can't outlive wineserver.
 * The system's code: tried again at the next call. */
mpr_status unsaved_recover(void);
/* Whether the above has looked already. */
bool unsaved_is_settled(void);

#endif
