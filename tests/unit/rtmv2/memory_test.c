/* Each function with the n-th allocation failing, also where it is the table of handles that has to
 * grow: an error and nothing changed, or what is documented not to need memory done all the same.
 */
#include "unit/rtmv2/steps.h"

#include <string.h>

#include "sim/support/fail_alloc.h"

#define HANDLES 64u /* of a table that has not grown yet */

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
    if (fired && !steps[step].partly) assert_int_equal(status, ST_NOT_ENOUGH_MEMORY);
    if (status == ST_NOT_ENOUGH_MEMORY) {
        assert_true(fired);
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
    for (size_t step = 0; step < step_count; step++) {
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
    open_at(&s, step_count);
    /* Between the two, over an interface that is new to the table: that needs memory. */
    hop = hop_to(&s.w, s.a, NET(192, 0, 2, 50), 11);
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
    assert_int_equal(rtm_best_exact(s.w.table, &at)->interface, 11);
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

#define CHANGES 200u /* more destinations than there may be room for without memory */

/* A change that there was no memory to remember is not lost, and none behind it. */
static void no_change_is_lost(void **state)
{
    struct rtmv2_event event;
    struct rtmv2_dest shown;
    struct scene s;
    uint32_t one = 1;

    (void)state;
    fail_alloc_begin();
    open_at(&s, step_count);
    for (uint32_t i = 0; i < CHANGES; i++)
        other_add(&s.w, 2, NET(11, 0, 0, 0) + (i << 8), 24, 4, 0, 1, 1);
    fail_alloc_always();
    while (rtmv2_event(s.w.r, &event)) rtmv2_event_end(s.w.r, &event);
    assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify, &one, &shown), ST_NOT_ENOUGH_MEMORY);
    assert_int_equal(one, 1);
    assert_int_equal(rtmv2_next_deadline(s.w.r), 1000);
    assert_int_equal(rtmv2_delete_route(s.w.r, s.a, s.route, NULL), ST_OK);
    fail_alloc_at(0);
    for (unsigned i = 0; i < CHANGES + 1; i++) {
        assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify, &one, &shown), ST_OK);
        drop_dest(&s.w, s.a, &shown);
    }
    assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify, &one, &shown), ST_NO_MORE_ITEMS);
    close_all(&s);
    fail_alloc_end();
}

/* An event that there is no number for comes later, and nobody is woken for it meanwhile. */
static void no_event_is_lost(void **state)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct rtmv2_route info;
    struct rtmv2_event event;
    struct scene s;
    uint32_t change = 0;
    unsigned wakes;

    (void)state;
    fail_alloc_begin();
    open_at(&s, 1);
    info = info_over(0, 1, 1, UCAST);
    assert_int_equal(rtmv2_add_route(s.w.r, s.a, NULL, &at, &info, 5, 0, &change), ST_OK);
    drop(&s.w, s.a, RTMV2_HOP, hop_to(&s.w, s.a, NET(192, 0, 2, 99), 3));
    fail_alloc_always();
    while (burn(&s) == ST_OK) continue;
    rtmv2_tick(s.w.r, 5);
    wakes = s.w.wakes;
    assert_int_equal(wakes, 1);
    assert_false(rtmv2_event(s.w.r, &event));
    assert_int_equal(rtmv2_next_deadline(s.w.r), 1005);
    rtmv2_tick(s.w.r, 1005);
    assert_false(rtmv2_event(s.w.r, &event));
    assert_int_equal(s.w.wakes, wakes);
    fail_alloc_at(0);
    assert_true(rtmv2_event(s.w.r, &event));
    assert_int_equal(event.type, RTMV2_ROUTE_EXPIRED);
    assert_int_equal(rtmv2_next_deadline(s.w.r), MSEC_NEVER);
    close_all(&s);
    fail_alloc_end();
}

/* A change that nobody wants to know of needs none. */
static void unwanted_changes_need_no_memory(void **state)
{
    struct rtmv2_dest shown;
    struct scene s;
    handle_t32 notify;
    uint32_t one = 1;

    (void)state;
    fail_alloc_begin();
    open_at(&s, 2);
    assert_int_equal(rtmv2_register_changes(s.w.r, s.b, UCAST,
                                            RTMV2_NOTIFY_ALL | RTMV2_NOTIFY_ONLY_MARKED, NULL,
                                            &notify),
                     ST_OK);
    other_add(&s.w, 2, NET(10, 9, 0, 0), 16, 4, 0, 1, 1);
    fail_alloc_always();
    assert_int_equal(rtmv2_changed_dests(s.w.r, s.b, notify, &one, &shown), ST_NO_MORE_ITEMS);
    fail_alloc_at(0);
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
        cmocka_unit_test(no_event_is_lost),
        cmocka_unit_test(unwanted_changes_need_no_memory),
        cmocka_unit_test(creating_and_attaching_do_all_or_nothing),
    };

    return cmocka_run_group_tests_name("rtmv2 memory", tests, NULL, NULL);
}
