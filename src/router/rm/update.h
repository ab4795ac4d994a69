/* The autostatic update of a transport on an interface. */
#ifndef MPR_ROUTER_UPDATE_H
#define MPR_ROUTER_UPDATE_H

#include "router/state.h"

void update_init(struct iftransport *t); /* once its watchdog is reserved */
/* The running update, if any, ends with status; with forget also the last result. */
void update_abort(struct iftransport *t, mpr_status status, bool forget);
/* b's protocol has done its part of the running update, if it has one. */
void update_part_done(struct iftransport *t, struct protocol_binding *b, mpr_status status);
/* The answer to CALL_DO_UPDATE_ROUTES. */
void update_call_answered(struct hosted_protocol *h, const struct protocol_call *call);
/* UPDATE_COMPLETE. */
void update_message(struct hosted_protocol *h, const struct protocol_message *message);
/* A server handle closes: its updates are completed with ST_OPERATION_ABORTED. */
void rm_server_closed(struct router *r, handle_t32 server);

#endif
