/* Those who only read are inside together, and whoever changes the router is there alone. What has
 * to happen at one time is made to by threads that wait for each other. */
#include "sim/support/cmocka_all.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine_private.h"
#include "infoblock/infoblock.h"
#include "infoblock/types.h"
#include "router/mib/rm_mib.h"
#include "router/post.h"

enum { THREADS = 12, ROUNDS = 2000, PATIENCE = 10000 };

static struct engine *engine;
static atomic_uint inside, together, order, at_writer, at_reader;
static atomic_bool go, done, blocked;
static atomic_uint torn, sent, failures;

static void on_send(void *context, const struct protocol_datagram *datagram)
{
    struct platform_wake *wake = context;

    (void)datagram;
    atomic_store(&blocked, true);
    if (wake) platform_wake_wait(wake);
    atomic_fetch_add(&sent, 1);
}

static struct router_host host = {.send = on_send};

static void pause_once(void)
{
    struct platform_mutex mutex;
    struct platform_cond cond;

    platform_mutex_init(&mutex);
    platform_cond_init(&cond);
    platform_lock(&mutex);
    platform_cond_wait_until(&cond, &mutex, platform_clock() + 1);
    platform_unlock(&mutex);
    platform_cond_free(&cond);
    platform_mutex_free(&mutex);
}

/* Waits for what another thread is to do; gives up when there is no hope left, for all. */
#define WAIT_FOR(condition)                                                                 \
    do {                                                                                    \
        unsigned tries = 0;                                                                 \
        while (!(condition) && tries++ < PATIENCE && !atomic_load(&failures)) pause_once(); \
        if (!(condition)) atomic_fetch_add(&failures, 1);                                   \
    } while (0)

/* The worker has been in, and has no reason to come again. */
static bool worker_sleeps(void)
{
    bool sleeps;

    engine_enter(engine);
    sleeps = engine->worker_due == MSEC_NEVER;
    engine_leave(engine);
    return sleeps;
}

static int setup(void **state)
{
    const struct router_config config = {.router_type = ROUTER_LAN};
    atomic_uint *const counters[] = {&inside,    &together, &order, &at_writer,
                                     &at_reader, &torn,     &sent,  &failures};

    (void)state;
    for (size_t n = 0; n < sizeof(counters) / sizeof(counters[0]); n++)
        atomic_store(counters[n], 0);
    atomic_store(&go, false);
    atomic_store(&done, false);
    atomic_store(&blocked, false);
    host.context = NULL;
    if (engine_create(&engine, &host, &config) != ST_OK) return 1;
    WAIT_FOR(worker_sleeps());
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    engine_destroy(engine);
    return atomic_load(&failures) != 0;
}

static void start(struct platform_thread *t, void (*function)(void *))
{
    assert_true(platform_thread_start(t, function, NULL));
}

static void run_threads(void (*function)(void *), size_t count)
{
    struct platform_thread threads[THREADS];

    for (size_t n = 0; n < count; n++) start(&threads[n], function);
    for (size_t n = 0; n < count; n++) platform_thread_join(&threads[n]);
}

/* ---- together -------------------------------------------------------------------------------- */

static void meets_all(void *context)
{
    (void)context;
    engine_enter_shared(engine);
    atomic_fetch_add(&inside, 1);
    WAIT_FOR(atomic_load(&inside) == THREADS);
    engine_leave_shared(engine);
}

/* No reader leaves before all are there. */
static void test_readers_meet(void **state)
{
    (void)state;
    run_threads(meets_all, THREADS);
    assert_int_equal(atomic_load(&failures), 0);
}

/* ---- order ----------------------------------------------------------------------------------- */

/* Somebody has the lock, and waits until the readers have left. */
static bool writer_waits(void)
{
    return atomic_load(&engine->readers) & 1u;
}

static void writes_once(void *context)
{
    (void)context;
    engine_enter(engine);
    atomic_store(&at_writer, atomic_fetch_add(&order, 1) + 1);
    engine_leave(engine);
}

static void reads_once(void *context)
{
    (void)context;
    engine_enter_shared(engine);
    atomic_store(&at_reader, atomic_fetch_add(&order, 1) + 1);
    engine_leave_shared(engine);
}

/* A change waits for who reads, and who comes then for the change. */
static void test_one_behind_the_other(void **state)
{
    struct platform_thread writer, reader;
    unsigned early;

    (void)state;
    engine_enter_shared(engine);
    start(&writer, writes_once);
    WAIT_FOR(writer_waits());
    start(&reader, reads_once);
    WAIT_FOR(atomic_load(&engine->waiting) == 1);
    early = atomic_load(&order);
    engine_leave_shared(engine);
    platform_thread_join(&writer);
    platform_thread_join(&reader);
    assert_int_equal(early, 0);
    assert_int_equal(atomic_load(&at_writer), 1);
    assert_int_equal(atomic_load(&at_reader), 2);
}

static void reads_in_a_circle(void *context)
{
    (void)context;
    while (!atomic_load(&done)) {
        engine_enter_shared(engine);
        atomic_fetch_add(&inside, 1);
        engine_leave_shared(engine);
    }
}

/* A writer among readers who come again at once, and readers among writers who do. */
static void test_nobody_is_kept_out(void **state)
{
    struct platform_thread readers[THREADS];
    unsigned before;

    (void)state;
    for (size_t n = 0; n < THREADS; n++) start(&readers[n], reads_in_a_circle);
    for (size_t n = 0; n < ROUNDS; n++) {
        engine_enter(engine);
        engine_leave(engine);
    }
    before = atomic_load(&inside);
    WAIT_FOR(atomic_load(&inside) > before);
    atomic_store(&done, true);
    for (size_t n = 0; n < THREADS; n++) platform_thread_join(&readers[n]);
    print_message("%u readers passed %u writers\n", atomic_load(&inside), (unsigned)ROUNDS);
    assert_int_equal(atomic_load(&failures), 0);
}

static void writes_in_a_circle(void *context)
{
    (void)context;
    while (!atomic_load(&done)) {
        engine_enter(engine);
        engine_leave(engine);
    }
}

static void test_a_reader_among_writers(void **state)
{
    struct platform_thread writers[THREADS];

    (void)state;
    for (size_t n = 0; n < THREADS; n++) start(&writers[n], writes_in_a_circle);
    for (size_t n = 0; n < ROUNDS; n++) {
        engine_enter_shared(engine);
        engine_leave_shared(engine);
    }
    atomic_store(&done, true);
    for (size_t n = 0; n < THREADS; n++) platform_thread_join(&writers[n]);
}

/* ---- alone ----------------------------------------------------------------------------------- */

static struct {
    unsigned first, second; /* plain: ThreadSanitizer sees who is there at the wrong time */
} pair;

static void changes_and_reads(void *context)
{
    (void)context;
    for (unsigned n = 0; n < ROUNDS; n++) {
        if (n % 5 == 0) {
            engine_enter(engine);
            pair.first++;
            pair.second = pair.first;
            engine_leave(engine);
        } else {
            engine_enter_shared(engine);
            if (pair.first != pair.second) atomic_fetch_add(&torn, 1);
            engine_leave_shared(engine);
        }
    }
}

static void test_a_change_is_alone(void **state)
{
    (void)state;
    memset(&pair, 0, sizeof(pair));
    run_threads(changes_and_reads, THREADS);
    assert_int_equal(atomic_load(&torn), 0);
    assert_int_equal(pair.first, THREADS * ROUNDS / 5);
}

/* ---- no event in the router ------------------------------------------------------------------ */

static void sends(void *context)
{
    static const uint8_t octet;
    const struct protocol_datagram datagram = {.data = &octet, .size = 1};

    (void)context;
    assert_true(post_send(engine_enter(engine), &datagram));
    engine_leave(engine);
}

/* Who reads waits for nothing that others have put, and acts on none of it. */
static void test_readers_leave_the_outbox_alone(void **state)
{
    struct platform_thread sender;
    struct platform_wake wake;

    (void)state;
    platform_wake_init(&wake);
    host.context = &wake;
    start(&sender, sends);
    WAIT_FOR(atomic_load(&blocked));
    run_threads(reads_once, THREADS);
    assert_int_equal(atomic_load(&order), THREADS);
    assert_int_equal(atomic_load(&sent), 0);
    platform_wake_set(&wake);
    platform_thread_join(&sender);
    assert_int_equal(atomic_load(&sent), 1);
}

static void test_time_stands_still(void **state)
{
    msec before, reading, after;

    (void)state;
    before = router_now(engine_enter(engine));
    engine_leave(engine);
    WAIT_FOR(platform_clock() > before);
    reading = router_now(engine_enter_shared(engine));
    engine_leave_shared(engine);
    after = router_now(engine_enter(engine));
    engine_leave(engine);
    assert_true(reading == before);
    assert_true(after > before);
}

static void reads_until_told(void *context)
{
    const struct router *r = engine_enter_shared(engine);

    (void)context;
    atomic_store(&inside, 1);
    WAIT_FOR(atomic_load(&go));
    WAIT_FOR(writer_waits());
    router_interface_count(r);
    atomic_store(&done, true);
    engine_leave_shared(engine);
}

static void test_the_end_waits_for_readers(void **state)
{
    struct platform_thread reader;

    start(&reader, reads_until_told);
    WAIT_FOR(atomic_load(&inside));
    atomic_store(&go, true);
    engine_destroy(engine);
    assert_true(atomic_load(&done));
    platform_thread_join(&reader);
    assert_int_equal(atomic_load(&failures), 0);
    setup(state);
}

/* ---- the route table ------------------------------------------------------------------------- */

enum { ROUTES = 64, DEST_LONGER = 29, DEST_MATCHING = 28, ROW = 64 };

static struct rtm_entity *entity;

static struct rtm_prefix prefix_at(unsigned n)
{
    return rtm_prefix_ipv4(0x0A000000u | n << 8, 0xFFFFFF00u);
}

/* All figures of a route are one number. */
static mpr_status put(unsigned n, uint32_t number)
{
    struct rtm_prefix prefix = prefix_at(n);
    const struct rtm_route route = {.protocol = 3,
                                    .interface = 1,
                                    .next_hop = rtm_address_ipv4(1),
                                    .metric = number,
                                    .preference = number,
                                    .tag = number};

    return rtm_route_add(entity, &prefix, &route, NULL);
}

static void table_open(void)
{
    struct blob global = {NULL, 0};
    const struct info_block block = {
        .type = INFO_IP_GLOBAL_INFO, .item_size = 8, .count = 1, .data = "\0\0\0\0\1\0\0\0"};
    struct router *r = engine_enter(engine);

    assert_int_equal(info_blob_put(&global, &block), ST_OK);
    assert_int_equal(router_transport_create(r, TRANSPORT_IP, &global, NULL, NULL), ST_OK);
    assert_int_equal(rtm_register(router_rtm(r, TRANSPORT_IP), 9, &entity), ST_OK);
    for (unsigned n = 0; n < ROUTES; n++) assert_int_equal(put(n, n + 1), ST_OK);
    engine_leave(engine);
    blob_free(&global);
}

/* The rows of an answer; counts those whose figures are of different routes. */
static uint32_t rows_check(const struct mib_ask *ask)
{
    struct reader r;
    uint32_t rows;

    reader_init(&r, ask->out.data, ask->out.size);
    rd_skip(&r, 8);
    rows = rd_le32(&r);
    for (uint32_t n = 0; n < rows; n++) {
        uint32_t metric, preference;

        rd_skip(&r, 36);
        metric = rd_le32(&r);
        rd_skip(&r, 16);
        preference = rd_le32(&r);
        rd_skip(&r, 4);
        if (r.failed || metric != preference) atomic_fetch_add(&torn, 1);
    }
    return rows;
}

static uint32_t ask_rows(enum mib_op op, uint32_t id, uint32_t address, uint32_t mask)
{
    const uint32_t in[] = {id, address, mask};
    struct mib_ask ask = {.op = op,
                          .transport = TRANSPORT_IP,
                          .routing_pid = MIB_PID_MANAGER,
                          .in = in,
                          .in_size = op == MIB_GET_FIRST ? 4 : sizeof(in)};
    uint32_t rows = 0;

    assert_true(router_mib_only_reads(&ask));
    if (router_mib_read(engine_enter_shared(engine), &ask) == ST_OK) rows = rows_check(&ask);
    engine_leave_shared(engine);
    blob_free(&ask.out);
    return rows;
}

static void looks_at_routes(void *context)
{
    (void)context;
    while (!atomic_load(&done)) {
        if (ask_rows(MIB_GET, DEST_LONGER, 0, 0) < ROUTES) atomic_fetch_add(&torn, 1);
        if (ask_rows(MIB_GET, DEST_MATCHING, 0x0000000Au, 0x00FFFFFFu) != 1)
            atomic_fetch_add(&torn, 1);
        if (ask_rows(MIB_GET_NEXT, DEST_MATCHING, 0x0000000Au, 0x00FFFFFFu) != 1)
            atomic_fetch_add(&torn, 1);
        atomic_fetch_add(&inside, 1);
    }
}

static uint32_t last_seen[ROUTES];

/* What a consumer of changes is told is what was put. */
static void take_changes(struct rtm_consumer *c)
{
    struct rtm_prefix prefix;
    const struct rtm_route *best;

    while (rtm_consumer_next(c, &prefix, &best)) {
        assert_non_null(best);
        assert_int_equal(best->metric, best->tag);
        last_seen[rtm_ipv4(&prefix.address) >> 8 & 0xFFFF] = best->metric;
    }
}

static void no_wake(void *context)
{
    (void)context;
}

/* Lookups, walks and changes at the same time: no answer is half of one route, half of another. */
static void test_no_route_is_half_changed(void **state)
{
    struct platform_thread readers[THREADS];
    struct rtm_consumer *changes;

    (void)state;
    table_open();
    assert_int_equal(
        rtm_consumer_open(router_rtm(engine_enter(engine), TRANSPORT_IP), no_wake, NULL, &changes),
        ST_OK);
    engine_leave(engine);
    for (size_t n = 0; n < THREADS; n++) start(&readers[n], looks_at_routes);
    for (uint32_t n = 0; n < ROUNDS; n++) {
        engine_enter(engine);
        assert_int_equal(put(n % ROUTES, n + 100), ST_OK);
        if (n % 7 == 0) take_changes(changes);
        engine_leave(engine);
    }
    WAIT_FOR(atomic_load(&inside) > 0);
    atomic_store(&done, true);
    for (size_t n = 0; n < THREADS; n++) platform_thread_join(&readers[n]);
    engine_enter(engine);
    take_changes(changes);
    rtm_consumer_close(changes);
    engine_leave(engine);
    assert_int_equal(atomic_load(&torn), 0);
    for (uint32_t n = ROUNDS - ROUTES; n < ROUNDS; n++)
        assert_int_equal(last_seen[n % ROUTES], n + 100);
}

/* ---- cost ------------------------------------------------------------------------------------ */

static void test_cost_is_shown(void **state)
{
    enum { ENTERS = 1000000 };
    msec start = engine_clock();

    (void)state;
    for (int n = 0; n < ENTERS; n++) {
        engine_enter_shared(engine);
        engine_leave_shared(engine);
    }
    print_message("enter and leave as a reader, nobody else: %u ns\n",
                  (unsigned)((engine_clock() - start) * 1000000 / ENTERS));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_readers_meet),
        TEST(test_one_behind_the_other),
        TEST(test_nobody_is_kept_out),
        TEST(test_a_reader_among_writers),
        TEST(test_a_change_is_alone),
        TEST(test_readers_leave_the_outbox_alone),
        TEST(test_time_stands_still),
        TEST(test_the_end_waits_for_readers),
        TEST(test_no_route_is_half_changed),
        TEST(test_cost_is_shown),
    };

    return cmocka_run_group_tests_name("readers", tests, NULL, NULL);
}
