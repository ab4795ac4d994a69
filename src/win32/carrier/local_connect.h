/* The client's end of a channel, and of the rendezvous. Inside the carrier only. */
#ifndef MPR_WIN32_LOCAL_CONNECT_H
#define MPR_WIN32_LOCAL_CONNECT_H

#include "win32/carrier/carrier.h"

#include <stdbool.h>

#include "win32/carrier/local_layout.h"

/* A router as this process knows it. */
struct local_router {
    HANDLE process;
    DWORD process_id;
    uint32_t epoch;     /* tells one router from the next; never 0 */
    volatile LONG refs; /* of channels, and of who knows it as the present one */
    volatile bool dead; /* its process has ended */
};

struct local_end {
    struct local_router *router;
    HANDLE section, request, response;
    volatile struct local_header *header;
    /* Set by transfer.h: */
    bool broken; /* of no use any more */
    bool unseen; /* broken before the router had seen the last request */
    struct local_end *next;
};

/* A new channel to the router that listens. ST_RPC_SERVER_UNAVAILABLE: none does.
 * ST_RPC_SERVER_TOO_BUSY, ST_ACCESS_DENIED, ST_NOT_ENOUGH_MEMORY as in local.h. */
mpr_status connect_router(struct local_end **ret);
/* Tells the router, if it lives, and closes. */
void connect_close(struct local_end *end);

/* The epoch of the router that this process was last connected to; 0: none, or it has ended. */
uint32_t connect_epoch(void);
/* Forgets that router. */
void connect_forget(void);

#endif
