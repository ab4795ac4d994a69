/* Who is registered with the wait thread, and how it is parted from them. */
#include "rtutils/wait_state.h"

#include "rtutils/wait_list.h"
#include "rtutils/work.h"

#define LISTED_EVENT(link) ENTRY_OF(link, WT_EVENT_ENTRY, ee_Links)
#define LISTED_TIMER(link) ENTRY_OF(link, WT_TIMER_ENTRY, te_Links)
#define EACH(l, head)              \
    LIST_ENTRY *l = (head)->Flink; \
    l != (head);                   \
    l = l->Flink

static void wake_thread(void)
{
    if (wait_state.wake) SetEvent(wait_state.wake);
}

/* ---- adding ---------------------------------------------------------------------------------- */

/* Of those in the lists, none of which may be registered: ERROR_INVALID_PARAMETER. */
static DWORD check_lists(LIST_ENTRY *events, LIST_ENTRY *timers)
{
    unsigned count = wait_state.event_count;

    if (events)
        for (EACH(l, events)) {
            if (LISTED_EVENT(l)->eeP_wte) return ERROR_INVALID_PARAMETER;
            count++;
        }
    if (timers)
        for (EACH(l, timers))
            if (LISTED_TIMER(l)->teP_wte) return ERROR_INVALID_PARAMETER;
    return count <= WAIT_EVENTS_MAX ? (DWORD)NO_ERROR : ERROR_WAIT_THREAD_UNAVAILABLE;
}

static DWORD new_id(void)
{
    if (!++wait_state.last_id) wait_state.last_id = 1;
    return wait_state.last_id;
}

/* The first of several signalled events is taken, so those of high priority come first. */
static void add_event(WT_EVENT_ENTRY *e)
{
    LIST_ENTRY *place = e->ee_bHighPriority ? wait_state.events.Flink : &wait_state.events;

    e->eeP_wte = &wait_state;
    e->ee_EventId = new_id();
    e->ee_RefCount = 0;
    wait_list_insert_before(place, &e->ee_ServerLinks);
    wait_state.event_count++;
}

static void add_timer(WT_TIMER_ENTRY *t)
{
    t->teP_wte = &wait_state;
    t->te_TimerId = new_id();
    wait_list_insert_before(&wait_state.timers, &t->te_ServerLinks);
}

static bool is_empty(const LIST_ENTRY *events, const LIST_ENTRY *timers)
{
    return (!events || wait_list_is_empty(events)) && (!timers || wait_list_is_empty(timers));
}

DWORD wait_server_add(LIST_ENTRY *events, LIST_ENTRY *timers)
{
    DWORD rc;

    if (is_empty(events, timers)) return NO_ERROR;
    work_pin_module();
    AcquireSRWLockExclusive(&wait_state.lock);
    rc = check_lists(events, timers);
    if (rc == NO_ERROR && !wait_state_start()) rc = ERROR_WAIT_THREAD_UNAVAILABLE;
    if (rc == NO_ERROR) {
        if (events)
            for (EACH(l, events)) add_event(LISTED_EVENT(l));
        if (timers)
            for (EACH(l, timers)) add_timer(LISTED_TIMER(l));
        wake_thread();
    }
    ReleaseSRWLockExclusive(&wait_state.lock);
    return rc;
}

/* ---- parting: lock held ---------------------------------------------------------------------- */

static bool is_own_thread(void)
{
    return wait_state.thread_id == GetCurrentThreadId();
}

/* Handles that the thread waits for just then may be closed when it has come out of that wait. */
static void wait_for_next_round(void)
{
    const DWORD round = wait_state.round;

    wake_thread();
    while (wait_state.waiting && wait_state.round == round)
        SleepConditionVariableSRW(&wait_state.changed, &wait_state.lock, INFINITE, 0);
}

static void wait_while_running(const void *what)
{
    if (is_own_thread()) return;
    while (wait_state.running == what)
        SleepConditionVariableSRW(&wait_state.changed, &wait_state.lock, INFINITE, 0);
}

static void drop_event(WT_EVENT_ENTRY *e)
{
    if (!e->eeP_wte) return;
    e->eeP_wte = NULL;
    wait_list_remove(&e->ee_ServerLinks);
    wait_state.event_count--;
    for (EACH(l, &e->eeL_wi))
        wait_list_remove(&ENTRY_OF(l, WT_WORK_ITEM, wi_Links)->wi_ServerLinks);
}

static void drop_timer(WT_TIMER_ENTRY *t)
{
    if (!t->teP_wte) return;
    t->teP_wte = NULL;
    wait_list_remove(&t->te_ServerLinks);
}

static void finish_event(const WT_EVENT_ENTRY *e)
{
    if (is_own_thread()) return;
    while (wait_state.running_event == e)
        SleepConditionVariableSRW(&wait_state.changed, &wait_state.lock, INFINITE, 0);
}

/* Bindings of others stay theirs, and belong to no event from now on. */
static void part_from_bindings(WT_EVENT_ENTRY *e)
{
    while (!wait_list_is_empty(&e->eeL_wi)) {
        WT_WORK_ITEM *w = ENTRY_OF(e->eeL_wi.Flink, WT_WORK_ITEM, wi_Links);

        wait_list_remove(&w->wi_Links);
        w->wiP_ee = NULL;
    }
}

/* ---- removing -------------------------------------------------------------------------------- */

void wait_server_remove(LIST_ENTRY *events, LIST_ENTRY *timers, bool from_function)
{
    AcquireSRWLockExclusive(&wait_state.lock);
    if (events)
        for (EACH(l, events)) drop_event(LISTED_EVENT(l));
    if (timers)
        for (EACH(l, timers)) drop_timer(LISTED_TIMER(l));
    wait_for_next_round();
    if (events && !from_function)
        for (EACH(l, events)) finish_event(LISTED_EVENT(l));
    if (timers && !from_function)
        for (EACH(l, timers)) wait_while_running(LISTED_TIMER(l));
    ReleaseSRWLockExclusive(&wait_state.lock);
}

void wait_server_remove_event(WT_EVENT_ENTRY *e)
{
    AcquireSRWLockExclusive(&wait_state.lock);
    if (e->eeP_wte) {
        drop_event(e);
        wait_for_next_round();
    }
    finish_event(e);
    part_from_bindings(e);
    ReleaseSRWLockExclusive(&wait_state.lock);
}

void wait_server_remove_timer(WT_TIMER_ENTRY *t)
{
    AcquireSRWLockExclusive(&wait_state.lock);
    drop_timer(t);
    wake_thread();
    wait_while_running(t);
    ReleaseSRWLockExclusive(&wait_state.lock);
}

/* ---- functions of an event ------------------------------------------------------------------- */

DWORD wait_server_bind(WT_WORK_ITEM *w)
{
    DWORD rc = NO_ERROR;

    AcquireSRWLockExclusive(&wait_state.lock);
    if (!w->wiP_ee || !w->wiP_ee->eeP_wte)
        rc = ERROR_WT_EVENT_ALREADY_DELETED;
    else if (!wait_list_is_empty(&w->wi_Links))
        rc = ERROR_INVALID_PARAMETER;
    else
        wait_list_insert_before(&w->wiP_ee->eeL_wi, &w->wi_Links);
    ReleaseSRWLockExclusive(&wait_state.lock);
    return rc;
}

void wait_server_unbind(WT_WORK_ITEM *w, bool from_function)
{
    AcquireSRWLockExclusive(&wait_state.lock);
    wait_list_remove(&w->wi_Links);
    wait_list_remove(&w->wi_ServerLinks);
    if (!from_function) wait_while_running(w);
    ReleaseSRWLockExclusive(&wait_state.lock);
}

/* ---- timers, counts -------------------------------------------------------------------------- */

void wait_server_set_timer(WT_TIMER_ENTRY *t, LONGLONG due)
{
    AcquireSRWLockExclusive(&wait_state.lock);
    t->te_Timeout = due;
    t->te_Status = due ? TIMER_ACTIVE : TIMER_INACTIVE;
    if (t->teP_wte) wake_thread();
    ReleaseSRWLockExclusive(&wait_state.lock);
}

void wait_server_count(unsigned *events, unsigned *timers)
{
    *timers = 0;
    AcquireSRWLockShared(&wait_state.lock);
    *events = wait_state.event_count;
    for (EACH(l, &wait_state.timers)) ++*timers;
    ReleaseSRWLockShared(&wait_state.lock);
}
