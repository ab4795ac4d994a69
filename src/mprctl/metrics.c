/* metrics: what the router counts, in the text format of Prometheus. */
#include <stdlib.h>
#include <string.h>

#include <iprtrmib.h>

#include "mprctl/connection.h"
#include "mprctl/route.h"
#include "mprctl/target.h"

static const struct family {
    const char *name, *type, *help;
} families[] = {
    {"mprapi_up", "gauge", "Whether the router answers."},
    {"mprapi_uptime_seconds", "gauge", "How long the router has been running."},
    {"mprapi_lan_only", "gauge", "Whether the router routes between LANs only."},
    {"mprapi_ports", "gauge", "Ports for connections."},
    {"mprapi_ports_in_use", "gauge", "Ports that are in use."},
    {"mprapi_interface_enabled", "gauge", "Whether the interface may be used."},
    {"mprapi_interface_state", "gauge",
     "0 unreachable, 1 disconnected, 2 connecting, 3 connected."},
    {"mprapi_interface_last_error", "gauge", "Code of the last failure, 0 for none."},
    {"mprapi_interface_receive_bytes_total", "counter", "Octets received."},
    {"mprapi_interface_transmit_bytes_total", "counter", "Octets sent."},
    {"mprapi_interface_receive_packets_total", "counter", "Packets received."},
    {"mprapi_interface_transmit_packets_total", "counter", "Packets sent."},
    {"mprapi_interface_receive_errors_total", "counter", "Packets received with errors."},
    {"mprapi_interface_transmit_errors_total", "counter", "Packets not sent for errors."},
    {"mprapi_connections", "gauge", "Connections, by the type of their interface."},
    {"mprapi_connection_duration_seconds", "gauge", "How long the connection has been up."},
    {"mprapi_connection_receive_bytes_total", "counter", "Octets received over the connection."},
    {"mprapi_connection_transmit_bytes_total", "counter", "Octets sent over the connection."},
    {"mprapi_routes", "gauge", "Routes of the router's table, by protocol."},
};

/* Labels are the columns between name and value; those that a sample does not have are nothing. */
static const struct column columns[] = {
    {"metric", "Metric", CELL_TEXT, false},     {"interface", "Interface", CELL_TEXT, false},
    {"type", "Type", CELL_TEXT, false},         {"connection", "Connection", CELL_TEXT, false},
    {"protocol", "Protocol", CELL_TEXT, false}, {"value", "Value", CELL_NUMBER, false}};
#define VALUE (COUNT_OF(columns) - 1)

struct labels {
    const char *interface_name, *type, *connection, *protocol;
};

static void sample(struct report *r, const char *metric, const struct labels *l, uint64_t value)
{
    static const struct labels none;

    if (!l) l = &none;
    report_text(r, metric);
    report_text(r, l->interface_name);
    report_text(r, l->type);
    report_text(r, l->connection);
    report_text(r, l->protocol);
    report_number(r, value);
}

/* ---- samples --------------------------------------------------------------------------------- */

static DWORD of_server(struct session *s)
{
    MPR_SERVER_0 *info = NULL;
    DWORD status = session_running(s);

    if (status == NO_ERROR) status = MprAdminServerGetInfo(s->running, 0, (LPBYTE *)&info);
    sample(&s->report, "mprapi_up", NULL, status == NO_ERROR);
    if (status != NO_ERROR) return status;
    sample(&s->report, "mprapi_uptime_seconds", NULL, info->dwUpTime);
    sample(&s->report, "mprapi_lan_only", NULL, info->fLanOnlyMode != 0);
    sample(&s->report, "mprapi_ports", NULL, info->dwTotalPorts);
    sample(&s->report, "mprapi_ports_in_use", NULL, info->dwPortsInUse);
    MprAdminBufferFree(info);
    return NO_ERROR;
}

/* Several clients may have one name; series must not, so those are told apart by their handle. */
static void of_interface(struct report *r, const MPR_INTERFACE_0 *info)
{
    char *name = utf8_of(info->wszInterfaceName);
    char *handle = info->dwIfType == ROUTER_IF_TYPE_CLIENT
                       ? text_format("%lu", (DWORD)(ULONG_PTR)info->hInterface)
                       : NULL;
    const struct labels l = {name, type_name(info->dwIfType), handle, NULL};

    sample(r, "mprapi_interface_enabled", &l, info->fEnabled != 0);
    sample(r, "mprapi_interface_state", &l, info->dwConnectionState);
    sample(r, "mprapi_interface_last_error", &l, info->dwLastError);
    free(name);
    free(handle);
}

static DWORD of_interfaces(struct session *s)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, status = target_list_running(s, &list, &count);

    for (DWORD i = 0; i < count; i++) of_interface(&s->report, &list[i]);
    if (list) MprAdminBufferFree(list);
    return status;
}

static void of_row(struct report *r, const MIB_IFROW *row)
{
    char *name = utf8_of(row->wszName), *index = text_format("%lu", row->dwIndex);
    const struct labels l = {name, NULL, index, NULL};

    sample(r, "mprapi_interface_receive_bytes_total", &l, row->dwInOctets);
    sample(r, "mprapi_interface_transmit_bytes_total", &l, row->dwOutOctets);
    sample(r, "mprapi_interface_receive_packets_total", &l,
           (uint64_t)row->dwInUcastPkts + row->dwInNUcastPkts);
    sample(r, "mprapi_interface_transmit_packets_total", &l,
           (uint64_t)row->dwOutUcastPkts + row->dwOutNUcastPkts);
    sample(r, "mprapi_interface_receive_errors_total", &l, row->dwInErrors);
    sample(r, "mprapi_interface_transmit_errors_total", &l, row->dwOutErrors);
    free(name);
    free(index);
}

static void of_rows(struct session *s)
{
    const BYTE *rows = NULL;
    void *buffer = NULL;
    DWORD count = 0;

    if (mib_interfaces(s, &buffer, &rows, &count) != NO_ERROR) return;
    for (DWORD i = 0; i < count; i++) {
        MIB_IFROW row;

        memcpy(&row, rows + i * sizeof(row), sizeof(row));
        if (row.dwIndex) of_row(&s->report, &row);
    }
    MprAdminMIBBufferFree(buffer);
}

static void of_connection(struct report *r, const RAS_CONNECTION_EX *c)
{
    char *name = utf8_of(c->wszInterfaceName);
    char *handle = text_format("%lu", (DWORD)(ULONG_PTR)c->hConnection);
    const struct labels l = {name, type_name(c->dwInterfaceType), handle, NULL};

    sample(r, "mprapi_connection_duration_seconds", &l, c->dwConnectDuration);
    sample(r, "mprapi_connection_receive_bytes_total", &l, c->dwBytesRcved);
    sample(r, "mprapi_connection_transmit_bytes_total", &l, c->dwBytesXmited);
    free(name);
    free(handle);
}

static void of_connections(struct session *s)
{
    static const DWORD types[] = {ROUTER_IF_TYPE_CLIENT, ROUTER_IF_TYPE_FULL_ROUTER,
                                  ROUTER_IF_TYPE_HOME_ROUTER};
    RAS_CONNECTION_EX *list = NULL;
    DWORD count = 0;

    connection_list(s, &list, &count); /* none in a LAN-only router */
    for (size_t k = 0; k < COUNT_OF(types); k++) {
        const struct labels l = {NULL, type_name(types[k]), NULL, NULL};
        DWORD number = 0;

        for (DWORD i = 0; i < count; i++) number += (DWORD)list[i].dwInterfaceType == types[k];
        sample(&s->report, "mprapi_connections", &l, number);
    }
    for (DWORD i = 0; i < count; i++) of_connection(&s->report, &list[i]);
    if (list) MprAdminBufferFree(list);
}

struct tally {
    struct {
        DWORD protocol, count;
    } * rows;
    size_t count;
};

static bool count_route(void *context, const struct dest_row *row)
{
    struct tally *t = context;
    size_t i = 0;

    while (i < t->count && t->rows[i].protocol != row->proto) i++;
    if (i == t->count) {
        t->rows = text_grow(t->rows, t->count++, sizeof(*t->rows));
        t->rows[i].protocol = row->proto;
        t->rows[i].count = 0;
    }
    t->rows[i].count++;
    return true;
}

static void of_routes(struct session *s)
{
    struct tally t = {NULL, 0};

    route_walk_router(s, count_route, &t);
    for (size_t i = 0; i < t.count; i++) {
        char buffer[PROTOCOL_TEXT];
        const struct labels l = {.protocol = protocol_name(t.rows[i].protocol, buffer)};

        sample(&s->report, "mprapi_routes", &l, t.rows[i].count);
    }
    free(t.rows);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void add_label(struct text *out, const char *name, const char *value, bool first)
{
    text_addf(out, "%s%s=\"", first ? "{" : ",", name);
    for (; *value; value++) {
        if (*value == '\n')
            text_add(out, "\\n");
        else
            text_addf(out, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    }
    text_add(out, "\"");
}

static void add_sample(struct text *out, char *const *cells)
{
    bool first = true;

    text_add(out, cells[0]);
    for (size_t i = 1; i < VALUE; i++) {
        if (!cells[i]) continue;
        add_label(out, columns[i].key, cells[i], first);
        first = false;
    }
    text_addf(out, "%s %s\n", first ? "" : "}", cells[VALUE]);
}

static void add_family(struct text *out, const struct table *t, const struct family *family)
{
    bool first = true;

    for (size_t i = 0; i < t->cell_count; i += t->column_count) {
        if (strcmp(t->cells[i], family->name) != 0) continue;
        if (first)
            text_addf(out, "# HELP %s %s\n# TYPE %s %s\n", family->name, family->help, family->name,
                      family->type);
        first = false;
        add_sample(out, t->cells + i);
    }
}

static void print_text(struct session *s)
{
    struct text out = {0};

    for (size_t i = 0; i < COUNT_OF(families); i++)
        add_family(&out, &s->report.tables[0], &families[i]);
    console_print(text_of(&out));
    text_free(&out);
    report_free(&s->report);
}

static int run(struct call *call)
{
    struct session *s = session_of(call);
    DWORD status;

    report_table(&s->report, "metrics", "Metrics", columns, COUNT_OF(columns));
    status = of_server(s);
    if (status == NO_ERROR) status = of_interfaces(s);
    if (status == NO_ERROR) {
        of_rows(s);
        of_connections(s);
        of_routes(s);
    }
    /* Whoever scrapes is to see that the router does not answer. */
    if (call->options->json)
        session_print(s);
    else
        print_text(s);
    return status == NO_ERROR ? EXIT_DONE : no_router(status) ? EXIT_NO_ROUTER : EXIT_REFUSED;
}

const struct command metrics_commands[] = {
    {"metrics", NULL, "Get-RemoteAccessConnectionStatisticsSummary",
     "Prints what the router counts, for Prometheus",
     "The text format 0.0.4, for the textfile collector of node_exporter. A router that does not "
     "answer\n"
     "gives mprapi_up 0, and exit code 3.",
     NULL, 0, run},
};
const size_t metrics_command_count = COUNT_OF(metrics_commands);
