/* Ports, connections and devices with failing allocations, under both of their names, and what of
 * them allocates nothing. */
#include "sweep/scene.h"

#include "api/support/ras_admin_names.h"

#include <mprapi_ext.h>
#include <string.h>

static HANDLE connection, port;
static DWORD number, total;
static WCHAR message[] = L"Hello";

/* ---- what scenarios begin with --------------------------------------------------------------- */

static void find_connection(void)
{
    RAS_CONNECTION_0 *all = NULL;
    RAS_PORT_0 *ports = NULL;

    scene_connected();
    assert_int_equal(
        MprAdminConnectionEnum(scene_server, 0, (BYTE **)&all, (DWORD)-1, &number, &total, NULL),
        NO_ERROR);
    assert_int_equal(number, 1);
    connection = all->hConnection;
    assert_int_equal(MprAdminPortEnum(scene_server, 0, connection, (BYTE **)&ports, (DWORD)-1,
                                      &number, &total, NULL),
                     NO_ERROR);
    assert_int_equal(number, 1);
    port = ports->hPort;
    MprAdminBufferFree(all);
    MprAdminBufferFree(ports);
}

/* Another link than the first. */
static void with_two_devices(void)
{
    MPR_DEVICE_1 device = {.szDeviceType = L"modem", .szDeviceName = L"Second"};
    MPR_DEVICE_0 first = {.szDeviceType = L"modem", .szDeviceName = L"First"};

    scene_disconnected();
    assert_int_equal(
        MprAdminInterfaceDeviceSetInfo(scene_server, scene_interface, 1, 0, (BYTE *)&first),
        NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceDeviceSetInfo(scene_server, scene_interface, 2, 1, (BYTE *)&device),
        NO_ERROR);
}

/* ---- the calls ------------------------------------------------------------------------------- */

/* Times go on while a sweep runs. */
static DWORD all_connections(DWORD level)
{
    DWORD status =
        MprAdminConnectionEnum(scene_server, level, RESULT, (DWORD)-1, &number, &total, NULL);

    sweep_sample = number;
    if (status == NO_ERROR && level == 0) ((RAS_CONNECTION_0 *)sweep_result)->dwConnectDuration = 0;
    return status;
}

static DWORD all_connections_ex(void)
{
    MPRAPI_OBJECT_HEADER header = {MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                   MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT,
                                   sizeof(RAS_CONNECTION_EX)};
    DWORD status = MprAdminConnectionEnumEx(scene_server, &header, (DWORD)-1, &number, &total,
                                            (RAS_CONNECTION_EX **)&sweep_result, NULL);

    if (status == NO_ERROR) ((RAS_CONNECTION_EX *)sweep_result)->dwConnectDuration = 0;
    return status;
}

static DWORD one_connection(DWORD level)
{
    DWORD status = MprAdminConnectionGetInfo(scene_server, level, connection, RESULT);

    if (status == NO_ERROR && level == 0) ((RAS_CONNECTION_0 *)sweep_result)->dwConnectDuration = 0;
    return status;
}

static DWORD one_connection_ex(void)
{
    RAS_CONNECTION_EX info = {.Header = {MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                         MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT,
                                         sizeof(RAS_CONNECTION_EX)}};
    DWORD status = MprAdminConnectionGetInfoEx(scene_server, connection, &info);

    sweep_sample = sweep_sum(0, info.wszInterfaceName, sizeof(info.wszInterfaceName));
    return status;
}

static DWORD old_all_connections(void)
{
    DWORD status =
        RasAdminConnectionEnum(scene_server, 0, RESULT, (DWORD)-1, &number, &total, NULL);

    if (status == NO_ERROR) ((RAS_CONNECTION_0 *)sweep_result)->dwConnectDuration = 0;
    return status;
}

static DWORD old_connection(void)
{
    DWORD status = RasAdminConnectionGetInfo(scene_server, 0, connection, RESULT);

    if (status == NO_ERROR) ((RAS_CONNECTION_0 *)sweep_result)->dwConnectDuration = 0;
    return status;
}

/* number is how many ports there are. */
static DWORD timeless(DWORD status)
{
    RAS_PORT_0 *rows = sweep_result;

    if (status != NO_ERROR) return status;
    for (DWORD n = 0; n < number; n++) rows[n].dwConnectDuration = 0;
    return status;
}

static DWORD one_port(__typeof__(MprAdminPortGetInfo) *function)
{
    number = 1;
    return timeless(function(scene_server, 0, port, RESULT));
}

static DWORD update_connection(void)
{
    RAS_UPDATE_CONNECTION update = {
        .Header = {1, MPRAPI_OBJECT_TYPE_UPDATE_CONNECTION_OBJECT, sizeof(update)}};

    return MprAdminUpdateConnection(scene_server, connection, &update);
}

static DWORD set_device(DWORD index, DWORD level)
{
    static WCHAR alternates[] = L"223\0";
    MPR_DEVICE_1 device = {.szDeviceType = L"modem",
                           .szDeviceName = L"Changed",
                           .szLocalPhoneNumber = L"222",
                           .szAlternates = alternates};

    return MprAdminInterfaceDeviceSetInfo(scene_server, scene_interface, index, level,
                                          (BYTE *)&device);
}

#define GET_DEVICE(index, level) \
    MprAdminInterfaceDeviceGetInfo(scene_server, scene_interface, index, level, RESULT)

CALL(connections_0, all_connections(0))
CALL(connections_1, all_connections(1))
CALL(connections_2, all_connections(2))
CALL(connections_3, all_connections(3))
CALL(connection_0, one_connection(0))
CALL(connection_1, one_connection(1))
CALL(connection_2, one_connection(2))
CALL(connection_3, one_connection(3))
CALL(clear_connection, MprAdminConnectionClearStats(scene_server, connection))
CALL(quarantine, MprAdminConnectionRemoveQuarantine(scene_server, connection, FALSE))
CALL(send_message, MprAdminSendUserMessage(scene_server, connection, message))
CALL(ports, timeless(MprAdminPortEnum(scene_server, 0, INVALID_HANDLE_VALUE, RESULT, (DWORD)-1,
                                      &number, &total, NULL)))
CALL(port_0, one_port(MprAdminPortGetInfo))
CALL(port_1, MprAdminPortGetInfo(scene_server, 1, port, RESULT))
CALL(clear_port, MprAdminPortClearStats(scene_server, port))
CALL(reset_port, MprAdminPortReset(scene_server, port))
CALL(disconnect_port, MprAdminPortDisconnect(scene_server, port))
CALL(old_clear_connection, RasAdminConnectionClearStats(scene_server, connection))
CALL(old_ports, timeless(RasAdminPortEnum(scene_server, 0, INVALID_HANDLE_VALUE, RESULT, (DWORD)-1,
                                          &number, &total, NULL)))
CALL(old_port, one_port(RasAdminPortGetInfo))
CALL(old_clear_port, RasAdminPortClearStats(scene_server, port))
CALL(old_reset_port, RasAdminPortReset(scene_server, port))
CALL(old_disconnect_port, RasAdminPortDisconnect(scene_server, port))
CALL(devices, MprAdminDeviceEnum(scene_server, 0, RESULT, &total))
CALL(get_device_1, GET_DEVICE(1, 0))
CALL(get_device_2, GET_DEVICE(2, 1))
CALL(set_device_1, set_device(1, 0))
CALL(set_device_1_numbers, set_device(1, 1))
CALL(set_device_2, set_device(2, 1))
CALL(set_device_3, set_device(3, 1))

#define COUNTERS "counters begin anew in place"

static const struct scenario scenarios[] = {
    SWEEP("MprAdminConnectionEnum, level 0", find_connection, connections_0, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionEnum, level 1", find_connection, connections_1, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionEnum, level 2", find_connection, connections_2, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionEnum, level 3", find_connection, connections_3, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionEnumEx", find_connection, all_connections_ex, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionGetInfo, level 0", find_connection, connection_0, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionGetInfo, level 1", find_connection, connection_1, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionGetInfo, level 2", find_connection, connection_2, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionGetInfo, level 3", find_connection, connection_3, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionGetInfoEx", find_connection, one_connection_ex, NO_ERROR, NULL),
    SWEEP("MprAdminConnectionClearStats", find_connection, clear_connection, NO_ERROR, NULL),
    NO_ALLOCATION("MprAdminConnectionRemoveQuarantine", find_connection, quarantine,
                  ERROR_NOT_FOUND, "the connection is not in quarantine"),
    NO_ALLOCATION("MprAdminSendUserMessage", find_connection, send_message, ERROR_NOT_SUPPORTED,
                  "no peer has a messenger"),
    NO_ALLOCATION("MprAdminUpdateConnection", find_connection, update_connection,
                  ERROR_NOT_SUPPORTED, "endpoints are kept in the connection itself"),
    SWEEP("MprAdminPortEnum", find_connection, ports, NO_ERROR, NULL),
    SWEEP("MprAdminPortGetInfo, level 0", find_connection, port_0, NO_ERROR, NULL),
    SWEEP("MprAdminPortGetInfo, level 1", find_connection, port_1, NO_ERROR, NULL),
    NO_ALLOCATION("MprAdminPortClearStats", find_connection, clear_port, NO_ERROR, COUNTERS),
    NO_ALLOCATION("MprAdminPortReset", find_connection, reset_port, NO_ERROR, "it does nothing"),
    SWEEP("MprAdminPortDisconnect", find_connection, disconnect_port, NO_ERROR, NULL),
    SWEEP("RasAdminConnectionEnum", find_connection, old_all_connections, NO_ERROR, NULL),
    SWEEP("RasAdminConnectionGetInfo", find_connection, old_connection, NO_ERROR, NULL),
    SWEEP("RasAdminConnectionClearStats", find_connection, old_clear_connection, NO_ERROR, NULL),
    SWEEP("RasAdminPortEnum", find_connection, old_ports, NO_ERROR, NULL),
    SWEEP("RasAdminPortGetInfo", find_connection, old_port, NO_ERROR, NULL),
    NO_ALLOCATION("RasAdminPortClearStats", find_connection, old_clear_port, NO_ERROR, COUNTERS),
    NO_ALLOCATION("RasAdminPortReset", find_connection, old_reset_port, NO_ERROR,
                  "it does nothing"),
    SWEEP("RasAdminPortDisconnect", find_connection, old_disconnect_port, NO_ERROR, NULL),
    SWEEP("MprAdminDeviceEnum", scene_with_interface, devices, NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceDeviceGetInfo, the first", with_two_devices, get_device_1, NO_ERROR,
          NULL),
    SWEEP("MprAdminInterfaceDeviceGetInfo, the second", with_two_devices, get_device_2, NO_ERROR,
          NULL),
    SWEEP("MprAdminInterfaceDeviceSetInfo, the first", with_two_devices, set_device_1, NO_ERROR,
          NULL),
    SWEEP("MprAdminInterfaceDeviceSetInfo, its numbers", with_two_devices, set_device_1_numbers,
          NO_ERROR, NULL),
    SWEEP("MprAdminInterfaceDeviceSetInfo, the second", with_two_devices, set_device_2, NO_ERROR,
          NULL),
    SWEEP("MprAdminInterfaceDeviceSetInfo, a new one", with_two_devices, set_device_3, NO_ERROR,
          NULL),
};

int main(void)
{
    scene_begin(45526);
    return SWEEP_MAIN(scenarios);
}
