/* Enumerations: their order, criteria and codes, and that they stay right while things change; and
 * route lists. */
#include "unit/rtmv2/support.h"

#include <string.h>

#define LOCAL 2u

struct scene {
    struct world w;
    handle_t32 a, b, hop, other_hop, hop_b;
    handle_t32 routes[6];
};

/* Of a: 10/8 three times, 11/8, 12/8 (multicast); of b: 11/8; the router: 12/8, 13/8. */
static void scene_open(struct scene *s)
{
    memset(s, 0, sizeof(*s));
    world_open(&s->w);
    assert_int_equal(rtmv2_implicit(s->w.r, RTM_IPV4, LOCAL), ST_OK);
    s->a = enter(&s->w, 13, 0);
    s->b = enter(&s->w, 14, 0);
    s->hop = hop_to(&s->w, s->a, NET(192, 0, 2, 1), 3);
    s->other_hop = hop_to(&s->w, s->a, NET(192, 0, 2, 1), 4);
    s->hop_b = hop_to(&s->w, s->b, NET(192, 0, 2, 1), 3);
    s->routes[0] = route_to(&s->w, s->a, NET(10, 0, 0, 0), 8, s->hop, 3, 1, UCAST);
    s->routes[1] = route_to(&s->w, s->a, NET(10, 0, 0, 0), 8, s->other_hop, 2, 1, UCAST);
    s->routes[2] = route_to(&s->w, s->a, NET(10, 0, 0, 0), 8, s->hop, 1, 1, RTMV2_VIEW_ALL);
    s->routes[3] = route_to(&s->w, s->a, NET(11, 0, 0, 0), 8, s->hop, 1, 1, UCAST);
    s->routes[4] = route_to(&s->w, s->b, NET(11, 0, 0, 0), 8, s->hop_b, 0, 1, UCAST);
    s->routes[5] = route_to(&s->w, s->a, NET(12, 0, 0, 0), 8, s->hop, 1, 1, MCAST);
    other_add(&s->w, LOCAL, NET(12, 0, 0, 0), 8, 4, 0, 1, 1);
    other_add(&s->w, LOCAL, NET(13, 0, 0, 0), 8, 3, 0, 1, 1);
}

static void scene_close(struct scene *s)
{
    for (unsigned i = 0; i < 6; i++)
        if (s->routes[i]) drop(&s->w, i == 4 ? s->b : s->a, RTMV2_ROUTE, s->routes[i]);
    drop(&s->w, s->a, RTMV2_HOP, s->hop);
    drop(&s->w, s->a, RTMV2_HOP, s->other_hop);
    drop(&s->w, s->b, RTMV2_HOP, s->hop_b);
    leave(&s->w, s->a);
    (void)events_of(&s->w, RTMV2_CHANGE_NOTIFICATION);
    leave(&s->w, s->b);
    assert_int_equal(rtmv2_object_count(s->w.r), 1);
    world_close(&s->w);
}

static handle_t32 routes_enum(struct scene *s, handle_t32 dest, uint32_t flags, uint32_t match,
                              const struct rtmv2_route *criteria, uint32_t interface)
{
    handle_t32 e = 0;

    assert_int_equal(
        rtmv2_create_route_enum(s->w.r, s->a, dest, 0, flags, NULL, match, criteria, interface, &e),
        ST_OK);
    return e;
}

/* One by one to the end; how many, and the first ones. */
static unsigned take(struct scene *s, handle_t32 e, handle_t32 *first, unsigned room)
{
    unsigned count = 0;
    uint32_t one = 1;
    handle_t32 route;

    for (; rtmv2_get_routes(s->w.r, s->a, e, &one, &route) == ST_OK; count++) {
        if (count < room) first[count] = route;
        drop(&s->w, s->a, RTMV2_ROUTE, route);
    }
    assert_int_equal(one, 0);
    one = 1;
    assert_int_equal(rtmv2_get_routes(s->w.r, s->a, e, &one, &route), ST_NO_MORE_ITEMS);
    assert_int_equal(rtmv2_delete_enum(s->w.r, s->a, e), ST_OK);
    return count;
}

static void routes_are_found_by_criteria(void **state)
{
    struct rtmv2_route c;
    struct scene s;
    handle_t32 found[8] = {0}, dest;

    (void)state;
    scene_open(&s);
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, 0, NULL, 0), found, 8), 8);
    assert_int_equal(found[0], s.routes[2]); /* the best of 10/8 */
    assert_int_equal(found[1], s.routes[1]);
    assert_int_equal(found[2], s.routes[0]);
    assert_int_equal(found[3], s.routes[4]);
    dest = dest_of(&s.w, s.a, NET(10, 0, 0, 0), 8);
    assert_int_equal(take(&s, routes_enum(&s, dest, 0, 0, NULL, 0), found, 8), 3);
    drop(&s.w, s.a, RTMV2_DEST, dest);
    assert_int_equal(take(&s, routes_enum(&s, 0, RTMV2_ENUM_OWN_ROUTES, 0, NULL, 0), found, 8), 5);
    c = (struct rtmv2_route){.owner = s.b};
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, RTMV2_MATCH_OWNER, &c, 0), found, 8), 1);
    assert_int_equal(found[0], s.routes[4]);
    c = (struct rtmv2_route){.preference = {1, 1}};
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, RTMV2_MATCH_PREFERENCE, &c, 0), found, 8), 5);
    c = (struct rtmv2_route){.hop_count = 1, .hops = {s.other_hop}};
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, RTMV2_MATCH_NEXT_HOP, &c, 0), found, 8), 1);
    assert_int_equal(found[0], s.routes[1]);
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, RTMV2_MATCH_INTERFACE, NULL, 4), found, 8), 2);
    c = (struct rtmv2_route){.neighbour = s.hop};
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, RTMV2_MATCH_NEIGHBOUR, &c, 0), found, 8), 0);
    c = (struct rtmv2_route){.owner = s.a, .preference = {1, 1}, .hop_count = 1, .hops = {s.hop}};
    assert_int_equal(take(&s, routes_enum(&s, 0, 0, 0xFFFF, &c, 3), found, 8), 3);
    scene_close(&s);
}

/* Also those of the router, whose next hop is named by handle. */
static void the_best_that_meets_the_criteria_is_found(void **state)
{
    const struct rtm_prefix ten = net(NET(10, 1, 2, 3), 8), twelve = net(NET(12, 0, 0, 0), 8);
    struct rtmv2_route io, more;
    struct scene s;
    handle_t32 route, again;

    (void)state;
    scene_open(&s);
    io = (struct rtmv2_route){0};
    assert_int_equal(rtmv2_exact_route(s.w.r, s.a, &ten, 0, &io, 0, UCAST, &route), ST_OK);
    assert_int_equal(route, s.routes[2]);
    assert_int_equal(io.preference.metric, 1);
    drop_info(&s.w, s.a, &io);
    drop(&s.w, s.a, RTMV2_ROUTE, route);
    assert_int_equal(
        rtmv2_exact_route(s.w.r, s.a, &ten, RTMV2_MATCH_INTERFACE, &io, 4, UCAST, &route), ST_OK);
    assert_int_equal(route, s.routes[1]);
    drop_info(&s.w, s.a, &io);
    drop(&s.w, s.a, RTMV2_ROUTE, route);
    assert_int_equal(
        rtmv2_exact_route(s.w.r, s.a, &ten, RTMV2_MATCH_INTERFACE, &io, 9, UCAST, &route),
        ST_NOT_FOUND);
    assert_int_equal(
        rtmv2_exact_route(s.w.r, s.a, &ten, RTMV2_MATCH_INTERFACE, &io, 4, MCAST, &route),
        ST_NOT_FOUND);
    assert_int_equal(rtmv2_exact_route(s.w.r, s.a, &twelve, 0, &io, 0, UCAST, &route), ST_OK);
    more = (struct rtmv2_route){.owner = io.owner, .hop_count = 1, .hops = {io.hops[0]}};
    assert_int_equal(rtmv2_exact_route(s.w.r, s.a, &twelve,
                                       RTMV2_MATCH_OWNER | RTMV2_MATCH_NEXT_HOP, &more, 0, UCAST,
                                       &again),
                     ST_OK);
    assert_int_equal(again, route);
    drop_info(&s.w, s.a, &more);
    drop(&s.w, s.a, RTMV2_ROUTE, again);
    drop_info(&s.w, s.a, &io);
    drop(&s.w, s.a, RTMV2_ROUTE, route);
    scene_close(&s);
}

/* What is before the place where it stands is not shown again, what is behind it is. */
static void enumerations_stay_right(void **state)
{
    struct rtmv2_dest shown[4];
    struct scene s;
    handle_t32 e, route;
    uint32_t count = 1;

    (void)state;
    scene_open(&s);
    assert_int_equal(rtmv2_create_dest_enum(s.w.r, s.a, UCAST, RTMV2_ENUM_START, NULL, BEST, &e),
                     ST_OK);
    assert_int_equal(rtmv2_get_dests(s.w.r, s.a, e, &count, shown), ST_OK);
    assert_int_equal(rtm_ipv4(&shown[0].prefix.address), NET(10, 0, 0, 0));
    drop_dest(&s.w, s.a, shown);
    other_add(&s.w, LOCAL, NET(9, 0, 0, 0), 8, 3, 0, 1, 1);
    other_add(&s.w, LOCAL, NET(11, 0, 0, 0), 16, 3, 0, 1, 1);
    for (unsigned i = 0; i < 3; i++) unroute(&s.w, s.a, s.routes[i]); /* where it stands */
    s.routes[0] = s.routes[1] = s.routes[2] = 0;
    unroute(&s.w, s.a, s.routes[3]);
    unroute(&s.w, s.b, s.routes[4]);
    s.routes[3] = s.routes[4] = 0;
    count = 4;
    assert_int_equal(rtmv2_get_dests(s.w.r, s.a, e, &count, shown), ST_NO_MORE_ITEMS);
    assert_int_equal(count, 3);
    assert_int_equal(shown[0].prefix.length, 16);
    assert_int_equal(rtm_ipv4(&shown[1].prefix.address), NET(12, 0, 0, 0));
    assert_int_equal(rtm_ipv4(&shown[2].prefix.address), NET(13, 0, 0, 0));
    assert_int_equal(rtmv2_release_dests(s.w.r, s.a, count, shown), ST_OK);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);

    /* Within a destination: the one that was shown goes, a worse one comes. */
    s.routes[0] = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 5, 1, UCAST);
    s.routes[1] = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 6, 1, UCAST);
    e = routes_enum(&s, 0, RTMV2_ENUM_OWN_ROUTES, 0, NULL, 0);
    count = 1;
    assert_int_equal(rtmv2_get_routes(s.w.r, s.a, e, &count, &route), ST_OK);
    assert_int_equal(route, s.routes[0]);
    drop(&s.w, s.a, RTMV2_ROUTE, route);
    unroute(&s.w, s.a, s.routes[0]);
    s.routes[0] = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 4, 1, UCAST);
    s.routes[2] = route_to(&s.w, s.a, NET(10, 0, 0, 0), 8, s.hop, 7, 1, UCAST);
    assert_int_equal(rtmv2_get_routes(s.w.r, s.a, e, &count, &route), ST_OK);
    assert_int_equal(route, s.routes[1]);
    drop(&s.w, s.a, RTMV2_ROUTE, route);
    assert_int_equal(rtmv2_get_routes(s.w.r, s.a, e, &count, &route), ST_OK);
    assert_int_equal(route, s.routes[2]);
    drop(&s.w, s.a, RTMV2_ROUTE, route);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);
    scene_close(&s);
}

/* Of the same address the shorter is first, whoever has it. */
static void destinations_are_in_order(void **state)
{
    struct rtmv2_dest shown[3];
    struct scene s;
    handle_t32 e;
    uint32_t count = 3;

    (void)state;
    scene_open(&s);
    other_add(&s.w, LOCAL, NET(10, 0, 0, 0), 7, 3, 0, 1, 1);
    other_add(&s.w, LOCAL, NET(10, 0, 0, 0), 9, 3, 0, 1, 1);
    assert_int_equal(rtmv2_create_dest_enum(s.w.r, s.a, UCAST, RTMV2_ENUM_START, NULL, BEST, &e),
                     ST_OK);
    assert_int_equal(rtmv2_get_dests(s.w.r, s.a, e, &count, shown), ST_OK);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(rtm_ipv4(&shown[i].prefix.address), NET(10, 0, 0, 0));
        assert_int_equal(shown[i].prefix.length, 7 + i);
    }
    assert_int_equal(rtmv2_release_dests(s.w.r, s.a, count, shown), ST_OK);
    scene_close(&s);
}

static void next_hops_are_enumerated_in_order(void **state)
{
    const struct rtm_prefix range = net(NET(192, 0, 2, 0), 30);
    const struct rtm_prefix behind = net(NET(198, 51, 100, 0), 32);
    struct scene s;
    handle_t32 e, many[RTMV2_MAX_HANDLES];
    uint32_t count = 2, total = 0;
    struct rtmv2_hop info;
    uint32_t last = 0;
    mpr_status status;

    (void)state;
    scene_open(&s);
    for (uint32_t i = 0; i < 600; i++)
        drop(&s.w, s.a, RTMV2_HOP, hop_to(&s.w, s.a, NET(198, 51, 0, 0) + i * 7919 % 600, 3));
    assert_int_equal(rtmv2_create_hop_enum(s.w.r, s.a, RTMV2_ENUM_START, NULL, &e), ST_OK);
    assert_int_equal(rtmv2_get_hops(s.w.r, s.a, e, &count, many), ST_OK);
    assert_int_equal(many[0], s.hop); /* the same address, the lower interface */
    assert_int_equal(many[1], s.other_hop);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_HOP, 2, many), ST_OK);
    do {
        count = RTMV2_MAX_HANDLES;
        status = rtmv2_get_hops(s.w.r, s.a, e, &count, many);
        for (uint32_t i = 0; i < count; i++, total++) {
            assert_int_equal(rtmv2_next_hop_info(s.w.r, s.a, many[i], &info), ST_OK);
            assert_true(rtm_ipv4(&info.address) > last);
            last = rtm_ipv4(&info.address);
            assert_int_equal(rtmv2_release_hop_info(s.w.r, s.a, &info), ST_OK);
        }
        assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_HOP, count, many), ST_OK);
    } while (status == ST_OK);
    assert_int_equal(status, ST_NO_MORE_ITEMS);
    assert_int_equal(total, 600);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);
    assert_int_equal(rtmv2_create_hop_enum(s.w.r, s.a, RTMV2_ENUM_RANGE, &range, &e), ST_OK);
    count = 5;
    assert_int_equal(rtmv2_get_hops(s.w.r, s.a, e, &count, many), ST_NO_MORE_ITEMS);
    assert_int_equal(count, 2);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_HOP, count, many), ST_OK);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);
    assert_int_equal(rtmv2_create_hop_enum(s.w.r, s.a, RTMV2_ENUM_NEXT, &range, &e), ST_OK);
    count = 5;
    assert_int_equal(rtmv2_get_hops(s.w.r, s.a, e, &count, many), ST_OK);
    assert_int_equal(many[0], s.hop);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_HOP, count, many), ST_OK);
    drop(&s.w, s.a, RTMV2_HOP, hop_to(&s.w, s.a, NET(198, 51, 100, 0), 1));
    drop(&s.w, s.a, RTMV2_HOP, hop_to(&s.w, s.a, NET(198, 51, 100, 1), 1));
    assert_int_equal(rtmv2_create_hop_enum(s.w.r, s.a, RTMV2_ENUM_NEXT, &behind, &e), ST_OK);
    count = 5;
    assert_int_equal(rtmv2_get_hops(s.w.r, s.a, e, &count, many), ST_NO_MORE_ITEMS);
    assert_int_equal(count, 2);
    assert_int_equal(rtmv2_release(s.w.r, s.a, RTMV2_HOP, count, many), ST_OK);
    scene_close(&s); /* deregistering ends it */
}

static void enumerations_have_their_codes(void **state)
{
    const struct rtm_prefix at = net(NET(10, 0, 0, 0), 8), wrong = net(NET(10, 0, 0, 0), 33);
    struct rtmv2_dest shown;
    struct scene s;
    struct rtmv2 *r;
    handle_t32 e = 77, route;
    uint32_t count;

    (void)state;
    scene_open(&s);
    r = s.w.r;
    assert_int_equal(rtmv2_create_dest_enum(r, s.a, 4, 0, NULL, BEST, &e), ST_NOT_SUPPORTED);
    assert_int_equal(rtmv2_create_dest_enum(r, s.a, 1, 3, &at, BEST, &e), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_dest_enum(r, s.a, 1, 1, NULL, BEST, &e), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_dest_enum(r, s.a, 1, 2, &wrong, BEST, &e), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_dest_enum(r, s.a, 1, RTMV2_ENUM_OWN_ROUTES, NULL, BEST, &e),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_route_enum(r, s.a, 0, 8, 0, NULL, 0, NULL, 0, &e),
                     ST_NOT_SUPPORTED);
    assert_int_equal(rtmv2_create_route_enum(r, s.a, 0, 0, 1, NULL, 0, NULL, 0, &e),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_route_enum(r, s.a, 0, 0, 0, NULL, RTMV2_MATCH_OWNER, NULL, 0, &e),
                     ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_hop_enum(r, s.a, 2, NULL, &e), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_hop_enum(r, s.a, 7, &at, &e), ST_INVALID_PARAMETER);
    assert_int_equal(e, 77);
    assert_int_equal(rtmv2_create_dest_enum(r, s.a, UINT32_MAX, 0, NULL, BEST, &e), ST_OK);
    count = 0;
    assert_int_equal(rtmv2_get_dests(r, s.a, e, &count, &shown), ST_INVALID_PARAMETER);
    count = RTMV2_MAX_HANDLES + 1;
    assert_int_equal(rtmv2_get_dests(r, s.a, e, &count, &shown), ST_INVALID_PARAMETER);
    assert_int_equal(count, RTMV2_MAX_HANDLES + 1);
    count = 1;
    assert_int_equal(rtmv2_get_routes(r, s.a, e, &count, &route), ST_INVALID_HANDLE);
    e = routes_enum(&s, 0, 0, 0, NULL, 0);
    assert_int_equal(rtmv2_get_dests(r, s.a, e, &count, &shown), ST_INVALID_HANDLE);
    count = 0;
    assert_int_equal(rtmv2_get_routes(r, s.a, e, &count, &route), ST_INVALID_PARAMETER);
    assert_int_equal(rtmv2_create_hop_enum(r, s.a, 0, NULL, &e), ST_OK);
    assert_int_equal(rtmv2_get_hops(r, s.a, e, &count, &route), ST_INVALID_PARAMETER);
    scene_close(&s);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static unsigned take_list(struct scene *s, handle_t32 e, uint32_t room, handle_t32 *ret)
{
    uint32_t count = room;

    assert_int_equal(rtmv2_get_list_routes(s->w.r, s->a, e, &count, ret), ST_OK);
    assert_int_equal(rtmv2_release(s->w.r, s->a, RTMV2_ROUTE, count, ret), ST_OK);
    return count;
}

static void a_route_is_in_one_list(void **state)
{
    struct scene s;
    handle_t32 first, second, e, found[6];
    uint32_t none = 0;

    (void)state;
    scene_open(&s);
    assert_int_equal(rtmv2_create_list(s.w.r, s.a, &first), ST_OK);
    assert_int_equal(rtmv2_create_list(s.w.r, s.a, &second), ST_OK);
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, first, 4, s.routes), ST_OK);
    assert_int_equal(rtmv2_create_list_enum(s.w.r, s.a, first, &e), ST_OK);
    assert_int_equal(rtmv2_get_list_routes(s.w.r, s.a, e, &none, found), ST_INVALID_PARAMETER);
    assert_int_equal(take_list(&s, e, 1, found), 1);
    assert_int_equal(found[0], s.routes[0]);
    /* The next one goes elsewhere, the one behind it away; one more comes. */
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, second, 1, &s.routes[1]), ST_OK);
    unroute(&s.w, s.a, s.routes[2]);
    s.routes[2] = 0;
    assert_int_equal(take_list(&s, e, 6, found), 1);
    assert_int_equal(found[0], s.routes[3]);
    assert_int_equal(take_list(&s, e, 6, found), 0);
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, first, 1, &s.routes[5]), ST_OK);
    assert_int_equal(take_list(&s, e, 6, found), 1);
    assert_int_equal(found[0], s.routes[5]);
    /* All or none. */
    found[0] = s.routes[0];
    found[1] = s.routes[4];
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, second, 2, found), ST_ACCESS_DENIED);
    assert_int_equal(rtmv2_insert_in_list(s.w.r, s.a, 0, 1, &s.routes[0]), ST_OK);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);
    assert_int_equal(rtmv2_create_list_enum(s.w.r, s.a, first, &e), ST_OK);
    assert_int_equal(rtmv2_delete_list(s.w.r, s.a, first), ST_OK);
    assert_int_equal(take_list(&s, e, 6, found), 0);
    assert_int_equal(rtmv2_create_list_enum(s.w.r, s.a, second, &e), ST_OK);
    assert_int_equal(take_list(&s, e, 6, found), 1);
    assert_int_equal(found[0], s.routes[1]);
    scene_close(&s);
}

/* Many of the router's, of which an enumeration of a's routes shows none. */
static void fill_table(struct scene *s, unsigned count)
{
    for (uint32_t i = 0; i < count; i++)
        other_add(&s->w, LOCAL, NET(20, 0, 0, 0) + (i << 8), 24, 3, 0, 1, 1);
}

static void a_call_looks_at_a_portion_only(void **state)
{
    struct scene s;
    const uint32_t flags = RTMV2_ENUM_OWN_ROUTES;
    handle_t32 e, found[RTMV2_MAX_HANDLES];
    unsigned calls = 1, all = 0;
    uint32_t count = RTMV2_MAX_HANDLES;

    (void)state;
    scene_open(&s);
    fill_table(&s, RTMV2_PORTION * 3);
    e = routes_enum(&s, 0, flags, 0, NULL, 0);
    while (rtmv2_get_routes(s.w.r, s.a, e, &count, found) == ST_OK && calls < 100) {
        for (all += count; count; count--) drop(&s.w, s.a, RTMV2_ROUTE, found[count - 1]);
        count = RTMV2_MAX_HANDLES;
        calls++;
    }
    assert_int_equal(count, 0);
    assert_int_equal(calls, 4);
    assert_int_equal(all, 5);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);
    scene_close(&s);
}

/* Other destinations are found between portions as they are then. */
static void a_portion_ends_between_routes(void **state)
{
    struct scene s;
    struct rtmv2_dest dests[8];
    uint32_t count = 8;
    handle_t32 e;

    (void)state;
    scene_open(&s);
    fill_table(&s, RTMV2_PORTION * 2);
    assert_int_equal(rtmv2_create_dest_enum(s.w.r, s.a, MCAST, RTMV2_ENUM_START, NULL, BEST, &e),
                     ST_OK);
    assert_int_equal(rtmv2_get_dests(s.w.r, s.a, e, &count, dests), ST_OK);
    assert_int_equal(count, 2); /* 10/8 and 12/8 */
    for (; count; count--) drop_dest(&s.w, s.a, &dests[count - 1]);
    count = 8;
    assert_int_equal(rtmv2_get_dests(s.w.r, s.a, e, &count, dests), ST_OK);
    assert_int_equal(count, 0);
    count = 8;
    assert_int_equal(rtmv2_get_dests(s.w.r, s.a, e, &count, dests), ST_NO_MORE_ITEMS);
    assert_int_equal(rtmv2_delete_enum(s.w.r, s.a, e), ST_OK);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes_are_found_by_criteria),
        cmocka_unit_test(the_best_that_meets_the_criteria_is_found),
        cmocka_unit_test(enumerations_stay_right),
        cmocka_unit_test(destinations_are_in_order),
        cmocka_unit_test(next_hops_are_enumerated_in_order),
        cmocka_unit_test(enumerations_have_their_codes),
        cmocka_unit_test(a_route_is_in_one_list),
        cmocka_unit_test(a_call_looks_at_a_portion_only),
        cmocka_unit_test(a_portion_ends_between_routes),
    };

    return cmocka_run_group_tests_name("rtmv2 enumerations", tests, NULL, NULL);
}
