/* command: a program brings the link up and keeps it. docs/DIALERS.md is the contract with it.
 *
 * What the program says comes from threads of the command's own and is kept under a lock; the
 * links' thread acts on it. A program that says nothing is judged by its adapter, which counts
 * only if it came up, or was made, after the program began: one that is up already is somebody
 * else's link.
 */
#include "win32/link/dialer.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "router/ddm/dial_report.h"
#include "win32/link/command.h"
#include "win32/link/dial_credentials.h"
#include "win32/store/secret_store.h"

#define TIMEOUT_DEFAULT   60u
#define LOG_LINE_MAX      400u /* octets of a line of the program's that the log shows */
#define EXIT_NOT_EXECUTED 126u /* the shell's */
#define EXIT_NOT_FOUND    127u
#define SECRET_MAX        (DIAL_PASSWORD_MAX * 3 + 1)

struct program {
    struct command *command;
    char16_t interface[INTERFACE_NAME_MAX + 1];
    char secret[SECRET_MAX]; /* UTF-8 */
    size_t secret_size;
    uint32_t was_up; /* host index of the adapter while it is up by somebody else; 0: it is not */
    bool announced;  /* its end is in the log */

    SRWLOCK lock;
    bool exited;
    uint32_t exit_code;
    struct dial_report report; /* the last one that says something */
};

/* ---- what the program says, on its threads --------------------------------------------------- */

static void log_line(struct program *p, const char *what, char *text, size_t size)
{
    size = dial_report_clean(text, size, p->secret, p->secret_size);
    if (size > LOG_LINE_MAX) size = LOG_LINE_MAX;
    TRACE(INFO, "dialer: \"%s\" %s: %.*s", trace_u16(p->interface).text, what, (int)size, text);
}

static void note_report(struct program *p, const struct dial_report *report, const char *wrong)
{
    if (wrong) {
        TRACE(ERROR, "dialer: \"%s\": the line above is malformed: %s",
              trace_u16(p->interface).text, wrong);
    }
    if (report->kind == DIAL_REPORT_NONE) return;
    AcquireSRWLockExclusive(&p->lock);
    p->report = *report;
    if (wrong) {
        p->report.kind = DIAL_REPORT_FAILED;
        p->report.error = ST_CAN_NOT_COMPLETE;
    }
    ReleaseSRWLockExclusive(&p->lock);
    links_wake();
}

static void program_said(void *context, enum command_stream stream, char *text, size_t size)
{
    struct program *p = context;
    struct dial_report report;
    const char *wrong;

    if (stream == COMMAND_OUTPUT) {
        log_line(p, "says", text, size);
        return;
    }
    wrong = dial_report_parse(text, size, &report);
    log_line(p, "reports", text, size);
    note_report(p, &report, wrong);
}

static void program_exited(void *context, uint32_t exit_code)
{
    struct program *p = context;

    AcquireSRWLockExclusive(&p->lock);
    p->exited = true;
    p->exit_code = exit_code;
    ReleaseSRWLockExclusive(&p->lock);
    links_wake();
}

/* ---- beginning ------------------------------------------------------------------------------- */

static void keep_secret(struct program *p, const struct dial_credentials *c)
{
    size_t size = u16_to_utf8(p->secret, SECRET_MAX, (const char16_t *)c->password,
                              u16_length((const char16_t *)c->password, SIZE_MAX));

    p->secret_size = size == SIZE_MAX ? 0 : size;
}

static mpr_status start_program(struct link *l, struct program *p, const struct dial_credentials *c)
{
    const struct command_watcher watcher = {p, program_exited, program_said};
    struct blob input;
    mpr_status status = dial_credentials_text(c, &input);

    if (status == ST_INVALID_DATA)
        TRACE(ERROR,
              "dialer: credentials of \"%s\" have a line break, which no program can be given",
              trace_u16(l->name).text);
    if (status == ST_OK) status = command_start(l->plan.command, &input, &watcher, &p->command);
    secret_free(&input);
    if (status != ST_OK)
        TRACE(ERROR, "dialer: the program of \"%s\" was not started: %s", trace_u16(l->name).text,
              status_name(status));
    return status == ST_OK || status == ST_NOT_ENOUGH_MEMORY ? status : ST_CAN_NOT_COMPLETE;
}

static struct program *make_program(struct link *l)
{
    struct program *p = mem_alloc(sizeof(*p));
    const uint32_t seconds = l->plan.timeout_seconds ? l->plan.timeout_seconds : TIMEOUT_DEFAULT;
    struct host_adapter adapter;

    if (!p) return NULL;
    InitializeSRWLock(&p->lock);
    u16_copy(p->interface, INTERFACE_NAME_MAX + 1, l->name);
    l->deadline = GetTickCount64() + 1000ull * seconds;
    if (link_adapter(l->plan.adapter, &adapter) == LINK_ADAPTER_UP)
        p->was_up = adapter.binding.host_index;
    l->private = p;
    return p;
}

static mpr_status begin_command(struct link *l, const struct dial_credentials *c)
{
    struct program *p = make_program(l);

    if (!p) return ST_NOT_ENOUGH_MEMORY;
    keep_secret(p, c);
    return start_program(l, p, c);
}

/* ---- waiting --------------------------------------------------------------------------------- */

struct program_state {
    bool exited;
    uint32_t exit_code;
    struct dial_report report;
};

static void log_exit(struct program *p, uint32_t code)
{
    const char *text = dial_report_exit_text(code);

    p->announced = true;
    if (code == EXIT_NOT_EXECUTED || code == EXIT_NOT_FOUND)
        TRACE(ERROR, "dialer: the program of \"%s\" was not run: status %u, %s",
              trace_u16(p->interface).text, (unsigned)code, text);
    else
        TRACE(INFO, "dialer: the program of \"%s\" ended with status %u (%s)",
              trace_u16(p->interface).text, (unsigned)code, text);
}

static struct program_state look(struct program *p)
{
    struct program_state s;

    AcquireSRWLockShared(&p->lock);
    s = (struct program_state){p->exited, p->exit_code, p->report};
    ReleaseSRWLockShared(&p->lock);
    if (s.exited && !p->announced) log_exit(p, s.exit_code);
    return s;
}

static const char16_t *adapter_name(const struct link *l, const struct dial_report *report)
{
    return report->kind == DIAL_REPORT_READY && *report->adapter ? report->adapter
                                                                 : l->plan.adapter;
}

static void binding_of(const struct link *l, const struct dial_report *report,
                       const struct host_adapter *adapter, struct ip_binding *ret)
{
    *ret = adapter->binding;
    ret->remote = report->peer ? report->peer : l->plan.binding.remote;
    if (!report->has_address) return;
    ret->count = 1;
    ret->local[0].address = report->address;
    ret->local[0].mask = report->mask;
}

/* Somebody else's link must have been down before one of that index is ours. */
static bool came_up(struct program *p, enum link_adapter_state state,
                    const struct host_adapter *adapter)
{
    if (state != LINK_ADAPTER_UP)
        p->was_up = 0;
    else if (adapter->binding.host_index != p->was_up)
        return true;
    return false;
}

static bool is_there(struct program *p, const struct dial_report *report,
                     enum link_adapter_state state, const struct host_adapter *adapter)
{
    if (report->kind != DIAL_REPORT_READY) return came_up(p, state, adapter);
    if (state == LINK_ADAPTER_UP) return true;
    return state == LINK_ADAPTER_DOWN && adapter->up && report->has_address;
}

static mpr_status timed_out(const struct link *l, const struct program *p)
{
    if (p->was_up)
        TRACE(
            ERROR,
            "dialer: \"%s\": adapter \"%s\" was up before the program began, so it does not count "
            "before the program reports \"ready\"",
            trace_u16(l->name).text, trace_u16(l->plan.adapter).text);
    return ST_TIMEOUT;
}

static mpr_status poll_command(struct link *l, struct ip_binding *ret)
{
    struct program *p = l->private;
    struct program_state s = look(p);
    struct host_adapter adapter;
    enum link_adapter_state state;

    if (s.report.kind == DIAL_REPORT_FAILED) return s.report.error;
    if (s.exited) return dial_report_exit(s.exit_code);
    state = link_adapter(adapter_name(l, &s.report), &adapter);
    if (is_there(p, &s.report, state, &adapter)) {
        binding_of(l, &s.report, &adapter, ret);
        l->host_index = adapter.binding.host_index;
        return ST_OK;
    }
    return GetTickCount64() < l->deadline ? ST_PENDING : timed_out(l, p);
}

/* ---- the link -------------------------------------------------------------------------------- */

static mpr_status command_stands(struct link *l)
{
    struct program_state s = look(l->private);
    struct host_adapter adapter;
    enum link_adapter_state state;

    if (s.report.kind == DIAL_REPORT_FAILED) return s.report.error;
    if (s.exited) return ST_INTERFACE_DISCONNECTED;
    state = link_adapter(adapter_name(l, &s.report), &adapter);
    if (state == LINK_ADAPTER_MISSING || adapter.binding.host_index != l->host_index ||
        !adapter.up || (state == LINK_ADAPTER_DOWN && !s.report.has_address))
        return ST_INTERFACE_DISCONNECTED;
    return ST_OK;
}

static void end_command(struct link *l)
{
    struct program *p = l->private;

    if (p && p->command) command_stop(p->command);
}

static bool command_ended(struct link *l)
{
    struct program *p = l->private;

    return !p || !p->command || look(p).exited;
}

static void free_command(struct link *l)
{
    struct program *p = l->private;

    if (!p) return;
    command_free(p->command);
    secret_wipe(p->secret, sizeof(p->secret));
    mem_free(p);
}

static void read_command(struct registry_values *v, struct dial_plan *plan)
{
    dialer_read_adapter(v, plan);
    registry_values_text(v, L"Command", plan->command, ARRAYSIZE(plan->command));
    registry_values_number(v, L"Timeout", &plan->timeout_seconds);
    if (v->status == ST_OK && !*plan->command) v->status = ST_INVALID_DATA;
    plan->makes_adapter = true;
}

const struct dialer dialer_command = {.kind = u"command",
                                      .read = read_command,
                                      .begin = begin_command,
                                      .poll = poll_command,
                                      .stands = command_stands,
                                      .end = end_command,
                                      .ended = command_ended,
                                      .free = free_command};
