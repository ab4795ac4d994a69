/* The connections of rpc_tcp.h, a thread for each. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_CONNECTIONS_H
#define MPR_WIN32_RPC_CONNECTIONS_H

#include "win32/carrier/rpc_tcp.h"

/* allow_anonymous: of struct rpc_settings; port: what clients hear when they bind. */
void rpc_connections_start(bool allow_anonymous, uint16_t port);
/* Takes the socket, whatever comes of it. One thread adds. */
void rpc_connections_add(SOCKET socket);
/* Ends all, those with calls when these are answered. Nobody adds any more. */
void rpc_connections_stop(void);
unsigned rpc_connections_count(void);

#endif
