/* Either end dies, at any moment. */
#include "win32/carrier/parts.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define ROUNDS        40
#define CLIENTS       4 /* that die in a round */
#define ROUTER_DEATHS 40

static HANDLE router;
static uint32_t session;
static uint32_t moments = 4711;
static volatile LONG over;

static DWORD WINAPI call_until_killed(void *parameter)
{
    uint32_t random = GetCurrentThreadId();

    while (!over) part_echo(*(uint32_t *)parameter, part_random(&random) % 700000);
    return 0;
}

/* Four threads until killed; says when it has begun. */
static int client(const char *semaphore)
{
    uint32_t own = part_open();
    HANDLE begun = OpenSemaphoreA(SEMAPHORE_MODIFY_STATE, FALSE, semaphore);

    part_open();
    ReleaseSemaphore(begun, 1, NULL);
    part_threads(4, call_until_killed, &own);
    return 0;
}

static void clients_die(HANDLE begun)
{
    HANDLE all[CLIENTS];

    for (int i = 0; i < CLIENTS; i++) all[i] = part_start("client \"carrier client\"", NULL);
    for (int i = 0; i < CLIENTS; i++)
        assert_int_equal(WaitForSingleObject(begun, 60000), WAIT_OBJECT_0);
    for (int i = 0; i < CLIENTS; i++) {
        Sleep(part_random(&moments) % 25);
        part_kill(all[i]);
        assert_int_equal(part_echo(session, 1000), ST_OK);
    }
}

static void test_clients_die(void **state)
{
    HANDLE begun = CreateSemaphoreA(NULL, 0, CLIENTS, "carrier client");
    struct part_counts counts;

    (void)state;
    router = part_start_router();
    session = part_open();
    for (int i = 0; i < ROUNDS; i++) clients_die(begun);
    part_expect_quiet(session);
    counts = part_ask_counts(session);
    assert_int_equal(counts.begun, ROUNDS * CLIENTS + 1);
    assert_int_equal(counts.opened - counts.closed, 1);
    CloseHandle(begun);
}

/* Its end comes when the call has returned, not before. */
static int sleeper(const char *event)
{
    uint32_t own = part_open(), value;

    SetEvent(OpenEventA(EVENT_MODIFY_STATE, FALSE, event));
    part_ask(own, PART_SLEEP, 1500, &value);
    return 0;
}

static void test_client_dies_in_a_long_call(void **state)
{
    HANDLE begun = CreateEventA(NULL, FALSE, FALSE, "carrier sleeper"), one;
    struct part_counts counts;

    (void)state;
    one = part_start("sleeper \"carrier sleeper\"", NULL);
    assert_int_equal(WaitForSingleObject(begun, 60000), WAIT_OBJECT_0);
    do counts = part_ask_counts(session);
    while (counts.running < 2);
    part_kill(one);
    counts = part_ask_counts(session);
    assert_int_equal(counts.running, 2);
    assert_int_equal(counts.begun - counts.ended, 2);
    part_expect_quiet(session);
    CloseHandle(begun);
}

/* ---- the router ------------------------------------------------------------------------------ */

static volatile LONG done, failed, unavailable, wrong;

static DWORD WINAPI count_results(void *parameter)
{
    uint32_t random = GetCurrentThreadId();

    while (!over) {
        mpr_status status = part_echo(*(uint32_t *)parameter, part_random(&random) % 400000);

        if (status == ST_OK)
            InterlockedIncrement(&done);
        else if (status == ST_RPC_CALL_FAILED)
            InterlockedIncrement(&failed);
        else if (status == ST_RPC_SERVER_UNAVAILABLE)
            InterlockedIncrement(&unavailable);
        else
            InterlockedIncrement(&wrong);
        if (status == ST_RPC_SERVER_UNAVAILABLE) Sleep(10);
    }
    return 0;
}

static DWORD WINAPI kill_and_start(void *parameter)
{
    (void)parameter;
    for (int i = 0; i < ROUTER_DEATHS; i++) {
        Sleep(part_random(&moments) % 60);
        part_kill(router);
        router = part_start_router();
    }
    over = 1;
    return 0;
}

/* The session is opened before, and good with each of them. */
static void test_routers_die(void **state)
{
    HANDLE killer = CreateThread(NULL, 0, kill_and_start, NULL, 0, NULL);

    (void)state;
    part_threads(4, count_results, &session);
    WaitForSingleObject(killer, INFINITE);
    CloseHandle(killer);
    print_message("%ld calls done, %ld failed, %ld unavailable\n", done, failed, unavailable);
    assert_int_equal(wrong, 0);
    assert_true(done > 0 && failed > 0);
    assert_true(failed <= 4 * ROUTER_DEATHS);
    assert_int_equal(part_echo(session, 100), ST_OK);
    part_expect_quiet(session);
}

static DWORD WINAPI kill_soon(void *parameter)
{
    (void)parameter;
    Sleep(300);
    TerminateProcess(router, 7);
    return 0;
}

static void test_router_dies_in_a_call(void **state)
{
    HANDLE killer = CreateThread(NULL, 0, kill_soon, NULL, 0, NULL);
    uint32_t value;

    (void)state;
    assert_int_equal(part_ask(session, PART_SLEEP, 60000, &value), ST_RPC_CALL_FAILED);
    assert_int_equal(part_echo(session, 100), ST_RPC_SERVER_UNAVAILABLE);
    assert_int_equal(part_echo(session, 100), ST_RPC_SERVER_UNAVAILABLE);
    WaitForSingleObject(killer, INFINITE);
    CloseHandle(killer);
    part_kill(router);
}

/* Nothing was under way, so nothing can have been lost: no 1726. */
static void test_router_dies_between_calls(void **state)
{
    (void)state;
    router = part_start_router();
    assert_int_equal(part_echo(session, 100), ST_OK);
    part_kill(router);
    assert_int_equal(part_echo(session, 100), ST_RPC_SERVER_UNAVAILABLE);
    router = part_start_router();
    assert_int_equal(part_echo(session, 100), ST_OK);
    part_kill(router);
    router = part_start_router();
    assert_int_equal(part_echo(session, 100), ST_OK);
}

/* A session that was closed while another router was there stays closed. */
static void test_closed_sessions_stay_closed(void **state)
{
    struct carrier *c = local_carrier();
    uint32_t other = part_open(), value;

    (void)state;
    part_kill(router);
    c->table->close(c, other);
    router = part_start_router();
    assert_int_equal(part_ask(other, PART_CLIENT, 0, &value), ST_RPC_INVALID_BINDING);
    assert_int_equal(part_echo(session, 100), ST_OK);
    assert_int_equal(part_ask_counts(session).opened, 1);
    part_kill(router);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clients_die),
        cmocka_unit_test(test_client_dies_in_a_long_call),
        cmocka_unit_test(test_routers_die),
        cmocka_unit_test(test_router_dies_in_a_call),
        cmocka_unit_test(test_router_dies_between_calls),
        cmocka_unit_test(test_closed_sessions_stay_closed),
    };

    if (count > 1 && strcmp(arguments[1], "router") == 0) return part_router(arguments[2]);
    if (count > 2 && strcmp(arguments[1], "client") == 0) return client(arguments[2]);
    if (count > 2) return sleeper(arguments[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
