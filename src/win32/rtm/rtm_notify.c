/* Change notification. */
#include "base/mem.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_dests.h"
#include "win32/rtm/rtm_end.h"
#include "win32/rtm/rtm_functions.h"

DWORD WINAPI rtm_RegisterForChangeNotification(RTM_ENTITY_HANDLE client, RTM_VIEW_SET views,
                                               RTM_NOTIFY_FLAGS flags, PVOID context,
                                               PRTM_NOTIFY_HANDLE ret)
{
    handle_t32 number = 0;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_register_changes(t, rtm_number(client), views, flags, context, &number);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_handle(number);
    return status;
}

DWORD WINAPI rtm_DeregisterFromChangeNotification(RTM_ENTITY_HANDLE client,
                                                  RTM_NOTIFY_HANDLE notify)
{
    return rtm_end(rtmv2_deregister_changes, client, notify);
}

DWORD WINAPI rtm_GetChangedDests(RTM_ENTITY_HANDLE client, RTM_NOTIFY_HANDLE notify, PUINT count,
                                 PRTM_DEST_INFO infos)
{
    return rtm_get_dests(rtmv2_changed_dests, false, client, notify, count, infos);
}

DWORD WINAPI rtm_IgnoreChangedDests(RTM_ENTITY_HANDLE client, RTM_NOTIFY_HANDLE notify, UINT count,
                                    PRTM_DEST_HANDLE dests)
{
    handle_t32 *numbers;
    struct rtmv2 *t;
    mpr_status status;

    if (count && !dests) return ERROR_INVALID_PARAMETER;
    numbers = rtm_numbers(count, dests);
    if (count && !numbers) return ERROR_NOT_ENOUGH_MEMORY;
    t = rtm_enter();
    status = t ? rtmv2_ignore_changed(t, rtm_number(client), rtm_number(notify), count, numbers)
               : ST_INVALID_HANDLE;
    if (t) rtm_leave();
    mem_free(numbers);
    return status;
}

typedef mpr_status ask_fn(struct rtmv2 *r, handle_t32 entity, handle_t32 notify, handle_t32 dest,
                          bool *ret);

static DWORD ask_of_dest(ask_fn *ask_about, HANDLE client, HANDLE notify, HANDLE dest, BOOL *ret)
{
    bool answer = false;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = ask_about(t, rtm_number(client), rtm_number(notify), rtm_number(dest), &answer);
    rtm_leave();
    if (status == ST_OK) *ret = answer;
    return status;
}

DWORD WINAPI rtm_GetChangeStatus(RTM_ENTITY_HANDLE client, RTM_NOTIFY_HANDLE notify,
                                 RTM_DEST_HANDLE dest, PBOOL changed)
{
    return ask_of_dest(rtmv2_change_status, client, notify, dest, changed);
}

DWORD WINAPI rtm_IsMarkedForChangeNotification(RTM_ENTITY_HANDLE client, RTM_NOTIFY_HANDLE notify,
                                               RTM_DEST_HANDLE dest, PBOOL marked)
{
    return ask_of_dest(rtmv2_is_marked, client, notify, dest, marked);
}

DWORD WINAPI rtm_MarkDestForChangeNotification(RTM_ENTITY_HANDLE client, RTM_NOTIFY_HANDLE notify,
                                               RTM_DEST_HANDLE dest, WINBOOL mark)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_mark(t, rtm_number(client), rtm_number(notify), rtm_number(dest), mark != 0);
    rtm_leave();
    return status;
}
