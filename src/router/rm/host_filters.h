/* The packet filters of interfaces, for the host, which applies them if it can
 * (router_host_filters in router.h). Demand-dial filters are no part of them: they say which
 * packets dial, and none does. */
#ifndef MPR_ROUTER_RM_HOST_FILTERS_H
#define MPR_ROUTER_RM_HOST_FILTERS_H

#include "router/state.h"

/* The transport's information is another one. */
void host_filters_set(struct iftransport *t);
/* The transport has become active at these addresses, or is no longer. */
void host_filters_moved(struct iftransport *t);
/* Nobody is told any more. */
void host_filters_end(struct router *r);

#endif
