/* The variables of the router managers, one row each, and who answers a question.
 *
 * A router without multicast protocol has no forwarding entries, multicast interfaces, boundaries
 * or scopes: their tables are empty. A lookup of a forwarding entry that is not there succeeds with
 * an empty table (MS-RRASM 2.2.1.2.51), other rows are not found.
 */
#include "router/mib/rm_mib.h"

#include "router/mib/rm_mib_change.h"
#include "router/mib/rm_mib_hosted.h"
#include "router/mib/rm_mib_interfaces.h"
#include "router/mib/rm_mib_internal.h"
#include "router/mib/rm_mib_routes.h"
#include "router/mib/rm_mib_routes6.h"
#include "router/mib/rm_mib_rows.h"
#include "router/rm/hosted_event.h"
#include "router/rm/rm.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- what needs no file of its own ----------------------------------------------------------- */

static mpr_status dword(struct mib_query *q, uint32_t value)
{
    struct writer w;
    mpr_status status = mib_reply(q, sizeof(value), &w);

    if (status == ST_OK) wr_le32(&w, value);
    return status;
}

/* A table without rows; also a number that is 0, a BOOL that is FALSE. ROUTE_STATE is one: this
 * router keeps its routes to itself. */
static mpr_status nothing(struct mib_query *q)
{
    return dword(q, 0);
}

static mpr_status no_row(struct mib_query *q)
{
    return mib_absent(q);
}

/* ---- the variables --------------------------------------------------------------------------- */

/* One row is one variable. */
/* clang-format off */
static const struct mib_variable ip_variables[] = {
    {VAR_IF_NUMBER,         MIB_SCALAR,   0, MIB_SOURCE_NONE,       mib_if_number},
    {VAR_IF_TABLE,          MIB_SCALAR,   0, MIB_SOURCE_IF,         mib_if_table},
    {VAR_IF_ROW,            MIB_ROW,      1, MIB_SOURCE_IF,         mib_if_row},
    {VAR_IP_STATS,          MIB_SCALAR,   0, MIB_SOURCE_IP_STATS,   mib_host_figures},
    {VAR_IP_ADDRTABLE,      MIB_SCALAR,   0, MIB_SOURCE_ADDRESS,    mib_host_table},
    {VAR_IP_ADDRROW,        MIB_ROW,      1, MIB_SOURCE_ADDRESS,    mib_host_row},
    {VAR_IP_FORWARDNUMBER,  MIB_SCALAR,   0, MIB_SOURCE_FORWARD,    mib_host_count},
    {VAR_IP_FORWARDTABLE,   MIB_SCALAR,   0, MIB_SOURCE_FORWARD,    mib_host_table},
    {VAR_IP_FORWARDROW,     MIB_ROW,      4, MIB_SOURCE_FORWARD,    mib_host_row},
    {VAR_IP_NETTABLE,       MIB_SCALAR,   0, MIB_SOURCE_NEIGHBOUR,  mib_host_neighbours},
    {VAR_IP_NETROW,         MIB_ROW,      2, MIB_SOURCE_NEIGHBOUR,  mib_host_row},
    {VAR_ICMP_STATS,        MIB_SCALAR,   0, MIB_SOURCE_ICMP_STATS, mib_host_figures},
    {VAR_TCP_STATS,         MIB_SCALAR,   0, MIB_SOURCE_TCP_STATS,  mib_host_figures},
    {VAR_TCP_TABLE,         MIB_SCALAR,   0, MIB_SOURCE_TCP,        mib_host_table},
    {VAR_TCP_ROW,           MIB_ROW,      4, MIB_SOURCE_TCP,        mib_host_row},
    {VAR_UDP_STATS,         MIB_SCALAR,   0, MIB_SOURCE_UDP_STATS,  mib_host_figures},
    {VAR_UDP_TABLE,         MIB_SCALAR,   0, MIB_SOURCE_UDP,        mib_host_table},
    {VAR_UDP_ROW,           MIB_ROW,      2, MIB_SOURCE_UDP,        mib_host_row},
    {VAR_MCAST_MFE,         MIB_SCALAR,   3, MIB_SOURCE_NONE,       nothing},
    {VAR_MCAST_MFE_STATS,   MIB_SCALAR,   3, MIB_SOURCE_NONE,       nothing},
    {VAR_BEST_IF,           MIB_GET_ONLY, 1, MIB_SOURCE_FORWARD,    mib_best_if},
    {VAR_BEST_ROUTE,        MIB_GET_ONLY, 1, MIB_SOURCE_FORWARD,    mib_best_route},
    {VAR_PROXY_ARP,         MIB_ROW,      0, MIB_SOURCE_NONE,       no_row},
    {VAR_MCAST_IF_ENTRY,    MIB_ROW,      1, MIB_SOURCE_NONE,       no_row},
    {VAR_MCAST_GLOBAL,      MIB_SCALAR,   0, MIB_SOURCE_NONE,       nothing},
    {VAR_IF_STATUS,         MIB_ROW,      1, MIB_SOURCE_NONE,       mib_if_status},
    {VAR_MCAST_BOUNDARY,    MIB_ROW,      3, MIB_SOURCE_NONE,       no_row},
    {VAR_MCAST_SCOPE,       MIB_ROW,      2, MIB_SOURCE_NONE,       no_row},
    {VAR_DEST_MATCHING,     MIB_ROW,      2, MIB_SOURCE_NONE,       mib_dest_matching},
    {VAR_DEST_LONGER,       MIB_GET_ONLY, 2, MIB_SOURCE_NONE,       mib_dest_longer},
    {VAR_DEST_SHORTER,      MIB_GET_ONLY, 2, MIB_SOURCE_NONE,       mib_dest_shorter},
    {VAR_ROUTE_MATCHING,    MIB_ROW,      2, MIB_SOURCE_NONE,       mib_dest_matching},
    {VAR_ROUTE_LONGER,      MIB_GET_ONLY, 2, MIB_SOURCE_NONE,       mib_dest_longer},
    {VAR_ROUTE_SHORTER,     MIB_GET_ONLY, 2, MIB_SOURCE_NONE,       mib_dest_shorter},
    {VAR_ROUTE_STATE,       MIB_SCALAR,   0, MIB_SOURCE_NONE,       nothing},
    {VAR_MCAST_MFE_STATS_EX, MIB_SCALAR,  2, MIB_SOURCE_NONE,       nothing},
    {VAR_IP6_STATS,         MIB_SCALAR,   0, MIB_SOURCE_IP6_STATS,  mib_host_figures},
    {VAR_UDP6_STATS,        MIB_SCALAR,   0, MIB_SOURCE_UDP6_STATS, mib_host_figures},
    {VAR_TCP6_STATS,        MIB_SCALAR,   0, MIB_SOURCE_TCP6_STATS, mib_host_figures},
};

static const struct mib_variable ipv6_variables[] = {
    {VAR_IF_TABLE,          MIB_GET_ONLY, 0, MIB_SOURCE_IF,         mib_if_table},
    {VAR_IP_FORWARDROW,     MIB_ROW,      1, MIB_SOURCE_NONE,       mib_route6_row},
    {VAR_IP6_STATS,         MIB_SCALAR,   0, MIB_SOURCE_IP6_STATS,  mib_host_figures},
    {VAR_UDP6_STATS,        MIB_SCALAR,   0, MIB_SOURCE_UDP6_STATS, mib_host_figures},
    {VAR_TCP6_STATS,        MIB_SCALAR,   0, MIB_SOURCE_TCP6_STATS, mib_host_figures},
};
/* clang-format on */

static const struct mib_variable *variable_find(uint32_t transport, uint32_t id)
{
    bool ip = transport == TRANSPORT_IP;
    const struct mib_variable *list = ip ? ip_variables : ipv6_variables;
    size_t count = ip ? COUNT_OF(ip_variables) : COUNT_OF(ipv6_variables);

    for (size_t n = 0; n < count; n++) {
        if (list[n].id == id) return &list[n];
    }
    return NULL;
}

/* ---- questions ------------------------------------------------------------------------------- */

static void read_index(struct mib_query *q)
{
    struct reader r;

    reader_init(&r, q->ask->in, q->ask->in_size);
    rd_skip(&r, 4);
    while (q->index_count < MIB_INDEX_MAX && reader_left(&r) >= 4) {
        q->index[q->index_count++] = rd_le32(&r);
    }
}

static bool read_id(const struct mib_ask *ask, uint32_t *ret)
{
    struct reader r;

    reader_init(&r, ask->in, ask->in ? ask->in_size : 0);
    *ret = rd_le32(&r);
    return !r.failed;
}

enum mib_source router_mib_source(const struct mib_ask *ask)
{
    const struct mib_variable *v;
    uint32_t id;

    if (ask->routing_pid != MIB_PID_MANAGER || ask->op > MIB_GET_NEXT) return MIB_SOURCE_NONE;
    if (!read_id(ask, &id)) return MIB_SOURCE_NONE;
    v = variable_find(ask->transport, id);
    return v ? v->source : MIB_SOURCE_NONE;
}

mpr_status mib_reply(struct mib_query *q, size_t size, struct writer *ret)
{
    struct blob *out = &q->ask->out;

    out->data = mem_alloc(MIB_INFO_HEAD + size);
    if (!out->data) return ST_NOT_ENOUGH_MEMORY;
    out->size = MIB_INFO_HEAD + size;
    writer_init(ret, out->data, out->size);
    wr_le32(ret, q->variable->id);
    wr_le32(ret, 0);
    return ST_OK;
}

uint32_t mib_address(uint32_t dword)
{
    return dword >> 24 | (dword >> 8 & 0xFF00u) | (dword << 8 & 0xFF0000u) | dword << 24;
}

mpr_status mib_absent(const struct mib_query *q)
{
    return q->ask->op == MIB_GET ? ST_NOT_FOUND : ST_NO_MORE_ITEMS;
}

static mpr_status ask_variable(struct mib_query *q)
{
    const struct mib_variable *v = q->variable;

    if (v->kind == MIB_GET_ONLY && q->ask->op != MIB_GET) return ST_NOT_SUPPORTED;
    if (q->ask->op == MIB_GET && q->index_count < v->indices) return ST_INVALID_PARAMETER;
    if (v->kind == MIB_SCALAR && q->ask->op == MIB_GET_NEXT) return ST_NO_MORE_ITEMS;
    if (v->source != MIB_SOURCE_NONE && v->source != MIB_SOURCE_IF) {
        if (q->ask->host_status != ST_OK) return q->ask->host_status;
        if (!q->ask->host || q->ask->host->source != v->source) return ST_CAN_NOT_COMPLETE;
    }
    return v->answer(q);
}

/* changing: the manager for a question that changes something, else NULL. */
static mpr_status ask_manager(const struct router_manager *m, struct router_manager *changing,
                              struct mib_ask *ask, struct request *request)
{
    struct mib_query q = {.router = m->router, .manager = m, .changing = changing, .ask = ask};
    uint32_t id;

    if (ask->in_size > MIB_IN_MAX || !read_id(ask, &id)) return ST_INVALID_PARAMETER;
    read_index(&q);
    if (changing) return mib_change(&q, ask->in, ask->in_size, request);
    q.variable = variable_find(m->transport, id);
    return q.variable ? ask_variable(&q) : ST_NOT_SUPPORTED;
}

bool router_mib_only_reads(const struct mib_ask *ask)
{
    return ask->routing_pid == MIB_PID_MANAGER && ask->op <= MIB_GET_NEXT;
}

/* Clears the results. */
static mpr_status manager_find(const struct router *r, struct mib_ask *ask,
                               struct router_manager **ret)
{
    ask->out = (struct blob){NULL, 0};
    ask->from_module = false;
    *ret = rm_find(r, ask->transport);
    return *ret ? ST_OK : ST_UNKNOWN_PROTOCOL_ID;
}

mpr_status router_mib_read(const struct router *r, struct mib_ask *ask)
{
    struct router_manager *m;
    mpr_status status = manager_find(r, ask, &m);

    if (status == ST_OK) status = ask_manager(m, NULL, ask, NULL);
    if (status != ST_OK) blob_free(&ask->out);
    return status;
}

mpr_status router_mib(struct router *r, struct mib_ask *ask, struct request *request)
{
    struct router_manager *m;
    mpr_status status;

    if (router_mib_only_reads(ask)) return router_mib_read(r, ask);
    status = manager_find(r, ask, &m);
    if (status != ST_OK) return status;
    if (ask->routing_pid == MIB_PID_MANAGER) {
        status = ask_manager(m, m, ask, request);
    } else {
        status = mib_hosted(m, ask, request);
    }
    if (status != ST_OK && status != ST_PENDING) blob_free(&ask->out);
    hosted_drain(r);
    return status;
}
