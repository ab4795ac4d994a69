/* The exported wait functions of rtutils.h, which has no page: what its names, types and constants
 * say is done; what they leave open is refused or said in docs/COMPATIBILITY.md, "rtutils.dll".
 *
 * Of a WT_EVENT_ENTRY ee_Event, ee_bHighPriority and ee_Links are the caller's to use, of a
 * WT_TIMER_ENTRY te_Links and te_Status, of a WT_WORK_ITEM nothing.
 */
#include <mprapi_rtutils.h>

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "rtutils/wait_list.h"
#include "rtutils/wait_server.h"

#define BEFORE_ANY_DATE 0x2386F26FC10000 /* 10^16: 31 years of 100 ns, or the year 1632 */

/* ---- making and freeing ---------------------------------------------------------------------- */

/* An event with the function that it was made with, if it was. */
struct wait_event {
    WT_EVENT_ENTRY entry;
    WT_WORK_ITEM own;
};

static void init_item(WT_WORK_ITEM *w, WT_EVENT_ENTRY *e, WORKERFUNCTION function, void *context,
                      DWORD context_size, BOOL in_server)
{
    *w = (WT_WORK_ITEM){.wi_Function = function,
                        .wi_Context = context,
                        .wi_ContextSz = context_size,
                        .wi_RunInServer = in_server,
                        .wiP_ee = e};
    wait_list_init(&w->wi_ServerLinks);
    wait_list_init(&w->wi_Links);
}

static bool init_event(WT_EVENT_ENTRY *e, HANDLE event, SECURITY_ATTRIBUTES *attributes,
                       BOOL manual, BOOL initial)
{
    e->ee_bDeleteEvent = !event;
    e->ee_Event = event ? event : CreateEventW(attributes, manual, initial, NULL);
    e->ee_bManualReset = manual;
    e->ee_bInitialState = initial;
    wait_list_init(&e->eeL_wi);
    wait_list_init(&e->ee_ServerLinks);
    wait_list_init(&e->ee_Links);
    return e->ee_Event != NULL;
}

static void *out_of(DWORD error)
{
    SetLastError(error);
    return NULL;
}

/* A name is refused, since nobody says whether it is an ANSI or a wide one. */
PWT_EVENT_ENTRY WINAPI CreateWaitEvent(HANDLE event, LPSECURITY_ATTRIBUTES attributes,
                                       WINBOOL manual, WINBOOL initial, LPCTSTR name,
                                       WINBOOL high_priority, WORKERFUNCTION function,
                                       PVOID context, DWORD context_size, WINBOOL in_server)
{
    struct wait_event *e;

    if (name) return out_of(ERROR_NOT_SUPPORTED);
    e = mem_alloc(sizeof(*e));
    if (!e) return out_of(ERROR_NOT_ENOUGH_MEMORY);
    init_item(&e->own, &e->entry, function, context, context_size, in_server);
    if (!init_event(&e->entry, event, attributes, manual, initial)) {
        mem_free(e);
        return out_of(ERROR_NOT_ENOUGH_MEMORY);
    }
    e->entry.ee_bHighPriority = high_priority;
    if (function) wait_list_insert_before(&e->entry.eeL_wi, &e->own.wi_Links);
    return &e->entry;
}

PWT_EVENT_BINDING WINAPI CreateWaitEventBinding(PWT_EVENT_ENTRY e, WORKERFUNCTION function,
                                                PVOID context, DWORD context_size,
                                                WINBOOL in_server)
{
    WT_WORK_ITEM *w;

    if (!e || !function) return out_of(ERROR_INVALID_PARAMETER);
    w = mem_alloc(sizeof(*w));
    if (!w) return out_of(ERROR_NOT_ENOUGH_MEMORY);
    init_item(w, e, function, context, context_size, in_server);
    return w;
}

PWT_TIMER_ENTRY WINAPI CreateWaitTimer(WORKERFUNCTION function, PVOID context, DWORD context_size,
                                       WINBOOL in_server)
{
    WT_TIMER_ENTRY *t;

    if (!function) return out_of(ERROR_INVALID_PARAMETER);
    t = mem_alloc(sizeof(*t));
    if (!t) return out_of(ERROR_NOT_ENOUGH_MEMORY);
    *t = (WT_TIMER_ENTRY){.te_Function = function,
                          .te_Context = context,
                          .te_ContextSz = context_size,
                          .te_RunInServer = in_server,
                          .te_Status = TIMER_INACTIVE};
    wait_list_init(&t->te_ServerLinks);
    wait_list_init(&t->te_Links);
    return t;
}

/* The header has no other function to free a binding. */
VOID WINAPI WTFree(PVOID binding)
{
    if (!binding) return;
    wait_server_unbind(binding, false);
    mem_free(binding);
}

VOID WINAPI WTFreeEvent(PWT_EVENT_ENTRY e)
{
    if (!e) return;
    wait_server_remove_event(e);
    if (e->ee_bDeleteEvent) CloseHandle(e->ee_Event);
    mem_free(e);
}

VOID WINAPI WTFreeTimer(PWT_TIMER_ENTRY t)
{
    if (!t) return;
    wait_server_remove_timer(t);
    mem_free(t);
}

/* ---- registering ----------------------------------------------------------------------------- */

DWORD WINAPI RegisterWaitEventsTimers(PLIST_ENTRY events, PLIST_ENTRY timers)
{
    return wait_server_add(events, timers);
}

DWORD WINAPI DeRegisterWaitEventsTimers(PLIST_ENTRY events, PLIST_ENTRY timers)
{
    wait_server_remove(events, timers, false);
    return NO_ERROR;
}

/* From a function of one of them. */
DWORD WINAPI DeRegisterWaitEventsTimersSelf(PLIST_ENTRY events, PLIST_ENTRY timers)
{
    wait_server_remove(events, timers, true);
    return NO_ERROR;
}

DWORD WINAPI RegisterWaitEventBinding(PWT_EVENT_BINDING binding)
{
    return binding ? wait_server_bind(binding) : ERROR_INVALID_PARAMETER;
}

DWORD WINAPI DeRegisterWaitEventBinding(PWT_EVENT_BINDING binding)
{
    if (!binding) return ERROR_INVALID_PARAMETER;
    wait_server_unbind(binding, false);
    return NO_ERROR;
}

DWORD WINAPI DeRegisterWaitEventBindingSelf(PWT_EVENT_BINDING binding)
{
    if (!binding) return ERROR_INVALID_PARAMETER;
    wait_server_unbind(binding, true);
    return NO_ERROR;
}

/* ---- timers ---------------------------------------------------------------------------------- */

static LONGLONG from_now(LONGLONG units)
{
    ULARGE_INTEGER now;
    FILETIME time;

    GetSystemTimeAsFileTime(&time);
    now.LowPart = time.dwLowDateTime;
    now.HighPart = time.dwHighDateTime;
    return units > MAXLONGLONG - (LONGLONG)now.QuadPart ? MAXLONGLONG
                                                        : (LONGLONG)now.QuadPart + units;
}

/* As for the system's timers: negative from now, positive a date, in 100 ns; 0: never. What would
 * be a date before there were computers is a time from now in a unit that nobody has told, and is
 * refused. */
DWORD WINAPI UpdateWaitTimer(PWT_TIMER_ENTRY t, LONGLONG *time)
{
    if (!t || !time) return ERROR_INVALID_PARAMETER;
    if (*time > 0 && *time < BEFORE_ANY_DATE) return ERROR_NOT_SUPPORTED;
    if (*time == MINLONGLONG) return ERROR_INVALID_PARAMETER;
    wait_server_set_timer(t, *time < 0 ? from_now(-*time) : *time);
    return NO_ERROR;
}

VOID WINAPI DebugPrintWaitWorkerThreads(DWORD level)
{
    unsigned events, timers;
    char text[128];

    (void)level;
    wait_server_count(&events, &timers);
    _snprintf(text, sizeof(text), "rtutils: the wait thread has %u events and %u timers\n", events,
              timers);
    OutputDebugStringA(text);
}
