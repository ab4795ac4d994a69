/* MprAdminInterfaceCreate, Delete, GetHandle, GetInfo, SetInfo and Enum on level 0. */
#include "api/support/fixture.h"

#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server;

static int connect_server(void **state)
{
    (void)state;
    server = fixture_connect();
    return 0;
}

static int disconnect_server(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    return 0;
}

static MPR_INTERFACE_0 make(const WCHAR *name, ROUTER_INTERFACE_TYPE type)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = type};

    wcscpy(info.wszInterfaceName, name);
    return info;
}

static void create_find_read_delete(void **state)
{
    MPR_INTERFACE_0 wanted = make(L"Branch", ROUTER_IF_TYPE_FULL_ROUTER), got;
    HANDLE handle = UNTOUCHED_HANDLE, found = UNTOUCHED_HANDLE;
    WCHAR folded[] = L"bRANCH";

    (void)state;
    fixture_entry("Branch");
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&wanted, &handle), NO_ERROR);
    assert_non_null(handle);
    assert_true((ULONG_PTR)handle <= 0xffffffff);
    assert_int_equal(MprAdminInterfaceGetHandle(server, folded, &found, FALSE), NO_ERROR);
    assert_ptr_equal(found, handle);
    got = fixture_info(server, handle);
    assert_int_equal(wcscmp(got.wszInterfaceName, L"Branch"), 0);
    assert_ptr_equal(got.hInterface, handle);
    assert_int_equal(got.fEnabled, TRUE);
    assert_int_equal(got.dwIfType, ROUTER_IF_TYPE_FULL_ROUTER);
    assert_int_equal(got.dwConnectionState, ROUTER_IF_STATE_DISCONNECTED);
    assert_int_equal(got.fUnReachabilityReasons, 0);
    assert_int_equal(got.dwLastError, NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), ERROR_INVALID_HANDLE);
    assert_int_equal(MprAdminInterfaceGetHandle(server, folded, &found, FALSE),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(found);
    /* The entry went with it (MS-RRASM 3.1.4.16). */
    handle = UNTOUCHED_HANDLE;
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&wanted, &handle),
                     ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    assert_null(handle);
}

static void create_refusals(void **state)
{
    MPR_INTERFACE_0 info = make(L"Twice", ROUTER_IF_TYPE_FULL_ROUTER);
    HANDLE handle = UNTOUCHED_HANDLE, first;

    (void)state;
    assert_int_equal(MprAdminInterfaceCreate(server, 0, NULL, &handle), ERROR_INVALID_PARAMETER);
    assert_null(handle);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, NULL),
                     ERROR_INVALID_PARAMETER);
    handle = UNTOUCHED_HANDLE;
    assert_int_equal(MprAdminInterfaceCreate(server, 4, (BYTE *)&info, &handle),
                     ERROR_NOT_SUPPORTED);
    assert_null(handle);

    first = fixture_dial_interface(server, "Twice", NULL);
    wcscpy(info.wszInterfaceName, L"TWICE");
    handle = UNTOUCHED_HANDLE;
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle),
                     ERROR_INTERFACE_ALREADY_EXISTS);
    assert_null(handle);
    assert_int_equal(MprAdminInterfaceDelete(server, first), NO_ERROR);

    info.wszInterfaceName[0] = 0;
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle),
                     ERROR_INVALID_PARAMETER);
    wmemset(info.wszInterfaceName, L'x', MAX_INTERFACE_NAME_LEN + 1);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle),
                     ERROR_INVALID_PARAMETER);
}

static void create_takes_some_types_only(void **state)
{
    const ROUTER_INTERFACE_TYPE refused[] = {ROUTER_IF_TYPE_CLIENT, ROUTER_IF_TYPE_TUNNEL1,
                                             ROUTER_IF_TYPE_DIALOUT, (ROUTER_INTERFACE_TYPE)8,
                                             (ROUTER_INTERFACE_TYPE)-1};

    (void)state;
    fixture_entry("Typed");
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        MPR_INTERFACE_0 info = make(L"Typed", refused[i]);
        HANDLE handle = UNTOUCHED_HANDLE;

        assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle),
                         ERROR_INVALID_PARAMETER);
        assert_null(handle);
    }
}

static void a_name_of_full_length(void **state)
{
    MPR_INTERFACE_0 info = make(L"", ROUTER_IF_TYPE_FULL_ROUTER);
    char name[MAX_INTERFACE_NAME_LEN + 1];
    HANDLE handle = NULL;

    (void)state;
    memset(name, 'n', MAX_INTERFACE_NAME_LEN);
    name[MAX_INTERFACE_NAME_LEN] = 0;
    wmemset(info.wszInterfaceName, L'n', MAX_INTERFACE_NAME_LEN);
    fixture_entry(name);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    assert_int_equal(wcslen(fixture_info(server, handle).wszInterfaceName), MAX_INTERFACE_NAME_LEN);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void delete_refuses_connected_and_lan(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Busy", &dialer), loopback = NULL;
    MPR_INTERFACE_0 *all = NULL;
    DWORD read = 0, total = 0;

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), ERROR_INTERFACE_CONNECTED);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);

    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, NULL), NO_ERROR);
    for (DWORD i = 0; i < read; i++) {
        if (all[i].dwIfType == ROUTER_IF_TYPE_LOOPBACK) loopback = all[i].hInterface;
    }
    MprAdminBufferFree(all);
    assert_non_null(loopback);
    assert_int_equal(MprAdminInterfaceDelete(server, loopback), ERROR_INVALID_PARAMETER);
}

static void get_handle_refusals(void **state)
{
    WCHAR name[] = L"Nowhere", empty[] = L"";
    HANDLE handle = UNTOUCHED_HANDLE;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetHandle(server, name, &handle, FALSE),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(handle);
    handle = UNTOUCHED_HANDLE;
    assert_int_equal(MprAdminInterfaceGetHandle(server, empty, &handle, TRUE),
                     ERROR_NO_SUCH_INTERFACE);
    assert_null(handle);
    handle = UNTOUCHED_HANDLE;
    assert_int_equal(MprAdminInterfaceGetHandle(server, NULL, &handle, FALSE), RPC_NULL_REF);
    assert_null(handle);
    assert_int_equal(MprAdminInterfaceGetHandle(server, name, NULL, FALSE),
                     ERROR_INVALID_PARAMETER);
    handle = UNTOUCHED_HANDLE;
    assert_int_equal(MprAdminInterfaceGetHandle(NULL, name, &handle, FALSE), RPC_INVALID_BINDING);
    assert_null(handle);
}

static void get_info_refusals(void **state)
{
    HANDLE handle = fixture_dial_interface(server, "Read", NULL);
    BYTE *buffer = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 4, &buffer), ERROR_NOT_SUPPORTED);
    assert_null(buffer);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    buffer = UNTOUCHED_PTR;
    assert_int_equal(MprAdminInterfaceGetInfo(server, handle, 0, &buffer), ERROR_INVALID_HANDLE);
    assert_null(buffer);
}

static void set_info_enables_and_disables(void **state)
{
    HANDLE handle = fixture_dial_interface(server, "Switched", NULL);
    MPR_INTERFACE_0 info = fixture_info(server, handle);

    (void)state;
    info.fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&info), NO_ERROR);
    info = fixture_info(server, handle);
    assert_int_equal(info.fEnabled, FALSE);
    assert_int_equal(info.dwConnectionState, ROUTER_IF_STATE_UNREACHABLE);
    assert_true(info.fUnReachabilityReasons & MPR_INTERFACE_ADMIN_DISABLED);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE),
                     ERROR_INTERFACE_DISABLED);
    info.fEnabled = TRUE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&info), NO_ERROR);
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_DISCONNECTED);

    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 4, (BYTE *)&info),
                     ERROR_NOT_SUPPORTED);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&info),
                     ERROR_INVALID_HANDLE);
}

static void enum_everything(void **state)
{
    MPR_INTERFACE_0 *all = UNTOUCHED_PTR;
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, resume = 0;
    HANDLE handle = fixture_dial_interface(server, "Listed", NULL);
    int loopbacks = 0, internals = 0, listed = 0;

    (void)state;
    assert_int_equal(
        MprAdminInterfaceEnum(server, 0, (BYTE **)&all, (DWORD)-1, &read, &total, &resume),
        NO_ERROR);
    assert_int_equal(read, total);
    assert_int_equal(resume, 0);
    for (DWORD i = 0; i < read; i++) {
        loopbacks += all[i].dwIfType == ROUTER_IF_TYPE_LOOPBACK;
        internals += all[i].dwIfType == ROUTER_IF_TYPE_INTERNAL;
        listed += all[i].hInterface == handle && !wcscmp(all[i].wszInterfaceName, L"Listed");
    }
    assert_int_equal(loopbacks, 1);
    assert_int_equal(internals, 1);
    assert_int_equal(listed, 1);
    assert_int_equal(MprAdminBufferFree(all), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

enum { MANY = 40 };

/* In pages of sizes that do and don't divide the count: everything once, then the end. */
static void enum_in_pages(void **state)
{
    HANDLE handles[MANY];
    const DWORD sizes[] = {0, sizeof(MPR_INTERFACE_0) - 1, 3 * sizeof(MPR_INTERFACE_0) + 5,
                           17 * sizeof(MPR_INTERFACE_0)};
    char name[] = "Page 00";

    (void)state;
    for (int i = 0; i < MANY; i++) {
        name[5] = (char)('0' + i / 10);
        name[6] = (char)('0' + i % 10);
        handles[i] = fixture_dial_interface(server, name, NULL);
    }
    for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
        DWORD resume = 0, seen = 0, status = ERROR_MORE_DATA, before = 0;
        int found = 0;

        while (status == ERROR_MORE_DATA) {
            MPR_INTERFACE_0 *page = UNTOUCHED_PTR;
            DWORD read = 0, total = 0;

            status =
                MprAdminInterfaceEnum(server, 0, (BYTE **)&page, sizes[s], &read, &total, &resume);
            assert_true(status == NO_ERROR || status == ERROR_MORE_DATA);
            assert_true(read > 0);
            assert_true(!before || total == before);
            before = total - read;
            assert_int_equal(status == ERROR_MORE_DATA, resume != 0);
            assert_int_equal(status == ERROR_MORE_DATA, total > read);
            for (DWORD i = 0; i < read; i++) {
                for (int h = 0; h < MANY; h++) found += page[i].hInterface == handles[h];
            }
            seen += read;
            assert_int_equal(MprAdminBufferFree(page), NO_ERROR);
        }
        assert_int_equal(found, MANY);
        assert_true(seen >= MANY);
    }
    for (int i = 0; i < MANY; i++)
        assert_int_equal(MprAdminInterfaceDelete(server, handles[i]), NO_ERROR);
}

enum { CROWD = 300 };

static DWORD enum_crowd(DWORD preferred, const HANDLE *handles, DWORD *resume, DWORD *ret_status)
{
    MPR_INTERFACE_0 *all = UNTOUCHED_PTR;
    DWORD read = 0, total = 0, found = 0;

    *ret_status = MprAdminInterfaceEnum(server, 0, (BYTE **)&all, preferred, &read, &total, resume);
    assert_true(*ret_status == NO_ERROR || *ret_status == ERROR_MORE_DATA);
    assert_int_equal(*ret_status == ERROR_MORE_DATA, total > read);
    assert_int_equal(read, preferred / sizeof(*all) < total ? preferred / sizeof(*all) : total);
    for (DWORD i = 0, next = 0; i < read; i++) {
        WCHAR name[32];

        while (next < CROWD && all[i].hInterface != handles[next]) next++;
        if (next == CROWD) next = 0;
        if (all[i].hInterface != handles[next]) continue;
        wsprintfW(name, L"Crowd %lu", next);
        found += wcscmp(all[i].wszInterfaceName, name) == 0;
    }
    assert_int_equal(MprAdminBufferFree(all), NO_ERROR);
    return found;
}

/* What a shared router gives in several answers is one page, each interface in it once. They stay:
 * nobody deletes LAN interfaces. */
static void enum_long_pages(void **state)
{
    HANDLE handles[CROWD];
    DWORD resume = 0, found, status;

    (void)state;
    for (DWORD i = 0; i < CROWD; i++) {
        MPR_INTERFACE_0 info = make(L"", ROUTER_IF_TYPE_DEDICATED);

        wsprintfW(info.wszInterfaceName, L"Crowd %lu", i);
        assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handles[i]), NO_ERROR);
    }
    assert_int_equal(enum_crowd(MAXDWORD, handles, NULL, &status), CROWD);
    assert_int_equal(status, NO_ERROR);
    assert_int_equal(enum_crowd(MAXDWORD, handles, &resume, &status), CROWD);
    assert_int_equal(resume, 0);
    found = enum_crowd(260 * sizeof(MPR_INTERFACE_0), handles, &resume, &status);
    assert_int_equal(status, ERROR_MORE_DATA);
    assert_int_not_equal(resume, 0);
    assert_int_equal(found + enum_crowd(MAXDWORD, handles, &resume, &status), CROWD);
    assert_int_equal(status, NO_ERROR);
    assert_int_equal(resume, 0);
}

static void enum_refusals(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, resume = 0xfffffffe;

    (void)state;
    assert_int_equal(MprAdminInterfaceEnum(server, 1, &buffer, (DWORD)-1, &read, &total, NULL),
                     ERROR_NOT_SUPPORTED);
    assert_null(buffer);
    assert_int_equal(read, 0);
    assert_int_equal(total, 0);
    assert_int_equal(MprAdminInterfaceEnum(server, 0, NULL, (DWORD)-1, &read, &total, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, NULL, &total, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, &read, NULL, NULL),
                     ERROR_INVALID_PARAMETER);
    /* A resume handle beyond the end: nothing is left. */
    buffer = UNTOUCHED_PTR;
    assert_int_equal(MprAdminInterfaceEnum(server, 0, &buffer, (DWORD)-1, &read, &total, &resume),
                     NO_ERROR);
    assert_null(buffer);
    assert_int_equal(read, 0);
    assert_int_equal(resume, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create_find_read_delete),
        cmocka_unit_test(create_refusals),
        cmocka_unit_test(create_takes_some_types_only),
        cmocka_unit_test(a_name_of_full_length),
        cmocka_unit_test(delete_refuses_connected_and_lan),
        cmocka_unit_test(get_handle_refusals),
        cmocka_unit_test(get_info_refusals),
        cmocka_unit_test(set_info_enables_and_disables),
        cmocka_unit_test(enum_everything),
        cmocka_unit_test(enum_in_pages),
        cmocka_unit_test(enum_refusals),
        cmocka_unit_test(enum_long_pages),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, connect_server, disconnect_server);
}
