/* MprAdminServerConnect and Disconnect, MprAdminIsService*, MprAdminServerGetInfo. */
#include "api/support/fixture.h"

#include <wchar.h>

static void connect_takes_every_name_of_this_machine(void **state)
{
    WCHAR own[MAX_COMPUTERNAME_LENGTH + 1], unc[MAX_COMPUTERNAME_LENGTH + 3] = L"\\\\";
    DWORD size = MAX_COMPUTERNAME_LENGTH + 1;
    WCHAR empty[] = L"", local[] = L"\\\\localhost", upper[] = L"LOCALHOST";
    WCHAR *const names[] = {NULL, empty, own, unc, local, upper};

    (void)state;
    assert_true(GetComputerNameW(own, &size));
    wcscat(unc, own);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        MPR_SERVER_HANDLE server = UNTOUCHED_HANDLE;

        assert_int_equal(MprAdminServerConnect(names[i], &server), NO_ERROR);
        assert_non_null(server);
        assert_true((ULONG_PTR)server <= 0xffffffff);
        MprAdminServerDisconnect(server);
    }
}

static void connect_refuses_other_machines(void **state)
{
    WCHAR other[] = L"\\\\no-such-router.invalid";
    MPR_SERVER_HANDLE server = UNTOUCHED_HANDLE;

    (void)state;
    assert_int_equal(MprAdminServerConnect(other, &server), RPC_SERVER_UNAVAILABLE);
    assert_null(server);
}

static void connect_wants_a_place_for_the_handle(void **state)
{
    (void)state;
    assert_int_equal(MprAdminServerConnect(NULL, NULL), RPC_INVALID_BINDING);
}

static void handles_differ_and_end(void **state)
{
    MPR_SERVER_HANDLE one = fixture_connect(), two = fixture_connect();
    BYTE *buffer = NULL;

    (void)state;
    assert_ptr_not_equal(one, two);
    MprAdminServerDisconnect(one);
    assert_int_equal(MprAdminServerGetInfo(one, 0, &buffer), RPC_INVALID_BINDING);
    assert_int_equal(MprAdminServerGetInfo(two, 0, &buffer), NO_ERROR);
    MprAdminBufferFree(buffer);
    MprAdminServerDisconnect(one);
    MprAdminServerDisconnect(two);
}

static void disconnect_bears_garbage(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();

    (void)state;
    for (size_t i = 0; i < fixture_garbage_count; i++)
        MprAdminServerDisconnect((HANDLE)fixture_garbage[i]);
    /* As one sample of the documents does. */
    MprAdminServerDisconnect(&server);
    MprAdminServerDisconnect(server);
}

static void is_service_running(void **state)
{
    WCHAR other[] = L"\\\\no-such-router.invalid", local[] = L"localhost";

    (void)state;
    assert_true(MprAdminIsServiceRunning(NULL));
    assert_true(MprAdminIsServiceRunning(local));
    assert_false(MprAdminIsServiceRunning(other));
}

static void is_service_initialized(void **state)
{
    WCHAR other[] = L"\\\\no-such-router.invalid";
    BOOL initialized = (BOOL)UNTOUCHED;

    (void)state;
    assert_int_equal(MprAdminIsServiceInitialized(NULL, &initialized), NO_ERROR);
    assert_int_equal(initialized, TRUE);
    initialized = (BOOL)UNTOUCHED;
    assert_int_equal(MprAdminIsServiceInitialized(other, &initialized), RPC_SERVER_UNAVAILABLE);
    assert_int_equal(initialized, FALSE);
    assert_int_equal(MprAdminIsServiceInitialized(NULL, NULL), ERROR_INVALID_PARAMETER);
}

static void get_info_level_0(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    MPR_SERVER_0 *info = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminServerGetInfo(server, 0, (BYTE **)&info), NO_ERROR);
    assert_int_equal(info->fLanOnlyMode, FALSE);
    assert_true(info->dwUpTime < 1000);
    assert_true(info->dwPortsInUse <= info->dwTotalPorts);
    assert_int_equal(MprAdminBufferFree(info), NO_ERROR);
    MprAdminServerDisconnect(server);
}

static void set_miniport(const WCHAR *number, const WCHAR *component, DWORD ports, DWORD ras)
{
    WCHAR path[200] = L"SYSTEM\\CurrentControlSet\\Control\\Class\\"
                      L"{4D36E972-E325-11CE-BFC1-08002BE10318}\\";
    HKEY key;

    wcscat(path, number);
    assert_int_equal(RegCreateKeyW(HKEY_LOCAL_MACHINE, path, &key), ERROR_SUCCESS);
    RegSetValueExW(key, L"ComponentId", 0, REG_SZ, (const BYTE *)component,
                   (DWORD)((wcslen(component) + 1) * sizeof(WCHAR)));
    RegSetValueExW(key, L"WanEndpoints", 0, REG_DWORD, (const BYTE *)&ports, sizeof(ports));
    RegSetValueExW(key, L"EnableForRas", 0, REG_DWORD, (const BYTE *)&ras, sizeof(ras));
    RegCloseKey(key);
}

static void get_info_levels_1_and_2(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    MPR_SERVER_1 *one = UNTOUCHED_PTR;
    MPR_SERVER_2 *two = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminServerGetInfo(server, 1, (BYTE **)&one), NO_ERROR);
    assert_int_equal(one->dwNumPptpPorts, 128);
    assert_int_equal(one->dwPptpPortFlags, 3);
    assert_int_equal(one->dwNumL2tpPorts, 128);
    assert_int_equal(MprAdminBufferFree(one), NO_ERROR);

    set_miniport(L"7001", L"ms_pptpminiport", 17, 0);
    set_miniport(L"7002", L"MS_SSTPMINIPORT", 19, 1);
    assert_int_equal(MprAdminServerGetInfo(server, 2, (BYTE **)&two), NO_ERROR);
    assert_int_equal(two->dwNumPptpPorts, 17);
    assert_int_equal(two->dwPptpPortFlags, 2);
    assert_int_equal(two->dwNumL2tpPorts, 128);
    assert_int_equal(two->dwNumSstpPorts, 19);
    assert_int_equal(two->dwSstpPortFlags, 1);
    assert_int_equal(MprAdminBufferFree(two), NO_ERROR);
    MprAdminServerDisconnect(server);
}

static void get_info_refusals(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminServerGetInfo(server, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminServerGetInfo(server, 3, &buffer), ERROR_NOT_SUPPORTED);
    assert_null(buffer);
    for (size_t i = 0; i < fixture_garbage_count; i++) {
        buffer = UNTOUCHED_PTR;
        assert_int_equal(MprAdminServerGetInfo((HANDLE)fixture_garbage[i], 0, &buffer),
                         RPC_INVALID_BINDING);
        assert_null(buffer);
    }
    MprAdminServerDisconnect(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connect_takes_every_name_of_this_machine),
        cmocka_unit_test(connect_refuses_other_machines),
        cmocka_unit_test(connect_wants_a_place_for_the_handle),
        cmocka_unit_test(handles_differ_and_end),
        cmocka_unit_test(disconnect_bears_garbage),
        cmocka_unit_test(is_service_running),
        cmocka_unit_test(is_service_initialized),
        cmocka_unit_test(get_info_level_0),
        cmocka_unit_test(get_info_levels_1_and_2),
        cmocka_unit_test(get_info_refusals),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
