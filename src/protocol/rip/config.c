#include "protocol/rip/config.h"

const struct rip_form rip_ipv4_form = {
    .name = "rip", .global = "IPRIP_GLOBAL_CONFIG", .interface = "IPRIP_IF_CONFIG"};

mpr_status rip_global_decode(struct rip_global_config *ret, const struct protocol_info *info)
{
    return rip_form_global_decode(&rip_ipv4_form, ret, info);
}

mpr_status rip_if_decode(struct rip_if_config *ret, enum net_interface_type type,
                         const struct protocol_info *info)
{
    return rip_form_if_decode(&rip_ipv4_form, ret, type, info);
}

mpr_status rip_global_encode(const struct rip_global_config *c, void **ret_data, size_t *ret_size)
{
    return rip_form_global_encode(&rip_ipv4_form, c, ret_data, ret_size);
}

mpr_status rip_if_encode(const struct rip_if_config *c, uint32_t state, bool with_key,
                         void **ret_data, size_t *ret_size)
{
    return rip_form_if_encode(&rip_ipv4_form, c, state, with_key, ret_data, ret_size);
}
