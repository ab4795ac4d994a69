/* Calls that make, change and end. */
#include "fuzz/rtmv2/rtmv2_shadow.h"

/* ---- entities -------------------------------------------------------------------------------- */

static void op_register(struct fuzz *f, handle_t32 client)
{
    const uint32_t n = below(f, ENTITIES), x = take(f);
    const struct rtmv2_entity_info info = {
        x == 255 ? 1 : 0, n == ENTITIES - 1 ? RTM_IPV6 : RTM_IPV4, {x % 8 ? 100 + n : x / 8, 0}};
    handle_t32 entity = 0;
    struct entry *e;

    (void)client;
    if (f->entities[n] || rtmv2_register(f->r, &info, x & 16, &entity) != ST_OK) return;
    got(f, entity, RTMV2_ENTITY, entity);
    e = entry_of(f, entity);
    FUZZ_CHECK(e->references == 1 && !e->registered);
    e->references = 0;
    e->registered = true;
    f->entities[n] = entity;
}

static void op_deregister(struct fuzz *f, handle_t32 client)
{
    struct rtmv2_event event;

    if (take(f) % 4) return; /* they shall do something before */
    if (rtmv2_deregister(f->r, client) != ST_OK) return;
    check_used(f, client, RTMV2_ENTITY, client);
    entry_of(f, client)->registered = false;
    owner_left(f, client);
    for (unsigned n = 0; n < ENTITIES; n++)
        if (f->entities[n] == client) f->entities[n] = 0;
    /* Until the others have been told its handle may live. */
    while (rtmv2_event(f->r, &event)) {
        if (event.type == RTMV2_ROUTE_EXPIRED) got(f, event.entity, RTMV2_ROUTE, event.about);
        rtmv2_event_end(f->r, &event);
    }
}

static void op_event(struct fuzz *f, handle_t32 client)
{
    struct rtmv2_event event;

    (void)client;
    if (!rtmv2_event(f->r, &event)) return;
    check_used(f, event.entity, RTMV2_ENTITY, event.entity);
    if (event.type == RTMV2_ROUTE_EXPIRED) got(f, event.entity, RTMV2_ROUTE, event.about);
    if (event.type == RTMV2_CHANGE_NOTIFICATION)
        check_used(f, event.entity, RTMV2_NOTIFY, event.about);
    rtmv2_event_end(f->r, &event);
}

static void op_tick(struct fuzz *f, handle_t32 client)
{
    (void)client;
    f->now += (msec)4 * take(f);
    if (f->now % 8)
        rtmv2_time(f->r, f->now);
    else
        rtmv2_tick(f->r, f->now);
    (void)rtmv2_next_deadline(f->r);
}

/* ---- what no client has made ------------------------------------------------------------------
 */

static void op_router(struct fuzz *f, handle_t32 client)
{
    struct rtm_prefix at = take_prefix(f);
    const uint32_t x = take(f), six = x & 1;
    const struct rtm_route route = {2 + (x >> 1 & 1), 1 + (x >> 2 & 1), {{10, 0, 0, 1}},
                                    x >> 3 & 3,       x >> 5,           0};

    (void)client;
    if (at.length > (six ? 128 : 32)) at.length = 16;
    if (take(f) % 3)
        rtm_route_add(f->routers[six], &at, &route, NULL);
    else
        rtm_route_delete(f->routers[six], &at, route.interface, &route.next_hop);
}

/* ---- references -------------------------------------------------------------------------------
 */

static void op_reference(struct fuzz *f, handle_t32 client)
{
    const uint32_t count = below(f, 4);
    handle_t32 handles[3];

    for (uint32_t n = 0; n < count; n++) handles[n] = take_handle(f);
    if (rtmv2_reference(f->r, client, count, handles) != ST_OK) return;
    check_used(f, client, RTMV2_ENTITY, 0);
    for (uint32_t n = 0; n < count; n++) {
        struct entry *e = entry_of(f, handles[n]);
        FUZZ_CHECK(is_alive(e) && !e->owner);
        e->references++;
    }
}

/* All or none; but what is named more often than it has references is ended as often. */
static bool can_release(struct fuzz *f, handle_t32 client, enum rtmv2_kind kind, handle_t32 handle)
{
    const struct entry *e = entry_of(f, handle), *c = entry_of(f, client);

    return c && c->registered && e && e->references && !e->owner && e->kind == kind &&
           e->family == c->family;
}

static void op_release(struct fuzz *f, handle_t32 client)
{
    static const enum rtmv2_kind kinds[] = {RTMV2_ENTITY, RTMV2_DEST, RTMV2_ROUTE, RTMV2_HOP,
                                            RTMV2_ENUM,   RTMV2_LIST, RTMV2_NOTIFY};
    const enum rtmv2_kind kind = kinds[below(f, sizeof(kinds) / sizeof(kinds[0]))];
    const uint32_t count = 1 + below(f, 3);
    handle_t32 handles[3];
    bool all = true;
    mpr_status status;

    for (uint32_t n = 0; n < count; n++) handles[n] = take_of(f, kind);
    for (uint32_t n = 0; n < count; n++) all = all && can_release(f, client, kind, handles[n]);
    status = rtmv2_release(f->r, client, kind, count, handles);
    if (!all) FUZZ_CHECK(status == ST_INVALID_HANDLE);
    for (uint32_t n = 0; all && n < count; n++) {
        all = can_release(f, client, kind, handles[n]);
        if (all) gave(f, kind, handles[n]);
    }
    FUZZ_CHECK(status == (all ? ST_OK : ST_INVALID_HANDLE));
}

/* ---- next hops ---------------------------------------------------------------------------------
 */

static struct rtmv2_hop take_hop(struct fuzz *f)
{
    const uint8_t x = take(f);
    struct rtmv2_hop hop = {.interface = x & 3, .flags = x >> 4 & 3};

    hop.address.octets[3] = x >> 2 & 3;
    if (x & 0x80) hop.remote = take_of(f, RTMV2_HOP);
    return hop;
}

static void op_add_hop(struct fuzz *f, handle_t32 client)
{
    const struct rtmv2_hop hop = take_hop(f);
    const handle_t32 given = take(f) % 4 ? 0 : take_of(f, RTMV2_HOP);
    handle_t32 handle = given;

    if (rtmv2_add_next_hop(f->r, client, &hop, take(f) % 4 ? &handle : NULL, NULL) != ST_OK) return;
    check_used(f, client, RTMV2_HOP, 0);
    if (hop.remote) check_used(f, client, RTMV2_HOP, hop.remote);
    if (handle && !given) got(f, client, RTMV2_HOP, handle);
}

static void op_find_hop(struct fuzz *f, handle_t32 client)
{
    const struct rtmv2_hop hop = take_hop(f);
    handle_t32 handle = 0;

    if (rtmv2_find_next_hop(f->r, client, &hop.address, hop.interface, &handle) == ST_OK)
        got(f, client, RTMV2_HOP, handle);
}

static void op_delete_hop(struct fuzz *f, handle_t32 client)
{
    const struct rtmv2_hop hop = take_hop(f);
    const handle_t32 handle = take(f) % 2 ? take_of(f, RTMV2_HOP) : 0;

    if (rtmv2_delete_next_hop(f->r, client, handle, &hop) != ST_OK) return;
    check_used(f, client, RTMV2_HOP, handle);
    if (handle) gave(f, RTMV2_HOP, handle);
}

static void op_update_hop(struct fuzz *f, handle_t32 client)
{
    const struct rtmv2_hop hop = take_hop(f);
    const handle_t32 handle = take_of(f, RTMV2_HOP);

    if (rtmv2_update_next_hop(f->r, client, handle, &hop) == ST_OK)
        check_used(f, client, RTMV2_HOP, handle);
}

/* ---- routes ------------------------------------------------------------------------------------
 */

static struct rtmv2_route take_route(struct fuzz *f)
{
    const uint8_t x = take(f), y = take(f);
    struct rtmv2_route route = {.preference = {x & 3, x >> 2 & 3},
                                .views = x >> 4 & 3,
                                .hop_count = x >> 6,
                                .flags = y < 200 ? 0 : y};

    if (y == 255) route.hop_count = RTMV2_MAX_NEXT_HOPS + 1;
    for (uint32_t n = 0; n < route.hop_count && n < RTMV2_MAX_NEXT_HOPS; n++)
        route.hops[n] = take_of(f, RTMV2_HOP);
    if (y % 8 == 7) route.neighbour = take_of(f, RTMV2_HOP);
    return route;
}

static uint32_t take_life(struct fuzz *f)
{
    const uint8_t x = take(f);

    return x < 128 ? RTMV2_INFINITE : x;
}

static void op_add_route(struct fuzz *f, handle_t32 client)
{
    const struct rtm_prefix at = take_prefix(f);
    const struct rtmv2_route route = take_route(f);
    const uint8_t x = take(f);
    handle_t32 given = x % 4 == 3 ? take_of(f, RTMV2_ROUTE) : 0, handle = given;
    const handle_t32 list = x & 4 ? take_of(f, RTMV2_LIST) : 0;
    uint32_t change = x >> 3 & 3;

    if (rtmv2_add_route(f->r, client, x & 32 ? NULL : &handle, &at, &route, take_life(f), list,
                        &change) != ST_OK)
        return;
    if (!(x & 32)) check_used(f, client, RTMV2_ROUTE, given);
    check_used(f, client, RTMV2_LIST, list);
    if (!given && !(x & 32)) got(f, client, RTMV2_ROUTE, handle);
}

static void op_update_route(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_ROUTE);
    const struct rtmv2_route route = take_route(f);
    const handle_t32 list = take(f) % 2 ? take_of(f, RTMV2_LIST) : 0;

    if (rtmv2_update_route(f->r, client, handle, &route, take_life(f), list, NULL) == ST_OK)
        check_used(f, client, RTMV2_ROUTE, handle);
}

static void op_delete_route(struct fuzz *f, handle_t32 client)
{
    const handle_t32 handle = take_of(f, RTMV2_ROUTE);

    if (rtmv2_delete_route(f->r, client, handle, NULL) != ST_OK) return;
    check_used(f, client, RTMV2_ROUTE, handle);
    gave(f, RTMV2_ROUTE, handle);
}

static void op_hold(struct fuzz *f, handle_t32 client)
{
    const handle_t32 dest = take_of(f, RTMV2_DEST);

    if (rtmv2_hold(f->r, client, dest, take_views(f), take(f)) == ST_OK)
        check_used(f, client, RTMV2_DEST, dest);
}

static void op_opaque(struct fuzz *f, handle_t32 client)
{
    const handle_t32 dest = take_of(f, RTMV2_DEST);
    void **slot = NULL;

    if (rtmv2_opaque(f->r, client, dest, &slot) != ST_OK) return;
    check_used(f, client, RTMV2_DEST, dest);
    *slot = take(f) % 2 ? f : NULL;
}

op_fn *const call_ops[] = {
    op_register,     op_register,   op_deregister, op_event,     op_tick,      op_router,
    op_reference,    op_release,    op_release,    op_add_hop,   op_add_hop,   op_find_hop,
    op_delete_hop,   op_update_hop, op_add_route,  op_add_route, op_add_route, op_update_route,
    op_delete_route, op_hold,       op_opaque,
};

const size_t call_op_count = sizeof(call_ops) / sizeof(call_ops[0]);
