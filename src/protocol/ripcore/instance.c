/* The entry points, the life of an instance, and its events.
 *
 * stop leaves the instance alive, without interfaces, while there is something to do (leave.c), or
 * a message still to be told (an update that it ends). ROUTER_STOPPED is the last message, and
 * handing it out frees the instance; so does another stop, which waits for nothing.
 */
#include "base/trace.h"
#include "protocol/ripcore/ripcore.h"

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

mpr_status rip_start(const struct rip_family *family, struct protocol_instance **ret,
                     const struct protocol_support *support, const struct protocol_system *system,
                     const struct protocol_info *global)
{
    struct protocol_instance *p;
    mpr_status status;

    *ret = NULL;
    p = mem_alloc(sizeof(*p));
    if (!p) return ST_NOT_ENOUGH_MEMORY;
    p->family = family;
    p->support = support;
    p->system = system;
    status = rip_form_global_decode(family->form, &p->config, global);
    if (status != ST_OK) goto free_instance;
    status = take_timers(p);
    if (status != ST_OK) goto free_config;
    status = rtm_register(support->rtm, family->protocol_id, &p->entity);
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

mpr_status rip_start_complete(struct protocol_instance *p)
{
    TRACE(INFO, "%s: started, %u interfaces", p->family->name, HASH_COUNT(p->interfaces));
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

mpr_status rip_stop(struct protocol_instance *p)
{
    if (p->stopping) return stop_at_once(p);
    rip_farewell_all(p);
    p->stopping = true;
    while (p->interfaces) rip_interface_free(p->interfaces);
    rtm_entity_leave(p->entity);
    timer_stop(p->system->timers, &p->triggered);
    timer_stop(p->system->timers, &p->forget);
    if (!rip_rest(p)) return ST_PROTOCOL_STOP_PENDING;
    if (!p->events) return stop_at_once(p);
    rip_stopped(p);
    return ST_PROTOCOL_STOP_PENDING;
}

mpr_status rip_get_message(struct protocol_instance *p, enum protocol_event *ret_event,
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

mpr_status rip_set_global(struct protocol_instance *p, const struct protocol_info *info)
{
    struct rip_global_config c;
    mpr_status status = rip_form_global_decode(p->family->form, &c, info);

    if (status != ST_OK) return status;
    rip_global_free(&p->config);
    p->config = c;
    return ST_OK;
}

mpr_status rip_get_global(struct protocol_instance *p, void **ret_data, size_t *ret_size)
{
    return rip_form_global_encode(p->family->form, &p->config, ret_data, ret_size);
}

mpr_status rip_get_interface(struct protocol_instance *p, uint32_t interface, void **ret_data,
                             size_t *ret_size)
{
    struct rip_interface *i = rip_interface_find(p, interface);

    if (!i) return ST_INVALID_PARAMETER;
    return rip_form_if_encode(p->family->form, &i->config, rip_interface_state(i), true, ret_data,
                              ret_size);
}

mpr_status rip_do_update(struct protocol_instance *p, uint32_t interface)
{
    struct rip_interface *i = rip_interface_find(p, interface);

    return i ? rip_update_start(i) : ST_INVALID_PARAMETER;
}
