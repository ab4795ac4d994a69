/* watch: interfaces and connections, drawn anew whenever one connects or disconnects. */
#include <stdlib.h>

#include "mprctl/connection.h"
#include "mprctl/target.h"

static const struct column columns[] = {
    {"name", "Name", CELL_TEXT, false},
    {"type", "Type", CELL_TEXT, false},
    {"enabled", "Enabled", CELL_FLAG, false},
    {"state", "State", CELL_TEXT, false},
    {"last_error", "Last error", CELL_TEXT, false},
};

static DWORD report_interfaces(struct session *s)
{
    MPR_INTERFACE_0 *list = NULL;
    DWORD count = 0, status = target_list_running(s, &list, &count);

    if (status != NO_ERROR) return status;
    report_table(&s->report, "interfaces", "Interfaces", columns, COUNT_OF(columns));
    for (DWORD i = 0; i < count; i++) {
        report_wide(&s->report, list[i].wszInterfaceName);
        report_text(&s->report, type_name(list[i].dwIfType));
        report_flag(&s->report, list[i].fEnabled);
        report_text(&s->report, state_name(list[i].dwConnectionState));
        report_text(&s->report, list[i].dwLastError ? code_name(list[i].dwLastError) : NULL);
    }
    if (list) MprAdminBufferFree(list);
    return NO_ERROR;
}

static void say_when(struct session *s, DWORD interval)
{
    SYSTEMTIME now;

    GetLocalTime(&now);
    report_say(&s->report, "%02u:%02u:%02u, every %lu s and at each change; Ctrl+C ends", now.wHour,
               now.wMinute, now.wSecond, interval);
}

/* LAN-only routers have no connections. */
static DWORD draw(struct session *s, DWORD interval)
{
    DWORD status = report_interfaces(s);

    if (status == NO_ERROR) status = connection_report(s, false, NULL);
    if (status == ERROR_DDM_NOT_RUNNING) status = NO_ERROR;
    if (status != NO_ERROR) return status;
    if (!s->options->json) {
        say_when(s, interval);
        console_clear();
    }
    session_print(s);
    return NO_ERROR;
}

static DWORD watch(struct session *s, HANDLE event, DWORD interval, DWORD count)
{
    DWORD status = NO_ERROR;

    for (DWORD n = 0; status == NO_ERROR && (!count || n < count); n++) {
        if (n) WaitForSingleObject(event, interval * 1000);
        if (n && !s->options->json) console_print("\n");
        status = draw(s, interval);
    }
    return status;
}

static int run(struct call *call)
{
    DWORD interval = call_number(call, "interval", 5), count = call_number(call, "count", 0);
    struct session *s = session_of(call);
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);
    DWORD status = event ? session_running(s) : GetLastError(), registered = ERROR_NOT_SUPPORTED;

    if (interval > 86400) interval = 86400;
    /* A LAN-only router refuses; then time alone counts. */
    if (status == NO_ERROR) registered = MprAdminRegisterConnectionNotification(s->running, event);
    if (status == NO_ERROR) status = watch(s, event, interval, count);
    if (registered == NO_ERROR) MprAdminDeregisterConnectionNotification(s->running, event);
    if (event) CloseHandle(event);
    return status == NO_ERROR ? EXIT_DONE : failed(call, status, "the router");
}

static const struct parameter parameters[] = {
    {"interval", VALUE_NUMBER, false, "seconds, 5 by default"},
    {"count", VALUE_NUMBER, false, "ends after so many views (--count N)"}};

const struct command watch_commands[] = {
    {"watch", NULL, "while (1) { Get-RemoteAccessConnectionStatistics; sleep 5 }",
     "Shows interfaces and connections, live",
     "With --json an object for each view, on a line of its own.", parameters, COUNT_OF(parameters),
     run},
};
const size_t watch_command_count = COUNT_OF(watch_commands);
