/* The router's end at \PIPE\ROUTER, under Wine: connection-oriented DCE RPC over a named pipe,
 * whose rpcrt4 can't say there who calls. A caller is the process that has opened the pipe, as the
 * system names it. Programs of this machine alone. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_PIPE_H
#define MPR_WIN32_RPC_PIPE_H

#include "win32/sys/windows_api.h"

#include "win32/carrier/rpc.h"

/* ST_ALREADY_EXISTS: another process has the pipe; else what the system says of it. */
mpr_status rpc_pipe_listen(const struct rpc_settings *settings);
/* Returns when the calls that ran are answered. Also if nobody listens. */
void rpc_pipe_unlisten(void);

/* Whether anybody listens at a pipe: Wine gives a second process instances of one, whatever the
 * first has asked for. */
bool rpc_pipe_is_taken(const WCHAR *name);

#endif
