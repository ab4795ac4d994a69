/* The lock that all processes share which write the phone book: around reading, changing and
 * writing it, so that none overwrites what another one wrote meanwhile.
 *
 * Taken within this process' own phone-book lock (phonebook_store.c). Reading needs it not: a file
 * is replaced as a whole.
 */
#ifndef MPR_WIN32_PHONEBOOK_LOCK_H
#define MPR_WIN32_PHONEBOOK_LOCK_H

#include "win32/sys/windows_api.h"

#include "base/status.h"

/* Waits half a minute at most. ST_CANNOT_WRITE_PHONEBOOK (logged): another process does not come to
 * an end, or the lock can't be had; ST_NOT_ENOUGH_MEMORY. */
mpr_status phonebook_lock_enter(void);
void phonebook_lock_leave(void);
/* For the unloading of the DLL. */
void phonebook_lock_close(void);

#endif
