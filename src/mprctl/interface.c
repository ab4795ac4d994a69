/* Interfaces: show, create, delete, connect, disconnect, enable, disable, hours. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/entry.h"
#include "mprctl/config/hours.h"
#include "mprctl/target.h"

/* ---- show ------------------------------------------------------------------------------------ */

static const struct column columns[] = {
    {"name", "Name", CELL_TEXT, false},
    {"type", "Type", CELL_TEXT, false},
    {"enabled", "Enabled", CELL_FLAG, false},
    {"state", "State", CELL_TEXT, false},
    {"last_error", "Code of it", CELL_NUMBER, true},
    {"last_error_name", "Last error", CELL_TEXT, false},
    {"friendly_name", "Adapter", CELL_TEXT, false},
    {"stored", "Stored", CELL_FLAG, false},
    {"unreachable_because", "Unreachable because", CELL_TEXT, true},
    {"hours", "Dial-out hours", CELL_TEXT, true},
};

static char *reasons_of(DWORD reasons)
{
    static const char *const names[] = {"out-of-resources", "disabled",       "connection-failure",
                                        "paused",           "dial-out-hours", "no-media-sense",
                                        "no-device"};
    struct text t = {0};

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (reasons & 1u << i) text_addf(&t, "%s%s", t.length ? "," : "", names[i]);
    }
    return t.data;
}

static void report_hours(struct session *s, struct report *r, const struct target *t)
{
    MPR_INTERFACE_1 *info = NULL;
    char *text = NULL;

    if (t->running &&
        MprAdminInterfaceGetInfo(s->running, t->running, 1, (LPBYTE *)&info) == NO_ERROR)
        text = hours_text(info->lpwsDialoutHoursRestriction);
    report_text(r, text);
    free(text);
    if (info) MprAdminBufferFree(info);
}

static void report_interface(struct session *s, const MPR_INTERFACE_0 *info, bool running)
{
    struct report *r = &s->report;
    char *reasons = reasons_of(info->fUnReachabilityReasons);
    char *friendly = target_friendly(s, info->wszInterfaceName),
         *name = utf8_of(info->wszInterfaceName);
    struct target t;
    bool found = target_find(s, name, &t) == NO_ERROR;

    report_text(r, name);
    report_text(r, type_name(info->dwIfType));
    report_flag(r, info->fEnabled);
    report_text(r, running ? state_name(info->dwConnectionState) : "not running");
    report_number(r, info->dwLastError);
    report_text(r, info->dwLastError ? code_name(info->dwLastError) : NULL);
    report_text(r, friendly);
    report_flag(r, found && t.stored);
    report_text(r, reasons);
    report_hours(s, r, &t);
    free(name);
    free(friendly);
    free(reasons);
}

/* What is stored and not running: no router, or it has not been started anew. */
static void report_stored_rest(struct session *s, const WCHAR *name)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0;

    target_list_stored(s, &list, &count);
    for (DWORD i = 0; i < count; i++) {
        HANDLE handle = NULL;

        if (name && lstrcmpiW(name, list[i].wszInterfaceName)) continue;
        if (s->running && MprAdminInterfaceGetHandle(s->running, list[i].wszInterfaceName, &handle,
                                                     FALSE) == NO_ERROR)
            continue;
        report_interface(s, &list[i], false);
    }
    if (list) MprConfigBufferFree(list);
}

static int report_interfaces(const struct call *call, const WCHAR *name)
{
    struct session *s = session_of(call);
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, status = target_list_running(s, &list, &count);

    if (status != NO_ERROR) return failed(call, status, "the interfaces can't be listed");
    report_table(&s->report, "interfaces", "Interfaces", columns, COUNT_OF(columns));
    for (DWORD i = 0; i < count; i++) {
        if (!name || !lstrcmpiW(name, list[i].wszInterfaceName))
            report_interface(s, &list[i], true);
    }
    if (list) MprAdminBufferFree(list);
    report_stored_rest(s, name);
    return EXIT_DONE;
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status;
    int code;

    if (!name) return report_interfaces(call, NULL);
    status = target_find(s, name, &t);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    code = report_interfaces(call, t.name);
    if (code == EXIT_DONE && s->report.table_count) s->report.tables[0].record = true;
    return code;
}

/* ---- create, delete -------------------------------------------------------------------------- */

/* A demand-dial interface of which something of the entry is said gets that entry written. */
static DWORD create_running(struct session *s, const struct call *call, MPR_INTERFACE_3 *info,
                            HANDLE *ret)
{
    DWORD level = entry_given(call) ? 3 : 0;

    return MprAdminInterfaceCreate(s->running, level, (LPBYTE)info, ret);
}

static DWORD create_stored(struct session *s, const MPR_INTERFACE_3 *info)
{
    MPR_INTERFACE_0 plain = {.fEnabled = info->fEnabled, .dwIfType = info->dwIfType};
    HANDLE handle = NULL;
    DWORD status = session_stored(s);

    memcpy(plain.wszInterfaceName, info->wszInterfaceName, sizeof(plain.wszInterfaceName));
    return status == NO_ERROR ? MprConfigInterfaceCreate(s->stored, 0, (LPBYTE)&plain, &handle)
                              : status;
}

/* LAN interfaces and the router's own are there as soon as it runs: then only storing is left. */
static DWORD create_both(struct session *s, const struct call *call, struct entry *entry)
{
    HANDLE handle = NULL;
    bool dials = entry->info.dwIfType == ROUTER_IF_TYPE_FULL_ROUTER;
    DWORD status = session_running(s);

    if (status == NO_ERROR && call_yes(call, "running", true))
        status = create_running(s, call, &entry->info, &handle);
    if (status == ERROR_INTERFACE_ALREADY_EXISTS && !dials) status = NO_ERROR;
    if (status == NO_ERROR && call_yes(call, "stored", true)) {
        status = create_stored(s, &entry->info);
        if (status != NO_ERROR && handle) MprAdminInterfaceDelete(s->running, handle);
    }
    return status;
}

static int create(struct call *call)
{
    const char *name = call_value(call, "name"), *type = call_value(call, "type");
    struct entry entry;
    DWORD status;
    int code;

    entry_default(&entry);
    entry.info.fEnabled = call_yes(call, "enabled", true);
    if (type) entry.info.dwIfType = (ROUTER_INTERFACE_TYPE)choice_of(type_choices, type);
    if (!wide_copy(entry.info.wszInterfaceName, COUNT_OF(entry.info.wszInterfaceName), name))
        return wrong_words(session_of(call), "the name is too long");
    code = entry_take(&entry, call);
    if (code == EXIT_DONE) {
        status = create_both(session_of(call), call, &entry);
        if (status != NO_ERROR)
            code = failed(call, status, "%s can't be created", name);
        else
            report_say(report_of(call), "Interface %s was created.", name);
    }
    entry_free(&entry);
    return code;
}

static int delete (struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = target_find(s, name, &t);

    if (status == NO_ERROR && t.running && call_yes(call, "running", true))
        status = MprAdminInterfaceDelete(s->running, t.running);
    if (status == NO_ERROR && t.stored) status = MprConfigInterfaceDelete(s->stored, t.stored);
    if (status != NO_ERROR) return failed(call, status, "%s can't be deleted", name);
    report_say(report_of(call), "Interface %s was deleted.", name);
    return EXIT_DONE;
}

/* ---- connect, disconnect --------------------------------------------------------------------- */

static int connect(struct call *call)
{
    const char *name = call_value(call, "name");
    bool wait = call_yes(call, "wait", true);
    struct session *s = session_of(call);
    struct target t;
    DWORD status = target_find_running(s, name, &t);

    if (status == NO_ERROR) status = MprAdminInterfaceConnect(s->running, t.running, NULL, wait);
    if (status != NO_ERROR && status != PENDING)
        return failed(call, status, "%s is not connected", name);
    report_say(report_of(call),
               status == PENDING ? "Interface %s is being connected."
                                 : "Interface %s is connected.",
               name);
    return EXIT_DONE;
}

static int disconnect(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = target_find_running(s, name, &t);

    if (status == NO_ERROR) status = MprAdminInterfaceDisconnect(s->running, t.running);
    if (status != NO_ERROR) return failed(call, status, "%s was not disconnected", name);
    report_say(report_of(call), "Interface %s is disconnected.", name);
    return EXIT_DONE;
}

/* ---- set ------------------------------------------------------------------------------------- */

/* Level 1 of either side, changed and given back. */
static DWORD change(struct session *s, const struct target *t, bool running, const BOOL *enabled,
                    WCHAR **hours)
{
    MPR_INTERFACE_1 *info = NULL, changed;
    DWORD size = 0, status;

    status = running ? MprAdminInterfaceGetInfo(s->running, t->running, 1, (LPBYTE *)&info)
                     : MprConfigInterfaceGetInfo(s->stored, t->stored, 1, (LPBYTE *)&info, &size);
    if (status != NO_ERROR) return status;
    changed = *info;
    if (enabled) changed.fEnabled = *enabled;
    if (hours) changed.lpwsDialoutHoursRestriction = *hours;
    status = running ? MprAdminInterfaceSetInfo(s->running, t->running, 1, (LPBYTE)&changed)
                     : MprConfigInterfaceSetInfo(s->stored, t->stored, 1, (LPBYTE)&changed);
    MprAdminBufferFree(info);
    return status;
}

static int change_both(struct call *call, const BOOL *enabled, WCHAR **hours)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = target_find(s, name, &t);

    if (status == NO_ERROR && t.running) status = change(s, &t, true, enabled, hours);
    if (status == NO_ERROR && t.stored) status = change(s, &t, false, enabled, hours);
    if (status != NO_ERROR) return failed(call, status, "%s can't be changed", name);
    report_say(report_of(call), "Interface %s was changed.", name);
    return EXIT_DONE;
}

static int enable(struct call *call)
{
    const BOOL yes = TRUE;

    return change_both(call, &yes, NULL);
}

static int disable(struct call *call)
{
    const BOOL no = FALSE;

    return change_both(call, &no, NULL);
}

static int set(struct call *call)
{
    const char *admin = call_value(call, "admin"), *hours = call_value(call, "hours");
    const char *connection = call_value(call, "connect");
    const BOOL enabled = admin && text_same(admin, "enabled");
    WCHAR *list = hours ? hours_list(hours) : NULL;
    int code = EXIT_DONE;

    if (!admin && !hours && !connection)
        return wrong_words(session_of(call), "nothing is to be set: admin=, connect= or hours=");
    if (admin || hours) code = change_both(call, admin ? &enabled : NULL, hours ? &list : NULL);
    free(list);
    if (code != EXIT_DONE || !connection) return code;
    return text_same(connection, "connected") ? connect(call) : disconnect(call);
}

/* ---- the table ------------------------------------------------------------------------------- */

#define NAME_ALONE                          \
    {                                       \
        "name", NULL, true, "the interface" \
    }

static const struct parameter name_optional[] = {
    {"name", NULL, false, "the interface; without it all of them"}};
static const struct parameter name_required[] = {NAME_ALONE};
static const struct parameter delete_parameters[] = {
    NAME_ALONE, {"running", VALUE_YES_NO, false, "no: from the stored configuration only"}};
static const struct parameter connect_parameters[] = {
    NAME_ALONE, {"wait", VALUE_YES_NO, false, "no: only begin; the default is yes"}};
static const struct parameter create_parameters[] = {
    NAME_ALONE,
    {"type", type_choices, false, "demand-dial, the default, or another"},
    {"enabled", VALUE_YES_NO, false, "no: it is created disabled"},
    {"stored", VALUE_YES_NO, false, "no: it is gone with the router's next start"},
    {"running", VALUE_YES_NO, false, "no: it is there from the router's next start on"},
    ENTRY_PARAMETERS};
static const struct parameter set_parameters[] = {
    NAME_ALONE,
    {"admin", "enabled|disabled", false, "whether it may be used"},
    {"connect", "connected|disconnected", false, "connect it, or disconnect it"},
    {"hours", NULL, false,
     "when it may dial, \"DAY HH:MM-HH:MM ...;DAY ...\", day 0 is Sunday; none: at any time"}};

const struct command interface_commands[] = {
    {"interfaces show", "interface show interface|routing ip show interface|show interfaces",
     "Get-VpnS2SInterface, Get-NetIPInterface", "Shows the router's interfaces",
     "With a name, or --json, the details as well: why it can't be reached, when it may dial.",
     name_optional, COUNT_OF(name_optional), show},
    {"interfaces create", "routing ip add interface|interface add interface", "Add-VpnS2SInterface",
     "Makes an interface, running and stored",
     "A demand-dial interface needs an entry of its name in the phone book. When any of the "
     "entry's\n"
     "settings is given, the entry is written; else it has to be there.",
     create_parameters, COUNT_OF(create_parameters), create},
    {"interfaces delete", "routing ip delete interface|interface delete interface",
     "Remove-VpnS2SInterface", "Removes an interface, its phone-book entry and its credentials",
     NULL, delete_parameters, COUNT_OF(delete_parameters), delete},
    {"interfaces connect", NULL, "Connect-VpnS2SInterface", "Dials a demand-dial interface",
     "While each program has a router of its own, what one run connects ends with it: use exec to "
     "do\n"
     "several things in one.",
     connect_parameters, COUNT_OF(connect_parameters), connect},
    {"interfaces disconnect", NULL, "Disconnect-VpnS2SInterface", "Hangs up", NULL, name_required,
     COUNT_OF(name_required), disconnect},
    {"interfaces enable", NULL, "Enable-NetAdapter", "Lets an interface be used", NULL,
     name_required, COUNT_OF(name_required), enable},
    {"interfaces disable", NULL, "Disable-NetAdapter",
     "Keeps an interface from being used, and disconnects it", NULL, name_required,
     COUNT_OF(name_required), disable},
    {"interfaces set", "interface set interface|routing ip set interface", "Set-VpnS2SInterface",
     "Enables, disables, connects, disconnects, or says when dialling is allowed", NULL,
     set_parameters, COUNT_OF(set_parameters), set},
};
const size_t interface_command_count = COUNT_OF(interface_commands);
