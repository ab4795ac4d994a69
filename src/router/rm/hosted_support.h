/* What hosted protocols ask of their router manager (SUPPORT_FUNCTIONS), built in or not. */
#ifndef MPR_ROUTER_HOSTED_SUPPORT_H
#define MPR_ROUTER_HOSTED_SUPPORT_H

#include "router/state.h"

/* ValidateRoute: as router_protocol_validate. */
mpr_status hosted_validate(const struct router_manager *m, uint32_t protocol_id,
                           const struct rtm_prefix *destination, uint32_t *ret_preference);

#endif
