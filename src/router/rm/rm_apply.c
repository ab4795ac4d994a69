/* A new blob for a transport on an interface, handed out block by block.
 *
 * SetInfo is per block (page of MprAdminInterfaceTransportSetInfo): a block that is absent means no
 * action, one of length zero takes its client off the interface, any other is set. The router
 * manager keeps the merged blob and every block in it, also those of protocols that are not
 * running: they get them when they are started.
 *
 * Order: all memory, then the routes (which can be undone), then the built-in protocol, which may
 * refuse; from there on nothing fails.
 */
#include "router/rm/rm_apply.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/rm/builtin.h"
#include "router/rm/host_filters.h"
#include "router/rm/hosted.h"
#include "router/rm/hosted_stop.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_client.h"
#include "router/rm/rm.h"
#include "router/rm/rm_binding.h"
#include "router/rm/rm_interface.h"
#include "router/rm/rm_routes.h"
#include "router/rm/rm_rows.h"
#include "router/state.h"

/* What one protocol is to be told. */
struct step {
    enum { STEP_NONE, STEP_ADD, STEP_SET, STEP_REMOVE, STEP_REVIVE } kind;
    struct hosted_protocol *protocol;
    struct hosted_protocol *failed;   /* REVIVE: the one that protocol takes the place of */
    struct protocol_binding *former;  /* ADD: that is taken away before, or NULL */
    struct protocol_binding *binding; /* ADD: new; REMOVE: that there is */
    struct protocol_call *call;       /* ADD, SET; REVIVE: LOAD */
};

struct apply {
    struct iftransport *transport;
    struct blob info; /* merged */
    struct info_block old_rows, new_rows;
    struct rm_route_set routes;
    struct step *steps;
    size_t count;
};

static mpr_status prepare_add(struct apply *a, struct step *s, const struct info_block *block)
{
    mpr_status status = binding_new(a->transport, s->protocol, block, &s->binding, &s->call);

    if (status == ST_OK) s->kind = STEP_ADD;
    return status;
}

/* A protocol that ran and failed is started afresh, and then reads the block from the blob. One
 * that could not be started is not tried again for each interface. */
static mpr_status prepare_revival(struct apply *a, struct hosted_protocol *failed)
{
    struct step *s = &a->steps[a->count];
    mpr_status status =
        hosted_prepare_start(failed->manager, failed->protocol_id, &s->protocol, &s->call);

    if (status != ST_OK) return status;
    s->kind = STEP_REVIVE;
    s->failed = failed;
    a->count++;
    return ST_OK;
}

/* A foreign protocol that wants every interface has this one again, without a block, as it would
 * have it after a restart. */
static mpr_status prepare_removal(struct apply *a, struct step *s)
{
    const struct hosted_protocol *h = s->protocol;

    if (!s->binding) return ST_OK;
    if (h->builtin || !(h->functionality & PROTOCOL_ADD_ALL_INTERFACES)) {
        s->kind = STEP_REMOVE;
        return ST_OK;
    }
    s->former = s->binding;
    s->binding = NULL;
    return prepare_add(a, s, NULL);
}

static mpr_status prepare_block(struct apply *a, const struct info_block *block)
{
    struct hosted_protocol *h = hosted_find(a->transport->manager, block->type);
    struct step *s = &a->steps[a->count];

    if (h && h->state == HOSTED_FAILED && h->ran && block->data) return prepare_revival(a, h);
    if (!h || !hosted_accepts(h)) {
        TRACE(INFO, "interface %u: protocol %u is not running; its block is kept",
              a->transport->interface->index, block->type);
        return ST_OK;
    }
    a->count++;
    s->protocol = h;
    s->binding = binding_find(a->transport, h);
    if (!block->data) return prepare_removal(a, s);
    if (!s->binding) return prepare_add(a, s, block);
    s->call = call_new(h, CALL_SET_INTERFACE_INFO, a->transport->interface, block);
    if (!s->call) return ST_NOT_ENOUGH_MEMORY;
    s->kind = STEP_SET;
    return ST_OK;
}

/* Protocols that want every interface get a new one even without a block. */
static mpr_status prepare_others(struct apply *a)
{
    struct hosted_protocol *h;
    mpr_status status = ST_OK;

    DL_FOREACH (a->transport->manager->protocols, h) {
        bool has = false;

        for (size_t n = 0; n < a->count; n++) has = has || a->steps[n].protocol == h;
        if (has || !hosted_accepts(h) || !(h->functionality & PROTOCOL_ADD_ALL_INTERFACES))
            continue;
        a->steps[a->count].protocol = h;
        status = prepare_add(a, &a->steps[a->count++], NULL);
        if (status != ST_OK) break;
    }
    return status;
}

static mpr_status prepare_steps(struct apply *a, const struct info_view *changes, bool fresh)
{
    struct hosted_protocol *h;
    struct info_block block;
    enum rm_block_use use;
    mpr_status status = ST_OK;
    size_t room = 1 + (size_t)changes->count;

    DL_FOREACH (a->transport->manager->protocols, h) room++;
    a->steps = mem_alloc_array(room, sizeof(*a->steps));
    if (!a->steps) return ST_NOT_ENOUGH_MEMORY;
    for (uint32_t n = 0; status == ST_OK; n++) {
        use = rm_block_at(changes, n, &block);
        if (use == RM_BLOCK_END) break;
        if (use == RM_BLOCK_TAKE && rm_is_protocol_block(block.type)) {
            status = prepare_block(a, &block);
        }
    }
    if (status == ST_OK && fresh) status = prepare_others(a);
    return status;
}

static mpr_status prepare(struct apply *a, const struct info_view *changes, bool fresh)
{
    struct iftransport *t = a->transport;
    mpr_status status;

    if (!blob_set(&a->info, t->info.data, t->info.size)) return ST_NOT_ENOUGH_MEMORY;
    status = rm_blob_merge(&a->info, changes);
    if (status == ST_OK) status = rm_routes_find(&a->info, &a->new_rows);
    if (status == ST_OK) rm_rows_adopt(&a->info, t->interface->index);
    if (status == ST_OK) status = rm_routes_find(&t->info, &a->old_rows);
    if (status == ST_OK) status = rm_routes_of_block(t, &a->new_rows, &a->routes);
    if (status == ST_OK) status = prepare_steps(a, changes, fresh);
    if (status == ST_OK && rm_routes_installed(t))
        status = rm_routes_begin(t, &a->old_rows, &a->routes);
    return status;
}

/* The calls into built-in protocols that may be refused. */
static mpr_status run_builtins(struct apply *a)
{
    mpr_status status = ST_OK;

    for (size_t n = 0; status == ST_OK && n < a->count; n++) {
        struct step *s = &a->steps[n];

        if (!s->protocol->builtin || !s->call) continue;
        builtin_call(s->protocol, s->call);
        status = s->call->status;
    }
    if (status != ST_OK && rm_routes_installed(a->transport)) {
        rm_routes_undo(a->transport, &a->old_rows, &a->routes);
    }
    return status;
}

static void revive(struct step *s, struct request *request)
{
    hosted_stop(s->failed);
    hosted_start_foreign(s->protocol, s->call, request);
    s->call = NULL;
    s->protocol = NULL;
}

static void commit_step(struct iftransport *t, struct step *s, struct request *request)
{
    struct hosted_protocol *h = s->protocol;

    if (s->kind == STEP_REVIVE) {
        revive(s, request);
        return;
    }
    if (s->former) binding_remove(t, s->former);
    if (s->kind == STEP_ADD) DL_APPEND(t->protocols, s->binding);
    if (s->kind == STEP_REMOVE) binding_remove(t, s->binding);
    if (s->call && !h->builtin) {
        call_queue(h, s->call, request);
        s->call = NULL;
    }
    if (s->kind == STEP_ADD && t->active) binding_up(t, s->binding);
    if (s->kind == STEP_ADD) hosted_client_catch_up(t, s->binding);
    s->binding = NULL;
}

static void commit(struct apply *a, struct request *request)
{
    struct iftransport *t = a->transport;

    if (rm_routes_installed(t)) rm_routes_finish(t, &a->old_rows, &a->routes);
    blob_take(&t->info, &a->info);
    t->settled = 0;
    host_filters_set(t);
    for (size_t n = 0; n < a->count; n++) commit_step(t, &a->steps[n], request);
}

static void apply_free(struct apply *a)
{
    for (size_t n = 0; n < a->count; n++) {
        struct step *s = &a->steps[n];

        protocol_call_free(s->call);
        if (s->kind == STEP_ADD && s->binding) binding_discard(s->binding);
        if (s->kind == STEP_REVIVE && s->protocol) hosted_free(s->protocol);
    }
    mem_free(a->steps);
    rm_route_set_free(&a->routes);
    blob_free(&a->info);
}

mpr_status rm_apply(struct iftransport *t, const struct info_view *changes, bool fresh,
                    struct request *request)
{
    struct apply a = {.transport = t};
    mpr_status status = prepare(&a, changes, fresh);

    if (status == ST_OK) status = run_builtins(&a);
    if (status == ST_OK) {
        if (request) request->parts = request->status = 0;
        commit(&a, request);
        rm_refresh(t, false);
        status = request && request->parts ? ST_PENDING : ST_OK;
    }
    apply_free(&a);
    return status;
}
