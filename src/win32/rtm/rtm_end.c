#include "win32/rtm/rtm_end.h"

#include "win32/rtm/rtm_access.h"

DWORD rtm_end(rtm_end_fn *end, HANDLE client, HANDLE handle)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = end(t, rtm_number(client), rtm_number(handle));
    rtm_leave();
    return status;
}
