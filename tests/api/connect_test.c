/* MprAdminInterfaceConnect and Disconnect, and the notifications of both. */
#include "api/support/fixture.h"

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

static HANDLE new_event(void)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    assert_non_null(event);
    return event;
}

static void assert_signalled(HANDLE event)
{
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
}

static void assert_silent(HANDLE event)
{
    assert_int_equal(WaitForSingleObject(event, 50), WAIT_TIMEOUT);
}

static void synchronous(void **state)
{
    const struct fixture_dialer dialer = {.delay = 100, .address = L"10.1.0.1"};
    HANDLE handle = fixture_dial_interface(server, "Sync", &dialer);
    DWORD start = GetTickCount();

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_true(GetTickCount() - start >= 90);
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    /* Connected already: success at once [MS-RRASM]. */
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_DISCONNECTED);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void with_an_event(void **state)
{
    const struct fixture_dialer dialer = {.delay = 100};
    HANDLE handle = fixture_dial_interface(server, "Event", &dialer), event = new_event();

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, event, TRUE), PENDING);
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_CONNECTING);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE),
                     ERROR_ALREADY_CONNECTING);
    assert_signalled(event);
    assert_silent(event);
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    /* Whoever waits whatever the code says does not wait for ever. */
    assert_int_equal(MprAdminInterfaceConnect(server, handle, event, FALSE), NO_ERROR);
    assert_signalled(event);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    CloseHandle(event);
}

static void without_waiting(void **state)
{
    const struct fixture_dialer dialer = {.delay = 50};
    HANDLE handle = fixture_dial_interface(server, "Fire and forget", &dialer);

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, FALSE), PENDING);
    fixture_wait_state(server, handle, ROUTER_IF_STATE_CONNECTED);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void an_attempt_that_fails(void **state)
{
    const struct fixture_dialer dialer = {.outcome = ERROR_LINE_BUSY, .delay = 10};
    HANDLE handle = fixture_dial_interface(server, "Busy line", &dialer);
    MPR_INTERFACE_0 info;

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), ERROR_LINE_BUSY);
    info = fixture_info(server, handle);
    assert_int_equal(info.dwConnectionState, ROUTER_IF_STATE_UNREACHABLE);
    assert_true(info.fUnReachabilityReasons & MPR_INTERFACE_CONNECTION_FAILURE);
    assert_int_equal(info.dwLastError, ERROR_LINE_BUSY);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void no_device(void **state)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE handle = NULL;

    (void)state;
    fixture_entry_without_device("Bare");
    wcscpy(info.wszInterfaceName, L"Bare");
    assert_int_equal(MprAdminInterfaceCreate(server, 0, (BYTE *)&info, &handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE),
                     ERROR_INTERFACE_HAS_NO_DEVICES);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void outside_of_the_hours(void **state)
{
    /* One minute of one day: yesterday's noon, whatever the day is. */
    SYSTEMTIME now;
    WCHAR hours[] = L"0 12:00-12:01\0";
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Night", &dialer);
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    (void)state;
    GetLocalTime(&now);
    hours[0] = (WCHAR)(L'0' + (now.wDayOfWeek + 6) % 7);
    wcscpy(info.wszInterfaceName, L"Night");
    info.lpwsDialoutHoursRestriction = hours;
    assert_int_equal(MprAdminInterfaceSetInfo(server, handle, 1, (BYTE *)&info), NO_ERROR);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE),
                     ERROR_DIALOUT_HOURS_RESTRICTION);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

static void disconnect_ends_an_attempt(void **state)
{
    const struct fixture_dialer dialer = {.delay = 60000};
    HANDLE handle = fixture_dial_interface(server, "Slow", &dialer), event = new_event();

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, event, FALSE), PENDING);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_signalled(event);
    assert_int_not_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    CloseHandle(event);
}

static void bad_events(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Bad event", &dialer);
    HANDLE closed = new_event(), mutex = CreateMutexW(NULL, FALSE, NULL);
    HANDLE bad[] = {INVALID_HANDLE_VALUE, closed, mutex, (HANDLE)(ULONG_PTR)0x12345678};

    (void)state;
    CloseHandle(closed);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(MprAdminInterfaceConnect(server, handle, bad[i], FALSE),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminInterfaceUpdateRoutes(server, handle, PID_IP, bad[i]),
                         ERROR_INVALID_PARAMETER);
        assert_int_equal(MprAdminRegisterConnectionNotification(server, bad[i]),
                         ERROR_INVALID_PARAMETER);
    }
    assert_int_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_DISCONNECTED);
    CloseHandle(mutex);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
}

/* ---- notifications -------------------------------------------------------------------------- */

static void notified_of_connects_and_disconnects(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Watched", &dialer), event = new_event();

    (void)state;
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
    assert_silent(event);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_signalled(event);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_signalled(event);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_silent(event);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    CloseHandle(event);
}

static void notified_of_a_drop(void **state)
{
    const struct fixture_dialer dialer = {.drop_after = 100};
    HANDLE handle = fixture_dial_interface(server, "Dropped", &dialer), event = new_event();

    (void)state;
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
    assert_signalled(event);
    assert_int_not_equal(fixture_info(server, handle).dwConnectionState, ROUTER_IF_STATE_CONNECTED);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    CloseHandle(event);
}

static void the_same_event_twice(void **state)
{
    HANDLE event = new_event();

    (void)state;
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event),
                     ERROR_INVALID_PARAMETER);
    CloseHandle(event);
}

/* A new event that gets a closed one's handle value. NULL when the system never gives it again. */
static HANDLE event_with_value(HANDLE value)
{
    HANDLE others[64], found = NULL;
    size_t count = 0;

    while (count < ARRAYSIZE(others) && !found) {
        HANDLE event = new_event();

        if (event == value)
            found = event;
        else
            others[count++] = event;
    }
    while (count) CloseHandle(others[--count]);
    return found;
}

static void a_value_that_names_another_event(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Reused", &dialer);
    HANDLE first = new_event(), second, first_too = NULL;

    (void)state;
    assert_true(DuplicateHandle(GetCurrentProcess(), first, GetCurrentProcess(), &first_too, 0,
                                FALSE, DUPLICATE_SAME_ACCESS));
    assert_int_equal(MprAdminRegisterConnectionNotification(server, first), NO_ERROR);
    CloseHandle(first);
    second = event_with_value(first);
    assert_non_null(second);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, second),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminRegisterConnectionNotification(server, second), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, second), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, second),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_signalled(first_too); /* whose registration stands */
    assert_int_equal(WaitForSingleObject(second, 0), WAIT_TIMEOUT);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, first_too), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, first_too),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    CloseHandle(second);
    CloseHandle(first_too);
}

/* The registration has an event of its own: it works, and ends, after the caller closed his. */
static void the_caller_may_close_his_event(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Closed", &dialer);
    HANDLE event = new_event(), mine = NULL;

    (void)state;
    assert_true(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &mine, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
    CloseHandle(event);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_signalled(mine);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_silent(mine);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    CloseHandle(mine);
}

static void a_closed_server_handle_ends_registrations(void **state)
{
    const struct fixture_dialer dialer = {0};
    HANDLE handle = fixture_dial_interface(server, "Gone", &dialer), event = new_event();
    MPR_SERVER_HANDLE other = fixture_connect();

    (void)state;
    assert_int_equal(MprAdminRegisterConnectionNotification(other, event), NO_ERROR);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event),
                     ERROR_INVALID_PARAMETER);
    MprAdminServerDisconnect(other);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    assert_silent(event);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(MprAdminInterfaceDelete(server, handle), NO_ERROR);
    CloseHandle(event);
}

static void null_events(void **state)
{
    (void)state;
    assert_int_equal(MprAdminRegisterConnectionNotification(server, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, NULL),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(MprAdminRegisterConnectionNotification(NULL, NULL), RPC_INVALID_BINDING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(synchronous),
        cmocka_unit_test(with_an_event),
        cmocka_unit_test(without_waiting),
        cmocka_unit_test(an_attempt_that_fails),
        cmocka_unit_test(no_device),
        cmocka_unit_test(outside_of_the_hours),
        cmocka_unit_test(disconnect_ends_an_attempt),
        cmocka_unit_test(bad_events),
        cmocka_unit_test(notified_of_connects_and_disconnects),
        cmocka_unit_test(notified_of_a_drop),
        cmocka_unit_test(the_same_event_twice),
        cmocka_unit_test(a_value_that_names_another_event),
        cmocka_unit_test(the_caller_may_close_his_event),
        cmocka_unit_test(a_closed_server_handle_ends_registrations),
        cmocka_unit_test(null_events),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    return cmocka_run_group_tests(tests, connect_server, disconnect_server);
}
