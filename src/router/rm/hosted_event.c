/* Events of hosted protocols (pages of GetEventMessage and ROUTING_PROTOCOL_EVENTS).
 *
 * A foreign protocol's are drained by its host and come one by one; a built-in one's are drained
 * here. What a protocol may not say at the moment is ignored with a trace.
 */
#include "router/rm/hosted_event.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/rm/builtin.h"
#include "router/rm/hosted.h"
#include "router/rm/hosted_stop.h"
#include "router/rm/hosted_call.h"
#include "router/rm/rm.h"
#include "router/rm/rm_binding.h"
#include "router/rm/rm_interface.h"
#include "router/rm/update.h"
#include "router/state.h"

/* ---- SAVE_GLOBAL_CONFIG_INFO, SAVE_INTERFACE_CONFIG_INFO ------------------------------------- */

/* The protocol's block in a copy of blob. False: it is as it was, or out of memory. */
static bool put_block(const struct blob *blob, const struct hosted_protocol *h,
                      const struct protocol_call *call, struct blob *ret)
{
    uint32_t count = call->result_count ? call->result_count : 1;
    struct info_block block = {h->protocol_id, (uint32_t)(call->result.size / count), count,
                               call->result.data};
    struct info_block former;

    if (!call->result.data || call->result.size > UINT32_MAX || call->result.size % count) {
        return false;
    }
    if (info_blob_find(blob, h->protocol_id, &former) == ST_OK && former.data &&
        former.item_size == block.item_size && former.count == count &&
        !memcmp(former.data, block.data, call->result.size)) {
        return false;
    }
    if (!blob_set(ret, blob->data, blob->size)) return false;
    return info_blob_put(ret, &block) == ST_OK;
}

/* A newer block is on its way to the protocol: what it had when it was asked counts no more. */
static bool is_overtaken(const struct hosted_protocol *h, const struct protocol_call *answer)
{
    const bool global = answer->kind == CALL_GET_GLOBAL_INFO;
    const struct protocol_call *call;

    DL_FOREACH (h->calls, call) {
        if (global
                ? call->kind == CALL_SET_GLOBAL_INFO
                : call->interface == answer->interface &&
                      (call->kind == CALL_SET_INTERFACE_INFO || call->kind == CALL_ADD_INTERFACE)) {
            return true;
        }
    }
    return false;
}

void hosted_info_answered(struct hosted_protocol *h, const struct protocol_call *call)
{
    struct router_manager *m = h->manager;
    bool global = call->kind == CALL_GET_GLOBAL_INFO;
    struct iftransport *t = global ? NULL : rm_iftransport_by_index(m, call->interface);
    struct blob next = {NULL, 0};
    bool stored = false;

    if (call->status != ST_OK || (!global && (!t || !binding_find(t, h)))) return;
    if (is_overtaken(h, call)) return;
    if (put_block(global ? &m->global : &t->info, h, call, &next)) {
        stored = global ? rm_store_global(m, &next) : rm_store_info(t, &next);
        if (stored) blob_take(global ? &m->global : &t->info, &next);
    }
    blob_free(&next);
    TRACE(INFO, "protocol %u saves its %s: %s", h->protocol_id,
          global ? "global block" : "block of an interface", stored ? "done" : "nothing to do");
}

static void save(struct hosted_protocol *h, enum protocol_call_kind kind, struct iftransport *t)
{
    struct interface *i = t ? t->interface : NULL;
    struct protocol_call local, *call;

    if (h->builtin) {
        call_init(&local, h, kind, i);
        builtin_call(h, &local);
        hosted_info_answered(h, &local);
        blob_free(&local.result);
        return;
    }
    call = call_new(h, kind, i, NULL);
    if (call) {
        call_queue(h, call, NULL);
    } else {
        TRACE(ERROR, "protocol %u: no memory to ask for its configuration", h->protocol_id);
    }
}

static void save_interface(struct hosted_protocol *h, uint32_t interface)
{
    struct iftransport *t = rm_iftransport_by_index(h->manager, interface);

    if (t && binding_find(t, h)) {
        save(h, CALL_GET_INTERFACE_INFO, t);
    } else {
        TRACE(WARNING, "protocol %u wants to save interface %u, which it is not on", h->protocol_id,
              interface);
    }
}

/* ---- all events ------------------------------------------------------------------------------ */

static void stopped(struct hosted_protocol *h)
{
    h->started = false;
    if (h->state == HOSTED_STOPPING && !h->call_out) {
        hosted_free(h);
    } else if (h->state == HOSTED_STOPPING) {
        TRACE(INFO, "protocol %u stopped before StopProtocol was answered", h->protocol_id);
    } else if (h->state != HOSTED_FAILED) {
        hosted_fail(h, ST_CAN_NOT_COMPLETE); /* by itself */
    }
}

/* It may free h. */
static void handle(struct hosted_protocol *h, enum protocol_event event,
                   const struct protocol_message *message)
{
    bool runs = h->state == HOSTED_RUNNING || h->state == HOSTED_STARTING;

    if (event == PROTOCOL_ROUTER_STOPPED) {
        stopped(h);
        return;
    }
    if (!runs) {
        TRACE(WARNING, "protocol %u: event %d while it does not run", h->protocol_id, (int)event);
        return;
    }
    switch (event) {
    case PROTOCOL_SAVE_GLOBAL_CONFIG_INFO:
        save(h, CALL_GET_GLOBAL_INFO, NULL);
        return;
    case PROTOCOL_SAVE_INTERFACE_CONFIG_INFO:
        save_interface(h, message->interface);
        return;
    case PROTOCOL_UPDATE_COMPLETE:
        update_message(h, message);
        return;
    case PROTOCOL_ROUTER_STOPPED:
        break;
    }
    TRACE(WARNING, "protocol %u: unknown event %d", h->protocol_id, (int)event);
}

void router_protocol_event(struct router *r, handle_t32 protocol, enum protocol_event event,
                           const struct protocol_message *message)
{
    static const struct protocol_message nothing;
    struct hosted_protocol *h = handle_get(&r->handles, HANDLE_TRANSPORT, protocol);

    if (h) {
        handle(h, event, message ? message : &nothing);
    } else {
        TRACE(WARNING, "event %d of a protocol that is gone", (int)event);
    }
    hosted_drain(r);
}

/* ---- draining built-in protocols ------------------------------------------------------------- */

static struct hosted_protocol *notified(const struct router *r)
{
    const struct router_manager *m;
    struct hosted_protocol *h;

    DL_FOREACH (r->managers, m) {
        DL_FOREACH (m->protocols, h) {
            if (h->notified) return h;
        }
    }
    return NULL;
}

static void drain(struct hosted_protocol *h)
{
    const struct router *r = h->manager->router;
    handle_t32 ref = h->ref;
    enum protocol_event event;
    struct protocol_message message;

    h->notified = false;
    while (handle_get(&r->handles, HANDLE_TRANSPORT, ref) && h->instance) {
        message = (struct protocol_message){0};
        if (h->builtin->get_event_message(h->instance, &event, &message) != ST_OK) return;
        if (event == PROTOCOL_ROUTER_STOPPED) h->instance = NULL; /* it is freed */
        handle(h, event, &message);
    }
}

void hosted_drain(struct router *r)
{
    struct hosted_protocol *h;

    while ((h = notified(r)) != NULL) drain(h);
}
