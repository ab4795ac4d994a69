/* The contract with a protocol in a DLL, seen from both sides: what an administrator does, and what
 * the two protocols of testproto.dll are told and may ask. */
#include <winsock2.h>

#include "api/hosting/told.h"

#include <string.h>
#include <wchar.h>

#include <iprtrmib.h>
#include <rtmv2.h>

static MPR_SERVER_HANDLE server;
static HANDLE one;
static DWORD index_of_one;

/* NET_INTERFACE_TYPE and RIS_INTERFACE_* of routprot.h. */
enum { TYPE_DEMAND_DIAL = 1 };
enum { STATE_ADDRESS_CHANGE = 0, STATE_ENABLED = 1, STATE_DISABLED = 2 };

static const struct testproto_global global = {0};
static const struct testproto_interface quiet = {TESTPROTO_INSIDE, 0, 0};

static DWORD ask(DWORD transport, DWORD what, DWORD value)
{
    const struct testproto_mib in = {what, value};

    return told_ask(transport, &in, sizeof(in), NULL);
}

/* ---- two protocols ----------------------------------------------------------------------------
 */

static void both_start(void **state)
{
    const DWORD nothing = 0;
    struct testproto_told told;

    (void)state;
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_ID, &global, sizeof(global)),
                     NO_ERROR);
    told_wait(PID_IP, NULL, TESTPROTO_ID, TESTPROTO_TOLD_START, 0);
    assert_int_equal(told_times(PID_IP, 0, TESTPROTO_ID, TESTPROTO_TOLD_ADD, 0), 0);
    assert_int_equal(told_set_interface(server, one, PID_IP, TESTPROTO_ID, &quiet, sizeof(quiet)),
                     NO_ERROR);
    told = told_wait(PID_IP, NULL, TESTPROTO_ID, TESTPROTO_TOLD_ADD, 0);
    assert_int_equal(told.size, sizeof(quiet));
    assert_int_equal(told.type, TYPE_DEMAND_DIAL);
    index_of_one = told.index;

    /* The one that asks for all interfaces has them, without a block. */
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_PEER_ID, &nothing, sizeof(nothing)),
                     NO_ERROR);
    told_wait(PID_IP, NULL, TESTPROTO_PEER_ID, TESTPROTO_TOLD_START, 0);
    told = told_wait(PID_IP, NULL, TESTPROTO_PEER_ID, TESTPROTO_TOLD_ADD, index_of_one);
    assert_int_equal(told.type, TYPE_DEMAND_DIAL);
    assert_int_equal(told.size, 0);
    assert_in_range(told_times(PID_IP, 0, TESTPROTO_PEER_ID, TESTPROTO_TOLD_ADD, 0), 2, 100);
    assert_int_equal(told_times(PID_IP, 0, TESTPROTO_ID, TESTPROTO_TOLD_ADD, 0), 1);
}

/* A block that is taken away leaves the one without a block, for who wants every interface. */
static void every_interface_stays(void **state)
{
    const DWORD nothing = 0;
    DWORD from = told_count(PID_IP);

    (void)state;
    assert_int_equal(
        told_set_interface(server, one, PID_IP, TESTPROTO_PEER_ID, &nothing, sizeof(nothing)),
        ERROR_NOT_SUPPORTED); /* the peer has no SetInterfaceInfo; the block is there all the same
                               */
    assert_int_equal(told_set_interface(server, one, PID_IP, TESTPROTO_PEER_ID, NULL, 0), NO_ERROR);
    told_wait(PID_IP, &from, TESTPROTO_PEER_ID, TESTPROTO_TOLD_DELETE, index_of_one);
    assert_int_equal(
        told_wait(PID_IP, &from, TESTPROTO_PEER_ID, TESTPROTO_TOLD_ADD, index_of_one).size, 0);

    from = told_count(PID_IP);
    assert_int_equal(told_set_interface(server, one, PID_IP, TESTPROTO_ID, NULL, 0), NO_ERROR);
    told_wait(PID_IP, &from, TESTPROTO_ID, TESTPROTO_TOLD_DELETE, index_of_one);
    assert_int_equal(told_set_interface(server, one, PID_IP, TESTPROTO_ID, &quiet, sizeof(quiet)),
                     NO_ERROR);
    assert_int_equal(told_times(PID_IP, from, TESTPROTO_ID, TESTPROTO_TOLD_ADD, index_of_one), 1);
}

/* ---- states ------------------------------------------------------------------------------------
 */

/* The next state that TESTPROTO_ID is told of the interface. */
static struct testproto_told expect_state(DWORD *from, DWORD type, BOOL active)
{
    struct testproto_told told =
        told_wait(PID_IP, from, TESTPROTO_ID, TESTPROTO_TOLD_STATUS, index_of_one);

    ++*from;
    assert_int_equal(told.type, type);
    assert_int_equal(told.active, active);
    return told;
}

static void states_of_an_interface(void **state)
{
    static const BYTE address[32] = {1, [24] = 10, 9, 0, 1, 255, 255, 255, 0};
    struct testproto_told told;
    DWORD from = told_count(PID_IP);

    (void)state;
    for (int n = 0; n < 2; n++) {
        assert_int_equal(MprAdminInterfaceConnect(server, one, NULL, TRUE), NO_ERROR);
        told = expect_state(&from, STATE_ADDRESS_CHANGE, TRUE);
        assert_int_equal(told.size, sizeof(address));
        assert_memory_equal(told.data, address, 8); /* count and remote address; then MTU, speed */
        assert_memory_equal(told.data + 24, address + 24, 8);
        expect_state(&from, STATE_ENABLED, TRUE);
        assert_int_equal(MprAdminInterfaceDisconnect(server, one), NO_ERROR);
        expect_state(&from, STATE_DISABLED, FALSE);
        told = expect_state(&from, STATE_ADDRESS_CHANGE, FALSE);
        assert_int_equal(told.size, 24);
        assert_int_equal(told.data[0], 0);
    }
}

/* ---- what it saves -----------------------------------------------------------------------------
 */

/* The protocol's block in a blob, which is freed; fails when it is not there, or has another size.
 */
static void take_block(BYTE *blob, void *ret, DWORD size)
{
    DWORD item_size = 0, count = 0;
    BYTE *data = NULL;

    assert_int_equal(MprInfoBlockFind(blob, TESTPROTO_ID, &item_size, &count, &data), NO_ERROR);
    assert_int_equal(item_size * count, size);
    memcpy(ret, data, size);
    MprAdminBufferFree(blob);
}

static struct testproto_global global_block(HANDLE config)
{
    struct testproto_global ret;
    HANDLE transport = NULL;
    BYTE *blob = NULL;
    DWORD size = 0;

    if (!config) {
        assert_int_equal(MprAdminTransportGetInfo(server, PID_IP, &blob, &size, NULL, NULL),
                         NO_ERROR);
    } else {
        assert_int_equal(MprConfigTransportGetHandle(config, PID_IP, &transport), NO_ERROR);
        assert_int_equal(
            MprConfigTransportGetInfo(config, transport, &blob, &size, NULL, NULL, NULL), NO_ERROR);
    }
    take_block(blob, &ret, sizeof(ret));
    return ret;
}

static struct testproto_interface interface_block(HANDLE config)
{
    HANDLE stored = NULL, transport = NULL;
    struct testproto_interface ret;
    BYTE *blob = NULL;
    DWORD size = 0;

    if (!config) {
        assert_int_equal(MprAdminInterfaceTransportGetInfo(server, one, PID_IP, &blob, &size),
                         NO_ERROR);
    } else {
        assert_int_equal(MprConfigInterfaceGetHandle(config, (WCHAR *)L"One", &stored), NO_ERROR);
        assert_int_equal(MprConfigInterfaceTransportGetHandle(config, stored, PID_IP, &transport),
                         NO_ERROR);
        assert_int_equal(
            MprConfigInterfaceTransportGetInfo(config, stored, transport, &blob, &size), NO_ERROR);
    }
    take_block(blob, &ret, sizeof(ret));
    return ret;
}

static HANDLE stored_configuration(void)
{
    HANDLE config = NULL;

    assert_int_equal(MprConfigServerConnect(NULL, &config), NO_ERROR);
    return config;
}

/* It is told through its MIB; the router asks it for its block, which is in force and stored. */
static void what_it_changes_is_saved(void **state)
{
    HANDLE config = stored_configuration();

    (void)state;
    for (DWORD pending = 1; pending < 3; pending++) {
        assert_int_equal(told_change(PID_IP, TESTPROTO_MIB_SAVES_GLOBAL, pending), NO_ERROR);
        for (int n = 0; n < 500 && global_block(config).stop_pending != pending; n++) Sleep(10);
        assert_int_equal(global_block(config).stop_pending, pending);
        assert_int_equal(global_block(NULL).stop_pending, pending);
    }
    for (DWORD delay = 1; delay < 3; delay++) {
        assert_int_equal(told_change(PID_IP, TESTPROTO_MIB_SAVES_INTERFACE, index_of_one),
                         NO_ERROR);
        for (int n = 0; n < 500 && interface_block(config).delay_ms != delay; n++) Sleep(10);
        assert_int_equal(interface_block(config).delay_ms, delay);
        assert_int_equal(interface_block(NULL).delay_ms, delay);
    }
    assert_int_equal(told_set_interface(server, one, PID_IP, TESTPROTO_ID, &quiet, sizeof(quiet)),
                     NO_ERROR);
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_ID, &global, sizeof(global)),
                     NO_ERROR);
    MprConfigServerDisconnect(config);
}

/* ---- what it may ask --------------------------------------------------------------------------
 */

/* The second octet of the address is 0. */
static DWORD validate(DWORD transport, USHORT family, BYTE first, USHORT bits,
                      DWORD *ret_preference)
{
    struct {
        struct testproto_mib mib;
        RTM_NET_ADDRESS to;
    } in;

    memset(&in, 0, sizeof(in));
    in.mib.what = TESTPROTO_MIB_VALIDATES;
    in.to.AddressFamily = family;
    in.to.NumBits = bits;
    in.to.AddrBits[0] = first;
    return told_ask(transport, &in, sizeof(in), ret_preference);
}

static void routes_are_validated(void **state)
{
    const struct testproto_mib without = {TESTPROTO_MIB_VALIDATES, 0};
    DWORD preference = 0;

    (void)state;
    assert_int_equal(told_ask(PID_IP, &without, sizeof(without), &preference), NO_ERROR);
    assert_int_equal(preference, 127); /* of protocols that are not in the priority block */
    assert_int_equal(validate(PID_IP, AF_INET, 10, 8, &preference), NO_ERROR);
    assert_int_equal(preference, 127);
    assert_int_equal(validate(PID_IP, AF_INET, 0, 0, NULL), NO_ERROR);
    assert_int_equal(validate(PID_IP, AF_INET, 224, 4, &preference), ERROR_INVALID_PARAMETER);
    assert_int_equal(preference, 0); /* untouched */
    assert_int_equal(validate(PID_IP, AF_INET, 127, 32, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(validate(PID_IP, AF_INET, 10, 33, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(validate(PID_IP, AF_INET6, 10, 8, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(validate(PID_IP, 0, 10, 8, NULL), ERROR_INVALID_PARAMETER);
}

/* Other interfaces than demand-dial ones can't be dialled. */
static void an_interface_is_dialled(void **state)
{
    struct testproto_told told;
    DWORD refused = 0;

    (void)state;
    assert_int_equal(fixture_info(server, one).dwConnectionState, ROUTER_IF_STATE_DISCONNECTED);
    assert_int_equal(ask(PID_IP, TESTPROTO_MIB_DIALS, index_of_one), NO_ERROR);
    fixture_wait_state(server, one, ROUTER_IF_STATE_CONNECTED);
    /* 10.9.0.1 or a higher address of the host, in network order. */
    assert_in_range(ask(PID_IP, TESTPROTO_MIB_ROUTER_ID, 0) & 0xFF, 10, 223);
    assert_int_equal(ask(PID_IP, TESTPROTO_MIB_DIALS, index_of_one), NO_ERROR);
    assert_int_equal(ask(PID_IP, TESTPROTO_MIB_DIALS, 4711), ERROR_INVALID_PARAMETER);
    for (DWORD n = 0; told_record(PID_IP, n, &told); n++) {
        if (told.entry != TESTPROTO_TOLD_ADD || told.type == TYPE_DEMAND_DIAL) continue;
        assert_int_equal(ask(PID_IP, TESTPROTO_MIB_DIALS, told.index), ERROR_INVALID_PARAMETER);
        refused++;
    }
    assert_int_not_equal(refused, 0);
    assert_int_equal(MprAdminInterfaceDisconnect(server, one), NO_ERROR);
}

/* TESTPROTO_ID asks the other protocol, by the function of the same name. */
typedef DWORD APIENTRY read_fn(MIB_SERVER_HANDLE, DWORD, DWORD, LPVOID, DWORD, LPVOID *, LPDWORD);
typedef DWORD APIENTRY change_fn(MIB_SERVER_HANDLE, DWORD, DWORD, LPVOID, DWORD);

static DWORD read_by(read_fn *function)
{
    struct testproto_mib in = {TESTPROTO_MIB_ASKS, TESTPROTO_PEER_ID}, *out = NULL;
    DWORD size = 0, said;

    assert_int_equal(
        function(told_mib(), PID_IP, TESTPROTO_ID, &in, sizeof(in), (LPVOID *)&out, &size),
        NO_ERROR);
    said = out->value;
    MprAdminMIBBufferFree(out);
    return said;
}

static DWORD change_by(change_fn *function, DWORD what)
{
    struct testproto_mib in = {what, TESTPROTO_PEER_ID};

    return function(told_mib(), PID_IP, TESTPROTO_ID, &in, sizeof(in));
}

/* The peer's MIB was asked by that function alone; more than once where the size comes first. */
static void expect_function(DWORD *from, DWORD which)
{
    struct testproto_told told;
    DWORD times = 0;

    for (; told_record(PID_IP, *from, &told); ++*from) {
        if (told.entry != TESTPROTO_TOLD_MIB) continue;
        assert_int_equal(told.protocol, TESTPROTO_PEER_ID);
        assert_int_equal(told.type, which);
        times++;
    }
    assert_int_not_equal(times, 0);
}

static void a_peer_is_asked(void **state)
{
    read_fn *const reads[] = {MprAdminMIBEntryGet, MprAdminMIBEntryGetFirst,
                              MprAdminMIBEntryGetNext};
    DWORD from = told_count(PID_IP);

    (void)state;
    for (DWORD n = 0; n < 3; n++) {
        assert_int_equal(read_by(reads[n]), NO_ERROR);
        expect_function(&from, n);
    }
    assert_int_equal(change_by(MprAdminMIBEntryCreate, TESTPROTO_MIB_ASKS), NO_ERROR);
    expect_function(&from, 3);
    assert_int_equal(change_by(MprAdminMIBEntrySet, TESTPROTO_MIB_DELETES), NO_ERROR);
    expect_function(&from, 4);
    assert_int_equal(change_by(MprAdminMIBEntrySet, TESTPROTO_MIB_ASKS), NO_ERROR);
    expect_function(&from, 5);
}

/* ---- the end ----------------------------------------------------------------------------------
 */

static void one_stops_without_the_other(void **state)
{
    DWORD from = told_count(PID_IP);

    (void)state;
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_PEER_ID, NULL, 0), NO_ERROR);
    told_wait(PID_IP, &from, TESTPROTO_PEER_ID, TESTPROTO_TOLD_STOP, 0);
    assert_int_equal(told_times(PID_IP, from, TESTPROTO_ID, TESTPROTO_TOLD_STOP, 0), 0);
    assert_int_equal(ask(PID_IP, TESTPROTO_MIB_ASKS, TESTPROTO_PEER_ID), ERROR_CAN_NOT_COMPLETE);
    assert_int_equal(ask(PID_IP, TESTPROTO_MIB_ASKS, IPRTRMGR_PID), NO_ERROR);
    assert_int_equal(told_set_global(server, PID_IP, TESTPROTO_ID, NULL, 0), NO_ERROR);
}

/* ---- IPv6 -------------------------------------------------------------------------------------
 */

/* The same DLL under the other router manager, whose table, MIB and structures it is given. */
static void under_ipv6(void **state)
{
    LPVOID header = fixture_header();
    struct testproto_told told;
    DWORD from;

    (void)state;
    assert_int_equal(told_set_global(server, PID_IPV6, TESTPROTO_ID, &global, sizeof(global)),
                     NO_ERROR);
    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, one, PID_IPV6, header, MprInfoBlockQuerySize(header)),
        NO_ERROR);
    MprInfoDelete(header);
    from = told_count(PID_IPV6);
    assert_int_equal(told_set_interface(server, one, PID_IPV6, TESTPROTO_ID, &quiet, sizeof(quiet)),
                     NO_ERROR);
    assert_int_equal(ask(PID_IPV6, TESTPROTO_MIB_DIALS, index_of_one), NO_ERROR);
    told = told_wait(PID_IPV6, &from, TESTPROTO_ID, TESTPROTO_TOLD_STATUS, index_of_one);
    assert_int_equal(told.type, 0);  /* RIS_INTERFACE_ADDRESS_CHANGE */
    assert_int_equal(told.size, 32); /* this link has none of IPv6 */
    from++;
    told = told_wait(PID_IPV6, &from, TESTPROTO_ID, TESTPROTO_TOLD_STATUS, index_of_one);
    assert_int_equal(told.type, 1); /* RIS_INTERFACE_ENABLED */

    assert_int_equal(validate(PID_IPV6, AF_INET6, 0x20, 128, NULL), NO_ERROR);
    assert_int_equal(validate(PID_IPV6, AF_INET6, 0xFF, 8, NULL), ERROR_INVALID_PARAMETER);
    assert_int_equal(validate(PID_IPV6, AF_INET, 10, 8, NULL), ERROR_INVALID_PARAMETER);
    /* IF_NUMBER, which the manager of IPv6 does not have; and who runs under IPv4 is not there. */
    assert_int_equal(ask(PID_IPV6, TESTPROTO_MIB_ASKS, IPRTRMGR_PID), ERROR_NOT_SUPPORTED);
    assert_int_equal(told_set_global(server, PID_IPV6, TESTPROTO_ID, NULL, 0), NO_ERROR);
}

/* ---- set-up -----------------------------------------------------------------------------------
 */

/* So that what is set on it is stored. */
static void store_one(void)
{
    MPR_INTERFACE_0 info = {.dwIfType = ROUTER_IF_TYPE_FULL_ROUTER, .fEnabled = TRUE};
    HANDLE config = stored_configuration(), stored = NULL;

    wcscpy(info.wszInterfaceName, L"One");
    assert_int_equal(MprConfigInterfaceCreate(config, 0, (BYTE *)&info, &stored), NO_ERROR);
    MprConfigServerDisconnect(config);
}

static int set_up(void **state)
{
    const struct fixture_dialer dialer = {.address = L"10.9.0.1"};
    LPVOID header = fixture_header();

    (void)state;
    server = fixture_connect();
    store_one();
    one = fixture_dial_interface(server, "One", &dialer);
    assert_int_equal(
        MprAdminInterfaceTransportAdd(server, one, PID_IP, header, MprInfoBlockQuerySize(header)),
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_start),
        cmocka_unit_test(every_interface_stays),
        cmocka_unit_test(states_of_an_interface),
        cmocka_unit_test(what_it_changes_is_saved),
        cmocka_unit_test(routes_are_validated),
        cmocka_unit_test(an_interface_is_dialled),
        cmocka_unit_test(a_peer_is_asked),
        cmocka_unit_test(one_stops_without_the_other),
        cmocka_unit_test(under_ipv6),
    };

    fixture_registry(ROUTER_RAS_LAN_WAN);
    fixture_catalogue(L"Ip", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    fixture_catalogue(L"Ip", L"TESTPEER", TESTPROTO_PEER_ID, L"testproto.dll");
    fixture_catalogue(L"Ipv6", L"TESTPROTO", TESTPROTO_ID, L"testproto.dll");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
