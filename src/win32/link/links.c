/* One list of attempts under one lock. Others append to it and set flags; only the thread unlinks
 * and frees, so it may hold on to an attempt while it works on it without the lock.
 *
 *   NEW -> WAITING -> UP -> (adapter or program gone) ENDING -> freed
 *     \________\_______\___ hung up ________________/
 *
 * ENDING lasts until the dialer has put everything away; nothing is reported then.
 * Wine 8 accepts registrations for changes of adapters and never calls. mprnetlink watches them
 * where it runs (links_watched), and the thread looks when it hears of a change or has work. Where
 * it does not run they are polled, faster while an attempt waits for its adapter.
 */
#include "win32/link/links.h"

#include "win32/sys/windows_api.h"

#include "base/hash.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/link/dial_credentials.h"
#include "win32/link/dialer.h"
#include "win32/net/adapter_media.h"
#include "win32/net/adapters.h"
#include "win32/sys/event.h"

#define POLL_MS         3000u
#define POLL_WAITING_MS 100u
#define TRIM_MS         3000u
#define REFUSED_MAX     64u

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE wake;
    struct link *links;
    struct refused {
        handle_t32 interface;
        uint32_t attempt;
    } refused[REFUSED_MAX]; /* no memory for these; only the thread may report it */
    unsigned refused_count;
    bool work, stopping, watched;
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

/* Looks at the adapters and reports them if they differ. */
static void look_at_adapters(void)
{
    struct adapter_list now;

    AcquireSRWLockExclusive(&m.adapter_lock);
    if (adapters_read(&now) == ST_OK) {
        bool changed;

        adapter_media_apply(&now);
        changed = !m.reported || !adapters_equal(&now, &m.adapters);
        adapters_free(&m.adapters);
        m.adapters = now;
        m.reported = true;
        if (changed) m.sink.adapters(m.sink.context, now.adapters, now.count);
    }
    ReleaseSRWLockExclusive(&m.adapter_lock);
}

enum link_adapter_state link_adapter(const char16_t *name, struct host_adapter *ret)
{
    const struct host_adapter *a;
    enum link_adapter_state state = LINK_ADAPTER_MISSING;

    AcquireSRWLockShared(&m.adapter_lock);
    a = adapters_find(&m.adapters, name);
    if (a) {
        state = a->up && a->binding.count ? LINK_ADAPTER_UP : LINK_ADAPTER_DOWN;
        *ret = *a;
    }
    ReleaseSRWLockShared(&m.adapter_lock);
    return state;
}

/* ---- one link, on the thread ---------------------------------------------------------------- */

void links_wake(void)
{
    AcquireSRWLockExclusive(&m.lock);
    wake_thread();
    ReleaseSRWLockExclusive(&m.lock);
}

void links_adapters_changed(void)
{
    links_wake();
}

/* At either change there may be something that nobody has told. */
void links_watched(bool watched)
{
    AcquireSRWLockExclusive(&m.lock);
    m.watched = watched;
    wake_thread();
    ReleaseSRWLockExclusive(&m.lock);
}

static void end_link(struct link *l)
{
    l->phase = LINK_ENDING;
    if (l->dialer->end) l->dialer->end(l);
}

static void fail_dial(struct link *l, mpr_status status)
{
    TRACE(INFO, "dialer: no link of \"%s\" over \"%s\": %s", trace_u16(l->name).text,
          trace_u16(l->plan.adapter).text, status_name(status));
    end_link(l);
    m.sink.dial_result(m.sink.context, l->interface, l->attempt, status, NULL);
}

static void begin(struct link *l)
{
    struct dial_credentials credentials;
    mpr_status status = dial_credentials_load((const WCHAR *)l->name, &credentials);

    if (status != ST_OK)
        TRACE(WARNING, "dialer: stored credentials of \"%s\" can't be read: %s",
              trace_u16(l->name).text, status_name(status));
    l->phase = LINK_WAITING;
    m.sink.identity(m.sink.context, l->interface, l->attempt, credentials.user, credentials.domain);
    status = l->dialer->begin ? l->dialer->begin(l, &credentials) : ST_OK;
    dial_credentials_wipe(&credentials);
    if (status != ST_OK) fail_dial(l, status);
}

static void poll_link(struct link *l)
{
    struct ip_binding binding = {0};
    mpr_status status = l->dialer->poll(l, &binding);

    if (status == ST_OK) {
        l->phase = LINK_UP;
        m.sink.dial_result(m.sink.context, l->interface, l->attempt, ST_OK, &binding);
    } else if (status != ST_PENDING) {
        fail_dial(l, status);
    }
}

static void watch(struct link *l)
{
    mpr_status reason = l->dialer->stands(l);

    if (reason == ST_OK) return;
    TRACE(INFO, "dialer: the link of \"%s\" is gone: %s", trace_u16(l->name).text,
          status_name(reason));
    end_link(l);
    m.sink.link_down(m.sink.context, l->interface, l->attempt, reason);
}

/* True when the link is over and can be freed. */
static bool step(struct link *l, bool hung_up, bool may_begin)
{
    if (hung_up && l->phase != LINK_ENDING) end_link(l);
    if (l->phase == LINK_NEW && may_begin) begin(l);
    if (l->phase == LINK_WAITING)
        poll_link(l);
    else if (l->phase == LINK_UP)
        watch(l);
    return l->phase == LINK_ENDING && (!l->dialer->ended || l->dialer->ended(l));
}

/* The same interface's link before this one must have been put away: its program may still hold
 * the adapter. Lock held. */
static bool is_first(const struct link *l)
{
    const struct link *before;

    DL_FOREACH (m.links, before) {
        if (before->interface == l->interface) break;
    }
    return before == l;
}

/* Called and returns with the lock held; it is released in between. */
static void step_all(void)
{
    struct link *l = m.links;

    while (l) {
        bool hung_up = l->hung_up || m.stopping, may_begin = is_first(l), over;
        struct link *next;

        ReleaseSRWLockExclusive(&m.lock);
        over = step(l, hung_up, may_begin);
        AcquireSRWLockExclusive(&m.lock);
        next = l->next;
        if (over) {
            DL_DELETE(m.links, l);
            ReleaseSRWLockExclusive(&m.lock);
            if (l->dialer->free) l->dialer->free(l);
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

static DWORD until(ULONGLONG deadline)
{
    const ULONGLONG now = GetTickCount64();

    return deadline > now ? (DWORD)(deadline - now) : 0;
}

/* Until the thread has something to do that nobody wakes it for. Lock held. */
static DWORD pause_ms(void)
{
    DWORD pause = m.watched ? TRIM_MS : m.poll_ms;
    struct link *l;

    if (m.stopping) return POLL_WAITING_MS;
    DL_FOREACH (m.links, l) {
        if (l->phase > LINK_WAITING) continue;
        if (!m.watched) return POLL_WAITING_MS;
        if (l->deadline && until(l->deadline) < pause) pause = until(l->deadline);
    }
    return pause;
}

static DWORD WINAPI links_thread(void *parameter)
{
    (void)parameter;
    AcquireSRWLockExclusive(&m.lock);
    while (!m.stopping || m.links) {
        bool look;

        if (!m.work) SleepConditionVariableSRW(&m.wake, &m.lock, pause_ms(), 0);
        look = m.work || !m.watched;
        m.work = false;
        ReleaseSRWLockExclusive(&m.lock);
        if (look) look_at_adapters();
        event_trim(false);
        AcquireSRWLockExclusive(&m.lock);
        report_refused();
        step_all();
    }
    ReleaseSRWLockExclusive(&m.lock);
    return 0;
}

/* ---- from outside --------------------------------------------------------------------------- */

/* In a prefix that has just begun to run, Wine's adapter service may not be there yet, on a busy
 * machine for more than half a second. Whoever makes the router is to find its interfaces; without
 * adapters at least the internal one. */
static void first_look(void)
{
    enum { ATTEMPTS = 60 };

    for (int attempt = 0; attempt < ATTEMPTS && !m.reported; attempt++) {
        if (attempt) Sleep(50);
        look_at_adapters();
    }
    if (!m.reported) m.sink.adapters(m.sink.context, NULL, 0);
}

mpr_status links_start(const struct links_sink *sink, unsigned poll_ms)
{
    m.sink = *sink;
    m.poll_ms = poll_ms ? poll_ms : POLL_MS;
    m.stopping = m.work = m.reported = m.watched = false;
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
        l->dialer = dialer_of(attempt->plan->kind);
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
