/* GetFirst and GetNext: every row of a table once, in order, and then ERROR_NO_MORE_ITEMS; also for
 * 100,000 rows. */
#include "api/mib/mib_fixture.h"

#include <stdio.h>
#include <string.h>

static DWORD if_index;

/* A row variable: its table, and where the row has its index DWORDs. */
static const struct walk {
    DWORD row, table, size, keys;
    DWORD offset[4];
} walks[] = {
    {IF_ROW, IF_TABLE, sizeof(MIB_IFROW), 1, {512}},
    {IP_ADDRROW, IP_ADDRTABLE, sizeof(MIB_IPADDRROW), 1, {0}},
    {IP_FORWARDROW, IP_FORWARDTABLE, sizeof(MIB_IPFORWARDROW), 4, {0, 24, 8, 12}},
    {IP_NETROW, IP_NETTABLE, sizeof(MIB_IPNETROW), 2, {0, 16}},
    {TCP_ROW, TCP_TABLE, sizeof(MIB_TCPROW), 4, {4, 8, 12, 16}},
    {UDP_ROW, UDP_TABLE, sizeof(MIB_UDPROW), 2, {0, 4}},
};

static void read_keys(const struct walk *w, const BYTE *row, DWORD *keys)
{
    for (DWORD n = 0; n < w->keys; n++) memcpy(&keys[n], row + w->offset[n], sizeof(DWORD));
}

static DWORD steps(const struct walk *w)
{
    DWORD keys[4] = {0}, before[4], count = 0, size, status;
    MIB_OPAQUE_INFO *info;

    for (status = mib_query(GET_FIRST, w->row, NULL, 0, &info, &size); status == NO_ERROR;
         status = mib_query(GET_NEXT, w->row, keys, w->keys, &info, &size)) {
        assert_int_equal(size, w->size);
        memcpy(before, keys, sizeof(keys));
        read_keys(w, info->rgbyData, keys);
        MprAdminMIBBufferFree(info);
        if (count++) assert_memory_not_equal(before, keys, w->keys * sizeof(DWORD));
        assert_true(count < 100000);
    }
    assert_int_equal(status, ERROR_NO_MORE_ITEMS);
    return count;
}

/* Rows of a table with distinct keys; the tables are sorted by them. */
static DWORD distinct(const struct walk *w)
{
    DWORD *table = mib_table(w->table, 4), keys[4] = {0}, before[4], count = 0;

    for (DWORD n = 0; n < table[0]; n++) {
        memcpy(before, keys, sizeof(keys));
        read_keys(w, (const BYTE *)(table + 1) + n * w->size, keys);
        if (!n || memcmp(before, keys, w->keys * sizeof(DWORD))) count++;
    }
    mib_free(table);
    return count;
}

static void every_row_once(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof(walks) / sizeof(walks[0]); n++) {
        DWORD rows = distinct(&walks[n]), walked = steps(&walks[n]);

        /* Sockets and neighbours come and go by themselves. */
        if (walks[n].row == IF_ROW || walks[n].row == IP_ADDRROW || walks[n].row == IP_FORWARDROW)
            assert_int_equal(walked, rows);
        else
            assert_true(walked + 20 > rows && rows + 20 > walked);
    }
}

static void single_values(void **state)
{
    static const DWORD ids[] = {IF_NUMBER,  IF_TABLE,    IP_STATS,    IP_FORWARDTABLE,
                                ICMP_STATS, ROUTE_STATE, MCAST_GLOBAL};
    const DWORD index[1] = {0};
    MIB_OPAQUE_INFO *info;
    DWORD size;

    (void)state;
    for (size_t n = 0; n < sizeof(ids) / sizeof(ids[0]); n++) {
        assert_int_equal(mib_query(GET_FIRST, ids[n], index, 1, &info, &size), NO_ERROR);
        MprAdminMIBBufferFree(info);
        assert_int_equal(mib_query(GET_NEXT, ids[n], index, 1, &info, &size), ERROR_NO_MORE_ITEMS);
    }
}

/* ---- 100,000 routes ------------------------------------------------------------------------- */

/* A MIB_OPAQUE_INFO with a MIB_IPDESTROW, whose declaration is a union in C (iprtrmib.h). */
static void add_routes(DWORD from, DWORD to)
{
    DWORD info[2 + 16] = {ROUTE_MATCHING}, *row = info + 2;

    row[1] = htonl(0xFFFFFF00);
    row[3] = htonl(0x7F4D0002);
    row[4] = if_index;
    row[6] = MIB_IPPROTO_NETMGMT;
    row[9] = 1;
    for (DWORD n = from; n < to; n++) {
        row[0] = htonl(0x20000000 + (n << 8));
        assert_int_equal(mib_write(CREATE, PID_IP, IPRTRMGR_PID, info, sizeof(info)), NO_ERROR);
    }
}

static double walk_routes(DWORD expected)
{
    LARGE_INTEGER begin, end;
    DWORD index[2] = {0, 0}, count = 0, size, status;
    MIB_OPAQUE_INFO *info;

    QueryPerformanceCounter(&begin);
    for (status = mib_query(GET_FIRST, DEST_MATCHING, NULL, 0, &info, &size); status == NO_ERROR;
         status = mib_query(GET_NEXT, DEST_MATCHING, index, 2, &info, &size)) {
        assert_int_equal(size, 4 + 64);
        memcpy(index, info->rgbyData + 4, sizeof(index));
        MprAdminMIBBufferFree(info);
        if (ntohl(index[0]) >> 28 == 2 || ntohl(index[0]) >> 28 == 3) count++;
    }
    QueryPerformanceCounter(&end);
    assert_int_equal(status, ERROR_NO_MORE_ITEMS);
    assert_int_equal(count, expected);
    return (double)(end.QuadPart - begin.QuadPart);
}

/* The shortest of some walks: other programs run, too. */
static double best_walk(DWORD expected, int walks_to_do)
{
    double best = walk_routes(expected);

    for (int n = 1; n < walks_to_do; n++) {
        double now = walk_routes(expected);

        if (now < best) best = now;
    }
    return best;
}

/* A router apart is asked for each row, so there are fewer of them. */
static void very_many_routes(void **state)
{
    const DWORD many = fixture_router_is_apart() ? 20000 : 100000, few = many / 10;
    double small, large;
    MIB_OPAQUE_INFO *info;
    const DWORD all[4] = {0, 0, 0, MIB_IPPROTO_NETMGMT};
    DWORD size;

    (void)state;
    add_routes(0, few);
    small = best_walk(few, 5);
    add_routes(few, many);
    large = best_walk(many, 2);
    print_message("walking %lu routes takes %.1f times as long as %lu\n", many, large / small, few);
    assert_int_equal(mib_query(GET, ROUTE_LONGER, all, 4, &info, &size), NO_ERROR);
    assert_int_equal(size, 4 + many * 64);
    assert_int_equal(*(DWORD *)info->rgbyData, many);
    MprAdminMIBBufferFree(info);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_once),
        cmocka_unit_test(single_values),
        cmocka_unit_test(very_many_routes),
    };

    on_windows_end("scripted dialers");
    fixture_registry(ROUTER_RAS_LAN_WAN);
    if_index = mib_interface("Branch");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
