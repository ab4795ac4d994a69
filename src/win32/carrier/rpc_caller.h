/* Whose calls those of a connection are. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_CALLER_H
#define MPR_WIN32_RPC_CALLER_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "win32/carrier/carrier.h"

struct rpc_caller {
    DWORD process_id; /* 0: the transport names nobody */
    HANDLE process;   /* as long as it is open, nobody else gets the id */
    HANDLE token;     /* of the process; NULL: it says the same as this process' */
    mpr_status may_call;
};

/* The process that the transport names, with the token that it has now; 0: one who is not named,
 * and may call as this process if that is allowed. To be closed also if it may not call, since it
 * can't be looked at. The thread must not impersonate. */
void rpc_caller_open(struct rpc_caller *c, DWORD process_id, bool allow_anonymous);
void rpc_caller_close(struct rpc_caller *c);

/* As rpc_clients_call, acting as the caller's process. ST_ACCESS_DENIED: it may not call. */
mpr_status rpc_caller_call(struct rpc_caller *c, uint32_t method, const uint8_t *request,
                           size_t size, struct carrier_octets *response);

#endif
