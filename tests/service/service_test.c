/* The service RemoteAccess: what the system says of it is what the router does, and the system's
 * controls reach the router. This process asks the router itself, as its one client. */
#include "api/support/fixture.h"
#include "support/start_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVICE L"RemoteAccess"
#define ROOT    L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess"

static SC_HANDLE manager, service;

/* ---- programs -------------------------------------------------------------------------------- */

/* mprsvc.exe lies beside the test. */
static DWORD run_mprsvc(const char *argument)
{
    char path[MAX_PATH], *last;
    DWORD code = 99;
    HANDLE process;

    GetModuleFileNameA(NULL, path, MAX_PATH);
    last = strrchr(path, '\\');
    strcpy(last + 1, "mprsvc.exe");
    process = start_program(path, argument, FALSE);
    assert_non_null(process);
    assert_true(await_end(process, 90000, &code));
    return code;
}

/* The router's process, to wait for; NULL: none listens. */
static HANDLE open_router(DWORD access)
{
    HANDLE pipe =
        CreateFileW(L"\\\\.\\pipe\\mprapi.router", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    HANDLE process;
    ULONG id = 0;

    if (pipe == INVALID_HANDLE_VALUE) return NULL;
    assert_true(GetNamedPipeServerProcessId(pipe, &id));
    CloseHandle(pipe);
    process = OpenProcess(access | SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
    assert_non_null(process);
    return process;
}

static DWORD end_of(HANDLE process, BOOL(WINAPI *code_of)(HANDLE, DWORD *))
{
    DWORD code = 99;

    assert_int_equal(WaitForSingleObject(process, 30000), WAIT_OBJECT_0);
    assert_true(code_of(process, &code));
    CloseHandle(process);
    return code;
}

/* ---- the service ----------------------------------------------------------------------------- */

static SERVICE_STATUS_PROCESS query(void)
{
    SERVICE_STATUS_PROCESS status;
    DWORD size;

    assert_true(QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status,
                                     sizeof(status), &size));
    return status;
}

static void wait_for_state(DWORD state)
{
    for (int i = 0; i < 600 && query().dwCurrentState != state; i++) Sleep(50);
    assert_int_equal(query().dwCurrentState, state);
}

static void control(DWORD code, DWORD state)
{
    SERVICE_STATUS status;

    assert_true(ControlService(service, code, &status));
    wait_for_state(state);
}

static void start(void)
{
    assert_true(StartServiceW(service, 0, NULL));
    wait_for_state(SERVICE_RUNNING);
}

static DWORD ask(MPR_SERVER_HANDLE server)
{
    BYTE *info = NULL;
    DWORD status = MprAdminServerGetInfo(server, 0, &info);

    if (status == NO_ERROR) MprAdminBufferFree(info);
    return status;
}

static HANDLE find(MPR_SERVER_HANDLE server, const WCHAR *name)
{
    HANDLE found = NULL;

    MprAdminInterfaceGetHandle(server, (WCHAR *)name, &found, FALSE);
    return found;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    OURS_ALONE("the service behind a router of our own");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"RouterIdle", 2);
    assert_int_equal(run_mprsvc("--register"), 0);
    manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    assert_non_null(manager);
    service = OpenServiceW(manager, SERVICE, SERVICE_ALL_ACCESS);
    assert_non_null(service);
    return 0;
}

/* Nobody has started it; it is no loop that does. */
static void the_first_call_starts_it(void **state)
{
    MPR_SERVER_HANDLE server;

    (void)state;
    assert_int_equal(query().dwCurrentState, SERVICE_STOPPED);
    assert_null(open_router(0));
    server = fixture_connect();
    assert_int_equal(ask(server), NO_ERROR);
    wait_for_state(SERVICE_RUNNING);
    assert_true(query().dwProcessId != 0);
    assert_true(MprAdminIsServiceRunning(NULL));
    MprAdminServerDisconnect(server);
}

static void pausing_pauses(void **state)
{
    const struct fixture_dialer quick = {.delay = 50};
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE branch = fixture_dial_interface(server, "Paused", &quick);

    (void)state;
    control(SERVICE_CONTROL_PAUSE, SERVICE_PAUSED);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE), ERROR_SERVICE_IS_PAUSED);
    assert_true(MprAdminIsServiceRunning(NULL));
    control(SERVICE_CONTROL_CONTINUE, SERVICE_RUNNING);
    assert_int_equal(MprAdminInterfaceConnect(server, branch, NULL, TRUE), NO_ERROR);
    MprAdminServerDisconnect(server);
}

static DWORD WINAPI dial_long(void *branch)
{
    return MprAdminInterfaceConnect(fixture_connect(), branch, NULL, TRUE);
}

/* With a link that is up, and a call that waits for another one. */
static void stopping_ends_it_in_order(void **state)
{
    const struct fixture_dialer slow = {.delay = 300000};
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE waiting = fixture_dial_interface(server, "Slow", &slow), router = open_router(0);
    HANDLE thread = CreateThread(NULL, 0, dial_long, waiting, 0, NULL);
    MPR_INTERFACE_0 up = fixture_info(server, find(server, L"Paused"));

    (void)state;
    assert_int_equal(up.dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    fixture_wait_state(server, waiting, ROUTER_IF_STATE_CONNECTING);
    control(SERVICE_CONTROL_STOP, SERVICE_STOPPED);
    assert_int_equal(query().dwWin32ExitCode, NO_ERROR);
    assert_int_equal(end_of(router, GetExitCodeProcess), 0);
    assert_int_equal(end_of(thread, GetExitCodeThread), ERROR_INTERFACE_DISCONNECTED);
    assert_null(open_router(0));
}

/* Calls do not start it again. */
static void stopped_is_stopped(void **state)
{
    MPR_SERVER_HANDLE server = NULL;

    (void)state;
    assert_false(MprAdminIsServiceRunning(NULL));
    if (MprAdminServerConnect(NULL, &server) == NO_ERROR)
        assert_int_equal(ask(server), RPC_SERVER_UNAVAILABLE);
    assert_null(open_router(0));
    assert_int_equal(query().dwCurrentState, SERVICE_STOPPED);
}

/* Longer than RouterIdle lets a router stay that nobody has started. */
static void started_it_stays(void **state)
{
    HANDLE router;

    (void)state;
    start();
    assert_true(MprAdminIsServiceRunning(NULL));
    router = open_router(0);
    assert_non_null(router);
    assert_int_equal(WaitForSingleObject(router, 5000), WAIT_TIMEOUT);
    CloseHandle(router);
    assert_int_equal(query().dwCurrentState, SERVICE_RUNNING);
    control(SERVICE_CONTROL_STOP, SERVICE_STOPPED);
}

static void store_interface(const WCHAR *name)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_DEDICATED};
    HANDLE config, stored;

    wcscpy(info.wszInterfaceName, name);
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored), NO_ERROR);
    MprConfigServerDisconnect(config);
}

static void a_new_start_finds_what_is_stored(void **state)
{
    MPR_SERVER_HANDLE server;

    (void)state;
    store_interface(L"Stored");
    start();
    server = fixture_connect();
    assert_non_null(find(server, L"Stored"));
    assert_null(find(server, L"Paused")); /* nobody has stored it */
    MprAdminServerDisconnect(server);
}

static void a_killed_router_is_seen(void **state)
{
    HANDLE router = open_router(PROCESS_TERMINATE);

    (void)state;
    assert_int_equal(query().dwCurrentState, SERVICE_RUNNING);
    assert_true(TerminateProcess(router, 9));
    CloseHandle(router);
    wait_for_state(SERVICE_STOPPED);
    assert_int_equal(query().dwWin32ExitCode, ERROR_PROCESS_ABORTED);
}

static int use(void)
{
    fixture_registry_keep();
    return (int)ask(fixture_connect());
}

/* On demand, and then nobody needs it: the program that did is another one, since this one stays.
 */
static void it_ends_with_the_need(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_self("use"), 0);
    wait_for_state(SERVICE_RUNNING);
    wait_for_state(SERVICE_STOPPED);
    Sleep(3000);
    assert_int_equal(query().dwCurrentState, SERVICE_STOPPED);
    assert_null(open_router(0));
}

static void stop_without_the_service(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_self("use"), 0);
    wait_for_state(SERVICE_RUNNING);
    assert_int_equal(run_mprsvc("--stop"), 0);
    wait_for_state(SERVICE_STOPPED);
    assert_null(open_router(0));
    assert_int_equal(run_mprsvc("--stop"), 0);
    assert_int_equal(run_mprsvc(""), 5); /* stopped is stopped */
    start();
}

/* The configuration is the administrator's and stays. */
static void unregistering_takes_back_what_is_ours(void **state)
{
    static const WCHAR *const ours[] = {L"ImagePath", L"DisplayName", L"ObjectName",
                                        L"Type",      L"Start",       L"ErrorControl"};
    WCHAR text[16];
    DWORD size = sizeof(text), value, value_size = sizeof(value);

    (void)state;
    assert_int_equal(RegGetValueW(HKEY_LOCAL_MACHINE, ROOT L"\\Parameters", L"Router",
                                  RRF_RT_REG_SZ, NULL, text, &size),
                     NO_ERROR);
    assert_int_equal(wcscmp(text, L"shared"), 0);
    assert_int_equal(run_mprsvc("--unregister"), 0);
    wait_for_state(SERVICE_STOPPED);
    for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
        assert_int_equal(
            RegGetValueW(HKEY_LOCAL_MACHINE, ROOT, ours[i], RRF_RT_ANY, NULL, NULL, NULL),
            ERROR_FILE_NOT_FOUND);
    assert_int_equal(RegGetValueW(HKEY_LOCAL_MACHINE, ROOT L"\\Parameters", L"Router", RRF_RT_ANY,
                                  NULL, NULL, NULL),
                     ERROR_FILE_NOT_FOUND);
    assert_int_equal(RegGetValueW(HKEY_LOCAL_MACHINE, ROOT L"\\Parameters", L"RouterType",
                                  RRF_RT_REG_DWORD, NULL, &value, &value_size),
                     NO_ERROR);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_call_starts_it),
        cmocka_unit_test(pausing_pauses),
        cmocka_unit_test(stopping_ends_it_in_order),
        cmocka_unit_test(stopped_is_stopped),
        cmocka_unit_test(started_it_stays),
        cmocka_unit_test(a_new_start_finds_what_is_stored),
        cmocka_unit_test(a_killed_router_is_seen),
        cmocka_unit_test(it_ends_with_the_need),
        cmocka_unit_test(stop_without_the_service),
        cmocka_unit_test(unregistering_takes_back_what_is_ours),
    };

    if (count > 1 && strcmp(arguments[1], "use") == 0) {
        SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
        return use();
    }
    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
    return cmocka_run_group_tests(tests, set_up, NULL);
}
