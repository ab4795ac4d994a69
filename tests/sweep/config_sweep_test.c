/* MprConfig* with failing allocations. */
#include "sweep/sweep.h"

#include "api/support/fixture.h"
#include "sweep/snapshot.h"

#include <string.h>
#include <wchar.h>

enum { OTHER_TRANSPORT = 0x1234 };

static HANDLE config, other, interface_handle, iftransport, transport, found;
static LPVOID header, second;
static WCHAR *dll;
static DWORD number;
static WCHAR name[] = L"Stored";

/* ---- what scenarios begin and end with --------------------------------------------------------
 */

static void with_interface(void)
{
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};

    wcscpy(info.wszInterfaceName, name);
    if (MprConfigInterfaceGetHandle(config, name, &interface_handle) == NO_ERROR) return;
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &interface_handle),
                     NO_ERROR);
}

static void without_interface(void)
{
    if (MprConfigInterfaceGetHandle(config, name, &interface_handle) == NO_ERROR)
        assert_int_equal(MprConfigInterfaceDelete(config, interface_handle), NO_ERROR);
}

static void with_iftransport(void)
{
    with_interface();
    assert_int_equal(MprConfigInterfaceTransportAdd(config, interface_handle, PID_IP, NULL, header,
                                                    MprInfoBlockQuerySize(header), &iftransport),
                     NO_ERROR);
}

static void with_transport(void)
{
    assert_int_equal(MprConfigTransportCreate(config, OTHER_TRANSPORT, NULL, header,
                                              MprInfoBlockQuerySize(header), NULL, 0, NULL,
                                              &transport),
                     NO_ERROR);
}

static void without_transport(void)
{
    with_transport();
    assert_int_equal(MprConfigTransportDelete(config, transport), NO_ERROR);
}

static void free_results(void)
{
    MprConfigBufferFree(second);
    MprConfigBufferFree(dll);
}

static void close_other(void)
{
    MprConfigServerDisconnect(other);
}

/* ---- the calls ------------------------------------------------------------------------------- */

static DWORD create(DWORD level)
{
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    WCHAR hours[] = L"1 08:00-18:00\0";

    wcscpy(info.wszInterfaceName, name);
    info.lpwsDialoutHoursRestriction = hours;
    return MprConfigInterfaceCreate(config, level, (BYTE *)&info, &found);
}

static DWORD set(DWORD level)
{
    MPR_INTERFACE_1 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    WCHAR hours[] = L"2 08:00-18:00\0";

    wcscpy(info.wszInterfaceName, name);
    info.lpwsDialoutHoursRestriction = hours;
    return MprConfigInterfaceSetInfo(config, interface_handle, level, (BYTE *)&info);
}

static DWORD enumerate(void)
{
    DWORD total;

    return MprConfigInterfaceEnum(config, 0, RESULT, (DWORD)-1, &number, &total, NULL);
}

static DWORD enumerate_iftransports(void)
{
    DWORD total;

    return MprConfigInterfaceTransportEnum(config, interface_handle, 0, RESULT, (DWORD)-1, &number,
                                           &total, NULL);
}

static DWORD enumerate_transports(void)
{
    DWORD total;

    return MprConfigTransportEnum(config, 0, RESULT, (DWORD)-1, &number, &total, NULL);
}

#define SIZED header, MprInfoBlockQuerySize(header)

CALL(server_connect, MprConfigServerConnect(NULL, &other))
CALL(create_0, create(0))
CALL(create_1, create(1))
CALL(get_handle, MprConfigInterfaceGetHandle(config, name, &found))
CALL(get_0, MprConfigInterfaceGetInfo(config, interface_handle, 0, RESULT, &number))
CALL(get_1, MprConfigInterfaceGetInfo(config, interface_handle, 1, RESULT, &number))
CALL(set_0, set(0))
CALL(set_1, set(1))
CALL(delete_interface, MprConfigInterfaceDelete(config, interface_handle))
CALL(add, MprConfigInterfaceTransportAdd(config, interface_handle, PID_IP, NULL, SIZED, &found))
CALL(get_iftransport_handle,
     MprConfigInterfaceTransportGetHandle(config, interface_handle, PID_IP, &found))
CALL(get_iftransport,
     MprConfigInterfaceTransportGetInfo(config, interface_handle, iftransport, RESULT, &number))
CALL(set_iftransport,
     MprConfigInterfaceTransportSetInfo(config, interface_handle, iftransport, SIZED))
CALL(remove_iftransport, MprConfigInterfaceTransportRemove(config, interface_handle, iftransport))
CALL(create_transport, MprConfigTransportCreate(config, OTHER_TRANSPORT, NULL, SIZED, SIZED,
                                                (WCHAR[]){L"x.dll"}, &found))
CALL(get_transport_handle, MprConfigTransportGetHandle(config, OTHER_TRANSPORT, &found))
CALL(get_transport,
     MprConfigTransportGetInfo(config, transport, RESULT, &number, (BYTE **)&second, &number, &dll))
CALL(set_transport, MprConfigTransportSetInfo(config, transport, SIZED, SIZED, NULL))
CALL(delete_transport, MprConfigTransportDelete(config, transport))

static const struct scenario scenarios[] = {
    SWEEP("MprConfigServerConnect", NULL, server_connect, NO_ERROR, close_other),
    SWEEP("MprConfigInterfaceCreate, level 0", without_interface, create_0, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceCreate, level 1", without_interface, create_1, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceGetHandle", with_interface, get_handle, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceGetInfo, level 0", with_interface, get_0, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceGetInfo, level 1", with_interface, get_1, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceSetInfo, level 0", with_interface, set_0, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceSetInfo, level 1", with_interface, set_1, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceEnum", with_interface, enumerate, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceTransportAdd", with_interface, add, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceTransportGetHandle", with_iftransport, get_iftransport_handle,
          NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceTransportGetInfo", with_iftransport, get_iftransport, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceTransportSetInfo", with_iftransport, set_iftransport, NO_ERROR, NULL),
    SWEEP("MprConfigInterfaceTransportEnum", with_iftransport, enumerate_iftransports, NO_ERROR,
          NULL),
    SWEEP("MprConfigInterfaceTransportRemove", with_iftransport, remove_iftransport, NO_ERROR,
          NULL),
    SWEEP("MprConfigInterfaceDelete", with_interface, delete_interface, NO_ERROR, NULL),
    SWEEP("MprConfigTransportCreate", without_transport, create_transport, NO_ERROR, NULL),
    NO_ALLOCATION("MprConfigTransportGetHandle", with_transport, get_transport_handle, NO_ERROR,
                  "the handle is there since the creation"),
    SWEEP("MprConfigTransportGetInfo", with_transport, get_transport, NO_ERROR, free_results),
    NO_ALLOCATION("MprConfigTransportSetInfo", with_transport, set_transport, NO_ERROR,
                  "the key is found and written without copies"),
    SWEEP("MprConfigTransportEnum", with_transport, enumerate_transports, NO_ERROR, NULL),
    NO_ALLOCATION("MprConfigTransportDelete", with_transport, delete_transport, NO_ERROR,
                  "the key is found without copies"),
};

int main(void)
{
    sweep_begin();
    fixture_registry(ROUTER_RAS_LAN_WAN);
    /* Its container stays when the creation of the first interface fails. */
    fixture_delete_value(L"Interfaces", L"none");
    snapshot_server(fixture_connect());
    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    header = fixture_header();
    return SWEEP_MAIN(scenarios);
}
