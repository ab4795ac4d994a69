/* Connections: what is on an occupied port.
 *
 * The handle is made before the attempt, and nobody is shown it until the link is up. When there
 * are RAS administration DLLs, an attempt whose link is up waits for them (MprAdminAcceptNew-
 * Connection, -AcceptNewLink): the interface is still connecting then. One struct admission goes
 * to the host with the question, comes back with the answer, and goes there again when the
 * connection is over (hang-up notifications); the host frees it. If the attempt ends before the
 * answer, the port lets go of it, and the answer sends it back at once. For a client the host is
 * always asked: it knows who may dial in. When one leaves quarantine or its tunnel moves, the same
 * admission goes there once more in between.
 */
#include "router/ddm/connection.h"

#include "base/trace.h"
#include "base/utf16.h"
#include "router/ddm/client.h"
#include "router/ddm/connection_describe.h"
#include "router/ddm/ddm.h"
#include "router/ddm/port_info.h"
#include "router/rm/hosted_event.h"
#include "router/state.h"

/* ---- admission ------------------------------------------------------------------------------- */

static void act_admission(const struct router_host *host, struct outbox_entry *entry,
                          uintptr_t value)
{
    (void)value;
    host->admission(host->context, CONTAINER_OF(entry, struct admission, out));
}

static void admission_send(struct port *p, enum admission_kind kind)
{
    struct admission *a = p->admission;

    a->kind = kind;
    connection_describe(p, &a->connection);
    port_describe(p, &a->port);
    a->port.connection = p->connection; /* shown to nobody else before it is up */
    a->out.act = act_admission;
    outbox_put(&p->router->outbox, &a->out);
}

void router_administrate(struct router *r, bool on)
{
    r->ports.administrated = on;
}

bool connection_ask(struct port *p)
{
    if (!p->admission) return false;
    p->asking = true;
    admission_send(p, ADMISSION_ASK);
    return true;
}

void connection_question(struct port *p, enum admission_kind kind)
{
    p->questions |= (uint8_t)(1u << kind);
}

bool connection_ask_next(struct port *p)
{
    enum admission_kind kind = ADMISSION_ASK_AGAIN;

    if (p->asking || !p->questions) return false;
    while (!(p->questions & 1u << kind)) kind++;
    p->questions &= (uint8_t) ~(1u << kind);
    p->asking = true;
    admission_send(p, kind);
    return true;
}

void router_admission_answer(struct router *r, struct admission *a)
{
    struct port *p = handle_get(&r->handles, HANDLE_CONNECTION, a->connection.connection);

    if (p && p->asking && p->admission == a) {
        p->asking = false;
        p->answered = true;
        if (p->interface->client)
            client_admitted(p->interface, a);
        else
            ddm_admitted(p->interface, a->answer);
        hosted_drain(r);
        return;
    }
    a->kind = ADMISSION_END; /* nobody waits any more; it tells what was when it was asked */
    outbox_put(&r->outbox, &a->out);
}

/* What was asked about has to be told the end; what was not is ours to free. */
static void admission_end(struct port *p)
{
    struct admission *a = p->admission;

    if (!a) return;
    if (p->answered && !p->asking) {
        admission_send(p, ADMISSION_END);
    } else if (!p->asking) {
        mem_free(a);
    }
    p->admission = NULL;
    p->asking = p->answered = false;
    p->questions = 0;
}

/* ---- life ------------------------------------------------------------------------------------ */

mpr_status connection_prepare(struct port *p, bool admission)
{
    struct router *r = p->router;

    p->base = (struct link_counters){0};
    p->connection = handle_new(&r->handles, HANDLE_CONNECTION, p);
    if (!p->connection) return ST_NOT_ENOUGH_MEMORY;
    if (!admission) return ST_OK;
    p->admission = mem_alloc(sizeof(*p->admission));
    if (p->admission) return ST_OK;
    handle_delete(&r->handles, HANDLE_CONNECTION, p->connection);
    p->connection = 0;
    return ST_NOT_ENOUGH_MEMORY;
}

void connection_begin(struct port *p, msec age)
{
    struct router *r = p->router;
    struct port_table *t = &r->ports;

    p->linked = true;
    p->calls++;
    p->linked_at = r->now - age;
    p->started = r->host->unix_time(r->host->context) - (uint32_t)(age / 1000);
    p->order = ++t->next_order;
    DL_APPEND2(t->connections, p, linked_prev, linked_next);
    t->connection_count++;
}

void connection_end(struct port *p)
{
    struct router *r = p->router;

    if (!p->connection) return;
    admission_end(p);
    if (p->linked) {
        DL_DELETE2(r->ports.connections, p, linked_prev, linked_next);
        r->ports.connection_count--;
        p->linked = false;
    }
    handle_delete(&r->handles, HANDLE_CONNECTION, p->connection);
    p->connection = 0;
    mem_free(p->moved);
    p->moved = NULL;
    mem_free(p->identity);
    p->identity = NULL;
}

/* ---- telling --------------------------------------------------------------------------------- */

uint32_t router_connection_count(const struct router *r)
{
    return r->ports.connection_count;
}

static struct port *connection_get(struct router *r, handle_t32 connection)
{
    struct port *p = handle_get(&r->handles, HANDLE_CONNECTION, connection);

    return p && p->linked ? p : NULL;
}

/* Why connection_get has nothing. */
static mpr_status no_connection(handle_t32 connection)
{
    return handle_kind_of(connection) == HANDLE_CONNECTION ? ST_INTERFACE_NOT_CONNECTED
                                                           : ST_INVALID_PARAMETER;
}

mpr_status router_connection_info(struct router *r, handle_t32 connection,
                                  struct connection_info *ret)
{
    const struct port *p = connection_get(r, connection);

    if (!p) return no_connection(connection);
    connection_describe(p, ret);
    return ST_OK;
}

mpr_status router_connection_enum(struct router *r, uint32_t *resume,
                                  struct connection_info *entries, uint32_t max, uint32_t *ret_read,
                                  uint32_t *ret_total)
{
    const struct port *p = r->ports.connections, *q;
    uint32_t read = 0;

    while (p && p->order <= *resume) p = p->linked_next;
    *ret_total = 0;
    for (q = p; q; q = q->linked_next) ++*ret_total;
    for (; p && read < max; p = p->linked_next) {
        connection_describe(p, &entries[read++]);
        *resume = p->order;
    }
    if (!p) *resume = 0;
    *ret_read = read;
    return ST_OK;
}

mpr_status router_connection_find(struct router *r, uint32_t remote, handle_t32 *ret)
{
    const struct port *p;

    for (p = r->ports.connections; p; p = p->linked_next) {
        if (remote && p->interface->binding.remote == remote) break;
    }
    if (!p) return ST_INVALID_PARAMETER;
    *ret = p->connection;
    return ST_OK;
}

mpr_status router_connection_move(struct router *r, handle_t32 connection, const char16_t *local,
                                  const char16_t *remote)
{
    struct port *p = connection_get(r, connection);

    if (!p) return no_connection(connection);
    if (p->kind != PORT_IKEV2) return ST_NOT_SUPPORTED;
    if (!p->moved) p->moved = mem_alloc(sizeof(*p->moved));
    if (!p->moved) return ST_NOT_ENOUGH_MEMORY;
    if (*local) u16_copy(p->moved->local, PORT_ENDPOINT_MAX + 1, local);
    if (*remote) u16_copy(p->moved->remote, PORT_ENDPOINT_MAX + 1, remote);
    p->moved->switch_overs++;
    if (p->interface->client) client_moved(p->interface);
    TRACE(INFO, "interface %s: the tunnel moved to %s", trace_u16(p->interface->name).text,
          trace_u16(remote).text);
    return ST_OK;
}
