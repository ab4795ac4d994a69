/* The IPv4 route table in the MIB.
 *
 *   DEST_*    the best route of each destination      _MATCHING  exactly this destination
 *   ROUTE_*   all of its routes, best first           _LONGER    and those within it
 *                                                     _SHORTER   and those that it is within
 *
 * index DWORDs: destination, mask, view set, protocol. No view set, 0 or any with the unicast bit:
 * routes of this router are for unicast. No protocol, 0 or all ones: of any. GetFirst and GetNext
 * of _MATCHING go from destination to destination, so that the next one is found by its key in the
 * table as it then is, however long that is.
 */
#include "router/mib/rm_mib_routes.h"

#include "infoblock/route_rows.h"
#include "router/mib/rm_mib.h"
#include "router/mib/rm_mib_internal.h"

#define ROW_SIZE  64u /* MIB_IPDESTROW */
#define VIEW_ALL  UINT32_MAX
#define PROTO_ANY UINT32_MAX

/* ---- rows ------------------------------------------------------------------------------------ */

static bool wanted(const struct mib_query *q, const struct rtm_route *route)
{
    uint32_t views = q->index_count > 2 && q->index[2] ? q->index[2] : VIEW_ALL;
    uint32_t proto = q->index_count > 3 && q->index[3] ? q->index[3] : PROTO_ANY;

    return (views & ROUTE_VIEW_UNICAST) && (proto == PROTO_ANY || proto == route->protocol);
}

static struct route_row row_of(const struct rtm_prefix *prefix, const struct rtm_route *route)
{
    struct route_row row = route_row_default();

    row.dest = rtm_ipv4(&prefix->address);
    row.mask = rtm_length_mask(prefix->length);
    row.next_hop = rtm_ipv4(&route->next_hop);
    row.metric[0] = route->metric;
    row.if_index = route->interface;
    row.type = row.next_hop ? ROUTE_TYPE_INDIRECT : ROUTE_TYPE_DIRECT;
    row.proto = route->protocol;
    row.preference = route->preference;
    row.view_set = ROUTE_VIEW_UNICAST;
    return row;
}

static void write_route(struct writer *w, const struct rtm_prefix *prefix,
                        const struct rtm_route *route)
{
    struct route_row row = row_of(prefix, route);
    uint8_t forward[ROUTE_LAYOUT_2003];

    route_rows_encode(ROUTE_LAYOUT_2003, &row, 1, forward);
    wr_bytes(w, forward, sizeof(forward));
    wr_le32(w, row.preference);
    wr_le32(w, row.view_set);
}

/* Counts the rows of a destination, and writes them when there is a writer. */
static uint32_t rows_of(const struct mib_query *q, const struct rtm_prefix *prefix,
                        struct writer *w)
{
    bool all = q->variable->id >= VAR_ROUTE_MATCHING;
    const struct rtm_route *route;
    uint32_t rows = 0;

    for (size_t n = 0; (route = rtm_route_at(q->manager->rtm, prefix, n)); n++) {
        if (!wanted(q, route)) continue;
        rows++;
        if (w) write_route(w, prefix, route);
        if (!all) break;
    }
    return rows;
}

/* The rows of some destinations: called twice, first for their number. */
typedef uint32_t rows_fn(const struct mib_query *q, const struct rtm_prefix *prefix,
                         struct writer *w);

static mpr_status reply_rows(struct mib_query *q, const struct rtm_prefix *prefix, rows_fn *fn)
{
    uint32_t rows = fn(q, prefix, NULL);
    struct writer w;
    mpr_status status = mib_reply(q, 4 + (size_t)rows * ROW_SIZE, &w);

    if (status != ST_OK) return status;
    wr_le32(&w, rows);
    fn(q, prefix, &w);
    return ST_OK;
}

/* Destination and mask of the query; false for a mask with holes. */
static bool read_prefix(const struct mib_query *q, struct rtm_prefix *ret)
{
    uint32_t mask = mib_address(q->index[1]);

    *ret = rtm_prefix_ipv4(mib_address(q->index[0]) & mask, mask);
    return rtm_mask_length(mask) >= 0;
}

/* ---- answers --------------------------------------------------------------------------------- */

static mpr_status walk(struct mib_query *q)
{
    bool first = q->ask->op == MIB_GET_FIRST || q->index_count < 2;
    struct rtm_prefix prefix;

    if (!first && !read_prefix(q, &prefix)) return ST_INVALID_PARAMETER;
    while (rtm_next(q->manager->rtm, &prefix, first, NULL)) {
        if (rows_of(q, &prefix, NULL)) return reply_rows(q, &prefix, rows_of);
        first = false;
    }
    return ST_NO_MORE_ITEMS;
}

mpr_status mib_dest_matching(struct mib_query *q)
{
    struct rtm_prefix prefix;

    if (q->ask->op != MIB_GET) return walk(q);
    if (!read_prefix(q, &prefix)) return ST_INVALID_PARAMETER;
    if (!rows_of(q, &prefix, NULL)) return ST_NOT_FOUND;
    return reply_rows(q, &prefix, rows_of);
}

static bool within(const struct rtm_prefix *inner, const struct rtm_prefix *outer)
{
    uint32_t mask = rtm_length_mask(outer->length);

    return inner->length >= outer->length &&
           (rtm_ipv4(&inner->address) & mask) == rtm_ipv4(&outer->address);
}

struct subtree {
    const struct mib_query *query;
    const struct rtm_prefix *top;
    struct writer *writer;
    uint32_t rows;
};

static bool write_longer(void *context, const struct rtm_prefix *prefix,
                         const struct rtm_route *route)
{
    struct subtree *s = context;

    (void)route;
    if (!within(prefix, s->top)) return false;
    s->rows += rows_of(s->query, prefix, s->writer);
    return true;
}

/* Destinations within a prefix follow it in the table's order. */
static uint32_t longer(const struct mib_query *q, const struct rtm_prefix *prefix, struct writer *w)
{
    struct subtree s = {q, prefix, w, rows_of(q, prefix, w)};

    rtm_walk(q->manager->rtm, prefix, write_longer, &s);
    return s.rows;
}

mpr_status mib_dest_longer(struct mib_query *q)
{
    struct rtm_prefix prefix;

    return read_prefix(q, &prefix) ? reply_rows(q, &prefix, longer) : ST_INVALID_PARAMETER;
}

/* The longest first. */
static uint32_t shorter(const struct mib_query *q, const struct rtm_prefix *prefix,
                        struct writer *w)
{
    uint32_t address = rtm_ipv4(&prefix->address), rows = 0;

    for (unsigned length = prefix->length + 1u; length-- > 0;) {
        uint32_t mask = rtm_length_mask(length);
        struct rtm_prefix at = rtm_prefix_ipv4(address & mask, mask);

        rows += rows_of(q, &at, w);
    }
    return rows;
}

mpr_status mib_dest_shorter(struct mib_query *q)
{
    struct rtm_prefix prefix;

    return read_prefix(q, &prefix) ? reply_rows(q, &prefix, shorter) : ST_INVALID_PARAMETER;
}

/* ---- the best route -------------------------------------------------------------------------- */

/* Of the host's routes to an address that with the longest mask, then the lowest metric. */
static bool best_of_host(const struct mib_query *q, uint32_t address, struct route_row *ret)
{
    const struct mib_rows *rows = q->ask->host;
    struct route_row row;
    bool found = false;

    for (size_t n = 0; n < rows->count; n++) {
        route_rows_decode(rows->data + n * ROUTE_LAYOUT_2003, ROUTE_LAYOUT_2003, 1, &row);
        if ((address & row.mask) != row.dest || row.type == ROUTE_TYPE_INVALID) continue;
        if (found && row.mask < ret->mask) continue;
        if (found && row.mask == ret->mask && row.metric[0] >= ret->metric[0]) continue;
        *ret = row;
        found = true;
    }
    return found;
}

/* By the longest mask, of the router's own and the host's; at equal length the router's. */
static bool best(const struct mib_query *q, struct route_row *ret)
{
    uint32_t destination = mib_address(q->index[0]);
    struct rtm_address address = rtm_address_ipv4(destination);
    struct rtm_prefix prefix;
    const struct rtm_route *own = rtm_best_match(q->manager->rtm, &address, &prefix);
    bool found = best_of_host(q, destination, ret);

    if (!own || (found && ret->mask > rtm_length_mask(prefix.length))) return found;
    *ret = row_of(&prefix, own);
    return true;
}

mpr_status mib_best_if(struct mib_query *q)
{
    struct route_row row;
    struct writer w;
    mpr_status status;

    if (!best(q, &row)) return ST_NOT_FOUND;
    status = mib_reply(q, 8, &w);
    if (status != ST_OK) return status;
    wr_le32(&w, q->index[0]);
    wr_le32(&w, row.if_index);
    return ST_OK;
}

/* INTERFACE_ROUTE_INFO (MS-RRASM 2.2.1.2.51). */
mpr_status mib_best_route(struct mib_query *q)
{
    uint8_t data[ROUTE_LAYOUT_2008];
    struct route_row row;
    struct writer w;
    mpr_status status;

    if (!best(q, &row)) return ST_NOT_FOUND;
    row.v4 = 1;
    status = mib_reply(q, sizeof(data), &w);
    if (status != ST_OK) return status;
    route_rows_encode(ROUTE_LAYOUT_2008, &row, 1, data);
    wr_bytes(&w, data, sizeof(data));
    return ST_OK;
}
