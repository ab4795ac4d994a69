/* Server handles to other routers: a table of this process, which says through which carrier a
 * handle's calls go and what the router calls its session.
 *
 * A router that has been started anew knows none of the sessions of the former one. Its numbers may
 * be the same, though, so each binding counts how often it was renewed: of several threads that
 * find the session gone, the first opens a new one, and the others take that.
 */
#include "api/remote/remote.h"

#include "win32/sys/access.h"

struct binding {
    struct carrier *carrier;
    uint32_t session;
    uint32_t renewals;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct handle_table table; /* all zero: as handle_table_init leaves it */

static enum handle_kind own_kind(enum handle_kind kind)
{
    return kind == HANDLE_MIB_SERVER ? HANDLE_REMOTE_MIB : HANDLE_REMOTE;
}

/* That the router of this machine is not there is told who may call it, and nobody else. */
static mpr_status access_first(mpr_status status)
{
    mpr_status access = status == ST_RPC_SERVER_UNAVAILABLE ? access_check() : ST_OK;

    return access == ST_OK ? status : access;
}

/* ---- open and close -------------------------------------------------------------------------- */

static handle_t32 add_binding(enum handle_kind kind, struct binding *b)
{
    handle_t32 handle;

    AcquireSRWLockExclusive(&lock);
    handle = handle_new(&table, own_kind(kind), b);
    ReleaseSRWLockExclusive(&lock);
    return handle;
}

mpr_status remote_open(struct carrier *c, enum handle_kind kind, HANDLE *ret)
{
    struct binding *b = mem_alloc(sizeof(*b));
    handle_t32 handle;
    mpr_status status;

    *ret = NULL;
    if (!b) return ST_NOT_ENOUGH_MEMORY;
    *b = (struct binding){.carrier = c};
    status = c->table->open(c, kind, &b->session);
    if (!c->elsewhere) status = access_first(status);
    if (status == ST_OK) {
        handle = add_binding(kind, b);
        if (handle) {
            *ret = api_handle_out(handle);
            return ST_OK;
        }
        c->table->close(c, b->session);
        status = ST_NOT_ENOUGH_MEMORY;
    }
    mem_free(b);
    return status;
}

mpr_status remote_close(enum handle_kind kind, HANDLE server)
{
    struct binding *b;

    AcquireSRWLockExclusive(&lock);
    b = handle_delete(&table, own_kind(kind), api_handle(server));
    ReleaseSRWLockExclusive(&lock);
    if (!b) return ST_INVALID_HANDLE;
    if (kind == HANDLE_SERVER) remote_notification_end(server);
    b->carrier->table->close(b->carrier, b->session);
    mem_free(b);
    return ST_OK;
}

/* ---- carrying -------------------------------------------------------------------------------- */

static mpr_status look_up(enum handle_kind kind, HANDLE server, struct binding *ret)
{
    const struct binding *b;

    AcquireSRWLockShared(&lock);
    b = handle_get(&table, own_kind(kind), api_handle(server));
    if (b) *ret = *b;
    ReleaseSRWLockShared(&lock);
    return b ? ST_OK : ST_RPC_INVALID_BINDING;
}

bool remote_has_no_events(HANDLE server)
{
    struct binding b;

    return look_up(HANDLE_SERVER, server, &b) == ST_OK && b.carrier->elsewhere;
}

/* Gives the binding its new session, unless it has one already or has been closed. *b is what it is
 * then. */
static mpr_status exchange(enum handle_kind kind, HANDLE server, uint32_t fresh, struct binding *b)
{
    struct binding *now;
    bool taken = false;

    AcquireSRWLockExclusive(&lock);
    now = handle_get(&table, own_kind(kind), api_handle(server));
    if (now && now->renewals == b->renewals) {
        now->session = fresh;
        now->renewals++;
        taken = true;
    }
    if (now) *b = *now;
    ReleaseSRWLockExclusive(&lock);
    if (!taken) b->carrier->table->close(b->carrier, fresh);
    return now ? ST_OK : ST_RPC_INVALID_BINDING;
}

static mpr_status renew(enum handle_kind kind, HANDLE server, struct binding *b)
{
    struct binding now;
    uint32_t fresh;
    mpr_status status = look_up(kind, server, &now);

    if (status != ST_OK) return status;
    if (now.renewals != b->renewals) {
        *b = now;
        return ST_OK;
    }
    status = b->carrier->table->open(b->carrier, kind, &fresh);
    if (status != ST_OK) return status;
    TRACE(INFO, "server handle 0x%x: another router is there, and has a new session",
          (unsigned)api_handle(server));
    return exchange(kind, server, fresh, b);
}

static mpr_status carry_once(const struct binding *b, uint32_t method, const struct ndr *request,
                             struct carrier_octets *response, struct carrier_router *ret_router)
{
    *response = (struct carrier_octets){NULL, 0};
    return b->carrier->table->call(b->carrier, b->session, method, request->written,
                                   request->position, response, ret_router);
}

static mpr_status carry(enum handle_kind kind, HANDLE server, struct binding *b, uint32_t method,
                        const struct ndr *request, struct carrier_octets *response,
                        struct carrier_router *ret_router)
{
    mpr_status status = carry_once(b, method, request, response, ret_router);

    if (status != ST_RPC_INVALID_BINDING && status != ST_RPC_SERVER_UNAVAILABLE) return status;
    status = renew(kind, server, b);
    return status == ST_OK ? carry_once(b, method, request, response, ret_router) : status;
}

/* Whether the router of this machine may run was looked at when this program last asked or
 * connected, as for one in this process. */
mpr_status remote_carry(enum handle_kind kind, HANDLE server, uint32_t method,
                        const struct ndr *request, struct carrier_octets *response,
                        struct carrier_router *ret_router)
{
    struct binding b;
    mpr_status status = look_up(kind, server, &b);

    *response = (struct carrier_octets){NULL, 0};
    carrier_router_none(ret_router);
    if (status != ST_OK) return status;
    if (!b.carrier->elsewhere) status = instance_check_enabled();
    if (status == ST_OK) status = carry(kind, server, &b, method, request, response, ret_router);
    return b.carrier->elsewhere ? status : access_first(status);
}
