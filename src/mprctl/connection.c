/* connections show, disconnect, clear; clients show, disconnect, release. */
#include "mprctl/connection.h"

#include <stdlib.h>

#include "mprctl/target.h"

static const struct column columns[] = {
    {"interface", "Interface", CELL_TEXT, false},
    {"type", "Type", CELL_TEXT, false},
    {"user", "User", CELL_TEXT, false},
    {"domain", "Domain", CELL_TEXT, true},
    {"computer", "Computer", CELL_TEXT, true},
    {"address", "Address", CELL_TEXT, false},
    {"remote_address", "Remote address", CELL_TEXT, false},
    {"duration", "Seconds", CELL_NUMBER, false},
    {"bytes_sent", "Sent", CELL_NUMBER, false},
    {"bytes_received", "Received", CELL_NUMBER, false},
    {"frames_sent", "Frames sent", CELL_NUMBER, true},
    {"frames_received", "Frames received", CELL_NUMBER, true},
    {"errors", "Errors", CELL_NUMBER, true},
    {"remote_endpoint", "Remote endpoint", CELL_TEXT, true},
    {"quarantine", "Quarantine", CELL_FLAG, true},
    {"handle", "Handle", CELL_NUMBER, true},
};

DWORD connection_list(struct session *s, RAS_CONNECTION_EX **ret, DWORD *ret_count)
{
    MPRAPI_OBJECT_HEADER header = {.revision = MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1,
                                   .type = MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT,
                                   .size = sizeof(header)};
    DWORD total = 0, status = session_running(s);

    *ret = NULL;
    *ret_count = 0;
    if (status != NO_ERROR) return status;
    return MprAdminConnectionEnumEx(s->running, &header, (DWORD)-1, ret_count, &total, ret, NULL);
}

static DWORD errors_of(const RAS_CONNECTION_EX *c)
{
    return c->dwCrcErr + c->dwTimeoutErr + c->dwAlignmentErr + c->dwHardwareOverrunErr +
           c->dwFramingErr + c->dwBufferOverrunErr;
}

/* Those of IKEv2 and of PPP lie at the same place of their structures. */
static void report_addresses(struct report *r, const PROJECTION_INFO *p)
{
    C_ASSERT(offsetof(IKEV2_PROJECTION_INFO, wszRemoteAddress) ==
             offsetof(PPP_PROJECTION_INFO, wszRemoteAddress));

    report_wide(r, p->PppProjectionInfo.wszAddress);
    report_wide(r, p->PppProjectionInfo.wszRemoteAddress);
}

static void report_connection(struct report *r, const RAS_CONNECTION_EX *c)
{
    report_wide(r, c->wszInterfaceName);
    report_text(r, type_name(c->dwInterfaceType));
    report_wide(r, c->wszUserName);
    report_wide(r, c->wszLogonDomain);
    report_wide(r, c->wszRemoteComputer);
    report_addresses(r, &c->ProjectionInfo);
    report_number(r, c->dwConnectDuration);
    report_number(r, c->dwBytesXmited);
    report_number(r, c->dwBytesRcved);
    report_number(r, c->dwFramesXmited);
    report_number(r, c->dwFramesRcved);
    report_number(r, errors_of(c));
    report_wide(r, c->wszRemoteEndpointAddress);
    report_flag(r, c->rasQuarState == RAS_QUAR_STATE_QUARANTINE);
    report_number(r, (ULONG_PTR)c->hConnection);
}

static bool wanted(const RAS_CONNECTION_EX *c, bool clients, const char *name)
{
    char *own = utf8_of(c->wszInterfaceName);
    bool is = (!clients || c->dwInterfaceType == ROUTER_IF_TYPE_CLIENT) &&
              (!name || text_same(own, name));

    free(own);
    return is;
}

DWORD connection_report(struct session *s, bool clients, const char *name)
{
    RAS_CONNECTION_EX *list = NULL;
    DWORD count = 0, status = connection_list(s, &list, &count);

    if (status != NO_ERROR) return status;
    report_table(&s->report, clients ? "clients" : "connections",
                 clients ? "Clients" : "Connections", columns, COUNT_OF(columns));
    for (DWORD i = 0; i < count; i++) {
        if (wanted(&list[i], clients, name)) report_connection(&s->report, &list[i]);
    }
    if (list) MprAdminBufferFree(list);
    return NO_ERROR;
}

static int show(struct call *call, bool clients)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    DWORD status = connection_report(s, clients, name);

    if (status != NO_ERROR) return failed(call, status, "the connections can't be listed");
    if (name && !report_rows(&s->report))
        return failed(call, ERROR_INTERFACE_NOT_CONNECTED, "%s", name);
    return EXIT_DONE;
}

static int show_connections(struct call *call)
{
    return show(call, false);
}

static int show_clients(struct call *call)
{
    return show(call, true);
}

/* ---- actions --------------------------------------------------------------------------------- */

typedef DWORD connection_action(struct session *s, const RAS_CONNECTION_EX *c);

static DWORD hang_up(struct session *s, const RAS_CONNECTION_EX *c)
{
    return MprAdminInterfaceDisconnect(s->running, c->hInterface);
}

static DWORD clear_counters(struct session *s, const RAS_CONNECTION_EX *c)
{
    return MprAdminConnectionClearStats(s->running, c->hConnection);
}

static DWORD end_quarantine(struct session *s, const RAS_CONNECTION_EX *c)
{
    return MprAdminConnectionRemoveQuarantine(s->running, c->hConnection, FALSE);
}

static int act(struct call *call, bool clients, connection_action *action, const char *done)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    RAS_CONNECTION_EX *list = NULL;
    DWORD count = 0, status = connection_list(s, &list, &count);
    DWORD found = ERROR_INTERFACE_NOT_CONNECTED;

    for (DWORD i = 0; status == NO_ERROR && i < count; i++) {
        if (found == ERROR_INTERFACE_NOT_CONNECTED && wanted(&list[i], clients, name))
            found = action(s, &list[i]);
    }
    if (list) MprAdminBufferFree(list);
    if (status == NO_ERROR) status = found;
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(&s->report, "%s was %s.", name, done);
    return EXIT_DONE;
}

static int disconnect(struct call *call)
{
    return act(call, false, hang_up, "disconnected");
}

static int clear(struct call *call)
{
    return act(call, false, clear_counters, "set to zero");
}

static int disconnect_client(struct call *call)
{
    return act(call, true, hang_up, "disconnected");
}

static int release(struct call *call)
{
    return act(call, true, end_quarantine, "released from quarantine");
}

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface, DOMAIN\\user for a client; without it all of them"}};
static const struct parameter name_parameter[] = {
    {"name", NULL, true, "the interface, DOMAIN\\user for a client"}};

const struct command connection_commands[] = {
    {"connections show", NULL, "Get-RemoteAccessConnectionStatistics",
     "Shows what is connected: demand-dial interfaces and clients", NULL, show_parameters,
     COUNT_OF(show_parameters), show_connections},
    {"connections disconnect", NULL, "Disconnect-VpnUser", "Ends a connection", NULL,
     name_parameter, COUNT_OF(name_parameter), disconnect},
    {"connections clear", NULL, "Clear-VpnS2SInterfaceStatistics",
     "Sets a connection's counters to zero", NULL, name_parameter, COUNT_OF(name_parameter), clear},
    {"clients show", "ras show client", "Get-RemoteAccessConnectionStatistics",
     "Shows who has dialled in", NULL, show_parameters, COUNT_OF(show_parameters), show_clients},
    {"clients disconnect", NULL, "Disconnect-VpnUser", "Ends a client's connection", NULL,
     name_parameter, COUNT_OF(name_parameter), disconnect_client},
    {"clients release", NULL, NULL, "Lets a client out of quarantine", NULL, name_parameter,
     COUNT_OF(name_parameter), release},
};
const size_t connection_command_count = COUNT_OF(connection_commands);
