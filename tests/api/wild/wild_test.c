/* What programs in the wild rely on, clause by clause. Most of it is in no page; some of it is
 * against one. A program that does such a thing finds its call survived and answered. */
#include <winsock2.h>

#include "api/support/fixture.h"

#include <iphlpapi.h>
#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server;

static int begin(void **state)
{
    (void)state;
    server = fixture_connect();
    return 0;
}

static int end(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    return 0;
}

/* An error string is freed with LocalFree, says the page; programs take MprAdminBufferFree. */
static void buffer_free_takes_an_error_string(void **state)
{
    WCHAR *text = NULL;

    (void)state;
    assert_int_equal(MprAdminGetErrorString(ERROR_NO_SUCH_INTERFACE, &text), NO_ERROR);
    assert_int_equal(MprAdminBufferFree(text), NO_ERROR);
    assert_int_equal(MprAdminGetErrorString(ERROR_NO_SUCH_INTERFACE, &text), NO_ERROR);
    assert_null(LocalFree(text));
    assert_int_equal(MprAdminBufferFree(NULL), ERROR_INVALID_PARAMETER);
}

/* A sample of the pages passes the address of the handle. */
static void disconnect_of_garbage(void **state)
{
    MPR_SERVER_HANDLE handle = fixture_connect();

    (void)state;
    MprAdminServerDisconnect((MPR_SERVER_HANDLE)&handle);
    for (size_t i = 0; i < fixture_garbage_count; i++)
        MprAdminServerDisconnect((MPR_SERVER_HANDLE)fixture_garbage[i]);
    MprAdminServerDisconnect(handle);
    MprAdminServerDisconnect(handle);
    MprConfigServerDisconnect(NULL);
    MprConfigServerDisconnect((HANDLE)&handle);
}

/* After a Get that failed, programs go on with the header that they did not get. */
static void info_functions_without_header(void **state)
{
    LPVOID header = UNTOUCHED_PTR;
    DWORD size = 1, count = 1;
    BYTE *data = UNTOUCHED_PTR, item = 0;

    (void)state;
    assert_int_equal(MprInfoDelete(NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprInfoBlockQuerySize(NULL), 0);
    assert_int_equal(MprInfoDuplicate(NULL, &header), ERROR_INVALID_PARAMETER);
    assert_null(header);
    header = UNTOUCHED_PTR;
    assert_int_equal(MprInfoRemoveAll(NULL, &header), ERROR_INVALID_PARAMETER);
    assert_null(header);
    header = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockAdd(NULL, 1, 1, 1, &item, &header), ERROR_INVALID_PARAMETER);
    assert_null(header);
    header = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockSet(NULL, 1, 1, 1, &item, &header), ERROR_INVALID_PARAMETER);
    assert_null(header);
    header = UNTOUCHED_PTR;
    assert_int_equal(MprInfoBlockRemove(NULL, 1, &header), ERROR_INVALID_PARAMETER);
    assert_null(header);
    assert_int_equal(MprInfoBlockFind(NULL, 1, &size, &count, &data), ERROR_INVALID_PARAMETER);
}

static void removing_an_absent_block(void **state)
{
    LPVOID header = fixture_header(), changed = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprInfoBlockRemove(header, 4711, &changed), ERROR_INVALID_PARAMETER);
    assert_null(changed);
    MprInfoDelete(header);
}

static void config_transport_without_handles(void **state)
{
    HANDLE found = UNTOUCHED_HANDLE;
    BYTE *info = UNTOUCHED_PTR;
    DWORD size = 1;

    (void)state;
    assert_int_equal(MprConfigTransportGetHandle(NULL, PID_IP, &found), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportGetInfo(NULL, NULL, &info, &size, NULL, NULL, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportSetInfo(NULL, NULL, NULL, 0, NULL, 0, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportDelete(NULL, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportGetInfo(NULL, NULL, NULL, &info, &size),
                     ERROR_INVALID_PARAMETER);
}

/* Leave unchanged what is not given; do not give back what is not wanted. */
static void null_means_leave_it(void **state)
{
    LPVOID header = fixture_header();
    BYTE *info = NULL;
    DWORD size = 0, status;

    (void)state;
    status =
        MprAdminTransportSetInfo(server, PID_IP, header, MprInfoBlockQuerySize(header), NULL, 0);
    assert_int_equal(status, NO_ERROR);
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, &info, &size, NULL, NULL), NO_ERROR);
    MprAdminBufferFree(info);
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, NULL, NULL, &info, &size), NO_ERROR);
    if (info) MprAdminBufferFree(info);
    MprInfoDelete(header);
}

/* Each page has its own code for a name that nothing has. */
static void a_name_miss(void **state)
{
    WCHAR name[] = L"no such interface";
    HANDLE config = NULL, found = UNTOUCHED_HANDLE;
    WCHAR buffer[64];

    (void)state;
    assert_int_equal(MprAdminInterfaceGetHandle(server, name, &found, FALSE),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(found);
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprConfigInterfaceGetHandle(config, name, &found), ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprConfigGetFriendlyName(config, name, buffer, sizeof(buffer)),
                     ERROR_NOT_FOUND);
    assert_int_equal(MprConfigGetGuidName(config, name, buffer, sizeof(buffer)), ERROR_NOT_FOUND);
    MprConfigServerDisconnect(config);
}

static IP_ADAPTER_ADDRESSES *adapters(void)
{
    static ULONGLONG room[16384];
    ULONG size = sizeof(room);

    assert_int_equal(GetAdaptersAddresses(AF_UNSPEC, 0, NULL, (void *)room, &size), ERROR_SUCCESS);
    return (void *)room;
}

/* Both forms of the GUID, and sizes in bytes. How quick it is: `./dev bench`, friendly_name. */
static void friendly_names(void **state)
{
    IP_ADAPTER_ADDRESSES *a = adapters();
    WCHAR guid[64], device[96], buffer[256];
    HANDLE config = NULL;
    DWORD exact = (DWORD)((wcslen(a->FriendlyName) + 1) * sizeof(WCHAR));

    (void)state;
    MultiByteToWideChar(CP_ACP, 0, a->AdapterName, -1, guid, 64);
    swprintf(device, 96, L"\\DEVICE\\TCPIP_%ls", guid);
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprConfigGetFriendlyName(config, guid, buffer, exact), NO_ERROR);
    assert_int_equal(wcscmp(buffer, a->FriendlyName), 0);
    assert_int_equal(MprConfigGetFriendlyName(config, device, buffer, exact), NO_ERROR);
    assert_int_equal(wcscmp(buffer, a->FriendlyName), 0);
    assert_int_equal(MprConfigGetFriendlyName(config, guid, buffer, exact - 2),
                     ERROR_BUFFER_OVERFLOW);
    MprConfigServerDisconnect(config);
}

/* In a process that finds no key of the router at all. */
static int friendly_names_without_configuration(void)
{
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess");
    friendly_names(NULL);
    return 0;
}

static void without_configuration(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_self("bare"), 0);
}

static void names_of_this_machine(void **state)
{
    static const WCHAR *const names[] = {NULL, L"", L"\\\\localhost", L"localhost"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        MPR_SERVER_HANDLE handle = UNTOUCHED_HANDLE;
        HANDLE config = UNTOUCHED_HANDLE;
        WCHAR name[32], *given = names[i] ? wcscpy(name, names[i]) : NULL;

        assert_int_equal(MprAdminServerConnect(given, &handle), NO_ERROR);
        MprAdminServerDisconnect(handle);
        assert_int_equal(MprConfigServerConnect(given, &config), NO_ERROR);
        MprConfigServerDisconnect(config);
        assert_true(MprAdminIsServiceRunning(given));
    }
}

/* Programs forget to disconnect. */
static void leaked_handles(void **state)
{
    MPR_SERVER_HANDLE handle = NULL, last = NULL;
    HANDLE config = NULL;
    BYTE *info = NULL;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        assert_int_equal(MprAdminServerConnect(NULL, &handle), NO_ERROR);
        assert_ptr_not_equal(handle, last);
        last = handle;
    }
    for (int i = 0; i < 2000; i++)
        assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprAdminServerGetInfo(handle, 0, &info), NO_ERROR);
    MprAdminBufferFree(info);
    assert_int_equal(MprAdminServerGetInfo(server, 0, &info), NO_ERROR);
    MprAdminBufferFree(info);
}

/* Programs load twenty names at once and give up when one is missing. */
static void every_documented_name_is_there(void **state)
{
    static const char *const names[] = {"MprAdminServerConnect",
                                        "MprAdminServerGetInfo",
                                        "MprAdminConnectionEnum",
                                        "MprAdminConnectionEnumEx",
                                        "MprAdminConnectionGetInfoEx",
                                        "MprAdminPortEnum",
                                        "MprAdminPortGetInfo",
                                        "MprAdminServerGetInfoEx",
                                        "MprAdminServerSetInfoEx",
                                        "MprAdminInterfaceGetCustomInfoEx",
                                        "MprAdminInterfaceSetCustomInfoEx",
                                        "MprConfigServerGetInfoEx",
                                        "MprConfigServerSetInfoEx",
                                        "MprConfigServerConnect",
                                        "MprConfigInterfaceGetCustomInfoEx",
                                        "MprConfigInterfaceSetCustomInfoEx",
                                        "MprAdminUserGetInfo",
                                        "MprAdminUserSetInfo",
                                        "MprAdminGetPDCServer",
                                        "MprAdminIsDomainRasServer",
                                        "MprAdminEstablishDomainRasServer",
                                        "MprInfoBlockFind"};
    HMODULE module = GetModuleHandleA("mprapi.dll");

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_non_null(GetProcAddress(module, names[i]));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_free_takes_an_error_string),
        cmocka_unit_test(disconnect_of_garbage),
        cmocka_unit_test(info_functions_without_header),
        cmocka_unit_test(removing_an_absent_block),
        cmocka_unit_test(config_transport_without_handles),
        cmocka_unit_test(null_means_leave_it),
        cmocka_unit_test(a_name_miss),
        cmocka_unit_test(friendly_names),
        cmocka_unit_test(names_of_this_machine),
        cmocka_unit_test(leaked_handles),
        cmocka_unit_test(every_documented_name_is_there),
        cmocka_unit_test(without_configuration),
    };

    if (argc > 1 && !strcmp(argv[1], "bare")) return friendly_names_without_configuration();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, end);
}
