/* The answers by address that a large table has, here from the first destination on: changes and
 * look-ups in any order against the simplest table there is, and without memory. */
#include "unit/rtm/cmocka_all.h"

#include <string.h>

#include "base/mem.h"
#include "rtm/internal.h"
#include "sim/support/fail_alloc.h"

#define MODEL_MAX 1500u

struct known {
    uint32_t network;
    unsigned length;
    uint32_t metric; /* of its route; UINT32_MAX: there is none */
};

struct subject {
    struct rtm *table;
    struct rtm_entity *entity;
    struct rtm_consumer *consumer;
    struct known known[MODEL_MAX];
    size_t count;
};

static uint32_t random_state;

static uint32_t random32(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8 ^ random_state << 24;
}

static void subject_open(struct subject *s, size_t from)
{
    memset(s, 0, sizeof(*s));
    assert_int_equal(rtm_create(&s->table, RTM_IPV4), ST_OK);
    s->table->answers.from = from;
    assert_int_equal(rtm_register(s->table, 1, &s->entity), ST_OK);
    assert_int_equal(rtm_consumer_open(s->table, NULL, NULL, &s->consumer), ST_OK);
}

static mpr_status add(const struct subject *s, uint32_t network, unsigned length, uint32_t metric)
{
    struct rtm_prefix p = rtm_prefix_ipv4(network, rtm_length_mask(length));
    struct rtm_route route = {.protocol = 8, .interface = 1, .metric = metric};

    return rtm_route_add(s->entity, &p, &route, NULL);
}

static void del(const struct subject *s, uint32_t network, unsigned length)
{
    struct rtm_prefix p = rtm_prefix_ipv4(network, rtm_length_mask(length));
    struct rtm_address hop = {{0}};

    assert_int_equal(rtm_route_delete(s->entity, &p, 1, &hop), ST_OK);
}

static size_t tell(const struct subject *s, size_t count)
{
    struct rtm_prefix p;
    const struct rtm_route *best;
    size_t n = 0;

    while (n < count && rtm_consumer_next(s->consumer, &p, &best)) n++;
    return n;
}

/* What the index says by itself. */
static uint32_t answer(const struct subject *s, uint32_t address)
{
    const struct rtm_answers *answers = &s->table->answers;
    struct rtm_address a = rtm_address_ipv4(address);
    uint32_t plain = answers->blocks ? rtm_answer(answers, &a, false) : 0;

    if (plain) assert_int_equal(rtm_answer(answers, &a, true), plain);
    return plain;
}

static uint32_t metric_at(const struct subject *s, uint32_t address)
{
    struct rtm_address a = rtm_address_ipv4(address);
    const struct rtm_route *route = rtm_best_match(s->table, &a, NULL);

    return route ? route->metric : UINT32_MAX;
}

/* ---- against a model ------------------------------------------------------------------------- */

/* Within four blocks of a /12 and beside it, at every length. */
static struct known random_known(void)
{
    unsigned length = 6 + random32() % 27;
    uint32_t network = random32() % 8 ? 0x0A100000u + random32() % 0x10000u : random32();

    if (random32() % 2) length = 18 + random32() % 7;
    return (struct known){network & rtm_length_mask(length), length, random32() % 5};
}

static struct known *find(struct subject *s, const struct known *k)
{
    for (size_t n = 0; n < s->count; n++)
        if (s->known[n].network == k->network && s->known[n].length == k->length)
            return &s->known[n];
    return NULL;
}

static void random_change(struct subject *s)
{
    struct known k = random_known(), *old = find(s, &k);

    if (random32() % 3 == 0 && s->count) {
        old = &s->known[random32() % s->count];
        del(s, old->network, old->length);
        *old = s->known[--s->count];
    } else if (old || s->count < MODEL_MAX) {
        assert_int_equal(add(s, k.network, k.length, k.metric), ST_OK);
        if (!old) old = &s->known[s->count++];
        *old = k;
    }
}

static uint32_t model_metric(const struct subject *s, uint32_t address)
{
    const struct known *best = NULL;

    for (size_t n = 0; n < s->count; n++) {
        const struct known *k = &s->known[n];
        if ((address & rtm_length_mask(k->length)) == k->network &&
            (!best || k->length > best->length))
            best = k;
    }
    return best ? best->metric : UINT32_MAX;
}

/* Returns how many the index answers. */
static unsigned check_matches(const struct subject *s)
{
    unsigned answered = 0;

    for (unsigned n = 0; n < 30; n++) {
        uint32_t address = 0x0A100000u + random32() % 0x10000u, want;
        if (random32() % 4 == 0) address = random32();
        want = model_metric(s, address);
        assert_int_equal(metric_at(s, address), want);
        answered += answer(s, address) != 0;
    }
    return answered;
}

static void answers_agree_with_the_model(void **state)
{
    struct subject s;
    unsigned answered = 0;

    (void)state;
    random_state = 3;
    subject_open(&s, 1);
    for (unsigned round = 0; round < 1500; round++) {
        for (unsigned n = random32() % 8; n > 0; n--) random_change(&s);
        answered += check_matches(&s);
        (void)tell(&s, random32() % 12);
        answered += check_matches(&s);
    }
    print_message("%u of 90000 answered\n", answered);
    assert_true(answered > 20000);
    rtm_destroy(s.table);
}

/* ---- one by one ------------------------------------------------------------------------------ */

static void a_change_takes_answers_out_of_use_until_it_is_told(void **state)
{
    struct subject s;

    (void)state;
    subject_open(&s, 1);
    assert_int_equal(add(&s, 0x0A101000, 20, 1), ST_OK);
    assert_null(s.table->answers.blocks);
    assert_int_equal(tell(&s, 2), 1);
    assert_int_not_equal(answer(&s, 0x0A101801), 0);
    assert_int_equal(add(&s, 0x0A101800, 24, 2), ST_OK);
    assert_int_equal(answer(&s, 0x0A101801), 0);
    assert_int_equal(metric_at(&s, 0x0A101801), 2);
    assert_int_equal(tell(&s, 2), 1);
    assert_int_not_equal(answer(&s, 0x0A101801), answer(&s, 0x0A101901));
    del(&s, 0x0A101800, 24);
    assert_int_equal(answer(&s, 0x0A101801), 0);
    assert_int_equal(tell(&s, 2), 1);
    assert_int_equal(answer(&s, 0x0A101801), answer(&s, 0x0A101901));
    assert_int_equal(metric_at(&s, 0x0A101801), 1);
    rtm_destroy(s.table);
}

/* A shorter one would concern too many blocks, and a longer one isn't the same for all of a /24. */
static void answers_are_of_prefixes_of_12_to_24_bits(void **state)
{
    static const struct {
        unsigned length;
        bool answered;
    } cases[] = {{0, false}, {11, false}, {12, true},  {17, true},
                 {18, true}, {24, true},  {25, false}, {32, false}};
    struct subject s;

    (void)state;
    for (size_t n = 0; n < sizeof(cases) / sizeof(cases[0]); n++) {
        subject_open(&s, 1);
        assert_int_equal(add(&s, 0x0A100000, cases[n].length, 7), ST_OK);
        assert_int_equal(tell(&s, 2), 1);
        (void)add(&s, 0xC0000200, 24, 1);
        assert_int_equal(answer(&s, 0x0A100000) != 0, cases[n].answered);
        assert_int_equal(metric_at(&s, 0x0A100000), 7);
        rtm_destroy(s.table);
    }
}

/* The first change that is told of makes more than its own block, and each one after it. */
static void all_blocks_are_swept_at_first(void **state)
{
    struct subject s;

    (void)state;
    subject_open(&s, 300);
    for (uint32_t n = 0; n < 299; n++)
        assert_int_equal(add(&s, 0x00100000 + (n << 14), 24, n), ST_OK);
    assert_int_equal(tell(&s, 1000), 299);
    assert_null(s.table->answers.blocks);
    for (uint32_t n = 299; n < 400; n++)
        assert_int_equal(add(&s, 0x00100000 + (n << 14), 24, n), ST_OK);
    assert_int_equal(tell(&s, 1000), 101);
    for (uint32_t n = 0; n < 400; n++) assert_int_not_equal(answer(&s, 0x00100000 + (n << 14)), 0);
    rtm_destroy(s.table);
}

static void a_table_that_shrinks_has_none_any_more(void **state)
{
    struct subject s;

    (void)state;
    subject_open(&s, 20);
    for (uint32_t n = 0; n < 20; n++)
        assert_int_equal(add(&s, 0x0A000000 + (n << 8), 24, n), ST_OK);
    assert_int_equal(tell(&s, 100), 20);
    for (uint32_t n = 0; n < 10; n++) del(&s, 0x0A000000 + (n << 8), 24);
    assert_int_equal(tell(&s, 100), 10);
    assert_non_null(s.table->answers.blocks);
    del(&s, 0x0A000A00, 24);
    assert_int_equal(tell(&s, 100), 1);
    assert_null(s.table->answers.blocks);
    assert_int_equal(metric_at(&s, 0x0A000B01), 11);
    rtm_destroy(s.table);
}

/* An answer has room for the number of one attribute in 65,535. */
static void more_attributes_than_answers_can_name_are_found_all_the_same(void **state)
{
    const uint32_t count = 70000;
    struct subject s;
    unsigned answered = 0;

    (void)state;
    subject_open(&s, 1);
    for (uint32_t n = 0; n < count; n++)
        assert_int_equal(add(&s, 0x0A000000 + (n << 8), 24, n), ST_OK);
    assert_int_equal(tell(&s, count + 1), count);
    for (uint32_t n = 0; n < count; n++) {
        answered += answer(&s, 0x0A000000 + (n << 8)) != 0;
        assert_int_equal(metric_at(&s, 0x0A000000 + (n << 8)), n);
    }
    assert_in_range(answered, 65000, UINT16_MAX);
    rtm_destroy(s.table);
}

/* Routes of a protocol with another preference: of two owners, each is the best once. */
static void answers_follow_preferences(void **state)
{
    struct subject s;
    struct rtm_entity *other;
    struct rtm_prefix p = rtm_prefix_ipv4(0x0A100000, 0xFFFF0000);
    struct rtm_route route = {.protocol = 9, .interface = 2, .metric = 2, .preference = 1};

    (void)state;
    subject_open(&s, 1);
    assert_int_equal(rtm_register(s.table, 2, &other), ST_OK);
    assert_int_equal(add(&s, 0x0A100000, 16, 1), ST_OK);
    assert_int_equal(rtm_route_add(other, &p, &route, NULL), ST_OK);
    assert_int_equal(tell(&s, 2), 1);
    assert_int_equal(metric_at(&s, 0x0A104001), 1);
    rtm_prefer(s.table, 8, 5, NULL);
    assert_int_equal(metric_at(&s, 0x0A104001), 2);
    assert_int_equal(tell(&s, 2), 1);
    assert_int_not_equal(answer(&s, 0x0A104001), 0);
    assert_int_equal(metric_at(&s, 0x0A104001), 2);
    rtm_destroy(s.table);
}

/* ---- without memory -------------------------------------------------------------------------- */

/* The n-th allocation of telling fails: there are fewer answers, or none, and nothing else. */
static bool sweep_once(size_t n)
{
    struct subject s;
    bool fired;

    subject_open(&s, 1);
    random_state = 9;
    for (unsigned i = 0; i < 40; i++) random_change(&s);
    fail_alloc_at(n);
    while (tell(&s, 1)) (void)check_matches(&s);
    fired = fail_alloc_fired();
    fail_alloc_at(0);
    (void)check_matches(&s);
    rtm_destroy(s.table);
    return fired;
}

static void answers_are_missing_where_memory_is(void **state)
{
    struct subject s;
    size_t n = 1;

    (void)state;
    fail_alloc_begin();
    while (sweep_once(n)) n++;
    assert_true(n > 5);
    subject_open(&s, 1);
    assert_int_equal(add(&s, 0x0A100000, 24, 1), ST_OK);
    fail_alloc_always();
    assert_int_equal(tell(&s, 2), 1);
    fail_alloc_at(0);
    assert_null(s.table->answers.blocks);
    assert_int_equal(metric_at(&s, 0x0A100000), 1);
    rtm_destroy(s.table);
    fail_alloc_end();
}

/* A change never needs memory for them. */
static void changes_take_answers_out_of_use_without_memory(void **state)
{
    struct subject s;

    (void)state;
    fail_alloc_begin();
    subject_open(&s, 1);
    assert_int_equal(add(&s, 0x0A100000, 24, 1), ST_OK);
    assert_int_equal(add(&s, 0x0A000000, 12, 2), ST_OK);
    assert_int_equal(tell(&s, 3), 2);
    fail_alloc_always();
    del(&s, 0x0A100000, 24);
    del(&s, 0x0A000000, 12);
    assert_int_equal(metric_at(&s, 0x0A000001), UINT32_MAX);
    assert_int_equal(tell(&s, 3), 2);
    assert_int_equal(metric_at(&s, 0x0A000001), UINT32_MAX);
    fail_alloc_at(0);
    rtm_destroy(s.table);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_agree_with_the_model),
        cmocka_unit_test(a_change_takes_answers_out_of_use_until_it_is_told),
        cmocka_unit_test(answers_are_of_prefixes_of_12_to_24_bits),
        cmocka_unit_test(all_blocks_are_swept_at_first),
        cmocka_unit_test(a_table_that_shrinks_has_none_any_more),
        cmocka_unit_test(more_attributes_than_answers_can_name_are_found_all_the_same),
        cmocka_unit_test(answers_follow_preferences),
        cmocka_unit_test(answers_are_missing_where_memory_is),
        cmocka_unit_test(changes_take_answers_out_of_use_without_memory),
    };

    return cmocka_run_group_tests_name("answers by address", tests, NULL, NULL);
}
