#include "sim/rip/graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MASK24   0xFFFFFF00u
#define MASK30   0xFFFFFFFCu
#define INFINITE 16u

static uint32_t draw(struct graph *g, uint32_t below)
{
    g->random ^= g->random << 13;
    g->random ^= g->random >> 17;
    g->random ^= g->random << 5;
    return (uint32_t)((uint64_t)g->random * below >> 32);
}

/* ---- building -------------------------------------------------------------------------------- */

static void authenticate(struct graph *g, struct rip_if_config *c)
{
    uint32_t choice = draw(g, 6);

    if (choice >= 2) return;
    c->auth_type = choice ? RIP_AUTH_MD5 : RIP_AUTH_PASSWORD;
    for (unsigned k = 0; k < RIP_KEY_SIZE; k++) c->key[k] = (uint8_t)draw(g, 256);
}

static struct rip_if_config config_of_link(struct graph *g)
{
    struct rip_if_config c = g->net.ipv6 ? net_config6(NET_PERMANENT) : net_config(NET_PERMANENT);

    c.flags &= ~(uint32_t)(RIP_SPLIT_HORIZON | RIP_POISON_REVERSE | RIP_TRIGGERED);
    c.flags |= g->horizon | (g->triggered ? RIP_TRIGGERED : 0);
    if (draw(g, 3) == 0) c.flags &= ~(uint32_t)RIP_GRACEFUL_SHUTDOWN;
    if (g->net.ipv6) return c;
    if (g->version_1) {
        c.announce_mode = c.accept_mode = RIP_V1;
        return c;
    }
    if (draw(g, 2)) c.announce_mode = RIP_V2;
    authenticate(g, &c);
    return c;
}

static unsigned link_new(struct graph *g, bool lan)
{
    unsigned k = ++g->link_count;
    struct graph_link *l = &g->links[k];

    assert_true(k <= NET_LINKS);
    l->lan = lan;
    l->carrier = true;
    l->network = IP(10, 1, k, 0);
    l->mask = lan || g->version_1 ? MASK24 : MASK30;
    l->config = config_of_link(g);
    return k;
}

/* The configuration of a port, with a cost of its own; far: the other end of a point-to-point link,
 * which c points to. */
static struct rip_if_config config_of_port(struct graph *g, unsigned k, struct graph_port *p,
                                           uint32_t *far)
{
    const struct graph_link *l = &g->links[k];
    struct rip_if_config c = l->config;

    p->cost = c.metric = draw(g, 4) ? 1 : 1 + draw(g, 3);
    if (!l->lan && !g->version_1 && !g->net.ipv6 && k % 3 == 0) {
        c.peer_mode = RIP_PEERS_ONLY;
        c.peers = far;
        c.peer_count = 1;
    }
    return c;
}

static uint32_t address_of(const struct graph_link *l, unsigned n)
{
    return l->network + n + 1;
}

static void plug(struct graph *g, unsigned k, unsigned router)
{
    struct graph_link *l = &g->links[k];
    struct graph_port *p = &l->ports[l->count];
    uint32_t address = address_of(l, l->count), far = address_of(l, l->count ^ 1);
    struct rip_if_config c = config_of_port(g, k, p, &far);

    p->router = router;
    p->enabled = true;
    p->port = net_plug(&g->net.routers[router], k, address, l->mask, NET_PERMANENT, &c);
    if (!l->lan && k % 2) assert_int_equal(net_rebind(p->port, address, l->mask, far), ST_OK);
    l->count++;
}

static bool has_room(const struct graph *g, unsigned router)
{
    return g->net.routers[router].port_count < NET_PORTS;
}

/* Of those below a number, one with room. */
static unsigned some_router(struct graph *g, unsigned below)
{
    unsigned first = draw(g, below);

    for (unsigned n = 0; n < below; n++) {
        unsigned router = first + n < below ? first + n : first + n - below;
        if (has_room(g, router)) return router;
    }
    fail_msg("no router has room for one more port");
    return 0;
}

static bool is_on(const struct graph_link *l, unsigned router)
{
    unsigned k = 0;

    while (k < l->count && l->ports[k].router != router) k++;
    return k < l->count;
}

/* A LAN with room that the router is not on; 0: none was found. */
static unsigned some_lan(struct graph *g, unsigned router)
{
    for (unsigned tries = 0; g->link_count && tries < 20; tries++) {
        unsigned k = 1 + draw(g, g->link_count);
        const struct graph_link *l = &g->links[k];
        if (l->lan && l->count < NET_PORTS && !is_on(l, router)) return k;
    }
    return 0;
}

/* Joins a router to earlier ones; reach: how far back, which makes the graph a bush or a snake. */
static void join(struct graph *g, unsigned router, unsigned reach)
{
    unsigned lan = draw(g, 3) ? 0 : some_lan(g, router);
    unsigned low = router > reach ? router - reach : 0, other;

    if (lan) {
        plug(g, lan, router);
        return;
    }
    other = low + draw(g, router - low);
    if (!has_room(g, other)) other = some_router(g, router);
    lan = link_new(g, draw(g, 3) == 0);
    plug(g, lan, other);
    plug(g, lan, router);
}

static void add_meshes(struct graph *g, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        unsigned a = some_router(g, g->router_count), b = some_router(g, g->router_count), k;
        if (a == b) continue;
        k = link_new(g, false);
        plug(g, k, a);
        plug(g, k, b);
    }
}

static void set_static(struct graph *g, unsigned router, uint32_t address, uint32_t *known,
                       uint32_t metric)
{
    struct net_router *r = &g->net.routers[router];

    if (metric)
        net_static(r, address, MASK24, metric);
    else if (*known)
        net_static_delete(r, address, MASK24);
    *known = metric;
}

static void add_destinations(struct graph *g)
{
    for (unsigned r = 0; r < g->router_count; r++)
        set_static(g, r, IP(10, 2, r, 0), &g->own[r], 1 + draw(g, 3));
    for (unsigned s = 0; s < GRAPH_SHARED; s++) {
        for (unsigned n = 0; n < 3; n++) {
            unsigned r = draw(g, g->router_count);
            set_static(g, r, IP(10, 3, s, 0), &g->shared[s][r], 1 + draw(g, 8));
        }
    }
}

void graph_open(struct graph *g, bool ipv6, uint32_t seed, unsigned routers)
{
    const uint32_t poison = RIP_SPLIT_HORIZON | RIP_POISON_REVERSE;
    const uint32_t horizons[8] = {poison, poison, poison, poison, poison, 0, 0, RIP_SPLIT_HORIZON};
    unsigned reach;

    memset(g, 0, sizeof(*g));
    g->seed = seed;
    g->random = seed * 2654435761u | 1u;
    if (ipv6)
        net_open6(&g->net, g->random);
    else
        net_open(&g->net, g->random);
    g->router_count = routers;
    g->version_1 = draw(g, 8) == 0 && !ipv6;
    g->triggered = draw(g, 6) != 0;
    g->horizon = horizons[draw(g, 8)];
    reach = 1 + draw(g, routers);
    for (unsigned r = 0; r < routers; r++) {
        net_router(&g->net, NULL);
        if (r) join(g, r, reach);
    }
    add_meshes(g, draw(g, routers / 2 + 1));
    add_destinations(g);
}

void graph_close(struct graph *g)
{
    net_close(&g->net);
}

/* ---- what happens ---------------------------------------------------------------------------- */

void graph_disturb(struct graph *g, unsigned loss, unsigned doubling, msec jitter)
{
    for (unsigned k = 1; k <= g->link_count; k++) {
        struct net_link *l = &g->net.links[k];
        l->loss = loss;
        l->doubling = doubling;
        l->jitter = jitter;
    }
}

static void flip_carrier(struct graph_link *l)
{
    l->carrier = !l->carrier;
    for (unsigned k = 0; k < l->count; k++) {
        struct net_port *p = l->ports[k].port;
        net_local(p, l->carrier);
        assert_int_equal(net_status(p, l->carrier ? RIS_MEDIA_PRESENT : RIS_MEDIA_ABSENT), ST_OK);
    }
}

static void flip_port(struct graph *g, struct graph_link *l)
{
    struct graph_port *p = &l->ports[draw(g, l->count)];

    p->enabled = !p->enabled;
    assert_int_equal(net_status(p->port, p->enabled ? RIS_ENABLED : RIS_DISABLED), ST_OK);
}

static void change_cost(struct graph *g, unsigned k)
{
    unsigned n = draw(g, g->links[k].count);
    struct graph_port *p = &g->links[k].ports[n];
    uint32_t far = address_of(&g->links[k], n ^ 1);
    struct rip_if_config c = config_of_port(g, k, p, &far);

    assert_int_equal(net_configure(p->port, &c), ST_OK);
}

static void restart(struct graph *g, unsigned router)
{
    net_restart(&g->net.routers[router]);
    for (unsigned k = 1; k <= g->link_count; k++) {
        for (unsigned n = 0; n < g->links[k].count; n++) {
            const struct graph_port *p = &g->links[k].ports[n];
            if (p->router != router) continue;
            if (!g->links[k].carrier)
                assert_int_equal(net_status(p->port, RIS_MEDIA_ABSENT), ST_OK);
            if (p->enabled) assert_int_equal(net_status(p->port, RIS_ENABLED), ST_OK);
        }
    }
}

static void change_static(struct graph *g)
{
    unsigned r = draw(g, g->router_count), s = draw(g, GRAPH_SHARED);

    if (draw(g, 2))
        set_static(g, r, IP(10, 2, r, 0), &g->own[r], draw(g, 2) ? 1 + draw(g, 10) : 0);
    else
        set_static(g, r, IP(10, 3, s, 0), &g->shared[s][r], g->shared[s][r] ? 0 : 1 + draw(g, 8));
}

void graph_event(struct graph *g)
{
    unsigned k = 1 + draw(g, g->link_count);

    switch (draw(g, 7)) {
    case 0:
    case 1:
        g->net.links[k].down = !g->net.links[k].down;
        return;
    case 2:
        flip_carrier(&g->links[k]);
        return;
    case 3:
        flip_port(g, &g->links[k]);
        return;
    case 4:
        change_cost(g, k);
        return;
    case 5:
        restart(g, draw(g, g->router_count));
        return;
    default:
        change_static(g);
        return;
    }
}

/* ---- what must be ---------------------------------------------------------------------------- */

static bool is_alive(const struct graph *g, unsigned k)
{
    return g->links[k].carrier && !g->net.links[k].down;
}

/* The destinations in one row: networks of links, statics of routers, shared ones. */
static unsigned destination_count(const struct graph *g)
{
    return g->link_count + g->router_count + GRAPH_SHARED;
}

static uint32_t destination(const struct graph *g, unsigned i, uint32_t *ret_mask)
{
    *ret_mask = MASK24;
    if (i < g->link_count) {
        *ret_mask = g->links[i + 1].mask;
        return g->links[i + 1].network;
    }
    i -= g->link_count;
    if (i < g->router_count) return IP(10, 2, i, 0);
    return IP(10, 3, i - g->router_count, 0);
}

/* Metrics that routers have without anybody's help, 0 elsewhere. */
static void own_metrics(const struct graph *g, unsigned i, uint32_t own[NET_ROUTERS])
{
    memset(own, 0, NET_ROUTERS * sizeof(*own));
    if (i < g->link_count) {
        const struct graph_link *l = &g->links[i + 1];
        for (unsigned k = 0; l->carrier && k < l->count; k++) own[l->ports[k].router] = 1;
    } else if (i - g->link_count < g->router_count) {
        own[i - g->link_count] = g->own[i - g->link_count];
    } else {
        memcpy(own, g->shared[i - g->link_count - g->router_count], NET_ROUTERS * sizeof(*own));
    }
}

static bool relax_link(const struct graph_link *l, const uint32_t own[NET_ROUTERS],
                       uint32_t metric[NET_ROUTERS])
{
    bool changed = false;

    for (unsigned a = 0; a < l->count; a++) {
        for (unsigned b = 0; b < l->count; b++) {
            const struct graph_port *to = &l->ports[a], *from = &l->ports[b];
            uint32_t over = metric[from->router] + to->cost;
            if (!to->enabled || !from->enabled || own[to->router]) continue;
            if (over >= metric[to->router]) continue;
            metric[to->router] = over;
            changed = true;
        }
    }
    return changed;
}

static void bellman_ford(const struct graph *g, unsigned i, uint32_t metric[NET_ROUTERS])
{
    uint32_t own[NET_ROUTERS];
    bool changed = true;

    own_metrics(g, i, own);
    for (unsigned r = 0; r < NET_ROUTERS; r++) metric[r] = own[r] ? own[r] : INFINITE;
    while (changed) {
        changed = false;
        for (unsigned k = 1; k <= g->link_count; k++)
            if (is_alive(g, k)) changed = relax_link(&g->links[k], own, metric) || changed;
    }
}

static void complain(const struct graph *g, unsigned router, uint32_t address, uint32_t must,
                     uint32_t is)
{
    fprintf(stderr, "seed %u: router %u, %u.%u.%u.%u: metric %u, must be %u\n", (unsigned)g->seed,
            router, (unsigned)(address >> 24), (unsigned)(address >> 16 & 255),
            (unsigned)(address >> 8 & 255), (unsigned)(address & 255), (unsigned)is,
            (unsigned)must);
}

static bool agrees_about(const struct graph *g, unsigned i, size_t reachable[NET_ROUTERS],
                         bool report)
{
    uint32_t metric[NET_ROUTERS], mask, address = destination(g, i, &mask);
    bool holds = true;

    bellman_ford(g, i, metric);
    for (unsigned r = 0; r < g->router_count && (holds || report); r++) {
        uint32_t must = metric[r] < INFINITE ? metric[r] : 0;
        uint32_t is = net_metric(&g->net.routers[r], address, mask);

        reachable[r] += must != 0;
        if (is == must) continue;
        holds = false;
        if (report) complain(g, r, address, must, is);
    }
    return holds;
}

bool graph_agrees(const struct graph *g, bool report)
{
    size_t reachable[NET_ROUTERS] = {0};
    bool holds = true;

    for (unsigned i = 0; i < destination_count(g) && (holds || report); i++)
        holds = agrees_about(g, i, reachable, report) && holds;
    for (unsigned r = 0; holds && r < g->router_count; r++)
        holds = rtm_destination_count(g->net.routers[r].rtm) == reachable[r];
    return holds;
}

static bool leads_nearer(const struct graph *g, unsigned router, const struct rtm_route *route,
                         const uint32_t metric[NET_ROUTERS])
{
    unsigned k = g->net.routers[router].ports[route->interface - 1].link;
    const struct graph_link *l = &g->links[k];
    const struct graph_port *to = NULL, *from = NULL;

    for (unsigned n = 0; n < l->count; n++) {
        if (l->ports[n].router == router) to = &l->ports[n];
        if (l->ports[n].port->binding.local[0].address == net_number(&g->net, &route->next_hop))
            from = &l->ports[n];
    }
    return is_alive(g, k) && to && from && to->enabled && from->enabled &&
           metric[from->router] + to->cost == metric[router];
}

bool graph_next_hops_hold(const struct graph *g)
{
    for (unsigned i = 0; i < destination_count(g); i++) {
        uint32_t metric[NET_ROUTERS], mask, address = destination(g, i, &mask);
        struct rtm_prefix prefix = net_prefix(&g->net, address, mask);

        bellman_ford(g, i, metric);
        for (unsigned r = 0; r < g->router_count; r++) {
            const struct rtm_route *route = rtm_best_exact(g->net.routers[r].rtm, &prefix);
            if (!route || route->protocol != RIP_PROTOCOL_ID) continue;
            if (!leads_nearer(g, r, route, metric)) return false;
        }
    }
    return true;
}

/* A stale route is believed until it expires; then it may have to count to infinity (RFC 2453
 * 3.4.3 and 3.4.4), a step with each update; then the right one spreads over 15 hops. An update
 * comes with the pause between triggered ones, 5 s, or without them the longest time between
 * periodic ones, 35 s. With a split horizon that does not poison, a step of the count can be one
 * more expiry: a route that turns round is no longer told where it was told before ("will have to
 * be eliminated by waiting for a timeout"). */
msec graph_limit(const struct graph *g)
{
    msec expiry = 180000, period = 35000, update = g->triggered ? 5000 : period;
    msec step = g->horizon == RIP_SPLIT_HORIZON ? expiry + update : update;

    return expiry + 16 * step + period + 15 * update;
}
