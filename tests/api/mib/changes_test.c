/* Create, Delete and Set of the router manager's variables. */
#include "api/mib/mib_fixture.h"

#include <string.h>

static DWORD if_index;

/* MIB_OPAQUE_INFO around the largest structure that is set. */
static struct {
    MIB_OPAQUE_INFO head;
    DWORD room[256];
} info;
static DWORD *const row = (DWORD *)info.head.rgbyData;

static DWORD change(enum change op, DWORD id, DWORD size)
{
    info.head.dwId = id;
    return mib_write(op, PID_IP, IPRTRMGR_PID, &info, MAX_MIB_OFFSET + size);
}

static void prepare_route(DWORD destination, DWORD mask)
{
    memset(&info, 0, sizeof(info));
    row[0] = htonl(destination);
    row[1] = htonl(mask);
    row[2] = 5; /* policy, forced to 0 */
    row[3] = htonl(0x7F4D0002);
    row[4] = if_index;
    row[6] = MIB_IPPROTO_NETMGMT;
    row[9] = 4;
    row[12] = row[13] = 6; /* metrics 4 and 5, forced to unused */
    row[14] = 1;           /* preference, forced to 127 */
}

/* The rows of exactly that destination; *ret is to be freed unless the result is an error. */
static DWORD find(DWORD destination, DWORD mask, MIB_OPAQUE_INFO **ret)
{
    const DWORD index[2] = {htonl(destination), htonl(mask)};
    DWORD size;

    return mib_query(GET, ROUTE_MATCHING, index, 2, ret, &size);
}

static DWORD delete_route(DWORD destination, DWORD mask, DWORD proto)
{
    const DWORD in[6] = {ROUTE_MATCHING, htonl(destination), htonl(mask),
                         if_index,       htonl(0x7F4D0002),  proto};

    return mib_write(DELETE_ENTRY, PID_IP, IPRTRMGR_PID, in, sizeof(in));
}

static void a_route(void **state)
{
    MIB_OPAQUE_INFO *got;
    DWORD *r;

    (void)state;
    prepare_route(0xC0A80000, 0xFFFF0000);
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 64), NO_ERROR);
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 64), ERROR_ALREADY_EXISTS);
    assert_int_equal(find(0xC0A80000, 0xFFFF0000, &got), NO_ERROR);
    r = (DWORD *)got->rgbyData;
    assert_int_equal(r[0], 1);
    r++;
    assert_int_equal(r[0], row[0]);
    assert_int_equal(r[1], row[1]);
    assert_int_equal(r[2], 0);
    assert_int_equal(r[3], row[3]);
    assert_int_equal(r[4], if_index);
    assert_int_equal(r[5], MIB_IPROUTE_TYPE_INDIRECT);
    assert_int_equal(r[6], MIB_IPPROTO_NETMGMT);
    assert_int_equal(r[9], 4);
    assert_int_equal(r[12], MIB_IPROUTE_METRIC_UNUSED);
    assert_int_equal(r[13], MIB_IPROUTE_METRIC_UNUSED);
    assert_int_equal(r[14], 127);
    MprAdminMIBBufferFree(got);

    row[9] = 9;
    assert_int_equal(change(SET, ROUTE_MATCHING, 64), NO_ERROR);
    assert_int_equal(find(0xC0A80000, 0xFFFF0000, &got), NO_ERROR);
    assert_int_equal(((DWORD *)got->rgbyData)[10], 9);
    MprAdminMIBBufferFree(got);

    assert_int_equal(delete_route(0xC0A80000, 0xFFFF0000, MIB_IPPROTO_NT_STATIC), ERROR_NOT_FOUND);
    assert_int_equal(delete_route(0xC0A80000, 0xFFFF0000, MIB_IPPROTO_NETMGMT), NO_ERROR);
    assert_int_equal(delete_route(0xC0A80000, 0xFFFF0000, MIB_IPPROTO_NETMGMT), ERROR_NOT_FOUND);
    assert_int_equal(find(0xC0A80000, 0xFFFF0000, &got), ERROR_NOT_FOUND);
}

static void routes_that_are_refused(void **state)
{
    DWORD index[5] = {ROUTE_MATCHING, 0, 0, 0, 0};

    (void)state;
    prepare_route(0xC0A80000, 0xFF00FF00);
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 64), ERROR_INVALID_PARAMETER);
    prepare_route(0xC0A80000, 0xFFFF0000);
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 63), ERROR_INVALID_PARAMETER);
    assert_int_equal(change(SET, ROUTE_MATCHING, 0), ERROR_INVALID_PARAMETER);
    row[6] = MIB_IPPROTO_LOCAL;
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 64), ERROR_INVALID_PARAMETER);
    row[6] = MIB_IPPROTO_RIP;
    assert_int_equal(change(SET, ROUTE_MATCHING, 64), ERROR_INVALID_PARAMETER);
    row[6] = MIB_IPPROTO_NT_STATIC;
    row[4] = 0x7fffffff;
    assert_int_equal(change(SET, ROUTE_MATCHING, 64), ERROR_NO_SUCH_INTERFACE);
    assert_int_equal(mib_write(DELETE_ENTRY, PID_IP, IPRTRMGR_PID, index, sizeof(index)),
                     ERROR_INVALID_PARAMETER);
    assert_int_equal(change(CREATE, IP_FORWARDROW, 64), ERROR_NOT_SUPPORTED);
    info.head.dwId = ROUTE_MATCHING;
    assert_int_equal(mib_write(SET, PID_IPV6, IPRTRMGR_PID, &info, 72), ERROR_NOT_SUPPORTED);
}

/* A route is gone with its interface. */
static void the_interface_disconnects(void **state)
{
    MPR_SERVER_HANDLE server = fixture_connect();
    HANDLE handle = NULL;
    MIB_OPAQUE_INFO *got;

    (void)state;
    prepare_route(0xC0A80000, 0xFFFF0000);
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 64), NO_ERROR);
    assert_int_equal(MprAdminInterfaceGetHandle(server, (WCHAR *)L"Branch", &handle, FALSE),
                     NO_ERROR);
    assert_int_equal(MprAdminInterfaceDisconnect(server, handle), NO_ERROR);
    assert_int_equal(find(0xC0A80000, 0xFFFF0000, &got), ERROR_NOT_FOUND);
    assert_int_equal(change(CREATE, ROUTE_MATCHING, 64), ERROR_INTERFACE_NOT_CONNECTED);
    assert_int_equal(MprAdminInterfaceConnect(server, handle, NULL, TRUE), NO_ERROR);
    MprAdminServerDisconnect(server);
}

/* ---- interfaces ----------------------------------------------------------------------------- */

static MIB_IFSTATUS status_now(void)
{
    MIB_OPAQUE_INFO *got;
    MIB_IFSTATUS status;
    DWORD size;

    assert_int_equal(mib_query(GET, IF_STATUS, &if_index, 1, &got, &size), NO_ERROR);
    assert_int_equal(size, sizeof(status));
    memcpy(&status, got->rgbyData, sizeof(status));
    MprAdminMIBBufferFree(got);
    assert_int_equal(status.dwIfIndex, if_index);
    assert_false(status.bMHbeatActive);
    return status;
}

static void administrative_status(void **state)
{
    MIB_IFROW *interface_row = (MIB_IFROW *)row;
    MIB_OPAQUE_INFO *got;
    DWORD size;

    (void)state;
    memset(&info, 0, sizeof(info));
    assert_int_equal(status_now().dwAdminStatus, MIB_IF_ADMIN_STATUS_UP);
    assert_int_equal(status_now().dwOperationalStatus, ROUTER_IF_STATE_CONNECTED);
    interface_row->dwIndex = if_index;
    interface_row->dwAdminStatus = 3; /* testing */
    assert_int_equal(change(SET, IF_ROW, sizeof(MIB_IFROW)), ERROR_INVALID_PARAMETER);
    interface_row->dwAdminStatus = MIB_IF_ADMIN_STATUS_DOWN;
    assert_int_equal(change(SET, IF_ROW, sizeof(MIB_IFROW) - 1), ERROR_INVALID_PARAMETER);
    assert_int_equal(change(CREATE, IF_ROW, sizeof(MIB_IFROW)), ERROR_NOT_SUPPORTED);
    assert_int_equal(change(SET, IF_ROW, sizeof(MIB_IFROW)), NO_ERROR);
    assert_int_equal(status_now().dwAdminStatus, MIB_IF_ADMIN_STATUS_DOWN);
    assert_int_equal(mib_query(GET, IF_ROW, &if_index, 1, &got, &size), NO_ERROR);
    assert_int_equal(((MIB_IFROW *)got->rgbyData)->dwAdminStatus, MIB_IF_ADMIN_STATUS_DOWN);
    MprAdminMIBBufferFree(got);
    interface_row->dwAdminStatus = MIB_IF_ADMIN_STATUS_UP;
    assert_int_equal(change(SET, IF_ROW, sizeof(MIB_IFROW)), NO_ERROR);
    assert_int_equal(status_now().dwAdminStatus, MIB_IF_ADMIN_STATUS_UP);
    interface_row->dwIndex = 0x7fffffff;
    assert_int_equal(change(SET, IF_ROW, sizeof(MIB_IFROW)), ERROR_NO_SUCH_INTERFACE);
}

static void what_is_not_supported(void **state)
{
    const DWORD neighbour[3] = {IP_NETTABLE, if_index, htonl(0x7F4D0002)};

    (void)state;
    assert_int_equal(mib_write(DELETE_ENTRY, PID_IP, IPRTRMGR_PID, neighbour, sizeof(neighbour)),
                     ERROR_NOT_SUPPORTED);
    memset(&info, 0, sizeof(info));
    row[0] = if_index;
    row[1] = 255;
    row[3] = 1;
    assert_int_equal(change(SET, MCAST_IF_ENTRY, sizeof(MIB_IPMCAST_IF_ENTRY)),
                     ERROR_NOT_SUPPORTED);
    row[1] = 256;
    assert_int_equal(change(SET, MCAST_IF_ENTRY, sizeof(MIB_IPMCAST_IF_ENTRY)),
                     ERROR_INVALID_PARAMETER);
    row[3] = 4;
    assert_int_equal(change(SET, MCAST_BOUNDARY, sizeof(MIB_IPMCAST_BOUNDARY)),
                     ERROR_NOT_SUPPORTED);
    row[3] = 6;
    assert_int_equal(change(SET, MCAST_BOUNDARY, sizeof(MIB_IPMCAST_BOUNDARY)), ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_route),
        cmocka_unit_test(routes_that_are_refused),
        cmocka_unit_test(the_interface_disconnects),
        cmocka_unit_test(administrative_status),
        cmocka_unit_test(what_is_not_supported),
    };

    on_windows_end("scripted dialers");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    if_index = mib_interface("Branch");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
