/* The interface table: finding, making and walking interfaces. */
#ifndef MPR_ROUTER_INTERFACE_H
#define MPR_ROUTER_INTERFACE_H

#include "router/state.h"

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
struct interface *interface_get(const struct router *r, handle_t32 handle);
struct interface *interface_by_index(const struct router *r, uint32_t index);
bool interface_is_demand_dial(const struct interface *i);

#endif
