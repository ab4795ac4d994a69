/* Tables as large as the Internet's, against sorted arrays: all prefixes in order, matches,
 * changes, and half of it taken away again. */
#include "unit/rtm/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "rtm/internal.h"
#include "unit/rtm/bgp_like.h"

/* Where each is slow or large, enough for a table of jumps by 18 bits to pay. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(_WIN32)
#define IPV4_ROUTES 530000u
#define IPV6_ROUTES 30000u
#else
#define IPV4_ROUTES 1000000u
#define IPV6_ROUTES 250000u
#endif

struct scene {
    enum rtm_family family;
    size_t count;
    struct rtm_prefix *prefixes, *sorted; /* sorted: those that are in the table */
    size_t sorted_count;
    struct rtm *table;
    struct rtm_entity *entity;
    struct rtm_consumer *consumers[2];
};

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct rtm_prefix)); /* the length comes after the address */
}

static void add_all(struct scene *s)
{
    for (size_t n = 0; n < s->count; n++) {
        struct rtm_route route = bgp_like_route(s->family, n);
        bool is_new;
        assert_int_equal(rtm_route_add(s->entity, &s->prefixes[n], &route, &is_new), ST_OK);
        assert_true(is_new);
    }
    memcpy(s->sorted, s->prefixes, s->count * sizeof(*s->sorted));
    qsort(s->sorted, s->count, sizeof(*s->sorted), compare);
    s->sorted_count = s->count;
}

static void open_scene(struct scene *s, enum rtm_family family, size_t count)
{
    *s = (struct scene){.family = family, .count = count};
    s->prefixes = calloc(count, sizeof(*s->prefixes));
    s->sorted = calloc(count, sizeof(*s->sorted));
    assert_non_null(s->prefixes);
    assert_non_null(s->sorted);
    assert_true(bgp_like_prefixes(family, s->prefixes, count));
    assert_int_equal(rtm_create(&s->table, family), ST_OK);
    assert_int_equal(rtm_register(s->table, 1, &s->entity), ST_OK);
    for (unsigned n = 0; n < 2; n++)
        assert_int_equal(rtm_consumer_open(s->table, NULL, NULL, &s->consumers[n]), ST_OK);
}

static void close_scene(struct scene *s)
{
    rtm_destroy(s->table);
    free(s->prefixes);
    free(s->sorted);
}

static const struct rtm_prefix *find(const struct scene *s, const struct rtm_prefix *p)
{
    return bsearch(p, s->sorted, s->sorted_count, sizeof(*p), compare);
}

static struct rtm_prefix cut(const struct rtm_address *a, unsigned length)
{
    struct rtm_prefix p = {*a, (uint8_t)length};

    for (unsigned bit = length; bit < 128; bit++)
        p.address.octets[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
    return p;
}

static void check_match(const struct scene *s, const struct rtm_address *a)
{
    const struct rtm_prefix *want = NULL;
    struct rtm_prefix found, p;
    const struct rtm_route *route = rtm_best_match(s->table, a, &found);

    for (unsigned length = (unsigned)s->family * 8 + 1; length-- > 0 && !want;) {
        p = cut(a, length);
        want = find(s, &p);
    }
    assert_int_equal(!route, !want);
    assert_ptr_equal(rtm_best_match(s->table, a, NULL), route); /* another way there */
    if (!want) return;
    assert_int_equal(compare(&found, want), 0);
    assert_ptr_equal(route, rtm_best_exact(s->table, want));
}

/* Within prefixes that are or were there, and beside them. */
static void check_matches(const struct scene *s)
{
    uint32_t state = 5;

    for (unsigned n = 0; n < 20000; n++) {
        struct rtm_address a;
        state = state * 1664525u + 1013904223u;
        a = s->prefixes[state % s->count].address;
        for (unsigned i = 2; i < (unsigned)s->family; i++) {
            state = state * 1664525u + 1013904223u;
            if (state >> 16 & 1) a.octets[i] ^= (uint8_t)(state >> 24);
        }
        check_match(s, &a);
    }
}

struct place {
    const struct scene *scene;
    size_t at;
};

static bool visit(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    struct place *p = context;

    assert_true(p->at < p->scene->sorted_count);
    assert_int_equal(compare(prefix, &p->scene->sorted[p->at]), 0);
    assert_int_not_equal(route->interface, 0);
    p->at++;
    return true;
}

static void check_order(const struct scene *s)
{
    struct place p = {s, 0};
    struct rtm_prefix at;
    const struct rtm_route *route;

    rtm_walk(s->table, NULL, visit, &p);
    assert_int_equal(p.at, s->sorted_count);
    p.at = 0;
    for (route = rtm_next(s->table, &at, true, NULL); route;
         route = rtm_next(s->table, &at, false, NULL))
        (void)visit(&p, &at, route);
    assert_int_equal(p.at, s->sorted_count);
    assert_int_equal(rtm_destination_count(s->table), s->sorted_count);
}

static void check_stream(struct rtm_consumer *c, size_t count, bool gone)
{
    struct rtm_prefix p;
    const struct rtm_route *best;

    for (size_t n = 0; n < count; n++) {
        assert_true(rtm_consumer_next(c, &p, &best));
        assert_int_equal(!best, gone);
    }
    assert_false(rtm_consumer_next(c, &p, &best));
}

/* Over two of the four interfaces. */
static size_t delete_half(struct scene *s)
{
    size_t left = 0, deleted;

    deleted = rtm_route_delete_all(s->entity, 1) + rtm_route_delete_all(s->entity, 3);
    for (size_t n = 0; n < s->count; n++) {
        uint32_t interface = bgp_like_route(s->family, n).interface;
        if (interface == 2 || interface == 4) s->sorted[left++] = s->prefixes[n];
    }
    qsort(s->sorted, left, sizeof(*s->sorted), compare);
    s->sorted_count = left;
    assert_int_equal(deleted, s->count - left);
    return deleted;
}

static bool has_answers(const struct scene *s)
{
    return s->table->answers.blocks != NULL;
}

static void large(enum rtm_family family, size_t count)
{
    struct scene s;
    size_t deleted;

    open_scene(&s, family, count);
    add_all(&s);
    check_order(&s);
    check_matches(&s);
    check_stream(s.consumers[0], count, false);
    assert_int_equal(has_answers(&s), family == RTM_IPV4 && count >= RTM_ANSWERS_FROM);
    check_matches(&s);
    deleted = delete_half(&s);
    check_order(&s);
    check_matches(&s);
    check_stream(s.consumers[0], deleted, true);
    check_matches(&s);
    rtm_consumer_close(s.consumers[1]); /* with a backlog of all */
    check_order(&s);
    assert_int_equal(rtm_route_delete_all(s.entity, 0), count - deleted);
    check_stream(s.consumers[0], count - deleted, true);
    assert_int_equal(s.table->records.count, 0);
    assert_int_equal(s.table->attributes.count, 0);
    assert_null(s.table->jump);
    assert_false(has_answers(&s));
    close_scene(&s);
}

static void ipv4_of_the_internet(void **state)
{
    (void)state;
    large(RTM_IPV4, IPV4_ROUTES);
}

static void ipv6_of_the_internet(void **state)
{
    (void)state;
    large(RTM_IPV6, IPV6_ROUTES);
}

static size_t octets;

static void *counting_alloc(void *context, size_t size)
{
    size_t *block = calloc(1, size + 16);

    (void)context;
    if (!block) return NULL;
    *block = size;
    octets += size;
    return (char *)block + 16;
}

static void counting_release(void *context, void *memory)
{
    size_t *block = (void *)((char *)memory - 16);

    (void)context;
    octets -= *block;
    free(block);
}

/* With two consumers, as a router has them. */
static void check_octets(enum rtm_family family, size_t count)
{
    static const struct mem_hooks hooks = {counting_alloc, counting_release, NULL};
    struct scene s;

    mem_set_hooks(&hooks);
    open_scene(&s, family, count);
    add_all(&s);
    check_stream(s.consumers[0], count, false); /* which makes answers */
    print_message("%.1f octets a route\n", (double)octets / (double)count);
    assert_true(octets / count <= 64);
    close_scene(&s);
    assert_int_equal(octets, 0);
    mem_set_hooks(NULL);
}

static void a_route_of_ipv4_takes_64_octets_at_most(void **state)
{
    (void)state;
    check_octets(RTM_IPV4, IPV4_ROUTES);
}

static void a_route_of_ipv6_takes_64_octets_at_most(void **state)
{
    (void)state;
    check_octets(RTM_IPV6, 250000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ipv4_of_the_internet),
        cmocka_unit_test(ipv6_of_the_internet),
        cmocka_unit_test(a_route_of_ipv4_takes_64_octets_at_most),
        cmocka_unit_test(a_route_of_ipv6_takes_64_octets_at_most),
    };

    return cmocka_run_group_tests_name("large tables", tests, NULL, NULL);
}
