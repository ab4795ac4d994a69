/* Route lists. */
#include "base/mem.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_end.h"
#include "win32/rtm/rtm_functions.h"

DWORD WINAPI rtm_CreateRouteList(RTM_ENTITY_HANDLE client, PRTM_ROUTE_LIST_HANDLE ret)
{
    handle_t32 number = 0;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_create_list(t, rtm_number(client), &number);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_handle(number);
    return status;
}

DWORD WINAPI rtm_DeleteRouteList(RTM_ENTITY_HANDLE client, RTM_ROUTE_LIST_HANDLE list)
{
    return rtm_end(rtmv2_delete_list, client, list);
}

DWORD WINAPI rtm_InsertInRouteList(RTM_ENTITY_HANDLE client, RTM_ROUTE_LIST_HANDLE list, UINT count,
                                   PRTM_ROUTE_HANDLE routes)
{
    handle_t32 *numbers;
    struct rtmv2 *t;
    mpr_status status;

    if (count && !routes) return ERROR_INVALID_PARAMETER;
    if (list && !rtm_number(list)) return ERROR_INVALID_HANDLE;
    numbers = rtm_numbers(count, routes);
    if (count && !numbers) return ERROR_NOT_ENOUGH_MEMORY;
    t = rtm_enter();
    status = t ? rtmv2_insert_in_list(t, rtm_number(client), rtm_number(list), count, numbers)
               : ST_INVALID_HANDLE;
    if (t) rtm_leave();
    mem_free(numbers);
    return status;
}

DWORD WINAPI rtm_CreateRouteListEnum(RTM_ENTITY_HANDLE client, RTM_ROUTE_LIST_HANDLE list,
                                     PRTM_ENUM_HANDLE ret)
{
    handle_t32 number = 0;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_create_list_enum(t, rtm_number(client), rtm_number(list), &number);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_handle(number);
    return status;
}
