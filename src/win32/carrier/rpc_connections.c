/* Who stops in the middle of something holds one thread, and that for a while only. A connection
 * between calls may be silent for as long as it likes, until its place is needed. */
#include "win32/carrier/rpc_connections.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/trace.h"
#include "win32/carrier/rpc_association.h"
#include "win32/carrier/rpc_caller.h"
#include "win32/carrier/rpc_stream.h"

/* Of address space; the calls of the API need little. */
#define CONNECTION_STACK (512u << 10)

struct rpc_connection {
    struct rpc_connections *all;
    struct rpc_stream stream;
    struct rpc_caller caller;
    struct rpc_association association;
    bool calling, closing; /* never both */
    unsigned calls;
    ULONGLONG since; /* the last call, or the beginning */
    struct rpc_connection *prev, *next;
};

/* ---- what an association wants --------------------------------------------------------------- */

static bool connection_send(void *context, const uint8_t *octets, size_t size)
{
    struct rpc_connection *c = context;

    return rpc_stream_send(&c->stream, octets, size, RPC_PATIENCE_MS);
}

static void connection_give_memory(void *context, size_t size)
{
    const struct rpc_connection *c = context;

    InterlockedExchangeAdd(&c->all->memory, -(LONG)size);
}

static bool connection_take_memory(void *context, size_t size)
{
    const struct rpc_connection *c = context;

    if ((ULONG)InterlockedExchangeAdd(&c->all->memory, (LONG)size) + size <= RPC_REQUESTS_MEMORY)
        return true;
    connection_give_memory(context, size);
    return false;
}

static mpr_status connection_call(void *context, uint32_t method, const uint8_t *request,
                                  size_t size, struct carrier_octets *response)
{
    struct rpc_connection *c = context;

    return rpc_caller_call(&c->caller, method, request, size, response);
}

static const struct rpc_ends connection_ends = {connection_send, connection_call,
                                                connection_take_memory, connection_give_memory};

/* ---- one connection -------------------------------------------------------------------------- */

/* False: it is to be closed instead. */
static bool begin_calling(struct rpc_connection *c)
{
    bool may;

    AcquireSRWLockExclusive(&c->all->lock);
    may = !c->closing;
    c->calling = may;
    ReleaseSRWLockExclusive(&c->all->lock);
    return may;
}

static bool end_calling(struct rpc_connection *c)
{
    bool goes_on;

    AcquireSRWLockExclusive(&c->all->lock);
    c->calling = false;
    c->calls++;
    c->since = GetTickCount64();
    goes_on = !c->all->stopping;
    ReleaseSRWLockExclusive(&c->all->lock);
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

    if (!rpc_stream_receive(&c->stream, packet, 1, patience(c)) ||
        !rpc_stream_receive(&c->stream, packet + 1, PACKET_HEADER - 1, RPC_PATIENCE_MS))
        return false;
    fault = rpc_header_read(packet, &h);
    if (fault == HEADER_VERSION) rpc_association_refuse_version(&c->association, &h);
    if (fault != HEADER_GOOD || h.size > PACKET_SIZE_MAX) return false;
    return rpc_stream_receive(&c->stream, packet + PACKET_HEADER, h.size - PACKET_HEADER,
                              RPC_PATIENCE_MS) &&
           take_packet(c, &h, packet);
}

static void free_connection(struct rpc_connection *c)
{
    rpc_association_end(&c->association);
    rpc_stream_close(&c->stream);
    rpc_caller_close(&c->caller);
    mem_free(c);
}

/* It counts until all that it had is free. */
static void end_connection(struct rpc_connection *c)
{
    struct rpc_connections *all = c->all;

    TRACE(DEBUG, "rpc: connection %u ends after %u calls", c->association.group, c->calls);
    AcquireSRWLockExclusive(&all->lock);
    DL_DELETE(all->list, c); /* NOLINT(clang-analyzer-core.NullDereference) */
    free_connection(c);
    all->count--;
    WakeAllConditionVariable(&all->ended);
    ReleaseSRWLockExclusive(&all->lock);
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
static struct rpc_connection *least(const struct rpc_connections *all)
{
    struct rpc_connection *c, *found = NULL;

    DL_FOREACH (all->list, c) {
        if (!c->calling && !c->closing && (!found || is_worth_less(c, found))) found = c;
    }
    return found;
}

static void close_connection(struct rpc_connection *c)
{
    c->closing = true;
    SetEvent(c->stream.stop);
}

/* False: there is none to be had. */
static bool make_place(struct rpc_connections *all)
{
    unsigned before = all->count;
    struct rpc_connection *c;

    if (all->count < RPC_CONNECTIONS) return true;
    c = least(all);
    if (!c) return false;
    close_connection(c);
    while (all->count >= before)
        if (!SleepConditionVariableSRW(&all->ended, &all->lock, RPC_PATIENCE_MS, 0)) return false;
    return true;
}

static bool list_connection(struct rpc_connection *c)
{
    struct rpc_connections *all = c->all;
    bool listed;

    AcquireSRWLockExclusive(&all->lock);
    listed = make_place(all);
    if (listed) {
        c->association.group = ++all->groups ? all->groups : ++all->groups;
        DL_APPEND(all->list, c);
        all->count++;
    }
    ReleaseSRWLockExclusive(&all->lock);
    if (!listed) TRACE(WARNING, "rpc: all connections have calls that run, one more is refused");
    return listed;
}

static struct rpc_connection *new_connection(struct rpc_connections *all,
                                             const struct rpc_stream *stream, DWORD process)
{
    struct rpc_connection *c = mem_alloc(sizeof(*c));

    if (!c) return NULL;
    c->all = all;
    c->stream = *stream;
    rpc_caller_open(&c->caller, process, all->allow_anonymous);
    c->association.ends = &connection_ends;
    c->association.context = c;
    memcpy(c->association.address, all->address, sizeof(all->address));
    c->since = GetTickCount64();
    return c;
}

void rpc_connections_add(struct rpc_connections *all, struct rpc_stream *stream, DWORD process)
{
    struct rpc_connection *c = new_connection(all, stream, process);
    HANDLE thread;

    if (!c) {
        rpc_stream_close(stream);
        return;
    }
    if (!list_connection(c)) {
        free_connection(c);
        return;
    }
    thread = CreateThread(NULL, CONNECTION_STACK, serve_connection, c,
                          STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (thread)
        CloseHandle(thread);
    else
        end_connection(c);
}

void rpc_connections_start(struct rpc_connections *all, bool allow_anonymous, const char *address)
{
    all->stopping = false;
    all->allow_anonymous = allow_anonymous;
    snprintf(all->address, sizeof(all->address), "%s", address);
}

void rpc_connections_stop(struct rpc_connections *all)
{
    struct rpc_connection *c;

    AcquireSRWLockExclusive(&all->lock);
    all->stopping = true;
    DL_FOREACH (all->list, c) {
        if (!c->calling) close_connection(c);
    }
    while (all->count > 0) SleepConditionVariableSRW(&all->ended, &all->lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&all->lock);
}

unsigned rpc_connections_count(struct rpc_connections *all)
{
    unsigned count;

    AcquireSRWLockShared(&all->lock);
    count = all->count;
    ReleaseSRWLockShared(&all->lock);
    return count;
}
