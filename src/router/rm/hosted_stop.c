/* How a hosted protocol ends: stopped, or failed.
 *
 * A failed protocol harms nobody: it leaves all interfaces, what waits for it ends, and it is
 * called no more until its global block is set again, or one of an interface if it did run. That
 * revives it: it is stopped, if it had been started, and a new object of the same id is loaded and
 * started (for the loader, loading again means to use the image that is there). The new object
 * waits until the old one is gone, as after any stop, so a DLL is not started twice without a stop
 * in between; and while a call is late, has not come back within its time, the DLL is not called at
 * all.
 *
 * Built-in protocols stop before the router does, as long as it has links (router_last_word).
 */
#include "router/rm/hosted_stop.h"

#include "base/trace.h"
#include "router/rm/builtin.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm.h"
#include "router/rm/rm_binding.h"
#include "router/rm/update.h"
#include "router/state.h"

#define LAST_WORD_MAX ((msec)2000)

/* The call that is out, if any, is freed by whoever answers it, or by the host at the end. */
static void abandon_out(struct hosted_protocol *h)
{
    struct protocol_call *call = h->calls;

    if (!h->call_out) return;
    DL_DELETE(h->calls, call);
    call->abandoned = true;
    h->call_out = false;
}

void hosted_free(struct hosted_protocol *h)
{
    struct router_manager *m = h->manager;
    struct hosted_protocol *other, *next;
    uint32_t protocol_id = h->protocol_id;

    call_drop_all(h, ST_OPERATION_ABORTED);
    abandon_out(h);
    if (h->builtin && h->instance) (void)h->builtin->stop(h->instance); /* it had to do yet */
    protocol_call_free(h->stop);
    timer_stop(&m->router->timers, &h->watchdog);
    timer_unreserve(&m->router->timers);
    handle_delete(&m->router->handles, HANDLE_TRANSPORT, h->ref);
    DL_DELETE(m->protocols, h);
    mem_free(h);
    /* A successor may have waited for this one to stop. */
    DL_FOREACH_SAFE (m->protocols, other, next) {
        if (other->protocol_id == protocol_id) call_dispatch(other);
    }
}

static void leave(struct iftransport *t, void *context)
{
    struct protocol_binding *b = binding_find(t, context);

    if (b) binding_lose(t, b);
}

void hosted_leave(struct hosted_protocol *h)
{
    rm_each(h->manager, leave, h);
}

static void stop_builtin(struct hosted_protocol *h)
{
    mpr_status status = ST_OK;

    if (h->state == HOSTED_RUNNING) status = builtin_do(h, CALL_STOP, NULL, NULL);
    h->state = HOSTED_STOPPING;
    hosted_stop_answered(h, status);
}

void hosted_stop(struct hosted_protocol *h)
{
    struct protocol_call *stop = h->stop;

    if (h->state == HOSTED_STOPPING) return;
    TRACE(INFO, "protocol %u is being stopped", h->protocol_id);
    hosted_leave(h);
    if (h->builtin) {
        stop_builtin(h);
        return;
    }
    call_drop_all(h, ST_OPERATION_ABORTED);
    if (!h->started && !h->call_out) { /* failed, or its CALL_LOAD never went out */
        hosted_free(h);
        return;
    }
    h->state = HOSTED_STOPPING;
    h->stop = NULL;
    call_queue(h, stop, NULL);
}

void hosted_stop_answered(struct hosted_protocol *h, mpr_status status)
{
    if (status == ST_PROTOCOL_STOP_PENDING) {
        call_watchdog_start(h); /* ROUTER_STOPPED will follow */
        return;
    }
    TRACE(INFO, "protocol %u stopped: %s", h->protocol_id, status_name(status));
    hosted_free(h);
}

void hosted_fail(struct hosted_protocol *h, mpr_status status)
{
    TRACE(ERROR, "protocol %u failed: %s; it is used no more", h->protocol_id, status_name(status));
    h->state = HOSTED_FAILED;
    h->ready = false;
    hosted_leave(h);
    call_drop_all(h, status);
    timer_stop(&h->manager->router->timers, &h->watchdog);
}

/* The host has a call of a protocol that is being stopped, and does not answer it: its successor
 * can't start yet, and nobody is to wait for that. */
static void stop_is_late(struct hosted_protocol *h)
{
    struct hosted_protocol *other;

    DL_FOREACH (h->manager->protocols, other) {
        if (other != h && other->protocol_id == h->protocol_id) call_end_all(other, ST_TIMEOUT);
    }
}

void hosted_watchdog_fired(struct timer *timer, msec now)
{
    struct hosted_protocol *h = CONTAINER_OF(timer, struct hosted_protocol, watchdog);

    (void)now;
    TRACE(ERROR, "protocol %u does not answer", h->protocol_id);
    if (h->state == HOSTED_STOPPING && h->call_out) {
        stop_is_late(h);
    } else if (h->state == HOSTED_STOPPING) {
        hosted_free(h); /* it did not say that it has stopped */
    } else {
        hosted_fail(h, ST_TIMEOUT);
    }
}

/* ---- before the router's end ----------------------------------------------------------------- */

/* A built-in one that runs or, unless runs, has not stopped yet. */
static struct hosted_protocol *builtin_left(const struct router *r, bool runs)
{
    const struct router_manager *m;
    struct hosted_protocol *h;

    DL_FOREACH (r->managers, m) {
        DL_FOREACH (m->protocols, h) {
            if (!h->builtin) continue;
            if (h->state == HOSTED_RUNNING || (!runs && h->state == HOSTED_STOPPING)) return h;
        }
    }
    return NULL;
}

bool router_last_word(struct router *r)
{
    struct hosted_protocol *h;

    if (!r->ending && !builtin_left(r, false)) return true;
    if (!r->ending) r->last_word = r->now + LAST_WORD_MAX;
    r->ending = true;
    while (r->updating) update_abort(r->updating, ST_ROUTER_STOPPED, true);
    router_host_routes_end(r);
    while ((h = builtin_left(r, true)) != NULL) hosted_stop(h);
    hosted_drain(r);
    outbox_want_all(&r->outbox);
    return !builtin_left(r, false) || r->now >= r->last_word;
}
