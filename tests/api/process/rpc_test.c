/* The router that programs share serves RPC within the machine, with no address set: to a program
 * that knows nothing of mprapi.dll (rpc_client.c, beside this one). */
#include "api/support/fixture.h"
#include "api/support/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIPE        L"\\\\.\\pipe\\mprapi.router"
#define RPC_PIPE    "\\\\.\\pipe\\ROUTER"
#define PATIENCE_MS 90000u

#define LOCAL   "ncalrpc ROUTER"
#define BY_PIPE "ncacn_np \\PIPE\\ROUTER"
static const char *const transports[] = {LOCAL, BY_PIPE};
enum { TRANSPORTS = sizeof(transports) / sizeof(*transports) };

/* ---- the programs of the API ----------------------------------------------------------------- */

/* An interface without a key holds the router that has it. */
static int make(void)
{
    const struct fixture_dialer quick = {.delay = 50};

    return fixture_dial_interface(fixture_connect(), "Known", &quick) ? 0 : 1;
}

static int unmake(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    WCHAR name[] = L"Known";
    HANDLE found = NULL;

    if (MprAdminInterfaceGetHandle(server, name, &found, FALSE) != NO_ERROR) return 1;
    return (int)MprAdminInterfaceDelete(server, found);
}

static int run_part(const char *part)
{
    fixture_registry_keep();
    return strcmp(part, "make") == 0 ? make() : unmake();
}

/* ---- the one that has only RPC --------------------------------------------------------------- */

/* token: whose it is; NULL: this process's */
static HANDLE start_client_as(HANDLE token, const char *transport, const char *rest)
{
    char path[MAX_PATH], command[2 * MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;

    GetModuleFileNameA(NULL, path, MAX_PATH);
    *strrchr(path, '\\') = 0;
    snprintf(command, sizeof(command), "\"%s\\rpc_client.exe\" %s %s", path, transport, rest);
    assert_true(CreateProcessAsUserA(token, NULL, command, NULL, NULL, FALSE, 0, NULL, NULL,
                                     &startup, &process));
    CloseHandle(process.hThread);
    return process.hProcess;
}

static HANDLE start_client(const char *transport, const char *rest)
{
    return start_client_as(NULL, transport, rest);
}

static DWORD end_of(HANDLE process)
{
    DWORD code = 0;

    assert_int_equal(WaitForSingleObject(process, PATIENCE_MS), WAIT_OBJECT_0);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
    return code;
}

static BOOL router_runs(void)
{
    return WaitNamedPipeW(PIPE, 1) || GetLastError() == ERROR_SEM_TIMEOUT;
}

static void wait_for_end_of_router(void)
{
    for (int i = 0; i < 1200 && router_runs(); i++) Sleep(50);
    assert_false(router_runs());
}

static int set_up(void **state)
{
    (void)state;
    OURS_ALONE("a router's process that programs start");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"RouterIdle", 1);
    return 0;
}

static void test_it_is_asked(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_beside("make"), NO_ERROR);
    for (int i = 0; i < TRANSPORTS; i++) {
        assert_int_equal(end_of(start_client(transports[i], "Known")), NO_ERROR);
        assert_int_equal(end_of(start_client(transports[i], "Unknown")), ERROR_NO_SUCH_INTERFACE);
    }
    assert_int_equal(fixture_run_beside("unmake"), NO_ERROR);
    wait_for_end_of_router();
}

static void expect_known_to_administrators(HANDLE weak)
{
    assert_int_equal(fixture_run_beside("make"), NO_ERROR);
    for (int i = 0; i < TRANSPORTS; i++) {
        const char *const transport = transports[i];

        assert_int_equal(end_of(start_client_as(weak, transport, "Known")), ERROR_ACCESS_DENIED);
        assert_int_equal(end_of(start_client_as(weak, transport, "Unknown")), ERROR_ACCESS_DENIED);
        assert_int_equal(end_of(start_client(transport, "Known")), NO_ERROR);
    }
    assert_int_equal(fixture_run_beside("unmake"), NO_ERROR);
    wait_for_end_of_router();
}

/* Whose process it is is known by both, so that it is nothing to them what those may who are not
 * known. */
static void test_it_looks_who_asks(void **state)
{
    HANDLE weak = rights_weak_primary();

    (void)state;
    if (!weak) skip();
    expect_known_to_administrators(weak);
    fixture_set_dword(L"Parameters", L"RpcAllowAnonymous", 1);
    expect_known_to_administrators(weak);
    fixture_set_dword(L"Parameters", L"RpcAllowAnonymous", 0);
    CloseHandle(weak);
}

/* Who calls keeps the router; that it listens does not. */
static void test_it_stays_for_who_asks(void **state)
{
    HANDLE here = CreateEventA(NULL, FALSE, FALSE, "rpc here");
    HANDLE leave = CreateEventA(NULL, TRUE, FALSE, "rpc leave");

    (void)state;
    for (int i = 0; i < TRANSPORTS; i++) {
        HANDLE client;

        ResetEvent(leave);
        assert_int_equal(fixture_run_beside("make"), NO_ERROR);
        client = start_client(transports[i], "Known \"rpc here\" \"rpc leave\"");
        assert_int_equal(WaitForSingleObject(here, PATIENCE_MS), WAIT_OBJECT_0);
        assert_int_equal(fixture_run_beside("unmake"), NO_ERROR);
        for (int looks = 0; looks < 50; looks++, Sleep(100)) assert_true(router_runs());
        SetEvent(leave);
        assert_int_equal(end_of(client), 0);
        wait_for_end_of_router();
    }
    CloseHandle(here);
    CloseHandle(leave);
}

/* As by the process of the router before, which ends. */
static void test_the_pipe_is_taken_for_a_while(void **state)
{
    HANDLE pipe =
        CreateNamedPipeA(RPC_PIPE, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 1, 64, 64, 0, NULL);

    (void)state;
    assert_ptr_not_equal(pipe, INVALID_HANDLE_VALUE);
    assert_int_equal(fixture_run_beside("make"), NO_ERROR);
    Sleep(1500);
    CloseHandle(pipe);
    for (int i = 0; i < TRANSPORTS; i++)
        assert_int_equal(end_of(start_client(transports[i], "Known")), NO_ERROR);
    assert_int_equal(fixture_run_beside("unmake"), NO_ERROR);
    wait_for_end_of_router();
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_asked),
        cmocka_unit_test(test_it_looks_who_asks),
        cmocka_unit_test(test_it_stays_for_who_asks),
        cmocka_unit_test(test_the_pipe_is_taken_for_a_while),
    };

    if (count > 1) return run_part(arguments[1]);
    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
    return cmocka_run_group_tests(tests, set_up, NULL);
}
