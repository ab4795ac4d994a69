#include "api/tunnel/policy_out.h"

#include <string.h>

_Static_assert(sizeof(ROUTER_CUSTOM_IKEv2_POLICY0) == POLICY_FIELDS * sizeof(DWORD),
               "fields in the structure's order");

mpr_status policy_out(const struct tunnel_policy *policy, ROUTER_CUSTOM_IKEv2_POLICY0 **ret)
{
    *ret = NULL;
    if (!policy->given) return ST_OK;
    *ret = api_buffer_new(sizeof(**ret));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    memcpy(*ret, policy->fields, sizeof(**ret));
    return ST_OK;
}

void policy_in(const ROUTER_CUSTOM_IKEv2_POLICY0 *policy, struct tunnel_policy *ret)
{
    ret->given = policy != NULL;
    if (policy) memcpy(ret->fields, policy, sizeof(*policy));
}
