/* Calls into protocols that are linked in. */
#ifndef MPR_ROUTER_BUILTIN_H
#define MPR_ROUTER_BUILTIN_H

#include "infoblock/infoblock.h"
#include "router/state.h"

/* The row of a protocol; NULL: it is not linked in. */
const struct builtin_protocol *builtin_find(const struct router_manager *m, uint32_t protocol_id);
/* Sets what a new hosted protocol calls and what it is given. */
void builtin_prepare(struct hosted_protocol *h, const struct builtin_protocol *row);
/* Runs the call now; its result is in call->status. */
void builtin_call(struct hosted_protocol *h, struct protocol_call *call);
/* call_init and builtin_call with a borrowed block; the result is traced when it is an error. */
mpr_status builtin_do(struct hosted_protocol *h, enum protocol_call_kind kind,
                      const struct interface *i, const struct info_block *block);

#endif
