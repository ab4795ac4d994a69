/* MprConfigTransport{Create,Delete,GetHandle,GetInfo,SetInfo,Enum}. */
#include "api/config/config_fixture.h"

#include <wchar.h>

static BYTE global[] = "the global information";
static BYTE client[] = "client default";
static WCHAR dll[] = L"%SystemRoot%\\System32\\iprtrmgr.dll";

static HANDLE make_transport(DWORD id)
{
    HANDLE ret = GARBAGE;

    assert_int_equal(
        MprConfigTransportCreate(config, id, NULL, global, sizeof(global), NULL, 0, NULL, &ret),
        NO_ERROR);
    return ret;
}

static void create_stores_windows_layout(void **state)
{
    BYTE bytes[64];
    WCHAR text[64];
    HANDLE handle;

    (void)state;
    assert_int_equal(MprConfigTransportCreate(config, PID_IP, NULL, global, sizeof(global), client,
                                              sizeof(client), dll, &handle),
                     NO_ERROR);
    assert_int_equal(stored_dword(L"RouterManagers\\Ip", L"ProtocolId"), PID_IP);
    assert_int_equal(stored_bytes(L"RouterManagers\\Ip", L"GlobalInfo", bytes, sizeof(bytes)),
                     sizeof(global));
    assert_memory_equal(bytes, global, sizeof(global));
    assert_int_equal(
        stored_bytes(L"RouterManagers\\Ip", L"GlobalInterfaceInfo", bytes, sizeof(bytes)),
        sizeof(client));
    assert_int_equal(stored_bytes(L"RouterManagers\\Ip", L"DLLPath", text, sizeof(text)),
                     sizeof(dll));
    assert_int_equal(wcscmp(text, dll), 0);
    assert_int_equal(
        MprConfigTransportCreate(config, 0x1234, NULL, NULL, 0, NULL, 0, NULL, &handle), NO_ERROR);
    assert_int_equal(stored_dword(L"RouterManagers\\4660", L"ProtocolId"), 0x1234);
    assert_int_equal(MprConfigTransportCreate(config, PID_IPV6, (WCHAR *)L"Six", NULL, 9, NULL, 9,
                                              NULL, &handle),
                     NO_ERROR);
    assert_int_equal(stored_dword(L"RouterManagers\\Six", L"ProtocolId"), PID_IPV6);
}

static void create_again_sets(void **state)
{
    HANDLE first = make_transport(PID_IP), second = GARBAGE;
    BYTE bytes[64];

    (void)state;
    assert_int_equal(MprConfigTransportCreate(config, PID_IP, (WCHAR *)L"Other name", client,
                                              sizeof(client), NULL, 0, NULL, &second),
                     NO_ERROR);
    assert_ptr_equal(first, second);
    assert_int_equal(stored_bytes(L"RouterManagers\\Ip", L"GlobalInfo", bytes, sizeof(bytes)),
                     sizeof(client));
    assert_int_equal(
        stored_bytes(L"RouterManagers\\Other name", L"ProtocolId", bytes, sizeof(bytes)), 0);
}

static void create_refuses(void **state)
{
    HANDLE handle = GARBAGE;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigTransportCreate(bad_handles[n], PID_IP, NULL, global,
                                                  sizeof(global), NULL, 0, NULL, &handle),
                         ERROR_INVALID_PARAMETER);
        assert_null(handle);
    }
    assert_int_equal(
        MprConfigTransportCreate(config, PID_IP, NULL, global, sizeof(global), NULL, 0, NULL, NULL),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(
        MprConfigTransportCreate(config, PID_IP, NULL, global, 0, NULL, 0, NULL, &handle),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(
        MprConfigTransportCreate(config, PID_IP, NULL, NULL, 0, client, 0, NULL, &handle),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(
        MprConfigTransportCreate(config, PID_IP, (WCHAR *)L"a\\b", NULL, 0, NULL, 0, NULL, &handle),
        ERROR_INVALID_PARAMETER);
    make_transport(PID_IP);
    assert_int_equal(
        MprConfigTransportCreate(config, PID_IPV6, (WCHAR *)L"IP", NULL, 0, NULL, 0, NULL, &handle),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(stored_dword(L"RouterManagers\\Ip", L"ProtocolId"), PID_IP);
}

static void get_info(void **state)
{
    BYTE *got_global = GARBAGE, *got_client = GARBAGE;
    DWORD global_size = 0xdeadbeef, client_size = 0xdeadbeef;
    HANDLE handle;
    WCHAR *path = GARBAGE;

    (void)state;
    assert_int_equal(MprConfigTransportCreate(config, PID_IP, NULL, global, sizeof(global), NULL, 0,
                                              dll, &handle),
                     NO_ERROR);
    assert_int_equal(MprConfigTransportGetInfo(config, handle, &got_global, &global_size,
                                               &got_client, &client_size, &path),
                     NO_ERROR);
    assert_int_equal(global_size, sizeof(global));
    assert_memory_equal(got_global, global, sizeof(global));
    assert_null(got_client); /* nothing stored */
    assert_int_equal(client_size, 0);
    assert_int_equal(wcscmp(path, dll), 0);
    assert_int_equal(MprConfigBufferFree(got_global), NO_ERROR);
    assert_int_equal(MprConfigBufferFree(path), NO_ERROR);
    assert_int_equal(MprConfigTransportGetInfo(config, handle, NULL, NULL, NULL, NULL, NULL),
                     NO_ERROR);
}

static void get_info_refuses(void **state)
{
    HANDLE handle = make_transport(PID_IP);
    BYTE *info = GARBAGE;
    DWORD size;

    (void)state;
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(
            MprConfigTransportGetInfo(bad_handles[n], handle, &info, &size, NULL, NULL, NULL),
            ERROR_INVALID_PARAMETER);
        assert_null(info);
        assert_int_equal(
            MprConfigTransportGetInfo(config, bad_handles[n], &info, &size, NULL, NULL, NULL),
            ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigTransportGetInfo(config, handle, &info, NULL, NULL, NULL, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportGetInfo(config, handle, NULL, NULL, &info, NULL, NULL),
                     ERROR_INVALID_PARAMETER);
    remove_key(L"RouterManagers\\Ip");
    assert_int_equal(MprConfigTransportGetInfo(config, handle, &info, &size, NULL, NULL, NULL),
                     ERROR_UNKNOWN_PROTOCOL_ID);
}

static void set_info(void **state)
{
    HANDLE handle = make_transport(PID_IP);
    BYTE bytes[64];

    (void)state;
    assert_int_equal(MprConfigTransportSetInfo(config, handle, NULL, 7, NULL, 7, NULL), NO_ERROR);
    assert_int_equal(
        MprConfigTransportSetInfo(config, handle, NULL, 0, client, sizeof(client), dll), NO_ERROR);
    assert_int_equal(stored_bytes(L"RouterManagers\\Ip", L"GlobalInfo", bytes, sizeof(bytes)),
                     sizeof(global));
    assert_int_equal(
        stored_bytes(L"RouterManagers\\Ip", L"GlobalInterfaceInfo", bytes, sizeof(bytes)),
        sizeof(client));
    assert_int_equal(MprConfigTransportSetInfo(config, handle, global, 0, NULL, 0, NULL),
                     ERROR_INVALID_PARAMETER);
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(
            MprConfigTransportSetInfo(bad_handles[n], handle, global, 4, NULL, 0, NULL),
            ERROR_INVALID_PARAMETER);
        assert_int_equal(
            MprConfigTransportSetInfo(config, bad_handles[n], global, 4, NULL, 0, NULL),
            ERROR_INVALID_PARAMETER);
    }
    remove_key(L"RouterManagers\\Ip");
    assert_int_equal(MprConfigTransportSetInfo(config, handle, global, 4, NULL, 0, NULL),
                     ERROR_UNKNOWN_PROTOCOL_ID);
}

static void handle_and_delete(void **state)
{
    HANDLE handle = make_transport(PID_IPV6), found = GARBAGE;

    (void)state;
    assert_int_equal(MprConfigTransportGetHandle(config, PID_IPV6, &found), NO_ERROR);
    assert_ptr_equal(found, handle);
    assert_int_equal(MprConfigTransportGetHandle(config, PID_IP, &found),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_null(found);
    assert_int_equal(MprConfigTransportGetHandle(config, PID_IPV6, NULL), ERROR_INVALID_PARAMETER);
    for (int n = 0; n < BAD_HANDLES; n++) {
        assert_int_equal(MprConfigTransportGetHandle(bad_handles[n], PID_IPV6, &found),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigTransportDelete(bad_handles[n], handle), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprConfigTransportDelete(config, bad_handles[n]), ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(MprConfigTransportDelete(config, handle), NO_ERROR);
    assert_int_equal(MprConfigTransportGetHandle(config, PID_IPV6, &found),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprConfigTransportDelete(config, handle), ERROR_INVALID_PARAMETER);
}

static void enumerates(void **state)
{
    DWORD read = 0xdeadbeef, total = 0xdeadbeef, resume = 0, one = sizeof(MPR_TRANSPORT_0);
    MPR_TRANSPORT_0 *page = GARBAGE;

    (void)state;
    assert_int_equal(MprConfigTransportEnum(config, 0, (BYTE **)&page, ALL, &read, &total, &resume),
                     ERROR_NO_MORE_ITEMS);
    assert_null(page);
    make_transport(PID_IPV6);
    make_transport(PID_IP);
    assert_int_equal(MprConfigTransportEnum(config, 0, (BYTE **)&page, one, &read, &total, &resume),
                     ERROR_MORE_DATA);
    assert_int_equal(read, 1);
    assert_int_equal(total, 2);
    assert_int_equal(page->dwTransportId, PID_IP);
    assert_int_equal(wcscmp(page->wszTransportName, L"Ip"), 0);
    MprConfigBufferFree(page);
    assert_int_equal(MprConfigTransportEnum(config, 0, (BYTE **)&page, one, &read, &total, &resume),
                     NO_ERROR);
    assert_int_equal(page->dwTransportId, PID_IPV6);
    assert_int_equal(resume, 0);
    assert_int_equal(MprConfigTransportDelete(config, page->hTransport), NO_ERROR);
    MprConfigBufferFree(page);
    assert_int_equal(
        MprConfigTransportEnum(config, 0, (BYTE **)&page, one - 1, &read, &total, &resume),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportEnum(config, 1, (BYTE **)&page, ALL, &read, &total, &resume),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportEnum(NULL, 0, (BYTE **)&page, ALL, &read, &total, &resume),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprConfigTransportEnum(config, 0, NULL, ALL, &read, &total, &resume),
                     ERROR_INVALID_PARAMETER);
}

/* MprAdmin's router has them as well. */
static void a_fresh_machine_has_the_default_ones(void **state)
{
    MPR_TRANSPORT_0 *rows = NULL;
    DWORD count = 0, total = 0, size = 0, stored_size = 0;
    BYTE *stored = NULL, *running = NULL;
    MPR_SERVER_HANDLE server = NULL;
    HANDLE ip = GARBAGE, ipx = GARBAGE;
    WCHAR *path = GARBAGE;

    (void)state;
    remove_key(L"RouterManagers");
    assert_int_equal(MprConfigTransportGetHandle(config, PID_IP, &ip), NO_ERROR);
    assert_int_equal(MprConfigTransportEnum(config, 0, (BYTE **)&rows, ALL, &count, &total, NULL),
                     NO_ERROR);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].dwTransportId, PID_IP);
    assert_int_equal(rows[1].dwTransportId, PID_IPV6);
    assert_int_equal(MprConfigBufferFree(rows), NO_ERROR);
    assert_int_equal(
        MprConfigTransportGetInfo(config, ip, &stored, &stored_size, NULL, NULL, &path), NO_ERROR);
    assert_null(path);
    assert_int_equal(MprAdminServerConnect(NULL, &server), NO_ERROR);
    assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, &running, &size, NULL, NULL),
                     NO_ERROR);
    assert_int_equal(size, stored_size);
    assert_memory_equal(running, stored, size);
    MprAdminBufferFree(running);
    MprAdminServerDisconnect(server);
    MprConfigBufferFree(stored);
    /* Reading has stored nothing, and writing one keeps the others. */
    assert_int_equal(stored_bytes(L"RouterManagers\\Ip", L"ProtocolId", &size, sizeof(size)), 0);
    assert_int_equal(MprConfigTransportCreate(config, PID_IPX, NULL, NULL, 0, NULL, 0, NULL, &ipx),
                     NO_ERROR);
    assert_int_equal(stored_dword(L"RouterManagers\\Ip", L"ProtocolId"), PID_IP);
    assert_int_equal(stored_dword(L"RouterManagers\\Ipv6", L"ProtocolId"), PID_IPV6);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_fresh_machine_has_the_default_ones),
        TEST(create_stores_windows_layout),
        TEST(create_again_sets),
        TEST(create_refuses),
        TEST(get_info),
        TEST(get_info_refuses),
        TEST(set_info),
        TEST(handle_and_delete),
        TEST(enumerates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
