/* A change of several values of the stored configuration that happens as a whole.
 *
 *     status = config_change_open(&change);
 *     if (status) return status;
 *     status = config_change_values(change, path, names, count);      whatever will be touched
 *     if (!status) status = config_change_begin(change);
 *     if (!status) status = ...;                                       the writing
 *     return config_change_close(change, status);
 *
 * When the writing fails, everything that was named is put back. When its process ends before that,
 * the next start of a router, MprConfigServerConnect or change puts it back: what was there stands
 * in the journal of backup.h, in a file `undo` (form: config_undo.h), with "undo" as its state.
 *
 * One change at a time, in all processes. Memory that putting back needs is had before.
 */
#ifndef MPR_WIN32_CONFIG_CHANGE_H
#define MPR_WIN32_CONFIG_CHANGE_H

#include "win32/sys/windows_api.h"

#include <stddef.h>

#include "base/status.h"

struct config_change;

/* Ends what another one left. ST_NOT_ENOUGH_MEMORY, ST_TIMEOUT (another process does not come to an
 * end), or the system's code. */
mpr_status config_change_open(struct config_change **ret);
/* Values of a key, by its path below HKEY_LOCAL_MACHINE; of a key that is not there, the key. */
mpr_status config_change_values(struct config_change *c, const WCHAR *path,
                                const WCHAR *const *names, size_t count);
/* A key and all that is below it. The path may have 511 units: else ST_INVALID_PARAMETER, as
 * above. */
mpr_status config_change_key(struct config_change *c, const WCHAR *path);
mpr_status config_change_phonebook(struct config_change *c);
/* From here on may be written. */
mpr_status config_change_begin(struct config_change *c);
/* ST_OK: it is done; else it is undone if it was begun. Gives status back, or why a change that was
 * done could not be ended. Frees c. */
mpr_status config_change_close(struct config_change *c, mpr_status status);

/* All of that for some values of one key, by its path below Services\RemoteAccess: write(context)
 * is the writing. Gives back its status, or why it was not begun or not ended. */
typedef mpr_status config_change_write_fn(void *context);
mpr_status config_change_run(const WCHAR *path, const WCHAR *const *names, size_t count,
                             config_change_write_fn *write, void *context);

#endif
