/* routes show, add, delete. */
#include "mprctl/route.h"

#include <stdlib.h>
#include <string.h>

#include <iprtrmib.h>

#include "mprctl/cli/address.h"
#include "mprctl/target.h"

/* ---- the MIB --------------------------------------------------------------------------------- */

#define KEYS_MAX 4

struct question {
    DWORD id, keys[KEYS_MAX];
};

static DWORD ask(struct session *s, bool first, const struct question *q, DWORD keys,
                 MIB_OPAQUE_INFO **ret, DWORD *ret_size)
{
    struct question copy = *q;
    DWORD size = (1 + keys) * (DWORD)sizeof(DWORD);
    LPVOID out = NULL;
    DWORD status;

    *ret_size = 0;
    status =
        first ? MprAdminMIBEntryGetFirst(s->mib, PID_IP, IPRTRMGR_PID, &copy, size, &out, ret_size)
              : MprAdminMIBEntryGetNext(s->mib, PID_IP, IPRTRMGR_PID, &copy, size, &out, ret_size);
    *ret = out;
    *ret_size = status == NO_ERROR && *ret_size >= MAX_MIB_OFFSET ? *ret_size - MAX_MIB_OFFSET : 0;
    return status;
}

/* A count and the routes of one destination, of which there is one at least. */
static bool visit_destination(const MIB_OPAQUE_INFO *info, DWORD size, route_visitor *visit,
                              void *context, struct question *q)
{
    const BYTE *at = info->rgbyData + sizeof(DWORD);
    struct dest_row row;
    DWORD count = 0;

    if (size < sizeof(count) + sizeof(row)) return false;
    memcpy(&count, info->rgbyData, sizeof(count));
    for (DWORD i = 0; i < count && sizeof(count) + (i + 1) * sizeof(row) <= size; i++) {
        memcpy(&row, at + i * sizeof(row), sizeof(row));
        q->keys[0] = row.dest;
        q->keys[1] = row.mask;
        if (!visit(context, &row)) return false;
    }
    return true;
}

static bool visit_forward(const MIB_OPAQUE_INFO *info, DWORD size, route_visitor *visit,
                          void *context, struct question *q)
{
    struct dest_row row = {.preference = PREFERENCE_DEFAULT};

    if (size < sizeof(MIB_IPFORWARDROW)) return false;
    memcpy(&row, info->rgbyData, sizeof(MIB_IPFORWARDROW));
    q->keys[0] = row.dest;
    q->keys[1] = row.proto;
    q->keys[2] = row.policy;
    q->keys[3] = row.next_hop;
    return visit(context, &row);
}

typedef bool visit_answer(const MIB_OPAQUE_INFO *info, DWORD size, route_visitor *visit,
                          void *context, struct question *q);

static DWORD walk(struct session *s, DWORD id, DWORD keys, visit_answer *each, route_visitor *visit,
                  void *context)
{
    struct question q = {.id = id};
    DWORD status = session_mib(s), size = 0;
    MIB_OPAQUE_INFO *info = NULL;
    bool more = true;

    for (bool first = true; status == NO_ERROR && more; first = false) {
        status = ask(s, first, &q, keys, &info, &size);
        if (status != NO_ERROR) break;
        more = each(info, size, visit, context, &q);
        MprAdminMIBBufferFree(info);
    }
    return status == ERROR_NO_MORE_ITEMS ? NO_ERROR : status;
}

DWORD route_walk_router(struct session *s, route_visitor *visit, void *context)
{
    return walk(s, ROUTE_MATCHING, 2, visit_destination, visit, context);
}

DWORD route_walk_host(struct session *s, route_visitor *visit, void *context)
{
    return walk(s, IP_FORWARDROW, 4, visit_forward, visit, context);
}

bool mib_forwarding(struct session *s, bool *ret)
{
    struct question q = {.id = IP_STATS};
    DWORD size = 0, status = session_mib(s);
    MIB_IPSTATS figures;
    LPVOID out = NULL;
    bool known;

    if (status != NO_ERROR) return false;
    status = MprAdminMIBEntryGet(s->mib, PID_IP, IPRTRMGR_PID, &q, 2 * sizeof(DWORD), &out, &size);
    if (status != NO_ERROR) return false;
    known = size >= MAX_MIB_OFFSET + sizeof(figures);
    if (known) {
        memcpy(&figures, ((MIB_OPAQUE_INFO *)out)->rgbyData, sizeof(figures));
        *ret = figures.dwForwarding == MIB_IP_FORWARDING;
    }
    MprAdminMIBBufferFree(out);
    return known;
}

DWORD mib_interfaces(struct session *s, void **ret_buffer, const BYTE **ret_rows, DWORD *ret_count)
{
    struct question q = {.id = IF_TABLE};
    DWORD size = 0, status = session_mib(s);
    LPVOID out = NULL;

    *ret_buffer = NULL;
    *ret_count = 0;
    if (status != NO_ERROR) return status;
    status = MprAdminMIBEntryGet(s->mib, PID_IP, IPRTRMGR_PID, &q, 2 * sizeof(DWORD), &out, &size);
    if (status != NO_ERROR) return status;
    *ret_buffer = out;
    if (size < MAX_MIB_OFFSET + sizeof(DWORD)) return NO_ERROR;
    memcpy(ret_count, ((MIB_OPAQUE_INFO *)out)->rgbyData, sizeof(*ret_count));
    *ret_rows = ((MIB_OPAQUE_INFO *)out)->rgbyData + sizeof(DWORD);
    if ((size - MAX_MIB_OFFSET - sizeof(DWORD)) / sizeof(MIB_IFROW) < *ret_count)
        *ret_count = (DWORD)((size - MAX_MIB_OFFSET - sizeof(DWORD)) / sizeof(MIB_IFROW));
    return NO_ERROR;
}

/* ---- names of interfaces --------------------------------------------------------------------- */

struct names {
    void *buffer;
    const BYTE *rows;
    DWORD count;
};

static bool row_at(const struct names *n, DWORD at, MIB_IFROW *ret)
{
    if (at < n->count) memcpy(ret, n->rows + at * sizeof(*ret), sizeof(*ret));
    return at < n->count;
}

char *mib_interface_name(const BYTE *rows, DWORD count, DWORD index)
{
    const struct names n = {.rows = rows, .count = count};
    MIB_IFROW row;

    for (DWORD i = 0; index && row_at(&n, i, &row); i++) {
        if (row.dwIndex == index) return utf8_of(row.wszName);
    }
    return NULL;
}

static DWORD index_of(struct session *s, const WCHAR *name)
{
    struct names n = {NULL, NULL, 0};
    DWORD index = 0;
    MIB_IFROW row;

    mib_interfaces(s, &n.buffer, &n.rows, &n.count);
    for (DWORD i = 0; row_at(&n, i, &row); i++) {
        if (!lstrcmpiW(row.wszName, name)) index = row.dwIndex;
    }
    if (n.buffer) MprAdminMIBBufferFree(n.buffer);
    return index;
}

/* ---- show ------------------------------------------------------------------------------------ */

static const struct column columns[] = {
    {"destination", "Destination", CELL_TEXT, false},
    {"next_hop", "Next hop", CELL_TEXT, false},
    {"interface", "Interface", CELL_TEXT, false},
    {"protocol", "Protocol", CELL_TEXT, false},
    {"metric", "Metric", CELL_NUMBER, false},
    {"preference", "Preference", CELL_NUMBER, false},
    {"age", "Age", CELL_NUMBER, true},
    {"interface_index", "Index", CELL_NUMBER, true},
    {"table", "Table", CELL_TEXT, true},
};

struct listing {
    struct report *report;
    struct names names;
    const char *table, *protocol;
    bool narrow; /* to one destination */
    uint32_t address, mask;
};

static bool list_row(void *context, const struct dest_row *row)
{
    struct listing *l = context;
    struct report *r = l->report;
    char text[ADDRESS_TEXT], proto[PROTOCOL_TEXT], *name;
    DWORD dest = swap_order(row->dest), mask = swap_order(row->mask);

    if (l->protocol && protocol_number(l->protocol) != row->proto) return true;
    if (l->narrow && ((dest & l->mask) != l->address || mask < l->mask)) return true;
    name = mib_interface_name(l->names.rows, l->names.count, row->if_index);
    report_text(r, prefix4_text(dest, mask, text));
    report_text(r, row->next_hop ? address4_text(swap_order(row->next_hop), text) : NULL);
    report_text(r, name);
    report_text(r, protocol_name(row->proto, proto));
    report_number(r, row->metric[0]);
    report_number(r, row->preference);
    report_number(r, row->age);
    report_number(r, row->if_index);
    report_text(r, l->table);
    free(name);
    return true;
}

static int show(struct call *call)
{
    const char *table = call_value(call, "table"), *dest = call_value(call, "dest");
    struct session *s = session_of(call);
    struct listing l = {.report = &s->report,
                        .table = table && text_same(table, "host") ? "host" : "router",
                        .protocol = call_value(call, "proto"),
                        .narrow = dest != NULL};
    DWORD status;

    if (dest && !prefix4_parse(dest, &l.address, &l.mask))
        return wrong_words(s, "dest=%s is no IPv4 destination", dest);
    report_table(&s->report, "routes", "Routes", columns, COUNT_OF(columns));
    status = mib_interfaces(s, &l.names.buffer, &l.names.rows, &l.names.count);
    if (status == NO_ERROR)
        status = l.table[0] == 'h' ? route_walk_host(s, list_row, &l)
                                   : route_walk_router(s, list_row, &l);
    if (l.names.buffer) MprAdminMIBBufferFree(l.names.buffer);
    return status == NO_ERROR ? EXIT_DONE : failed(call, status, "the routes can't be read");
}

/* ---- add, delete ----------------------------------------------------------------------------- */

/* MIB_OPAQUE_INFO around a route. */
struct route_entry {
    DWORD id, align;
    struct dest_row row;
};
C_ASSERT(offsetof(struct route_entry, row) == MAX_MIB_OFFSET);

static DWORD entry_of(const struct call *call, struct route_entry *ret)
{
    const char *hop = call_value(call, "nhop");
    struct session *s = session_of(call);
    uint32_t dest = 0, mask = 0, next_hop = 0;
    struct target t;
    DWORD status = target_find_running(s, call_value(call, "name"), &t);

    if (status == NO_ERROR) status = session_mib(s);
    if (status != NO_ERROR) return status;
    if (!prefix4_parse(call_value(call, "dest"), &dest, &mask) || (dest & ~mask))
        return ERROR_INVALID_PARAMETER;
    if (hop) address4_parse(hop, &next_hop);
    *ret = (struct route_entry){
        .id = ROUTE_MATCHING,
        .row = {.dest = swap_order(dest),
                .mask = swap_order(mask),
                .next_hop = swap_order(next_hop),
                .if_index = index_of(s, t.name),
                .type = next_hop ? MIB_IPROUTE_TYPE_INDIRECT : MIB_IPROUTE_TYPE_DIRECT,
                .proto = MIB_IPPROTO_NETMGMT,
                .metric = {1, METRIC_UNUSED, METRIC_UNUSED, METRIC_UNUSED, METRIC_UNUSED},
                .preference = PREFERENCE_DEFAULT}};
    return NO_ERROR;
}

static int add(struct call *call)
{
    struct session *s = session_of(call);
    struct route_entry entry;
    DWORD status = entry_of(call, &entry);

    if (status == NO_ERROR) {
        entry.row.metric[0] = call_number(call, "metric", 1);
        status = MprAdminMIBEntrySet(s->mib, PID_IP, IPRTRMGR_PID, &entry, sizeof(entry));
    }
    if (status != NO_ERROR)
        return failed(call, status, "the route to %s can't be added", call_value(call, "dest"));
    report_say(&s->report, "The route to %s is there as long as its interface is up.",
               call_value(call, "dest"));
    return EXIT_DONE;
}

static int delete (struct call *call)
{
    struct session *s = session_of(call);
    struct route_entry entry;
    DWORD status = entry_of(call, &entry), query[6];

    if (status == NO_ERROR) {
        const DWORD keys[6] = {ROUTE_MATCHING,     entry.row.dest,     entry.row.mask,
                               entry.row.if_index, entry.row.next_hop, entry.row.proto};

        memcpy(query, keys, sizeof(query));
        status = MprAdminMIBEntryDelete(s->mib, PID_IP, IPRTRMGR_PID, query, sizeof(query));
    }
    if (status != NO_ERROR)
        return failed(call, status, "the route to %s can't be deleted", call_value(call, "dest"));
    report_say(&s->report, "The route to %s was deleted.", call_value(call, "dest"));
    return EXIT_DONE;
}

static const struct parameter show_parameters[] = {
    {"dest", VALUE_PREFIX, false, "only this destination and what is within it"},
    {"proto", PROTOCOL_CHOICES, false, "only routes from there"},
    {"table", "router|host", false, "the router's own table, the default, or the host's"}};

#define KEY                                                                                      \
    {"dest", VALUE_PREFIX, true, "10.0.0.0/8"}, {"name", NULL, true, "the interface; it is up"}, \
    {                                                                                            \
        "nhop", VALUE_ADDRESS, false, "the next hop"                                             \
    }
static const struct parameter add_parameters[] = {
    KEY, {"metric", VALUE_NUMBER, false, "1, the default, or more"}};
static const struct parameter delete_parameters[] = {KEY};

const struct command route_commands[] = {
    {"routes show",
     "routing ip show rtmroutes|routing ip show rtmdestinations|show ip route|interface ip show "
     "route",
     "Get-NetRoute", "Shows the routes in force", NULL, show_parameters, COUNT_OF(show_parameters),
     show},
    {"routes add", "routing ip add rtmroute|routing ip set rtmroute",
     "New-NetRoute -PolicyStore ActiveStore", "Adds a route until its interface goes down",
     "What is to stay is a static route.", add_parameters, COUNT_OF(add_parameters), add},
    {"routes delete", "routing ip delete rtmroute", "Remove-NetRoute -PolicyStore ActiveStore",
     "Deletes such a route", NULL, delete_parameters, COUNT_OF(delete_parameters), delete},
};
const size_t route_command_count = COUNT_OF(route_commands);
