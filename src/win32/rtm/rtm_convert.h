/* Between the structures of rtmv2.h (SDK) and those of rtmv2/rtmv2.h (ours). Pointers that
 * protocols give are read before the router's lock is taken, and written after it has been left: a
 * bad one costs only its owner. */
#ifndef MPR_WIN32_RTM_CONVERT_H
#define MPR_WIN32_RTM_CONVERT_H

#include "rtmv2/rtmv2.h"
#include "win32/sys/windows_api.h"

#include <rtmv2.h>

#include "win32/sys/no_interface_macro.h"

/* 0, which nothing has, for what no handle can be. */
handle_t32 rtm_number(HANDLE handle);
HANDLE rtm_handle(handle_t32 number);
/* mem_alloc'd; NULL: no memory, or none are asked for. */
handle_t32 *rtm_numbers(UINT count, const HANDLE *handles);
void rtm_handles(UINT count, const handle_t32 *numbers, HANDLE *ret);

/* False: another family than one of the two, or too long. */
bool rtm_prefix_of(const RTM_NET_ADDRESS *net, enum rtm_family *ret_family, struct rtm_prefix *ret);
RTM_NET_ADDRESS rtm_net_address(enum rtm_family family, const struct rtm_prefix *prefix);

void rtm_entity_info(const struct rtmv2_entity_info *info, RTM_ENTITY_INFO *ret);
/* False: no such family. */
bool rtm_entity_info_of(const RTM_ENTITY_INFO *info, struct rtmv2_entity_info *ret);

/* So many views are written as there are in it; now: engine_clock(). */
void rtm_dest_info(enum rtm_family family, const struct rtmv2_dest *dest, msec now,
                   RTM_DEST_INFO *ret);
/* What of it is a handle: for releasing. count views are read. */
void rtm_dest_info_of(const RTM_DEST_INFO *info, struct rtmv2_dest *ret);
/* Octets from one to the next in an array of such with that mask of views. */
size_t rtm_dest_stride(uint32_t views);

/* One with room for all the next hops that a route may have. */
union rtm_route_room {
    RTM_ROUTE_INFO info;
    HANDLE room[sizeof(RTM_ROUTE_INFO) / sizeof(HANDLE) + RTMV2_MAX_NEXT_HOPS];
};
/* NumNextHops handles are written, and no more. */
void rtm_route_info(const struct rtmv2_route *route, RTM_ROUTE_INFO *ret);
/* ST_INVALID_PARAMETER: too many next hops. */
mpr_status rtm_route_info_of(const RTM_ROUTE_INFO *info, struct rtmv2_route *ret);
/* Only what of it is to match (RTM_MATCH_*); the rest is not read. info may be NULL where nothing
 * is. ST_INVALID_PARAMETER: it lacks what is to match. */
mpr_status rtm_route_criteria(const RTM_ROUTE_INFO *info, RTM_MATCH_FLAGS match,
                              struct rtmv2_route *ret);

void rtm_hop_info(enum rtm_family family, const struct rtmv2_hop *hop, RTM_NEXTHOP_INFO *ret);
/* ST_INVALID_PARAMETER: an address of neither family. How many bits it is said to have is ignored.
 */
mpr_status rtm_hop_info_of(const RTM_NEXTHOP_INFO *info, struct rtmv2_hop *ret);

#endif
