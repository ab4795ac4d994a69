/* The IPv6 route table in the MIB: IP_FORWARDROW by row number, from 1.
 *
 * A number says nothing about where in the table its row is, so a walk by numbers alone would count
 * from the start at each step. The cursor of whoever asks remembers which route had the last
 * number; the step from there goes by key.
 */
#include "router/mib/rm_mib_routes6.h"

#include <string.h>

#include "infoblock/route_rows.h"
#include "router/mib/rm_mib.h"
#include "router/mib/rm_mib_internal.h"

/* Moves to the route after the cursor's; NULL at the end. */
static const struct rtm_route *step(const struct rtm *table, struct mib_cursor *c)
{
    const struct rtm_route *route = NULL;

    if (c->number) route = rtm_route_at(table, &c->prefix, c->nth + 1);
    if (route) {
        c->nth++;
    } else {
        route = rtm_next(table, &c->prefix, c->number == 0, NULL);
        c->nth = 0;
    }
    c->number++;
    return route;
}

static const struct rtm_route *seek(const struct rtm *table, struct mib_cursor *c, uint32_t number)
{
    const struct rtm_route *route = NULL;

    if (!number) return NULL;
    if (c->number > number) c->number = 0;
    if (c->number == number) route = rtm_route_at(table, &c->prefix, c->nth);
    if (route) return route;
    if (c->number == number) c->number = 0; /* gone since */
    do {
        route = step(table, c);
    } while (route && c->number < number);
    if (!route) c->number = 0;
    return route;
}

static mpr_status reply(struct mib_query *q, const struct mib_cursor *c,
                        const struct rtm_route *route)
{
    struct route_row row = route_row_default();
    uint8_t data[ROUTE_LAYOUT_2008];
    struct writer w;
    mpr_status status = mib_reply(q, 4 + sizeof(data), &w);

    if (status != ST_OK) return status;
    row.v4 = 0;
    memcpy(row.prefix6, c->prefix.address.octets, sizeof(row.prefix6));
    memcpy(row.next_hop6, route->next_hop.octets, sizeof(row.next_hop6));
    row.prefix6_length = c->prefix.length;
    row.valid_lifetime = UINT32_MAX;
    row.metric6 = route->metric;
    row.if_index = route->interface;
    row.type = ROUTE_TYPE_DIRECT;
    for (size_t n = 0; n < sizeof(row.next_hop6); n++) {
        if (row.next_hop6[n]) row.type = ROUTE_TYPE_INDIRECT;
    }
    row.proto = route->protocol;
    row.preference = route->preference;
    row.view_set = ROUTE_VIEW_UNICAST;
    route_rows_encode(ROUTE_LAYOUT_2008, &row, 1, data);
    wr_le32(&w, c->number);
    wr_bytes(&w, data, sizeof(data));
    return ST_OK;
}

mpr_status mib_route6_row(struct mib_query *q)
{
    struct mib_cursor *c = &q->ask->walk;
    const struct rtm_route *route;
    uint32_t number = q->index[0];

    if (q->ask->op == MIB_GET_FIRST || (q->ask->op == MIB_GET_NEXT && !q->index_count)) number = 0;
    if (q->ask->op != MIB_GET) {
        if (number == UINT32_MAX) return ST_NO_MORE_ITEMS;
        number++;
    }
    route = seek(q->manager->rtm, c, number);
    return route ? reply(q, c, route) : mib_absent(q);
}
