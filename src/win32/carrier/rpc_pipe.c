/* One thread waits for connections. The pipe is one of messages, each a packet, since rpcrt4 asks
 * for that as a client; what a client has written is read as octets all the same. */
#include "win32/carrier/rpc_pipe.h"

#include "base/trace.h"
#include "win32/carrier/rpc_connections.h"
#include "win32/carrier/rpc_packet.h"
#include "win32/carrier/rpc_runtime.h"
#include "win32/sys/listening_pipe.h"

/* How long a client waits if it comes between one connection and the next. */
#define TURN_MS 5000u

static struct {
    HANDLE thread, stop, connected;
    HANDLE instance; /* that waits for the next client; NULL: there is none at the moment */
} rpc_listener;
static struct rpc_connections pipe_connections = RPC_CONNECTIONS_INIT;

/* ---- the pipe -------------------------------------------------------------------------------- */

/* Administrators may do anything, everybody who has a name may connect and be told what he may do:
 * that is FILE_GENERIC_READ and FILE_GENERIC_WRITE, but for making instances. */
static const struct listening_pipe rpc_pipe = {
    .name = RPC_PIPE_NAME,
    .security = L"D:P(A;;GA;;;BA)(A;;GA;;;SY)(A;;0x12019b;;;AU)",
    .access = PIPE_ACCESS_DUPLEX,
    .mode = PIPE_TYPE_MESSAGE | PIPE_READMODE_BYTE,
    .buffer = PACKET_SIZE_MAX,
    .turn_ms = TURN_MS,
};

bool rpc_pipe_is_taken(const WCHAR *name)
{
    return WaitNamedPipeW(name, 1) || GetLastError() != ERROR_FILE_NOT_FOUND;
}

/* ---- connections ----------------------------------------------------------------------------- */

static void add_pipe_connection(HANDLE pipe)
{
    struct rpc_stream stream;
    ULONG process = 0;

    if (!GetNamedPipeClientProcessId(pipe, &process)) process = 0;
    if (rpc_stream_of_pipe(&stream, pipe) == ST_OK)
        rpc_connections_add(&pipe_connections, &stream, process);
}

static DWORD WINAPI wait_for_rpc_clients(void *parameter)
{
    HANDLE pipe;

    (void)parameter;
    while (listening_pipe_next(&rpc_pipe, &rpc_listener.instance, rpc_listener.connected,
                               rpc_listener.stop, &pipe))
        if (pipe) add_pipe_connection(pipe);
    return 0;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static mpr_status start_pipe(void)
{
    if (rpc_pipe_is_taken(RPC_PIPE_NAME)) return ST_ALREADY_EXISTS;
    rpc_listener.instance = listening_pipe_instance(&rpc_pipe, FILE_FLAG_FIRST_PIPE_INSTANCE);
    if (!rpc_listener.instance) return (mpr_status)GetLastError();
    rpc_listener.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    rpc_listener.connected = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!rpc_listener.stop || !rpc_listener.connected) return ST_NOT_ENOUGH_MEMORY;
    rpc_listener.thread = CreateThread(NULL, 0, wait_for_rpc_clients, NULL, 0, NULL);
    return rpc_listener.thread ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

mpr_status rpc_pipe_listen(const struct rpc_settings *settings)
{
    mpr_status status;

    rpc_connections_start(&pipe_connections, settings->allow_anonymous, "\\PIPE\\ROUTER");
    status = start_pipe();
    if (status == ST_OK) return ST_OK;
    TRACE(ERROR, "rpc: \\PIPE\\ROUTER can't be served: %s", status_name(status));
    rpc_pipe_unlisten();
    return status;
}

void rpc_pipe_unlisten(void)
{
    HANDLE *all[] = {&rpc_listener.thread, &rpc_listener.stop, &rpc_listener.connected,
                     &rpc_listener.instance};

    if (rpc_listener.thread) {
        SetEvent(rpc_listener.stop);
        WaitForSingleObject(rpc_listener.thread, INFINITE);
    }
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        if (*all[i]) CloseHandle(*all[i]);
        *all[i] = NULL;
    }
    rpc_connections_stop(&pipe_connections);
}
