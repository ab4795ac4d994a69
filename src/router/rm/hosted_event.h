/* Events of hosted protocols, and the answers that events ask for. */
#ifndef MPR_ROUTER_HOSTED_EVENT_H
#define MPR_ROUTER_HOSTED_EVENT_H

#include "router/state.h"

/* The answer to CALL_GET_GLOBAL_INFO or CALL_GET_INTERFACE_INFO. */
void hosted_info_answered(struct hosted_protocol *h, const struct protocol_call *call);
/* Drains the events of built-in protocols that called notify; called at the end of every public
 * function that may have run one (router_run_timers, router_datagram, ...). */
void hosted_drain(struct router *r);

#endif
