/* Clients that write what they like, when they like. They speak to the router without the client's
 * end, in processes of their own; this one is honest and must not notice. */
#include "win32/carrier/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "win32/carrier/local_layout.h"

#define FLOOD 10000

static HANDLE router;
static uint32_t session;

/* ---- a client of one's own ------------------------------------------------------------------- */

struct raw {
    HANDLE section, request, response;
    volatile struct local_header *header;
};

static HANDLE raw_pipe(void)
{
    for (;;) {
        HANDLE pipe = CreateFileW(LOCAL_PIPE, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

        if (pipe != INVALID_HANDLE_VALUE) return pipe;
        if (GetLastError() != ERROR_PIPE_BUSY) return NULL;
        WaitNamedPipeW(LOCAL_PIPE, 1000);
    }
}

static mpr_status raw_hello(struct local_hello *hello)
{
    HANDLE pipe = raw_pipe();
    DWORD size = 0;
    BOOL done;

    memset(hello, 0, sizeof(*hello));
    if (!pipe) return ST_RPC_SERVER_UNAVAILABLE;
    done = ReadFile(pipe, hello, sizeof(*hello), &size, NULL) && size == sizeof(*hello);
    CloseHandle(pipe);
    return done ? hello->status : ST_RPC_CALL_FAILED;
}

static mpr_status raw_connect(struct raw *raw)
{
    struct local_hello hello;
    mpr_status status = raw_hello(&hello);

    if (status != ST_OK) return status;
    raw->section = (HANDLE)(uintptr_t)hello.section;
    raw->request = (HANDLE)(uintptr_t)hello.request;
    raw->response = (HANDLE)(uintptr_t)hello.response;
    raw->header = MapViewOfFile(raw->section, FILE_MAP_WRITE, 0, 0, LOCAL_SECTION);
    return raw->header ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static void raw_close(struct raw *raw)
{
    UnmapViewOfFile((void *)(uintptr_t)raw->header);
    CloseHandle(raw->section);
    CloseHandle(raw->request);
    CloseHandle(raw->response);
}

/* The header as it stands; the status, ST_PENDING when more is wanted, ST_RPC_CALL_FAILED when the
 * router has ended the channel or does not answer. */
static mpr_status raw_go(struct raw *raw)
{
    raw->header->reply = 0;
    SetEvent(raw->request);
    if (WaitForSingleObject(raw->response, 20000) != WAIT_OBJECT_0) return ST_TIMEOUT;
    if (raw->header->reply == LOCAL_WANT_MORE) return ST_PENDING;
    return raw->header->reply ? raw->header->status : ST_RPC_CALL_FAILED;
}

static mpr_status raw_send(struct raw *raw, uint32_t operation, uint32_t number, uint32_t method,
                           uint32_t size)
{
    raw->header->operation = operation;
    raw->header->session = number;
    raw->header->method = method;
    raw->header->thread = 0;
    raw->header->size = size;
    return raw_go(raw);
}

/* ---- what they do ---------------------------------------------------------------------------- */

static uint32_t any_value(uint32_t *random)
{
    static const uint32_t odd[] = {0,          1,          4,          64,
                                   100,        LOCAL_ROOM, 0x7FFFFFFF, LOCAL_REQUEST_MAX,
                                   0x80000000, 0xFFFFFFFF, 0xFFFFFFC0, LOCAL_REQUEST_MAX + 1};

    if (part_random(random) % 3 == 0) return part_random(random);
    return odd[part_random(random) % (sizeof(odd) / sizeof(*odd))];
}

/* Any header, any octets. */
static int garbage(void)
{
    uint32_t random = 99;
    struct raw raw = {0};

    for (int i = 0; i < 1000; i++) {
        mpr_status status;

        if (!raw.header && raw_connect(&raw) != ST_OK) return 2;
        for (size_t n = 0; n < 5; n++) (&raw.header->operation)[n] = any_value(&random);
        if (part_random(&random) % 4) raw.header->operation = 1 + part_random(&random) % 5;
        if (part_random(&random) % 4) raw.header->thread = 0;
        if (part_random(&random) % 2) raw.header->method = part_random(&random) % PART_SLEEP;
        part_fill(local_octets(raw.header), 64, random);
        status = raw_go(&raw);
        if (status == ST_TIMEOUT) return 3;
        if (status == ST_RPC_CALL_FAILED) {
            raw_close(&raw);
            raw.header = NULL;
        }
    }
    return 0;
}

static volatile LONG over;

static DWORD WINAPI change_header(void *parameter)
{
    struct raw *raw = parameter;
    uint32_t random = 5;

    while (!over) {
        raw->header->size = any_value(&random);
        raw->header->session = any_value(&random);
        raw->header->method = part_random(&random) % PART_SLEEP;
        raw->header->operation = 1 + part_random(&random) % 5;
        if (part_random(&random) % 64 == 0) SetEvent(raw->request);
    }
    return 0;
}

/* The header changes while the router reads it, and it is called at any moment. */
static int fickle(void)
{
    for (int i = 0; i < 20; i++) {
        struct raw raw;
        HANDLE thread;

        if (raw_connect(&raw) != ST_OK) return 2;
        over = 0;
        thread = CreateThread(NULL, 0, change_header, &raw, 0, NULL);
        for (int n = 0; n < 200; n++) {
            SetEvent(raw.request);
            WaitForSingleObject(raw.response, 1);
        }
        over = 1;
        WaitForSingleObject(thread, INFINITE);
        raw.header->operation = LOCAL_END;
        SetEvent(raw.request);
        CloseHandle(thread);
        raw_close(&raw);
    }
    return 0;
}

/* The number of another client's session, any other number, and another process' thread. */
static int thief(DWORD foreign_thread)
{
    struct raw raw;

    if (raw_connect(&raw) != ST_OK) return 2;
    for (uint32_t number = 0; number < 300; number++) {
        if (raw_send(&raw, LOCAL_CALL, number, PART_ECHO, 0) != ST_RPC_INVALID_BINDING) return 3;
        if (raw_send(&raw, LOCAL_CLOSE, number, 0, 0) != ST_OK) return 4;
    }
    if (raw_send(&raw, LOCAL_OPEN, HANDLE_SERVER, 0, 0) != ST_OK) return 5;
    raw.header->thread = foreign_thread;
    if (raw_go(&raw) != ST_ACCESS_DENIED) return 6;
    raw.header->thread = GetCurrentThreadId(); /* it impersonates nobody */
    if (raw_go(&raw) != ST_ACCESS_DENIED) return 7;
    raw.header->thread = 0;
    return raw_go(&raw) == ST_OK ? 0 : 8;
}

/* Many connections, read or not, and all the channels that it can have. */
static int flood(void)
{
    static HANDLE kept[200];
    unsigned channels = 0, refused = 0;

    for (unsigned i = 0; i < FLOOD; i++) {
        HANDLE *pipe = &kept[i % 200];

        if (i % 10 == 0) {
            struct local_hello hello;
            mpr_status status = raw_hello(&hello);

            if (status == ST_OK)
                channels++;
            else if (status == ST_RPC_SERVER_TOO_BUSY && !hello.section)
                refused++;
            else
                return 2;
            continue;
        }
        if (*pipe) CloseHandle(*pipe);
        *pipe = raw_pipe();
        if (!*pipe) return 3;
    }
    return channels <= LOCAL_CLIENT_CALLS && refused > 0 ? 0 : 4;
}

/* Comes and is gone before it can be answered. */
static int vanish(void)
{
    for (int i = 0; i < FLOOD; i++) {
        HANDLE pipe = raw_pipe();

        if (!pipe) return 2;
        CloseHandle(pipe);
    }
    return 0;
}

/* Announces four times as much as it may have, and stops there. */
static int hoarder(HANDLE told)
{
    unsigned wanted = 0, refused = 0;
    struct raw raw;

    for (int i = 0; i < 16; i++) {
        mpr_status status;

        if (raw_connect(&raw) != ST_OK) return 2;
        status = raw_send(&raw, LOCAL_CALL, 100, PART_ECHO, LOCAL_REQUEST_MAX);
        if (status == ST_PENDING)
            wanted++;
        else if (status == ST_NOT_ENOUGH_MEMORY)
            refused++;
        else
            return 3;
    }
    if (wanted != LOCAL_CLIENT_REQUESTS / LOCAL_REQUEST_MAX || refused != 16 - wanted) return 4;
    SetEvent(told);
    Sleep(120000);
    return 0;
}

/* Connects and says nothing, has a channel and says nothing, stops in the middle of a response. */
static int silent(HANDLE told)
{
    struct raw raw, third;

    raw_pipe();
    if (raw_connect(&raw) != ST_OK || raw_connect(&third) != ST_OK) return 2;
    if (raw_send(&third, LOCAL_OPEN, HANDLE_SERVER, 0, 0) != ST_OK) return 3;
    *(uint32_t *)local_octets(third.header) = 2 << 20;
    if (raw_send(&third, LOCAL_CALL, third.header->opened, PART_LONG, 4) != ST_OK) return 4;
    SetEvent(told);
    Sleep(120000);
    return 0;
}

/* ---- the honest one -------------------------------------------------------------------------- */

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

/* Its exit code, while this process goes on calling. */
static DWORD beside(const char *arguments)
{
    HANDLE process = part_start(arguments, NULL);

    do assert_int_equal(part_echo(session, 1000), ST_OK);
    while (WaitForSingleObject(process, 5) == WAIT_TIMEOUT);
    return part_wait(process);
}

static void test_garbage(void **state)
{
    (void)state;
    assert_int_equal(beside("garbage"), 0);
    part_expect_quiet(session);
}

static void test_fickle(void **state)
{
    (void)state;
    assert_int_equal(beside("fickle"), 0);
    part_expect_quiet(session);
}

static void test_thief(void **state)
{
    const struct part_counts before = part_ask_counts(session);
    char arguments[40];

    (void)state;
    _snprintf(arguments, sizeof(arguments), "thief %lu", GetCurrentThreadId());
    assert_int_equal(beside(arguments), 0);
    part_expect_quiet(session);
    /* Two of its own; this process' is still open. */
    assert_int_equal(part_ask_counts(session).closed, before.closed + 2);
    assert_int_equal(part_echo(session, 10), ST_OK);
}

static void test_flood(void **state)
{
    (void)state;
    assert_int_equal(beside("flood"), 0);
    local_carrier_end();
    session = part_open();
    part_expect_quiet(session);
}

/* The name of the pipe is there at any moment. */
static void test_vanish(void **state)
{
    HANDLE process = part_start("vanish", NULL);

    (void)state;
    do assert_true(local_router_runs());
    while (WaitForSingleObject(process, 0) == WAIT_TIMEOUT);
    assert_int_equal(part_wait(process), 0);
    part_expect_quiet(session);
}

static void test_one_that_stops(const char *arguments)
{
    HANDLE told = CreateEventA(NULL, FALSE, FALSE, "carrier told");
    HANDLE process = part_start(arguments, NULL), both[2] = {told, process};

    assert_int_equal(WaitForMultipleObjects(2, both, FALSE, 60000), WAIT_OBJECT_0);
    for (int i = 0; i < 20; i++) {
        local_carrier_end();
        session = part_open();
        assert_int_equal(part_echo(session, 1 << 20), ST_OK);
    }
    assert_int_equal(WaitForSingleObject(process, 0), WAIT_TIMEOUT);
    part_kill(process);
    CloseHandle(told);
    part_expect_quiet(session);
}

static void test_hoarder(void **state)
{
    (void)state;
    test_one_that_stops("hoarder");
}

static void test_silent(void **state)
{
    (void)state;
    test_one_that_stops("silent");
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_garbage), cmocka_unit_test(test_fickle),
        cmocka_unit_test(test_thief),   cmocka_unit_test(test_flood),
        cmocka_unit_test(test_vanish),  cmocka_unit_test(test_hoarder),
        cmocka_unit_test(test_silent),
    };
    const char *part = count > 1 ? arguments[1] : "";
    HANDLE told = OpenEventA(EVENT_MODIFY_STATE, FALSE, "carrier told");

    if (strcmp(part, "router") == 0) return part_router(arguments[2]);
    if (strcmp(part, "garbage") == 0) return garbage();
    if (strcmp(part, "fickle") == 0) return fickle();
    if (strcmp(part, "thief") == 0) return thief(strtoul(arguments[2], NULL, 10));
    if (strcmp(part, "flood") == 0) return flood();
    if (strcmp(part, "vanish") == 0) return vanish();
    if (strcmp(part, "hoarder") == 0) return hoarder(told);
    if (strcmp(part, "silent") == 0) return silent(told);
    return cmocka_run_group_tests(tests, start, stop);
}
