/* The router of this process for callers by RPC: of this machine, and of others where an
 * administrator has said so (win32/store/rpc_store.h). */
#ifndef MPR_API_SERVE_RPC_H
#define MPR_API_SERVE_RPC_H

#include <stdbool.h>

#include "base/status.h"

/* For who is the router that programs share, after it is that (local_listen): within this machine
 * always, and at the address that an administrator names (Parameters\RpcAddress). As rpc_listen;
 * what goes wrong is in the log, and keeps nobody else from being served. */
mpr_status serve_rpc_listen(void);
/* The same at the look of that number, from 1 on. The router before may have the endpoints until
 * its process has ended, so it is tried again, at every look that is a power of two. True: there is
 * nothing more to do. */
bool serve_rpc_follow(unsigned look);
/* As rpc_unlisten. */
void serve_rpc_unlisten(void);
/* Whether somebody may come, or has come, by way of RPC whom nothing else tells of: an address is
 * served, processes of this machine are clients, or there were calls since it was last asked. */
bool serve_rpc_is_needed(void);

#endif
