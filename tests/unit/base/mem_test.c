#include "unit/base/fail_alloc.h"

#include "base/hash.h"
#include "base/status.h"
#include "base/trace.h"
#include "base/utf16.h"

#include <stdio.h>
#include <string.h>

static void test_memory_is_zeroed(void **state)
{
    unsigned char *memory = mem_alloc(64);
    void *empty = mem_alloc(0), *other = mem_alloc(0);

    (void)state;

    for (int i = 0; i < 64; i++) assert_int_equal(memory[i], 0);
    assert_non_null(empty);
    assert_ptr_not_equal(empty, other);
    mem_free(memory);
    mem_free(empty);
    mem_free(other);
    mem_free(NULL);
}

static void test_overflow_is_out_of_memory(void **state)
{
    int old[1] = {7};

    (void)state;

    assert_null(mem_alloc_array(SIZE_MAX / 2, 3));
    assert_null(mem_grow(old, 1, SIZE_MAX, sizeof(int)));
    assert_int_equal(old[0], 7);
}

static void test_growing_keeps_and_zeroes(void **state)
{
    int *array = mem_grow(NULL, 0, 2, sizeof(int));

    (void)state;

    array[0] = 1;
    array[1] = 2;
    array = mem_grow(array, 2, 4, sizeof(int));
    assert_int_equal(array[0] * 1000 + array[1] * 100 + array[2] * 10 + array[3], 1200);
    array = mem_grow(array, 4, 1, sizeof(int));
    assert_int_equal(array[0], 1);
    mem_free(array);
}

struct item {
    int key;
    UT_hash_handle hh;
};

/* The n-th allocation of a growing hash table fails: the table is whole, the item is not in it. */
static void test_hash_without_memory(void **state)
{
    static struct item items[100];

    (void)state;

    for (size_t n = 1;; n++) {
        struct item *table = NULL, *found, *next, *it;
        int in = 0;

        memset(items, 0, sizeof(items));
        fail_alloc_begin(n);
        for (int i = 0; i < 100; i++) {
            items[i].key = i;
            HASH_ADD_INT(table, key, &items[i]);
            in += items[i].hh.tbl != NULL;
        }
        assert_int_equal(HASH_COUNT(table), in);
        for (int i = 0; i < 100; i++) {
            HASH_FIND_INT(table, &i, found);
            assert_ptr_equal(found, items[i].hh.tbl ? &items[i] : NULL);
        }
        HASH_ITER (hh, table, it, next) {
            HASH_DEL(table, it);
        }
        if (!fail_alloc_end()) break;
    }
}

static void test_status_names(void **state)
{
    (void)state;
    assert_string_equal(status_name(0), "NO_ERROR");
    assert_string_equal(status_name(600), "PENDING");
    assert_string_equal(status_name(ST_UPDATE_IN_PROGRESS), "ERROR_UPDATE_IN_PROGRESS");
    assert_string_equal(status_name(1722), "RPC_S_SERVER_UNAVAILABLE");
    assert_string_equal(status_name(4711), "ERROR_?");
}

static char seen[2000];
static int lines;

static void sink(void *context, enum trace_level level, const char *line)
{
    assert_ptr_equal(context, seen);
    snprintf(seen, sizeof(seen), "%d %s", (int)level, line);
    lines++;
}

static void test_trace_levels(void **state)
{
    int evaluated = 0;

    (void)state;

    TRACE(ERROR, "%d", ++evaluated);
    trace_set_sink(sink, seen, TRACE_WARNING);
    TRACE(INFO, "%d", ++evaluated);
    assert_int_equal(evaluated + lines, 0);
    TRACE(WARNING, "a %s", "b");
    assert_string_equal(seen, "2 a b");
    TRACE(ERROR, "forged\nline");
    assert_string_equal(seen, "1 forged?line");
    trace_set_sink(NULL, NULL, TRACE_DEBUG);
    TRACE(ERROR, "%d", ++evaluated);
    assert_int_equal(lines, 2);
}

static void test_trace_text(void **state)
{
    char16_t name[600];
    char long_line[3000];

    (void)state;

    assert_string_equal(trace_u16(NULL).text, "(null)");
    assert_string_equal(trace_u16(u"\u20ac 1").text, "\xE2\x82\xAC 1");
    for (size_t i = 0; i < 599; i++) name[i] = 0x20AC;
    name[599] = 0;
    assert_int_equal(strlen(trace_u16(name).text), 399);
    memset(long_line, 'x', sizeof(long_line) - 1);
    long_line[sizeof(long_line) - 1] = '\0';
    trace_set_sink(sink, seen, TRACE_DEBUG);
    TRACE(DEBUG, "%s", long_line);
    assert_int_equal(strlen(seen), 2 + 1023);
    assert_string_equal(seen + strlen(seen) - 4, "x...");
    trace_set_sink(NULL, NULL, TRACE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed),
        cmocka_unit_test(test_overflow_is_out_of_memory),
        cmocka_unit_test(test_growing_keeps_and_zeroes),
        cmocka_unit_test(test_hash_without_memory),
        cmocka_unit_test(test_status_names),
        cmocka_unit_test(test_trace_levels),
        cmocka_unit_test(test_trace_text),
    };

    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
