/* References: one more, and what ends them. */
#include <string.h>

#include "base/mem.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_pointers.h"

DWORD WINAPI rtm_ReferenceHandles(RTM_ENTITY_HANDLE client, UINT count, HANDLE *handles)
{
    handle_t32 *numbers;
    struct rtmv2 *t;
    mpr_status status;

    if (count && !handles) return ERROR_INVALID_PARAMETER;
    numbers = rtm_numbers(count, handles);
    if (count && !numbers) return ERROR_NOT_ENOUGH_MEMORY;
    t = rtm_enter();
    status = t ? rtmv2_reference(t, rtm_number(client), count, numbers) : ST_INVALID_HANDLE;
    if (t) rtm_leave();
    mem_free(numbers);
    return status;
}

/* ---- handles --------------------------------------------------------------------------------- */

static mpr_status release_numbers(handle_t32 client, enum rtmv2_kind kind, UINT count,
                                  const handle_t32 *numbers)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    status = rtmv2_release(t, client, kind, count, numbers);
    rtm_pointers_tidy(t, count, numbers);
    rtm_leave();
    return status;
}

static DWORD release_handles(HANDLE client, enum rtmv2_kind kind, UINT count, const HANDLE *handles)
{
    handle_t32 *numbers;
    mpr_status status;

    if (count && !handles) return ERROR_INVALID_PARAMETER;
    numbers = rtm_numbers(count, handles);
    if (count && !numbers) return ERROR_NOT_ENOUGH_MEMORY;
    status = release_numbers(rtm_number(client), kind, count, numbers);
    mem_free(numbers);
    return status;
}

DWORD WINAPI rtm_ReleaseEntities(RTM_ENTITY_HANDLE client, UINT count, PRTM_ENTITY_HANDLE handles)
{
    return release_handles(client, RTMV2_ENTITY, count, handles);
}

DWORD WINAPI rtm_ReleaseRoutes(RTM_ENTITY_HANDLE client, UINT count, PRTM_ROUTE_HANDLE handles)
{
    return release_handles(client, RTMV2_ROUTE, count, handles);
}

DWORD WINAPI rtm_ReleaseNextHops(RTM_ENTITY_HANDLE client, UINT count, PRTM_NEXTHOP_HANDLE handles)
{
    return release_handles(client, RTMV2_HOP, count, handles);
}

/* ---- structures ------------------------------------------------------------------------------ */

/* The information about an entity holds nothing. */
DWORD WINAPI rtm_ReleaseEntityInfo(RTM_ENTITY_HANDLE client, PRTM_ENTITY_INFO info)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    (void)info;
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_check(t, rtm_number(client), RTMV2_ENTITY, rtm_number(client), false);
    rtm_leave();
    return status;
}

DWORD WINAPI rtm_ReleaseRouteInfo(RTM_ENTITY_HANDLE client, PRTM_ROUTE_INFO info)
{
    struct rtmv2_route route;
    struct rtmv2 *t;
    mpr_status status;

    if (!info || rtm_route_info_of(info, &route) != ST_OK) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_release_route_info(t, rtm_number(client), &route);
    rtm_pointers_tidy(t, 1, &route.neighbour);
    rtm_pointers_tidy(t, route.hop_count, route.hops);
    rtm_leave();
    return status;
}

DWORD WINAPI rtm_ReleaseNextHopInfo(RTM_ENTITY_HANDLE client, PRTM_NEXTHOP_INFO info)
{
    struct rtmv2_hop hop;
    struct rtmv2 *t;
    mpr_status status;

    if (!info || rtm_hop_info_of(info, &hop) != ST_OK) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_release_hop_info(t, rtm_number(client), &hop);
    rtm_pointers_tidy(t, 1, &hop.remote);
    rtm_leave();
    return status;
}

static void tidy_views(struct rtmv2 *t, const struct rtmv2_dest *dest)
{
    for (uint32_t n = 0; n < dest->count; n++) {
        rtm_pointers_tidy(t, 1, &dest->view[n].route);
        rtm_pointers_tidy(t, 1, &dest->view[n].hold);
    }
}

static mpr_status release_dests(handle_t32 client, UINT count, const struct rtmv2_dest *dests)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    status = rtmv2_release_dests(t, client, count, dests);
    for (UINT n = 0; n < count; n++) tidy_views(t, &dests[n]);
    rtm_leave();
    return status;
}

/* As they were given out: the first says how many views each has. */
DWORD WINAPI rtm_ReleaseDests(RTM_ENTITY_HANDLE client, UINT count, PRTM_DEST_INFO infos)
{
    const BYTE *at = (const BYTE *)infos;
    struct rtmv2_dest *dests;
    mpr_status status;
    size_t stride;

    if (!count) return release_dests(rtm_number(client), 0, NULL);
    if (!infos) return ERROR_INVALID_PARAMETER;
    dests = mem_alloc_array(count, sizeof(*dests));
    if (!dests) return ERROR_NOT_ENOUGH_MEMORY;
    stride = rtm_dest_stride((1u << min(infos->NumberOfViews, RTMV2_VIEWS)) - 1);
    for (UINT n = 0; n < count; n++, at += stride)
        rtm_dest_info_of((const RTM_DEST_INFO *)(const void *)at, &dests[n]);
    status = release_dests(rtm_number(client), count, dests);
    mem_free(dests);
    return status;
}

DWORD WINAPI rtm_ReleaseDestInfo(RTM_ENTITY_HANDLE client, PRTM_DEST_INFO info)
{
    struct rtmv2_dest dest;

    if (!info) return ERROR_INVALID_PARAMETER;
    rtm_dest_info_of(info, &dest);
    return release_dests(rtm_number(client), 1, &dest);
}

DWORD WINAPI rtm_ReleaseChangedDests(RTM_ENTITY_HANDLE client, RTM_NOTIFY_HANDLE notify, UINT count,
                                     PRTM_DEST_INFO infos)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_check(t, rtm_number(client), RTMV2_NOTIFY, rtm_number(notify), true);
    rtm_leave();
    return status == ST_OK ? rtm_ReleaseDests(client, count, infos) : status;
}
