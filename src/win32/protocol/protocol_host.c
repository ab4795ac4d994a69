/* One thread per protocol.
 *
 * The thread sleeps in one of two ways. Right after a call it waits on a condition variable, which
 * costs 4 us under Wine instead of 35 for events: route updates come in rows. When an update is
 * outstanding, or nothing came for a while (short_wait.h), it waits for two kernel events, the
 * DLL's notification event and one of ours that says "calls". After every call, and at every wake,
 * the DLL's queue is emptied with GetEventMessage: a protocol that completes within DoUpdateRoutes
 * is not even waited for. The notification event is auto-reset and may then be set for nothing.
 *
 * A call that can't be queued is answered by a pool thread, since the caller is the router itself.
 */
#include "win32/protocol/protocol_host.h"

#include <string.h>

#include "base/hash.h"
#include "base/trace.h"
#include "win32/sys/short_wait.h"

#define STOP_WAIT_MS 5000u
#define REPORTS_MAX  64u

struct queued_call {
    struct protocol_call *call;
    struct queued_call *prev, *next;
};

struct host_thread {
    handle_t32 protocol;
    HANDLE thread;
    DWORD id;                 /* lock: of the thread, once it runs */
    HANDLE events[2];         /* ours: calls or stop; the DLL's */
    struct protocol_dll *dll; /* the thread's */
    bool started;             /* the thread's: StartProtocol went well, StopProtocol not yet */
    unsigned outstanding;     /* the thread's: updates whose end was not told */
    bool stop_asked, over;    /* the thread's: StopProtocol was called; it has stopped */

    /* lock */
    struct short_wait waits;
    struct queued_call *calls;
    bool stopping;
    bool in_kernel; /* waits for events, not for a wake */
    struct host_thread *prev, *next;
};

static struct {
    SRWLOCK lock;
    struct host_thread *threads;
    struct host_thread *ending; /* those that protocol_host_stop waits for */
    bool running;
    protocol_report_fn *report;
    void *context;
} h = {.lock = SRWLOCK_INIT};

/* ---- the thread ----------------------------------------------------------------------------- */

static void count_updates(struct host_thread *t, const struct protocol_report *r)
{
    if (r->event == PROTOCOL_UPDATE_COMPLETE && t->outstanding) t->outstanding--;
    if (r->event != PROTOCOL_ROUTER_STOPPED || !t->stop_asked) return;
    t->over = true;
    protocol_dll_over(t->dll);
}

/* Reports a call's answer, or NULL, with the events that are there. More events than fit go in
 * further reports; a DLL that never runs out of them only keeps its own thread busy. */
static void collect(struct host_thread *t, struct protocol_call *answered)
{
    struct protocol_report reports[REPORTS_MAX];
    size_t count;

    do {
        count = 0;
        while (t->dll && count < REPORTS_MAX && protocol_dll_event(t->dll, &reports[count]))
            count_updates(t, &reports[count++]);
        if (answered || count) h.report(h.context, answered, t->protocol, reports, count);
        answered = NULL;
    } while (count == REPORTS_MAX && !t->stopping);
}

/* Also after a stop, by which the thread would have ended. */
static void load(struct host_thread *t, struct protocol_call *c)
{
    protocol_dll_free(t->dll);
    t->dll = NULL;
    t->stop_asked = t->over = false;
    c->status = protocol_dll_load(c->dll_name, c->protocol_id, c->transport, t->events[1], &t->dll);
    if (!c->status) c->functionality = protocol_dll_functionality(t->dll);
}

static void carry_out(struct host_thread *t, struct protocol_call *c)
{
    enum protocol_call_kind kind = c->kind;

    if (kind == CALL_LOAD && (!t->dll || t->stop_asked))
        load(t, c);
    else if (t->dll && kind != CALL_LOAD)
        protocol_dll_call(t->dll, c);
    else
        c->status = ST_CAN_NOT_COMPLETE;
    if (c->status == ST_OK && kind == CALL_DO_UPDATE_ROUTES) t->outstanding++;
    if (c->status == ST_OK && kind == CALL_START) t->started = true;
    if (kind == CALL_STOP) {
        t->started = false;
        t->outstanding = 0;
        t->stop_asked = true;
        t->over = c->status != ST_PROTOCOL_STOP_PENDING;
        if (t->over && t->dll) protocol_dll_over(t->dll);
    }
    collect(t, c);
}

static struct protocol_call *take_call(struct host_thread *t)
{
    struct queued_call *q = t->calls;
    struct protocol_call *c = q->call;

    DL_DELETE(t->calls, q);
    mem_free(q);
    return c;
}

/* Lock held, and released while waiting. Returns when there is a call or the end. */
static void wait_for_calls(struct host_thread *t)
{
    bool idle = t->outstanding > 0 || t->stop_asked;

    while (!t->calls && !t->stopping && !t->over) {
        if (!idle) {
            idle = !short_wait(&t->waits);
            continue;
        }
        t->in_kernel = true;
        ReleaseSRWLockExclusive(&h.lock);
        if (WaitForMultipleObjects(2, t->events, FALSE, INFINITE) == WAIT_OBJECT_0 + 1)
            collect(t, NULL);
        AcquireSRWLockExclusive(&h.lock);
        t->in_kernel = false;
    }
}

static void stop_protocol(struct host_thread *t)
{
    struct protocol_call stop = {.kind = CALL_STOP};

    if (!t->started) return;
    protocol_dll_call(t->dll, &stop);
    /* It may go on stopping by itself; its code stays where it is. */
}

/* The DLL's event stays open: a DLL that still stops may set it. */
static void free_thread(struct host_thread *t)
{
    while (t->calls) take_call(t);
    if (t->events[0]) CloseHandle(t->events[0]);
    if (t->thread) CloseHandle(t->thread);
    protocol_dll_free(t->dll);
    mem_free(t);
}

/* The protocol has stopped: its thread goes. Lock held, and released. */
static void leave(struct host_thread *t)
{
    DL_DELETE(h.threads, t);
    short_wait_remove(&t->waits);
    ReleaseSRWLockExclusive(&h.lock);
    free_thread(t);
}

static DWORD WINAPI host_thread(void *parameter)
{
    struct host_thread *t = parameter;

    AcquireSRWLockExclusive(&h.lock);
    t->id = GetCurrentThreadId();
    for (;;) {
        struct protocol_call *c;

        wait_for_calls(t);
        if (t->stopping) break;
        if (!t->calls) {
            leave(t);
            return 0;
        }
        c = take_call(t);
        ReleaseSRWLockExclusive(&h.lock);
        carry_out(t, c);
        AcquireSRWLockExclusive(&h.lock);
    }
    ReleaseSRWLockExclusive(&h.lock);
    stop_protocol(t);
    AcquireSRWLockExclusive(&h.lock);
    t->id = 0;
    ReleaseSRWLockExclusive(&h.lock);
    return 0;
}

/* ---- from outside --------------------------------------------------------------------------- */

static struct host_thread *make_thread(handle_t32 protocol)
{
    struct host_thread *t = mem_alloc(sizeof(*t));

    if (!t) return NULL;
    t->protocol = protocol;
    t->events[0] = CreateEventW(NULL, FALSE, FALSE, NULL);
    t->events[1] = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (t->events[0] && t->events[1]) t->thread = CreateThread(NULL, 0, host_thread, t, 0, NULL);
    if (t->thread) return t;
    if (t->events[1]) CloseHandle(t->events[1]);
    free_thread(t);
    return NULL;
}

/* Lock held. */
static struct host_thread *find_thread(const struct protocol_call *call)
{
    struct host_thread *t;

    DL_FOREACH (h.threads, t) {
        if (t->protocol == call->protocol) return t;
    }
    if (call->kind != CALL_LOAD) return NULL;
    t = make_thread(call->protocol);
    if (!t) return NULL;
    DL_APPEND(h.threads, t);
    short_wait_add(&t->waits);
    return t;
}

static DWORD WINAPI answer_failed(void *parameter)
{
    struct protocol_call *call = parameter;

    call->status = call->kind == CALL_LOAD ? ST_NOT_ENOUGH_MEMORY : ST_CAN_NOT_COMPLETE;
    h.report(h.context, call, call->protocol, NULL, 0);
    return 0;
}

/* Lock held. Whoever releases it then wakes the thread: woken before, it would only run into the
 * lock, and on one processor that is two more switches. */
static bool queue_call(struct host_thread *t, struct protocol_call *call, bool *ret_in_kernel)
{
    struct queued_call *q = mem_alloc(sizeof(*q));

    if (!q) return false;
    q->call = call;
    DL_APPEND(t->calls, q);
    *ret_in_kernel = t->in_kernel;
    return true;
}

void protocol_host_start(protocol_report_fn *report, void *context)
{
    h.report = report;
    h.context = context;
    short_wait_start(&h.lock);
    h.running = true;
}

void protocol_host_call(struct protocol_call *call)
{
    struct host_thread *t = NULL;
    bool queued = true, in_kernel = false;

    AcquireSRWLockExclusive(&h.lock);
    if (h.running) {
        t = find_thread(call);
        queued = t && queue_call(t, call, &in_kernel);
    }
    ReleaseSRWLockExclusive(&h.lock);
    if (t && queued) {
        if (in_kernel)
            SetEvent(t->events[0]);
        else
            WakeConditionVariable(&t->waits.wake);
    }
    if (!queued && !QueueUserWorkItem(answer_failed, call, WT_EXECUTEDEFAULT))
        TRACE(ERROR, "protocol %u: a call could not be made", call->protocol_id);
}

/* Lock held. */
static handle_t32 find_id(const struct host_thread *threads, DWORD id)
{
    const struct host_thread *t;

    DL_FOREACH (threads, t) {
        if (t->id == id) return t->protocol;
    }
    return 0;
}

handle_t32 protocol_host_current(void)
{
    DWORD id = GetCurrentThreadId();
    handle_t32 protocol;

    AcquireSRWLockShared(&h.lock);
    protocol = find_id(h.threads, id);
    if (!protocol) protocol = find_id(h.ending, id);
    ReleaseSRWLockShared(&h.lock);
    return protocol;
}

/* One that does not come back is left behind, and what is known of it stays, too. */
static void wait_for_end(struct host_thread *t)
{
    if (WaitForSingleObject(t->thread, STOP_WAIT_MS) != WAIT_OBJECT_0) {
        TRACE(ERROR, "a protocol does not come back; its thread is left behind");
        return;
    }
    AcquireSRWLockExclusive(&h.lock);
    DL_DELETE(h.ending, t);
    ReleaseSRWLockExclusive(&h.lock);
    free_thread(t);
}

void protocol_host_stop(void)
{
    struct host_thread *t, *next, *threads;

    AcquireSRWLockExclusive(&h.lock);
    h.running = false;
    threads = h.threads;
    h.threads = NULL;
    DL_CONCAT(h.ending, threads);
    DL_FOREACH (threads, t) {
        t->stopping = true;
        short_wait_remove(&t->waits);
        WakeConditionVariable(&t->waits.wake);
        SetEvent(t->events[0]);
    }
    ReleaseSRWLockExclusive(&h.lock);
    for (t = threads; t; t = next) {
        next = t->next;
        wait_for_end(t);
    }
    short_wait_stop();
}
