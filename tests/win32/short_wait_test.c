/* src/win32/sys/short_wait.h: waits that end by themselves, with one thread for all. */
#include "win32/win32_test.h"

#include "win32/sys/short_wait.h"

static SRWLOCK lock = SRWLOCK_INIT;

static int start(void **state)
{
    (void)state;
    short_wait_start(&lock);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    short_wait_stop();
    return 0;
}

/* Until a wait ends for want of a wake; how long that took. */
static ULONGLONG wait_out(struct short_wait *l)
{
    ULONGLONG begin = GetTickCount64();

    AcquireSRWLockExclusive(&lock);
    while (short_wait(l)) continue;
    ReleaseSRWLockExclusive(&lock);
    return GetTickCount64() - begin;
}

static void test_a_wait_ends(void **state)
{
    struct short_wait l = {0};

    (void)state;
    AcquireSRWLockExclusive(&lock);
    short_wait_add(&l);
    ReleaseSRWLockExclusive(&lock);
    /* The second one begins while the watching thread still looks, the third when it sleeps. */
    for (int i = 0; i < 3; i++) {
        if (i == 2) Sleep(100);
        assert_true(wait_out(&l) < 10000);
    }
    AcquireSRWLockExclusive(&lock);
    short_wait_remove(&l);
    ReleaseSRWLockExclusive(&lock);
}

static struct {
    struct short_wait waits;
    LONGLONG since; /* when the wait began that is going on */
    LONGLONG ended; /* when the last one ended for want of a wake; 0: none has */
} worker;

static LONGLONG now(void)
{
    LARGE_INTEGER ticks;

    QueryPerformanceCounter(&ticks);
    return ticks.QuadPart;
}

static DWORD WINAPI work(void *served)
{
    AcquireSRWLockExclusive(&lock);
    do {
        SetEvent(served);
        worker.since = now();
    } while (short_wait(&worker.waits));
    worker.ended = now();
    ReleaseSRWLockExclusive(&lock);
    return 0;
}

static bool wake_worker(HANDLE served)
{
    bool there;

    AcquireSRWLockExclusive(&lock);
    there = !worker.ended;
    ReleaseSRWLockExclusive(&lock);
    WakeConditionVariable(&worker.waits.wake);
    return there && WaitForSingleObject(served, 1000) == WAIT_OBJECT_0;
}

/* A row of short waits goes on past the limit of one; the one that nothing ends lasts that long. */
static void test_wakes_keep_a_thread_waiting(void **state)
{
    HANDLE served = CreateEventW(NULL, FALSE, FALSE, NULL), thread;
    LARGE_INTEGER frequency;

    (void)state;
    QueryPerformanceFrequency(&frequency);
    AcquireSRWLockExclusive(&lock);
    short_wait_add(&worker.waits);
    ReleaseSRWLockExclusive(&lock);
    thread = CreateThread(NULL, 0, work, served, 0, NULL);
    assert_non_null(thread);
    assert_int_equal(WaitForSingleObject(served, 10000), WAIT_OBJECT_0);
    for (int i = 0; i < 2000 && wake_worker(served); i++) continue;
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    assert_true((worker.ended - worker.since) * 1000 >= frequency.QuadPart * SHORT_WAIT_MS);
    AcquireSRWLockExclusive(&lock);
    short_wait_remove(&worker.waits);
    ReleaseSRWLockExclusive(&lock);
    CloseHandle(thread);
    CloseHandle(served);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_wait_ends, start, stop),
        cmocka_unit_test_setup_teardown(test_wakes_keep_a_thread_waiting, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
