/* Reading the stored interfaces one after the other, with few requests to the registry. */
#ifndef MPR_WIN32_INTERFACE_ROWS_H
#define MPR_WIN32_INTERFACE_ROWS_H

#include "win32/store/config_store.h"

/* ST_NO_SUCH_INTERFACE: a value is missing or of the wrong type; ST_NOT_ENOUGH_MEMORY. */
mpr_status interface_row_read(HKEY key, DWORD number, struct config_interface *ret);

/* Visits each by number, with its key open (not to be closed, and gone afterwards); row NULL: there
 * is a key of that number without name or type. What visit gives ends it unless it is ST_OK, and is
 * the result. Beside what is read of each key this takes two requests a key: opening and closing
 * it.
 *
 * An interface that is there all the time is visited, once, whatever other processes make and
 * delete meanwhile. Not to be called with the engine's lock held: where they did, the lock of the
 * stored configuration is taken for a while, whose errors come back (journal.h). */
typedef mpr_status config_interface_fn(void *context, HKEY key, DWORD number,
                                       const struct config_interface *row);
mpr_status config_interface_each(config_interface_fn *visit, void *context);

#endif
