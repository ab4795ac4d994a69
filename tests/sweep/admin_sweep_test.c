/* MprAdmin* and MprInfo* with failing allocations. */
#include "sweep/sweep.h"

#include "api/support/fixture.h"

#include <string.h>
#include <wchar.h>

static MPR_SERVER_HANDLE server, other;
static HANDLE interface_handle, result_handle, event;
static LPVOID rip, empty, result;
static DWORD number;

static const struct fixture_dialer quick = {.address = L"127.77.0.1"};

/* ---- what scenarios begin with --------------------------------------------------------------- */

static void with_interface(void)
{
    WCHAR name[] = L"Swept";

    if (MprAdminInterfaceGetHandle(server, name, &interface_handle, FALSE) != NO_ERROR)
        interface_handle = fixture_dial_interface(server, "Swept", &quick);
}

static void with_transport(void)
{
    with_interface();
    MprAdminInterfaceTransportAdd(server, interface_handle, PID_IP, rip,
                                  MprInfoBlockQuerySize(rip));
}

static void without_transport(void)
{
    with_interface();
    MprAdminInterfaceDisconnect(server, interface_handle);
    MprAdminInterfaceTransportRemove(server, interface_handle, PID_IP);
}

static void disconnected(void)
{
    with_transport();
    MprAdminInterfaceDisconnect(server, interface_handle);
}

static void connected(void)
{
    with_transport();
    assert_int_equal(MprAdminInterfaceConnect(server, interface_handle, NULL, TRUE), NO_ERROR);
}

static void only_an_entry(void)
{
    fixture_phonebook("");
    fixture_entry("Fresh");
}

static void no_entry(void)
{
    fixture_phonebook("");
}

static void registered(void)
{
    MprAdminDeregisterConnectionNotification(server, event);
    assert_int_equal(MprAdminRegisterConnectionNotification(server, event), NO_ERROR);
}

/* ---- and end with ---------------------------------------------------------------------------- */

static void close_other(void)
{
    MprAdminServerDisconnect(other);
}

static void free_result(void)
{
    assert_int_equal(MprAdminBufferFree(result), NO_ERROR);
}

static void delete_result(void)
{
    assert_int_equal(MprAdminInterfaceDelete(server, result_handle), NO_ERROR);
}

static void remove_hours(void)
{
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    assert_int_equal(MprAdminInterfaceSetInfo(server, interface_handle, 1, (BYTE *)&info),
                     NO_ERROR);
}

static void deregister(void)
{
    assert_int_equal(MprAdminDeregisterConnectionNotification(server, event), NO_ERROR);
}

static void await_event(void)
{
    assert_int_equal(WaitForSingleObject(event, 10000), WAIT_OBJECT_0);
}

/* ---- the calls ------------------------------------------------------------------------------- */

static MPR_INTERFACE_3 fresh_interface(void)
{
    static IN6_ADDR address = {{{0x20, 1, 0x0d, 0xb8}}};
    static WCHAR alternates[] = L"second\0third\0";
    static BYTE eap[40];
    MPR_INTERFACE_3 info = {.fEnabled = TRUE,
                            .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                            .dwType = MPRET_Vpn,
                            .dwfOptions = MPRIO_RequireCHAP,
                            .dwfNetProtocols = MPRNP_Ip,
                            .szAlternates = alternates,
                            .lpbCustomAuthData = eap,
                            .dwCustomAuthDataSize = sizeof(eap),
                            .AddressCount = 1,
                            .ipv6addr = &address};

    wcscpy(info.wszInterfaceName, L"Fresh");
    wcscpy(info.szDeviceType, L"vpn");
    wcscpy(info.szDeviceName, L"Tunnel");
    wcscpy(info.szLocalPhoneNumber, L"192.0.2.7");
    return info;
}

static DWORD create(DWORD level)
{
    MPR_INTERFACE_3 info = fresh_interface();
    MPR_INTERFACE_1 one = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    WCHAR hours[] = L"1 08:00-18:00\0";

    wcscpy(one.wszInterfaceName, L"Fresh");
    one.lpwsDialoutHoursRestriction = hours;
    return MprAdminInterfaceCreate(server, level, level == 1 ? (BYTE *)&one : (BYTE *)&info,
                                   &result_handle);
}

static DWORD set(DWORD level)
{
    MPR_INTERFACE_3 info = fresh_interface();
    MPR_INTERFACE_1 one = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    WCHAR hours[] = L"1 08:00-18:00\0";

    wcscpy(info.wszInterfaceName, L"Swept");
    wcscpy(one.wszInterfaceName, L"Swept");
    one.lpwsDialoutHoursRestriction = hours;
    return MprAdminInterfaceSetInfo(server, interface_handle, level,
                                    level == 1 ? (BYTE *)&one : (BYTE *)&info);
}

static DWORD get_handle(void)
{
    WCHAR name[] = L"Swept";

    return MprAdminInterfaceGetHandle(server, name, &result_handle, FALSE);
}

static DWORD enumerate(void)
{
    DWORD total;

    return MprAdminInterfaceEnum(server, 0, (BYTE **)&result, (DWORD)-1, &number, &total, NULL);
}

#define CALL(name, expression) \
    static DWORD name(void)    \
    {                          \
        return expression;     \
    }
#define SIZED(header) header, MprInfoBlockQuerySize(header)
#define RESULT        ((BYTE **)&result)

CALL(server_connect, MprAdminServerConnect(NULL, &other))
CALL(server_info_0, MprAdminServerGetInfo(server, 0, RESULT))
CALL(server_info_2, MprAdminServerGetInfo(server, 2, RESULT))
CALL(create_0, create(0))
CALL(create_1, create(1))
CALL(create_2, create(2))
CALL(create_3, create(3))
CALL(delete_interface, MprAdminInterfaceDelete(server, interface_handle))
CALL(get_0, MprAdminInterfaceGetInfo(server, interface_handle, 0, RESULT))
CALL(get_1, MprAdminInterfaceGetInfo(server, interface_handle, 1, RESULT))
CALL(get_2, MprAdminInterfaceGetInfo(server, interface_handle, 2, RESULT))
CALL(get_3, MprAdminInterfaceGetInfo(server, interface_handle, 3, RESULT))
CALL(set_0, set(0))
CALL(set_1, set(1))
CALL(set_2, set(2))
CALL(set_3, set(3))
CALL(connect_wait, MprAdminInterfaceConnect(server, interface_handle, NULL, TRUE))
CALL(connect_event, MprAdminInterfaceConnect(server, interface_handle, event, FALSE))
CALL(disconnect, MprAdminInterfaceDisconnect(server, interface_handle))
CALL(update, MprAdminInterfaceUpdateRoutes(server, interface_handle, PID_IP, NULL))
CALL(update_event, MprAdminInterfaceUpdateRoutes(server, interface_handle, PID_IP, event))
CALL(query, MprAdminInterfaceQueryUpdateResult(server, interface_handle, PID_IP, &number))
CALL(phonebook, MprAdminInterfaceUpdatePhonebookInfo(server, interface_handle))
CALL(add_transport, MprAdminInterfaceTransportAdd(server, interface_handle, PID_IP, SIZED(rip)))
CALL(remove_transport, MprAdminInterfaceTransportRemove(server, interface_handle, PID_IP))
CALL(get_transport,
     MprAdminInterfaceTransportGetInfo(server, interface_handle, PID_IP, RESULT, &number))
CALL(set_transport, MprAdminInterfaceTransportSetInfo(server, interface_handle, PID_IP, SIZED(rip)))
CALL(set_global, MprAdminTransportSetInfo(server, PID_IP, SIZED(empty), SIZED(empty)))
CALL(get_global, MprAdminTransportGetInfo(server, PID_IP, RESULT, NULL, NULL, NULL))
CALL(register_event, MprAdminRegisterConnectionNotification(server, event))
CALL(deregister_event, MprAdminDeregisterConnectionNotification(server, event))
CALL(error_string, MprAdminGetErrorString(905, (WCHAR **)&result))
CALL(info_create, MprInfoCreate(1, &result))
CALL(info_duplicate, MprInfoDuplicate(rip, &result))
CALL(info_remove_all, MprInfoRemoveAll(rip, &result))
CALL(info_add, MprInfoBlockAdd(rip, 0x1234, 4, 1, (BYTE *)&number, &result))
CALL(info_set, MprInfoBlockSet(rip, RIP_BLOCK, 4, 1, (BYTE *)&number, &result))
CALL(info_remove, MprInfoBlockRemove(rip, RIP_BLOCK, &result))

/* In an order that needs little preparation. */
static const struct scenario scenarios[] = {
    {"MprInfoCreate", NULL, info_create, NO_ERROR, free_result},
    {"MprInfoDuplicate", NULL, info_duplicate, NO_ERROR, free_result},
    {"MprInfoRemoveAll", NULL, info_remove_all, NO_ERROR, free_result},
    {"MprInfoBlockAdd", NULL, info_add, NO_ERROR, free_result},
    {"MprInfoBlockSet", NULL, info_set, NO_ERROR, free_result},
    {"MprInfoBlockRemove", NULL, info_remove, NO_ERROR, free_result},
    {"MprAdminGetErrorString", NULL, error_string, NO_ERROR, free_result},
    {"MprAdminServerConnect", NULL, server_connect, NO_ERROR, close_other},
    {"MprAdminServerGetInfo, level 0", NULL, server_info_0, NO_ERROR, free_result},
    {"MprAdminServerGetInfo, level 2", NULL, server_info_2, NO_ERROR, free_result},
    {"MprAdminTransportSetInfo", NULL, set_global, NO_ERROR, NULL},
    {"MprAdminTransportGetInfo", NULL, get_global, NO_ERROR, free_result},
    {"MprAdminRegisterConnectionNotification", NULL, register_event, NO_ERROR, deregister},
    {"MprAdminDeregisterConnectionNotification", registered, deregister_event, NO_ERROR, NULL},
    {"MprAdminInterfaceCreate, level 0", only_an_entry, create_0, NO_ERROR, delete_result},
    {"MprAdminInterfaceCreate, level 1", only_an_entry, create_1, NO_ERROR, delete_result},
    {"MprAdminInterfaceCreate, level 2", no_entry, create_2, NO_ERROR, delete_result},
    {"MprAdminInterfaceCreate, level 3", no_entry, create_3, NO_ERROR, delete_result},
    {"MprAdminInterfaceGetHandle", with_interface, get_handle, NO_ERROR, NULL},
    {"MprAdminInterfaceEnum", with_interface, enumerate, NO_ERROR, free_result},
    {"MprAdminInterfaceGetInfo, level 0", with_interface, get_0, NO_ERROR, free_result},
    {"MprAdminInterfaceGetInfo, level 1", with_interface, get_1, NO_ERROR, free_result},
    {"MprAdminInterfaceGetInfo, level 2", with_interface, get_2, NO_ERROR, free_result},
    {"MprAdminInterfaceGetInfo, level 3", with_interface, get_3, NO_ERROR, free_result},
    {"MprAdminInterfaceSetInfo, level 0", with_interface, set_0, NO_ERROR, NULL},
    {"MprAdminInterfaceSetInfo, level 1", with_interface, set_1, NO_ERROR, remove_hours},
    {"MprAdminInterfaceSetInfo, level 2", with_interface, set_2, NO_ERROR, NULL},
    {"MprAdminInterfaceSetInfo, level 3", with_interface, set_3, NO_ERROR, NULL},
    {"MprAdminInterfaceUpdatePhonebookInfo", with_interface, phonebook, NO_ERROR, NULL},
    {"MprAdminInterfaceTransportAdd", without_transport, add_transport, NO_ERROR, NULL},
    {"MprAdminInterfaceTransportGetInfo", with_transport, get_transport, NO_ERROR, free_result},
    {"MprAdminInterfaceTransportSetInfo", with_transport, set_transport, NO_ERROR, NULL},
    {"MprAdminInterfaceConnect", disconnected, connect_wait, NO_ERROR, NULL},
    {"MprAdminInterfaceConnect, event", disconnected, connect_event, PENDING, await_event},
    {"MprAdminInterfaceUpdateRoutes", connected, update, ERROR_CAN_NOT_COMPLETE, NULL},
    {"MprAdminInterfaceUpdateRoutes, event", connected, update_event, PENDING, await_event},
    {"MprAdminInterfaceQueryUpdateResult", NULL, query, NO_ERROR, NULL},
    {"MprAdminInterfaceDisconnect", connected, disconnect, NO_ERROR, NULL},
    {"MprAdminInterfaceTransportRemove", disconnected, remove_transport, NO_ERROR, NULL},
    {"MprAdminInterfaceDelete", disconnected, delete_interface, NO_ERROR, NULL},
};

static void sweep_one(void **state)
{
    sweep_run(*state);
}

enum { COUNT = sizeof(scenarios) / sizeof(scenarios[0]) };

int main(void)
{
    struct CMUnitTest tests[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        memset(&tests[i], 0, sizeof(tests[i]));
        tests[i].name = scenarios[i].name;
        tests[i].test_func = sweep_one;
        tests[i].initial_state = (void *)(ULONG_PTR)&scenarios[i];
    }
    sweep_begin();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_set_dword(L"Parameters", L"UpdateTimeout", 60);
    fixture_set_dword(L"Parameters\\Ip", L"RipPort", 45525);
    fixture_dialer(L"Fresh", &quick);
    server = fixture_connect();
    snapshot_server(server);
    rip = fixture_install_rip(server);
    empty = fixture_header();
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
