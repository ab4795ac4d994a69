/* QueueWorkItem and SetIoCompletionProc. */
#include "rtutils_test.h"

static HANDLE done;
static volatile LONG calls;
static volatile DWORD last_thread;

static VOID WINAPI work(PVOID context)
{
    last_thread = GetCurrentThreadId();
    InterlockedExchangeAdd(&calls, (LONG)(LONG_PTR)context);
    SetEvent(done);
}

static void test_work_runs_elsewhere(void **state)
{
    (void)state;
    for (BOOL alertable = FALSE; alertable <= TRUE; alertable++) {
        calls = 0;
        assert_int_equal(QueueWorkItem(work, (PVOID)7, alertable), NO_ERROR);
        assert_int_equal(WaitForSingleObject(done, PATIENCE), WAIT_OBJECT_0);
        assert_int_equal(calls, 7);
        assert_int_not_equal(last_thread, GetCurrentThreadId());
    }
    assert_int_equal(QueueWorkItem(NULL, NULL, FALSE), ERROR_INVALID_PARAMETER);
    assert_int_equal(QueueWorkItem(NULL, NULL, TRUE), ERROR_INVALID_PARAMETER);
}

static void test_much_work(void **state)
{
    (void)state;
    calls = 0;
    for (int n = 0; n < 200; n++) assert_int_equal(QueueWorkItem(work, (PVOID)1, n & 1), NO_ERROR);
    WAIT_UNTIL(calls == 200);
    ResetEvent(done);
}

/* ---- I/O ------------------------------------------------------------------------------------- */

static HANDLE server, client;
static OVERLAPPED overlapped;
static BYTE received[16];
static volatile DWORD io_error, io_octets;

static void open_pipe(DWORD number)
{
    char name[64];

    snprintf(name, sizeof(name), "\\\\.\\pipe\\rtutils-test-%lu-%lu", GetCurrentProcessId(),
             number);
    server = CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1,
                              256, 256, 0, NULL);
    assert_ptr_not_equal(server, INVALID_HANDLE_VALUE);
    client = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    assert_ptr_not_equal(client, INVALID_HANDLE_VALUE);
    memset(&overlapped, 0, sizeof(overlapped));
    memset(received, 0, sizeof(received));
}

static void close_pipe(void)
{
    CloseHandle(client);
    CloseHandle(server);
}

static VOID WINAPI io_done(DWORD error, DWORD octets, LPOVERLAPPED o)
{
    if (o != &overlapped) return;
    io_error = error;
    io_octets = octets;
    last_thread = GetCurrentThreadId();
    SetEvent(done);
}

static void test_completions_are_told(void **state)
{
    DWORD written;

    (void)state;
    open_pipe(1);
    assert_int_equal(SetIoCompletionProc(server, io_done), NO_ERROR);
    io_error = 1;
    ReadFile(server, received, sizeof(received), NULL, &overlapped);
    assert_int_equal(WaitForSingleObject(done, 0), WAIT_TIMEOUT);
    assert_true(WriteFile(client, "hello", 5, &written, NULL));
    assert_int_equal(WaitForSingleObject(done, PATIENCE), WAIT_OBJECT_0);
    assert_int_equal(io_error, NO_ERROR);
    assert_int_equal(io_octets, 5);
    assert_memory_equal(received, "hello", 5);
    assert_int_not_equal(last_thread, GetCurrentThreadId());
    close_pipe();
    assert_int_not_equal(SetIoCompletionProc(INVALID_HANDLE_VALUE, io_done), NO_ERROR);
    assert_int_equal(SetIoCompletionProc(server, NULL), ERROR_INVALID_PARAMETER);
}

/* Work of an alertable thread may begin I/O that calls back there. */
static VOID WINAPI begin_read(PVOID context)
{
    ReadFileEx(context, received, sizeof(received), &overlapped, io_done);
    last_thread = 0;
    SetEvent(done);
}

static void test_alertable_threads_complete_io(void **state)
{
    DWORD written;

    (void)state;
    open_pipe(2);
    assert_int_equal(QueueWorkItem(begin_read, server, TRUE), NO_ERROR);
    assert_int_equal(WaitForSingleObject(done, PATIENCE), WAIT_OBJECT_0);
    assert_true(WriteFile(client, "again", 5, &written, NULL));
    assert_int_equal(WaitForSingleObject(done, PATIENCE), WAIT_OBJECT_0);
    assert_memory_equal(received, "again", 5);
    assert_int_not_equal(last_thread, 0);
    close_pipe();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_work_runs_elsewhere),
        cmocka_unit_test(test_much_work),
        cmocka_unit_test(test_completions_are_told),
        cmocka_unit_test(test_alertable_threads_complete_io),
    };

    done = CreateEventW(NULL, FALSE, FALSE, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
