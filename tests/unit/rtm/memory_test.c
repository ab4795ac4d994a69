/* Each allocation of the table fails once: an error, nothing has changed, and the same call works
 * when there is memory again. */
#include "unit/rtm/cmocka_all.h"

#include <string.h>

#include "base/mem.h"
#include "rtm/internal.h"
#include "sim/support/fail_alloc.h"

struct fixture {
    struct rtm *table;
    struct rtm_entity *a, *b;
    struct rtm_consumer *consumers[4];
    unsigned wakes;
};

static void wake(void *context)
{
    struct fixture *f = context;

    f->wakes++;
}

static mpr_status create(struct fixture *f)
{
    return rtm_create(&f->table, RTM_IPV4);
}

static mpr_status enter_a(struct fixture *f)
{
    return rtm_register(f->table, 1, &f->a);
}

static mpr_status enter_b(struct fixture *f)
{
    return rtm_register(f->table, 2, &f->b);
}

static mpr_status listen_at(struct fixture *f, size_t n)
{
    return rtm_consumer_open(f->table, wake, f, &f->consumers[n]);
}

static mpr_status listen_first(struct fixture *f)
{
    return listen_at(f, 0);
}

static mpr_status listen_second(struct fixture *f)
{
    return listen_at(f, 1);
}

static mpr_status listen_third(struct fixture *f)
{
    return listen_at(f, 2);
}

static mpr_status add(struct rtm_entity *e, uint32_t address, unsigned length, uint32_t interface)
{
    struct rtm_prefix p = rtm_prefix_ipv4(address, rtm_length_mask(length));
    struct rtm_route r = {
        .protocol = 8, .interface = interface, .next_hop = rtm_address_ipv4(9), .metric = 1};

    return rtm_route_add(e, &p, &r, NULL);
}

static mpr_status add_net(struct fixture *f)
{
    return add(f->a, 0x0A000000, 24, 1);
}

/* Beside the first: where they part, the tree gets a node that is no destination. */
static mpr_status add_neighbour(struct fixture *f)
{
    return add(f->a, 0x0A000100, 24, 1);
}

static mpr_status add_within(struct fixture *f)
{
    return add(f->a, 0x0A000080, 25, 1);
}

static mpr_status add_around(struct fixture *f)
{
    return add(f->a, 0x0A000000, 8, 1);
}

static mpr_status add_over_another_interface(struct fixture *f)
{
    return add(f->a, 0x0A000000, 24, 2);
}

static mpr_status add_of_another(struct fixture *f)
{
    return add(f->b, 0x0A000000, 24, 1);
}

static mpr_status add_far(struct fixture *f)
{
    return add(f->b, 0xC0000200, 24, 1);
}

static mpr_status add_far_neighbour(struct fixture *f)
{
    return add(f->b, 0xC0000300, 24, 1);
}

typedef mpr_status step_fn(struct fixture *f);

/* In this order. */
static const struct step {
    const char *name;
    step_fn *run;
} steps[] = {
    {"create", create},
    {"enter", enter_a},
    {"enter another", enter_b},
    {"listen", listen_first},
    {"add", add_net},
    {"add beside it", add_neighbour},
    {"add within it", add_within},
    {"listen twice", listen_second},
    {"add around it", add_around},
    {"listen a third time", listen_third},
    {"add over another interface", add_over_another_interface},
    {"add of another owner", add_of_another},
    {"add elsewhere", add_far},
    {"add beside that", add_far_neighbour},
};

/* What can be seen of a table. */
struct picture {
    size_t routes, destinations, of_a, of_b;
    uint64_t serial;
    unsigned wakes;
};

static struct picture picture_of(const struct fixture *f)
{
    struct picture p;

    memset(&p, 0, sizeof(p));
    p.wakes = f->wakes;
    if (!f->table) return p;
    p.routes = rtm_route_count(f->table);
    p.destinations = rtm_destination_count(f->table);
    p.serial = rtm_serial(f->table);
    if (f->a) p.of_a = rtm_entity_count(f->a, 0) + rtm_entity_count(f->a, 1);
    if (f->b) p.of_b = rtm_entity_count(f->b, 0) + rtm_entity_count(f->b, 1);
    return p;
}

static void run(struct fixture *f, const struct step *s)
{
    for (size_t n = 1;; n++) {
        struct picture before = picture_of(f), now;
        size_t live = fail_alloc_live();
        mpr_status status;

        fail_alloc_at(n);
        status = s->run(f);
        if (!fail_alloc_fired()) {
            assert_int_equal(status, ST_OK);
            return;
        }
        print_message("%s, allocation %u\n", s->name, (unsigned)n);
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        now = picture_of(f);
        assert_memory_equal(&now, &before, sizeof(now));
        assert_int_equal(fail_alloc_live(), live);
    }
}

static size_t read_all(struct rtm_consumer *c)
{
    struct rtm_prefix prefix;
    const struct rtm_route *best;
    size_t count = 0;

    while (rtm_consumer_next(c, &prefix, &best)) count++;
    return count;
}

static void each_call_all_or_nothing(void **state)
{
    struct fixture f = {0};

    (void)state;
    fail_alloc_begin();
    for (size_t n = 0; n < sizeof(steps) / sizeof(steps[0]); n++) run(&f, &steps[n]);
    assert_int_equal(rtm_route_count(f.table), 8);
    assert_int_equal(rtm_destination_count(f.table), 6);
    assert_int_equal(read_all(f.consumers[0]), 6);
    assert_int_equal(read_all(f.consumers[1]), 3); /* since it listens */
    assert_int_equal(read_all(f.consumers[2]), 2);
    assert_int_equal(f.wakes, 3);
    rtm_destroy(f.table);
    fail_alloc_end();
}

/* Replacing, asking, walking, deleting and leaving. */
static bool visit(void *context, const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    (void)prefix, (void)route;
    ++*(size_t *)context;
    return true;
}

static void what_needs_no_memory(void **state)
{
    struct fixture f = {0};
    struct rtm_prefix p = rtm_prefix_ipv4(0x0A000000, rtm_length_mask(24));
    struct rtm_address hop = rtm_address_ipv4(9);
    size_t visited = 0;

    (void)state;
    fail_alloc_begin();
    for (size_t n = 0; n < sizeof(steps) / sizeof(steps[0]); n++) {
        assert_int_equal(steps[n].run(&f), ST_OK);
    }
    fail_alloc_always();
    assert_int_equal(add_net(&f), ST_OK); /* it is there */
    rtm_prefer(f.table, 8, 5, NULL);
    assert_int_equal(rtm_best_exact(f.table, &p)->preference, 5);
    rtm_prefer(f.table, 8, 0, NULL);
    rtm_walk_entity(f.a, 0, visit, &visited);
    assert_int_equal(visited, 5);
    assert_int_equal(rtm_route_delete(f.a, &p, 1, &hop), ST_OK);
    assert_int_equal(rtm_route_delete_all(f.a, 0), 4);
    rtm_consumer_close(f.consumers[1]);
    rtm_deregister(f.a);
    assert_int_equal(rtm_route_count(f.table), 3);
    rtm_destroy(f.table);
    fail_alloc_at(0);
    fail_alloc_end();
}

static mpr_status put(struct rtm_entity *e, uint32_t address, uint32_t metric)
{
    struct rtm_prefix p = rtm_prefix_ipv4(address, UINT32_MAX);
    struct rtm_route r = {.protocol = 8, .interface = 1, .metric = metric};

    return rtm_route_add(e, &p, &r, NULL);
}

/* Whatever else has got its memory meanwhile. */
static void what_is_held_comes_back_without_memory(void **state)
{
    struct rtm_prefix changed = rtm_prefix_ipv4(1, UINT32_MAX);
    struct fixture f = {0};
    uint32_t n = 10;

    (void)state;
    fail_alloc_begin();
    assert_int_equal(create(&f), ST_OK);
    assert_int_equal(enter_a(&f), ST_OK);
    assert_int_equal(put(f.a, 1, 1), ST_OK);
    rtm_hold(f.table);
    rtm_hold(f.table);
    assert_int_equal(put(f.a, 1, 2), ST_OK);
    assert_int_equal(put(f.a, 1, 3), ST_OK);
    rtm_unhold(f.table);
    while (f.table->attributes.slab.room) {
        assert_int_equal(put(f.a, n, n), ST_OK);
        n++;
    }
    fail_alloc_always();
    assert_int_equal(put(f.a, 1, 4), ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(rtm_best_exact(f.table, &changed)->metric, 3);
    assert_int_equal(put(f.a, 1, 2), ST_OK);
    assert_int_equal(put(f.a, 1, 1), ST_OK);
    assert_int_equal(rtm_best_exact(f.table, &changed)->metric, 1);
    rtm_unhold(f.table);
    assert_int_equal(put(f.a, 1, 4), ST_OK); /* what was kept is free now */
    assert_int_equal(rtm_route_delete_all(f.a, 0), n - 9);
    assert_int_equal(f.table->attributes.count, 0);
    rtm_deregister(f.a);
    rtm_destroy(f.table);
    fail_alloc_at(0);
    fail_alloc_end();
}

/* A list lives as long as what is held of it. */
static void who_leaves_takes_along_what_is_held(void **state)
{
    struct fixture f = {0};

    (void)state;
    fail_alloc_begin();
    assert_int_equal(create(&f), ST_OK);
    assert_int_equal(enter_a(&f), ST_OK);
    rtm_hold(f.table);
    assert_int_equal(put(f.a, 1, 1), ST_OK);
    assert_int_equal(rtm_route_delete_all(f.a, 0), 1);
    assert_int_equal(f.table->attributes.count, 1);
    assert_int_equal(put(f.a, 1, 1), ST_OK);
    assert_int_equal(put(f.a, 1, 2), ST_OK);
    rtm_deregister(f.a);
    assert_int_equal(f.table->attributes.count, 0);
    rtm_unhold(f.table);
    rtm_destroy(f.table);
    fail_alloc_end();
}

/* Keys and nodes of more than 64 bits have a tail each. */
static mpr_status put_host(struct rtm_entity *e, uint8_t n)
{
    struct rtm_prefix p = {{{0x20, 0x01, 0x0d, 0xb8, [15] = n}}, 128};
    struct rtm_route r = {.protocol = 8, .interface = 1, .metric = 1u + n};

    return rtm_route_add(e, &p, &r, NULL);
}

static void check_host_of_ipv6(const struct fixture *f, uint8_t n, bool there)
{
    struct rtm_prefix p = {{{0x20, 0x01, 0x0d, 0xb8, [15] = n}}, 128};
    const struct rtm_route *route = rtm_best_match(f->table, &p.address, NULL);

    assert_int_equal(route != NULL, there);
    assert_true(!route || route->metric == 1u + n);
    assert_ptr_equal(rtm_best_exact(f->table, &p), route);
}

static void hosts_of_ipv6_all_or_nothing(void **state)
{
    struct fixture f = {0};
    const uint8_t hosts = 200;

    (void)state;
    fail_alloc_begin();
    assert_int_equal(rtm_create(&f.table, RTM_IPV6), ST_OK);
    assert_int_equal(enter_a(&f), ST_OK);
    for (uint8_t n = 0; n < hosts; n++) {
        mpr_status status = ST_NOT_ENOUGH_MEMORY;
        for (size_t at = 1; status != ST_OK; at++) {
            size_t live = fail_alloc_live(), tails = f.table->tails.count;
            fail_alloc_at(at);
            status = put_host(f.a, n);
            if (status == ST_OK) break;
            assert_int_equal(fail_alloc_live(), live);
            assert_int_equal(f.table->tails.count, tails);
            check_host_of_ipv6(&f, n, false);
        }
        for (uint8_t i = 0; i < hosts; i++) check_host_of_ipv6(&f, i, i <= n);
    }
    assert_true(f.table->tails.count > 0);
    assert_int_equal(rtm_route_delete_all(f.a, 0), hosts);
    assert_int_equal(f.table->tails.count, 0);
    rtm_destroy(f.table);
    fail_alloc_at(0);
    fail_alloc_end();
}

static void check_hosts(const struct fixture *f, uint32_t count)
{
    struct rtm_address a;
    const struct rtm_route *route;

    for (uint32_t n = 0; n <= count; n++) {
        a = rtm_address_ipv4(n << 12);
        route = rtm_best_match(f->table, &a, NULL);
        assert_int_equal(!route, n == count);
        assert_true(!route || route->metric == n + 1);
    }
}

/* The one that would make a table of jumps comes without, where that has no memory. */
static void jumps_are_done_without(void **state)
{
    const uint32_t count = 2048;
    struct rtm_address hop = rtm_address_ipv4(0);
    struct rtm_prefix last = rtm_prefix_ipv4((count - 1) << 12, UINT32_MAX);
    struct fixture f = {0};
    unsigned without = 0;

    (void)state;
    fail_alloc_begin();
    assert_int_equal(create(&f), ST_OK);
    assert_int_equal(enter_a(&f), ST_OK);
    for (uint32_t n = 0; n + 1 < count; n++) assert_int_equal(put(f.a, n << 12, n + 1), ST_OK);
    for (size_t n = 1; !f.table->jump; n++) {
        fail_alloc_at(n);
        if (put(f.a, (count - 1) << 12, count) != ST_OK) continue;
        check_hosts(&f, count);
        if (f.table->jump) break;
        without++;
        assert_true(fail_alloc_fired());
        assert_int_equal(rtm_route_delete(f.a, &last, 1, &hop), ST_OK);
    }
    assert_int_equal(without, 2); /* it is two arrays */
    check_hosts(&f, count);
    rtm_destroy(f.table);
    fail_alloc_at(0);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_all_or_nothing),
        cmocka_unit_test(what_needs_no_memory),
        cmocka_unit_test(what_is_held_comes_back_without_memory),
        cmocka_unit_test(hosts_of_ipv6_all_or_nothing),
        cmocka_unit_test(jumps_are_done_without),
        cmocka_unit_test(who_leaves_takes_along_what_is_held),
    };

    return cmocka_run_group_tests_name("memory of the table", tests, NULL, NULL);
}
