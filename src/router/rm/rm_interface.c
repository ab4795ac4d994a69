/* Transports on interfaces, and what DIM and DDM tell of interfaces.
 *
 * A transport is active while its interface is connected with addresses, enabled, and not switched
 * off by its own INTERFACE_STATUS_INFO block; while it is not, its static routes may be held
 * (rm_hold.h). rm_refresh brings everything in line with that:
 * whoever changed something calls it and need not know what follows.
 */
#include "router/rm/rm_interface.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "router/dim/interface.h"
#include "router/post.h"
#include "router/rm/host_filters.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm.h"
#include "router/rm/rm_apply.h"
#include "router/rm/rm_binding.h"
#include "router/rm/rm_hold.h"
#include "router/rm/rm_routes.h"
#include "router/rm/update.h"
#include "router/state.h"

struct iftransport *rm_iftransport(const struct interface *i, const struct router_manager *m)
{
    struct iftransport *t;

    DL_FOREACH (i->transports, t) {
        if (t->manager == m) return t;
    }
    return NULL;
}

struct iftransport *rm_iftransport_by_index(const struct router_manager *m, uint32_t index)
{
    const struct interface *i = interface_by_index(m->router, index);

    return i ? rm_iftransport(i, m) : NULL;
}

/* ---- by host adapter ------------------------------------------------------------------------- */

static struct iftransport **bucket(struct router_manager *m, uint32_t host_index)
{
    return &m->by_host[host_index % MANAGER_HOST_BUCKETS];
}

struct iftransport *rm_by_host_index(const struct router_manager *m, uint32_t host_index)
{
    struct iftransport *t = m->by_host[host_index % MANAGER_HOST_BUCKETS];

    while (t && t->host_index != host_index) t = t->host_next;
    return t;
}

static void host_link(struct iftransport *t)
{
    struct iftransport **head;

    t->host_index = t->interface->binding.host_index;
    head = bucket(t->manager, t->host_index);
    t->host_next = *head;
    *head = t;
}

static void host_unlink(struct iftransport *t)
{
    struct iftransport **place = bucket(t->manager, t->host_index);

    while (*place != t) place = &(*place)->host_next;
    *place = t->host_next;
}

/* ---- active or not --------------------------------------------------------------------------- */

static bool switched_off(const struct iftransport *t)
{
    struct info_block block;
    struct reader r;

    if (info_blob_find(&t->info, INFO_IP_INTERFACE_STATUS_INFO, &block) != ST_OK) return false;
    if (!block.data) return false;
    reader_init(&r, block.data, info_block_bytes(&block));
    return rd_le32(&r) == IF_ADMIN_STATUS_DOWN;
}

/* A LAN interface may have addresses of IPv6 only. What a dialled one has been given is its own
 * business. */
static bool has_addresses(const struct iftransport *t)
{
    const struct interface *i = t->interface;

    return i->has_binding && (t->manager->transport != TRANSPORT_IP || !i->lan || i->binding.count);
}

static bool may_be_active(const struct iftransport *t)
{
    const struct interface *i = t->interface;

    return has_addresses(t) && i->enabled && i->state == IF_CONNECTED && !switched_off(t);
}

/* The routes go, in order to come as those of the link: the host has to be told. */
static void let_go(struct iftransport *t)
{
    if (t->held) rm_routes_withdraw(t);
    t->held = false;
}

static void activate(struct iftransport *t)
{
    struct protocol_binding *b;

    let_go(t);
    if (t->active) { /* at other addresses */
        host_unlink(t);
        rtm_route_delete_all(t->manager->local, t->interface->index);
    }
    t->active = true;
    host_link(t);
    rm_routes_install(t);
    host_filters_moved(t);
    DL_FOREACH (t->protocols, b) binding_up(t, b);
}

/* The former result goes as well: it is that of a connection that is no more. */
static void deactivate(struct iftransport *t)
{
    struct protocol_binding *b;

    update_abort(t, ST_INTERFACE_NOT_CONNECTED, true);
    DL_FOREACH (t->protocols, b) binding_down(t, b);
    rm_routes_withdraw(t);
    host_unlink(t);
    t->active = false;
    host_filters_moved(t);
}

static void refresh_hold(struct iftransport *t)
{
    bool wanted = !t->active && !switched_off(t) && rm_hold_wanted(t);

    if (wanted && !t->held) {
        t->held = true;
        rm_routes_install(t);
    }
    if (!wanted) let_go(t);
}

void rm_refresh(struct iftransport *t, bool readdress)
{
    bool wanted = may_be_active(t);

    if (wanted && (readdress || !t->active)) activate(t);
    if (!wanted && t->active) deactivate(t);
    refresh_hold(t);
}

/* ---- life ------------------------------------------------------------------------------------ */

static struct iftransport *iftransport_new(struct interface *i, struct router_manager *m)
{
    struct iftransport *t = mem_alloc(sizeof(*t));

    if (!t) return NULL;
    if (!timer_reserve(&i->router->timers)) {
        mem_free(t);
        return NULL;
    }
    t->interface = i;
    t->manager = m;
    update_init(t);
    DL_APPEND(i->transports, t);
    return t;
}

void rm_iftransport_free(struct iftransport *t, mpr_status status)
{
    struct protocol_binding *b, *next;

    update_abort(t, status, true);
    DL_FOREACH_SAFE (t->protocols, b, next) binding_remove(t, b);
    let_go(t);
    if (t->active) {
        rm_routes_withdraw(t);
        host_unlink(t);
        host_filters_moved(t);
    }
    timer_unreserve(&t->interface->router->timers);
    DL_DELETE(t->interface->transports, t);
    blob_free(&t->info);
    mem_free(t);
}

static mpr_status put_on(struct interface *i, struct router_manager *m,
                         const struct info_view *info, struct request *request)
{
    struct iftransport *t = iftransport_new(i, m);
    mpr_status status;

    if (!t) return ST_NOT_ENOUGH_MEMORY;
    status = rm_apply(t, info, true, request);
    if (status != ST_OK && status != ST_PENDING) rm_iftransport_free(t, status);
    return status;
}

/* ---- requests -------------------------------------------------------------------------------- */

/* What every function checks first: handle, then transport. */
static mpr_status look_up(const struct router *r, handle_t32 handle, uint32_t transport,
                          struct interface **ret, struct router_manager **ret_manager)
{
    *ret = interface_get(r, handle);
    if (!*ret) return ST_INVALID_HANDLE;
    *ret_manager = rm_find(r, transport);
    return *ret_manager ? ST_OK : ST_UNKNOWN_PROTOCOL_ID;
}

static mpr_status look_up_present(const struct router *r, handle_t32 handle, uint32_t transport,
                                  struct iftransport **ret)
{
    struct interface *i;
    struct router_manager *m;
    mpr_status status = look_up(r, handle, transport, &i, &m);

    if (status != ST_OK) return status;
    *ret = rm_iftransport(i, m);
    return *ret ? ST_OK : ST_NO_SUCH_INTERFACE;
}

mpr_status router_iftransport_add(struct router *r, handle_t32 interface, uint32_t transport,
                                  const struct blob *info, struct request *request)
{
    struct info_view view;
    struct interface *i;
    struct router_manager *m;
    mpr_status status = look_up(r, interface, transport, &i, &m);

    if (status != ST_OK) return status;
    status = rm_blob_open(info, &view);
    if (status != ST_OK) return status;
    if (rm_iftransport(i, m)) return ST_PROTOCOL_ALREADY_INSTALLED;
    if (i->type == IF_CLIENT) return ST_INVALID_PARAMETER;
    status = put_on(i, m, &view, request);
    hosted_drain(r);
    return status;
}

mpr_status router_iftransport_remove(struct router *r, handle_t32 interface, uint32_t transport)
{
    struct iftransport *t;
    mpr_status status = look_up_present(r, interface, transport, &t);

    if (status != ST_OK) return status;
    if (interface_is_demand_dial(t->interface) && t->interface->state == IF_CONNECTED) {
        return ST_INTERFACE_CONNECTED;
    }
    rm_iftransport_free(t, ST_NO_SUCH_INTERFACE);
    hosted_drain(r);
    return ST_OK;
}

mpr_status router_iftransport_get(const struct router *r, handle_t32 interface, uint32_t transport,
                                  const struct blob **info)
{
    struct iftransport *t;
    mpr_status status = look_up_present(r, interface, transport, &t);

    if (status != ST_OK && status != ST_NO_SUCH_INTERFACE) return status;
    if (!interface_get(r, interface)->enabled) return ST_INVALID_HANDLE;
    if (status == ST_OK && info) *info = &t->info;
    return status;
}

bool rm_store_info(const struct iftransport *t, const struct blob *info)
{
    struct store_item item = {.kind = STORE_INTERFACE_INFO,
                              .interface_name = t->interface->name,
                              .transport = t->manager->transport,
                              .data = info->data,
                              .size = info->size};

    return !t->interface->stored || post_store(t->interface->router, &item);
}

/* The running configuration survives (page of MprAdminInterfaceTransportSetInfo): what was set on
 * an interface that has a key is written there, also when that changes nothing here: something else
 * may be stored. A lost store costs persistence until the next one, not the change. */
static void store_what_was_set(const struct iftransport *t)
{
    if (!rm_store_info(t, &t->info)) {
        TRACE(ERROR, "interface %u: no memory to store its information", t->interface->index);
    }
}

mpr_status router_iftransport_set(struct router *r, handle_t32 interface, uint32_t transport,
                                  const struct blob *info, struct request *request)
{
    struct info_view view;
    struct iftransport *t;
    mpr_status status = look_up_present(r, interface, transport, &t);

    if (status == ST_OK) status = rm_blob_open(info, &view);
    if (status != ST_OK) return status;
    status = rm_apply(t, &view, false, request);
    if (status == ST_OK || status == ST_PENDING) store_what_was_set(t);
    hosted_drain(r);
    return status;
}

/* ---- what DIM and DDM tell ------------------------------------------------------------------- */

void rm_interface_up(struct interface *i)
{
    struct iftransport *t;

    DL_FOREACH (i->transports, t) rm_refresh(t, true);
}

void rm_interface_changed(struct interface *i)
{
    struct iftransport *t;

    DL_FOREACH (i->transports, t) rm_refresh(t, false);
}

void rm_interface_addresses6(struct interface *i)
{
    struct iftransport *t;

    DL_FOREACH (i->transports, t) {
        if (t->manager->transport == TRANSPORT_IPV6) rm_refresh(t, true);
    }
}

void rm_interface_media(struct interface *i, bool present)
{
    struct iftransport *t;
    struct protocol_binding *b;

    DL_FOREACH (i->transports, t) {
        DL_FOREACH (t->protocols, b)
            binding_status(t, b, present ? RIS_MEDIA_PRESENT : RIS_MEDIA_ABSENT);
    }
}

void rm_interface_gone(struct interface *i)
{
    while (i->transports) rm_iftransport_free(i->transports, ST_NO_SUCH_INTERFACE);
}

mpr_status rm_interface_defaults(struct interface *i)
{
    struct blob info = {NULL, 0};
    struct info_view view;
    struct router_manager *m;
    uint8_t data[4];
    struct writer w;
    mpr_status status;

    writer_init(&w, data, sizeof(data));
    wr_le32(&w, IF_ADMIN_STATUS_UP);
    status = info_blob_put(&info, &(struct info_block){.type = INFO_IP_INTERFACE_STATUS_INFO,
                                                       .item_size = sizeof(data),
                                                       .count = 1,
                                                       .data = data});
    if (status == ST_OK) status = info_open(&view, info.data, info.size);
    DL_FOREACH (i->router->managers, m) {
        if (status != ST_OK) break;
        if (!rm_iftransport(i, m)) status = put_on(i, m, &view, NULL);
    }
    blob_free(&info);
    return status;
}
