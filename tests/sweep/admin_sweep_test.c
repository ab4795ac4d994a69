/* MprAdmin* and MprInfo* with failing allocations. */
#include "sweep/scene.h"

#include <string.h>
#include <wchar.h>

static HANDLE result_handle;
static LPVOID empty;
static DWORD number;

/* ---- what scenarios begin with --------------------------------------------------------------- */

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
    MprAdminDeregisterConnectionNotification(scene_server, scene_event);
    assert_int_equal(MprAdminRegisterConnectionNotification(scene_server, scene_event), NO_ERROR);
}

/* ---- and end with ---------------------------------------------------------------------------- */

static void delete_result(void)
{
    assert_int_equal(MprAdminInterfaceDelete(scene_server, result_handle), NO_ERROR);
}

static void remove_hours(void)
{
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    assert_int_equal(MprAdminInterfaceSetInfo(scene_server, scene_interface, 1, (BYTE *)&info),
                     NO_ERROR);
}

static void deregister(void)
{
    assert_int_equal(MprAdminDeregisterConnectionNotification(scene_server, scene_event), NO_ERROR);
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
    return MprAdminInterfaceCreate(scene_server, level, level == 1 ? (BYTE *)&one : (BYTE *)&info,
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
    return MprAdminInterfaceSetInfo(scene_server, scene_interface, level,
                                    level == 1 ? (BYTE *)&one : (BYTE *)&info);
}

static DWORD get_handle(void)
{
    WCHAR name[] = L"Swept";

    return MprAdminInterfaceGetHandle(scene_server, name, &result_handle, FALSE);
}

static DWORD enumerate(void)
{
    DWORD total;

    return MprAdminInterfaceEnum(scene_server, 0, RESULT, (DWORD)-1, &number, &total, NULL);
}

/* Time goes on while a sweep runs. */
static DWORD server_info_0(void)
{
    DWORD status = MprAdminServerGetInfo(scene_server, 0, RESULT);

    if (status == NO_ERROR) ((MPR_SERVER_0 *)sweep_result)->dwUpTime = 0;
    return status;
}

/* What was accepted has come to its end. */
static DWORD ended(DWORD status)
{
    if (status == PENDING) assert_int_equal(WaitForSingleObject(scene_event, 10000), WAIT_OBJECT_0);
    return status;
}

#define SIZED(header) header, MprInfoBlockQuerySize(header)

CALL(server_info_2, MprAdminServerGetInfo(scene_server, 2, RESULT))
CALL(create_0, create(0))
CALL(create_1, create(1))
CALL(create_2, create(2))
CALL(create_3, create(3))
CALL(delete_interface, MprAdminInterfaceDelete(scene_server, scene_interface))
CALL(get_0, MprAdminInterfaceGetInfo(scene_server, scene_interface, 0, RESULT))
CALL(get_1, MprAdminInterfaceGetInfo(scene_server, scene_interface, 1, RESULT))
CALL(get_2, MprAdminInterfaceGetInfo(scene_server, scene_interface, 2, RESULT))
CALL(get_3, MprAdminInterfaceGetInfo(scene_server, scene_interface, 3, RESULT))
CALL(set_0, set(0))
CALL(set_1, set(1))
CALL(set_2, set(2))
CALL(set_3, set(3))
CALL(connect_wait, MprAdminInterfaceConnect(scene_server, scene_interface, NULL, TRUE))
CALL(connect_event,
     ended(MprAdminInterfaceConnect(scene_server, scene_interface, scene_event, FALSE)))
CALL(disconnect, MprAdminInterfaceDisconnect(scene_server, scene_interface))
CALL(update, MprAdminInterfaceUpdateRoutes(scene_server, scene_interface, PID_IP, NULL))
CALL(update_event,
     ended(MprAdminInterfaceUpdateRoutes(scene_server, scene_interface, PID_IP, scene_event)))
CALL(query, MprAdminInterfaceQueryUpdateResult(scene_server, scene_interface, PID_IP, &number))
CALL(phonebook, MprAdminInterfaceUpdatePhonebookInfo(scene_server, scene_interface))
CALL(add_transport,
     MprAdminInterfaceTransportAdd(scene_server, scene_interface, PID_IP, SIZED(scene_rip)))
CALL(remove_transport, MprAdminInterfaceTransportRemove(scene_server, scene_interface, PID_IP))
CALL(get_transport,
     MprAdminInterfaceTransportGetInfo(scene_server, scene_interface, PID_IP, RESULT, &number))
CALL(set_transport,
     MprAdminInterfaceTransportSetInfo(scene_server, scene_interface, PID_IP, SIZED(scene_rip)))
CALL(set_global, MprAdminTransportSetInfo(scene_server, PID_IP, SIZED(empty), SIZED(empty)))
CALL(get_global, MprAdminTransportGetInfo(scene_server, PID_IP, RESULT, NULL, NULL, NULL))
CALL(register_event, MprAdminRegisterConnectionNotification(scene_server, scene_event))
CALL(deregister_event, MprAdminDeregisterConnectionNotification(scene_server, scene_event))
CALL(error_string, MprAdminGetErrorString(905, (WCHAR **)&sweep_result))
CALL(info_create, MprInfoCreate(1, &sweep_result))
CALL(info_duplicate, MprInfoDuplicate(scene_rip, &sweep_result))
CALL(info_remove_all, MprInfoRemoveAll(scene_rip, &sweep_result))
CALL(info_add, MprInfoBlockAdd(scene_rip, 0x1234, 4, 1, (BYTE *)&number, &sweep_result))
CALL(info_set, MprInfoBlockSet(scene_rip, RIP_BLOCK, 4, 1, (BYTE *)&number, &sweep_result))
CALL(info_remove, MprInfoBlockRemove(scene_rip, RIP_BLOCK, &sweep_result))

/* In an order that needs little preparation. */
static const struct scenario scenarios[] = {
    SWEEP("MprInfoCreate", NULL, info_create, NO_ERROR, NULL),
    SWEEP("MprInfoDuplicate", NULL, info_duplicate, NO_ERROR, NULL),
    SWEEP("MprInfoRemoveAll", NULL, info_remove_all, NO_ERROR, NULL),
    SWEEP("MprInfoBlockAdd", NULL, info_add, NO_ERROR, NULL),
    SWEEP("MprInfoBlockSet", NULL, info_set, NO_ERROR, NULL),
    SWEEP("MprInfoBlockRemove", NULL, info_remove, NO_ERROR, NULL),
    SWEEP("MprAdminGetErrorString", NULL, error_string, NO_ERROR, NULL),
    SWEEP("MprAdminServerGetInfo, level 0", NULL, server_info_0, NO_ERROR, NULL),
    SWEEP("MprAdminServerGetInfo, level 2", NULL, server_info_2, NO_ERROR, NULL),
    SWEEP("MprAdminTransportSetInfo", NULL, set_global, NO_ERROR, NULL),
    SWEEP("MprAdminTransportGetInfo", NULL, get_global, NO_ERROR, NULL),
    SWEEP("MprAdminRegisterConnectionNotification", NULL, register_event, NO_ERROR, deregister),
    NO_ALLOCATION("MprAdminDeregisterConnectionNotification", registered, deregister_event,
                  NO_ERROR, "a registration is freed; few are compared without memory"),
    SWEEP("MprAdminInterfaceCreate, level 0", only_an_entry, create_0, NO_ERROR, delete_result),
    SWEEP("MprAdminInterfaceCreate, level 1", only_an_entry, create_1, NO_ERROR, delete_result),
    SWEEP("MprAdminInterfaceCreate, level 2", no_entry, create_2, NO_ERROR, delete_result),
    SWEEP("MprAdminInterfaceCreate, level 3", no_entry, create_3, NO_ERROR, delete_result),
    NO_ALLOCATION("MprAdminInterfaceGetHandle", scene_with_interface, get_handle, NO_ERROR,
                  "a number is looked up"),
    SWEEP("MprAdminInterfaceEnum", scene_with_interface, enumerate, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetInfo, level 0", scene_with_interface, get_0, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetInfo, level 1", scene_with_interface, get_1, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetInfo, level 2", scene_with_interface, get_2, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceGetInfo, level 3", scene_with_interface, get_3, NO_ERROR, NULL),
    NO_ALLOCATION("MprAdminInterfaceSetInfo, level 0", scene_with_interface, set_0, NO_ERROR,
                  "a flag is set"),
    SWEEP("MprAdminInterfaceSetInfo, level 1", scene_with_interface, set_1, NO_ERROR, remove_hours),
    SWEEP("MprAdminInterfaceSetInfo, level 2", scene_with_interface, set_2, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceSetInfo, level 3", scene_with_interface, set_3, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceUpdatePhonebookInfo", scene_with_interface, phonebook, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceTransportAdd", scene_without_transport, add_transport, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceTransportGetInfo", scene_with_transport, get_transport, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceTransportSetInfo", scene_with_transport, set_transport, NO_ERROR, NULL),
    NO_ALLOCATION("MprAdminInterfaceConnect", scene_disconnected, connect_wait, NO_ERROR,
                  "a request that is waited for is on the stack"),
    SWEEP("MprAdminInterfaceConnect, event", scene_disconnected, connect_event, PENDING, NULL),
    SWEEP("MprAdminInterfaceUpdateRoutes", scene_connected_anew, update, ERROR_CAN_NOT_COMPLETE,
          NULL),
    SWEEP("MprAdminInterfaceUpdateRoutes, event", scene_connected_anew, update_event, PENDING,
          NULL),
    NO_ALLOCATION("MprAdminInterfaceQueryUpdateResult", NULL, query, NO_ERROR,
                  "a number is looked up"),
    SWEEP("MprAdminInterfaceDisconnect", scene_connected, disconnect, NO_ERROR, NULL),
    NO_ALLOCATION("MprAdminInterfaceTransportRemove", scene_disconnected, remove_transport,
                  NO_ERROR, "taking away needs no memory"),
    SWEEP("MprAdminInterfaceDelete", scene_disconnected, delete_interface, NO_ERROR, NULL),
};

int main(void)
{
    scene_begin(45525);
    fixture_dialer(L"Fresh", &scene_dialer);
    empty = fixture_header();
    return SWEEP_MAIN(scenarios);
}
