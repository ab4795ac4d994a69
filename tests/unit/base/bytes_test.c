#include "unit/base/fail_alloc.h"

#include "base/bytes.h"

#include <string.h>

static void test_reads_both_orders(void **state)
{
    static const uint8_t data[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13,
                                   14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25};
    struct reader r;
    uint8_t copy[2];

    (void)state;

    reader_init(&r, data, sizeof(data));
    assert_int_equal(rd_u8(&r), 1);
    assert_int_equal(rd_be16(&r), 0x0203);
    assert_int_equal(rd_le16(&r), 0x0504);
    assert_int_equal(rd_be32(&r), 0x06070809);
    assert_int_equal(rd_le32(&r), 0x0D0C0B0A);
    assert_true(rd_le64(&r) == 0x1514131211100F0Eu);
    rd_bytes(&r, copy, 2);
    assert_int_equal(copy[1], 23);
    assert_ptr_equal(rd_span(&r, 1), data + 23);
    assert_int_equal(reader_left(&r), 1);
    rd_skip(&r, 1);
    assert_false(r.failed);
}

static void test_reading_past_the_end_fails_for_good(void **state)
{
    static const uint8_t data[3] = {1, 2, 3};
    uint8_t copy[2] = {9, 9};
    struct reader r;

    (void)state;

    reader_init(&r, data, sizeof(data));
    assert_int_equal(rd_le32(&r), 0);
    assert_true(r.failed);
    assert_int_equal(rd_u8(&r), 0);
    assert_int_equal(reader_left(&r), 0);
    assert_null(rd_span(&r, 0));
    rd_bytes(&r, copy, 2);
    assert_int_equal(copy[0] | copy[1], 0);
    assert_true(rd_le64(&r) == 0);
    assert_int_equal(rd_be16(&r) | rd_le16(&r), 0);
    assert_int_equal(rd_be32(&r), 0);

    reader_init(&r, data, sizeof(data));
    rd_skip(&r, SIZE_MAX);
    assert_true(r.failed);
    reader_init(&r, NULL, 0);
    assert_false(r.failed);
    assert_int_equal(rd_u8(&r), 0);
    assert_true(r.failed);
    reader_init(&r, NULL, 5);
    assert_true(r.failed);
}

static void test_writes_what_it_reads(void **state)
{
    uint8_t buffer[32];
    struct writer w;
    struct reader r;

    (void)state;

    writer_init(&w, buffer, sizeof(buffer));
    wr_u8(&w, 0xA1);
    wr_be16(&w, 0xB1B2);
    wr_le16(&w, 0xC1C2);
    wr_be32(&w, 0xD1D2D3D4);
    wr_le32(&w, 0xE1E2E3E4);
    wr_le64(&w, 0x0102030405060708u);
    wr_bytes(&w, "xyz", 3);
    wr_zero(&w, 2);
    wr_bytes(&w, NULL, 0);
    assert_false(w.failed);
    assert_int_equal(w.used, 26);

    reader_init(&r, buffer, w.used);
    assert_int_equal(rd_u8(&r), 0xA1);
    assert_int_equal(rd_be16(&r), 0xB1B2);
    assert_int_equal(rd_le16(&r), 0xC1C2);
    assert_true(rd_be32(&r) == 0xD1D2D3D4);
    assert_true(rd_le32(&r) == 0xE1E2E3E4);
    assert_true(rd_le64(&r) == 0x0102030405060708u);
    assert_memory_equal(rd_span(&r, 3), "xyz", 3);
    assert_int_equal(rd_be16(&r), 0);
}

static void test_writing_past_the_end_writes_nothing(void **state)
{
    uint8_t buffer[4] = {7, 7, 7, 7};
    struct writer w;

    (void)state;

    writer_init(&w, buffer, 3);
    wr_le32(&w, 0);
    assert_true(w.failed);
    wr_u8(&w, 0);
    assert_int_equal(w.used, 0);
    assert_int_equal(buffer[0], 7);
    writer_init(&w, NULL, 9);
    wr_zero(&w, 1);
    assert_true(w.failed);
}

static void test_blobs(void **state)
{
    struct blob a = {NULL, 0}, b = {NULL, 0};

    (void)state;

    assert_true(blob_set(&a, "abc", 3));
    assert_true(blob_set(&b, a.data, a.size));
    assert_true(blob_set(&a, a.data + 1, 2)); /* of its own content */
    assert_memory_equal(a.data, "bc", 2);
    blob_take(&b, &a);
    assert_null(a.data);
    assert_int_equal(b.size, 2);
    blob_take(&b, &b);
    assert_int_equal(b.size, 2);
    assert_true(blob_set(&b, NULL, 0));
    assert_null(b.data);
    blob_free(&b);
}

static void test_blob_is_unchanged_without_memory(void **state)
{
    struct blob b = {NULL, 0};

    (void)state;

    fail_alloc_begin(2);
    assert_true(blob_set(&b, "abc", 3));
    assert_false(blob_set(&b, "d", 1));
    assert_int_equal(b.size, 3);
    assert_memory_equal(b.data, "abc", 3);
    blob_free(&b);
    assert_true(fail_alloc_end());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_both_orders),
        cmocka_unit_test(test_reading_past_the_end_fails_for_good),
        cmocka_unit_test(test_writes_what_it_reads),
        cmocka_unit_test(test_writing_past_the_end_writes_nothing),
        cmocka_unit_test(test_blobs),
        cmocka_unit_test(test_blob_is_unchanged_without_memory),
    };

    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
