/* Learned routes become autostatic ones (page of DoUpdateRoutes; docs/COMPATIBILITY.md, "Autostatic
 * updates").
 *
 * RTMv2 has no call that converts routes, so the router manager walks what the protocols that were
 * asked have in the table on this interface and makes rows of it: protocol 10002, the learned
 * metric and next hop. They take the place of the former 10002 rows; other rows stay, and one of
 * them for the same destination and next hop prevails over a learned route.
 *
 * The protocol's own routes stay in the table until they age: autostatic ones are preferred (7
 * against RIP's 120), and who orders the preferences the other way round wants it so.
 *
 * The new rows, the new blob and the order to store it are made, and the table gets what is new,
 * before anything is taken away: each step that can fail can be undone.
 *
 * Most updates bring what is there already. When no route has changed since the last one ended,
 * nor the rows, there is nothing to convert, and nothing is written.
 */
#include "router/rm/update_routes.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "infoblock/route_rows.h"
#include "router/rm/rm.h"
#include "router/rm/rm_interface.h"
#include "router/rm/rm_routes.h"
#include "router/rm/rm_rows.h"
#include "router/state.h"

struct conversion {
    struct iftransport *transport;
    struct info_block old_rows;
    struct rm_route_set routes; /* all that will be in the table */
    struct blob rows;           /* of the new route block */
    uint32_t item_size, count;
    size_t learned; /* routes that the protocols have */
    struct blob info;
};

static bool count_route(void *context, const struct rtm_prefix *prefix,
                        const struct rtm_route *route)
{
    struct conversion *c = context;

    (void)prefix;
    (void)route;
    c->learned++;
    return true;
}

static void put_row(struct conversion *c, const struct route_row *row)
{
    route_rows_encode((enum route_layout)c->item_size, row, 1,
                      c->rows.data + (size_t)c->count * c->item_size);
    c->count++;
}

static struct route_row row_of(const struct iftransport *t, const struct rm_route *route)
{
    struct route_row row = route_row_default();
    bool on_link = !rtm_ipv4(&route->route.next_hop);

    if (t->manager->transport == TRANSPORT_IP) {
        row.dest = rtm_ipv4(&route->prefix.address);
        row.mask = rtm_length_mask(route->prefix.length);
        row.next_hop = rtm_ipv4(&route->route.next_hop);
        row.metric[0] = route->route.metric;
    } else {
        static const uint8_t none[16];

        row.v4 = 0;
        memcpy(row.prefix6, route->prefix.address.octets, sizeof(row.prefix6));
        row.prefix6_length = route->prefix.length;
        memcpy(row.next_hop6, route->route.next_hop.octets, sizeof(row.next_hop6));
        row.metric6 = route->route.metric;
        on_link = !memcmp(row.next_hop6, none, sizeof(none));
    }
    row.if_index = t->interface->index;
    row.type = on_link ? ROUTE_TYPE_DIRECT : ROUTE_TYPE_INDIRECT;
    row.proto = ROUTE_PROTO_NT_AUTOSTATIC;
    row.preference = route->route.preference;
    return row;
}

static bool take_route(void *context, const struct rtm_prefix *prefix,
                       const struct rtm_route *route)
{
    struct conversion *c = context;
    struct rm_route taken = {.prefix = *prefix, .route = *route};
    struct route_row row;

    taken.route.protocol = ROUTE_PROTO_NT_AUTOSTATIC;
    taken.route.tag = 0; /* which a row has no place for */
    taken.route.preference = rm_preference(c->transport->manager, ROUTE_PROTO_NT_AUTOSTATIC);
    if (!rm_route_set_put(&c->routes, &taken)) return true;
    row = row_of(c->transport, &taken);
    put_row(c, &row);
    return true;
}

/* Calls visit for what each protocol that was asked has on the interface. */
static void walk(struct conversion *c, rtm_visit_fn *visit)
{
    const struct iftransport *t = c->transport;
    const struct protocol_binding *b;

    DL_FOREACH (t->protocols, b) {
        if (!b->asked) continue;
        rtm_walk_protocol(t->manager->rtm, b->protocol->protocol_id, t->interface->index, visit, c);
    }
}

/* Rows of others than autostatic updates stay, byte for byte. */
static void keep_rows(struct conversion *c)
{
    uint32_t count = c->old_rows.data ? c->old_rows.count : 0;
    struct rm_route route;

    for (uint32_t n = 0; n < count; n++) {
        struct route_row row = rm_row_at(&c->old_rows, n);

        if (row.proto == ROUTE_PROTO_NT_AUTOSTATIC) continue;
        put_row(c, &row);
        if (rm_row_route(c->transport, &row, &route)) rm_route_set_put(&c->routes, &route);
    }
}

static mpr_status build_rows(struct conversion *c)
{
    struct iftransport *t = c->transport;
    mpr_status status = rm_routes_find(&t->info, &c->old_rows);
    size_t room;

    if (status != ST_OK) return status;
    c->item_size = c->old_rows.data ? c->old_rows.item_size : (uint32_t)ROUTE_LAYOUT_2008;
    walk(c, count_route);
    room = (c->old_rows.data ? c->old_rows.count : 0) + c->learned;
    if (room > UINT32_MAX / c->item_size) return ST_NOT_ENOUGH_MEMORY;
    status = rm_route_set_init(&c->routes, room);
    if (status != ST_OK || !room) return status;
    c->rows.size = room * c->item_size;
    c->rows.data = mem_alloc(c->rows.size);
    if (!c->rows.data) return ST_NOT_ENOUGH_MEMORY;
    keep_rows(c);
    walk(c, take_route);
    return ST_OK;
}

static mpr_status build_info(struct conversion *c)
{
    const struct blob *former = &c->transport->info;
    struct info_block block = {INFO_IP_ROUTE_INFO, c->item_size, c->count, c->rows.data};

    if (!blob_set(&c->info, former->data, former->size)) return ST_NOT_ENOUGH_MEMORY;
    if (!c->count) return info_blob_drop(&c->info, INFO_IP_ROUTE_INFO);
    return info_blob_put(&c->info, &block);
}

static mpr_status replace(struct conversion *c)
{
    struct iftransport *t = c->transport;
    mpr_status status = rm_routes_begin(t, &c->old_rows, &c->routes);

    if (status != ST_OK) return status;
    if (!rm_store_info(t, &c->info)) {
        rm_routes_undo(t, &c->old_rows, &c->routes);
        return ST_NOT_ENOUGH_MEMORY;
    }
    rm_routes_finish(t, &c->old_rows, &c->routes);
    blob_take(&t->info, &c->info);
    t->settled = rtm_serial(t->manager->rtm);
    return ST_OK;
}

mpr_status update_convert(struct iftransport *t)
{
    struct conversion c = {.transport = t};
    mpr_status status;

    if (t->settled == rtm_serial(t->manager->rtm)) {
        TRACE(INFO, "interface %u: all routes are as before", t->interface->index);
        return ST_OK;
    }
    status = build_rows(&c);
    if (status == ST_OK) status = build_info(&c);
    if (status == ST_OK) status = replace(&c);
    TRACE(INFO, "interface %u: %u routes learned, %u rows: %s", t->interface->index,
          (unsigned)c.learned, c.count, status_name(status));
    rm_route_set_free(&c.routes);
    blob_free(&c.rows);
    blob_free(&c.info);
    return status;
}
