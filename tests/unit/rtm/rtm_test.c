/* The table, rule by rule. Random operations against a model: model_test.c. */
#include "unit/rtm/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "rtm/internal.h"
#include "rtm/rtm.h"

struct fixture {
    struct rtm *table;
    struct rtm_entity *a, *b;
};

static int setup(void **state)
{
    static struct fixture f;

    assert_int_equal(rtm_create(&f.table, RTM_IPV4), ST_OK);
    assert_int_equal(rtm_register(f.table, 1, &f.a), ST_OK);
    assert_int_equal(rtm_register(f.table, 2, &f.b), ST_OK);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    rtm_destroy(f->table);
    return 0;
}

static struct rtm_route route(uint32_t interface, uint32_t hop, uint32_t metric,
                              uint32_t preference)
{
    return (struct rtm_route){.protocol = 8,
                              .interface = interface,
                              .next_hop = rtm_address_ipv4(hop),
                              .metric = metric,
                              .preference = preference};
}

static void add(struct rtm_entity *e, uint32_t address, unsigned length, struct rtm_route r)
{
    struct rtm_prefix p = rtm_prefix_ipv4(address, rtm_length_mask(length));

    assert_int_equal(rtm_route_add(e, &p, &r, NULL), ST_OK);
}

static mpr_status del(struct rtm_entity *e, uint32_t address, unsigned length, uint32_t interface,
                      uint32_t hop)
{
    struct rtm_prefix p = rtm_prefix_ipv4(address, rtm_length_mask(length));
    struct rtm_address a = rtm_address_ipv4(hop);

    return rtm_route_delete(e, &p, interface, &a);
}

static uint32_t best_hop(const struct rtm *t, uint32_t address, unsigned length)
{
    struct rtm_prefix p = rtm_prefix_ipv4(address, rtm_length_mask(length));
    const struct rtm_route *r = rtm_best_exact(t, &p);

    return r ? rtm_ipv4(&r->next_hop) : 0;
}

static uint32_t match_hop(const struct rtm *t, uint32_t address)
{
    struct rtm_address a = rtm_address_ipv4(address);
    const struct rtm_route *r = rtm_best_match(t, &a, NULL);

    return r ? rtm_ipv4(&r->next_hop) : 0;
}

static void masks_and_addresses(void **state)
{
    struct rtm_prefix p;

    (void)state;
    assert_int_equal(rtm_mask_length(0), 0);
    assert_int_equal(rtm_mask_length(0xFFFFFFFF), 32);
    assert_int_equal(rtm_mask_length(0xFFFFFF80), 25);
    assert_int_equal(rtm_mask_length(0xFF00FF00), -1);
    assert_int_equal(rtm_mask_length(1), -1);
    for (unsigned i = 0; i <= 32; i++) assert_int_equal(rtm_mask_length(rtm_length_mask(i)), i);
    p = rtm_prefix_ipv4(0x0A4D0105, 0xFFFFFF00);
    assert_int_equal(p.length, 24);
    assert_int_equal(rtm_ipv4(&p.address), 0x0A4D0100);
}

static void creation_refuses_unknown_families(void **state)
{
    struct rtm *t;

    (void)state;
    assert_int_equal(rtm_create(&t, (enum rtm_family)5), ST_INVALID_PARAMETER);
    assert_null(t);
    rtm_destroy(NULL);
    rtm_deregister(NULL);
    rtm_consumer_close(NULL);
}

static void bad_prefixes_are_refused(void **state)
{
    struct fixture *f = *state;
    struct rtm_route r = route(1, 9, 1, 1);
    struct rtm_prefix host_bits = {rtm_address_ipv4(0x0A000001), 24};
    struct rtm_prefix too_long = {rtm_address_ipv4(0x0A000000), 33};
    struct rtm_prefix bad_mask = rtm_prefix_ipv4(0x0A000000, 0xFF00FF00);
    struct rtm_prefix fine = rtm_prefix_ipv4(0x0A000000, 0xFF000000);
    bool is_new = true;

    assert_int_equal(rtm_route_add(f->a, &host_bits, &r, &is_new), ST_INVALID_PARAMETER);
    assert_false(is_new);
    assert_int_equal(rtm_route_add(f->a, &too_long, &r, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(rtm_route_add(f->a, &bad_mask, &r, NULL), ST_INVALID_PARAMETER);
    r.interface = 0;
    assert_int_equal(rtm_route_add(f->a, &fine, &r, NULL), ST_INVALID_PARAMETER);
    assert_int_equal(rtm_route_delete(f->a, &too_long, 1, &r.next_hop), ST_NOT_FOUND);
    assert_null(rtm_best_exact(f->table, &too_long));
    assert_int_equal(rtm_route_count(f->table), 0);
}

static void best_is_preference_then_metric_then_age(void **state)
{
    struct fixture *f = *state;
    struct rtm_prefix p;

    add(f->a, 0x0A000000, 8, route(1, 1, 5, 120));
    add(f->b, 0x0A000000, 8, route(1, 2, 5, 120));
    assert_int_equal(best_hop(f->table, 0x0A000000, 8), 1); /* the older */
    add(f->b, 0x0A000000, 8, route(1, 2, 4, 120));
    assert_int_equal(best_hop(f->table, 0x0A000000, 8), 2); /* the nearer */
    add(f->a, 0x0A000000, 8, route(2, 3, 16, 3));
    assert_int_equal(best_hop(f->table, 0x0A000000, 8), 3); /* the preferred */
    add(f->b, 0x0A000000, 8, route(1, 2, 5, 120));          /* replaced, not added */
    assert_int_equal(rtm_route_count(f->table), 3);
    assert_int_equal(rtm_destination_count(f->table), 1);
    assert_int_equal(del(f->a, 0x0A000000, 8, 2, 3), ST_OK);
    assert_int_equal(best_hop(f->table, 0x0A000000, 8), 1); /* replacing kept the age */

    p = rtm_prefix_ipv4(0x0A000000, 0xFF000000);
    assert_int_equal(rtm_ipv4(&rtm_route_at(f->table, &p, 1)->next_hop), 2);
    assert_null(rtm_route_at(f->table, &p, 2));
}

/* One that comes and goes all the time is always the youngest of those that stay. */
static void age_outlasts_any_number_of_changes(void **state)
{
    struct fixture *f = *state;
    struct rtm_prefix p = rtm_prefix_ipv4(0x0A000000, 0xFF000000);

    add(f->a, 0x0A000000, 8, route(1, 3, 5, 120));
    add(f->b, 0x0A000000, 8, route(1, 2, 5, 120));
    add(f->a, 0x0A000000, 8, route(1, 1, 5, 120));
    for (unsigned n = 0; n < 70000; n++) {
        add(f->b, 0x0A000000, 8, route(1, 9, 5, 120));
        assert_int_equal(rtm_ipv4(&rtm_route_at(f->table, &p, 3)->next_hop), 9);
        assert_int_equal(del(f->b, 0x0A000000, 8, 1, 9), ST_OK);
    }
    for (unsigned n = 0; n < 3; n++)
        assert_int_equal(rtm_ipv4(&rtm_route_at(f->table, &p, n)->next_hop), 3 - n);
    add(f->a, 0x0A000000, 8, route(1, 3, 6, 120));
    assert_int_equal(best_hop(f->table, 0x0A000000, 8), 2);
    add(f->a, 0x0A000000, 8, route(1, 3, 5, 120)); /* it kept its age */
    assert_int_equal(best_hop(f->table, 0x0A000000, 8), 3);
}

/* Also of routes that are not the best; but not a route that is added as it is. */
static void the_serial_tells_of_every_change(void **state)
{
    struct fixture *f = *state;
    uint64_t before = rtm_serial(f->table);

    assert_true(before > 0);
    add(f->a, 0x0A000000, 8, route(1, 1, 5, 10));
    assert_true(rtm_serial(f->table) > before);
    before = rtm_serial(f->table);
    add(f->b, 0x0A000000, 8, route(1, 2, 5, 20));
    assert_true(rtm_serial(f->table) > before);
    before = rtm_serial(f->table);
    add(f->b, 0x0A000000, 8, route(1, 2, 5, 20));
    assert_int_equal(del(f->b, 0x0A000000, 8, 1, 9), ST_NOT_FOUND);
    assert_true(rtm_serial(f->table) == before);
    add(f->b, 0x0A000000, 8, route(1, 2, 6, 20));
    assert_true(rtm_serial(f->table) > before);
    before = rtm_serial(f->table);
    assert_int_equal(del(f->b, 0x0A000000, 8, 1, 2), ST_OK);
    assert_true(rtm_serial(f->table) > before);
    before = rtm_serial(f->table);
    rtm_route_delete_all(f->a, 0);
    assert_true(rtm_serial(f->table) > before);
}

static void longest_prefix_wins(void **state)
{
    struct fixture *f = *state;
    struct rtm_address a;
    struct rtm_prefix found;

    assert_int_equal(match_hop(f->table, 0x0A010203), 0);
    add(f->a, 0, 0, route(1, 100, 1, 1));
    add(f->a, 0x0A000000, 8, route(1, 108, 1, 1));
    add(f->a, 0x0A010000, 16, route(1, 116, 1, 1));
    add(f->a, 0x0A010203, 32, route(1, 132, 1, 1));
    add(f->a, 0x0A800000, 9, route(1, 109, 1, 1));
    assert_int_equal(match_hop(f->table, 0x0A010203), 132);
    assert_int_equal(match_hop(f->table, 0x0A010202), 116);
    assert_int_equal(match_hop(f->table, 0x0A020202), 108);
    assert_int_equal(match_hop(f->table, 0x0A900000), 109);
    assert_int_equal(match_hop(f->table, 0x0B000000), 100);
    assert_int_equal(del(f->a, 0x0A010000, 16, 1, 116), ST_OK);
    assert_int_equal(match_hop(f->table, 0x0A010202), 108);
    a = rtm_address_ipv4(0x0A010202);
    assert_non_null(rtm_best_match(f->table, &a, &found));
    assert_int_equal(found.length, 8);
    assert_int_equal(del(f->a, 0x0A010000, 16, 1, 116), ST_NOT_FOUND);
    assert_int_equal(del(f->b, 0, 0, 1, 100), ST_NOT_FOUND); /* another's route */
}

static void entities_delete_their_own_by_interface(void **state)
{
    struct fixture *f = *state;

    for (uint32_t i = 0; i < 300; i++) {
        add(f->a, i << 8, 24, route(1 + i % 3, 1, 1, 1));
        add(f->b, i << 8, 24, route(1, 2, 2, 2));
    }
    assert_int_equal(rtm_entity_count(f->a, 2), 100);
    assert_int_equal(rtm_entity_count(f->a, 0), 300);
    assert_int_equal(rtm_entity_count(f->a, 9), 0);
    assert_int_equal(rtm_route_delete_all(f->a, 2), 100);
    assert_int_equal(rtm_route_delete_all(f->a, 2), 0);
    assert_int_equal(rtm_entity_count(f->a, 0), 200);
    assert_int_equal(rtm_destination_count(f->table), 300);
    assert_int_equal(best_hop(f->table, 0x100, 24), 2);
    rtm_deregister(f->b);
    assert_int_equal(rtm_route_count(f->table), 200);
    assert_int_equal(rtm_destination_count(f->table), 200);
    assert_int_equal(rtm_route_delete_all(f->a, 0), 200);
    assert_int_equal(rtm_destination_count(f->table), 0);
}

struct seen {
    unsigned count, limit;
    uint32_t last;
    bool ordered;
};

static bool note(void *context, const struct rtm_prefix *prefix, const struct rtm_route *r)
{
    struct seen *s = context;
    uint32_t address = rtm_ipv4(&prefix->address);

    assert_int_not_equal(r->interface, 0);
    if (s->count && address < s->last) s->ordered = false;
    s->last = address;
    return ++s->count != s->limit;
}

static void walks_are_in_order_and_can_stop(void **state)
{
    struct fixture *f = *state;
    struct rtm_route other;
    struct seen s;

    for (uint32_t i = 0; i < 500; i++)
        add(f->a, (i * 7919 % 500) << 8, 24, route(1 + i % 2, 1, 1, 1));
    add(f->b, 0x0A000000, 8, route(1, 1, 1, 1));
    other = route(1, 1, 1, 1);
    other.protocol = 10002;
    add(f->b, 0x0B000000, 8, other);

    s = (struct seen){.ordered = true};
    rtm_walk_entity(f->a, 2, note, &s);
    assert_int_equal(s.count, 250);
    assert_true(s.ordered);
    s = (struct seen){.ordered = true};
    rtm_walk_entity(f->a, 0, note, &s);
    assert_int_equal(s.count, 500);
    assert_true(s.ordered);
    s = (struct seen){.ordered = true, .limit = 10};
    rtm_walk_entity(f->a, 0, note, &s);
    assert_int_equal(s.count, 10);
    s = (struct seen){.ordered = true};
    rtm_walk_protocol(f->table, 8, 1, note, &s);
    assert_int_equal(s.count, 251);
    s = (struct seen){.ordered = true};
    rtm_walk_protocol(f->table, 10002, 0, note, &s);
    assert_int_equal(s.count, 1);
    s = (struct seen){.ordered = true, .limit = 1};
    rtm_walk_protocol(f->table, 8, 0, note, &s);
    assert_int_equal(s.count, 1);
    s = (struct seen){.ordered = true};
    rtm_walk_entity(f->a, 77, note, &s);
    assert_int_equal(s.count, 0);
}

static void iteration_stays_right_while_the_table_changes(void **state)
{
    struct fixture *f = *state;
    struct rtm_prefix p;
    size_t count;
    unsigned seen = 0;

    for (uint32_t i = 0; i < 100; i++) add(f->a, i << 16, 16, route(1, 1, 1, 1));
    for (const struct rtm_route *r = rtm_next(f->table, &p, true, &count); r;
         r = rtm_next(f->table, &p, false, &count)) {
        uint32_t i = rtm_ipv4(&p.address) >> 16;
        assert_int_equal(i, seen);
        assert_int_equal(count, 1);
        seen++;
        assert_int_equal(del(f->a, i << 16, 16, 1, 1), ST_OK);       /* under the iterator's feet */
        if (i >= 1) add(f->b, (i - 1) << 16, 16, route(1, 1, 1, 1)); /* behind it */
    }
    assert_int_equal(seen, 100);
    p = rtm_prefix_ipv4(0xFFFFFFFF, 0xFFFFFFFF);
    assert_null(rtm_next(f->table, &p, false, NULL));
}

static void count_wakes(void *context)
{
    ++*(unsigned *)context;
}

static void changes_come_once_in_order_of_the_first(void **state)
{
    struct fixture *f = *state;
    struct rtm_consumer *c, *slow;
    unsigned wakes = 0;
    struct rtm_prefix p;
    const struct rtm_route *best;

    add(f->a, 0x01000000, 8, route(1, 1, 1, 1));
    assert_int_equal(rtm_consumer_open(f->table, count_wakes, &wakes, &c), ST_OK);
    assert_int_equal(rtm_consumer_open(f->table, NULL, NULL, &slow), ST_OK);
    assert_false(rtm_consumer_next(c, &p, &best)); /* no backlog */

    add(f->a, 0x02000000, 8, route(1, 1, 1, 1));
    add(f->a, 0x01000000, 8, route(1, 1, 7, 1));
    add(f->a, 0x02000000, 8, route(1, 1, 2, 1));
    add(f->b, 0x02000000, 8, route(1, 9, 9, 9)); /* not the best: no change */
    add(f->a, 0x01000000, 8, route(1, 1, 7, 1)); /* the same again: no change */
    assert_int_equal(wakes, 1);
    assert_true(rtm_consumer_next(c, &p, &best));
    assert_int_equal(rtm_ipv4(&p.address), 0x02000000);
    assert_int_equal(best->metric, 2);
    add(f->a, 0x02000000, 8, route(1, 1, 3, 1)); /* seen, so it counts anew, at the end */
    assert_true(rtm_consumer_next(c, &p, &best));
    assert_int_equal(rtm_ipv4(&p.address), 0x01000000);
    assert_true(rtm_consumer_next(c, &p, &best));
    assert_int_equal(rtm_ipv4(&p.address), 0x02000000);
    assert_false(rtm_consumer_next(c, &p, &best));

    assert_int_equal(rtm_route_delete_all(f->a, 0), 2);
    assert_int_equal(wakes, 2);
    assert_true(rtm_consumer_next(c, &p, &best));
    assert_true(rtm_consumer_next(c, &p, &best));
    assert_false(rtm_consumer_next(c, &p, &best));

    assert_true(rtm_consumer_next(slow, &p, &best)); /* its own order: 2/8 changed first */
    assert_int_equal(rtm_ipv4(&p.address), 0x02000000);
    assert_int_equal(best->metric, 9); /* b's */
    assert_true(rtm_consumer_next(slow, &p, &best));
    assert_int_equal(rtm_ipv4(&p.address), 0x01000000);
    assert_null(best);
    assert_false(rtm_consumer_next(slow, &p, &best));
}

static void there_are_32_consumers(void **state)
{
    struct fixture *f = *state;
    struct rtm_consumer *c[33];
    struct rtm_prefix p;

    add(f->a, 0x01000000, 8, route(1, 1, 1, 1));
    for (unsigned i = 0; i < 32; i++)
        assert_int_equal(rtm_consumer_open(f->table, NULL, NULL, &c[i]), ST_OK);
    assert_int_equal(rtm_consumer_open(f->table, NULL, NULL, &c[32]), ST_NO_MORE_ITEMS);
    add(f->a, 0x01000000, 8, route(1, 1, 2, 1));
    add(f->a, 0x03000000, 8, route(1, 1, 2, 1));
    rtm_route_delete_all(f->a, 0);
    assert_int_equal(rtm_destination_count(f->table), 0);
    for (unsigned i = 0; i < 31; i++) {
        const struct rtm_route *best;

        assert_true(rtm_consumer_next(c[i], &p, &best));
        assert_null(best);
        rtm_consumer_close(c[i]); /* with a backlog of one */
    }
    assert_null(rtm_next(f->table, &p, true, NULL)); /* pending nodes are no destinations */
    assert_int_equal(rtm_consumer_open(f->table, NULL, NULL, &c[0]), ST_OK);
}

static void ipv6_keys_use_all_bits(void **state)
{
    struct rtm *t;
    struct rtm_entity *e;
    struct rtm_prefix p = {{{0x20, 1, 0xd, 0xb8}}, 0};
    struct rtm_route r;
    struct rtm_address a;

    (void)state;
    assert_int_equal(rtm_create(&t, RTM_IPV6), ST_OK);
    assert_int_equal(rtm_register(t, 1, &e), ST_OK);
    r = route(1, 0, 1, 1);
    assert_int_equal(rtm_route_add(e, &p, &r, NULL), ST_INVALID_PARAMETER);
    for (unsigned length = 29; length <= 128; length++) {
        p.length = (uint8_t)length;
        r.metric = length;
        assert_int_equal(rtm_route_add(e, &p, &r, NULL), ST_OK);
    }
    a = p.address;
    assert_int_equal(rtm_best_match(t, &a, NULL)->metric, 128);
    a.octets[15] = 1;
    assert_int_equal(rtm_best_match(t, &a, NULL)->metric, 127);
    a.octets[8] = 0x80;
    assert_int_equal(rtm_best_match(t, &a, NULL)->metric, 64);
    a.octets[7] = 0x01;
    assert_int_equal(rtm_best_match(t, &a, NULL)->metric, 63);
    a.octets[0] = 0;
    assert_null(rtm_best_match(t, &a, NULL));
    rtm_destroy(t);
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static size_t live;

static void *count_alloc(void *context, size_t size)
{
    (void)context;
    live++;
    return calloc(1, size);
}

static void count_release(void *context, void *memory)
{
    (void)context;
    live--;
    free(memory);
}

/* A destination is remembered until every consumer has read that it is gone, and no longer. */
static void nothing_is_kept_of_what_is_gone_and_read(void **state)
{
    static const struct mem_hooks hooks = {count_alloc, count_release, NULL};
    struct rtm_consumer *c, *d;
    const struct rtm_route *best;
    struct rtm_prefix changed;
    struct rtm_entity *e;
    struct rtm *t;
    size_t before;

    (void)state;

    live = 0;
    mem_set_hooks(&hooks);
    assert_int_equal(rtm_create(&t, RTM_IPV4), ST_OK);
    assert_int_equal(rtm_register(t, 1, &e), ST_OK);
    assert_int_equal(rtm_consumer_open(t, NULL, NULL, &c), ST_OK);
    assert_int_equal(rtm_consumer_open(t, NULL, NULL, &d), ST_OK);
    before = live;
    for (int round = 0; round < 3; round++) {
        add(e, 0x0A000000, 8, route(1, 1, 1, 1));
        assert_true(live > before);
        assert_true(rtm_consumer_next(c, &changed, &best));
        assert_true(rtm_consumer_next(d, &changed, &best));
        assert_int_equal(del(e, 0x0A000000, 8, 1, 1), ST_OK);
        assert_true(rtm_consumer_next(c, &changed, &best));
        assert_true(live > before);
        assert_true(rtm_consumer_next(d, &changed, &best));
        assert_int_equal(changed.length, 8);
        assert_int_equal(live, before);
    }
    rtm_consumer_close(c);
    rtm_consumer_close(d);
    rtm_destroy(t);
    mem_set_hooks(NULL);
    assert_int_equal(live, 0);
}

/* By address, then the shorter first; either way round. */
static void keys_have_one_order(void **state)
{
    static const struct rtm_key keys[] = {
        {.high = 0, .low = 0, .length = 0},   {.high = 0, .low = 0, .length = 1},
        {.high = 0, .low = 1, .length = 128}, {.high = 0, .low = UINT64_MAX, .length = 128},
        {.high = 1, .low = 0, .length = 64},  {.high = 1, .low = 0, .length = 128},
        {.high = 1, .low = 1, .length = 128}, {.high = UINT64_MAX, .low = 0, .length = 64}};

    (void)state;

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        for (size_t j = 0; j < sizeof(keys) / sizeof(keys[0]); j++)
            assert_int_equal(rtm_key_compare(&keys[i], &keys[j]), (i > j) - (i < j));
    }
}

static void large_tables_are_quick(void **state)
{
    struct fixture *f = *state;
    const uint32_t counts[] = {25000, 200000};
    struct rtm_consumer *c;

    assert_int_equal(rtm_consumer_open(f->table, NULL, NULL, &c), ST_OK);
    for (unsigned k = 0; k < 2; k++) {
        double start = seconds();
        double added;
        size_t deleted = 0;
        double end;
        for (uint32_t i = 0; i < counts[k]; i++)
            add(f->a, (i * 2654435761u) & 0xFFFFFF00, 24, route(1 + i % 50, 1, 1, 1));
        added = seconds();
        for (uint32_t i = 1; i <= 50; i++) deleted += rtm_route_delete_all(f->a, i);
        end = seconds();
        assert_int_equal(rtm_route_count(f->table), 0);
        assert_true(deleted > counts[k] / 2);
        print_message("%u routes in any order: %.0f ns to add one, %.0f to delete one\n",
                      (unsigned)counts[k], (added - start) * 1e9 / counts[k],
                      (end - added) * 1e9 / (double)deleted);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks_and_addresses),
        cmocka_unit_test(creation_refuses_unknown_families),
        TEST(bad_prefixes_are_refused),
        TEST(best_is_preference_then_metric_then_age),
        TEST(age_outlasts_any_number_of_changes),
        TEST(the_serial_tells_of_every_change),
        TEST(longest_prefix_wins),
        TEST(entities_delete_their_own_by_interface),
        TEST(walks_are_in_order_and_can_stop),
        TEST(iteration_stays_right_while_the_table_changes),
        TEST(changes_come_once_in_order_of_the_first),
        TEST(there_are_32_consumers),
        cmocka_unit_test(ipv6_keys_use_all_bits),
        cmocka_unit_test(keys_have_one_order),
        cmocka_unit_test(nothing_is_kept_of_what_is_gone_and_read),
        TEST(large_tables_are_quick),
    };

    return cmocka_run_group_tests_name("rtm", tests, NULL, NULL);
}
