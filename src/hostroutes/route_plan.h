/* What the host has to be told, so that of the router's routes it has those that are wanted.
 *
 * The plan knows each route with the router's number: whether it is wanted, and whether the host
 * has it. It works with operations that can't touch a route of anybody else: an add fails where
 * another's route has the same prefix and metric, and a removal names the number.
 *
 * A route that an earlier router left is adopted when it is wanted as it is: the host is not told
 * at all, so packets never miss it.
 */
#ifndef MPR_HOSTROUTES_ROUTE_PLAN_H
#define MPR_HOSTROUTES_ROUTE_PLAN_H

#include "base/status.h"
#include "hostroutes/message.h"

enum plan_operation {
    PLAN_ADD = 1, /* only where no route has this prefix and metric */
    PLAN_APPEND,  /* behind whatever has them (IPv4): the router's former one, which goes next */
    PLAN_REMOVE   /* exactly this one */
};

/* An operation that is due, in order. record is what plan_put or plan_delete was given, PLAN_NONE
 * for anything else. It may report failures of earlier ones from within by plan_failed. */
#define PLAN_NONE UINT32_MAX
typedef void plan_emit_fn(void *context, enum plan_operation operation,
                          const struct hr_route *route, uint32_t record);

struct route_plan;

/* ST_NOT_ENOUGH_MEMORY. */
mpr_status plan_create(struct route_plan **ret, plan_emit_fn *emit, void *context);
void plan_destroy(struct route_plan *p);

/* The route is wanted, in place of any other to its prefix. ST_NOT_ENOUGH_MEMORY: nothing has
 * changed. */
mpr_status plan_put(struct route_plan *p, const struct hr_route *route, uint32_t record);
/* No route to this prefix is wanted; only family, length and destination count. */
void plan_delete(struct route_plan *p, const struct hr_route *prefix, uint32_t record);
/* All that are wanted have been put: what was found beside them is removed, now and later. */
void plan_settle(struct route_plan *p);
/* An add or append did not succeed: the host does not have the route. */
void plan_failed(struct route_plan *p, const struct hr_route *route);

/* A look at the host: each route that it has with the router's number is given to plan_found
 * (interface 0: one that can't be the router's, such as one of several paths). plan_look_end adds
 * what is wanted and was not found, and removes what is there twice, or unwanted once it is
 * settled. Between begin and end nothing is put or deleted. Where a look can't be finished the next
 * begin drops it. ST_NOT_ENOUGH_MEMORY: this one is not known. */
void plan_look_begin(struct route_plan *p);
mpr_status plan_found(struct route_plan *p, const struct hr_route *route);
struct plan_difference {
    uint32_t added, removed;
};
void plan_look_end(struct route_plan *p, struct plan_difference *ret);

/* Removes all that the host has. */
void plan_withdraw(struct route_plan *p);

size_t plan_present(const struct route_plan *p); /* routes that the host has */
size_t plan_missing(const struct route_plan *p); /* wanted ones that it does not have */

#endif
