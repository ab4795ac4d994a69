/* One thread listens. A pipe's instance is there for a moment only: who has connected gets the
 * answer, which fits the pipe's buffer, and the router closes its end; the client still reads what
 * is in it. So silent clients hold nothing.
 *
 * That there is one router is the lock's doing (machine_lock.h): Wine gives a second process an
 * instance of the pipe in spite of FILE_FLAG_FIRST_PIPE_INSTANCE. */
#include "win32/carrier/local.h"

#include "base/trace.h"
#include "win32/carrier/local_clients.h"
#include "win32/carrier/local_serve.h"
#include "win32/sys/access.h"
#include "win32/sys/listening_pipe.h"
#include "win32/sys/machine_lock.h"

/* A router that is about to end has it a little longer. */
#define OTHER_ROUTER_MS 500u

static struct machine_lock one_router = MACHINE_LOCK_INIT(L"mprapi router");

static struct {
    SRWLOCK lock; /* of the rest, for who starts and ends it */
    bool is_router;
    HANDLE thread, stop, connected;
    HANDLE pipe;        /* the instance that waits for the next client */
    volatile LONG busy; /* somebody has connected and is no client yet */
} listener = {.lock = SRWLOCK_INIT};

/* ---- the pipe -------------------------------------------------------------------------------- */

/* Administrators may do anything, everybody who has a name may connect. */
static const struct listening_pipe local_pipe = {
    .name = LOCAL_PIPE,
    .security = L"D:P(A;;GA;;;BA)(A;;GA;;;SY)(A;;GR;;;AU)",
    .access = PIPE_ACCESS_OUTBOUND,
    .mode = PIPE_TYPE_MESSAGE,
    .buffer = sizeof(struct local_hello),
};

/* The answer is in the pipe's buffer at once, or the client is no more. */
static bool write_hello(HANDLE pipe, const struct local_hello *hello)
{
    OVERLAPPED o = {.hEvent = listener.connected};
    DWORD size = 0;

    ResetEvent(listener.connected);
    if (WriteFile(pipe, hello, sizeof(*hello), NULL, &o) || GetLastError() == ERROR_IO_PENDING) {
        if (WaitForSingleObject(listener.connected, 0) != WAIT_OBJECT_0) CancelIo(pipe);
        if (GetOverlappedResult(pipe, &o, &size, TRUE)) return size == sizeof(*hello);
    }
    return false;
}

static mpr_status add_client(HANDLE pipe, struct local_channel **ret, struct local_hello *hello)
{
    ULONG process = 0;

    if (!GetNamedPipeClientProcessId(pipe, &process)) return ST_ACCESS_DENIED;
    return local_clients_add_channel(process, ret, hello);
}

static void answer(HANDLE pipe)
{
    struct local_hello hello = {.version = LOCAL_VERSION};
    struct local_channel *channel = NULL;

    hello.status = add_client(pipe, &channel, &hello);
    if (!write_hello(pipe, &hello) && channel) {
        local_clients_remove_channel(channel);
        return;
    }
    if (channel) serve_channel(channel);
}

/* ---- the thread ------------------------------------------------------------------------------ */

static DWORD WINAPI listen_at_pipe(void *parameter)
{
    HANDLE pipe;

    (void)parameter;
    while (listening_pipe_next(&local_pipe, &listener.pipe, listener.connected, listener.stop,
                               &pipe)) {
        if (!pipe) continue;
        InterlockedExchange(&listener.busy, 1);
        answer(pipe);
        CloseHandle(pipe);
        InterlockedExchange(&listener.busy, 0);
    }
    return 0;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void stop_listening(void)
{
    HANDLE *all[] = {&listener.thread, &listener.stop, &listener.connected, &listener.pipe};

    if (listener.thread) {
        SetEvent(listener.stop);
        WaitForSingleObject(listener.thread, INFINITE);
    }
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        if (*all[i]) CloseHandle(*all[i]);
        *all[i] = NULL;
    }
}

static mpr_status make_listener(void)
{
    listener.pipe = listening_pipe_instance(&local_pipe, FILE_FLAG_FIRST_PIPE_INSTANCE);
    if (!listener.pipe) return (mpr_status)GetLastError();
    listener.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    listener.connected = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!listener.stop || !listener.connected) return ST_NOT_ENOUGH_MEMORY;
    listener.thread = CreateThread(NULL, 0, listen_at_pipe, NULL, 0, NULL);
    return listener.thread ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status start_listening(void)
{
    mpr_status status = make_listener();

    if (status != ST_OK) {
        stop_listening();
        TRACE(ERROR, "carrier: can't listen: %s", status_name(status));
    }
    return status;
}

static void leave_machine(void)
{
    machine_lock_leave(&one_router);
    machine_lock_close(&one_router);
    listener.is_router = false;
}

static mpr_status be_the_router(const struct carrier_handler *handler, void (*prepare)(void))
{
    mpr_status status;

    if (listener.is_router) return ST_ALREADY_EXISTS;
    status = machine_lock_enter(&one_router, OTHER_ROUTER_MS);
    if (status != ST_OK) {
        machine_lock_close(&one_router);
        return status == ST_TIMEOUT ? ST_ALREADY_EXISTS : status;
    }
    listener.is_router = true;
    if (prepare) prepare();
    local_clients_start(handler);
    status = start_listening();
    if (status != ST_OK) leave_machine();
    return status;
}

mpr_status local_listen(const struct carrier_handler *handler, void (*prepare)(void))
{
    mpr_status status = access_check();

    if (status != ST_OK) return status;
    AcquireSRWLockExclusive(&listener.lock);
    status = be_the_router(handler, prepare);
    ReleaseSRWLockExclusive(&listener.lock);
    return status;
}

void local_unlisten(void)
{
    AcquireSRWLockExclusive(&listener.lock);
    if (listener.is_router) {
        stop_listening();
        local_clients_stop();
        leave_machine();
    }
    ReleaseSRWLockExclusive(&listener.lock);
}

/* Somebody may have become a client before the pipe was closed. */
static bool end_if_idle(void)
{
    if (!listener.is_router) return true;
    if (local_clients_count() > 0 || listener.busy != 0) return false;
    stop_listening();
    if (local_clients_count() > 0) {
        start_listening();
        return false;
    }
    leave_machine();
    return true;
}

bool local_unlisten_idle(void)
{
    bool ended;

    AcquireSRWLockExclusive(&listener.lock);
    ended = end_if_idle();
    ReleaseSRWLockExclusive(&listener.lock);
    return ended;
}

unsigned local_clients(void)
{
    return local_clients_count();
}
