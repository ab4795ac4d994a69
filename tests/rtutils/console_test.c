/* Tracing to a console. The test is a child with a console that has no window; without one of its
 * own there may be none that can be had. */
#include "rtutils_test.h"

#include "support/start_process.h"

#define NAME       L"ConsoleTest"
#define IS_SEEN    0
#define NO_CONSOLE 2
#define WRONG      3

static BOOL screen_has(HANDLE console, const WCHAR *text)
{
    WCHAR screen[80 * 25 + 1] = L"";
    DWORD read = 0;

    return ReadConsoleOutputCharacterW(console, screen, 80 * 25, (COORD){0, 0}, &read) &&
           wcsstr(screen, text) != NULL;
}

static int trace_to(HANDLE console, DWORD id)
{
    if (TracePutsExW(id, 0, L"to the console") != 14) return WRONG + 1;
    if (TracePutsExA(id, TRACE_USE_MASK | 0x00010000, "its bit") != 7) return WRONG + 2;
    if (TracePutsExA(id, TRACE_USE_MASK | 0x00020000, "not its bit")) return WRONG + 3;
    if (!screen_has(console, L": to the console")) return WRONG + 4;
    if (!screen_has(console, L": its bit")) return WRONG + 5;
    if (screen_has(console, L"not its bit")) return WRONG + 6;
    return IS_SEEN;
}

static int be_a_client(void)
{
    const DWORD id = TraceRegisterExW(NAME, TRACE_USE_CONSOLE);
    HANDLE console = NULL;
    int result;

    if (TraceGetConsoleW(id, &console) != NO_ERROR) return NO_CONSOLE;
    result = trace_to(console, id);
    return TraceDeregisterW(id) == NO_ERROR ? result : WRONG;
}

static void test_what_is_traced_is_on_it(void **state)
{
    char path[MAX_PATH], command[2 * MAX_PATH];
    PROCESS_INFORMATION process;
    DWORD code = WRONG;

    (void)state;
    test_set_number(NAME, L"ConsoleTracingMask", 0x00010000);
    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" client", path);
    assert_true(start_process(command, FALSE, CREATE_NO_WINDOW, &process));
    CloseHandle(process.hThread);
    assert_true(await_end(process.hProcess, PATIENCE, &code));
    if (code == NO_CONSOLE) {
        printf("SKIP: a process without a window gets no console here\n");
        skip();
    }
    assert_int_equal(code, IS_SEEN);
}

static void test_a_handle_only_for_who_traces_to_it(void **state)
{
    HANDLE console = (HANDLE)1;
    DWORD id = TraceRegisterExW(NAME, 0), rc;

    (void)state;
    assert_int_equal(TraceGetConsoleW(id, &console), ERROR_INVALID_HANDLE);
    assert_null(console);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
    id = TraceRegisterExW(NAME, TRACE_USE_CONSOLE);
    assert_int_equal(TraceGetConsoleA(id, NULL), ERROR_INVALID_PARAMETER);
    rc = TraceGetConsoleA(id, &console);
    assert_int_equal(rc == NO_ERROR, console != NULL);
    assert_int_equal(TracePutsExW(id, 0, L"somewhere"), rc == NO_ERROR ? 9 : 0);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_traced_is_on_it),
        cmocka_unit_test(test_a_handle_only_for_who_traces_to_it),
    };

    if (argc > 1 && !strcmp(argv[1], "client")) return be_a_client();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
