/* The life of a client.
 *
 *   EXPECTED ──time──> ASKED ──agreed──> UP ──gone, dropped, ended──> freed
 *                        └──refused, no answer, gone, ended──> freed
 *
 * Everything that it needs is had when it calls: interface, port, connection, what the host is
 * asked with, and room for two timers. `timer` is the call that is to come, then the drop; `watch`
 * waits for the host's answers. Whoever is told of a change hears in the order of ddm.c; of the
 * protocols, which clients have none of, those of the Internal interface.
 */
#include "router/ddm/client.h"

#include <string.h>

#include "base/trace.h"
#include "base/utf16.h"
#include "router/ddm/connection.h"
#include "router/ddm/ddm.h"
#include "router/ddm/dial_config.h"
#include "router/ddm/port.h"
#include "router/dim/adapters.h"
#include "router/dim/interface.h"
#include "router/dim/notification.h"
#include "router/rm/hosted_client.h"
#include "router/rm/hosted_event.h"
#include "router/state.h"

struct client {
    struct router *router;
    struct interface *interface; /* NULL while it is only expected */
    struct client_call call;
    bool quarantined;
    bool undecided; /* counted in router.undecided */
    msec since;     /* when its link came up; of one that the host has made */
    uint8_t guid[16];
    struct timer timer, watch;
    struct client *prev, *next; /* all of them, in the order of their coming */
};

static timer_fn call_timer, watch_timer;

/* ---- making one ------------------------------------------------------------------------------ */

static struct client *client_new(struct router *r, const struct client_call *call)
{
    struct client *c = mem_alloc(sizeof(*c));
    bool first = c && timer_reserve(&r->timers);

    if (!first || !timer_reserve(&r->timers)) {
        if (first) timer_unreserve(&r->timers);
        mem_free(c);
        return NULL;
    }
    c->router = r;
    c->call = *call;
    c->quarantined = call->quarantined;
    c->timer.fire = call_timer;
    c->watch.fire = watch_timer;
    DL_APPEND(r->clients, c);
    return c;
}

static void client_free(struct client *c)
{
    struct router *r = c->router;

    timer_stop(&r->timers, &c->timer);
    timer_stop(&r->timers, &c->watch);
    timer_unreserve(&r->timers);
    timer_unreserve(&r->timers);
    DL_DELETE(r->clients, c);
    mem_free(c);
}

static void client_timer_in(struct client *c, struct timer *timer, msec from_now)
{
    struct router *r = c->router;

    timer_start(&r->timers, timer, from_now < MSEC_NEVER - r->now ? r->now + from_now : MSEC_NEVER);
}

/* DOMAIN\user, what is too long cut; without a user the name of the adapter. */
static void client_name(const struct client_call *call, char16_t ret[INTERFACE_NAME_MAX + 1])
{
    size_t domain = *call->user ? u16_length(call->domain, LINK_DOMAIN_MAX) : 0, units;
    const char16_t *last = *call->user ? call->user : call->alias;

    memcpy(ret, call->domain, domain * sizeof(*ret));
    if (domain) ret[domain++] = u'\\';
    units = u16_length(last, INTERFACE_NAME_MAX - domain);
    memcpy(ret + domain, last, units * sizeof(*ret));
    ret[domain + units] = 0;
}

bool client_has_adapter(const struct router *r, uint32_t host_index)
{
    const struct client *c;

    if (!host_index) return false;
    DL_FOREACH (r->clients, c) {
        if (c->interface && c->interface->binding.host_index == host_index) return true;
    }
    return false;
}

/* The adapter is spoken for: another client's link, or what a demand-dial interface is dialled
 * over, also while it is not. */
static bool adapter_taken(const struct router *r, const struct client_call *call)
{
    const struct interface *i;

    if (!*call->adapter && !*call->alias) return false;
    if (client_has_adapter(r, call->binding.host_index)) return true;
    for (size_t at = 0; (i = interface_next(r, &at));) {
        const struct dial_config *dial = interface_is_demand_dial(i) ? ddm_config(i) : NULL;

        if (!dial || dial->kind < DIALER_HOST) continue;
        if (u16_equal_nocase(dial_config_text(dial, DIAL_TEXT_ADAPTER), call->adapter) ||
            u16_equal_nocase(dial_config_text(dial, DIAL_TEXT_ADAPTER), call->alias)) {
            return true;
        }
    }
    return false;
}

/* The GUID of a connection that has no phone-book entry. */
static void guid_make(struct client *c)
{
    const struct router_host *host = c->router->host;

    for (size_t n = 0; n < sizeof(c->guid); n += sizeof(uint32_t)) {
        uint32_t random = host->random(host->context);

        memcpy(c->guid + n, &random, sizeof(random));
    }
    c->guid[7] = (uint8_t)((c->guid[7] & 0x0F) | 0x40); /* RFC 4122 4.4, as Windows lays it out */
    c->guid[8] = (uint8_t)((c->guid[8] & 0x3F) | 0x80);
}

/* ---- the end --------------------------------------------------------------------------------- */

/* In or out: the last of those that were there at the start lets go on who waits for them. */
static void decided(struct client *c)
{
    struct router *r = c->router;
    struct request *waiting, *next;

    if (!c->undecided) return;
    c->undecided = false;
    if (--r->undecided) return;
    DL_FOREACH_SAFE (r->settling, waiting, next) {
        DL_DELETE(r->settling, waiting);
        request_complete(r, waiting, ST_OK);
    }
}

mpr_status router_clients_settled(struct router *r, struct request *request)
{
    if (!r->undecided) return ST_OK;
    DL_APPEND(r->settling, request);
    return ST_PENDING;
}

static void client_end(struct client *c, mpr_status status)
{
    struct router *r = c->router;
    struct interface *i = c->interface;
    bool was_up = i->phase == DIAL_UP;
    uint32_t host_index = i->binding.host_index;

    TRACE(INFO, "client %s: gone, %s", trace_u16(i->name).text, status_name(status));
    i->phase = DIAL_IDLE;
    hosted_client_gone(i);
    port_release(i);
    decided(c);
    client_free(c);
    interface_free(i);
    if (!was_up) return;
    lan_lend(r, host_index, false);
    ddm_notify(r);
}

/* By our own will, which the host's link does not follow. */
static void client_put_out(struct client *c, mpr_status status)
{
    if (*c->call.alias) {
        TRACE(WARNING, "client %s: adapter %s stays up as long as the host keeps it",
              trace_u16(c->interface->name).text, trace_u16(c->call.alias).text);
    }
    client_end(c, status);
}

void client_stop(struct interface *i, mpr_status status)
{
    client_put_out(i->client, status);
}

void clients_shutdown(struct router *r)
{
    struct client *c, *next;

    DL_FOREACH_SAFE (r->clients, c, next) {
        if (c->interface)
            client_end(c, ST_ROUTER_STOPPED);
        else
            client_free(c);
    }
}

void router_client_gone(struct router *r, handle_t32 client)
{
    struct interface *i = interface_get(r, client);

    if (!i || !i->client) return;
    client_end(i->client, ST_INTERFACE_DISCONNECTED);
    hosted_drain(r);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static void ask(struct client *c)
{
    struct admission *a = c->interface->port->admission;

    a->address = (struct admission_address){.ipv4 = c->call.binding.remote,
                                            .fixed = *c->call.alias != 0,
                                            .wants_ipv6 = c->call.wants_ipv6};
    memcpy(a->address.ipv6_id, c->call.ipv6_id, sizeof(a->address.ipv6_id));
    connection_ask(c->interface->port);
    client_timer_in(c, &c->watch, c->router->config.call_timeout);
}

static void ask_next(struct client *c)
{
    if (connection_ask_next(c->interface->port)) {
        client_timer_in(c, &c->watch, c->router->config.call_timeout);
    }
}

static mpr_status client_begin(struct client *c)
{
    struct router *r = c->router;
    char16_t name[INTERFACE_NAME_MAX + 1];
    struct interface *i;
    mpr_status status;

    if (adapter_taken(r, &c->call)) return ST_INTERFACE_CONNECTED;
    client_name(&c->call, name);
    status = interface_new(r, name, IF_CLIENT, &i);
    if (status != ST_OK) return status;
    status = port_answer(i, c->call.port);
    if (status != ST_OK) {
        interface_free(i);
        return status;
    }
    i->client = c;
    i->state = IF_CONNECTING;
    i->phase = DIAL_DIALLING;
    i->binding = c->call.binding;
    i->port->base = c->call.base;
    c->interface = i;
    c->since = r->now - c->call.age;
    c->undecided = c->call.at_start;
    r->undecided += c->undecided;
    guid_make(c);
    TRACE(INFO, "client %s: calling, index %u", trace_u16(i->name).text, (unsigned)i->index);
    ask(c);
    return ST_OK;
}

/* True: it is there. Otherwise it is gone, and the log says why. */
static bool client_called(struct client *c, mpr_status *ret)
{
    char16_t name[INTERFACE_NAME_MAX + 1];

    *ret = client_begin(c);
    if (*ret == ST_OK) return true;
    client_name(&c->call, name);
    /* One that is another's may be offered again and again. */
    if (*ret != ST_INTERFACE_CONNECTED)
        TRACE(WARNING, "client %s: refused, %s", trace_u16(name).text, status_name(*ret));
    client_free(c);
    return false;
}

mpr_status router_client_call(struct router *r, const struct client_call *call, handle_t32 *ret)
{
    struct client *c = client_new(r, call);
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    *ret = 0;
    if (!c) return status;
    if (call->after) {
        client_timer_in(c, &c->timer, call->after);
        return ST_OK;
    }
    if (client_called(c, &status)) *ret = c->interface->handle;
    return status;
}

/* ---- answers --------------------------------------------------------------------------------- */

static void client_connected(struct client *c)
{
    struct interface *i = c->interface;

    connection_begin(i->port, *c->call.alias ? c->router->now - c->since : 0);
    i->phase = DIAL_UP;
    i->state = IF_CONNECTED;
    i->has_binding = true;
    if (c->call.drop_after) client_timer_in(c, &c->timer, c->call.drop_after);
    TRACE(INFO, "client %s: connected", trace_u16(i->name).text);
    lan_lend(c->router, i->binding.host_index, true);
    hosted_client_connected(i);
    ddm_notify(c->router);
    decided(c);
}

void client_admitted(struct interface *i, const struct admission *a)
{
    struct client *c = i->client;

    timer_stop(&c->router->timers, &c->watch);
    if (a->answer != ST_OK) {
        client_put_out(c, a->answer);
    } else if (i->phase != DIAL_UP) {
        i->binding.remote = a->address.ipv4;
        memcpy(c->call.ipv6_id, a->address.ipv6_id, sizeof(c->call.ipv6_id));
        client_connected(c);
    } else {
        ask_next(c);
    }
}

/* Nobody but administration DLLs has an opinion on what follows. */
static void question(struct client *c, enum admission_kind kind)
{
    if (!c->router->ports.administrated) return;
    connection_question(c->interface->port, kind);
    ask_next(c);
}

void client_moved(struct interface *i)
{
    question(i->client, ADMISSION_ASK_MOVED);
}

mpr_status router_connection_release(struct router *r, handle_t32 connection)
{
    struct port *p = handle_get(&r->handles, HANDLE_CONNECTION, connection);
    struct client *c = p && p->linked ? p->interface->client : NULL;

    if (!p || !p->linked) return ST_INVALID_PARAMETER;
    if (!c || !c->quarantined) return ST_NOT_FOUND;
    c->quarantined = false;
    TRACE(INFO, "client %s: out of quarantine", trace_u16(c->interface->name).text);
    question(c, ADMISSION_ASK_AGAIN);
    return ST_OK;
}

/* ---- time ------------------------------------------------------------------------------------ */

static void call_timer(struct timer *timer, msec now)
{
    struct client *c = CONTAINER_OF(timer, struct client, timer);
    mpr_status status;

    (void)now;
    if (c->interface)
        client_end(c, ST_INTERFACE_DISCONNECTED);
    else
        client_called(c, &status);
}

static void watch_timer(struct timer *timer, msec now)
{
    (void)now;
    client_put_out(CONTAINER_OF(timer, struct client, watch), ST_AUTH_SERVER_TIMEOUT);
}

/* ---- telling --------------------------------------------------------------------------------- */

void client_describe(const struct interface *i, struct connection_info *ret)
{
    const struct client *c = i->client;

    ret->identified = true;
    u16_copy(ret->user, LINK_USER_MAX + 1, c->call.user);
    u16_copy(ret->domain, LINK_DOMAIN_MAX + 1, c->call.domain);
    u16_copy(ret->computer, LINK_COMPUTER_MAX + 1, c->call.computer);
    memcpy(ret->guid, c->guid, sizeof(ret->guid));
    ret->quarantined = c->quarantined;
    ret->has_remote_ipv6 = c->call.wants_ipv6;
    memcpy(ret->remote_ipv6_id, c->call.ipv6_id, sizeof(ret->remote_ipv6_id));
}
