/* Callers' events; event_duplicate and event_close are declared in instance.h. */
#ifndef MPR_WIN32_EVENT_H
#define MPR_WIN32_EVENT_H

#include <stdbool.h>

/* Closes duplicates that have not been used for two seconds (all: every unused one). Called now and
 * then by the link monitor. */
void event_trim(bool all);

#endif
