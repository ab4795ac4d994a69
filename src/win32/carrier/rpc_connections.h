/* The connections of one transport, a thread for each. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_CONNECTIONS_H
#define MPR_WIN32_RPC_CONNECTIONS_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stdint.h>

#include "win32/carrier/rpc_stream.h"

/* ---- bounds ---------------------------------------------------------------------------------- */

/* Connections at the same time. One more takes the place of the one that has been silent longest
 * (of those that have never called, if there are any); if all have calls that run, it is closed. */
#define RPC_CONNECTIONS 64u
/* Of requests that are not whole, of all connections. */
#define RPC_REQUESTS_MEMORY (64u << 20)
/* From the connection to a bind, from the beginning of a request to its end, and of an answer. */
#define RPC_PATIENCE_MS 20000u

/* ---- connections ----------------------------------------------------------------------------- */

/* The members are rpc_connections.c's. */
struct rpc_connections {
    SRWLOCK lock;
    CONDITION_VARIABLE ended;
    struct rpc_connection *list;
    unsigned count;
    uint32_t groups;
    volatile LONG memory;
    bool stopping, allow_anonymous;
    char address[16];
};
#define RPC_CONNECTIONS_INIT                                   \
    {                                                          \
        .lock = SRWLOCK_INIT, .ended = CONDITION_VARIABLE_INIT \
    }

/* allow_anonymous: of struct rpc_settings, for those of whom no process is known; address: what
 * clients hear when they bind, the port or the pipe's name. */
void rpc_connections_start(struct rpc_connections *all, bool allow_anonymous, const char *address);
/* Takes the stream, whatever comes of it. process: who is at its other end; 0: nobody knows. One
 * thread adds, which does not impersonate. */
void rpc_connections_add(struct rpc_connections *all, struct rpc_stream *stream, DWORD process);
/* Ends all, those with calls when these are answered. Nobody adds any more. */
void rpc_connections_stop(struct rpc_connections *all);
unsigned rpc_connections_count(struct rpc_connections *all);

#endif
