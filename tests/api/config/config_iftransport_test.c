/* MprConfigInterfaceTransport{Add,Remove,GetHandle,GetInfo,SetInfo,Enum}. */
#include "api/config/config_fixture.h"

#include <wchar.h>

static BYTE info[] = "interface information";
static HANDLE owner;

static int start(void **state)
{
    fixture_start(state);
    owner = make_interface(L"dial", ROUTER_IF_TYPE_FULL_ROUTER);
    return 0;
}

static HANDLE add(DWORD id)
{
    HANDLE ret = GARBAGE;

    assert_int_equal(
        MprConfigInterfaceTransportAdd(config, owner, id, NULL, info, sizeof(info), &ret),
        NO_ERROR);
    return ret;
}

static void add_stores_windows_layout(void **state)
{
    BYTE bytes[64];
    HANDLE handle;

    (void)state;
    add(PID_IP);
    assert_int_equal(stored_dword(L"Interfaces\\0\\Ip", L"ProtocolId"), PID_IP);
    assert_int_equal(stored_bytes(L"Interfaces\\0\\Ip", L"InterfaceInfo", bytes, sizeof(bytes)),
                     sizeof(info));
    assert_memory_equal(bytes, info, sizeof(info));
    add(PID_IPX);
    assert_int_equal(stored_dword(L"Interfaces\\0\\Ipx", L"ProtocolId"), PID_IPX);
    assert_int_equal(
        MprConfigInterfaceTransportAdd(config, owner, 77, (WCHAR *)L"Mine", NULL, 0, &handle),
        NO_ERROR);
    assert_int_equal(stored_dword(L"Interfaces\\0\\Mine", L"ProtocolId"), 77);
    assert_int_equal(MprConfigInterfaceTransportAdd(config, owner, 78, NULL, NULL, 0, &handle),
                     NO_ERROR);
    assert_int_equal(stored_dword(L"Interfaces\\0\\78", L"ProtocolId"), 78);
}

static void add_again_sets(void **state)
{
    HANDLE first = add(PID_IP), second;
    BYTE bytes[64];

    (void)state;
    assert_int_equal(
        MprConfigInterfaceTransportAdd(config, owner, PID_IP, NULL, (BYTE *)"xy", 2, &second),
        NO_ERROR);
    assert_ptr_equal(first, second);
    assert_int_equal(stored_bytes(L"Interfaces\\0\\Ip", L"InterfaceInfo", bytes, sizeof(bytes)), 2);
}

static void add_refuses(void **state)
{
    HANDLE handle = GARBAGE;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(
            MprConfigInterfaceTransportAdd(bad_handles[n], owner, PID_IP, NULL, info, 4, &handle),
            ERROR_INVALID_PARAMETER);
        assert_null(handle);
        assert_int_equal(
            MprConfigInterfaceTransportAdd(config, bad_handles[n], PID_IP, NULL, info, 4, &handle),
            ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigInterfaceTransportAdd(config, owner, PID_IP, NULL, info, 4, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportAdd(config, owner, PID_IP, NULL, info, 0, &handle),
                     ERROR_INVALID_PARAMETER);
    remove_key(L"Interfaces\\0");
    assert_int_equal(MprConfigInterfaceTransportAdd(config, owner, PID_IP, NULL, info, 4, &handle),
                     ERROR_NO_SUCH_INTERFACE);
}

static void get_handle(void **state)
{
    HANDLE handle = add(PID_IP), found = GARBAGE;

    (void)state;
    assert_int_equal(MprConfigInterfaceTransportGetHandle(config, owner, PID_IP, &found), NO_ERROR);
    assert_ptr_equal(found, handle);
    assert_int_equal(MprConfigInterfaceTransportGetHandle(config, owner, PID_IPV6, &found),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(found);
    assert_int_equal(MprConfigInterfaceTransportGetHandle(config, owner, PID_IP, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportGetHandle(NULL, owner, PID_IP, &found),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportGetHandle(config, NULL, PID_IP, &found),
                     ERROR_INVALID_PARAMETER);
    remove_key(L"Interfaces\\0");
    assert_int_equal(MprConfigInterfaceTransportGetHandle(config, owner, PID_IP, &found),
                     ERROR_NO_SUCH_INTERFACE);
}

static void get_and_set_info(void **state)
{
    HANDLE handle = add(PID_IP);
    DWORD size = 0xdeadbeef;
    BYTE *got = GARBAGE;

    (void)state;
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, owner, handle, &got, &size),
                     NO_ERROR);
    assert_int_equal(size, sizeof(info));
    assert_memory_equal(got, info, sizeof(info));
    assert_int_equal(MprConfigBufferFree(got), NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, owner, handle, NULL, NULL),
                     NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportSetInfo(config, owner, handle, NULL, 5), NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportSetInfo(config, owner, handle, (BYTE *)"ab", 2),
                     NO_ERROR);
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, owner, handle, &got, &size),
                     NO_ERROR);
    assert_int_equal(size, 2);
    MprConfigBufferFree(got);
}

static void info_refuses(void **state)
{
    HANDLE handle = add(PID_IP), other = make_interface(L"other", ROUTER_IF_TYPE_FULL_ROUTER);
    DWORD size = 0xdeadbeef;
    BYTE *got = GARBAGE;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(
            MprConfigInterfaceTransportGetInfo(bad_handles[n], owner, handle, &got, &size),
            ERROR_INVALID_PARAMETER);
        assert_null(got);
        assert_int_equal(size, 0);
        assert_int_equal(
            MprConfigInterfaceTransportGetInfo(config, bad_handles[n], handle, &got, &size),
            ERROR_INVALID_PARAMETER);
        assert_int_equal(
            MprConfigInterfaceTransportGetInfo(config, owner, bad_handles[n], &got, &size),
            ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigInterfaceTransportSetInfo(config, owner, bad_handles[n], info, 4),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigInterfaceTransportSetInfo(bad_handles[n], owner, handle, info, 4),
                         ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, owner, handle, &got, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, other, handle, &got, &size),
                     ERROR_INVALID_PARAMETER); /* of another interface */
    assert_int_equal(MprConfigInterfaceTransportSetInfo(config, owner, handle, info, 0),
                     ERROR_INVALID_PARAMETER);
    remove_key(L"Interfaces\\0\\Ip");
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, owner, handle, &got, &size),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprConfigInterfaceTransportSetInfo(config, owner, handle, info, 4),
                     ERROR_NO_SUCH_INTERFACE);
}

static void remove_ends_it(void **state)
{
    HANDLE handle = add(PID_IP);
    DWORD id;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigInterfaceTransportRemove(bad_handles[n], owner, handle),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigInterfaceTransportRemove(config, bad_handles[n], handle),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigInterfaceTransportRemove(config, owner, bad_handles[n]),
                         ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigInterfaceTransportRemove(config, owner, handle), NO_ERROR);
    assert_int_equal(stored_bytes(L"Interfaces\\0\\Ip", L"ProtocolId", &id, sizeof(id)), 0);
    assert_int_equal(MprConfigInterfaceTransportRemove(config, owner, handle),
                     ERROR_INVALID_PARAMETER);
}

static void enumerates(void **state)
{
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, resume = 0, one = sizeof(MPR_IFTRANSPORT_0);
    MPR_IFTRANSPORT_0 *page = GARBAGE;
    HANDLE handle;

    (void)state;
    assert_int_equal(MprConfigInterfaceTransportEnum(config, owner, 0, (BYTE **)&page, ALL, &read,
                                                     &total, &resume),
                     ERROR_NO_MORE_ITEMS);
    assert_null(page);
    add(PID_IPV6);
    handle = add(PID_IP);
    assert_int_equal(MprConfigInterfaceTransportEnum(config, owner, 0, (BYTE **)&page, one, &read,
                                                     &total, &resume),
                     ERROR_MORE_DATA);
    assert_int_equal(page->dwTransportId, PID_IP);
    assert_ptr_equal(page->hIfTransport, handle);
    assert_int_equal(wcscmp(page->wszIfTransportName, L"Ip"), 0);
    MprConfigBufferFree(page);
    assert_int_equal(MprConfigInterfaceTransportEnum(config, owner, 0, (BYTE **)&page, one, &read,
                                                     &total, &resume),
                     NO_ERROR);
    assert_int_equal(page->dwTransportId, PID_IPV6);
    MprConfigBufferFree(page);
    assert_int_equal(
        MprConfigInterfaceTransportEnum(config, owner, 1, (BYTE **)&page, ALL, &read, &total, NULL),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportEnum(config, owner, 0, (BYTE **)&page, one - 1,
                                                     &read, &total, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(
        MprConfigInterfaceTransportEnum(config, NULL, 0, (BYTE **)&page, ALL, &read, &total, NULL),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(
        MprConfigInterfaceTransportEnum(config, owner, 0, NULL, ALL, &read, &total, NULL),
        ERROR_INVALID_PARAMETER);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(add_stores_windows_layout),
        TEST(add_again_sets),
        TEST(add_refuses),
        TEST(get_handle),
        TEST(get_and_set_info),
        TEST(info_refuses),
        TEST(remove_ends_it),
        TEST(enumerates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
