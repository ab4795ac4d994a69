/* The packet filters of interfaces, for the host, which applies them if it can
 * (router_host_filters in router.h). Demand-dial filters are no part of them: they say which
 * packets dial, and are looked at here. */
#ifndef MPR_ROUTER_RM_HOST_FILTERS_H
#define MPR_ROUTER_RM_HOST_FILTERS_H

#include "infoblock/filters.h"
#include "router/state.h"

/* The transport's information is another one. */
void host_filters_set(struct iftransport *t);
/* The transport has become active at these addresses, or is no longer. */
void host_filters_moved(struct iftransport *t);
/* Whether a packet of the transport's family dials by the interface's demand-dial filters. All do
 * where there are none, where they can't be read, and where the family's are switched off. */
bool host_filters_may_dial(const struct iftransport *t, const struct packet_facts *packet);
/* Nobody is told any more. */
void host_filters_end(struct router *r);

#endif
