/* A router that the administrator has stopped (Start = 4, or ConfigurationFlags = 0), and callers
 * without rights. */
#include "api/support/calls.h"
#include "api/support/rights.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const WCHAR *name;
    DWORD value;
} switches[] = {{L"Start", SERVICE_DISABLED}, {L"ConfigurationFlags", 0}};

static void everything_answers_not_running(MPR_SERVER_HANDLE server)
{
    for (size_t i = 0; i < call_count; i++) {
        DWORD status = calls[i].run(server, (HANDLE)(ULONG_PTR)1);

        if (status != RPC_SERVER_UNAVAILABLE) {
            print_error("%s\n", calls[i].name);
            assert_int_equal(status, RPC_SERVER_UNAVAILABLE);
        }
    }
    /* A handle that is none is found out first. */
    assert_int_equal(calls[0].run(NULL, NULL), RPC_INVALID_BINDING);
}

static void stopped(void **state)
{
    (void)state;
    WINDOWS_DIFFERS("a running service goes on when Start is changed");
    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
        MPR_SERVER_HANDLE server = UNTOUCHED_HANDLE;
        BOOL initialized = (BOOL)UNTOUCHED;

        fixture_set_dword(NULL, switches[i].name, switches[i].value);
        assert_false(MprAdminIsServiceRunning(NULL));
        assert_int_equal(MprAdminIsServiceInitialized(NULL, &initialized),
                         ERROR_SERVICE_NOT_ACTIVE);
        assert_int_equal(initialized, FALSE);
        /* Connecting does not ask (page). */
        assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
        everything_answers_not_running(server);

        fixture_delete_value(NULL, switches[i].name);
        assert_true(MprAdminIsServiceRunning(NULL));
        assert_int_equal(calls[0].run(server, NULL), NO_ERROR);
        MprAdminServerDisconnect(server);
    }
}

static DWORD run_child(const WCHAR *name, DWORD value)
{
    DWORD code;

    fixture_set_dword(NULL, name, value);
    code = fixture_run_self("stopped");
    fixture_delete_value(NULL, name);
    return code;
}

/* The first call of a process finds the router stopped. */
static void stopped_from_the_start(void **state)
{
    (void)state;
    WINDOWS_DIFFERS("no process has a router of its own: the service runs or not");
    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
        assert_int_equal(run_child(switches[i].name, switches[i].value), RPC_SERVER_UNAVAILABLE);
    assert_int_equal(fixture_run_self("stopped"), NO_ERROR);
}

static int child(void)
{
    MPR_SERVER_HANDLE server = NULL;
    BYTE *buffer = NULL;

    if (MprAdminServerConnect(NULL, &server) != NO_ERROR) return 1;
    return (int)MprAdminServerGetInfo(server, 0, &buffer);
}

/* ---- rights --------------------------------------------------------------------------------- */

static void without_rights(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect(), none = UNTOUCHED_HANDLE;
    BOOL initialized = (BOOL)UNTOUCHED;
    DWORD results[64];
    size_t i;

    (void)state;
    assert_true(call_count <= 64);
    if (!rights_drop()) {
        MprAdminServerDisconnect(server);
        skip();
    }
    assert_int_equal(MprAdminServerConnect(NULL, &none), ERROR_ACCESS_DENIED);
    assert_null(none);
    assert_int_equal(MprAdminIsServiceInitialized(NULL, &initialized), ERROR_ACCESS_DENIED);
    assert_int_equal(initialized, FALSE);
    assert_false(MprAdminIsServiceRunning(NULL));
    for (i = 0; i < call_count; i++) results[i] = calls[i].run(server, (HANDLE)(ULONG_PTR)1);
    assert_int_equal(calls[0].run(NULL, NULL), RPC_INVALID_BINDING);
    rights_restore();
    for (i = 0; i < call_count; i++) {
        if (results[i] != ERROR_ACCESS_DENIED) print_error("%s\n", calls[i].name);
        assert_int_equal(results[i], ERROR_ACCESS_DENIED);
    }
    assert_int_equal(calls[0].run(server, NULL), NO_ERROR);
    MprAdminServerDisconnect(server);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stopped),
        cmocka_unit_test(stopped_from_the_start),
        cmocka_unit_test(without_rights),
    };

    if (argc > 1 && !strcmp(argv[1], "stopped")) return child();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    calls_begin();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
