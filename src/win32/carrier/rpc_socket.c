#include "win32/carrier/rpc_socket.h"

#include <string.h>

void rpc_socket_close(struct rpc_socket *s)
{
    closesocket(s->socket);
    if (s->done) CloseHandle(s->done);
    if (s->stop) CloseHandle(s->stop);
    *s = (struct rpc_socket){INVALID_SOCKET, NULL, NULL};
}

mpr_status rpc_socket_open(struct rpc_socket *s, SOCKET socket)
{
    const DWORD yes = 1;

    *s = (struct rpc_socket){socket, CreateEventW(NULL, TRUE, FALSE, NULL),
                             CreateEventW(NULL, TRUE, FALSE, NULL)};
    if (!s->done || !s->stop) {
        rpc_socket_close(s);
        return ST_NOT_ENOUGH_MEMORY;
    }
    /* An answer is not held back for more; and who has gone without a word is noticed some day. */
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, (const char *)&yes, sizeof(yes));
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, (const char *)&yes, sizeof(yes));
    return ST_OK;
}

/* An operation that was begun with result; *ret_size: how many octets it has moved, at least 1. */
static bool wait_done(struct rpc_socket *s, int result, OVERLAPPED *o, DWORD within,
                      DWORD *ret_size)
{
    HANDLE both[2] = {s->stop, s->done};
    DWORD flags = 0;

    if (result != 0 && WSAGetLastError() != WSA_IO_PENDING) return false;
    if (WaitForMultipleObjects(2, both, FALSE, within) != WAIT_OBJECT_0 + 1)
        CancelIo((HANDLE)s->socket);
    return WSAGetOverlappedResult(s->socket, o, ret_size, TRUE, &flags) && *ret_size > 0;
}

/* What is left until the end; 0: nothing. */
static DWORD time_left(ULONGLONG end, DWORD within)
{
    ULONGLONG now = GetTickCount64();

    if (within == INFINITE) return INFINITE;
    return end > now ? (DWORD)(end - now) : 0;
}

bool rpc_socket_receive(struct rpc_socket *s, void *data, size_t size, DWORD within)
{
    const ULONGLONG end = GetTickCount64() + within;
    char *next = data;

    while (size > 0) {
        WSABUF buffer = {(ULONG)size, next};
        OVERLAPPED o = {.hEvent = s->done};
        DWORD moved = 0, flags = 0;
        int result;

        ResetEvent(s->done);
        result = WSARecv(s->socket, &buffer, 1, NULL, &flags, &o, NULL);
        if (!wait_done(s, result, &o, time_left(end, within), &moved)) return false;
        next += moved;
        size -= moved;
    }
    return true;
}

bool rpc_socket_send(struct rpc_socket *s, const void *data, size_t size, DWORD within)
{
    const ULONGLONG end = GetTickCount64() + within;
    const char *next = data;

    while (size > 0) {
        WSABUF buffer = {(ULONG)size, (char *)(uintptr_t)next};
        OVERLAPPED o = {.hEvent = s->done};
        DWORD moved = 0;
        int result;

        ResetEvent(s->done);
        result = WSASend(s->socket, &buffer, 1, NULL, 0, &o, NULL);
        if (!wait_done(s, result, &o, time_left(end, within), &moved)) return false;
        next += moved;
        size -= moved;
    }
    return true;
}
