/* One protocol on one interface.
 *
 * A binding exists from the moment ADD_INTERFACE is queued (built-in: made) until the protocol
 * refuses the interface or DELETE_INTERFACE is queued. The router manager trusts this table and not
 * the protocol's: DLLs have been seen to accept an interface twice and to delete one that they
 * never had (page of InterfaceStatus).
 *
 * Going away must not fail for memory. So the calls that take an interface away from a foreign
 * protocol are made when it comes: DELETE_INTERFACE with the binding, DISABLED and the loss of the
 * addresses when it is bound. Lack of memory then shows as a protocol that is not bound.
 */
#include "router/rm/rm_binding.h"

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/rm/builtin.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_client.h"
#include "router/rm/update.h"
#include "router/state.h"

struct protocol_binding *binding_find(const struct iftransport *t, const struct hosted_protocol *h)
{
    struct protocol_binding *b;

    DL_FOREACH (t->protocols, b) {
        if (b->protocol == h) return b;
    }
    return NULL;
}

mpr_status binding_new(struct iftransport *t, struct hosted_protocol *h,
                       const struct info_block *block, struct protocol_binding **ret,
                       struct protocol_call **ret_call)
{
    struct protocol_binding *b = mem_alloc(sizeof(*b));

    if (!b) return ST_NOT_ENOUGH_MEMORY;
    b->protocol = h;
    b->serial = ++t->interface->router->next_serial;
    *ret_call = call_new(h, CALL_ADD_INTERFACE, t->interface, block);
    if (!*ret_call) goto free_binding;
    (*ret_call)->serial = b->serial;
    if (!h->builtin) {
        b->remove = call_new(h, CALL_DELETE_INTERFACE, t->interface, NULL);
        if (!b->remove) goto free_call;
    }
    *ret = b;
    return ST_OK;

free_call:
    protocol_call_free(*ret_call);
    *ret_call = NULL;
free_binding:
    mem_free(b);
    return ST_NOT_ENOUGH_MEMORY;
}

void binding_discard(struct protocol_binding *b)
{
    hosted_client_forget(b);
    protocol_call_free(b->disable);
    protocol_call_free(b->unbind);
    protocol_call_free(b->remove);
    mem_free(b);
}

/* ---- status calls ---------------------------------------------------------------------------- */

static void describe(struct protocol_call *call, const struct iftransport *t,
                     enum interface_status_type type, bool active)
{
    call->status_type = type;
    call->active = active;
    if (type != RIS_ADDRESS_CHANGE) return;
    call->has_binding = true;
    if (active) call->binding = t->interface->binding;
}

static struct protocol_call *status_call(struct iftransport *t, struct protocol_binding *b,
                                         enum interface_status_type type, bool active)
{
    struct protocol_call *call = call_new(b->protocol, CALL_INTERFACE_STATUS, t->interface, NULL);

    if (call) describe(call, t, type, active);
    return call;
}

static mpr_status status_now(struct iftransport *t, struct protocol_binding *b,
                             enum interface_status_type type, bool active)
{
    struct protocol_call call;

    call_init(&call, b->protocol, CALL_INTERFACE_STATUS, t->interface);
    describe(&call, t, type, active);
    builtin_call(b->protocol, &call);
    return call.status;
}

static void no_memory(const struct iftransport *t, const struct protocol_binding *b)
{
    TRACE(ERROR, "interface %u: no memory to tell protocol %u of its state", t->interface->index,
          b->protocol->protocol_id);
}

/* Makes what binding and later unbinding need, or nothing. */
static bool reserve(struct iftransport *t, struct protocol_binding *b,
                    struct protocol_call **ret_enable)
{
    struct protocol_call *enable = status_call(t, b, RIS_ENABLED, true);

    b->disable = status_call(t, b, RIS_DISABLED, false);
    b->unbind = status_call(t, b, RIS_ADDRESS_CHANGE, false);
    if (enable && b->disable && b->unbind) {
        *ret_enable = enable;
        return true;
    }
    protocol_call_free(enable);
    protocol_call_free(b->disable);
    protocol_call_free(b->unbind);
    b->disable = b->unbind = NULL;
    return false;
}

static void up_foreign(struct iftransport *t, struct protocol_binding *b)
{
    struct protocol_call *address = status_call(t, b, RIS_ADDRESS_CHANGE, true);
    struct protocol_call *enable = NULL;

    if (!address || (!b->bound && !reserve(t, b, &enable))) {
        protocol_call_free(address);
        no_memory(t, b);
        return;
    }
    call_queue(b->protocol, address, NULL);
    if (enable) call_queue(b->protocol, enable, NULL);
    b->bound = true;
}

void binding_up(struct iftransport *t, struct protocol_binding *b)
{
    if (!b->protocol->builtin) {
        up_foreign(t, b);
        return;
    }
    if (status_now(t, b, RIS_ADDRESS_CHANGE, true) != ST_OK || b->bound) return;
    b->bound = status_now(t, b, RIS_ENABLED, true) == ST_OK;
}

static void queue_reserved(struct hosted_protocol *h, struct protocol_call **call)
{
    if (*call) call_queue(h, *call, NULL);
    *call = NULL;
}

void binding_down(struct iftransport *t, struct protocol_binding *b)
{
    if (!b->bound) return;
    b->bound = false;
    if (b->protocol->builtin) {
        status_now(t, b, RIS_DISABLED, false);
        status_now(t, b, RIS_ADDRESS_CHANGE, false);
        return;
    }
    queue_reserved(b->protocol, &b->disable);
    queue_reserved(b->protocol, &b->unbind);
}

void binding_status(struct iftransport *t, struct protocol_binding *b,
                    enum interface_status_type type)
{
    struct protocol_call *call;
    bool active = type == RIS_MEDIA_PRESENT;

    if (b->protocol->builtin) {
        status_now(t, b, type, active);
        return;
    }
    call = status_call(t, b, type, active);
    if (call) {
        call_queue(b->protocol, call, NULL);
    } else {
        no_memory(t, b);
    }
}

/* ---- the end --------------------------------------------------------------------------------- */

void binding_remove(struct iftransport *t, struct protocol_binding *b)
{
    struct hosted_protocol *h = b->protocol;

    update_part_done(t, b, ST_CAN_NOT_COMPLETE);
    DL_DELETE(t->protocols, b);
    if (h->builtin) {
        builtin_do(h, CALL_DELETE_INTERFACE, t->interface, NULL);
    } else {
        queue_reserved(h, &b->remove);
    }
    binding_discard(b);
}

void binding_lose(struct iftransport *t, struct protocol_binding *b)
{
    update_part_done(t, b, ST_CAN_NOT_COMPLETE);
    DL_DELETE(t->protocols, b);
    binding_discard(b);
}
