/* Starting the router's process. Inside the carrier only. */
#ifndef MPR_WIN32_LOCAL_START_H
#define MPR_WIN32_LOCAL_START_H

#include <stdbool.h>

/* Starts mprsvc.exe and waits until a router listens, whoever started it; false: none does within
 * fifteen seconds, the program is not there, or an administrator has stopped the router. The thread
 * must not impersonate. */
bool start_router(void);

#endif
