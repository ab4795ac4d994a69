/* One list of attempts under one lock. Others append to it and set flags; only the thread unlinks
 * and frees, so it may hold on to an attempt while it works on it without the lock.
 *
 *   NEW -> WAITING -> UP -> (adapter or program gone) ENDING -> freed
 *     \________\_______\___ hung up ________________/
 *
 * ENDING lasts until the attempt's program, if it has one, has exited; nothing is reported then.
 * Adapters are polled: Wine 8 accepts registrations for changes and never calls. While an attempt
 * waits for its adapter, it is polled faster.
 */
#include "win32/link/links.h"

#include "win32/sys/windows_api.h"

#include "base/hash.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/net/adapters.h"
#include "win32/link/command.h"
#include "win32/link/dial_credentials.h"
#include "win32/sys/event.h"
#include "win32/store/secret_store.h"

#define POLL_MS         3000u
#define POLL_WAITING_MS 100u
#define TIMEOUT_DEFAULT 60u
#define REFUSED_MAX     64u

struct link {
    handle_t32 interface;
    uint32_t attempt;
    char16_t name[INTERFACE_NAME_MAX + 1]; /* of the interface */
    struct dial_plan plan;
    enum link_phase { LINK_NEW, LINK_WAITING, LINK_UP, LINK_ENDING } phase; /* the thread's */
    struct command *command;
    ULONGLONG deadline;
    bool hung_up, exited; /* lock */
    struct link *prev, *next;
};

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE wake;
    struct link *links;
    struct refused {
        handle_t32 interface;
        uint32_t attempt;
    } refused[REFUSED_MAX]; /* no memory for these; only the thread may report it */
    unsigned refused_count;
    bool work, stopping;
    HANDLE thread;
    struct links_sink sink;
    unsigned poll_ms;

    SRWLOCK adapter_lock; /* reading and reporting adapters, in order */
    struct adapter_list adapters;
    bool reported;
} m = {.lock = SRWLOCK_INIT, .adapter_lock = SRWLOCK_INIT, .wake = CONDITION_VARIABLE_INIT};

static void wake_thread(void)
{
    m.work = true;
    WakeConditionVariable(&m.wake);
}

/* ---- adapters ------------------------------------------------------------------------------- */

void links_refresh(void)
{
    struct adapter_list now;

    AcquireSRWLockExclusive(&m.adapter_lock);
    if (adapters_read(&now) == ST_OK) {
        bool changed = !m.reported || !adapters_equal(&now, &m.adapters);
        adapters_free(&m.adapters);
        m.adapters = now;
        m.reported = true;
        if (changed) m.sink.adapters(m.sink.context, now.adapters, now.count);
    }
    ReleaseSRWLockExclusive(&m.adapter_lock);
}

enum adapter_state { ADAPTER_MISSING, ADAPTER_DOWN, ADAPTER_UP };

static enum adapter_state adapter_state(const struct link *l, struct ip_binding *ret)
{
    const struct host_adapter *a;
    enum adapter_state state = ADAPTER_MISSING;

    AcquireSRWLockShared(&m.adapter_lock);
    a = adapters_find(&m.adapters, l->plan.adapter);
    if (a) state = a->up && a->binding.count ? ADAPTER_UP : ADAPTER_DOWN;
    if (state == ADAPTER_UP) {
        *ret = a->binding;
        ret->remote = l->plan.binding.remote;
    }
    ReleaseSRWLockShared(&m.adapter_lock);
    return state;
}

/* ---- one link, on the thread ---------------------------------------------------------------- */

static void program_exited(void *context, struct command *command, uint32_t exit_code)
{
    struct link *l = context;

    (void)command, (void)exit_code;
    AcquireSRWLockExclusive(&m.lock);
    l->exited = true;
    wake_thread();
    ReleaseSRWLockExclusive(&m.lock);
}

static void end_link(struct link *l)
{
    l->phase = LINK_ENDING;
    if (l->command) command_stop(l->command);
}

static void fail_dial(struct link *l, mpr_status status)
{
    TRACE(INFO, "dialer: no link over \"%s\": %s", trace_u16(l->plan.adapter).text,
          status_name(status));
    end_link(l);
    m.sink.dial_result(m.sink.context, l->interface, l->attempt, status, NULL);
}

static mpr_status start_program(struct link *l, const struct dial_credentials *c)
{
    struct blob input;
    mpr_status status = dial_credentials_text(c, &input);

    if (status == ST_INVALID_DATA)
        TRACE(ERROR,
              "dialer: credentials of \"%s\" have a line break, which no program can be given",
              trace_u16(l->name).text);
    if (!status) status = command_start(l->plan.command, &input, program_exited, l, &l->command);
    secret_free(&input);
    return status;
}

static void begin(struct link *l)
{
    uint32_t seconds = l->plan.timeout_seconds ? l->plan.timeout_seconds : TIMEOUT_DEFAULT;
    struct dial_credentials credentials;
    mpr_status status = dial_credentials_load((const WCHAR *)l->name, &credentials);

    if (status)
        TRACE(WARNING, "dialer: stored credentials of \"%s\" can't be read: %s",
              trace_u16(l->name).text, status_name(status));
    l->phase = LINK_WAITING;
    l->deadline = GetTickCount64() + 1000ull * seconds;
    m.sink.identity(m.sink.context, l->interface, l->attempt, credentials.user, credentials.domain);
    if (l->plan.kind == DIALER_COMMAND && start_program(l, &credentials) != ST_OK)
        fail_dial(l, ST_CAN_NOT_COMPLETE);
    dial_credentials_wipe(&credentials);
}

static void wait_for_adapter(struct link *l, bool exited)
{
    struct ip_binding binding;
    enum adapter_state state = adapter_state(l, &binding);

    if (exited) {
        fail_dial(l, ST_CAN_NOT_COMPLETE);
    } else if (state == ADAPTER_UP) {
        l->phase = LINK_UP;
        m.sink.dial_result(m.sink.context, l->interface, l->attempt, ST_OK, &binding);
    } else if (l->plan.kind == DIALER_EXISTING) {
        fail_dial(l, state == ADAPTER_MISSING ? ST_INTERFACE_HAS_NO_DEVICES
                                              : ST_INTERFACE_UNREACHABLE);
    } else if (GetTickCount64() >= l->deadline) {
        fail_dial(l, ST_TIMEOUT);
    }
}

static void watch(struct link *l, bool exited)
{
    struct ip_binding binding;

    if (!exited && adapter_state(l, &binding) == ADAPTER_UP) return;
    TRACE(INFO, "dialer: the link over \"%s\" is gone%s", trace_u16(l->plan.adapter).text,
          exited ? " (its program ended)" : "");
    end_link(l);
    m.sink.link_down(m.sink.context, l->interface, l->attempt, ST_INTERFACE_DISCONNECTED);
}

/* True when the link is over and can be freed. */
static bool step(struct link *l, bool hung_up, bool exited)
{
    if (hung_up && l->phase != LINK_ENDING) end_link(l);
    if (l->phase == LINK_NEW) begin(l);
    if (l->phase == LINK_WAITING)
        wait_for_adapter(l, exited);
    else if (l->phase == LINK_UP)
        watch(l, exited);
    return l->phase == LINK_ENDING && (!l->command || exited);
}

/* Called and returns with the lock held; it is released in between. */
static void step_all(void)
{
    struct link *l = m.links;

    while (l) {
        bool hung_up = l->hung_up || m.stopping, exited = l->exited, over;
        struct link *next;

        ReleaseSRWLockExclusive(&m.lock);
        over = step(l, hung_up, exited);
        AcquireSRWLockExclusive(&m.lock);
        next = l->next;
        if (over) {
            DL_DELETE(m.links, l);
            ReleaseSRWLockExclusive(&m.lock);
            command_free(l->command);
            mem_free(l);
            AcquireSRWLockExclusive(&m.lock);
        }
        l = next;
    }
}

/* Called and returns with the lock held. */
static void report_refused(void)
{
    while (m.refused_count) {
        struct refused one = m.refused[--m.refused_count];

        ReleaseSRWLockExclusive(&m.lock);
        m.sink.dial_result(m.sink.context, one.interface, one.attempt, ST_NOT_ENOUGH_MEMORY, NULL);
        AcquireSRWLockExclusive(&m.lock);
    }
}

static unsigned pause_ms(void)
{
    struct link *l;

    DL_FOREACH (m.links, l) {
        if (l->phase <= LINK_WAITING) return POLL_WAITING_MS;
    }
    return m.poll_ms;
}

static DWORD WINAPI links_thread(void *parameter)
{
    (void)parameter;
    AcquireSRWLockExclusive(&m.lock);
    while (!m.stopping || m.links) {
        if (!m.work && !m.stopping)
            SleepConditionVariableSRW(&m.wake, &m.lock, pause_ms(), 0);
        else if (!m.work)
            SleepConditionVariableSRW(&m.wake, &m.lock, POLL_WAITING_MS, 0);
        m.work = false;
        ReleaseSRWLockExclusive(&m.lock);
        links_refresh();
        event_trim(false);
        AcquireSRWLockExclusive(&m.lock);
        report_refused();
        step_all();
    }
    ReleaseSRWLockExclusive(&m.lock);
    return 0;
}

/* ---- from outside --------------------------------------------------------------------------- */

/* In a prefix that has just begun to run, Wine's adapter service may not be there yet. Whoever
 * makes the router is to find its interfaces; without adapters at least the internal one. */
static void first_look(void)
{
    for (int attempt = 0; attempt < 10 && !m.reported; attempt++) {
        if (attempt) Sleep(50);
        links_refresh();
    }
    if (!m.reported) m.sink.adapters(m.sink.context, NULL, 0);
}

mpr_status links_start(const struct links_sink *sink, unsigned poll_ms)
{
    m.sink = *sink;
    m.poll_ms = poll_ms ? poll_ms : POLL_MS;
    m.stopping = m.work = m.reported = false;
    first_look();
    m.thread = CreateThread(NULL, 0, links_thread, NULL, 0, NULL);
    return m.thread ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

void links_stop(void)
{
    if (!m.thread) return;
    AcquireSRWLockExclusive(&m.lock);
    m.stopping = true;
    WakeConditionVariable(&m.wake);
    ReleaseSRWLockExclusive(&m.lock);
    WaitForSingleObject(m.thread, INFINITE);
    CloseHandle(m.thread);
    m.thread = NULL;
    adapters_free(&m.adapters);
}

void links_dial(const struct dial_attempt *attempt)
{
    struct link *l = mem_alloc(sizeof(*l));

    if (l) {
        l->interface = attempt->interface;
        l->attempt = attempt->attempt;
        l->plan = *attempt->plan;
        u16_copy(l->name, INTERFACE_NAME_MAX + 1, attempt->interface_name);
    }
    AcquireSRWLockExclusive(&m.lock);
    if (!l && m.refused_count < REFUSED_MAX) {
        m.refused[m.refused_count].interface = attempt->interface;
        m.refused[m.refused_count++].attempt = attempt->attempt;
    }
    if (l && m.thread && !m.stopping)
        DL_APPEND(m.links, l);
    else
        mem_free(l);
    wake_thread();
    ReleaseSRWLockExclusive(&m.lock);
}

void links_hang_up(handle_t32 interface, uint32_t attempt)
{
    struct link *l;

    AcquireSRWLockExclusive(&m.lock);
    DL_FOREACH (m.links, l) {
        if (l->interface == interface && l->attempt == attempt) l->hung_up = true;
    }
    wake_thread();
    ReleaseSRWLockExclusive(&m.lock);
}
