/* A new global blob of a router manager.
 *
 * It is applied in three steps: everything that needs memory is made; the built-in protocol, which
 * may refuse its block, is asked; then the blob, the preferences and the calls to foreign protocols
 * are committed, which can't fail any more. What a foreign protocol answers later is told to
 * whoever waits, but its block stays: it is the administrator's word, not the protocol's.
 */
#include "router/rm/rm_global.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "infoblock/priority.h"
#include "router/rm/builtin.h"
#include "router/rm/hosted.h"
#include "router/rm/hosted_stop.h"
#include "router/rm/hosted_call.h"
#include "router/rm/rm.h"
#include "router/rm/rm_routes.h"
#include "router/state.h"

/* What a block of a protocol asks for. */
struct change {
    enum { CHANGE_NONE, CHANGE_START, CHANGE_SET, CHANGE_STOP } kind;
    struct hosted_protocol *protocol;
    struct hosted_protocol *failed; /* START: the one that it takes the place of */
    struct protocol_call *call;     /* foreign: LOAD or SET_GLOBAL_INFO */
    struct info_block block;
    bool done; /* built-in: carried out */
};

struct global_change {
    struct router_manager *manager;
    struct blob global, client;
    struct protocol_priority *priorities;
    size_t priority_count;
    struct change *changes;
    uint32_t count;
};

static mpr_status prepare_start(struct router_manager *m, struct change *c)
{
    mpr_status status = hosted_prepare_start(m, c->block.type, &c->protocol, &c->call);

    if (status == ST_NOT_FOUND) {
        TRACE(WARNING, "router manager %#x: no protocol %u is known; its block is kept",
              m->transport, c->block.type);
        return ST_OK;
    }
    if (status == ST_OK) c->kind = CHANGE_START;
    return status;
}

static mpr_status prepare_change(struct router_manager *m, struct change *c)
{
    struct hosted_protocol *h = hosted_find(m, c->block.type);

    if (!c->block.data) {
        c->protocol = h;
        c->kind = h ? CHANGE_STOP : CHANGE_NONE;
        return ST_OK;
    }
    if (h && h->state == HOSTED_FAILED) {
        c->failed = h;
        h = NULL;
    }
    if (!h) return prepare_start(m, c);
    c->protocol = h;
    c->kind = CHANGE_SET;
    if (h->builtin || !hosted_accepts(h)) return ST_OK;
    c->call = call_new(h, CALL_SET_GLOBAL_INFO, NULL, &c->block);
    return c->call ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status prepare_changes(struct global_change *g, const struct info_view *view)
{
    struct info_block block;
    enum rm_block_use use;
    mpr_status status = ST_OK;

    g->changes = mem_alloc_array(view->count, sizeof(*g->changes));
    if (!g->changes) return ST_NOT_ENOUGH_MEMORY;
    for (uint32_t n = 0; status == ST_OK; n++) {
        use = rm_block_at(view, n, &block);
        if (use == RM_BLOCK_END) break;
        if (use == RM_BLOCK_SKIP || !rm_is_protocol_block(block.type)) continue;
        g->changes[g->count].block = block;
        status = prepare_change(g->manager, &g->changes[g->count++]);
    }
    return status;
}

/* Merges the blobs and prepares what their blocks ask for; nothing has changed afterwards. */
static mpr_status global_prepare(struct global_change *g, const struct info_view *global,
                                 const struct info_view *client)
{
    struct router_manager *m = g->manager;
    struct info_view merged = {0};
    mpr_status status = ST_OK;

    if (!blob_set(&g->global, m->global.data, m->global.size)) return ST_NOT_ENOUGH_MEMORY;
    if (!blob_set(&g->client, m->client.data, m->client.size)) return ST_NOT_ENOUGH_MEMORY;
    if (client) status = rm_blob_merge(&g->client, client);
    if (status == ST_OK && global) status = rm_blob_merge(&g->global, global);
    if (status != ST_OK) return status;
    if (g->global.size) status = info_open(&merged, g->global.data, g->global.size);
    if (status == ST_OK) status = priority_read(&merged, &g->priorities, &g->priority_count);
    if (status == ST_OK && global) status = prepare_changes(g, global);
    return status;
}

static mpr_status run_builtin(struct change *c)
{
    mpr_status status = ST_OK;

    if (!c->protocol || !c->protocol->builtin) return ST_OK;
    if (c->kind == CHANGE_START) status = hosted_start_builtin(c->protocol, &c->block);
    if (c->kind == CHANGE_SET) {
        status = builtin_do(c->protocol, CALL_SET_GLOBAL_INFO, NULL, &c->block);
    }
    c->done = status == ST_OK;
    return status;
}

/* A started one is taken out again. That leaves no other built-in protocol changed, as there is
 * one at most per transport. */
static void global_discard(struct global_change *g)
{
    for (uint32_t n = 0; n < g->count; n++) {
        struct change *c = &g->changes[n];

        protocol_call_free(c->call);
        if (c->kind != CHANGE_START) continue;
        if (c->done) {
            hosted_stop(c->protocol);
        } else {
            hosted_free(c->protocol);
        }
    }
}

static void commit_change(struct change *c, struct request *request)
{
    if (c->failed) hosted_stop(c->failed);
    switch (c->kind) {
    case CHANGE_NONE:
        break;
    case CHANGE_STOP:
        hosted_stop(c->protocol);
        break;
    case CHANGE_START:
        if (c->call) hosted_start_foreign(c->protocol, c->call, request);
        break;
    case CHANGE_SET:
        if (c->call) {
            call_queue(c->protocol, c->call, request);
        } else if (!c->protocol->builtin) {
            c->protocol->global_changed = true; /* told when it has started */
        }
        break;
    }
}

static void reinstall(struct iftransport *t, void *context)
{
    (void)context;
    if (rm_routes_installed(t)) rm_routes_install(t);
}

/* A protocol asks for its preference when it adds a route; those that it has follow here. */
static void prefer_learned(struct router_manager *m)
{
    const struct hosted_protocol *h;

    DL_FOREACH (m->protocols, h) {
        rtm_prefer(m->rtm, h->protocol_id, rm_preference(m, h->protocol_id), m->entity);
    }
}

static bool same_priorities(const struct global_change *g)
{
    const struct router_manager *m = g->manager;

    return m->priority_count == g->priority_count &&
           (!g->priority_count ||
            !memcmp(m->priorities, g->priorities, g->priority_count * sizeof(*g->priorities)));
}

static void global_commit(struct global_change *g, struct request *request)
{
    struct router_manager *m = g->manager;
    struct protocol_priority *former = m->priorities;
    bool same = same_priorities(g);

    blob_take(&m->global, &g->global);
    blob_take(&m->client, &g->client);
    m->priorities = g->priorities;
    m->priority_count = g->priority_count;
    g->priorities = former;
    for (uint32_t n = 0; n < g->count; n++) commit_change(&g->changes[n], request);
    if (same) return;
    rm_each(m, reinstall, NULL); /* routes that are there change in place */
    prefer_learned(m);
}

static void global_free(struct global_change *g)
{
    blob_free(&g->global);
    blob_free(&g->client);
    mem_free(g->priorities);
    mem_free(g->changes);
}

mpr_status rm_apply_global(struct router_manager *m, const struct info_view *global,
                           const struct info_view *client, struct request *request)
{
    struct global_change g = {.manager = m};
    mpr_status status = global_prepare(&g, global, client);

    for (uint32_t n = 0; status == ST_OK && n < g.count; n++) status = run_builtin(&g.changes[n]);
    if (status == ST_OK) {
        if (request) request->parts = request->status = 0;
        global_commit(&g, request);
        status = request && request->parts ? ST_PENDING : ST_OK;
    } else {
        global_discard(&g);
    }
    global_free(&g);
    return status;
}
