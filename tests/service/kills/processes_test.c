/* Eight processes with a thousand calls each, of all sorts, to one router: each finds what it has
 * made, as it has made it, and in the end nothing is lost, doubled or left. */
#include "service/kills/stored.h"
#include "service/kills/worker.h"

enum { PROCESSES = 8, CALLS = 1000 };

static void eight_processes(void **state)
{
    HANDLE processes[PROCESSES];

    (void)state;
    for (unsigned n = 0; n < PROCESSES; n++) processes[n] = scene_start_worker(n, 1, 0);
    for (unsigned n = 0; n < PROCESSES; n++) scene_await_end(processes[n]);
    for (unsigned n = 0; n < PROCESSES; n++) assert_true(scene->slots[n].calls >= CALLS);
    print_message("%ld calls\n", scene->calls);
}

static void nothing_is_left(void **state)
{
    (void)state;
    scene_await_end_of_router();
    assert_int_equal(scene_dialers_left(), 0);
    stored_expect_tidy();
}

static int begin(void **state)
{
    (void)state;
    scene_make(FALSE, 0);
    return 0;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_processes),
        cmocka_unit_test(nothing_is_left),
    };

    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
    if (count == 5) return worker_main(arguments, CALLS);
    return cmocka_run_group_tests(tests, begin, scene_end);
}
