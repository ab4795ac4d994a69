/* The codes of MprAdminInterfaceUpdateRoutes and QueryUpdateResult that the other tests of this
 * folder have no way to: success, what a protocol says of its own, and what each waiting caller is
 * told when something ends his update. Updates run over testproto.dll, whose interface block says
 * how it behaves.
 */
#include "api/support/fixture.h"

#include <wchar.h>

#include "testproto.h"

#define STATUS_BLOCK 0xFFFF0004 /* IP_INTERFACE_STATUS_INFO */
#define ADMIN_DOWN   2          /* IF_ADMIN_STATUS_DOWN */
#define ADMIN_UP     1

enum { UPDATE_MS = 1000 };

static MPR_SERVER_HANDLE server;

static int set_up(void **state)
{
    const struct testproto_global global = {0};
    LPVOID header = fixture_header_with(TESTPROTO_ID, &global, sizeof(global));

    (void)state;
    server = fixture_connect();
    assert_int_equal(
        MprAdminTransportSetInfo(server, PID_IP, header, MprInfoBlockQuerySize(header), NULL, 0),
        NO_ERROR);
    MprInfoDelete(header);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    return 0;
}

/* Sets one block of PID_IP on the interface. */
static void set_block(HANDLE handle, DWORD type, const void *data, DWORD size)
{
    LPVOID header = fixture_header_with(type, data, size);

    assert_int_equal(MprAdminInterfaceTransportSetInfo(server, handle, PID_IP, header,
                                                       MprInfoBlockQuerySize(header)),
                     NO_ERROR);
    MprInfoDelete(header);
}

/* A connected interface whose updates go as the block says. */
static HANDLE new_interface(const char *name, const struct testproto_interface *how)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.1"};
    HANDLE handle = fixture_dial_interface(server, name, &dialer);
    LPVOID header = fixture_header_with(TESTPROTO_ID, how, sizeof(*how));

    assert_int_equal(MprAdminInterfaceTransportAdd(server, handle, PID_IP, header,
                                                   MprInfoBlockQuerySize(header)),
                     NO_ERROR);
    MprInfoDelete(header);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    return handle;
}

static void end_interface(HANDLE handle)
{
    MprAdminInterfaceDisconnect(server, handle);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

/* The result is there as often as it is asked for. */
static void assert_result(HANDLE handle, DWORD expected)
{
    for (int i = 0; i < 3; i++) {
        DWORD result = 0xdeadbeef;

        assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                         NO_ERROR);
        assert_int_equal(result, expected);
    }
}

static void success(void **state)
{
    const struct testproto_interface inside = {TESTPROTO_INSIDE, 0, 0};
    const struct testproto_interface later = {TESTPROTO_LATER, 50, 0};
    HANDLE handle = new_interface("Good", &inside), event = CreateEventW(NULL, FALSE, FALSE, NULL);

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL), NO_ERROR);
    assert_result(handle, NO_ERROR);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    assert_result(handle, NO_ERROR);
    set_block(handle, TESTPROTO_ID, &later, sizeof(later));
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(event, 50), WAIT_TIMEOUT); /* once */
    assert_result(handle, NO_ERROR);
    end_interface(handle);
    CloseHandle(event);
}

static void assert_stored(HANDLE config, HANDLE stored, HANDLE transport, HANDLE handle)
{
    BYTE *running = NULL, *found = NULL;
    DWORD size = 0, found_size = 0;

    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL), NO_ERROR);
    assert_int_equal(MprAdminInterfaceTransportGetInfo(server, handle, PID_IP, &running, &size),
                     NO_ERROR);
    assert_int_equal(
        MprConfigInterfaceTransportGetInfo(config, stored, transport, &found, &found_size),
        NO_ERROR);
    assert_int_equal(found_size, size);
    assert_memory_equal(found, running, size);
    MprAdminBufferFree(running);
    MprConfigBufferFree(found);
}

/* An update that brings nothing new writes nothing, but not if something else was written. */
static void every_update_leaves_it_stored(void **state)
{
    const struct testproto_interface inside = {TESTPROTO_INSIDE, 0, 0};
    HANDLE handle = new_interface("Stored", &inside), config, stored, transport;
    MPR_INTERFACE_0 row = {
        .wszInterfaceName = L"Stored", .fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    BYTE other[2] = "ab";

    (void)state;
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (LPBYTE)&row, &stored), NO_ERROR);
    assert_int_equal(
        MprConfigInterfaceTransportAdd(config, stored, PID_IP, NULL, other, 2, &transport),
        NO_ERROR);
    assert_stored(config, stored, transport, handle);
    assert_stored(config, stored, transport, handle);
    assert_int_equal(MprConfigInterfaceTransportSetInfo(config, stored, transport, other, 2),
                     NO_ERROR);
    assert_stored(config, stored, transport, handle);
    assert_int_equal(MprConfigInterfaceTransportRemove(config, stored, transport), NO_ERROR);
    assert_int_equal(
        MprConfigInterfaceTransportAdd(config, stored, PID_IP, NULL, other, 2, &transport),
        NO_ERROR);
    assert_stored(config, stored, transport, handle);
    assert_int_equal(MprConfigInterfaceDelete(config, stored), NO_ERROR);
    MprConfigServerDisconnect(config);
    end_interface(handle);
}

/* What the protocol says is what the caller hears. */
static void a_protocol_that_fails(void **state)
{
    const struct {
        struct testproto_interface how;
        DWORD code;
    } rows[] = {
        {{TESTPROTO_LATER, 20, ERROR_HOST_UNREACHABLE}, ERROR_HOST_UNREACHABLE},
        {{TESTPROTO_INSIDE, 0, ERROR_INVALID_DATA}, ERROR_INVALID_DATA},
        {{TESTPROTO_FAIL_AT_ONCE, 0, ERROR_INVALID_PARAMETER}, ERROR_INVALID_PARAMETER},
        {{TESTPROTO_FAIL_AT_ONCE, 0, 0}, ERROR_CAN_NOT_COMPLETE},
        /* It would have the caller wait for ever. */
        {{TESTPROTO_INSIDE, 0, PENDING}, ERROR_CAN_NOT_COMPLETE},
        {{TESTPROTO_NEVER, 0, 0}, ERROR_CAN_NOT_COMPLETE},
        {{TESTPROTO_WRONG_INTERFACE, 0, 0}, ERROR_CAN_NOT_COMPLETE},
    };
    HANDLE handle = new_interface("Bad", &rows[0].how);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        set_block(handle, TESTPROTO_ID, &rows[i].how, sizeof(rows[i].how));
        assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL), rows[i].code);
        assert_result(handle, rows[i].code);
    }
    end_interface(handle);
}

/* ---- callers that wait ----------------------------------------------------------------------- */

struct waiter {
    MPR_SERVER_HANDLE server;
    HANDLE handle, thread;
    DWORD code;
};

static DWORD WINAPI wait_for_update(void *parameter)
{
    struct waiter *w = parameter;

    w->code = MprAdminInterfaceUpdateRoutes(w->server, w->handle, PID_IP, NULL);
    return 0;
}

/* Returns when the update has begun. */
static void waiter_start(struct waiter *w, MPR_SERVER_HANDLE by, HANDLE handle)
{
    DWORD result, tries = 0;

    *w = (struct waiter){.server = by, .handle = handle, .code = 0xdeadbeef};
    w->thread = CreateThread(NULL, 0, wait_for_update, w, 0, NULL);
    assert_non_null(w->thread);
    while (MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result) !=
           ERROR_UPDATE_IN_PROGRESS) {
        assert_true(tries++ < 5000);
        Sleep(1);
    }
}

static DWORD waiter_end(struct waiter *w)
{
    assert_int_equal(WaitForSingleObject(w->thread, UPDATE_MS / 2), WAIT_OBJECT_0);
    CloseHandle(w->thread);
    return w->code;
}

static void disconnected_and_disabled(void **state)
{
    const struct testproto_interface never = {TESTPROTO_NEVER, 0, 0};
    HANDLE handle = new_interface("Cut", &never);
    MPR_INTERFACE_0 info = fixture_info(server, handle);
    struct waiter w;

    (void)state;
    waiter_start(&w, server, handle);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(waiter_end(&w), ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    waiter_start(&w, server, handle);
    info.fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&info), NO_ERROR);
    assert_int_equal(waiter_end(&w), ERROR_INTERFACE_NOT_CONNECTED);
    end_interface(handle);
}

/* The caller hears at once; the update goes on for its own sake. */
static void server_handle_closed(void **state)
{
    const struct testproto_interface slow = {TESTPROTO_LATER, UPDATE_MS / 2, 0};
    HANDLE handle = new_interface("Orphan", &slow);
    MPR_SERVER_HANDLE other = fixture_connect();
    DWORD result = 0xdeadbeef, status, tries = 0;
    struct waiter w;

    (void)state;
    waiter_start(&w, other, handle);
    MprAdminServerDisconnect(other);
    assert_int_equal(waiter_end(&w), ERROR_OPERATION_ABORTED);
    while ((status = MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result)) ==
           ERROR_UPDATE_IN_PROGRESS) {
        assert_true(tries++ < 5000);
        Sleep(1);
    }
    assert_true(tries > 0);
    assert_int_equal(status, NO_ERROR);
    assert_int_equal(result, NO_ERROR);
    end_interface(handle);
}

/* LAN interfaces can be updated too, and only they can lose a transport while they are connected.
 */
static void transport_removed_from_a_lan_interface(void **state)
{
    const struct testproto_interface never = {TESTPROTO_NEVER, 0, 0};
    DWORD result = 0xdeadbeef;
    HANDLE loopback = NULL;
    struct waiter w;

    (void)state;
    assert_int_equal(MprAdminInterfaceGetHandle(server, (WCHAR *)L"Loopback", &loopback, FALSE),
                     NO_ERROR);
    assert_int_equal(fixture_info(server, loopback).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    set_block(loopback, TESTPROTO_ID, &never, sizeof(never));
    waiter_start(&w, server, loopback);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, loopback, PID_IP), NO_ERROR);
    assert_int_equal(waiter_end(&w), ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, loopback, PID_IP, &result),
                     ERROR_NO_SUCH_INTERFACE);
}

/* ---- conditions ------------------------------------------------------------------------------ */

/* A transport that is switched off on its interface is as good as not connected. */
static void transport_switched_off(void **state)
{
    const struct testproto_interface inside = {TESTPROTO_INSIDE, 0, 0};
    const DWORD down = ADMIN_DOWN, up = ADMIN_UP;
    HANDLE handle = new_interface("Off", &inside);
    DWORD result = 0xdeadbeef;

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL), NO_ERROR);
    set_block(handle, STATUS_BLOCK, &down, sizeof(down));
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL),
                     ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_INTERFACE_NOT_CONNECTED);
    set_block(handle, STATUS_BLOCK, &up, sizeof(up));
    /* The former result went with it. */
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(result, 0xdeadbeef);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL), NO_ERROR);
    end_interface(handle);
}

/* The server handle is looked at first, then what the call itself brings, then what it names. */
static void what_is_looked_at_first(void **state)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, NULL), lan = NULL;
    DWORD result = 0xdeadbeef;

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(NULL, NULL, 0, mutex), RPC_INVALID_BINDING);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, NULL, 0, mutex),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(NULL, NULL, 0, NULL), RPC_INVALID_BINDING);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, NULL, 0, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, NULL, 0, &result),
                     ERROR_INVALID_HANDLE);
    assert_int_equal(result, 0xdeadbeef);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(NULL, NULL), RPC_INVALID_BINDING);
    assert_int_equal(MprAdminInterfaceGetHandle(server, (WCHAR *)L"Internal", &lan, FALSE),
                     NO_ERROR);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, lan), ERROR_INVALID_PARAMETER);
    CloseHandle(mutex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(success),
        cmocka_unit_test(every_update_leaves_it_stored),
        cmocka_unit_test(a_protocol_that_fails),
        cmocka_unit_test(disconnected_and_disabled),
        cmocka_unit_test(server_handle_closed),
        cmocka_unit_test(transport_removed_from_a_lan_interface),
        cmocka_unit_test(transport_switched_off),
        cmocka_unit_test(what_is_looked_at_first),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", UPDATE_MS);
    fixture_catalogue(L"Ip", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
