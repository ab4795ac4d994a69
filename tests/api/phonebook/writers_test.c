/* Four processes, each with a router of its own, make interfaces with entries in one phone book:
 * what was made is in the file, all of it, and nothing else. */
#include "api/support/fixture.h"
#include "support/start_process.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

enum { PROCESSES = 4, EACH = 25 };

static void name_of(WCHAR *name, int process, int number)
{
    swprintf(name, MAX_INTERFACE_NAME_LEN, L"Writer %d-%02d", process, number);
}

/* Gives the number of interfaces that could be made: all, or the honest rest. */
static int write_some(int process)
{
    MPR_SERVER_HANDLE server = NULL;
    int made = 0;

    if (MprAdminServerConnect(NULL, &server) != NO_ERROR) return -1;
    for (int i = 0; i < EACH; i++) {
        MPR_INTERFACE_2 info = {.fEnabled = TRUE,
                                .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                                .dwfOptions = MPRIO_RequireCHAP,
                                .dwType = MPRET_Vpn};
        HANDLE handle = NULL;
        DWORD status;

        name_of(info.wszInterfaceName, process, i);
        wcscpy(info.szDeviceType, L"vpn");
        wcscpy(info.szDeviceName, L"Tunnel");
        status = MprAdminInterfaceCreate(server, 2, (BYTE *)&info, &handle);
        if (status == NO_ERROR) made++;
        if (status != NO_ERROR) print_message("%d-%d: error %lu\n", process, i, status);
    }
    MprAdminServerDisconnect(server);
    return made;
}

static HANDLE start(int process)
{
    char argument[16];
    HANDLE started;

    snprintf(argument, sizeof(argument), "%d", process);
    started = start_self(argument, FALSE);
    assert_non_null(started);
    return started;
}

static void nothing_is_lost_among_processes(void **state)
{
    HANDLE running[PROCESSES];
    MPR_SERVER_HANDLE server;
    int total = 0;

    (void)state;
    for (int i = 0; i < PROCESSES; i++) running[i] = start(i);
    for (int i = 0; i < PROCESSES; i++) {
        DWORD made = 0;

        assert_int_equal(WaitForSingleObject(running[i], 300000), WAIT_OBJECT_0);
        assert_true(GetExitCodeProcess(running[i], &made));
        CloseHandle(running[i]);
        assert_int_equal(made, EACH);
        total += (int)made;
    }
    assert_int_equal(total, PROCESSES * EACH);
    server = fixture_connect();
    for (int i = 0; i < total; i++) {
        MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
        HANDLE handle = NULL;

        /* Level 0 wants an entry of that name. */
        name_of(info.wszInterfaceName, i / EACH, i % EACH);
        assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
        assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    }
    MprAdminServerDisconnect(server);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_among_processes),
    };

    if (argc == 2) return write_some(argv[1][0] - '0');
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
