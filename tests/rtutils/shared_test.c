/* Tracing by several threads and processes at once. */
#include "rtutils_test.h"

#include <stdlib.h>

#include "support/start_process.h"

#define NAME    L"SharedTest"
#define THREADS 4
#define LINES   100
#define LINE    "a line of one writer, which nobody else writes into"

static void begin(DWORD max_size)
{
    test_use_own_folder(NAME);
    test_delete_files(NAME);
    test_set_number(NAME, L"EnableFileTracing", 1);
    test_set_number(NAME, L"MaxFileSize", max_size);
}

/* Lines in a file, each of which is whole. */
static int count_lines(const char *text)
{
    const size_t length = strlen(LINE "\r\n");
    int count = 0;

    for (; *text; text += length, count++)
        if (strncmp(text, LINE "\r\n", length) != 0) fail_msg("line %d: %.80s", count, text);
    return count;
}

/* ---- threads --------------------------------------------------------------------------------- */

static DWORD WINAPI write_lines(void *parameter)
{
    const DWORD id = *(DWORD *)parameter;

    for (int n = 0; n < LINES; n++) TracePutsExA(id, TRACE_NO_STDINFO, LINE);
    return 0;
}

static void run_threads(LPTHREAD_START_ROUTINE function, void *parameter)
{
    HANDLE threads[THREADS];

    for (int n = 0; n < THREADS; n++) {
        threads[n] = CreateThread(NULL, 0, function, parameter, 0, NULL);
        assert_non_null(threads[n]);
    }
    assert_int_equal(WaitForMultipleObjects(THREADS, threads, TRUE, 3 * PATIENCE), WAIT_OBJECT_0);
    for (int n = 0; n < THREADS; n++) CloseHandle(threads[n]);
}

static void test_threads(void **state)
{
    DWORD id;

    (void)state;
    begin(0x100000);
    id = TraceRegisterExW(NAME, 0);
    run_threads(write_lines, &id);
    assert_int_equal(count_lines(test_file(NAME, L"LOG")), THREADS * LINES);
    assert_int_equal(TraceDeregisterW(id), NO_ERROR);
}

/* Half of them end while the others write by the same ids. */
static volatile LONG shared_id;

static DWORD WINAPI come_and_go(void *parameter)
{
    (void)parameter;
    for (int n = 0; n < LINES; n++) {
        const DWORD id = TraceRegisterExW(NAME, 0);

        if (id == INVALID_TRACEID) return 1;
        TracePutsExA((DWORD)InterlockedExchange(&shared_id, (LONG)id), TRACE_NO_STDINFO, LINE);
        TracePutsExA((DWORD)shared_id, TRACE_NO_STDINFO, LINE);
        if (TraceDeregisterW(id) != NO_ERROR) return 1;
    }
    return 0;
}

static void test_registrations_that_come_and_go(void **state)
{
    (void)state;
    begin(0x100000);
    run_threads(come_and_go, NULL);
    assert_true(count_lines(test_file(NAME, L"LOG")) > 0);
    assert_int_equal(TraceDeregisterW((DWORD)shared_id), ERROR_INVALID_PARAMETER);
}

/* ---- processes ------------------------------------------------------------------------------- */

static int be_a_writer(void)
{
    DWORD id = TraceRegisterExW(NAME, 0);

    write_lines(&id);
    return TraceDeregisterW(id) == NO_ERROR ? 0 : 1;
}

static void run_processes(void)
{
    HANDLE processes[THREADS];
    DWORD code;

    for (int n = 0; n < THREADS; n++) {
        processes[n] = start_self("writer", FALSE);
        assert_non_null(processes[n]);
    }
    for (int n = 0; n < THREADS; n++) {
        assert_true(await_end(processes[n], 3 * PATIENCE, &code));
        assert_int_equal(code, 0);
    }
}

static void test_processes(void **state)
{
    (void)state;
    begin(0x100000);
    run_processes();
    assert_int_equal(count_lines(test_file(NAME, L"LOG")), THREADS * LINES);
}

/* The file is full once: nothing is lost, whoever finds it so. */
static void test_processes_that_fill_a_file(void **state)
{
    const int first = THREADS * LINES * 2 / 3;
    int in_old;

    (void)state;
    begin((DWORD)(strlen(LINE "\r\n") * (size_t)first));
    run_processes();
    in_old = count_lines(test_file(NAME, L"OLD"));
    assert_int_equal(in_old, first);
    assert_int_equal(count_lines(test_file(NAME, L"LOG")), THREADS * LINES - first);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_registrations_that_come_and_go),
        cmocka_unit_test(test_processes),
        cmocka_unit_test(test_processes_that_fill_a_file),
    };

    if (argc > 1 && !strcmp(argv[1], "writer")) return be_a_writer();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
