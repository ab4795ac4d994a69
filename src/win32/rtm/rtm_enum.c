/* Enumerations of destinations, routes and next hops. */
#include "base/mem.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_dests.h"
#include "win32/rtm/rtm_end.h"
#include "win32/rtm/rtm_functions.h"

/* ---- making them ----------------------------------------------------------------------------- */

/* Where one begins: a pointer to *prefix, or NULL. ST_INVALID_PARAMETER: it is no address of the
 * client's family. */
static mpr_status start_of(struct rtmv2 *t, HANDLE client, const RTM_NET_ADDRESS *net,
                           struct rtm_prefix *prefix, const struct rtm_prefix **ret)
{
    enum rtm_family family, own;

    *ret = NULL;
    if (rtmv2_kind_of(t, rtm_number(client), &own) != RTMV2_ENTITY) return ST_INVALID_HANDLE;
    if (!net) return ST_OK;
    if (!rtm_prefix_of(net, &family, prefix) || family != own) return ST_INVALID_PARAMETER;
    *ret = prefix;
    return ST_OK;
}

/* The address counts only where the flags want one. */
static const RTM_NET_ADDRESS *copy_of(const RTM_NET_ADDRESS *net, RTM_ENUM_FLAGS flags,
                                      RTM_NET_ADDRESS *copy)
{
    if (!net || !(flags & (RTM_ENUM_NEXT | RTM_ENUM_RANGE))) return NULL;
    *copy = *net;
    return copy;
}

DWORD WINAPI rtm_CreateDestEnum(RTM_ENTITY_HANDLE client, RTM_VIEW_SET views, RTM_ENUM_FLAGS flags,
                                PRTM_NET_ADDRESS address, ULONG protocol, PRTM_ENUM_HANDLE ret)
{
    const struct rtm_prefix *start;
    RTM_NET_ADDRESS copy;
    const RTM_NET_ADDRESS *net = copy_of(address, flags, &copy);
    struct rtm_prefix prefix;
    handle_t32 number = 0;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = start_of(t, client, net, &prefix, &start);
    if (status == ST_OK)
        status =
            rtmv2_create_dest_enum(t, rtm_number(client), views, flags, start, protocol, &number);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_handle(number);
    return status;
}

DWORD WINAPI rtm_CreateRouteEnum(RTM_ENTITY_HANDLE client, RTM_DEST_HANDLE dest, RTM_VIEW_SET views,
                                 RTM_ENUM_FLAGS flags, PRTM_NET_ADDRESS address,
                                 RTM_MATCH_FLAGS match, PRTM_ROUTE_INFO criteria, ULONG index,
                                 PRTM_ENUM_HANDLE ret)
{
    const struct rtm_prefix *start;
    RTM_NET_ADDRESS copy;
    const RTM_NET_ADDRESS *net = dest ? NULL : copy_of(address, flags, &copy);
    struct rtmv2_route wanted;
    struct rtm_prefix prefix;
    handle_t32 number = 0;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret || rtm_route_criteria(criteria, match, &wanted) != ST_OK)
        return ERROR_INVALID_PARAMETER;
    if (dest && !rtm_number(dest)) return ERROR_INVALID_HANDLE;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = start_of(t, client, net, &prefix, &start);
    if (status == ST_OK)
        status = rtmv2_create_route_enum(t, rtm_number(client), rtm_number(dest), views, flags,
                                         start, match, &wanted, index, &number);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_handle(number);
    return status;
}

DWORD WINAPI rtm_CreateNextHopEnum(RTM_ENTITY_HANDLE client, RTM_ENUM_FLAGS flags,
                                   PRTM_NET_ADDRESS address, PRTM_ENUM_HANDLE ret)
{
    const struct rtm_prefix *start;
    RTM_NET_ADDRESS copy;
    const RTM_NET_ADDRESS *net = copy_of(address, flags, &copy);
    struct rtm_prefix prefix;
    handle_t32 number = 0;
    struct rtmv2 *t;
    mpr_status status;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = start_of(t, client, net, &prefix, &start);
    if (status == ST_OK)
        status = rtmv2_create_hop_enum(t, rtm_number(client), flags, start, &number);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_handle(number);
    return status;
}

DWORD WINAPI rtm_DeleteEnumHandle(RTM_ENTITY_HANDLE client, RTM_ENUM_HANDLE enumeration)
{
    return rtm_end(rtmv2_delete_enum, client, enumeration);
}

/* ---- the next ones --------------------------------------------------------------------------- */

DWORD WINAPI rtm_GetEnumDests(RTM_ENTITY_HANDLE client, RTM_ENUM_HANDLE enumeration, PUINT count,
                              PRTM_DEST_INFO infos)
{
    return rtm_get_dests(rtmv2_get_dests, true, client, enumeration, count, infos);
}

typedef mpr_status get_handles_fn(struct rtmv2 *r, handle_t32 entity, handle_t32 enumeration,
                                  uint32_t *count, handle_t32 *ret);

/* Up to the room, or, in portions, until there are no more: others get the lock in between. What
 * was got before an error is given. */
static mpr_status get_numbers(get_handles_fn *get, bool portions, HANDLE client, HANDLE enumeration,
                              uint32_t room, handle_t32 *numbers, uint32_t *ret_found)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status = ST_INVALID_HANDLE;
    uint32_t found = 0, got;

    while (t) {
        got = room - found;
        status = get(t, rtm_number(client), rtm_number(enumeration), &got, &numbers[found]);
        rtm_leave();
        if (status != ST_OK && status != ST_NO_MORE_ITEMS) break;
        found += got;
        if (!portions || status != ST_OK || found == room) break;
        t = rtm_enter_again();
    }
    *ret_found = found;
    return found && status != ST_NO_MORE_ITEMS ? ST_OK : status;
}

static DWORD get_handles(get_handles_fn *get, bool portions, HANDLE client, HANDLE enumeration,
                         UINT *count, HANDLE *handles)
{
    handle_t32 numbers[RTMV2_MAX_HANDLES];
    uint32_t found = 0;
    mpr_status status;

    if (!count || !handles || *count > RTMV2_MAX_HANDLES) return ERROR_INVALID_PARAMETER;
    status = get_numbers(get, portions, client, enumeration, *count, numbers, &found);
    if (status != ST_OK && status != ST_NO_MORE_ITEMS) return status;
    rtm_handles(found, numbers, handles);
    *count = found;
    return status;
}

DWORD WINAPI rtm_GetEnumRoutes(RTM_ENTITY_HANDLE client, RTM_ENUM_HANDLE enumeration, PUINT count,
                               PRTM_ROUTE_HANDLE handles)
{
    return get_handles(rtmv2_get_routes, true, client, enumeration, count, handles);
}

DWORD WINAPI rtm_GetEnumNextHops(RTM_ENTITY_HANDLE client, RTM_ENUM_HANDLE enumeration, PUINT count,
                                 PRTM_NEXTHOP_HANDLE handles)
{
    return get_handles(rtmv2_get_hops, false, client, enumeration, count, handles);
}

DWORD WINAPI rtm_GetListEnumRoutes(RTM_ENTITY_HANDLE client, RTM_ENUM_HANDLE enumeration,
                                   PUINT count, PRTM_ROUTE_HANDLE handles)
{
    return get_handles(rtmv2_get_list_routes, false, client, enumeration, count, handles);
}
