/* Events that a program was promised, when the router is in another process.
 *
 * The router does not get the program's event but one of the relay's; what it signals there, the
 * relay signals to the program. So a promise is kept exactly once whenever the router dies: it may
 * or may not have signalled, but only the relay signals the program's event.
 *
 *     relay_new      before the request: the program's event is checked and held
 *     relay_event    what the request says in its place
 *     relay_keep     after the request was accepted, or
 *     relay_drop     after it was refused
 */
#ifndef MPR_WIN32_RELAY_H
#define MPR_WIN32_RELAY_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "win32/carrier/carrier.h"

struct relay;

/* ST_INVALID_PARAMETER: no event; ST_NOT_ENOUGH_MEMORY. */
mpr_status relay_new(HANDLE event, struct relay **ret);
HANDLE relay_event(const struct relay *r);
/* Other than before when a handle that relay_event gave has been closed since. Never 0. */
uint32_t relay_events(void);
/* Nothing was promised. */
void relay_drop(struct relay *r);

/* The id of a router whose process is waited for; 0: of none. So a promise of it needs no handle.
 */
uint32_t relay_watched(void);
/* One signal was promised by that router, whose handle is the relay's from now on; without handle
 * it is one that relay_watched has named, and if it isn't waited for any more, it has died. The
 * event is signalled when the relay's is, or when the router has died; then something that the
 * router owed is lost, and what (not 0; 0: nothing that anybody asks for) is remembered for
 * relay_lost before the event is signalled. The relay is gone for the caller. */
void relay_keep(struct relay *r, const struct carrier_router *router, uint64_t what);
/* Whether that was lost; true once for each time. */
bool relay_lost(uint64_t what);

/* That router signals as often as it likes, until relay_drop. Again after it has died, with the
 * next router; in between nobody signals. */
void relay_register(struct relay *r, const struct carrier_router *router);
/* Who is told that a router has died for whom relays were registered; in a thread of the system's
 * pool that may wait. For the life of the process. */
void relay_on_death(void (*told)(uint32_t router));
/* Passes a signal on without the router. */
void relay_signal(struct relay *r);

/* For tests: relays that are in use, and those that wait for use. */
unsigned relay_count(bool idle);

#endif
