/* A small network of RIP instances on one virtual clock, or of RIPng instances.
 *
 * Routers have ports; ports are plugged into links; a link carries datagrams to all its other
 * ports that listen and are meant, after a delay, and loses, doubles or reorders some if so told. A
 * port without a router is a "tap": a neighbour that the test plays itself, and what reaches it is
 * kept.
 *
 * Everything is deterministic: one seed, one order of events.
 *
 * With RIPng, addresses and masks stand for others: a network for the one of 2001:db8::/32 that has
 * its number behind that, an interface's address for 2001:db8:<address>::1 in such a network and
 * for fe80::<address>. So a network of RIP is one of RIPng, too.
 */
#ifndef TESTS_SIM_RIP_NET_H
#define TESTS_SIM_RIP_NET_H

#include "protocol/rip/config.h"
#include "protocol/rip/drop.h"
#include "protocol/rip/rip.h"
#include "protocol/ripng/ripng.h"

#define NET_ROUTERS 50u
#define NET_LINKS   100u
#define NET_PORTS   8u
#define NET_KEPT    2048u

#define IP(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

struct net_frame {
    struct net_frame *next;
    unsigned link;
    struct net_port *from;
    msec due;
    struct protocol_datagram d;
    uint8_t data[1500];
};

struct net_kept {
    msec when;
    uint32_t source, destination;
    struct rtm_address source6, destination6;
    uint16_t source_port, destination_port;
    uint8_t ttl;
    size_t size;
    uint8_t data[1500];
};

struct net_port {
    struct net_router *router; /* NULL: a tap */
    struct net *net;
    unsigned link; /* 0: none */
    uint32_t interface;
    struct ip_binding binding;
    bool listening;
    uint32_t group;
    struct net_kept *kept; /* taps: what came */
    unsigned kept_count, count;
};

struct net_router {
    struct net *net;
    struct rtm *rtm;
    struct rtm_entity *own; /* local and static routes of the test */
    struct protocol_support support;
    struct protocol_system system;
    struct protocol_instance *rip; /* NULL: stopped */
    struct net_port ports[NET_PORTS];
    unsigned port_count;
    unsigned notified;
    bool refuse_routes, fail_listen, fail_send;
    bool whole_only; /* does not hear requests for certain destinations */
};

struct net_link {
    msec delay;              /* of each datagram */
    msec jitter;             /* ... and at random up to this more: they overtake each other */
    msec pace;               /* least time between two */
    unsigned loss, doubling; /* in a thousand */
    bool down;
    msec busy_until;
};

struct net {
    bool ipv6;
    const struct routing_protocol *protocol;
    msec now;
    struct timer_heap timers;
    struct net_router routers[NET_ROUTERS];
    unsigned router_count;
    struct net_link links[NET_LINKS + 1];
    struct net_port taps[NET_PORTS];
    unsigned tap_count;
    struct net_frame *frames, *last_frame;
    uint32_t random;
    uint64_t sent;
};

void net_open(struct net *n, uint32_t seed);
/* One of RIPng. */
void net_open6(struct net *n, uint32_t seed);
void net_close(struct net *n);

struct net_router *net_router(struct net *n, const struct rip_global_config *global);
/* Stops RIP there and starts it anew, with the same configuration; its interfaces are bound as they
 * were, and disabled. */
void net_restart(struct net_router *r);
/* Settings of an interface as they come by default: periodic or demand. */
struct rip_if_config net_config(enum net_interface_type type);
struct rip_if_config net_config6(enum net_interface_type type);
/* What numbers stand for, and the number of an interface's link-local address. */
struct rtm_prefix net_prefix(const struct net *n, uint32_t address, uint32_t mask);
struct rtm_address net_link_local(uint32_t address);
uint32_t net_number(const struct net *n, const struct rtm_address *address);
/* Gives the port's binding such addresses, which nobody is told of; address 0: none. */
void net_address(struct net_port *port, uint32_t address, uint32_t mask, uint32_t remote);
/* Plugs a new interface (indices count from 1) into a link, bound and enabled, with its local route
 * in the table. c NULL: default of a permanent interface. */
struct net_port *net_plug(struct net_router *r, unsigned link, uint32_t address, uint32_t mask,
                          enum net_interface_type type, const struct rip_if_config *c);
/* Gives a new configuration. */
mpr_status net_configure(struct net_port *port, const struct rip_if_config *c);
mpr_status net_status(struct net_port *port, enum interface_status_type type);
mpr_status net_rebind(struct net_port *port, uint32_t address, uint32_t mask, uint32_t remote);
/* Takes the route of the port's own network out of the table, or puts it in. */
void net_local(struct net_port *port, bool present);
void net_static(struct net_router *r, uint32_t address, uint32_t mask, uint32_t metric);
void net_static_delete(struct net_router *r, uint32_t address, uint32_t mask);

struct net_port *net_tap(struct net *n, unsigned link, uint32_t address, uint32_t mask);
/* Sends from a tap, port 520 to 520. */
void net_send(struct net_port *tap, uint32_t destination, const void *data, size_t size);
void net_send_from(struct net_port *tap, uint32_t source, uint16_t source_port,
                   uint32_t destination, const void *data, size_t size);
/* Sends any datagram. */
void net_put(struct net_port *tap, const struct protocol_datagram *d);
/* The i-th packet that a tap keeps; forget drops them. */
const struct net_kept *net_kept(const struct net_port *tap, unsigned i);
void net_forget(struct net_port *tap);

/* Lets time pass. */
void net_run(struct net *n, msec duration);

/* Metric of the best route, 0 if there is none. */
uint32_t net_metric(const struct net_router *r, uint32_t address, uint32_t mask);
size_t net_learned(const struct net_router *r, uint32_t interface);

/* Starts an update and lets time pass until its end: its status; *ret_took (optional) how long it
 * took. Fails the test when it does not end within two minutes. */
mpr_status net_update(struct net_port *port, msec *ret_took);
/* The next message, if there is one. */
bool net_message(struct net_router *r, enum protocol_event *ret_event,
                 struct protocol_message *ret_message);

#endif
