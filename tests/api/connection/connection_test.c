/* MprAdminConnectionEnum, EnumEx, GetInfo, GetInfoEx, ClearStats, RemoveQuarantine;
 * MprAdminSendUserMessage, MprAdminUpdateConnection. */
#include <winsock2.h>

#include "api/support/fixture.h"

#include <mprapi_ext.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server;
static HANDLE one, two; /* interfaces; both connected at the start of each test */
static WCHAR message[] = L"Hello";

static const struct fixture_dialer first = {.address = L"10.1.0.1"};
static const struct fixture_dialer second = {.address = L"10.2.0.1"};

static int connect_both(void **state)
{
    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, one, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, two, NULL, TRUE), NO_ERROR);
    return 0;
}

static int disconnect_both(void **state)
{
    (void)state;
    MprAdminInterfaceDisconnect(server, one);
    MprAdminInterfaceDisconnect(server, two);
    return 0;
}

static void add_entry(const char *name, const char *device, DWORD strategy, const char *guid)
{
    static char text[4096];
    size_t used = strlen(text);

    snprintf(text + used, sizeof(text) - used,
             "[%s]\r\nEncoding=1\r\nPBVersion=1\r\nType=2\r\nGuid=%s\r\nVpnStrategy=%u\r\n"
             "RedialAttempts=0\r\nRedialSeconds=1\r\nIdleDisconnectSeconds=0\r\n"
             "MEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=%s\r\nDEVICE=vpn\r\nPhoneNumber=192.0.2.1\r\n",
             name, guid, (unsigned)strategy, device);
    fixture_phonebook(text);
}

static HANDLE make(const WCHAR *name, const struct fixture_dialer *dialer)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE handle = NULL;

    wcscpy(info.wszInterfaceName, name);
    fixture_dialer(name, dialer);
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    return handle;
}

static int begin(void **state)
{
    (void)state;
    server = fixture_connect();
    add_entry("One", "WAN Miniport (PPTP)", 1, "000102030405060708090A0B0C0D0E0F");
    add_entry("Two", "WAN Miniport (IKEv2)", 7, "101112131415161718191A1B1C1D1E1F");
    one = make(L"One", &first);
    two = make(L"Two", &second);
    return 0;
}

static int end(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    return 0;
}

static void *enumerate(DWORD level, DWORD expected)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = UNTOUCHED, total = UNTOUCHED, resume = 0;

    assert_int_equal(
        MprAdminConnectionEnum(server, level, &buffer, (DWORD)-1, &read, &total, &resume),
        NO_ERROR);
    assert_int_equal(read, expected);
    assert_int_equal(total, expected);
    assert_int_equal(resume, 0);
    return buffer;
}

static HANDLE connection_of(HANDLE router_interface)
{
    RAS_CONNECTION_0 *all = enumerate(0, 2);
    HANDLE ret = all[all[1].hInterface == router_interface].hConnection;

    MprAdminBufferFree(all);
    return ret;
}

static void none(void **state)
{
    disconnect_both(state);
    for (DWORD level = 0; level <= 4; level++) assert_null(enumerate(level, 0));
}

static void level_0(void **state)
{
    RAS_CONNECTION_0 *all = enumerate(0, 2), *same = UNTOUCHED_PTR;

    (void)state;
    assert_ptr_equal(all[0].hInterface, one);
    assert_ptr_equal(all[1].hInterface, two);
    assert_non_null(all[0].hConnection);
    assert_true(all[0].dwConnectDuration < 60);
    assert_int_equal(all[0].dwInterfaceType, ROUTER_IF_TYPE_FULL_ROUTER);
    assert_int_equal(all[0].dwConnectionFlags, RAS_FLAGS_PPP_CONNECTION);
    assert_int_equal(all[1].dwConnectionFlags, RAS_FLAGS_IKEV2_CONNECTION);
    assert_int_equal(wcscmp(all[0].wszInterfaceName, L"One"), 0);
    assert_int_equal(MprAdminConnectionGetInfo(server, 0, all[1].hConnection, (BYTE **)&same),
                     NO_ERROR);
    assert_ptr_equal(same->hInterface, two);
    MprAdminBufferFree(same);
    MprAdminBufferFree(all);
}

static void level_1(void **state)
{
    RAS_CONNECTION_1 *all = enumerate(1, 2), *same = UNTOUCHED_PTR;

    (void)state;
    assert_int_equal(all[0].PppInfo.ip.dwError, NO_ERROR);
    assert_int_equal(wcscmp(all[0].PppInfo.ip.wszAddress, L"10.1.0.1"), 0);
    assert_int_equal(all[0].PppInfo.nbf.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(all[0].PppInfo.ipx.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(all[0].PppInfo.at.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(all[0].dwBytesXmited, 0);
    assert_int_equal(MprAdminConnectionGetInfo(server, 1, all[1].hConnection, (BYTE **)&same),
                     NO_ERROR);
    assert_int_equal(wcscmp(same->PppInfo.ip.wszAddress, L"10.2.0.1"), 0);
    MprAdminBufferFree(same);
    MprAdminBufferFree(all);
}

static void level_2_and_3(void **state)
{
    static const BYTE guid[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    RAS_CONNECTION_2 *c2 = enumerate(2, 2), *one_2 = NULL;
    RAS_CONNECTION_3 *c3 = enumerate(3, 2), *one_3 = NULL;

    (void)state;
    assert_memory_equal(&c2[0].guid, guid, 16);
    assert_memory_equal(&c3[0].guid, guid, 16);
    assert_ptr_equal(c2[0].hConnection, connection_of(one));
    assert_int_equal(wcscmp(c2[0].PppInfo2.ip.wszAddress, L"10.1.0.1"), 0);
    assert_int_equal(c3[1].dwSize, sizeof(RAS_CONNECTION_3));
    assert_int_equal(c3[1].rasQuarState, RAS_QUAR_STATE_NORMAL);
    assert_int_equal(c3[1].PppInfo3.ipv6.dwError, ERROR_PROTOCOL_NOT_CONFIGURED);
    assert_int_equal(MprAdminConnectionGetInfo(server, 2, c2[0].hConnection, (BYTE **)&one_2),
                     NO_ERROR);
    assert_memory_equal(one_2, &c2[0], sizeof(*one_2));
    assert_int_equal(MprAdminConnectionGetInfo(server, 3, c3[0].hConnection, (BYTE **)&one_3),
                     NO_ERROR);
    assert_memory_equal(one_3, &c3[0], sizeof(*one_3));
    MprAdminBufferFree(one_2);
    MprAdminBufferFree(one_3);
    MprAdminBufferFree(c2);
    MprAdminBufferFree(c3);
}

static void level_4(void **state)
{
    RAS_CONNECTION_4 *all = enumerate(4, 2);
    FILETIME now;
    ULONGLONG started, ticks;

    (void)state;
    GetSystemTimeAsFileTime(&now);
    ticks = (ULONGLONG)now.dwHighDateTime << 32 | now.dwLowDateTime;
    started = (ULONGLONG)all[0].connectionStartTime.dwHighDateTime << 32 |
              all[0].connectionStartTime.dwLowDateTime;
    assert_true(started <= ticks && ticks - started < 600000000);
    assert_ptr_equal(all[0].hInterface, one);
    assert_int_equal(all[0].dwDeviceType, 8); /* a PPTP tunnel */
    assert_int_equal(all[1].dwDeviceType, 15);
    assert_int_equal(all[0].ProjectionInfo.projectionInfoType, MPRAPI_PPP_PROJECTION_INFO_TYPE);
    assert_int_equal(all[1].ProjectionInfo.projectionInfoType, MPRAPI_IKEV2_PROJECTION_INFO_TYPE);
    assert_int_equal(wcscmp(all[1].ProjectionInfo.Ikev2ProjectionInfo.wszAddress, L"10.2.0.1"), 0);
    assert_int_equal(wcscmp(all[0].wszRemoteEndpointAddress, L"192.0.2.1"), 0);
    MprAdminBufferFree(all);
}

static MPRAPI_OBJECT_HEADER header_of(USHORT size)
{
    MPRAPI_OBJECT_HEADER header = {MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                   MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT, size};

    return header;
}

static void ex(void **state)
{
    MPRAPI_OBJECT_HEADER header = header_of(sizeof(RAS_CONNECTION_EX));
    RAS_CONNECTION_EX *all = UNTOUCHED_PTR, single;
    DWORD read = UNTOUCHED, total = UNTOUCHED, resume = 0;

    (void)state;
    assert_int_equal(
        MprAdminConnectionEnumEx(server, &header, (DWORD)-1, &read, &total, &all, &resume),
        NO_ERROR);
    assert_int_equal(read, 2);
    assert_int_equal(total, 2);
    assert_int_equal(all[1].Header.size, sizeof(RAS_CONNECTION_EX));
    assert_ptr_equal(all[1].hInterface, two);
    assert_int_equal(wcscmp(all[0].ProjectionInfo.PppProjectionInfo.wszAddress, L"10.1.0.1"), 0);
    memset(&single, 0xEE, sizeof(single));
    single.Header = header_of(sizeof(header)); /* as MS-RRASM's example has it */
    assert_int_equal(MprAdminConnectionGetInfoEx(server, all[0].hConnection, &single), NO_ERROR);
    assert_ptr_equal(single.hInterface, one);
    assert_int_equal(single.Header.size, sizeof(RAS_CONNECTION_EX));
    single.dwConnectDuration = all[0].dwConnectDuration;
    assert_memory_equal(&single, &all[0], sizeof(single));
    assert_int_equal(MprAdminBufferFree(all), NO_ERROR);
}

static void ex_errors(void **state)
{
    static const MPRAPI_OBJECT_HEADER bad[] = {{0, 1, sizeof(RAS_CONNECTION_EX)},
                                               {2, 1, sizeof(RAS_CONNECTION_EX)},
                                               {1, 2, sizeof(RAS_CONNECTION_EX)},
                                               {1, 1, sizeof(RAS_CONNECTION_EX) - 1},
                                               {1, 1, 0xFFFF},
                                               {1, 1, 0}};
    MPRAPI_OBJECT_HEADER good = header_of(sizeof(good));
    RAS_CONNECTION_EX *all, single;
    HANDLE connection = connection_of(one);
    DWORD read, total;

    (void)state;
#define ENUM(server, header, read, total, all) \
    MprAdminConnectionEnumEx(server, header, (DWORD)-1, read, total, all, NULL)
    for (size_t n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
        MPRAPI_OBJECT_HEADER header = bad[n];

        all = UNTOUCHED_PTR;
        read = total = UNTOUCHED;
        assert_int_equal(ENUM(server, &header, &read, &total, &all), ERROR_INVALID_PARAMETER);
        assert_null(all);
        assert_int_equal(read | total, 0);
        memset(&single, 0xEE, sizeof(single));
        single.Header = header;
        assert_int_equal(MprAdminConnectionGetInfoEx(server, connection, &single),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(single.dwConnectDuration, 0xEEEEEEEE);
    }
    assert_int_equal(ENUM(server, NULL, &read, &total, &all), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, &good, NULL, &total, &all), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, &good, &read, NULL, &all), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, &good, &read, &total, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(NULL, &good, &read, &total, &all), RPC_INVALID_BINDING);
#undef ENUM
    single.Header = good;
    assert_int_equal(MprAdminConnectionGetInfoEx(server, connection, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminConnectionGetInfoEx(server, NULL, &single), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminConnectionGetInfoEx(NULL, connection, &single), RPC_INVALID_BINDING);
}

static void enum_errors(void **state)
{
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = UNTOUCHED, total = UNTOUCHED;

    (void)state;
#define ENUM(server, level, buffer, read, total) \
    MprAdminConnectionEnum(server, level, buffer, (DWORD)-1, read, total, NULL)
    assert_int_equal(ENUM(server, 5, &buffer, &read, &total), ERROR_INVALID_LEVEL);
    assert_null(buffer);
    assert_int_equal(read | total, 0);
    assert_int_equal(ENUM(server, (DWORD)-1, &buffer, &read, &total), ERROR_INVALID_LEVEL);
    assert_int_equal(ENUM(server, 0, NULL, &read, &total), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, 0, &buffer, NULL, &total), ERROR_INVALID_PARAMETER);
    assert_int_equal(ENUM(server, 0, &buffer, &read, NULL), ERROR_INVALID_PARAMETER);
    for (size_t n = 0; n < fixture_garbage_count; n++) {
        buffer = UNTOUCHED_PTR;
        assert_int_equal(ENUM((HANDLE)fixture_garbage[n], 0, &buffer, &read, &total),
                         RPC_INVALID_BINDING);
        assert_null(buffer);
    }
#undef ENUM
}

/* The second page comes after the first connection has ended and a new one has begun. */
static void pages(void **state)
{
    RAS_CONNECTION_0 *page = NULL;
    DWORD read = 0, total = 0, resume = 0;

    (void)state;
    assert_int_equal(
        MprAdminConnectionEnum(server, 0, (BYTE **)&page, sizeof(*page), &read, &total, &resume),
        ERROR_MORE_DATA);
    assert_int_equal(read, 1);
    assert_int_equal(total, 2);
    assert_ptr_equal(page->hInterface, one);
    MprAdminBufferFree(page);
    assert_int_equal(MprAdminInterfaceDisconnect(server, one), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, one, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminConnectionEnum(server, 0, (BYTE **)&page, 1, &read, &total, &resume),
                     ERROR_MORE_DATA);
    assert_ptr_equal(page->hInterface, two);
    MprAdminBufferFree(page);
    assert_int_equal(MprAdminConnectionEnum(server, 0, (BYTE **)&page, 1, &read, &total, &resume),
                     NO_ERROR);
    assert_ptr_equal(page->hInterface, one);
    assert_int_equal(resume, 0);
    MprAdminBufferFree(page);
    resume = 0xFFFFFFF0;
    assert_int_equal(MprAdminConnectionEnum(server, 0, (BYTE **)&page, 1, &read, &total, &resume),
                     NO_ERROR);
    assert_null(page);
    assert_int_equal(read | total | resume, 0);
}

static void get_info_errors(void **state)
{
    HANDLE connection = connection_of(one);
    BYTE *buffer;

    (void)state;
    for (size_t n = 0; n < fixture_garbage_count; n++) {
        HANDLE bad = (HANDLE)fixture_garbage[n];

        buffer = UNTOUCHED_PTR;
        assert_int_equal(MprAdminConnectionGetInfo(server, 0, bad, &buffer),
                         ERROR_INVALID_PARAMETER);
        assert_null(buffer);
        assert_int_equal(MprAdminConnectionGetInfo(bad, 0, connection, &buffer),
                         RPC_INVALID_BINDING);
        assert_int_equal(MprAdminConnectionClearStats(server, bad), ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminConnectionClearStats(bad, connection), RPC_INVALID_BINDING);
        assert_int_equal(MprAdminConnectionRemoveQuarantine(server, bad, FALSE),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminConnectionRemoveQuarantine(bad, connection, FALSE),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminSendUserMessage(server, bad, message),
                         ERROR_INTERFACE_NOT_CONNECTED);
        assert_int_equal(MprAdminSendUserMessage(bad, connection, message), RPC_INVALID_BINDING);
    }
    buffer = UNTOUCHED_PTR;
    assert_int_equal(MprAdminConnectionGetInfo(server, 4, connection, &buffer),
                     ERROR_INVALID_LEVEL);
    assert_null(buffer);
    assert_int_equal(MprAdminConnectionGetInfo(server, 0, connection, NULL),
                     ERROR_INVALID_PARAMETER);
    disconnect_both(NULL);
    buffer = UNTOUCHED_PTR;
    assert_int_equal(MprAdminConnectionGetInfo(server, 0, connection, &buffer),
                     ERROR_INTERFACE_NOT_CONNECTED);
    assert_null(buffer);
    assert_int_equal(MprAdminConnectionClearStats(server, connection), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminSendUserMessage(server, connection, message),
                     ERROR_INTERFACE_NOT_CONNECTED);
}

static void small_ones(void **state)
{
    HANDLE connection = connection_of(one);

    (void)state;
    assert_int_equal(MprAdminConnectionClearStats(server, connection), NO_ERROR);
    assert_int_equal(MprAdminConnectionRemoveQuarantine(server, connection, FALSE),
                     ERROR_NOT_FOUND);
    assert_int_equal(
        MprAdminConnectionRemoveQuarantine(server, (HANDLE)(ULONG_PTR)inet_addr("10.9.9.9"), TRUE),
        ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminSendUserMessage(server, connection, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminSendUserMessage(server, connection, message), ERROR_NOT_SUPPORTED);
}

static void updated(void **state)
{
    RAS_UPDATE_CONNECTION update = {{MPRAPI_RAS_UPDATE_CONNECTION_OBJECT_REVISION_1,
                                     MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT, sizeof(update)},
                                    1,
                                    L"198.51.100.7",
                                    L"198.51.100.9"};
    RAS_CONNECTION_EX info = {.Header = header_of(sizeof(info))};
    HANDLE connection = connection_of(two);

    (void)state;
    assert_int_equal(MprAdminUpdateConnection(server, connection, &update), NO_ERROR);
    assert_int_equal(MprAdminConnectionGetInfoEx(server, connection, &info), NO_ERROR);
    assert_int_equal(info.dwNumSwitchOvers, 1);
    assert_int_equal(wcscmp(info.wszLocalEndpointAddress, L"198.51.100.7"), 0);
    assert_int_equal(wcscmp(info.wszRemoteEndpointAddress, L"198.51.100.9"), 0);
    assert_int_equal(MprAdminUpdateConnection(server, connection_of(one), &update),
                     ERROR_NOT_SUPPORTED);
    assert_int_equal(MprAdminUpdateConnection(server, NULL, &update), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminUpdateConnection(server, connection, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminUpdateConnection(NULL, connection, &update), RPC_INVALID_BINDING);
    update.Header.size--;
    assert_int_equal(MprAdminUpdateConnection(server, connection, &update),
                     ERROR_INVALID_PARAMETER);
    update.Header.size++;
    update.Header.revision = 2;
    assert_int_equal(MprAdminUpdateConnection(server, connection, &update),
                     ERROR_INVALID_PARAMETER);
    update.Header.revision = 1;
    wmemset(update.wszRemoteEndpointAddress, L'9', MAXIPADRESSLEN + 1); /* not terminated */
    assert_int_equal(MprAdminUpdateConnection(server, connection, &update),
                     ERROR_INVALID_PARAMETER);
    disconnect_both(NULL);
    update.wszRemoteEndpointAddress[0] = 0;
    assert_int_equal(MprAdminUpdateConnection(server, connection, &update),
                     ERROR_INTERFACE_NOT_CONNECTED);
}

/* ---- counters: a connection over the host's loopback adapter --------------------------------- */

static void send_over_loopback(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
    char data[1000] = {0};

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int n = 0; n < 20; n++)
        sendto(s, data, sizeof(data), 0, (struct sockaddr *)&to, sizeof(to));
    closesocket(s);
}

static void set_text(HKEY key, const WCHAR *name, const WCHAR *text)
{
    RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                   (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)));
}

static DWORD bytes_of(HANDLE connection)
{
    RAS_CONNECTION_1 *info = NULL;
    DWORD bytes;

    assert_int_equal(MprAdminConnectionGetInfo(server, 1, connection, (BYTE **)&info), NO_ERROR);
    bytes = info->dwBytesXmited;
    MprAdminBufferFree(info);
    return bytes;
}

static void live_counters(void **state)
{
    HANDLE third, connection;
    RAS_CONNECTION_0 *all;
    DWORD before;
    HKEY key;

    (void)state;
    add_entry("Three", "WAN Miniport (PPTP)", 1, "00");
    third = make(L"Three", &first);
    RegCreateKeyExW(
        HKEY_LOCAL_MACHINE,
        L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters\\Dialers\\Three", 0, NULL,
        0, KEY_ALL_ACCESS, NULL, &key, NULL);
    set_text(key, L"Kind", L"existing");
    set_text(key, L"Adapter", L"lo");
    RegCloseKey(key);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, third), NO_ERROR);
    if (MprAdminInterfaceConnect(server, third, NULL, TRUE) != NO_ERROR) {
        print_message("SKIP: no loopback adapter of the name lo\n");
        skip();
    }
    all = enumerate(0, 3);
    connection = all[2].hConnection;
    MprAdminBufferFree(all);
    send_over_loopback();
    before = bytes_of(connection);
    send_over_loopback();
    assert_true(bytes_of(connection) - before >= 20000);
    assert_int_equal(MprAdminConnectionClearStats(server, connection), NO_ERROR);
    assert_true(bytes_of(connection) < before + 20000);
    assert_int_equal(MprAdminInterfaceDisconnect(server, third), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, third), NO_ERROR);
}

/* ---- as another process: a router for LANs only ---------------------------------------------- */

static int lan_only(void)
{
    RAS_CONNECTION_EX info = {.Header = header_of(sizeof(info))}, *all = UNTOUCHED_PTR;
    BYTE *buffer = UNTOUCHED_PTR;
    DWORD read = 7, total = 7;

    server = fixture_connect();
    if (MprAdminConnectionEnum(server, 0, &buffer, (DWORD)-1, &read, &total, NULL) !=
            ERROR_DDM_NOT_RUNNING ||
        buffer || read || total)
        return 1;
    if (MprAdminConnectionEnumEx(server, &info.Header, (DWORD)-1, &read, &total, &all, NULL) !=
            ERROR_DDM_NOT_RUNNING ||
        all)
        return 2;
    if (MprAdminConnectionGetInfo(server, 0, server, &buffer) != ERROR_DDM_NOT_RUNNING) return 3;
    if (MprAdminConnectionGetInfoEx(server, server, &info) != ERROR_DDM_NOT_RUNNING) return 4;
    if (MprAdminConnectionClearStats(server, server) != ERROR_DDM_NOT_RUNNING) return 5;
    if (MprAdminSendUserMessage(server, server, message) != ERROR_DDM_NOT_RUNNING) return 6;
    return 0;
}

static void without_demand_dial(void **state)
{
    (void)state;
    fixture_registry(ROUTER_LAN_ONLY);
    assert_int_equal(fixture_run_self("lan"), 0);
}

int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, connect_both, disconnect_both)
    const struct CMUnitTest tests[] = {
        TEST(none),          TEST(level_0),
        TEST(level_1),       TEST(level_2_and_3),
        TEST(level_4),       TEST(ex),
        TEST(ex_errors),     TEST(enum_errors),
        TEST(pages),         TEST(get_info_errors),
        TEST(small_ones),    TEST(updated),
        TEST(live_counters), cmocka_unit_test(without_demand_dial),
    };
    WSADATA data;

    if (argc > 1 && !strcmp(argv[1], "lan")) return lan_only();
    WSAStartup(MAKEWORD(2, 2), &data);
    on_windows_end("scripted dialers");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, begin, end);
}
