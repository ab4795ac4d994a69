/* The autostatic update, from the request to its completion.
 *
 *   IDLE ── request ──> RUNNING ── all parts done, or watchdog, or abort ──> IDLE with a result
 *
 * Every protocol on the interface that can update on demand has a part in it
 * (docs/COMPATIBILITY.md, "Autostatic updates": none is ERROR_NOT_SUPPORTED as the result). A part
 * is over with the protocol's UPDATE_COMPLETE, or with a DoUpdateRoutes that fails, or when the
 * protocol goes. All parts are registered before the first call, since a message may come before
 * the call has returned. A failing part fails the update, but the others are awaited: their
 * protocols are busy with it until then.
 *
 * Only when all is well do the learned routes replace the former ones (update_routes.c). Windows is
 * said to delete the former routes first (docs/COMPATIBILITY.md, "Autostatic updates"); here a
 * neighbour that is silent costs nothing.
 *
 * The request is completed exactly once, after the result can be asked for and the new blob is on
 * its way to the stored configuration. An update whose request is gone (server handle closed) goes
 * on for its own sake.
 */
#include "router/rm/update.h"

#include "base/trace.h"
#include "router/dim/interface.h"
#include "router/request.h"
#include "router/rm/builtin.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm.h"
#include "router/rm/rm_binding.h"
#include "router/rm/rm_interface.h"
#include "router/rm/update_routes.h"
#include "router/state.h"

#define UPDATE_TIMEOUT_DEFAULT 90000u

/* A status that an update may end with: PENDING from a protocol would tell the caller to wait for
 * ever. */
static mpr_status sanitized(mpr_status status)
{
    return status == ST_PENDING ? ST_CAN_NOT_COMPLETE : status;
}

static void finish(struct iftransport *t, mpr_status status)
{
    struct router *r = t->interface->router;
    struct route_update *u = &t->update;
    struct request *request = u->request;
    struct protocol_binding *b;

    TRACE(INFO, "interface %u: route update over: %s", t->interface->index, status_name(status));
    timer_stop(&r->timers, &u->watchdog);
    DL_DELETE2(r->updating, t, updating_prev, updating_next);
    DL_FOREACH (t->protocols, b) b->updating = b->asked = false;
    u->running = false;
    u->has_result = true;
    u->result = status;
    u->expected = 0;
    u->request = NULL;
    request_complete(r, request, status);
}

static void finish_if_complete(struct iftransport *t)
{
    struct route_update *u = &t->update;

    if (u->expected) return;
    finish(t, u->first_error == ST_OK ? update_convert(t) : u->first_error);
}

static void watchdog_fired(struct timer *timer, msec now)
{
    struct iftransport *t = CONTAINER_OF(timer, struct iftransport, update.watchdog);

    (void)now;
    TRACE(ERROR, "interface %u: %u protocols never ended their route update", t->interface->index,
          t->update.expected);
    finish(t, ST_CAN_NOT_COMPLETE);
}

void update_init(struct iftransport *t)
{
    t->update.watchdog.fire = watchdog_fired;
}

void update_abort(struct iftransport *t, mpr_status status, bool forget)
{
    if (t->update.running) finish(t, status);
    if (forget) t->update.has_result = false;
}

void update_part_done(struct iftransport *t, struct protocol_binding *b, mpr_status status)
{
    struct route_update *u = &t->update;

    if (!u->running || !b->updating) return;
    b->updating = false;
    u->expected--;
    if (u->first_error == ST_OK) u->first_error = sanitized(status);
    finish_if_complete(t);
}

/* ---- starting -------------------------------------------------------------------------------- */

static bool can_update(const struct hosted_protocol *h)
{
    return h->state == HOSTED_RUNNING && (h->functionality & PROTOCOL_DEMAND_UPDATE_ROUTES);
}

/* DoUpdateRoutes. Anything but ST_OK: nothing will follow. */
static mpr_status ask(struct iftransport *t, struct hosted_protocol *h)
{
    struct protocol_call *call;

    if (h->builtin) return builtin_do(h, CALL_DO_UPDATE_ROUTES, t->interface, NULL);
    call = call_new(h, CALL_DO_UPDATE_ROUTES, t->interface, NULL);
    if (!call) return ST_NOT_ENOUGH_MEMORY;
    call->serial = t->update.serial;
    call_queue(h, call, NULL);
    return ST_OK;
}

/* expected counts one more meanwhile, so that a part that is over at once does not end it all. */
static void start_update(struct iftransport *t)
{
    struct route_update *u = &t->update;
    struct protocol_binding *b, *next;

    u->expected = 1;
    u->first_error = ST_NOT_SUPPORTED;
    DL_FOREACH (t->protocols, b) {
        b->updating = b->asked = can_update(b->protocol);
        if (!b->updating) continue;
        u->expected++;
        u->first_error = ST_OK;
    }
    DL_FOREACH_SAFE (t->protocols, b, next) {
        mpr_status status = b->updating ? ask(t, b->protocol) : ST_OK;

        if (status != ST_OK) update_part_done(t, b, status);
    }
    u->expected--;
    finish_if_complete(t);
}

/* The checks that both functions share, in the order of the pages. */
static mpr_status check(const struct router *r, handle_t32 handle, uint32_t transport,
                        struct iftransport **ret)
{
    const struct interface *i = interface_get(r, handle);
    const struct router_manager *m = rm_find(r, transport);

    if (!i) return ST_INVALID_HANDLE;
    if (!m) return ST_UNKNOWN_PROTOCOL_ID;
    *ret = rm_iftransport(i, m);
    if (!*ret) return ST_NO_SUCH_INTERFACE;
    /* Also when it has no addresses, or its transport is switched off. */
    if (i->state != IF_CONNECTED || !(*ret)->active) return ST_INTERFACE_NOT_CONNECTED;
    return (*ret)->update.running ? ST_UPDATE_IN_PROGRESS : ST_OK;
}

mpr_status router_update_routes(struct router *r, handle_t32 interface, uint32_t transport,
                                struct request *request)
{
    msec timeout = r->config.update_timeout ? r->config.update_timeout : UPDATE_TIMEOUT_DEFAULT;
    struct iftransport *t;
    mpr_status status = check(r, interface, transport, &t);
    struct route_update *u;

    if (status != ST_OK) return status;
    u = &t->update;
    u->running = true;
    u->has_result = false;
    u->serial = ++r->next_serial;
    u->request = request;
    DL_APPEND2(r->updating, t, updating_prev, updating_next);
    timer_start(&r->timers, &u->watchdog, r->now + timeout);
    TRACE(INFO, "interface %u: route update begins", t->interface->index);
    start_update(t);
    hosted_drain(r);
    return ST_PENDING;
}

mpr_status router_update_result(const struct router *r, handle_t32 interface, uint32_t transport,
                                mpr_status *ret)
{
    struct iftransport *t;
    mpr_status status = check(r, interface, transport, &t);

    if (status != ST_OK) return status;
    if (!t->update.has_result) return ST_CAN_NOT_COMPLETE;
    *ret = t->update.result;
    return ST_OK;
}

void rm_server_closed(struct router *r, handle_t32 server)
{
    struct iftransport *t;

    DL_FOREACH2(r->updating, t, updating_next)
    {
        struct request *request = t->update.request;

        if (!request || request->server != server) continue;
        t->update.request = NULL;
        request_complete(r, request, ST_OPERATION_ABORTED);
    }
}

/* ---- what protocols say ---------------------------------------------------------------------- */

/* The binding whose part of a running update is outstanding, or NULL. */
static struct protocol_binding *outstanding(const struct hosted_protocol *h, uint32_t interface,
                                            struct iftransport **ret)
{
    struct protocol_binding *b;

    *ret = rm_iftransport_by_index(h->manager, interface);
    b = *ret && (*ret)->update.running ? binding_find(*ret, h) : NULL;
    return b && b->updating ? b : NULL;
}

void update_call_answered(struct hosted_protocol *h, const struct protocol_call *call)
{
    struct iftransport *t;
    struct protocol_binding *b = outstanding(h, call->interface, &t);

    if (call->status == ST_OK || !b || t->update.serial != call->serial) return;
    update_part_done(t, b, call->status);
}

void update_message(struct hosted_protocol *h, const struct protocol_message *message)
{
    struct iftransport *t;
    struct protocol_binding *b = outstanding(h, message->interface, &t);

    if (!b || message->update_type != PROTOCOL_DEMAND_UPDATE_ROUTES) {
        TRACE(WARNING, "protocol %u ends an update of type %u on interface %u that does not run",
              h->protocol_id, message->update_type, message->interface);
        return;
    }
    update_part_done(t, b, message->update_status);
}
