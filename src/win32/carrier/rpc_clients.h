/* The clients of the router that come by RPC, and the sessions that it opens for each: one for the
 * methods of the MIB, one for all others. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_CLIENTS_H
#define MPR_WIN32_RPC_CLIENTS_H

#include "win32/carrier/carrier.h"

/* Of the interface. */
#define RPC_METHODS 53u
/* Processes that are clients at the same time. */
#define RPC_PROCESSES 256u

/* Before the first client, and again after rpc_clients_stop. */
void rpc_clients_start(const struct carrier_handler *handler);
/* Ends all clients, and returns when no call runs and all have ended. */
void rpc_clients_stop(void);
unsigned rpc_clients_count(void);

/* A call of a process, which becomes a client if it is none and stays one until it ends; 0: of one
 * that the transport does not name. The calling thread acts as this process here, and as the
 * caller afterwards; as this process again in the end.
 *
 * act: makes the thread act as the caller (ST_ACCESS_DENIED: the call is not made); revert: takes
 * that back. Both get context.
 * ST_ACCESS_DENIED, ST_RPC_SERVER_TOO_BUSY, ST_NOT_ENOUGH_MEMORY; ST_RPC_SERVER_UNAVAILABLE: nobody
 * serves any more; else what the handler says. */
struct rpc_identity {
    mpr_status (*act)(void *context);
    void (*revert)(void *context);
    void *context;
};
mpr_status rpc_clients_call(DWORD process, const struct rpc_identity *identity, uint32_t method,
                            const uint8_t *request, size_t size, struct carrier_octets *response);

#endif
