/* The entry points of RIP, its life, and its events.
 *
 * stop leaves the instance alive, without interfaces, while there is something to do (leave.c), or
 * a message still to be told (an update that it ends). ROUTER_STOPPED is the last message, and
 * handing it out frees the instance; so does another stop, which waits for nothing.
 */
#include "protocol/rip/rip.h"

#include "base/trace.h"
#include "protocol/rip/internal.h"

#define OWN_TIMERS 3u

struct rip_interface *rip_interface_find(const struct protocol_instance *p, uint32_t index)
{
    struct rip_interface *i = NULL;

    HASH_FIND(hh, p->interfaces, &index, sizeof(index), i);
    return i;
}

msec rip_now(const struct protocol_instance *p)
{
    return p->system->now(p->system->context);
}

uint32_t rip_random(const struct protocol_instance *p, uint32_t low, uint32_t high)
{
    uint32_t value = p->system->random(p->system->context);

    return high > low ? low + value % (high - low + 1) : low;
}

void rip_event_queue(struct protocol_instance *p, struct rip_event *e)
{
    DL_APPEND(p->events, e);
    p->support->notify(p->support->context);
}

static mpr_status take_timers(struct protocol_instance *p)
{
    struct timer_heap *timers = p->system->timers;

    p->triggered.fire = rip_triggered_timer;
    p->forget.fire = rip_forget_timer;
    p->rest.fire = rip_rest_timer;
    for (unsigned k = 0; k < OWN_TIMERS; k++) {
        if (timer_reserve(timers)) continue;
        while (k--) timer_unreserve(timers);
        return ST_NOT_ENOUGH_MEMORY;
    }
    return ST_OK;
}

static void give_timers_back(struct protocol_instance *p)
{
    struct timer_heap *timers = p->system->timers;

    timer_stop(timers, &p->triggered);
    for (unsigned k = 0; k < OWN_TIMERS; k++) timer_unreserve(timers);
}

static mpr_status start(struct protocol_instance **ret, const struct protocol_support *support,
                        const struct protocol_system *system, const struct protocol_info *global)
{
    struct protocol_instance *p;
    mpr_status status;

    *ret = NULL;
    p = mem_alloc(sizeof(*p));
    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->support = support;
    p->system = system;
    status = rip_global_decode(&p->config, global);
    if (status != ST_OK) goto free_instance;
    status = take_timers(p);
    if (status != ST_OK) goto free_config;
    status = rtm_register(support->rtm, RIP_PROTOCOL_ID, &p->entity);
    if (status != ST_OK) goto free_timers;
    status = rtm_consumer_open(support->rtm, rip_changes_wake, p, &p->changes);
    if (status != ST_OK) goto free_entity;
    *ret = p;
    return ST_OK;

free_entity:
    rtm_deregister(p->entity);
free_timers:
    give_timers_back(p);
free_config:
    rip_global_free(&p->config);
free_instance:
    mem_free(p);
    return status;
}

static mpr_status start_complete(struct protocol_instance *p)
{
    TRACE(INFO, "rip: started, %u interfaces", HASH_COUNT(p->interfaces));
    return ST_OK;
}

static void release(struct protocol_instance *p)
{
    rtm_consumer_close(p->changes);
    p->changes = NULL;
    rtm_deregister(p->entity);
    p->entity = NULL;
    give_timers_back(p);
    rip_global_free(&p->config);
}

void rip_stopped(struct protocol_instance *p)
{
    release(p);
    p->stopped.type = PROTOCOL_ROUTER_STOPPED;
    rip_event_queue(p, &p->stopped);
}

static mpr_status stop_at_once(struct protocol_instance *p)
{
    struct rip_event *e, *next;

    if (p->entity) {
        rip_rest_end(p);
        release(p);
    }
    DL_FOREACH_SAFE (p->events, e, next) {
        if (e != &p->stopped) mem_free(e);
    }
    mem_free(p);
    return ST_OK;
}

static mpr_status stop(struct protocol_instance *p)
{
    if (p->stopping) return stop_at_once(p);
    while (p->interfaces) rip_interface_free(p->interfaces);
    p->stopping = true;
    rtm_entity_leave(p->entity);
    timer_stop(p->system->timers, &p->triggered);
    if (!rip_rest(p)) return ST_PROTOCOL_STOP_PENDING;
    if (!p->events) return stop_at_once(p);
    rip_stopped(p);
    return ST_PROTOCOL_STOP_PENDING;
}

static mpr_status get_event_message(struct protocol_instance *p, enum protocol_event *ret_event,
                                    struct protocol_message *ret_message)
{
    struct rip_event *e = p->events;

    if (!e) return ST_NO_MORE_ITEMS;
    DL_DELETE(p->events, e);
    *ret_event = e->type;
    *ret_message = e->message;
    mem_free(e == &p->stopped ? (void *)p : (void *)e);
    return ST_OK;
}

static mpr_status set_global_info(struct protocol_instance *p, const struct protocol_info *info)
{
    struct rip_global_config c;
    mpr_status status = rip_global_decode(&c, info);

    if (status != ST_OK) return status;
    rip_global_free(&p->config);
    p->config = c;
    return ST_OK;
}

static mpr_status get_global_info(struct protocol_instance *p, void **ret_data, size_t *ret_size)
{
    return rip_global_encode(&p->config, ret_data, ret_size);
}

static mpr_status get_interface_info(struct protocol_instance *p, uint32_t interface,
                                     void **ret_data, size_t *ret_size)
{
    struct rip_interface *i = rip_interface_find(p, interface);

    if (!i) return ST_INVALID_PARAMETER;
    return rip_if_encode(&i->config, rip_interface_state(i), true, ret_data, ret_size);
}

static mpr_status do_update_routes(struct protocol_instance *p, uint32_t interface)
{
    struct rip_interface *i = rip_interface_find(p, interface);

    return i ? rip_update_start(i) : ST_INVALID_PARAMETER;
}

const struct routing_protocol rip_protocol = {
    .name = "RIP",
    .protocol_id = RIP_PROTOCOL_ID,
    .functionality = PROTOCOL_ROUTING | PROTOCOL_DEMAND_UPDATE_ROUTES,
    .start = start,
    .start_complete = start_complete,
    .stop = stop,
    .set_global_info = set_global_info,
    .get_global_info = get_global_info,
    .add_interface = rip_interface_add,
    .delete_interface = rip_interface_delete,
    .interface_status = rip_interface_status,
    .set_interface_info = rip_interface_set,
    .get_interface_info = get_interface_info,
    .get_event_message = get_event_message,
    .do_update_routes = do_update_routes,
    .datagram = rip_input,
    .mib_get = rip_mib_get,
};
