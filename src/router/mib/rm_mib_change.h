/* MIB requests that change something: Create, Delete, Set. */
#ifndef MPR_ROUTER_RM_MIB_CHANGE_H
#define MPR_ROUTER_RM_MIB_CHANGE_H

#include "router/mib/rm_mib_internal.h"

mpr_status mib_change(struct mib_query *q, const uint8_t *in, size_t in_size,
                      struct request *request);

#endif
