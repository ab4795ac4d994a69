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

/* Newest first: the list's head knows its tail. */
static struct notification *older(const struct router *r, const struct notification *n)
{
    return n == r->notifications ? NULL : n->prev;
}

static struct notification *newest(const struct router *r)
{
    return r->notifications ? r->notifications->prev : NULL;
}

mpr_status router_notification_remove(struct router *r, handle_t32 server, uintptr_t origin,
                                      host_event event)
{
    struct notification *n;

    if (!router_server_valid(r, HANDLE_SERVER, server)) return ST_INVALID_HANDLE;
    if (!router_has_ddm(r)) return ST_DDM_NOT_RUNNING;
    for (n = newest(r); n; n = older(r, n)) {
        if (n->server != server || (event ? n->event != event : n->origin != origin)) continue;
        notification_end(r, n);
        return ST_OK;
    }
    return ST_INVALID_PARAMETER;
}

size_t router_notification_events(const struct router *r, handle_t32 server, host_event *ret,
                                  size_t room)
{
    size_t count = 0;

    for (const struct notification *n = newest(r); n; n = older(r, n)) {
        if (n->server != server) continue;
        if (count < room) ret[count] = n->event;
        count++;
    }
    return count;
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
