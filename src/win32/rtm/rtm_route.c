/* Routes: added, changed, deleted, found. */
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_events.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_pointers.h"

/* ---- adding and deleting --------------------------------------------------------------------- */

struct route_to_add {
    enum rtm_family family;
    struct rtm_prefix prefix;
    struct rtmv2_route info;
    handle_t32 handle;
    uint32_t change;
};

static mpr_status add_route(handle_t32 client, struct route_to_add *add, bool wants_handle,
                            ULONG time_to_live, handle_t32 list)
{
    enum rtm_family family;
    struct rtmv2 *t = rtm_enter();
    mpr_status status = ST_INVALID_PARAMETER;

    if (!t) return ST_INVALID_HANDLE;
    if (rtmv2_kind_of(t, client, &family) != RTMV2_ENTITY)
        status = ST_INVALID_HANDLE;
    else if (family == add->family)
        status = rtmv2_add_route(t, client, wants_handle ? &add->handle : NULL, &add->prefix,
                                 &add->info, time_to_live, list, &add->change);
    if (status == ST_OK && add->handle) rtm_pointer_refresh(t, add->handle);
    rtm_leave();
    if (status == ST_OK && time_to_live != RTMV2_INFINITE) rtm_events_wake();
    return status;
}

DWORD WINAPI rtm_AddRouteToDest(RTM_ENTITY_HANDLE client, PRTM_ROUTE_HANDLE route,
                                PRTM_NET_ADDRESS address, PRTM_ROUTE_INFO info, ULONG time_to_live,
                                RTM_ROUTE_LIST_HANDLE list, RTM_NOTIFY_FLAGS notify_type,
                                RTM_NOTIFY_HANDLE notify, PRTM_ROUTE_CHANGE_FLAGS change)
{
    struct route_to_add add = {.change = change ? *change : 0};
    mpr_status status;

    (void)notify_type, (void)notify; /* reserved */
    if (!address || !info || !change || !rtm_prefix_of(address, &add.family, &add.prefix))
        return ERROR_INVALID_PARAMETER;
    status = rtm_route_info_of(info, &add.info);
    if (status != ST_OK) return status;
    if (route && *route) {
        add.handle = rtm_number(*route);
        if (!add.handle) return ERROR_INVALID_HANDLE;
    }
    status = add_route(rtm_number(client), &add, route != NULL, time_to_live, rtm_number(list));
    if (status != ST_OK) return status;
    if (route) *route = rtm_handle(add.handle);
    *change = add.change;
    return NO_ERROR;
}

DWORD WINAPI rtm_DeleteRouteToDest(RTM_ENTITY_HANDLE client, RTM_ROUTE_HANDLE route,
                                   PRTM_ROUTE_CHANGE_FLAGS change)
{
    const handle_t32 number = rtm_number(route);
    struct rtmv2 *t = rtm_enter();
    uint32_t flags = 0;
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_delete_route(t, rtm_number(client), number, &flags);
    rtm_pointer_refresh(t, number);
    rtm_pointers_tidy(t, 1, &number);
    rtm_leave();
    if (status == ST_OK && change) *change = flags;
    return status;
}

/* ---- asking ---------------------------------------------------------------------------------- */

DWORD WINAPI rtm_GetRouteInfo(RTM_ENTITY_HANDLE client, RTM_ROUTE_HANDLE route,
                              PRTM_ROUTE_INFO info, PRTM_NET_ADDRESS address)
{
    enum rtm_family family = RTM_IPV4;
    struct rtmv2 *t = rtm_enter();
    struct rtm_prefix prefix;
    struct rtmv2_route found;
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status =
        rtmv2_route_info(t, rtm_number(client), rtm_number(route), info ? &found : NULL, &prefix);
    rtmv2_kind_of(t, rtm_number(client), &family);
    rtm_leave();
    if (status != ST_OK) return status;
    if (info) rtm_route_info(&found, info);
    if (address) *address = rtm_net_address(family, &prefix);
    return NO_ERROR;
}

DWORD WINAPI rtm_IsBestRoute(RTM_ENTITY_HANDLE client, RTM_ROUTE_HANDLE route, PRTM_VIEW_SET views)
{
    struct rtmv2 *t;
    mpr_status status;
    uint32_t mask;

    if (!views) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_is_best(t, rtm_number(client), rtm_number(route), &mask);
    rtm_leave();
    if (status == ST_OK) *views = mask;
    return status;
}

DWORD WINAPI rtm_GetExactMatchRoute(RTM_ENTITY_HANDLE client, PRTM_NET_ADDRESS address,
                                    RTM_MATCH_FLAGS match, PRTM_ROUTE_INFO info, ULONG index,
                                    RTM_VIEW_SET views, PRTM_ROUTE_HANDLE route)
{
    enum rtm_family family, own;
    struct rtm_prefix prefix;
    struct rtmv2_route found;
    struct rtmv2 *t;
    handle_t32 number = 0;
    mpr_status status;

    if (!address || !info || !route || !rtm_prefix_of(address, &family, &prefix))
        return ERROR_INVALID_PARAMETER;
    status = rtm_route_criteria(info, match, &found);
    if (status != ST_OK) return status;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    if (rtmv2_kind_of(t, rtm_number(client), &own) != RTMV2_ENTITY)
        status = ST_INVALID_HANDLE;
    else if (own != family)
        status = ST_INVALID_PARAMETER;
    else
        status =
            rtmv2_exact_route(t, rtm_number(client), &prefix, match, &found, index, views, &number);
    rtm_leave();
    if (status != ST_OK) return status;
    rtm_route_info(&found, info);
    *route = rtm_handle(number);
    return NO_ERROR;
}
