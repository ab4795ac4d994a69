/* A connection's octets, in both directions with an end: by time, or by an event. Inside the
 * carrier only. */
#ifndef MPR_WIN32_RPC_SOCKET_H
#define MPR_WIN32_RPC_SOCKET_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct rpc_socket {
    SOCKET socket;
    HANDLE done; /* an operation is */
    HANDLE stop; /* set: nothing goes or comes any more */
};

/* Takes the socket: closed with it, and on failure (ST_NOT_ENOUGH_MEMORY) at once. */
mpr_status rpc_socket_open(struct rpc_socket *s, SOCKET socket);
void rpc_socket_close(struct rpc_socket *s);

/* All of it, within so many milliseconds (INFINITE: some time). False: not all. */
bool rpc_socket_receive(struct rpc_socket *s, void *data, size_t size, DWORD within);
bool rpc_socket_send(struct rpc_socket *s, const void *data, size_t size, DWORD within);

#endif
