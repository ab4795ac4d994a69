/* IPv4 keeps several routes of one prefix and metric apart, IPv6 makes paths of one route out of
 * them: so an append there would be an error of the plan, which asserts here. */
#include "unit/hostroutes/model_kernel.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds) abort();
}

static bool same_prefix(const struct hr_route *a, const struct hr_route *b)
{
    return a->family == b->family && a->length == b->length &&
           !memcmp(a->destination, b->destination, sizeof(a->destination));
}

bool model_same(const struct hr_route *a, const struct hr_route *b)
{
    return same_prefix(a, b) && a->metric == b->metric && a->interface == b->interface &&
           a->flags == b->flags && !memcmp(a->next_hop, b->next_hop, sizeof(a->next_hop));
}

static bool place_taken(const struct model_kernel *k, const struct hr_route *route)
{
    for (size_t i = 0; i < k->count; i++) {
        if (same_prefix(&k->routes[i], route) && k->routes[i].metric == route->metric) return true;
    }
    return false;
}

void model_put(struct model_kernel *k, const struct hr_route *route, bool foreign)
{
    must(k->count < MODEL_ROUTES);
    k->routes[k->count] = *route;
    k->foreign[k->count++] = foreign;
}

void model_drop(struct model_kernel *k, size_t n)
{
    k->count--;
    k->routes[n] = k->routes[k->count];
    k->foreign[n] = k->foreign[k->count];
}

static bool remove_one(struct model_kernel *k, const struct hr_route *route)
{
    for (size_t i = 0; i < k->count; i++) {
        if (k->foreign[i] || !model_same(&k->routes[i], route)) continue;
        model_drop(k, i);
        return true;
    }
    return false;
}

static void fail(struct model_kernel *k, const struct hr_route *route)
{
    k->failures++;
    plan_failed(k->plan, route);
}

void model_emit(void *model, enum plan_operation operation, const struct hr_route *route,
                uint32_t record)
{
    struct model_kernel *k = model;

    (void)record;
    k->operations++;
    if (operation == PLAN_REMOVE) {
        if (!remove_one(k, route)) k->failures++;
        return;
    }
    must(operation == PLAN_ADD || route->family == HR_IPV4);
    if (k->full || (operation == PLAN_ADD && place_taken(k, route)))
        fail(k, route);
    else
        model_put(k, route, false);
}

const struct hr_route *model_find(const struct model_kernel *k, const struct hr_route *prefix,
                                  size_t *ret_count)
{
    const struct hr_route *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < k->count; i++) {
        if (k->foreign[i] || !same_prefix(&k->routes[i], prefix)) continue;
        found = &k->routes[i];
        count++;
    }
    if (ret_count) *ret_count = count;
    return found;
}

size_t model_count(const struct model_kernel *k, bool foreign)
{
    size_t count = 0;

    for (size_t i = 0; i < k->count; i++) count += k->foreign[i] == foreign;
    return count;
}

mpr_status model_look(struct model_kernel *k, struct plan_difference *ret)
{
    mpr_status status = ST_OK;

    plan_look_begin(k->plan);
    for (size_t i = 0; i < k->count && status == ST_OK; i++) {
        if (!k->foreign[i]) status = plan_found(k->plan, &k->routes[i]);
    }
    if (status == ST_OK) plan_look_end(k->plan, ret);
    return status;
}
