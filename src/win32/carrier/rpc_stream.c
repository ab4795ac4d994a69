#include "win32/carrier/rpc_stream.h"

#include "win32/sys/overlapped.h"

/* ---- beginning and end ----------------------------------------------------------------------- */

void rpc_stream_close(struct rpc_stream *s)
{
    if (s->is_socket)
        closesocket((SOCKET)s->handle);
    else
        CloseHandle(s->handle);
    if (s->done) CloseHandle(s->done);
    if (s->stop) CloseHandle(s->stop);
    *s = (struct rpc_stream){.handle = INVALID_HANDLE_VALUE};
}

static mpr_status open_stream(struct rpc_stream *s, HANDLE handle, bool is_socket)
{
    *s = (struct rpc_stream){handle, is_socket, CreateEventW(NULL, TRUE, FALSE, NULL),
                             CreateEventW(NULL, TRUE, FALSE, NULL)};
    if (s->done && s->stop) return ST_OK;
    rpc_stream_close(s);
    return ST_NOT_ENOUGH_MEMORY;
}

mpr_status rpc_stream_of_socket(struct rpc_stream *s, SOCKET socket)
{
    const DWORD yes = 1;
    mpr_status status = open_stream(s, (HANDLE)socket, true);

    if (status != ST_OK) return status;
    /* An answer is not held back for more; and who has gone without a word is noticed some day. */
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, (const char *)&yes, sizeof(yes));
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, (const char *)&yes, sizeof(yes));
    return ST_OK;
}

mpr_status rpc_stream_of_pipe(struct rpc_stream *s, HANDLE pipe)
{
    return open_stream(s, pipe, false);
}

/* ---- operations ------------------------------------------------------------------------------ */

/* False: it has failed, and the error is the thread's. */
static bool begin_receiving(struct rpc_stream *s, void *data, size_t size, OVERLAPPED *o)
{
    WSABUF buffer = {(ULONG)size, data};
    DWORD flags = 0;

    if (s->is_socket) return WSARecv((SOCKET)s->handle, &buffer, 1, NULL, &flags, o, NULL) == 0;
    return ReadFile(s->handle, data, (DWORD)size, NULL, o);
}

static bool begin_sending(struct rpc_stream *s, const void *data, size_t size, OVERLAPPED *o)
{
    WSABUF buffer = {(ULONG)size, (char *)(uintptr_t)data};

    if (s->is_socket) return WSASend((SOCKET)s->handle, &buffer, 1, NULL, 0, o, NULL) == 0;
    return WriteFile(s->handle, data, (DWORD)size, NULL, o);
}

/* What is left until the end; 0: nothing. */
static DWORD time_left(ULONGLONG end, DWORD within)
{
    ULONGLONG now = GetTickCount64();

    if (within == INFINITE) return INFINITE;
    return end > now ? (DWORD)(end - now) : 0;
}

bool rpc_stream_receive(struct rpc_stream *s, void *data, size_t size, DWORD within)
{
    const ULONGLONG end = GetTickCount64() + within;
    char *next = data;

    while (size > 0) {
        OVERLAPPED o = {.hEvent = s->done};
        DWORD moved = 0;
        bool begun;

        ResetEvent(s->done);
        begun = begin_receiving(s, next, size, &o);
        if (!overlapped_wait(s->handle, begun, &o, s->stop, time_left(end, within), &moved) ||
            moved == 0)
            return false;
        next += moved;
        size -= moved;
    }
    return true;
}

bool rpc_stream_send(struct rpc_stream *s, const void *data, size_t size, DWORD within)
{
    const ULONGLONG end = GetTickCount64() + within;
    const char *next = data;

    while (size > 0) {
        OVERLAPPED o = {.hEvent = s->done};
        DWORD moved = 0;
        bool begun;

        ResetEvent(s->done);
        begun = begin_sending(s, next, size, &o);
        if (!overlapped_wait(s->handle, begun, &o, s->stop, time_left(end, within), &moved) ||
            moved == 0)
            return false;
        next += moved;
        size -= moved;
    }
    return true;
}
