/* Waits on events and timers that call functions. */
#include "rtutils_test.h"

struct call {
    HANDLE called;
    volatile LONG count;
    volatile DWORD thread;
};

static VOID WINAPI note(PVOID context)
{
    struct call *c = context;

    c->thread = GetCurrentThreadId();
    InterlockedIncrement(&c->count);
    SetEvent(c->called);
}

static struct call call_new(void)
{
    return (struct call){.called = CreateEventW(NULL, FALSE, FALSE, NULL)};
}

static void assert_called(struct call *c)
{
    assert_int_equal(WaitForSingleObject(c->called, PATIENCE), WAIT_OBJECT_0);
}

/* A list of one entry. */
static LIST_ENTRY *list_of(LIST_ENTRY *head, LIST_ENTRY *entry)
{
    head->Flink = head->Blink = entry;
    entry->Flink = entry->Blink = head;
    return head;
}

static WT_EVENT_ENTRY *event_new(struct call *c, BOOL in_server)
{
    WT_EVENT_ENTRY *e =
        CreateWaitEvent(NULL, NULL, FALSE, FALSE, NULL, FALSE, note, c, 0, in_server);

    assert_non_null(e);
    return e;
}

/* ---- events ---------------------------------------------------------------------------------- */

static void test_an_event_calls(void **state)
{
    (void)state;
    for (BOOL in_server = FALSE; in_server <= TRUE; in_server++) {
        struct call c = call_new();
        WT_EVENT_ENTRY *e = event_new(&c, in_server);
        LIST_ENTRY head;

        SetEvent(e->ee_Event); /* before it is registered: found then */
        assert_int_equal(RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL), NO_ERROR);
        assert_called(&c);
        SetEvent(e->ee_Event);
        assert_called(&c);
        assert_int_equal(c.count, 2);
        assert_int_not_equal(c.thread, GetCurrentThreadId());
        assert_int_equal(RegisterWaitEventsTimers(&head, NULL), ERROR_INVALID_PARAMETER);
        assert_int_equal(DeRegisterWaitEventsTimers(&head, NULL), NO_ERROR);
        SetEvent(e->ee_Event);
        assert_int_equal(WaitForSingleObject(e->ee_Event, 0), WAIT_OBJECT_0); /* nobody's */
        assert_int_equal(c.count, 2);
        WTFreeEvent(e);
        CloseHandle(c.called);
    }
}

/* The caller's own event, which stays its own. */
static void test_an_event_of_the_caller(void **state)
{
    HANDLE own = CreateEventW(NULL, FALSE, FALSE, NULL);
    struct call c = call_new();
    WT_EVENT_ENTRY *e = CreateWaitEvent(own, NULL, FALSE, FALSE, NULL, TRUE, note, &c, 0, TRUE);
    LIST_ENTRY head;

    (void)state;
    assert_non_null(e);
    assert_ptr_equal(e->ee_Event, own);
    assert_int_equal(RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL), NO_ERROR);
    SetEvent(own);
    assert_called(&c);
    WTFreeEvent(e); /* registered as it is */
    assert_true(SetEvent(own));
    assert_int_equal(WaitForSingleObject(own, 0), WAIT_OBJECT_0);
    CloseHandle(own);
    CloseHandle(c.called);
}

static void test_names_are_refused(void **state)
{
    (void)state;
    SetLastError(0);
    assert_null(
        CreateWaitEvent(NULL, NULL, FALSE, FALSE, TEXT("name"), FALSE, note, NULL, 0, TRUE));
    assert_int_equal(GetLastError(), ERROR_NOT_SUPPORTED);
    assert_null(CreateWaitTimer(NULL, NULL, 0, TRUE));
    assert_null(CreateWaitEventBinding(NULL, note, NULL, 0, TRUE));
}

/* One that stays signalled calls again only when the function is over. */
static HANDLE go_on;

static VOID WINAPI note_and_wait(PVOID context)
{
    note(context);
    WaitForSingleObject(go_on, PATIENCE);
}

static void test_an_event_that_stays_signalled(void **state)
{
    struct call c = call_new();
    WT_EVENT_ENTRY *e =
        CreateWaitEvent(NULL, NULL, TRUE, TRUE, NULL, FALSE, note_and_wait, &c, 0, FALSE);
    LIST_ENTRY head;

    (void)state;
    go_on = CreateEventW(NULL, FALSE, FALSE, NULL);
    assert_int_equal(RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL), NO_ERROR);
    assert_called(&c);
    assert_int_equal(c.count, 1);
    SetEvent(go_on);
    assert_called(&c);
    ResetEvent(e->ee_Event);
    SetEvent(go_on);
    assert_int_equal(DeRegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    SetEvent(go_on); /* for one that has begun before the event was reset */
    WTFreeEvent(e);
}

/* ---- bindings -------------------------------------------------------------------------------- */

static void test_bindings(void **state)
{
    struct call c = call_new(), d = call_new();
    WT_EVENT_ENTRY *e = event_new(&c, TRUE);
    WT_WORK_ITEM *w = CreateWaitEventBinding(e, note, &d, 0, FALSE);
    LIST_ENTRY head;

    (void)state;
    assert_non_null(w);
    assert_int_equal(RegisterWaitEventBinding(NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(RegisterWaitEventBinding(w), ERROR_WT_EVENT_ALREADY_DELETED);
    assert_int_equal(RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL), NO_ERROR);
    assert_int_equal(RegisterWaitEventBinding(w), NO_ERROR);
    assert_int_equal(RegisterWaitEventBinding(w), ERROR_INVALID_PARAMETER);
    SetEvent(e->ee_Event);
    assert_called(&c);
    assert_called(&d);
    assert_int_equal(DeRegisterWaitEventBinding(w), NO_ERROR);
    SetEvent(e->ee_Event);
    assert_called(&c);
    assert_int_equal(DeRegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    assert_int_equal(d.count, 1);
    WTFreeEvent(e);
    WTFree(w);
    CloseHandle(c.called);
    CloseHandle(d.called);
}

/* ---- timers ---------------------------------------------------------------------------------- */

static void test_a_timer_calls_once(void **state)
{
    (void)state;
    for (BOOL in_server = FALSE; in_server <= TRUE; in_server++) {
        struct call c = call_new();
        WT_TIMER_ENTRY *t = CreateWaitTimer(note, &c, 0, in_server);
        LONGLONG soon = -10000, never = 0;
        LIST_ENTRY head;

        assert_non_null(t);
        assert_int_equal(t->te_Status, TIMER_INACTIVE);
        assert_int_equal(UpdateWaitTimer(t, &soon), NO_ERROR);
        assert_int_equal(t->te_Status, TIMER_ACTIVE);
        assert_int_equal(RegisterWaitEventsTimers(NULL, list_of(&head, &t->te_Links)), NO_ERROR);
        assert_called(&c);
        WAIT_UNTIL(*(volatile DWORD *)&t->te_Status == TIMER_INACTIVE);
        assert_int_equal(UpdateWaitTimer(t, &soon), NO_ERROR);
        assert_called(&c);
        assert_int_equal(UpdateWaitTimer(t, &never), NO_ERROR);
        assert_int_equal(DeRegisterWaitEventsTimers(NULL, &head), NO_ERROR);
        assert_int_equal(c.count, 2);
        WTFreeTimer(t);
        CloseHandle(c.called);
    }
}

static void test_times(void **state)
{
    struct call c = call_new();
    WT_TIMER_ENTRY *t = CreateWaitTimer(note, &c, 0, TRUE);
    LONGLONG time = 5000, least = MINLONGLONG;
    LIST_ENTRY head;
    FILETIME now;

    (void)state;
    assert_int_equal(UpdateWaitTimer(t, &time), ERROR_NOT_SUPPORTED);
    assert_int_equal(UpdateWaitTimer(t, &least), ERROR_INVALID_PARAMETER);
    assert_int_equal(UpdateWaitTimer(t, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(UpdateWaitTimer(NULL, &time), ERROR_INVALID_PARAMETER);
    assert_int_equal(t->te_Status, TIMER_INACTIVE);
    assert_int_equal(RegisterWaitEventsTimers(NULL, list_of(&head, &t->te_Links)), NO_ERROR);
    GetSystemTimeAsFileTime(&now);
    time = (LONGLONG)(((ULONGLONG)now.dwHighDateTime << 32) | now.dwLowDateTime) + 10000;
    assert_int_equal(UpdateWaitTimer(t, &time), NO_ERROR);
    assert_called(&c);
    least++; /* far away */
    assert_int_equal(UpdateWaitTimer(t, &least), NO_ERROR);
    WTFreeTimer(t);
    assert_int_equal(c.count, 1);
    CloseHandle(c.called);
}

/* ---- parting --------------------------------------------------------------------------------- */

static WT_EVENT_ENTRY *self;
static LIST_ENTRY self_head;

static VOID WINAPI leave(PVOID context)
{
    DeRegisterWaitEventsTimersSelf(&self_head, NULL);
    note(context);
}

static void test_a_function_may_take_its_event_away(void **state)
{
    struct call c = call_new();

    (void)state;
    self = CreateWaitEvent(NULL, NULL, FALSE, TRUE, NULL, FALSE, leave, &c, 0, TRUE);
    assert_int_equal(RegisterWaitEventsTimers(list_of(&self_head, &self->ee_Links), NULL),
                     NO_ERROR);
    assert_called(&c);
    SetEvent(self->ee_Event);
    assert_int_equal(WaitForSingleObject(self->ee_Event, 0), WAIT_OBJECT_0);
    WTFreeEvent(self);
    CloseHandle(c.called);
}

/* While the thread is in the function it is not over. */
static volatile LONG inside;

static VOID WINAPI take_time(PVOID context)
{
    InterlockedExchange(&inside, 1);
    note(context);
    Sleep(50);
    InterlockedExchange(&inside, 0);
}

static void test_parting_waits_for_the_function(void **state)
{
    struct call c = call_new();
    WT_EVENT_ENTRY *e =
        CreateWaitEvent(NULL, NULL, FALSE, TRUE, NULL, FALSE, take_time, &c, 0, TRUE);
    LIST_ENTRY head;

    (void)state;
    assert_int_equal(RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL), NO_ERROR);
    assert_called(&c);
    assert_int_equal(DeRegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    assert_int_equal(inside, 0);
    WTFreeEvent(e);
    CloseHandle(c.called);
}

static void test_unbinding_waits_for_the_function(void **state)
{
    struct call c = call_new();
    WT_EVENT_ENTRY *e = CreateWaitEvent(NULL, NULL, FALSE, FALSE, NULL, FALSE, NULL, NULL, 0, TRUE);
    WT_WORK_ITEM *w = CreateWaitEventBinding(e, take_time, &c, 0, TRUE);
    LIST_ENTRY head;

    (void)state;
    assert_int_equal(RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL), NO_ERROR);
    for (int n = 0; n < 2; n++) {
        assert_int_equal(RegisterWaitEventBinding(w), NO_ERROR);
        SetEvent(e->ee_Event);
        assert_called(&c);
        if (n == 0) assert_int_equal(DeRegisterWaitEventBinding(w), NO_ERROR);
        if (n == 1) WTFreeEvent(e);
        assert_int_equal(inside, 0);
    }
    assert_int_equal(RegisterWaitEventBinding(w), ERROR_WT_EVENT_ALREADY_DELETED);
    WTFree(w);
    CloseHandle(c.called);
}

static void test_too_many(void **state)
{
    static WT_EVENT_ENTRY *events[64];
    struct call c = call_new();
    LIST_ENTRY head = {&head, &head};

    (void)state;
    for (int n = 0; n < 64; n++) {
        events[n] = event_new(&c, TRUE);
        events[n]->ee_Links.Flink = &head;
        events[n]->ee_Links.Blink = head.Blink;
        head.Blink->Flink = &events[n]->ee_Links;
        head.Blink = &events[n]->ee_Links;
    }
    assert_int_equal(RegisterWaitEventsTimers(&head, NULL), ERROR_WAIT_THREAD_UNAVAILABLE);
    SetEvent(events[0]->ee_Event);
    assert_int_equal(WaitForSingleObject(events[0]->ee_Event, 0), WAIT_OBJECT_0); /* none is */
    head.Flink = &events[1]->ee_Links;
    events[1]->ee_Links.Blink = &head;
    assert_int_equal(RegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    SetEvent(events[63]->ee_Event);
    assert_called(&c);
    assert_int_equal(DeRegisterWaitEventsTimers(&head, NULL), NO_ERROR);
    for (int n = 0; n < 64; n++) WTFreeEvent(events[n]);
    DebugPrintWaitWorkerThreads(0);
    CloseHandle(c.called);
}

/* ---- many threads ---------------------------------------------------------------------------- */

static DWORD WINAPI come_and_go(void *parameter)
{
    (void)parameter;
    for (int n = 0; n < 50; n++) {
        struct call c = call_new();
        WT_EVENT_ENTRY *e = event_new(&c, TRUE);
        LIST_ENTRY head;

        if (RegisterWaitEventsTimers(list_of(&head, &e->ee_Links), NULL) != NO_ERROR) return 1;
        SetEvent(e->ee_Event);
        if (n & 1) WaitForSingleObject(c.called, PATIENCE);
        DeRegisterWaitEventsTimers(&head, NULL);
        WTFreeEvent(e);
        if ((n & 1) && c.count != 1) return 2;
        CloseHandle(c.called);
    }
    return 0;
}

static void test_many_threads(void **state)
{
    HANDLE threads[4];
    DWORD code;

    (void)state;
    for (int n = 0; n < 4; n++) threads[n] = CreateThread(NULL, 0, come_and_go, NULL, 0, NULL);
    assert_int_equal(WaitForMultipleObjects(4, threads, TRUE, 3 * PATIENCE), WAIT_OBJECT_0);
    for (int n = 0; n < 4; n++) {
        GetExitCodeThread(threads[n], &code);
        assert_int_equal(code, 0);
        CloseHandle(threads[n]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_event_calls),
        cmocka_unit_test(test_an_event_of_the_caller),
        cmocka_unit_test(test_names_are_refused),
        cmocka_unit_test(test_an_event_that_stays_signalled),
        cmocka_unit_test(test_bindings),
        cmocka_unit_test(test_a_timer_calls_once),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_a_function_may_take_its_event_away),
        cmocka_unit_test(test_parting_waits_for_the_function),
        cmocka_unit_test(test_unbinding_waits_for_the_function),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_many_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
