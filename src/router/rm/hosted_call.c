/* Calls into hosted protocols: a queue per foreign protocol, of which the first call is at the
 * host.
 *
 * One at a time and in order, so that no DLL is entered twice (no page says whether
 * Windows does that; DLLs differ in what they bear). A watchdog guards the call that is out. A call
 * that is given up is forgotten here and freed when the host answers it after all.
 *
 * request->parts counts the calls that a request waits for; the first failing status wins.
 */
#include "router/rm/hosted_call.h"

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/dim/interface.h"
#include "router/mib/rm_mib.h"
#include "router/request.h"
#include "router/rm/hosted.h"
#include "router/rm/hosted_stop.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm_binding.h"
#include "router/rm/rm_interface.h"
#include "router/rm/update.h"
#include "router/state.h"

#define CALL_TIMEOUT_DEFAULT 30000u

void protocol_call_free(struct protocol_call *call)
{
    if (!call) return;
    blob_free(&call->info);
    blob_free(&call->result);
    mem_free(call);
}

static enum net_interface_type net_type(const struct interface *i)
{
    return interface_is_demand_dial(i) ? NET_DEMAND_DIAL : NET_PERMANENT;
}

void call_init(struct protocol_call *call, const struct hosted_protocol *h,
               enum protocol_call_kind kind, const struct interface *i)
{
    *call = (struct protocol_call){.kind = kind,
                                   .protocol = h->ref,
                                   .protocol_id = h->protocol_id,
                                   .transport = h->manager->transport};
    if (!i) return;
    call->interface = i->index;
    call->interface_type = net_type(i);
    for (size_t n = 0; i->name[n]; n++) call->interface_name[n] = i->name[n];
}

void call_borrow(struct protocol_call *call, const struct info_block *block)
{
    union { /* the data are only read */
        const void *in;
        uint8_t *out;
    } data = {.in = block->data};

    call->info = (struct blob){.data = data.out, .size = info_block_bytes(block)};
    call->info_item_size = block->item_size;
    call->info_count = block->count;
}

struct protocol_call *call_new(struct hosted_protocol *h, enum protocol_call_kind kind,
                               const struct interface *i, const struct info_block *block)
{
    struct protocol_call *call = mem_alloc(sizeof(*call));

    if (!call) return NULL;
    call_init(call, h, kind, i);
    if (kind == CALL_LOAD) {
        /* Its own copy: the call may outlive the router. */
        for (size_t n = 0; h->dll_name[n]; n++) call->interface_name[n] = h->dll_name[n];
        call->dll_name = call->interface_name;
    }
    if (block && block->data) {
        if (!blob_set(&call->info, block->data, info_block_bytes(block))) {
            mem_free(call);
            return NULL;
        }
        call->info_item_size = block->item_size;
        call->info_count = block->count;
    }
    return call;
}

void call_part_done(struct router *r, struct request *request, mpr_status status)
{
    if (!request) return;
    if (request->status == ST_OK) request->status = status;
    if (--request->parts == 0) request_complete(r, request, request->status);
}

static void act_call(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    (void)entry;
    host->protocol_call(host->context, (struct protocol_call *)value);
}

static msec call_timeout(const struct router *r)
{
    return r->config.call_timeout ? r->config.call_timeout : CALL_TIMEOUT_DEFAULT;
}

void call_watchdog_start(struct hosted_protocol *h)
{
    struct router *r = h->manager->router;

    timer_start(&r->timers, &h->watchdog, r->now + call_timeout(r));
}

void call_watchdog_extend(struct hosted_protocol *h, unsigned times)
{
    struct router *r = h->manager->router;

    timer_start(&r->timers, &h->watchdog, r->now + times * call_timeout(r));
}

/* Another protocol object of the same id that is still stopping: the same DLL, which is not
 * started again before it has stopped. */
static bool must_wait(const struct hosted_protocol *h)
{
    const struct hosted_protocol *other;

    DL_FOREACH (h->manager->protocols, other) {
        if (other != h && other->protocol_id == h->protocol_id && other->state == HOSTED_STOPPING) {
            return true;
        }
    }
    return false;
}

void call_dispatch(struct hosted_protocol *h)
{
    struct router *r = h->manager->router;
    struct protocol_call *call = h->calls;

    if (!call || h->call_out || must_wait(h)) return;
    h->call_out = true;
    call->deadline = r->now + call_timeout(r);
    call_watchdog_start(h);
    call->out.act = act_call;
    call->out.value = (uintptr_t)call;
    outbox_put(&r->outbox, &call->out);
}

void call_queue(struct hosted_protocol *h, struct protocol_call *call, struct request *request)
{
    call->request = request;
    if (request) request->parts++;
    DL_APPEND(h->calls, call);
    call_dispatch(h);
}

/* Ends one call for what waits for it. */
static void end(struct hosted_protocol *h, struct protocol_call *call, mpr_status status)
{
    struct request *request = call->request;

    call->request = NULL;
    call_part_done(h->manager->router, request, status);
}

static void drop_queued(struct hosted_protocol *h, struct protocol_call *call, mpr_status status)
{
    /* The call is in the list, so the list has a head; the analyser does not see that. */
    DL_DELETE(h->calls, call); /* NOLINT(clang-analyzer-core.NullDereference) */
    end(h, call, status);
    protocol_call_free(call);
}

static struct protocol_call *first_queued(const struct hosted_protocol *h)
{
    return h->calls && h->call_out ? h->calls->next : h->calls;
}

void call_drop_all(struct hosted_protocol *h, mpr_status status)
{
    struct protocol_call *call;

    if (h->calls && h->call_out) end(h, h->calls, status);
    while ((call = first_queued(h)) != NULL) drop_queued(h, call, status);
}

void call_end_all(struct hosted_protocol *h, mpr_status status)
{
    struct protocol_call *call;

    DL_FOREACH (h->calls, call) end(h, call, status);
}

void call_drop_interface(struct hosted_protocol *h, uint32_t interface, mpr_status status)
{
    struct protocol_call *call = first_queued(h), *next;

    for (; call; call = next) {
        next = call->next;
        if (call->interface != interface) continue;
        if (call->kind == CALL_ADD_INTERFACE || call->kind == CALL_DELETE_INTERFACE) break;
        drop_queued(h, call, status);
    }
}

/* A refused interface: what is queued for it behind the refusal makes no sense any more. */
static void added(struct hosted_protocol *h, const struct protocol_call *call)
{
    struct iftransport *t = rm_iftransport_by_index(h->manager, call->interface);
    struct protocol_binding *b = t ? binding_find(t, h) : NULL;

    if (call->status == ST_OK || !b || b->serial != call->serial) return;
    TRACE(WARNING, "protocol %u refuses interface %u: %s", h->protocol_id, call->interface,
          status_name(call->status));
    call_drop_interface(h, call->interface, call->status);
    binding_lose(t, b);
}

/* The answer of a protocol that is not used any more: only whether it runs counts. */
static void answered_after_all(struct hosted_protocol *h, const struct protocol_call *call)
{
    if (call->kind == CALL_START) h->started = call->status == ST_OK;
    if (h->state == HOSTED_STOPPING && !h->started) hosted_stop_answered(h, ST_OK);
}

/* What an answer means. It may free h. */
static void answered(struct hosted_protocol *h, struct protocol_call *call)
{
    if (h->state == HOSTED_FAILED || (h->state == HOSTED_STOPPING && call->kind != CALL_STOP)) {
        answered_after_all(h, call);
        return;
    }
    switch (call->kind) {
    case CALL_LOAD:
        hosted_loaded(h, call);
        break;
    case CALL_START:
        hosted_started(h, call);
        break;
    case CALL_START_COMPLETE:
        hosted_running(h, call);
        break;
    case CALL_STOP:
        hosted_stop_answered(h, call->status);
        break;
    case CALL_ADD_INTERFACE:
        added(h, call);
        break;
    case CALL_GET_GLOBAL_INFO:
    case CALL_GET_INTERFACE_INFO:
        hosted_info_answered(h, call);
        break;
    case CALL_DO_UPDATE_ROUTES:
        update_call_answered(h, call);
        break;
    case CALL_MIB:
        hosted_mib_answered(call);
        break;
    case CALL_SET_GLOBAL_INFO:
    case CALL_SET_INTERFACE_INFO:
    case CALL_DELETE_INTERFACE:
    case CALL_INTERFACE_STATUS:
    case CALL_CONNECT_CLIENT:
    case CALL_DISCONNECT_CLIENT:
        break;
    }
}

void router_protocol_answer(struct router *r, struct protocol_call *call)
{
    struct hosted_protocol *h = handle_get(&r->handles, HANDLE_TRANSPORT, call->protocol);
    handle_t32 ref = call->protocol;

    if (call->abandoned || !h) {
        TRACE(WARNING, "protocol %u answers a call of kind %d that was given up", call->protocol_id,
              (int)call->kind);
        protocol_call_free(call);
        return;
    }
    DL_DELETE(h->calls, call);
    h->call_out = false;
    timer_stop(&r->timers, &h->watchdog);
    if (call->status != ST_OK) {
        TRACE(INFO, "protocol %u, call of kind %d, interface %u: %s", call->protocol_id,
              (int)call->kind, call->interface, status_name(call->status));
    }
    answered(h, call);
    call_part_done(r, call->request, call->status);
    protocol_call_free(call);
    h = handle_get(&r->handles, HANDLE_TRANSPORT, ref);
    if (h) call_dispatch(h);
    hosted_drain(r);
}
