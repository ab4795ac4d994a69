/* MIB variables of the IPv6 route table: ROUTE_*. */
#ifndef MPR_ROUTER_RM_MIB_ROUTES6_H
#define MPR_ROUTER_RM_MIB_ROUTES6_H

#include "router/mib/rm_mib_internal.h"

mib_answer_fn mib_route6_row;

#endif
