/* A network of RIP routers (ipv6: of RIPng) on a random graph, what happens to it, and what its
 * tables must be.
 *
 * Links are LANs or point-to-point, each with its way of speaking (broadcast, multicast, unicast
 * neighbours, authentication) and a cost for each of its ports. Destinations are the networks of
 * the links, a static route of each router, and some that several routers have.
 *
 * What the tables must be comes from Bellman-Ford over the same graph, which knows nothing of
 * packets and timers.
 */
#ifndef TESTS_SIM_RIP_GRAPH_H
#define TESTS_SIM_RIP_GRAPH_H

#include "sim/rip/net.h"

#define GRAPH_SHARED       4u /* destinations of several routers */
#define GRAPH_DESTINATIONS (NET_LINKS + NET_ROUTERS + GRAPH_SHARED)

struct graph_port {
    struct net_port *port;
    unsigned router;
    uint32_t cost;
    bool enabled;
};

struct graph_link {
    bool lan, carrier;
    uint32_t network, mask;
    struct rip_if_config config; /* without cost and neighbours */
    unsigned count;
    struct graph_port ports[NET_PORTS];
};

struct graph {
    struct net net;
    uint32_t seed, random;
    bool version_1, triggered;
    uint32_t horizon;                  /* flags of split horizon, the same everywhere */
    unsigned router_count, link_count; /* links count from 1, as in net */
    struct graph_link links[NET_LINKS + 1];
    uint32_t own[NET_ROUTERS];                  /* metric of the static route; 0: none */
    uint32_t shared[GRAPH_SHARED][NET_ROUTERS]; /* the same */
};

/* All that follows from the seed: graph, configuration, and later what happens. */
void graph_open(struct graph *g, bool ipv6, uint32_t seed, unsigned routers);
void graph_close(struct graph *g);

/* Of each datagram so many in a thousand are lost, doubled; jitter as in net_link. */
void graph_disturb(struct graph *g, unsigned loss, unsigned doubling, msec jitter);
/* One thing happens: a link goes silent, loses its carrier or heals, a router's interface is
 * disabled or enabled or gets another cost, a router starts anew, a static route comes, goes or
 * gets another metric. */
void graph_event(struct graph *g);

/* Whether the table of each router is what it must be: reachable destinations, no others, and their
 * metrics. report: says what is wrong. */
bool graph_agrees(const struct graph *g, bool report);
/* Whether each learned route leads to a neighbour that is nearer by the link's cost. */
bool graph_next_hops_hold(const struct graph *g);
/* How long tables may take to agree once nothing changes and nothing is lost any more; graph.c. */
msec graph_limit(const struct graph *g);

#endif
