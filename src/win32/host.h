/* struct router_host over Windows: puts the parts of this folder around an engine. */
#ifndef MPR_WIN32_HOST_H
#define MPR_WIN32_HOST_H

#include "engine/engine.h"

/* The table to create the engine with. */
const struct router_host *host_table(void);

/* Starts what the engine's outbox may ask for: sockets (opened when needed) and the hosting of
 * protocols; and lets the parts report to the engine. */
void host_attach(struct engine *e);
/* Starts dialers, clients, and the watching of adapters; reports the adapters once.
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status host_start_links(unsigned poll_ms);
/* The router, locked (again: after others that wait, as engine_enter_again); NULL, and nothing to
 * leave, when there is none any more. */
struct router *host_enter(bool again);
void host_leave(void);
/* Stops all of it, and waits; the engine is to be destroyed next. */
void host_detach(void);
/* After the engine: the administration DLLs hear of the connections that ended with it, and stop.
 */
void host_end(void);

#endif
