/* The router's process is killed at random moments, while five workers in three processes call it.
 */
#include "service/kills/stored.h"
#include "service/kills/worker.h"

enum { MOMENTS = 40, PROCESSES = 3, LOOK_MS = 5, CALLS_BETWEEN = 80, NO_CALLS_MS = 200 };

static HANDLE processes[PROCESSES];
static DWORD moments;

/* Fails the test when a worker has ended. */
static void expect_workers(void)
{
    assert_int_equal(WaitForMultipleObjects(PROCESSES, processes, FALSE, 0), WAIT_TIMEOUT);
}

static HANDLE open_any_router(void)
{
    DWORD id = scene_router_id();

    return id ? OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id) : NULL;
}

/* One that listens, or one that has only begun. */
static HANDLE await_router(HANDLE (*look)(void))
{
    HANDLE router = look();

    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && !router; i++) {
        expect_workers();
        Sleep(LOOK_MS);
        router = look();
    }
    assert_non_null(router);
    return router;
}

/* So many calls have begun, or none does: all wait for the router. */
static void await_calls(LONG count)
{
    const LONG from = scene->calls;
    LONG last = from;
    ULONGLONG since = GetTickCount64();

    while (scene->calls - from < count && GetTickCount64() - since < NO_CALLS_MS) {
        if (scene->calls != last) since = GetTickCount64();
        last = scene->calls;
        SwitchToThread();
        if (scene->calls == last) Sleep(1);
    }
}

static void kill_one(void)
{
    HANDLE router;

    if (scene_random(&moments) % 8 == 0) {
        router = await_router(open_any_router);
        Sleep(scene_random(&moments) % 40);
    } else {
        router = await_router(scene_router);
        await_calls((LONG)(scene_random(&moments) % CALLS_BETWEEN));
    }
    if (scene_random(&moments) % 2) Sleep(scene_random(&moments) % 5);
    InterlockedIncrement(&scene->kills_begun);
    scene_kill(router);
    InterlockedIncrement(&scene->kills_ended);
}

static void report(void)
{
    LONG promised = 0, cut = 0;

    for (int n = 0; n < SCENE_SLOTS; n++) {
        promised += scene->slots[n].promised;
        cut += scene->slots[n].cut_updates;
    }
    print_message("%ld routers killed, %ld calls, %ld promises kept, %ld updates cut\n",
                  scene->kills_ended, scene->calls, promised, cut);
}

static void routers_killed_while_called(void **state)
{
    (void)state;
    processes[0] = scene_start_worker(0, 3, 0);
    processes[1] = scene_start_worker(3, 1, 0);
    processes[2] = scene_start_worker(4, 1, 0);
    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && scene->ready < PROCESSES; i++) {
        expect_workers();
        Sleep(LOOK_MS);
    }
    assert_int_equal(scene->ready, PROCESSES);
    for (DWORD i = 0; i < scene_moments; i++) kill_one();
    scene->over = 1;
    for (int n = 0; n < PROCESSES; n++) scene_await_end(processes[n]);
    report();
}

static void nothing_is_left(void **state)
{
    (void)state;
    scene_await_end_of_router();
    scene_await_end_of_dialers();
    stored_expect_tidy();
}

static int begin(void **state)
{
    (void)state;
    scene_make(TRUE, MOMENTS);
    moments = scene->seed;
    return 0;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routers_killed_while_called),
        cmocka_unit_test(nothing_is_left),
    };

    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
    if (count == 5) return worker_main(arguments, 0);
    return cmocka_run_group_tests(tests, begin, scene_end);
}
