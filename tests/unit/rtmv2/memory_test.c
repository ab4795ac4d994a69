/* Each function with the n-th allocation failing, also where it is the table of handles that has to
 * grow: an error and nothing changed, or what is documented not to need memory done all the same.
 */
#include "unit/rtmv2/support.h"

#include <string.h>

#include "sim/support/fail_alloc.h"

#define HANDLES 64u /* of a table that has not grown yet */

struct scene {
    struct world w;
    handle_t32 a, b, hop, far, between, via, remote, route, list, dest, other, notify, dests,
        routes, hops, listed;
};

typedef mpr_status step_fn(struct scene *s);

static mpr_status register_a(struct scene *s)
{
    const struct rtmv2_entity_info info = {0, RTM_IPV4, {13, 0}};

    return rtmv2_register(s->w.r, &info, true, &s->a);
}

static mpr_status register_b(struct scene *s)
{
    const struct rtmv2_entity_info info = {0, RTM_IPV4, {14, 0}};

    return rtmv2_register(s->w.r, &info, false, &s->b);
}

static mpr_status know_local(struct scene *s)
{
    return rtmv2_implicit(s->w.r, RTM_IPV4, 2);
}

static mpr_status add_hop(struct scene *s)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 1)), .interface = 3};

    return rtmv2_add_next_hop(s->w.r, s->a, &info, &s->hop, NULL);
}

static mpr_status add_remote_hop(struct scene *s)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 2)),
                                   .remote = s->hop};

    return rtmv2_add_next_hop(s->w.r, s->a, &info, &s->remote, NULL);
}

/* Over another interface; and one over that, which nobody has a reference to then. */
static mpr_status add_far_hop(struct scene *s)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 3)), .interface = 9};

    return rtmv2_add_next_hop(s->w.r, s->a, &info, &s->far, NULL);
}

static mpr_status add_hop_between(struct scene *s)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 5)), .interface = 9};

    return rtmv2_add_next_hop(s->w.r, s->a, &info, &s->between, NULL);
}

static mpr_status add_hop_over_it(struct scene *s)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 4)),
                                   .remote = s->between};
    mpr_status status = rtmv2_add_next_hop(s->w.r, s->a, &info, &s->via, NULL);

    if (status == ST_OK) drop(&s->w, s->a, RTMV2_HOP, s->between);
    return status;
}

static mpr_status far_hop_info(struct scene *s)
{
    struct rtmv2_hop info;
    mpr_status status = rtmv2_next_hop_info(s->w.r, s->b, s->via, &info);

    if (status == ST_OK) assert_int_equal(rtmv2_release_hop_info(s->w.r, s->b, &info), ST_OK);
    return status;
}

/* The only one that wants to know of others' routes, for a moment. */
static mpr_status watch_alone(struct scene *s)
{
    handle_t32 notify;
    mpr_status status =
        rtmv2_register_changes(s->w.r, s->b, UCAST, RTMV2_NOTIFY_BEST, NULL, &notify);

    if (status == ST_OK) assert_int_equal(rtmv2_deregister_changes(s->w.r, s->b, notify), ST_OK);
    return status;
}

static mpr_status find_hop(struct scene *s)
{
    const struct rtm_address address = rtm_address_ipv4(NET(192, 0, 2, 1));
    handle_t32 hop;
    mpr_status status = rtmv2_find_next_hop(s->w.r, s->a, &address, 3, &hop);

    if (status == ST_OK) drop(&s->w, s->a, RTMV2_HOP, hop);
    return status;
}

static mpr_status hop_info(struct scene *s)
{
    struct rtmv2_hop info;
    mpr_status status = rtmv2_next_hop_info(s->w.r, s->b, s->remote, &info);

    if (status == ST_OK) assert_int_equal(rtmv2_release_hop_info(s->w.r, s->b, &info), ST_OK);
    return status;
}

static mpr_status create_list(struct scene *s)
{
    return rtmv2_create_list(s->w.r, s->a, &s->list);
}

/* The better of two, with time to live and in a list. */
static mpr_status add_route(struct scene *s)
{
    const struct rtmv2_route info = info_over(s->remote, 1, 1, RTMV2_VIEW_ALL);
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    uint32_t change = RTMV2_CHANGE_NEW;

    return rtmv2_add_route(s->w.r, s->a, &s->route, &at, &info, 5000, s->list, &change);
}

static mpr_status add_worse_route(struct scene *s)
{
    const struct rtmv2_route info = info_over(s->hop, 7, 7, UCAST);
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    uint32_t change = RTMV2_CHANGE_NEW;

    return rtmv2_add_route(s->w.r, s->a, NULL, &at, &info, RTMV2_INFINITE, 0, &change);
}

static mpr_status update_route(struct scene *s)
{
    struct rtmv2_route info = info_over(s->far, 2, 2, RTMV2_VIEW_ALL);

    info.neighbour = s->remote;
    return rtmv2_update_route(s->w.r, s->a, s->route, &info, 6000, 0, NULL);
}

/* By its neighbour, with another reference. */
static mpr_status find_and_update_route(struct scene *s)
{
    struct rtmv2_route info = info_over(s->hop, 3, 2, RTMV2_VIEW_ALL);
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    handle_t32 route = 0;
    uint32_t change = 0;
    mpr_status status;

    info.neighbour = s->remote;
    status = rtmv2_add_route(s->w.r, s->a, &route, &at, &info, 6000, 0, &change);
    if (status == ST_OK) drop(&s->w, s->a, RTMV2_ROUTE, route);
    return status;
}

static mpr_status route_info(struct scene *s)
{
    struct rtmv2_route info;
    mpr_status status = rtmv2_route_info(s->w.r, s->b, s->route, &info, NULL);

    if (status == ST_OK) drop_info(&s->w, s->b, &info);
    return status;
}

/* A destination that only the router has: its objects are made. */
static mpr_status match_other(struct scene *s)
{
    const struct rtm_prefix at = net(NET(10, 7, 0, 1), 32);
    struct rtmv2_dest shown;
    mpr_status status = rtmv2_most_specific(s->w.r, s->b, &at, BEST, RTMV2_VIEW_ALL, &shown);

    if (status == ST_OK) drop_dest(&s->w, s->b, &shown);
    return status;
}

static mpr_status match_exactly(struct scene *s)
{
    struct rtmv2_dest shown;
    mpr_status status = look(&s->w, s->a, NET(10, 0, 0, 0), 8, RTMV2_VIEW_ALL, &shown);

    if (status != ST_OK) return status;
    s->dest = shown.dest;
    assert_int_equal(rtmv2_reference(s->w.r, s->a, 1, &s->dest), ST_OK);
    drop_dest(&s->w, s->a, &shown);
    return ST_OK;
}

static mpr_status dest_info(struct scene *s)
{
    struct rtmv2_dest shown;
    mpr_status status = rtmv2_dest_info(s->w.r, s->a, s->dest, BEST, RTMV2_VIEW_ALL, &shown);

    if (status == ST_OK) drop_dest(&s->w, s->a, &shown);
    return status;
}

static mpr_status match_shorter(struct scene *s)
{
    struct rtmv2_dest shown;
    mpr_status status = rtmv2_less_specific(s->w.r, s->a, s->dest, BEST, UCAST, &shown);

    if (status == ST_OK) drop_dest(&s->w, s->a, &shown);
    return status;
}

static mpr_status match_route(struct scene *s)
{
    const struct rtm_prefix at = net(NET(10, 7, 0, 0), 16);
    struct rtmv2_route info = {0};
    handle_t32 route;
    mpr_status status =
        rtmv2_exact_route(s->w.r, s->a, &at, RTMV2_MATCH_INTERFACE, &info, 4, UCAST, &route);

    if (status != ST_OK) return status;
    drop_info(&s->w, s->a, &info);
    drop(&s->w, s->a, RTMV2_ROUTE, route);
    return ST_OK;
}

static mpr_status list_entities(struct scene *s)
{
    handle_t32 all[4];
    uint32_t count = 4;
    mpr_status status = rtmv2_entities(s->w.r, s->a, &count, all, NULL);

    if (status != ST_OK) return status;
    assert_int_equal(count, 3);
    assert_int_equal(rtmv2_release(s->w.r, s->a, RTMV2_ENTITY, count, all), ST_OK);
    return ST_OK;
}

static mpr_status hold_down(struct scene *s)
{
    return rtmv2_hold(s->w.r, s->a, s->dest, RTMV2_VIEW_ALL, 700);
}

static mpr_status enumerate_dests(struct scene *s)
{
    return rtmv2_create_dest_enum(s->w.r, s->a, 0, RTMV2_ENUM_START, NULL, BEST, &s->dests);
}

static mpr_status enumerate_routes(struct scene *s)
{
    return rtmv2_create_route_enum(s->w.r, s->a, 0, 0, RTMV2_ENUM_START, NULL, 0, NULL, 0,
                                   &s->routes);
}

static mpr_status enumerate_hops(struct scene *s)
{
    return rtmv2_create_hop_enum(s->w.r, s->a, RTMV2_ENUM_START, NULL, &s->hops);
}

static mpr_status enumerate_list(struct scene *s)
{
    return rtmv2_create_list_enum(s->w.r, s->a, s->list, &s->listed);
}

/* Two of each: the failure may come when the first has been given, which is then all there is. */
static mpr_status fetch_dests(struct scene *s)
{
    struct rtmv2_dest shown[2];
    uint32_t count = 2;
    mpr_status status = rtmv2_get_dests(s->w.r, s->a, s->dests, &count, shown);

    if (status == ST_NOT_ENOUGH_MEMORY) return status;
    for (uint32_t i = 0; i < count; i++) drop_dest(&s->w, s->a, &shown[i]);
    return count ? ST_OK : status;
}

static mpr_status fetch_routes(struct scene *s)
{
    handle_t32 routes[2];
    uint32_t count = 2;
    mpr_status status = rtmv2_get_routes(s->w.r, s->a, s->routes, &count, routes);

    if (status == ST_NOT_ENOUGH_MEMORY) return status;
    assert_int_equal(rtmv2_release(s->w.r, s->a, RTMV2_ROUTE, count, routes), ST_OK);
    return count ? ST_OK : status;
}

static mpr_status fetch_hops(struct scene *s)
{
    handle_t32 hops[2];
    uint32_t count = 2;
    mpr_status status = rtmv2_get_hops(s->w.r, s->a, s->hops, &count, hops);

    if (status == ST_NOT_ENOUGH_MEMORY) return status;
    assert_int_equal(rtmv2_release(s->w.r, s->a, RTMV2_HOP, count, hops), ST_OK);
    return count ? ST_OK : status;
}

static mpr_status fetch_list(struct scene *s)
{
    handle_t32 routes[2];
    uint32_t count = 2;
    mpr_status status = rtmv2_get_list_routes(s->w.r, s->a, s->listed, &count, routes);

    if (status == ST_OK)
        assert_int_equal(rtmv2_release(s->w.r, s->a, RTMV2_ROUTE, count, routes), ST_OK);
    return status;
}

static mpr_status register_changes(struct scene *s)
{
    return rtmv2_register_changes(s->w.r, s->a, UCAST, RTMV2_NOTIFY_ALL, NULL, &s->notify);
}

/* In this order. */
static const struct step {
    const char *name;
    step_fn *run;
} steps[] = {
    {"register a", register_a},
    {"register b", register_b},
    {"know local", know_local},
    {"add hop", add_hop},
    {"add remote hop", add_remote_hop},
    {"add far hop", add_far_hop},
    {"add hop between", add_hop_between},
    {"add hop over it", add_hop_over_it},
    {"find hop", find_hop},
    {"hop info", hop_info},
    {"far hop info", far_hop_info},
    {"create list", create_list},
    {"add route", add_route},
    {"add worse route", add_worse_route},
    {"update route", update_route},
    {"find and update route", find_and_update_route},
    {"route info", route_info},
    {"match other", match_other},
    {"match exactly", match_exactly},
    {"dest info", dest_info},
    {"match shorter", match_shorter},
    {"match route", match_route},
    {"list entities", list_entities},
    {"watch alone", watch_alone},
    {"hold down", hold_down},
    {"enumerate dests", enumerate_dests},
    {"enumerate routes", enumerate_routes},
    {"enumerate hops", enumerate_hops},
    {"enumerate list", enumerate_list},
    {"fetch dests", fetch_dests},
    {"fetch routes", fetch_routes},
    {"fetch hops", fetch_hops},
    {"fetch list", fetch_list},
    {"register changes", register_changes},
};

#define STEPS (sizeof(steps) / sizeof(steps[0]))

static void open_at(struct scene *s, size_t step)
{
    memset(s, 0, sizeof(*s));
    world_open(&s->w);
    other_add(&s->w, 2, NET(10, 7, 0, 0), 16, 4, 0, 1, 1);
    other_add(&s->w, 2, NET(10, 8, 0, 0), 16, 4, 0, 1, 1);
    other_add(&s->w, 2, 0, 0, 4, 0, 1, 1);
    for (size_t i = 0; i < step; i++) assert_int_equal(steps[i].run(s), ST_OK);
}

static void close_all(struct scene *s)
{
    rtmv2_destroy(s->w.r);
    rtm_destroy(s->w.table);
    rtm_destroy(s->w.table6);
}

/* Takes a number that is free again at once, but not given again soon. */
static mpr_status burn(struct scene *s)
{
    const struct rtm_address address = rtm_address_ipv4(NET(192, 0, 2, 99));
    handle_t32 hop;
    mpr_status status = rtmv2_find_next_hop(s->w.r, s->a, &address, 3, &hop);

    if (status == ST_OK) drop(&s->w, s->a, RTMV2_HOP, hop);
    return status;
}

/* How many more handles there are before the table grows, the one of burn's next hop included. */
static size_t handles_left(size_t step)
{
    struct scene s;
    size_t left = 1;

    open_at(&s, step);
    if (!s.a) {
        close_all(&s);
        return HANDLES;
    }
    drop(&s.w, s.a, RTMV2_HOP, hop_to(&s.w, s.a, NET(192, 0, 2, 99), 3));
    fail_alloc_always();
    while (burn(&s) == ST_OK) left++;
    fail_alloc_at(0);
    close_all(&s);
    return left;
}

struct picture {
    size_t handles, objects, routes, destinations;
    uint64_t serial;
    msec deadline;
};

static struct picture picture_of(const struct scene *s)
{
    struct picture p;

    memset(&p, 0, sizeof(p));
    p.handles = rtmv2_handle_count(s->w.r);
    p.objects = rtmv2_object_count(s->w.r);
    p.routes = rtm_route_count(s->w.table);
    p.destinations = rtm_destination_count(s->w.table);
    p.serial = rtm_serial(s->w.table);
    p.deadline = rtmv2_next_deadline(s->w.r);
    return p;
}

/* Leaves room for so many handles. False when no allocation failed. */
static bool run_failing(size_t step, size_t n, size_t burnt)
{
    struct picture before, now;
    struct scene s;
    mpr_status status;
    bool fired;

    open_at(&s, step);
    if (burnt) {
        drop(&s.w, s.a, RTMV2_HOP, hop_to(&s.w, s.a, NET(192, 0, 2, 99), 3));
        for (size_t i = 1; i < burnt; i++) assert_int_equal(burn(&s), ST_OK);
    }
    before = picture_of(&s);
    fail_alloc_at(n);
    status = steps[step].run(&s);
    fired = fail_alloc_fired();
    if (fired && status == ST_NOT_ENOUGH_MEMORY) {
        now = picture_of(&s);
        assert_memory_equal(&now, &before, sizeof(now));
        assert_int_equal(steps[step].run(&s), ST_OK); /* with memory again it is as if new */
    } else {
        assert_int_equal(status, ST_OK);
    }
    close_all(&s);
    return fired;
}

static void each_function_does_all_or_nothing(void **state)
{
    size_t failures = 0;

    (void)state;
    for (size_t step = 0; step < STEPS; step++) {
        size_t left, live;
        fail_alloc_begin();
        left = handles_left(step);
        live = fail_alloc_live();
        assert_int_equal(live, 0);
        for (size_t room = 0; room < 10; room++) {
            size_t burnt = room == 9 || left == HANDLES || room > left ? 0 : left - room;
            for (size_t n = 1; run_failing(step, n, burnt); n++) {
                failures++;
                assert_int_equal(fail_alloc_live(), 0);
            }
        }
        fail_alloc_end();
    }
    print_message("%u failures\n", (unsigned)failures);
    assert_true(failures > 500);
}

/* ---- what never needs memory -------------------------------------------------------------------
 */

static void deleting_needs_no_memory(void **state)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct scene s;
    uint32_t change = 0;
    handle_t32 hop;

    (void)state;
    fail_alloc_begin();
    open_at(&s, STEPS);
    /* Between the two, over an interface that is new to the table: that needs memory. */
    hop = hop_to(&s.w, s.a, NET(192, 0, 2, 50), 9);
    (void)route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, hop, 5, 5, UCAST);
    fail_alloc_always();
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, 0, 1, &s.route), ST_OK);
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, s.list, 1, &s.route), ST_OK);
    assert_int_equal(rtmv2_mark(s.w.r, s.a, s.notify, s.dest, true), ST_OK);
    assert_int_equal(rtmv2_delete_route(s.w.r, s.a, s.route, &change), ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_BEST);
    /* The next one should be in the table now; it comes when there is memory. */
    assert_null(rtm_best_exact(s.w.table, &at));
    assert_int_equal(rtmv2_next_deadline(s.w.r), 700); /* the hold-down of the other view */
    rtmv2_tick(s.w.r, 700);
    assert_null(rtm_best_exact(s.w.table, &at));
    assert_int_equal(rtmv2_next_deadline(s.w.r), 1700);
    fail_alloc_at(0);
    rtmv2_tick(s.w.r, 1700);
    assert_non_null(rtm_best_exact(s.w.table, &at));
    assert_int_equal(rtm_best_exact(s.w.table, &at)->interface, 9);
    assert_int_equal(rtmv2_next_deadline(s.w.r), MSEC_NEVER);
    fail_alloc_always();
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, s.dests), ST_OK);
    assert_int_equal(rtmv2_delete_list(s.w.r, s.a, s.list), ST_OK);
    assert_int_equal(rtmv2_delete_next_hop(s.w.r, s.a, s.remote, NULL), ST_OK);
    assert_int_equal(rtmv2_ignore_changed(s.w.r, s.a, s.notify, 1, &s.dest), ST_OK);
    assert_int_equal(rtmv2_deregister(s.w.r, s.a), ST_OK);
    assert_int_equal(rtmv2_deregister(s.w.r, s.b), ST_OK);
    assert_int_equal(rtm_route_count(s.w.table), 3);
    fail_alloc_at(0);
    close_all(&s);
    fail_alloc_end();
}

/* A change that there was no memory to remember is not lost, and none behind it. */
static void no_change_is_lost(void **state)
{
    struct rtmv2_event event;
    struct rtmv2_dest shown;
    struct scene s;
    uint32_t one = 1;

    (void)state;
    fail_alloc_begin();
    open_at(&s, STEPS);
    other_add(&s.w, 2, NET(10, 9, 0, 0), 16, 4, 0, 1, 1);
    other_add(&s.w, 2, NET(10, 10, 0, 0), 16, 4, 0, 1, 1);
    fail_alloc_always();
    while (rtmv2_event(s.w.r, &event)) rtmv2_event_end(s.w.r, &event);
    assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify, &one, &shown), ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(one, 1);
    assert_int_equal(rtmv2_next_deadline(s.w.r), 1000);
    assert_int_equal(rtmv2_delete_route(s.w.r, s.a, s.route, NULL), ST_OK);
    fail_alloc_at(0);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify, &one, &shown), ST_OK);
        drop_dest(&s.w, s.a, &shown);
    }
    assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify, &one, &shown), ST_NO_MORE_ITEMS);
    close_all(&s);
    fail_alloc_end();
}

static void creating_and_attaching_do_all_or_nothing(void **state)
{
    struct rtmv2 *r = NULL;
    struct rtm *table = NULL;

    (void)state;
    fail_alloc_begin();
    for (size_t n = 1;; n++) {
        mpr_status status;
        assert_int_equal(rtm_create(&table, RTM_IPV4), ST_OK);
        fail_alloc_at(n);
        status = rtmv2_create(&r, NULL, NULL);
        if (status == ST_OK && (status = rtmv2_attach(r, RTM_IPV4, table)) != ST_OK) {
            assert_int_equal(rtmv2_object_count(r), 0);
            rtmv2_detach(r, RTM_IPV4);
        }
        if (!fail_alloc_fired()) break;
        assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
        rtmv2_destroy(r);
        r = NULL;
        rtm_destroy(table);
        assert_int_equal(fail_alloc_live(), 0);
    }
    assert_int_equal(rtmv2_attach(r, RTM_IPV4, table), ST_ALREADY_EXISTS);
    rtmv2_destroy(r);
    rtm_destroy(table);
    fail_alloc_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_function_does_all_or_nothing),
        cmocka_unit_test(deleting_needs_no_memory),
        cmocka_unit_test(no_change_is_lost),
        cmocka_unit_test(creating_and_attaching_do_all_or_nothing),
    };

    return cmocka_run_group_tests_name("rtmv2 memory", tests, NULL, NULL);
}
