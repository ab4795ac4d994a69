/* The table against a plain array under random operations, and with the n-th allocation failing. */
#include "unit/rtm/cmocka_all.h"

#include <string.h>

#include "base/mem.h"
#include "rtm/rtm.h"

#define ENTITIES  3u
#define MODEL_MAX 4000u

struct record {
    unsigned entity;
    struct rtm_prefix prefix;
    struct rtm_route route;
    uint64_t age;
};

struct model {
    struct record records[MODEL_MAX];
    size_t count;
    uint64_t clock;
};

static uint32_t random_state;

static uint32_t random32(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static int order(const struct rtm_prefix *a, const struct rtm_prefix *b)
{
    int c = memcmp(a->address.octets, b->address.octets, 16);

    return c ? c : (int)a->length - (int)b->length;
}

static bool better(const struct record *a, const struct record *b)
{
    if (a->route.preference != b->route.preference)
        return a->route.preference < b->route.preference;
    if (a->route.metric != b->route.metric) return a->route.metric < b->route.metric;
    return a->age < b->age;
}

/* Whether the table's route is what the model has; a model without one has not. */
static bool same_route(const struct rtm_route *a, const struct record *record)
{
    const struct rtm_route *b = record ? &record->route : NULL;

    return b && a->metric == b->metric && a->preference == b->preference && a->tag == b->tag &&
           a->interface == b->interface && a->protocol == b->protocol &&
           memcmp(&a->next_hop, &b->next_hop, sizeof(a->next_hop)) == 0;
}

static struct record *model_find(struct model *m, unsigned entity, const struct rtm_prefix *p,
                                 uint32_t interface, const struct rtm_address *hop)
{
    for (size_t i = 0; i < m->count; i++) {
        struct record *r = &m->records[i];
        if (r->entity == entity && order(&r->prefix, p) == 0 && r->route.interface == interface &&
            memcmp(&r->route.next_hop, hop, sizeof(*hop)) == 0)
            return r;
    }
    return NULL;
}

static const struct record *model_best(const struct model *m, const struct rtm_prefix *p)
{
    const struct record *best = NULL;

    for (size_t i = 0; i < m->count; i++)
        if (order(&m->records[i].prefix, p) == 0 && (!best || better(&m->records[i], best)))
            best = &m->records[i];
    return best;
}

static bool in_prefix(const struct rtm_prefix *p, const struct rtm_address *a)
{
    for (unsigned i = 0; i < p->length; i++)
        if ((p->address.octets[i / 8] ^ a->octets[i / 8]) >> (7 - i % 8) & 1) return false;
    return true;
}

static const struct record *model_match(const struct model *m, const struct rtm_address *a)
{
    const struct record *best = NULL;

    for (size_t i = 0; i < m->count; i++) {
        const struct record *r = &m->records[i];
        if (!in_prefix(&r->prefix, a)) continue;
        if (!best || r->prefix.length > best->prefix.length ||
            (r->prefix.length == best->prefix.length && better(r, best)))
            best = r;
    }
    return best;
}

/* Few distinct bits, so that prefixes nest, repeat and part at every length; those of hosts often
 * far down. */
static struct rtm_prefix random_prefix(enum rtm_family family)
{
    struct rtm_prefix p = {{{0}}, 0};
    unsigned bits = (unsigned)family * 8;

    p.length = (uint8_t)(random32() % 4 ? random32() % 9 : random32() % (bits + 1));
    for (unsigned i = 0; i < p.length; i++)
        if (random32() % 8 == 0) p.address.octets[i / 8] |= (uint8_t)(0x80 >> i % 8);
    if (p.length > 64 && random32() % 2) memset(p.address.octets, 0, 7);
    return p;
}

struct subject {
    enum rtm_family family;
    struct rtm *table;
    struct rtm_entity *entities[ENTITIES];
    struct rtm_consumer *consumer;
    struct model *model;
    struct model *mirror; /* best routes as the change stream tells them: age and entity unused */
};

/* Of a protocol's routes, but for those of one entity, or of none. */
static void random_preference(struct subject *s)
{
    uint32_t protocol = 8 + random32() % 2, preference = random32() % 3;
    unsigned except = random32() % (ENTITIES + 1);
    uint64_t serial = rtm_serial(s->table);
    bool changed = false;

    for (size_t i = 0; i < s->model->count; i++) {
        struct record *x = &s->model->records[i];
        if (x->route.protocol != protocol || x->entity == except) continue;
        changed = changed || x->route.preference != preference;
        x->route.preference = preference;
    }
    rtm_prefer(s->table, protocol, preference, except < ENTITIES ? s->entities[except] : NULL);
    assert_int_equal(rtm_serial(s->table) != serial, changed);
}

static void random_operation(struct subject *s)
{
    struct model *m = s->model;
    unsigned e = random32() % ENTITIES;
    struct rtm_prefix p = random_prefix(s->family);
    struct rtm_route r = {.protocol = 8 + random32() % 2,
                          .interface = 1 + random32() % 3,
                          .next_hop = rtm_address_ipv4(random32() % 2),
                          .metric = random32() % 4,
                          .preference = random32() % 3};
    struct record *known = model_find(m, e, &p, r.interface, &r.next_hop);
    unsigned what = random32() % 200;

    if (what == 1) {
        random_preference(s);
    } else if (what == 0) {
        uint32_t interface = random32() % 4;
        size_t count = 0;
        for (size_t i = 0; i < m->count;) {
            struct record *x = &m->records[i];
            if (x->entity != e || (interface && x->route.interface != interface)) {
                i++;
                continue;
            }
            *x = m->records[--m->count];
            count++;
        }
        assert_int_equal(rtm_route_delete_all(s->entities[e], interface), count);
    } else if (what < 120 && m->count < MODEL_MAX) {
        bool is_new;
        assert_int_equal(rtm_route_add(s->entities[e], &p, &r, &is_new), ST_OK);
        assert_int_equal(is_new, !known);
        if (known)
            known->route = r;
        else
            m->records[m->count++] = (struct record){e, p, r, m->clock++};
    } else {
        mpr_status status = rtm_route_delete(s->entities[e], &p, r.interface, &r.next_hop);
        assert_int_equal(status, known ? ST_OK : ST_NOT_FOUND);
        if (known) *known = m->records[--m->count];
    }
}

static void check_lookups(const struct subject *s)
{
    for (unsigned i = 0; i < 20; i++) {
        struct rtm_prefix p = random_prefix(s->family);
        const struct rtm_route *r = rtm_best_exact(s->table, &p);
        const struct record *want = model_best(s->model, &p);
        struct rtm_prefix found;
        assert_int_equal(!r, !want);
        if (r) assert_true(same_route(r, want));
        r = rtm_best_match(s->table, &p.address, &found);
        assert_ptr_equal(rtm_best_match(s->table, &p.address, NULL), r);
        want = model_match(s->model, &p.address);
        assert_int_equal(!r, !want);
        if (r) assert_true(same_route(r, want) && order(&found, &want->prefix) == 0);
    }
    assert_int_equal(rtm_route_count(s->table), s->model->count);
}

/* Every destination once, in order, starting anywhere. */
static void check_iteration(const struct subject *s)
{
    struct rtm_prefix p, last;
    size_t count, routes = 0, destinations = 0;
    struct rtm_prefix start;
    const struct record *next = NULL;
    const struct rtm_route *r;

    for (r = rtm_next(s->table, &p, true, &count); r; r = rtm_next(s->table, &p, false, &count)) {
        assert_true(!destinations || order(&last, &p) < 0);
        assert_true(same_route(r, model_best(s->model, &p)));
        for (size_t i = 1; i < count; i++) assert_non_null(rtm_route_at(s->table, &p, i));
        assert_null(rtm_route_at(s->table, &p, count));
        last = p;
        routes += count;
        destinations++;
    }
    assert_int_equal(routes, s->model->count);
    assert_int_equal(destinations, rtm_destination_count(s->table));

    start = random_prefix(s->family);
    p = start;
    for (size_t i = 0; i < s->model->count; i++) {
        const struct record *x = &s->model->records[i];
        if (order(&x->prefix, &start) > 0 && (!next || order(&x->prefix, &next->prefix) < 0))
            next = x;
    }
    r = rtm_next(s->table, &p, false, NULL);
    assert_int_equal(!r, !next);
    assert_true(!r || (next && order(&p, &next->prefix) == 0));
}

struct seen {
    const struct subject *subject;
    unsigned entity;
    size_t count;
    struct rtm_prefix last;
};

static bool see_route(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    struct seen *seen = context;
    struct model *m = seen->subject->model;

    assert_true(!seen->count || order(&seen->last, prefix) <= 0);
    assert_true(
        same_route(route, model_find(m, seen->entity, prefix, route->interface, &route->next_hop)));
    seen->last = *prefix;
    seen->count++;
    return true;
}

/* What each entity has over each interface, in order. */
static void check_entities(const struct subject *s)
{
    for (unsigned e = 0; e < ENTITIES; e++) {
        for (uint32_t interface = 0; interface <= 3; interface++) {
            struct seen seen = {s, e, 0, {{{0}}, 0}};
            size_t count = 0;
            for (size_t i = 0; i < s->model->count; i++) {
                const struct record *r = &s->model->records[i];
                count += r->entity == e && (!interface || r->route.interface == interface);
            }
            rtm_walk_entity(s->entities[e], interface, see_route, &seen);
            assert_int_equal(seen.count, count);
            assert_int_equal(rtm_entity_count(s->entities[e], interface), count);
        }
    }
}

static bool see_best(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    struct seen *seen = context;

    assert_true(order(&seen->last, prefix) < 0);
    assert_true(same_route(route, model_best(seen->subject->model, prefix)));
    seen->last = *prefix;
    return ++seen->count < 40;
}

/* Forty from anywhere, and what rtm_next says after them. */
static void check_walk(const struct subject *s)
{
    struct rtm_prefix start = random_prefix(s->family), p = start;
    struct seen seen = {s, 0, 0, start};
    size_t count = 0;

    rtm_walk(s->table, &start, see_best, &seen);
    while (count < 40 && rtm_next(s->table, &p, false, NULL)) count++;
    assert_int_equal(seen.count, count);
    assert_true(!count || order(&seen.last, &p) == 0 || count < 40);
}

/* Following the stream gives the table of best routes. */
static void check_stream(struct subject *s)
{
    struct rtm_prefix p;
    const struct rtm_route *best;

    while (rtm_consumer_next(s->consumer, &p, &best)) {
        struct record *old = NULL;
        for (size_t i = 0; i < s->mirror->count && !old; i++)
            if (order(&s->mirror->records[i].prefix, &p) == 0) old = &s->mirror->records[i];
        if (best && old)
            old->route = *best;
        else if (best)
            s->mirror->records[s->mirror->count++] = (struct record){0, p, *best, 0};
        else if (old)
            *old = s->mirror->records[--s->mirror->count];
    }
    assert_int_equal(s->mirror->count, rtm_destination_count(s->table));
    for (size_t i = 0; i < s->mirror->count; i++) {
        const struct rtm_route *r = rtm_best_exact(s->table, &s->mirror->records[i].prefix);
        assert_true(r && same_route(r, &s->mirror->records[i]));
    }
}

static void subject_open(struct subject *s, enum rtm_family family)
{
    memset(s, 0, sizeof(*s));
    s->family = family;
    s->model = calloc(1, sizeof(*s->model));
    s->mirror = calloc(1, sizeof(*s->mirror));
    assert_non_null(s->model);
    assert_non_null(s->mirror);
    assert_int_equal(rtm_create(&s->table, family), ST_OK);
    for (unsigned i = 0; i < ENTITIES; i++)
        assert_int_equal(rtm_register(s->table, i, &s->entities[i]), ST_OK);
    assert_int_equal(rtm_consumer_open(s->table, NULL, NULL, &s->consumer), ST_OK);
}

static void subject_close(struct subject *s)
{
    rtm_destroy(s->table);
    free(s->model);
    free(s->mirror);
}

static void run_model(enum rtm_family family, uint32_t seed)
{
    struct subject s;

    random_state = seed;
    subject_open(&s, family);
    for (unsigned round = 0; round < 150; round++) {
        for (unsigned i = 0; i < 60; i++) random_operation(&s);
        check_lookups(&s);
        check_iteration(&s);
        check_walk(&s);
        if (round % 30 == 0) check_entities(&s);
        if (round % 3 == 0) check_stream(&s);
    }
    subject_close(&s);
}

static void ipv4_agrees_with_the_model(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 4; seed++) run_model(RTM_IPV4, seed);
}

static void ipv6_agrees_with_the_model(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 4; seed++) run_model(RTM_IPV6, seed);
}

/* The n-th allocation fails, for every n: an error comes back and the table is as it was. */
static unsigned allocations_left;
static size_t blocks_live;

static void *failing_alloc(void *context, size_t size)
{
    (void)context;
    if (allocations_left == 0) return NULL;
    allocations_left--;
    blocks_live++;
    return calloc(1, size ? size : 1);
}

static void counted_release(void *context, void *memory)
{
    (void)context;
    blocks_live -= memory != NULL;
    free(memory);
}

#define SWEEP_STEPS 40u

/* Returns how many steps failed. */
static unsigned sweep_once(enum rtm_family family, unsigned allowed)
{
    struct rtm_consumer *more = NULL, *most = NULL;
    struct subject s;
    unsigned failed = 0;

    allocations_left = UINT32_MAX;
    subject_open(&s, family);
    random_state = 77;
    allocations_left = allowed;
    for (unsigned i = 0; i < SWEEP_STEPS; i++) {
        struct rtm_prefix p = random_prefix(family);
        struct rtm_route r = {.protocol = 8, .interface = 1 + random32() % 2, .metric = i};
        struct record *known = model_find(s.model, 0, &p, r.interface, &r.next_hop);
        mpr_status status = rtm_route_add(s.entities[0], &p, &r, NULL);
        if (status != ST_OK) {
            assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
            failed++;
        } else if (known) {
            known->route = r;
        } else {
            s.model->records[s.model->count++] = (struct record){0, p, r, s.model->clock++};
        }
        if (i == SWEEP_STEPS / 2) {
            failed += rtm_consumer_open(s.table, NULL, NULL, &more) != ST_OK;
            failed += rtm_consumer_open(s.table, NULL, NULL, &most) != ST_OK;
        }
        check_iteration(&s);
    }
    check_stream(&s);
    check_lookups(&s);
    subject_close(&s);
    return failed;
}

static void sweep(enum rtm_family family)
{
    unsigned n = 0;

    while (sweep_once(family, n)) {
        assert_int_equal(blocks_live, 0);
        assert_true(++n < 1000);
    }
    assert_true(n > SWEEP_STEPS / 2);
}

static void failed_allocations_change_nothing(void **state)
{
    struct mem_hooks hooks;
    unsigned n;
    struct rtm *t;
    struct rtm_entity *e;

    (void)state;
    hooks = (struct mem_hooks){failing_alloc, counted_release, NULL};
    mem_set_hooks(&hooks);
    sweep(RTM_IPV4);
    sweep(RTM_IPV6);
    for (n = allocations_left = 0; rtm_create(&t, RTM_IPV4) != ST_OK; allocations_left = n) {
        assert_int_equal(blocks_live, 0);
        assert_true(++n < 10);
    }
    assert_int_equal(allocations_left, 0);
    assert_int_equal(rtm_register(t, 1, &e), ST_NOT_ENOUGH_MEMORY);
    rtm_destroy(t);
    assert_int_equal(blocks_live, 0);
    mem_set_hooks(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ipv4_agrees_with_the_model),
        cmocka_unit_test(ipv6_agrees_with_the_model),
        cmocka_unit_test(failed_allocations_change_nothing),
    };

    return cmocka_run_group_tests_name("rtm model", tests, NULL, NULL);
}
