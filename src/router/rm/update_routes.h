/* The routes of an autostatic update, from the route table into the information block. */
#ifndef MPR_ROUTER_UPDATE_ROUTES_H
#define MPR_ROUTER_UPDATE_ROUTES_H

#include "router/state.h"

/* update_routes.c: the learned routes of the protocols that were asked replace the autostatic ones.
 * On failure nothing has changed. */
mpr_status update_convert(struct iftransport *t);

#endif
