/* rip statistics, rip neighbors, rip global statistics: what RIP's MIB tells; and ripng for RIPng.
 *
 * A question is IPRIP_MIB_GET_INPUT_DATA, a type and an interface's index or a neighbour's address;
 * the answer repeats both before the structure of the type (MS-RRASM 2.2.1.2.22 and following).
 * RIPng's has an index and an address, and asks for a neighbour with both.
 */
#include "mprctl/route.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <iprtrmib.h>

#include "mprctl/cli/address.h"
#include "mprctl/target.h"

#define FIELDS_MAX 10

enum type { GLOBAL_STATS = 0, INTERFACE_STATS = 2, PEER_STATS = 5 };

struct head {
    DWORD type, key;  /* an interface's index, or the address of a neighbour of RIP */
    BYTE address[16]; /* of one of RIPng */
};

struct answer {
    bool ipv6;
    struct head head;
    DWORD fields[FIELDS_MAX];
};

static const char *protocol_of(const struct answer *a)
{
    return a->ipv6 ? "RIPng" : "RIP";
}

/* The row behind the answer's key, or the first one, in its place. */
static DWORD ask(struct session *s, bool first, struct answer *a, size_t fields)
{
    const DWORD head = a->ipv6 ? sizeof(a->head) : offsetof(struct head, address);
    const DWORD transport = a->ipv6 ? PID_IPV6 : PID_IP;
    DWORD size = 0, status = session_mib(s);
    struct head in = a->head;
    LPVOID out = NULL;

    if (status != NO_ERROR) return status;
    status =
        first ? MprAdminMIBEntryGetFirst(s->mib, transport, MIB_IPPROTO_RIP, &in, head, &out, &size)
              : MprAdminMIBEntryGetNext(s->mib, transport, MIB_IPPROTO_RIP, &in, head, &out, &size);
    if (status != NO_ERROR) return status;
    if (size < head + fields * sizeof(DWORD)) {
        status = ERROR_INVALID_DATA;
    } else {
        memcpy(&a->head, out, head);
        memcpy(a->fields, (const BYTE *)out + head, fields * sizeof(DWORD));
    }
    MprAdminMIBBufferFree(out);
    return status;
}

static void report_answer(struct report *r, const struct answer *a, size_t fields)
{
    for (size_t k = 0; k < fields; k++) report_number(r, a->fields[k]);
}

/* ---- interfaces ------------------------------------------------------------------------------ */

#define INTERFACE_FIELDS 10
static const struct column interface_columns[] = {
    {"interface", "Interface", CELL_TEXT, false},
    {"state", "State", CELL_TEXT, false},
    {"send_failures", "Send failures", CELL_NUMBER, true},
    {"receive_failures", "Receive failures", CELL_NUMBER, true},
    {"requests_sent", "Requests sent", CELL_NUMBER, false},
    {"requests_received", "Requests received", CELL_NUMBER, false},
    {"responses_sent", "Responses sent", CELL_NUMBER, false},
    {"responses_received", "Responses received", CELL_NUMBER, false},
    {"bad_packets", "Bad packets", CELL_NUMBER, false},
    {"bad_entries", "Bad entries", CELL_NUMBER, false},
    {"triggered_updates", "Triggered updates", CELL_NUMBER, true},
    {"interface_index", "Index", CELL_NUMBER, true},
};

/* IS_State */
static const char *condition(DWORD state)
{
    static const char *const names[] = {"off", "enabled", "bound", "running"};

    return state < COUNT_OF(names) ? names[state] : NULL;
}

static void report_interface(struct report *r, const struct answer *a, const char *name)
{
    report_text(r, name);
    report_text(r, condition(a->fields[0]));
    for (size_t k = 1; k < INTERFACE_FIELDS; k++) report_number(r, a->fields[k]);
    report_number(r, a->head.key);
}

/* wanted NULL: all. ERROR_NOT_FOUND: the protocol is not on that one. */
static DWORD report_interfaces(struct session *s, bool ipv6, const char *wanted)
{
    struct answer a = {.ipv6 = ipv6, .head = {.type = INTERFACE_STATS}};
    const BYTE *rows = NULL;
    void *buffer = NULL;
    DWORD count = 0, status;
    bool found = !wanted;

    (void)mib_interfaces(s, &buffer, &rows, &count);
    status = ask(s, true, &a, INTERFACE_FIELDS);
    while (status == NO_ERROR) {
        char *name = mib_interface_name(rows, count, a.head.key);

        if (!wanted || (name && text_same(name, wanted))) {
            report_interface(&s->report, &a, name);
            found = true;
        }
        free(name);
        status = ask(s, false, &a, INTERFACE_FIELDS);
    }
    if (buffer) MprAdminMIBBufferFree(buffer);
    if (status != ERROR_NO_MORE_ITEMS) return status;
    return found ? NO_ERROR : ERROR_NOT_FOUND;
}

/* ---- the commands ---------------------------------------------------------------------------- */

static int interfaces_of(struct call *call, bool ipv6)
{
    const char *name = call_value(call, "name"), *protocol = ipv6 ? "RIPng" : "RIP";
    const char *kind = ipv6 ? "ripng_statistics" : "rip_statistics";
    struct session *s = session_of(call);
    DWORD status;

    if (name)
        report_record(&s->report, kind, protocol, interface_columns, COUNT_OF(interface_columns));
    else
        report_table(&s->report, kind, protocol, interface_columns, COUNT_OF(interface_columns));
    status = report_interfaces(s, ipv6, name);
    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "the statistics of %s%s%s", protocol, name ? " on " : "",
                  name ? name : "");
}

static int interfaces(struct call *call)
{
    return interfaces_of(call, false);
}

static int interfaces6(struct call *call)
{
    return interfaces_of(call, true);
}

#define PEER_FIELDS 5
static const struct column peer_columns[] = {
    {"address", "Neighbor", CELL_TEXT, false},
    {"tag", "Tag", CELL_NUMBER, false},
    {"last_heard", "Last heard (tick)", CELL_NUMBER, false},
    {"version", "Version", CELL_NUMBER, false},
    {"bad_packets", "Bad packets", CELL_NUMBER, false},
    {"bad_entries", "Bad entries", CELL_NUMBER, false},
};
static const struct column peer6_columns[] = {
    {"address", "Neighbor", CELL_TEXT, false},
    {"interface_index", "Interface", CELL_NUMBER, false},
    {"tag", "Tag", CELL_NUMBER, false},
    {"last_heard", "Last heard (tick)", CELL_NUMBER, false},
    {"version", "Version", CELL_NUMBER, false},
    {"bad_packets", "Bad packets", CELL_NUMBER, false},
    {"bad_entries", "Bad entries", CELL_NUMBER, false},
};

static void report_neighbour(struct report *r, const struct answer *a)
{
    char text[ADDRESS_TEXT];

    if (a->ipv6) {
        report_text(r, address6_text(a->head.address, text));
        report_number(r, a->head.key);
    } else {
        report_text(r, address4_text(swap_order(a->head.key), text));
    }
    report_answer(r, a, PEER_FIELDS);
}

static int neighbours_of(struct call *call, bool ipv6)
{
    struct session *s = session_of(call);
    struct answer a = {.ipv6 = ipv6, .head = {.type = PEER_STATS}};
    DWORD status = ask(s, true, &a, PEER_FIELDS);

    if (ipv6)
        report_table(&s->report, "ripng_neighbors", "RIPng", peer6_columns,
                     COUNT_OF(peer6_columns));
    else
        report_table(&s->report, "rip_neighbors", "RIP", peer_columns, COUNT_OF(peer_columns));
    while (status == NO_ERROR) {
        report_neighbour(&s->report, &a);
        status = ask(s, false, &a, PEER_FIELDS);
    }
    if (status == ERROR_NO_MORE_ITEMS) return EXIT_DONE;
    return failed(call, status, "the neighbors of %s", protocol_of(&a));
}

static int neighbours(struct call *call)
{
    return neighbours_of(call, false);
}

static int neighbours6(struct call *call)
{
    return neighbours_of(call, true);
}

#define GLOBAL_FIELDS 2
static const struct column global_columns[] = {
    {"route_changes", "Changes of routes", CELL_NUMBER, false},
    {"responses_sent", "Responses sent", CELL_NUMBER, false},
};

static int global_of(struct call *call, bool ipv6)
{
    struct session *s = session_of(call);
    struct answer a = {.ipv6 = ipv6, .head = {.type = GLOBAL_STATS}};
    DWORD status = ask(s, true, &a, GLOBAL_FIELDS);

    if (status != NO_ERROR) return failed(call, status, "the statistics of %s", protocol_of(&a));
    report_record(&s->report, ipv6 ? "ripng_totals" : "rip_totals", protocol_of(&a), global_columns,
                  COUNT_OF(global_columns));
    report_answer(&s->report, &a, GLOBAL_FIELDS);
    return EXIT_DONE;
}

static int global(struct call *call)
{
    return global_of(call, false);
}

static int global6(struct call *call)
{
    return global_of(call, true);
}

static const struct parameter name_parameter[] = {
    {"name", NULL, false, "the interface; without it all that have RIP"}};
static const struct parameter name6_parameter[] = {
    {"name", NULL, false, "the interface; without it all that have RIPng"}};

const struct command rip_statistics_commands[] = {
    {"rip statistics", "routing ip rip show ifstats|rip show ifstats", NULL,
     "Shows what RIP sent, received and refused on interfaces", NULL, name_parameter,
     COUNT_OF(name_parameter), interfaces},
    {"rip neighbors", "routing ip rip show peerstats|rip show peerstats", NULL,
     "Shows the neighbors that RIP has heard",
     "Last heard is in milliseconds of the router's clock, as Windows tells it.", NULL, 0,
     neighbours},
    {"rip global statistics", "routing ip rip show globalstats|rip show globalstats", NULL,
     "Shows the totals of RIP", NULL, NULL, 0, global},
    {"ripng statistics", "routing ipv6 ripng show ifstats|ripng show ifstats", NULL,
     "Shows what RIPng sent, received and refused on interfaces", NULL, name6_parameter,
     COUNT_OF(name6_parameter), interfaces6},
    {"ripng neighbors", "routing ipv6 ripng show peerstats|ripng show peerstats", NULL,
     "Shows the neighbors that RIPng has heard",
     "Last heard is in milliseconds of the router's clock, as Windows tells it.", NULL, 0,
     neighbours6},
    {"ripng global statistics", "routing ipv6 ripng show globalstats|ripng show globalstats", NULL,
     "Shows the totals of RIPng", NULL, NULL, 0, global6},
};
const size_t rip_statistics_command_count = COUNT_OF(rip_statistics_commands);
