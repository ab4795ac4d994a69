/* A router that is reached by RPC, for methods.py, hostile.py and tests/interop.
 *
 *     router ADDRESS PORT FOLDER
 *         listens at that address and on this machine's endpoints; writes FOLDER/local.json (what
 *         the API answers in this process), tcp.json, local-rpc.json and pipe-rpc.json (what it
 *         answers another process that manages this one by RPC), then FOLDER/ready; ends when
 *         FOLDER/stop is there
 *     router client NAME FILE
 *         the other process
 *
 * 0: all is well, and nothing is left of the clients. */
#include "sweep/scene.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "api/serve/serve_rpc.h"
#include "serve/rpc/answers.h"
#include "win32/carrier/rpc.h"
#include "support/start_process.h"

#define LONGEST_MS 240000u

static FILE *open_file(const char *folder, const char *name)
{
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return fopen(path, "wb");
}

static bool is_file(const char *folder, const char *name)
{
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

/* ---- the other process ----------------------------------------------------------------------- */

static DWORD refused(MPR_SERVER_HANDLE server)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL), found = NULL;
    WCHAR name[] = L"Swept";
    DWORD status = MprAdminInterfaceGetHandle(server, name, &found, FALSE);

    if (status == NO_ERROR) status = MprAdminInterfaceConnect(server, found, event, FALSE);
    if (status != ERROR_INVALID_PARAMETER) return 50;
    status = MprAdminInterfaceUpdateRoutes(server, found, PID_IP, event);
    if (status != ERROR_INVALID_PARAMETER) return 51;
    status = MprAdminRegisterConnectionNotification(server, event);
    if (status != ERROR_INVALID_PARAMETER) return 52;
    status = MprAdminDeregisterConnectionNotification(server, event);
    return status == ERROR_INVALID_PARAMETER ? 0 : 53;
}

/* The router signals events of a process that it knows. */
static DWORD promised(MPR_SERVER_HANDLE server)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    DWORD status = MprAdminRegisterConnectionNotification(server, event);

    return status == NO_ERROR ? MprAdminDeregisterConnectionNotification(server, event) : status;
}

static bool is_this_machine(const char *name)
{
    return strncmp(name, "ncalrpc:", 8) == 0 || strncmp(name, "ncacn_np:", 9) == 0;
}

static int be_client(const char *name, const char *file)
{
    WCHAR wide[64];
    MPR_SERVER_HANDLE server = NULL;
    MIB_SERVER_HANDLE mib = NULL;
    BOOL initialized = FALSE;
    DWORD status;
    FILE *f;

    MultiByteToWideChar(CP_ACP, 0, name, -1, wide, 64);
    if (!MprAdminIsServiceRunning(wide)) return 41;
    if (MprAdminIsServiceInitialized(wide, &initialized) || !initialized) return 42;
    status = MprAdminServerConnect(wide, &server);
    if (status == NO_ERROR) status = MprAdminMIBServerConnect(wide, &mib);
    if (status != NO_ERROR) return (int)status;
    f = fopen(file, "wb");
    if (!f) return 43;
    answers_print(f, server, mib);
    fclose(f);
    status = is_this_machine(name) ? promised(server) : refused(server);
    MprAdminMIBServerDisconnect(mib);
    MprAdminServerDisconnect(server);
    return (int)status;
}

/* Its exit code. */
static DWORD run_client(const char *name, const char *folder, const char *file)
{
    char arguments[2 * MAX_PATH];
    DWORD code = 99;
    HANDLE process;

    snprintf(arguments, sizeof(arguments), "client %s %s/%s", name, folder, file);
    process = start_self(arguments, FALSE);
    if (!process) return 98;
    if (WaitForSingleObject(process, 60000) == WAIT_TIMEOUT) TerminateProcess(process, 97);
    await_end(process, 5000, &code);
    return code;
}

/* ---- the router ------------------------------------------------------------------------------ */

/* Other machines are expected to listen at the same port. */
static void say_where(const char *address, const char *port)
{
    WCHAR both[32];

    _snwprintf(both, 32, L"%hs:%hs", address, port);
    fixture_set_text(L"Parameters", L"RpcAddress", both);
    fixture_set_dword(L"Parameters", L"RpcPort", strtoul(port, NULL, 10));
    fixture_set_dword(L"Parameters", L"RpcAllowAnonymous", 1);
}

static void write_local(const char *folder)
{
    FILE *f = open_file(folder, "local.json");
    MIB_SERVER_HANDLE mib;

    assert_non_null(f);
    assert_int_equal(MprAdminMIBServerConnect(NULL, &mib), NO_ERROR);
    answers_print(f, scene_server, mib);
    MprAdminMIBServerDisconnect(mib);
    fclose(f);
}

static void be_router(const char *address, const char *port, const char *folder)
{
    char name[64];

    scene_begin(25270);
    say_where(address, port);
    scene_connected();
    assert_int_equal(serve_rpc_listen(), NO_ERROR);
    write_local(folder);
    snprintf(name, sizeof(name), "%s:%s", address, port);
    assert_int_equal(run_client(name, folder, "tcp.json"), 0);
    assert_int_equal(run_client("ncalrpc:[ROUTER]", folder, "local-rpc.json"), 0);
    assert_int_equal(run_client("ncacn_np:[\\PIPE\\ROUTER]", folder, "pipe-rpc.json"), 0);
    fclose(open_file(folder, "ready"));
    for (DWORD waited = 0; waited < LONGEST_MS && !is_file(folder, "stop"); waited += 20) Sleep(20);
    serve_rpc_unlisten();
    assert_int_equal(rpc_client_count(), 0);
}

static char **arguments;

static void test_router(void **state)
{
    (void)state;
    be_router(arguments[1], arguments[2], arguments[3]);
}

int main(int count, char **given)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_router)};

    arguments = given;
    if (count == 4 && strcmp(given[1], "client") == 0) return be_client(given[2], given[3]);
    if (count != 4) return 2;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
