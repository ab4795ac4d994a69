/* Static routes of demand-dial interfaces that are not connected: they are held in the table, so
 * that traffic dials.
 *
 * Held are those of an interface that could be dialled now: enabled, with a device, within its
 * dial-out hours, not unreachable after a failure (KB Q193834), the router not paused; and only
 * where the host has a device for them (router_hold_set). They stay while it is being dialled, but
 * one that was unreachable when that began has none until it is connected.
 */
#ifndef MPR_ROUTER_RM_HOLD_H
#define MPR_ROUTER_RM_HOLD_H

#include "router/state.h"

/* Whether routes of a transport that is not active are to be held. */
bool rm_hold_wanted(struct iftransport *t);
/* Something has changed that counts for all interfaces. */
void rm_hold_review(struct router *r);
/* The interface may have other dial-out hours than before. */
void rm_hold_hours(struct interface *i);

#endif
