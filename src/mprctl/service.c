/* service status, start, stop, pause, continue, run: the router's process. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/program.h"

#define SERVICE  L"RemoteAccess"
#define PROGRAM  L"mprsvc.exe"
#define PATIENCE 300 /* tenths of a second until a service has to be up or down */

static const char *const states[] = {"unknown", "stopped",          "start pending", "stop pending",
                                     "running", "continue pending", "pause pending", "paused"};

static const struct column columns[] = {
    {"service", "Service", CELL_TEXT, false},
    {"state", "State", CELL_TEXT, false},
    {"process_id", "Process", CELL_NUMBER, false},
    {"router_answers", "Router answers", CELL_FLAG, false},
};

struct control {
    SC_HANDLE manager, service;
};

static DWORD open_service(const struct session *s, DWORD access, struct control *ret)
{
    WCHAR *server = wide_of(s->options->server);
    DWORD status = NO_ERROR;

    *ret = (struct control){.manager = OpenSCManagerW(server, NULL, SC_MANAGER_CONNECT)};
    if (!ret->manager) status = GetLastError();
    free(server);
    if (status != NO_ERROR) return status;
    ret->service = OpenServiceW(ret->manager, SERVICE, access);
    return ret->service ? NO_ERROR : GetLastError();
}

static void close_service(struct control *c)
{
    if (c->service) CloseServiceHandle(c->service);
    if (c->manager) CloseServiceHandle(c->manager);
}

static DWORD query(const struct control *c, SERVICE_STATUS_PROCESS *ret)
{
    DWORD size = 0;

    return QueryServiceStatusEx(c->service, SC_STATUS_PROCESS_INFO, (BYTE *)ret, sizeof(*ret),
                                &size)
               ? NO_ERROR
               : GetLastError();
}

/* Asks a router, wherever it runs; not if the service is stopped, since the question would start
 * it.
 */
static bool router_answers(const struct session *s, bool stopped)
{
    WCHAR *server = stopped ? NULL : wide_of(s->options->server);
    bool answers = !stopped && MprAdminIsServiceRunning(server);

    free(server);
    return answers;
}

static void report_status(struct session *s, DWORD status, const SERVICE_STATUS_PROCESS *process)
{
    report_record(&s->report, "service", "Service", columns, COUNT_OF(columns));
    report_text(&s->report, "RemoteAccess");
    if (status == NO_ERROR) {
        report_text(&s->report, process->dwCurrentState < COUNT_OF(states)
                                    ? states[process->dwCurrentState]
                                    : states[0]);
        report_number(&s->report, process->dwProcessId);
    } else {
        report_text(&s->report, "not installed");
        report_none(&s->report);
    }
    report_flag(&s->report, router_answers(s, status == NO_ERROR &&
                                                  process->dwCurrentState == SERVICE_STOPPED));
}

static int show(struct call *call)
{
    struct session *s = session_of(call);
    struct control c;
    SERVICE_STATUS_PROCESS process = {0};
    DWORD status = open_service(s, SERVICE_QUERY_STATUS, &c);

    if (status == NO_ERROR) status = query(&c, &process);
    close_service(&c);
    if (status != NO_ERROR && status != ERROR_SERVICE_DOES_NOT_EXIST)
        return failed(call, status, "the service");
    report_status(s, status, &process);
    return EXIT_DONE;
}

static DWORD await(const struct control *c, DWORD wanted)
{
    SERVICE_STATUS_PROCESS process = {0};

    for (int tenths = 0; tenths < PATIENCE; tenths++) {
        DWORD status = query(c, &process);

        if (status != NO_ERROR || process.dwCurrentState == wanted) return status;
        if (wanted == SERVICE_RUNNING && process.dwCurrentState == SERVICE_STOPPED)
            return process.dwWin32ExitCode ? process.dwWin32ExitCode : ERROR_SERVICE_NOT_ACTIVE;
        Sleep(100);
    }
    return ERROR_SERVICE_REQUEST_TIMEOUT;
}

static int start(struct call *call)
{
    struct control c;
    DWORD status = open_service(session_of(call), SERVICE_START | SERVICE_QUERY_STATUS, &c);

    if (status == NO_ERROR && !StartServiceW(c.service, 0, NULL)) status = GetLastError();
    if (status == ERROR_SERVICE_ALREADY_RUNNING) status = NO_ERROR;
    if (status == NO_ERROR) status = await(&c, SERVICE_RUNNING);
    close_service(&c);
    if (status != NO_ERROR) return failed(call, status, "the service was not started");
    report_say(report_of(call), "The service is running.");
    return EXIT_DONE;
}

static bool is_pending(DWORD state)
{
    return state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING ||
           state == SERVICE_PAUSE_PENDING || state == SERVICE_CONTINUE_PENDING;
}

/* A service that has not done what it was told before takes nothing new. */
static DWORD await_rest(const struct control *c)
{
    SERVICE_STATUS_PROCESS process = {0};

    for (int tenths = 0; tenths < PATIENCE; tenths++) {
        DWORD status = query(c, &process);

        if (status != NO_ERROR || !is_pending(process.dwCurrentState)) return status;
        Sleep(100);
    }
    return ERROR_SERVICE_REQUEST_TIMEOUT;
}

/* What ControlService knows, and how that is said. */
struct order {
    DWORD access, control, state;
    const char *failure, *done;
};

static int give_order(struct call *call, const struct order *o)
{
    SERVICE_STATUS ended;
    struct control c;
    DWORD status = open_service(session_of(call), o->access | SERVICE_QUERY_STATUS, &c);

    if (status == NO_ERROR) status = await_rest(&c);
    if (status == NO_ERROR && !ControlService(c.service, o->control, &ended))
        status = GetLastError();
    if (status == NO_ERROR) status = await(&c, o->state);
    if (status == ERROR_SERVICE_NOT_ACTIVE && c.service && o->state == SERVICE_STOPPED)
        status = NO_ERROR;
    close_service(&c);
    if (status != NO_ERROR) return failed(call, status, "%s", o->failure);
    report_say(report_of(call), "%s", o->done);
    return EXIT_DONE;
}

static int stop(struct call *call)
{
    static const struct order order = {SERVICE_STOP, SERVICE_CONTROL_STOP, SERVICE_STOPPED,
                                       "the service was not stopped", "The service is stopped."};

    return give_order(call, &order);
}

static int pause(struct call *call)
{
    static const struct order order = {SERVICE_PAUSE_CONTINUE, SERVICE_CONTROL_PAUSE,
                                       SERVICE_PAUSED, "the service was not paused",
                                       "The service is paused."};

    return give_order(call, &order);
}

static int go_on(struct call *call)
{
    static const struct order order = {SERVICE_PAUSE_CONTINUE, SERVICE_CONTROL_CONTINUE,
                                       SERVICE_RUNNING, "the service does not continue",
                                       "The service is running."};

    return give_order(call, &order);
}

/* ---- run ------------------------------------------------------------------------------------- */

static bool exists(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* Exchanges what is behind the last backslash. */
static bool beside(WCHAR *path, size_t room)
{
    WCHAR *last = wcsrchr(path, L'\\');
    size_t left = last ? room - (size_t)(last + 1 - path) : 0;

    if (left < sizeof(PROGRAM) / sizeof(WCHAR)) return false;
    memcpy(last + 1, PROGRAM, sizeof(PROGRAM));
    return exists(path);
}

/* Beside mprctl, else in the system folder. */
static bool find_program(WCHAR *path, size_t room)
{
    DWORD length = GetModuleFileNameW(NULL, path, (DWORD)room);

    if (length && length < room && beside(path, room)) return true;
    length = GetSystemDirectoryW(path, (UINT)room - 1);
    if (!length || length + 1 >= room) return false;
    path[length] = L'\\';
    path[length + 1] = 0;
    return beside(path, room);
}

/* Ctrl+C is for the router, which ends by it. */
static BOOL WINAPI stay(DWORD event)
{
    return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT;
}

/* Its exit code; the console's break goes to both, and this one waits for the other to end. */
static DWORD run_program(WCHAR *path, DWORD *ret_code)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR line[MAX_PATH + 32] = L"\"";

    wcsncpy(line + 1, path, MAX_PATH);
    memcpy(line + wcslen(line), L"\" --foreground", sizeof(L"\" --foreground"));
    SetConsoleCtrlHandler(stay, TRUE);
    if (!CreateProcessW(path, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        return GetLastError();
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, ret_code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return NO_ERROR;
}

static int run(struct call *call)
{
    WCHAR path[MAX_PATH];
    DWORD code = 0, status;

    if (!find_program(path, COUNT_OF(path)))
        return failed(
            call, ERROR_FILE_NOT_FOUND,
            "mprsvc.exe, which runs the router, is neither beside mprctl nor in the system "
            "folder");
    status = run_program(path, &code);
    if (status != NO_ERROR) return failed(call, status, "mprsvc.exe was not started");
    if (code != NO_ERROR) return failed(call, code, "mprsvc.exe");
    report_say(report_of(call), "The router has ended.");
    return EXIT_DONE;
}

const struct command service_commands[] = {
    {"service status", "service show", "Get-Service RemoteAccess", "Shows whether the router runs",
     NULL, NULL, 0, show},
    {"service start", NULL, "Start-Service RemoteAccess", "Starts the service RemoteAccess", NULL,
     NULL, 0, start},
    {"service stop", NULL, "Stop-Service RemoteAccess", "Stops it", NULL, NULL, 0, stop},
    {"service pause", NULL, "Suspend-Service RemoteAccess",
     "Lets no interface dial until it continues; links that are up stay", NULL, NULL, 0, pause},
    {"service continue", "service resume", "Resume-Service RemoteAccess", "Ends a pause", NULL,
     NULL, 0, go_on},
    {"service run", NULL, NULL, "Runs the router here, until it is interrupted",
     "It starts mprsvc.exe --foreground, which lies beside mprctl.exe or in the system folder.",
     NULL, 0, run},
};
const size_t service_command_count = COUNT_OF(service_commands);
