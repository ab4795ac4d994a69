/* A hosted protocol's life up to where it runs; its end is in hosted_stop.h. */
#ifndef MPR_ROUTER_HOSTED_H
#define MPR_ROUTER_HOSTED_H

#include "infoblock/infoblock.h"
#include "router/state.h"

/* The protocol of that id, unless it is being stopped. */
struct hosted_protocol *hosted_find(const struct router_manager *m, uint32_t protocol_id);
/* A new one, not yet started. ST_NOT_FOUND: neither built in nor in the catalogue. */
mpr_status hosted_new(struct router_manager *m, uint32_t protocol_id, struct hosted_protocol **ret);
/* Built-in: starts it with the block and puts it on all interfaces that have a block for it. On
 * failure it is not running, and h is still the caller's. */
mpr_status hosted_start_builtin(struct hosted_protocol *h, const struct info_block *block);
/* Foreign: begins to load it; load is its CALL_LOAD. request gets one part, which is over when the
 * protocol has started or failed; none while an earlier call of the same DLL is late, since the
 * start then waits until that has come back. */
void hosted_start_foreign(struct hosted_protocol *h, struct protocol_call *load,
                          struct request *request);
/* hosted_new and, for a foreign one, its CALL_LOAD in *ret_load. */
mpr_status hosted_prepare_start(struct router_manager *m, uint32_t protocol_id,
                                struct hosted_protocol **ret, struct protocol_call **ret_load);
/* Its answers to CALL_LOAD, CALL_START, CALL_START_COMPLETE. */
void hosted_loaded(struct hosted_protocol *h, struct protocol_call *call);
void hosted_started(struct hosted_protocol *h, struct protocol_call *call);
void hosted_running(struct hosted_protocol *h, struct protocol_call *call);
/* A call may be queued for it now. */
bool hosted_accepts(const struct hosted_protocol *h);

#endif
