#include "win32_test.h"

#include "win32/event.h"
#include "win32/instance.h"

static HANDLE new_event(void)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    assert_non_null(event);
    return event;
}

static bool is_set(HANDLE event)
{
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

static void test_signals_after_the_caller_closed(void **state)
{
    HANDLE event = new_event(), mine = NULL;
    host_event duplicate = 0;

    (void)state;
    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &mine, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    assert_int_equal(event_duplicate(event, &duplicate), ST_OK);
    CloseHandle(event);
    assert_true(SetEvent((HANDLE)duplicate));
    assert_true(is_set(mine));
    event_close(duplicate);
    CloseHandle(mine);
}

static void expect_refused(HANDLE handle)
{
    host_event duplicate = 77;

    assert_int_equal(event_duplicate(handle, &duplicate), ST_INVALID_PARAMETER);
    assert_int_equal(duplicate, 0);
}

static void test_what_is_no_event(void **state)
{
    HANDLE closed = new_event();
    HANDLE mutex = CreateMutexW(NULL, FALSE, NULL);
    HANDLE semaphore = CreateSemaphoreW(NULL, 0, 1, NULL);
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);

    (void)state;
    CloseHandle(closed);
    expect_refused(NULL);
    expect_refused(INVALID_HANDLE_VALUE);
    expect_refused(closed);
    expect_refused(mutex);
    expect_refused(semaphore);
    expect_refused(mapping);
    expect_refused(GetCurrentThread());
    expect_refused((HANDLE)(LONG_PTR)-4);
    expect_refused((HANDLE)(ULONG_PTR)0x7654320);
    CloseHandle(mutex);
    CloseHandle(semaphore);
    CloseHandle(mapping);
}

/* One system call instead of three the next time; the handle value alone is never trusted. */
static void test_recognises_the_object_not_the_value(void **state)
{
    HANDLE event = new_event(), other;
    host_event first = 0, second = 0, third = 0;

    (void)state;
    assert_int_equal(event_duplicate(event, &first), ST_OK);
    assert_int_equal(event_duplicate(event, &second), ST_OK);
    assert_true(first == second);
    event_close(first);
    event_close(second);
    assert_int_equal(event_duplicate(event, &second), ST_OK);
    assert_true(first == second);

    CloseHandle(event);
    other = new_event();
    assert_int_equal(event_duplicate(other, &third), ST_OK);
    SetEvent((HANDLE)third);
    assert_true(is_set(other));
    SetEvent((HANDLE)second);
    assert_false(is_set(other));
    event_close(second);
    event_close(third);
    CloseHandle(other);
}

/* A value that named an event when it was last seen. */
static void test_value_reused_for_a_mutex(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        HANDLE event = new_event(), mutex;
        host_event duplicate = 0;

        assert_int_equal(event_duplicate(event, &duplicate), ST_OK);
        event_close(duplicate);
        CloseHandle(event);
        mutex = CreateMutexW(NULL, FALSE, NULL);
        expect_refused(mutex);
        CloseHandle(mutex);
    }
}

static void test_unused_duplicates_are_closed(void **state)
{
    DWORD before, after;
    HANDLE event = new_event();
    host_event duplicate = 0;

    (void)state;
    event_trim(true);
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &before));
    for (int i = 0; i < 200; i++) {
        HANDLE one = new_event();
        assert_int_equal(event_duplicate(one, &duplicate), ST_OK);
        event_close(duplicate);
        CloseHandle(one);
    }
    event_trim(true);
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &after));
    assert_int_equal(before, after);
    CloseHandle(event);
}

static void test_async_request(void **state)
{
    struct request *request = NULL;
    HANDLE event = new_event();

    (void)state;
    assert_int_equal(async_request_new(event, 7, &request), ST_OK);
    assert_int_equal(request->server, 7);
    assert_true(request->event != 0);
    async_request_free(request);
    assert_int_equal(async_request_new(NULL, 7, &request), ST_OK);
    assert_true(request->event == 0);
    async_request_free(request);
    assert_int_equal(async_request_new(INVALID_HANDLE_VALUE, 7, &request), ST_INVALID_PARAMETER);
    assert_null(request);
    CloseHandle(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signals_after_the_caller_closed),
        cmocka_unit_test(test_what_is_no_event),
        cmocka_unit_test(test_recognises_the_object_not_the_value),
        cmocka_unit_test(test_value_reused_for_a_mutex),
        cmocka_unit_test(test_unused_duplicates_are_closed),
        cmocka_unit_test(test_async_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
