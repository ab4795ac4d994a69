/* Autostatic updates that bring what the one before brought: they write nothing, unless others have
 * changed what is written. */
#include "sim/rm/rm_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#define DEMAND PROTOCOL_DEMAND_UPDATE_ROUTES
#define NET    0xC6336400u /* 198.51.100.0 */
#define MASK   0xFFFFFF00u
#define PEER   0x0A090002u

static struct rm_test t;

static void learn(void)
{
    if (t.entity) rtm_route_delete_all(t.entity, 0);
    rm_learn(&t, NET + 0x200, MASK, 7);
    rm_learn(&t, NET + 0x300, MASK, 3);
}

/* A static route, and a protocol that has learned two. */
static int set_up(void **state)
{
    struct route_row row = rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER);

    (void)state;
    rm_open(&t);
    rm_foreign(&t, PROTOCOL_ROUTING | DEMAND);
    rm_set_rows(&t, &row, 1);
    learn();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    rm_close(&t);
    return 0;
}

static void update(size_t stores)
{
    fake_flush(&t.f);
    fake_forget(&t.f);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, NULL), ST_PENDING);
    fake_flush(&t.f);
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_int_equal(fake_count(&t.f, FAKE_STORE), stores);
}

static void assert_row(const struct route_row *row, uint32_t proto, uint32_t dest, uint32_t metric)
{
    assert_int_equal(row->proto, proto);
    assert_int_equal(row->dest, dest);
    if (metric) assert_int_equal(row->metric[0], metric);
}

/* Rows and table after an update of what learn() gave. */
static void assert_all_there(void)
{
    struct route_row *rows;

    assert_int_equal(rm_rows(&t, &rows), 3);
    assert_row(&rows[0], ROUTE_PROTO_NT_STATIC, NET, 0);
    assert_row(&rows[1], ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x200, 7);
    assert_row(&rows[2], ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x300, 3);
    mem_free(rows);
    assert_int_equal(rm_best(&t, NET, MASK)->protocol, ROUTE_PROTO_NT_STATIC);
    assert_null(rm_best(&t, NET + 0x100, MASK));
    assert_int_equal(rm_best(&t, NET + 0x200, MASK)->protocol, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(rm_best(&t, NET + 0x300, MASK)->metric, 3);
}

static void the_same_routes_write_nothing(void **state)
{
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        update(n == 0);
        assert_all_there();
    }
}

static void nothing_at_all_writes_nothing(void **state)
{
    (void)state;
    rm_set_info(&t, INFO_IP_ROUTE_INFO, NULL, 0, NULL);
    rtm_route_delete_all(t.entity, 0);
    update(1);
    update(0);
}

static void each_difference_is_written(void **state)
{
    (void)state;
    update(1);
    rm_learn(&t, NET + 0x400, MASK, 3); /* one more behind the last */
    update(1);
    assert_int_equal(rm_count_rows(&t, ROUTE_PROTO_NT_AUTOSTATIC), 3);
    update(0);
    learn(); /* and one less */
    update(1);
    assert_all_there();
    rm_learn(&t, NET + 0x200, MASK, 8); /* another metric */
    update(1);
    assert_int_equal(rm_best(&t, NET + 0x200, MASK)->metric, 8);
    update(0);
    learn();
    update(1);
    rm_learn(&t, NET, MASK, 2); /* a static row prevails over the learned route */
    update(1);
    assert_all_there();
    update(0);
}

static void another_key_is_written(void **state)
{
    (void)state;
    update(1);
    router_interface_set_stored(t.r, t.dial, false);
    update(0);
    router_interface_set_stored(t.r, t.dial, true);
    update(1);
    update(0);
}

static void rows_that_were_set_are_replaced(void **state)
{
    struct route_row rows[2] = {rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER),
                                rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x100, MASK, PEER)};

    (void)state;
    update(1);
    rm_set_rows(&t, rows, 2);
    update(1);
    assert_all_there();
    update(0);
}

/* No route can be made of it, so the table does not show that it is there. */
static void a_row_without_a_route_is_replaced(void **state)
{
    struct route_row rows[4], *former;

    (void)state;
    update(1);
    assert_int_equal(rm_rows(&t, &former), 3);
    memcpy(rows, former, 3 * sizeof(*former));
    mem_free(former);
    rows[3] = rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x500, 0xFF00FF00u, PEER);
    rm_set_rows(&t, rows, 4);
    update(1);
    assert_all_there();
}

static void a_new_connection_is_written(void **state)
{
    (void)state;
    update(1);
    assert_int_equal(router_interface_disconnect(t.r, t.dial), ST_OK);
    router_interface_connect(t.r, t.dial, NULL);
    fake_advance(&t.f, 1);
    learn();
    update(1);
    assert_all_there();
}

/* Of two protocols one has ended its part; that it goes does not end the other's. */
static void the_end_of_one_protocol_is_not_that_of_another(void **state)
{
    struct request request = {0};
    handle_t32 first = t.ref, second;

    (void)state;
    assert_int_equal(router_catalogue_add(t.r, TRANSPORT_IP, FOREIGN_ID + 1, u"other.dll"), ST_OK);
    assert_int_equal(rm_set_global(&t, FOREIGN_ID + 1, "G", 1, NULL), ST_OK);
    fake_flush(&t.f);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID + 1, "I", 1, NULL), ST_OK);
    fake_flush(&t.f);
    second = t.ref;
    assert_int_not_equal(first, second);
    assert_int_equal(router_update_routes(t.r, t.dial, TRANSPORT_IP, &request), ST_PENDING);
    fake_flush(&t.f);
    t.ref = first;
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_int_equal(rm_set_info(&t, FOREIGN_ID, NULL, 0, NULL), ST_OK);
    fake_flush(&t.f);
    assert_false(request.completed);
    t.ref = second;
    rm_update_complete(&t, t.index, DEMAND, ST_OK);
    assert_true(request.completed);
    assert_int_equal(request.status, ST_OK);
}

/* Rows that are no update's, wherever they stand among those that are. */
static void the_administrators_rows_stay(void **state)
{
    const struct route_row mixed[] = {
        rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x700, MASK, PEER),
        rm_row(ROUTE_PROTO_NT_STATIC, NET, MASK, PEER),
        rm_row(ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x800, MASK, PEER),
        rm_row(ROUTE_PROTO_NT_STATIC, NET + 0x400, MASK, PEER),
        rm_row(ROUTE_PROTO_NT_STATIC_NON_DOD, NET + 0x500, MASK, PEER),
    };
    struct route_row *rows;

    (void)state;
    rm_set_rows(&t, mixed, 5);
    update(1);
    assert_int_equal(rm_rows(&t, &rows), 5);
    assert_row(&rows[0], ROUTE_PROTO_NT_STATIC, NET, 1);
    assert_row(&rows[1], ROUTE_PROTO_NT_STATIC, NET + 0x400, 1);
    assert_row(&rows[2], ROUTE_PROTO_NT_STATIC_NON_DOD, NET + 0x500, 1);
    assert_row(&rows[3], ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x200, 7);
    assert_row(&rows[4], ROUTE_PROTO_NT_AUTOSTATIC, NET + 0x300, 3);
    mem_free(rows);
    assert_non_null(rm_best(&t, NET + 0x400, MASK));
    assert_non_null(rm_best(&t, NET + 0x500, MASK));
    assert_null(rm_best(&t, NET + 0x700, MASK));
    assert_null(rm_best(&t, NET + 0x800, MASK));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_same_routes_write_nothing),
        TEST(nothing_at_all_writes_nothing),
        TEST(each_difference_is_written),
        TEST(another_key_is_written),
        TEST(rows_that_were_set_are_replaced),
        TEST(a_row_without_a_route_is_replaced),
        TEST(the_administrators_rows_stay),
        TEST(a_new_connection_is_written),
        TEST(the_end_of_one_protocol_is_not_that_of_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
