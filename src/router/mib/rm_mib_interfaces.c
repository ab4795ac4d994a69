/* Interfaces in the MIB: those that the transport is on, in the order of their index.
 *
 * What the host knows of an interface's adapter (type, address, counters) is in the host's row;
 * name, index and status are the router's. An interface without adapter has zeroes for figures.
 */
#include "router/mib/rm_mib_interfaces.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf16.h"
#include "infoblock/infoblock.h"
#include "infoblock/types.h"
#include "router/dim/adapters.h"
#include "router/dim/interface.h"
#include "router/mib/rm_mib.h"
#include "router/mib/rm_mib_internal.h"
#include "router/rm/rm_interface.h"
#include "router/state.h"

#define IF_INDEX   512u /* offset of dwIndex in MIB_IFROW */
#define DESCR_SIZE 256u
#define NAME_UNITS 256u

enum { TYPE_ETHERNET = 6, TYPE_PPP = 23, TYPE_LOOPBACK = 24 }; /* dwType, ipifcons.h */

/* dwOperStatus (IF_OPER_STATUS_*) */
enum { OPER_NON_OPERATIONAL = 0, OPER_UNREACHABLE = 1, OPER_OPERATIONAL = 5 };

/* Index of the adapter that an interface has at the moment; 0: none. */
static uint32_t host_index(const struct interface *i)
{
    if (i->lan) return i->lan->present && !i->lan->lent ? i->lan->binding.host_index : 0;
    return i->has_binding ? i->binding.host_index : 0;
}

static int compare_pairs(const void *left, const void *right)
{
    const struct mib_pair *a = left, *b = right;

    return (a->host > b->host) - (a->host < b->host);
}

mpr_status router_mib_map(const struct router *r, struct mib_map *ret)
{
    const struct interface *i;

    *ret = (struct mib_map){mem_alloc_array(r->order_used + 1, sizeof(*ret->pairs)), 0};
    if (!ret->pairs) return ST_NOT_ENOUGH_MEMORY;
    for (size_t at = 0; (i = interface_next(r, &at));) {
        if (!host_index(i)) continue;
        ret->pairs[ret->count++] = (struct mib_pair){host_index(i), i->index};
    }
    qsort(ret->pairs, ret->count, sizeof(*ret->pairs), compare_pairs);
    return ST_OK;
}

/* ---- a row ----------------------------------------------------------------------------------- */

static const uint8_t *host_row(const struct mib_query *q, const struct interface *i)
{
    const struct mib_rows *rows = q->ask->host;
    size_t size = mib_row_size(MIB_SOURCE_IF);
    struct reader r;

    if (!rows || rows->source != MIB_SOURCE_IF || !host_index(i)) return NULL;
    for (size_t n = 0; n < rows->count; n++) {
        reader_init(&r, rows->data + n * size + IF_INDEX, 4);
        if (rd_le32(&r) == host_index(i)) return rows->data + n * size;
    }
    return NULL;
}

static uint32_t admin_status(const struct iftransport *t)
{
    struct info_block block;
    struct reader r;

    if (!t->interface->enabled) return IF_ADMIN_STATUS_DOWN;
    if (info_blob_find(&t->info, INFO_IP_INTERFACE_STATUS_INFO, &block) != ST_OK || !block.data) {
        return IF_ADMIN_STATUS_UP;
    }
    reader_init(&r, block.data, info_block_bytes(&block));
    return rd_le32(&r) == IF_ADMIN_STATUS_DOWN ? IF_ADMIN_STATUS_DOWN : IF_ADMIN_STATUS_UP;
}

static enum connection_state state_of(struct interface *i)
{
    struct interface_info info;

    return router_interface_info(i->router, i->handle, &info) == ST_OK ? info.state
                                                                       : IF_UNREACHABLE;
}

static uint32_t oper_status(struct interface *i)
{
    enum connection_state state = state_of(i);

    if (interface_is_demand_dial(i)) return OPER_UNREACHABLE + (uint32_t)state;
    return state == IF_CONNECTED ? OPER_OPERATIONAL : OPER_NON_OPERATIONAL;
}

static uint32_t type_of(const struct interface *i)
{
    if (i->type == IF_DEDICATED) return TYPE_ETHERNET;
    return i->type == IF_LOOPBACK ? TYPE_LOOPBACK : TYPE_PPP;
}

/* Type to counters of an interface without a row of the host. */
static void write_bare(struct writer *w, const struct interface *i)
{
    const struct ip_binding none = {0}, *b = i->has_binding ? &i->binding : &none;

    wr_le32(w, type_of(i));
    wr_le32(w, b->mtu);
    wr_le32(w, b->speed > UINT32_MAX ? UINT32_MAX : (uint32_t)b->speed);
    wr_zero(w, MIB_IF_ADMIN - IF_INDEX - 16);
}

/* bDescr: the name in ASCII, with its end counted. */
static void write_description(struct writer *w, const char16_t *name)
{
    size_t length = u16_length(name, DESCR_SIZE - 1);

    wr_le32(w, (uint32_t)length + 1);
    for (size_t n = 0; n < length; n++) {
        wr_u8(w, name[n] >= 0x20 && name[n] < 0x7F ? (uint8_t)name[n] : '?');
    }
    wr_zero(w, DESCR_SIZE - length);
}

static void write_row(const struct mib_query *q, struct writer *w, const struct iftransport *t)
{
    const struct interface *i = t->interface;
    const uint8_t *host = host_row(q, i);
    size_t length = u16_length(i->name, NAME_UNITS - 1);

    for (size_t n = 0; n < length; n++) wr_le16(w, i->name[n]);
    wr_zero(w, MIB_IF_NAME - 2 * length);
    wr_le32(w, i->index);
    if (host) {
        wr_bytes(w, host + IF_INDEX + 4, MIB_IF_ADMIN - IF_INDEX - 4);
    } else {
        write_bare(w, i);
    }
    wr_le32(w, admin_status(t));
    wr_le32(w, oper_status(t->interface));
    if (host) {
        wr_bytes(w, host + MIB_IF_ADMIN + 8, mib_row_size(MIB_SOURCE_IF) - MIB_IF_ADMIN - 8);
    } else {
        wr_zero(w, mib_row_size(MIB_SOURCE_IF) - MIB_IF_ADMIN - 8 - 4 - DESCR_SIZE);
        write_description(w, i->name);
    }
}

/* ---- answers --------------------------------------------------------------------------------- */

/* The transport on the next interface from a position in the table of interfaces. */
static struct iftransport *next(const struct mib_query *q, size_t *position)
{
    struct interface *i;

    while ((i = interface_next(q->router, position))) {
        struct iftransport *t = rm_iftransport(i, q->manager);

        if (t) return t;
    }
    return NULL;
}

static uint32_t count(const struct mib_query *q)
{
    uint32_t found = 0;

    for (size_t at = 0; next(q, &at);) found++;
    return found;
}

mpr_status mib_if_number(struct mib_query *q)
{
    struct writer w;
    mpr_status status = mib_reply(q, 4, &w);

    if (status == ST_OK) wr_le32(&w, count(q));
    return status;
}

mpr_status mib_if_table(struct mib_query *q)
{
    const struct iftransport *t;
    uint32_t rows = count(q);
    struct writer w;
    mpr_status status = mib_reply(q, 4 + rows * mib_row_size(MIB_SOURCE_IF), &w);

    if (status != ST_OK) return status;
    wr_le32(&w, rows);
    for (size_t at = 0; (t = next(q, &at));) write_row(q, &w, t);
    return ST_OK;
}

/* What the index DWORD asks for. */
static struct iftransport *find(const struct mib_query *q)
{
    size_t at = 0;

    if (q->ask->op == MIB_GET) return rm_iftransport_by_index(q->manager, q->index[0]);
    if (q->ask->op == MIB_GET_NEXT && q->index_count) {
        at = interface_position_after(q->router, q->index[0]);
    }
    return next(q, &at);
}

mpr_status mib_if_row(struct mib_query *q)
{
    const struct iftransport *t = find(q);
    struct writer w;
    mpr_status status;

    if (!t) return mib_absent(q);
    status = mib_reply(q, mib_row_size(MIB_SOURCE_IF), &w);
    if (status == ST_OK) write_row(q, &w, t);
    return status;
}

/* MIB_IFSTATUS: index, administrative status, ROUTER_CONNECTION_STATE; no multicast heartbeat. */
mpr_status mib_if_status(struct mib_query *q)
{
    const struct iftransport *t = find(q);
    struct writer w;
    mpr_status status;

    if (!t) return mib_absent(q);
    status = mib_reply(q, 20, &w);
    if (status != ST_OK) return status;
    wr_le32(&w, t->interface->index);
    wr_le32(&w, admin_status(t));
    wr_le32(&w, (uint32_t)state_of(t->interface));
    return ST_OK;
}
