/* Programs are killed at random moments in their calls; the router goes on, serves the others, and
 * lets go of what was theirs. */
#include "api/support/live.h"
#include "service/kills/stored.h"
#include "service/kills/worker.h"

enum {
    MOMENTS = 40,
    VICTIMS = 3, /* at the same time, each with two workers */
    WORKERS = 2,
    OTHER = VICTIMS * WORKERS, /* the worker that lives */
    LOOK_MS = 5,
    CALLS_BETWEEN = 60,
    WARM_UP = 10,
    SPARE_HANDLES = 20 /* what a router may have open more or less at any moment */
};

static HANDLE victims[VICTIMS], other;
static DWORD ids[VICTIMS], moments;

static void expect_other(void)
{
    assert_int_equal(WaitForSingleObject(other, 0), WAIT_TIMEOUT);
}

static void await_counter(const volatile LONG *counter, LONG value)
{
    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && *counter < value; i++) {
        expect_other();
        Sleep(LOOK_MS);
    }
    assert_true(*counter >= value);
}

static void start_victim(unsigned n, unsigned generation)
{
    victims[n] = scene_start_worker(n * WORKERS, WORKERS, generation);
    ids[n] = GetProcessId(victims[n]);
}

/* A process is there as long as somebody has a handle of it. A number may be given anew. */
static BOOL is_forgotten(DWORD id)
{
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, id);
    BOOL alive;

    if (!process) return TRUE;
    alive = WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
    CloseHandle(process);
    return alive;
}

static void await_forgotten(DWORD id)
{
    for (int i = 0; i < SCENE_PATIENCE_MS / LOOK_MS && !is_forgotten(id); i++) Sleep(LOOK_MS);
    assert_true(is_forgotten(id));
}

/* Some while beginning, most in the middle. The router has to answer the other one. */
static void kill_one(unsigned generation)
{
    unsigned n = scene_random(&moments) % VICTIMS;
    LONG calls = scene->calls + (LONG)(scene_random(&moments) % CALLS_BETWEEN), others;

    await_counter(&scene->calls, calls);
    Sleep(scene_random(&moments) % 5);
    scene_kill(victims[n]);
    others = scene->slots[OTHER].calls;
    await_forgotten(ids[n]);
    start_victim(n, generation);
    await_counter(&scene->slots[OTHER].calls, others + 2);
}

static void programs_killed_while_calling(void **state)
{
    size_t handles = 0;
    DWORD router;

    (void)state;
    other = scene_start_worker(OTHER, 1, 0);
    for (unsigned n = 0; n < VICTIMS; n++) start_victim(n, 0);
    await_counter(&scene->ready, VICTIMS + 1);
    router = scene_only_router_id();
    for (DWORD i = 0; i < scene_moments; i++) {
        if (i == WARM_UP) handles = live_handles_of(router);
        kill_one(i + 1);
    }
    assert_int_equal(scene_only_router_id(), router);
    print_message("%lu programs killed, %ld calls; the router's handles: %lu, then %lu\n",
                  scene_moments, scene->calls, (DWORD)handles, (DWORD)live_handles_of(router));
    if (scene_moments > WARM_UP)
        assert_in_range(live_handles_of(router), 1, handles + SPARE_HANDLES);
}

static void nothing_is_left(void **state)
{
    (void)state;
    InterlockedExchange(&scene->over, 1);
    for (unsigned n = 0; n < VICTIMS; n++) scene_await_end(victims[n]);
    scene_await_end(other);
    scene_await_end_of_router();
    scene_await_end_of_dialers();
    stored_expect_tidy();
}

static int begin(void **state)
{
    (void)state;
    scene_make(FALSE, MOMENTS);
    moments = scene->seed;
    return 0;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_killed_while_calling),
        cmocka_unit_test(nothing_is_left),
    };

    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
    if (count == 5) return worker_main(arguments, 0);
    return cmocka_run_group_tests(tests, begin, scene_end);
}
