/* A thousand interfaces, all updating at once, each with an event of its own. */
#include "api/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 1000 };

static HANDLE handles[COUNT], events[COUNT];

/* One dialer for all of them, named like their device. */
static void write_entries(void)
{
    const size_t room = COUNT * 160u;
    char *text = malloc(room);
    size_t used = 0;

    for (int i = 0; i < COUNT; i++)
        used += (size_t)snprintf(text + used, room - used,
                                 "[Branch %d]\r\nType=2\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\n"
                                 "Device=Test link\r\nDEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n\r\n",
                                 i);
    assert_true(used < room);
    fixture_phonebook(text);
    free(text);
}

static void create_all(MPR_SERVER_HANDLE server, LPVOID rip)
{
    for (int i = 0; i < COUNT; i++) {
        MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

        swprintf(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN, L"Branch %d", i);
        assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handles[i]), NO_ERROR);
        assert_int_equal(MprAdminInterfaceTransportAdd(server, handles[i], PID_IP, rip,
                                                       MprInfoBlockQuerySize(rip)),
                         NO_ERROR);
        assert_int_equal(MprAdminInterfaceConnect(server, handles[i], NULL, TRUE), NO_ERROR);
        events[i] = CreateEventW(NULL, FALSE, FALSE, NULL);
    }
}

static void a_thousand_updates_at_once(void **state)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    MPR_SERVER_HANDLE server = fixture_connect();
    LPVOID rip = fixture_install_rip(server);
    DWORD start, asked, done;

    (void)state;
    fixture_dialer(L"Test link", &dialer);
    write_entries();
    start = GetTickCount();
    create_all(server, rip);
    asked = GetTickCount();
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handles[i], PID_IP, events[i]),
                         PENDING);
    done = GetTickCount();
    print_message("%d interfaces made and connected in %lu ms, updates asked for in %lu ms\n",
                  COUNT, asked - start, done - asked);
    for (int i = 0; i < COUNT; i++) {
        DWORD result = 0;

        assert_int_equal(WaitForSingleObject(events[i], 30000), WAIT_OBJECT_0);
        assert_int_equal(WaitForSingleObject(events[i], 0), WAIT_TIMEOUT);
        assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handles[i], PID_IP, &result),
                         NO_ERROR);
        assert_int_equal(result, ERROR_CAN_NOT_COMPLETE);
    }
    print_message("all over %lu ms after the last request\n", GetTickCount() - done);
    MprInfoDelete(rip);
    MprAdminServerDisconnect(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_thousand_updates_at_once)};

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", 2000);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45523);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
