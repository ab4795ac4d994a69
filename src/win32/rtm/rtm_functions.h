/* The functions of rtm.dll: rtmv2.h's, by the same types, with rtm_ in place of Rtm. What each does
 * is said on its page; here is what is the router's business. */
#ifndef MPR_WIN32_RTM_FUNCTIONS_H
#define MPR_WIN32_RTM_FUNCTIONS_H

#include "win32/sys/windows_api.h"

#include <rtmv2.h>

#include "rtmdll/rtm_calls.h"

#define RTM_DECLARE(name, parameters) __typeof__(Rtm##name) rtm_##name;
RTM_CALLS(RTM_DECLARE)
#undef RTM_DECLARE

extern const struct rtm_calls rtm_functions;

#endif
