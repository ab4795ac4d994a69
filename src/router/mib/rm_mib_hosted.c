/* Questions that are passed on to a hosted protocol.
 *
 * The built-in one answers at once. A foreign one is asked on its own thread, behind what is queued
 * for it; whoever asks waits. A protocol that asks another from within one of its own entry points
 * keeps its thread busy meanwhile: if the other waits for it in turn, nobody would ever answer, so
 * that question is refused.
 */
#include "router/mib/rm_mib_hosted.h"

#include "infoblock/infoblock.h"
#include "router/mib/rm_mib_internal.h"
#include "router/rm/hosted.h"
#include "router/rm/hosted_call.h"

static mpr_status ask_builtin(struct hosted_protocol *h, struct mib_ask *ask)
{
    void *out = NULL;
    size_t size = 0;
    mpr_status status;

    if (h->state != HOSTED_RUNNING) return ST_CAN_NOT_COMPLETE;
    if (!ask->in || ask->in_size > MIB_IN_MAX) return ST_INVALID_PARAMETER;
    if (!h->builtin->mib_get || ask->op > MIB_GET_NEXT) return ST_NOT_SUPPORTED;
    status =
        h->builtin->mib_get(h->instance, (unsigned)ask->op, ask->in, ask->in_size, &out, &size);
    ask->from_module = true;
    if (status == ST_OK) ask->out = (struct blob){.data = out, .size = size};
    return status;
}

/* The protocol that a protocol's thread waits for inside one of its entry points; 0: none. */
static handle_t32 waits_for(const struct router *r, handle_t32 caller)
{
    const struct router_manager *m;
    const struct hosted_protocol *h;
    const struct protocol_call *call;

    DL_FOREACH (r->managers, m) {
        DL_FOREACH (m->protocols, h) {
            DL_FOREACH (h->calls, call) {
                if (call->kind == CALL_MIB && call->caller == caller) return h->ref;
            }
        }
    }
    return 0;
}

static bool would_wait_for_itself(const struct router *r, handle_t32 caller, handle_t32 asked)
{
    while (caller && asked) {
        if (asked == caller) return true;
        asked = waits_for(r, asked);
    }
    return false;
}

/* Whoever waits for an answer gets the time for it on top of his own, so that a protocol is not
 * given up for another's silence. */
static void extend_watchdogs(struct router *r, handle_t32 caller)
{
    for (unsigned times = 2; caller; times++) {
        struct hosted_protocol *h = handle_get(&r->handles, HANDLE_TRANSPORT, caller);

        if (!h || !h->call_out || !timer_running(&h->watchdog)) return;
        call_watchdog_extend(h, times);
        caller = h->calls->kind == CALL_MIB ? h->calls->caller : 0;
    }
}

static mpr_status ask_foreign(struct hosted_protocol *h, struct mib_ask *ask,
                              struct request *request)
{
    struct info_block block = {.count = 1, .data = ask->in};
    struct protocol_call *call;

    if (!hosted_accepts(h) || would_wait_for_itself(h->manager->router, ask->caller, h->ref)) {
        return ST_CAN_NOT_COMPLETE;
    }
    if (!ask->in || !ask->in_size || ask->in_size > MIB_IN_MAX) return ST_INVALID_PARAMETER;
    block.item_size = (uint32_t)ask->in_size;
    call = call_new(h, CALL_MIB, NULL, &block);
    if (!call) return ST_NOT_ENOUGH_MEMORY;
    call->mib = ask;
    call->mib_op = (unsigned)ask->op;
    call->caller = ask->caller;
    call_queue(h, call, request);
    extend_watchdogs(h->manager->router, ask->caller);
    return ST_PENDING;
}

mpr_status mib_hosted(struct router_manager *m, struct mib_ask *ask, struct request *request)
{
    struct hosted_protocol *h = hosted_find(m, ask->routing_pid);

    if (!h) return ST_CAN_NOT_COMPLETE;
    return h->builtin ? ask_builtin(h, ask) : ask_foreign(h, ask, request);
}

void hosted_mib_answered(struct protocol_call *call)
{
    struct mib_ask *ask = call->mib;

    if (!call->request) return; /* nobody waits, and ask is gone */
    ask->from_module = true;
    if (call->status == ST_OK) blob_take(&ask->out, &call->result);
}
