/* rtm.dll in the router's process (rtmdll/rtm_calls.h). */
#ifndef MPR_WIN32_RTM_DLL_H
#define MPR_WIN32_RTM_DLL_H

#include <stdbool.h>
#include <stdint.h>

/* Before the first protocol is loaded: loads the rtm.dll and the rtutils.dll beside this library,
 * so that what a protocol imports by that name is there, and gives it the functions of this router.
 * Once; that there is none is logged. */
void rtm_dll_provide(void);

/* A protocol of that number is called no more, since it has stopped or crashed: what it has not
 * taken out of the tables itself goes. */
void rtm_dll_forget(bool ipv6, uint32_t protocol);

#endif
