/* Server handles to another router, over a carrier whose router the test starts anew, takes away
 * and lets die in the middle of a call. */
#include "win32_test.h"

#include <string.h>

#include "api/remote/remote.h"

/* ---- a carrier ------------------------------------------------------------------------------- */

enum { SESSIONS = 64 };

/* The router knows sessions from first to next, less those that are closed. */
static struct {
    struct carrier carrier;
    SRWLOCK lock;
    bool down, dies; /* not there; ends while it has a call */
    uint32_t first, next;
    bool closed[SESSIONS];
    volatile LONG opens, closes, calls;
    HANDLE *close_at_open; /* a handle that somebody closes meanwhile */
} fake;

static mpr_status fake_open(struct carrier *c, enum handle_kind kind, uint32_t *ret_session)
{
    mpr_status status = ST_RPC_SERVER_UNAVAILABLE;
    HANDLE *close_now = fake.close_at_open;

    assert_ptr_equal(c, &fake.carrier);
    assert_true(kind == HANDLE_SERVER || kind == HANDLE_MIB_SERVER);
    fake.close_at_open = NULL;
    if (close_now) assert_int_equal(remote_close(HANDLE_SERVER, *close_now), ST_OK);
    AcquireSRWLockExclusive(&fake.lock);
    if (!fake.down && fake.next < SESSIONS) {
        *ret_session = fake.next++;
        status = ST_OK;
    }
    ReleaseSRWLockExclusive(&fake.lock);
    InterlockedIncrement(&fake.opens);
    return status;
}

static bool is_live(uint32_t session)
{
    return session >= fake.first && session < fake.next && !fake.closed[session];
}

static void fake_close(struct carrier *c, uint32_t session)
{
    (void)c;
    AcquireSRWLockExclusive(&fake.lock);
    if (is_live(session)) fake.closed[session] = true;
    ReleaseSRWLockExclusive(&fake.lock);
    InterlockedIncrement(&fake.closes);
}

/* Answers a method without results, or of a server's level 0. */
static void answer(uint32_t method, struct carrier_octets *response)
{
    struct dim_arguments a = {.level = 0};
    uint32_t result = method == DIM_PORT_RESET ? ST_INVALID_PARAMETER : ST_OK;
    struct ndr n;

    ndr_write(&n);
    assert_int_equal(dim_response(&n, method, &a, &result), ST_OK);
    *response = (struct carrier_octets){n.written, n.position};
    n.written = NULL;
    ndr_free(&n);
}

static mpr_status fake_call(struct carrier *c, uint32_t session, uint32_t method,
                            const uint8_t *request, size_t size, struct carrier_octets *response,
                            struct carrier_router *ret_router)
{
    mpr_status status = ST_OK;

    (void)c, (void)request, (void)size, (void)ret_router;
    InterlockedIncrement(&fake.calls);
    AcquireSRWLockExclusive(&fake.lock);
    if (fake.down)
        status = ST_RPC_SERVER_UNAVAILABLE;
    else if (!is_live(session))
        status = ST_RPC_INVALID_BINDING;
    else if (fake.dies)
        status = ST_RPC_CALL_FAILED;
    ReleaseSRWLockExclusive(&fake.lock);
    if (status == ST_OK) answer(method, response);
    return status;
}

static const struct carrier_table fake_table = {
    .open = fake_open, .close = fake_close, .call = fake_call};

static int set_up(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof(fake));
    fake.carrier.table = &fake_table;
    fake.first = fake.next = 1;
    return 0;
}

/* Another router, which has no session of the former one. */
static void start_anew(void)
{
    AcquireSRWLockExclusive(&fake.lock);
    fake.first = fake.next;
    ReleaseSRWLockExclusive(&fake.lock);
}

static unsigned live_sessions(void)
{
    unsigned count = 0;

    for (uint32_t i = 0; i < SESSIONS; i++) count += is_live(i);
    return count;
}

static HANDLE open_handle(enum handle_kind kind)
{
    HANDLE server = NULL;

    assert_int_equal(remote_open(&fake.carrier, kind, &server), ST_OK);
    assert_non_null(server);
    assert_true(remote_is(server));
    return server;
}

/* ---- handles --------------------------------------------------------------------------------- */

static void test_kinds(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER), mib = open_handle(HANDLE_MIB_SERVER);

    (void)state;
    assert_int_equal(remote_check(server), ST_OK);
    assert_int_equal(remote_check_ddm(server), ST_OK);
    assert_int_equal(remote_check_mib(mib), ST_OK);
    fake.calls = 0;
    assert_int_equal(remote_check(mib), ST_RPC_INVALID_BINDING);
    assert_int_equal(remote_check_mib(server), ST_RPC_INVALID_BINDING);
    assert_int_equal(remote_close(HANDLE_MIB_SERVER, server), ST_INVALID_HANDLE);
    assert_int_equal(remote_close(HANDLE_SERVER, mib), ST_INVALID_HANDLE);
    assert_int_equal(fake.calls, 0);
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_OK);
    assert_int_equal(remote_close(HANDLE_MIB_SERVER, mib), ST_OK);
    assert_int_equal(live_sessions(), 0);
}

static void test_close_twice(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER);

    (void)state;
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_OK);
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_INVALID_HANDLE);
    assert_int_equal(fake.closes, 1);
    assert_true(remote_is(server)); /* still none of this process */
    assert_int_equal(remote_check(server), ST_RPC_INVALID_BINDING);
    assert_int_equal(fake.calls, 0);
}

static void test_others_are_not_remote(void **state)
{
    const handle_t32 local[] = {0, HANDLE_SERVER << 28 | 1, HANDLE_MIB_SERVER << 28 | 1,
                                HANDLE_CONFIG << 28 | 1, 0xFFFFFFFF};

    (void)state;
    for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++)
        assert_false(remote_is(api_handle_out(local[i])));
    assert_false(remote_is(INVALID_HANDLE_VALUE));
#ifdef _WIN64
    assert_false(remote_is((HANDLE)((ULONG_PTR)HANDLE_REMOTE << 28 | (ULONG_PTR)1 << 32)));
#endif
}

static void test_open_fails(void **state)
{
    HANDLE server = (HANDLE)(ULONG_PTR)0xdeadbeef;

    (void)state;
    fake.down = true;
    assert_int_equal(remote_open(&fake.carrier, HANDLE_SERVER, &server), ST_RPC_SERVER_UNAVAILABLE);
    assert_null(server);
    assert_int_equal(fake.opens, 1);
}

/* ---- a router that goes ---------------------------------------------------------------------- */

static void test_router_started_anew(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER);

    (void)state;
    start_anew();
    assert_int_equal(remote_check(server), ST_OK);
    assert_int_equal(fake.opens, 2);
    assert_int_equal(fake.calls, 2);
    assert_int_equal(remote_check(server), ST_OK); /* the session is kept */
    assert_int_equal(fake.opens, 2);
    assert_int_equal(fake.calls, 3);
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_OK);
    assert_int_equal(live_sessions(), 0);
}

static void test_router_not_there(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER);

    (void)state;
    fake.down = true;
    assert_int_equal(remote_check(server), ST_RPC_SERVER_UNAVAILABLE);
    assert_int_equal(fake.calls, 1); /* tried once, and one session asked for */
    assert_int_equal(fake.opens, 2);
    fake.down = false;
    start_anew();
    assert_int_equal(remote_check(server), ST_OK);
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_OK);
    assert_int_equal(live_sessions(), 0);
}

static void test_call_in_flight_is_not_repeated(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER);

    (void)state;
    fake.dies = true;
    assert_int_equal(remote_check(server), ST_RPC_CALL_FAILED);
    assert_int_equal(fake.calls, 1);
    assert_int_equal(fake.opens, 1);
    fake.dies = false;
    start_anew();
    assert_int_equal(remote_check(server), ST_OK);
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_OK);
}

static void test_closed_while_renewed(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER);

    (void)state;
    start_anew();
    fake.close_at_open = &server;
    assert_int_equal(remote_check(server), ST_RPC_INVALID_BINDING);
    assert_int_equal(live_sessions(), 0);
}

/* ---- threads --------------------------------------------------------------------------------- */

enum { THREADS = 8, ROUNDS = 20 };

static DWORD WINAPI call_often(void *server)
{
    LONG failures = 0;

    for (int i = 0; i < 200; i++) {
        mpr_status status = remote_check(server);

        /* Two new routers in the course of one call are one too many for it. */
        if (status != ST_OK && status != ST_RPC_INVALID_BINDING) failures++;
        if (i % 16 == 0) Sleep(1);
    }
    return (DWORD)failures;
}

static void test_threads(void **state)
{
    HANDLE threads[THREADS], server = open_handle(HANDLE_SERVER);
    DWORD failures;

    (void)state;
    for (int i = 0; i < THREADS; i++) {
        threads[i] = CreateThread(NULL, 0, call_often, server, 0, NULL);
        assert_non_null(threads[i]);
    }
    for (int i = 0; i < ROUNDS; i++) {
        Sleep(2);
        if (fake.next < SESSIONS - 2 * THREADS) start_anew();
    }
    WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
    for (int i = 0; i < THREADS; i++) {
        assert_true(GetExitCodeThread(threads[i], &failures));
        assert_int_equal(failures, 0);
        CloseHandle(threads[i]);
    }
    assert_int_equal(remote_check(server), ST_OK);
    assert_int_equal(live_sessions(), 1); /* nobody's session was left open */
    assert_int_equal(remote_close(HANDLE_SERVER, server), ST_OK);
    assert_int_equal(live_sessions(), 0);
}

/* ---- exported functions ---------------------------------------------------------------------- */

static void test_no_router_here(void **state)
{
    HANDLE server = open_handle(HANDLE_SERVER), mib = open_handle(HANDLE_MIB_SERVER);
    HANDLE found = (HANDLE)(ULONG_PTR)0xdeadbeef;
    WCHAR name[] = L"nobody";
    BYTE *buffer = NULL;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetHandle(server, NULL, &found, FALSE),
                     ST_RPC_NULL_REF_POINTER);
    assert_null(found);
    assert_int_equal(MprAdminInterfaceDelete(server, NULL), ST_OK); /* says the other router */
    assert_int_equal(MprAdminServerGetInfo(server, 0, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(MprAdminServerGetInfo(mib, 0, &buffer), ST_RPC_INVALID_BINDING);
    /* Nor for handles that are none. */
    assert_int_equal(MprAdminInterfaceGetHandle(NULL, name, &found, FALSE), ST_RPC_INVALID_BINDING);
    assert_int_equal(MprAdminInterfaceConnect(NULL, NULL, NULL, TRUE), ST_RPC_INVALID_BINDING);
    MprAdminServerDisconnect(INVALID_HANDLE_VALUE);
    MprAdminServerDisconnect(server);
    MprAdminMIBServerDisconnect(mib);
    assert_int_equal(live_sessions(), 0);
    assert_null(instance_existing());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_kinds, set_up),
        cmocka_unit_test_setup(test_close_twice, set_up),
        cmocka_unit_test_setup(test_others_are_not_remote, set_up),
        cmocka_unit_test_setup(test_open_fails, set_up),
        cmocka_unit_test_setup(test_router_started_anew, set_up),
        cmocka_unit_test_setup(test_router_not_there, set_up),
        cmocka_unit_test_setup(test_call_in_flight_is_not_repeated, set_up),
        cmocka_unit_test_setup(test_closed_while_renewed, set_up),
        cmocka_unit_test_setup(test_threads, set_up),
        cmocka_unit_test_setup(test_no_router_here, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
