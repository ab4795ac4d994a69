/* Which interfaces have a key in the stored configuration, for a router that serves other programs:
 * those give keys and take them away (MprConfig) without telling it.
 *
 * Both do nothing without a router, and ask the system once while nobody has changed the
 * configuration since the last look. Not to be called with the engine's lock held.
 */
#ifndef MPR_WIN32_STORED_KEYS_H
#define MPR_WIN32_STORED_KEYS_H

#include "base/handle.h"

/* Before a call on that interface which may write into its key, or tell whether it has one. */
void stored_keys_look(handle_t32 interface);
/* Of all interfaces, now and then: one whose adapter goes stays only if it has a key. */
void stored_keys_look_all(void);

#endif
