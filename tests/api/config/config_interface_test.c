/* MprConfigInterface{Create,Delete,GetHandle,GetInfo,SetInfo,Enum}. */
#include "api/config/config_fixture.h"

#include <stdio.h>
#include <wchar.h>

static const WCHAR hours[] = L"2 09:00-12:00 13:00-17:30\0004 09:00-12:00\0";

static MPR_INTERFACE_0 level_0(const WCHAR *name, DWORD type)
{
    MPR_INTERFACE_0 info;

    memset(&info, 0, sizeof(info));
    wcscpy_s(info.wszInterfaceName, MAX_INTERFACE_NAME_LEN + 1, name);
    info.fEnabled = TRUE;
    info.dwIfType = (ROUTER_INTERFACE_TYPE)type;
    return info;
}

static DWORD create(MPR_INTERFACE_0 *info, HANDLE *ret)
{
    *ret = GARBAGE;
    return MprConfigInterfaceCreate(config, 0, (BYTE *)info, ret);
}

static void create_stores_windows_layout(void **state)
{
    MPR_INTERFACE_0 info = level_0(L"Branch Office", ROUTER_IF_TYPE_FULL_ROUTER);
    WCHAR name[64];
    HANDLE handle;

    (void)state;
    info.fEnabled = FALSE;
    assert_int_equal(create(&info, &handle), NO_ERROR);
    assert_int_equal(stored_dword(L"Interfaces\\0", L"Type"), ROUTER_IF_TYPE_FULL_ROUTER);
    assert_int_equal(stored_dword(L"Interfaces\\0", L"Enabled"), 0);
    assert_int_equal(stored_bytes(L"Interfaces\\0", L"InterfaceName", name, sizeof(name)),
                     sizeof(L"Branch Office"));
    assert_int_equal(wcscmp(name, L"Branch Office"), 0);
    make_interface(L"second", ROUTER_IF_TYPE_DEDICATED);
    assert_int_equal(MprConfigInterfaceDelete(config, handle), NO_ERROR);
    make_interface(L"third", ROUTER_IF_TYPE_HOME_ROUTER);
    assert_int_equal(stored_dword(L"Interfaces\\0", L"Type"), ROUTER_IF_TYPE_HOME_ROUTER);
    assert_int_equal(stored_dword(L"Interfaces\\1", L"Type"), ROUTER_IF_TYPE_DEDICATED);
}

static void create_refuses(void **state)
{
    MPR_INTERFACE_0 good = level_0(L"x", ROUTER_IF_TYPE_FULL_ROUTER), bad;
    const DWORD types[] = {ROUTER_IF_TYPE_CLIENT, ROUTER_IF_TYPE_TUNNEL1, ROUTER_IF_TYPE_DIALOUT, 8,
                           99};
    HANDLE handle;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        handle = GARBAGE;
        assert_int_equal(MprConfigInterfaceCreate(bad_handles[n], 0, (BYTE *)&good, &handle),
                         ERROR_INVALID_PARAMETER);
        assert_null(handle);
    }
    assert_int_equal(MprConfigInterfaceCreate(config, 0, NULL, &handle), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&good, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceCreate(config, 4, (BYTE *)&good, &handle),
                     ERROR_INVALID_PARAMETER);
    for (size_t n = 0; n < sizeof(types) / sizeof(*types); n++) {
        bad = level_0(L"x", types[n]);
        assert_int_equal(create(&bad, &handle), ERROR_INVALID_PARAMETER);
    }
    bad = level_0(L"", ROUTER_IF_TYPE_FULL_ROUTER);
    assert_int_equal(create(&bad, &handle), ERROR_INVALID_PARAMETER);
    bad = level_0(L"lan", ROUTER_IF_TYPE_DEDICATED);
    bad.fEnabled = FALSE;
    assert_int_equal(create(&bad, &handle), ERROR_INVALID_PARAMETER);
    memset(bad.wszInterfaceName, 'x', sizeof(bad.wszInterfaceName));
    assert_int_equal(create(&bad, &handle), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetHandle(config, (WCHAR *)L"x", &handle),
                     ERROR_NO_SUCH_INTERFACE);
}

static void create_again_changes(void **state)
{
    MPR_INTERFACE_0 info = level_0(L"again", ROUTER_IF_TYPE_FULL_ROUTER);
    HANDLE first, second;

    (void)state;
    assert_int_equal(create(&info, &first), NO_ERROR);
    info.fEnabled = FALSE;
    wcscpy_s(info.wszInterfaceName, 10, L"AGAIN");
    assert_int_equal(create(&info, &second), NO_ERROR);
    assert_ptr_equal(first, second);
    assert_int_equal(stored_dword(L"Interfaces\\0", L"Enabled"), 0);
    info.dwIfType = ROUTER_IF_TYPE_HOME_ROUTER;
    assert_int_equal(create(&info, &second), ERROR_INVALID_PARAMETER);
}

static void hours_round_trip(void **state)
{
    MPR_INTERFACE_1 info, *got;
    WCHAR stored[128];
    HANDLE handle;
    DWORD size;

    (void)state;
    memset(&info, 0, sizeof(info));
    wcscpy_s(info.wszInterfaceName, 10, L"hours");
    info.fEnabled = TRUE;
    info.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER;
    info.lpwsDialoutHoursRestriction = (WCHAR *)hours;
    assert_int_equal(MprConfigInterfaceCreate(config, 1, (BYTE *)&info, &handle), NO_ERROR);
    assert_int_equal(stored_bytes(L"Interfaces\\0", L"DialOutHours", stored, sizeof(stored)),
                     sizeof(hours));
    assert_memory_equal(stored, hours, sizeof(hours));

    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 1, (BYTE **)&got, &size), NO_ERROR);
    assert_true(size >= sizeof(*got));
    assert_memory_equal(got->lpwsDialoutHoursRestriction, hours, sizeof(hours));
    assert_int_equal(MprConfigBufferFree(got), NO_ERROR);

    info.lpwsDialoutHoursRestriction = (WCHAR *)L"7 09:00-12:00\0";
    assert_int_equal(MprConfigInterfaceSetInfo(config, handle, 1, (BYTE *)&info),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceSetInfo(config, handle, 0, (BYTE *)&info), NO_ERROR);
    assert_int_equal(stored_bytes(L"Interfaces\\0", L"DialOutHours", stored, sizeof(stored)),
                     sizeof(hours));
    info.lpwsDialoutHoursRestriction = NULL;
    assert_int_equal(MprConfigInterfaceSetInfo(config, handle, 1, (BYTE *)&info), NO_ERROR);
    assert_int_equal(stored_bytes(L"Interfaces\\0", L"DialOutHours", stored, sizeof(stored)), 0);
}

static void get_info_level_0(void **state)
{
    HANDLE handle =
        make_interface(L"{12345678-1234-1234-1234-123456789abc}", ROUTER_IF_TYPE_DEDICATED);
    MPR_INTERFACE_0 *info = GARBAGE;
    DWORD size = 0xdeadbeef;

    (void)state;
    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 0, (BYTE **)&info, &size), NO_ERROR);
    assert_int_equal(size, sizeof(*info));
    assert_ptr_equal(info->hInterface, handle);
    assert_int_equal(info->dwIfType, ROUTER_IF_TYPE_DEDICATED);
    assert_true(info->fEnabled);
    assert_int_equal(wcscmp(info->wszInterfaceName, L"{12345678-1234-1234-1234-123456789abc}"), 0);
    assert_int_equal(MprConfigBufferFree(info), NO_ERROR);
}

static void get_info_refuses(void **state)
{
    HANDLE handle = make_interface(L"y", ROUTER_IF_TYPE_HOME_ROUTER);
    BYTE *info = GARBAGE;
    DWORD size = 0xdeadbeef;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigInterfaceGetInfo(bad_handles[n], handle, 0, &info, &size),
                         ERROR_INVALID_PARAMETER);
        assert_null(info);
        assert_int_equal(size, 0);
        assert_int_equal(MprConfigInterfaceGetInfo(config, bad_handles[n], 0, &info, &size),
                         ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigInterfaceGetInfo(config, config, 0, &info, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 0, NULL, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 0, &info, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 4, &info, &size),
                     ERROR_INVALID_PARAMETER);
    remove_key(L"Interfaces\\0");
    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 0, &info, &size),
                     ERROR_NO_SUCH_INTERFACE);
}

static void set_info(void **state)
{
    HANDLE dial = make_interface(L"d", ROUTER_IF_TYPE_FULL_ROUTER);
    HANDLE lan = make_interface(L"l", ROUTER_IF_TYPE_DEDICATED);
    MPR_INTERFACE_0 info = level_0(L"d", ROUTER_IF_TYPE_FULL_ROUTER);

    (void)state;
    info.fEnabled = FALSE;
    assert_int_equal(MprConfigInterfaceSetInfo(config, dial, 0, (BYTE *)&info), NO_ERROR);
    assert_int_equal(stored_dword(L"Interfaces\\0", L"Enabled"), 0);
    info = level_0(L"l", ROUTER_IF_TYPE_DEDICATED);
    assert_int_equal(MprConfigInterfaceSetInfo(config, lan, 0, (BYTE *)&info), NO_ERROR);
    info.fEnabled = FALSE;
    assert_int_equal(MprConfigInterfaceSetInfo(config, lan, 0, (BYTE *)&info),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(stored_dword(L"Interfaces\\1", L"Enabled"), 1);
    assert_int_equal(MprConfigInterfaceSetInfo(config, dial, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceSetInfo(config, dial, 9, (BYTE *)&info),
                     ERROR_INVALID_PARAMETER);
    info = level_0(L"d", ROUTER_IF_TYPE_FULL_ROUTER);
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigInterfaceSetInfo(bad_handles[n], dial, 0, (BYTE *)&info),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigInterfaceSetInfo(config, bad_handles[n], 0, (BYTE *)&info),
                         ERROR_INVALID_PARAMETER);
    }
    remove_key(L"Interfaces\\0");
    assert_int_equal(MprConfigInterfaceSetInfo(config, dial, 0, (BYTE *)&info),
                     ERROR_NO_SUCH_INTERFACE);
}

static void handles_follow_the_name(void **state)
{
    HANDLE a = make_interface(L"a", ROUTER_IF_TYPE_FULL_ROUTER), found = GARBAGE;
    MPR_INTERFACE_0 *info;
    DWORD size;

    (void)state;
    assert_int_equal(MprConfigInterfaceGetHandle(config, (WCHAR *)L"A", &found), NO_ERROR);
    assert_ptr_equal(found, a);
    /* Somebody else replaces the key's interface, and stores a under another number. */
    store_text(L"Interfaces\\0", L"InterfaceName", REG_SZ, L"b", sizeof(L"b"));
    store_text(L"Interfaces\\7", L"InterfaceName", REG_SZ, L"a", sizeof(L"a"));
    store_dword(L"Interfaces\\7", L"Type", ROUTER_IF_TYPE_HOME_ROUTER);
    assert_int_equal(MprConfigInterfaceGetInfo(config, a, 0, (BYTE **)&info, &size), NO_ERROR);
    assert_int_equal(info->dwIfType, ROUTER_IF_TYPE_HOME_ROUTER);
    assert_true(info->fEnabled); /* missing Enabled means 1 */
    MprConfigBufferFree(info);
    assert_int_equal(MprConfigInterfaceGetHandle(config, NULL, &found), ERROR_INVALID_PARAMETER);
    assert_null(found);
    assert_int_equal(MprConfigInterfaceGetHandle(config, (WCHAR *)L"a", NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetHandle(config, (WCHAR *)L"none", &found),
                     ERROR_NO_SUCH_INTERFACE);
}

static void delete_ends_everything_below(void **state)
{
    HANDLE handle = make_interface(L"gone", ROUTER_IF_TYPE_FULL_ROUTER), transport = GARBAGE;
    BYTE *info = GARBAGE;
    DWORD size, type;

    (void)state;
    assert_int_equal(
        MprConfigInterfaceTransportAdd(config, handle, PID_IP, NULL, (BYTE *)"1234", 4, &transport),
        NO_ERROR);
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigInterfaceDelete(bad_handles[n], handle), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigInterfaceDelete(config, bad_handles[n]), ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigInterfaceDelete(config, handle), NO_ERROR);
    assert_int_equal(stored_bytes(L"Interfaces\\0", L"Type", &type, sizeof(type)), 0);
    assert_int_equal(MprConfigInterfaceDelete(config, handle), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceGetInfo(config, handle, 0, &info, &size),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceTransportGetInfo(config, handle, transport, &info, &size),
                     ERROR_INVALID_PARAMETER);
    handle = make_interface(L"other", ROUTER_IF_TYPE_FULL_ROUTER);
    remove_key(L"Interfaces\\0");
    assert_int_equal(MprConfigInterfaceDelete(config, handle), ERROR_NO_SUCH_INTERFACE);
}

/* Walks all pages of a size; returns the entries seen. */
static DWORD walk(DWORD preferred, BOOL insert)
{
    DWORD read, total, resume = 0, seen = 0, status;
    MPR_INTERFACE_0 *page;

    do {
        status =
            MprConfigInterfaceEnum(config, 0, (BYTE **)&page, preferred, &read, &total, &resume);
        if (status == ERROR_NO_MORE_ITEMS) break;
        assert_true(status == NO_ERROR || status == ERROR_MORE_DATA);
        assert_true(read > 0 && read <= total);
        assert_int_equal(status == ERROR_MORE_DATA, resume != 0);
        for (DWORD n = 0; n < read; n++, seen++) {
            WCHAR name[16];

            swprintf(name, 16, L"if%02u", seen);
            assert_int_equal(wcscmp(page[n].wszInterfaceName, name), 0);
        }
        assert_int_equal(MprConfigBufferFree(page), NO_ERROR);
        if (insert && seen == 4) remove_key(L"Interfaces\\0"); /* behind us: nothing is skipped */
    } while (resume);
    return seen;
}

static void enumerates_in_pages(void **state)
{
    DWORD one = sizeof(MPR_INTERFACE_0);

    (void)state;
    for (unsigned n = 0; n < 12; n++) {
        WCHAR name[16];

        swprintf(name, 16, L"if%02u", n);
        make_interface(name, ROUTER_IF_TYPE_FULL_ROUTER);
    }
    assert_int_equal(walk(ALL, FALSE), 12);
    assert_int_equal(walk(one, FALSE), 12);
    assert_int_equal(walk(5 * one + 3, FALSE), 12);
    assert_int_equal(walk(4 * one, TRUE), 12);
}

static void enumeration_refuses(void **state)
{
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, resume = 0;
    BYTE *page = GARBAGE;

    (void)state;
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, ALL, &read, &total, &resume),
                     ERROR_NO_MORE_ITEMS);
    assert_null(page);
    assert_int_equal(read + total + resume, 0);
    make_interface(L"z", ROUTER_IF_TYPE_FULL_ROUTER);
    for (int n = 0; n < BAD_HANDLES; n++)
        assert_int_equal(
            MprConfigInterfaceEnum(bad_handles[n], 0, &page, ALL, &read, &total, &resume),
            ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceEnum(config, 1, &page, ALL, &read, &total, &resume),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceEnum(config, 0, NULL, ALL, &read, &total, &resume),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, ALL, NULL, &total, &resume),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, ALL, &read, NULL, &resume),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, sizeof(MPR_INTERFACE_0) - 1, &read,
                                            &total, &resume),
                     ERROR_INVALID_PARAMETER);
    resume = 1000;
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, ALL, &read, &total, &resume),
                     ERROR_NO_MORE_ITEMS);
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, ALL, &read, &total, NULL), NO_ERROR);
    assert_int_equal(read, 1);
    MprConfigBufferFree(page);
}

static void damaged_keys_are_left_out(void **state)
{
    DWORD read, total;
    BYTE *page;

    (void)state;
    make_interface(L"good", ROUTER_IF_TYPE_FULL_ROUTER);
    store_dword(L"Interfaces\\1", L"Type", 2);                       /* no name */
    store_text(L"Interfaces\\2", L"InterfaceName", REG_SZ, L"t", 4); /* no type */
    store_dword(L"Interfaces\\3", L"Type", 2);
    store_dword(L"Interfaces\\3", L"InterfaceName", 7); /* wrong kind */
    store_dword(L"Interfaces\\name", L"Type", 2);
    store_text(L"Interfaces\\name", L"InterfaceName", REG_SZ, L"n", 4); /* no number */
    assert_int_equal(MprConfigInterfaceEnum(config, 0, &page, ALL, &read, &total, NULL), NO_ERROR);
    assert_int_equal(read, 1);
    MprConfigBufferFree(page);
}

/* One terminator ends an empty list: nothing behind it is read. */
static void empty_hours_at_the_end_of_a_page(void **state)
{
    BYTE *pages = VirtualAlloc(NULL, 8192, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    MPR_INTERFACE_1 info = {
        .wszInterfaceName = L"edge", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    MPR_SERVER_HANDLE server = NULL;
    HANDLE handle = GARBAGE;
    DWORD old;

    (void)state;
    assert_non_null(pages);
    assert_true(VirtualProtect(pages + 4096, 4096, PAGE_NOACCESS, &old));
    info.lpwsDialoutHoursRestriction = (WCHAR *)(void *)(pages + 4096 - sizeof(WCHAR));
    assert_int_equal(MprConfigInterfaceCreate(config, 1, (BYTE *)&info, &handle), NO_ERROR);
    assert_int_equal(MprConfigInterfaceSetInfo(config, handle, 1, (BYTE *)&info), NO_ERROR);
    assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetHandle(server, info.wszInterfaceName, &handle, FALSE),
                     NO_ERROR);
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 1, (BYTE *)&info), NO_ERROR);
    MprAdminServerDisconnect(server);
    VirtualFree(pages, 0, MEM_RELEASE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(empty_hours_at_the_end_of_a_page),
        TEST(create_stores_windows_layout),
        TEST(create_refuses),
        TEST(create_again_changes),
        TEST(hours_round_trip),
        TEST(get_info_level_0),
        TEST(get_info_refuses),
        TEST(set_info),
        TEST(handles_follow_the_name),
        TEST(delete_ends_everything_below),
        TEST(enumerates_in_pages),
        TEST(enumeration_refuses),
        TEST(damaged_keys_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
