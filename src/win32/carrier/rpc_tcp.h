/* The router's end for other machines: connection-oriented DCE RPC over TCP at one address. Inside
 * the carrier only. */
#ifndef MPR_WIN32_RPC_TCP_H
#define MPR_WIN32_RPC_TCP_H

#include "win32/carrier/rpc.h"

/* Connections at the same time. One more takes the place of the one that has been silent longest
 * (of those that have never called, if there are any); if all have calls that run, it is closed. */
#define RPC_CONNECTIONS 64u
/* Of requests that are not whole, of all connections. */
#define RPC_REQUESTS_MEMORY (64u << 20)
/* From the connection to a bind, from the beginning of a request to its end, and of an answer. */
#define RPC_PATIENCE_MS 20000u

/* ST_INVALID_DATA: settings->address is none; else what the system says of it. */
mpr_status rpc_tcp_listen(const struct rpc_settings *settings);
/* Returns when the calls that ran are answered. Also after a failure. */
void rpc_tcp_unlisten(void);
unsigned rpc_tcp_connections(void);

#endif
