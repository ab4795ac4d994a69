/* The lists behind the fixed parts of configuration blocks: neighbours and ranges of destinations.
 */
#ifndef MPR_PROTOCOL_RIPCORE_CONFIG_LISTS_H
#define MPR_PROTOCOL_RIPCORE_CONFIG_LISTS_H

#include "base/bytes.h"
#include "protocol/ripcore/config.h"

/* As many elements as the counts in c say; these have been checked, and the reader has so much.
 * False, ST_NOT_ENOUGH_MEMORY: c has to be freed all the same. ST_INVALID_PARAMETER: a list has
 * something that can't be, which is logged. */
bool rip_lists_read_global(const struct rip_form *form, struct reader *r,
                           struct rip_global_config *c);
mpr_status rip_lists_read_if(const struct rip_form *form, struct reader *r,
                             struct rip_if_config *c);
void rip_lists_write_global(struct writer *w, const struct rip_global_config *c);
void rip_lists_write_if(struct writer *w, const struct rip_if_config *c);

#endif
