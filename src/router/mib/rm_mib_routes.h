/* MIB variables of the route table: DEST_*, BEST_*. */
#ifndef MPR_ROUTER_RM_MIB_ROUTES_H
#define MPR_ROUTER_RM_MIB_ROUTES_H

#include "router/mib/rm_mib_internal.h"

mib_answer_fn mib_dest_matching, mib_dest_longer, mib_dest_shorter, mib_best_if, mib_best_route;

#endif
