/* See steps.h. */
#include "unit/rtmv2/steps.h"

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

/* Then its next hops have no references any more, and need numbers when it is shown. */
static mpr_status update_over_far_hops(struct scene *s)
{
    struct rtmv2_route info = info_over(s->far, 3, 2, RTMV2_VIEW_ALL);
    mpr_status status;

    info.neighbour = s->far;
    info.hop_count = 2;
    info.hops[1] = s->via;
    status = rtmv2_update_route(s->w.r, s->a, s->route, &info, 6000, 0, NULL);
    if (status == ST_OK) drop(&s->w, s->a, RTMV2_HOP, s->far);
    if (status == ST_OK) drop(&s->w, s->a, RTMV2_HOP, s->via);
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
const struct step steps[] = {
    {"register a", register_a, false},
    {"register b", register_b, false},
    {"know local", know_local, false},
    {"add hop", add_hop, false},
    {"add remote hop", add_remote_hop, false},
    {"add far hop", add_far_hop, false},
    {"add hop between", add_hop_between, false},
    {"add hop over it", add_hop_over_it, false},
    {"find hop", find_hop, false},
    {"hop info", hop_info, false},
    {"far hop info", far_hop_info, false},
    {"create list", create_list, false},
    {"add route", add_route, false},
    {"add worse route", add_worse_route, false},
    {"update route", update_route, false},
    {"find and update route", find_and_update_route, false},
    {"route info", route_info, false},
    {"update over far hops", update_over_far_hops, false},
    {"far route info", route_info, false},
    {"match other", match_other, false},
    {"match exactly", match_exactly, false},
    {"dest info", dest_info, false},
    {"match shorter", match_shorter, false},
    {"match route", match_route, false},
    {"list entities", list_entities, false},
    {"watch alone", watch_alone, false},
    {"hold down", hold_down, false},
    {"enumerate dests", enumerate_dests, false},
    {"enumerate routes", enumerate_routes, false},
    {"enumerate hops", enumerate_hops, false},
    {"enumerate list", enumerate_list, false},
    {"fetch dests", fetch_dests, true},
    {"fetch routes", fetch_routes, true},
    {"fetch hops", fetch_hops, true},
    {"fetch list", fetch_list, true},
    {"register changes", register_changes, false},
};

const size_t step_count = sizeof(steps) / sizeof(steps[0]);
