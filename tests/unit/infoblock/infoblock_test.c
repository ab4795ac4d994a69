#include "unit/base/fail_alloc.h"

#include "infoblock/infoblock.h"
#include "infoblock/types.h"

#include <string.h>

static const struct info_allocator *const a = &info_mem_allocator;

static void put32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t get32(const void *header, size_t at)
{
    const uint8_t *p = (const uint8_t *)header + at;

    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void *add(void *header, uint32_t type, uint32_t size, uint32_t count, const void *data)
{
    const struct info_block block = {type, size, count, data};
    void *result;

    assert_int_equal(info_block_add(a, header, INFO_TRUST_SIZE, &block, &result), ST_OK);
    mem_free(header);
    return result;
}

static void *create(void)
{
    void *header;

    assert_int_equal(info_block_create(a, &header), ST_OK);
    return header;
}

static void test_empty_header(void **state)
{
    uint8_t expected[28] = {1, 0, 0, 0, 28};
    void *header = create();
    struct info_view view;
    struct info_block block;

    (void)state;

    assert_memory_equal(header, expected, 28);
    assert_int_equal(info_block_size(header), 28);
    assert_int_equal(info_block_size(NULL), 0);
    assert_int_equal(info_open(&view, header, 28), ST_OK);
    assert_false(info_entry(&view, 0, &block));
    assert_int_equal(info_find(&view, 8, &block), ST_NOT_FOUND);
    mem_free(header);
}

/* The numbers of MS-RRASM's registry dumps (4.11): one TOC of two, one of four entries. */
static void test_layout_of_the_published_dumps(void **state)
{
    uint8_t data[256] = {0};
    void *header = create();

    (void)state;

    header = add(header, INFO_IP_GLOBAL_INFO, 8, 1, data);
    header = add(header, INFO_IP_PROT_PRIORITY_INFO, 0x34, 1, data);
    assert_int_equal(get32(header, 12 + 12), 0x30);
    assert_int_equal(get32(header, 28 + 12), 0x38);
    assert_int_equal(info_block_size(header), 0x6C);
    mem_free(header);

    header = create();
    header = add(header, INFO_IP_MCAST_HEARBEAT_INFO, 0x8C, 1, data);
    header = add(header, INFO_IP_INTERFACE_STATUS_INFO, 4, 1, data);
    header = add(header, INFO_IP_ROUTER_DISC_INFO, 0x10, 1, data);
    header = add(header, INFO_IP_IFFILTER_INFO, 4, 1, data);
    assert_int_equal(get32(header, 12 + 12), 0x50);
    assert_int_equal(get32(header, 28 + 12), 0xE0);
    assert_int_equal(get32(header, 44 + 12), 0xE8);
    assert_int_equal(get32(header, 60 + 12), 0xF8);
    assert_int_equal(info_block_size(header), 0xFC);
    mem_free(header);
}

static void test_find_set_remove(void **state)
{
    void *header = create(), *changed;
    struct info_block block = {13, 3, 2, "ABCDEF"}, found;

    (void)state;

    header = add(header, 8, 5, 1, "hello");
    header = add(header, 13, 1, 1, "x");
    header = add(header, 9999, 2, 2, "wxyz");
    assert_int_equal(info_block_set(a, header, INFO_TRUST_SIZE, &block, &changed), ST_OK);
    mem_free(header);
    assert_int_equal(get32(changed, 28), 13); /* in its place */
    assert_int_equal(info_block_find(changed, INFO_TRUST_SIZE, 13, &found), ST_OK);
    assert_int_equal(found.item_size * 10 + found.count, 32);
    assert_memory_equal(found.data, "ABCDEF", 6);
    assert_int_equal(info_block_find(changed, INFO_TRUST_SIZE, 9999, &found), ST_OK);
    assert_memory_equal(found.data, "wxyz", 4);

    assert_int_equal(info_block_remove(a, changed, INFO_TRUST_SIZE, 8, &header), ST_OK);
    assert_int_equal(info_block_find(header, INFO_TRUST_SIZE, 8, NULL), ST_NOT_FOUND);
    assert_int_equal(info_block_find(header, INFO_TRUST_SIZE, 13, NULL), ST_OK);
    mem_free(changed);
    assert_int_equal(info_block_duplicate(a, header, INFO_TRUST_SIZE, &changed), ST_OK);
    assert_memory_equal(changed, header, info_block_size(header));
    mem_free(changed);
    assert_int_equal(info_block_remove_all(a, header, INFO_TRUST_SIZE, &changed), ST_OK);
    assert_int_equal(info_block_size(changed), INFO_EMPTY_SIZE);
    mem_free(changed);
    mem_free(header);
}

static void test_removing_the_last_gives_an_empty_header(void **state)
{
    void *header = add(create(), 8, 4, 1, "abcd"), *removed, *empty = create();

    (void)state;

    assert_int_equal(info_block_remove(a, header, INFO_TRUST_SIZE, 8, &removed), ST_OK);
    assert_memory_equal(removed, empty, INFO_EMPTY_SIZE);
    mem_free(header);
    mem_free(removed);
    mem_free(empty);
}

static void test_refusals(void **state)
{
    void *header = add(create(), 8, 4, 1, "abcd"), *result = header;
    struct info_block again = {8, 1, 1, "x"}, absent = {9, 1, 1, "x"}, no_data = {9, 1, 1, NULL},
                      huge = {9, 0xFFFFFFFF, 0xFFFFFFFF, "x"}, wraps = {9, 0xFFFFFFF0, 1, "x"};

    (void)state;

    assert_int_equal(info_block_add(a, header, INFO_TRUST_SIZE, &again, &result), 87);
    assert_null(result);
    assert_int_equal(info_block_set(a, header, INFO_TRUST_SIZE, &absent, &result), 87);
    assert_int_equal(info_block_remove(a, header, INFO_TRUST_SIZE, 9, &result), 87);
    assert_int_equal(info_block_add(a, header, INFO_TRUST_SIZE, &no_data, &result), 87);
    assert_int_equal(info_block_add(a, header, INFO_TRUST_SIZE, &huge, &result), 87);
    assert_int_equal(info_block_add(a, header, INFO_TRUST_SIZE, &wraps, &result), 87);
    assert_int_equal(info_block_add(a, NULL, INFO_TRUST_SIZE, &absent, &result), 87);
    assert_int_equal(info_block_duplicate(a, NULL, INFO_TRUST_SIZE, &result), 87);
    assert_int_equal(info_block_remove_all(a, NULL, INFO_TRUST_SIZE, &result), 87);
    assert_int_equal(info_block_find(NULL, INFO_TRUST_SIZE, 8, NULL), 87);
    mem_free(header);
}

static void test_blocks_without_data(void **state)
{
    void *header = add(create(), 8, 0, 0, NULL);
    struct info_block found;

    (void)state;

    header = add(header, 9, 4, 1, "abcd");
    header = add(header, 10, 12, 0, NULL);
    for (uint32_t type = 8; type <= 10; type += 2) {
        assert_int_equal(info_block_find(header, INFO_TRUST_SIZE, type, &found), ST_OK);
        assert_null(found.data);
        assert_int_equal(found.item_size, type == 8 ? 0 : 12);
    }
    /* GetInfoFromTocEntry gives NULL where Offset >= Size. */
    assert_int_equal(get32(header, 12 + 12), info_block_size(header));
    assert_int_equal(get32(header, 44 + 12), info_block_size(header));
    mem_free(header);
}

static void test_tolerated_headers(void **state)
{
    uint8_t bytes[12 + 32 + 8 + 1] = {0};
    uint8_t *bare = bytes + 1; /* unaligned */
    struct info_block found;

    (void)state;

    put32(bare, 1);
    put32(bare + 4, 12);
    assert_int_equal(info_block_validate(bare, 12), ST_OK);
    put32(bare + 4, 52);
    put32(bare + 8, 2);
    for (size_t i = 0; i < 2; i++) { /* one type twice, data that is not aligned, a tail */
        put32(bare + 12 + 16 * i, 8);
        put32(bare + 16 + 16 * i, 1);
        put32(bare + 20 + 16 * i, 1);
        put32(bare + 24 + 16 * i, (uint32_t)(45 + i));
    }
    bare[45] = 'a';
    bare[46] = 'b';
    assert_int_equal(info_block_find(bare, 52, 8, &found), ST_OK);
    assert_memory_equal(found.data, "a", 1);
}

static void test_malformed_headers(void **state)
{
    uint8_t good[64] = {0}, bad[64];
    static const struct {
        size_t at;
        uint32_t value;
    } faults[] = {{0, 0},           {0, 2},          {4, 11},  {4, 65},  {4, 0xFFFFFFFF},  {8, 4},
                  {8, 0xFFFFFFFF},  {24, 0},         {24, 27}, {24, 61}, {24, 0xFFFFFFFF}, {16, 33},
                  {16, 0xFFFFFFFF}, {20, 0xFFFFFFFF}};
    struct info_view view;

    (void)state;

    put32(good, 1);
    put32(good + 4, 64);
    put32(good + 8, 1);
    put32(good + 12, 8);
    put32(good + 16, 4);
    put32(good + 20, 1);
    put32(good + 24, 32);
    assert_int_equal(info_block_validate(good, 64), ST_OK);
    for (size_t limit = 0; limit < 64; limit++) {
        assert_int_equal(info_block_validate(good, limit), ST_INVALID_DATA);
    }
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        memcpy(bad, good, 64);
        put32(bad + faults[i].at, faults[i].value);
        assert_int_equal(info_open(&view, bad, 64), ST_INVALID_DATA);
        assert_int_equal(view.count, 0);
    }
}

/* The directory lies within the header's own size, whatever stands behind it. */
static void test_the_directory_ends_with_the_header(void **state)
{
    uint8_t bytes[76] = {1};
    struct info_view view;

    (void)state;

    put32(bytes + 4, 28);
    for (uint32_t count = 0; count < 5; count++) {
        put32(bytes + 8, count);
        assert_int_equal(info_open(&view, bytes, sizeof(bytes)),
                         count <= 1 ? ST_OK : ST_INVALID_DATA);
        assert_int_equal(view.count, count <= 1 ? count : 0);
    }
}

static void test_what_is_not_found_is_empty(void **state)
{
    static const struct info_block none = {0};
    struct info_block found;
    struct info_view view;
    void *header = create();

    (void)state;

    header = add(header, 7, 1, 3, "abc");
    assert_int_equal(info_open(&view, header, info_block_size(header)), ST_OK);
    memset(&found, 0x55, sizeof(found));
    assert_int_equal(info_find(&view, 8, &found), ST_NOT_FOUND);
    assert_true(found.type == none.type && found.item_size == 0 && found.count == 0 && !found.data);
    memset(&found, 0x55, sizeof(found));
    assert_int_equal(info_block_find(header, 11, 7, &found), ST_INVALID_DATA);
    assert_true(found.type == 0 && found.item_size == 0 && found.count == 0 && !found.data);
    assert_int_equal(info_find(&view, 8, NULL), ST_NOT_FOUND);
    mem_free(header);
}

static void test_entries_may_not_share_much_data(void **state)
{
    uint8_t bytes[64] = {0};

    (void)state;

    put32(bytes, 1);
    put32(bytes + 4, 64);
    put32(bytes + 8, 2);
    for (size_t i = 0; i < 2; i++) {
        put32(bytes + 12 + 16 * i, 8 + (uint32_t)i);
        put32(bytes + 16 + 16 * i, 11);
        put32(bytes + 20 + 16 * i, 1);
        put32(bytes + 24 + 16 * i, 44);
    }
    assert_int_equal(info_block_validate(bytes, 64), ST_INVALID_DATA);
}

static void test_blobs_of_the_core(void **state)
{
    struct info_block one = {8, 1, 3, "abc"}, none = {8, 0, 0, NULL}, other = {9, 1, 1, "z"}, found;
    struct blob b = {NULL, 0}, changes = {NULL, 0};
    struct info_view view;

    (void)state;

    assert_int_equal(info_blob_find(&b, 8, NULL), ST_NOT_FOUND);
    assert_int_equal(info_blob_drop(&b, 8), ST_OK);
    assert_int_equal(info_blob_put(&b, &one), ST_OK);
    assert_int_equal(info_blob_put(&b, &one), ST_OK);
    assert_int_equal(info_blob_find(&b, 8, &found), ST_OK);
    assert_int_equal(info_block_bytes(&found), 3);
    assert_int_equal(info_blob_put(&changes, &none), ST_OK);
    assert_int_equal(info_blob_put(&changes, &other), ST_OK);
    assert_int_equal(info_open(&view, changes.data, changes.size), ST_OK);
    assert_int_equal(info_blob_merge(&b, &view), ST_OK);
    assert_int_equal(info_blob_find(&b, 8, NULL), ST_NOT_FOUND);
    assert_int_equal(info_blob_find(&b, 9, NULL), ST_OK);
    assert_int_equal(info_blob_drop(&b, 9), ST_OK);
    assert_int_equal(b.size, INFO_EMPTY_SIZE);
    blob_free(&b);
    blob_free(&changes);
}

/* Random edits against a list of (type, size, byte). */
static void test_against_model(void **state)
{
    struct {
        uint32_t type, size;
        uint8_t fill;
    } model[40] = {{0, 0, 0}};
    uint8_t data[100] = {0};
    uint32_t random = 362436069u;
    size_t used = 0;
    struct blob b = {NULL, 0};

    (void)state;

    for (int step = 0; step < 5000; step++) {
        uint32_t type = test_random(&random) % 40, size = test_random(&random) % 100;
        struct info_block block = {type, size, 1, data};
        struct info_view view = {0};
        size_t i = 0;

        while (i < used && model[i].type != type) i++;
        if (test_random(&random) % 3) {
            memset(data, (int)(step & 0xFF), sizeof(data));
            assert_int_equal(info_blob_put(&b, &block), ST_OK);
            used += i == used;
            model[i].type = type;
            model[i].size = size;
            model[i].fill = (uint8_t)(step & 0xFF);
        } else {
            assert_int_equal(info_blob_drop(&b, type), ST_OK);
            if (i < used) memmove(&model[i], &model[i + 1], (--used - i) * sizeof(model[0]));
        }
        if (b.size) assert_int_equal(info_open(&view, b.data, b.size), ST_OK);
        assert_int_equal(view.count, used);
        for (uint32_t k = 0; info_entry(&view, k, &block); k++) {
            assert_int_equal(block.type, model[k].type);
            assert_int_equal(info_block_bytes(&block), model[k].size);
            memset(data, model[k].fill, sizeof(data));
            if (block.data) assert_memory_equal(block.data, data, model[k].size);
            if (block.data) assert_int_equal(((const uint8_t *)block.data - b.data) % 8, 0);
        }
    }
    blob_free(&b);
}

static void test_without_memory(void **state)
{
    const struct info_block one = {8, 1, 3, "abc"}, two = {9, 1, 3, "def"};

    (void)state;

    for (size_t n = 1;; n++) {
        struct blob b = {NULL, 0}, before = {NULL, 0};
        struct info_view view;
        mpr_status status;

        fail_alloc_begin(n);
        status = info_blob_put(&b, &one);
        if (status == ST_OK && blob_set(&before, b.data, b.size)) {
            assert_int_equal(info_open(&view, before.data, before.size), ST_OK);
            status = info_blob_put(&b, &two);
            if (status == ST_OK) status = info_blob_drop(&b, 8);
            if (status == ST_OK) status = info_blob_merge(&b, &view);
            if (b.size) assert_int_equal(info_block_validate(b.data, b.size), ST_OK);
        }
        assert_true(status == ST_OK || status == ST_NOT_ENOUGH_MEMORY);
        blob_free(&b);
        blob_free(&before);
        if (!fail_alloc_end()) break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_directory_ends_with_the_header),
        cmocka_unit_test(test_what_is_not_found_is_empty),
        cmocka_unit_test(test_empty_header),
        cmocka_unit_test(test_layout_of_the_published_dumps),
        cmocka_unit_test(test_find_set_remove),
        cmocka_unit_test(test_removing_the_last_gives_an_empty_header),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_blocks_without_data),
        cmocka_unit_test(test_tolerated_headers),
        cmocka_unit_test(test_malformed_headers),
        cmocka_unit_test(test_entries_may_not_share_much_data),
        cmocka_unit_test(test_blobs_of_the_core),
        cmocka_unit_test(test_against_model),
        cmocka_unit_test(test_without_memory),
    };

    return cmocka_run_group_tests_name("infoblock", tests, NULL, NULL);
}
