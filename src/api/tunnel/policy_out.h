/* Custom policies of IKEv2 and L2TP between the store and the caller's structures. */
#ifndef MPR_API_POLICY_OUT_H
#define MPR_API_POLICY_OUT_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"
#include "win32/store/tunnel_values.h"

/* Memory for the caller of the API; *ret is NULL when none is given. ST_NOT_ENOUGH_MEMORY. */
mpr_status policy_out(const struct tunnel_policy *policy, ROUTER_CUSTOM_IKEv2_POLICY0 **ret);
/* NULL: none is given. */
void policy_in(const ROUTER_CUSTOM_IKEv2_POLICY0 *policy, struct tunnel_policy *ret);

#endif
