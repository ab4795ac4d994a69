/* ports show, disconnect, clear. */
#include <stdlib.h>

#include "mprctl/target.h"

static const char *const conditions[] = {"non-operational", "disconnected",   "calling-back",
                                         "listening",       "authenticating", "authenticated",
                                         "initializing"};

static const struct column columns[] = {
    {"name", "Port", CELL_TEXT, false},        {"device", "Device", CELL_TEXT, false},
    {"device_type", "Type", CELL_TEXT, false}, {"condition", "Condition", CELL_TEXT, false},
    {"calls", "Calls", CELL_NUMBER, false},    {"duration", "Seconds", CELL_NUMBER, false},
    {"media", "Media", CELL_TEXT, true},       {"handle", "Handle", CELL_NUMBER, true},
};

static const char *condition_of(const RAS_PORT_0 *port)
{
    DWORD at = (DWORD)port->dwPortCondition;

    return at < COUNT_OF(conditions) ? conditions[at] : "unknown";
}

static DWORD list_ports(struct session *s, RAS_PORT_0 **ret, DWORD *ret_count)
{
    DWORD total = 0, status = session_running(s);

    *ret = NULL;
    *ret_count = 0;
    if (status != NO_ERROR) return status;
    return MprAdminPortEnum(s->running, 0, INVALID_HANDLE_VALUE, (LPBYTE *)ret, (DWORD)-1,
                            ret_count, &total, NULL);
}

static bool is_named(const RAS_PORT_0 *port, const char *name)
{
    char *own = utf8_of(port->wszPortName);
    bool same = text_same(own, name);

    free(own);
    return same;
}

static void report_port(struct report *r, const RAS_PORT_0 *port)
{
    report_wide(r, port->wszPortName);
    report_wide(r, port->wszDeviceName);
    report_wide(r, port->wszDeviceType);
    report_text(r, condition_of(port));
    report_number(r, port->dwTotalNumberOfCalls);
    report_number(r, port->dwConnectDuration);
    report_wide(r, port->wszMediaName);
    report_number(r, (ULONG_PTR)port->hPort);
}

/* Free ports are many, and all alike. */
static bool is_free(const RAS_PORT_0 *port)
{
    return port->dwPortCondition == RAS_PORT_LISTENING ||
           port->dwPortCondition == RAS_PORT_DISCONNECTED;
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    bool all = call_yes(call, "all", name || call->options->json);
    struct session *s = session_of(call);
    RAS_PORT_0 *list = NULL;
    DWORD count = 0, hidden = 0, status = list_ports(s, &list, &count);

    if (status != NO_ERROR) return failed(call, status, "the ports can't be listed");
    report_table(&s->report, "ports", "Ports", columns, COUNT_OF(columns));
    for (DWORD i = 0; i < count; i++) {
        if (name && !is_named(&list[i], name)) continue;
        if (all || !is_free(&list[i]))
            report_port(&s->report, &list[i]);
        else
            hidden++;
    }
    if (list) MprAdminBufferFree(list);
    if (hidden) report_say(&s->report, "%lu free ports are not shown; --all shows them.", hidden);
    return EXIT_DONE;
}

typedef DWORD APIENTRY port_action(RAS_SERVER_HANDLE server, HANDLE port);

static int act(struct call *call, port_action *action, const char *done)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    RAS_PORT_0 *list = NULL;
    DWORD count = 0, status = list_ports(s, &list, &count), found = ERROR_PORT_NOT_FOUND;

    for (DWORD i = 0; status == NO_ERROR && found == ERROR_PORT_NOT_FOUND && i < count; i++) {
        if (is_named(&list[i], name)) found = action(s->running, list[i].hPort);
    }
    if (list) MprAdminBufferFree(list);
    if (status == NO_ERROR) status = found;
    if (status != NO_ERROR) return failed(call, status, "port %s", name);
    report_say(&s->report, "Port %s was %s.", name, done);
    return EXIT_DONE;
}

static int disconnect(struct call *call)
{
    return act(call, MprAdminPortDisconnect, "disconnected");
}

static int clear(struct call *call)
{
    return act(call, MprAdminPortClearStats, "set to zero");
}

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the port; without it all that are in use"},
    {"all", VALUE_YES_NO, false, "free ones as well; so it is with --json"}};
static const struct parameter name_parameter[] = {{"name", NULL, true, "the port"}};

const struct command port_commands[] = {
    {"ports show", "ras show ports|ras show activeservers", "Get-RemoteAccessConfiguration",
     "Shows ports", NULL, show_parameters, COUNT_OF(show_parameters), show},
    {"ports disconnect", NULL, "Disconnect-VpnUser", "Ends what is on a port", NULL, name_parameter,
     COUNT_OF(name_parameter), disconnect},
    {"ports clear", NULL, NULL, "Sets a port's counters to zero", NULL, name_parameter,
     COUNT_OF(name_parameter), clear},
};
const size_t port_command_count = COUNT_OF(port_commands);
