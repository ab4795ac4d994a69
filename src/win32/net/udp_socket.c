/* Receiving: the packet's adapter comes in control messages. The thread sleeps on an event that
 * WSAEventSelect sets, then receives until nothing is left or BATCH datagrams are there, and hands
 * them over in one go, so that a burst costs one entry into the engine per batch and the kernel's
 * buffer (which root alone could make larger than rmem_max) is emptied first.
 */
#include "win32/net/udp_socket.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/net/udp_family.h"

#define BATCH          128u
#define DATAGRAM_MAX   1500u
#define RECEIVE_BUFFER (8 << 20)

/* A batch being received; on the heap, since it is large. */
struct batch {
    size_t count;
    struct protocol_datagram datagrams[BATCH];
    uint8_t data[BATCH][DATAGRAM_MAX];
};

struct udp_socket {
    const struct udp_family *family;
    uint16_t port;
    udp_received_fn *received;
    void *context;
    SOCKET socket;
    HANDLE readable, stop; /* events */
    HANDLE thread;
    LPFN_WSARECVMSG receive;
    struct udp_outgoing outgoing;
    struct batch batch;
};

SOCKET udp_handle(const struct udp_socket *u)
{
    return u->socket;
}

struct udp_outgoing *udp_outgoing(struct udp_socket *u)
{
    return &u->outgoing;
}

bool udp_set_option(SOCKET s, int level, int name, DWORD value)
{
    return setsockopt(s, level, name, (const char *)&value, sizeof(value)) == 0;
}

/* ---- receiving ------------------------------------------------------------------------------ */

/* mingw's macro for this is one of warnings. */
static WSACMSGHDR *next_control(const WSAMSG *message, WSACMSGHDR *c)
{
    const SIZE_T alignment = sizeof(SIZE_T);
    char *next = (char *)c + ((c->cmsg_len + alignment - 1) & ~(alignment - 1));
    char *end = message->Control.buf + message->Control.len;

    if (c->cmsg_len < sizeof(*c) || next >= end || (SIZE_T)(end - next) < sizeof(*c)) return NULL;
    return (WSACMSGHDR *)(void *)next;
}

enum received { RECEIVED_NOTHING, RECEIVED_ONE, RECEIVED_BAD };

static enum received receive_one(struct udp_socket *u)
{
    struct batch *b = &u->batch;
    struct protocol_datagram *d = &b->datagrams[b->count];
    SOCKADDR_STORAGE from = {0};
    char control[128];
    WSABUF buffer = {DATAGRAM_MAX, (char *)b->data[b->count]};
    WSAMSG message = {(SOCKADDR *)&from, sizeof(from), &buffer, 1, {sizeof(control), control}, 0};
    DWORD size = 0;

    if (u->receive(u->socket, &message, &size, NULL, NULL)) {
        int error = WSAGetLastError();
        /* WSAECONNRESET: an answer to an earlier send; WSAEMSGSIZE: no packet of a protocol is so
         * long. */
        return error == WSAECONNRESET || error == WSAEMSGSIZE || error == WSAENETRESET
                   ? RECEIVED_BAD
                   : RECEIVED_NOTHING;
    }
    memset(d, 0, sizeof(*d));
    u->family->read_sender(&from, d);
    d->destination_port = u->port;
    d->data = b->data[b->count];
    d->size = size;
    for (WSACMSGHDR *c = WSA_CMSG_FIRSTHDR(&message); c; c = next_control(&message, c))
        u->family->read_control(c, d);
    b->count++;
    return RECEIVED_ONE;
}

static void receive_all(struct udp_socket *u)
{
    enum received last;

    do {
        unsigned bad = 0;

        u->batch.count = 0;
        do {
            last = receive_one(u);
        } while (u->batch.count < BATCH && last != RECEIVED_NOTHING &&
                 !(last == RECEIVED_BAD && ++bad > BATCH));
        if (u->batch.count) u->received(u->context, u->batch.datagrams, u->batch.count);
    } while (last == RECEIVED_ONE);
}

static DWORD WINAPI receive_thread(void *parameter)
{
    struct udp_socket *u = parameter;
    HANDLE events[2] = {u->stop, u->readable};

    while (WaitForMultipleObjects(2, events, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) receive_all(u);
    return 0;
}

/* ---- opening -------------------------------------------------------------------------------- */

static bool find_receive(struct udp_socket *u)
{
    GUID id = WSAID_WSARECVMSG;
    DWORD size = 0;

    return WSAIoctl(u->socket, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &u->receive,
                    sizeof(u->receive), &size, NULL, NULL) == 0;
}

static bool bind_socket(struct udp_socket *u)
{
    /* The port is at one place in the addresses of both families. */
    struct sockaddr_in6 any = {.sin6_family = u->family->family, .sin6_port = htons(u->port)};

    u->socket = socket(u->family->family, SOCK_DGRAM, IPPROTO_UDP);
    if (u->socket == INVALID_SOCKET) return false;
    udp_set_option(u->socket, SOL_SOCKET, SO_REUSEADDR, 1);
    udp_set_option(u->socket, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    if (!u->family->prepare(u->socket)) return false;
    return bind(u->socket, (struct sockaddr *)&any,
                u->family->family == AF_INET ? (int)sizeof(struct sockaddr_in)
                                             : (int)sizeof(any)) == 0;
}

static bool start_receiving(struct udp_socket *u)
{
    u->readable = CreateEventW(NULL, FALSE, FALSE, NULL);
    u->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!u->readable || !u->stop || !bind_socket(u) || !find_receive(u)) return false;
    if (WSAEventSelect(u->socket, u->readable, FD_READ) != 0) return false;
    u->thread = CreateThread(NULL, 0, receive_thread, u, 0, NULL);
    return u->thread != NULL;
}

mpr_status udp_open(bool ipv6, uint16_t port, udp_received_fn *received, void *context,
                    struct udp_socket **ret)
{
    struct udp_socket *u = mem_alloc(sizeof(*u));

    if (!u) return ST_NOT_ENOUGH_MEMORY;
    u->family = ipv6 ? &udp_ipv6 : &udp_ipv4;
    u->port = port;
    u->received = received;
    u->context = context;
    u->socket = INVALID_SOCKET;
    if (!start_receiving(u)) {
        TRACE(ERROR, "udp: port %u of %s can't be opened (error %d)", port, ipv6 ? "IPv6" : "IPv4",
              WSAGetLastError());
        udp_close(u);
        return ST_CAN_NOT_COMPLETE;
    }
    *ret = u;
    return ST_OK;
}

void udp_close(struct udp_socket *u)
{
    if (u->thread) {
        SetEvent(u->stop);
        WaitForSingleObject(u->thread, INFINITE);
        CloseHandle(u->thread);
    }
    if (u->socket != INVALID_SOCKET) closesocket(u->socket);
    if (u->readable) CloseHandle(u->readable);
    if (u->stop) CloseHandle(u->stop);
    mem_free(u);
}

/* ---- memberships and sending ---------------------------------------------------------------- */

mpr_status udp_membership(struct udp_socket *u, const struct port_listen *listen, bool join)
{
    return u->family->membership(u, listen, join);
}

mpr_status udp_send(struct udp_socket *u, const struct protocol_datagram *d, uint32_t from)
{
    return u->family->send(u, d, from);
}
