/* What an interface leaves behind that goes down, and RIP when it stops.
 *
 * Its routes are RTM's until somebody deletes them, one by one, and its neighbours want to be told
 * that everything is unreachable. With a large table that is long work, which is done in portions
 * with the lock left in between. So the interface is rid of both at once: the routes go to a list
 * of the instance, and a copy of the interface says farewell, as long as the interface itself does
 * not come up again. A demand-dial link goes with its interface: there one portion has to do.
 *
 * At a stop all interfaces say farewell before the first of them leaves, since what goes with one
 * has been told on the others; and the table stays as it is until the last farewell is said. A stop
 * that leaves such work is pending until it is done.
 */
#include "protocol/ripcore/ripcore.h"

/* ---- farewells ------------------------------------------------------------------------------- */

void rip_farewell_free(struct rip_interface *i)
{
    struct protocol_instance *p = i->rip;

    rip_tables_free(i);
    DL_DELETE(p->farewells, i);
    timer_unreserve(p->system->timers);
    rip_if_free(&i->config);
    mem_free(i);
    if (p->stopping && !p->farewells) timer_start(p->system->timers, &p->rest, rip_now(p));
}

void rip_farewell_end(struct protocol_instance *p, uint32_t index)
{
    struct rip_interface *i, *next;

    DL_FOREACH_SAFE (p->farewells, i, next) {
        if (!index || i->index == index) rip_farewell_free(i);
    }
}

/* NULL: no memory. */
static struct rip_interface *copy(const struct rip_interface *i)
{
    struct rip_interface *c = rip_interface_new(i->rip);

    if (!c) return NULL;
    c->index = i->index;
    c->type = i->type;
    c->auth = i->auth;
    c->binding = i->binding;
    c->leaving = true;
    c->table_timer.fire = rip_table_timer;
    if (!rip_if_copy(&c->config, &i->config)) goto free_copy;
    if (!timer_reserve(i->rip->system->timers)) goto free_config;
    DL_APPEND(i->rip->farewells, c);
    return c;

free_config:
    rip_if_free(&c->config);
free_copy:
    mem_free(c);
    return NULL;
}

void rip_farewell(struct rip_interface *i, bool stays)
{
    bool large = rtm_destination_count(i->rip->support->rtm) + i->rip->gone_count > RIP_PORTION;
    struct rip_interface *c;

    if (!rip_announces(i) || !(i->config.flags & RIP_GRACEFUL_SHUTDOWN)) return;
    c = large && stays ? copy(i) : NULL;
    rip_table_farewell(c ? c : i);
    if (c && !c->tables) rip_farewell_free(c);
}

void rip_farewell_all(struct protocol_instance *p)
{
    rip_changes_follow(p);
    for (struct rip_interface *i = p->interfaces; i; i = i->hh.next) {
        rip_tables_free(i);
        rip_farewell(i, true);
    }
}

/* ---- the rest -------------------------------------------------------------------------------- */

/* Up to a portion of it; false: there is more. */
static bool rest_portion(struct protocol_instance *p)
{
    struct rtm_prefix prefix;
    const struct rtm_route *best;
    bool over = rip_left_portion(p);

    for (unsigned n = 0; p->stopping && n < 2 * RIP_PORTION; n++) {
        if (!rtm_consumer_next(p->changes, &prefix, &best)) return rip_gone_free(p) && over;
    }
    return over && !p->stopping;
}

/* The end of the last farewell starts the timer. */
static bool waits_for_farewells(const struct protocol_instance *p)
{
    return p->stopping && p->farewells;
}

bool rip_rest(struct protocol_instance *p)
{
    bool waits = waits_for_farewells(p), over = !waits && rest_portion(p);

    if (over || waits)
        timer_stop(p->system->timers, &p->rest);
    else
        timer_start(p->system->timers, &p->rest, rip_now(p));
    return over;
}

void rip_leave(struct rip_interface *i)
{
    rip_routes_leave(i);
    if (!i->rip->stopping) (void)rip_rest(i->rip);
}

void rip_rest_timer(struct timer *t, msec now)
{
    struct protocol_instance *p = RIP_CONTAINER(struct protocol_instance, rest, t);

    (void)now;
    if (rip_rest(p) && p->stopping) rip_stopped(p);
}

void rip_rest_end(struct protocol_instance *p)
{
    rip_farewell_end(p, 0);
    while (!rest_portion(p)) continue;
    timer_stop(p->system->timers, &p->rest);
}
