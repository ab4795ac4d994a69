/* What happens in time: routes that expire, destinations that are held down, and whom the queue of
 * events tells of whom. */
#include "unit/rtmv2/support.h"

#define LOCAL 2u

static void routes_expire_once(void **state)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct rtmv2_route info;
    struct rtmv2_event event;
    struct world w;
    uint32_t change = 0;
    handle_t32 a, hop, route = 0;

    (void)state;
    world_open(&w);
    rtmv2_time(w.r, 10000);
    a = enter(&w, 13, 0);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    info = info_over(hop, 1, 1, UCAST);
    assert_int_equal(rtmv2_add_route(w.r, a, &route, &at, &info, 500, 0, &change), ST_OK);
    assert_int_equal(rtmv2_next_deadline(w.r), 10500);
    rtmv2_tick(w.r, 10499);
    assert_false(rtmv2_event(w.r, &event));
    /* More time: from now on. */
    assert_int_equal(rtmv2_update_route(w.r, a, route, &info, 600, 0, &change), ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_BEST);
    rtmv2_tick(w.r, 11098);
    assert_false(rtmv2_event(w.r, &event));
    rtmv2_tick(w.r, 5); /* time does not go back */
    assert_int_equal(rtmv2_next_deadline(w.r), 11099);
    assert_int_equal(w.wakes, 0);
    rtmv2_tick(w.r, 11099);
    assert_int_equal(w.wakes, 1);
    assert_int_equal(rtmv2_next_deadline(w.r), MSEC_NEVER);
    drop(&w, a, RTMV2_ROUTE, route); /* the event has a reference of its own */
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.type, RTMV2_ROUTE_EXPIRED);
    assert_int_equal(event.entity, a);
    rtmv2_event_end(w.r, &event);
    assert_false(rtmv2_event(w.r, &event));
    /* It is there until its owner does something about it. */
    info = info_of(&w, a, event.about);
    assert_int_equal(info.state, RTMV2_CREATED);
    drop_info(&w, a, &info);
    assert_int_equal(rtm_route_count(w.table), 1);
    rtmv2_tick(w.r, 99999);
    assert_false(rtmv2_event(w.r, &event));
    unroute(&w, a, event.about);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* What has been dealt with before the event is taken is not told, and nothing to who has gone. */
static void an_expiry_that_is_dealt_with_is_not_told(void **state)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct rtmv2_route info;
    struct rtmv2_event event;
    struct world w;
    handle_t32 a, hop, routes[3] = {0};

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    info = info_over(hop, 1, 1, UCAST);
    for (unsigned i = 0; i < 3; i++) {
        uint32_t change = RTMV2_CHANGE_NEW;
        assert_int_equal(rtmv2_add_route(w.r, a, &routes[i], &at, &info, i, 0, &change), ST_OK);
    }
    rtmv2_tick(w.r, 1);
    unroute(&w, a, routes[0]);
    assert_int_equal(rtmv2_reference(w.r, a, 1, &routes[2]), ST_OK);
    unroute(&w, a, routes[2]); /* before its time has come, and it stays */
    rtmv2_tick(w.r, 2);
    assert_int_equal(rtmv2_update_route(w.r, a, routes[1], &info, RTMV2_INFINITE, 0, NULL), ST_OK);
    drop(&w, a, RTMV2_ROUTE, routes[1]);
    drop(&w, a, RTMV2_ROUTE, routes[2]);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    assert_false(rtmv2_event(w.r, &event));
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* How many routes an enumeration of a destination gives. */
static unsigned enumerated(struct world *w, handle_t32 e, handle_t32 dest, uint32_t views,
                           handle_t32 *ret)
{
    handle_t32 enumeration;
    uint32_t count = 4;

    assert_int_equal(rtmv2_create_route_enum(w->r, e, dest, views, RTMV2_ENUM_START, NULL, 0, NULL,
                                             0, &enumeration),
                     ST_OK);
    assert_int_equal(rtmv2_get_routes(w->r, e, enumeration, &count, ret), ST_NO_MORE_ITEMS);
    assert_int_equal(rtmv2_release(w->r, e, RTMV2_ROUTE, count, ret), ST_OK);
    assert_int_equal(rtmv2_delete_enum(w->r, e, enumeration), ST_OK);
    return count;
}

/* When the last route of a view goes it stays for the time, though new ones come. */
static void a_destination_is_held_down(void **state)
{
    struct rtmv2_dest shown;
    struct rtmv2_route info;
    struct world w;
    handle_t32 a, b, hop, first, second, dest, held, notify, found[4];
    uint32_t one = 1;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    b = enter(&w, 14, 0);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    first = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 1, 1, RTMV2_VIEW_ALL);
    second = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 2, 1, UCAST);
    dest = dest_of(&w, b, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_hold(w.r, b, dest, UCAST, 0), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_hold(w.r, b, dest, 0, 100), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_hold(w.r, b, dest, 4, 100), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_hold(w.r, b, dest, UCAST, 300), ST_OK);
    assert_int_equal(rtmv2_hold(w.r, b, dest, UCAST, 100), ST_OK); /* the longest counts */
    assert_int_equal(rtmv2_next_deadline(w.r), MSEC_NEVER);
    assert_int_equal(rtmv2_reference(w.r, a, 1, &second), ST_OK);
    held = second;
    unroute(&w, a, first);
    assert_int_equal(rtmv2_next_deadline(w.r), MSEC_NEVER); /* of multicast nobody asked */
    rtmv2_tick(w.r, 1000);
    unroute(&w, a, second);
    assert_int_equal(rtmv2_next_deadline(w.r), 1300);
    assert_int_equal(look(&w, b, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_NOT_FOUND);
    assert_int_equal(look(&w, b, NET(10, 0, 0, 0), 8, RTMV2_VIEW_ANY, &shown), ST_OK);
    assert_int_equal(shown.count, 0);
    drop_dest(&w, b, &shown);
    assert_int_equal(rtmv2_dest_info(w.r, b, dest, BEST, RTMV2_VIEW_ALL, &shown), ST_OK);
    assert_int_equal(shown.view[0].hold, held);
    assert_int_equal(shown.view[0].route, 0);
    assert_int_equal(shown.view[0].routes, 0);
    assert_int_equal(shown.view[1].hold, 0);
    assert_int_equal(shown.views, 0);
    drop_dest(&w, b, &shown);
    assert_int_equal(enumerated(&w, b, dest, UCAST, found), 0);
    assert_int_equal(enumerated(&w, b, dest, RTMV2_VIEW_ANY, found), 1);
    assert_int_equal(found[0], held);
    info = info_of(&w, b, held);
    assert_int_equal(info.state, RTMV2_DELETED);
    drop_info(&w, b, &info);
    first = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 5, 1, UCAST);
    assert_int_equal(rtmv2_dest_info(w.r, b, dest, BEST, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].hold, held);
    assert_int_equal(shown.view[0].route, first);
    drop_dest(&w, b, &shown);
    assert_int_equal(rtmv2_register_changes(w.r, b, UCAST, RTMV2_NOTIFY_ALL, NULL, &notify), ST_OK);
    rtmv2_tick(w.r, 1300);
    assert_int_equal(rtmv2_changed_dests(w.r, b, notify, &one, &shown), ST_OK);
    assert_int_equal(shown.view[0].hold, 0);
    assert_int_equal(shown.changed, 1300);
    drop_dest(&w, b, &shown);
    unroute(&w, a, first); /* once is enough */
    assert_int_equal(rtmv2_next_deadline(w.r), MSEC_NEVER);
    drop(&w, a, RTMV2_ROUTE, held);
    drop(&w, b, RTMV2_DEST, dest);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    (void)events_of(&w, RTMV2_CHANGE_NOTIFICATION);
    leave(&w, b);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* The router's own routes, too, whose objects nobody has. */
static void others_routes_are_held_down(void **state)
{
    struct rtmv2_dest shown;
    struct rtmv2_route info;
    struct world w;
    handle_t32 a, dest, found[4];

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 4, 0, 7, 1);
    dest = dest_of(&w, a, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_hold(w.r, a, dest, RTMV2_VIEW_ALL, 300), ST_OK);
    drop(&w, a, RTMV2_DEST, dest);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 5, 0, 6, 1); /* a better one */
    assert_int_equal(events_of(&w, RTMV2_CHANGE_NOTIFICATION), 0);
    other_delete(&w, NET(10, 0, 0, 0), 8, 4, 0);
    other_delete(&w, NET(10, 0, 0, 0), 8, 5, 0);
    assert_int_equal(events_of(&w, RTMV2_CHANGE_NOTIFICATION), 0);
    assert_int_equal(rtmv2_next_deadline(w.r), 300);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, RTMV2_VIEW_ANY, &shown), ST_OK);
    drop_dest(&w, a, &shown);
    dest = dest_of(&w, a, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_dest_info(w.r, a, dest, BEST, UCAST, &shown), ST_OK);
    assert_int_not_equal(shown.view[0].hold, 0);
    assert_int_equal(enumerated(&w, a, dest, RTMV2_VIEW_ANY, found), 1);
    assert_int_equal(found[0], shown.view[0].hold);
    info = info_of(&w, a, shown.view[0].hold);
    assert_int_equal(info.state, RTMV2_DELETED);
    assert_int_equal(info.preference.metric, 6);
    drop_info(&w, a, &info);
    drop_dest(&w, a, &shown);
    drop(&w, a, RTMV2_DEST, dest);
    rtmv2_tick(w.r, 300);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 1); /* the entity of local routes */
    world_close(&w);
}

/* Where there is nothing that could be the last, nothing is kept. */
static void what_has_no_route_is_not_held_down(void **state)
{
    struct rtmv2_dest shown;
    struct world w;
    handle_t32 a, dest;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 4, 0, 7, 1);
    dest = dest_of(&w, a, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_hold(w.r, a, dest, MCAST, 300), ST_OK);
    other_delete(&w, NET(10, 0, 0, 0), 8, 4, 0);
    assert_int_equal(rtmv2_hold(w.r, a, dest, UCAST, 300), ST_OK);
    assert_int_equal(rtmv2_next_deadline(w.r), MSEC_NEVER);
    drop(&w, a, RTMV2_DEST, dest);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, RTMV2_VIEW_ANY, &shown), ST_NOT_FOUND);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* To those that were there before; by those that are still there. */
static void entities_are_told_of_each_other(void **state)
{
    struct rtmv2_event event;
    struct world w;
    handle_t32 a, b, c, copy;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    assert_int_equal(w.wakes, 0);
    b = enter(&w, 14, 0);
    assert_int_equal(w.wakes, 1);
    c = enter(&w, 15, 3);
    assert_int_equal(w.wakes, 1); /* the queue was not empty */
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.type, RTMV2_ENTITY_REGISTERED);
    assert_int_equal(event.entity, a);
    assert_int_equal(event.about, b);
    assert_int_equal(event.info.id.protocol, 14);
    assert_int_equal(rtmv2_reference(w.r, a, 1, &event.about), ST_OK);
    rtmv2_event_end(w.r, &event);
    copy = b;
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.entity, a);
    assert_int_equal(event.about, c);
    assert_int_equal(event.info.id.instance, 3);
    rtmv2_event_end(w.r, &event);
    leave(&w, b); /* before it was told of c; c hears of that */
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.type, RTMV2_ENTITY_DEREGISTERED);
    assert_int_equal(event.entity, a);
    assert_int_equal(event.about, copy);
    rtmv2_event_end(w.r, &event);
    assert_int_equal(rtmv2_release(w.r, a, RTMV2_ENTITY, 1, &copy), ST_OK);
    leave(&w, a);
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.entity, c);
    assert_int_equal(event.about, copy);
    rtmv2_event_end(w.r, &event);
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.entity, c);
    assert_int_equal(event.about, a);
    rtmv2_event_end(w.r, &event);
    assert_false(rtmv2_event(w.r, &event));
    leave(&w, c);
    assert_false(rtmv2_event(w.r, &event));
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes_expire_once),
        cmocka_unit_test(an_expiry_that_is_dealt_with_is_not_told),
        cmocka_unit_test(a_destination_is_held_down),
        cmocka_unit_test(others_routes_are_held_down),
        cmocka_unit_test(what_has_no_route_is_not_held_down),
        cmocka_unit_test(entities_are_told_of_each_other),
    };

    return cmocka_run_group_tests_name("rtmv2 time", tests, NULL, NULL);
}
