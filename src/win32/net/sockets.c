/* A port is opened at the first adapter that is listened on, or at the first datagram that is sent,
 * and stays open until the end. s.lock guards the ports, their listeners, and sending.
 */
#include "win32/net/sockets.h"

#include "win32/sys/windows_api.h"

#include <winsock2.h>

#include "base/mem.h"
#include "win32/net/udp_socket.h"
#include "win32/sys/no_interface_macro.h"

struct listener {
    uint32_t host_index, group;
    struct ip_binding binding;
    unsigned uses;
    struct listener *next;
};

struct udp_port {
    uint16_t port;
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

static bool is_own_address(const struct udp_port *p, uint32_t address)
{
    for (const struct listener *l = p->listeners; l; l = l->next) {
        for (uint32_t i = 0; i < l->binding.count; i++) {
            if (l->binding.local[i].address == address) return true;
        }
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

        if (d->source_port == p->port && is_own_address(p, d->source)) continue;
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

static mpr_status open_port(uint16_t port, struct udp_port **ret)
{
    struct udp_port *p;
    mpr_status status;

    if (!s.deliver || !start_winsock()) return ST_CAN_NOT_COMPLETE;
    p = mem_alloc(sizeof(*p));
    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->port = port;
    status = udp_open(port, received, p, &p->socket);
    if (status != ST_OK) {
        mem_free(p);
        return status;
    }
    p->next = s.ports;
    s.ports = p;
    *ret = p;
    return ST_OK;
}

static struct udp_port *find_port(uint16_t port)
{
    struct udp_port *p = s.ports;

    while (p && p->port != port) p = p->next;
    return p;
}

static mpr_status need_port(uint16_t port, struct udp_port **ret)
{
    *ret = find_port(port);
    return *ret ? ST_OK : open_port(port, ret);
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

static mpr_status membership(struct udp_port *p, const struct listener *l, bool join)
{
    return l->group ? udp_membership(p->socket, &l->binding, l->group, join) : ST_OK;
}

static struct listener **find_listener(struct udp_port *p, uint32_t host_index, uint32_t group)
{
    struct listener **place = &p->listeners;

    while (*place && ((*place)->host_index != host_index || (*place)->group != group))
        place = &(*place)->next;
    return place;
}

/* Addresses may have changed since the last start; membership goes with the first. */
static void listen_again(struct udp_port *p, struct listener *l, const struct ip_binding *binding)
{
    bool moved = l->binding.local[0].address != binding->local[0].address;

    if (moved) (void)membership(p, l, false);
    l->binding = *binding;
    if (moved) (void)membership(p, l, true);
    l->uses++;
}

static mpr_status start_listening(struct udp_port *p, const struct ip_binding *binding,
                                  uint32_t group)
{
    struct listener *l = *find_listener(p, binding->host_index, group);

    if (l) {
        listen_again(p, l, binding);
        return ST_OK;
    }
    l = mem_alloc(sizeof(*l));
    if (!l) return ST_NOT_ENOUGH_MEMORY;
    l->host_index = binding->host_index;
    l->group = group;
    l->binding = *binding;
    l->uses = 1;
    l->next = p->listeners;
    p->listeners = l;
    return membership(p, l, true);
}

static void stop_listening(struct udp_port *p, const struct ip_binding *binding, uint32_t group)
{
    struct listener **place = find_listener(p, binding->host_index, group), *l = *place;

    if (!l || --l->uses) return;
    *place = l->next;
    (void)membership(p, l, false);
    mem_free(l);
}

static mpr_status listen_on(const struct ip_binding *binding, uint16_t port, uint32_t group)
{
    struct udp_port *p;
    mpr_status status;

    if (!binding->count) return ST_INVALID_PARAMETER;
    status = need_port(port, &p);
    return status == ST_OK ? start_listening(p, binding, group) : status;
}

mpr_status sockets_listen(const struct ip_binding *binding, uint16_t port, uint32_t group,
                          bool start)
{
    mpr_status status = ST_OK;
    struct udp_port *p;

    AcquireSRWLockExclusive(&s.lock);
    if (start) {
        status = listen_on(binding, port, group);
    } else {
        p = find_port(port);
        if (p) stop_listening(p, binding, group);
    }
    ReleaseSRWLockExclusive(&s.lock);
    return status;
}

/* ---- sending -------------------------------------------------------------------------------- */

static uint32_t multicast_from(const struct udp_port *p, const struct protocol_datagram *d)
{
    if (d->source) return d->source;
    for (const struct listener *l = p->listeners; l; l = l->next) {
        if (l->host_index == d->host_index) return l->binding.local[0].address;
    }
    return 0;
}

mpr_status sockets_send(const struct protocol_datagram *d)
{
    struct udp_port *p;
    mpr_status status;

    AcquireSRWLockExclusive(&s.lock);
    status = need_port(d->source_port, &p);
    if (status == ST_OK) status = udp_send(p->socket, d, multicast_from(p, d));
    ReleaseSRWLockExclusive(&s.lock);
    return status;
}
