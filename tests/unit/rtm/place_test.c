/* Places: pinned destinations stay with their number, and nobody else sees those without a route.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rtm/rtm.h"

#define NET(a, b) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16)

struct scene {
    struct rtm *t;
    struct rtm_entity *e;
};

static struct rtm_prefix net(uint32_t address, unsigned length)
{
    return rtm_prefix_ipv4(address, rtm_length_mask(length));
}

static void add(struct scene *s, uint32_t address, unsigned length, uint32_t metric)
{
    const struct rtm_prefix prefix = net(address, length);
    const struct rtm_route route = {.protocol = 8, .interface = metric, .metric = metric};

    assert_int_equal(rtm_route_add(s->e, &prefix, &route, NULL), ST_OK);
}

static void take(struct scene *s, uint32_t address, unsigned length, uint32_t metric)
{
    const struct rtm_prefix prefix = net(address, length);
    const struct rtm_address link = {{0}};

    assert_int_equal(rtm_route_delete(s->e, &prefix, metric, &link), ST_OK);
}

static uint32_t pin(struct scene *s, uint32_t address, unsigned length)
{
    const struct rtm_prefix prefix = net(address, length);
    uint32_t place = 0;

    assert_int_equal(rtm_place_pin(s->t, &prefix, &place), ST_OK);
    assert_int_not_equal(place, 0);
    return place;
}

static uint32_t find(const struct scene *s, uint32_t address, unsigned length)
{
    const struct rtm_prefix prefix = net(address, length);

    return rtm_place_find(s->t, &prefix);
}

static int open_scene(void **state)
{
    static struct scene s;

    *state = &s;
    return rtm_create(&s.t, RTM_IPV4) != ST_OK || rtm_register(s.t, 1, &s.e) != ST_OK;
}

static int close_scene(void **state)
{
    rtm_destroy(((struct scene *)*state)->t);
    return 0;
}

static void a_pinned_destination_keeps_its_number(void **state)
{
    struct scene *s = *state;
    uint32_t place = pin(s, NET(10, 0), 8);

    for (unsigned i = 0; i < 3; i++) {
        assert_null(rtm_place_best(s->t, place));
        add(s, NET(10, 0), 8, 5);
        add(s, NET(10, 0), 8, 3);
        assert_int_equal(find(s, NET(10, 0), 8), place);
        assert_int_equal(rtm_place_best(s->t, place)->metric, 3);
        take(s, NET(10, 0), 8, 3);
        assert_int_equal(rtm_place_best(s->t, place)->metric, 5);
        take(s, NET(10, 0), 8, 5);
        assert_int_equal(find(s, NET(10, 0), 8), place);
    }
    rtm_place_unpin(s->t, place);
    assert_int_equal(find(s, NET(10, 0), 8), 0);
}

static void it_goes_with_its_last_pin_and_route(void **state)
{
    struct scene *s = *state;
    uint32_t place = pin(s, NET(10, 0), 8);

    assert_int_equal(pin(s, NET(10, 0), 8), place);
    rtm_place_unpin(s->t, place);
    assert_int_equal(find(s, NET(10, 0), 8), place);
    add(s, NET(10, 0), 8, 1);
    rtm_place_unpin(s->t, place);
    assert_int_equal(find(s, NET(10, 0), 8), place);
    take(s, NET(10, 0), 8, 1);
    assert_int_equal(find(s, NET(10, 0), 8), 0);
}

static void others_do_not_see_one_without_a_route(void **state)
{
    struct scene *s = *state;
    uint32_t place = pin(s, NET(10, 1), 16);
    const struct rtm_address inside = rtm_address_ipv4(NET(10, 1) | 7);
    const struct rtm_route *best;
    struct rtm_consumer *consumer;
    struct rtm_prefix prefix;

    assert_int_equal(rtm_consumer_open(s->t, NULL, NULL, &consumer), ST_OK);
    add(s, NET(10, 0), 8, 1);
    assert_int_equal(rtm_destination_count(s->t), 1);
    assert_non_null(rtm_best_match(s->t, &inside, &prefix));
    assert_int_equal(prefix.length, 8);
    assert_non_null(rtm_next(s->t, &prefix, true, NULL));
    assert_int_equal(prefix.length, 8);
    assert_null(rtm_next(s->t, &prefix, false, NULL));
    assert_true(rtm_consumer_next(consumer, &prefix, &best));
    assert_int_equal(prefix.length, 8);
    rtm_place_unpin(s->t, place);
    assert_false(rtm_consumer_next(consumer, &prefix, &best));
}

static void places_are_walked_and_matched(void **state)
{
    struct scene *s = *state;
    uint32_t eight, sixteen = pin(s, NET(10, 1), 16);
    struct rtm_prefix at = net(NET(10, 1), 24);

    add(s, NET(10, 0), 8, 1);
    eight = find(s, NET(10, 0), 8);
    assert_true(rtm_place_match(s->t, &at));
    assert_int_equal(at.length, 16);
    at.length = 15;
    assert_true(rtm_place_match(s->t, &at));
    assert_int_equal(at.length, 8);
    at = net(NET(11, 0), 24);
    assert_false(rtm_place_match(s->t, &at));
    assert_int_equal(rtm_place_next(s->t, &at, true), eight);
    assert_int_equal(rtm_place_next(s->t, &at, false), sixteen);
    assert_int_equal(at.length, 16);
    assert_int_equal(rtm_place_next(s->t, &at, false), 0);
}

static void the_routes_of_a_place_are_best_first(void **state)
{
    struct scene *s = *state;
    uint32_t place = pin(s, NET(10, 0), 8), at = 0;

    assert_null(rtm_place_next_route(s->t, place, &at));
    for (uint32_t metric = 3; metric; metric--) add(s, NET(10, 0), 8, metric);
    at = 0;
    for (uint32_t metric = 1; metric <= 3; metric++)
        assert_int_equal(rtm_place_next_route(s->t, place, &at)->metric, metric);
    assert_null(rtm_place_next_route(s->t, place, &at));
}

static void a_pin_needs_a_prefix(void **state)
{
    struct scene *s = *state;
    struct rtm_prefix prefix = net(NET(10, 0), 8);
    uint32_t place = 0;

    prefix.length = 4; /* bits past it */
    assert_int_equal(rtm_place_pin(s->t, &prefix, &place), ST_INVALID_PARAMETER);
    prefix.length = 33;
    assert_int_equal(rtm_place_pin(s->t, &prefix, &place), ST_INVALID_PARAMETER);
    assert_int_equal(place, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pinned_destination_keeps_its_number), TEST(it_goes_with_its_last_pin_and_route),
        TEST(others_do_not_see_one_without_a_route), TEST(places_are_walked_and_matched),
        TEST(the_routes_of_a_place_are_best_first),  TEST(a_pin_needs_a_prefix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
