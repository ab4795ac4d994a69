/* The wait thread: waits for the events and timers that are registered, and calls their functions,
 * or hands them to the pool. There is one while something is registered; it has room for
 * WAIT_EVENTS_MAX events.
 *
 * te_Status is TIMER_ACTIVE while a timer has a time. A registered entry has a server in its
 * ..P_wte; of the other fields of rtutils.h's structures only those named in wait_entries.c mean
 * something. Entries stay the caller's, and valid while they are registered.
 */
#ifndef MPR_RTUTILS_WAIT_SERVER_H
#define MPR_RTUTILS_WAIT_SERVER_H

#include <mprapi_rtutils.h>
#include <stdbool.h>

#define WAIT_EVENTS_MAX (MAXIMUM_WAIT_OBJECTS - 1u)

/* All or nothing of both lists (of ee_Links and te_Links; NULL: none). ERROR_INVALID_PARAMETER:
 * one is registered already; ERROR_WAIT_THREAD_UNAVAILABLE: there is no room, or no thread. */
DWORD wait_server_add(LIST_ENTRY *event_list, LIST_ENTRY *timer_list);
/* Those of them that are registered are so no longer. A function of theirs that the wait thread
 * runs just then has ended, unless from_function, or this is that thread. */
void wait_server_remove(LIST_ENTRY *event_list, LIST_ENTRY *timer_list, bool from_function);
/* Of one, as these; an event is parted from its functions, too. */
void wait_server_remove_event(WT_EVENT_ENTRY *e);
void wait_server_remove_timer(WT_TIMER_ENTRY *t);

/* Another function for a registered event. ERROR_WT_EVENT_ALREADY_DELETED: it is not registered;
 * ERROR_INVALID_PARAMETER: the function is there already. */
DWORD wait_server_bind(WT_WORK_ITEM *w);
void wait_server_unbind(WT_WORK_ITEM *w, bool from_function);

/* due: as SYSTEMTIME in 100 ns since 1601, 0: never. The timer need not be registered yet. */
void wait_server_set_timer(WT_TIMER_ENTRY *t, LONGLONG due);

/* How many are registered. */
void wait_server_count(unsigned *events, unsigned *timers);

#endif
