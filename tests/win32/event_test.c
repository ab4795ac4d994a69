#include "win32_test.h"

#include "router/request.h"
#include "win32/sys/async_request.h"
#include "win32/sys/event.h"

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

/* ---- requests whose caller is still there --------------------------------------------------- */

/* Known from an earlier request, so recognised by its value. */
static HANDLE known_event(void)
{
    HANDLE event = new_event();
    host_event duplicate = 0;

    assert_int_equal(event_duplicate(event, &duplicate), ST_OK);
    event_close(duplicate);
    return event;
}

static struct request *held(HANDLE event)
{
    struct request *request = NULL;

    assert_int_equal(async_request_new_held(event, 7, &request), ST_OK);
    assert_int_equal(request->server, 7);
    assert_true(request->event != 0);
    return request;
}

static HANDLE second_handle(HANDLE event)
{
    HANDLE other = NULL;

    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &other, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    return other;
}

/* Closes event and makes objects until one has its value. NULL: none did. */
static HANDLE reuse_value(HANDLE event, HANDLE (*make)(void))
{
    HANDLE made[64], found = NULL;
    size_t count = 0;

    CloseHandle(event);
    while (!found && count < 64) {
        made[count] = make();
        if (made[count] == event)
            found = event;
        else
            count++;
    }
    while (count) CloseHandle(made[--count]);
    return found;
}

static HANDLE new_mutex(void)
{
    return CreateMutexW(NULL, FALSE, NULL);
}

static void test_held_until_the_caller_lets_go(void **state)
{
    HANDLE events[2] = {new_event(), known_event()};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct request *request = held(events[i]);

        async_request_complete(request);
        assert_false(is_set(events[i]));
        assert_int_equal(async_request_settle(request, true), ST_OK);
        assert_true(is_set(events[i]));

        request = held(events[i]);
        assert_int_equal(async_request_settle(request, true), ST_OK);
        assert_false(is_set(events[i]));
        async_request_complete(request);
        assert_true(is_set(events[i]));

        request = held(events[i]);
        assert_int_equal(async_request_settle(request, false), ST_OK);
        assert_false(is_set(events[i]));
        CloseHandle(events[i]);
    }
}

/* The value names another event by now: that one is meant, whichever party is done first. */
static void test_held_with_a_value_of_another_event(void **state)
{
    (void)state;
    for (int completed_first = 0; completed_first < 2; completed_first++) {
        HANDLE event = known_event(), former = second_handle(event);
        HANDLE other = reuse_value(event, new_event);
        struct request *request;

        assert_non_null(other);
        request = held(other);
        if (completed_first) async_request_complete(request);
        assert_int_equal(async_request_settle(request, true), ST_OK);
        if (!completed_first) async_request_complete(request);
        assert_true(is_set(other));
        assert_false(is_set(former));
        CloseHandle(other);
        CloseHandle(former);
    }
}

static void test_held_with_a_value_of_no_event(void **state)
{
    HANDLE (*const makers[])(void) = {NULL, new_mutex};

    (void)state;
    for (int i = 0; i < 8; i++) {
        bool completed_first = i & 1, accepted = completed_first || (i & 2);
        HANDLE event = known_event(), former = second_handle(event), mutex = NULL;
        struct request *request;

        if (makers[i >> 2])
            mutex = reuse_value(event, makers[i >> 2]);
        else
            CloseHandle(event);
        request = held(event);
        if (completed_first) async_request_complete(request);
        assert_int_equal(async_request_settle(request, accepted), ST_INVALID_PARAMETER);
        if (accepted && !completed_first) async_request_complete(request);
        assert_false(is_set(former));
        expect_refused(event); /* it is not known any more */
        if (mutex) CloseHandle(mutex);
        CloseHandle(former);
    }
}

static void test_held_requests_leave_no_handle(void **state)
{
    DWORD before, after;

    (void)state;
    event_trim(true);
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &before));
    for (int i = 0; i < 50; i++) {
        HANDLE event = known_event(), other = reuse_value(event, new_event);
        struct request *request = other ? held(other) : NULL;

        if (!request) continue;
        assert_int_equal(async_request_settle(request, true), ST_OK);
        async_request_complete(request);
        CloseHandle(other);
    }
    event_trim(true);
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &after));
    assert_int_equal(before, after);
}

struct race {
    struct request *request;
    HANDLE go;
};

static DWORD WINAPI complete_soon(void *context)
{
    struct race *race = context;

    while (WaitForSingleObject(race->go, INFINITE) == WAIT_OBJECT_0 && race->request)
        async_request_complete(race->request);
    return 0;
}

/* Both parties at once, often: signalled exactly once each time. */
static void test_both_parties_at_once(void **state)
{
    HANDLE event = known_event();
    struct race race = {NULL, new_event()};
    HANDLE thread = CreateThread(NULL, 0, complete_soon, &race, 0, NULL);

    (void)state;
    assert_non_null(thread);
    for (int i = 0; i < 2000; i++) {
        race.request = held(event);
        SetEvent(race.go);
        assert_int_equal(async_request_settle(race.request, true), ST_OK);
        assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
        assert_false(is_set(event));
    }
    race.request = NULL;
    SetEvent(race.go);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    CloseHandle(thread);
    CloseHandle(race.go);
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
        cmocka_unit_test(test_held_until_the_caller_lets_go),
        cmocka_unit_test(test_held_with_a_value_of_another_event),
        cmocka_unit_test(test_held_with_a_value_of_no_event),
        cmocka_unit_test(test_held_requests_leave_no_handle),
        cmocka_unit_test(test_both_parties_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
