/* See game.h. */
#include "unit/rtmv2/game.h"

static uint32_t random_state;

void random_begin(uint32_t seed)
{
    random_state = seed;
}

uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % n;
}

const struct rtm_prefix *prefix_of(unsigned number)
{
    return &model_prefixes()[number];
}

/* ---- references ------------------------------------------------------------------------------ */

void keep(struct game *g, unsigned client, enum rtmv2_kind kind, handle_t32 handle)
{
    if (g->held_count == HELD) {
        drop(&g->w, g->m.entity[client], kind, handle);
        return;
    }
    g->held[g->held_count++] = (struct held){client, kind, handle};
}

void let_go(struct game *g, size_t i)
{
    const struct held h = g->held[i];

    drop(&g->w, g->m.entity[h.client], h.kind, h.handle);
    g->held[i] = g->held[--g->held_count];
}

static int compare_handles(const void *a, const void *b)
{
    handle_t32 x = *(const handle_t32 *)a, y = *(const handle_t32 *)b;

    return x < y ? -1 : x > y;
}

void check_references(const struct game *g)
{
    handle_t32 all[HELD + MAX + CLIENTS * (HOPS + 2)];
    size_t count = 0, different = 0;

    for (size_t i = 0; i < g->held_count; i++) all[count++] = g->held[i].handle;
    for (size_t i = 0; i < g->m.count; i++)
        if (!g->m.routes[i].other) all[count++] = g->m.routes[i].handle;
    for (unsigned c = 0; c < CLIENTS; c++) {
        all[count++] = g->m.entity[c];
        all[count++] = g->watchers[c].handle;
        for (unsigned h = 0; h < HOPS; h++)
            if (g->m.hops[c][h].handle) all[count++] = g->m.hops[c][h].handle;
    }
    qsort(all, count, sizeof(all[0]), compare_handles);
    for (size_t i = 0; i < count; i++) different += i == 0 || all[i] != all[i - 1];
    assert_int_equal(rtmv2_handle_count(g->w.r), different);
}

/* ---- moves ----------------------------------------------------------------------------------- */

static void touch(struct game *g, unsigned prefix, uint32_t views, bool by_client)
{
    for (unsigned c = 0; c < CLIENTS; c++) {
        struct watcher *x = &g->watchers[c];
        if (x->views && !(x->views & views)) continue;
        x->moved[prefix] = true;
        if (by_client) x->touched[prefix] = true;
    }
}

static void move_hop(struct game *g)
{
    unsigned c = random_below(CLIENTS), h = random_below(HOPS), remote = random_below(HOPS);
    struct model_hop *hop = &g->m.hops[c][h];
    struct rtmv2_hop info = {.address = rtm_address_ipv4(model_hop_address(h))};
    bool made;

    if (hop->there && random_below(3) == 0) {
        assert_int_equal(rtmv2_delete_next_hop(g->w.r, g->m.entity[c], hop->handle, NULL), ST_OK);
        hop->there = false;
        hop->handle = 0;
    } else {
        info.interface = h % 3; /* a third are remote ones */
        if (random_below(3) == 0) info.flags = RTMV2_HOP_DOWN;
        hop->remote = 0;
        if (!info.interface && g->m.hops[c][remote].there) {
            hop->remote = remote + 1;
            hop->remote_generation = g->m.hops[c][remote].generation;
            info.remote = g->m.hops[c][remote].handle;
        }
        assert_int_equal(rtmv2_add_next_hop(g->w.r, g->m.entity[c], &info, &hop->handle, &made),
                         ST_OK);
        assert_int_equal(made, !hop->there);
        hop->generation += !hop->there;
        hop->there = true;
        hop->down = info.flags != 0;
        hop->interface = info.interface;
    }
    for (size_t i = 0; i < g->m.count; i++)
        if (!g->m.routes[i].other && g->m.routes[i].client == c)
            touch(g, g->m.routes[i].prefix, g->m.routes[i].views, false);
}

/* The hops that are there, up to two. */
static void choose_hops(const struct game *g, struct model_route *r, struct rtmv2_route *info)
{
    r->hop_count = 0;
    for (unsigned i = random_below(HOPS); i < HOPS && r->hop_count < 2; i++) {
        if (!g->m.hops[r->client][i].there) continue;
        info->hops[r->hop_count] = g->m.hops[r->client][i].handle;
        r->generations[r->hop_count] = g->m.hops[r->client][i].generation;
        r->hops[r->hop_count++] = i;
    }
    info->hop_count = r->hop_count;
}

static void move_add(struct game *g, struct model_route *old)
{
    struct model_route r = {.client = random_below(CLIENTS), .prefix = random_below(PREFIXES)};
    struct rtmv2_route info = {0};
    uint32_t change = RTMV2_CHANGE_NEW, was_views = old ? old->views : 0;
    bool best = false;

    if (old) r = *old;
    r.preference = 2 * random_below(4); /* the router's are odd: ages are not compared with them */
    r.metric = random_below(3);
    r.views = 1 + random_below(3);
    r.flags = random_below(5) ? 0 : random_below(0x20);
    choose_hops(g, &r, &info);
    info.preference = (struct rtmv2_preference){r.metric, r.preference};
    info.views = r.views;
    info.flags = (uint16_t)r.flags;
    if (!old) r.born = ++g->m.clock;
    assert_int_equal(rtmv2_add_route(g->w.r, g->m.entity[r.client], &r.handle, prefix_of(r.prefix),
                                     &info, RTMV2_INFINITE, 0, &change),
                     ST_OK);
    assert_int_equal(change & RTMV2_CHANGE_NEW, old ? 0 : RTMV2_CHANGE_NEW);
    if (old)
        *old = r;
    else
        g->m.routes[g->m.count++] = r;
    for (unsigned view = 0; view < RTMV2_VIEWS; view++) {
        const struct model_route *x = model_best(&g->m, r.prefix, view);
        best |= x && !x->other && x->handle == r.handle;
    }
    if (best) assert_true(change & RTMV2_CHANGE_BEST);
    touch(g, r.prefix, r.views | was_views, true);
}

static void move_delete(struct game *g, struct model_route *r)
{
    const struct model_route gone = *r;

    if (gone.other) {
        const struct rtm_address hop = rtm_address_ipv4(model_hop_address(gone.hops[1]));
        assert_int_equal(rtm_route_delete(g->w.router, prefix_of(gone.prefix), gone.hops[0], &hop),
                         ST_OK);
    } else {
        if (random_below(2)) { /* somebody keeps it */
            assert_int_equal(rtmv2_reference(g->w.r, g->m.entity[gone.client], 1, &gone.handle),
                             ST_OK);
            keep(g, random_below(CLIENTS), RTMV2_ROUTE, gone.handle);
        }
        unroute(&g->w, g->m.entity[gone.client], gone.handle);
    }
    *r = g->m.routes[--g->m.count];
    touch(g, gone.prefix, gone.views, !gone.other);
}

static void move_other(struct game *g)
{
    struct model_route r = {.other = true,
                            .client = 2 + random_below(2),
                            .prefix = random_below(PREFIXES),
                            .hops = {1 + random_below(2), random_below(HOPS)},
                            .metric = random_below(3),
                            .views = UCAST,
                            .preference = 1 + 2 * random_below(3)};
    const struct rtm_route x = {
        r.client, r.hops[0],    rtm_address_ipv4(model_hop_address(r.hops[1])),
        r.metric, r.preference, 0};
    struct model_route *old = NULL;

    for (size_t i = 0; i < g->m.count && !old; i++) {
        struct model_route *y = &g->m.routes[i];
        if (y->other && y->prefix == r.prefix && y->hops[0] == r.hops[0] && y->hops[1] == r.hops[1])
            old = y;
    }
    assert_int_equal(rtm_route_add(g->w.router, prefix_of(r.prefix), &x, NULL), ST_OK);
    r.born = old ? old->born : ++g->m.clock;
    if (old)
        *old = r;
    else
        g->m.routes[g->m.count++] = r;
    touch(g, r.prefix, UCAST, false);
}

void game_move(struct game *g)
{
    unsigned what = random_below(20);
    struct model_route *any = g->m.count ? &g->m.routes[random_below((uint32_t)g->m.count)] : NULL;
    bool room = g->m.count + 2 < MAX / 4;

    if (what < 3)
        move_hop(g);
    else if (what < 9 && room)
        move_add(g, NULL);
    else if (what < 12 && room)
        move_other(g);
    else if (what < 15 && any && !any->other)
        move_add(g, any);
    else if (any)
        move_delete(g, any);
}
