/* How long a demand-dial interface is left alone after a connection that failed. */
#ifndef MPR_ROUTER_BACK_OFF_H
#define MPR_ROUTER_BACK_OFF_H

#include "router/state.h"

/* A connection failed, and the interface is unreachable for so long (struct back_off). */
msec ddm_back_off(struct interface *i);
/* It connected: the next failure counts as the first. */
void ddm_back_off_end(struct interface *i);

#endif
