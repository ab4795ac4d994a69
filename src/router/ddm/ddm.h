/* Connection states of demand-dial interfaces, for the rest of the router. */
#ifndef MPR_ROUTER_DDM_H
#define MPR_ROUTER_DDM_H

#include "router/state.h"

/* What a demand-dial interface needs for its life: timer, hang-up, configuration.
 * ST_NOT_ENOUGH_MEMORY: nothing attached. */
mpr_status ddm_attach(struct interface *i, const struct dial_entry *entry,
                      const struct dial_plan *plan);
/* Not while connected or connecting, unless the router ends. */
void ddm_detach(struct interface *i);
/* Connected or connecting. */
bool ddm_busy(const struct interface *i);
/* Breaks off a connection or an attempt; who waits for it gets status. */
void ddm_stop(struct interface *i, mpr_status status);
/* Why it could not be dialled at this moment, REASON_ bits; 0: it could. */
uint32_t ddm_obstacles(const struct interface *i);
/* The configuration of the next connection. */
const struct dial_config *ddm_config(const struct interface *i);
/* Takes a configuration over: now when idle, else from the next connection on. */
void ddm_configure(struct interface *i, struct dial_config *config);
/* Starts connecting, all conditions being met. ST_PENDING, ST_NOT_ENOUGH_MEMORY. */
mpr_status ddm_start(struct interface *i, struct request *request);
/* The end of the current attempt; binding for ST_OK only, NULL for an unnumbered link. */
void ddm_attempt_over(struct interface *i, mpr_status result, const struct ip_binding *binding);
/* The link is gone by itself. */
void ddm_lost(struct interface *i, mpr_status reason);
/* ddm.c: the administration DLLs have spoken. */
void ddm_admitted(struct interface *i, mpr_status answer);
/* ddm.c */
/* router_destroy: hangs up, completes what waits with ST_ROUTER_STOPPED. */
void ddm_shutdown(struct router *r);

#endif
