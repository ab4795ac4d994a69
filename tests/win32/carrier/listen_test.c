/* One router for a machine, and its end. */
#include "win32/carrier/parts.h"

#include <stdio.h>
#include <string.h>

#define RIVALS 6
#define ROUNDS 10

static void test_one_wins(void **state)
{
    HANDLE stop = CreateEventA(NULL, TRUE, FALSE, "carrier stop"), all[RIVALS];

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        int winners = 0;

        ResetEvent(stop);
        for (int i = 0; i < RIVALS; i++) all[i] = part_start("router \"carrier stop\"", NULL);
        /* Who does not win ends. */
        for (int left = RIVALS; left > 1; left--) {
            DWORD which = WaitForMultipleObjects((DWORD)left, all, FALSE, 60000);

            assert_true(which < (DWORD)left);
            assert_int_equal(part_wait(all[which]), 3);
            all[which] = all[left - 1];
        }
        WAIT_UNTIL(local_router_runs(), 10000);
        assert_int_equal(WaitForSingleObject(all[0], 0), WAIT_TIMEOUT);
        assert_int_equal(part_echo(part_open(), 100), ST_OK);
        SetEvent(stop);
        if (part_wait(all[0]) == 0) winners++;
        assert_int_equal(winners, 1);
        assert_false(local_router_runs());
    }
    CloseHandle(stop);
}

static unsigned prepared;

static void prepare(void)
{
    assert_false(local_router_runs());
    prepared++;
}

/* Both ends in one process: also how a router's own process may be its client. */
static void test_listen_again_and_again(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20; i++) {
        uint32_t session;

        assert_int_equal(local_listen(&part_handler, prepare), ST_OK);
        assert_int_equal(local_listen(&part_handler, prepare), ST_ALREADY_EXISTS);
        assert_int_equal(prepared, i + 1);
        assert_true(local_router_runs());
        session = part_open();
        assert_int_equal(local_clients(), 1);
        assert_int_equal(part_echo(session, i * 1000), ST_OK);
        assert_false(local_unlisten_idle());
        local_unlisten();
        assert_false(local_router_runs());
        assert_int_equal(local_clients(), 0);
        assert_int_equal(part_echo(session, 10), ST_RPC_SERVER_UNAVAILABLE);
    }
    local_unlisten();
    assert_int_equal(part_counts.begun, part_counts.ended);
    assert_int_equal(part_counts.opened, part_counts.closed);
    assert_int_equal(part_counts.faults, 0);
}

static volatile LONG ready;

static DWORD WINAPI long_call(void *parameter)
{
    uint32_t value;

    InterlockedIncrement(&ready);
    *(mpr_status *)parameter = part_ask(part_open(), PART_SLEEP, 700, &value);
    return 0;
}

/* A call that runs gets its answer. */
static void test_unlisten_waits_for_calls(void **state)
{
    mpr_status result = ST_CAN_NOT_COMPLETE;
    HANDLE thread;

    (void)state;
    assert_int_equal(local_listen(&part_handler, NULL), ST_OK);
    thread = CreateThread(NULL, 0, long_call, &result, 0, NULL);
    WAIT_UNTIL(part_counts.running > 0, 10000);
    local_unlisten();
    assert_int_equal(part_counts.running, 0);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_int_equal(result, ST_OK);
}

static void test_ends_when_idle(void **state)
{
    HANDLE one;

    (void)state;
    local_carrier_end();
    assert_int_equal(local_listen(&part_handler, NULL), ST_OK);
    one = part_start("client", NULL);
    WAIT_UNTIL(local_clients() == 1, 60000);
    assert_false(local_unlisten_idle());
    assert_true(local_router_runs());
    part_kill(one);
    WAIT_UNTIL(local_clients() == 0, 10000);
    assert_true(local_unlisten_idle());
    assert_false(local_router_runs());
}

/* Clients come all the time while the router tries to end: nobody is lost who has been answered. */
static DWORD WINAPI come_and_go(void *parameter)
{
    const ULONGLONG until = GetTickCount64() + 60000;

    (void)parameter;
    while (ready < 30 && GetTickCount64() < until) {
        struct carrier *c = local_carrier();
        uint32_t session;

        if (c->table->open(c, HANDLE_SERVER, &session) == ST_OK) {
            if (part_echo(session, 100) == ST_OK) InterlockedIncrement(&ready);
            c->table->close(c, session);
            local_carrier_end();
        } else {
            Sleep(1);
        }
    }
    return 0;
}

static void test_ends_while_clients_come(void **state)
{
    HANDLE thread;
    int ends = 0;

    (void)state;
    ready = 0;
    part_counts.faults = 0;
    thread = CreateThread(NULL, 0, come_and_go, NULL, 0, NULL);
    while (WaitForSingleObject(thread, 0) != WAIT_OBJECT_0) {
        assert_int_equal(local_listen(&part_handler, NULL), ST_OK);
        Sleep(20);
        while (!local_unlisten_idle()) Sleep(0);
        ends++;
    }
    CloseHandle(thread);
    print_message("%d ends, %ld calls\n", ends, ready);
    assert_int_equal(ready, 30);
    assert_int_equal(part_counts.begun, part_counts.ended);
    assert_int_equal(part_counts.opened, part_counts.closed);
    assert_int_equal(part_counts.faults, 0);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_wins),
        cmocka_unit_test(test_listen_again_and_again),
        cmocka_unit_test(test_unlisten_waits_for_calls),
        cmocka_unit_test(test_ends_when_idle),
        cmocka_unit_test(test_ends_while_clients_come),
    };

    if (count > 1 && strcmp(arguments[1], "router") == 0) return part_router(arguments[2]);
    if (count > 1) {
        part_open();
        Sleep(60000);
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
