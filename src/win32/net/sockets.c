/* One socket on 0.0.0.0, opened at the first adapter that is listened on.
 *
 * Receiving: the packet's adapter comes from IP_PKTINFO. The thread sleeps on an event that
 * WSAEventSelect sets, then receives until nothing is left or BATCH datagrams are there, and hands
 * them over in one go, so that a burst costs one entry into the engine per batch and the kernel's
 * buffer (which root alone could make larger than rmem_max) is emptied first.
 *
 * Sending: Wine ignores the adapter in WSASendMsg's control data, so a multicast sets
 * IP_MULTICAST_IF first, under the lock, when it differs from the last one. Memberships and
 * IP_MULTICAST_IF name the adapter by address: Wine refuses the form 0.0.0.index.
 */
#include "win32/net/sockets.h"

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

struct listener {
    uint32_t host_index, group;
    struct ip_binding binding;
    unsigned uses;
    struct listener *next;
};

/* A batch being received; on the heap, since it is large. */
struct batch {
    size_t count;
    struct protocol_datagram datagrams[BATCH];
    uint8_t data[BATCH][DATAGRAM_MAX];
};

static struct {
    SRWLOCK lock;
    uint16_t port;
    sockets_deliver_fn *deliver;
    void *context;
    bool winsock;
    SOCKET socket;         /* INVALID_SOCKET until it is opened */
    HANDLE readable, stop; /* events */
    HANDLE thread;
    LPFN_WSARECVMSG receive;
    uint32_t multicast_from; /* IP_MULTICAST_IF as last set, 0: never */
    int multicast_ttl;       /* IP_MULTICAST_TTL as last set */
    struct listener *listeners;
} s = {.lock = SRWLOCK_INIT, .socket = INVALID_SOCKET};

static bool is_multicast(uint32_t address)
{
    return address >> 28 == 0xE;
}

static bool set_option(int level, int name, DWORD value)
{
    return setsockopt(s.socket, level, name, (const char *)&value, sizeof(value)) == 0;
}

static bool is_own_address(uint32_t address)
{
    for (struct listener *l = s.listeners; l; l = l->next) {
        for (uint32_t i = 0; i < l->binding.count; i++) {
            if (l->binding.local[i].address == address) return true;
        }
    }
    return false;
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

static enum received receive_one(struct batch *b)
{
    struct protocol_datagram *d = &b->datagrams[b->count];
    struct sockaddr_in from = {0};
    char control[128];
    WSABUF buffer = {DATAGRAM_MAX, (char *)b->data[b->count]};
    WSAMSG message = {(SOCKADDR *)&from, sizeof(from), &buffer, 1, {sizeof(control), control}, 0};
    DWORD size = 0;

    if (s.receive(s.socket, &message, &size, NULL, NULL)) {
        int error = WSAGetLastError();
        /* WSAECONNRESET: an answer to an earlier send; WSAEMSGSIZE: no packet of RIP is so long. */
        return error == WSAECONNRESET || error == WSAEMSGSIZE || error == WSAENETRESET
                   ? RECEIVED_BAD
                   : RECEIVED_NOTHING;
    }
    memset(d, 0, sizeof(*d));
    d->source = ntohl(from.sin_addr.s_addr);
    d->source_port = ntohs(from.sin_port);
    d->destination_port = s.port;
    d->data = b->data[b->count];
    d->size = size;
    read_packet_info(&message, d);
    b->count++;
    return RECEIVED_ONE;
}

static void drop_own(struct batch *b)
{
    size_t kept = 0;

    AcquireSRWLockShared(&s.lock);
    for (size_t i = 0; i < b->count; i++) {
        const struct protocol_datagram *d = &b->datagrams[i];
        if (d->source_port == s.port && is_own_address(d->source)) continue;
        b->datagrams[kept++] = *d;
    }
    ReleaseSRWLockShared(&s.lock);
    b->count = kept;
}

static void receive_all(struct batch *b)
{
    enum received last;

    do {
        unsigned bad = 0;
        b->count = 0;
        do {
            last = receive_one(b);
        } while (b->count < BATCH && last != RECEIVED_NOTHING &&
                 !(last == RECEIVED_BAD && ++bad > BATCH));
        drop_own(b);
        if (b->count) s.deliver(s.context, b->datagrams, b->count);
    } while (last == RECEIVED_ONE);
}

static DWORD WINAPI receive_thread(void *parameter)
{
    struct batch *b = parameter;
    HANDLE events[2] = {s.stop, s.readable};

    while (WaitForMultipleObjects(2, events, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) receive_all(b);
    mem_free(b);
    return 0;
}

/* ---- opening -------------------------------------------------------------------------------- */

static bool find_receive(void)
{
    GUID id = WSAID_WSARECVMSG;
    DWORD size = 0;

    return WSAIoctl(s.socket, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &s.receive,
                    sizeof(s.receive), &size, NULL, NULL) == 0;
}

static bool bind_socket(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(s.port)};

    s.socket = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (s.socket == INVALID_SOCKET) return false;
    set_option(SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(SOL_SOCKET, SO_BROADCAST, 1);
    set_option(SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    set_option(IPPROTO_IP, IP_MULTICAST_LOOP, 0);
    if (!set_option(IPPROTO_IP, IP_PKTINFO, 1)) return false;
    return bind(s.socket, (struct sockaddr *)&any, sizeof(any)) == 0;
}

static bool start_thread(void)
{
    struct batch *b = mem_alloc(sizeof(*b));

    if (!b) return false;
    s.thread = CreateThread(NULL, 0, receive_thread, b, 0, NULL);
    if (!s.thread) mem_free(b);
    return s.thread != NULL;
}

static void close_all(void)
{
    if (s.socket != INVALID_SOCKET) closesocket(s.socket);
    if (s.readable) CloseHandle(s.readable);
    if (s.stop) CloseHandle(s.stop);
    s.socket = INVALID_SOCKET;
    s.readable = s.stop = NULL;
    s.multicast_from = 0;
    s.multicast_ttl = 0;
}

/* Lock held. */
static mpr_status open_socket(void)
{
    WSADATA data;

    if (s.socket != INVALID_SOCKET) return ST_OK;
    if (!s.winsock && WSAStartup(MAKEWORD(2, 2), &data) != 0) return ST_CAN_NOT_COMPLETE;
    s.winsock = true;
    s.readable = CreateEventW(NULL, FALSE, FALSE, NULL);
    s.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (s.readable && s.stop && bind_socket() && find_receive() &&
        WSAEventSelect(s.socket, s.readable, FD_READ) == 0 && start_thread())
        return ST_OK;
    TRACE(ERROR, "udp: port %u can't be opened (error %d)", s.port, WSAGetLastError());
    close_all();
    return ST_CAN_NOT_COMPLETE;
}

void sockets_start(uint16_t port, sockets_deliver_fn *deliver, void *context)
{
    AcquireSRWLockExclusive(&s.lock);
    s.port = port;
    s.deliver = deliver;
    s.context = context;
    ReleaseSRWLockExclusive(&s.lock);
}

void sockets_stop(void)
{
    HANDLE thread;

    AcquireSRWLockExclusive(&s.lock);
    thread = s.thread;
    s.thread = NULL;
    if (thread) SetEvent(s.stop);
    ReleaseSRWLockExclusive(&s.lock);
    if (thread) {
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
    }
    AcquireSRWLockExclusive(&s.lock);
    close_all();
    while (s.listeners) {
        struct listener *next = s.listeners->next;
        mem_free(s.listeners);
        s.listeners = next;
    }
    if (s.winsock) WSACleanup();
    s.winsock = false;
    ReleaseSRWLockExclusive(&s.lock);
}

/* ---- memberships ---------------------------------------------------------------------------- */

static mpr_status membership(const struct ip_binding *binding, uint32_t group, bool join)
{
    struct ip_mreq request;

    if (!group) return ST_OK;
    request.imr_multiaddr.s_addr = htonl(group);
    request.imr_interface.s_addr = htonl(binding->local[0].address);
    if (setsockopt(s.socket, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
                   (const char *)&request, sizeof(request)) == 0)
        return ST_OK;
    if (join)
        TRACE(WARNING, "udp: adapter %u can't join %u.%u.%u.%u (error %d)", binding->host_index,
              group >> 24, group >> 16 & 255, group >> 8 & 255, group & 255, WSAGetLastError());
    return ST_CAN_NOT_COMPLETE;
}

static struct listener **find_listener(uint32_t host_index, uint32_t group)
{
    struct listener **place = &s.listeners;

    while (*place && ((*place)->host_index != host_index || (*place)->group != group))
        place = &(*place)->next;
    return place;
}

static mpr_status start_listening(const struct ip_binding *binding, uint32_t group)
{
    struct listener **place = find_listener(binding->host_index, group), *l = *place;
    mpr_status status;

    if (l) {
        /* Addresses may have changed meanwhile; membership goes with the first. */
        if (l->binding.local[0].address != binding->local[0].address) {
            membership(&l->binding, group, false);
            membership(binding, group, true);
        }
        l->binding = *binding;
        l->uses++;
        return ST_OK;
    }
    status = open_socket();
    if (status != ST_OK) return status;
    l = mem_alloc(sizeof(*l));
    if (!l) return ST_NOT_ENOUGH_MEMORY;
    l->host_index = binding->host_index;
    l->group = group;
    l->binding = *binding;
    l->uses = 1;
    l->next = s.listeners;
    s.listeners = l;
    return membership(binding, group, true);
}

static void stop_listening(const struct ip_binding *binding, uint32_t group)
{
    struct listener **place = find_listener(binding->host_index, group), *l = *place;

    if (!l || --l->uses) return;
    *place = l->next;
    membership(&l->binding, group, false);
    mem_free(l);
}

mpr_status sockets_listen(const struct ip_binding *binding, uint32_t group, bool start)
{
    mpr_status status = ST_OK;

    AcquireSRWLockExclusive(&s.lock);
    if (start)
        status = binding->count ? start_listening(binding, group) : ST_INVALID_PARAMETER;
    else
        stop_listening(binding, group);
    ReleaseSRWLockExclusive(&s.lock);
    return status;
}

/* ---- sending -------------------------------------------------------------------------------- */

static void set_multicast(const struct protocol_datagram *d)
{
    uint32_t from = d->source;
    int ttl = d->ttl ? d->ttl : 1;

    for (struct listener *l = s.listeners; l && !from; l = l->next) {
        if (l->host_index == d->host_index) from = l->binding.local[0].address;
    }
    if (from && from != s.multicast_from) {
        set_option(IPPROTO_IP, IP_MULTICAST_IF, htonl(from));
        s.multicast_from = from;
    }
    if (ttl != s.multicast_ttl) {
        set_option(IPPROTO_IP, IP_MULTICAST_TTL, (DWORD)ttl);
        s.multicast_ttl = ttl;
    }
}

mpr_status sockets_send(const struct protocol_datagram *d)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(d->destination_port)};
    mpr_status status;

    to.sin_addr.s_addr = htonl(d->destination);
    AcquireSRWLockExclusive(&s.lock);
    status = open_socket();
    if (status == ST_OK) {
        if (is_multicast(d->destination)) set_multicast(d);
        if (sendto(s.socket, d->data, (int)d->size, 0, (struct sockaddr *)&to, sizeof(to)) < 0) {
            TRACE(WARNING, "udp: %u octets to %u.%u.%u.%u were not sent (error %d)",
                  (unsigned)d->size, d->destination >> 24, d->destination >> 16 & 255,
                  d->destination >> 8 & 255, d->destination & 255, WSAGetLastError());
            status = ST_CAN_NOT_COMPLETE;
        }
    }
    ReleaseSRWLockExclusive(&s.lock);
    return status;
}
