/* Routers that programs share, one after the other, are counted: so a handle of a router that has
 * ended is none of the next 255. The count is in a volatile key, Runs, which goes with Wine's
 * server, as all programs do that had such handles. */
#ifndef MPR_WIN32_ROUTER_RUNS_H
#define MPR_WIN32_ROUTER_RUNS_H

#include <stdint.h>

/* For the router only, which no other process is meanwhile.
 * One more than the last, or, where that can't be noted, which is logged, fallback. */
uint32_t router_runs_next(uint32_t fallback);

#endif
