/* See support.h. */
#include "unit/rtmv2/support.h"

#include <string.h>

static void wake(void *context)
{
    struct world *w = context;

    w->wakes++;
}

void world_open(struct world *w)
{
    memset(w, 0, sizeof(*w));
    assert_int_equal(rtm_create(&w->table, RTM_IPV4), ST_OK);
    assert_int_equal(rtm_create(&w->table6, RTM_IPV6), ST_OK);
    assert_int_equal(rtm_register(w->table, 1, &w->router), ST_OK);
    assert_int_equal(rtmv2_create(&w->r, wake, w), ST_OK);
    assert_int_equal(rtmv2_attach(w->r, RTM_IPV4, w->table), ST_OK);
    assert_int_equal(rtmv2_attach(w->r, RTM_IPV6, w->table6), ST_OK);
}

/* None is pinned any more, so all of them have routes. */
static void places_are_given_back(const struct rtm *table)
{
    struct rtm_prefix at;
    size_t count = 0;

    for (uint32_t place = rtm_place_next(table, &at, true); place;
         place = rtm_place_next(table, &at, false))
        count++;
    assert_int_equal(count, rtm_destination_count(table));
}

void world_close(struct world *w)
{
    assert_int_equal(rtmv2_handle_count(w->r), 0);
    rtmv2_destroy(w->r);
    places_are_given_back(w->table);
    places_are_given_back(w->table6);
    rtm_destroy(w->table);
    rtm_destroy(w->table6);
}

struct rtm_prefix net(uint32_t address, unsigned length)
{
    return (struct rtm_prefix){rtm_address_ipv4(address), (uint8_t)length};
}

void other_add(struct world *w, uint32_t protocol, uint32_t address, unsigned length,
               uint32_t interface, uint32_t next_hop, uint32_t metric, uint32_t preference)
{
    struct rtm_prefix at = net(address, length);
    struct rtm_route x = {protocol, interface, rtm_address_ipv4(next_hop), metric, preference, 0};

    assert_int_equal(rtm_route_add(w->router, &at, &x, NULL), ST_OK);
}

void other_delete(struct world *w, uint32_t address, unsigned length, uint32_t interface,
                  uint32_t next_hop)
{
    struct rtm_prefix at = net(address, length);
    struct rtm_address hop = rtm_address_ipv4(next_hop);

    assert_int_equal(rtm_route_delete(w->router, &at, interface, &hop), ST_OK);
}

handle_t32 enter(struct world *w, uint32_t protocol, uint32_t instance)
{
    const struct rtmv2_entity_info info = {0, RTM_IPV4, {protocol, instance}};
    handle_t32 entity = 0;

    assert_int_equal(rtmv2_register(w->r, &info, false, &entity), ST_OK);
    assert_int_not_equal(entity, 0);
    return entity;
}

void leave(struct world *w, handle_t32 entity)
{
    assert_int_equal(rtmv2_deregister(w->r, entity), ST_OK);
}

handle_t32 hop_to(struct world *w, handle_t32 entity, uint32_t address, uint32_t interface)
{
    const struct rtmv2_hop info = {.address = rtm_address_ipv4(address), .interface = interface};
    handle_t32 hop = 0;

    assert_int_equal(rtmv2_add_next_hop(w->r, entity, &info, &hop, NULL), ST_OK);
    return hop;
}

struct rtmv2_route info_over(handle_t32 hop, uint32_t metric, uint32_t preference, uint32_t views)
{
    return (struct rtmv2_route){.preference = {metric, preference},
                                .views = views,
                                .hop_count = hop ? 1 : 0,
                                .hops = {hop}};
}

handle_t32 route_to(struct world *w, handle_t32 entity, uint32_t address, unsigned length,
                    handle_t32 hop, uint32_t metric, uint32_t preference, uint32_t views)
{
    const struct rtmv2_route info = info_over(hop, metric, preference, views);
    const struct rtm_prefix at = net(address, length);
    uint32_t change = RTMV2_CHANGE_NEW;
    handle_t32 route = 0;

    assert_int_equal(rtmv2_add_route(w->r, entity, &route, &at, &info, RTMV2_INFINITE, 0, &change),
                     ST_OK);
    assert_int_not_equal(route, 0);
    return route;
}

void unroute(struct world *w, handle_t32 entity, handle_t32 route)
{
    assert_int_equal(rtmv2_delete_route(w->r, entity, route, NULL), ST_OK);
}

mpr_status look(struct world *w, handle_t32 entity, uint32_t address, unsigned length,
                uint32_t views, struct rtmv2_dest *ret)
{
    const struct rtm_prefix at = net(address, length);

    return rtmv2_exact_match(w->r, entity, &at, BEST, views, ret);
}

handle_t32 dest_of(struct world *w, handle_t32 entity, uint32_t address, unsigned length)
{
    struct rtmv2_dest shown;

    assert_int_equal(look(w, entity, address, length, RTMV2_VIEW_ANY, &shown), ST_OK);
    return shown.dest;
}

void drop(struct world *w, handle_t32 entity, enum rtmv2_kind kind, handle_t32 handle)
{
    assert_int_equal(rtmv2_release(w->r, entity, kind, 1, &handle), ST_OK);
}

void drop_dest(struct world *w, handle_t32 entity, const struct rtmv2_dest *shown)
{
    assert_int_equal(rtmv2_release_dests(w->r, entity, 1, shown), ST_OK);
}

struct rtmv2_route info_of(struct world *w, handle_t32 entity, handle_t32 route)
{
    struct rtmv2_route info;

    assert_int_equal(rtmv2_route_info(w->r, entity, route, &info, NULL), ST_OK);
    return info;
}

void drop_info(struct world *w, handle_t32 entity, const struct rtmv2_route *info)
{
    assert_int_equal(rtmv2_release_route_info(w->r, entity, info), ST_OK);
}

unsigned events_of(struct world *w, enum rtmv2_event_type type)
{
    struct rtmv2_event event;
    unsigned count = 0;

    while (rtmv2_event(w->r, &event)) {
        count += event.type == type;
        if (event.type == RTMV2_ROUTE_EXPIRED) drop(w, event.entity, RTMV2_ROUTE, event.about);
        rtmv2_event_end(w->r, &event);
    }
    return count;
}
