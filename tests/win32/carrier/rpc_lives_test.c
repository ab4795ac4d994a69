/* Beginning and end: of listeners, clients and routers; and who may do what. */
#include "win32/carrier/rpc_parts.h"

#include <string.h>

#include "base/mem.h"
#include "win32/carrier/rpc_tcp.h"

static unsigned port;

#define LOCAL L"ncalrpc:[ROUTER]"
#define PIPE  L"ncacn_np:[\\PIPE\\ROUTER]"

static struct carrier *opened(const char16_t *name)
{
    struct carrier *c = NULL;

    assert_int_equal(rpc_open_named(name, true, &c), ST_OK);
    return c;
}

static int start(void **state)
{
    (void)state;
    port = rpc_free_port();
    return 0;
}

/* ends the router in order: 0 when it has let go of everything */
static DWORD stop(HANDLE router)
{
    HANDLE event = OpenEventA(EVENT_MODIFY_STATE, FALSE, "rpc stop");

    SetEvent(event);
    CloseHandle(event);
    return part_wait(router);
}

static const WCHAR *const forms[] = {
    L"127.0.0.1:%u", L"\\\\127.0.0.1:%u",           L"127.0.0.1[%u]",
    L"localhost:%u", L"ncacn_ip_tcp:127.0.0.1[%u]", L"NCACN_IP_TCP:localhost[%u]"};

static void test_names(void **state)
{
    static const WCHAR *const nothing[] = {L"",
                                           L"\\\\",
                                           L"host:",
                                           L"host:0",
                                           L"host:65536",
                                           L"host:1x",
                                           L"[5]",
                                           L"a[",
                                           L"a[5",
                                           L"a[]",
                                           L"a[b]",
                                           L"ncacn_ip_tcp:",
                                           L"ncacn_ip_tcp:a",
                                           L"a\\b",
                                           L"ncacn_ip_tcp:[5]",
                                           L"::1:70000[x]"};
    HANDLE router = rpc_start_router(port, true);
    struct carrier *c;

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        WCHAR name[64];

        _snwprintf(name, 64, forms[i], port);
        if (rpc_open_named(name, true, &c) != ST_OK) fail_msg("form %u", (unsigned)i);
        assert_int_equal(rpc_echo(c, 10), ST_OK);
        c->table->close(c, 1);
    }
    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
        mpr_status status = rpc_open_named(nothing[i], true, &c);

        if (status != ST_RPC_SERVER_UNAVAILABLE)
            fail_msg("\"%ls\" gives %u", nothing[i], (unsigned)status);
    }
    /* No SMB here, and no port is said; then one is. */
    assert_int_equal(rpc_open_named(L"\\\\192.0.2.1", true, &c), ST_RPC_SERVER_UNAVAILABLE);
    {
        struct rpc_settings settings = {.port = port, .allow_anonymous = true};

        assert_int_equal(rpc_connect(L"\\\\127.0.0.1", &settings, &c), ST_OK);
    }
    assert_int_equal(stop(router), 0);
}

/* A call without identity neither goes out nor is served unless both ends say so. */
static void test_without_identity(void **state)
{
    HANDLE router = rpc_start_router(port, true);
    struct carrier *c;

    (void)state;
    assert_int_equal(rpc_open_named(rpc_tcp_name(port), false, &c), ST_ACCESS_DENIED);
    assert_int_equal(stop(router), 0);
    router = rpc_start_router(port, false);
    assert_int_equal(rpc_open_named(rpc_tcp_name(port), true, &c), ST_ACCESS_DENIED);
    assert_int_equal(rpc_open_named(LOCAL, false, &c), ST_OK);
    c->table->close(c, 1);
    assert_int_equal(rpc_open_named(PIPE, false, &c), ST_OK);
    c->table->close(c, 1);
    assert_int_equal(stop(router), 0);
}

static void test_one_router(void **state)
{
    HANDLE router = rpc_start_router(0, false);

    (void)state;
    assert_int_equal(part_wait(part_start("rpc-router 0 0", NULL)), 3);
    assert_int_equal(stop(router), 0);
    router = rpc_start_router(0, false);
    part_kill(router);
    router = rpc_start_router(0, false);
    assert_int_equal(stop(router), 0);
}

/* Who calls after a router has ended, in order or not, gets to the next one. */
static void outlive_routers(const char16_t *name)
{
    HANDLE router = rpc_start_router(port, true);
    struct carrier *c = opened(name);
    uint32_t value;

    for (int i = 0; i < 4; i++) {
        assert_int_equal(rpc_echo(c, 5), ST_OK);
        if (i % 2)
            part_kill(router);
        else
            assert_int_equal(stop(router), 0);
        if (i > 1) assert_int_not_equal(rpc_echo(c, 5), ST_OK);
        router = rpc_start_router(port, true);
        Sleep(1100); /* a silence, which a call begins after */
        assert_int_equal(rpc_echo(c, 5), ST_OK);
    }
    /* In the middle of a call. */
    assert_int_equal(rpc_ask(c, PART_DIE, 0, &value), ST_RPC_CALL_FAILED);
    part_kill(router);
    assert_int_equal(rpc_ask(c, PART_CLIENT, 0, &value), ST_RPC_SERVER_UNAVAILABLE);
    c->table->close(c, 1);
}

static void test_next_router(void **state)
{
    (void)state;
    outlive_routers(rpc_tcp_name(port));
}

/* The second carrier has rpcrt4 keep what it knows of the former router: its number of the
 * association, which the next one has to bear with. */
static void test_next_router_by_pipe(void **state)
{
    HANDLE router = rpc_start_router(0, false);
    struct carrier *second = opened(L"\\\\ncacn_np:[\\PIPE\\ROUTER]");

    (void)state;
    assert_int_equal(rpc_echo(second, 5), ST_OK);
    assert_int_equal(stop(router), 0);
    outlive_routers(PIPE);
    second->table->close(second, 1);
}

/* A process' client ends with it. */
static int short_client(const char *transport)
{
    struct carrier *c;

    if (rpc_open_named(strcmp(transport, "pipe") == 0 ? PIPE : LOCAL, false, &c) != ST_OK)
        return 98;
    return rpc_echo(c, 10) == ST_OK ? 0 : 97;
}

static bool only_we(struct carrier *c)
{
    struct part_counts now = rpc_counts(c);

    return now.begun - now.ended == 1;
}

static void test_clients_end(void **state)
{
    HANDLE router = rpc_start_router(0, false);
    struct carrier *c = opened(LOCAL);

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(part_wait(part_start("client local", NULL)), 0);
        assert_int_equal(part_wait(part_start("client pipe", NULL)), 0);
    }
    assert_int_equal(rpc_counts(c).begun, 7);
    WAIT_UNTIL(only_we(c), 20000);
    c->table->close(c, 1);
    assert_int_equal(stop(router), 0);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_names, rpc_kill_left),
        cmocka_unit_test_teardown(test_without_identity, rpc_kill_left),
        cmocka_unit_test_teardown(test_one_router, rpc_kill_left),
        cmocka_unit_test_teardown(test_next_router, rpc_kill_left),
        cmocka_unit_test_teardown(test_next_router_by_pipe, rpc_kill_left),
        cmocka_unit_test_teardown(test_clients_end, rpc_kill_left),
    };

    if (count > 3 && strcmp(arguments[1], "rpc-router") == 0) return rpc_router(arguments);
    if (count > 2) return short_client(arguments[2]);
    return cmocka_run_group_tests(tests, start, NULL);
}
