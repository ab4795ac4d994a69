/* A connection's octets, in both directions with an end: by time, or by an event. Inside the
 * carrier only. */
#ifndef MPR_WIN32_RPC_STREAM_H
#define MPR_WIN32_RPC_STREAM_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct rpc_stream {
    HANDLE handle; /* of a socket, or of a pipe's instance */
    bool is_socket;
    HANDLE done; /* an operation is */
    HANDLE stop; /* set: nothing goes or comes any more */
};

/* Each takes what it gets, which has to be for overlapped operations: closed with the stream, and
 * on failure (ST_NOT_ENOUGH_MEMORY) at once. A pipe is read as octets, whatever its type. */
mpr_status rpc_stream_of_socket(struct rpc_stream *s, SOCKET socket);
mpr_status rpc_stream_of_pipe(struct rpc_stream *s, HANDLE pipe);
void rpc_stream_close(struct rpc_stream *s);

/* All of it, within so many milliseconds (INFINITE: some time). False: not all. What is sent to a
 * pipe of messages is one. */
bool rpc_stream_receive(struct rpc_stream *s, void *data, size_t size, DWORD within);
bool rpc_stream_send(struct rpc_stream *s, const void *data, size_t size, DWORD within);

#endif
