/* Which router a program works with: where nobody has said it, the one that programs share if that
 * runs, else one of its own. The programs here are this one again; the first line of their log, and
 * whether they see an interface that only the shared router has, tell which it was. */
#include "api/support/fixture.h"
#include "support/start_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIPE        L"\\\\.\\pipe\\mprapi.router"
#define PARAMETERS  L"Parameters"
#define PATIENCE_MS 60000u

#define SEES_SHARED 10
#define SEES_OWN    11

/* ---- the programs ---------------------------------------------------------------------------- */

static int look(MPR_SERVER_HANDLE server)
{
    WCHAR name[] = L"Meeting place";
    HANDLE found;

    return MprAdminInterfaceGetHandle(server, name, &found, FALSE) == NO_ERROR ? SEES_SHARED
                                                                               : SEES_OWN;
}

/* An interface without a key holds the router that has it. */
static int make(void)
{
    MPR_INTERFACE_0 info = {.wszInterfaceName = L"Meeting place",
                            .fEnabled = TRUE,
                            .dwIfType = ROUTER_IF_TYPE_DEDICATED};
    HANDLE made;

    return (int)MprAdminInterfaceCreate(fixture_connect(), 0, (BYTE *)&info, &made);
}

static int use(void)
{
    MPR_SERVER_HANDLE server = NULL;
    BYTE *info = NULL;

    if (!MprAdminIsServiceRunning(NULL)) return 1;
    if (MprAdminServerConnect(NULL, &server) != NO_ERROR) return 2;
    if (MprAdminServerGetInfo(server, 0, &info) != NO_ERROR) return 3;
    MprAdminBufferFree(info);
    MprAdminServerDisconnect(server);
    return 0;
}

static BOOL signal_and_wait(void)
{
    HANDLE here = OpenEventA(EVENT_MODIFY_STATE, FALSE, "choice here");
    HANDLE on = OpenEventA(SYNCHRONIZE, FALSE, "choice on");

    return SetEvent(here) && WaitForSingleObject(on, PATIENCE_MS) == WAIT_OBJECT_0;
}

/* Looks again when the parent has changed the world; also through a handle of that time. */
static int look_later(void)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    int before, after;
    BYTE *info = NULL;

    look(server);
    if (!signal_and_wait()) return 1;
    if (MprAdminServerGetInfo(server, 0, &info) != NO_ERROR) return 2;
    MprAdminBufferFree(info);
    before = look(server);
    MprAdminServerDisconnect(server);
    after = look(fixture_connect());
    return before == after ? after : 3;
}

static int run_part(const char *part)
{
    fixture_registry_keep();
    if (strcmp(part, "make") == 0) return make();
    if (strcmp(part, "look") == 0) return look(fixture_connect());
    if (strcmp(part, "later") == 0) return look_later();
    return use();
}

/* ---- what is seen ---------------------------------------------------------------------------- */

/* Not of a router's process, which would inherit it: that is started without. */
static char log_path[MAX_PATH], log_text[65536];

static void expect_first_line(const char *part)
{
    FILE *file = fopen(log_path, "rb");
    size_t size = file ? fread(log_text, 1, sizeof(log_text) - 1, file) : 0;

    if (file) fclose(file);
    log_text[size] = 0;
    log_text[strcspn(log_text, "\r\n")] = 0;
    if (!strstr(log_text, part)) print_error("no \"%s\" in \"%s\"\n", part, log_text);
    assert_non_null(strstr(log_text, part));
}

static DWORD run_with(const char *part, const char *router)
{
    DWORD code;

    SetEnvironmentVariableA("MPRAPI_ROUTER", router);
    code = fixture_run_beside(part);
    SetEnvironmentVariableA("MPRAPI_ROUTER", NULL);
    return code;
}

static DWORD run_logged(const char *part, const char *router)
{
    DWORD code;

    remove(log_path);
    SetEnvironmentVariableA("MPRAPI_LOG", log_path);
    code = run_with(part, router);
    SetEnvironmentVariableA("MPRAPI_LOG", NULL);
    return code;
}

static BOOL router_runs(void)
{
    return WaitNamedPipeW(PIPE, 1) || GetLastError() == ERROR_SEM_TIMEOUT;
}

static void start_router(void)
{
    assert_int_equal(run_with("make", "shared"), NO_ERROR);
    assert_true(router_runs());
}

static void end_router(void)
{
    HANDLE pipe = CreateFileW(PIPE, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), process;
    ULONG id = 0;

    if (pipe == INVALID_HANDLE_VALUE) return;
    assert_true(GetNamedPipeServerProcessId(pipe, &id));
    CloseHandle(pipe);
    process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);
    assert_non_null(process);
    assert_true(TerminateProcess(process, 9));
    assert_int_equal(WaitForSingleObject(process, PATIENCE_MS), WAIT_OBJECT_0);
    CloseHandle(process);
}

static int set_up(void **state)
{
    (void)state;
    OURS_ALONE("a router's process that programs start");
    SetEnvironmentVariableW(L"MPRAPI_ROUTER", NULL);
    assert_int_not_equal(GetTempPathA(sizeof(log_path) - 20, log_path), 0);
    strcat(log_path, "choice.log");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(PARAMETERS, L"RouterIdle", 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    end_router();
    fixture_delete_value(PARAMETERS, L"Router");
    return 0;
}

static void test_none_runs(void **state)
{
    (void)state;
    assert_false(router_runs());
    assert_int_equal(run_logged("look", NULL), SEES_OWN);
    expect_first_line("router: one in this process (nothing else was asked for, and none that "
                      "programs share runs)");
    assert_false(router_runs());
}

static void test_one_runs(void **state)
{
    (void)state;
    start_router();
    assert_int_equal(run_logged("look", NULL), SEES_SHARED);
    expect_first_line("router: the one that programs share (it runs, and nothing else was asked "
                      "for)");
}

static void test_who_asks_gets(void **state)
{
    (void)state;
    start_router();
    assert_int_equal(run_logged("look", "process"), SEES_OWN);
    expect_first_line("router: one in this process (MPRAPI_ROUTER)");
    fixture_set_text(PARAMETERS, L"Router", L"process");
    assert_int_equal(run_logged("look", NULL), SEES_OWN);
    expect_first_line("router: one in this process (Parameters\\Router)");
    assert_int_equal(run_logged("look", "shared"), SEES_SHARED);
    fixture_set_text(PARAMETERS, L"Router", L"shared");
    assert_int_equal(run_logged("look", NULL), SEES_SHARED);
    expect_first_line("router: the one that programs share (Parameters\\Router)");
    assert_int_equal(run_logged("look", "process"), SEES_OWN);
}

/* What a program has chosen stays, whatever starts and ends meanwhile. */
struct later {
    HANDLE here, on, process;
};

static void begin_later(struct later *l)
{
    l->here = CreateEventA(NULL, TRUE, FALSE, "choice here");
    l->on = CreateEventA(NULL, TRUE, FALSE, "choice on");
    l->process = start_self("later", FALSE);
    assert_non_null(l->process);
    assert_int_equal(WaitForSingleObject(l->here, PATIENCE_MS), WAIT_OBJECT_0);
}

static DWORD end_later(struct later *l)
{
    DWORD code = 0;

    SetEvent(l->on);
    assert_int_equal(WaitForSingleObject(l->process, PATIENCE_MS), WAIT_OBJECT_0);
    assert_true(GetExitCodeProcess(l->process, &code));
    CloseHandle(l->process);
    CloseHandle(l->here);
    CloseHandle(l->on);
    return code;
}

static void test_own_one_stays(void **state)
{
    struct later l;

    (void)state;
    begin_later(&l);
    start_router();
    assert_int_equal(end_later(&l), SEES_OWN);
}

/* It holds the router; and when that dies all the same, its calls go to the next one. */
static void test_shared_one_stays(void **state)
{
    struct later l;

    (void)state;
    start_router();
    begin_later(&l);
    end_router();
    start_router();
    assert_int_equal(end_later(&l), SEES_SHARED);
}

static void test_next_one_is_started(void **state)
{
    struct later l;

    (void)state;
    start_router();
    begin_later(&l);
    end_router();
    assert_false(router_runs());
    assert_int_equal(end_later(&l), SEES_OWN); /* without the interface that went with the first */
    assert_true(router_runs());
}

/* Whichever it finds, it works. */
static void test_one_that_ends(void **state)
{
    (void)state;
    for (DWORD i = 0; i < 12; i++) {
        assert_int_equal(run_with("use", "shared"), 0);
        Sleep(600 + 100 * i);
        assert_int_equal(run_with("use", NULL), 0);
        for (int tries = 0; router_runs() && tries < 600; tries++) Sleep(20);
    }
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_none_runs, tear_down),
        cmocka_unit_test_teardown(test_one_runs, tear_down),
        cmocka_unit_test_teardown(test_who_asks_gets, tear_down),
        cmocka_unit_test_teardown(test_own_one_stays, tear_down),
        cmocka_unit_test_teardown(test_shared_one_stays, tear_down),
        cmocka_unit_test_teardown(test_next_one_is_started, tear_down),
        cmocka_unit_test_teardown(test_one_that_ends, tear_down),
    };

    if (count > 1) return run_part(arguments[1]);
    return cmocka_run_group_tests(tests, set_up, NULL);
}
