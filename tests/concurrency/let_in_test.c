/* Long work in portions keeps nobody out. */
#include "sim/support/cmocka_all.h"

#include <stdatomic.h>
#include <string.h>

#include "engine/engine_private.h"
#include "router/state.h"

#define THREADS 12
#define ROUNDS  2000

static struct engine *engine;

/* Work that goes on and on in portions, on a timer that is due at once. */
static struct {
    struct timer timer;
    bool waited;      /* a caller did, at the end of the last portion */
    uint64_t entries; /* until then */
    unsigned portions, shut_out;
} work;

static void portion(struct timer *t, msec now)
{
    work.portions++;
    if (work.waited && engine->entries == work.entries) work.shut_out++;
    timer_start(&engine->router->timers, t, now);
    work.entries = engine->entries;
    work.waited = atomic_load(&engine->waiting) > 0;
}

static void enters_often(void *context)
{
    (void)context;
    for (unsigned n = 0; n < ROUNDS; n++) {
        engine_enter(engine);
        engine_leave(engine);
        engine_enter_shared(engine);
        engine_leave_shared(engine);
    }
}

static void run_callers(void)
{
    struct platform_thread threads[THREADS];

    for (size_t n = 0; n < THREADS; n++)
        assert_true(platform_thread_start(&threads[n], enters_often, NULL));
    for (size_t n = 0; n < THREADS; n++) platform_thread_join(&threads[n]);
}

/* Who waits is in before the next portion. */
static void test_callers_get_in_between_portions(void **state)
{
    const struct router_config config = {.router_type = ROUTER_LAN};
    const struct router_host host = {.context = NULL};
    struct router *r;

    (void)state;
    assert_int_equal(engine_create(&engine, &host, &config), ST_OK);
    r = engine_enter(engine);
    memset(&work, 0, sizeof(work));
    work.timer.fire = portion;
    assert_true(timer_reserve(&r->timers));
    timer_start(&r->timers, &work.timer, router_now(r));
    engine_leave(engine);
    run_callers();
    r = engine_enter(engine);
    timer_stop(&r->timers, &work.timer);
    timer_unreserve(&r->timers);
    engine_leave(engine);
    engine_destroy(engine);
    print_message("%u portions\n", work.portions);
    assert_in_range(work.portions, 1, UINT32_MAX);
    assert_int_equal(work.shut_out, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_callers_get_in_between_portions)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
