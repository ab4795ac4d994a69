/* One router for several programs: its process (mprsvc.exe, beside the DLL) is started by the first
 * of them, outlives it, and ends when nobody needs it. This process itself asks no router. */
#include <winsock2.h>

#include "api/support/fixture.h"
#include "support/start_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIPE L"\\\\.\\pipe\\mprapi.router"

/* ---- the programs ---------------------------------------------------------------------------- */

static HANDLE find(MPR_SERVER_HANDLE server, const WCHAR *name)
{
    HANDLE found = NULL;

    MprAdminInterfaceGetHandle(server, (WCHAR *)name, &found, FALSE);
    return found;
}

static int use(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    BYTE *info = NULL;

    if (MprAdminServerGetInfo(server, 0, &info) != NO_ERROR) return 1;
    MprAdminBufferFree(info);
    MprAdminServerDisconnect(server);
    return 0;
}

/* As that of another machine. */
static int ask_at(const char *address)
{
    MPR_SERVER_HANDLE server = NULL;
    WCHAR name[40];
    BYTE *info = NULL;

    MultiByteToWideChar(CP_UTF8, 0, address, -1, name, ARRAYSIZE(name));
    if (!MprAdminIsServiceRunning(name)) return 1;
    if (MprAdminServerConnect(name, &server) != NO_ERROR) return 2;
    if (MprAdminServerGetInfo(server, 0, &info) != NO_ERROR) return 3;
    MprAdminBufferFree(info);
    MprAdminServerDisconnect(server);
    return 0;
}

static int dial(void)
{
    const struct fixture_dialer quick = {.delay = 50};
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE branch = fixture_dial_interface(server, "Branch", &quick);

    return (int)MprAdminInterfaceConnect(server, branch, NULL, TRUE);
}

static int see(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE branch = find(server, L"Branch");

    if (!branch) return 40;
    return 50 + (int)fixture_info(server, branch).dwConnectionState;
}

static int hang_up_and_delete(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE branch = find(server, L"Branch");
    DWORD status = MprAdminInterfaceDisconnect(server, branch);

    if (status != NO_ERROR) return 1;
    fixture_wait_state(server, branch, ROUTER_IF_STATE_DISCONNECTED);
    return (int)MprAdminInterfaceDelete(server, branch);
}

static int stay(void)
{
    HANDLE leave = OpenEventA(SYNCHRONIZE, FALSE, "shared leave");

    if (use() != 0) return 1;
    return WaitForSingleObject(leave, 60000) == WAIT_OBJECT_0 ? 0 : 2;
}

/* Makes an interface of its own and waits for those of the others. */
static int meet(const char *number)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_DEDICATED};
    HANDLE made;

    _snwprintf(info.wszInterfaceName, 20, L"LAN %hs", number);
    if (MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &made) != NO_ERROR) return 1;
    for (int i = 0; i < 6; i++) {
        WCHAR name[20];
        ULONGLONG until = GetTickCount64() + 60000;

        _snwprintf(name, 20, L"LAN %d", i);
        while (!find(server, name)) {
            if (GetTickCount64() > until) return 2;
            Sleep(20);
        }
    }
    return 0;
}

static int run_part(const char *part)
{
    fixture_registry_keep();
    if (strcmp(part, "use") == 0) return use();
    if (strcmp(part, "dial") == 0) return dial();
    if (strcmp(part, "see") == 0) return see();
    if (strcmp(part, "end") == 0) return hang_up_and_delete();
    if (strcmp(part, "stay") == 0) return stay();
    if (strchr(part, ':')) return ask_at(part);
    return meet(part);
}

/* ---- what is seen ---------------------------------------------------------------------------- */

static HANDLE start_part(const char *part)
{
    HANDLE process = start_self(part, FALSE);

    assert_non_null(process);
    return process;
}

static DWORD end_of(HANDLE process)
{
    DWORD code = 0;

    assert_int_equal(WaitForSingleObject(process, 90000), WAIT_OBJECT_0);
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
    for (int i = 0; i < 600 && router_runs(); i++) Sleep(50);
    assert_false(router_runs());
}

/* Nobody is there for longer than it would stay without a reason. */
static void expect_router_stays(void)
{
    for (int i = 0; i < 40; i++) {
        assert_true(router_runs());
        Sleep(100);
    }
}

static void kill_router(void)
{
    HANDLE pipe = CreateFileW(PIPE, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), process;
    ULONG id = 0;

    assert_true(pipe != INVALID_HANDLE_VALUE);
    assert_true(GetNamedPipeServerProcessId(pipe, &id));
    CloseHandle(pipe);
    process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);
    assert_non_null(process);
    assert_true(TerminateProcess(process, 9));
    WaitForSingleObject(process, 10000);
    CloseHandle(process);
}

static int set_up(void **state)
{
    (void)state;
    OURS_ALONE("a router's process that programs start");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"RouterIdle", 1);
    return 0;
}

static void test_starts_and_ends(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_false(router_runs());
        assert_int_equal(fixture_run_beside("use"), 0);
        assert_true(router_runs());
        wait_for_end_of_router();
    }
}

static void test_stays_for_a_client(void **state)
{
    HANDLE leave = CreateEventA(NULL, TRUE, FALSE, "shared leave"), client = start_part("stay");

    (void)state;
    for (int i = 0; i < 600 && !router_runs(); i++) Sleep(50);
    expect_router_stays();
    SetEvent(leave);
    assert_int_equal(end_of(client), 0);
    wait_for_end_of_router();
    CloseHandle(leave);
}

static void test_a_link_outlives_who_dialled(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_beside("see"), 40);
    assert_int_equal(fixture_run_beside("dial"), 0);
    assert_int_equal(fixture_run_beside("see"), 50 + ROUTER_IF_STATE_CONNECTED);
    expect_router_stays();
    assert_int_equal(fixture_run_beside("see"), 50 + ROUTER_IF_STATE_CONNECTED);
    assert_int_equal(fixture_run_beside("end"), 0);
    assert_int_equal(fixture_run_beside("see"), 40);
    wait_for_end_of_router();
}

static void test_one_router_for_all(void **state)
{
    HANDLE all[6];

    (void)state;
    for (int i = 0; i < 6; i++) {
        char number[2] = {(char)('0' + i), 0};

        all[i] = start_part(number);
    }
    for (int i = 0; i < 6; i++) assert_int_equal(end_of(all[i]), 0);
    expect_router_stays(); /* for the six interfaces, which nobody else knows */
    kill_router();
    assert_false(router_runs());
    assert_int_equal(fixture_run_beside("use"), 0);
    wait_for_end_of_router();
}

/* An address of this machine that nobody has. */
static void free_address(char *ret, size_t size)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int length = sizeof(at);
    WSADATA data;
    SOCKET s;

    assert_int_equal(WSAStartup(MAKEWORD(2, 2), &data), 0);
    s = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(s, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(getsockname(s, (struct sockaddr *)&at, &length), 0);
    closesocket(s);
    snprintf(ret, size, "127.0.0.1:%u", ntohs(at.sin_port));
}

/* While an address is served, the router stays: nobody knows who will come. */
static void test_by_rpc(void **state)
{
    char address[40];
    WCHAR text[40];

    (void)state;
    free_address(address, sizeof(address));
    MultiByteToWideChar(CP_UTF8, 0, address, -1, text, ARRAYSIZE(text));
    fixture_set_dword(L"Parameters", L"RpcAllowAnonymous", 1);
    assert_int_equal(fixture_run_beside(address), 1);
    fixture_set_text(L"Parameters", L"RpcAddress", text);
    assert_int_equal(fixture_run_beside("use"), 0);
    expect_router_stays();
    assert_int_equal(fixture_run_beside(address), 0);
    fixture_set_dword(L"Parameters", L"RpcAllowAnonymous", 0);
    assert_int_equal(fixture_run_beside(address), 1);
    kill_router();
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_starts_and_ends),
        cmocka_unit_test(test_stays_for_a_client),
        cmocka_unit_test(test_a_link_outlives_who_dialled),
        cmocka_unit_test(test_one_router_for_all),
        cmocka_unit_test(test_by_rpc),
    };

    if (count > 1) return run_part(arguments[1]);
    SetEnvironmentVariableW(L"MPRAPI_ROUTER", L"shared");
    return cmocka_run_group_tests(tests, set_up, NULL);
}
