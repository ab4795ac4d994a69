/* A walk over all destinations first, then the table's stream of changes. The stream is opened
 * before the walk begins: what changes behind the walk comes once more, as it is then.
 */
#include "router/rm/host_routes.h"

#include <string.h>

#include "infoblock/types.h"
#include "router/dim/interface.h"
#include "router/rm/rm_interface.h"

static void act_changed(const struct router_host *host, struct outbox_entry *entry, uintptr_t value)
{
    (void)entry;
    (void)value;
    host->routes_changed(host->context);
}

static void wake(void *context)
{
    struct router *r = context;

    r->host_routes.changed.act = act_changed;
    outbox_put(&r->outbox, &r->host_routes.changed);
}

void host_routes_wake(struct router *r)
{
    if (r->host_routes.begun) wake(r);
}

mpr_status host_routes_manager(struct router_manager *m)
{
    struct host_route_feed *feed = &m->host_feed;

    if (!m->router->host_routes.begun) return ST_OK;
    *feed = (struct host_route_feed){.walking = true, .first = true};
    return rtm_consumer_open(m->rtm, wake, m->router, &feed->changes);
}

void host_routes_forget(struct router_manager *m)
{
    if (m->host_feed.changes) rtm_consumer_close(m->host_feed.changes);
    m->host_feed = (struct host_route_feed){0};
}

mpr_status router_host_routes_begin(struct router *r)
{
    struct router_manager *m;
    mpr_status status = ST_OK;

    if (r->ending) return ST_ROUTER_STOPPED; /* what is taken out of the tables now stays there */
    router_host_routes_end(r);
    r->host_routes.begun = true;
    DL_FOREACH (r->managers, m) {
        if (status == ST_OK) status = host_routes_manager(m);
    }
    if (status != ST_OK) router_host_routes_end(r);
    return status;
}

void router_host_routes_end(struct router *r)
{
    struct router_manager *m;

    r->host_routes.begun = false;
    outbox_take_back(&r->outbox, &r->host_routes.changed);
    DL_FOREACH (r->managers, m) host_routes_forget(m);
}

/* ---- one route ------------------------------------------------------------------------------ */

static bool is_zero(const struct rtm_address *a)
{
    static const struct rtm_address zero;

    return !memcmp(a, &zero, sizeof(zero));
}

/* Windows writes a destination on the link with the interface's own address as next hop. */
static bool is_own(const struct ip_binding *b, uint32_t address)
{
    for (uint32_t n = 0; n < b->count; n++) {
        if (b->local[n].address == address) return true;
    }
    return false;
}

static bool in_subnet(const struct ip_binding *b, uint32_t address)
{
    for (uint32_t n = 0; n < b->count; n++) {
        if (!((b->local[n].address ^ address) & b->local[n].mask)) return true;
    }
    return false;
}

/* Who is heard on a point-to-point link is on it, though no subnet says so. */
static void set_next_hop(struct host_route *ret, const struct ip_binding *b,
                         const struct rtm_address *next_hop)
{
    if (is_zero(next_hop)) return;
    if (ret->transport == TRANSPORT_IP && is_own(b, rtm_ipv4(next_hop))) return;
    ret->next_hop = *next_hop;
    ret->on_link = ret->transport == TRANSPORT_IP && !in_subnet(b, rtm_ipv4(next_hop));
}

static void convert_held(const struct router_manager *m, const struct interface *i,
                         struct host_route *ret)
{
    const struct iftransport *t = rm_iftransport(i, m);

    if (t && t->held) ret->host_index = m->router->hold.host_index;
}

static void convert(struct router_manager *m, const struct rtm_prefix *prefix,
                    const struct rtm_route *best, struct host_route *ret)
{
    const struct interface *i;

    *ret = (struct host_route){.transport = m->transport, .prefix = *prefix};
    if (!best || best->protocol == ROUTE_PROTO_LOCAL) return;
    i = interface_by_index(m->router, best->interface);
    if (i && i->has_binding && i->binding.host_index) {
        ret->host_index = i->binding.host_index;
        set_next_hop(ret, &i->binding, &best->next_hop);
    } else if (i && !i->has_binding) {
        convert_held(m, i, ret);
    }
    ret->wanted = ret->host_index != 0;
    if (ret->wanted) ret->metric = best->metric ? best->metric : 1;
}

/* ---- portions ------------------------------------------------------------------------------- */

/* False: the walk is over. */
static bool walk(struct router_manager *m, struct host_route *ret)
{
    struct host_route_feed *feed = &m->host_feed;
    const struct rtm_route *best = rtm_next(m->rtm, &feed->at, feed->first, NULL);

    feed->first = false;
    feed->walking = best != NULL;
    if (best) convert(m, &feed->at, best, ret);
    return best != NULL;
}

static bool change(struct router_manager *m, struct host_route *ret)
{
    const struct rtm_route *best;
    struct rtm_prefix prefix;

    if (!rtm_consumer_next(m->host_feed.changes, &prefix, &best)) return false;
    convert(m, &prefix, best, ret);
    return true;
}

size_t router_host_routes_next(struct router *r, struct host_route *ret, size_t capacity)
{
    struct router_manager *m;
    size_t count = 0;

    DL_FOREACH (r->managers, m) {
        if (!m->host_feed.changes) continue;
        while (count < capacity && m->host_feed.walking) count += walk(m, &ret[count]);
        while (count < capacity && change(m, &ret[count])) count++;
    }
    return count;
}
