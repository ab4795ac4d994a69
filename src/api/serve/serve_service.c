#include "api/serve/serve_service.h"

#include "api/api.h"
#include "win32/carrier/control.h"
#include "win32/carrier/local.h"
#include "win32/store/service_entry.h"
#include "win32/sys/router_stopped.h"

#define ATTACH_MS    5000u /* a router that listens can be commanded soon */
#define LOOK_SOON_MS 20u
#define HINT_MS      30000u /* until the next sign of life, in a pending state */
#define END_MS       60000u

static struct {
    SRWLOCK lock;
    SERVICE_STATUS_HANDLE handle;
    SERVICE_STATUS status;
    struct control_view router; /* written with the lock while controls may come */
    bool attached;              /* it can be commanded */
    bool ends;                  /* it is to end, or will be when it can be commanded */
    HANDLE wake;                /* a control has come */
} service = {.lock = SRWLOCK_INIT, .status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS}};

/* ---- what it reports ------------------------------------------------------------------------- */

static bool is_pending(DWORD state)
{
    return state != SERVICE_STOPPED && state != SERVICE_RUNNING && state != SERVICE_PAUSED;
}

/* `net start` of Wine does not wait until a service runs, and a `net stop` may be next. */
static DWORD controls_of(DWORD state)
{
    const DWORD ends = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN;

    if (state == SERVICE_START_PENDING) return ends;
    return is_pending(state) || state == SERVICE_STOPPED ? 0 : ends | SERVICE_ACCEPT_PAUSE_CONTINUE;
}

static void report_locked(DWORD state, DWORD code)
{
    SERVICE_STATUS *s = &service.status;

    s->dwCheckPoint = is_pending(state) && state == s->dwCurrentState ? s->dwCheckPoint + 1 : 0;
    s->dwCurrentState = state;
    s->dwWin32ExitCode = code;
    s->dwWaitHint = is_pending(state) ? HINT_MS : 0;
    s->dwControlsAccepted = controls_of(state);
    SetServiceStatus(service.handle, s);
}

static void report(DWORD state, DWORD code)
{
    AcquireSRWLockExclusive(&service.lock);
    report_locked(state, code);
    ReleaseSRWLockExclusive(&service.lock);
}

/* What the router does ends a pending state once it is what was asked for. */
static DWORD next_state(DWORD now, enum control_state router)
{
    const bool paused = router == CONTROL_PAUSED;

    if (router == CONTROL_ENDS || now == SERVICE_STOP_PENDING) return SERVICE_STOP_PENDING;
    if (now == SERVICE_PAUSE_PENDING && !paused) return now;
    if (now == SERVICE_CONTINUE_PENDING && paused) return now;
    return paused ? SERVICE_PAUSED : SERVICE_RUNNING;
}

static bool report_router(void)
{
    DWORD now, next;

    AcquireSRWLockExclusive(&service.lock);
    now = service.status.dwCurrentState;
    next = next_state(now, control_state_of(&service.router));
    if (next != now) report_locked(next, NO_ERROR);
    ReleaseSRWLockExclusive(&service.lock);
    return is_pending(next);
}

/* ---- controls -------------------------------------------------------------------------------- */

static void pass_on(enum control_state wanted, DWORD pending)
{
    AcquireSRWLockExclusive(&service.lock);
    report_locked(pending, NO_ERROR);
    if (wanted == CONTROL_ENDS) service.ends = true;
    if (service.attached) control_command(&service.router, wanted);
    ReleaseSRWLockExclusive(&service.lock);
    SetEvent(service.wake);
}

/* Stays so until the next start: no program's call starts a router. */
static void stop(void)
{
    AcquireSRWLockExclusive(&service.lock);
    service.ends = true;
    router_set_stopped(true);
    ReleaseSRWLockExclusive(&service.lock);
    pass_on(CONTROL_ENDS, SERVICE_STOP_PENDING);
}

static DWORD WINAPI take_control(DWORD control, DWORD type, void *data, void *context)
{
    (void)type, (void)data, (void)context;
    switch (control) {
    case SERVICE_CONTROL_STOP:
        stop();
        return NO_ERROR;
    case SERVICE_CONTROL_SHUTDOWN:
        pass_on(CONTROL_ENDS, SERVICE_STOP_PENDING);
        return NO_ERROR;
    case SERVICE_CONTROL_PAUSE:
        pass_on(CONTROL_PAUSED, SERVICE_PAUSE_PENDING);
        return NO_ERROR;
    case SERVICE_CONTROL_CONTINUE:
        pass_on(CONTROL_RUNS, SERVICE_CONTINUE_PENDING);
        return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
        return NO_ERROR;
    default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
}

/* ---- its life -------------------------------------------------------------------------------- */

static mpr_status attach(void)
{
    const ULONGLONG until = GetTickCount64() + ATTACH_MS;
    mpr_status status;

    while ((status = control_open(&service.router)) == ST_RPC_SERVER_UNAVAILABLE &&
           local_router_runs() && GetTickCount64() < until)
        Sleep(LOOK_SOON_MS);
    return status;
}

/* An administrator's start is a wish for a router that stays; the router's own is none. */
static mpr_status find_router(bool follow)
{
    mpr_status status;

    if (follow) return attach();
    AcquireSRWLockExclusive(&service.lock);
    if (!service.ends) router_set_stopped(false);
    ReleaseSRWLockExclusive(&service.lock);
    if (!local_router_start()) return ST_RPC_SERVER_UNAVAILABLE;
    status = attach();
    if (status == ST_OK) control_keep(&service.router);
    return status;
}

static void watch_router(void)
{
    HANDLE both[] = {service.router.process, service.wake};
    DWORD patience = LOOK_SOON_MS;

    while (WaitForMultipleObjects(2, both, FALSE, patience) != WAIT_OBJECT_0)
        patience = report_router() ? LOOK_SOON_MS : INFINITE;
}

/* Windows' code for a service's process that ended of itself. */
static DWORD end_of_router(void)
{
    DWORD code = NO_ERROR;

    GetExitCodeProcess(service.router.process, &code);
    return code == NO_ERROR ? NO_ERROR : ERROR_PROCESS_ABORTED;
}

/* A control that has come before goes to the router now. */
static void take_commands(void)
{
    AcquireSRWLockExclusive(&service.lock);
    service.attached = true;
    if (service.ends)
        control_command(&service.router, CONTROL_ENDS);
    else
        report_locked(SERVICE_RUNNING, NO_ERROR);
    ReleaseSRWLockExclusive(&service.lock);
}

static void take_no_commands(void)
{
    AcquireSRWLockExclusive(&service.lock);
    service.attached = false;
    control_close(&service.router);
    ReleaseSRWLockExclusive(&service.lock);
}

static void live(bool follow)
{
    mpr_status status;
    DWORD code;

    report(SERVICE_START_PENDING, NO_ERROR);
    status = find_router(follow);
    /* The next one may be there already. */
    for (code = status; status == ST_OK; status = attach()) {
        take_commands();
        watch_router();
        code = end_of_router();
        take_no_commands();
    }
    report(SERVICE_STOPPED, service.ends ? NO_ERROR : code);
}

static void WINAPI service_main(DWORD count, WCHAR **arguments)
{
    service.handle = RegisterServiceCtrlHandlerExW(SERVICE_ENTRY_NAME, take_control, NULL);
    service.wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!service.handle || !service.wake) return;
    live(count > 1 && wcscmp(arguments[1], SERVICE_ENTRY_FOLLOW) == 0);
}

mpr_status serve_service(void)
{
    static WCHAR name[] = SERVICE_ENTRY_NAME;
    const SERVICE_TABLE_ENTRYW table[] = {{name, service_main}, {NULL, NULL}};

    return StartServiceCtrlDispatcherW(table) ? ST_OK : (mpr_status)GetLastError();
}

/* ---- without it ------------------------------------------------------------------------------ */

mpr_status serve_service_stop(void)
{
    struct control_view router;
    mpr_status status;

    router_set_stopped(true);
    status = control_open(&router);
    if (status == ST_RPC_SERVER_UNAVAILABLE) return ST_OK;
    if (status != ST_OK) return status;
    control_command(&router, CONTROL_ENDS);
    status = WaitForSingleObject(router.process, END_MS) == WAIT_OBJECT_0 ? ST_OK : ST_TIMEOUT;
    control_close(&router);
    return status;
}
