/* The router of this process for callers by RPC: of this machine, and of others where an
 * administrator has said so (win32/store/rpc_store.h). */
#ifndef MPR_API_SERVE_RPC_H
#define MPR_API_SERVE_RPC_H

#include "base/status.h"

/* Whether an administrator wants RPC: names an address (Parameters\RpcAddress). */
bool serve_rpc_is_wanted(void);

/* For who is the router that programs share, after it is that (local_listen). As rpc_listen; what
 * goes wrong is in the log, and keeps nobody else from being served. */
mpr_status serve_rpc_listen(void);
/* As rpc_unlisten. */
void serve_rpc_unlisten(void);
/* Whether somebody may come, or has come, by way of RPC whom nothing else tells of: an address is
 * served, or processes of this machine are clients. */
bool serve_rpc_is_needed(void);

#endif
