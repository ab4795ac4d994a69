/* Receiving: the packet's adapter comes from IP_PKTINFO. The thread sleeps on an event that
 * WSAEventSelect sets, then receives until nothing is left or BATCH datagrams are there, and hands
 * them over in one go, so that a burst costs one entry into the engine per batch and the kernel's
 * buffer (which root alone could make larger than rmem_max) is emptied first.
 *
 * Sending: Wine ignores the adapter in WSASendMsg's control data, so a multicast sets
 * IP_MULTICAST_IF first when it differs from the last one. Memberships and IP_MULTICAST_IF name the
 * adapter by address: Wine refuses the form 0.0.0.index.
 */
#include "win32/net/udp_socket.h"

#include "win32/sys/windows_api.h"

#include <mswsock.h>
#include <string.h>
#include <ws2tcpip.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/sys/no_interface_macro.h"

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
    uint16_t port;
    udp_received_fn *received;
    void *context;
    SOCKET socket;
    HANDLE readable, stop; /* events */
    HANDLE thread;
    LPFN_WSARECVMSG receive;
    uint32_t multicast_from; /* IP_MULTICAST_IF as last set, 0: never */
    int multicast_ttl;       /* IP_MULTICAST_TTL as last set */
    struct batch batch;
};

static bool is_multicast(uint32_t address)
{
    return address >> 28 == 0xE;
}

static bool set_option(const struct udp_socket *u, int level, int name, DWORD value)
{
    return setsockopt(u->socket, level, name, (const char *)&value, sizeof(value)) == 0;
}

/* ---- receiving ------------------------------------------------------------------------------ */

/* IP_PKTINFO is the only control message that was asked for. */
static void read_packet_info(WSAMSG *message, struct protocol_datagram *d)
{
    WSACMSGHDR *c = WSA_CMSG_FIRSTHDR(message);
    struct in_pktinfo info;

    if (!c || c->cmsg_level != IPPROTO_IP || c->cmsg_type != IP_PKTINFO) return;
    memcpy(&info, WSA_CMSG_DATA(c), sizeof(info));
    d->host_index = info.ipi_ifindex;
    d->destination = ntohl(info.ipi_addr.s_addr);
}

enum received { RECEIVED_NOTHING, RECEIVED_ONE, RECEIVED_BAD };

static enum received receive_one(struct udp_socket *u)
{
    struct batch *b = &u->batch;
    struct protocol_datagram *d = &b->datagrams[b->count];
    struct sockaddr_in from = {0};
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
    d->source = ntohl(from.sin_addr.s_addr);
    d->source_port = ntohs(from.sin_port);
    d->destination_port = u->port;
    d->data = b->data[b->count];
    d->size = size;
    read_packet_info(&message, d);
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
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(u->port)};

    u->socket = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (u->socket == INVALID_SOCKET) return false;
    set_option(u, SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(u, SOL_SOCKET, SO_BROADCAST, 1);
    set_option(u, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    set_option(u, IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    if (!set_option(u, IPPROTO_IP, IP_PKTINFO, 1)) return false;
    return bind(u->socket, (struct sockaddr *)&any, sizeof(any)) == 0;
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

mpr_status udp_open(uint16_t port, udp_received_fn *received, void *context,
                    struct udp_socket **ret)
{
    struct udp_socket *u = mem_alloc(sizeof(*u));

    if (!u) return ST_NOT_ENOUGH_MEMORY;
    u->port = port;
    u->received = received;
    u->context = context;
    u->socket = INVALID_SOCKET;
    if (!start_receiving(u)) {
        TRACE(ERROR, "udp: port %u can't be opened (error %d)", port, WSAGetLastError());
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

mpr_status udp_membership(struct udp_socket *u, const struct ip_binding *binding, uint32_t group,
                          bool join)
{
    struct ip_mreq request;

    request.imr_multiaddr.s_addr = htonl(group);
    request.imr_interface.s_addr = htonl(binding->local[0].address);
    if (setsockopt(u->socket, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
                   (const char *)&request, sizeof(request)) == 0)
        return ST_OK;
    if (join)
        TRACE(WARNING, "udp: adapter %u can't join %u.%u.%u.%u (error %d)", binding->host_index,
              group >> 24, group >> 16 & 255, group >> 8 & 255, group & 255, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}

static void set_multicast(struct udp_socket *u, const struct protocol_datagram *d, uint32_t from)
{
    int ttl = d->ttl ? d->ttl : 1;

    if (from && from != u->multicast_from) {
        set_option(u, IPPROTO_IP, IP_MULTICAST_IF, htonl(from));
        u->multicast_from = from;
    }
    if (ttl != u->multicast_ttl) {
        set_option(u, IPPROTO_IP, IP_MULTICAST_TTL, (DWORD)ttl);
        u->multicast_ttl = ttl;
    }
}

mpr_status udp_send(struct udp_socket *u, const struct protocol_datagram *d, uint32_t from)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(d->destination_port)};

    to.sin_addr.s_addr = htonl(d->destination);
    if (is_multicast(d->destination)) set_multicast(u, d, from);
    if (sendto(u->socket, d->data, (int)d->size, 0, (struct sockaddr *)&to, sizeof(to)) >= 0)
        return ST_OK;
    TRACE(WARNING, "udp: %u octets to %u.%u.%u.%u were not sent (error %d)", (unsigned)d->size,
          d->destination >> 24, d->destination >> 16 & 255, d->destination >> 8 & 255,
          d->destination & 255, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}
