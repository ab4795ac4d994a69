#include "api/serve/serve_process.h"

#include "api/api.h"
#include "api/serve/serve.h"
#include "win32/carrier/local.h"
#include "win32/store/router_place.h"

#define LOOK_MS 1000u

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
    return !would_lose(e) || local_listen(&serve_handler) != ST_OK;
}

static void run_until_idle(struct engine *e)
{
    const unsigned limit = router_place_idle_seconds() * 1000u;
    unsigned idle = 0;

    for (;;) {
        Sleep(LOOK_MS);
        idle = is_idle(e) ? idle + LOOK_MS : 0;
        if (idle < limit || idle == 0) continue;
        if (end_if_idle(e)) return;
        idle = 0;
    }
}

static void run(struct engine *e, unsigned flags)
{
    if (flags & SERVE_PROCESS_STAY) Sleep(INFINITE);
    run_until_idle(e);
    TRACE(INFO, "router: nobody needs it any more, the process ends");
}

/* What is loaded here (protocols, administration DLLs) works with this router. */
int serve_process(unsigned flags)
{
    struct engine *e;
    mpr_status status;

    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"process");
    api_trace_start();
    status = local_listen(&serve_handler);
    if (status == ST_ALREADY_EXISTS) return SERVE_PROCESS_OTHER;
    if (status != ST_OK) {
        TRACE(ERROR, "router: no program can reach it: %s", status_name(status));
        return SERVE_PROCESS_FAILED;
    }
    TRACE(INFO, "router: process %lu is the one that programs share", GetCurrentProcessId());
    status = instance_engine(&e);
    if (status == ST_OK) run(e, flags);
    local_unlisten();
    instance_shutdown();
    return status == ST_OK ? SERVE_PROCESS_ENDED : SERVE_PROCESS_FAILED;
}
