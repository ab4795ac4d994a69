/* Whether an administrator has stopped the router that programs share: then no program starts it
 * before he does. A volatile key, Stopped, which goes with Wine's server as the state of a service
 * does. */
#ifndef MPR_WIN32_ROUTER_STOPPED_H
#define MPR_WIN32_ROUTER_STOPPED_H

#include <stdbool.h>

/* Acts as the process. Who may not look finds it stopped. */
bool router_is_stopped(void);
/* What fails is logged. */
void router_set_stopped(bool stopped);

#endif
