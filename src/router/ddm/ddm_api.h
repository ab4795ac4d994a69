/* What a protocol may ask of the Demand-Dial Manager. */
#ifndef MPR_ROUTER_DDM_API_H
#define MPR_ROUTER_DDM_API_H

#include "router/state.h"

/* A protocol asks for the link (DemandDialRequest): as router_interface_connect without a request,
 * but ST_INTERFACE_UNREACHABLE while the interface backs off after a failure. */
mpr_status ddm_demand(struct router *r, struct interface *i);

#endif
