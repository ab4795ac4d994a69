/* A hosted protocol's life.
 *
 *   built-in   start, add_interface*, start_complete, status calls: all at once, or not at all
 *   foreign    LOADING → STARTING → RUNNING → STOPPING → gone, or FAILED from anywhere
 *
 * START, ADD_INTERFACE*, START_COMPLETE and the status calls are queued as soon as START has been
 * answered (ready): the queue keeps their order. What an administrator sets before that is read
 * from the blobs then, so no call has to be kept for it.
 */
#include "router/rm/hosted.h"

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/rm/builtin.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_client.h"
#include "router/rm/hosted_stop.h"
#include "router/rm/rm.h"
#include "router/rm/rm_binding.h"
#include "router/state.h"

#define KNOWN_FUNCTIONALITY                                                   \
    (PROTOCOL_ROUTING | PROTOCOL_ROUTING_V6 | PROTOCOL_DEMAND_UPDATE_ROUTES | \
     PROTOCOL_ADD_ALL_INTERFACES | PROTOCOL_MULTICAST)

struct hosted_protocol *hosted_find(const struct router_manager *m, uint32_t protocol_id)
{
    struct hosted_protocol *h;

    DL_FOREACH (m->protocols, h) {
        if (h->protocol_id == protocol_id && h->state != HOSTED_STOPPING) return h;
    }
    return NULL;
}

bool hosted_accepts(const struct hosted_protocol *h)
{
    return h->ready && (h->state == HOSTED_RUNNING || h->state == HOSTED_STARTING);
}

static const char16_t *catalogue_name(const struct router_manager *m, uint32_t protocol_id)
{
    const struct catalogue_entry *e;

    LL_FOREACH (m->router->catalogue, e) {
        if (e->transport == m->transport && e->protocol_id == protocol_id) return e->dll_name;
    }
    return NULL;
}

mpr_status hosted_new(struct router_manager *m, uint32_t protocol_id, struct hosted_protocol **ret)
{
    const struct builtin_protocol *row = builtin_find(m, protocol_id);
    const char16_t *dll_name = catalogue_name(m, protocol_id);
    struct router *r = m->router;
    struct hosted_protocol *h;

    *ret = NULL;
    if (!row && !dll_name) return ST_NOT_FOUND;
    h = mem_alloc(sizeof(*h));
    if (!h) return ST_NOT_ENOUGH_MEMORY;
    *h = (struct hosted_protocol){.manager = m,
                                  .protocol_id = protocol_id,
                                  .dll_name = dll_name,
                                  .watchdog.fire = hosted_watchdog_fired};
    if (row) builtin_prepare(h, row);
    if (!timer_reserve(&r->timers)) goto free_protocol;
    h->ref = handle_new(&r->handles, HANDLE_TRANSPORT, h);
    if (!h->ref) goto unreserve;
    h->stop = h->builtin ? NULL : call_new(h, CALL_STOP, NULL, NULL);
    if (!h->builtin && !h->stop) goto delete_handle;
    DL_APPEND(m->protocols, h);
    *ret = h;
    return ST_OK;

delete_handle:
    handle_delete(&r->handles, HANDLE_TRANSPORT, h->ref);
unreserve:
    timer_unreserve(&r->timers);
free_protocol:
    mem_free(h);
    return ST_NOT_ENOUGH_MEMORY;
}

/* ---- interfaces ------------------------------------------------------------------------------ */

struct joining {
    struct hosted_protocol *protocol;
    mpr_status status; /* first failure for lack of memory */
};

static bool wants(const struct hosted_protocol *h, const struct iftransport *t,
                  struct info_block *ret)
{
    bool has = info_blob_find(&t->info, h->protocol_id, ret) == ST_OK && ret->data;

    return has || (h->functionality & PROTOCOL_ADD_ALL_INTERFACES);
}

/* ADD_INTERFACE for one that was there before the protocol. A block that a built-in protocol
 * refuses stays in the blob, but the protocol is not on that interface. */
static void join(struct iftransport *t, void *context)
{
    struct joining *j = context;
    struct hosted_protocol *h = j->protocol;
    struct protocol_binding *b;
    struct protocol_call *call;
    struct info_block block;
    mpr_status status;

    if (j->status != ST_OK || !wants(h, t, &block)) return;
    status = binding_new(t, h, block.data ? &block : NULL, &b, &call);
    if (status != ST_OK) {
        j->status = status;
        return;
    }
    DL_APPEND(t->protocols, b);
    if (!h->builtin) {
        call_queue(h, call, NULL);
        return;
    }
    builtin_call(h, call);
    if (call->status == ST_NOT_ENOUGH_MEMORY) j->status = call->status;
    if (call->status != ST_OK) binding_lose(t, b);
    protocol_call_free(call);
}

static void bring_up(struct iftransport *t, void *context)
{
    struct hosted_protocol *h = context;
    struct protocol_binding *b = binding_find(t, h);

    if (b && t->active) binding_up(t, b);
    if (b) hosted_client_catch_up(t, b);
}

/* ---- starting -------------------------------------------------------------------------------- */

mpr_status hosted_start_builtin(struct hosted_protocol *h, const struct info_block *block)
{
    struct joining j = {h, ST_OK};
    mpr_status status = builtin_do(h, CALL_START, NULL, block);

    if (status != ST_OK) return status;
    h->state = HOSTED_STARTING;
    rm_each(h->manager, join, &j);
    status = j.status;
    if (status == ST_OK) status = builtin_do(h, CALL_START_COMPLETE, NULL, NULL);
    if (status != ST_OK) {
        hosted_leave(h);
        builtin_do(h, CALL_STOP, NULL, NULL);
        return status;
    }
    h->state = HOSTED_RUNNING;
    h->ready = true;
    TRACE(INFO, "%s started", h->builtin->name);
    rm_each(h->manager, bring_up, h);
    return ST_OK;
}

/* Its predecessor is in a call that was given up. */
static bool waits_for_late(const struct hosted_protocol *h)
{
    const struct hosted_protocol *other;

    DL_FOREACH (h->manager->protocols, other) {
        if (other != h && other->protocol_id == h->protocol_id && other->call_out &&
            !timer_running(&other->watchdog)) {
            return true;
        }
    }
    return false;
}

void hosted_start_foreign(struct hosted_protocol *h, struct protocol_call *load,
                          struct request *request)
{
    bool late = waits_for_late(h);

    h->state = HOSTED_LOADING;
    call_queue(h, load, late ? NULL : request);
    if (late) {
        TRACE(WARNING, "protocol %u has not come back from a call; it starts when it has",
              h->protocol_id);
    }
}

mpr_status hosted_prepare_start(struct router_manager *m, uint32_t protocol_id,
                                struct hosted_protocol **ret, struct protocol_call **ret_load)
{
    mpr_status status = hosted_new(m, protocol_id, ret);

    if (status != ST_OK || (*ret)->builtin) return status;
    *ret_load = call_new(*ret, CALL_LOAD, NULL, NULL);
    if (*ret_load) return ST_OK;
    hosted_free(*ret);
    *ret = NULL;
    return ST_NOT_ENOUGH_MEMORY;
}

/* The next call of the start takes over what waits for it. */
static void succeed(struct protocol_call *from, struct protocol_call *to)
{
    to->request = from->request;
    from->request = NULL;
}

static struct protocol_call *start_call(struct hosted_protocol *h)
{
    struct info_block block;

    info_blob_find(&h->manager->global, h->protocol_id, &block);
    return call_new(h, CALL_START, NULL, &block);
}

void hosted_loaded(struct hosted_protocol *h, struct protocol_call *call)
{
    struct protocol_call *start = NULL;

    if (call->status == ST_OK) {
        start = start_call(h);
        if (!start) call->status = ST_NOT_ENOUGH_MEMORY;
    }
    if (call->status != ST_OK) {
        hosted_fail(h, call->status);
        return;
    }
    if (call->functionality & ~(uint32_t)KNOWN_FUNCTIONALITY) {
        TRACE(WARNING, "protocol %u claims unknown functionality %#x", h->protocol_id,
              call->functionality);
    }
    h->functionality = call->functionality & KNOWN_FUNCTIONALITY;
    h->state = HOSTED_STARTING;
    h->global_changed = false;
    call_queue(h, start, NULL);
    succeed(call, start);
}

/* Its global block was set after START had been made. */
static void queue_global(struct hosted_protocol *h)
{
    struct info_block block;
    struct protocol_call *call;

    if (!h->global_changed) return;
    h->global_changed = false;
    if (info_blob_find(&h->manager->global, h->protocol_id, &block) != ST_OK) return;
    call = call_new(h, CALL_SET_GLOBAL_INFO, NULL, &block);
    if (call) {
        call_queue(h, call, NULL);
    } else {
        TRACE(ERROR, "protocol %u: no memory to tell its new global block", h->protocol_id);
    }
}

void hosted_started(struct hosted_protocol *h, struct protocol_call *call)
{
    struct protocol_call *complete = NULL;
    struct joining j = {h, ST_OK};

    h->started = call->status == ST_OK;
    if (call->status == ST_OK) {
        complete = call_new(h, CALL_START_COMPLETE, NULL, NULL);
        if (!complete) call->status = ST_NOT_ENOUGH_MEMORY;
    }
    if (call->status == ST_OK) {
        rm_each(h->manager, join, &j);
        call->status = j.status;
    }
    if (call->status != ST_OK) {
        protocol_call_free(complete);
        hosted_fail(h, call->status);
        return;
    }
    h->ready = true;
    call_queue(h, complete, NULL);
    succeed(call, complete);
    queue_global(h);
    rm_each(h->manager, bring_up, h);
}

void hosted_running(struct hosted_protocol *h, struct protocol_call *call)
{
    if (call->status != ST_OK) {
        hosted_fail(h, call->status);
        return;
    }
    h->state = HOSTED_RUNNING;
    h->ran = true;
    TRACE(INFO, "protocol %u started, functionality %#x", h->protocol_id, h->functionality);
}
