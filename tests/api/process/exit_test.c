/* A process that ends, in each way there is, while updates and connections are under way. One that
 * waited for them would take longer than fixture_run_self does. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const ways[] = {"return",           "exit",   "ExitProcess",
                                   "TerminateProcess", "thread", "waiting"};

static DWORD WINAPI wait_for_update(void *handle)
{
    MprAdminInterfaceUpdateRoutes(fixture_connect(), handle, PID_IP, NULL);
    return 0;
}

static DWORD WINAPI end_process(void *unused)
{
    (void)unused;
    ExitProcess(7);
}

static int child(const char *way)
{
    const struct fixture_dialer slow = {.delay = 300000};
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID rip = fixture_install_rip(server);
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    HANDLE updating = fixture_rip_interface(server, rip, "Updating");
    HANDLE waiting = fixture_rip_interface(server, rip, "Waiting");
    HANDLE dialling = fixture_dial_interface(server, "Dialling", &slow);

    if (MprAdminInterfaceUpdateRoutes(server, updating, PID_IP, event) != PENDING ||
        MprAdminInterfaceConnect(server, dialling, event, FALSE) != PENDING ||
        MprAdminRegisterConnectionNotification(server, event) != NO_ERROR)
        return 1;
    if (!strcmp(way, "waiting")) {
        CreateThread(NULL, 0, wait_for_update, waiting, 0, NULL);
        Sleep(100);
    }
    if (!strcmp(way, "thread")) {
        CreateThread(NULL, 0, end_process, NULL, 0, NULL);
        Sleep(20000);
    }
    if (!strcmp(way, "exit")) exit(7);
    if (!strcmp(way, "ExitProcess")) ExitProcess(7);
    if (!strcmp(way, "TerminateProcess")) TerminateProcess(GetCurrentProcess(), 7);
    return 7;
}

static void every_way_to_end(void **state)
{
    (void)state;
    OURS_ALONE("scripted dialers");
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        fixture_phonebook("");
        assert_int_equal(fixture_run_self(ways[i]), 7);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_way_to_end)};

    if (argc > 1) {
        fixture_registry(ROUTER_RAS_LAN_WAN);
        fixture_set_dword(L"Parameters", L"UpdateTimeout", 300000);
        fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45522);
        return child(argv[1]);
    }
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
