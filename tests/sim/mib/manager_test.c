/* The router manager's variables but routes: codes, interfaces, tables of the host. */
#include "sim/mib/mib_test.h"
#include "sim/support/fail_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define HOST_INDEX 1000u /* of the dial interface's link, see fake_host.h */

static void codes(void **state)
{
    static const uint8_t query[8] = {0};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPX, MIB_PID_MANAGER, query, 8),
                     ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPX, 7, NULL, 0), ST_UNKNOWN_PROTOCOL_ID);
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IP, 7, query, 8), ST_CAN_NOT_COMPLETE);
    assert_int_equal(mib_raw(&m, MIB_SET, TRANSPORT_IP, 7, NULL, 0), ST_CAN_NOT_COMPLETE);
    for (unsigned op = MIB_GET; op <= MIB_SET; op++) {
        const enum mib_op o = (enum mib_op)op;

        assert_int_equal(mib_raw(&m, o, TRANSPORT_IP, MIB_PID_MANAGER, NULL, 8),
                         ST_INVALID_PARAMETER);
        assert_int_equal(mib_raw(&m, o, TRANSPORT_IP, MIB_PID_MANAGER, query, 0),
                         ST_INVALID_PARAMETER);
        assert_int_equal(mib_raw(&m, o, TRANSPORT_IP, MIB_PID_MANAGER, query, 3),
                         ST_INVALID_PARAMETER);
        assert_int_equal(
            mib_raw(&m, o, TRANSPORT_IP, MIB_PID_MANAGER, query, (size_t)MIB_IN_MAX + 1),
            ST_INVALID_PARAMETER);
        assert_int_equal(mib_query(&m, o, 39, NULL, 0), ST_NOT_SUPPORTED);
        assert_int_equal(mib_query(&m, o, UINT32_MAX, NULL, 0), ST_NOT_SUPPORTED);
    }
    assert_int_equal(mib_query(&m, MIB_GET, 2, NULL, 0), ST_INVALID_PARAMETER);
    mib_close(&m);
}

/* The map of the host's interface numbers is the caller's, and goes without a trace. */
static void the_map_is_freed(void **state)
{
    struct mib_test m;
    struct mib_map map;
    size_t live;

    (void)state;
    fail_alloc_begin();
    mib_open(&m);
    live = fail_alloc_live();
    assert_int_equal(router_mib_map(m.t.r, &map), ST_OK);
    assert_int_equal(map.count, 1);
    assert_int_equal(fail_alloc_live(), live + 1);
    mib_map_free(&map);
    assert_int_equal(fail_alloc_live(), live);
    assert_null(map.pairs);
    assert_int_equal(map.count, 0);
    mib_close(&m);
    fail_alloc_end();
}

/* One value, and no next one. */
static void scalars(void **state)
{
    static const uint32_t zeroes[] = {18, 19, 24, 34, 35};
    const uint32_t index[3] = {0};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    for (size_t n = 0; n < sizeof(zeroes) / sizeof(zeroes[0]); n++) {
        assert_int_equal(mib_query(&m, MIB_GET, zeroes[n], index, 3), ST_OK);
        assert_int_equal(m.ask.out.data[0], zeroes[n]);
        assert_int_equal(mib_size(&m), 4);
        assert_int_equal(mib_dword(&m, 0), 0);
        assert_int_equal(mib_query(&m, MIB_GET_FIRST, zeroes[n], NULL, 0), ST_OK);
        assert_int_equal(mib_query(&m, MIB_GET_NEXT, zeroes[n], index, 3), ST_NO_MORE_ITEMS);
    }
    assert_int_equal(mib_query(&m, MIB_GET, 0, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 1);
    mib_close(&m);
}

static void empty_tables(void **state)
{
    static const uint32_t empty[] = {22, 23, 26, 27};
    const uint32_t index[3] = {1, 2, 3};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    for (size_t n = 0; n < sizeof(empty) / sizeof(empty[0]); n++) {
        assert_int_equal(mib_query(&m, MIB_GET, empty[n], index, 3), ST_NOT_FOUND);
        assert_int_equal(mib_query(&m, MIB_GET_FIRST, empty[n], NULL, 0), ST_NO_MORE_ITEMS);
        assert_int_equal(mib_query(&m, MIB_GET_NEXT, empty[n], index, 3), ST_NO_MORE_ITEMS);
    }
    mib_close(&m);
}

/* ---- interfaces ------------------------------------------------------------------------------ */

static void interfaces(void **state)
{
    struct mib_test m;
    struct blob info = rm_blob(INFO_IP_INTERFACE_STATUS_INFO, "\2\0\0\0", 4);
    uint32_t index, none = 999;
    handle_t32 other;

    (void)state;
    mib_open(&m);
    other = fake_demand_dial(&m.t.f, u"Other", DIALER_SCRIPTED, 0);
    assert_int_equal(router_iftransport_add(m.t.r, other, TRANSPORT_IP, &info, NULL), ST_OK);
    fake_demand_dial(&m.t.f, u"Without", DIALER_SCRIPTED, 0); /* no IP on it */
    assert_int_equal(mib_query(&m, MIB_GET, 1, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 2);
    assert_int_equal(mib_size(&m), 4 + 2 * 860);
    assert_memory_equal(m.ask.out.data + 12, u"Branch", 14);
    assert_int_equal(mib_dword(&m, 4 + 512), m.t.index);
    assert_int_equal(mib_dword(&m, 4 + 516), 23); /* PPP */
    assert_int_equal(mib_dword(&m, 4 + 540), IF_ADMIN_STATUS_UP);
    assert_int_equal(mib_dword(&m, 4 + 544), 4); /* connected */
    assert_int_equal(mib_dword(&m, 4 + 860 + 540), IF_ADMIN_STATUS_DOWN);
    assert_int_equal(mib_dword(&m, 4 + 860 + 544), 2); /* disconnected */
    assert_int_equal(mib_dword(&m, 4 + 600), sizeof("Branch"));
    assert_string_equal((const char *)m.ask.out.data + 12 + 604, "Branch");

    assert_int_equal(mib_query(&m, MIB_GET_FIRST, 2, NULL, 0), ST_OK);
    index = mib_dword(&m, 512);
    assert_int_equal(index, m.t.index);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 2, &index, 1), ST_OK);
    index = mib_dword(&m, 512);
    assert_int_equal(index, fake_info(&m.t.f, other).index);
    assert_int_equal(mib_query(&m, MIB_GET, 2, &index, 1), ST_OK);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 2, &index, 1), ST_NO_MORE_ITEMS);
    assert_int_equal(mib_query(&m, MIB_GET, 2, &none, 1), ST_NOT_FOUND);

    assert_int_equal(mib_query(&m, MIB_GET, 25, &m.t.index, 1), ST_OK);
    assert_int_equal(mib_size(&m), 20);
    assert_int_equal(mib_dword(&m, 0), m.t.index);
    assert_int_equal(mib_dword(&m, 8), IF_CONNECTED);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 25, &m.t.index, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 4), IF_ADMIN_STATUS_DOWN);
    assert_int_equal(mib_dword(&m, 8), IF_DISCONNECTED);
    mib_close(&m);
    blob_free(&info);
}

/* Figures of the adapter that the connection has; name, index and status are the router's. */
static void figures_of_the_host(void **state)
{
    uint32_t row[860 / 4] = {0};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    row[128] = HOST_INDEX + 1; /* somebody else's comes first */
    mib_host_add(&m, MIB_SOURCE_IF, row, 860 / 4);
    memset(row, 0x41, 512);
    row[128] = HOST_INDEX;
    row[129] = 6;
    row[135] = 2;
    row[136] = 0;
    row[138] = 123456;
    mib_host_add(&m, MIB_SOURCE_IF, row, 860 / 4);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 2, &m.t.index, 1), ST_OK);
    assert_memory_equal(m.ask.out.data + 8, u"Branch", 14);
    assert_int_equal(mib_dword(&m, 512), m.t.index);
    assert_int_equal(mib_dword(&m, 516), 6);
    assert_int_equal(mib_dword(&m, 540), IF_ADMIN_STATUS_UP);
    assert_int_equal(mib_dword(&m, 552), 123456);
    mib_close(&m);
}

/* The sizes of the SDK's structures. */
static void rows_are_as_large_as_the_structures(void **state)
{
    static const size_t sizes[MIB_SOURCES] = {
        [MIB_SOURCE_NONE] = 0,        [MIB_SOURCE_IF] = 860,       [MIB_SOURCE_ADDRESS] = 24,
        [MIB_SOURCE_FORWARD] = 56,    [MIB_SOURCE_NEIGHBOUR] = 24, [MIB_SOURCE_TCP] = 20,
        [MIB_SOURCE_UDP] = 8,         [MIB_SOURCE_IP_STATS] = 92,  [MIB_SOURCE_ICMP_STATS] = 104,
        [MIB_SOURCE_TCP_STATS] = 60,  [MIB_SOURCE_UDP_STATS] = 20, [MIB_SOURCE_IP6_STATS] = 92,
        [MIB_SOURCE_TCP6_STATS] = 60, [MIB_SOURCE_UDP6_STATS] = 20};

    (void)state;
    for (size_t n = 0; n < MIB_SOURCES; n++)
        assert_int_equal(mib_row_size((enum mib_source)n), sizes[n]);
}

/* One row, which is handed on as it is. */
static void figures_of_ipv6(void **state)
{
    uint32_t row[92 / 4];
    struct mib_test m;

    (void)state;
    mib_open(&m);
    memset(row, 0x42, sizeof(row));
    mib_host_add(&m, MIB_SOURCE_IP6_STATS, row, 92 / 4);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 36, NULL, 0), ST_OK);
    assert_int_equal(mib_size(&m), 92);
    assert_int_equal(mib_dword(&m, 88), 0x42424242);
    mib_close(&m);
}

static void lan_interfaces(void **state)
{
    struct mib_test m;
    struct host_adapter a = fake_adapter(u"{lan}", 7, 0xC0000201, 0xFFFFFF00);
    const uint32_t address[6] = {net(0xC0000201), 7, net(0xFFFFFF00), 1, 65535, 0};

    (void)state;
    mib_open(&m);
    router_adapters(m.t.r, &a, 1);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 25, &m.t.index, 1), ST_OK); /* Internal */
    assert_int_equal(mib_query(&m, MIB_GET, 1, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 3);
    assert_int_equal(mib_dword(&m, 4 + 2 * 860 + 516), 6);
    assert_int_equal(mib_dword(&m, 4 + 2 * 860 + 544), 5); /* operational */
    mib_host_add(&m, MIB_SOURCE_ADDRESS, address, 6);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 5, address, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 4), mib_dword(&m, 4));
    assert_int_not_equal(mib_dword(&m, 4), 0);
    a.up = false;
    router_adapters(m.t.r, &a, 1);
    assert_int_equal(mib_query(&m, MIB_GET, 1, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 4 + 2 * 860 + 544), 0);
    mib_close(&m);
}

static void admin_status(void **state)
{
    uint32_t row[860 / 4] = {0};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    row[128] = m.t.index;
    row[135] = 3;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 2, row, 860), ST_INVALID_PARAMETER);
    row[135] = 2;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 2, row, 859), ST_INVALID_PARAMETER);
    assert_int_equal(mib_change_raw(&m, MIB_CREATE, 2, row, 860), ST_NOT_SUPPORTED);
    row[128] = 999;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 2, row, 860), ST_NO_SUCH_INTERFACE);
    row[128] = m.t.index;
    assert_non_null(rm_best(&m.t, 0x0A090000, 0xFFFFFF00));
    assert_int_equal(mib_change_raw(&m, MIB_SET, 2, row, 860), ST_OK);
    assert_null(rm_best(&m.t, 0x0A090000, 0xFFFFFF00));
    fake_flush(&m.t.f);
    assert_int_equal(fake_count(&m.t.f, FAKE_STORE), 1);
    assert_int_equal(mib_query(&m, MIB_GET, 25, &m.t.index, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 4), IF_ADMIN_STATUS_DOWN);
    row[135] = 1;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 2, row, 860), ST_OK);
    assert_non_null(rm_best(&m.t, 0x0A090000, 0xFFFFFF00));
    mib_close(&m);
}

static void multicast_settings(void **state)
{
    struct mib_test m;
    uint32_t entry[6] = {0, 255, 0, 1, 0, 0}, boundary[4] = {0, net(0xEF000000), 0xFF, 4};

    (void)state;
    mib_open(&m);
    entry[0] = boundary[0] = m.t.index;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 23, entry, 24), ST_NOT_SUPPORTED);
    entry[1] = 256;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 23, entry, 24), ST_INVALID_PARAMETER);
    entry[1] = 1;
    entry[3] = 0;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 23, entry, 24), ST_INVALID_PARAMETER);
    entry[3] = 1;
    entry[0] = 999;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 23, entry, 24), ST_NO_SUCH_INTERFACE);
    assert_int_equal(mib_change_raw(&m, MIB_SET, 26, boundary, 16), ST_NOT_SUPPORTED);
    boundary[3] = 6;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 26, boundary, 16), ST_NOT_FOUND);
    boundary[3] = 1;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 26, boundary, 16), ST_INVALID_PARAMETER);
    boundary[3] = 4;
    boundary[0] = 999;
    assert_int_equal(mib_change_raw(&m, MIB_SET, 26, boundary, 16), ST_NO_SUCH_INTERFACE);
    assert_int_equal(mib_query(&m, MIB_DELETE, 9, boundary, 2), ST_NOT_SUPPORTED);
    mib_close(&m);
}

/* ---- tables of the host ---------------------------------------------------------------------- */

static void tcp(struct mib_test *m, uint32_t address, uint16_t port, uint16_t remote_port)
{
    const uint32_t row[5] = {5, net(address), net((uint32_t)port << 16), 0,
                             net((uint32_t)remote_port << 16)};

    mib_host_add(m, MIB_SOURCE_TCP, row, 5);
}

/* Addresses and ports by value: 9.x before 10.x, port 255 before 256. */
static void walks_in_the_order_of_values(void **state)
{
    static const uint32_t expected[][2] = {
        {0x09FFFFFF, 80}, {0x0A000001, 255}, {0x0A000001, 256}, {0x0A000001, 256}, {0xC0000001, 1}};
    struct mib_test m;
    uint32_t index[4];
    size_t found = 0;

    (void)state;
    mib_open(&m);
    tcp(&m, 0xC0000001, 1, 0);
    tcp(&m, 0x0A000001, 256, 7);
    tcp(&m, 0x0A000001, 255, 0);
    tcp(&m, 0x0A000001, 256, 6);
    tcp(&m, 0x09FFFFFF, 80, 0);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 13, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 5);
    assert_int_equal(mib_query(&m, MIB_GET_FIRST, 14, NULL, 0), ST_OK);
    do {
        assert_true(found < 5);
        assert_int_equal(mib_dword(&m, 4), net(expected[found][0]));
        assert_int_equal(mib_dword(&m, 8), net(expected[found][1] << 16));
        for (size_t n = 0; n < 4; n++) index[n] = mib_dword(&m, 4 + 4 * n);
        assert_int_equal(mib_query(&m, MIB_GET, 14, index, 4), ST_OK);
        found++;
    } while (mib_query(&m, MIB_GET_NEXT, 14, index, 4) == ST_OK);
    assert_int_equal(found, 5);
    /* Fewer DWORDs pass over all that begin with them. */
    index[0] = net(0x0A000001);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 14, index, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 4), net(0xC0000001));
    assert_int_equal(mib_query(&m, MIB_GET, 14, index, 3), ST_INVALID_PARAMETER);
    mib_close(&m);
}

static void neighbours_of_one_interface(void **state)
{
    struct mib_test m;
    uint32_t row[6] = {HOST_INDEX, 6, 0, 0, net(0x0A090002), 3}, index[2];

    (void)state;
    mib_open(&m);
    mib_host_add(&m, MIB_SOURCE_NEIGHBOUR, row, 6);
    row[0] = 5; /* an adapter that the router does not know */
    mib_host_add(&m, MIB_SOURCE_NEIGHBOUR, row, 6);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 9, NULL, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 2);
    assert_int_equal(mib_query(&m, MIB_GET, 9, &m.t.index, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 1);
    assert_int_equal(mib_dword(&m, 4), m.t.index);
    index[0] = 77;
    assert_int_equal(mib_query(&m, MIB_GET, 9, index, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 0);
    index[0] = m.t.index;
    index[1] = net(0x0A090002);
    assert_int_equal(mib_query(&m, MIB_GET, 10, index, 2), ST_OK);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 10, index, 2), ST_NO_MORE_ITEMS);
    mib_close(&m);
}

/* The host refused the table; or whoever asks brought none. */
static void no_table(void **state)
{
    struct mib_test m;

    (void)state;
    mib_open(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 3, NULL, 0), ST_CAN_NOT_COMPLETE);
    m.ask.host_status = ST_ACCESS_DENIED;
    m.ask.in = "\3\0\0\0";
    m.ask.in_size = 4;
    assert_int_equal(router_mib_source(&m.ask), MIB_SOURCE_IP_STATS);
    assert_int_equal(router_mib(m.t.r, &m.ask, NULL), ST_ACCESS_DENIED);
    mib_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),
        cmocka_unit_test(the_map_is_freed),
        cmocka_unit_test(rows_are_as_large_as_the_structures),
        cmocka_unit_test(scalars),
        cmocka_unit_test(empty_tables),
        cmocka_unit_test(interfaces),
        cmocka_unit_test(figures_of_the_host),
        cmocka_unit_test(figures_of_ipv6),
        cmocka_unit_test(lan_interfaces),
        cmocka_unit_test(admin_status),
        cmocka_unit_test(multicast_settings),
        cmocka_unit_test(walks_in_the_order_of_values),
        cmocka_unit_test(neighbours_of_one_interface),
        cmocka_unit_test(no_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
