#include "router/rm/rm_hold.h"

#include "infoblock/types.h"
#include "router/ddm/ddm.h"
#include "router/ddm/dial_config.h"
#include "router/dim/interface.h"
#include "router/rm/host_routes.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm_demand.h"
#include "router/rm/rm_interface.h"
#include "router/rm/rm_routes.h"

#define SECONDS_A_MINUTE 60u

/* ---- whether --------------------------------------------------------------------------------- */

/* Ports come and go with other interfaces; a demand that finds none is refused then. */
static bool could_be_dialled(const struct interface *i)
{
    return !(ddm_obstacles(i) & ~(uint32_t)REASON_OUT_OF_RESOURCES) &&
           dial_config_usable(ddm_config(i));
}

static bool phase_allows(const struct iftransport *t)
{
    const struct interface *i = t->interface;

    if (i->phase == DIAL_DIALLING || i->phase == DIAL_PAUSE) return t->held;
    return i->phase == DIAL_IDLE && could_be_dialled(i);
}

static bool has_rows_that_dial(const struct iftransport *t)
{
    struct info_block block;

    if (rm_routes_find(&t->info, &block) != ST_OK || !block.data) return false;
    for (uint32_t n = 0; n < block.count; n++) {
        if (rm_row_at(&block, n).proto != ROUTE_PROTO_NT_STATIC_NON_DOD) return true;
    }
    return false;
}

bool rm_hold_wanted(struct iftransport *t)
{
    struct router *r = t->interface->router;

    if (!interface_is_demand_dial(t->interface) || !phase_allows(t) || !has_rows_that_dial(t))
        return false;
    if (!r->hold.wanted) {
        r->hold.wanted = true;
        host_routes_wake(r);
    }
    return r->hold.host_index != 0;
}

bool router_hold_wanted(const struct router *r)
{
    return r->hold.wanted;
}

/* ---- when ------------------------------------------------------------------------------------ */

void rm_hold_review(struct router *r)
{
    struct interface *i;

    for (size_t at = 0; (i = interface_next(r, &at));) {
        if (interface_is_demand_dial(i)) rm_interface_changed(i);
    }
}

static timer_fn hours_go_by;

/* Hours begin and end with a minute. */
static void wait_a_minute(struct router *r)
{
    const uint32_t second = r->host->unix_time(r->host->context) % SECONDS_A_MINUTE;

    r->hold.hours.fire = hours_go_by;
    timer_start(&r->timers, &r->hold.hours, r->now + (msec)(SECONDS_A_MINUTE - second) * 1000);
}

/* As long as any has some. */
static void review_hours(struct router *r)
{
    struct interface *i;
    bool any = false;

    for (size_t at = 0; (i = interface_next(r, &at));) {
        if (!i->dialout_hours) continue;
        rm_interface_changed(i);
        any = true;
    }
    if (any) wait_a_minute(r);
}

static void hours_go_by(struct timer *timer, msec now)
{
    (void)now;
    review_hours(CONTAINER_OF(timer, struct router, hold.hours));
}

void rm_hold_hours(struct interface *i)
{
    struct router *r = i->router;

    if (r->hold.host_index && i->dialout_hours) wait_a_minute(r);
}

static bool reserve_timer(struct router *r)
{
    if (!r->hold.reserved) r->hold.reserved = timer_reserve(&r->timers);
    return r->hold.reserved;
}

/* Another device: none in between, so that the host is told of each route. */
mpr_status router_hold_set(struct router *r, uint32_t host_index)
{
    if (host_index == r->hold.host_index) return ST_OK;
    if (host_index && !reserve_timer(r)) return ST_NOT_ENOUGH_MEMORY;
    r->hold.host_index = 0;
    rm_hold_review(r);
    r->hold.host_index = host_index;
    rm_hold_review(r);
    timer_stop(&r->timers, &r->hold.hours);
    if (host_index) review_hours(r);
    hosted_drain(r);
    return ST_OK;
}
