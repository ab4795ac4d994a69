#include "unit/base/fail_alloc.h"

#include "base/timer.h"

#define COUNT 300

static struct timer timers[COUNT];
static struct timer_heap heap;
static size_t fired[COUNT], fired_total;
static msec last_due;

static void note(struct timer *t, msec now)
{
    assert_false(timer_running(t));
    assert_true(t->due <= now);
    assert_true(t->due >= last_due);
    last_due = t->due;
    fired[t - timers]++;
    fired_total++;
}

static int set_up(void **state)
{
    (void)state;
    timer_heap_init(&heap);
    for (size_t i = 0; i < COUNT; i++) {
        timers[i] = (struct timer){.fire = note};
        fired[i] = 0;
        if (!timer_reserve(&heap)) return -1;
    }
    fired_total = 0;
    last_due = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) timer_unreserve(&heap);
    timer_heap_free(&heap);
    return 0;
}

static void test_fires_in_order(void **state)
{
    (void)state;
    assert_true(timer_next_due(&heap) == MSEC_NEVER);
    for (size_t i = 0; i < COUNT; i++) timer_start(&heap, &timers[i], (i * 7919) % 1000);
    assert_true(timer_next_due(&heap) == 0);
    timer_run(&heap, 499);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(fired[i], timers[i].due <= 499);
        assert_int_equal(timer_running(&timers[i]), timers[i].due > 499);
    }
    timer_run(&heap, 1000);
    assert_int_equal(fired_total, COUNT);
    assert_true(timer_next_due(&heap) == MSEC_NEVER);
}

static void test_restart_moves_and_stop_is_idempotent(void **state)
{
    (void)state;
    timer_start(&heap, &timers[0], 10);
    timer_start(&heap, &timers[1], 20);
    timer_start(&heap, &timers[0], 30);
    assert_true(timer_next_due(&heap) == 20);
    timer_start(&heap, &timers[0], 5);
    assert_true(timer_next_due(&heap) == 5);
    timer_stop(&heap, &timers[0]);
    timer_stop(&heap, &timers[0]);
    timer_run(&heap, 100);
    assert_int_equal(fired_total, 1);
    assert_int_equal(fired[1], 1);
}

/* Against a list that is searched: the earliest due time, and who runs. */
static void test_against_model(void **state)
{
    msec due[COUNT], now = 0;
    uint32_t random = 88675123u;

    (void)state;

    for (size_t i = 0; i < COUNT; i++) due[i] = MSEC_NEVER;
    for (int step = 0; step < 20000; step++) {
        uint32_t pick = test_random(&random);
        size_t i = pick % COUNT;
        msec earliest = MSEC_NEVER;
        size_t expected = 0, before = fired_total;

        if (pick >> 28 < 9) {
            due[i] = now + (pick >> 9) % 5000;
            timer_start(&heap, &timers[i], due[i]);
        } else if (pick >> 28 < 13) {
            due[i] = MSEC_NEVER;
            timer_stop(&heap, &timers[i]);
        } else {
            now += (pick >> 9) % 100;
            for (size_t k = 0; k < COUNT; k++) {
                if (due[k] > now) continue;
                expected++;
                due[k] = MSEC_NEVER;
            }
            last_due = 0;
            timer_run(&heap, now);
            assert_int_equal(fired_total - before, expected);
        }
        for (size_t k = 0; k < COUNT; k++) {
            if (due[k] < earliest) earliest = due[k];
            assert_int_equal(timer_running(&timers[k]), due[k] != MSEC_NEVER);
        }
        assert_true(timer_next_due(&heap) == earliest);
    }
}

static void restart_and_stop_other(struct timer *t, msec now)
{
    note(t, now);
    timer_stop(&heap, &timers[1]);
    timer_start(&heap, t, now + 10);
}

static void test_functions_may_start_and_stop(void **state)
{
    (void)state;
    timers[0].fire = restart_and_stop_other;
    timer_start(&heap, &timers[0], 5);
    timer_start(&heap, &timers[1], 6);
    timer_run(&heap, 6);
    assert_int_equal(fired[0], 1);
    assert_int_equal(fired[1], 0);
    assert_true(timer_next_due(&heap) == 16);
}

static void restart_at_once(struct timer *t, msec now)
{
    note(t, now);
    timer_start(&heap, t, now);
    timer_start(&heap, &timers[1], now);
    timer_stop(&heap, &timers[1]);
    assert_true(timer_running(t));
    assert_false(timer_running(&timers[1]));
    timer_start(&heap, t, now - 1); /* again */
}

/* Work in portions: each call of timer_run does one. */
static void test_started_for_now_fires_in_the_next_run(void **state)
{
    (void)state;
    timers[0].fire = restart_at_once;
    timer_start(&heap, &timers[0], 5);
    for (unsigned n = 1; n <= 3; n++) {
        timer_run(&heap, 6);
        assert_int_equal(fired[0], n);
        assert_true(timer_next_due(&heap) <= 6);
    }
    timer_stop(&heap, &timers[0]);
    assert_true(timer_next_due(&heap) == MSEC_NEVER);
}

static void test_reserving_without_memory(void **state)
{
    struct timer_heap h;
    size_t reserved = 0;

    (void)state;

    fail_alloc_begin(2);
    timer_heap_init(&h);
    while (timer_reserve(&h)) reserved++;
    for (size_t i = 0; i < reserved; i++) timer_start(&h, &timers[i], i);
    assert_true(timer_reserve(&h)); /* memory is back */
    timer_heap_free(&h);
    assert_false(timer_running(&timers[0]));
    assert_true(fail_alloc_end());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_fires_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restart_moves_and_stop_is_idempotent, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_against_model, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_functions_may_start_and_stop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_started_for_now_fires_in_the_next_run, set_up,
                                        tear_down),
        cmocka_unit_test(test_reserving_without_memory),
    };

    return cmocka_run_group_tests_name("timer", tests, NULL, NULL);
}
