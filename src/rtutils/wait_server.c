#include "rtutils/wait_state.h"

#include "base/mem.h"
#include "rtutils/wait_list.h"
#include "rtutils/work.h"

#define UNITS_A_MS   10000
#define LONGEST_WAIT 60000u /* ms: the clock may be set meanwhile */

struct _WAIT_THREAD_ENTRY wait_state = {
    .lock = SRWLOCK_INIT,
    .changed = CONDITION_VARIABLE_INIT,
    .events = {&wait_state.events, &wait_state.events},
    .timers = {&wait_state.timers, &wait_state.timers},
};

static LONGLONG system_time(void)
{
    ULARGE_INTEGER units;
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    units.LowPart = now.dwLowDateTime;
    units.HighPart = now.dwHighDateTime;
    return (LONGLONG)units.QuadPart;
}

/* ---- the pool's part ------------------------------------------------------------------------- */

/* A function that the pool runs; its event is not waited for meanwhile, since a manual-reset one
 * would be found signalled over and over. */
struct delivery {
    WORKERFUNCTION function;
    void *context;
    DWORD event_id; /* 0: of a timer */
};

/* The event may be gone by now. */
static void finish_delivery(DWORD event_id)
{
    AcquireSRWLockExclusive(&wait_state.lock);
    for (LIST_ENTRY *l = wait_state.events.Flink; l != &wait_state.events; l = l->Flink)
        if (EVENT_OF(l)->ee_EventId == event_id) EVENT_OF(l)->ee_RefCount--;
    if (wait_state.wake) SetEvent(wait_state.wake);
    ReleaseSRWLockExclusive(&wait_state.lock);
}

static VOID WINAPI deliver(PVOID context)
{
    struct delivery d = *(struct delivery *)context;

    mem_free(context);
    d.function(d.context);
    if (d.event_id) finish_delivery(d.event_id);
}

/* Lock held. False: there is no memory for it. */
static bool hand_over(WORKERFUNCTION function, void *context, DWORD event_id)
{
    struct delivery *d = mem_alloc(sizeof(*d));

    if (!d) return false;
    *d = (struct delivery){function, context, event_id};
    if (work_submit(deliver, d) == NO_ERROR) return true;
    mem_free(d);
    return false;
}

/* ---- the thread's part: called with the lock held, which is released around functions ---------
 */

static void run_here(WORKERFUNCTION function, void *context, const void *what,
                     const WT_EVENT_ENTRY *event)
{
    wait_state.running_event = event;
    wait_state.running = what;
    ReleaseSRWLockExclusive(&wait_state.lock);
    function(context);
    AcquireSRWLockExclusive(&wait_state.lock);
    wait_state.running = NULL;
    wait_state.running_event = NULL;
    WakeAllConditionVariable(&wait_state.changed);
}

/* What the pool can't take runs here: late is better than never. */
static void call_item(WT_WORK_ITEM *w)
{
    WT_EVENT_ENTRY *e = w->wiP_ee;

    if (!w->wi_RunInServer && hand_over(w->wi_Function, w->wi_Context, e->ee_EventId))
        e->ee_RefCount++;
    else
        run_here(w->wi_Function, w->wi_Context, w, e);
}

/* The functions are listed first, in wi_ServerLinks: what is unbound meanwhile leaves that list. */
static void signal_event(WT_EVENT_ENTRY *e)
{
    LIST_ENTRY due;

    wait_list_init(&due);
    for (LIST_ENTRY *l = e->eeL_wi.Flink; l != &e->eeL_wi; l = l->Flink)
        wait_list_insert_before(&due, &ENTRY_OF(l, WT_WORK_ITEM, wi_Links)->wi_ServerLinks);
    while (!wait_list_is_empty(&due)) {
        WT_WORK_ITEM *w = ENTRY_OF(due.Flink, WT_WORK_ITEM, wi_ServerLinks);

        wait_list_remove(&w->wi_ServerLinks);
        call_item(w);
    }
}

static WT_TIMER_ENTRY *first_due(LONGLONG now)
{
    for (LIST_ENTRY *l = wait_state.timers.Flink; l != &wait_state.timers; l = l->Flink) {
        WT_TIMER_ENTRY *t = TIMER_OF(l);

        if (t->te_Status == TIMER_ACTIVE && t->te_Timeout <= now) return t;
    }
    return NULL;
}

static void fire_timers(void)
{
    const LONGLONG now = system_time();
    WT_TIMER_ENTRY *t;

    while ((t = first_due(now)) != NULL) {
        t->te_Status = TIMER_INACTIVE;
        if (t->te_RunInServer || !hand_over(t->te_Function, t->te_Context, 0))
            run_here(t->te_Function, t->te_Context, t, NULL);
    }
}

static DWORD time_to_next(void)
{
    const LONGLONG now = system_time();
    LONGLONG shortest = LONGEST_WAIT;

    for (LIST_ENTRY *l = wait_state.timers.Flink; l != &wait_state.timers; l = l->Flink) {
        const WT_TIMER_ENTRY *t = TIMER_OF(l);
        LONGLONG left;

        if (t->te_Status != TIMER_ACTIVE) continue;
        left = t->te_Timeout <= now ? 0 : (t->te_Timeout - now + UNITS_A_MS - 1) / UNITS_A_MS;
        if (left < shortest) shortest = left;
    }
    return (DWORD)shortest;
}

static DWORD list_handles(HANDLE handle[MAXIMUM_WAIT_OBJECTS], DWORD id[MAXIMUM_WAIT_OBJECTS])
{
    DWORD count = 0;

    handle[count++] = wait_state.wake;
    for (LIST_ENTRY *l = wait_state.events.Flink; l != &wait_state.events; l = l->Flink) {
        if (EVENT_OF(l)->ee_RefCount) continue;
        id[count] = EVENT_OF(l)->ee_EventId;
        handle[count++] = EVENT_OF(l)->ee_Event;
    }
    return count;
}

static void signal_by_id(DWORD id)
{
    for (LIST_ENTRY *l = wait_state.events.Flink; l != &wait_state.events; l = l->Flink) {
        if (EVENT_OF(l)->ee_EventId != id) continue;
        signal_event(EVENT_OF(l));
        return;
    }
}

/* A handle that can't be waited for, since its owner has closed it, is left out from then on. */
static void leave_out_broken(const HANDLE *handle, const DWORD *id, DWORD count)
{
    for (DWORD n = 1; n < count; n++) {
        if (WaitForSingleObject(handle[n], 0) != WAIT_FAILED) continue;
        for (LIST_ENTRY *l = wait_state.events.Flink; l != &wait_state.events; l = l->Flink)
            if (EVENT_OF(l)->ee_EventId == id[n]) EVENT_OF(l)->ee_RefCount++;
    }
}

static void wait_once(void)
{
    HANDLE handle[MAXIMUM_WAIT_OBJECTS];
    DWORD id[MAXIMUM_WAIT_OBJECTS], count = list_handles(handle, id), result;
    const DWORD time = time_to_next();

    wait_state.waiting = true;
    ReleaseSRWLockExclusive(&wait_state.lock);
    result = WaitForMultipleObjects(count, handle, FALSE, time);
    AcquireSRWLockExclusive(&wait_state.lock);
    wait_state.waiting = false;
    wait_state.round++;
    WakeAllConditionVariable(&wait_state.changed);
    fire_timers();
    if (result > WAIT_OBJECT_0 && result < WAIT_OBJECT_0 + count)
        signal_by_id(id[result - WAIT_OBJECT_0]);
    else if (result == WAIT_FAILED)
        leave_out_broken(handle, id, count);
}

static DWORD WINAPI serve(void *parameter)
{
    (void)parameter;
    AcquireSRWLockExclusive(&wait_state.lock);
    while (!wait_list_is_empty(&wait_state.events) || !wait_list_is_empty(&wait_state.timers))
        wait_once();
    CloseHandle(wait_state.wake);
    wait_state.wake = NULL;
    wait_state.thread_id = 0;
    WakeAllConditionVariable(&wait_state.changed);
    ReleaseSRWLockExclusive(&wait_state.lock);
    return 0;
}

bool wait_state_start(void)
{
    HANDLE thread = NULL;

    if (wait_state.thread_id) return true;
    wait_state.wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (wait_state.wake) thread = CreateThread(NULL, 0, serve, NULL, 0, &wait_state.thread_id);
    if (thread) {
        CloseHandle(thread);
        return true;
    }
    if (wait_state.wake) CloseHandle(wait_state.wake);
    wait_state.wake = NULL;
    wait_state.thread_id = 0;
    return false;
}
