/* The router's end for this machine, by rpcrt4. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_LOCAL_H
#define MPR_WIN32_RPC_LOCAL_H

#include <stdbool.h>

#include "base/status.h"

/* allow_anonymous: those whom the transport does not name may call, as this process.
 * ST_ALREADY_EXISTS: another process has an endpoint; ST_NOT_SUPPORTED: there is no rpcrt4; else
 * its code. */
mpr_status rpc_local_listen(bool allow_anonymous);
/* No call begins any more. The endpoints stay, for rpcrt4 has no way to give them back. */
void rpc_local_unlisten(void);

#endif
