/* Whoever may make a pipe of that name could pose as the router: the client looks who is at the
 * other end, by the system's word, and takes handles only from an administrator. */
#include "win32/carrier/local_connect.h"

#include "base/mem.h"
#include "base/trace.h"
#include "win32/carrier/local.h"
#include "win32/carrier/local_identity.h"
#include "win32/carrier/local_start.h"
#include "win32/sys/access.h"

#define BUSY_MS     1000u  /* for one instance of the pipe */
#define PATIENCE_MS 10000u /* for one that is not another's */
#define ENDED_TRIES 3      /* routers that ended just when we came */

static struct {
    SRWLOCK lock;
    struct local_router *router; /* the present one */
    uint32_t epochs;
} known = {.lock = SRWLOCK_INIT};

/* ---- routers --------------------------------------------------------------------------------- */

static void release_router(struct local_router *router)
{
    if (!router || InterlockedDecrement(&router->refs) > 0) return;
    CloseHandle(router->process);
    mem_free(router);
}

static bool is_alive(struct local_router *router)
{
    if (!router->dead && WaitForSingleObject(router->process, 0) == WAIT_OBJECT_0)
        router->dead = true;
    return !router->dead;
}

/* A process that is open is the only one with its id. */
static struct local_router *router_known_as(DWORD process)
{
    struct local_router *router = known.router;

    if (!router || router->process_id != process || !is_alive(router)) return NULL;
    InterlockedIncrement(&router->refs);
    return router;
}

static mpr_status look_at_router(DWORD process, struct local_router *router)
{
    router->process =
        OpenProcess(SYNCHRONIZE | PROCESS_QUERY_INFORMATION | PROCESS_QUERY_LIMITED_INFORMATION,
                    FALSE, process);
    if (router->process && identity_is_administrator(router->process)) return ST_OK;
    TRACE(WARNING,
          "carrier: process %lu listens as the router, but is not known to be an "
          "administrator's",
          process);
    if (router->process) CloseHandle(router->process);
    return ST_ACCESS_DENIED;
}

static mpr_status know_router(DWORD process, struct local_router **ret)
{
    struct local_router *router = mem_alloc(sizeof(*router));
    mpr_status status = router ? look_at_router(process, router) : ST_NOT_ENOUGH_MEMORY;

    if (status != ST_OK) {
        mem_free(router);
        return status;
    }
    router->process_id = process;
    router->refs = 2;
    router->epoch = ++known.epochs;
    release_router(known.router);
    known.router = *ret = router;
    return ST_OK;
}

static mpr_status router_at(HANDLE pipe, struct local_router **ret)
{
    ULONG process = 0;
    mpr_status status = ST_OK;

    *ret = NULL;
    if (!GetNamedPipeServerProcessId(pipe, &process)) return ST_RPC_SERVER_UNAVAILABLE;
    AcquireSRWLockExclusive(&known.lock);
    *ret = router_known_as(process);
    if (!*ret) status = know_router(process, ret);
    ReleaseSRWLockExclusive(&known.lock);
    return status;
}

uint32_t connect_epoch(void)
{
    uint32_t epoch = 0;

    AcquireSRWLockExclusive(&known.lock);
    if (known.router && is_alive(known.router)) epoch = known.router->epoch;
    ReleaseSRWLockExclusive(&known.lock);
    return epoch;
}

void connect_forget(void)
{
    AcquireSRWLockExclusive(&known.lock);
    release_router(known.router);
    known.router = NULL;
    ReleaseSRWLockExclusive(&known.lock);
}

/* ---- the pipe -------------------------------------------------------------------------------- */

static mpr_status status_of_pipe(DWORD error)
{
    return error == ERROR_ACCESS_DENIED ? ST_ACCESS_DENIED : ST_RPC_SERVER_UNAVAILABLE;
}

/* The one at the other end must not act as this process. */
static mpr_status open_pipe(HANDLE *ret)
{
    const ULONGLONG until = GetTickCount64() + PATIENCE_MS;

    for (;;) {
        DWORD error;

        *ret = CreateFileW(LOCAL_PIPE, GENERIC_READ, 0, NULL, OPEN_EXISTING,
                           SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS, NULL);
        if (*ret != INVALID_HANDLE_VALUE) return ST_OK;
        error = GetLastError();
        if (error != ERROR_PIPE_BUSY) return status_of_pipe(error);
        if (GetTickCount64() >= until) return ST_RPC_SERVER_TOO_BUSY;
        WaitNamedPipeW(LOCAL_PIPE, BUSY_MS);
    }
}

static mpr_status read_hello(HANDLE pipe, struct local_hello *ret)
{
    DWORD size = 0;

    if (!ReadFile(pipe, ret, sizeof(*ret), &size, NULL) || size != sizeof(*ret) ||
        ret->version != LOCAL_VERSION)
        return ST_RPC_SERVER_UNAVAILABLE;
    return ret->status;
}

/* ---- channels -------------------------------------------------------------------------------- */

static void close_objects(struct local_end *end)
{
    if (end->header) UnmapViewOfFile((void *)(uintptr_t)end->header);
    if (end->section) CloseHandle(end->section);
    if (end->request) CloseHandle(end->request);
    if (end->response) CloseHandle(end->response);
}

void connect_close(struct local_end *end)
{
    if (end->request && end->router && !end->router->dead) {
        if (end->header) end->header->operation = LOCAL_END;
        SetEvent(end->request);
    }
    close_objects(end);
    release_router(end->router);
    mem_free(end);
}

/* A channel without a view is one that has no operation in it, which ends it. */
static mpr_status take_objects(struct local_end *end, const struct local_hello *hello)
{
    end->section = (HANDLE)(uintptr_t)hello->section;
    end->request = (HANDLE)(uintptr_t)hello->request;
    end->response = (HANDLE)(uintptr_t)hello->response;
    end->header = MapViewOfFile(end->section, FILE_MAP_WRITE, 0, 0, LOCAL_SECTION);
    return end->header ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status greet(HANDLE pipe, struct local_end *end)
{
    struct local_hello hello;
    mpr_status status = router_at(pipe, &end->router);

    if (status == ST_OK) status = read_hello(pipe, &hello);
    if (status == ST_OK) status = take_objects(end, &hello);
    return status;
}

static mpr_status connect_once(struct local_end **ret)
{
    struct local_end *end = mem_alloc(sizeof(*end));
    HANDLE pipe;
    mpr_status status;

    if (!end) return ST_NOT_ENOUGH_MEMORY;
    status = open_pipe(&pipe);
    if (status == ST_OK) {
        status = greet(pipe, end);
        CloseHandle(pipe);
    }
    if (status != ST_OK) {
        connect_close(end);
        return status;
    }
    *ret = end;
    return ST_OK;
}

static mpr_status connect_listening(struct local_end **ret)
{
    mpr_status status = ST_RPC_SERVER_UNAVAILABLE;

    for (int i = 0; i < ENDED_TRIES && status == ST_RPC_SERVER_UNAVAILABLE; i++)
        status = connect_once(ret);
    return status;
}

static volatile LONG may_start;

void local_carrier_starts_router(void)
{
    InterlockedExchange(&may_start, 1);
}

/* The channel is the process', whoever calls first. */
mpr_status connect_router(struct local_end **ret)
{
    HANDLE token = access_as_process();
    mpr_status status;

    *ret = NULL;
    status = connect_listening(ret);
    if (status == ST_RPC_SERVER_UNAVAILABLE && may_start && start_router())
        status = connect_listening(ret);
    access_as_caller(token);
    return status;
}

/* It is somebody's while it waits for a moment: then it is there all the more. */
bool local_router_runs(void)
{
    return WaitNamedPipeW(LOCAL_PIPE, 1) || GetLastError() == ERROR_SEM_TIMEOUT;
}
