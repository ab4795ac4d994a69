#include "win32/rtm/rtm_convert.h"

#include <string.h>

#include "base/mem.h"

#define TICKS_PER_MS 10000u /* of a FILETIME */

/* ---- handles --------------------------------------------------------------------------------- */

handle_t32 rtm_number(HANDLE handle)
{
    const ULONG_PTR value = (ULONG_PTR)handle;

    return value <= UINT32_MAX ? (handle_t32)value : 0;
}

HANDLE rtm_handle(handle_t32 number)
{
    return (HANDLE)(ULONG_PTR)number;
}

handle_t32 *rtm_numbers(UINT count, const HANDLE *handles)
{
    handle_t32 *numbers = count ? mem_alloc_array(count, sizeof(*numbers)) : NULL;

    for (UINT n = 0; numbers && n < count; n++) numbers[n] = rtm_number(handles[n]);
    return numbers;
}

void rtm_handles(UINT count, const handle_t32 *numbers, HANDLE *ret)
{
    for (UINT n = 0; n < count; n++) ret[n] = rtm_handle(numbers[n]);
}

/* ---- addresses ------------------------------------------------------------------------------- */

bool rtm_prefix_of(const RTM_NET_ADDRESS *net, enum rtm_family *ret_family, struct rtm_prefix *ret)
{
    if (net->AddressFamily != AF_INET && net->AddressFamily != AF_INET6) return false;
    *ret_family = net->AddressFamily == AF_INET ? RTM_IPV4 : RTM_IPV6;
    if (net->NumBits > *ret_family * 8u) return false;
    memset(ret, 0, sizeof(*ret));
    memcpy(ret->address.octets, net->AddrBits, *ret_family);
    ret->length = (uint8_t)net->NumBits;
    return true;
}

RTM_NET_ADDRESS rtm_net_address(enum rtm_family family, const struct rtm_prefix *prefix)
{
    RTM_NET_ADDRESS net = {.AddressFamily = family == RTM_IPV4 ? AF_INET : AF_INET6,
                           .NumBits = prefix->length};

    memcpy(net.AddrBits, prefix->address.octets, sizeof(net.AddrBits));
    return net;
}

/* ---- entities -------------------------------------------------------------------------------- */

void rtm_entity_info(const struct rtmv2_entity_info *info, RTM_ENTITY_INFO *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->RtmInstanceId = info->instance;
    ret->AddressFamily = info->family == RTM_IPV4 ? AF_INET : AF_INET6;
    ret->EntityId.EntityProtocolId = info->id.protocol;
    ret->EntityId.EntityInstanceId = info->id.instance;
}

bool rtm_entity_info_of(const RTM_ENTITY_INFO *info, struct rtmv2_entity_info *ret)
{
    if (info->AddressFamily != AF_INET && info->AddressFamily != AF_INET6) return false;
    ret->instance = info->RtmInstanceId;
    ret->family = info->AddressFamily == AF_INET ? RTM_IPV4 : RTM_IPV6;
    ret->id.protocol = info->EntityId.EntityProtocolId;
    ret->id.instance = info->EntityId.EntityInstanceId;
    return true;
}

/* ---- destinations ---------------------------------------------------------------------------- */

static FILETIME time_of_change(uint64_t changed, msec now)
{
    FILETIME time = {0, 0};
    ULARGE_INTEGER ticks;

    if (!changed) return time;
    GetSystemTimeAsFileTime(&time);
    ticks.LowPart = time.dwLowDateTime;
    ticks.HighPart = time.dwHighDateTime;
    ticks.QuadPart -= (now - changed) * TICKS_PER_MS;
    time.dwLowDateTime = ticks.LowPart;
    time.dwHighDateTime = ticks.HighPart;
    return time;
}

void rtm_dest_info(enum rtm_family family, const struct rtmv2_dest *dest, msec now,
                   RTM_DEST_INFO *ret)
{
    ret->DestHandle = rtm_handle(dest->dest);
    ret->DestAddress = rtm_net_address(family, &dest->prefix);
    ret->LastChanged = time_of_change(dest->changed, now);
    ret->BelongsToViews = dest->views;
    ret->NumberOfViews = dest->count;
    for (UINT n = 0; n < dest->count; n++) {
        const struct rtmv2_dest_view *view = &dest->view[n];

        ret->ViewInfo[n].ViewId = (RTM_VIEW_ID)view->view;
        ret->ViewInfo[n].NumRoutes = view->routes;
        ret->ViewInfo[n].Route = rtm_handle(view->route);
        ret->ViewInfo[n].Owner = rtm_handle(view->owner);
        ret->ViewInfo[n].DestFlags = view->flags;
        ret->ViewInfo[n].HoldRoute = rtm_handle(view->hold);
    }
}

void rtm_dest_info_of(const RTM_DEST_INFO *info, struct rtmv2_dest *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->dest = rtm_number(info->DestHandle);
    ret->count = info->NumberOfViews < RTMV2_VIEWS ? info->NumberOfViews : RTMV2_VIEWS;
    for (UINT n = 0; n < ret->count; n++) {
        ret->view[n].route = rtm_number(info->ViewInfo[n].Route);
        ret->view[n].owner = rtm_number(info->ViewInfo[n].Owner);
        ret->view[n].hold = rtm_number(info->ViewInfo[n].HoldRoute);
    }
}

/* Without views the pages' samples step over room for all. */
size_t rtm_dest_stride(uint32_t views)
{
    UINT count = 0;

    for (UINT n = 0; n < RTMV2_VIEWS; n++) count += views >> n & 1u;
    return RTM_SIZE_OF_DEST_INFO(count ? count : RTMV2_VIEWS);
}

/* ---- routes and next hops -------------------------------------------------------------------- */

void rtm_route_info(const struct rtmv2_route *route, RTM_ROUTE_INFO *ret)
{
    ret->DestHandle = rtm_handle(route->dest);
    ret->RouteOwner = rtm_handle(route->owner);
    ret->Neighbour = rtm_handle(route->neighbour);
    ret->State = route->state;
    ret->Flags1 = route->flags1;
    ret->Flags = route->flags;
    ret->PrefInfo.Metric = route->preference.metric;
    ret->PrefInfo.Preference = route->preference.preference;
    ret->BelongsToViews = route->views;
    ret->EntitySpecificInfo = route->specific;
    ret->NextHopsList.NumNextHops = (USHORT)route->hop_count;
    rtm_handles(route->hop_count, route->hops, ret->NextHopsList.NextHops);
}

mpr_status rtm_route_info_of(const RTM_ROUTE_INFO *info, struct rtmv2_route *ret)
{
    memset(ret, 0, sizeof(*ret));
    if (info->NextHopsList.NumNextHops > RTMV2_MAX_NEXT_HOPS) return ST_INVALID_PARAMETER;
    ret->dest = rtm_number(info->DestHandle);
    ret->owner = rtm_number(info->RouteOwner);
    ret->neighbour = rtm_number(info->Neighbour);
    ret->state = info->State;
    ret->flags1 = info->Flags1;
    ret->flags = info->Flags;
    ret->preference.metric = info->PrefInfo.Metric;
    ret->preference.preference = info->PrefInfo.Preference;
    ret->views = info->BelongsToViews;
    ret->specific = info->EntitySpecificInfo;
    ret->hop_count = info->NextHopsList.NumNextHops;
    for (UINT n = 0; n < ret->hop_count; n++)
        ret->hops[n] = rtm_number(info->NextHopsList.NextHops[n]);
    return ST_OK;
}

mpr_status rtm_route_criteria(const RTM_ROUTE_INFO *info, RTM_MATCH_FLAGS match,
                              struct rtmv2_route *ret)
{
    const RTM_MATCH_FLAGS read =
        RTM_MATCH_OWNER | RTM_MATCH_NEIGHBOUR | RTM_MATCH_PREF | RTM_MATCH_NEXTHOP;

    memset(ret, 0, sizeof(*ret));
    if (!(match & read)) return ST_OK;
    if (!info) return ST_INVALID_PARAMETER;
    if (match & RTM_MATCH_OWNER) ret->owner = rtm_number(info->RouteOwner);
    if (match & RTM_MATCH_NEIGHBOUR) ret->neighbour = rtm_number(info->Neighbour);
    if (match & RTM_MATCH_PREF) {
        ret->preference.metric = info->PrefInfo.Metric;
        ret->preference.preference = info->PrefInfo.Preference;
    }
    if (!(match & RTM_MATCH_NEXTHOP)) return ST_OK;
    if (!info->NextHopsList.NumNextHops) return ST_INVALID_PARAMETER;
    ret->hops[0] = rtm_number(info->NextHopsList.NextHops[0]);
    ret->hop_count = 1;
    return ST_OK;
}

void rtm_hop_info(enum rtm_family family, const struct rtmv2_hop *hop, RTM_NEXTHOP_INFO *ret)
{
    const struct rtm_prefix whole = {hop->address, (uint8_t)(family * 8)};

    memset(ret, 0, sizeof(*ret));
    ret->NextHopAddress = rtm_net_address(family, &whole);
    ret->NextHopOwner = rtm_handle(hop->owner);
    ret->InterfaceIndex = hop->interface;
    ret->State = hop->state;
    ret->Flags = hop->flags;
    ret->EntitySpecificInfo = hop->specific;
    ret->RemoteNextHop = rtm_handle(hop->remote);
}

mpr_status rtm_hop_info_of(const RTM_NEXTHOP_INFO *info, struct rtmv2_hop *ret)
{
    enum rtm_family family;
    struct rtm_prefix prefix;

    memset(ret, 0, sizeof(*ret));
    if (!rtm_prefix_of(&info->NextHopAddress, &family, &prefix)) return ST_INVALID_PARAMETER;
    ret->address = prefix.address;
    ret->owner = rtm_number(info->NextHopOwner);
    ret->interface = info->InterfaceIndex;
    ret->state = info->State;
    ret->flags = info->Flags;
    ret->specific = info->EntitySpecificInfo;
    ret->remote = rtm_number(info->RemoteNextHop);
    return ST_OK;
}
