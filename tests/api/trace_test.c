/* MPRAPI_LOG and MPRAPI_LOG_LEVEL: one line for each call, with arguments and result by name. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char path[MAX_PATH];
static char text[65536];

static void read_log(void)
{
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

    if (file) fclose(file);
    text[size] = 0;
}

static void run_with(const char *log, const char *level)
{
    remove(path);
    SetEnvironmentVariableA("MPRAPI_LOG", log);
    SetEnvironmentVariableA("MPRAPI_LOG_LEVEL", level);
    assert_int_equal(fixture_run_self("child"), 0);
    SetEnvironmentVariableA("MPRAPI_LOG", NULL);
    SetEnvironmentVariableA("MPRAPI_LOG_LEVEL", NULL);
    read_log();
}

static int child(void)
{
    MPR_SERVER_HANDLE server = NULL;
    WCHAR name[] = L"No such \x4e16";
    HANDLE handle = NULL;
    BYTE *buffer = NULL;

    MprConfigServerConnect(NULL, &handle);
    MprConfigServerDisconnect(handle);
    MprAdminServerConnect(NULL, &server);
    MprAdminInterfaceGetHandle(server, name, &handle, FALSE);
    MprAdminInterfaceUpdateRoutes(server, NULL, PID_IP, NULL);
    MprAdminTransportGetInfo(server, 0x77, &buffer, NULL, NULL, NULL);
    MprAdminBufferFree(NULL);
    MprAdminServerDisconnect(server);
    return 0;
}

static void assert_line(const char *part)
{
    if (!strstr(text, part)) print_error("no \"%s\" in:\n%s", part, text);
    assert_non_null(strstr(text, part));
}

static void calls_by_name(void **state)
{
    const char *line;

    (void)state;
    OURS_ALONE("MPRAPI_LOG");
    run_with(path, NULL);
    assert_line("call MprAdminServerConnect(name=null, server=set) = NO_ERROR -> 0x");
    assert_line("MprConfigServerConnect(name=null) = NO_ERROR -> config=0x");
    assert_line("name=\"No such \xe4\xb8\x96\", interface=set, clients=FALSE) = "
                "ERROR_NO_SUCH_INTERFACE");
    assert_line("interface=NULL, protocol=PID_IP, event=NULL) = ERROR_INVALID_HANDLE");
    assert_line("transport=0x77, global=set, client=null) = ERROR_UNKNOWN_PROTOCOL_ID");
    assert_line("MprAdminBufferFree(buffer=null) = ERROR_INVALID_PARAMETER");
    assert_line("MprAdminServerDisconnect(server=0x");
    for (line = text; *line; line = strchr(line, '\n') + 1) assert_non_null(strchr(line, '\n'));
}

static void levels(void **state)
{
    const char *quiet[] = {"none", "0", "error", "WARNING", "3"};

    (void)state;
    OURS_ALONE("MPRAPI_LOG");
    for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
        run_with(path, quiet[i]);
        assert_null(strstr(text, "MprAdmin"));
    }
    run_with(path, "4");
    assert_line("MprAdminServerConnect");
    run_with(path, "Debug");
    assert_line("MprAdminServerConnect");
}

static void off(void **state)
{
    (void)state;
    OURS_ALONE("MPRAPI_LOG");
    run_with(NULL, "5");
    assert_int_equal(strlen(text), 0);
    run_with("", "5");
    assert_int_equal(strlen(text), 0);
}

/* A log that can't be opened does no harm. */
static void nowhere(void **state)
{
    (void)state;
    OURS_ALONE("MPRAPI_LOG");
    run_with("Q:\\no\\such\\folder\\log", NULL);
    assert_int_equal(strlen(text), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_by_name),
        cmocka_unit_test(levels),
        cmocka_unit_test(off),
        cmocka_unit_test(nowhere),
    };

    if (argc > 1 && !strcmp(argv[1], "child")) return child();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    GetTempPathA(sizeof(path), path);
    strcat(path, "mprapi-test.log");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
