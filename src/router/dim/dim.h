/* What the files of DIM and DDM share: router.c, server.c, interface*.c, adapters.c,
 * notification.c, ddm*.c. */
#ifndef MPR_ROUTER_DIM_H
#define MPR_ROUTER_DIM_H

#include "router/state.h"

/* ---- interface.c: the table ------------------------------------------------------------------ */

/* The interface of that name, compared without case, clients left out; NULL: there is none. */
struct interface *interface_by_name(const struct router *r, const char16_t *name);

/* A new, enabled interface in the table, with its handle; state and reasons are still 0.
 * ST_INVALID_PARAMETER (name empty or too long), ST_INTERFACE_ALREADY_EXISTS (clients may share a
 * name), ST_NOT_ENOUGH_MEMORY: nothing changed. */
mpr_status interface_new(struct router *r, const char16_t *name, enum interface_type type,
                         struct interface **ret);
/* Takes it out of the table and frees it; what rm_, ddm_ and lan_ attached is gone already. */
void interface_free(struct interface *i);

/* The live interfaces in order of creation: *position is 0 to begin; NULL at the end. */
struct interface *interface_next(const struct router *r, size_t *position);

/* Position of the first entry of r->order after that order number. */
size_t interface_position_after(const struct router *r, uint32_t order);

/* ---- ddm.c: connection state ----------------------------------------------------------------- */

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

/* ---- adapters.c: LAN interfaces -------------------------------------------------------------- */

/* The adapter side of a DEDICATED or LOOPBACK interface. */
struct lan_link {
    struct interface *interface;
    bool present; /* the host has the adapter */
    bool up;      /* and it has a link */
    bool lent;    /* a demand-dial connection uses it: no LAN interface meanwhile */
    bool seen;    /* in the list that is being worked through */
    struct ip_binding binding;
    struct lan_link *prev, *next;
};

/* ST_NOT_ENOUGH_MEMORY. The interface is unreachable until its adapter shows up. */
mpr_status lan_attach(struct interface *i);
void lan_detach(struct interface *i);
/* A demand-dial connection takes (lent) or returns the adapter of that host index. */
void lan_lend(struct router *r, uint32_t host_index, bool lent);

/* ---- notification.c -------------------------------------------------------------------------- */

/* Ends all registrations of a server handle; 0: of any. */
void notification_server_closed(struct router *r, handle_t32 server);

#endif
