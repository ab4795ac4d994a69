/* Callers' events; event_duplicate and event_close are declared in instance.h. */
#ifndef MPR_WIN32_EVENT_H
#define MPR_WIN32_EVENT_H

#include "win32/instance.h"

/* The duplicate that is kept for that handle value, in use until event_close; 0: none. Whether the
 * value still names the same event has not been looked at, so nobody may signal it before event_is
 * has said so. */
host_event event_recognise(HANDLE event);
/* Whether the value names the object of that duplicate, which event_recognise gave. If not, the
 * duplicate has been closed. */
bool event_is(HANDLE event, host_event duplicate);

/* A duplicate that is not kept: closed with CloseHandle. Allocates nothing.
 * ST_INVALID_PARAMETER: closed, or no event. */
mpr_status event_duplicate_once(HANDLE event, host_event *ret);

/* Closes duplicates that have not been used for two seconds (all: every unused one). Called now and
 * then by the link monitor. */
void event_trim(bool all);

#endif
