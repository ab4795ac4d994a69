/* MprAdminMIB* with failing allocations. */
#include "sweep/scene.h"

#include <iphlpapi.h>
#include <iprtrmib.h>
#include <string.h>

static MIB_SERVER_HANDLE mib, other;
static DWORD if_index;

/* MIB_OPAQUE_INFO around the largest structure that is set. */
static struct {
    MIB_OPAQUE_INFO head;
    DWORD room[64];
} info;
static DWORD *const row = (DWORD *)info.head.rgbyData;
enum { ROW_SIZE = 64 };

/* ---- what scenarios begin and end with ------------------------------------------------------- */

static void find_index(void)
{
    DWORD in[] = {IF_TABLE}, size = 0;
    MIB_OPAQUE_INFO *got = NULL;
    MIB_IFTABLE *table;

    scene_connected();
    if (!mib) assert_int_equal(MprAdminMIBServerConnect(NULL, &mib), NO_ERROR);
    assert_int_equal(
        MprAdminMIBEntryGet(mib, PID_IP, IPRTRMGR_PID, in, sizeof(in), (void **)&got, &size),
        NO_ERROR);
    table = (MIB_IFTABLE *)got->rgbyData;
    if_index = table->table[table->dwNumEntries - 1].dwIndex;
    MprAdminMIBBufferFree(got);
}

static void prepare_route(DWORD metric)
{
    memset(&info, 0, sizeof(info));
    info.head.dwId = ROUTE_MATCHING;
    row[0] = 0x0000A8C0; /* 192.168.0.0/16 */
    row[1] = 0x0000FFFF;
    row[3] = 0x02004D7F;
    row[4] = if_index;
    row[6] = MIB_IPPROTO_NETMGMT;
    row[9] = metric;
}

static DWORD create(void)
{
    return MprAdminMIBEntryCreate(mib, PID_IP, IPRTRMGR_PID, &info, MAX_MIB_OFFSET + ROW_SIZE);
}

static DWORD set(void)
{
    return MprAdminMIBEntrySet(mib, PID_IP, IPRTRMGR_PID, &info, MAX_MIB_OFFSET + ROW_SIZE);
}

static DWORD delete_route(void)
{
    DWORD in[] = {ROUTE_MATCHING, row[0], row[1], row[4], row[3], row[6]};

    return MprAdminMIBEntryDelete(mib, PID_IP, IPRTRMGR_PID, in, sizeof(in));
}

static void without_route(void)
{
    find_index();
    prepare_route(4);
    delete_route();
}

static void with_route(void)
{
    find_index();
    prepare_route(4);
    delete_route();
    assert_int_equal(create(), NO_ERROR);
}

static void with_route_to_change(void)
{
    with_route();
    prepare_route(9);
}

/* MIB_IFROW is larger than a route. */
static DWORD set_status(DWORD status)
{
    static union {
        MIB_OPAQUE_INFO head;
        BYTE bytes[MAX_MIB_OFFSET + sizeof(MIB_IFROW)];
    } whole;
    MIB_IFROW *interface_row = (MIB_IFROW *)whole.head.rgbyData;

    whole.head.dwId = IF_ROW;
    interface_row->dwIndex = if_index;
    interface_row->dwAdminStatus = status;
    return MprAdminMIBEntrySet(mib, PID_IP, IPRTRMGR_PID, &whole, sizeof(whole.bytes));
}

static void up_again(void)
{
    assert_int_equal(set_status(MIB_IF_ADMIN_STATUS_UP), NO_ERROR);
}

static void connect_other(void)
{
    assert_int_equal(MprAdminMIBServerConnect(NULL, &other), NO_ERROR);
}

/* ---- the calls ------------------------------------------------------------------------------- */

typedef __typeof__(MprAdminMIBEntryGet) read_fn;

static DWORD query(read_fn *function, DWORD id, DWORD count)
{
    DWORD in[] = {id, row[0], row[1]}, size = 0;

    return function(mib, PID_IP, IPRTRMGR_PID, in, (1 + count) * (DWORD)sizeof(DWORD),
                    &sweep_result, &size);
}

static DWORD disconnect(void)
{
    MprAdminMIBServerDisconnect(other);
    return NO_ERROR;
}

CALL(set_down, set_status(MIB_IF_ADMIN_STATUS_DOWN))
CALL(get_number, query(MprAdminMIBEntryGet, IF_NUMBER, 0))
CALL(get_table, query(MprAdminMIBEntryGet, IP_ADDRTABLE, 0))
CALL(get_routes, query(MprAdminMIBEntryGet, ROUTE_MATCHING, 2))
CALL(first_table, query(MprAdminMIBEntryGetFirst, IP_ADDRTABLE, 0))
CALL(first_row, query(MprAdminMIBEntryGetFirst, IP_ADDRROW, 0))
CALL(next_row, query(MprAdminMIBEntryGetNext, IP_ADDRROW, 0))

static const struct scenario scenarios[] = {
    NO_ALLOCATION("MprAdminMIBServerDisconnect", connect_other, disconnect, NO_ERROR,
                  "a handle's slot becomes free"),
    SWEEP("MprAdminMIBEntryGet, a number", with_route, get_number, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntryGet, a table", with_route, get_table, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntryGet, routes", with_route, get_routes, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntryGetFirst, a table", with_route, first_table, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntryGetFirst, a row", with_route, first_row, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntryGetNext", with_route, next_row, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntryCreate", without_route, create, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntrySet, a new route", without_route, set, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntrySet, a route", with_route_to_change, set, NO_ERROR, NULL),
    SWEEP("MprAdminMIBEntrySet, an interface", find_index, set_down, NO_ERROR, up_again),
    SWEEP("MprAdminMIBEntryDelete", with_route, delete_route, NO_ERROR, NULL),
};

int main(void)
{
    scene_begin(45527);
    return SWEEP_MAIN(scenarios);
}
