/* A kernel's table for a plan: what add, append and remove do there, and routes of somebody else's.
 */
#ifndef TESTS_UNIT_HOSTROUTES_MODEL_KERNEL_H
#define TESTS_UNIT_HOSTROUTES_MODEL_KERNEL_H

#include "hostroutes/route_plan.h"

#define MODEL_ROUTES 512u

struct model_kernel {
    struct route_plan *plan; /* is told of failures */
    struct hr_route routes[MODEL_ROUTES];
    bool foreign[MODEL_ROUTES];
    size_t count;
    size_t operations; /* ever carried out or refused */
    size_t failures;
    bool full; /* adds fail */
};

/* plan_emit_fn; the context is the model. */
void model_emit(void *model, enum plan_operation operation, const struct hr_route *route,
                uint32_t record);
/* Straight into the table. */
void model_put(struct model_kernel *k, const struct hr_route *route, bool foreign);
/* Takes the n-th away. */
void model_drop(struct model_kernel *k, size_t n);
/* Our route to a prefix; NULL: none. *ret_count (optional): how many there are. */
const struct hr_route *model_find(const struct model_kernel *k, const struct hr_route *prefix,
                                  size_t *ret_count);
size_t model_count(const struct model_kernel *k, bool foreign);
/* Gives our routes to the plan: a look. */
mpr_status model_look(struct model_kernel *k, struct plan_difference *ret);
bool model_same(const struct hr_route *a, const struct hr_route *b);

#endif
