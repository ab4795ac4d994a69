/* One route a prefix, with what is known of it.
 *
 * A change makes before it breaks where the host can have both for a moment: with another metric,
 * and in IPv4 also with the same one. In IPv6 a second route with the same metric would make one of
 * two paths out of them, maybe with a route of somebody else's; there the former one goes first, in
 * the same message to the host.
 */
#include "hostroutes/route_plan.h"

#include <string.h>

#include "base/mem.h"
#include "hostroutes/route_table.h"

enum { WANTED = 1, PRESENT = 2, SEEN = 4 };

struct route_plan {
    plan_emit_fn *emit;
    void *context;
    struct route_table table;
    size_t present, missing;
    bool settled;
    struct hr_route *extra; /* found by a look, beside the one of the table */
    size_t extra_count, extra_capacity;
};

mpr_status plan_create(struct route_plan **ret, plan_emit_fn *emit, void *context)
{
    struct route_plan *p = mem_alloc(sizeof(*p));

    *ret = p;
    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->emit = emit;
    p->context = context;
    return ST_OK;
}

void plan_destroy(struct route_plan *p)
{
    if (!p) return;
    route_table_free(&p->table);
    mem_free(p->extra);
    mem_free(p);
}

static bool is_missing(unsigned state)
{
    return (state & (WANTED | PRESENT)) == WANTED;
}

static void set_state(struct route_plan *p, struct table_route *t, unsigned state)
{
    p->present += !!(state & PRESENT);
    p->present -= !!(t->state & PRESENT);
    p->missing += is_missing(state);
    p->missing -= is_missing(t->state);
    t->state = state;
}

static void drop(struct route_plan *p, struct table_route *t)
{
    set_state(p, t, 0);
    route_table_remove(&p->table, t);
}

/* protocol is the same for all. */
static bool same_route(const struct hr_route *a, const struct hr_route *b)
{
    return a->interface == b->interface && a->metric == b->metric && a->flags == b->flags &&
           !memcmp(a->next_hop, b->next_hop, sizeof(a->next_hop));
}

static void emit(struct route_plan *p, enum plan_operation operation, const struct hr_route *route,
                 uint32_t record)
{
    const struct hr_route copy = *route; /* what is emitted may move the table */

    p->emit(p->context, operation, &copy, record);
}

/* ---- wishes --------------------------------------------------------------------------------- */

static void change(struct route_plan *p, const struct hr_route *former,
                   const struct hr_route *route, uint32_t record)
{
    const bool same_place = former->metric == route->metric;

    if (same_place && route->family == HR_IPV6) {
        emit(p, PLAN_REMOVE, former, record);
        emit(p, PLAN_ADD, route, record);
    } else {
        emit(p, same_place ? PLAN_APPEND : PLAN_ADD, route, record);
        emit(p, PLAN_REMOVE, former, record);
    }
}

mpr_status plan_put(struct route_plan *p, const struct hr_route *route, uint32_t record)
{
    struct table_route *t = route_table_find(&p->table, route);
    struct hr_route former;
    bool present;

    if (!t) t = route_table_add(&p->table, route);
    if (!t) return ST_NOT_ENOUGH_MEMORY;
    present = t->state & PRESENT;
    former = t->route;
    t->route = *route;
    set_state(p, t, WANTED | PRESENT);
    if (!present)
        emit(p, PLAN_ADD, route, record);
    else if (!same_route(&former, route))
        change(p, &former, route, record);
    return ST_OK;
}

void plan_delete(struct route_plan *p, const struct hr_route *prefix, uint32_t record)
{
    struct table_route *t = route_table_find(&p->table, prefix);
    struct hr_route former;
    bool present;

    if (!t) return;
    present = t->state & PRESENT;
    former = t->route;
    drop(p, t);
    if (present) emit(p, PLAN_REMOVE, &former, record);
}

void plan_failed(struct route_plan *p, const struct hr_route *route)
{
    struct table_route *t = route_table_find(&p->table, route);

    if (t && same_route(&t->route, route)) set_state(p, t, t->state & ~(unsigned)PRESENT);
}

/* ---- looks ---------------------------------------------------------------------------------- */

void plan_look_begin(struct route_plan *p)
{
    p->extra_count = 0;
    for (size_t i = 0; i < p->table.count; i++) p->table.routes[i].state &= ~(unsigned)SEEN;
}

static mpr_status note_extra(struct route_plan *p, const struct hr_route *route)
{
    if (p->extra_count == p->extra_capacity) {
        size_t capacity = p->extra_capacity ? p->extra_capacity * 2 : 16;
        struct hr_route *grown = mem_grow(p->extra, p->extra_capacity, capacity, sizeof(*grown));
        if (!grown) return ST_NOT_ENOUGH_MEMORY;
        p->extra = grown;
        p->extra_capacity = capacity;
    }
    p->extra[p->extra_count++] = *route;
    return ST_OK;
}

mpr_status plan_found(struct route_plan *p, const struct hr_route *route)
{
    struct table_route *t = route_table_find(&p->table, route);

    if (!route->interface || (t && !same_route(&t->route, route))) return note_extra(p, route);
    if (!t) t = route_table_add(&p->table, route);
    if (!t) return ST_NOT_ENOUGH_MEMORY;
    set_state(p, t, t->state | PRESENT | SEEN);
    return ST_OK;
}

static uint32_t remove_extra(struct route_plan *p)
{
    uint32_t count = (uint32_t)p->extra_count;

    for (size_t i = 0; i < p->extra_count; i++) emit(p, PLAN_REMOVE, &p->extra[i], PLAN_NONE);
    p->extra_count = 0;
    return count;
}

/* From the end, since a removal moves the last one. */
static uint32_t remove_unwanted(struct route_plan *p)
{
    uint32_t count = 0;

    for (size_t i = p->table.count; i-- > 0;) {
        struct table_route *t = &p->table.routes[i];
        struct hr_route route = t->route;
        if (t->state & WANTED) continue;
        drop(p, t);
        emit(p, PLAN_REMOVE, &route, PLAN_NONE);
        count++;
    }
    return count;
}

void plan_settle(struct route_plan *p)
{
    p->settled = true;
    remove_unwanted(p);
}

static void forget_unseen(struct route_plan *p)
{
    for (size_t i = p->table.count; i-- > 0;) {
        struct table_route *t = &p->table.routes[i];

        if (t->state & SEEN) continue;
        set_state(p, t, t->state & ~(unsigned)PRESENT);
        if (!t->state) drop(p, t);
    }
}

static uint32_t add_missing(struct route_plan *p)
{
    uint32_t count = 0;

    for (size_t i = 0; i < p->table.count; i++) {
        struct table_route *t = &p->table.routes[i];

        if (!is_missing(t->state)) continue;
        set_state(p, t, t->state | PRESENT);
        emit(p, PLAN_ADD, &t->route, PLAN_NONE);
        count++;
    }
    return count;
}

void plan_look_end(struct route_plan *p, struct plan_difference *ret)
{
    ret->removed = remove_extra(p);
    forget_unseen(p);
    if (p->settled) ret->removed += remove_unwanted(p);
    ret->added = add_missing(p);
}

void plan_withdraw(struct route_plan *p)
{
    for (size_t i = p->table.count; i-- > 0;) {
        struct table_route *t = &p->table.routes[i];
        struct hr_route route = t->route;
        bool present = t->state & PRESENT;
        drop(p, t);
        if (present) emit(p, PLAN_REMOVE, &route, PLAN_NONE);
    }
}

size_t plan_present(const struct route_plan *p)
{
    return p->present;
}

size_t plan_missing(const struct route_plan *p)
{
    return p->missing;
}
