/* MIB requests that are passed on to hosted protocols. */
#ifndef MPR_ROUTER_RM_MIB_HOSTED_H
#define MPR_ROUTER_RM_MIB_HOSTED_H

#include "router/mib/rm_mib_internal.h"

mpr_status mib_hosted(struct router_manager *m, struct mib_ask *ask, struct request *request);

#endif
