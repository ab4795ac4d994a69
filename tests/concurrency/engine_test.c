/* The engine with many threads: meant to run under ThreadSanitizer (preset tsan), and on Wine for
 * the sake of its other platform. Threads and pauses come from the engine's own platform. */
#include "sim/support/cmocka_all.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/platform.h"
#include "router/state.h"
#include "sim/support/fail_alloc.h"
#include "router/post.h"

#define THREADS 12
#define ROUNDS  2000

/* What the host's functions leave behind. Plain members are written by flush actions only, of which
 * there is one at a time: TSan would see it if there were two. */
struct world {
    struct engine *engine;
    struct router_host host;
    uint64_t actions;
    uint32_t last_numbered;
    bool disorder;
    atomic_bool block, blocked, unblock; /* the next datagram waits to be told to go on */
    atomic_uint signals[THREADS];
    atomic_uint completed, closed, dialled, hung_up;
};

static struct world world;

/* Asynchronous requests are the test's; it frees them when they are completed. */
static void on_complete(void *context, struct request *request)
{
    struct world *w = context;

    w->actions++;
    if (engine_wake_waiter(request)) return;
    atomic_fetch_add(&w->completed, 1);
    free(request);
}

static void on_signal(void *context, host_event event)
{
    struct world *w = context;

    w->actions++;
    atomic_fetch_add(&w->signals[(event - 1) % THREADS], 1);
}

static void on_close(void *context, host_event event)
{
    struct world *w = context;

    (void)event;
    w->actions++;
    atomic_fetch_add(&w->closed, 1);
}

static void pause_for(msec milliseconds)
{
    msec end = platform_clock() + milliseconds;
    struct platform_mutex mutex;
    struct platform_cond cond;

    platform_mutex_init(&mutex);
    platform_cond_init(&cond);
    platform_lock(&mutex);
    while (platform_clock() < end) platform_cond_wait_until(&cond, &mutex, end);
    platform_unlock(&mutex);
    platform_cond_free(&cond);
    platform_mutex_free(&mutex);
}

/* Datagrams carry numbers that were given under the lock. */
static void on_send(void *context, const struct protocol_datagram *datagram)
{
    struct world *w = context;
    uint32_t number;

    if (atomic_exchange(&w->block, false)) {
        atomic_store(&w->blocked, true);
        for (int n = 0; n < 10000 && !atomic_load(&w->unblock); n++) pause_for(1);
    }
    memcpy(&number, datagram->data, sizeof(number));
    w->actions++;
    if (number != w->last_numbered + 1) w->disorder = true;
    w->last_numbered = number;
}

static void on_dial(void *context, const struct dial_attempt *attempt)
{
    struct world *w = context;

    (void)attempt;
    atomic_fetch_add(&w->dialled, 1);
}

static void on_hang_up(void *context, handle_t32 interface, uint32_t attempt)
{
    struct world *w = context;

    (void)interface;
    (void)attempt;
    atomic_fetch_add(&w->hung_up, 1);
}

static uint32_t on_number(void *context)
{
    (void)context;
    return 0;
}

static int setup(void **state)
{
    struct router_config config = {.router_type = ROUTER_LAN | ROUTER_WAN};

    memset(&world, 0, sizeof(world));
    world.host = (struct router_host){
        .context = &world,
        .complete = on_complete,
        .signal = on_signal,
        .close_event = on_close,
        .dial = on_dial,
        .hang_up = on_hang_up,
        .send = on_send,
        .random = on_number,
        .unix_time = on_number,
        .minute_of_week = on_number,
    };
    assert_int_equal(engine_create(&world.engine, &world.host, &config), ST_OK);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    engine_destroy(world.engine);
    return 0;
}

/* A scripted interface that answers at once, or after delay. */
static handle_t32 create(unsigned number, msec delay)
{
    struct dial_entry entry = {.device_count = 1, .redial_seconds = 1};
    struct dial_plan plan = {.kind = DIALER_SCRIPTED, .delay = delay};
    struct interface_spec spec = {
        .name = NULL, .type = IF_FULL_ROUTER, .enabled = true, .entry = &entry, .plan = &plan};
    char16_t name[] = u"Thread 00";
    handle_t32 handle = 0;
    struct router *r;

    name[7] = (char16_t)(u'0' + number / 10);
    name[8] = (char16_t)(u'0' + number % 10);
    spec.name = name;
    r = engine_enter(world.engine);
    assert_int_equal(router_interface_create(r, &spec, &handle), ST_OK);
    engine_leave(world.engine);
    return handle;
}

static void run_threads(void (*function)(void *))
{
    struct platform_thread threads[THREADS];

    for (uintptr_t n = 0; n < THREADS; n++) {
        assert_true(platform_thread_start(&threads[n], function, (void *)n));
    }
    for (size_t n = 0; n < THREADS; n++) platform_thread_join(&threads[n]);
}

/* ---- waiting --------------------------------------------------------------------------------- */

static mpr_status start_connect(struct router *r, void *context, struct request *request)
{
    return router_interface_connect(r, *(handle_t32 *)context, request);
}

static mpr_status connect_and_wait(handle_t32 interface)
{
    return engine_call_and_wait(world.engine, 0, start_connect, &interface);
}

static mpr_status disconnect(handle_t32 interface)
{
    struct router *r = engine_enter(world.engine);
    mpr_status status = router_interface_disconnect(r, interface);

    engine_leave(world.engine);
    return status;
}

static void connects_and_waits(void *context)
{
    handle_t32 interface = create((unsigned)(uintptr_t)context, 0);

    for (int n = 0; n < 200; n++) {
        assert_int_equal(connect_and_wait(interface), ST_OK);
        assert_int_equal(connect_and_wait(interface), ST_OK); /* is connected: at once */
        assert_int_equal(disconnect(interface), ST_OK);
    }
}

static void test_waiters_are_woken(void **state)
{
    (void)state;
    run_threads(connects_and_waits);
}

static atomic_uint stopped;

static void waits_for_stop(void *context)
{
    handle_t32 interface = create((unsigned)(uintptr_t)context, 1000000);

    if (connect_and_wait(interface) == ST_ROUTER_STOPPED) atomic_fetch_add(&stopped, 1);
}

/* Destroying the router ends every wait. The threads are given time to get there. */
static void test_destroy_wakes_waiters(void **state)
{
    struct platform_thread threads[THREADS];
    bool all_wait = false;

    atomic_store(&stopped, 0);
    for (uintptr_t n = 0; n < THREADS; n++) {
        assert_true(platform_thread_start(&threads[n], waits_for_stop, (void *)n));
    }
    while (!all_wait) {
        struct router *r = engine_enter(world.engine);
        struct server_info info;

        router_server_info(r, &info);
        all_wait = info.ports_in_use == THREADS;
        engine_leave(world.engine);
        pause_for(1);
    }
    pause_for(20);
    engine_destroy(world.engine);
    for (size_t n = 0; n < THREADS; n++) platform_thread_join(&threads[n]);
    assert_int_equal(atomic_load(&stopped), THREADS);
    setup(state);
}

/* ---- order ----------------------------------------------------------------------------------- */

static uint32_t next_number;

static void post_number(struct router *r)
{
    const struct protocol_datagram datagram = {.data = &next_number, .size = sizeof(next_number)};

    next_number++;
    assert_true(post_send(r, &datagram));
}

static void posts_numbers(void *context)
{
    (void)context;
    for (int n = 0; n < ROUNDS; n++) {
        struct router *r = engine_enter(world.engine);

        for (int k = 0; k < n % 4; k++) post_number(r);
        engine_leave(world.engine);
    }
}

static void test_actions_keep_their_order(void **state)
{
    (void)state;
    next_number = 0;
    run_threads(posts_numbers);
    assert_false(world.disorder);
    assert_int_equal(world.last_numbered, next_number);
}

static void sends_slowly(void *context)
{
    (void)context;
    for (int k = 0; k < 3; k++) {
        post_number(engine_enter(world.engine));
        engine_leave(world.engine);
    }
}

/* While another thread acts on what it has put. */
static void test_who_puts_nothing_waits_for_nothing(void **state)
{
    struct platform_thread thread;

    (void)state;
    next_number = 0;
    atomic_store(&world.block, true);
    assert_true(platform_thread_start(&thread, sends_slowly, NULL));
    while (!atomic_load(&world.blocked)) pause_for(1);
    engine_enter(world.engine);
    engine_leave(world.engine);
    assert_int_equal(world.last_numbered, 0); /* it is still sending */
    atomic_store(&world.unblock, true);
    platform_thread_join(&thread);
    assert_int_equal(world.last_numbered, 3);
}

/* ---- what a call signals is signalled when it returns -----------------------------------------
 */

static void checks_own_signal(void *context)
{
    unsigned number = (unsigned)(uintptr_t)context;
    handle_t32 interface = create(number, 0);
    handle_t32 server = 0;
    struct router *r = engine_enter(world.engine);

    assert_int_equal(router_server_open(r, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(r, server, number + 1, number + 1), ST_OK);
    engine_leave(world.engine);
    for (int n = 0; n < 200; n++) {
        unsigned before;

        assert_int_equal(connect_and_wait(interface), ST_OK);
        before = atomic_load(&world.signals[number]);
        assert_int_equal(disconnect(interface), ST_OK);
        assert_true(atomic_load(&world.signals[number]) > before);
    }
    r = engine_enter(world.engine);
    assert_int_equal(router_server_close(r, HANDLE_SERVER, server), ST_OK);
    engine_leave(world.engine);
}

static void test_signalled_when_it_returns(void **state)
{
    (void)state;
    run_threads(checks_own_signal);
    assert_int_equal(atomic_load(&world.closed), THREADS);
}

/* ---- anything at any time -------------------------------------------------------------------- */

struct actor {
    unsigned number;
    uint32_t random;
    handle_t32 server, interface;
};

static uint32_t roll(struct actor *a, uint32_t sides)
{
    a->random = a->random * 1664525u + 1013904223u;
    return (a->random >> 16) % sides;
}

static void act_connect(struct actor *a, struct router *r)
{
    struct request *request = calloc(1, sizeof(*request));

    assert_non_null(request);
    if (router_interface_connect(r, a->interface, request) != ST_PENDING) free(request);
}

static void act_notify(struct actor *a, struct router *r)
{
    if (roll(a, 2)) {
        router_notification_add(r, a->server, 1, 1 + roll(a, THREADS));
    } else {
        router_notification_remove(r, a->server, 1, 0);
    }
}

static void act_enumerate(struct router *r)
{
    struct interface_info infos[4];
    uint32_t resume = 0, read, total;

    do {
        assert_int_equal(router_interface_enum(r, &resume, infos, 4, &read, &total), ST_OK);
    } while (resume);
}

static void act_reopen(struct actor *a, struct router *r)
{
    router_server_close(r, HANDLE_SERVER, a->server);
    assert_int_equal(router_server_open(r, HANDLE_SERVER, &a->server), ST_OK);
}

static void act_once(struct actor *a, struct router *r)
{
    switch (roll(a, 8)) {
    case 0:
    case 1:
        act_connect(a, r);
        break;
    case 2:
        router_interface_disconnect(r, a->interface);
        break;
    case 3:
        act_notify(a, r);
        break;
    case 4:
        act_enumerate(r);
        break;
    case 5:
        act_reopen(a, r);
        break;
    case 6:
        router_interface_set(r, a->interface, roll(a, 2), true, NULL);
        break;
    default:
        post_number(r);
        break;
    }
}

/* Side by side with others that do, of what somebody may have changed just before. */
static void act_read(const struct actor *a)
{
    const struct router *r = engine_enter_shared(world.engine);
    struct interface_info info;
    const char16_t *hours;
    handle_t32 found;

    assert_int_equal(router_interface_info(r, a->interface, &info), ST_OK);
    assert_int_equal(router_interface_find(r, info.name, false, &found), ST_OK);
    assert_int_equal(found, a->interface);
    assert_int_equal(router_interface_hours(r, found, &hours), ST_OK);
    if (a->server) assert_true(router_server_valid(r, HANDLE_SERVER, a->server));
    engine_leave_shared(world.engine);
}

static void acts_at_random(void *context)
{
    struct actor a = {.number = (unsigned)(uintptr_t)context,
                      .random = (uint32_t)(uintptr_t)context};
    struct router *r;

    a.interface = create(a.number, a.number % 3);
    for (int n = 0; n < ROUNDS; n++) {
        r = engine_enter(world.engine);
        if (!a.server) assert_int_equal(router_server_open(r, HANDLE_SERVER, &a.server), ST_OK);
        act_once(&a, r);
        engine_leave(world.engine);
        act_read(&a);
        if (roll(&a, 50) == 0) pause_for(1);
    }
    r = engine_enter(world.engine);
    router_server_close(r, HANDLE_SERVER, a.server);
    router_interface_disconnect(r, a.interface);
    engine_leave(world.engine);
}

static void test_random_operations(void **state)
{
    struct server_info info;

    (void)state;
    next_number = 0;
    run_threads(acts_at_random);
    assert_false(world.disorder);
    assert_int_equal(world.last_numbered, next_number);
    router_server_info(engine_enter(world.engine), &info);
    engine_leave(world.engine);
    assert_int_equal(info.total_ports, THREADS);
    assert_int_equal(info.ports_in_use, 0);
}

/* ---- an action that comes back on its own thread --------------------------------------------- */

static void on_signal_enters(void *context, host_event event)
{
    on_signal(context, event);
    if (atomic_load(&world.signals[0]) > 3) return;
    post_number(engine_enter(world.engine));
    engine_leave(world.engine);
}

static void test_leave_within_an_action(void **state)
{
    handle_t32 server = 0, interface = create(0, 0);
    struct router *r = engine_enter(world.engine);

    (void)state;
    next_number = 0;
    assert_int_equal(router_server_open(r, HANDLE_SERVER, &server), ST_OK);
    assert_int_equal(router_notification_add(r, server, 1, 1), ST_OK);
    world.host.signal = on_signal_enters;
    engine_leave(world.engine);
    assert_int_equal(connect_and_wait(interface), ST_OK);
    assert_int_equal(disconnect(interface), ST_OK);
    assert_int_equal(next_number, 2);
    assert_int_equal(world.last_numbered, 2);
}

/* ---- timers ---------------------------------------------------------------------------------- */

/* A later timer is running already when an earlier one appears. */
static void test_earlier_timer_wakes_the_worker(void **state)
{
    handle_t32 late = create(0, 1000000), soon = create(1, 30);
    msec before = engine_clock();
    struct router *r = engine_enter(world.engine);

    (void)state;
    assert_int_equal(router_interface_connect(r, late, NULL), ST_PENDING);
    engine_leave(world.engine);
    pause_for(5);
    assert_int_equal(connect_and_wait(soon), ST_OK);
    assert_true(engine_clock() - before >= 30);
    assert_true(engine_clock() - before < 20000);
}

/* ---- creation without memory ----------------------------------------------------------------- */

/* No worker runs where an allocation failed, so the counting allocator is not shared. */
static void test_create_without_memory(void **state)
{
    const struct router_config config = {.router_type = ROUTER_LAN};
    const struct router_host host = {.context = NULL};
    struct engine *e = NULL;

    (void)state;
    fail_alloc_begin();
    for (size_t n = 1; n <= 3; n++) { /* engine, router, thread */
        fail_alloc_at(n);
        assert_int_equal(engine_create(&e, &host, &config), ST_NOT_ENOUGH_MEMORY);
        assert_true(fail_alloc_fired());
        assert_null(e);
        assert_int_equal(fail_alloc_live(), 0);
    }
    fail_alloc_end();
    engine_destroy(NULL);
}

/* ---- cost ------------------------------------------------------------------------------------ */

static void test_cost_is_shown(void **state)
{
    enum { ENTERS = 1000000, WAKES = 2000 };
    handle_t32 interface = create(0, 0);
    msec start = engine_clock();

    (void)state;
    for (int n = 0; n < ENTERS; n++) {
        engine_enter(world.engine);
        engine_leave(world.engine);
    }
    print_message("enter and leave, nobody else: %u ns\n",
                  (unsigned)((engine_clock() - start) * 1000000 / ENTERS));
    start = engine_clock();
    for (int n = 0; n < WAKES; n++) {
        assert_int_equal(connect_and_wait(interface), ST_OK);
        assert_int_equal(disconnect(interface), ST_OK);
    }
    print_message("connect through the worker, wait, disconnect: %u us\n",
                  (unsigned)((engine_clock() - start) * 1000 / WAKES));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_waiters_are_woken),
        TEST(test_destroy_wakes_waiters),
        TEST(test_actions_keep_their_order),
        TEST(test_who_puts_nothing_waits_for_nothing),
        TEST(test_signalled_when_it_returns),
        TEST(test_random_operations),
        TEST(test_leave_within_an_action),
        TEST(test_earlier_timer_wakes_the_worker),
        cmocka_unit_test(test_create_without_memory),
        TEST(test_cost_is_shown),
    };

    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
