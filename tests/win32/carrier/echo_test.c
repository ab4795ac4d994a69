/* Octets there and back: sizes, threads, processes, sessions. */
#include "win32/carrier/parts.h"

#include <string.h>

#include "base/mem.h"
#include "win32/carrier/local_layout.h"

static HANDLE router;
static uint32_t session;

static int start(void **state)
{
    (void)state;
    router = part_start_router();
    session = part_open();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    part_kill(router);
    return 0;
}

static void test_nobody_there(void **state)
{
    struct carrier *c = local_carrier();
    uint32_t opened = 1;

    (void)state;
    assert_false(local_router_runs());
    assert_int_equal(c->table->open(c, HANDLE_SERVER, &opened), ST_RPC_SERVER_UNAVAILABLE);
    assert_int_equal(opened, 0);
}

static void test_sizes(void **state)
{
    static const size_t sizes[] = {0,
                                   1,
                                   4,
                                   4095,
                                   65536,
                                   LOCAL_ROOM - 1,
                                   LOCAL_ROOM,
                                   LOCAL_ROOM + 1,
                                   2 * LOCAL_ROOM,
                                   2 * LOCAL_ROOM + 7,
                                   1 << 20,
                                   8 << 20,
                                   LOCAL_REQUEST_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
        assert_int_equal(part_echo(session, sizes[i]), ST_OK);
}

/* The channel stays good. */
static void test_too_large(void **state)
{
    uint32_t value;

    (void)state;
    assert_int_equal(part_echo(session, LOCAL_REQUEST_MAX + 1), ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(part_ask(session, PART_LONG, LOCAL_RESPONSE_MAX + 1, &value),
                     ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(part_echo(session, 10), ST_OK);
}

/* A block with very many routes, for instance. */
static void test_response_larger_than_any_request(void **state)
{
    const uint32_t size = 3 * LOCAL_REQUEST_MAX + 5;
    struct carrier *c = local_carrier();
    struct carrier_octets response;
    uint8_t *expected = mem_alloc(size);

    (void)state;
    assert_non_null(expected);
    part_fill(expected, size, size);
    assert_int_equal(c->table->call(c, session, PART_LONG, (const uint8_t *)&size, sizeof(size),
                                    &response, NULL),
                     ST_OK);
    assert_int_equal(response.size, size);
    assert_memory_equal(response.data, expected, size);
    mem_free(response.data);
    mem_free(expected);
}

static void test_what_the_handler_says(void **state)
{
    uint32_t value;

    (void)state;
    assert_int_equal(part_ask(session, PART_METHODS, 0, &value), ST_RPC_PROCNUM_OUT_OF_RANGE);
    assert_int_equal(part_ask(session, PART_CLIENT, 0, &value), ST_OK);
    assert_int_equal(value, GetCurrentProcessId());
    assert_int_equal(part_router_id(session), GetProcessId(router));
}

static void test_sessions(void **state)
{
    struct carrier *c = local_carrier();
    uint32_t one = part_open(), two = 0, value;

    (void)state;
    assert_int_equal(c->table->open(c, HANDLE_MIB_SERVER, &two), ST_OK);
    assert_int_not_equal(one, two);
    c->table->close(c, one);
    assert_int_equal(part_ask(one, PART_CLIENT, 0, &value), ST_RPC_INVALID_BINDING);
    c->table->close(c, one);
    assert_int_equal(part_ask(two, PART_CLIENT, 0, &value), ST_OK);
    c->table->close(c, two);
    assert_int_equal(part_ask(0, PART_CLIENT, 0, &value), ST_RPC_INVALID_BINDING);
    assert_int_equal(part_ask(0xFFFFFFFF, PART_CLIENT, 0, &value), ST_RPC_INVALID_BINDING);
    assert_int_equal(c->table->open(c, HANDLE_CONFIG, &two), ST_INVALID_PARAMETER);
    part_expect_quiet(session);
    assert_int_equal(part_ask_counts(session).opened - part_ask_counts(session).closed, 1);
}

/* ---- what stays behind ----------------------------------------------------------------------- */

#define SECRET_SIZE 300u

/* The octets to look for are kept inverted, so that they are not found there. */
static bool is_secret(const uint8_t *octets, const uint8_t inverted[SECRET_SIZE])
{
    size_t i = 0;

    while (i < SECRET_SIZE && (octets[i] ^ inverted[i]) == 0xFF) i++;
    return i == SECRET_SIZE;
}

static bool is_in_region(HANDLE process, const MEMORY_BASIC_INFORMATION *region,
                         const uint8_t inverted[SECRET_SIZE])
{
    static uint8_t octets[1 << 20];
    const uint8_t *at = region->BaseAddress, *end = at + region->RegionSize;
    bool found = false;

    for (; at < end && !found; at += sizeof(octets) - SECRET_SIZE) {
        SIZE_T wanted = (size_t)(end - at) < sizeof(octets) ? (size_t)(end - at) : sizeof(octets);
        SIZE_T size = 0;

        ReadProcessMemory(process, at, octets, wanted, &size);
        for (size_t i = 0; i + SECRET_SIZE <= size && !found; i++)
            found = is_secret(octets + i, inverted);
    }
    mem_wipe(octets, sizeof(octets));
    return found;
}

static bool is_in_process(HANDLE process, const uint8_t inverted[SECRET_SIZE])
{
    MEMORY_BASIC_INFORMATION region;
    const uint8_t *at = NULL;
    bool found = false;

    while (!found && VirtualQueryEx(process, at, &region, sizeof(region)) == sizeof(region)) {
        at = (const uint8_t *)region.BaseAddress + region.RegionSize;
        found = region.State == MEM_COMMIT &&
                (region.Protect & (PAGE_READWRITE | PAGE_EXECUTE_READWRITE)) &&
                is_in_region(process, &region, inverted);
    }
    return found;
}

static void invert(uint8_t octets[SECRET_SIZE])
{
    for (size_t i = 0; i < SECRET_SIZE; i++) octets[i] = (uint8_t)~octets[i];
}

/* It may have been a password. */
static void test_nothing_stays_in_memory(void **state)
{
    struct carrier *c = local_carrier();
    uint8_t secret[SECRET_SIZE];
    struct carrier_octets response;
    uint32_t random = 4711;

    (void)state;
    for (size_t i = 0; i < SECRET_SIZE; i++) secret[i] = (uint8_t)(part_random(&random) >> 8);
    assert_false(is_in_process(GetCurrentProcess(), secret));
    invert(secret);
    assert_int_equal(c->table->call(c, session, PART_ECHO, secret, SECRET_SIZE, &response, NULL),
                     ST_OK);
    invert(secret);
    assert_true(is_in_process(GetCurrentProcess(), secret)); /* the response */
    mem_wipe(response.data, response.size);
    mem_free(response.data);
    assert_false(is_in_process(GetCurrentProcess(), secret));
    assert_false(is_in_process(router, secret));
}

/* ---- many ------------------------------------------------------------------------------------ */

static DWORD WINAPI many_calls(void *parameter)
{
    uint32_t random = GetCurrentThreadId();

    for (int i = 0; i < 50; i++) {
        size_t size = part_random(&random) % (i % 10 ? 3000 : 600000);

        if (part_echo(*(uint32_t *)parameter, size) != ST_OK)
            InterlockedIncrement(&part_counts.faults);
    }
    return 0;
}

static void test_64_threads(void **state)
{
    (void)state;
    part_counts.faults = 0;
    part_threads(64, many_calls, &session);
    assert_int_equal(part_counts.faults, 0);
    part_expect_quiet(session);
}

static DWORD WINAPI long_call(void *parameter)
{
    uint32_t value;

    if (part_ask(*(uint32_t *)parameter, PART_SLEEP, 300, &value) != ST_OK)
        InterlockedIncrement(&part_counts.faults);
    return 0;
}

/* More than there are channels: the others wait for one. */
static void test_100_threads_that_wait(void **state)
{
    (void)state;
    part_counts.faults = 0;
    part_threads(100, long_call, &session);
    assert_int_equal(part_counts.faults, 0);
    part_expect_quiet(session);
}

static void test_8_processes(void **state)
{
    const LONG before = part_ask_counts(session).calls;
    HANDLE all[8];

    (void)state;
    for (int i = 0; i < 8; i++) all[i] = part_start("client", NULL);
    for (int i = 0; i < 8; i++) assert_int_equal(part_wait(all[i]), 0);
    part_expect_quiet(session);
    assert_true(part_ask_counts(session).calls - before >= 8 * 8 * 50);
    assert_int_equal(part_ask_counts(session).opened - part_ask_counts(session).closed, 1);
}

static int client(void)
{
    uint32_t own = part_open();

    part_threads(8, many_calls, &own);
    return part_counts.faults == 0 && part_echo(own, 8 << 20) == ST_OK ? 0 : 1;
}

/* As when the DLL is unloaded: nothing of this process is left open at the router. */
static void test_carrier_end(void **state)
{
    uint32_t old = session, value;

    (void)state;
    for (int i = 0; i < 20; i++) {
        part_open();
        local_carrier_end();
        session = part_open();
        assert_int_equal(part_ask_counts(session).opened - part_ask_counts(session).closed, 1);
    }
    assert_int_equal(part_ask(old ^ 1, PART_CLIENT, 0, &value), ST_RPC_INVALID_BINDING);
    part_expect_quiet(session);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest alone[] = {cmocka_unit_test(test_nobody_there)};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_response_larger_than_any_request),
        cmocka_unit_test(test_what_the_handler_says),
        cmocka_unit_test(test_sessions),
        cmocka_unit_test(test_nothing_stays_in_memory),
        cmocka_unit_test(test_64_threads),
        cmocka_unit_test(test_100_threads_that_wait),
        cmocka_unit_test(test_8_processes),
        cmocka_unit_test(test_carrier_end),
    };

    if (count > 1 && strcmp(arguments[1], "router") == 0) return part_router(arguments[2]);
    if (count > 1) return client();
    return cmocka_run_group_tests(alone, NULL, NULL) + cmocka_run_group_tests(tests, start, stop);
}
