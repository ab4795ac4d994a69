/* rip statistics, rip neighbors, rip global statistics: what RIP's MIB tells.
 *
 * A question is IPRIP_MIB_GET_INPUT_DATA, a type and an interface's index or a neighbour's address;
 * the answer repeats both before the structure of the type (MS-RRASM 2.2.1.2.22 and following).
 */
#include "mprctl/route.h"

#include <stdlib.h>
#include <string.h>

#include <iprtrmib.h>

#include "mprctl/cli/address.h"
#include "mprctl/target.h"

#define HEAD       (2 * sizeof(DWORD))
#define FIELDS_MAX 10

enum type { GLOBAL_STATS = 0, INTERFACE_STATS = 2, PEER_STATS = 5 };

struct answer {
    DWORD type, key, fields[FIELDS_MAX];
};

/* The row behind the answer's key, or the first one, in its place. */
static DWORD ask(struct session *s, bool first, struct answer *a, size_t fields)
{
    DWORD in[2] = {a->type, a->key}, size = 0, status = session_mib(s);
    LPVOID out = NULL;

    if (status != NO_ERROR) return status;
    status =
        first
            ? MprAdminMIBEntryGetFirst(s->mib, PID_IP, MIB_IPPROTO_RIP, in, sizeof(in), &out, &size)
            : MprAdminMIBEntryGetNext(s->mib, PID_IP, MIB_IPPROTO_RIP, in, sizeof(in), &out, &size);
    if (status != NO_ERROR) return status;
    if (size < HEAD + fields * sizeof(DWORD)) {
        status = ERROR_INVALID_DATA;
    } else {
        memcpy(a, out, HEAD);
        memcpy(a->fields, (const BYTE *)out + HEAD, fields * sizeof(DWORD));
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
    report_number(r, a->key);
}

/* wanted NULL: all. ERROR_NOT_FOUND: that one has no RIP. */
static DWORD report_interfaces(struct session *s, const char *wanted)
{
    struct answer a = {.type = INTERFACE_STATS};
    const BYTE *rows = NULL;
    void *buffer = NULL;
    DWORD count = 0, status;
    bool found = !wanted;

    (void)mib_interfaces(s, &buffer, &rows, &count);
    status = ask(s, true, &a, INTERFACE_FIELDS);
    while (status == NO_ERROR) {
        char *name = mib_interface_name(rows, count, a.key);

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

static int interfaces(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    DWORD status;

    if (name)
        report_record(&s->report, "rip_statistics", "RIP", interface_columns,
                      COUNT_OF(interface_columns));
    else
        report_table(&s->report, "rip_statistics", "RIP", interface_columns,
                     COUNT_OF(interface_columns));
    status = report_interfaces(s, name);
    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "the statistics of RIP%s%s", name ? " on " : "", name ? name : "");
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

static int neighbours(struct call *call)
{
    struct session *s = session_of(call);
    struct answer a = {.type = PEER_STATS};
    DWORD status = ask(s, true, &a, PEER_FIELDS);

    report_table(&s->report, "rip_neighbors", "RIP", peer_columns, COUNT_OF(peer_columns));
    while (status == NO_ERROR) {
        char text[ADDRESS_TEXT];

        report_text(&s->report, address4_text(swap_order(a.key), text));
        report_answer(&s->report, &a, PEER_FIELDS);
        status = ask(s, false, &a, PEER_FIELDS);
    }
    if (status == ERROR_NO_MORE_ITEMS) return EXIT_DONE;
    return failed(call, status, "the neighbors of RIP");
}

#define GLOBAL_FIELDS 2
static const struct column global_columns[] = {
    {"route_changes", "Changes of routes", CELL_NUMBER, false},
    {"responses_sent", "Responses sent", CELL_NUMBER, false},
};

static int global(struct call *call)
{
    struct session *s = session_of(call);
    struct answer a = {.type = GLOBAL_STATS};
    DWORD status = ask(s, true, &a, GLOBAL_FIELDS);

    if (status != NO_ERROR) return failed(call, status, "the statistics of RIP");
    report_record(&s->report, "rip_totals", "RIP", global_columns, COUNT_OF(global_columns));
    report_answer(&s->report, &a, GLOBAL_FIELDS);
    return EXIT_DONE;
}

static const struct parameter name_parameter[] = {
    {"name", NULL, false, "the interface; without it all that have RIP"}};

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
};
const size_t rip_statistics_command_count = COUNT_OF(rip_statistics_commands);
