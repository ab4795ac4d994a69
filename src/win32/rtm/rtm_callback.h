/* Telling a client one event. */
#ifndef MPR_WIN32_RTM_CALLBACK_H
#define MPR_WIN32_RTM_CALLBACK_H

#include <stdbool.h>

#include "win32/rtm/rtm_clients.h"

/* Calls back without any lock, gives back what the event held, and frees it. A route that has
 * expired is deleted where the client says ERROR_NOT_SUPPORTED (page of RTM_EVENT_CALLBACK). False:
 * the callback crashed, which is logged; it must not be called again. */
bool rtm_callback(RTM_EVENT_CALLBACK callback, struct rtm_told *told);
/* The same for somebody who is told nothing: as if he had said that. */
void rtm_callback_drop(struct rtm_told *told);

#endif
