/* The router's end for other machines: connection-oriented DCE RPC over TCP at one address. Inside
 * the carrier only. */
#ifndef MPR_WIN32_RPC_TCP_H
#define MPR_WIN32_RPC_TCP_H

#include "win32/carrier/rpc.h"

/* ST_INVALID_DATA: settings->address is none; else what the system says of it. */
mpr_status rpc_tcp_listen(const struct rpc_settings *settings);
/* Returns when the calls that ran are answered. Also after a failure. */
void rpc_tcp_unlisten(void);
unsigned rpc_tcp_connections(void);

#endif
