/* A router whose RouterType has neither WAN nor RAS: there is no Demand-Dial Manager, and whatever
 * needs it says so. LAN interfaces work. */
#include "api/support/fixture.h"

#include <wchar.h>

static MPR_SERVER_HANDLE server;

static int connect_server(void **state)
{
    (void)state;
    server = fixture_connect();
    return 0;
}

static void server_info_says_so(void **state)
{
    MPR_SERVER_0 *info = UNTOUCHED_PTR;

    (void)state;
    assert_true(MprAdminIsServiceRunning(NULL));
    assert_int_equal(MprAdminServerGetInfo(server, 0, (BYTE **)&info), NO_ERROR);
    assert_int_equal(info->fLanOnlyMode, TRUE);
    MprAdminBufferFree(info);
}

static void no_demand_dial_interfaces(void **state)
{
    const ROUTER_INTERFACE_TYPE types[] = {ROUTER_IF_TYPE_FULL_ROUTER, ROUTER_IF_TYPE_HOME_ROUTER};

    (void)state;
    fixture_entry("Dial");
    for (size_t i = 0; i < 2; i++) {
        for (DWORD level = 0; level < 4; level++) {
            MPR_INTERFACE_3 info = {.fEnabled = TRUE, .dwIfType = types[i]};
            HANDLE handle = UNTOUCHED_HANDLE;

            wcscpy(info.wszInterfaceName, L"Dial");
            assert_int_equal(MprAdminInterfaceCreate(server, level, (BYTE *)&info, &handle),
                             ERROR_DDM_NOT_RUNNING);
            assert_null(handle);
        }
    }
}

static void no_connections(void **state)
{
    MPR_INTERFACE_0 *all = NULL;
    DWORD read = 0, total = 0;

    (void)state;
    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    assert_true(read >= 2);
    assert_int_equal(MprAdminInterfaceConnect(server, all[0].hInterface, NULL, TRUE),
                     ERROR_DDM_NOT_RUNNING);
    assert_int_equal(MprAdminInterfaceDisconnect(server, all[0].hInterface), ERROR_DDM_NOT_RUNNING);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, all[0].hInterface),
                     ERROR_DDM_NOT_RUNNING);
    MprAdminBufferFree(all);
}

static void no_notifications(void **state)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    (void)state;
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), ERROR_DDM_NOT_RUNNING);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event),
                     ERROR_DDM_NOT_RUNNING);
    CloseHandle(event);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(server_info_says_so),
        cmocka_unit_test(no_demand_dial_interfaces),
        cmocka_unit_test(no_connections),
        cmocka_unit_test(no_notifications),
    };

    fixture_registry(ROUTER_LAN_ONLY);
    return cmocka_run_group_tests(tests, connect_server, NULL);
}
