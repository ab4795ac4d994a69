/* MprConfigServerConnect, -Disconnect, MprConfigGetFriendlyName, MprConfigGetGuidName. */
#include "api/config/config_fixture.h"

#include <iphlpapi.h>
#include <stdlib.h>
#include <wchar.h>

static void connect_local(const WCHAR *name)
{
    HANDLE handle = GARBAGE;

    assert_int_equal(MprConfigServerConnect((WCHAR *)name, &handle), NO_ERROR);
    assert_non_null(handle);
    MprConfigServerDisconnect(handle);
}

static void connect_names(void **state)
{
    WCHAR name[MAX_COMPUTERNAME_LENGTH + 3] = L"\\\\";
    DWORD size = MAX_COMPUTERNAME_LENGTH + 1;
    HANDLE handle = GARBAGE;

    (void)state;
    connect_local(NULL);
    connect_local(L"");
    connect_local(L"localhost");
    connect_local(L"\\\\localhost");
    assert_true(GetComputerNameW(name + 2, &size));
    connect_local(name);
    connect_local(name + 2);
    assert_int_equal(MprConfigServerConnect((WCHAR *)L"\\\\no-such-server", &handle),
                     RPC_S_SERVER_UNAVAILABLE);
    assert_null(handle);
    assert_int_equal(MprConfigServerConnect(NULL, NULL), ERROR_INVALID_PARAMETER);
}

static void disconnect_is_harmless(void **state)
{
    HANDLE handle;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) MprConfigServerDisconnect(bad_handles[n]);
    assert_int_equal(MprConfigServerConnect(NULL, &handle), NO_ERROR);
    MprConfigServerDisconnect(&handle); /* as a sample of the pages has it */
    MprConfigServerDisconnect(handle);
    MprConfigServerDisconnect(handle);
}

static void handles_die_with_their_configuration(void **state)
{
    HANDLE other, found = GARBAGE, mine = make_interface(L"dial", ROUTER_IF_TYPE_FULL_ROUTER);
    DWORD size;
    BYTE *info;

    (void)state;
    assert_int_equal(MprConfigServerConnect(NULL, &other), NO_ERROR);
    assert_int_equal(MprConfigInterfaceGetInfo(other, mine, 0, &info, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetHandle(other, (WCHAR *)L"dial", &found), NO_ERROR);
    MprConfigServerDisconnect(other);
    assert_int_equal(MprConfigInterfaceGetInfo(config, found, 0, &info, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetInfo(config, mine, 0, &info, &size), NO_ERROR);
    MprConfigBufferFree(info);
}

static IP_ADAPTER_ADDRESSES *host_adapters(void)
{
    ULONG size = 65536;
    IP_ADAPTER_ADDRESSES *ret = malloc(size);

    assert_int_equal(GetAdaptersAddresses(AF_UNSPEC, 0, NULL, ret, &size), 0);
    return ret;
}

static void friendly_names(void **state)
{
    IP_ADAPTER_ADDRESSES *list = host_adapters();
    int seen = 0;

    (void)state;
    for (IP_ADAPTER_ADDRESSES *a = list; a; a = a->Next, seen++) {
        WCHAR guid[64], device[96] = L"\\DEVICE\\TCPIP_", buffer[257];
        DWORD exact = (DWORD)((wcslen(a->FriendlyName) + 1) * sizeof(WCHAR));

        mbstowcs(guid, a->AdapterName, 64);
        wcscat_s(device, 96, guid);
        assert_int_equal(MprConfigGetFriendlyName(config, guid, buffer, sizeof(buffer)), NO_ERROR);
        assert_int_equal(wcscmp(buffer, a->FriendlyName), 0);
        assert_int_equal(MprConfigGetFriendlyName(config, device, buffer, exact), NO_ERROR);
        assert_int_equal(wcscmp(buffer, a->FriendlyName), 0);
        assert_int_equal(MprConfigGetFriendlyName(config, guid, buffer, exact - 1),
                         ERROR_BUFFER_OVERFLOW);
        assert_int_equal(MprConfigGetGuidName(config, a->FriendlyName, buffer, sizeof(buffer)),
                         NO_ERROR);
        assert_int_equal(_wcsicmp(buffer, guid), 0);
        assert_int_equal(MprConfigGetGuidName(config, a->FriendlyName, buffer, 4),
                         ERROR_BUFFER_OVERFLOW);
    }
    assert_true(seen > 0);
    free(list);
}

static void friendly_names_refuse(void **state)
{
    WCHAR buffer[64];

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigGetFriendlyName(bad_handles[n], (WCHAR *)L"{0}", buffer, 128),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigGetGuidName(bad_handles[n], (WCHAR *)L"lo", buffer, 128),
                         ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigGetFriendlyName(config, NULL, buffer, 128), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigGetFriendlyName(config, (WCHAR *)L"{0}", NULL, 128),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigGetGuidName(config, NULL, buffer, 128), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigGetGuidName(config, (WCHAR *)L"x", NULL, 128),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigGetFriendlyName(
                         config, (WCHAR *)L"{01234567-0123-0123-0123-0123456789ab}", buffer, 128),
                     ERROR_NOT_FOUND);
    assert_int_equal(MprConfigGetFriendlyName(config, (WCHAR *)L"", buffer, 128), ERROR_NOT_FOUND);
    assert_int_equal(MprConfigGetGuidName(config, (WCHAR *)L"no such adapter", buffer, 128),
                     ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(connect_names, fixture_start, fixture_end),
        cmocka_unit_test_setup_teardown(disconnect_is_harmless, fixture_start, fixture_end),
        cmocka_unit_test_setup_teardown(handles_die_with_their_configuration, fixture_start,
                                        fixture_end),
        cmocka_unit_test_setup_teardown(friendly_names, fixture_start, fixture_end),
        cmocka_unit_test_setup_teardown(friendly_names_refuse, fixture_start, fixture_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
