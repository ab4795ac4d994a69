/* Callers' events. */
#ifndef MPR_WIN32_EVENT_H
#define MPR_WIN32_EVENT_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "router/host.h"

/* A duplicate of an event handle with EVENT_MODIFY_STATE. ST_INVALID_PARAMETER: NULL,
 * INVALID_HANDLE_VALUE, closed or of another kind. */
mpr_status event_duplicate(HANDLE event, host_event *ret);
void event_close(host_event event);

/* The duplicate that is kept for that handle value, in use until event_close; 0: none. Whether the
 * value still names the same event has not been looked at, so nobody may signal it before event_is
 * has said so. */
host_event event_recognise(HANDLE event);
/* Whether the value names the object of that duplicate, which event_recognise gave. If not, the
 * duplicate has been closed. */
bool event_is(HANDLE event, host_event duplicate);

/* As event_duplicate, for a handle that stays open, as it is, until event_unkeep: meanwhile it is
 * recognised without a look. */
mpr_status event_keep(HANDLE event, host_event *ret);
void event_unkeep(host_event event);

/* Keeps a duplicate that the router has in use, until event_close. */
void event_hold(host_event event);
/* Whether handles of one object can be recognised as such: Windows 10 and Wine. */
bool event_can_compare(void);
/* The first of those events that is the same object as event, 0: none is. Each is a round trip to
 * another process under Wine. */
host_event event_find_same(host_event event, const host_event *events, size_t count);

/* A duplicate that is not kept: closed with CloseHandle. Allocates nothing.
 * ST_INVALID_PARAMETER: closed, or no event. */
mpr_status event_duplicate_once(HANDLE event, host_event *ret);

/* Closes duplicates that have not been used for two seconds (all: every unused one). Called now and
 * then by the link monitor. */
void event_trim(bool all);

#endif
