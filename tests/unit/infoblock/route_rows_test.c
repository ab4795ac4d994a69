#include "unit/base/fail_alloc.h"

#include "infoblock/priority.h"
#include "infoblock/route_rows.h"

#include <string.h>

/* 192.0.2.0/24 via 198.51.100.1, autostatic, metric 3, interface 7. */
static const uint8_t row_2008[72] = {
    192, 0, 2,    0,    255, 255, 255, 0, 0, 0,  0,   0,   198, 51,  100, 1,   9,   0,
    0,   0, 0,    0,    0,   0,   3,   0, 0, 0,  255, 255, 255, 255, 255, 255, 255, 255,
    1,   2, 3,    4,    5,   6,   7,   8, 9, 10, 11,  12,  7,   0,   0,   0,   4,   0,
    0,   0, 0x12, 0x27, 0,   0,   7,   0, 0, 0,  1,   0,   0,   0,   1,   0,   0,   0};

static void test_row_of_2008(void **state)
{
    struct route_row row;
    uint8_t again[72];

    (void)state;

    assert_int_equal(route_rows_decode(row_2008, 72, 1, &row), ST_OK);
    assert_true(row.dest == 0xC0000200 && row.mask == 0xFFFFFF00 && row.next_hop == 0xC6336401);
    assert_int_equal(row.age, 9);
    assert_int_equal(row.metric[0], 3);
    assert_true(row.metric[2] == ROUTE_METRIC_UNUSED && row.metric[4] == ROUTE_METRIC_UNUSED);
    assert_int_equal(row.if_index, 7);
    assert_int_equal(row.type, ROUTE_TYPE_INDIRECT);
    assert_int_equal(row.proto, ROUTE_PROTO_NT_AUTOSTATIC);
    assert_int_equal(row.preference, 7);
    assert_int_equal(row.view_set, ROUTE_VIEW_UNICAST);
    assert_int_equal(route_rows_encode(ROUTE_LAYOUT_2008, &row, 1, again), ST_OK);
    assert_memory_equal(again, row_2008, 72);
}

/* Any bytes come back, in every layout and for both families. */
static void test_round_trip_keeps_every_byte(void **state)
{
    uint32_t random = 521288629u;
    uint8_t data[720], again[720];
    struct route_row rows[10];

    (void)state;

    for (int step = 0; step < 1000; step++) {
        uint32_t size = step % 2 ? 72 : 56;

        for (size_t i = 0; i < sizeof(data); i++) data[i] = (uint8_t)test_random(&random);
        for (size_t i = 0; i < 10 && step % 3 == 0; i++)
            memset(data + i * 72 + 68, 0, 4); /* IPv6 */
        assert_int_equal(route_rows_decode(data, size, 10, rows), ST_OK);
        assert_int_equal(route_rows_encode((enum route_layout)size, rows, 10, again), ST_OK);
        assert_memory_equal(again, data, (size_t)10 * size);
    }
}

static void test_layouts_convert(void **state)
{
    struct route_row row, back;
    uint8_t data[56];

    (void)state;

    route_rows_decode(row_2008, 72, 1, &row);
    assert_int_equal(route_rows_encode(ROUTE_LAYOUT_2003, &row, 1, data), ST_OK);
    assert_int_equal(data[16], 7); /* dwForwardIfIndex */
    assert_int_equal(route_rows_decode(data, 56, 1, &back), ST_OK);
    assert_true(back.dest == row.dest && back.next_hop == row.next_hop && back.proto == row.proto);
    assert_int_equal(back.preference, ROUTE_PREFERENCE_DEFAULT);
    assert_int_equal(back.v4, 1);
    row.v4 = 0;
    assert_int_equal(route_rows_encode(ROUTE_LAYOUT_2003, &row, 1, data), ST_INVALID_PARAMETER);
    assert_int_equal(route_rows_decode(data, 57, 1, &row), ST_INVALID_DATA);
}

static void test_store_and_read(void **state)
{
    struct route_row rows[3], *read;
    struct blob b = {NULL, 0};
    struct info_view view;
    size_t count;

    (void)state;

    for (uint32_t i = 0; i < 3; i++) {
        rows[i] = route_row_default();
        rows[i].dest = i << 8;
    }
    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, rows, 3), ST_OK);
    assert_int_equal(info_open(&view, b.data, b.size), ST_OK);
    assert_int_equal(route_rows_read(&view, &read, &count), ST_OK);
    assert_int_equal(count, 3);
    assert_int_equal(read[2].dest, 2 << 8);
    assert_int_equal(read[2].preference, 127);
    mem_free(read);
    assert_int_equal(route_rows_store(&b, ROUTE_LAYOUT_2008, NULL, 0), ST_OK);
    assert_int_equal(info_open(&view, b.data, b.size), ST_OK);
    assert_int_equal(route_rows_read(&view, &read, &count), ST_OK);
    assert_null(read);
    assert_int_equal(info_blob_put(&b, &(struct info_block){INFO_IP_ROUTE_INFO, 1, 9, "123456789"}),
                     ST_OK);
    assert_int_equal(info_open(&view, b.data, b.size), ST_OK);
    assert_int_equal(route_rows_read(&view, &read, &count), ST_INVALID_DATA);
    blob_free(&b);
}

/* The sizes of both layouts are read, and no other. */
static void test_the_size_of_a_row_says_its_layout(void **state)
{
    static const uint32_t odd[] = {1, ROUTE_LAYOUT_2003 - 1, ROUTE_LAYOUT_2003 + 1,
                                   ROUTE_LAYOUT_2008 - 1, ROUTE_LAYOUT_2008 + 1};
    static const enum route_layout layouts[] = {ROUTE_LAYOUT_2003, ROUTE_LAYOUT_2008};
    static const uint8_t zeroes[2 * (ROUTE_LAYOUT_2008 + 1)];
    struct route_row row = route_row_default(), *read = NULL;
    struct info_view view;
    struct blob b = {NULL, 0};
    size_t count;

    (void)state;

    row.dest = 0x0A000000;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(route_rows_store(&b, layouts[i], &row, 1), ST_OK);
        assert_int_equal(info_open(&view, b.data, b.size), ST_OK);
        assert_int_equal(route_rows_read(&view, &read, &count), ST_OK);
        assert_int_equal(count, 1);
        assert_int_equal(read[0].dest, 0x0A000000);
        mem_free(read);
    }
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        const struct info_block block = {INFO_IP_ROUTE_INFO, odd[i], 2, zeroes};

        assert_int_equal(info_blob_put(&b, &block), ST_OK);
        assert_int_equal(info_open(&view, b.data, b.size), ST_OK);
        assert_int_equal(route_rows_read(&view, &read, &count), ST_INVALID_DATA);
        assert_null(read);
        assert_int_equal(count, 0);
    }
    blob_free(&b);
}

static void test_without_memory(void **state)
{
    const struct route_row row = route_row_default();

    (void)state;

    for (size_t n = 1;; n++) {
        struct route_row *read = NULL;
        struct protocol_priority *list = NULL;
        struct blob b = {NULL, 0};
        struct info_view view = {0};
        mpr_status status;
        size_t count;

        fail_alloc_begin(n);
        status = route_rows_store(&b, ROUTE_LAYOUT_2008, &row, 1);
        if (status == ST_OK) status = info_open(&view, b.data, b.size);
        if (status == ST_OK) status = route_rows_read(&view, &read, &count);
        if (status == ST_OK) mem_free(read);
        assert_int_equal(status, n <= fail_alloc.asked ? ST_NOT_ENOUGH_MEMORY : ST_OK);
        if (priority_read(&view, &list, &count) == ST_OK) mem_free(list);
        blob_free(&b);
        if (!fail_alloc_end()) break;
    }
}

static void test_priorities(void **state)
{
    static const struct protocol_priority odd[] = {{8, 1}, {13, 2}, {8, 3}};
    struct protocol_priority *list;
    struct info_view view = {0};
    uint8_t data[4 + 24];
    size_t count;

    (void)state;

    assert_int_equal(priority_read(&view, &list, &count), ST_OK);
    assert_int_equal(count, PRIORITY_DEFAULT_COUNT);
    assert_int_equal(priority_of(list, count, ROUTE_PROTO_NT_AUTOSTATIC), 7);
    assert_int_equal(priority_of(list, count, ROUTE_PROTO_RIP), 120);
    assert_int_equal(priority_of(list, count, ROUTE_PROTO_OSPF), 127);
    mem_free(list);

    assert_int_equal(priority_encoded_size(6), 0x34); /* as in MS-RRASM 4.11.1 */
    priority_encode(odd, 3, data);
    assert_int_equal(priority_decode(data, sizeof(data), &list, &count), ST_OK);
    assert_int_equal(count, 3);
    assert_int_equal(priority_of(list, count, 8), 3); /* the last wins */
    mem_free(list);
    for (size_t size = 0; size < sizeof(data); size++) {
        assert_int_equal(priority_decode(data, size, &list, &count), ST_INVALID_DATA);
    }
    assert_int_equal(priority_decode("\0\0\0\0", 4, &list, &count), ST_OK);
    assert_null(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row_of_2008),
        cmocka_unit_test(test_round_trip_keeps_every_byte),
        cmocka_unit_test(test_layouts_convert),
        cmocka_unit_test(test_store_and_read),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_priorities),
        cmocka_unit_test(test_the_size_of_a_row_says_its_layout),
    };

    return cmocka_run_group_tests_name("route_rows", tests, NULL, NULL);
}
