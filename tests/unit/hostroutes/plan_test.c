/* The plan against a model of the kernel: rule by rule, at random, and without memory. */
#include "unit/hostroutes/cmocka_all.h"

#include <string.h>

#include "hostroutes/route_table.h"
#include "sim/support/fail_alloc.h"
#include "unit/hostroutes/model_kernel.h"

static struct model_kernel kernel;

static int setup(void **state)
{
    (void)state;
    memset(&kernel, 0, sizeof(kernel));
    return plan_create(&kernel.plan, model_emit, &kernel) == ST_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    plan_destroy(kernel.plan);
    return 0;
}

static struct hr_route route(uint8_t family, uint32_t n, uint8_t hop, uint32_t metric)
{
    struct hr_route r = {.family = family, .length = 24, .interface = 1, .metric = metric};

    r.destination[0] = 20;
    r.destination[1] = (uint8_t)(n >> 8);
    r.destination[2] = (uint8_t)n;
    r.next_hop[family - 1] = hop;
    return r;
}

static void put(uint8_t family, uint32_t n, uint8_t hop, uint32_t metric)
{
    struct hr_route r = route(family, n, hop, metric);

    assert_int_equal(plan_put(kernel.plan, &r, 0), ST_OK);
}

static void delete (uint8_t family, uint32_t n)
{
    struct hr_route r = route(family, n, 0, 0);

    plan_delete(kernel.plan, &r, 0);
}

static bool has(uint8_t family, uint32_t n, uint8_t hop, uint32_t metric)
{
    struct hr_route r = route(family, n, hop, metric);
    size_t count;
    const struct hr_route *found = model_find(&kernel, &r, &count);

    return count == 1 && model_same(found, &r);
}

static void each_family(void (*test)(uint8_t family))
{
    test(HR_IPV4);
    test(HR_IPV6);
}

static void changes(uint8_t family)
{
    put(family, 1, 2, 10);
    assert_true(has(family, 1, 2, 10));
    put(family, 1, 3, 10);
    assert_true(has(family, 1, 3, 10));
    put(family, 1, 3, 11);
    assert_true(has(family, 1, 3, 11));
    kernel.operations = 0;
    put(family, 1, 3, 11);
    assert_int_equal(kernel.operations, 0);
    delete (family, 1);
    delete (family, 1);
    assert_int_equal(model_count(&kernel, false), 0);
    assert_int_equal(kernel.failures, 0);
}

static void test_changes(void **state)
{
    (void)state;
    each_family(changes);
}

static void adopts(uint8_t family)
{
    struct plan_difference difference;
    struct hr_route left[3];

    for (uint8_t n = 0; n < 3; n++) {
        left[n] = route(family, n, 2, 10);
        model_put(&kernel, &left[n], false);
    }
    kernel.operations = 0;
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    put(family, 0, 2, 10);
    assert_int_equal(kernel.operations, 0);
    put(family, 1, 3, 10);
    assert_true(has(family, 1, 3, 10));
    assert_true(has(family, 2, 2, 10));
    plan_settle(kernel.plan);
    assert_int_equal(model_count(&kernel, false), 2);
    assert_int_equal(kernel.operations, 3);
    plan_withdraw(kernel.plan);
    assert_int_equal(model_count(&kernel, false), 0);
}

static void test_adopts(void **state)
{
    (void)state;
    adopts(HR_IPV4);
    (void)teardown(state);
    (void)setup(state);
    adopts(HR_IPV6);
}

static void test_foreign(void **state)
{
    struct hr_route taken = route(HR_IPV4, 1, 9, 10);
    struct plan_difference difference;

    (void)state;
    model_put(&kernel, &taken, true);
    put(HR_IPV4, 1, 2, 10);
    assert_int_equal(kernel.failures, 1);
    assert_int_equal(plan_missing(kernel.plan), 1);
    assert_int_equal(plan_present(kernel.plan), 0);
    /* The foreign one goes, and a look puts ours there. */
    model_drop(&kernel, 0);
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    assert_int_equal(difference.added, 1);
    assert_true(has(HR_IPV4, 1, 2, 10));
    assert_int_equal(plan_missing(kernel.plan), 0);
}

static void test_look(void **state)
{
    struct hr_route stray = route(HR_IPV4, 9, 2, 10), paths = route(HR_IPV4, 2, 2, 10),
                    twice = route(HR_IPV4, 1, 4, 12);
    struct plan_difference difference;

    (void)state;
    put(HR_IPV4, 1, 2, 10);
    put(HR_IPV4, 2, 2, 10);
    plan_settle(kernel.plan);
    model_drop(&kernel, 0); /* somebody deleted it */
    model_put(&kernel, &twice, false);
    model_put(&kernel, &stray, false);
    paths.interface = 0;
    paths.metric = 7;
    model_put(&kernel, &paths, false);
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    assert_int_equal(difference.added, 1);
    assert_int_equal(difference.removed, 3);
    assert_int_equal(model_count(&kernel, false), 2);
    assert_true(has(HR_IPV4, 1, 2, 10) && has(HR_IPV4, 2, 2, 10));
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    assert_int_equal(difference.added + difference.removed, 0);
}

/* A link is down: nothing can be added, and all is tried again. */
static void test_full(void **state)
{
    struct plan_difference difference;

    (void)state;
    kernel.full = true;
    put(HR_IPV6, 1, 2, 10);
    put(HR_IPV6, 1, 3, 10);
    assert_int_equal(plan_missing(kernel.plan), 1);
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    assert_int_equal(plan_missing(kernel.plan), 1);
    kernel.full = false;
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    assert_true(has(HR_IPV6, 1, 3, 10));
    kernel.full = true;
    put(HR_IPV6, 1, 4, 10);
    delete (HR_IPV6, 1);
    assert_int_equal(model_count(&kernel, false), 0);
    assert_int_equal(plan_present(kernel.plan) + plan_missing(kernel.plan), 0);
}

/* ---- at random ------------------------------------------------------------------------------ */

#define PREFIXES   40u
#define STRAYS_MAX ((size_t)80)
#define STEPS      200000u

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

static struct hr_route wanted[PREFIXES];
static bool is_wanted[PREFIXES];

static uint8_t family_of(uint32_t n)
{
    return n % 2 ? HR_IPV4 : HR_IPV6;
}

static void random_wish(uint32_t n)
{
    is_wanted[n] = random_below(3) != 0;
    if (is_wanted[n]) {
        wanted[n] = route(family_of(n), n, (uint8_t)(2 + random_below(3)), 10 + random_below(3));
        assert_int_equal(plan_put(kernel.plan, &wanted[n], n), ST_OK);
    } else {
        delete (family_of(n), n);
    }
}

/* Somebody takes something away, or adds something with our number; and the kernel may be full. */
static void random_accident(uint32_t n)
{
    struct hr_route r = route(family_of(n), n, 9, 14 + random_below(2));
    bool there = false; /* a kernel has no route twice */

    for (size_t i = 0; i < kernel.count; i++) there |= model_same(&kernel.routes[i], &r);
    kernel.full = random_below(4) == 0;
    if (kernel.count && random_below(2)) {
        uint32_t at = random_below((uint32_t)kernel.count);
        if (!kernel.foreign[at]) model_drop(&kernel, at);
    } else if (!there && model_count(&kernel, false) < STRAYS_MAX) {
        model_put(&kernel, &r, false);
    }
}

static void check_all(void)
{
    struct plan_difference difference;
    size_t missing = 0, present = 0;

    kernel.full = false;
    assert_int_equal(model_look(&kernel, &difference), ST_OK);
    for (uint32_t n = 0; n < PREFIXES; n++) {
        struct hr_route prefix = route(family_of(n), n, 0, 0);
        size_t count;
        const struct hr_route *found = model_find(&kernel, &prefix, &count);

        assert_true(count <= is_wanted[n]);
        if (found) assert_true(model_same(found, &wanted[n]));
        present += count;
        missing += is_wanted[n] && !count;
    }
    assert_int_equal(plan_missing(kernel.plan), missing);
    assert_int_equal(plan_present(kernel.plan), present);
}

static void test_random(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < PREFIXES; n += 5) {
        struct hr_route r = route(family_of(n), n, 8, 11);
        model_put(&kernel, &r, true);
    }
    memset(is_wanted, 0, sizeof(is_wanted));
    plan_settle(kernel.plan);
    for (uint32_t step = 0; step < STEPS; step++) {
        if (random_below(8))
            random_wish(random_below(PREFIXES));
        else
            random_accident(random_below(PREFIXES));
        if (step % 64 == 0) check_all();
    }
    check_all();
    assert_int_equal(model_count(&kernel, true), PREFIXES / 5);
}

/* ---- the table, and memory --------------------------------------------------------------------
 */

static void test_table(void **state)
{
    struct route_table t = {0};
    bool there[3000] = {false};
    size_t count = 0;

    (void)state;
    for (uint32_t step = 0; step < 60000; step++) {
        uint32_t n = random_below(3000);
        struct hr_route r = route(HR_IPV4, n, 1, n);
        struct table_route *found = route_table_find(&t, &r);

        assert_int_equal(found != NULL, there[n]);
        if (found) assert_int_equal(found->route.metric, n);
        if (found)
            route_table_remove(&t, found);
        else
            assert_non_null(route_table_add(&t, &r));
        there[n] = !there[n];
        count = there[n] ? count + 1 : count - 1;
        assert_int_equal(t.count, count);
    }
    for (uint32_t n = 0; n < 3000; n++) {
        struct hr_route r = route(HR_IPV4, n, 0, 0);
        assert_int_equal(route_table_find(&t, &r) != NULL, there[n]);
    }
    route_table_free(&t);
}

static void fill(void)
{
    struct plan_difference difference;

    for (uint32_t n = 0; n < 100; n++) {
        struct hr_route r = route(HR_IPV4, n, 2, 10);
        mpr_status status = plan_put(kernel.plan, &r, n);

        if (status == ST_OK) continue;
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        assert_null(model_find(&kernel, &r, NULL));
        assert_int_equal(plan_put(kernel.plan, &r, n), ST_OK);
    }
    for (uint32_t n = 0; n < 40; n++) {
        struct hr_route r = route(HR_IPV4, n, 2, 11);
        model_put(&kernel, &r, false);
    }
    if (model_look(&kernel, &difference) != ST_OK)
        assert_int_equal(model_look(&kernel, &difference), ST_OK);
    assert_int_equal(difference.removed, 40);
    assert_int_equal(model_count(&kernel, false), 100);
    plan_withdraw(kernel.plan);
    assert_int_equal(model_count(&kernel, false), 0);
}

static void test_no_memory(void **state)
{
    bool fired = true;

    (void)state;
    fail_alloc_begin();
    for (size_t n = 1; fired; n++) {
        memset(&kernel, 0, sizeof(kernel));
        fail_alloc_at(n);
        if (plan_create(&kernel.plan, model_emit, &kernel) == ST_OK) fill();
        fired = fail_alloc_fired();
        plan_destroy(kernel.plan);
    }
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_changes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_adopts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign, setup, teardown),
        cmocka_unit_test_setup_teardown(test_look, setup, teardown),
        cmocka_unit_test_setup_teardown(test_full, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random, setup, teardown),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_no_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
