/* A set of routes, as the rows of a route block stand for them. */
#ifndef MPR_ROUTER_RM_ROWS_H
#define MPR_ROUTER_RM_ROWS_H

#include "router/state.h"

struct rm_route {
    struct rtm_prefix prefix;
    struct rtm_route route;
    bool added; /* rm_routes_begin: it was not in the table before */
};
/* Routes with distinct destination and next hop, in order, with a hash table over them. */
struct rm_route_set {
    struct rm_route *list;
    size_t count, capacity;
    uint32_t *slots; /* index into list + 1; 0: free */
    uint32_t slot_mask;
};
/* Room for capacity routes. ST_NOT_ENOUGH_MEMORY. Zeroed memory is an empty set. */
mpr_status rm_route_set_init(struct rm_route_set *s, size_t capacity);
void rm_route_set_free(struct rm_route_set *s);
/* False when a route with that destination and next hop is there already. */
bool rm_route_set_put(struct rm_route_set *s, const struct rm_route *route);
bool rm_route_set_has(const struct rm_route_set *s, const struct rm_route *route);

#endif
