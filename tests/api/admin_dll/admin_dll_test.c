/* RAS administration DLLs. A router has its DLLs from its start to its end, so each case is a
 * process of its own: this program, run with the name of the case. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "api/admin_dll/calls.h"

static struct testadmin_calls *calls;
static MPR_SERVER_HANDLE server;
static HANDLE branch;

static void start_with(const WCHAR *list)
{
    const struct fixture_dialer dialer = {.address = L"10.1.0.1"};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"CallTimeout", 3000);
    fixture_admin_dlls(list);
    calls = testadmin_calls_open();
    server = fixture_connect();
    branch = fixture_dial_interface(server, "Branch", &dialer);
}

static DWORD dial(void)
{
    return MprAdminInterfaceConnect(server, branch, NULL, TRUE);
}

/* Notifications come on the DLLs' thread. */
static void wait_for(const LONG *counter, LONG value)
{
    for (int n = 0; n < 1000 && *(volatile const LONG *)counter != value; n++) Sleep(10);
    assert_int_equal(*(volatile const LONG *)counter, value);
}

/* The state is that of one connection after another, on any form. */
static void accepts_of(const WCHAR *dll, LONG dlls, LONG initialized)
{
    RAS_CONNECTION_0 *all = NULL;
    DWORD read = 0, total = 0;

    start_with(dll);
    for (LONG round = 1; round <= 2; round++) {
        assert_int_equal(dial(), NO_ERROR);
        assert_int_equal(calls->initialized, initialized);
        assert_int_equal(calls->connections, round * dlls);
        assert_int_equal(calls->links, round * dlls);
        assert_int_equal(wcscmp(calls->interface_name, L"Branch"), 0);
        assert_int_equal(calls->flags, RAS_FLAGS_PPP_CONNECTION);
        assert_true(calls->port_name[0] != 0);
        assert_int_equal(
            MprAdminConnectionEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL),
            NO_ERROR);
        assert_int_equal(read, 1);
        assert_int_equal((DWORD)(ULONG_PTR)all->hConnection, calls->connection);
        MprAdminBufferFree(all);
        assert_int_equal(MprAdminInterfaceDisconnect(server, branch), NO_ERROR);
        wait_for(&calls->link_hang_ups, round * dlls);
        wait_for(&calls->connection_hang_ups, round * dlls);
    }
    assert_int_equal(calls->terminated, 0);
}

static void accepts(const WCHAR *dll, LONG dlls)
{
    accepts_of(dll, dlls, dlls);
}

/* What there is not to be called is not missed. */
static void without_initialization(void)
{
    accepts_of(L"testadmin_bare.dll", 1, 0);
}

static void plain(void)
{
    accepts(L"testadmin_1.dll", 1);
}

static void form_3(void)
{
    accepts(L"testadmin_3.dll", 1);
}

static void table(void)
{
    accepts(L"testadmin_ex.dll", 1);
}

static void list(void)
{
    accepts(L"testadmin_1.dll; testadmin_3.dll;;testadmin_ex.dll;", 3);
}

static void no_dll(void)
{
    start_with(L"");
    assert_int_equal(dial(), NO_ERROR);
}

static void assert_down(DWORD last_error)
{
    MPR_INTERFACE_0 info = fixture_info(server, branch);
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = 7, total = 7;

    assert_int_equal(info.dwConnectionState, ROUTER_IF_STATE_UNREACHABLE);
    assert_int_equal(info.fUnReachabilityReasons, MPR_INTERFACE_CONNECTION_FAILURE);
    assert_int_equal(info.dwLastError, last_error);
    assert_int_equal(MprAdminConnectionEnum(server, 0, &buffer, (DWORD)-1, &read, &total, NULL),
                     NO_ERROR);
    assert_null(buffer);
    assert_int_equal(read | total, 0);
}

static void refuses_connection(void)
{
    SetEnvironmentVariableA("TESTADMIN_CONNECTION", "1");
    start_with(L"testadmin_ex.dll;testadmin_1.dll");
    assert_int_equal(dial(), ERROR_INTERFACE_DISCONNECTED);
    assert_down(ERROR_INTERFACE_DISCONNECTED);
    assert_int_equal(calls->connections, 1); /* the second one was not asked any more */
    assert_int_equal(calls->links, 0);
    wait_for(&calls->connection_hang_ups, 1);
    assert_int_equal(calls->link_hang_ups, 0);
}

static void refuses_link(void)
{
    SetEnvironmentVariableA("TESTADMIN_LINK", "1");
    start_with(L"testadmin_3.dll");
    assert_int_equal(dial(), ERROR_INTERFACE_DISCONNECTED);
    assert_down(ERROR_INTERFACE_DISCONNECTED);
    wait_for(&calls->link_hang_ups, 1);
    wait_for(&calls->connection_hang_ups, 1);
    if (fixture_router_is_apart()) return; /* the DLL does not see what this process changes now */
    SetEnvironmentVariableA("TESTADMIN_LINK", "0");
    assert_int_equal(dial(), NO_ERROR);
}

static void late(void)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    RAS_PORT_0 *ports = NULL;
    DWORD read = 0, total = 0;
    BOOL asking = FALSE;

    SetEnvironmentVariableA("TESTADMIN_CONNECTION", "4");
    start_with(L"testadmin_1.dll");
    assert_int_equal(MprAdminInterfaceConnect(server, branch, event, FALSE), PENDING);
    wait_for(&calls->connections, 1);
    assert_int_equal(fixture_info(server, branch).dwConnectionState, ROUTER_IF_STATE_CONNECTING);
    assert_int_equal(MprAdminPortEnum(server, 0, INVALID_HANDLE_VALUE, (BYTE **)&ports, (DWORD)-1,
                                      &read, &total, NULL),
                     NO_ERROR);
    for (DWORD n = 0; n < read; n++) asking |= ports[n].dwPortCondition == RAS_PORT_AUTHENTICATING;
    assert_true(asking);
    MprAdminBufferFree(ports);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    assert_int_equal(fixture_info(server, branch).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
}

/* Everything that makes a DLL useless keeps connections out, and the router goes on. */
static void useless(const WCHAR *dlls)
{
    start_with(dlls);
    assert_int_equal(dial(), ERROR_AUTH_SERVER_TIMEOUT);
    assert_down(ERROR_AUTH_SERVER_TIMEOUT);
    assert_int_equal(dial(), ERROR_AUTH_SERVER_TIMEOUT);
    assert_true(MprAdminIsServiceRunning(NULL));
}

static void missing(void)
{
    useless(L"testadmin_1.dll;no-such.dll");
    assert_int_equal(calls->connections, 0);
}

static void not_one(void)
{
    useless(L"kernel32.dll");
}

static void does_not_initialize(void)
{
    SetEnvironmentVariableA("TESTADMIN_INITIALIZE", "31");
    useless(L"testadmin_3.dll");
    assert_int_equal(calls->initialized, 1);
    assert_int_equal(calls->connections, 0);
}

static void crashes(void)
{
    SetEnvironmentVariableA("TESTADMIN_LINK", "2");
    start_with(L"testadmin_1.dll");
    assert_int_equal(dial(), ERROR_INTERFACE_DISCONNECTED);
    SetEnvironmentVariableA("TESTADMIN_LINK", "0");
    assert_int_equal(dial(), ERROR_AUTH_SERVER_TIMEOUT);
    assert_int_equal(calls->connections, 1); /* not called again */
    assert_int_equal(calls->connection_hang_ups, 0);
}

static void hangs(void)
{
    DWORD start = GetTickCount(), took;

    SetEnvironmentVariableA("TESTADMIN_CONNECTION", "3");
    start_with(L"testadmin_1.dll");
    assert_int_equal(dial(), ERROR_AUTH_SERVER_TIMEOUT);
    took = GetTickCount() - start;
    assert_in_range(took, 2900, 25000); /* CallTimeout, not its default of 30 s */
    assert_down(ERROR_AUTH_SERVER_TIMEOUT);
    assert_int_equal(MprAdminInterfaceDelete(server, branch), NO_ERROR);
}

static const struct {
    const char *name;
    void (*run)(void);
} cases[] = {
    {"plain", plain},
    {"without_initialization", without_initialization},
    {"form_3", form_3},
    {"table", table},
    {"list", list},
    {"no_dll", no_dll},
    {"refuses_connection", refuses_connection},
    {"refuses_link", refuses_link},
    {"late", late},
    {"missing", missing},
    {"not_one", not_one},
    {"does_not_initialize", does_not_initialize},
    {"crashes", crashes},
    {"hangs", hangs},
};
enum { CASES = sizeof(cases) / sizeof(cases[0]) };

static void (*current)(void);

static void run_current(void **state)
{
    (void)state;
    current();
}

static int run_case(const char *name)
{
    const struct CMUnitTest test[] = {cmocka_unit_test(run_current)};

    for (size_t n = 0; n < CASES; n++) {
        if (strcmp(cases[n].name, name) == 0) current = cases[n].run;
    }
    return cmocka_run_group_tests(test, NULL, NULL);
}

static void run_in_process(void **state)
{
    if (!strcmp(*state, "missing"))
        WINDOWS_DIFFERS("RRAS does not start without it (page of MprAdminInitializeDll)");
    OURS_ALONE("scripted dialers");
    assert_int_equal(fixture_run_self(*state), 0);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[CASES];

    if (argc > 1) return run_case(argv[1]);
    for (size_t n = 0; n < CASES; n++) {
        const struct CMUnitTest test = {cases[n].name, run_in_process, NULL, NULL,
                                        (void *)(ULONG_PTR)cases[n].name};

        tests[n] = test;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
