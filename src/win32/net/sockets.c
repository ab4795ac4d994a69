/* A port is opened at the first adapter that is listened on, or at the first datagram that is sent,
 * and stays open until the end. s.lock guards the ports, their listeners, and sending.
 */
#include "win32/net/sockets.h"

#include "win32/sys/windows_api.h"

#include <string.h>
#include <winsock2.h>

#include "base/mem.h"
#include "win32/net/udp_socket.h"
#include "win32/sys/no_interface_macro.h"

struct listener {
    struct port_listen what;
    unsigned uses;
    struct listener *next;
};

struct udp_port {
    uint16_t port;
    bool ipv6;
    struct udp_socket *socket;
    struct listener *listeners;
    struct udp_port *next;
};

static struct {
    SRWLOCK lock;
    sockets_deliver_fn *deliver; /* NULL: stopped */
    void *context;
    bool winsock;
    struct udp_port *ports;
} s = {.lock = SRWLOCK_INIT};

/* ---- receiving ------------------------------------------------------------------------------ */

static bool has_address(const struct ip_binding *b, const struct protocol_datagram *d)
{
    for (uint32_t i = 0; !d->ipv6 && i < b->count; i++) {
        if (b->local[i].address == d->source) return true;
    }
    for (uint32_t i = 0; d->ipv6 && i < b->count6; i++) {
        if (!memcmp(&b->local6[i].address, &d->source6, sizeof(d->source6))) return true;
    }
    return false;
}

/* An address of a link means nothing on another one. */
static bool is_from_us(const struct udp_port *p, const struct protocol_datagram *d)
{
    bool here = d->ipv6 && rtm_is_link_local(&d->source6);

    if (d->source_port != p->port) return false;
    for (const struct listener *l = p->listeners; l; l = l->next) {
        if (here && l->what.binding.host_index != d->host_index) continue;
        if (has_address(&l->what.binding, d)) return true;
    }
    return false;
}

/* Returns how many are left. */
static size_t drop_own(const struct udp_port *p, struct protocol_datagram *datagrams, size_t count)
{
    size_t kept = 0;

    AcquireSRWLockShared(&s.lock);
    for (size_t i = 0; i < count; i++) {
        const struct protocol_datagram *d = &datagrams[i];

        if (is_from_us(p, d)) continue;
        datagrams[kept++] = *d;
    }
    ReleaseSRWLockShared(&s.lock);
    return kept;
}

static void received(void *context, struct protocol_datagram *datagrams, size_t count)
{
    sockets_deliver_fn *deliver;
    void *deliver_context;

    count = drop_own(context, datagrams, count);
    AcquireSRWLockShared(&s.lock);
    deliver = s.deliver;
    deliver_context = s.context;
    ReleaseSRWLockShared(&s.lock);
    if (count && deliver) deliver(deliver_context, datagrams, count);
}

/* ---- ports ---------------------------------------------------------------------------------- */

static bool start_winsock(void)
{
    WSADATA data;

    if (!s.winsock) s.winsock = WSAStartup(MAKEWORD(2, 2), &data) == 0;
    return s.winsock;
}

static mpr_status open_port(bool ipv6, uint16_t port, struct udp_port **ret)
{
    struct udp_port *p;
    mpr_status status;

    if (!s.deliver || !start_winsock()) return ST_CAN_NOT_COMPLETE;
    p = mem_alloc(sizeof(*p));
    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->port = port;
    p->ipv6 = ipv6;
    status = udp_open(ipv6, port, received, p, &p->socket);
    if (status != ST_OK) {
        mem_free(p);
        return status;
    }
    p->next = s.ports;
    s.ports = p;
    *ret = p;
    return ST_OK;
}

static struct udp_port *find_port(bool ipv6, uint16_t port)
{
    struct udp_port *p = s.ports;

    while (p && (p->ipv6 != ipv6 || p->port != port)) p = p->next;
    return p;
}

static mpr_status need_port(bool ipv6, uint16_t port, struct udp_port **ret)
{
    *ret = find_port(ipv6, port);
    return *ret ? ST_OK : open_port(ipv6, port, ret);
}

void sockets_start(sockets_deliver_fn *deliver, void *context)
{
    AcquireSRWLockExclusive(&s.lock);
    s.deliver = deliver;
    s.context = context;
    ReleaseSRWLockExclusive(&s.lock);
}

static void free_port(struct udp_port *p)
{
    udp_close(p->socket);
    while (p->listeners) {
        struct listener *next = p->listeners->next;

        mem_free(p->listeners);
        p->listeners = next;
    }
    mem_free(p);
}

/* The threads need the lock for what they have just received, so it isn't held for their end. */
void sockets_stop(void)
{
    struct udp_port *p, *next;
    bool winsock;

    AcquireSRWLockExclusive(&s.lock);
    p = s.ports;
    winsock = s.winsock;
    s.ports = NULL;
    s.winsock = false;
    s.deliver = NULL;
    ReleaseSRWLockExclusive(&s.lock);
    for (; p; p = next) {
        next = p->next;
        free_port(p);
    }
    if (winsock) WSACleanup();
}

/* ---- listeners ------------------------------------------------------------------------------ */

static bool is_same_place(const struct port_listen *a, const struct port_listen *b)
{
    return a->binding.host_index == b->binding.host_index && a->group == b->group &&
           !memcmp(&a->group6, &b->group6, sizeof(a->group6));
}

static struct listener **find_listener(struct udp_port *p, const struct port_listen *what)
{
    struct listener **place = &p->listeners;

    while (*place && !is_same_place(&(*place)->what, what)) place = &(*place)->next;
    return place;
}

/* Addresses may have changed since the last start; membership goes with the first of IPv4. */
static void listen_again(struct udp_port *p, struct listener *l, const struct port_listen *what)
{
    bool moved = l->what.binding.local[0].address != what->binding.local[0].address && !p->ipv6;

    if (moved) (void)udp_membership(p->socket, &l->what, false);
    l->what = *what;
    if (moved) (void)udp_membership(p->socket, &l->what, true);
    l->uses++;
}

static mpr_status start_listening(struct udp_port *p, const struct port_listen *what)
{
    struct listener *l = *find_listener(p, what);

    if (l) {
        listen_again(p, l, what);
        return ST_OK;
    }
    l = mem_alloc(sizeof(*l));
    if (!l) return ST_NOT_ENOUGH_MEMORY;
    l->what = *what;
    l->uses = 1;
    l->next = p->listeners;
    p->listeners = l;
    return udp_membership(p->socket, what, true);
}

static void stop_listening(struct udp_port *p, const struct port_listen *what)
{
    struct listener **place = find_listener(p, what), *l = *place;

    if (!l || --l->uses) return;
    *place = l->next;
    (void)udp_membership(p->socket, &l->what, false);
    mem_free(l);
}

static mpr_status listen_on(const struct port_listen *what)
{
    struct udp_port *p;
    mpr_status status;

    if (!(what->ipv6 ? what->binding.count6 : what->binding.count)) return ST_INVALID_PARAMETER;
    status = need_port(what->ipv6, what->port, &p);
    return status == ST_OK ? start_listening(p, what) : status;
}

mpr_status sockets_listen(const struct port_listen *listen)
{
    mpr_status status = ST_OK;
    struct udp_port *p;

    AcquireSRWLockExclusive(&s.lock);
    if (listen->start) {
        status = listen_on(listen);
    } else {
        p = find_port(listen->ipv6, listen->port);
        if (p) stop_listening(p, listen);
    }
    ReleaseSRWLockExclusive(&s.lock);
    return status;
}

/* ---- sending -------------------------------------------------------------------------------- */

static uint32_t multicast_from(const struct udp_port *p, const struct protocol_datagram *d)
{
    if (d->source) return d->source;
    for (const struct listener *l = p->listeners; l; l = l->next) {
        if (l->what.binding.host_index == d->host_index) return l->what.binding.local[0].address;
    }
    return 0;
}

mpr_status sockets_send(const struct protocol_datagram *d)
{
    struct udp_port *p;
    mpr_status status;

    AcquireSRWLockExclusive(&s.lock);
    status = need_port(d->ipv6, d->source_port, &p);
    if (status == ST_OK) status = udp_send(p->socket, d, multicast_from(p, d));
    ReleaseSRWLockExclusive(&s.lock);
    return status;
}
