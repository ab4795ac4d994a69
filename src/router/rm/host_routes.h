/* What the host's own table is to have of the route tables: the best routes, but for the subnets of
 * the interfaces, which the host knows itself. The host asks for them (router_host_routes_next in
 * router.h), a portion at a time, so that no change of the table waits for it. */
#ifndef MPR_ROUTER_RM_HOST_ROUTES_H
#define MPR_ROUTER_RM_HOST_ROUTES_H

#include "router/state.h"

/* The manager is new: its routes are given, too, if the host has begun. ST_NOT_ENOUGH_MEMORY. */
mpr_status host_routes_manager(struct router_manager *m);
/* The host is asked to ask, if it has begun. */
void host_routes_wake(struct router *r);
/* The manager goes. */
void host_routes_forget(struct router_manager *m);

#endif
