/* Router managers: one per transport. A manager is its two blobs, its route table and its hosted
 * protocols; how a new global blob is applied is in rm_global.c.
 */
#include "router/rm/rm.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "infoblock/priority.h"
#include "router/post.h"
#include "router/rm/hosted_stop.h"
#include "router/rm/hosted.h"
#include "router/rm/hosted_call.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm_global.h"
#include "router/rm/host_filters.h"
#include "router/rm/host_routes.h"
#include "router/rm/rm_interface.h"
#include "router/rm/update.h"
#include "router/state.h"
#include "infoblock/types.h"

#define FIRST_MANAGER_BLOCK 0xFFFF0000u

struct router_manager *rm_find(const struct router *r, uint32_t transport)
{
    struct router_manager *m;

    DL_FOREACH (r->managers, m) {
        if (m->transport == transport) return m;
    }
    return NULL;
}

bool router_transport_installed(const struct router *r, uint32_t transport)
{
    return rm_find(r, transport) != NULL;
}

struct rtm *router_rtm(struct router *r, uint32_t transport)
{
    const struct router_manager *m = rm_find(r, transport);

    return m ? m->rtm : NULL;
}

uint32_t rm_preference(const struct router_manager *m, uint32_t protocol)
{
    return priority_of(m->priorities, m->priority_count, protocol);
}

bool rm_is_protocol_block(uint32_t type)
{
    return type < FIRST_MANAGER_BLOCK;
}

mpr_status rm_blob_open(const struct blob *b, struct info_view *ret)
{
    if (!b || !b->data || !b->size) return ST_INVALID_PARAMETER;
    return info_open(ret, b->data, b->size);
}

mpr_status rm_blob_merge(struct blob *b, const struct info_view *changes)
{
    void *empty;
    mpr_status status = info_blob_merge(b, changes);

    if (status != ST_OK || b->size) return status;
    status = info_block_create(&info_mem_allocator, &empty);
    if (status == ST_OK) *b = (struct blob){.data = empty, .size = info_block_size(empty)};
    return status;
}

enum rm_block_use rm_block_at(const struct info_view *view, uint32_t n, struct info_block *ret)
{
    struct info_block earlier;

    if (!info_entry(view, n, ret)) return RM_BLOCK_END;
    for (uint32_t i = 0; i < n; i++) {
        if (info_entry(view, i, &earlier) && earlier.type == ret->type) return RM_BLOCK_SKIP;
    }
    return RM_BLOCK_TAKE;
}

void rm_each(struct router_manager *m, rm_each_fn *fn, void *context)
{
    struct interface *i, *next;

    HASH_ITER (hh, m->router->by_name, i, next) {
        struct iftransport *t = rm_iftransport(i, m);

        if (t) fn(t, context);
    }
}

/* Opens both blobs, of which one may be NULL. */
static mpr_status open_both(const struct blob *global, const struct blob *client,
                            struct info_view *ret_global, struct info_view *ret_client)
{
    mpr_status status = ST_OK;

    if (!global && !client) return ST_INVALID_PARAMETER;
    if (global) status = rm_blob_open(global, ret_global);
    if (status == ST_OK && client) status = rm_blob_open(client, ret_client);
    return status;
}

/* ---- the managers ---------------------------------------------------------------------------- */

static void manager_free(struct router_manager *m)
{
    while (m->protocols) hosted_free(m->protocols);
    host_routes_forget(m);
    rtm_destroy(m->rtm);
    blob_free(&m->global);
    blob_free(&m->client);
    mem_free(m->priorities);
    mem_free(m);
}

static mpr_status manager_new(struct router *r, uint32_t transport, struct router_manager **ret)
{
    struct router_manager *m = mem_alloc(sizeof(*m));
    mpr_status status;

    *ret = m;
    if (!m) return ST_NOT_ENOUGH_MEMORY;
    m->router = r;
    m->transport = transport;
    status = rtm_create(&m->rtm, transport == TRANSPORT_IP ? RTM_IPV4 : RTM_IPV6);
    if (status == ST_OK) status = rtm_register(m->rtm, ROUTE_PROTO_ROUTER_MANAGER, &m->entity);
    if (status == ST_OK) status = rtm_register(m->rtm, ROUTE_PROTO_LOCAL, &m->local);
    if (status == ST_OK) status = host_routes_manager(m);
    if (status != ST_OK) manager_free(m);
    return status;
}

mpr_status router_transport_create(struct router *r, uint32_t transport, const struct blob *global,
                                   const struct blob *client, struct request *request)
{
    struct info_view global_view, client_view;
    struct router_manager *m;
    mpr_status status = open_both(global, client, &global_view, &client_view);

    if (status != ST_OK) return status;
    if (transport != TRANSPORT_IP && transport != TRANSPORT_IPV6) return ST_UNKNOWN_PROTOCOL_ID;
    if (rm_find(r, transport)) return ST_PROTOCOL_ALREADY_INSTALLED;
    status = manager_new(r, transport, &m);
    if (status != ST_OK) return status;
    DL_APPEND(r->managers, m);
    status =
        rm_apply_global(m, global ? &global_view : NULL, client ? &client_view : NULL, request);
    if (status != ST_OK && status != ST_PENDING) {
        DL_DELETE(r->managers, m);
        manager_free(m);
        return status;
    }
    TRACE(INFO, "router manager %#x started", transport);
    hosted_drain(r);
    return status;
}

bool rm_store_global(const struct router_manager *m, const struct blob *info)
{
    struct store_item item = {.kind = STORE_GLOBAL_INFO,
                              .transport = m->transport,
                              .data = info->data,
                              .size = info->size};

    return post_store(m->router, &item);
}

/* A lost store costs persistence until the next change, not the change itself. */
static void store_change(const struct router_manager *m, const struct blob *former)
{
    const struct blob *now = &m->global;

    if (former->size == now->size && (!now->size || !memcmp(former->data, now->data, now->size))) {
        return;
    }
    if (!rm_store_global(m, now)) {
        TRACE(ERROR, "router manager %#x: no memory to store its information", m->transport);
    }
}

mpr_status router_transport_set(struct router *r, uint32_t transport, const struct blob *global,
                                const struct blob *client, struct request *request)
{
    struct info_view global_view, client_view;
    struct router_manager *m = rm_find(r, transport);
    struct blob former = {NULL, 0};
    mpr_status status = open_both(global, client, &global_view, &client_view);

    if (status != ST_OK) return status;
    if (!m) return ST_UNKNOWN_PROTOCOL_ID;
    if (!blob_set(&former, m->global.data, m->global.size)) return ST_NOT_ENOUGH_MEMORY;
    status =
        rm_apply_global(m, global ? &global_view : NULL, client ? &client_view : NULL, request);
    if (status == ST_OK || status == ST_PENDING) store_change(m, &former);
    blob_free(&former);
    hosted_drain(r);
    return status;
}

mpr_status router_transport_get(const struct router *r, uint32_t transport,
                                const struct blob **global, const struct blob **client)
{
    const struct router_manager *m = rm_find(r, transport);

    if (!m) return ST_UNKNOWN_PROTOCOL_ID;
    if (global) *global = &m->global;
    if (client) *client = &m->client;
    return ST_OK;
}

/* ---- the catalogue and the end --------------------------------------------------------------- */

mpr_status router_catalogue_add(struct router *r, uint32_t transport, uint32_t protocol_id,
                                const char16_t *dll_name)
{
    struct catalogue_entry *e;
    size_t length = 0;

    while (dll_name[length]) length++;
    if (!length || length > INTERFACE_NAME_MAX) return ST_INVALID_PARAMETER;
    LL_FOREACH (r->catalogue, e) {
        if (e->transport == transport && e->protocol_id == protocol_id) return ST_ALREADY_EXISTS;
    }
    e = mem_alloc(sizeof(*e));
    if (!e) return ST_NOT_ENOUGH_MEMORY;
    e->transport = transport;
    e->protocol_id = protocol_id;
    e->dll_name = mem_dup(dll_name, (length + 1) * sizeof(*dll_name));
    if (!e->dll_name) {
        mem_free(e);
        return ST_NOT_ENOUGH_MEMORY;
    }
    LL_APPEND(r->catalogue, e);
    return ST_OK;
}

static void catalogue_free(struct router *r)
{
    while (r->catalogue) {
        struct catalogue_entry *e = r->catalogue;

        r->catalogue = e->next;
        mem_free(e->dll_name);
        mem_free(e);
    }
}

/* Updates and calls end first, so that every request that waits says why. Foreign protocols that
 * ran are told to stop, without waiting for it: the call is the host's from then on. */
void rm_shutdown(struct router *r)
{
    struct interface *i, *next;
    struct hosted_protocol *h, *following;

    router_host_routes_end(r);
    while (r->updating) update_abort(r->updating, ST_ROUTER_STOPPED, true);
    while (r->managers) {
        struct router_manager *m = r->managers;

        DL_FOREACH_SAFE (m->protocols, h, following) {
            call_drop_all(h, ST_ROUTER_STOPPED);
            hosted_stop(h);
        }
        hosted_drain(r); /* a built-in one is gone when its last message has been taken */
        HASH_ITER (hh, r->by_name, i, next) {
            struct iftransport *t = rm_iftransport(i, m);

            if (t) rm_iftransport_free(t, ST_ROUTER_STOPPED);
        }
        DL_DELETE(r->managers, m);
        manager_free(m);
    }
    catalogue_free(r);
    host_filters_end(r);
}
