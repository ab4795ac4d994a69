/* Connection notifications (MprAdminRegisterConnectionNotification).
 *
 * A registration carries its outbox entries: signalling and closing can't fail for memory. The
 * signal entry may be queued once at a time, since one SetEvent tells as much as two. The close
 * entry is the last of a registration and frees it when it has been acted on.
 */
#include "router/dim/notification.h"

#include "router/state.h"

static void act_signal(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    (void)entry; /* may be queued again, or freed, by now */
    host->signal(host->context, (host_event)value);
}

static void act_close(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    host->close_event(host->context, (host_event)value);
    mem_free(CONTAINER_OF(entry, struct notification, close));
}

mpr_status router_notification_add(struct router *r, handle_t32 server, uintptr_t origin,
                                   host_event event)
{
    struct notification *n;

    if (!router_server_valid(r, HANDLE_SERVER, server)) return ST_INVALID_HANDLE;
    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    if (!event) return ST_INVALID_PARAMETER;
    n = mem_alloc(sizeof(*n));
    if (!n) return ST_NOT_ENOUGH_MEMORY;
    n->server = server;
    n->origin = origin;
    n->event = event;
    n->signal.act = act_signal;
    n->signal.value = event;
    n->close.act = act_close;
    n->close.value = event;
    DL_APPEND(r->notifications, n);
    return ST_OK;
}

static void notification_end(struct router *r, struct notification *n)
{
    DL_DELETE(r->notifications, n);
    outbox_take_back(&r->outbox, &n->signal);
    outbox_put(&r->outbox, &n->close);
}

mpr_status router_notification_remove(struct router *r, handle_t32 server, uintptr_t origin)
{
    struct notification *n;

    if (!router_server_valid(r, HANDLE_SERVER, server)) return ST_INVALID_HANDLE;
    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    DL_FOREACH (r->notifications, n) {
        if (n->server != server || n->origin != origin) continue;
        notification_end(r, n);
        return ST_OK;
    }
    return ST_INVALID_PARAMETER;
}

void notification_server_closed(struct router *r, handle_t32 server)
{
    struct notification *n, *next;

    DL_FOREACH_SAFE (r->notifications, n, next) {
        if (!server || n->server == server) notification_end(r, n);
    }
}

void ddm_notify(struct router *r)
{
    struct notification *n;

    DL_FOREACH (r->notifications, n) {
        outbox_put(&r->outbox, &n->signal);
    }
}
