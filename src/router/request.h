/* A request that may take time: connecting, a route update, configuring a hosted protocol.
 *
 * The caller makes it, gives it to a router_ function, and when that answers ST_PENDING the core
 * completes it later, exactly once, through host->complete. Nothing has to be allocated for that:
 * what is needed is inside, so an accepted request can't lose its completion. Any other answer
 * means that the request was not accepted (or was finished at once) and will not be completed.
 */
#ifndef MPR_ROUTER_REQUEST_H
#define MPR_ROUTER_REQUEST_H

#include "base/handle.h"
#include "base/status.h"
#include "router/host.h"
#include "router/outbox.h"

struct request {
    /* Set by the caller. */
    host_event event;  /* duplicated event to signal, 0 when a thread waits instead */
    void *waiter;      /* the engine's, when a thread waits */
    handle_t32 server; /* server handle that it came through, 0 if none */

    /* The core's. */
    mpr_status status; /* result, set before completion */
    uint32_t parts;    /* outstanding protocol calls */
    bool completed;
    struct request *prev, *next; /* in the list of what it waits for (utlist) */
    struct outbox_entry out;
};

struct router;

/* ---- Within the router ---------------------------------------------------------------------- */

/* request.c: result and completion. NULL, of which nobody waits, is allowed. */
void request_complete(struct router *r, struct request *request, mpr_status status);

#endif
