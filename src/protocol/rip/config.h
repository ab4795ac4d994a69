/* The blocks of RIP: IPRIP_GLOBAL_CONFIG and IPRIP_IF_CONFIG. */
#ifndef MPR_PROTOCOL_RIP_CONFIG_H
#define MPR_PROTOCOL_RIP_CONFIG_H

#include "protocol/ripcore/config.h"

extern const struct rip_form rip_ipv4_form;

/* As ripcore/config.h says of these. */
mpr_status rip_global_decode(struct rip_global_config *ret, const struct protocol_info *info);
mpr_status rip_if_decode(struct rip_if_config *ret, enum net_interface_type type,
                         const struct protocol_info *info);
mpr_status rip_global_encode(const struct rip_global_config *c, void **ret_data, size_t *ret_size);
mpr_status rip_if_encode(const struct rip_if_config *c, uint32_t state, bool with_key,
                         void **ret_data, size_t *ret_size);

#endif
