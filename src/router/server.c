/* Server handles, and what MPR_SERVER_0 tells. */
#include "router/ddm/client.h"
#include "router/ddm/ddm.h"
#include "router/dim/adapters.h"
#include "router/dim/notification.h"
#include "router/rm/hosted_event.h"
#include "router/rm/update.h"
#include "router/state.h"

static bool is_server_kind(enum handle_kind kind)
{
    return kind == HANDLE_SERVER || kind == HANDLE_MIB_SERVER;
}

mpr_status router_server_open(struct router *r, enum handle_kind kind, handle_t32 *ret)
{
    handle_t32 handle;

    if (!is_server_kind(kind)) return ST_INVALID_PARAMETER;
    handle = handle_new(&r->handles, kind, r);
    if (!handle) return ST_NOT_ENOUGH_MEMORY;
    *ret = handle;
    return ST_OK;
}

mpr_status router_server_close(struct router *r, enum handle_kind kind, handle_t32 server)
{
    if (!is_server_kind(kind) || !handle_delete(&r->handles, kind, server)) {
        return ST_INVALID_HANDLE;
    }
    notification_server_closed(r, server);
    rm_server_closed(r, server);
    hosted_drain(r);
    return ST_OK;
}

bool router_server_valid(const struct router *r, enum handle_kind kind, handle_t32 server)
{
    return is_server_kind(kind) && handle_get(&r->handles, kind, server);
}

void router_server_info(struct router *r, struct server_info *ret)
{
    *ret = (struct server_info){.lan_only = !router_has_ddm(r)};
    ret->up_seconds = (uint32_t)((r->now - r->started) / 1000);
    router_port_count(r, &ret->total_ports, &ret->ports_in_use);
}

static bool is_known_elsewhere(const struct interface *i)
{
    return i->stored || i->type == IF_INTERNAL || i->type == IF_LOOPBACK ||
           (i->lan && i->lan->found);
}

static bool has_a_link(const struct interface *i)
{
    return (i->dial || i->client) && (i->state == IF_CONNECTED || i->state == IF_CONNECTING);
}

bool router_would_lose(const struct router *r)
{
    if (r->updating || r->notifications) return true;
    for (size_t n = 0; n < r->order_used; n++) {
        const struct interface *i = r->order[n].interface;

        if (i && (has_a_link(i) || !is_known_elsewhere(i))) return true;
    }
    return false;
}

/* From the end: with a client its interface goes, and those behind it may move up. */
static void end_links(struct router *r)
{
    for (size_t n = r->order_used; n-- > 0;) {
        struct interface *i = n < r->order_used ? r->order[n].interface : NULL;

        if (!i) continue;
        if (i->dial && ddm_busy(i)) ddm_stop(i, ST_INTERFACE_DISCONNECTED);
        if (i->client) client_stop(i, ST_INTERFACE_DISCONNECTED);
    }
}

bool router_wind_down(struct router *r)
{
    bool said;

    router_pause(r, true);
    while (r->updating) update_abort(r->updating, ST_ROUTER_STOPPED, true);
    said = router_last_word(r);
    if (said) end_links(r);
    hosted_drain(r);
    return said;
}
