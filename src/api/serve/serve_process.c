#include "api/serve/serve_process.h"

#include "api/api.h"
#include "api/serve/serve.h"
#include "api/serve/serve_rpc.h"
#include "api/serve/serve_service.h"
#include "win32/carrier/control.h"
#include "win32/carrier/local.h"
#include "win32/store/router_place.h"
#include "win32/store/service_entry.h"
#include "win32/stored_keys.h"
#include "win32/sys/router_runs.h"
#include "win32/sys/router_stopped.h"

#define LOOK_MS      1000u
#define KEYS_LOOKS   3u /* looks between two at the stored keys */
#define FOLLOW_LOOKS 3u /* the service may be about to end with the router before */
#define WIND_DOWN_MS 50u
#define FAREWELL_MS  10u /* between two looks whether neighbours have been told */
#define CONSOLE_MS   60000u
/* Odd, so that 256 routers have 256 generations. */
#define GENERATION_STEP 159u

static bool would_lose(struct engine *e)
{
    bool answer = router_would_lose(engine_enter(e));

    engine_leave(e);
    return answer;
}

static bool is_idle(struct engine *e)
{
    return local_clients() == 0 && !would_lose(e);
}

/* Nobody can come any more when the last look is taken. */
static bool end_if_idle(struct engine *e)
{
    if (!local_unlisten_idle()) return false;
    return !would_lose(e) || local_listen(&serve_handler, NULL) != ST_OK;
}

/* ---- its loop -------------------------------------------------------------------------------- */

static void pause_or_continue(struct engine *e, bool paused)
{
    router_pause(engine_enter(e), paused);
    engine_leave(e);
    control_tell(paused ? CONTROL_PAUSED : CONTROL_RUNS);
    TRACE(INFO, "router: %s", paused ? "paused" : "continues");
}

/* What is to be done now and then, whoever needs the router. */
static void look_around(void)
{
    static unsigned looks, follows;
    static bool by_rpc;

    looks++;
    if (!by_rpc) by_rpc = serve_rpc_follow(looks);
    if (follows < FOLLOW_LOOKS && service_entry_follow()) follows++;
    if (looks % KEYS_LOOKS == 0) stored_keys_look_all();
}

/* Waits for a command or the time of the next look; true: it is to end. */
static bool next_look(struct engine *e, ULONGLONG *last)
{
    static enum control_state state = CONTROL_RUNS;
    const ULONGLONG passed = GetTickCount64() - *last;
    enum control_state wanted = control_wait(passed < LOOK_MS ? LOOK_MS - (DWORD)passed : 0);

    if (wanted == CONTROL_ENDS) return true;
    if (wanted != state) pause_or_continue(e, wanted == CONTROL_PAUSED);
    state = wanted;
    if (GetTickCount64() - *last < LOOK_MS) return false;
    *last = GetTickCount64();
    look_around();
    return false;
}

static bool may_end(struct engine *e, unsigned task)
{
    return task != SERVE_PROCESS_STAY && !control_kept() && !serve_rpc_is_needed() && is_idle(e);
}

/* True: it was told to. */
static bool run_until_end(struct engine *e, unsigned task)
{
    const ULONGLONG limit = router_place_idle_seconds() * 1000ull;
    ULONGLONG last = GetTickCount64(), busy = last;

    look_around();
    while (!next_look(e, &last)) {
        if (!may_end(e, task)) busy = last;
        if (last - busy < limit || last == busy) continue;
        if (end_if_idle(e)) return false;
        busy = last;
    }
    return true;
}

/* ---- its end --------------------------------------------------------------------------------- */

static DWORD WINAPI unlisten(void *unused)
{
    (void)unused;
    serve_rpc_unlisten();
    local_unlisten();
    return 0;
}

static bool end_what_runs(struct engine *e)
{
    bool over = router_wind_down(engine_enter(e));

    engine_leave(e);
    return over;
}

/* The clients' calls end while what they wait for is being ended. */
static void wind_down(struct engine *e)
{
    HANDLE thread;
    bool over;

    control_tell(CONTROL_ENDS);
    over = end_what_runs(e);
    thread = CreateThread(NULL, 0, unlisten, NULL, 0, NULL);
    if (!thread) return;
    while (WaitForSingleObject(thread, over ? WIND_DOWN_MS : FAREWELL_MS) == WAIT_TIMEOUT)
        over = end_what_runs(e);
    for (; !over; over = end_what_runs(e)) Sleep(FAREWELL_MS);
    CloseHandle(thread);
}

/* The system ends the process when this returns from what can't be refused. */
static BOOL WINAPI end_by_console(DWORD event)
{
    control_end_self();
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) Sleep(CONSOLE_MS);
    return TRUE;
}

static void run(struct engine *e, unsigned task)
{
    SetConsoleCtrlHandler(end_by_console, TRUE);
    if (run_until_end(e, task)) {
        TRACE(INFO, "router: it is told to end");
        wind_down(e);
    } else {
        TRACE(INFO, "router: nobody needs it any more, the process ends");
    }
}

/* Programs live longer than a router, and would take its handles to the next one. The generations
 * of routers that follow each other lie far apart: those of a slot that is used again are the next
 * numbers. Only the router counts: of two processes that start at once, both would have the same
 * number, and the second is the router when the first is killed. */
static void vary_handles(void)
{
    const uint32_t number = router_runs_next(GetTickCount());

    instance_vary((uint8_t)(number * GENERATION_STEP));
    TRACE(INFO, "router: number %lu of those that programs share", (unsigned long)number);
}

static int be_the_router(unsigned task)
{
    struct engine *e;
    mpr_status status;

    status = local_listen(&serve_handler, vary_handles);
    if (status == ST_ALREADY_EXISTS) return SERVE_PROCESS_OTHER;
    if (status != ST_OK) {
        TRACE(ERROR, "router: no program can reach it: %s", status_name(status));
        return SERVE_PROCESS_FAILED;
    }
    TRACE(INFO, "router: process %lu is the one that programs share", GetCurrentProcessId());
    control_start();
    status = instance_engine(&e);
    if (status == ST_OK) run(e, task);
    serve_rpc_unlisten();
    local_unlisten();
    instance_shutdown();
    control_stop();
    return status == ST_OK ? SERVE_PROCESS_ENDED : SERVE_PROCESS_FAILED;
}

/* ---- tasks ----------------------------------------------------------------------------------- */

static int result_of(mpr_status status, const char *what)
{
    if (status == ST_OK) return SERVE_PROCESS_ENDED;
    TRACE(ERROR, "router: %s: %s", what, status_name(status));
    return SERVE_PROCESS_FAILED;
}

static mpr_status unregister(void)
{
    mpr_status status = serve_service_stop();

    if (status == ST_OK) status = service_entry_remove();
    router_set_stopped(false);
    return status;
}

/* What is loaded here (protocols, administration DLLs) works with this router. */
int serve_process(unsigned task)
{
    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"process");
    api_trace_start();
    switch (task) {
    case SERVE_PROCESS_SERVICE:
        return result_of(serve_service(), "the service");
    case SERVE_PROCESS_STOP:
        return result_of(serve_service_stop(), "it can't be stopped");
    case SERVE_PROCESS_REGISTER:
        return result_of(service_entry_make(), "the service's entry can't be made");
    case SERVE_PROCESS_UNREGISTER:
        return result_of(unregister(), "the service's entry can't be removed");
    case SERVE_PROCESS_STAY:
        router_set_stopped(false);
        break;
    default:
        if (router_is_stopped()) return SERVE_PROCESS_STOPPED;
    }
    return be_the_router(task);
}
