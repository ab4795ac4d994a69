/* What hangs together with the router's table: which hop a route leads over there, preferences that
 * the router gives, tables that go; and what clients keep with destinations. */
#include "unit/rtmv2/support.h"

#define LOCAL 2u

static const struct rtm_route *in_table(const struct world *w)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);

    return rtm_best_exact(w->table, &at);
}

static void a_route_leads_over_its_first_hop_that_is_up(void **state)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8);
    struct rtmv2_hop info = {.address = rtm_address_ipv4(NET(192, 0, 2, 1)), .interface = 3};
    struct rtmv2_route wanted = {.views = UCAST, .hop_count = 3};
    struct world w;
    handle_t32 a, route = 0, hop;
    uint32_t change = 0;
    bool made = true;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    for (unsigned i = 0; i < 3; i++) wanted.hops[i] = hop_to(&w, a, NET(192, 0, 2, 1 + i), 3);
    assert_int_equal(rtmv2_add_route(w.r, a, &route, &at, &wanted, RTMV2_INFINITE, 0, &change),
                     ST_OK);
    assert_int_equal(rtm_ipv4(&in_table(&w)->next_hop), NET(192, 0, 2, 1));
    info.flags = RTMV2_HOP_DOWN;
    hop = wanted.hops[0];
    assert_int_equal(rtmv2_add_next_hop(w.r, a, &info, &hop, &made), ST_OK);
    assert_false(made);
    assert_int_equal(rtm_ipv4(&in_table(&w)->next_hop), NET(192, 0, 2, 2));
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, wanted.hops[1], NULL), ST_OK);
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, wanted.hops[1], NULL), ST_INVALID_HANDLE);
    assert_int_equal(rtm_ipv4(&in_table(&w)->next_hop), NET(192, 0, 2, 3));
    info.flags = 0;
    assert_int_equal(rtmv2_add_next_hop(w.r, a, &info, NULL, &made), ST_OK);
    assert_int_equal(rtm_ipv4(&in_table(&w)->next_hop), NET(192, 0, 2, 1));
    /* By address: the handle is kept, and says that it is deleted. */
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, 0, &info), ST_OK);
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, 0, &info), ST_NOT_FOUND);
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, 0, NULL), ST_NOT_FOUND);
    assert_int_equal(rtmv2_delete_next_hop(w.r, a, hop, NULL), ST_NOT_FOUND);
    assert_int_equal(rtmv2_update_next_hop(w.r, a, hop, &info), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_find_next_hop(w.r, a, &info.address, 3, &hop), ST_NOT_FOUND);
    info.interface = 9;
    assert_int_equal(rtmv2_add_next_hop(w.r, a, &info, &wanted.hops[2], &made),
                     ST_INVALID_PARAMETER);
    /* A route may keep a hop that has gone, but gets none. */
    wanted = info_of(&w, a, route);
    assert_int_equal(wanted.hop_count, 3);
    assert_int_equal(rtmv2_update_route(w.r, a, route, &wanted, RTMV2_INFINITE, 0, NULL), ST_OK);
    change = RTMV2_CHANGE_NEW;
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &at, &wanted, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_HANDLE);
    drop_info(&w, a, &wanted);
    drop(&w, a, RTMV2_ROUTE, route);
    drop(&w, a, RTMV2_HOP, wanted.hops[0]);
    drop(&w, a, RTMV2_HOP, wanted.hops[2]);
    leave(&w, a);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* The router's priorities are for clients' protocols, too. */
static void preferences_that_the_router_gives_are_followed(void **state)
{
    struct rtmv2_dest shown;
    struct rtmv2_route info;
    struct world w;
    handle_t32 a, hop, first, second;
    uint32_t views;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    first = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 1, 110, UCAST);
    second = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 2, 110, UCAST);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 4, 0, 1, 50);
    rtm_prefer(w.table, 13, 20, NULL);
    assert_int_equal(rtmv2_is_best(w.r, a, first, &views), ST_OK);
    assert_int_equal(views, UCAST);
    info = info_of(&w, a, second);
    assert_int_equal(info.preference.preference, 20);
    drop_info(&w, a, &info);
    rtm_prefer(w.table, 13, 60, NULL);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_not_equal(shown.view[0].route, first);
    assert_int_equal(shown.view[0].routes, 3);
    drop_dest(&w, a, &shown);
    unroute(&w, a, first);
    assert_int_equal(rtm_route_count(w.table), 2);
    assert_int_equal(
        rtm_route_at(w.table, &(struct rtm_prefix){rtm_address_ipv4(NET(10, 0, 0, 0)), 8}, 1)
            ->preference,
        60);
    unroute(&w, a, second);
    assert_int_equal(rtm_route_count(w.table), 1);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    world_close(&w);
}

/* An identical route of the router's is another one. */
static void a_twin_of_a_clients_route_is_another(void **state)
{
    struct rtmv2_dest shown;
    struct world w;
    handle_t32 a, hop, route;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    route = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 1, 110, UCAST);
    other_add(&w, 13, NET(10, 0, 0, 0), 8, 3, NET(192, 0, 2, 1), 1, 110);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].routes, 2);
    assert_int_equal(shown.view[0].route, route);
    drop_dest(&w, a, &shown);
    unroute(&w, a, route);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_equal(shown.view[0].routes, 1);
    assert_int_not_equal(shown.view[0].owner, a);
    drop_dest(&w, a, &shown);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    world_close(&w);
}

static void entities_are_listed(void **state)
{
    struct rtmv2_entity_info infos[4];
    struct world w;
    handle_t32 a, b, all[4] = {0};
    uint32_t count = 2;

    (void)state;
    world_open(&w);
    assert_int_equal(rtmv2_implicit(w.r, RTM_IPV4, LOCAL), ST_OK);
    assert_int_equal(rtmv2_implicit(w.r, RTM_IPV4, LOCAL), ST_OK);
    assert_int_equal(rtmv2_implicit(w.r, RTM_IPV4, 14), ST_OK);
    a = enter(&w, 13, 1);
    b = enter(&w, 14, 0); /* the one that stood for its protocol is not shown any more */
    assert_int_equal(rtmv2_entities(w.r, a, &count, all, infos), ST_INSUFFICIENT_BUFFER);
    assert_int_equal(count, 3);
    assert_int_equal(all[0], 0);
    assert_int_equal(rtmv2_entities(w.r, a, &count, all, infos), ST_OK);
    assert_int_equal(infos[0].id.protocol, LOCAL);
    assert_int_equal(infos[0].id.instance, 0);
    assert_int_equal(all[1], a);
    assert_int_equal(infos[1].id.instance, 1);
    assert_int_equal(all[2], b);
    assert_int_equal(rtmv2_release(w.r, a, RTMV2_ENTITY, count, all), ST_OK);
    count = 4;
    assert_int_equal(rtmv2_entities(w.r, a, &count, all, NULL), ST_OK);
    assert_int_equal(count, 3);
    assert_int_equal(rtmv2_release(w.r, a, RTMV2_ENTITY, count, all), ST_OK);
    rtmv2_detach(w.r, RTM_IPV6);
    rtmv2_detach(w.r, RTM_IPV6);
    assert_int_equal(rtmv2_implicit(w.r, RTM_IPV6, LOCAL), ST_FILE_NOT_FOUND);
    leave(&w, a);
    (void)events_of(&w, RTMV2_ENTITY_DEREGISTERED);
    leave(&w, b);
    world_close(&w);
}

/* A place for each client that has asked for one, as long as there are some. */
static void clients_keep_something_with_destinations(void **state)
{
    struct rtmv2_entity_info info = {0, RTM_IPV4, {20, 0}};
    struct world w;
    handle_t32 clients[RTMV2_OPAQUE_SLOTS], none, one, dest;
    void **slots[RTMV2_OPAQUE_SLOTS], **slot;

    (void)state;
    world_open(&w);
    for (unsigned i = 0; i < RTMV2_OPAQUE_SLOTS; i++, info.id.instance++)
        assert_int_equal(rtmv2_register(w.r, &info, true, &clients[i]), ST_OK);
    assert_int_equal(rtmv2_register(w.r, &info, true, &none), ST_NO_SYSTEM_RESOURCES);
    none = enter(&w, 21, 0);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 4, 0, 1, 1);
    dest = dest_of(&w, none, NET(10, 0, 0, 0), 8);
    assert_int_equal(rtmv2_opaque(w.r, none, dest, &slot), ST_NOT_FOUND);
    for (unsigned i = 0; i < RTMV2_OPAQUE_SLOTS; i++) {
        assert_int_equal(rtmv2_opaque(w.r, clients[i], dest, &slots[i]), ST_OK);
        assert_null(*slots[i]);
        *slots[i] = &clients[i];
    }
    assert_ptr_equal(*slots[0], &clients[0]);
    drop(&w, none, RTMV2_DEST, dest);
    dest = dest_of(&w, none, NET(10, 0, 0, 0), 8); /* what is kept keeps it */
    for (unsigned i = 1; i < RTMV2_OPAQUE_SLOTS; i++) *slots[i] = NULL;
    drop(&w, none, RTMV2_DEST, dest);
    dest = dest_of(&w, none, NET(10, 0, 0, 0), 8); /* also of one alone */
    assert_ptr_equal(*slots[0], &clients[0]);
    for (unsigned i = 1; i < RTMV2_OPAQUE_SLOTS; i++) *slots[i] = &clients[i];
    for (unsigned i = 0; i < RTMV2_OPAQUE_SLOTS; i++) {
        assert_int_equal(rtmv2_opaque(w.r, clients[i], dest, &slot), ST_OK);
        assert_ptr_equal(slot, slots[i]);
        assert_ptr_equal(*slot, &clients[i]);
    }
    leave(&w, clients[0]); /* its place is free, and empty for the next one */
    assert_int_equal(rtmv2_register(w.r, &info, true, &one), ST_OK);
    assert_int_equal(rtmv2_opaque(w.r, one, dest, &slot), ST_OK);
    assert_null(*slot);
    *slots[2] = NULL;
    drop(&w, none, RTMV2_DEST, dest);
    for (unsigned i = 1; i < RTMV2_OPAQUE_SLOTS; i++) leave(&w, clients[i]);
    leave(&w, one);
    (void)events_of(&w, RTMV2_ENTITY_DEREGISTERED);
    leave(&w, none);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    world_close(&w);
}

/* A table goes with all that is known of it, whatever clients still refer to. */
static void detaching_ends_everything(void **state)
{
    struct rtmv2_event event;
    struct rtmv2_dest shown;
    struct world w;
    handle_t32 a, b, hop, route, notify;

    (void)state;
    world_open(&w);
    a = enter(&w, 13, 0);
    b = enter(&w, 14, 0);
    hop = hop_to(&w, a, NET(192, 0, 2, 1), 3);
    route = route_to(&w, a, NET(10, 0, 0, 0), 8, hop, 1, 1, UCAST);
    assert_int_equal(rtmv2_register_changes(w.r, b, 0, RTMV2_NOTIFY_ALL, NULL, &notify), ST_OK);
    assert_int_equal(look(&w, b, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    assert_int_equal(rtmv2_hold(w.r, b, shown.dest, UCAST, 5), ST_OK);
    other_add(&w, LOCAL, NET(10, 0, 0, 0), 8, 4, 0, 1, 1);
    rtmv2_detach(w.r, RTM_IPV4);
    assert_int_equal(rtm_route_count(w.table), 1);
    assert_int_equal(rtmv2_handle_count(w.r), 0);
    assert_int_equal(rtmv2_object_count(w.r), 0);
    assert_false(rtmv2_event(w.r, &event));
    assert_int_equal(rtmv2_next_deadline(w.r), MSEC_NEVER);
    assert_int_equal(rtmv2_kind_of(w.r, route, NULL), RTMV2_NOTHING);
    assert_int_equal(rtmv2_deregister(w.r, a), ST_INVALID_HANDLE);
    assert_int_equal(rtmv2_attach(w.r, RTM_IPV4, w.table), ST_OK);
    a = enter(&w, 13, 0);
    assert_int_equal(look(&w, a, NET(10, 0, 0, 0), 8, UCAST, &shown), ST_OK);
    drop_dest(&w, a, &shown);
    leave(&w, a);
    world_close(&w);
}

/* 2001:db8::/32 with more bits of a length up to 128. */
static struct rtm_prefix documentation(uint8_t last, unsigned length)
{
    struct rtm_prefix p = {{{0x20, 0x01, 0x0D, 0xB8}}, (uint8_t)length};

    p.address.octets[15] = last;
    return p;
}

static void ipv6_is_a_table_of_its_own(void **state)
{
    const struct rtmv2_entity_info six = {0, RTM_IPV6, {13, 0}};
    const struct rtm_prefix host = documentation(1, 128), wide = documentation(0, 32);
    const struct rtm_prefix bits = documentation(0xFF, 126), longer = documentation(0, 129);
    const struct rtmv2_hop gateway = {.address = documentation(9, 128).address, .interface = 3};
    const struct rtm_route local = {LOCAL, 4, {{0}}, 1, 1, 0};
    struct rtmv2_route info;
    struct rtmv2_event event;
    struct rtmv2_dest shown, less;
    struct rtm_entity *router;
    struct world w;
    handle_t32 a, hop = 0, notify;
    uint32_t change = 0, one = 1;

    (void)state;
    world_open(&w);
    assert_int_equal(rtm_register(w.table6, 1, &router), ST_OK);
    assert_int_equal(rtmv2_register(w.r, &six, false, &a), ST_OK);
    assert_int_equal(rtmv2_add_next_hop(w.r, a, &gateway, &hop, NULL), ST_OK);
    info = info_over(hop, 1, 1, UCAST);
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &longer, &info, RTMV2_INFINITE, 0, &change),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_add_route(w.r, a, NULL, &bits, &info, RTMV2_INFINITE, 0, &change),
                     ST_OK); /* the last two are cut */
    assert_int_equal(rtm_route_count(w.table6), 1);
    assert_int_equal(rtm_route_count(w.table), 0);
    assert_int_equal(rtmv2_exact_match(w.r, a, &longer, BEST, 0, &shown), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_most_specific(w.r, a, &longer, BEST, 0, &shown), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_exact_route(w.r, a, &longer, 0, &info, 0, 0, &notify),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_register_changes(w.r, a, UCAST, RTMV2_NOTIFY_BEST, NULL, &notify),
                     ST_OK);
    assert_int_equal(rtm_route_add(router, &wide, &local, NULL), ST_OK);
    assert_true(rtmv2_event(w.r, &event));
    assert_int_equal(event.about, notify);
    assert_int_equal(rtmv2_changed_dests(w.r, a, notify, &one, &shown), ST_OK);
    assert_memory_equal(&shown.prefix, &wide, sizeof(wide));
    drop_dest(&w, a, &shown);
    assert_int_equal(rtmv2_most_specific(w.r, a, &host, BEST, UCAST, &shown), ST_OK);
    assert_memory_equal(&shown.prefix, &wide, sizeof(wide));
    drop_dest(&w, a, &shown);
    assert_int_equal(rtmv2_most_specific(w.r, a, &bits, BEST, UCAST, &shown), ST_OK);
    assert_int_equal(shown.prefix.length, 126);
    assert_int_equal(shown.prefix.address.octets[15], 0xFC);
    assert_int_equal(rtmv2_less_specific(w.r, a, shown.dest, BEST, UCAST, &less), ST_OK);
    assert_memory_equal(&less.prefix, &wide, sizeof(wide));
    drop_dest(&w, a, &less);
    drop_dest(&w, a, &shown);
    drop(&w, a, RTMV2_HOP, hop);
    leave(&w, a);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_route_leads_over_its_first_hop_that_is_up),
        cmocka_unit_test(preferences_that_the_router_gives_are_followed),
        cmocka_unit_test(a_twin_of_a_clients_route_is_another),
        cmocka_unit_test(entities_are_listed),
        cmocka_unit_test(clients_keep_something_with_destinations),
        cmocka_unit_test(ipv6_is_a_table_of_its_own),
        cmocka_unit_test(detaching_ends_everything),
    };

    return cmocka_run_group_tests_name("rtmv2 table", tests, NULL, NULL);
}
