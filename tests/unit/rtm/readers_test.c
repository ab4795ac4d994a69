/* Many readers and a writer, under the rule of rtm.h: meant to run under ThreadSanitizer (preset
 * tsan), which sees it when a function that takes a constant table writes. */
#include "unit/rtm/cmocka_all.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "rtm/internal.h"

#define READERS 4u
#define ROUNDS  150u
/* Enough for a table of jumps, which comes and goes with them; so do answers. */
#define NETS 3000u

struct scene {
    pthread_rwlock_t lock;
    struct rtm *table;
    struct rtm_entity *entity;
    struct rtm_consumer *consumer;
    atomic_bool over;
    atomic_uint inside, together, reads;
};

static struct rtm_prefix net(uint32_t n)
{
    return rtm_prefix_ipv4(0x0A000000u + n * 0x300u, 0xFFFFFF00u);
}

/* All routes say the round in metric, tag and next hop, so half a change can be seen. */
static struct rtm_route route_of(uint32_t round)
{
    return (struct rtm_route){.protocol = 8,
                              .interface = 1,
                              .next_hop = rtm_address_ipv4(round),
                              .metric = round,
                              .tag = round};
}

struct view {
    uint32_t round;
    size_t count;
};

static bool visit(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    struct view *v = context;

    (void)prefix;
    if (!v->count++) v->round = route->metric;
    return route->metric == v->round && route->tag == v->round &&
           rtm_ipv4(&route->next_hop) == v->round;
}

/* The whole table is of one round, whichever way it is looked at. */
static bool look(const struct scene *s, uint32_t n)
{
    struct view v = {0, 0};
    struct rtm_address inside = rtm_address_ipv4(0x0A000000u + n % NETS * 0x300u + 9);
    struct rtm_prefix p = net(n % NETS), found;
    const struct rtm_route *match = rtm_best_match(s->table, &inside, &found);
    const struct rtm_route *exact = rtm_best_exact(s->table, &p);

    rtm_walk(s->table, NULL, visit, &v);
    if (v.count != rtm_destination_count(s->table)) return false;
    if (exact && (match != exact || found.length != 24)) return false;
    if (rtm_best_match(s->table, &inside, NULL) != match) return false;
    if (exact && exact->metric != v.round) return false;
    return !rtm_next(s->table, &p, false, NULL) || v.count > 0;
}

static void *read_on(void *context)
{
    struct scene *s = context;
    bool good = true;

    for (uint32_t n = 0; good && !atomic_load(&s->over); n += 17) {
        pthread_rwlock_rdlock(&s->lock);
        if (atomic_fetch_add(&s->inside, 1)) atomic_store(&s->together, 1);
        good = look(s, n);
        atomic_fetch_sub(&s->inside, 1);
        pthread_rwlock_unlock(&s->lock);
        atomic_fetch_add(&s->reads, 1);
    }
    return good ? NULL : s;
}

/* The routes of the round before go, some by each way there is, and those of this one come. What is
 * in the stream is read by the writer, too: it is a change. */
static void write_round(struct scene *s, uint32_t round)
{
    struct rtm_address old_hop = rtm_address_ipv4(round - 1);
    struct rtm_route route = route_of(round);
    struct rtm_prefix p;
    const struct rtm_route *best;

    if (round % 3 == 0) rtm_route_delete_all(s->entity, 0);
    for (uint32_t n = 0; n < NETS; n++) {
        p = net(n);
        (void)rtm_route_delete(s->entity, &p, 1, &old_hop);
        if (round % 5 == 0 && n % 2) continue; /* half of the table */
        assert_int_equal(rtm_route_add(s->entity, &p, &route, NULL), ST_OK);
    }
    if (round % 4 == 0)
        while (rtm_consumer_next(s->consumer, &p, &best)) continue;
}

/* The writer's turn comes however many want to read. */
static void lock_init(pthread_rwlock_t *lock)
{
    pthread_rwlockattr_t attributes;

    pthread_rwlockattr_init(&attributes);
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    assert_int_equal(pthread_rwlock_init(lock, &attributes), 0);
    pthread_rwlockattr_destroy(&attributes);
}

static void readers_see_whole_changes(void **state)
{
    struct scene s = {0};
    pthread_t threads[READERS];
    void *bad;

    (void)state;
    lock_init(&s.lock);
    assert_int_equal(rtm_create(&s.table, RTM_IPV4), ST_OK);
    s.table->answers.from = NETS;
    assert_int_equal(rtm_register(s.table, 1, &s.entity), ST_OK);
    assert_int_equal(rtm_consumer_open(s.table, NULL, NULL, &s.consumer), ST_OK);
    for (unsigned i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &s), 0);
    for (uint32_t round = 1; round <= ROUNDS || atomic_load(&s.reads) < 10 * READERS; round++) {
        pthread_rwlock_wrlock(&s.lock);
        write_round(&s, round);
        pthread_rwlock_unlock(&s.lock);
        sched_yield();
    }
    atomic_store(&s.over, true);
    for (unsigned i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(threads[i], &bad), 0);
        assert_null(bad);
    }
    print_message("%u reads%s\n", atomic_load(&s.reads),
                  atomic_load(&s.together) ? ", some at once" : "");
    rtm_destroy(s.table);
    pthread_rwlock_destroy(&s.lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readers_see_whole_changes)};

    return cmocka_run_group_tests_name("readers of the table", tests, NULL, NULL);
}
