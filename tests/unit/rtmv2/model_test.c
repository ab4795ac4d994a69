/* Four clients and the router at random, against the model: destinations and best routes, what is
 * in the router's table, enumerations, notifications, and that references are counted right. */
#include "unit/rtmv2/game.h"

#include <string.h>

/* ---- comparing ------------------------------------------------------------------------------- */

static bool is_at(const struct model *m, unsigned prefix, uint32_t views)
{
    return ((!views || views & UCAST) && model_count(m, prefix, 0)) ||
           ((!views || views & MCAST) && model_count(m, prefix, 1));
}

/* Whether a route that was shown is the model's. */
static void check_route(struct game *g, unsigned client, handle_t32 route,
                        const struct model_route *want)
{
    struct rtmv2_route info = info_of(&g->w, g->m.entity[client], route);

    assert_int_equal(info.state, RTMV2_CREATED);
    assert_int_equal(info.preference.metric, want->metric);
    assert_int_equal(info.preference.preference, want->preference);
    if (want->other) {
        struct rtmv2_entity_info owner;
        struct rtmv2_hop hop;
        handle_t32 e = g->m.entity[client];
        assert_int_equal(rtmv2_entity_info(g->w.r, e, info.owner, &owner), ST_OK);
        assert_int_equal(owner.id.protocol, want->client);
        assert_int_equal(rtmv2_next_hop_info(g->w.r, e, info.hops[0], &hop), ST_OK);
        assert_int_equal(hop.interface, want->hops[0]);
        assert_int_equal(rtm_ipv4(&hop.address), model_hop_address(want->hops[1]));
        assert_int_equal(rtmv2_release_hop_info(g->w.r, e, &hop), ST_OK);
    } else {
        assert_int_equal(route, want->handle);
        assert_int_equal(info.owner, g->m.entity[want->client]);
        assert_int_equal(info.hop_count, want->hop_count);
    }
    drop_info(&g->w, g->m.entity[client], &info);
}

static void check_shown(struct game *g, unsigned client, const struct rtmv2_dest *shown,
                        unsigned prefix)
{
    assert_memory_equal(&shown->prefix, prefix_of(prefix), sizeof(shown->prefix));
    for (uint32_t i = 0; i < shown->count; i++) {
        const struct rtmv2_dest_view *v = &shown->view[i];
        const struct model_route *want = model_best(&g->m, prefix, v->view);
        assert_int_equal(v->routes, model_count(&g->m, prefix, v->view));
        assert_int_equal(v->route != 0, want != NULL);
        if (want) check_route(g, client, v->route, want);
    }
}

static void check_destinations(struct game *g)
{
    unsigned client = random_below(CLIENTS);
    handle_t32 e = g->m.entity[client];

    for (unsigned p = 0; p < PREFIXES; p++) {
        uint32_t views = random_below(4);
        struct rtmv2_dest shown;
        mpr_status status = rtmv2_exact_match(g->w.r, e, prefix_of(p), BEST, views, &shown);
        assert_int_equal(status, is_at(&g->m, p, views) ? ST_OK : ST_NOT_FOUND);
        if (status != ST_OK) continue;
        check_shown(g, client, &shown, p);
        if (random_below(4) == 0) {
            assert_int_equal(rtmv2_reference(g->w.r, e, 1, &shown.dest), ST_OK);
            keep(g, client, RTMV2_DEST, shown.dest);
        }
        drop_dest(&g->w, e, &shown);
    }
}

static bool covers(const struct rtm_prefix *a, const struct rtm_prefix *b)
{
    uint32_t mask = rtm_length_mask(a->length);

    return a->length <= b->length && (rtm_ipv4(&b->address) & mask) == rtm_ipv4(&a->address);
}

/* The number of the longest that covers it and is at most that long; PREFIXES: none. */
static unsigned longest(const struct model *m, const struct rtm_prefix *at, unsigned length,
                        uint32_t views)
{
    unsigned found = PREFIXES;

    for (unsigned p = 0; p < PREFIXES; p++) {
        if (!is_at(m, p, views) || !covers(prefix_of(p), at)) continue;
        if (prefix_of(p)->length > length) continue;
        if (found == PREFIXES || prefix_of(p)->length > prefix_of(found)->length) found = p;
    }
    return found;
}

static void check_matches(struct game *g)
{
    unsigned client = random_below(CLIENTS);
    handle_t32 e = g->m.entity[client];
    struct rtm_prefix at = *prefix_of(random_below(PREFIXES));
    uint32_t views = random_below(4);
    struct rtmv2_dest shown, less;
    unsigned want, want_less = PREFIXES;
    mpr_status status;

    at.length = (uint8_t)(at.length + random_below(33u - at.length));
    want = longest(&g->m, &at, at.length, views);
    status = rtmv2_most_specific(g->w.r, e, &at, BEST, views, &shown);
    assert_int_equal(status, want == PREFIXES ? ST_NOT_FOUND : ST_OK);
    if (want == PREFIXES) return;
    check_shown(g, client, &shown, want);
    if (shown.prefix.length)
        want_less = longest(&g->m, &shown.prefix, shown.prefix.length - 1u, views);
    status = rtmv2_less_specific(g->w.r, e, shown.dest, BEST, views, &less);
    assert_int_equal(status, want_less == PREFIXES ? ST_NOT_FOUND : ST_OK);
    if (status == ST_OK) {
        check_shown(g, client, &less, want_less);
        drop_dest(&g->w, e, &less);
    }
    drop_dest(&g->w, e, &shown);
}

/* What the router itself sees. */
static void check_table(const struct game *g)
{
    size_t count = 0;

    for (size_t i = 0; i < g->m.count; i++) count += g->m.routes[i].other;
    for (unsigned c = 0; c < CLIENTS; c++) {
        for (unsigned p = 0; p < PREFIXES; p++) {
            const struct model_route *want = model_mirror(&g->m, c, p);
            const struct rtm_route *x = NULL;
            uint32_t interface = 0, address = 0;
            if (!want) continue;
            count++;
            assert_true(model_way(&g->m, want, &interface, &address));
            for (size_t n = 0; (x = rtm_route_at(g->w.table, prefix_of(p), n)) != NULL; n++) {
                if (x->protocol == 100 + c && x->interface == interface &&
                    rtm_ipv4(&x->next_hop) == address)
                    break;
            }
            assert_true(x && x->metric == want->metric && x->preference == want->preference);
        }
    }
    assert_int_equal(rtm_route_count(g->w.table), count);
}

/* ---- enumerations ---------------------------------------------------------------------------- */

static bool owns_best(const struct game *g, unsigned client, unsigned prefix, uint32_t views)
{
    for (unsigned view = 0; view < RTMV2_VIEWS; view++) {
        const struct model_route *best = model_best(&g->m, prefix, view);
        if (views && !(views >> view & 1)) continue;
        if (best && !best->other && best->client == client) return true;
    }
    return false;
}

static bool is_enumerated(const struct game *g, unsigned client, unsigned prefix, uint32_t views,
                          uint32_t flags, const struct rtm_prefix *range)
{
    const struct rtm_prefix *at = prefix_of(prefix);
    int order = memcmp(&at->address, &range->address, sizeof(at->address));

    if (!is_at(&g->m, prefix, views)) return false;
    if (flags & RTMV2_ENUM_OWN_DESTS && !owns_best(g, client, prefix, views)) return false;
    if (flags & RTMV2_ENUM_RANGE) return covers(range, at);
    return !(flags & RTMV2_ENUM_NEXT) || order > 0 || (order == 0 && at->length >= range->length);
}

static void check_dest_enum(struct game *g)
{
    unsigned client = random_below(CLIENTS), p = 0;
    uint32_t views = random_below(4), room = 1 + random_below(4), got;
    uint32_t flags = random_below(3) | (random_below(2) ? RTMV2_ENUM_OWN_DESTS : 0);
    const struct rtm_prefix *range = prefix_of(random_below(PREFIXES));
    handle_t32 e = g->m.entity[client], enumeration;
    struct rtmv2_dest shown[4];
    mpr_status status;

    assert_int_equal(rtmv2_create_dest_enum(g->w.r, e, views, flags, range, BEST, &enumeration),
                     ST_OK);
    do {
        got = room;
        status = rtmv2_get_dests(g->w.r, e, enumeration, &got, shown);
        assert_int_equal(status, got < room ? ST_NO_MORE_ITEMS : ST_OK);
        for (uint32_t i = 0; i < got; i++, p++) {
            while (p < PREFIXES && !is_enumerated(g, client, p, views, flags, range)) p++;
            assert_true(p < PREFIXES);
            check_shown(g, client, &shown[i], p);
        }
        assert_int_equal(rtmv2_release_dests(g->w.r, e, got, shown), ST_OK);
    } while (status == ST_OK);
    while (p < PREFIXES && !is_enumerated(g, client, p, views, flags, range)) p++;
    assert_int_equal(p, PREFIXES);
    assert_int_equal(rtmv2_delete_enum(g->w.r, e, enumeration), ST_OK);
}

/* Every route once, destination by destination, better ones first. */
static void check_route_enum(struct game *g)
{
    unsigned client = random_below(CLIENTS);
    uint32_t views = random_below(4), room = 1 + random_below(5), got;
    uint32_t flags = random_below(2) ? RTMV2_ENUM_OWN_ROUTES : 0;
    handle_t32 e = g->m.entity[client], enumeration, routes[5];
    size_t total = 0, want = 0;
    struct rtmv2_preference last = {0, 0};
    struct rtm_prefix at, last_at = {.length = 0};
    mpr_status status;

    for (size_t i = 0; i < g->m.count; i++) {
        const struct model_route *r = &g->m.routes[i];
        if (views && !(views & r->views)) continue;
        want += !flags || (!r->other && r->client == client);
    }
    assert_int_equal(
        rtmv2_create_route_enum(g->w.r, e, 0, views, flags, NULL, 0, NULL, 0, &enumeration), ST_OK);
    do {
        got = room;
        status = rtmv2_get_routes(g->w.r, e, enumeration, &got, routes);
        for (uint32_t i = 0; i < got; i++, total++) {
            struct rtmv2_route info;
            int order;
            assert_int_equal(rtmv2_route_info(g->w.r, e, routes[i], &info, &at), ST_OK);
            order = memcmp(&last_at.address, &at.address, sizeof(at.address));
            if (!order) order = (int)last_at.length - at.length;
            assert_true(!total || order <= 0);
            if (total && !order)
                assert_true(last.preference < info.preference.preference ||
                            (last.preference == info.preference.preference &&
                             last.metric <= info.preference.metric));
            last = info.preference;
            last_at = at;
            drop_info(&g->w, e, &info);
        }
        assert_int_equal(rtmv2_release(g->w.r, e, RTMV2_ROUTE, got, routes), ST_OK);
    } while (status == ST_OK);
    assert_int_equal(status, ST_NO_MORE_ITEMS);
    assert_int_equal(total, want);
    assert_int_equal(rtmv2_delete_enum(g->w.r, e, enumeration), ST_OK);
}

/* ---- notifications --------------------------------------------------------------------------- */

static bool same_best(const struct model_route *a, const struct model_route *b)
{
    if (!a->born != !b->born) return false;
    if (!a->born) return true;
    return a->born == b->born && a->preference == b->preference && a->metric == b->metric &&
           a->flags == b->flags && a->hop_count == b->hop_count &&
           memcmp(a->hops, b->hops, sizeof(a->hops)) == 0 &&
           (a->other || memcmp(a->generations, b->generations, sizeof(a->generations)) == 0);
}

static struct model_route seen_now(const struct game *g, unsigned prefix, unsigned view)
{
    const struct model_route *best = model_best(&g->m, prefix, view);
    struct model_route r = best ? *best : (struct model_route){0};

    for (unsigned i = r.hop_count; !r.other && i < 2; i++) r.hops[i] = r.generations[i] = 0;
    return r;
}

/* Everything that has to be told is, and nothing that nobody has touched. */
static void check_changes(struct game *g, unsigned client)
{
    struct watcher *x = &g->watchers[client];
    bool told[PREFIXES] = {false};
    handle_t32 e = g->m.entity[client];
    struct rtmv2_dest shown[3];
    uint32_t got = 3;

    for (; rtmv2_changed_dests(g->w.r, e, x->handle, &got, shown) == ST_OK; got = 3) {
        for (uint32_t i = 0; i < got; i++) {
            unsigned p = 0;
            while (memcmp(&shown[i].prefix, prefix_of(p), sizeof(shown[i].prefix)) != 0) p++;
            assert_false(told[p]);
            told[p] = true;
            check_shown(g, client, &shown[i], p);
        }
        assert_int_equal(rtmv2_release_dests(g->w.r, e, got, shown), ST_OK);
    }
    for (unsigned p = 0; p < PREFIXES; p++) {
        bool must = x->type == RTMV2_NOTIFY_ALL && x->touched[p];
        for (unsigned view = 0; view < RTMV2_VIEWS; view++) {
            struct model_route now = seen_now(g, p, view);
            if (x->views && !(x->views >> view & 1)) continue;
            if (x->type != RTMV2_NOTIFY_FORWARDING) must |= !same_best(&x->seen[p][view], &now);
            x->seen[p][view] = now;
        }
        if (must) assert_true(told[p]);
        if (told[p]) assert_true(x->moved[p]);
        x->touched[p] = x->moved[p] = false;
    }
    x->told = false;
}

/* Who has something to fetch has been told, once. */
static void take_events(struct game *g)
{
    struct rtmv2_event event;

    while (rtmv2_event(g->w.r, &event)) {
        unsigned c = 0;
        if (event.type != RTMV2_CHANGE_NOTIFICATION) {
            rtmv2_event_end(g->w.r, &event);
            continue;
        }
        while (g->watchers[c].handle != event.about) c++;
        assert_int_equal(event.entity, g->m.entity[c]);
        assert_false(g->watchers[c].told);
        g->watchers[c].told = true;
    }
}

/* ---- the game -------------------------------------------------------------------------------- */

static void game_open(struct game *g)
{
    static const uint32_t types[CLIENTS] = {RTMV2_NOTIFY_BEST, RTMV2_NOTIFY_ALL,
                                            RTMV2_NOTIFY_FORWARDING, RTMV2_NOTIFY_BEST};
    static const uint32_t views[CLIENTS] = {UCAST, RTMV2_VIEW_ALL, UCAST, MCAST};

    memset(g, 0, sizeof(*g));
    world_open(&g->w);
    for (unsigned c = 0; c < CLIENTS; c++) {
        struct watcher *x = &g->watchers[c];
        g->m.entity[c] = enter(&g->w, 100 + c, 0);
        *x = (struct watcher){.views = views[c], .type = types[c]};
        assert_int_equal(
            rtmv2_register_changes(g->w.r, g->m.entity[c], x->views, x->type, NULL, &x->handle),
            ST_OK);
    }
}

static void game_close(struct game *g)
{
    while (g->held_count) let_go(g, g->held_count - 1);
    for (size_t i = 0; i < g->m.count; i++) {
        const struct model_route *r = &g->m.routes[i];
        if (!r->other) drop(&g->w, g->m.entity[r->client], RTMV2_ROUTE, r->handle);
    }
    for (unsigned c = 0; c < CLIENTS; c++) {
        for (unsigned h = 0; h < HOPS; h++)
            if (g->m.hops[c][h].handle)
                drop(&g->w, g->m.entity[c], RTMV2_HOP, g->m.hops[c][h].handle);
        leave(&g->w, g->m.entity[c]);
    }
    take_events(g);
    assert_int_equal(rtmv2_object_count(g->w.r), 2); /* entities of the router's two protocols */
    world_close(&g->w);
}

static void play(uint32_t seed, unsigned rounds)
{
    struct game *g = malloc(sizeof(*g));

    assert_non_null(g);
    random_begin(seed);
    game_open(g);
    for (unsigned round = 0; round < rounds; round++) {
        for (unsigned i = random_below(6); i > 0; i--) game_move(g);
        check_table(g);
        check_destinations(g);
        check_matches(g);
        if (random_below(3) == 0) check_dest_enum(g);
        if (random_below(3) == 0) check_route_enum(g);
        take_events(g);
        if (random_below(2)) check_changes(g, random_below(CLIENTS));
        while (g->held_count && random_below(3)) let_go(g, random_below((uint32_t)g->held_count));
        check_references(g);
    }
    game_close(g);
    free(g);
}

static void clients_agree_with_the_model(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 12; seed++) play(seed * 7919, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_agree_with_the_model),
    };

    return cmocka_run_group_tests_name("rtmv2 model", tests, NULL, NULL);
}
