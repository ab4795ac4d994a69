/* The thread that takes events from the tables, when there are any or a time has come, and hands
 * them to the threads of their receivers. */
#ifndef MPR_WIN32_RTM_EVENTS_H
#define MPR_WIN32_RTM_EVENTS_H

#include "base/status.h"

/* Starts it where it does not run. Under the router's lock. ST_NOT_ENOUGH_MEMORY. */
mpr_status rtm_events_start(void);
/* There are events, or the next time is another. Whatever lock the caller has. */
void rtm_events_wake(void);
/* Returns when it has ended. Without the router's lock. */
void rtm_events_stop(void);

#endif
