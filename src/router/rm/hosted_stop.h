/* The end of a hosted protocol: stopped or failed. */
#ifndef MPR_ROUTER_HOSTED_STOP_H
#define MPR_ROUTER_HOSTED_STOP_H

#include "router/state.h"

/* Takes it out: off all interfaces, CALL_STOP if it had been started, freed when that is over.
 * Never fails. */
void hosted_stop(struct hosted_protocol *h);
/* CALL_STOP was answered. */
void hosted_stop_answered(struct hosted_protocol *h, mpr_status status);
/* It did wrong or stopped by itself: off all interfaces, called no more. What waits for its calls
 * ends with status. */
void hosted_fail(struct hosted_protocol *h, mpr_status status);
/* Frees it; calls that are at the host are left to it. */
void hosted_free(struct hosted_protocol *h);
/* Takes it off all interfaces without telling it. */
void hosted_leave(struct hosted_protocol *h);
/* A call, or the end of a pending stop, did not come in time. */
void hosted_watchdog_fired(struct timer *timer, msec now);

#endif
