/* Routing Table Manager: destinations, the routes that each owner has to them, the best of them,
 * and a stream of changes. One table per address family.
 *
 * Terms are those of RTMv2: an entity registers as the owner of its routes (a routing protocol, or
 * the router manager itself for local, static and autostatic routes); a destination is a prefix
 * with at least one route; the best route is the one with the lowest preference, then the lowest
 * metric, then the oldest.
 *
 * Threads: a function that takes a constant table or entity only reads, and any number of them may
 * run at once, as under a lock that is shared; every other function needs the table alone. So
 * readers don't keep each other waiting, and see the table before a change or after it. The
 * router's lock has a way in for each (engine/engine.h).
 *
 * Memory: routes that say the same in all of struct rtm_route share that, so a route of a large
 * table takes 53 octets, of IPv6 62; each prefix of more than 64 bits takes some 12 more, and each
 * consumer 4 a route. Three quarters of a million destinations of IPv4 and more have answers by
 * address, too, some 8 octets a route: a change takes those around it out of use, and they are in
 * use again when a consumer has been told of it. What is written of a function that it never needs
 * memory holds also when there is none.
 */
#ifndef MPR_RTM_RTM_H
#define MPR_RTM_RTM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum rtm_family { RTM_IPV4 = 4, RTM_IPV6 = 16 }; /* value: octets of an address */

/* Octets in network order; those past the family's size, and bits past length, are zero. */
struct rtm_address {
    uint8_t octets[16];
};

struct rtm_prefix {
    struct rtm_address address;
    uint8_t length; /* bits, 0..32 or 0..128 */
};

/* PROTO_IP_* of the owner's routes, as in the SDK. */
struct rtm_route {
    uint32_t protocol;           /* PROTO_IP_RIP 8, PROTO_IP_NT_AUTOSTATIC 10002, ... */
    uint32_t interface;          /* interface index, never 0 */
    struct rtm_address next_hop; /* all zero: the destination is on the link */
    uint32_t metric;
    uint32_t preference; /* lower wins; from the router manager's priority block */
    uint32_t tag;        /* route tag of RIP, 0 if none */
};

struct rtm;
struct rtm_entity;

mpr_status rtm_create(struct rtm **ret, enum rtm_family family);
/* Ends its consumers and entities, too; nobody is woken. */
void rtm_destroy(struct rtm *t);

/* owner_id tells entities apart in traces; several entities may share a protocol number. */
mpr_status rtm_register(struct rtm *t, uint32_t owner_id, struct rtm_entity **ret);
/* Deletes the entity's routes, too. */
void rtm_deregister(struct rtm_entity *e);
/* Its routes go one by one: walks by protocol pass over them from now on. */
void rtm_entity_leave(struct rtm_entity *e);

/* Adds a route, or replaces the entity's route to the same prefix over the same interface and next
 * hop, which keeps its age (beyond 65,536 routes to one destination the youngest are of one age).
 * *ret_new (optional) tells whether it is new. ST_INVALID_PARAMETER: length too long, bits set past
 * it, or interface 0. ST_NOT_ENOUGH_MEMORY: the table is unchanged. */
mpr_status rtm_route_add(struct rtm_entity *e, const struct rtm_prefix *prefix,
                         const struct rtm_route *route, bool *ret_new);

/* Between these two, replacing a route by what it was needs no memory: what a route said before is
 * kept. For changes that may have to be undone; they may be nested. */
void rtm_hold(struct rtm *t);
void rtm_unhold(struct rtm *t);

/* Gives all routes of a protocol another preference, as if each had been added again with it:
 * whoever owns them, but one entity (NULL: nobody). Never needs memory. Costs a walk over the
 * table. Not between rtm_hold and rtm_unhold, since what was said before is not kept. */
void rtm_prefer(struct rtm *t, uint32_t protocol, uint32_t preference,
                const struct rtm_entity *except);

/* ST_NOT_FOUND when the entity has no such route. Never needs memory. */
mpr_status rtm_route_delete(struct rtm_entity *e, const struct rtm_prefix *prefix,
                            uint32_t interface, const struct rtm_address *next_hop);

/* Deletes all the entity's routes over an interface (0: over any). Returns how many. */
size_t rtm_route_delete_all(struct rtm_entity *e, uint32_t interface);

/* Gets routes one by one; stops a walk by returning false. May not change the table. */
typedef bool rtm_visit_fn(void *context, const struct rtm_prefix *prefix,
                          const struct rtm_route *route);
/* Walks the entity's routes over an interface (0: over any) in prefix order. */
void rtm_walk_entity(struct rtm_entity *e, uint32_t interface, rtm_visit_fn *visit, void *context);
size_t rtm_entity_count(const struct rtm_entity *e, uint32_t interface);

/* The same for all routes of a protocol, whoever owns them: in prefix order within each entity,
 * entities in order of registration. Costs what the entities have on the interface. */
void rtm_walk_protocol(struct rtm *t, uint32_t protocol, uint32_t interface, rtm_visit_fn *visit,
                       void *context);

/* Best route of exactly this prefix, or of the longest prefix that covers address (which then is
 * told in *ret_prefix, optional). NULL when there is none. Valid until the table changes. */
const struct rtm_route *rtm_best_exact(const struct rtm *t, const struct rtm_prefix *prefix);
const struct rtm_route *rtm_best_match(const struct rtm *t, const struct rtm_address *address,
                                       struct rtm_prefix *ret_prefix);

/* Iteration by key: the first destination after *prefix in order (address, then length), which
 * stays right while the table changes. first=true starts at the beginning (prefix is output only).
 * NULL at the end. *ret_count (optional) is the number of routes to it. */
const struct rtm_route *rtm_next(const struct rtm *t, struct rtm_prefix *prefix, bool first,
                                 size_t *ret_count);
/* Walks the best routes of the destinations after *after (NULL: of all), in that order. Several
 * times as quick as rtm_next. */
void rtm_walk(const struct rtm *t, const struct rtm_prefix *after, rtm_visit_fn *visit,
              void *context);
/* The n-th best route of a destination, NULL past the end. */
const struct rtm_route *rtm_route_at(const struct rtm *t, const struct rtm_prefix *prefix,
                                     size_t n);

/* Places: destinations by a number, for who keeps something of his own for some of them. A pinned
 * one stays, and its number does, also while it has no route; it is no destination then for anybody
 * else. Each rtm_place_pin is ended by one rtm_place_unpin, or with the table; there may be 200 of
 * one place. A number that was not pinned is only good until the table changes. */
/* Makes it if there is none. ST_INVALID_PARAMETER: as in rtm_route_add. */
mpr_status rtm_place_pin(struct rtm *t, const struct rtm_prefix *prefix, uint32_t *ret);
void rtm_place_unpin(struct rtm *t, uint32_t place); /* never needs memory */
/* 0: there is none. */
uint32_t rtm_place_find(const struct rtm *t, const struct rtm_prefix *prefix);
/* As rtm_next, but of all places, and the longest of them that covers a prefix, which then is in
 * *prefix; 0 and false when there is none. */
uint32_t rtm_place_next(const struct rtm *t, struct rtm_prefix *prefix, bool first);
bool rtm_place_match(const struct rtm *t, struct rtm_prefix *prefix);
/* Its best route, or NULL; and all of them, best first: *at is 0 before the first one. */
const struct rtm_route *rtm_place_best(const struct rtm *t, uint32_t place);
const struct rtm_route *rtm_place_next_route(const struct rtm *t, uint32_t place, uint32_t *at);

/* Another number, never 0, after each change of any route. */
uint64_t rtm_serial(const struct rtm *t);

size_t rtm_destination_count(const struct rtm *t);
size_t rtm_route_count(const struct rtm *t);

/* Change stream: a consumer sees each destination whose best route changed (appeared, differs,
 * went) since it last looked, once, however often it changed, in order of its first change. A new
 * consumer starts with no backlog. At most 32 consumers (RTM_MAX_VIEWS' cousin); ST_NO_MORE_ITEMS
 * for the next. wake is called while the table is being changed: it may not change it. */
struct rtm_consumer;
typedef void rtm_wake_fn(void *context); /* called when the stream turns from empty to not empty */
mpr_status rtm_consumer_open(struct rtm *t, rtm_wake_fn *wake, void *context,
                             struct rtm_consumer **ret);
void rtm_consumer_close(struct rtm_consumer *c);
/* False when empty. *ret_best is NULL when the destination has no route any more. */
bool rtm_consumer_next(struct rtm_consumer *c, struct rtm_prefix *ret_prefix,
                       const struct rtm_route **ret_best);

/* Helpers for IPv4 in host order. */
struct rtm_prefix rtm_prefix_ipv4(uint32_t address, uint32_t mask);
uint32_t rtm_ipv4(const struct rtm_address *a);
struct rtm_address rtm_address_ipv4(uint32_t address);
/* Bits of a contiguous mask, or -1. (rtm_prefix_ipv4 of any other mask has length 255, which the
 * table refuses.) */
int rtm_mask_length(uint32_t mask);
uint32_t rtm_length_mask(unsigned length);
/* And for IPv6: the network of an address (length up to 128), and whether it is in fe80::/10. */
struct rtm_prefix rtm_prefix_ipv6(const struct rtm_address *address, unsigned length);
bool rtm_is_link_local(const struct rtm_address *address);

#endif
