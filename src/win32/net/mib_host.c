/* The host's tables: read from iphlpapi, renamed and sorted once, and kept for walks.
 *
 * Get and GetFirst read anew. GetNext takes the table that the walk began with while that is
 * younger than KEEP_MS: a walk of n rows then costs n searches and a reading now and then, instead
 * of n readings. The next row is found by key, so a table that was read anew in between does not
 * make a walk repeat or end early.
 *
 * A kept table is shared by counting; its lock is a leaf.
 */
#include "win32/net/mib_host.h"

#include "win32/sys/windows_api.h"

#include <iphlpapi.h>
#include <string.h>

#include "win32/sys/no_interface_macro.h"

#include "base/mem.h"
#include "base/trace.h"
#include "win32/net/adapters.h"

#define KEEP_MS  1000u
#define ATTEMPTS 5 /* at a table that grows while it is read */
#define WALKS    16

/* ---- reading -------------------------------------------------------------------------------- */

/* Tables: a DWORD with the number of rows, then the rows. Figures: one structure. */
typedef DWORD table_fn(void *table, ULONG *size);
typedef DWORD figures_fn(void *figures);

static DWORD read_if(void *table, ULONG *size)
{
    return GetIfTable(table, size, FALSE);
}

/* Of several adapters of one name, the router knows the newest. */
static DWORD read_address(void *table, ULONG *size)
{
    MIB_IPADDRTABLE *t = table;
    DWORD rc = GetIpAddrTable(t, size, FALSE);

    for (DWORD n = 0; rc == NO_ERROR && n < t->dwNumEntries; n++)
        t->table[n].dwIndex = adapters_index_now(t->table[n].dwIndex);
    return rc;
}

static DWORD read_forward(void *table, ULONG *size)
{
    MIB_IPFORWARDTABLE *t = table;
    DWORD rc = GetIpForwardTable(t, size, FALSE);

    for (DWORD n = 0; rc == NO_ERROR && n < t->dwNumEntries; n++)
        t->table[n].dwForwardIfIndex = adapters_index_now(t->table[n].dwForwardIfIndex);
    return rc;
}

static DWORD read_neighbour(void *table, ULONG *size)
{
    MIB_IPNETTABLE *t = table;
    DWORD rc = GetIpNetTable(t, size, FALSE);

    for (DWORD n = 0; rc == NO_ERROR && n < t->dwNumEntries; n++)
        t->table[n].dwIndex = adapters_index_now(t->table[n].dwIndex);
    return rc;
}

static DWORD read_tcp(void *table, ULONG *size)
{
    return GetTcpTable(table, size, FALSE);
}

static DWORD read_udp(void *table, ULONG *size)
{
    return GetUdpTable(table, size, FALSE);
}

static DWORD read_ip_stats(void *figures)
{
    return GetIpStatistics(figures);
}

static DWORD read_icmp_stats(void *figures)
{
    return GetIcmpStatistics(figures);
}

static DWORD read_tcp_stats(void *figures)
{
    return GetTcpStatistics(figures);
}

static DWORD read_udp_stats(void *figures)
{
    return GetUdpStatistics(figures);
}

static DWORD read_ip6_stats(void *figures)
{
    return GetIpStatisticsEx(figures, AF_INET6);
}

static DWORD read_tcp6_stats(void *figures)
{
    return GetTcpStatisticsEx(figures, AF_INET6);
}

static DWORD read_udp6_stats(void *figures)
{
    return GetUdpStatisticsEx(figures, AF_INET6);
}

static const struct {
    table_fn *table;
    figures_fn *figures;
    size_t row_size; /* of the SDK's structure; the core's must be the same */
} readers[MIB_SOURCES] = {
    [MIB_SOURCE_IF] = {read_if, NULL, sizeof(MIB_IFROW)},
    [MIB_SOURCE_ADDRESS] = {read_address, NULL, sizeof(MIB_IPADDRROW)},
    [MIB_SOURCE_FORWARD] = {read_forward, NULL, sizeof(MIB_IPFORWARDROW)},
    [MIB_SOURCE_NEIGHBOUR] = {read_neighbour, NULL, sizeof(MIB_IPNETROW)},
    [MIB_SOURCE_TCP] = {read_tcp, NULL, sizeof(MIB_TCPROW)},
    [MIB_SOURCE_UDP] = {read_udp, NULL, sizeof(MIB_UDPROW)},
    [MIB_SOURCE_IP_STATS] = {NULL, read_ip_stats, sizeof(MIB_IPSTATS)},
    [MIB_SOURCE_ICMP_STATS] = {NULL, read_icmp_stats, sizeof(MIB_ICMP)},
    [MIB_SOURCE_TCP_STATS] = {NULL, read_tcp_stats, sizeof(MIB_TCPSTATS)},
    [MIB_SOURCE_UDP_STATS] = {NULL, read_udp_stats, sizeof(MIB_UDPSTATS)},
    [MIB_SOURCE_IP6_STATS] = {NULL, read_ip6_stats, sizeof(MIB_IPSTATS)},
    [MIB_SOURCE_TCP6_STATS] = {NULL, read_tcp6_stats, sizeof(MIB_TCPSTATS)},
    [MIB_SOURCE_UDP6_STATS] = {NULL, read_udp6_stats, sizeof(MIB_UDPSTATS)},
};

/* The table as the system gives it; NULL and ST_OK when it has no rows. */
static mpr_status read_raw(table_fn *read, uint8_t **ret, ULONG *ret_size)
{
    DWORD rc = ERROR_INSUFFICIENT_BUFFER;
    ULONG size = 0;

    *ret = NULL;
    for (int attempt = 0; attempt < ATTEMPTS && rc == ERROR_INSUFFICIENT_BUFFER; attempt++) {
        *ret_size = size;
        rc = read(*ret, &size);
        if (rc != ERROR_INSUFFICIENT_BUFFER) break;
        mem_free(*ret);
        size += size / 8;
        *ret = mem_alloc(size);
        if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    }
    if (rc == NO_ERROR && *ret) return ST_OK;
    mem_free(*ret);
    *ret = NULL;
    return rc == NO_ERROR || rc == ERROR_NO_DATA ? ST_OK : (mpr_status)rc;
}

static mpr_status read_table(enum mib_source source, struct mib_rows *ret)
{
    size_t row_size = readers[source].row_size, room;
    uint8_t *raw;
    ULONG size;
    DWORD count;
    mpr_status status = read_raw(readers[source].table, &raw, &size);

    if (status || !raw) return status;
    memcpy(&count, raw, sizeof(count));
    room = (size - sizeof(count)) / row_size;
    ret->data = raw;
    ret->count = count < room ? count : room;
    memmove(raw, raw + sizeof(count), ret->count * row_size);
    return ST_OK;
}

static mpr_status read_figures(enum mib_source source, struct mib_rows *ret)
{
    mpr_status status;

    ret->data = mem_alloc(readers[source].row_size);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    status = (mpr_status)readers[source].figures(ret->data);
    ret->count = status ? 0 : 1;
    return status;
}

static mpr_status read_source(enum mib_source source, struct mib_rows *ret)
{
    mpr_status status;

    *ret = (struct mib_rows){source, NULL, 0};
    if (readers[source].row_size != mib_row_size(source)) return ST_NOT_SUPPORTED;
    status = readers[source].table ? read_table(source, ret) : read_figures(source, ret);
    if (status != ST_OK) {
        TRACE(WARNING, "MIB: the system does not give table %d: %u", (int)source, status);
        mib_rows_free(ret);
    }
    return status;
}

static mpr_status prepare(struct engine *engine, struct mib_rows *rows)
{
    struct mib_map map;
    mpr_status status = router_mib_map(engine_enter_shared(engine), &map);

    engine_leave_shared(engine);
    if (status != ST_OK) return status;
    status = mib_rows_prepare(rows, &map);
    mib_map_free(&map);
    return status;
}

/* ---- tables that are kept ------------------------------------------------------------------- */

struct snapshot {
    struct mib_rows rows;
    msec read;     /* when */
    unsigned uses; /* lock; the one who is in `kept` counts */
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct snapshot *kept[MIB_SOURCES];
static struct mib_cursor walks[WALKS]; /* of IPv6 routes, by server handle */

/* Lock held. */
static void unuse(struct snapshot *s)
{
    if (!s || --s->uses) return;
    mib_rows_free(&s->rows);
    mem_free(s);
}

static void release(struct snapshot *s)
{
    AcquireSRWLockExclusive(&lock);
    unuse(s);
    ReleaseSRWLockExclusive(&lock);
}

static struct snapshot *find_kept(enum mib_source source)
{
    struct snapshot *s;

    AcquireSRWLockExclusive(&lock);
    s = kept[source];
    if (s && engine_clock() - s->read > KEEP_MS) s = NULL;
    if (s) s->uses++;
    ReleaseSRWLockExclusive(&lock);
    return s;
}

static void keep(struct snapshot *s)
{
    AcquireSRWLockExclusive(&lock);
    unuse(kept[s->rows.source]);
    kept[s->rows.source] = s;
    s->uses++;
    ReleaseSRWLockExclusive(&lock);
}

void mib_host_forget(void)
{
    AcquireSRWLockExclusive(&lock);
    for (int n = 0; n < MIB_SOURCES; n++) {
        unuse(kept[n]);
        kept[n] = NULL;
    }
    for (int n = 0; n < WALKS; n++) walks[n].number = 0;
    ReleaseSRWLockExclusive(&lock);
}

static mpr_status take_new(struct engine *engine, enum mib_source source, struct snapshot **ret)
{
    struct snapshot *s = mem_alloc(sizeof(*s));
    mpr_status status;

    if (!s) return ST_NOT_ENOUGH_MEMORY;
    s->uses = 1;
    s->read = engine_clock();
    status = read_source(source, &s->rows);
    if (status == ST_OK) status = prepare(engine, &s->rows);
    if (status != ST_OK) {
        release(s);
        return status;
    }
    *ret = s;
    return ST_OK;
}

static struct snapshot *bring(struct engine *engine, struct mib_ask *ask)
{
    enum mib_source source = router_mib_source(ask);
    struct snapshot *s = NULL;

    ask->host = NULL;
    ask->host_status = ST_OK;
    if (source == MIB_SOURCE_NONE) return NULL;
    if (ask->op == MIB_GET_NEXT) s = find_kept(source);
    if (!s) {
        ask->host_status = take_new(engine, source, &s);
        if (s && ask->op != MIB_GET) keep(s);
    }
    if (s) ask->host = &s->rows;
    return s;
}

/* ---- asking --------------------------------------------------------------------------------- */

struct question {
    struct mib_ask *ask;
    handle_t32 server;
};

/* The handle may have been closed since it was looked at. */
static bool let_in(const struct router *r, const struct question *q)
{
    return !q->server || router_server_valid(r, HANDLE_MIB_SERVER, q->server);
}

static mpr_status start(struct router *r, void *context, struct request *request)
{
    const struct question *q = context;

    return let_in(r, q) ? router_mib(r, q->ask, request) : ST_RPC_INVALID_BINDING;
}

/* Answers are made side by side, each with a cursor of its own; the next one through this handle
 * goes on from there. */
static mpr_status read_now(struct engine *engine, const struct question *q)
{
    struct mib_cursor *kept_walk = &walks[q->server % WALKS];
    const struct router *r;
    mpr_status status;

    AcquireSRWLockExclusive(&lock);
    q->ask->walk = *kept_walk;
    ReleaseSRWLockExclusive(&lock);
    r = engine_enter_shared(engine);
    status = let_in(r, q) ? router_mib_read(r, q->ask) : ST_RPC_INVALID_BINDING;
    engine_leave_shared(engine);
    AcquireSRWLockExclusive(&lock);
    *kept_walk = q->ask->walk;
    ReleaseSRWLockExclusive(&lock);
    return status;
}

/* What the core says when a protocol gives no answer of its own. */
static bool is_silence(mpr_status status)
{
    return status == ST_TIMEOUT || status == ST_OPERATION_ABORTED || status == ST_ROUTER_STOPPED;
}

mpr_status mib_host_ask(struct engine *engine, handle_t32 server, struct mib_ask *ask)
{
    struct question q = {ask, server};
    struct snapshot *s = bring(engine, ask);
    mpr_status status = router_mib_only_reads(ask)
                            ? read_now(engine, &q)
                            : engine_call_and_wait(engine, server, start, &q);

    if (s) release(s);
    if (!ask->from_module && is_silence(status)) status = ST_CAN_NOT_COMPLETE;
    if (status != ST_OK) blob_free(&ask->out);
    return status;
}
