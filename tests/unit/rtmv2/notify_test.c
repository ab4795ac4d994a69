/* Which changes whom are told of, and that nobody's silence costs others. */
#include "unit/rtmv2/support.h"

#include <string.h>

#define LOCAL 2u

enum { ALL, BESTS, FORWARDING, MULTICAST, MARKED, KINDS };

struct scene {
    struct world w;
    handle_t32 a, hop, notify[KINDS];
};

static void scene_open(struct scene *s)
{
    static const uint32_t views[KINDS] = {UCAST, UCAST, UCAST, MCAST, RTMV2_VIEW_ANY};
    static const uint32_t flags[KINDS] = {RTMV2_NOTIFY_ALL, RTMV2_NOTIFY_BEST,
                                          RTMV2_NOTIFY_FORWARDING, RTMV2_NOTIFY_ALL,
                                          RTMV2_NOTIFY_ALL | RTMV2_NOTIFY_ONLY_MARKED};

    memset(s, 0, sizeof(*s));
    world_open(&s->w);
    s->a = enter(&s->w, 13, 0);
    s->hop = hop_to(&s->w, s->a, NET(192, 0, 2, 1), 3);
    for (unsigned i = 0; i < KINDS; i++)
        assert_int_equal(
            rtmv2_register_changes(s->w.r, s->a, views[i], flags[i], NULL, &s->notify[i]), ST_OK);
}

/* With references to the hop only. */
static void scene_close(struct scene *s, size_t objects)
{
    drop(&s->w, s->a, RTMV2_HOP, s->hop);
    leave(&s->w, s->a);
    assert_int_equal(rtmv2_object_count(s->w.r), objects);
    world_close(&s->w);
}

/* Fetches all of a registration; how many. */
static unsigned fetch(struct scene *s, unsigned kind)
{
    struct rtmv2_dest shown[3];
    unsigned count = 0;
    uint32_t got = 3;

    for (; rtmv2_changed_dests(s->w.r, s->a, s->notify[kind], &got, shown) == ST_OK; got = 3) {
        assert_int_equal(rtmv2_release_dests(s->w.r, s->a, got, shown), ST_OK);
        count += got;
    }
    return count;
}

/* A digit for each registration. */
static unsigned fetched(struct scene *s)
{
    unsigned digits = 0;

    for (unsigned i = 0; i < KINDS; i++) digits = digits * 10 + fetch(s, i);
    return digits;
}

static void change(struct scene *s, handle_t32 route, struct rtmv2_route info)
{
    assert_int_equal(rtmv2_update_route(s->w.r, s->a, route, &info, RTMV2_INFINITE, 0, NULL),
                     ST_OK);
}

static void each_type_is_told_of_its_changes(void **state)
{
    struct rtmv2_route info;
    struct scene s;
    handle_t32 best, worse, multicast;

    (void)state;
    scene_open(&s);
    info = info_over(s.hop, 1, 1, UCAST);
    best = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 1, 1, UCAST);
    assert_int_equal(fetched(&s), 11100);
    worse = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 2, 1, UCAST);
    assert_int_equal(fetched(&s), 10000);
    multicast = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 3, 1, MCAST);
    assert_int_equal(fetched(&s), 10); /* nothing in unicast */
    info.flags = 0x20;                 /* nothing to the forwarder */
    change(&s, best, info);
    assert_int_equal(fetched(&s), 11000);
    info.flags = 0x21;
    change(&s, best, info);
    assert_int_equal(fetched(&s), 11100);
    info.specific = &s;
    change(&s, best, info);
    assert_int_equal(fetched(&s), 10000);
    info.preference.metric = 0;
    change(&s, best, info);
    assert_int_equal(fetched(&s), 11100);
    info.hop_count = 0;
    change(&s, best, info);
    assert_int_equal(fetched(&s), 11100);
    info.preference.metric = 5; /* now the other is best */
    change(&s, best, info);
    assert_int_equal(fetched(&s), 11100);
    info.views = RTMV2_VIEW_ALL;
    change(&s, best, info);
    assert_int_equal(fetched(&s), 10010);
    unroute(&s.w, s.a, best);
    assert_int_equal(fetched(&s), 10010);
    unroute(&s.w, s.a, multicast);
    assert_int_equal(fetched(&s), 10);
    unroute(&s.w, s.a, worse);
    assert_int_equal(fetched(&s), 11100);
    other_add(&s.w, LOCAL, NET(11, 0, 0, 0), 8, 1, 0, 1, 1);
    other_add(&s.w, LOCAL, NET(11, 0, 0, 0), 8, 2, 0, 2, 1); /* not the best: nobody knows */
    assert_int_equal(fetched(&s), 11100);
    scene_close(&s, 1);
}

/* The routes over it change with it. */
static void a_next_hop_that_turns_changes_its_routes(void **state)
{
    struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 1)), .interface = 3};
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct rtmv2_hop far = {.address = rtm_address_ipv4(NET(198, 51, 100, 1)),
                            .flags = RTMV2_HOP_REMOTE};
    struct scene s;
    handle_t32 route, remote = 0, second;

    (void)state;
    scene_open(&s);
    far.remote = s.hop;
    assert_int_equal(rtmv2_add_next_hop(s.w.r, s.a, &far, &remote, NULL), ST_OK);
    second = hop_to(&s.w, s.a, NET(192, 0, 2, 2), 4);
    route = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, remote, 1, 1, UCAST);
    assert_int_equal(fetched(&s), 11100);
    assert_int_equal(rtm_best_exact(s.w.table, &at)->interface, 3);
    info.flags = RTMV2_HOP_DOWN;
    assert_int_equal(rtmv2_update_next_hop(s.w.r, s.a, s.hop, &info), ST_OK);
    assert_null(rtm_best_exact(s.w.table, &at));
    assert_int_equal(fetched(&s), 11100);
    far.remote = second;
    assert_int_equal(rtmv2_update_next_hop(s.w.r, s.a, remote, &far), ST_OK);
    assert_int_equal(rtm_best_exact(s.w.table, &at)->interface, 4);
    assert_int_equal(fetched(&s), 11100);
    assert_int_equal(rtmv2_update_next_hop(s.w.r, s.a, remote, &far), ST_OK);
    assert_int_equal(fetched(&s), 0); /* the same again */
    assert_int_equal(rtmv2_delete_next_hop(s.w.r, s.a, second, NULL), ST_OK);
    assert_null(rtm_best_exact(s.w.table, &at));
    assert_int_equal(fetched(&s), 11100);
    unroute(&s.w, s.a, route);
    assert_int_equal(fetched(&s), 11100);
    drop(&s.w, s.a, RTMV2_HOP, remote);
    scene_close(&s, 0);
}

static void only_marked_destinations_are_told(void **state)
{
    struct scene s;
    handle_t32 routes[2], dest;
    bool marked = false, changed = false;

    (void)state;
    scene_open(&s);
    routes[0] = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 1, 1, MCAST);
    dest = dest_of(&s.w, s.a, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_mark(s.w.r, s.a, s.notify[MARKED], dest, true), ST_OK);
    assert_int_equal(rtmv2_is_marked(s.w.r, s.a, s.notify[MARKED], dest, &marked), ST_OK);
    assert_true(marked);
    assert_int_equal(rtmv2_is_marked(s.w.r, s.a, s.notify[ALL], dest, &marked), ST_OK);
    assert_false(marked);
    (void)fetched(&s);
    routes[1] = route_to(&s.w, s.a, NET(11, 0, 0, 0), 8, s.hop, 1, 1, MCAST);
    assert_int_equal(fetch(&s, MARKED), 0);
    unroute(&s.w, s.a, routes[0]);
    assert_int_equal(rtmv2_change_status(s.w.r, s.a, s.notify[MARKED], dest, &changed), ST_OK);
    assert_true(changed);
    drop(&s.w, s.a, RTMV2_DEST, dest); /* the mark stays */
    assert_int_equal(fetch(&s, MARKED), 1);
    other_add(&s.w, LOCAL, NET(10, 0, 0, 0), 8, 1, 0, 1, 1);
    other_add(&s.w, LOCAL, NET(11, 0, 0, 0), 8, 1, 0, 1, 1);
    assert_int_equal(fetch(&s, MARKED), 1);
    dest = dest_of(&s.w, s.a, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_mark(s.w.r, s.a, s.notify[MARKED], dest, false), ST_OK);
    assert_int_equal(rtmv2_mark(s.w.r, s.a, s.notify[MARKED], dest, false), ST_OK);
    other_delete(&s.w, NET(10, 0, 0, 0), 8, 1, 0);
    assert_int_equal(fetch(&s, MARKED), 0);
    /* With the registration its marks go. */
    assert_int_equal(rtmv2_mark(s.w.r, s.a, s.notify[MARKED], dest, true), ST_OK);
    drop(&s.w, s.a, RTMV2_DEST, dest);
    unroute(&s.w, s.a, routes[1]);
    (void)fetched(&s);
    scene_close(&s, 1);
}

static void what_is_ignored_is_not_fetched(void **state)
{
    struct rtmv2_event event;
    struct scene s;
    handle_t32 dests[2];
    bool changed;

    (void)state;
    scene_open(&s);
    other_add(&s.w, LOCAL, NET(10, 0, 0, 0), 8, 1, 0, 1, 1);
    other_add(&s.w, LOCAL, NET(11, 0, 0, 0), 8, 1, 0, 1, 1);
    dests[0] = dest_of(&s.w, s.a, NET(10, 0, 0, 0), 8);
    dests[1] = dest_of(&s.w, s.a, NET(11, 0, 0, 0), 8);
    assert_int_equal(rtmv2_ignore_changed(s.w.r, s.a, s.notify[BESTS], 1, dests), ST_OK);
    assert_int_equal(rtmv2_change_status(s.w.r, s.a, s.notify[BESTS], dests[0], &changed), ST_OK);
    assert_false(changed);
    assert_int_equal(rtmv2_change_status(s.w.r, s.a, s.notify[BESTS], dests[1], &changed), ST_OK);
    assert_true(changed);
    assert_int_equal(rtmv2_ignore_changed(s.w.r, s.a, s.notify[BESTS], 2, dests), ST_OK);
    /* Of three registrations two still have something to be told. */
    assert_int_equal(events_of(&s.w, RTMV2_CHANGE_NOTIFICATION), 2);
    assert_int_equal(fetched(&s), 20200);
    /* The one that was ignored is told of what comes next. */
    other_delete(&s.w, NET(10, 0, 0, 0), 8, 1, 0);
    assert_int_equal(events_of(&s.w, RTMV2_CHANGE_NOTIFICATION), 3);
    assert_false(rtmv2_event(s.w.r, &event));
    (void)fetched(&s);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_DEST, 2, dests), ST_OK);
    scene_close(&s, 1);
}

static void registrations_have_their_codes(void **state)
{
    struct scene s;
    struct rtmv2 *r;
    handle_t32 more[RTMV2_NOTIFICATIONS], out = 77;

    (void)state;
    scene_open(&s);
    r = s.w.r;
    assert_int_equal(rtmv2_register_changes(r, s.a, UCAST, 0, NULL, &out), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_register_changes(r, s.a, UCAST, 8, NULL, &out), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_register_changes(r, s.a, UCAST, RTMV2_NOTIFY_ONLY_MARKED, NULL, &out),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_register_changes(r, s.a, 4, 1, NULL, &out), ST_NOT_SUPPORTED);
    for (unsigned i = KINDS; i < RTMV2_NOTIFICATIONS; i++)
        assert_int_equal(rtmv2_register_changes(r, s.a, UINT32_MAX, 1, NULL, &more[i]), ST_OK);
    assert_int_equal(rtmv2_register_changes(r, s.a, UCAST, 1, NULL, &out), ST_NO_SYSTEM_RESOURCES);
    assert_int_equal(out, 77);
    assert_int_equal(rtmv2_deregister_changes(r, s.a, more[KINDS]), ST_OK);
    assert_int_equal(rtmv2_register_changes(r, s.a, UCAST, 1, NULL, &out), ST_OK);
    scene_close(&s, 0);
}

/* The table has so many streams of changes, and others may have them. */
static void there_may_be_no_stream_left(void **state)
{
    struct rtm_consumer *taken[32];
    struct world w;
    handle_t32 a, dest, notify = 77;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 1, 0, 1, 1);
    dest = dest_of(&w, a, NET(10, 0, 0, 0), 8);
    /* One is taken only as long as somebody wants to know. */
    assert_int_equal(rtmv2_register_changes(w.r, a, UCAST, 1, NULL, &notify), ST_OK);
    assert_int_equal(rtmv2_deregister_changes(w.r, a, notify), ST_OK);
    notify = 77;
    for (unsigned i = 0; i < 32; i++)
        assert_int_equal(rtm_consumer_open(w.table, NULL, NULL, &taken[i]), ST_OK);
    assert_int_equal(rtmv2_register_changes(w.r, a, UCAST, 1, NULL, &notify),
                     ST_NO_SYSTEM_RESOURCES);
    assert_int_equal(rtmv2_hold(w.r, a, dest, UCAST, 1), ST_NO_SYSTEM_RESOURCES);
    assert_int_equal(notify, 77);
    assert_int_equal(rtmv2_register_changes(w.r, a, MCAST, 1, NULL, &notify), ST_OK);
    drop(&w, a, RTMV2_DEST, dest);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* One that never fetches has its marks, and the others theirs in order. */
static void silence_is_cheap(void **state)
{
    enum { COUNT = 2000 };
    struct rtmv2_dest shown;
    struct scene s;
    uint32_t one = 1;

    (void)state;
    scene_open(&s);
    for (unsigned round = 1; round <= 3; round++) {
        for (uint32_t i = 0; i < COUNT; i++)
            other_add(&s.w, LOCAL, NET(10, 0, 0, 0) + (i << 8), 24, 1, 0, round, 1);
        assert_int_equal(events_of(&s.w, RTMV2_CHANGE_NOTIFICATION), round == 1 ? 3 : 1);
        for (uint32_t i = 0; i < COUNT; i++) {
            assert_int_equal(rtmv2_changed_dests(s.w.r, s.a, s.notify[BESTS], &one, &shown), ST_OK);
            assert_int_equal(rtm_ipv4(&shown.prefix.address), NET(10, 0, 0, 0) + (i << 8));
            drop_dest(&s.w, s.a, &shown);
        }
        assert_int_equal(fetch(&s, BESTS), 0);
        /* An object for each destination, and five registrations, client, hop and entity. */
        assert_int_equal(rtmv2_object_count(s.w.r), COUNT + KINDS + 3);
    }
    assert_int_equal(fetch(&s, ALL), COUNT);
    scene_close(&s, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_is_told_of_its_changes),
        cmocka_unit_test(a_next_hop_that_turns_changes_its_routes),
        cmocka_unit_test(only_marked_destinations_are_told),
        cmocka_unit_test(what_is_ignored_is_not_fetched),
        cmocka_unit_test(registrations_have_their_codes),
        cmocka_unit_test(there_may_be_no_stream_left),
        cmocka_unit_test(silence_is_cheap),
    };

    return cmocka_run_group_tests_name("rtmv2 notify", tests, NULL, NULL);
}
