#include "unit/base/fail_alloc.h"

#include "base/handle.h"

static int objects[4096];

static void test_live_handle_gives_its_object(void **state)
{
    struct handle_table t;
    handle_t32 a, b;

    (void)state;

    handle_table_init(&t);
    a = handle_new(&t, HANDLE_INTERFACE, &objects[0]);
    b = handle_new(&t, HANDLE_SERVER, &objects[1]);
    assert_int_not_equal(a, 0);
    assert_ptr_equal(handle_get(&t, HANDLE_INTERFACE, a), &objects[0]);
    assert_null(handle_get(&t, HANDLE_SERVER, a));
    assert_int_equal(handle_kind_of(b), HANDLE_SERVER);
    assert_ptr_equal(handle_delete(&t, HANDLE_INTERFACE, a), &objects[0]);
    assert_null(handle_get(&t, HANDLE_INTERFACE, a));
    assert_null(handle_delete(&t, HANDLE_INTERFACE, a));
    handle_table_free(&t);
}

static void test_a_freed_table_is_empty_and_usable(void **state)
{
    struct handle_table t;
    handle_t32 a, b;

    (void)state;

    handle_table_init(&t);
    a = handle_new(&t, HANDLE_INTERFACE, &objects[0]);
    handle_table_free(&t);
    assert_null(handle_get(&t, HANDLE_INTERFACE, a));
    b = handle_new(&t, HANDLE_SERVER, &objects[1]);
    assert_int_not_equal(b, 0);
    assert_ptr_equal(handle_get(&t, HANDLE_SERVER, b), &objects[1]);
    handle_table_free(&t);
    handle_table_free(&t);
}

static void test_garbage_is_refused(void **state)
{
    static const handle_t32 garbage[] = {0, 1, 0xFFFFFFFF, 0x40000000, 0x4FFFFFFF, 0xDEADBEEF};
    struct handle_table t;

    (void)state;

    handle_table_init(&t);
    for (int full = 0; full < 2; full++) {
        for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
            for (int kind = 0; kind < HANDLE_KIND_COUNT; kind++) {
                if (full && kind == HANDLE_INTERFACE && garbage[i] == 0x40000000) continue;
                assert_null(handle_get(&t, (enum handle_kind)kind, garbage[i]));
            }
        }
        assert_int_equal(handle_new(&t, HANDLE_INTERFACE, &objects[0]),
                         full ? 0x40000001 : 0x40000000);
    }
    assert_int_equal(handle_new(&t, HANDLE_NONE, &objects[0]), 0);
    assert_int_equal(handle_new(&t, HANDLE_KIND_COUNT, &objects[0]), 0);
    assert_int_equal(handle_kind_of(0xFFFFFFFF), HANDLE_NONE);
    handle_table_free(&t);
}

static void test_index_rests_before_reuse(void **state)
{
    struct handle_table t;
    handle_t32 first, h = 0;
    uint32_t rounds = 0;

    (void)state;

    handle_table_init(&t);
    first = handle_new(&t, HANDLE_PORT, &objects[0]);
    handle_delete(&t, HANDLE_PORT, first);
    do {
        h = handle_new(&t, HANDLE_PORT, &objects[0]);
        assert_null(handle_get(&t, HANDLE_PORT, first));
        handle_delete(&t, HANDLE_PORT, h);
        rounds++;
    } while ((h & 0xFFFFF) != (first & 0xFFFFF));
    assert_int_equal(rounds, HANDLE_MIN_FREE + 1);
    assert_int_not_equal(h, first);
    handle_table_free(&t);
}

static void test_tables_of_two_generations_know_nothing_of_each_other(void **state)
{
    struct handle_table first, second;

    (void)state;

    handle_table_init(&first);
    handle_table_init(&second);
    handle_table_vary(&second, 0xFF);
    for (int n = 0; n < 1000; n++) {
        handle_t32 h = handle_new(&first, HANDLE_PORT, &objects[0]);
        handle_t32 other = handle_new(&second, HANDLE_PORT, &objects[0]);

        assert_int_equal(other & 0xFFFFF, h & 0xFFFFF);
        assert_null(handle_get(&second, HANDLE_PORT, h));
        assert_ptr_equal(handle_get(&second, HANDLE_PORT, other), &objects[0]);
    }
    handle_table_free(&first);
    handle_table_free(&second);
}

/* The handles that one index has had differ until all generations have passed. */
static void test_each_use_of_an_index_has_another_handle(void **state)
{
    static handle_t32 had[256];
    struct handle_table t;
    size_t uses = 0;

    (void)state;

    handle_table_init(&t);
    while (uses < sizeof(had) / sizeof(had[0])) {
        handle_t32 h = handle_new(&t, HANDLE_PORT, &objects[0]);

        if ((h & 0xFFFFF) == 0) {
            for (size_t i = 0; i < uses; i++) assert_int_not_equal(h, had[i]);
            had[uses++] = h;
        }
        assert_ptr_equal(handle_delete(&t, HANDLE_PORT, h), &objects[0]);
    }
    handle_table_free(&t);
}

static void test_all_indexes(void **state)
{
    const uint32_t most = (1u << 20) - 2;
    struct handle_table t;
    handle_t32 h = 0, again;

    (void)state;

    handle_table_init(&t);
    for (uint32_t i = 0; i < most; i++) {
        h = handle_new(&t, HANDLE_CONNECTION, &objects[0]);
        assert_int_not_equal(h, 0);
    }
    assert_int_equal(handle_new(&t, HANDLE_CONNECTION, &objects[0]), 0);
    for (int i = 0; i < 5; i++) { /* with less than HANDLE_MIN_FREE to spare */
        assert_non_null(handle_delete(&t, HANDLE_CONNECTION, h));
        again = handle_new(&t, HANDLE_CONNECTION, &objects[0]);
        assert_int_not_equal(again, 0);
        assert_int_not_equal(again, h);
        h = again;
    }
    handle_table_free(&t);
}

/* Against a plain list of (handle, object) pairs. */
static void test_against_model(void **state)
{
    static struct {
        handle_t32 handle;
        enum handle_kind kind;
        int *object;
        int live;
    } model[4096];
    uint32_t random = 2463534242u, used = 0;
    struct handle_table t;

    (void)state;

    handle_table_init(&t);
    for (int step = 0; step < 20000; step++) {
        uint32_t pick = test_random(&random);

        if (pick % 3 && used < 4096) {
            enum handle_kind kind = (enum handle_kind)(1 + pick / 7 % (HANDLE_KIND_COUNT - 1));

            model[used].object = &objects[used];
            model[used].kind = kind;
            model[used].handle = handle_new(&t, kind, model[used].object);
            model[used].live = 1;
            for (uint32_t i = 0; i < used; i++) {
                assert_int_not_equal(model[i].handle, model[used].handle);
            }
            used++;
        } else if (used) {
            uint32_t i = pick / 3 % used;
            void *deleted = handle_delete(&t, model[i].kind, model[i].handle);

            assert_ptr_equal(deleted, model[i].live ? model[i].object : NULL);
            model[i].live = 0;
        }
        if (used) {
            uint32_t i = test_random(&random) % used;
            void *found = handle_get(&t, model[i].kind, model[i].handle);

            assert_ptr_equal(found, model[i].live ? model[i].object : NULL);
        }
    }
    for (int kind = 1; kind < HANDLE_KIND_COUNT; kind++) {
        uint32_t live = 0, seen = 0;

        for (uint32_t i = 0; i < used; i++) {
            live += model[i].live && model[i].kind == (enum handle_kind)kind;
        }
        for (handle_t32 h = 0; (h = handle_next(&t, (enum handle_kind)kind, h)) != 0;) seen++;
        assert_int_equal(seen, live);
    }
    handle_table_free(&t);
}

static void test_no_memory(void **state)
{
    struct handle_table t;
    handle_t32 first;

    (void)state;

    fail_alloc_begin(2);
    handle_table_init(&t);
    first = handle_new(&t, HANDLE_SERVER, &objects[0]);
    while (handle_new(&t, HANDLE_SERVER, &objects[1])) continue;
    assert_ptr_equal(handle_get(&t, HANDLE_SERVER, first), &objects[0]);
    assert_int_not_equal(handle_new(&t, HANDLE_SERVER, &objects[1]), 0);
    handle_table_free(&t);
    assert_true(fail_alloc_end());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_live_handle_gives_its_object),
        cmocka_unit_test(test_a_freed_table_is_empty_and_usable),
        cmocka_unit_test(test_garbage_is_refused),
        cmocka_unit_test(test_index_rests_before_reuse),
        cmocka_unit_test(test_tables_of_two_generations_know_nothing_of_each_other),
        cmocka_unit_test(test_each_use_of_an_index_has_another_handle),
        cmocka_unit_test(test_all_indexes),
        cmocka_unit_test(test_against_model),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("handle", tests, NULL, NULL);
}
