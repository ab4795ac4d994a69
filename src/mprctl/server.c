/* server show, set; ports of the WAN miniports. */
#include "mprctl/server.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/config/field.h"
#include "mprctl/route.h"

#define USES "none|ras|routing|both"

/* ROW(name, what people may type, kind, member, choices, flags, help) */
#define SERVER_ROWS(ROW)                                                              \
    ROW(pptpports, VALUE_NUMBER, NUMBER, dwNumPptpPorts, NULL, NULL, "ports of PPTP") \
    ROW(pptpuse, NULL, CHOICE, dwPptpPortFlags, USES, NULL, USES)                     \
    ROW(l2tpports, VALUE_NUMBER, NUMBER, dwNumL2tpPorts, NULL, NULL, "ports of L2TP") \
    ROW(l2tpuse, NULL, CHOICE, dwL2tpPortFlags, USES, NULL, USES)                     \
    ROW(sstpports, VALUE_NUMBER, NUMBER, dwNumSstpPorts, NULL, NULL, "ports of SSTP") \
    ROW(sstpuse, NULL, CHOICE, dwSstpPortFlags, USES, NULL, USES)

#define SERVER_FIELD(name, values, kind, member, choices, flags, help)                           \
    {#name,   FIELD_##kind, offsetof(MPR_SERVER_2, member), sizeof(((MPR_SERVER_2 *)0)->member), \
     choices, flags},
#define SERVER_PARAMETER(name, values, kind, member, choices, flags, help) \
    {#name, values, false, help},
#define SERVER_COLUMN(name, values, kind, member, choices, flags, help) \
    {#name, #name, FIELD_##kind == FIELD_NUMBER ? CELL_NUMBER : CELL_TEXT, false},

static const struct field fields[] = {SERVER_ROWS(SERVER_FIELD)};

static const struct column columns[] = {{"running", "Running", CELL_FLAG, false},
                                        {"lan_only", "LAN only", CELL_FLAG, false},
                                        {"uptime", "Up for seconds", CELL_NUMBER, false},
                                        {"ports", "Ports", CELL_NUMBER, false},
                                        {"ports_in_use", "In use", CELL_NUMBER, false},
                                        {"forwarding", "Forwards IPv4", CELL_FLAG, false},
                                        SERVER_ROWS(SERVER_COLUMN)};

static void report_info(struct report *r, const MPR_SERVER_0 *info)
{
    report_flag(r, info->fLanOnlyMode);
    report_number(r, info->dwUpTime);
    report_number(r, info->dwTotalPorts);
    report_number(r, info->dwPortsInUse);
}

static void report_forwarding(struct session *s)
{
    bool forwards;

    if (mib_forwarding(s, &forwards))
        report_flag(&s->report, forwards);
    else
        report_text(&s->report, NULL);
}

static void report_ports(struct report *r, const MPR_SERVER_2 *ports)
{
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        char *text = ports ? field_text(&fields[i], ports) : NULL;

        report_text(r, text);
        free(text);
    }
}

DWORD server_ports(struct session *s, MPR_SERVER_2 *ret)
{
    MPR_SERVER_2 *info = NULL;
    DWORD status = session_stored(s);

    if (status == NO_ERROR) status = MprConfigServerGetInfo(s->stored, 2, (LPBYTE *)&info);
    if (status != NO_ERROR) return status;
    *ret = *info;
    MprConfigBufferFree(info);
    return NO_ERROR;
}

void server_words(const MPR_SERVER_2 *ports, struct text *out)
{
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        char *text = field_text(&fields[i], ports);

        text_addf(out, " %s=%s", fields[i].name, text);
        free(text);
    }
}

static int show(struct call *call)
{
    struct session *s = session_of(call);
    MPR_SERVER_0 *info = NULL;
    MPR_SERVER_2 ports;
    DWORD status = session_running(s);

    if (status == NO_ERROR) status = MprAdminServerGetInfo(s->running, 0, (LPBYTE *)&info);
    if (status != NO_ERROR) return failed(call, status, "the router");
    report_record(&s->report, "server", "Server", columns, COUNT_OF(columns));
    report_flag(&s->report, true);
    report_info(&s->report, info);
    report_forwarding(s);
    report_ports(&s->report, server_ports(s, &ports) == NO_ERROR ? &ports : NULL);
    MprAdminBufferFree(info);
    return EXIT_DONE;
}

static int store(const struct call *call, MPR_SERVER_2 *ports)
{
    struct session *s = session_of(call);
    DWORD status = MprConfigServerSetInfo(s->stored, 2, (LPBYTE)ports);

    if (status != NO_ERROR && status != ERROR_SUCCESS_REBOOT_REQUIRED &&
        status != ERROR_SUCCESS_RESTART_REQUIRED)
        return failed(call, status, "the ports can't be set");
    report_say(&s->report, "The ports are stored; they count from the router's next start on.");
    return EXIT_DONE;
}

static int set(struct call *call)
{
    struct session *s = session_of(call);
    struct text error = {0};
    MPR_SERVER_2 ports;
    DWORD status = server_ports(s, &ports);
    int code = EXIT_DONE;

    if (status != NO_ERROR) return failed(call, status, "the ports can't be read");
    for (size_t i = 0; code == EXIT_DONE && i < COUNT_OF(fields); i++) {
        const char *value = call_value(call, fields[i].name);

        if (value && !field_set(&fields[i], &ports, value, &error))
            code = wrong_words(s, "%s", text_of(&error));
    }
    text_free(&error);
    return code == EXIT_DONE ? store(call, &ports) : code;
}

/* ---- backup ---------------------------------------------------------------------------------- */

typedef DWORD APIENTRY folder_action(HANDLE stored, LPWSTR path);

static int with_folder(struct call *call, folder_action *action, const char *said)
{
    struct session *s = session_of(call);
    WCHAR *folder = wide_of(call_value(call, "folder"));
    DWORD status = session_stored(s);

    if (status == NO_ERROR) status = action(s->stored, folder);
    free(folder);
    if (status != NO_ERROR) return failed(call, status, "%s", call_value(call, "folder"));
    report_say(&s->report, "%s", said);
    return EXIT_DONE;
}

static int backup(struct call *call)
{
    return with_folder(call, MprConfigServerBackup, "The configuration was written there.");
}

static int restore(struct call *call)
{
    return with_folder(call, MprConfigServerRestore,
                       "The configuration is back; it counts from the router's next start on.");
}

static const struct parameter set_parameters[] = {SERVER_ROWS(SERVER_PARAMETER)};
static const struct parameter folder_parameter[] = {{"folder", NULL, true, "as Windows names it"}};

const struct command server_commands[] = {
    {"server show", "ras show status|show version", "Get-RemoteAccess",
     "Shows the router: how long it runs, its ports", NULL, NULL, 0, show},
    {"server set", "ras set wanports", "Set-RemoteAccess",
     "Says how many ports there are, and for whom",
     "ras: for clients; routing: for demand-dial interfaces.", set_parameters,
     COUNT_OF(set_parameters), set},
    {"server backup", NULL, "Backup-RemoteAccess", "Writes the configuration to a folder",
     "Without ports, secrets and dialers. docs/BACKUP.md tells the format.", folder_parameter,
     COUNT_OF(folder_parameter), backup},
    {"server restore", NULL, NULL, "Brings such a configuration back", NULL, folder_parameter,
     COUNT_OF(folder_parameter), restore},
};
const size_t server_command_count = COUNT_OF(server_commands);
