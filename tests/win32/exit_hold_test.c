/* src/win32/sys/exit_hold.h: a process that ends waits for who holds it off. Each case is a process
 * of its own that ends while a thread sleeps; its exit code is that thread's doing. */
#include "win32/win32_test.h"

#include <stdio.h>
#include <string.h>

#include "win32/net/adapters.h"
#include "win32/sys/exit_hold.h"
#include "support/start_process.h"

enum { ENDED_AT_ONCE = 40, WAITED_FOR = 41 };

static volatile LONG begun;

static void sleep_and_tell(void)
{
    InterlockedExchange(&begun, 1);
    Sleep(500);
    /* Only who is still there can say so. */
    TerminateProcess(GetCurrentProcess(), WAITED_FOR);
}

static DWORD WINAPI without(void *parameter)
{
    (void)parameter;
    sleep_and_tell();
    return 0;
}

static DWORD WINAPI with(void *parameter)
{
    uintptr_t hold = exit_hold(), inner = exit_hold();

    (void)parameter;
    exit_release(inner);
    sleep_and_tell();
    exit_release(hold);
    return 0;
}

static DWORD WINAPI released(void *parameter)
{
    (void)parameter;
    exit_release(exit_hold());
    sleep_and_tell();
    return 0;
}

static DWORD WINAPI query(void *parameter)
{
    (void)parameter;
    for (int n = 0; n < 100000; n++) {
        struct adapter_list list;

        if (adapters_read(&list) == ST_OK) adapters_free(&list);
        if (n == 10) InterlockedExchange(&begun, 1);
    }
    return 0;
}

static int end_with(LPTHREAD_START_ROUTINE thread)
{
    CreateThread(NULL, 0, thread, NULL, 0, NULL);
    while (!begun) Sleep(1);
    ExitProcess(ENDED_AT_ONCE);
}

static DWORD run(const char *which)
{
    HANDLE process = start_self(which, FALSE);
    DWORD code = 0;

    if (!process) fail_msg("CreateProcess: error %lu", GetLastError());
    if (WaitForSingleObject(process, 30000) != WAIT_OBJECT_0) TerminateProcess(process, 1);
    WaitForSingleObject(process, 10000);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
    return code;
}

static void test_the_end_waits(void **state)
{
    (void)state;
    if (!GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version")) skip();
    assert_int_equal(run("without"), ENDED_AT_ONCE);
    assert_int_equal(run("with"), WAITED_FOR);
    assert_int_equal(run("released"), ENDED_AT_ONCE);
}

/* Without holding off, one in fifty never ended. */
static void test_ends_during_queries(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) assert_int_equal(run("query"), ENDED_AT_ONCE);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_end_waits),
        cmocka_unit_test(test_ends_during_queries),
    };
    static const struct {
        const char *name;
        LPTHREAD_START_ROUTINE thread;
    } children[] = {{"without", without}, {"with", with}, {"released", released}, {"query", query}};

    for (size_t n = 0; count > 1 && n < sizeof(children) / sizeof(*children); n++) {
        if (strcmp(arguments[1], children[n].name) == 0) return end_with(children[n].thread);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
