/* Going through the transports below an open key, Interfaces\<n> or RouterManagers, with few
 * requests to the registry.
 *
 * A transport that is there all the time is come to, whatever other processes make and delete
 * meanwhile. Not to be called with the engine's lock held: where they did, the lock of the stored
 * configuration is taken for a while, whose errors come back (journal.h). */
#ifndef MPR_WIN32_TRANSPORT_ROWS_H
#define MPR_WIN32_TRANSPORT_ROWS_H

#include "win32/store/config_store.h"

/* Visits each with its own key open; neither is to be closed. Where others made or deleted some
 * meanwhile, it visits all of them a second time, and enters no engine. What visit gives ends it
 * unless it is ST_OK, and is the result. */
typedef mpr_status config_transport_fn(void *context, HKEY key, const struct config_transport *row);
mpr_status config_transport_each(HKEY container, config_transport_fn *visit, void *context);

/* By id, each once, mem_alloc'd (NULL for none). */
mpr_status transport_rows_list(HKEY container, struct config_transport **ret, DWORD *ret_count);
/* ST_NOT_FOUND; then *ret_others says whether there are keys that are no transports. */
mpr_status transport_rows_find(HKEY container, DWORD id, struct config_transport *ret,
                               bool *ret_others);

#endif
