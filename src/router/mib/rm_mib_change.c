/* Create, Delete and Set of the router manager's own variables (MS-RRASM 3.1.4.27 to 3.1.4.29).
 *
 * Routes go into the route table only, under the manager's entity, as long as their interface is
 * up: what is to last belongs into the interface's route block. Of a row the router sets policy,
 * the last two metrics and the preference itself. Routes of hosted protocols are theirs: they can
 * neither be made nor deleted here.
 *
 * The administrative status of an interface is its INTERFACE_STATUS_INFO block.
 */
#include "router/mib/rm_mib_change.h"

#include "infoblock/infoblock.h"
#include "infoblock/route_rows.h"
#include "router/mib/rm_mib.h"
#include "router/mib/rm_mib_internal.h"
#include "router/rm/rm_interface.h"

#define DEST_ROW_SIZE 64u /* MIB_IPDESTROW */

/* ---- routes ---------------------------------------------------------------------------------- */

/* Who the router manager itself may speak for. */
static const uint32_t own_protocols[] = {ROUTE_PROTO_OTHER, ROUTE_PROTO_NETMGMT,
                                         ROUTE_PROTO_NT_AUTOSTATIC, ROUTE_PROTO_NT_STATIC,
                                         ROUTE_PROTO_NT_STATIC_NON_DOD};

static bool is_own_protocol(uint32_t protocol)
{
    for (size_t n = 0; n < sizeof(own_protocols) / sizeof(own_protocols[0]); n++) {
        if (own_protocols[n] == protocol) return true;
    }
    return false;
}

/* The manager's route to that destination over that interface and next hop; NULL if none. */
static const struct rtm_route *own_route(const struct router_manager *m,
                                         const struct rtm_prefix *prefix, uint32_t interface,
                                         uint32_t next_hop)
{
    const struct rtm_route *route;

    for (size_t n = 0; (route = rtm_route_at(m->rtm, prefix, n)); n++) {
        if (route->interface == interface && rtm_ipv4(&route->next_hop) == next_hop &&
            is_own_protocol(route->protocol)) {
            return route;
        }
    }
    return NULL;
}

static mpr_status put_route(struct router_manager *m, const struct route_row *row, bool create)
{
    const struct iftransport *t;
    struct rtm_prefix prefix = rtm_prefix_ipv4(row->dest & row->mask, row->mask);
    struct rtm_route route = {.protocol = row->proto,
                              .interface = row->if_index,
                              .next_hop = rtm_address_ipv4(row->next_hop),
                              .metric = row->metric[0],
                              .preference = ROUTE_PREFERENCE_DEFAULT};

    if (rtm_mask_length(row->mask) < 0 || !is_own_protocol(row->proto)) return ST_INVALID_PARAMETER;
    t = rm_iftransport_by_index(m, row->if_index);
    if (!t) return ST_NO_SUCH_INTERFACE;
    if (!t->active) return ST_INTERFACE_NOT_CONNECTED;
    if (create && own_route(m, &prefix, row->if_index, row->next_hop)) return ST_ALREADY_EXISTS;
    if (route.metric == ROUTE_METRIC_UNUSED) route.metric = 1;
    return rtm_route_add(m->entity, &prefix, &route, NULL);
}

static mpr_status change_route(struct mib_query *q, const uint8_t *data, struct request *request)
{
    struct route_row row;

    (void)request;
    route_rows_decode(data, ROUTE_LAYOUT_2003, 1, &row);
    return put_route(q->changing, &row, q->ask->op == MIB_CREATE);
}

/* index: destination, mask, interface, next hop, protocol */
static mpr_status delete_route(struct mib_query *q, const uint8_t *data, struct request *request)
{
    uint32_t mask = mib_address(q->index[1]), next_hop = mib_address(q->index[3]);
    struct rtm_prefix prefix = rtm_prefix_ipv4(mib_address(q->index[0]) & mask, mask);
    struct rtm_address hop = rtm_address_ipv4(next_hop);
    const struct rtm_route *route;

    (void)data, (void)request;
    if (rtm_mask_length(mask) < 0) return ST_INVALID_PARAMETER;
    route = own_route(q->manager, &prefix, q->index[2], next_hop);
    if (!route || route->protocol != q->index[4]) return ST_NOT_FOUND;
    return rtm_route_delete(q->changing->entity, &prefix, q->index[2], &hop);
}

/* ---- interfaces ------------------------------------------------------------------------------ */

static mpr_status set_admin_status(struct mib_query *q, const uint8_t *data,
                                   struct request *request)
{
    struct blob info = {NULL, 0};
    const struct iftransport *t;
    struct reader r;
    uint32_t index, admin;
    mpr_status status;

    reader_init(&r, data, mib_row_size(MIB_SOURCE_IF));
    rd_skip(&r, MIB_IF_NAME);
    index = rd_le32(&r);
    rd_skip(&r, MIB_IF_ADMIN - MIB_IF_NAME - 4);
    admin = rd_le32(&r);
    if (admin != IF_ADMIN_STATUS_UP && admin != IF_ADMIN_STATUS_DOWN) return ST_INVALID_PARAMETER;
    t = rm_iftransport_by_index(q->manager, index);
    if (!t) return ST_NO_SUCH_INTERFACE;
    status = info_blob_put(&info, &(struct info_block){.type = INFO_IP_INTERFACE_STATUS_INFO,
                                                       .item_size = 4,
                                                       .count = 1,
                                                       .data = data + MIB_IF_ADMIN});
    if (status == ST_OK) {
        status = router_iftransport_set(q->changing->router, t->interface->handle,
                                        q->manager->transport, &info, request);
    }
    blob_free(&info);
    return status;
}

/* ---- what needs a multicast protocol --------------------------------------------------------- */

/* MIB_IPMCAST_IF_ENTRY: index, TTL up to 255, protocol, rate limit other than 0. */
static mpr_status set_multicast_if(struct mib_query *q, const uint8_t *data,
                                   struct request *request)
{
    struct reader r;
    uint32_t index, ttl, rate;

    (void)request;
    reader_init(&r, data, 16);
    index = rd_le32(&r);
    ttl = rd_le32(&r);
    rd_skip(&r, 4);
    rate = rd_le32(&r);
    if (ttl > 255 || !rate) return ST_INVALID_PARAMETER;
    return rm_iftransport_by_index(q->manager, index) ? ST_NOT_SUPPORTED : ST_NO_SUCH_INTERFACE;
}

/* MIB_IPMCAST_BOUNDARY: index, group, mask, 4 createAndGo or 6 destroy. */
static mpr_status set_boundary(struct mib_query *q, const uint8_t *data, struct request *request)
{
    struct reader r;
    uint32_t index, status;

    (void)request;
    reader_init(&r, data, 16);
    index = rd_le32(&r);
    rd_skip(&r, 8);
    status = rd_le32(&r);
    if (status != 4 && status != 6) return ST_INVALID_PARAMETER;
    if (!rm_iftransport_by_index(q->manager, index)) return ST_NO_SUCH_INTERFACE;
    return status == 6 ? ST_NOT_FOUND : ST_NOT_SUPPORTED;
}

/* As Windows Server 2008 and 2008 R2 (MS-RRASM note 289). */
static mpr_status delete_neighbour(struct mib_query *q, const uint8_t *data,
                                   struct request *request)
{
    (void)q, (void)data, (void)request;
    return ST_NOT_SUPPORTED;
}

/* ---- the table ------------------------------------------------------------------------------- */

/* size: octets of the structure in MIB_OPAQUE_INFO, or (Delete) index DWORDs that must be there. */
static const struct change {
    enum mib_op op;
    enum mib_variable_id id;
    size_t size;
    mpr_status (*apply)(struct mib_query *q, const uint8_t *data, struct request *request);
} changes[] = {
    {MIB_CREATE, VAR_ROUTE_MATCHING, DEST_ROW_SIZE, change_route},
    {MIB_SET, VAR_ROUTE_MATCHING, DEST_ROW_SIZE, change_route},
    {MIB_DELETE, VAR_ROUTE_MATCHING, 5, delete_route},
    {MIB_DELETE, VAR_IP_NETTABLE, 2, delete_neighbour},
    {MIB_SET, VAR_IF_ROW, 860, set_admin_status},
    {MIB_SET, VAR_MCAST_IF_ENTRY, 24, set_multicast_if},
    {MIB_SET, VAR_MCAST_BOUNDARY, 16, set_boundary},
};

mpr_status mib_change(struct mib_query *q, const uint8_t *in, size_t in_size,
                      struct request *request)
{
    struct reader r;
    uint32_t id;

    reader_init(&r, in, in_size);
    id = rd_le32(&r);
    if (q->manager->transport != TRANSPORT_IP) return ST_NOT_SUPPORTED;
    for (size_t n = 0; n < sizeof(changes) / sizeof(changes[0]); n++) {
        const struct change *c = &changes[n];

        if (c->op != q->ask->op || c->id != id) continue;
        if (c->op == MIB_DELETE ? q->index_count < c->size : in_size < MIB_INFO_HEAD + c->size) {
            return ST_INVALID_PARAMETER;
        }
        return c->apply(q, c->op == MIB_DELETE ? NULL : in + MIB_INFO_HEAD, request);
    }
    return ST_NOT_SUPPORTED;
}
