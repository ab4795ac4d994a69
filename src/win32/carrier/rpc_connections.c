/* Who stops in the middle of something holds one thread, and that for a while only. A connection
 * between calls may be silent for as long as it likes, until its place is needed. */
#include "win32/carrier/rpc_connections.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/trace.h"
#include "win32/carrier/rpc_association.h"
#include "win32/carrier/rpc_clients.h"
#include "win32/carrier/rpc_socket.h"

/* Of address space; the calls of the API need little. */
#define CONNECTION_STACK (512u << 10)

struct rpc_connection {
    struct rpc_socket socket;
    struct rpc_association association;
    bool calling, closing; /* never both */
    unsigned calls;
    ULONGLONG since; /* the last call, or the beginning */
    struct rpc_connection *prev, *next;
};

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE ended;
    struct rpc_connection *list;
    unsigned count;
    bool stopping, allow_anonymous;
    uint16_t port;
    uint32_t groups;
    volatile LONG memory;
} connected = {.lock = SRWLOCK_INIT, .ended = CONDITION_VARIABLE_INIT};

/* ---- what an association wants --------------------------------------------------------------- */

static bool connection_send(void *context, const uint8_t *octets, size_t size)
{
    struct rpc_connection *c = context;

    return rpc_socket_send(&c->socket, octets, size, RPC_PATIENCE_MS);
}

static void connection_give_memory(void *context, size_t size)
{
    (void)context;
    InterlockedExchangeAdd(&connected.memory, -(LONG)size);
}

static bool connection_take_memory(void *context, size_t size)
{
    if ((ULONG)InterlockedExchangeAdd(&connected.memory, (LONG)size) + size <= RPC_REQUESTS_MEMORY)
        return true;
    connection_give_memory(context, size);
    return false;
}

/* TCP names nobody. */
static mpr_status connection_call(void *context, uint32_t method, const uint8_t *request,
                                  size_t size, struct carrier_octets *response)
{
    static const struct rpc_identity as_router = {NULL, NULL};

    (void)context;
    if (!connected.allow_anonymous) return ST_ACCESS_DENIED;
    return rpc_clients_call(0, &as_router, method, request, size, response);
}

static const struct rpc_ends connection_ends = {connection_send, connection_call,
                                                connection_take_memory, connection_give_memory};

/* ---- one connection -------------------------------------------------------------------------- */

/* False: it is to be closed instead. */
static bool begin_calling(struct rpc_connection *c)
{
    bool may;

    AcquireSRWLockExclusive(&connected.lock);
    may = !c->closing;
    c->calling = may;
    ReleaseSRWLockExclusive(&connected.lock);
    return may;
}

static bool end_calling(struct rpc_connection *c)
{
    bool goes_on;

    AcquireSRWLockExclusive(&connected.lock);
    c->calling = false;
    c->calls++;
    c->since = GetTickCount64();
    goes_on = !connected.stopping;
    ReleaseSRWLockExclusive(&connected.lock);
    return goes_on;
}

static bool take_packet(struct rpc_connection *c, const struct rpc_header *h, const uint8_t *packet)
{
    const bool calls = h->type == PACKET_REQUEST && (h->flags & PACKET_LAST);
    bool goes_on;

    if (calls && !begin_calling(c)) return false;
    goes_on = rpc_association_take(&c->association, h, packet);
    return (!calls || end_calling(c)) && goes_on;
}

/* Until when a packet has to be there: between calls there is no such time. */
static DWORD patience(const struct rpc_connection *c)
{
    return c->association.bound && !c->association.receiving ? INFINITE : RPC_PATIENCE_MS;
}

/* A request's packets have to be there in time one by one, which bounds a client that sends them
 * one after the other and slowly by the place that it has. */
static bool receive_packet(struct rpc_connection *c, uint8_t packet[PACKET_SIZE_MAX])
{
    struct rpc_header h;
    enum rpc_header_fault fault;

    if (!rpc_socket_receive(&c->socket, packet, 1, patience(c)) ||
        !rpc_socket_receive(&c->socket, packet + 1, PACKET_HEADER - 1, RPC_PATIENCE_MS))
        return false;
    fault = rpc_header_read(packet, &h);
    if (fault == HEADER_VERSION) rpc_association_refuse_version(&c->association, &h);
    if (fault != HEADER_GOOD || h.size > PACKET_SIZE_MAX) return false;
    return rpc_socket_receive(&c->socket, packet + PACKET_HEADER, h.size - PACKET_HEADER,
                              RPC_PATIENCE_MS) &&
           take_packet(c, &h, packet);
}

static void end_connection(struct rpc_connection *c)
{
    TRACE(DEBUG, "rpc: connection %u ends after %u calls", c->association.group, c->calls);
    rpc_association_end(&c->association);
    AcquireSRWLockExclusive(&connected.lock);
    DL_DELETE(connected.list, c); /* NOLINT(clang-analyzer-core.NullDereference) */
    connected.count--;
    WakeAllConditionVariable(&connected.ended);
    rpc_socket_close(&c->socket);
    ReleaseSRWLockExclusive(&connected.lock);
    mem_free(c);
}

static DWORD WINAPI serve_connection(void *parameter)
{
    struct rpc_connection *c = parameter;
    uint8_t packet[PACKET_SIZE_MAX];

    while (receive_packet(c, packet)) {
    }
    mem_wipe(packet, sizeof(packet));
    end_connection(c);
    return 0;
}

/* ---- their number ---------------------------------------------------------------------------- */

static bool is_worth_less(const struct rpc_connection *a, const struct rpc_connection *b)
{
    if (!a->calls != !b->calls) return !a->calls;
    return a->since < b->since;
}

/* NULL: all have calls. */
static struct rpc_connection *least(void)
{
    struct rpc_connection *c, *found = NULL;

    DL_FOREACH (connected.list, c) {
        if (!c->calling && !c->closing && (!found || is_worth_less(c, found))) found = c;
    }
    return found;
}

static void close_connection(struct rpc_connection *c)
{
    c->closing = true;
    SetEvent(c->socket.stop);
}

/* False: there is none to be had. */
static bool make_place(void)
{
    unsigned before = connected.count;
    struct rpc_connection *c;

    if (connected.count < RPC_CONNECTIONS) return true;
    c = least();
    if (!c) return false;
    close_connection(c);
    while (connected.count >= before)
        if (!SleepConditionVariableSRW(&connected.ended, &connected.lock, RPC_PATIENCE_MS, 0))
            return false;
    return true;
}

static bool list_connection(struct rpc_connection *c)
{
    bool listed;

    AcquireSRWLockExclusive(&connected.lock);
    listed = make_place();
    if (listed) {
        c->association.group = ++connected.groups ? connected.groups : ++connected.groups;
        DL_APPEND(connected.list, c);
        connected.count++;
    }
    ReleaseSRWLockExclusive(&connected.lock);
    if (!listed) TRACE(WARNING, "rpc: all connections have calls that run, one more is refused");
    return listed;
}

static struct rpc_connection *new_connection(SOCKET socket)
{
    struct rpc_connection *c = mem_alloc(sizeof(*c));

    if (!c) {
        closesocket(socket);
        return NULL;
    }
    if (rpc_socket_open(&c->socket, socket) != ST_OK) {
        mem_free(c);
        return NULL;
    }
    c->association.ends = &connection_ends;
    c->association.context = c;
    snprintf(c->association.address, sizeof(c->association.address), "%u", connected.port);
    c->since = GetTickCount64();
    return c;
}

void rpc_connections_add(SOCKET socket)
{
    struct rpc_connection *c = new_connection(socket);
    HANDLE thread;

    if (!c) return;
    if (!list_connection(c)) {
        rpc_socket_close(&c->socket);
        mem_free(c);
        return;
    }
    thread = CreateThread(NULL, CONNECTION_STACK, serve_connection, c,
                          STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (thread)
        CloseHandle(thread);
    else
        end_connection(c);
}

void rpc_connections_start(bool allow_anonymous, uint16_t port)
{
    connected.stopping = false;
    connected.allow_anonymous = allow_anonymous;
    connected.port = port;
}

void rpc_connections_stop(void)
{
    struct rpc_connection *c;

    AcquireSRWLockExclusive(&connected.lock);
    connected.stopping = true;
    DL_FOREACH (connected.list, c) {
        if (!c->calling) close_connection(c);
    }
    while (connected.count > 0)
        SleepConditionVariableSRW(&connected.ended, &connected.lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&connected.lock);
}

unsigned rpc_connections_count(void)
{
    unsigned count;

    AcquireSRWLockShared(&connected.lock);
    count = connected.count;
    ReleaseSRWLockShared(&connected.lock);
    return count;
}
