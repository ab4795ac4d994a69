/* Ending what one handle of the client's names. */
#ifndef MPR_WIN32_RTM_END_H
#define MPR_WIN32_RTM_END_H

#include "win32/rtm/rtm_convert.h"

typedef mpr_status rtm_end_fn(struct rtmv2 *r, handle_t32 entity, handle_t32 handle);
/* end with the router's lock, which it takes. */
DWORD rtm_end(rtm_end_fn *end, HANDLE client, HANDLE handle);

#endif
