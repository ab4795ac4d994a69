/* A router's table with routes of its own, the Routing Table Manager v2 over it, and short ways to
 * do what clients do. Addresses of IPv4 are in host order; failing is the test's failure. */
#ifndef TESTS_UNIT_RTMV2_SUPPORT_H
#define TESTS_UNIT_RTMV2_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rtmv2/rtmv2.h"

#define NET(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))
#define UCAST           RTMV2_VIEW_UNICAST
#define MCAST           RTMV2_VIEW_MULTICAST
#define BEST            RTMV2_BEST_PROTOCOL
#define GARBAGE         0xD1234567u /* of the kind of our handles */

struct world {
    struct rtmv2 *r;
    struct rtm *table, *table6;
    struct rtm_entity *router; /* the router's own routes */
    unsigned wakes;
};

void world_open(struct world *w);
/* Nothing may be left that a handle names when all entities have gone, nor anything of it in the
 * tables. */
void world_close(struct world *w);

struct rtm_prefix net(uint32_t address, unsigned length);
/* In the router's table, by its router manager or a protocol that is linked in. */
void other_add(struct world *w, uint32_t protocol, uint32_t address, unsigned length,
               uint32_t interface, uint32_t next_hop, uint32_t metric, uint32_t preference);
void other_delete(struct world *w, uint32_t address, unsigned length, uint32_t interface,
                  uint32_t next_hop);

handle_t32 enter(struct world *w, uint32_t protocol, uint32_t instance);
void leave(struct world *w, handle_t32 entity);
handle_t32 hop_to(struct world *w, handle_t32 entity, uint32_t address, uint32_t interface);
/* A route over one hop (0: none) with a reference. */
handle_t32 route_to(struct world *w, handle_t32 entity, uint32_t address, unsigned length,
                    handle_t32 hop, uint32_t metric, uint32_t preference, uint32_t views);
/* Deletes it with the reference. */
void unroute(struct world *w, handle_t32 entity, handle_t32 route);
struct rtmv2_route info_over(handle_t32 hop, uint32_t metric, uint32_t preference, uint32_t views);
/* ST_NOT_FOUND when it has no route in the view: then without reference. */
mpr_status look(struct world *w, handle_t32 entity, uint32_t address, unsigned length,
                uint32_t views, struct rtmv2_dest *ret);
handle_t32 dest_of(struct world *w, handle_t32 entity, uint32_t address, unsigned length);
void drop(struct world *w, handle_t32 entity, enum rtmv2_kind kind, handle_t32 handle);
void drop_dest(struct world *w, handle_t32 entity, const struct rtmv2_dest *shown);
struct rtmv2_route info_of(struct world *w, handle_t32 entity, handle_t32 route);
void drop_info(struct world *w, handle_t32 entity, const struct rtmv2_route *info);
/* Takes all events and counts them; references are given back. */
unsigned events_of(struct world *w, enum rtmv2_event_type type);

#endif
