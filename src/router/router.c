/* The router as a whole: its life, its time, and what built-in protocols get from the system.
 *
 * The core has no clock: the engine (or a test) tells it the time, and everything that happens
 * later is a timer in one heap.
 */
#include "router/ddm/client.h"
#include "router/ddm/ddm.h"
#include "router/ddm/port.h"
#include "router/dim/adapters.h"
#include "router/dim/interface.h"
#include "router/dim/notification.h"
#include "router/post.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm.h"
#include "router/state.h"

#define DEFAULT_RIP_PORT        520u
#define DEFAULT_UPDATE_TIMEOUT  ((msec)90 * 1000)
#define DEFAULT_CALL_TIMEOUT    ((msec)30 * 1000)
#define DEFAULT_REACHABLE_AGAIN ((msec)600 * 1000)

static msec system_now(void *context)
{
    return ((struct router *)context)->now;
}

static uint32_t system_unix_time(void *context)
{
    const struct router_host *host = ((struct router *)context)->host;

    return host->unix_time(host->context);
}

static uint32_t system_random(void *context)
{
    const struct router_host *host = ((struct router *)context)->host;

    return host->random(host->context);
}

static mpr_status system_send(void *context, const struct protocol_datagram *datagram)
{
    return post_send(context, datagram) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status system_listen(void *context, const struct ip_binding *binding, uint32_t group,
                                bool start)
{
    return post_listen(context, binding, group, start) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static void config_complete(struct router_config *c)
{
    if (!c->rip_port) c->rip_port = DEFAULT_RIP_PORT;
    if (!c->update_timeout) c->update_timeout = DEFAULT_UPDATE_TIMEOUT;
    if (!c->call_timeout) c->call_timeout = DEFAULT_CALL_TIMEOUT;
    if (!c->reachable_again) c->reachable_again = DEFAULT_REACHABLE_AGAIN;
}

mpr_status router_create(struct router **ret, const struct router_host *host,
                         const struct router_config *config)
{
    struct router *r = mem_alloc(sizeof(*r));

    if (!r) return ST_NOT_ENOUGH_MEMORY;
    r->host = host;
    r->config = *config;
    config_complete(&r->config);
    handle_table_init(&r->handles);
    timer_heap_init(&r->timers);
    r->system = (struct protocol_system){
        .context = r,
        .timers = &r->timers,
        .now = system_now,
        .receive_burst = config->receive_burst,
        .route_limit = config->route_limit,
        .unix_time = system_unix_time,
        .random = system_random,
        .send = system_send,
        .listen = system_listen,
        .md5 = host->md5,
        .port = r->config.rip_port,
    };
    *ret = r;
    return ST_OK;
}

static void interfaces_free(struct router *r)
{
    while (r->order_used) {
        struct interface *i = r->order[r->order_used - 1].interface;

        if (i) {
            if (interface_is_demand_dial(i)) ddm_detach(i);
            lan_detach(i);
            interface_free(i);
        }
        /* interface_free may have closed holes; what is left at the end then is one no more. */
        while (r->order_used && !r->order[r->order_used - 1].interface) {
            r->order_used--;
            r->order_dead--;
        }
    }
    mem_free(r->order);
}

void router_destroy(struct router *r)
{
    if (!r) return;
    rm_shutdown(r);
    ddm_shutdown(r);
    clients_shutdown(r);
    notification_server_closed(r, 0);
    router_flush(r);
    interfaces_free(r);
    ports_free(r);
    timer_heap_free(&r->timers);
    handle_table_free(&r->handles);
    mem_free(r);
}

void router_set_now(struct router *r, msec now)
{
    if (!r->clock_set) {
        r->clock_set = true;
        r->started = now;
    }
    if (now > r->now) r->now = now;
}

msec router_now(const struct router *r)
{
    return r->now;
}

void router_run_timers(struct router *r)
{
    if (timer_next_due(&r->timers) > r->now) return;
    timer_run(&r->timers, r->now);
    hosted_drain(r);
}

msec router_next_due(const struct router *r)
{
    return timer_next_due(&r->timers);
}

struct outbox *router_outbox(struct router *r)
{
    return &r->outbox;
}

const struct router_host *router_host_of(struct router *r)
{
    return r->host;
}

void router_flush(struct router *r)
{
    struct outbox_entry *entry;
    outbox_fn *act;
    uintptr_t value;

    while ((entry = outbox_pop(&r->outbox, &act, &value))) act(r->host, entry, value);
}
