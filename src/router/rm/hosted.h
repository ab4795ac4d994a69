/* A hosted protocol's life: loaded, started, running, stopped or failed. */
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
 * protocol has started or failed. */
void hosted_start_foreign(struct hosted_protocol *h, struct protocol_call *load,
                          struct request *request);
/* Its answers to CALL_LOAD, CALL_START, CALL_START_COMPLETE. */
void hosted_loaded(struct hosted_protocol *h, struct protocol_call *call);
void hosted_started(struct hosted_protocol *h, struct protocol_call *call);
void hosted_running(struct hosted_protocol *h, struct protocol_call *call);
/* Takes it out: off all interfaces, CALL_STOP, freed when that is over. Never fails. */
void hosted_stop(struct hosted_protocol *h);
/* CALL_STOP was answered. */
void hosted_stop_answered(struct hosted_protocol *h, mpr_status status);
/* It did wrong or stopped by itself: off all interfaces, called no more. What waits for its calls
 * ends with status. */
void hosted_fail(struct hosted_protocol *h, mpr_status status);
/* Frees it; calls that are at the host are left to it. */
void hosted_free(struct hosted_protocol *h);
/* A call may be queued for it now. */
bool hosted_accepts(const struct hosted_protocol *h);

#endif
