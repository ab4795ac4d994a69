/* A client is found by its process' id: as long as its process is open here, no other process gets
 * that id. It counts one reference for being listed and one for each call, and the last one's end
 * is its own: calls of a process that has died are answered by nobody, but still run to their end.
 */
#include "win32/carrier/rpc_clients.h"

#include <stdbool.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/trace.h"

enum { SESSION_SERVER, SESSION_MIB, SESSIONS };

/* RMIBEntryCreate to RMIBSetTrapInfo (MS-RRASM 3.1.4) */
#define FIRST_MIB_METHOD 26u
#define LAST_MIB_METHOD  33u

struct rpc_client {
    DWORD process_id;
    HANDLE process, wait; /* NULL: of no process */
    void *handled;        /* the handler's */
    uint32_t sessions[SESSIONS];
    unsigned references;
    struct rpc_client *prev, *next;
};

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE ended;
    const struct carrier_handler *handler; /* NULL: nobody serves */
    struct rpc_client *clients;
    unsigned client_count;  /* listed, or with calls that run */
    unsigned process_count; /* of those that are listed */
    SRWLOCK adding;         /* one client begins at a time */
} served = {.lock = SRWLOCK_INIT, .ended = CONDITION_VARIABLE_INIT, .adding = SRWLOCK_INIT};

/* ---- end ------------------------------------------------------------------------------------- */

static void close_rpc_client(struct rpc_client *c, const struct carrier_handler *handler)
{
    if (c->handled) handler->client_end(c->handled);
    if (c->process) CloseHandle(c->process);
    mem_free(c);
}

static void release_client(struct rpc_client *c)
{
    const struct carrier_handler *handler;
    bool last;

    AcquireSRWLockExclusive(&served.lock);
    last = --c->references == 0;
    handler = served.handler;
    ReleaseSRWLockExclusive(&served.lock);
    if (!last) return;
    close_rpc_client(c, handler);
    AcquireSRWLockExclusive(&served.lock);
    served.client_count--;
    WakeAllConditionVariable(&served.ended);
    ReleaseSRWLockExclusive(&served.lock);
}

/* False: somebody else has done it. */
static bool unlist_client(struct rpc_client *c)
{
    struct rpc_client *found;

    DL_FOREACH (served.clients, found) {
        if (found != c) continue;
        DL_DELETE(served.clients, c); /* NOLINT(clang-analyzer-core.NullDereference) */
        if (c->process) served.process_count--;
        return true;
    }
    return false;
}

static VOID CALLBACK process_ended(void *parameter, BOOLEAN timed_out)
{
    struct rpc_client *c = parameter;
    bool unlisted;

    (void)timed_out;
    AcquireSRWLockExclusive(&served.lock);
    unlisted = unlist_client(c);
    ReleaseSRWLockExclusive(&served.lock);
    if (!unlisted) return; /* rpc_clients_stop waits for this to return */
    TRACE(INFO, "rpc: client %lu has gone", c->process_id);
    UnregisterWaitEx(c->wait, NULL);
    release_client(c);
}

/* ---- beginning ------------------------------------------------------------------------------- */

static mpr_status open_process(struct rpc_client *c)
{
    if (!c->process_id) return ST_OK;
    c->process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, c->process_id);
    return c->process ? ST_OK : ST_ACCESS_DENIED;
}

static mpr_status open_sessions(struct rpc_client *c, const struct carrier_handler *handler)
{
    mpr_status status = handler->client_begin(c->process_id, &c->handled);

    if (status != ST_OK) {
        c->handled = NULL;
        return status;
    }
    status = handler->open(c->handled, HANDLE_SERVER, &c->sessions[SESSION_SERVER]);
    if (status != ST_OK) return status;
    return handler->open(c->handled, HANDLE_MIB_SERVER, &c->sessions[SESSION_MIB]);
}

/* The wait is there before anybody can end it: the callback needs the lock. */
static mpr_status list_client(struct rpc_client *c)
{
    mpr_status status = ST_OK;

    AcquireSRWLockExclusive(&served.lock);
    if (!served.handler)
        status = ST_RPC_SERVER_UNAVAILABLE;
    else if (c->process && served.process_count >= RPC_PROCESSES)
        status = ST_RPC_SERVER_TOO_BUSY;
    else if (c->process && !RegisterWaitForSingleObject(&c->wait, c->process, process_ended, c,
                                                        INFINITE, WT_EXECUTEONLYONCE))
        status = ST_NOT_ENOUGH_MEMORY;
    if (status == ST_OK) {
        c->references = 2; /* the list's, and the call's */
        DL_APPEND(served.clients, c);
        served.client_count++;
        if (c->process) served.process_count++;
    }
    ReleaseSRWLockExclusive(&served.lock);
    return status;
}

static mpr_status new_rpc_client(DWORD process, const struct carrier_handler *handler,
                                 struct rpc_client **ret)
{
    struct rpc_client *c = mem_alloc(sizeof(*c));
    mpr_status status;

    if (!c) return ST_NOT_ENOUGH_MEMORY;
    c->process_id = process;
    status = open_process(c);
    if (status == ST_OK) status = open_sessions(c, handler);
    if (status == ST_OK) status = list_client(c);
    if (status != ST_OK) {
        close_rpc_client(c, handler);
        return status;
    }
    TRACE(INFO, process ? "rpc: client %lu" : "rpc: a client without process (%lu)", process);
    *ret = c;
    return ST_OK;
}

/* ---- calls ----------------------------------------------------------------------------------- */

/* *ret with one more reference, NULL: not there. */
static const struct carrier_handler *find_rpc_client(DWORD process, struct rpc_client **ret)
{
    const struct carrier_handler *handler;

    AcquireSRWLockExclusive(&served.lock);
    DL_FOREACH (served.clients, *ret) {
        if ((*ret)->process_id == process) break;
    }
    if (*ret) (*ret)->references++;
    handler = served.handler;
    ReleaseSRWLockExclusive(&served.lock);
    return handler;
}

static mpr_status take_client(DWORD process, struct rpc_client **ret)
{
    const struct carrier_handler *handler;
    mpr_status status = ST_OK;

    find_rpc_client(process, ret);
    if (*ret) return ST_OK;
    AcquireSRWLockExclusive(&served.adding);
    handler = find_rpc_client(process, ret);
    if (!handler)
        status = ST_RPC_SERVER_UNAVAILABLE;
    else if (!*ret)
        status = new_rpc_client(process, handler, ret);
    ReleaseSRWLockExclusive(&served.adding);
    return status;
}

static uint32_t session_for(const struct rpc_client *c, uint32_t method)
{
    return c->sessions[method >= FIRST_MIB_METHOD && method <= LAST_MIB_METHOD ? SESSION_MIB
                                                                               : SESSION_SERVER];
}

mpr_status rpc_clients_call(DWORD process, const struct rpc_identity *identity, uint32_t method,
                            const uint8_t *request, size_t size, struct carrier_octets *response)
{
    struct rpc_client *c;
    mpr_status status = take_client(process, &c);

    *response = (struct carrier_octets){NULL, 0};
    if (status != ST_OK) return status;
    status = identity->act(identity->context);
    if (status == ST_OK) {
        const struct carrier_request call = {
            .session = session_for(c, method), .method = method, .octets = request, .size = size};

        status = served.handler->call(c->handled, &call, response);
        identity->revert(identity->context);
    }
    release_client(c);
    return status;
}

/* ---- all ------------------------------------------------------------------------------------- */

void rpc_clients_start(const struct carrier_handler *handler)
{
    AcquireSRWLockExclusive(&served.lock);
    served.handler = handler;
    ReleaseSRWLockExclusive(&served.lock);
}

static struct rpc_client *take_listed(void)
{
    struct rpc_client *c;

    AcquireSRWLockExclusive(&served.lock);
    c = served.clients;
    if (c) unlist_client(c);
    ReleaseSRWLockExclusive(&served.lock);
    return c;
}

/* Nobody adds a client any more: the handler is taken away with the lock of adding, and those that
 * are in calls keep theirs until these have ended. */
void rpc_clients_stop(void)
{
    struct rpc_client *c;

    AcquireSRWLockExclusive(&served.adding);
    while ((c = take_listed()) != NULL) {
        if (c->wait) UnregisterWaitEx(c->wait, INVALID_HANDLE_VALUE);
        release_client(c);
    }
    AcquireSRWLockExclusive(&served.lock);
    while (served.client_count > 0)
        SleepConditionVariableSRW(&served.ended, &served.lock, INFINITE, 0);
    served.handler = NULL;
    ReleaseSRWLockExclusive(&served.lock);
    ReleaseSRWLockExclusive(&served.adding);
}

unsigned rpc_clients_count(void)
{
    unsigned count;

    AcquireSRWLockShared(&served.lock);
    count = served.process_count;
    ReleaseSRWLockShared(&served.lock);
    return count;
}
