/* The router as a whole: its life and its time.
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
#include "router/rm/hosted_event.h"
#include "router/rm/rm.h"
#include "router/state.h"

#define DEFAULT_UPDATE_TIMEOUT  ((msec)90 * 1000)
#define DEFAULT_CALL_TIMEOUT    ((msec)30 * 1000)
#define DEFAULT_REACHABLE_AGAIN ((msec)600 * 1000)

static void config_complete(struct router_config *c)
{
    if (!c->update_timeout) c->update_timeout = DEFAULT_UPDATE_TIMEOUT;
    if (!c->call_timeout) c->call_timeout = DEFAULT_CALL_TIMEOUT;
    if (!c->reachable_again) c->reachable_again = DEFAULT_REACHABLE_AGAIN;
}

/* The caller's rows need not outlive the call. */
static bool builtins_copy(struct router *r)
{
    const size_t count = r->config.builtin_count;

    if (!count) return true;
    r->builtins = mem_dup(r->config.builtins, count * sizeof(*r->builtins));
    if (!r->builtins) return false;
    r->config.builtins = r->builtins;
    return true;
}

mpr_status router_create(struct router **ret, const struct router_host *host,
                         const struct router_config *config)
{
    struct router *r = mem_alloc(sizeof(*r));

    if (!r) return ST_NOT_ENOUGH_MEMORY;
    r->host = host;
    r->config = *config;
    if (!builtins_copy(r)) {
        mem_free(r);
        return ST_NOT_ENOUGH_MEMORY;
    }
    config_complete(&r->config);
    handle_table_init(&r->handles);
    handle_table_vary(&r->handles, config->generation);
    timer_heap_init(&r->timers);
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
    mem_free(r->builtins);
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
