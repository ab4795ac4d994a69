/* The blocks of RIPng: RIPNG_GLOBAL_CONFIG and RIPNG_IF_CONFIG, which are ours (ripcore/config.c).
 */
#ifndef MPR_PROTOCOL_RIPNG_CONFIG_H
#define MPR_PROTOCOL_RIPNG_CONFIG_H

#include "protocol/ripcore/config.h"

extern const struct rip_form ripng_form;

#endif
