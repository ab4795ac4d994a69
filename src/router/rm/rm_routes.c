/* The routes of an interface in the route table: its subnets (PROTO_IP_LOCAL) and the rows of its
 * IP_ROUTE_INFO block, all under entities of the router manager.
 *
 * The block is the truth, the table its image while the transport is active. Preferences come from
 * the priority block and not from the rows (page of ValidateRoute). Rows that no route can be made
 * of stay in the block, since they are the administrator's, but not in the table.
 *
 * Changing a row's metric replaces the route in place, which needs no memory; so the only steps
 * that can fail are additions, and they come first.
 */
#include "router/rm/rm_routes.h"

#include <string.h>

#include "base/trace.h"
#include "infoblock/infoblock.h"
#include "infoblock/route_rows.h"
#include "router/rm/rm.h"
#include "router/rm/rm_rows.h"
#include "router/state.h"

/* ---- rows ------------------------------------------------------------------------------------ */

struct route_row rm_row_at(const struct info_block *block, uint32_t n)
{
    const uint8_t *data = block->data;
    struct route_row row;

    if (route_rows_decode(data + (size_t)n * block->item_size, block->item_size, 1, &row) !=
        ST_OK) {
        row = route_row_default();
    }
    return row;
}

static bool row_prefix4(const struct route_row *row, struct rm_route *ret)
{
    if (rtm_mask_length(row->mask) < 0) return false;
    ret->prefix = rtm_prefix_ipv4(row->dest, row->mask);
    ret->route.next_hop = rtm_address_ipv4(row->next_hop);
    ret->route.metric = row->metric[0];
    return true;
}

static bool row_prefix6(const struct route_row *row, struct rm_route *ret)
{
    struct rtm_address address;

    if (row->prefix6_length > 128) return false;
    memcpy(address.octets, row->prefix6, sizeof(row->prefix6));
    ret->prefix = rtm_prefix_ipv6(&address, row->prefix6_length);
    memcpy(ret->route.next_hop.octets, row->next_hop6, sizeof(row->next_hop6));
    ret->route.metric = row->metric6;
    return true;
}

bool rm_row_route(const struct iftransport *t, const struct route_row *row, struct rm_route *ret)
{
    bool ip = t->manager->transport == TRANSPORT_IP;

    *ret = (struct rm_route){0};
    if (t->held && row->proto == ROUTE_PROTO_NT_STATIC_NON_DOD) return false;
    if (row->view_set && !(row->view_set & ROUTE_VIEW_UNICAST)) {
        TRACE(DEBUG, "interface %u: a static route for multicast alone is kept without effect",
              t->interface->index);
        return false;
    }
    if ((row->v4 != 0) != ip || !(ip ? row_prefix4(row, ret) : row_prefix6(row, ret))) {
        TRACE(WARNING,
              "interface %u: a static route of another family or with a bad mask is ignored",
              t->interface->index);
        return false;
    }
    ret->route.protocol = row->proto;
    ret->route.interface = t->interface->index;
    ret->route.preference = rm_preference(t->manager, row->proto);
    return true;
}

mpr_status rm_routes_find(const struct blob *info, struct info_block *ret)
{
    mpr_status status = info_blob_find(info, INFO_IP_ROUTE_INFO, ret);

    if (status == ST_NOT_FOUND) return ST_OK;
    if (status != ST_OK || !ret->data) return status;
    if (ret->item_size != ROUTE_LAYOUT_2003 && ret->item_size != ROUTE_LAYOUT_2008) {
        return ST_INVALID_DATA;
    }
    return ST_OK;
}

static uint32_t row_count(const struct info_block *block)
{
    return block->data ? block->count : 0;
}

mpr_status rm_routes_of_block(const struct iftransport *t, const struct info_block *block,
                              struct rm_route_set *ret)
{
    mpr_status status = rm_route_set_init(ret, row_count(block));
    struct route_row row;
    struct rm_route route;

    if (status != ST_OK) return status;
    for (uint32_t n = 0; n < row_count(block); n++) {
        row = rm_row_at(block, n);
        if (rm_row_route(t, &row, &route)) rm_route_set_put(ret, &route);
    }
    return ST_OK;
}

void rm_rows_adopt(struct blob *info, uint32_t index)
{
    struct info_block block;
    struct route_row row;

    if (rm_routes_find(info, &block) != ST_OK) return;
    for (uint32_t n = 0; n < row_count(&block); n++) {
        uint8_t *place =
            info->data + ((const uint8_t *)block.data - info->data) + (size_t)n * block.item_size;

        row = rm_row_at(&block, n);
        if (row.if_index == index) continue;
        row.if_index = index;
        route_rows_encode((enum route_layout)block.item_size, &row, 1, place);
    }
}

/* ---- replacing ------------------------------------------------------------------------------- */

static mpr_status add(struct iftransport *t, const struct rm_route *route, bool *ret_new)
{
    return rtm_route_add(t->manager->entity, &route->prefix, &route->route, ret_new);
}

static void drop(struct iftransport *t, const struct rm_route *route)
{
    rtm_route_delete(t->manager->entity, &route->prefix, route->route.interface,
                     &route->route.next_hop);
}

mpr_status rm_routes_begin(struct iftransport *t, const struct info_block *old_rows,
                           struct rm_route_set *next)
{
    mpr_status status = ST_OK;

    rtm_hold(t->manager->rtm);
    for (size_t n = 0; n < next->count; n++) {
        status = add(t, &next->list[n], &next->list[n].added);
        if (status == ST_OK) continue;
        next->count = n + 1; /* the rest never was in the table */
        rm_routes_undo(t, old_rows, next);
        break;
    }
    return status;
}

/* Backwards, since of rows for the same route the first counts. */
void rm_routes_undo(struct iftransport *t, const struct info_block *old_rows,
                    const struct rm_route_set *next)
{
    struct rm_route route;
    struct route_row row;

    for (size_t n = 0; n < next->count; n++) {
        if (next->list[n].added) drop(t, &next->list[n]);
    }
    for (uint32_t n = row_count(old_rows); n-- > 0;) {
        row = rm_row_at(old_rows, n);
        if (rm_row_route(t, &row, &route)) (void)add(t, &route, NULL); /* in place, as it was */
    }
    rtm_unhold(t->manager->rtm);
}

void rm_routes_finish(struct iftransport *t, const struct info_block *old_rows,
                      const struct rm_route_set *next)
{
    struct rm_route route;
    struct route_row row;

    for (uint32_t n = 0; n < row_count(old_rows); n++) {
        row = rm_row_at(old_rows, n);
        if (rm_row_route(t, &row, &route) && !rm_route_set_has(next, &route)) drop(t, &route);
    }
    rtm_unhold(t->manager->rtm);
}

/* ---- coming and going ------------------------------------------------------------------------ */

static void install_local(struct iftransport *t, const struct rtm_prefix *prefix)
{
    struct rtm_route route = {.protocol = ROUTE_PROTO_LOCAL,
                              .interface = t->interface->index,
                              .metric = 1,
                              .preference = rm_preference(t->manager, ROUTE_PROTO_LOCAL)};

    if (rtm_route_add(t->manager->local, prefix, &route, NULL) != ST_OK) {
        TRACE(ERROR, "interface %u: no memory for the route to its subnet", t->interface->index);
    }
}

static void install_local4(struct iftransport *t, uint32_t address, uint32_t mask)
{
    struct rtm_prefix prefix = rtm_prefix_ipv4(address, mask);

    if (rtm_mask_length(mask) >= 0 && address) install_local(t, &prefix);
}

/* Each link has the link-local network, so as a destination it says nothing. */
static void install_locals6(struct iftransport *t)
{
    const struct ip_binding *b = &t->interface->binding;

    for (uint32_t n = 0; n < b->count6 && n < BINDING_MAX_IPV6; n++) {
        const struct rtm_address *address = &b->local6[n].address;
        struct rtm_prefix prefix = rtm_prefix_ipv6(address, b->local6[n].length);

        if (!rtm_is_link_local(address)) install_local(t, &prefix);
    }
}

/* Subnets of the addresses, and the other end of a point-to-point link. */
static void install_locals(struct iftransport *t)
{
    const struct ip_binding *b = &t->interface->binding;

    if (t->manager->transport != TRANSPORT_IP) {
        install_locals6(t);
        return;
    }
    for (uint32_t n = 0; n < b->count && n < BINDING_MAX_ADDRESSES; n++) {
        install_local4(t, b->local[n].address, b->local[n].mask);
    }
    install_local4(t, b->remote, UINT32_MAX);
}

bool rm_routes_installed(const struct iftransport *t)
{
    return t->active || t->held;
}

void rm_routes_install(struct iftransport *t)
{
    struct rm_route_set routes = {0};
    struct info_block block;
    mpr_status status = rm_routes_find(&t->info, &block);

    if (t->active) install_locals(t);
    if (status == ST_OK) status = rm_routes_of_block(t, &block, &routes);
    for (size_t n = 0; status == ST_OK && n < routes.count; n++) {
        status = add(t, &routes.list[n], NULL);
    }
    if (status != ST_OK) {
        TRACE(ERROR, "interface %u: its static routes are not all in the table: %s",
              t->interface->index, status_name(status));
    }
    rm_route_set_free(&routes);
}

void rm_routes_withdraw(struct iftransport *t)
{
    rtm_route_delete_all(t->manager->local, t->interface->index);
    rtm_route_delete_all(t->manager->entity, t->interface->index);
}
