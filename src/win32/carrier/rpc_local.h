/* The router's end for this machine, by rpcrt4: ncalrpc, and \PIPE\ROUTER where that is Windows',
 * which knows who calls there, and SMB; rpc_pipe.h is for Wine's. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_LOCAL_H
#define MPR_WIN32_RPC_LOCAL_H

#include "base/status.h"

/* ST_ALREADY_EXISTS: another process has an endpoint; ST_NOT_SUPPORTED: there is no rpcrt4; else
 * its code. */
mpr_status rpc_local_listen(void);
/* No call begins any more. The endpoints stay, for rpcrt4 has no way to give them back. */
void rpc_local_unlisten(void);

#endif
