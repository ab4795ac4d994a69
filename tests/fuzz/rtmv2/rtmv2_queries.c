/* Calls that ask, enumerate and watch. */
#include "fuzz/rtmv2/rtmv2_shadow.h"

#define ROOM 4u

/* ---- structures ---------------------------------------------------------------------------------
 */

static void got_hop(struct fuzz *f, handle_t32 client, const struct rtmv2_hop *hop)
{
    got(f, client, RTMV2_ENTITY, hop->owner);
    got(f, client, RTMV2_HOP, hop->remote);
}

static void got_route(struct fuzz *f, handle_t32 client, const struct rtmv2_route *route)
{
    got(f, client, RTMV2_DEST, route->dest);
    got(f, client, RTMV2_ENTITY, route->owner);
    got(f, client, RTMV2_HOP, route->neighbour);
    FUZZ_CHECK(route->hop_count <= RTMV2_MAX_NEXT_HOPS);
    for (uint32_t n = 0; n < route->hop_count; n++) got(f, client, RTMV2_HOP, route->hops[n]);
}

static void gave_if_any(struct fuzz *f, enum rtmv2_kind kind, handle_t32 handle)
{
    if (handle) gave(f, kind, handle);
}

/* Half of them are given back at once, as they should be. */
static void op_hop_info(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_HOP);
    struct rtmv2_hop hop;

    if (rtmv2_next_hop_info(f->r, client, handle, &hop) != ST_OK) return;
    check_used(f, client, RTMV2_HOP, handle);
    got_hop(f, client, &hop);
    if (take(f) % 2) return;
    FUZZ_CHECK(rtmv2_release_hop_info(f->r, client, &hop) == ST_OK);
    gave(f, RTMV2_ENTITY, hop.owner);
    gave_if_any(f, RTMV2_HOP, hop.remote);
}

static void op_route_info(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_ROUTE);
    struct rtm_prefix at;
    struct rtmv2_route route;
    uint32_t views = 0;

    if (rtmv2_route_info(f->r, client, handle, &route, &at) != ST_OK) return;
    check_used(f, client, RTMV2_ROUTE, handle);
    got_route(f, client, &route);
    FUZZ_CHECK(rtmv2_is_best(f->r, client, handle, &views) == ST_OK);
    FUZZ_CHECK(!(views & ~route.views));
    if (take(f) % 2) return;
    FUZZ_CHECK(rtmv2_release_route_info(f->r, client, &route) == ST_OK);
    gave(f, RTMV2_DEST, route.dest);
    gave(f, RTMV2_ENTITY, route.owner);
    gave_if_any(f, RTMV2_HOP, route.neighbour);
    for (uint32_t n = 0; n < route.hop_count; n++) gave(f, RTMV2_HOP, route.hops[n]);
}

static void found_dest(struct fuzz *f, handle_t32 client, const struct rtmv2_dest *dest)
{
    got_dest(f, client, dest);
    if (take(f) % 2) return;
    FUZZ_CHECK(rtmv2_release_dests(f->r, client, 1, dest) == ST_OK);
    gave(f, RTMV2_DEST, dest->dest);
    for (uint32_t n = 0; n < dest->count; n++) {
        gave_if_any(f, RTMV2_ROUTE, dest->view[n].route);
        gave_if_any(f, RTMV2_ENTITY, dest->view[n].owner);
        gave_if_any(f, RTMV2_ROUTE, dest->view[n].hold);
    }
}

/* Structures as nobody has given them out are refused as a whole. */
static void op_forged(struct fuzz *f, handle_t32 client)
{
    struct rtmv2_dest dest = {.dest = take_of(f, RTMV2_DEST), .count = 1};
    const struct rtmv2_route route = {.dest = dest.dest,
                                      .owner = take_of(f, RTMV2_ENTITY),
                                      .hop_count = 1,
                                      .hops = {0xD1234567u}};
    const struct rtmv2_hop hop = {.owner = route.owner, .remote = 0xD1234567u};

    dest.view[0].route = 0xD1234567u;
    FUZZ_CHECK(rtmv2_release_dests(f->r, client, 1, &dest) == ST_INVALID_HANDLE);
    FUZZ_CHECK(rtmv2_release_route_info(f->r, client, &route) == ST_INVALID_HANDLE);
    FUZZ_CHECK(rtmv2_release_hop_info(f->r, client, &hop) == ST_INVALID_HANDLE);
}

/* ---- looking up
 * ---------------------------------------------------------------------------------- */

static uint32_t take_protocol(struct fuzz *f)
{
    static const uint32_t protocols[] = {RTMV2_BEST_PROTOCOL, RTMV2_THIS_PROTOCOL, 2, 100, 101};

    return protocols[below(f, sizeof(protocols) / sizeof(protocols[0]))];
}

static void op_dest(struct fuzz *f, handle_t32 client)
{
    const bool less = take(f) % 2;
    const handle_t32 handle = take_of(f, RTMV2_DEST);
    struct rtmv2_dest dest;
    mpr_status status = (less ? rtmv2_less_specific : rtmv2_dest_info)(
        f->r, client, handle, take_protocol(f), take_views(f), &dest);

    if (status != ST_OK) return;
    check_used(f, client, RTMV2_DEST, handle);
    found_dest(f, client, &dest);
}

static void op_match(struct fuzz *f, handle_t32 client)
{
    const bool exact = take(f) % 2;
    const struct rtm_prefix at = take_prefix(f);
    struct rtmv2_dest dest;
    mpr_status status = (exact ? rtmv2_exact_match : rtmv2_most_specific)(
        f->r, client, &at, take_protocol(f), take_views(f), &dest);

    if (status == ST_OK) found_dest(f, client, &dest);
}

static void take_criteria(struct fuzz *f, struct rtmv2_route *ret)
{
    const uint8_t x = take(f);

    *ret = (struct rtmv2_route){.preference = {x & 3, x >> 2 & 3}, .hop_count = 1};
    ret->owner = take_of(f, RTMV2_ENTITY);
    ret->neighbour = take_of(f, RTMV2_HOP);
    ret->hops[0] = take_of(f, RTMV2_HOP);
}

static void op_exact_route(struct fuzz *f, handle_t32 client)
{
    const struct rtm_prefix at = take_prefix(f);
    const uint32_t match = take(f);
    struct rtmv2_route route;
    handle_t32 handle = 0;

    take_criteria(f, &route);
    if (rtmv2_exact_route(f->r, client, &at, match, &route, below(f, 3), take_views(f), &handle) !=
        ST_OK)
        return;
    got(f, client, RTMV2_ROUTE, handle);
    got_route(f, client, &route);
}

/* ---- entities
 * ------------------------------------------------------------------------------------ */

static void op_entities(struct fuzz *f, handle_t32 client)
{
    handle_t32 all[16], other = take_of(f, RTMV2_ENTITY);
    struct rtmv2_entity_info infos[16];
    uint32_t count = below(f, 17), room = count;
    mpr_status status = rtmv2_entities(f->r, client, &count, all, infos);

    if (status == ST_INSUFFICIENT_BUFFER) FUZZ_CHECK(count > room);
    for (uint32_t n = 0; status == ST_OK && n < count; n++) got(f, client, RTMV2_ENTITY, all[n]);
    if (rtmv2_entity_info(f->r, client, other, infos) == ST_OK)
        check_used(f, client, RTMV2_ENTITY, other);
    rtmv2_implicit(f->r, count % 2 ? RTM_IPV4 : RTM_IPV6, 2 + count % 3);
}

static void op_check(struct fuzz *f, handle_t32 client)
{
    static const enum rtmv2_kind kinds[] = {RTMV2_NOTHING, RTMV2_ENTITY, RTMV2_DEST,
                                            RTMV2_ROUTE,   RTMV2_HOP,    RTMV2_ENUM};
    const enum rtmv2_kind kind = kinds[below(f, sizeof(kinds) / sizeof(kinds[0]))];
    const handle_t32 handle = take_of(f, kind);

    if (rtmv2_check(f->r, client, kind, handle, take(f) % 2) != ST_INVALID_HANDLE)
        check_used(f, client, kind, handle);
}

/* ---- enumerations
 * --------------------------------------------------------------------------------- */

static uint32_t take_enum_flags(struct fuzz *f)
{
    const uint8_t x = take(f);

    return (x & 3u) | (x & 4 ? RTMV2_ENUM_OWN_ROUTES : 0) | (x & 8 ? RTMV2_ENUM_OWN_DESTS : 0) |
           (x > 250 ? 0x40u : 0);
}

static void op_create_enum(struct fuzz *f, handle_t32 client)
{
    const struct rtm_prefix at = take_prefix(f), *from = take(f) % 4 ? &at : NULL;
    const uint32_t flags = take_enum_flags(f), views = take_views(f), x = take(f);
    const handle_t32 of = take_of(f, x % 4 == 3 ? RTMV2_LIST : RTMV2_DEST);
    struct rtmv2_route criteria;
    handle_t32 handle = 0;
    mpr_status status;

    take_criteria(f, &criteria);
    switch (x % 4) {
    case 0:
        status =
            rtmv2_create_dest_enum(f->r, client, views, flags, from, take_protocol(f), &handle);
        break;
    case 1:
        status = rtmv2_create_route_enum(f->r, client, x & 4 ? of : 0, views, flags, from,
                                         x & 8 ? x >> 4 : 0, &criteria, 1, &handle);
        break;
    case 2:
        status = rtmv2_create_hop_enum(f->r, client, flags, from, &handle);
        break;
    default:
        status = rtmv2_create_list_enum(f->r, client, of, &handle);
        if (status == ST_OK) check_used(f, client, RTMV2_LIST, of);
    }
    if (status == ST_OK) got(f, client, RTMV2_ENUM, handle);
}

static void got_dests(struct fuzz *f, handle_t32 client, mpr_status status, uint32_t room,
                      uint32_t count, const struct rtmv2_dest *dests)
{
    if (status != ST_OK && status != ST_NO_MORE_ITEMS) return;
    FUZZ_CHECK(room && count <= room && (count == room) == (status == ST_OK));
    for (uint32_t n = 0; n < count; n++) got_dest(f, client, &dests[n]);
}

static void op_get_dests(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_ENUM);
    uint32_t room = below(f, ROOM + 1), count = room;
    struct rtmv2_dest dests[ROOM];
    mpr_status status = rtmv2_get_dests(f->r, client, handle, &count, dests);

    got_dests(f, client, status, room, count, dests);
}

static void op_get_handles(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_ENUM);
    uint32_t room = below(f, ROOM + 1), count = room, which = below(f, 3);
    handle_t32 handles[ROOM];
    mpr_status status;

    if (which == 0)
        status = rtmv2_get_routes(f->r, client, handle, &count, handles);
    else if (which == 1)
        status = rtmv2_get_hops(f->r, client, handle, &count, handles);
    else
        status = rtmv2_get_list_routes(f->r, client, handle, &count, handles);
    if (status != ST_OK && status != ST_NO_MORE_ITEMS) return;
    check_used(f, client, RTMV2_ENUM, handle);
    FUZZ_CHECK(entry_of(f, handle)->owner == client && count <= room);
    for (uint32_t n = 0; n < count; n++)
        got(f, client, which == 1 ? RTMV2_HOP : RTMV2_ROUTE, handles[n]);
}

static void ended(struct fuzz *f, handle_t32 client, enum rtmv2_kind kind, handle_t32 handle,
                  mpr_status status)
{
    if (status != ST_OK) return;
    check_used(f, client, kind, handle);
    FUZZ_CHECK(entry_of(f, handle)->owner == client);
    gave(f, kind, handle);
}

static void op_end(struct fuzz *f, handle_t32 client)
{
    static const enum rtmv2_kind kinds[] = {RTMV2_ENUM, RTMV2_NOTIFY, RTMV2_LIST};
    const uint32_t which = below(f, 3);
    const handle_t32 handle = take_of(f, kinds[which]);
    mpr_status status;

    if (which == 0)
        status = rtmv2_delete_enum(f->r, client, handle);
    else if (which == 1)
        status = rtmv2_deregister_changes(f->r, client, handle);
    else
        status = rtmv2_delete_list(f->r, client, handle);
    ended(f, client, kinds[which], handle, status);
}

/* ---- changes
 * -------------------------------------------------------------------------------------- */

static void op_watch(struct fuzz *f, handle_t32 client)
{
    const uint32_t views = take_views(f), x = take(f);
    handle_t32 handle = 0;

    if (rtmv2_register_changes(f->r, client, views, (x & 7) | (x & 8 ? 0x10000u : 0), NULL,
                               &handle) == ST_OK)
        got(f, client, RTMV2_NOTIFY, handle);
}

static void op_changed(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_NOTIFY);
    uint32_t room = below(f, ROOM + 1), count = room;
    struct rtmv2_dest dests[ROOM];
    mpr_status status = rtmv2_changed_dests(f->r, client, handle, &count, dests);

    if (status == ST_NO_MORE_ITEMS) FUZZ_CHECK(!count);
    if (status != ST_OK) return;
    check_used(f, client, RTMV2_NOTIFY, handle);
    FUZZ_CHECK(entry_of(f, handle)->owner == client && count && count <= room);
    for (uint32_t n = 0; n < count; n++) got_dest(f, client, &dests[n]);
}

static void op_mark(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_NOTIFY), dest = take_of(f, RTMV2_DEST);
    const bool mark = take(f) % 2;
    bool is = !mark;

    if (rtmv2_mark(f->r, client, handle, dest, mark) != ST_OK) return;
    check_used(f, client, RTMV2_NOTIFY, handle);
    check_used(f, client, RTMV2_DEST, dest);
    FUZZ_CHECK(rtmv2_is_marked(f->r, client, handle, dest, &is) == ST_OK && is == mark);
}

static void op_ignore(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_NOTIFY);
    handle_t32 dests[2] = {take_of(f, RTMV2_DEST), take_of(f, RTMV2_DEST)};
    bool changed = true;

    if (rtmv2_ignore_changed(f->r, client, handle, 2, dests) != ST_OK) return;
    check_used(f, client, RTMV2_DEST, dests[0]);
    check_used(f, client, RTMV2_DEST, dests[1]);
    FUZZ_CHECK(rtmv2_change_status(f->r, client, handle, dests[1], &changed) == ST_OK && !changed);
}

/* ---- lists
 * ---------------------------------------------------------------------------------------- */

static void op_create_list(struct fuzz *f, handle_t32 client)
{
    handle_t32 handle = 0;

    if (rtmv2_create_list(f->r, client, &handle) == ST_OK) got(f, client, RTMV2_LIST, handle);
}

static void op_insert(struct fuzz *f, handle_t32 client)
{
    const handle_t32 list = take(f) % 4 ? take_of(f, RTMV2_LIST) : 0;
    const handle_t32 routes[2] = {take_of(f, RTMV2_ROUTE), take_of(f, RTMV2_ROUTE)};

    if (rtmv2_insert_in_list(f->r, client, list, 1 + below(f, 2), routes) != ST_OK) return;
    check_used(f, client, RTMV2_LIST, list);
    check_used(f, client, RTMV2_ROUTE, routes[0]);
}

op_fn *const query_ops[] = {
    op_hop_info,    op_route_info,  op_forged,      op_dest,        op_match,
    op_exact_route, op_entities,    op_check,       op_create_enum, op_create_enum,
    op_get_dests,   op_get_handles, op_end,         op_watch,       op_changed,
    op_mark,        op_ignore,      op_create_list, op_insert,
};

const size_t query_op_count = sizeof(query_ops) / sizeof(query_ops[0]);
