/* MprAdminInterfaceDeviceGetInfo and MprAdminInterfaceDeviceSetInfo. */
#include "api/support/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server;
static HANDLE tunnel, bundle;

static HANDLE create(const WCHAR *name)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    wcscpy(info.wszInterfaceName, name);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    return handle;
}

static int begin(void **state)
{
    (void)state;
    server = fixture_connect();
    fixture_phonebook("[Bundle]\r\nEncoding=1\r\nPBVersion=1\r\nType=1\r\n\r\n"
                      "MEDIA=serial\r\nPort=COM1\r\nDevice=Modem A\r\n\r\n"
                      "DEVICE=modem\r\nPhoneNumber=111\r\nAreaCode=\r\n\r\n");
    bundle = create(L"Bundle");
    fixture_entry("Tunnel");
    tunnel = create(L"Tunnel");
    return 0;
}

static int end(void **state)
{
    (void)state;
    MprAdminInterfaceDelete(server, bundle);
    MprAdminInterfaceDelete(server, tunnel);
    MprAdminServerDisconnect(server);
    return 0;
}

static MPR_DEVICE_1 make(const WCHAR *type, const WCHAR *name, const WCHAR *number,
                         WCHAR *alternates)
{
    MPR_DEVICE_1 device = {.szAlternates = alternates};

    wcscpy(device.szDeviceType, type);
    wcscpy(device.szDeviceName, name);
    wcscpy(device.szLocalPhoneNumber, number);
    return device;
}

static DWORD set(HANDLE handle, DWORD index, DWORD level, MPR_DEVICE_1 *device)
{
    return MprAdminInterfaceDeviceSetInfo(server, handle, index, level, (BYTE *)device);
}

static MPR_DEVICE_1 *get(HANDLE handle, DWORD index, DWORD level)
{
    MPR_DEVICE_1 *device = UNTOUCHED_PTR;

    assert_int_equal(MprAdminInterfaceDeviceGetInfo(server, handle, index, level, (BYTE **)&device),
                     NO_ERROR);
    return device;
}

static void assert_device(HANDLE handle, DWORD index, const WCHAR *type, const WCHAR *name,
                          const WCHAR *number, const WCHAR *alternates, size_t alternates_size)
{
    MPR_DEVICE_1 *device = get(handle, index, 0);

    assert_int_equal(_wcsicmp(device->szDeviceType, type), 0);
    assert_int_equal(wcscmp(device->szDeviceName, name), 0);
    assert_int_equal(MprAdminBufferFree(device), NO_ERROR);
    device = get(handle, index, 1);
    assert_int_equal(_wcsicmp(device->szDeviceType, type), 0);
    assert_int_equal(wcscmp(device->szDeviceName, name), 0);
    assert_int_equal(wcscmp(device->szLocalPhoneNumber, number), 0);
    if (alternates) {
        assert_ptr_equal(device->szAlternates, device + 1);
        assert_memory_equal(device->szAlternates, alternates, alternates_size);
    } else {
        assert_null(device->szAlternates);
    }
    assert_int_equal(MprAdminBufferFree(device), NO_ERROR);
}

static DWORD sub_entries(HANDLE handle)
{
    MPR_INTERFACE_2 *info = UNTOUCHED_PTR;
    DWORD ret;

    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 2, (BYTE **)&info), NO_ERROR);
    ret = info->dwSubEntries;
    MprAdminBufferFree(info);
    return ret;
}

static void the_first_is_the_interface(void **state)
{
    WCHAR alternates[] = L"second.example\0third.example\0";
    MPR_DEVICE_1 device = make(L"vpn", L"WAN Miniport (L2TP)", L"first.example", alternates);
    MPR_INTERFACE_2 *info = NULL;

    (void)state;
    assert_device(tunnel, 1, L"vpn", L"Test link", L"192.0.2.1", NULL, 0);
    assert_int_equal(set(tunnel, 1, 1, &device), NO_ERROR);
    assert_device(tunnel, 1, L"vpn", L"WAN Miniport (L2TP)", L"first.example", alternates,
                  sizeof(alternates));
    assert_int_equal(MprAdminInterfaceGetInfo(server, tunnel, 2, (BYTE **)&info), NO_ERROR);
    assert_int_equal(wcscmp(info->szLocalPhoneNumber, L"first.example"), 0);
    assert_int_equal(wcscmp(info->szDeviceName, L"WAN Miniport (L2TP)"), 0);
    MprAdminBufferFree(info);

    /* Level 0 leaves the numbers, level 1 without alternates removes them. */
    device = make(L"vpn", L"Other", L"ignored", NULL);
    assert_int_equal(set(tunnel, 1, 0, &device), NO_ERROR);
    assert_device(tunnel, 1, L"vpn", L"Other", L"first.example", alternates, sizeof(alternates));
    device = make(L"vpn", L"Other", L"only.example", NULL);
    assert_int_equal(set(tunnel, 1, 1, &device), NO_ERROR);
    assert_device(tunnel, 1, L"vpn", L"Other", L"only.example", NULL, 0);
}

/* Tunnels are not bundled: MS-RRASM 3.1.4.39, success. */
static void further_ones_of_a_tunnel_are_ignored(void **state)
{
    MPR_DEVICE_1 device = make(L"modem", L"Modem", L"123", NULL);
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(set(tunnel, 2, 1, &device), NO_ERROR);
    assert_int_equal(set(tunnel, 9, 0, &device), NO_ERROR);
    assert_int_equal(sub_entries(tunnel), 1);
    assert_int_equal(MprAdminInterfaceDeviceGetInfo(server, tunnel, 2, 1, &buffer),
                     ERROR_INVALID_PARAMETER);
    assert_null(buffer);
}

static void links(void **state)
{
    WCHAR alternates[] = L"223\0\x0032\x00b2\0";
    MPR_DEVICE_1 second = make(L"modem", L"Modem \x4e16", L"222", alternates);
    MPR_DEVICE_1 third = make(L"isdn", L"Card", L"333", NULL);

    (void)state;
    assert_int_equal(set(bundle, 3, 1, &third), ERROR_INVALID_PARAMETER); /* a gap */
    assert_int_equal(set(bundle, 2, 1, &second), NO_ERROR);
    assert_int_equal(set(bundle, 3, 1, &third), NO_ERROR);
    assert_int_equal(sub_entries(bundle), 3);
    assert_device(bundle, 1, L"modem", L"Modem A", L"111", NULL, 0);
    assert_device(bundle, 2, L"modem", L"Modem \x4e16", L"222", alternates, sizeof(alternates));
    assert_device(bundle, 3, L"isdn", L"Card", L"333", NULL, 0);

    /* A change of one is a change of one; level 0 keeps its numbers. */
    second = make(L"serial", L"Cable", L"ignored", NULL);
    assert_int_equal(set(bundle, 2, 0, &second), NO_ERROR);
    assert_device(bundle, 1, L"modem", L"Modem A", L"111", NULL, 0);
    assert_device(bundle, 2, L"serial", L"Cable", L"222", alternates, sizeof(alternates));
    assert_device(bundle, 3, L"isdn", L"Card", L"333", NULL, 0);
}

/* Level 2 of the interface is device 1, and leaves the links. */
static void setting_the_interface_leaves_links(void **state)
{
    MPR_INTERFACE_2 *info = NULL;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetInfo(server, bundle, 2, (BYTE **)&info), NO_ERROR);
    wcscpy(info->szLocalPhoneNumber, L"112");
    assert_int_equal(MprAdminInterfaceSetInfo(server, bundle, 2, (BYTE *)info), NO_ERROR);
    MprAdminBufferFree(info);
    assert_int_equal(sub_entries(bundle), 3);
    assert_device(bundle, 1, L"modem", L"Modem A", L"112", NULL, 0);
    assert_device(bundle, 3, L"isdn", L"Card", L"333", NULL, 0);
}

static void the_file(void **state)
{
    char path[MAX_PATH * 2], text[65536];
    const char *at = text;
    FILE *file;

    (void)state;
    snprintf(path, sizeof(path), "%s\\mprapi-test.pbk", getenv("TEMP"));
    file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = 0;
    fclose(file);
    assert_int_equal(strncmp(text, "[Bundle]\r\nEncoding=1\r\n", 22), 0);
    at = strstr(at, "\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Modem A\r\n\r\nDEVICE=modem\r\n");
    assert_non_null(at);
    at = strstr(at, "\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=Cable\r\n\r\nDEVICE=serial\r\n");
    assert_non_null(at);
    at = strstr(at, "\r\n\r\nMEDIA=isdn\r\nPort=\r\nDevice=Card\r\n\r\nDEVICE=isdn\r\n");
    assert_non_null(at);
    assert_non_null(strstr(at, "[Tunnel]\r\n"));
}

static int child(void)
{
    server = fixture_connect();
    bundle = create(L"Bundle");
    assert_int_equal(sub_entries(bundle), 3);
    assert_device(bundle, 1, L"modem", L"Modem A", L"112", NULL, 0);
    assert_device(bundle, 3, L"isdn", L"Card", L"333", NULL, 0);
    return 0;
}

static void restart(void **state)
{
    (void)state;
    assert_int_equal(fixture_run_self("look"), 0);
}

static void assert_fails(HANDLE handle, DWORD index, DWORD level, DWORD status)
{
    MPR_DEVICE_1 device = make(L"modem", L"Modem", L"1", NULL);
    BYTE *buffer = UNTOUCHED_PTR;

    assert_int_equal(MprAdminInterfaceDeviceGetInfo(server, handle, index, level, &buffer), status);
    assert_null(buffer);
    assert_int_equal(set(handle, index, level, &device), status);
}

static void bad_arguments(void **state)
{
    MPR_DEVICE_1 device = make(L"vpn", L"x", L"y", NULL), endless = device;
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    assert_fails(tunnel, 1, 2, ERROR_NOT_SUPPORTED);
    assert_fails(tunnel, 0, 1, ERROR_INVALID_PARAMETER);
    for (size_t i = 0; i < fixture_garbage_count; i++)
        assert_fails((HANDLE)fixture_garbage[i], 1, 1, ERROR_INVALID_HANDLE);
    assert_int_equal(MprAdminInterfaceDeviceGetInfo(server, tunnel, 1, 0, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(set(tunnel, 1, 0, NULL), ERROR_INVALID_PARAMETER);
    wmemset(endless.szDeviceName, L'x', MPR_MaxDeviceName + 1);
    assert_int_equal(set(tunnel, 1, 0, &endless), ERROR_INVALID_PARAMETER);
    endless = device;
    wmemset(endless.szLocalPhoneNumber, L'x', MPR_MaxPhoneNumber + 1);
    assert_int_equal(set(tunnel, 1, 1, &endless), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(tunnel, 1, 0, &endless), NO_ERROR); /* is not looked at */
    wcscpy(device.szDeviceName, L"two\r\nlines=1");
    assert_int_equal(set(tunnel, 1, 0, &device), ERROR_INVALID_PARAMETER);
    assert_int_equal(set(bundle, 2, 0, &device), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceDeviceGetInfo(NULL, tunnel, 1, 0, &buffer),
                     RPC_INVALID_BINDING);
    assert_null(buffer);
}

static void an_interface_that_does_not_dial(void **state)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, total = 0;

    (void)state;
    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&list, (DWORD)-1, &count, &total, NULL),
        NO_ERROR);
    for (DWORD i = 0; i < count; i++) {
        if (list[i].dwIfType == ROUTER_IF_TYPE_INTERNAL)
            assert_fails(list[i].hInterface, 1, 0, ERROR_INVALID_PARAMETER);
    }
    MprAdminBufferFree(list);
}

static void rights(void **state)
{
    MPR_DEVICE_1 device = make(L"vpn", L"x", L"y", NULL);
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD denied_get, denied_set;

    (void)state;
    if (!rights_drop()) skip();
    denied_get = MprAdminInterfaceDeviceGetInfo(server, tunnel, 1, 0, &buffer);
    denied_set = set(tunnel, 1, 0, &device);
    rights_restore();
    assert_int_equal(denied_get, ERROR_ACCESS_DENIED);
    assert_int_equal(denied_set, ERROR_ACCESS_DENIED);
    assert_null(buffer);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_is_the_interface),
        cmocka_unit_test(further_ones_of_a_tunnel_are_ignored),
        cmocka_unit_test(links),
        cmocka_unit_test(setting_the_interface_leaves_links),
        cmocka_unit_test(the_file),
        cmocka_unit_test(bad_arguments),
        cmocka_unit_test(an_interface_that_does_not_dial),
        cmocka_unit_test(rights),
        cmocka_unit_test(restart), /* last: its interfaces may go */
    };

    if (argc > 1 && !strcmp(argv[1], "look")) return child();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, end);
}
