/* MprAdminInterfaceUpdateRoutes, QueryUpdateResult and UpdatePhonebookInfo.
 *
 * The interfaces here have RIP on links where nobody answers, so an update runs until the watchdog
 * ends it. Updates that bring routes are tested in tests/sim and tests/interop.
 */
#include "api/support/fixture.h"

#include <string.h>
#include <wchar.h>

enum { UPDATE_MS = 1000 };

static MPR_SERVER_HANDLE server;
static LPVOID rip, empty;

static int connect_server(void **state)
{
    (void)state;
    server = fixture_connect();
    rip = fixture_install_rip(server);
    empty = fixture_header();
    return 0;
}

static int disconnect_server(void **state)
{
    (void)state;
    MprAdminServerDisconnect(server);
    MprInfoDelete(rip);
    MprInfoDelete(empty);
    return 0;
}

static HANDLE new_event(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

    assert_non_null(event);
    return event;
}

static void end_interface(HANDLE handle)
{
    MprAdminInterfaceDisconnect(server, handle);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void with_an_event(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Event"), event = new_event();
    DWORD result = 0xdeadbeef;

    (void)state;
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_CAN_NOT_COMPLETE); /* none yet */
    assert_int_equal(result, 0xdeadbeef);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event),
                     ERROR_UPDATE_IN_PROGRESS);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL),
                     ERROR_UPDATE_IN_PROGRESS);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_UPDATE_IN_PROGRESS);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), NO_ERROR);
    assert_int_equal(result, ERROR_CAN_NOT_COMPLETE);
    WINDOWS_DIFFERS("a result can be asked for once (MS-RRASM, opnum 24)");
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), NO_ERROR);
    assert_int_equal(result, ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_INTERFACE_NOT_CONNECTED);
    end_interface(handle);
    CloseHandle(event);
}

static void synchronous(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Sync");
    DWORD start = GetTickCount(), result = 0;

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL),
                     ERROR_CAN_NOT_COMPLETE);
    assert_true(GetTickCount() - start >= UPDATE_MS - 100);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), NO_ERROR);
    assert_int_equal(result, ERROR_CAN_NOT_COMPLETE);
    end_interface(handle);
}

/* Nothing on the interface can update: the update itself says so. */
static void without_a_protocol(void **state)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.9"};
    HANDLE handle = fixture_dial_interface(server, "Bare", &dialer);

    (void)state;
    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, handle, PID_IP, empty, MprInfoBlockQuerySize(empty)),
        NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, NULL),
                     ERROR_NOT_SUPPORTED);
    end_interface(handle);
}

static void codes_in_the_order_of_the_checks(void **state)
{
    const struct fixture_dialer dialer = {.address = L"127.77.0.9"};
    HANDLE handle = fixture_dial_interface(server, "Codes", &dialer);
    HANDLE event = new_event();
    DWORD result = 0xdeadbeef;

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(NULL, NULL, 0, event), RPC_INVALID_BINDING);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, NULL, 0, event), ERROR_INVALID_HANDLE);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, 0x77, event),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IPX, event),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, handle, PID_IP, rip, MprInfoBlockQuerySize(rip)),
        NO_ERROR);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event),
                     ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(WaitForSingleObject(event, 50), WAIT_TIMEOUT);

    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, NULL, PID_IP, &result),
                     ERROR_INVALID_HANDLE);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, 0x77, &result),
                     ERROR_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceTransportRemove(server, handle, PID_IP), NO_ERROR);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(result, 0xdeadbeef);
    end_interface(handle);
    CloseHandle(event);
}

/* ---- awkward moments: the update ends at once, and the event tells --------------------------- */

static void disconnected_meanwhile(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Cut"), event = new_event();

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(WaitForSingleObject(event, UPDATE_MS / 2), WAIT_OBJECT_0);
    end_interface(handle);
    CloseHandle(event);
}

static void deleted_meanwhile(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Deleted"), event = new_event();
    DWORD result;

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), ERROR_INTERFACE_CONNECTED);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    assert_int_equal(WaitForSingleObject(event, UPDATE_MS / 2), WAIT_OBJECT_0);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result),
                     ERROR_INVALID_HANDLE);
    CloseHandle(event);
}

static void disabled_meanwhile(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Disabled"), event = new_event();
    MPR_INTERFACE_0 info = fixture_info(server, handle);

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    info.fEnabled = FALSE;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 0, (BYTE *)&info), NO_ERROR);
    assert_int_equal(WaitForSingleObject(event, UPDATE_MS / 2), WAIT_OBJECT_0);
    end_interface(handle);
    CloseHandle(event);
}

static void server_handle_closed_meanwhile(void **state)
{
    MPR_SERVER_HANDLE other = fixture_connect();
    HANDLE handle = fixture_rip_interface(server, rip, "Orphan"), event = new_event();

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(other, handle, PID_IP, event), PENDING);
    MprAdminServerDisconnect(other);
    assert_int_equal(WaitForSingleObject(event, UPDATE_MS / 2), WAIT_OBJECT_0);
    end_interface(handle);
    CloseHandle(event);
}

static void event_closed_meanwhile(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Closed"), event = new_event(), mine;
    DWORD result = 0;

    (void)state;
    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &mine, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    CloseHandle(event);
    assert_int_equal(WaitForSingleObject(mine, 10000), WAIT_OBJECT_0);
    assert_int_equal(MprAdminInterfaceQueryUpdateResult(server, handle, PID_IP, &result), NO_ERROR);
    end_interface(handle);
    CloseHandle(mine);
}

/* The handle value of an event that an earlier update signalled may mean another one by now. */
static void event_value_of_another_event(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Reused"), event = new_event(), former;
    HANDLE others[16], again = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &former, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    ResetEvent(former);
    CloseHandle(event);
    while (count < 16 && again != event) again = others[count++] = new_event();
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, again), PENDING);
    assert_int_equal(WaitForSingleObject(again, 10000), WAIT_OBJECT_0);
    assert_int_equal(WaitForSingleObject(former, 0), WAIT_TIMEOUT);
    while (count) CloseHandle(others[--count]);
    CloseHandle(former);
    end_interface(handle);
}

/* Also before what is wrong with the interface, and also when it was good a moment ago. */
static void event_closed_before(void **state)
{
    HANDLE handle = fixture_rip_interface(server, rip, "Shut"), event = new_event();

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event), PENDING);
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
    CloseHandle(event);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, NULL, PID_IP, event),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, event),
                     ERROR_INVALID_PARAMETER);
    end_interface(handle);
}

/* ---- UpdatePhonebookInfo -------------------------------------------------------------------- */

static void phone_book_codes(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Reread", &dialer);

    (void)state;
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle), NO_ERROR);
    fixture_phonebook(NULL);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle),
                     ERROR_CANNOT_OPEN_PHONEBOOK);
    fixture_phonebook("\xFF\xFE[");
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle),
                     ERROR_CANNOT_LOAD_PHONEBOOK);
    fixture_phonebook("");
    fixture_entry("Somebody else");
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle),
                     ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    fixture_phonebook("");
    fixture_entry_without_device("Reread");
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle),
                     ERROR_INTERFACE_HAS_NO_DEVICES);
    /* It counts from now on. */
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE),
                     ERROR_INTERFACE_HAS_NO_DEVICES);
    fixture_phonebook("");
    fixture_entry("Reread");
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    end_interface(handle);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle), ERROR_INVALID_HANDLE);
}

static void phone_book_of_a_live_connection(void **state)
{
    const struct fixture_dialer good = {0}, bad = {.outcome = ERROR_NO_CARRIER};
    HANDLE handle = fixture_dial_interface(server, "Live", &good);

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    fixture_dialer(L"Live", &bad);
    assert_int_equal(MprAdminInterfaceUpdatePhonebookInfo(server, handle), NO_ERROR);
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), ERROR_NO_CARRIER);
    end_interface(handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_an_event),
        cmocka_unit_test(synchronous),
        cmocka_unit_test(without_a_protocol),
        cmocka_unit_test(codes_in_the_order_of_the_checks),
        cmocka_unit_test(disconnected_meanwhile),
        cmocka_unit_test(deleted_meanwhile),
        cmocka_unit_test(disabled_meanwhile),
        cmocka_unit_test(server_handle_closed_meanwhile),
        cmocka_unit_test(event_closed_meanwhile),
        cmocka_unit_test(event_value_of_another_event),
        cmocka_unit_test(event_closed_before),
        cmocka_unit_test(phone_book_codes),
        cmocka_unit_test(phone_book_of_a_live_connection),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", UPDATE_MS);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45520);
    return cmocka_run_group_tests(tests, connect_server, disconnect_server);
}
