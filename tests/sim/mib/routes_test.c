/* Routes in the MIB: reading, changing, walking. */
#include "sim/mib/mib_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { DEST_MATCHING = 28, DEST_LONGER, DEST_SHORTER, ROUTE_MATCHING, ROUTE_LONGER, ROUTE_SHORTER };
#define HOP 0x0A090002u

static struct route_row static_row(const struct mib_test *m, uint32_t dest, uint32_t mask)
{
    struct route_row row = rm_row(ROUTE_PROTO_NETMGMT, dest, mask, HOP);

    row.if_index = m->t.index;
    return row;
}

static mpr_status get(struct mib_test *m, enum mib_op op, uint32_t id, uint32_t dest, uint32_t mask)
{
    const uint32_t index[4] = {net(dest), net(mask), 0, 0};

    return mib_query(m, op, id, index, 4);
}

/* ---- changing -------------------------------------------------------------------------------- */

/* A route is one destination over one interface and next hop: others stay as they are. */
static void another_next_hop_is_another_route(void **state)
{
    struct mib_test m;
    struct route_row row, other;

    (void)state;
    mib_open(&m);
    row = static_row(&m, 0xC0A80000, 0xFFFF0000);
    row.metric[0] = 4;
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    other = row;
    other.next_hop = HOP + 1;
    other.metric[0] = 9;
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &other), ST_OK);
    assert_int_equal(rm_best(&m.t, 0xC0A80000, 0xFFFF0000)->metric, 4);
    other.metric[0] = 2;
    assert_int_equal(mib_put_route(&m, MIB_SET, &other), ST_OK);
    assert_int_equal(rm_best(&m.t, 0xC0A80000, 0xFFFF0000)->metric, 2);
    assert_int_equal(rtm_ipv4(&rm_best(&m.t, 0xC0A80000, 0xFFFF0000)->next_hop), HOP + 1);
    mib_close(&m);
}

static void create_set_delete(void **state)
{
    struct mib_test m;
    struct route_row row;
    uint32_t index[5];

    (void)state;
    mib_open(&m);
    row = static_row(&m, 0xC0A80000, 0xFFFF0000);
    row.metric[0] = 4;
    row.policy = 9;
    row.metric[4] = 9;
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_ALREADY_EXISTS);
    assert_int_equal(get(&m, MIB_GET, ROUTE_MATCHING, 0xC0A80000, 0xFFFF0000), ST_OK);
    assert_int_equal(mib_size(&m), 4 + 64);
    assert_int_equal(mib_dword(&m, 0), 1);
    assert_int_equal(mib_dword(&m, 4), net(0xC0A80000));
    assert_int_equal(mib_dword(&m, 8), net(0xFFFF0000));
    assert_int_equal(mib_dword(&m, 12), 0); /* policy */
    assert_int_equal(mib_dword(&m, 16), net(HOP));
    assert_int_equal(mib_dword(&m, 20), m.t.index);
    assert_int_equal(mib_dword(&m, 24), ROUTE_TYPE_INDIRECT);
    assert_int_equal(mib_dword(&m, 28), ROUTE_PROTO_NETMGMT);
    assert_int_equal(mib_dword(&m, 40), 4);
    assert_int_equal(mib_dword(&m, 52), UINT32_MAX);
    assert_int_equal(mib_dword(&m, 56), UINT32_MAX);
    assert_int_equal(mib_dword(&m, 60), 127); /* preference */
    assert_int_equal(mib_dword(&m, 64), ROUTE_VIEW_UNICAST);

    row.metric[0] = 7;
    assert_int_equal(mib_put_route(&m, MIB_SET, &row), ST_OK);
    assert_int_equal(rm_best(&m.t, 0xC0A80000, 0xFFFF0000)->metric, 7);

    index[0] = net(0xC0A80000);
    index[1] = net(0xFFFF0000);
    index[2] = m.t.index;
    index[3] = net(HOP);
    index[4] = ROUTE_PROTO_NT_STATIC;
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_NOT_FOUND);
    index[4] = ROUTE_PROTO_NETMGMT;
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 4), ST_INVALID_PARAMETER);
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_OK);
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_NOT_FOUND);
    assert_null(rm_best(&m.t, 0xC0A80000, 0xFFFF0000));
    index[1] = net(0xFF00FF00);
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_INVALID_PARAMETER);
    mib_close(&m);
}

/* The default route is made and deleted as any other; so is the route to a host. */
static void the_shortest_and_the_longest(void **state)
{
    static const uint32_t masks[] = {0, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    for (size_t n = 0; n < sizeof(masks) / sizeof(masks[0]); n++) {
        struct route_row row = static_row(&m, 0xC0A80001 & masks[n], masks[n]);
        uint32_t index[5] = {net(row.dest), net(row.mask), row.if_index, net(row.next_hop),
                             row.proto};

        assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
        assert_non_null(rm_best(&m.t, row.dest, row.mask));
        assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_OK);
        assert_null(rm_best(&m.t, row.dest, row.mask));
    }
    mib_close(&m);
}

static void update(struct mib_test *m)
{
    assert_int_equal(router_update_routes(m->t.r, m->t.dial, TRANSPORT_IP, NULL), ST_PENDING);
    fake_flush(&m->t.f);
    rm_update_complete(&m->t, m->t.index, PROTOCOL_DEMAND_UPDATE_ROUTES, ST_OK);
}

/* A route of an update that was deleted here is there again after the next one. */
static void an_update_brings_it_back(void **state)
{
    struct mib_test m;
    struct route_row row;
    uint32_t index[5];

    (void)state;
    mib_open(&m);
    rm_foreign(&m.t, PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES);
    rm_learn(&m.t, 0xC0A80100, 0xFFFFFF00, 7);
    update(&m);
    row = rm_row(ROUTE_PROTO_NT_AUTOSTATIC, 0xC0A80100, 0xFFFFFF00,
                 rtm_ipv4(&rm_best(&m.t, 0xC0A80100, 0xFFFFFF00)->next_hop));
    index[0] = net(row.dest);
    index[1] = net(row.mask);
    index[2] = m.t.index;
    index[3] = net(row.next_hop);
    index[4] = ROUTE_PROTO_NT_AUTOSTATIC;
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_OK);
    assert_int_not_equal(rm_best(&m.t, row.dest, row.mask)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    update(&m);
    assert_int_equal(rm_best(&m.t, row.dest, row.mask)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    row.if_index = m.t.index;
    row.metric[0] = 9;
    assert_int_equal(mib_put_route(&m, MIB_SET, &row), ST_OK);
    assert_int_not_equal(rm_best(&m.t, row.dest, row.mask)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    update(&m);
    assert_int_equal(rm_best(&m.t, row.dest, row.mask)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(rm_best(&m.t, row.dest, row.mask)->metric, 7);
    mib_close(&m);
}

static void refusals(void **state)
{
    static const uint32_t protocols[] = {0, ROUTE_PROTO_LOCAL, ROUTE_PROTO_RIP, ROUTE_PROTO_OSPF};
    uint8_t data[64] = {0};
    struct mib_test m;
    struct route_row row;

    (void)state;
    mib_open(&m);
    row = static_row(&m, 0xC0A80000, 0xFFFF0000);
    for (size_t n = 0; n < sizeof(protocols) / sizeof(protocols[0]); n++) {
        row.proto = protocols[n];
        assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_INVALID_PARAMETER);
    }
    row.proto = ROUTE_PROTO_NT_STATIC;
    row.mask = 0xFF00FF00;
    assert_int_equal(mib_put_route(&m, MIB_SET, &row), ST_INVALID_PARAMETER);
    row.mask = 0xFFFF0000;
    row.if_index = 999;
    assert_int_equal(mib_put_route(&m, MIB_SET, &row), ST_NO_SUCH_INTERFACE);
    assert_int_equal(mib_change_raw(&m, MIB_SET, ROUTE_MATCHING, data, 63), ST_INVALID_PARAMETER);
    assert_int_equal(mib_change_raw(&m, MIB_CREATE, ROUTE_LONGER, data, 64), ST_NOT_SUPPORTED);
    assert_int_equal(mib_change_raw(&m, MIB_CREATE, 8, data, 64), ST_NOT_SUPPORTED);
    router_interface_disconnect(m.t.r, m.t.dial);
    row.if_index = m.t.index;
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_INTERFACE_NOT_CONNECTED);
    mib_close(&m);
}

/* Learned routes and the router's own subnets are not the administrator's to delete. */
static void routes_of_others(void **state)
{
    uint32_t index[5] = {net(0x14000000), net(0xFF000000), 0, net(HOP), FOREIGN_ID};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    rm_learn(&m.t, 0x14000000, 0xFF000000, 3);
    index[2] = m.t.index;
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_NOT_FOUND);
    index[0] = net(0x0A090000);
    index[1] = net(0xFFFFFF00);
    index[3] = 0;
    index[4] = ROUTE_PROTO_LOCAL;
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_NOT_FOUND);
    assert_non_null(rm_best(&m.t, 0x0A090000, 0xFFFFFF00));
    mib_close(&m);
}

/* ---- reading --------------------------------------------------------------------------------- */

static void longer_shorter_matching(void **state)
{
    static const uint32_t put[][2] = {{0, 0},
                                      {0xC0000000, 0xFF000000},
                                      {0xC0A80000, 0xFFFF0000},
                                      {0xC0A80100, 0xFFFFFF00},
                                      {0xC0A80200, 0xFFFFFF00},
                                      {0xC0A90000, 0xFFFF0000}};
    struct mib_test m;

    (void)state;
    mib_open(&m);
    for (size_t n = 0; n < sizeof(put) / sizeof(put[0]); n++) {
        struct route_row row = static_row(&m, put[n][0], put[n][1]);

        assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    }
    rm_learn(&m.t, 0xC0A80100, 0xFFFFFF00, 3);
    assert_int_equal(get(&m, MIB_GET, DEST_LONGER, 0xC0A80000, 0xFFFF0000), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 3);
    assert_int_equal(mib_dword(&m, 4), net(0xC0A80000));
    assert_int_equal(mib_dword(&m, 4 + 64), net(0xC0A80100));
    assert_int_equal(get(&m, MIB_GET, ROUTE_LONGER, 0xC0A80000, 0xFFFF0000), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 4);
    assert_int_equal(get(&m, MIB_GET, DEST_LONGER, 0, 0), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 8); /* with the subnet and the other end */
    assert_int_equal(get(&m, MIB_GET, DEST_SHORTER, 0xC0A80105, UINT32_MAX), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 4);
    assert_int_equal(mib_dword(&m, 4), net(0xC0A80100));
    assert_int_equal(mib_dword(&m, 4 + 3 * 64), 0);
    assert_int_equal(get(&m, MIB_GET, ROUTE_SHORTER, 0xC0A80105, UINT32_MAX), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 5);
    assert_int_equal(get(&m, MIB_GET, ROUTE_LONGER, 0xDD000000, 0xFF000000), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 0);
    assert_int_equal(get(&m, MIB_GET, DEST_MATCHING, 0xC0A80100, 0xFFFFFF00), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 1);
    assert_int_equal(get(&m, MIB_GET, ROUTE_MATCHING, 0xC0A80100, 0xFFFFFF00), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 2);
    assert_int_equal(mib_dword(&m, 4 + 24), FOREIGN_ID); /* preference 120 before 127 */
    assert_int_equal(get(&m, MIB_GET, ROUTE_MATCHING, 0xC0A80100, 0xFFFFFE00), ST_NOT_FOUND);
    for (uint32_t id = DEST_MATCHING; id <= ROUTE_SHORTER; id++) {
        assert_int_equal(get(&m, MIB_GET, id, 0xC0A80100, 0x00FFFF00), ST_INVALID_PARAMETER);
        if (id == DEST_MATCHING || id == ROUTE_MATCHING) continue;
        assert_int_equal(get(&m, MIB_GET_FIRST, id, 0, 0), ST_NOT_SUPPORTED);
        assert_int_equal(get(&m, MIB_GET_NEXT, id, 0, 0), ST_NOT_SUPPORTED);
    }
    mib_close(&m);
}

static void views_and_protocols(void **state)
{
    uint32_t index[4] = {net(0xC0A80000), net(0xFFFF0000), ROUTE_VIEW_UNICAST, 0};
    struct mib_test m;
    struct route_row row;

    (void)state;
    mib_open(&m);
    row = static_row(&m, 0xC0A80000, 0xFFFF0000);
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    rm_learn(&m.t, 0xC0A80000, 0xFFFF0000, 3);
    assert_int_equal(mib_query(&m, MIB_GET, DEST_MATCHING, index, 4), ST_OK);
    assert_int_equal(mib_dword(&m, 28), FOREIGN_ID);
    index[3] = ROUTE_PROTO_NETMGMT;
    assert_int_equal(mib_query(&m, MIB_GET, DEST_MATCHING, index, 4), ST_OK);
    assert_int_equal(mib_dword(&m, 28), ROUTE_PROTO_NETMGMT);
    index[3] = ROUTE_PROTO_RIP;
    assert_int_equal(mib_query(&m, MIB_GET, ROUTE_MATCHING, index, 4), ST_NOT_FOUND);
    index[3] = UINT32_MAX;
    index[2] = UINT32_MAX;
    assert_int_equal(mib_query(&m, MIB_GET, ROUTE_MATCHING, index, 4), ST_OK);
    assert_int_equal(mib_dword(&m, 0), 2);
    index[2] = ROUTE_VIEW_MULTICAST;
    assert_int_equal(mib_query(&m, MIB_GET, ROUTE_MATCHING, index, 4), ST_NOT_FOUND);
    mib_close(&m);
}

static void forward(struct mib_test *m, uint32_t dest, uint32_t mask, uint32_t metric)
{
    const uint32_t row[14] = {net(dest), net(mask), 0, net(HOP), 1000, 4, 3, 0, 0, metric};

    mib_host_add(m, MIB_SOURCE_FORWARD, row, 14);
}

static void best_of_router_and_host(void **state)
{
    uint32_t dest = net(0xC0A80101);
    struct mib_test m;
    struct route_row row;

    (void)state;
    mib_open(&m);
    forward(&m, 0xC0A80000, 0xFFFF0000, 5);
    forward(&m, 0xC0000000, 0xFF000000, 1);
    mib_host_ready(&m);
    assert_int_equal(mib_query(&m, MIB_GET, 20, &dest, 1), ST_OK);
    assert_int_equal(mib_size(&m), 8);
    assert_int_equal(mib_dword(&m, 0), dest);
    assert_int_equal(mib_dword(&m, 4), m.t.index);
    assert_int_equal(mib_query(&m, MIB_GET, 21, &dest, 1), ST_OK);
    assert_int_equal(mib_size(&m), 72);
    assert_int_equal(mib_dword(&m, 4), net(0xFFFF0000));
    assert_int_equal(mib_dword(&m, 68), 1); /* bV4 */
    row = static_row(&m, 0xC0A80000, 0xFFFF0000);
    row.proto = ROUTE_PROTO_NT_STATIC;
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    assert_int_equal(mib_query(&m, MIB_GET, 21, &dest, 1), ST_OK);
    assert_int_equal(mib_dword(&m, 56), ROUTE_PROTO_NT_STATIC);
    dest = net(0x01020304);
    assert_int_equal(mib_query(&m, MIB_GET, 20, &dest, 1), ST_NOT_FOUND);
    assert_int_equal(mib_query(&m, MIB_GET, 21, &dest, 1), ST_NOT_FOUND);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, 21, &dest, 1), ST_NOT_SUPPORTED);
    mib_close(&m);
}

/* ---- walking --------------------------------------------------------------------------------- */

/* GetFirst and GetNext to the end; how many. */
static size_t walk(struct mib_test *m, uint32_t id)
{
    uint32_t index[2], before = 0;
    size_t steps = 0;
    mpr_status status;

    for (status = mib_query(m, MIB_GET_FIRST, id, NULL, 0); status == ST_OK;
         status = mib_query(m, MIB_GET_NEXT, id, index, 2)) {
        for (size_t n = 0; n < 2; n++) index[n] = mib_dword(m, 4 + 4 * n);
        assert_true(!steps || net(index[0]) >= before);
        before = net(index[0]);
        steps++;
    }
    assert_int_equal(status, ST_NO_MORE_ITEMS);
    return steps;
}

static double timed_walk(struct mib_test *m, size_t expected)
{
    clock_t begin = clock();

    assert_int_equal(walk(m, ROUTE_MATCHING), expected);
    return (double)(clock() - begin);
}

static void fill(struct mib_test *m, uint32_t from, uint32_t to)
{
    for (uint32_t n = from; n < to; n++) {
        struct route_row row = static_row(m, 0x20000000u + (n << 8), 0xFFFFFF00);

        assert_int_equal(mib_put_route(m, MIB_CREATE, &row), ST_OK);
    }
}

static void a_hundred_thousand_routes(void **state)
{
    struct mib_test m;
    double small, large;

    (void)state;
    mib_open(&m);
    fill(&m, 0, 10000);
    small = timed_walk(&m, 10002);
    fill(&m, 10000, 100000);
    large = timed_walk(&m, 100002);
    print_message("walking 100,000 routes takes %.1f times as long as 10,000\n",
                  large / (small > 0 ? small : 1));
    mib_close(&m);
}

/* Where to go on is said by destination and mask, whatever follows; without both it is the start.
 */
static void a_walk_goes_on_behind_destination_and_mask(void **state)
{
    uint32_t index[4] = {net(0x20000000), net(0xFFFFFF00), ROUTE_VIEW_UNICAST, UINT32_MAX};
    struct route_row row;
    struct mib_test m;

    (void)state;
    mib_open(&m);
    fill(&m, 0, 3);
    row = static_row(&m, 0, 0);
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    for (size_t count = 2; count <= 4; count++) {
        assert_int_equal(mib_query(&m, MIB_GET_NEXT, DEST_MATCHING, index, count), ST_OK);
        assert_int_equal(mib_dword(&m, 4), net(0x20000100));
    }
    for (size_t count = 0; count <= 1; count++) {
        assert_int_equal(mib_query(&m, MIB_GET_NEXT, DEST_MATCHING, index, count), ST_OK);
        assert_int_equal(mib_dword(&m, 4) | mib_dword(&m, 8), 0); /* the default route */
    }
    mib_close(&m);
}

/* Routes that come and go between the steps neither end a walk nor repeat it. */
static void a_table_that_changes(void **state)
{
    uint32_t index[5];
    struct mib_test m;
    struct route_row row;

    (void)state;
    mib_open(&m);
    fill(&m, 0, 3);
    index[0] = net(0x20000000);
    index[1] = net(0xFFFFFF00);
    index[2] = m.t.index;
    index[3] = net(HOP);
    index[4] = ROUTE_PROTO_NETMGMT;
    assert_int_equal(mib_query(&m, MIB_DELETE, ROUTE_MATCHING, index, 5), ST_OK);
    row = static_row(&m, 0x20000080, 0xFFFFFF80);
    assert_int_equal(mib_put_route(&m, MIB_CREATE, &row), ST_OK);
    assert_int_equal(mib_query(&m, MIB_GET_NEXT, DEST_MATCHING, index, 2), ST_OK);
    assert_int_equal(mib_dword(&m, 4), net(0x20000080));
    mib_close(&m);
}

static void ipv6_routes_by_number(void **state)
{
    static const uint8_t first[4] = {8};
    uint8_t next[8] = {8}, get6[8] = {8};
    struct blob global = rm_blob(INFO_IPV6_GLOBAL_INFO, "\0\0\0\0", 4);
    struct rtm_entity *entity;
    struct mib_test m;

    (void)state;
    mib_open(&m);
    assert_int_equal(router_transport_create(m.t.r, TRANSPORT_IPV6, &global, NULL, NULL), ST_OK);
    assert_int_equal(rtm_register(router_rtm(m.t.r, TRANSPORT_IPV6), 9, &entity), ST_OK);
    for (uint8_t n = 0; n < 5; n++) {
        struct rtm_prefix p = {.length = 24, .address.octets = {0x20, 1, n / 2}};
        struct rtm_route route = {.protocol = 3, .interface = 1, .next_hop.octets = {n}};

        assert_int_equal(rtm_route_add(entity, &p, &route, NULL), ST_OK);
    }
    assert_int_equal(mib_raw(&m, MIB_GET_FIRST, TRANSPORT_IPV6, MIB_PID_MANAGER, first, 4), ST_OK);
    for (uint8_t n = 1; n <= 5; n++) {
        assert_int_equal(mib_size(&m), 76);
        assert_int_equal(mib_dword(&m, 0), n);
        assert_int_equal(mib_dword(&m, 4 + 68), 0); /* bV4 */
        get6[4] = next[4] = n;
        assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPV6, MIB_PID_MANAGER, get6, 8), ST_OK);
        m.ask.op = MIB_GET_NEXT;
        m.ask.in = next;
        blob_free(&m.ask.out);
        assert_int_equal(router_mib(m.t.r, &m.ask, NULL), n < 5 ? ST_OK : ST_NO_MORE_ITEMS);
    }
    get6[4] = 0;
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPV6, MIB_PID_MANAGER, get6, 8), ST_NOT_FOUND);
    get6[4] = 6;
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPV6, MIB_PID_MANAGER, get6, 8), ST_NOT_FOUND);
    assert_int_equal(mib_raw(&m, MIB_SET, TRANSPORT_IPV6, MIB_PID_MANAGER, get6, 8),
                     ST_NOT_SUPPORTED);
    get6[0] = 1;
    assert_int_equal(mib_raw(&m, MIB_GET, TRANSPORT_IPV6, MIB_PID_MANAGER, get6, 8), ST_OK);
    assert_int_equal(mib_raw(&m, MIB_GET_FIRST, TRANSPORT_IPV6, MIB_PID_MANAGER, get6, 8),
                     ST_NOT_SUPPORTED);
    mib_close(&m);
    blob_free(&global);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_next_hop_is_another_route),
        cmocka_unit_test(create_set_delete),
        cmocka_unit_test(the_shortest_and_the_longest),
        cmocka_unit_test(an_update_brings_it_back),
        cmocka_unit_test(refusals),
        cmocka_unit_test(routes_of_others),
        cmocka_unit_test(longer_shorter_matching),
        cmocka_unit_test(views_and_protocols),
        cmocka_unit_test(best_of_router_and_host),
        cmocka_unit_test(a_hundred_thousand_routes),
        cmocka_unit_test(a_walk_goes_on_behind_destination_and_mask),
        cmocka_unit_test(a_table_that_changes),
        cmocka_unit_test(ipv6_routes_by_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
