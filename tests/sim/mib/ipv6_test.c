/* The IPv6 route table in the MIB: rows by number, whatever was asked before and has changed since.
 */
#include "sim/mib/mib_test.h"

#include <string.h>
#include "sim/support/cmocka_all.h"

#define MOST 12u /* prefixes, of two routes each */

struct ipv6 {
    struct mib_test m;
    struct rtm *table;
    struct rtm_entity *entity;
};

static void open_ipv6(struct ipv6 *t)
{
    struct blob global;

    mib_open(&t->m);
    global = rm_blob(INFO_IPV6_GLOBAL_INFO, "\0\0\0\0", 4);
    assert_int_equal(router_transport_create(t->m.t.r, TRANSPORT_IPV6, &global, NULL, NULL), ST_OK);
    t->table = router_rtm(t->m.t.r, TRANSPORT_IPV6);
    assert_int_equal(rtm_register(t->table, 9, &t->entity), ST_OK);
    blob_free(&global);
}

static struct rtm_prefix prefix_at(uint8_t n)
{
    return (struct rtm_prefix){.length = 48, .address.octets = {0x20, 1, 0xD, 0xB8, 0, n}};
}

static void put(struct ipv6 *t, uint8_t n, bool second)
{
    struct rtm_prefix p = prefix_at(n);
    struct rtm_route route = {.protocol = 3,
                              .interface = 1,
                              .metric = 1 + second,
                              .next_hop.octets = {0xFE, 0x80, [15] = (uint8_t)(1 + second)}};

    assert_int_equal(rtm_route_add(t->entity, &p, &route, NULL), ST_OK);
}

static void drop(struct ipv6 *t, uint8_t n, bool second)
{
    struct rtm_prefix p = prefix_at(n);
    struct rtm_address hop = {.octets = {0xFE, 0x80, [15] = (uint8_t)(1 + second)}};

    (void)rtm_route_delete(t->entity, &p, 1, &hop);
}

/* The number-th route of the table, found without a cursor. */
static const struct rtm_route *expected(const struct ipv6 *t, uint32_t number,
                                        struct rtm_prefix *ret)
{
    const struct rtm_route *route;
    size_t count;

    for (route = rtm_next(t->table, ret, true, &count); route;
         route = rtm_next(t->table, ret, false, &count)) {
        for (size_t n = 0; n < count; n++) {
            if (number-- == 1) return rtm_route_at(t->table, ret, n);
        }
    }
    return NULL;
}

static mpr_status ask(struct ipv6 *t, enum mib_op op, uint8_t number)
{
    static uint8_t in[8] = {8};

    in[4] = number;
    return mib_raw(&t->m, op, TRANSPORT_IPV6, MIB_PID_MANAGER, in, 8);
}

/* That answer is of the route with the number. */
static void assert_row(struct ipv6 *t, mpr_status status, uint32_t number, mpr_status none)
{
    struct rtm_prefix prefix;
    const struct rtm_route *route = number ? expected(t, number, &prefix) : NULL;
    struct route_row row;

    assert_int_equal(status, route ? ST_OK : none);
    if (!route) return;
    assert_int_equal(mib_dword(&t->m, 0), number);
    route_rows_decode(t->m.ask.out.data + 12, ROUTE_LAYOUT_2008, 1, &row);
    assert_memory_equal(row.prefix6, prefix.address.octets, 16);
    assert_memory_equal(row.next_hop6, route->next_hop.octets, 16);
    assert_int_equal(row.metric6, route->metric);
}

static void fill(struct ipv6 *t)
{
    for (uint8_t n = 0; n < MOST; n++) {
        put(t, n, false);
        if (n % 3) put(t, n, true);
    }
}

/* Any number after any other, while nothing changes. */
static void a_number_is_a_place_in_the_table(void **state)
{
    struct ipv6 t;
    uint32_t random = 1;

    (void)state;
    open_ipv6(&t);
    fill(&t);
    for (unsigned n = 0; n < 3000; n++) {
        uint8_t number;

        random = random * 1664525u + 1013904223u;
        number = (uint8_t)((random >> 16) % (2 * MOST));
        switch (random >> 10 & 3) {
        case 0:
            assert_row(&t, ask(&t, MIB_GET_FIRST, number), 1, ST_NO_MORE_ITEMS);
            break;
        case 1:
            assert_row(&t, ask(&t, MIB_GET_NEXT, number), number + 1u, ST_NO_MORE_ITEMS);
            break;
        default:
            assert_row(&t, ask(&t, MIB_GET, number), number, ST_NOT_FOUND);
            break;
        }
    }
    mib_close(&t.m);
}

/* What had the number that was asked for last is gone: the number is another route's now. */
static void a_number_of_one_that_went(void **state)
{
    (void)state;
    for (uint8_t number = 1; number <= MOST; number++) {
        struct ipv6 t;

        open_ipv6(&t);
        for (uint8_t n = 0; n < MOST; n++) put(&t, n, false);
        assert_row(&t, ask(&t, MIB_GET, number), number, ST_NOT_FOUND);
        drop(&t, number - 1, false);
        assert_row(&t, ask(&t, MIB_GET, number), number, ST_NOT_FOUND);
        mib_close(&t.m);
    }
}

/* A walk goes on behind what it told last, though that goes each time, and something comes before
 * it. */
static void a_walk_while_the_table_changes(void **state)
{
    struct ipv6 t;
    mpr_status status;
    uint8_t steps = 0;

    (void)state;
    open_ipv6(&t);
    for (uint8_t n = 0; n < MOST; n++) put(&t, n, false);
    for (status = ask(&t, MIB_GET_FIRST, 0); status == ST_OK;
         status = ask(&t, MIB_GET_NEXT, steps)) {
        struct rtm_prefix prefix = prefix_at(steps);

        assert_int_equal(mib_dword(&t.m, 0), steps + 1);
        assert_memory_equal(t.m.ask.out.data + 12, prefix.address.octets, 16);
        drop(&t, steps, false);
        if (steps) put(&t, (uint8_t)(steps - 1), true);
        steps++;
    }
    assert_int_equal(status, ST_NO_MORE_ITEMS);
    assert_int_equal(steps, MOST);
    mib_close(&t.m);
}

static void what_a_row_says(void **state)
{
    static const uint8_t on_link[16] = {0};
    struct rtm_prefix p = prefix_at(7);
    struct rtm_route route = {.protocol = 10006, .interface = 5, .metric = 9, .preference = 3};
    struct route_row row;
    struct ipv6 t;

    (void)state;
    open_ipv6(&t);
    assert_int_equal(rtm_route_add(t.entity, &p, &route, NULL), ST_OK);
    route.next_hop.octets[15] = 1; /* one bit makes it another router's */
    route.metric = 10;
    assert_int_equal(rtm_route_add(t.entity, &p, &route, NULL), ST_OK);
    for (uint8_t number = 1; number <= 2; number++) {
        assert_int_equal(ask(&t, MIB_GET, number), ST_OK);
        assert_int_equal(mib_size(&t.m), 4 + 72);
        route_rows_decode(t.m.ask.out.data + 12, ROUTE_LAYOUT_2008, 1, &row);
        assert_int_equal(row.v4, 0);
        assert_int_equal(row.prefix6_length, 48);
        assert_int_equal(row.valid_lifetime, UINT32_MAX);
        assert_int_equal(row.metric6, 8 + number);
        assert_int_equal(row.if_index, 5);
        assert_int_equal(row.type, number == 1 ? ROUTE_TYPE_DIRECT : ROUTE_TYPE_INDIRECT);
        assert_int_equal(row.proto, 10006);
        assert_int_equal(row.preference, 3);
        assert_int_equal(row.view_set, ROUTE_VIEW_UNICAST);
        if (number == 1) assert_memory_equal(row.next_hop6, on_link, 16);
    }
    mib_close(&t.m);
}

/* The greatest number has no next one. */
static void the_end_of_numbers(void **state)
{
    static const uint8_t last[8] = {8, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF};
    struct ipv6 t;

    (void)state;
    open_ipv6(&t);
    put(&t, 1, false);
    assert_int_equal(mib_raw(&t.m, MIB_GET_NEXT, TRANSPORT_IPV6, MIB_PID_MANAGER, last, 8),
                     ST_NO_MORE_ITEMS);
    assert_int_equal(mib_raw(&t.m, MIB_GET, TRANSPORT_IPV6, MIB_PID_MANAGER, last, 8),
                     ST_NOT_FOUND);
    assert_row(&t, mib_raw(&t.m, MIB_GET_NEXT, TRANSPORT_IPV6, MIB_PID_MANAGER, last, 4), 1,
               ST_NO_MORE_ITEMS); /* no number: the first */
    mib_close(&t.m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_a_place_in_the_table),
        cmocka_unit_test(a_number_of_one_that_went),
        cmocka_unit_test(a_walk_while_the_table_changes),
        cmocka_unit_test(what_a_row_says),
        cmocka_unit_test(the_end_of_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
