#include "win32/carrier/parts.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "support/start_process.h"

/* ---- processes ------------------------------------------------------------------------------- */

HANDLE part_start(const char *arguments, HANDLE token)
{
    char command[MAX_PATH + 64], path[MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process = {.hProcess = NULL};

    if (!token) {
        process.hProcess = start_self(arguments, FALSE);
        if (!process.hProcess) fail_msg("CreateProcess: error %lu", GetLastError());
        return process.hProcess;
    }
    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" %s", path, arguments);
    if (!CreateProcessAsUserA(token, NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup,
                              &process))
        fail_msg("CreateProcessAsUser: error %lu", GetLastError());
    CloseHandle(process.hThread);
    return process.hProcess;
}

DWORD part_wait(HANDLE process)
{
    DWORD code = 0;

    if (WaitForSingleObject(process, 120000) != WAIT_OBJECT_0) TerminateProcess(process, 99);
    WaitForSingleObject(process, 10000);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
    return code;
}

void part_kill(HANDLE process)
{
    TerminateProcess(process, 7);
    WaitForSingleObject(process, 10000);
    CloseHandle(process);
}

HANDLE part_start_router(void)
{
    HANDLE process = part_start("router", NULL);

    WAIT_UNTIL(local_router_runs(), 60000);
    return process;
}

int part_router(const char *event)
{
    HANDLE stop = event ? OpenEventA(SYNCHRONIZE, FALSE, event) : CreateEventA(NULL, 1, 0, NULL);
    mpr_status status = local_listen(&part_handler, NULL);

    if (status != ST_OK) return status == ST_ALREADY_EXISTS ? 3 : 4;
    /* A test that was stopped leaves no router behind. */
    WaitForSingleObject(stop, 300000);
    local_unlisten();
    return 0;
}

/* ---- calls ----------------------------------------------------------------------------------- */

uint32_t part_open(void)
{
    struct carrier *c = local_carrier();
    uint32_t session = 0;

    assert_int_equal(c->table->open(c, HANDLE_SERVER, &session), ST_OK);
    assert_int_not_equal(session, 0);
    return session;
}

mpr_status part_ask(uint32_t session, enum part_method method, uint32_t value, uint32_t *ret)
{
    struct carrier *c = local_carrier();
    struct carrier_octets response = {(uint8_t *)1, 1};
    mpr_status status =
        c->table->call(c, session, method, (const uint8_t *)&value, sizeof(value), &response, NULL);

    *ret = 0;
    if (status != ST_OK) return response.data || response.size ? ST_INVALID_DATA : status;
    if (response.size == sizeof(*ret))
        memcpy(ret, response.data, sizeof(*ret));
    else
        status = ST_INVALID_DATA;
    mem_free(response.data);
    return status;
}

uint32_t part_router_id(uint32_t session)
{
    struct carrier *c = local_carrier();
    struct carrier_octets response;
    struct carrier_router router = {0};
    const uint8_t octets[4] = {0};
    uint32_t id = 0;

    if (c->table->call(c, session, PART_ECHO, octets, 4, &response, &router) != ST_OK) return 0;
    if (router.id && router.process) id = GetProcessId(router.process);
    CloseHandle(router.process);
    mem_free(response.data);
    return id;
}

void part_fill(uint8_t *data, size_t size, uint32_t seed)
{
    for (size_t i = 0; i < size; i++) data[i] = (uint8_t)((seed + i) * 2654435761u >> 13);
}

mpr_status part_echo(uint32_t session, size_t size)
{
    struct carrier *c = local_carrier();
    struct carrier_octets response;
    uint8_t *data = mem_alloc(size);
    mpr_status status;

    if (!data) return ST_NOT_ENOUGH_MEMORY;
    part_fill(data, size, (uint32_t)size);
    status = c->table->call(c, session, PART_ECHO, data, size, &response, NULL);
    if (status == ST_OK && (response.size != size || memcmp(response.data, data, size) != 0))
        status = ST_INVALID_DATA;
    mem_free(response.data);
    mem_free(data);
    return status;
}

struct part_counts part_ask_counts(uint32_t session)
{
    struct carrier *c = local_carrier();
    struct carrier_octets response;
    struct part_counts found;
    uint32_t none = 0;

    assert_int_equal(c->table->call(c, session, PART_COUNTS, (const uint8_t *)&none, sizeof(none),
                                    &response, NULL),
                     ST_OK);
    assert_int_equal(response.size, sizeof(found));
    memcpy(&found, response.data, sizeof(found));
    mem_free(response.data);
    return found;
}

void part_expect_quiet(uint32_t session)
{
    struct part_counts now = {0};

    for (int i = 0; i < 2000; i++) {
        now = part_ask_counts(session);
        if (now.begun - now.ended == 1 && now.running == 1) break;
        Sleep(10);
    }
    assert_int_equal(now.begun - now.ended, 1);
    assert_int_equal(now.running, 1); /* the question itself */
    assert_int_equal(now.faults, 0);
}

void part_mark(bool begin, const char *name)
{
    WCHAR path[200];
    HKEY key;

    _snwprintf(path, 200, L"mark-%hs %hs", begin ? "begin" : "end", name);
    if (RegOpenKeyExW(HKEY_CURRENT_USER, path, 0, KEY_READ, &key) == ERROR_SUCCESS)
        RegCloseKey(key);
}

void part_threads(unsigned count, LPTHREAD_START_ROUTINE routine, void *parameter)
{
    HANDLE threads[128];

    assert_true(count <= 128);
    for (unsigned i = 0; i < count; i++) {
        threads[i] = CreateThread(NULL, 256 << 10, routine, parameter,
                                  STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
        assert_non_null(threads[i]);
    }
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(WaitForSingleObject(threads[i], 120000), WAIT_OBJECT_0);
        CloseHandle(threads[i]);
    }
}

uint32_t part_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}
