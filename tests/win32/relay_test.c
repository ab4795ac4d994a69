/* Promised events, with this test in the router's place and a child process to die for it. */
#include "win32_test.h"

#include "win32/carrier/relay.h"
#include "support/start_process.h"

static HANDLE new_event(void)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    assert_non_null(event);
    return event;
}

static bool set_within(HANDLE event, DWORD ms)
{
    return WaitForSingleObject(event, ms) == WAIT_OBJECT_0;
}

static struct relay *new_relay(HANDLE event)
{
    struct relay *r = NULL;

    assert_int_equal(relay_new(event, &r), ST_OK);
    assert_non_null(r);
    return r;
}

/* A process that waits to be killed. */
static HANDLE start_router(void)
{
    HANDLE process = start_self("router", FALSE);

    assert_non_null(process);
    return process;
}

/* What the carrier would say of it: that process, by its id. */
static const struct carrier_router *router_of(HANDLE process)
{
    static struct carrier_router router;

    router = (struct carrier_router){0, NULL, 0};
    if (!process) return &router;
    router.id = GetProcessId(process);
    assert_true(DuplicateHandle(GetCurrentProcess(), process, GetCurrentProcess(), &router.process,
                                0, FALSE, DUPLICATE_SAME_ACCESS));
    return &router;
}

static void kill_router(HANDLE router)
{
    TerminateProcess(router, 9);
    WaitForSingleObject(router, INFINITE);
    CloseHandle(router);
}

static void passes_one_signal_on(void **state)
{
    HANDLE event = new_event();

    (void)state;
    for (int n = 0; n < 100; n++) {
        struct relay *r = new_relay(event);

        assert_int_equal(relay_count(false), 1);
        if (n % 2) SetEvent(relay_event(r)); /* sometimes before it is known to be promised */
        relay_keep(r, router_of(NULL), 0);
        if (!(n % 2)) {
            assert_false(set_within(event, 0));
            SetEvent(relay_event(r));
        }
        assert_true(set_within(event, 10000));
        WAIT_UNTIL(relay_count(false) == 0, 10000);
        assert_false(set_within(event, 0));
    }
    assert_int_equal(relay_count(true), 1); /* the same one each time */
    CloseHandle(event);
}

static void signals_after_the_caller_closed(void **state)
{
    HANDLE event = new_event(), mine;
    struct relay *r = new_relay(event);
    HANDLE own = relay_event(r);

    (void)state;
    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &mine, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    CloseHandle(event);
    relay_keep(r, router_of(NULL), 0);
    SetEvent(own);
    assert_true(set_within(mine, 10000));
    CloseHandle(mine);
}

static void nothing_promised_nothing_signalled(void **state)
{
    HANDLE event = new_event(), closed = new_event();
    struct relay *r = new_relay(event);

    (void)state;
    relay_drop(r);
    relay_drop(NULL);
    assert_false(set_within(event, 50));
    assert_int_equal(relay_count(false), 0);
    CloseHandle(closed);
    assert_int_equal(relay_new(closed, &r), ST_INVALID_PARAMETER);
    assert_null(r);
    assert_int_equal(relay_new(NULL, &r), ST_INVALID_PARAMETER);
    CloseHandle(event);
}

static void a_router_that_dies_owes_nothing(void **state)
{
    enum { OWED = 20 };
    HANDLE router = start_router(), other = start_router(), events[OWED], last = new_event();
    struct relay *of_other = new_relay(last);

    (void)state;
    for (uint64_t n = 0; n < OWED; n++) {
        events[n] = new_event();
        relay_keep(new_relay(events[n]), router_of(router), n + 1);
    }
    relay_keep(of_other, router_of(other), 100);
    assert_false(relay_lost(1));
    kill_router(router);
    for (uint64_t n = 0; n < OWED; n++) {
        assert_true(set_within(events[n], 10000));
        assert_true(relay_lost(n + 1)); /* known when the event comes */
        assert_false(relay_lost(n + 1));
        assert_false(set_within(events[n], 0));
        CloseHandle(events[n]);
    }
    assert_false(set_within(last, 50));
    assert_false(relay_lost(100));
    kill_router(other);
    assert_true(set_within(last, 10000));
    assert_true(relay_lost(100));
    assert_int_equal(relay_count(false), 0);
    CloseHandle(last);
}

static void dead_before_it_was_kept(void **state)
{
    HANDLE router = start_router(), event = new_event();
    struct relay *r = new_relay(event);

    (void)state;
    TerminateProcess(router, 9);
    WaitForSingleObject(router, INFINITE);
    relay_keep(r, router_of(router), 7);
    assert_true(set_within(event, 10000));
    assert_true(relay_lost(7));
    CloseHandle(router);
    CloseHandle(event);
}

/* Promises of a router that is waited for already come without its handle. */
static void known_routers(void **state)
{
    HANDLE router = start_router(), first = new_event(), second = new_event();
    const struct carrier_router known = {GetProcessId(router), NULL, GetProcessId(router)};
    struct relay *r = new_relay(second);

    (void)state;
    WAIT_UNTIL(relay_watched() == 0, 10000);
    relay_keep(new_relay(first), router_of(router), 11);
    assert_int_equal(relay_watched(), known.id);
    relay_keep(r, &known, 12);
    SetEvent(relay_event(r));
    assert_true(set_within(second, 10000));
    relay_keep(new_relay(second), &known, 12);
    assert_false(set_within(second, 20));
    kill_router(router);
    assert_true(set_within(first, 10000));
    assert_true(set_within(second, 10000));
    assert_true(relay_lost(11));
    assert_true(relay_lost(12));
    WAIT_UNTIL(relay_watched() == 0, 10000);
    relay_keep(new_relay(second), &known, 13); /* promised, and died before that was known here */
    assert_true(set_within(second, 0));
    assert_true(relay_lost(13));
    assert_int_equal(relay_count(false), 0);
    CloseHandle(first);
    CloseHandle(second);
}

/* The router signals, and dies at that moment. */
static void signalled_once_whatever_happens(void **state)
{
    HANDLE event = new_event();

    (void)state;
    for (int n = 0; n < 30; n++) {
        HANDLE router = start_router();
        struct relay *r = new_relay(event);
        HANDLE own = relay_event(r);

        relay_keep(r, router_of(router), 9);
        SetEvent(own);
        kill_router(router);
        assert_true(set_within(event, 10000));
        assert_false(set_within(event, 20));
        relay_lost(9);
        WAIT_UNTIL(relay_count(false) == 0, 10000);
    }
    CloseHandle(event);
}

static void registrations_stay(void **state)
{
    HANDLE event = new_event();
    struct relay *r = new_relay(event);
    HANDLE own = relay_event(r);

    (void)state;
    SetEvent(own); /* before it is known to be registered */
    Sleep(20);
    relay_register(r, router_of(NULL));
    assert_true(set_within(event, 10000));
    for (int n = 0; n < 20; n++) {
        SetEvent(own);
        assert_true(set_within(event, 10000));
    }
    relay_signal(r);
    assert_true(set_within(event, 0));
    relay_drop(r);
    assert_false(set_within(event, 20));
    CloseHandle(event);
}

static volatile LONG deaths, last_death;

static void count_death(uint32_t router)
{
    InterlockedExchange(&last_death, (LONG)router);
    InterlockedIncrement(&deaths);
}

/* A registration outlives its router, and is told by the next. */
static void registered_with_the_next_router(void **state)
{
    HANDLE event = new_event(), router = start_router(), next = start_router();
    DWORD id = GetProcessId(router);
    struct relay *r = new_relay(event);

    (void)state;
    relay_on_death(count_death);
    relay_register(r, router_of(router));
    kill_router(router);
    WAIT_UNTIL(deaths == 1, 10000);
    assert_int_equal(last_death, id);
    assert_false(set_within(event, 20));
    relay_register(r, router_of(next));
    SetEvent(relay_event(r));
    assert_true(set_within(event, 10000));
    relay_drop(r);
    kill_router(next);
    WAIT_UNTIL(deaths == 2, 10000); /* whoever is told looks what there is */
    CloseHandle(event);
}

static void many_at_once(void **state)
{
    enum { MANY = 300 };
    static HANDLE events[MANY], owns[MANY];

    (void)state;
    for (int n = 0; n < MANY; n++) {
        struct relay *r;

        events[n] = new_event();
        r = new_relay(events[n]);
        owns[n] = relay_event(r);
        relay_keep(r, router_of(NULL), 0);
    }
    assert_int_equal(relay_count(false), MANY);
    for (int n = MANY - 1; n >= 0; n--) SetEvent(owns[n]);
    for (int n = 0; n < MANY; n++) {
        assert_true(set_within(events[n], 10000));
        CloseHandle(events[n]);
    }
    WAIT_UNTIL(relay_count(false) == 0, 10000);
    assert_true(relay_count(true) <= 32);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_one_signal_on),
        cmocka_unit_test(signals_after_the_caller_closed),
        cmocka_unit_test(nothing_promised_nothing_signalled),
        cmocka_unit_test(a_router_that_dies_owes_nothing),
        cmocka_unit_test(dead_before_it_was_kept),
        cmocka_unit_test(known_routers),
        cmocka_unit_test(signalled_once_whatever_happens),
        cmocka_unit_test(registrations_stay),
        cmocka_unit_test(registered_with_the_next_router),
        cmocka_unit_test(many_at_once),
    };

    (void)argv;
    if (argc > 1) Sleep(INFINITE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
