/* Protocols that are linked in, behind the calls that a foreign one gets. Which there are is said
 * by the rows that the router was given; none is known by name here.
 *
 * A call runs inline, under the lock, and is over when builtin_call returns. What the protocol
 * queues for itself meanwhile it announces with notify; the events are drained by hosted_drain at
 * the end of the public function that started it all, never from within a call, so that calls into
 * one protocol don't overlap.
 */
#include "router/rm/builtin.h"

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/dim/interface.h"
#include "router/post.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_event.h"
#include "router/rm/hosted_support.h"
#include "router/rm/rm.h"
#include "router/rm/rm_interface.h"
#include "router/state.h"

/* ---- struct protocol_support: context is the hosted protocol --------------------------------- */

static mpr_status support_demand_dial(void *context, uint32_t protocol_id, uint32_t interface)
{
    const struct hosted_protocol *h = context;

    (void)protocol_id;
    return router_protocol_dial(h->manager->router, interface);
}

static mpr_status support_validate_route(void *context, uint32_t protocol_id,
                                         struct rtm_route *route,
                                         const struct rtm_prefix *destination)
{
    const struct hosted_protocol *h = context;

    if (!route) return ST_INVALID_PARAMETER;
    return hosted_validate(h->manager, protocol_id, destination, &route->preference);
}

static uint32_t support_router_id(void *context)
{
    const struct hosted_protocol *h = context;

    return router_id(h->manager->router);
}

static void support_notify(void *context)
{
    struct hosted_protocol *h = context;

    h->notified = true;
}

/* ---- struct protocol_system: context is the hosted protocol ---------------------------------- */

static struct router *router_of(void *context)
{
    return ((struct hosted_protocol *)context)->manager->router;
}

static msec system_now(void *context)
{
    return router_of(context)->now;
}

static uint32_t system_unix_time(void *context)
{
    const struct router_host *host = router_of(context)->host;

    return host->unix_time(host->context);
}

static uint32_t system_random(void *context)
{
    const struct router_host *host = router_of(context)->host;

    return host->random(host->context);
}

static mpr_status system_send(void *context, const struct protocol_datagram *datagram)
{
    const struct hosted_protocol *h = context;
    struct protocol_datagram copy = *datagram;

    if (!h->system.port) return ST_NOT_SUPPORTED;
    copy.source_port = h->system.port;
    return post_send(h->manager->router, &copy) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status ask_to_listen(const struct hosted_protocol *h, struct port_listen *listen)
{
    if (!h->system.port) return ST_NOT_SUPPORTED;
    listen->port = h->system.port;
    return post_listen(h->manager->router, listen) ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status system_listen(void *context, const struct ip_binding *binding, uint32_t group,
                                bool start)
{
    struct port_listen listen = {.binding = *binding, .group = group, .start = start};

    return ask_to_listen(context, &listen);
}

static mpr_status system_listen6(void *context, const struct ip_binding *binding,
                                 const struct rtm_address *group, bool start)
{
    struct port_listen listen = {
        .binding = *binding, .ipv6 = true, .group6 = *group, .start = start};

    return ask_to_listen(context, &listen);
}

/* ---- the rows -------------------------------------------------------------------------------- */

const struct builtin_protocol *builtin_find(const struct router_manager *m, uint32_t protocol_id)
{
    const struct router *r = m->router;

    for (size_t n = 0; n < r->config.builtin_count; n++) {
        const struct builtin_protocol *row = &r->builtins[n];

        if (row->transport == m->transport && row->protocol->protocol_id == protocol_id) return row;
    }
    return NULL;
}

void builtin_prepare(struct hosted_protocol *h, const struct builtin_protocol *row)
{
    struct router *r = h->manager->router;

    h->builtin = row->protocol;
    h->functionality = row->protocol->functionality;
    h->support = (struct protocol_support){.context = h,
                                           .demand_dial_request = support_demand_dial,
                                           .validate_route = support_validate_route,
                                           .get_router_id = support_router_id,
                                           .notify = support_notify,
                                           .rtm = h->manager->rtm};
    h->system = (struct protocol_system){.context = h,
                                         .timers = &r->timers,
                                         .now = system_now,
                                         .unix_time = system_unix_time,
                                         .random = system_random,
                                         .send = system_send,
                                         .listen = system_listen,
                                         .listen6 = system_listen6,
                                         .md5 = r->host->md5,
                                         .port = row->port,
                                         .receive_burst = r->config.receive_burst,
                                         .route_limit = row->route_limit,
                                         .neighbour_limit = row->neighbour_limit};
}

/* ---- calls ----------------------------------------------------------------------------------- */

static mpr_status start(struct hosted_protocol *h, const struct protocol_info *info)
{
    return h->builtin->start(&h->instance, &h->support, &h->system, info);
}

/* The instance is freed, unless it has to do yet. */
static mpr_status stop(struct hosted_protocol *h)
{
    mpr_status status = h->builtin->stop(h->instance);

    if (status != ST_PROTOCOL_STOP_PENDING) h->instance = NULL;
    return status;
}

static mpr_status get_info(struct hosted_protocol *h, struct protocol_call *call)
{
    void *data = NULL;
    size_t size = 0;
    mpr_status status =
        call->kind == CALL_GET_GLOBAL_INFO
            ? h->builtin->get_global_info(h->instance, &data, &size)
            : h->builtin->get_interface_info(h->instance, call->interface, &data, &size);

    if (status == ST_OK) call->result = (struct blob){.data = data, .size = size};
    return status;
}

static mpr_status run(struct hosted_protocol *h, struct protocol_call *call)
{
    const struct routing_protocol *p = h->builtin;
    struct protocol_info info = {call->info.data, call->info_item_size, call->info_count};

    switch (call->kind) {
    case CALL_START:
        return start(h, &info);
    case CALL_START_COMPLETE:
        return p->start_complete(h->instance);
    case CALL_STOP:
        return stop(h);
    case CALL_SET_GLOBAL_INFO:
        return p->set_global_info(h->instance, &info);
    case CALL_GET_GLOBAL_INFO:
    case CALL_GET_INTERFACE_INFO:
        return get_info(h, call);
    case CALL_ADD_INTERFACE:
        return p->add_interface(h->instance, call->interface_name, call->interface,
                                call->interface_type, &info);
    case CALL_DELETE_INTERFACE:
        return p->delete_interface(h->instance, call->interface);
    case CALL_INTERFACE_STATUS:
        return p->interface_status(h->instance, call->interface, call->active, call->status_type,
                                   call->has_binding ? &call->binding : NULL);
    case CALL_SET_INTERFACE_INFO:
        return p->set_interface_info(h->instance, call->interface, &info);
    case CALL_DO_UPDATE_ROUTES:
        return p->do_update_routes(h->instance, call->interface);
    case CALL_LOAD:
    case CALL_CONNECT_CLIENT:
    case CALL_DISCONNECT_CLIENT:
    case CALL_MIB: /* rm_mib_hosted.c asks it itself */
        break;
    }
    return ST_NOT_SUPPORTED;
}

void builtin_call(struct hosted_protocol *h, struct protocol_call *call)
{
    call->status = run(h, call);
    if (call->status != ST_OK && call->status != ST_PROTOCOL_STOP_PENDING) {
        TRACE(WARNING, "%s: call %d for interface %u: %s", h->builtin->name, (int)call->kind,
              call->interface, status_name(call->status));
    }
}

mpr_status builtin_do(struct hosted_protocol *h, enum protocol_call_kind kind,
                      const struct interface *i, const struct info_block *block)
{
    struct protocol_call call;

    call_init(&call, h, kind, i);
    if (block) call_borrow(&call, block);
    builtin_call(h, &call);
    return call.status;
}

/* ---- datagrams ------------------------------------------------------------------------------- */

static bool hears(const struct hosted_protocol *h, const struct protocol_datagram *datagram)
{
    return h->builtin && h->builtin->datagram && h->state == HOSTED_RUNNING &&
           h->system.port == datagram->destination_port;
}

void router_datagram(struct router *r, const struct protocol_datagram *datagram)
{
    struct router_manager *m = rm_find(r, datagram->ipv6 ? TRANSPORT_IPV6 : TRANSPORT_IP);
    struct iftransport *t = m ? rm_by_host_index(m, datagram->host_index) : NULL;
    struct protocol_datagram copy = *datagram;
    struct protocol_binding *b, *next;

    if (!t) {
        TRACE(DEBUG, "datagram on adapter %u, which no interface uses: dropped",
              datagram->host_index);
        return;
    }
    copy.interface = t->interface->index;
    DL_FOREACH_SAFE (t->protocols, b, next) {
        const struct hosted_protocol *h = b->protocol;

        if (hears(h, datagram)) h->builtin->datagram(h->instance, &copy);
    }
    hosted_drain(r);
}
