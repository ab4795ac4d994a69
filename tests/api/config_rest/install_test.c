/* MprConfigServerInstall: a default configuration in place of what was there. */
#include "api/support/fixture.h"

#include <string.h>

#include <ipinfoid.h>

static HANDLE config;

static DWORD stored(const WCHAR *path, const WCHAR *name)
{
    WCHAR full[300] = L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\";
    DWORD value = 0xdeadbeef, size = sizeof(value);

    wcscat(full, path);
    RegGetValueW(HKEY_LOCAL_MACHINE, full, name, RRF_RT_REG_DWORD, NULL, &value, &size);
    return value;
}

static void make_interface(void)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE handle = NULL;

    wcscpy(info.wszInterfaceName, L"Branch");
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &handle), NO_ERROR);
}

static void expect_default_configuration(void)
{
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, size = 0;
    MPR_TRANSPORT_0 *transports = UNTOUCHED_PTR;
    BYTE *buffer = UNTOUCHED_PTR;
    HANDLE transport = NULL;

    assert_int_equal(MprConfigInterfaceEnum(config, 0, &buffer, (DWORD)-1, &read, &total, NULL),
                     ERROR_NO_MORE_ITEMS);
    assert_int_equal(
        MprConfigTransportEnum(config, 0, (BYTE **)&transports, (DWORD)-1, &read, &total, NULL),
        NO_ERROR);
    assert_int_equal(read, 1);
    assert_int_equal(transports->dwTransportId, PID_IP);
    MprConfigBufferFree(transports);
    assert_int_equal(MprConfigTransportGetHandle(config, PID_IP, &transport), NO_ERROR);
    assert_int_equal(MprConfigTransportGetInfo(config, transport, &buffer, &size, NULL, NULL, NULL),
                     NO_ERROR);
    assert_int_equal(MprInfoBlockExists(buffer, IP_GLOBAL_INFO), TRUE);
    MprConfigBufferFree(buffer);
    assert_int_equal(stored(L"Parameters", L"RouterType"), ROUTER_RAS_LAN_WAN);
    assert_int_equal(stored(L"", L"ConfigurationFlags"), 1);
    assert_int_equal(stored(L"", L"Start"), 0xdeadbeef);
}

static void installs_the_default(void **state)
{
    WCHAR path[MAX_PATH];

    (void)state;
    make_interface();
    fixture_entry("Branch");
    fixture_set_dword(NULL, L"ConfigurationFlags", 0);
    fixture_set_dword(L"Parameters", L"LANOnlyMode", 1);
    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    expect_default_configuration();
    GetTempPathW(MAX_PATH, path);
    wcscat(path, L"mprapi-test.pbk");
    assert_int_equal(GetFileAttributesW(path), INVALID_FILE_ATTRIBUTES);
    assert_int_equal(stored(L"Parameters", L"LANOnlyMode"), 0xdeadbeef);
}

/* Credentials and dial-in rights belonged to the former installation. */
static void forgets_people(void **state)
{
    WCHAR name[] = L"Branch", user[] = L"ann", got[257] = L"?";

    (void)state;
    make_interface();
    fixture_entry("Branch");
    assert_int_equal(MprAdminInterfaceSetCredentials(NULL, name, user, NULL, NULL), NO_ERROR);
    fixture_set_dword(L"Users\\ann", L"Privilege", 9);
    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    assert_int_equal(stored(L"Users\\ann", L"Privilege"), 0xdeadbeef);
    fixture_entry("Branch");
    assert_int_equal(MprAdminInterfaceGetCredentials(NULL, name, got, NULL, NULL), NO_ERROR);
    assert_int_equal(got[0], 0);
}

static void installs_twice(void **state)
{
    (void)state;
    make_interface();
    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    expect_default_configuration();
}

static void reserved_arguments(void **state)
{
    int something = 0;

    (void)state;
    make_interface();
    assert_int_equal(MprConfigServerInstall(1, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerInstall(0xffffffff, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerInstall(0, &something), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigServerInstall(0, UNTOUCHED_PTR), ERROR_INVALID_PARAMETER);
    assert_int_not_equal(stored(L"Interfaces\\0", L"Type"), 0xdeadbeef);
}

/* The router starts with what was installed. */
static void a_router_starts_with_it(void **state)
{
    (void)state;
    assert_int_equal(MprConfigServerInstall(0, NULL), NO_ERROR);
    assert_int_equal(fixture_run_self("start"), 0);
}

static int start(void)
{
    MPR_SERVER_HANDLE server = NULL;
    BYTE *global = NULL;
    DWORD size = 0;

    if (!MprAdminIsServiceRunning(NULL) || MprAdminServerConnect(NULL, &server)) return 1;
    if (MprAdminTransportGetInfo(server, PID_IP, &global, &size, NULL, NULL) || !size) return 2;
    MprAdminBufferFree(global);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(installs_the_default),    cmocka_unit_test(forgets_people),
        cmocka_unit_test(installs_twice),          cmocka_unit_test(reserved_arguments),
        cmocka_unit_test(a_router_starts_with_it),
    };

    (void)argv;
    if (argc > 1) {
        fixture_registry_keep();
        return start();
    }
    fixture_registry(ROUTER_LAN_ONLY);
    if (MprConfigServerConnect(NULL, &config)) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
