/* What a routing protocol does: register, add next hops and routes, see its own and others' in the
 * router's table and through the functions, hear of changes, and go. */
#include "unit/rtmv2/support.h"

#include <string.h>

#define OSPF   13u
#define BGP    14u
#define LOCAL  2u
#define STATIC 10006u

static const struct rtm_route *in_table(const struct world *w, uint32_t address, unsigned length)
{
    const struct rtm_prefix at = net(address, length);

    return rtm_best_exact(w->table, &at);
}

static void identities_are_registered_once(void **state)
{
    struct rtmv2_entity_info info = {0, RTM_IPV4, {OSPF, 1}}, read;
    struct world w;
    handle_t32 a, b = 77;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    assert_int_equal(rtmv2_register(w.r, &info, false, &b), ST_ALREADY_EXISTS);
    info.id.protocol = 0;
    assert_int_equal(rtmv2_register(w.r, &info, false, &b), ST_INVALID_PARAMETER);
    info.id.protocol = RTMV2_THIS_PROTOCOL;
    assert_int_equal(rtmv2_register(w.r, &info, false, &b), ST_INVALID_PARAMETER);
    info = (struct rtmv2_entity_info){1, RTM_IPV4, {OSPF, 2}};
    assert_int_equal(rtmv2_register(w.r, &info, false, &b), ST_FILE_NOT_FOUND);
    assert_int_equal(b, 77);
    info = (struct rtmv2_entity_info){0, RTM_IPV6, {OSPF, 1}};
    assert_int_equal(rtmv2_register(w.r, &info, false, &b), ST_OK);
    assert_int_equal(rtmv2_entity_info(w.r, b, b, &read), ST_OK);
    assert_memory_equal(&read.id, &info.id, sizeof(read.id));
    assert_int_equal(read.family, RTM_IPV6);
    assert_int_equal(rtmv2_entity_info(w.r, a, b, &read), ST_INVALID_HANDLE); /* other family */
    leave(&w, a);
    assert_int_equal(rtmv2_deregister(w.r, a), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_entity_info(w.r, a, a, &read), ST_INVALID_HANDLE);
    a = enter(&w, OSPF, 1);
    leave(&w, a);
    leave(&w, b);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

static void a_route_is_in_the_routers_table_while_it_exists(void **state)
{
    const struct rtm_route *x;
    struct rtm_prefix at = net(NET(10, 0, 0, 0), 8), read;
    struct rtmv2_route info;
    struct world w;
    uint32_t change = 0;
    handle_t32 a, hop, route = 0;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    info = info_over(hop, 5, 110, UCAST);
    info.specific = &w;
    assert_int_equal(rtmv2_add_route(w.r, a, &route, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_NEW | RTMV2_CHANGE_BEST);
    x = in_table(&w, NET(10, 0, 0, 0), 8);
    assert_non_null(x);
    assert_int_equal(x->protocol, OSPF);
    assert_int_equal(x->interface, 3);
    assert_int_equal(rtm_ipv4(&x->next_hop), NET(192, 0, 2, 1));
    assert_int_equal(x->metric, 5);
    assert_int_equal(x->preference, 110);

    assert_int_equal(rtmv2_route_info(w.r, a, route, &info, &read), ST_OK);
    assert_int_equal(info.owner, a);
    assert_int_equal(info.state, RTMV2_CREATED);
    assert_int_equal(info.preference.metric, 5);
    assert_ptr_equal(info.specific, &w);
    assert_int_equal(info.hop_count, 1);
    assert_int_equal(info.hops[0], hop);
    assert_memory_equal(&read, &at, sizeof(at));
    drop_info(&w, a, &info);

    assert_int_equal(rtmv2_delete_route(w.r, a, route, &change), ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_BEST);
    assert_int_equal(rtm_route_count(w.table), 0);
    assert_int_equal(rtmv2_delete_route(w.r, a, route, &change), ST_INVALID_HANDLE);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* By handle, by neighbour, the first, and always a new one. */
static void an_addition_updates_what_it_is_about(void **state)
{
    struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct rtmv2_route info, read;
    struct world w;
    uint32_t change;
    handle_t32 a, hop, peer, first = 0, second = 0, same;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    peer = hop_to(&w, a, NET(192, 0, 2, 9), 3);
    info = info_over(hop, 5, 110, UCAST);
    change = 0;
    assert_int_equal(rtmv2_add_route(w.r, a, &first, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_OK);
    info.neighbour = peer;
    change = 0;
    assert_int_equal(rtmv2_add_route(w.r, a, &second, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_NEW); /* as good, but younger */
    assert_int_not_equal(first, second);
    info.preference.metric = 2;
    same = 0;
    change = 0;
    assert_int_equal(rtmv2_add_route(w.r, a, &same, &at, &info, RTMV2_INFINITE, 0, &change), ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_BEST);
    assert_int_equal(same, second);
    drop(&w, a, RTMV2_ROUTE, same);
    assert_int_equal(in_table(&w, NET(10, 0, 0, 0), 8)->metric, 2);
    assert_int_equal(rtm_route_count(w.table), 1); /* the best one only */

    info.neighbour = 0;
    info.preference.metric = 9;
    change = RTMV2_CHANGE_FIRST;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change), ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_BEST); /* that was the second */
    read = info_of(&w, a, second);
    assert_int_equal(read.preference.metric, 9);
    assert_int_equal(read.neighbour, 0);
    drop_info(&w, a, &read);
    change = RTMV2_CHANGE_NEW;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change), ST_OK);
    assert_int_equal(change, RTMV2_CHANGE_NEW);
    drop(&w, a, RTMV2_ROUTE, first);
    drop(&w, a, RTMV2_ROUTE, second);
    drop(&w, a, RTMV2_HOP, hop);
    drop(&w, a, RTMV2_HOP, peer);
    leave(&w, a);
    assert_int_equal(rtm_route_count(w.table), 0);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

static void what_cannot_be_added_is_refused(void **state)
{
    struct rtm_prefix at = net(NET(10, 0, 0, 0), 8), elsewhere = net(NET(11, 0, 0, 0), 8);
    struct rtmv2_route info;
    struct world w;
    uint32_t change = 0;
    handle_t32 a, b, hop, foreign, first;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    b = enter(&w, BGP, 1);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    foreign = hop_to(&w, b, NET(192, 0, 2, 9), 3);
    first = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 5, 110, UCAST);
    info = info_over(hop, 5, 110, UCAST);
    assert_int_equal(rtmv2_add_route(w.r, a, &first, &elsewhere, &info, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_add_route(w.r, b, &first, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_delete_route(w.r, b, first, NULL), ST_ACCESS_DENIED);
    info.neighbour = foreign;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_ACCESS_DENIED);
    info = info_over(foreign, 1, 1, UCAST);
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_ACCESS_DENIED);
    info = info_over(first, 1, 1, UCAST); /* no next hop */
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_HANDLE);
    info = info_over(hop, 1, 1, 0);
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_PARAMETER);
    info = info_over(hop, 1, 1, UCAST);
    info.hop_count = RTMV2_MAX_NEXT_HOPS + 1;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_PARAMETER);
    info.hop_count = 1;
    at.length = 33;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_PARAMETER);
    at.length = 8;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &info, RTMV2_INFINITE, first, &change),
                     ST_INVALID_HANDLE);
    drop(&w, a, RTMV2_ROUTE, first);
    drop(&w, a, RTMV2_HOP, hop);
    drop(&w, b, RTMV2_HOP, foreign);
    leave(&w, a);
    assert_int_equal(events_of(&w, RTMV2_ENTITY_DEREGISTERED), 1);
    leave(&w, b);
    assert_int_equal(rtm_route_count(w.table), 0);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* Those of the router are an entity's, and as long as nobody asks there is nothing. */
static void others_routes_are_seen_as_an_entitys(void **state)
{
    struct rtmv2_entity_info read;
    struct rtmv2_dest shown;
    struct rtmv2_route info;
    struct rtmv2_hop hop;
    struct world w;
    handle_t32 a;
    size_t objects;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    other_add(&w, STATIC, NET(10, 1, 0, 0), 16, 4, NET(192, 0, 2, 7), 3, 5);
    other_add(&w, STATIC, NET(10, 2, 0, 0), 16, 4, NET(192, 0, 2, 7), 3, 5);
    objects = rtmv2_object_count(w.r);
    assert_int_equal(look(&w, a, NET(10, 3, 0, 0), 16, UCAST, &shown), ST_NOT_FOUND);
    assert_int_equal(look(&w, a, NET(10, 1, 0, 0), 16, MCAST, &shown), ST_NOT_FOUND);
    assert_int_equal(rtmv2_object_count(w.r), objects);
    assert_int_equal(look(&w, a, NET(10, 1, 0, 0), 16, UCAST, &shown), ST_OK);
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.views, UCAST);
    assert_int_equal(shown.view[0].view, 0);
    assert_int_equal(shown.view[0].routes, 1);
    assert_int_equal(rtmv2_entity_info(w.r, a, shown.view[0].owner, &read), ST_OK);
    assert_int_equal(read.id.protocol, STATIC);
    assert_int_equal(read.id.instance, 0);
    info = info_of(&w, a, shown.view[0].route);
    assert_int_equal(info.dest, shown.dest);
    assert_int_equal(info.owner, shown.view[0].owner);
    assert_int_equal(info.preference.metric, 3);
    assert_int_equal(info.preference.preference, 5);
    assert_int_equal(info.hop_count, 1);
    assert_int_equal(rtmv2_next_hop_info(w.r, a, info.hops[0], &hop), ST_OK);
    assert_int_equal(rtm_ipv4(&hop.address), NET(192, 0, 2, 7));
    assert_int_equal(hop.interface, 4);
    assert_int_equal(hop.owner, info.owner);
    assert_int_equal(rtmv2_delete_route(w.r, a, shown.view[0].route, NULL), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, info.hops[0], NULL), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_release_hop_info(w.r, a, &hop), ST_OK);
    drop_info(&w, a, &info);

    other_add(&w, STATIC, NET(10, 1, 0, 0), 16, 4, NET(192, 0, 2, 7), 6, 5);
    info = info_of(&w, a, shown.view[0].route);
    assert_int_equal(info.preference.metric, 6);
    drop_info(&w, a, &info);
    other_delete(&w, NET(10, 1, 0, 0), 16, 4, NET(192, 0, 2, 7));
    info = info_of(&w, a, shown.view[0].route);
    assert_int_equal(info.state, RTMV2_DELETED);
    assert_int_equal(info.preference.metric, 6); /* as it was last */
    drop_info(&w, a, &info);
    drop_dest(&w, a, &shown);
    assert_int_equal(rtmv2_object_count(w.r), objects + 1); /* the entity stays */
    leave(&w, a);
    world_close(&w);
}

/* Lower preference, then lower metric, then the older; whoever has them. */
static void the_best_route_is_chosen_among_all(void **state)
{
    struct rtmv2_dest shown;
    struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct world w;
    handle_t32 a, b, hop_a, hop_b, of_a, of_b;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    b = enter(&w, BGP, 1);
    hop_a = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    hop_b = hop_to(&w, b, NET(192, 0, 2, 1), 3);
    of_a = route_to(&w, a, NET(10, 0, 0, 0), 8, hop_a, 5, 110, UCAST);
    of_b = route_to(&w, b, NET(10, 0, 0, 0), 8, hop_b, 5, 110, UCAST);
    other_add(&w, STATIC, NET(10, 0, 0, 0), 8, 3, NET(192, 0, 2, 1), 5, 110);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].route, of_a);
    assert_int_equal(shown.view[0].routes, 3);
    drop_dest(&w, a, &shown);
    unroute(&w, a, of_a);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].route, of_b);
    drop_dest(&w, a, &shown);
    of_a = route_to(&w, a, NET(10, 0, 0, 0), 8, hop_a, 5, 110, UCAST); /* the youngest now */
    unroute(&w, b, of_b);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_not_equal(shown.view[0].route, of_a);
    assert_int_equal(in_table(&w, NET(10, 0, 0, 0), 8)->protocol, STATIC);
    drop_dest(&w, a, &shown);
    /* One protocol's best is shown on demand, and none where it has none. */
    assert_int_equal(rtmv2_exact_match(w.r, a, &at, RTMV2_THIS_PROTOCOL, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].route, of_a);
    assert_int_equal(shown.view[0].owner, a);
    drop_dest(&w, a, &shown);
    assert_int_equal(rtmv2_exact_match(w.r, a, &at, BGP, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].route, 0);
    assert_int_equal(shown.view[0].owner, 0);
    assert_int_equal(shown.view[0].routes, 2);
    drop_dest(&w, a, &shown);
    drop(&w, a, RTMV2_ROUTE, of_a);
    drop(&w, a, RTMV2_HOP, hop_a);
    drop(&w, b, RTMV2_HOP, hop_b);
    leave(&w, a);
    (void)events_of(&w, RTMV2_CHANGE_NOTIFICATION);
    leave(&w, b);
    world_close(&w);
}

/* A plain protocol's loop: told once, fetches one by one until there are no more. */
static void changes_are_told_once_and_fetched(void **state)
{
    struct rtmv2_event event;
    struct rtmv2_dest shown;
    struct world w;
    handle_t32 a, hop, notify, route;
    uint32_t one = 1;
    unsigned wakes;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    other_add(&w, LOCAL, NET(10, 9, 0, 0), 16, 1, 0, 1, 1); /* before: no change */
    assert_int_equal(rtmv2_register_changes(w.r, a, UCAST, RTMV2_NOTIFY_BEST, &w, &notify), ST_OK);
    assert_false(rtmv2_event(w.r, &event));
    assert_int_equal(rtmv2_changed_dests(w.r, a, notify, &one, &shown), ST_NO_MORE_ITEMS);
    assert_int_equal(one, 0);

    wakes = w.wakes;
    other_add(&w, STATIC, NET(10, 1, 0, 0), 16, 4, NET(192, 0, 2, 7), 3, 5);
    assert_true(w.wakes > wakes);
    other_add(&w, STATIC, NET(10, 2, 0, 0), 16, 4, NET(192, 0, 2, 7), 3, 5);
    route = route_to(&w, a, NET(10, 3, 0, 0), 16, hop, 1, 1, UCAST);
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.type, RTMV2_CHANGE_NOTIFICATION);
    assert_int_equal(event.entity, a);
    assert_int_equal(event.about, notify);
    assert_ptr_equal(event.context, &w);
    assert_false(rtmv2_event(w.r, &event));
    other_delete(&w, NET(10, 1, 0, 0), 16, 4, NET(192, 0, 2, 7));
    assert_false(rtmv2_event(w.r, &event)); /* the client knows that there is something */
    for (unsigned i = 1; i <= 3; i++) {
        one = 1;
        assert_int_equal(rtmv2_changed_dests(w.r, a, notify, &one, &shown), ST_OK);
        assert_int_equal(one, 1);
        /* Changed again, it went to the end. */
        assert_int_equal(rtm_ipv4(&shown.prefix.address), NET(10, i, 0, 0));
        assert_int_equal(shown.count, 1);
        assert_int_equal(shown.view[0].routes, i == 1 ? 0 : 1);
        assert_int_equal(shown.view[0].route != 0, i != 1);
        if (i == 3) assert_int_equal(shown.view[0].route, route);
        drop_dest(&w, a, &shown);
    }
    one = 1;
    assert_int_equal(rtmv2_changed_dests(w.r, a, notify, &one, &shown), ST_NO_MORE_ITEMS);
    unroute(&w, a, route);
    assert_int_equal(events_of(&w, RTMV2_CHANGE_NOTIFICATION), 1);
    one = RTMV2_MAX_HANDLES + 1;
    assert_int_equal(rtmv2_changed_dests(w.r, a, notify, &one, &shown), ST_INVALID_PARAMETER);
    one = 0;
    assert_int_equal(rtmv2_changed_dests(w.r, a, notify, &one, &shown), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_deregister_changes(w.r, a, notify), ST_OK);
    assert_int_equal(rtmv2_deregister_changes(w.r, a, notify), ST_INVALID_HANDLE);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 1); /* that of the static routes */
    world_close(&w);
}

/* What others still have a reference to stays, as deleted. */
static void deregistering_takes_what_is_the_entitys(void **state)
{
    struct rtmv2_entity_info read;
    struct rtmv2_event event;
    struct rtmv2_dest shown;
    struct rtmv2_route info;
    struct rtmv2_hop hop_info;
    struct world w;
    handle_t32 a, b, hop, notify;

    (void)state;
    world_open(&w);
    a = enter(&w, OSPF, 1);
    b = enter(&w, BGP, 1);
    assert_int_equal(events_of(&w, RTMV2_ENTITY_REGISTERED), 1);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    (void)route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 5, 110, UCAST); /* never released */
    assert_int_equal(rtmv2_register_changes(w.r, a, UCAST, RTMV2_NOTIFY_BEST, NULL, &notify),
                     ST_OK);
    assert_int_equal(look(&w, b, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    other_add(&w, STATIC, NET(10, 1, 0, 0), 16, 4, NET(192, 0, 2, 7), 3, 5);
    leave(&w, a);
    assert_int_equal(rtm_route_count(w.table), 1);
    info = info_of(&w, b, shown.view[0].route);
    assert_int_equal(info.state, RTMV2_DELETED);
    assert_int_equal(info.owner, shown.view[0].owner);
    assert_int_equal(rtmv2_entity_info(w.r, b, info.owner, &read), ST_OK);
    assert_int_equal(read.id.protocol, OSPF);
    assert_int_equal(rtmv2_next_hop_info(w.r, b, info.hops[0], &hop_info), ST_OK);
    assert_int_equal(hop_info.state, RTMV2_HOP_DELETED);
    assert_int_equal(rtmv2_release_hop_info(w.r, b, &hop_info), ST_OK);
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.type, RTMV2_ENTITY_DEREGISTERED);
    assert_int_equal(event.entity, b);
    assert_int_equal(event.about, a);
    rtmv2_event_end(w.r, &event);
    assert_false(rtmv2_event(w.r, &event));
    drop_info(&w, b, &info);
    drop_dest(&w, b, &shown);
    leave(&w, b);
    /* References that a client has forgotten are left, and end with the table. */
    assert_int_equal(rtmv2_handle_count(w.r), 2);
    rtmv2_detach(w.r, RTM_IPV4);
    assert_int_equal(rtmv2_handle_count(w.r), 0);
    assert_int_equal(rtm_route_count(w.table), 1);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identities_are_registered_once),
        cmocka_unit_test(a_route_is_in_the_routers_table_while_it_exists),
        cmocka_unit_test(an_addition_updates_what_it_is_about),
        cmocka_unit_test(what_cannot_be_added_is_refused),
        cmocka_unit_test(others_routes_are_seen_as_an_entitys),
        cmocka_unit_test(the_best_route_is_chosen_among_all),
        cmocka_unit_test(changes_are_told_once_and_fetched),
        cmocka_unit_test(deregistering_takes_what_is_the_entitys),
    };

    return cmocka_run_group_tests_name("rtmv2 protocol", tests, NULL, NULL);
}
