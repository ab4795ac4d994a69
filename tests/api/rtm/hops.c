/* Next hops, and references to anything. */
#include "rows.h"

static void found(struct scene *s)
{
    RTM_NEXTHOP_INFO info = s->hop_info, *pointer;
    RTM_NEXTHOP_HANDLE handle = NULL;

    ROW(RtmFindNextHop, NO_ERROR, s->a, &info, &handle, &pointer);
    ROW(RtmReleaseNextHops, NO_ERROR, s->a, 1, &handle);
    ROW(RtmFindNextHop, ERROR_NOT_FOUND, s->b, &info, &handle, &pointer);
    ROW(RtmFindNextHop, ERROR_INVALID_HANDLE, s->gone, &info, &handle, &pointer);
    ROW(RtmGetNextHopInfo, NO_ERROR, s->b, s->hop, &info);
    ROW(RtmReleaseNextHopInfo, NO_ERROR, s->b, &info);
    ROW(RtmGetNextHopInfo, ERROR_INVALID_HANDLE, s->b, BAD, &info);
    info.NextHopOwner = BAD;
    ROW(RtmReleaseNextHopInfo, ERROR_INVALID_HANDLE, s->b, &info);
    ROW(RtmGetNextHopPointer, NO_ERROR, s->a, s->hop, &pointer);
    ROW(RtmGetNextHopPointer, ERROR_ACCESS_DENIED, s->b, s->hop, &pointer);
    ROW(RtmGetNextHopPointer, ERROR_INVALID_HANDLE, s->a, BAD, &pointer);
}

static void locked(struct scene *s)
{
    RTM_NEXTHOP_INFO info = s->hop_info, *pointer;
    RTM_NEXTHOP_HANDLE handle = NULL;
    DWORD change;

    ROW(RtmLockNextHop, NO_ERROR, s->a, s->hop, TRUE, TRUE, &pointer);
    ROW(RtmLockNextHop, NO_ERROR, s->a, s->hop, TRUE, FALSE, NULL);
    ROW(RtmLockNextHop, ERROR_ACCESS_DENIED, s->b, s->hop, TRUE, TRUE, &pointer);
    ROW(RtmLockNextHop, ERROR_INVALID_HANDLE, s->a, BAD, TRUE, TRUE, &pointer);
    info.InterfaceIndex = INTERFACE + 1;
    ROW(RtmAddNextHop, NO_ERROR, s->a, &info, &handle, &change);
    ROW(RtmReferenceHandles, NO_ERROR, s->a, 1, &handle);
    ROW(RtmDeleteNextHop, NO_ERROR, s->a, handle, NULL);
    ROW(RtmLockNextHop, ERROR_NOT_FOUND, s->a, handle, TRUE, TRUE, &pointer);
    ROW(RtmDeleteNextHop, ERROR_NOT_FOUND, s->a, handle, NULL);
    ROW(RtmReleaseNextHops, NO_ERROR, s->a, 1, &handle);
    ROW(RtmReleaseNextHops, ERROR_INVALID_HANDLE, s->a, 1, &handle);
}

void rows_next_hops(struct scene *s)
{
    RTM_NEXTHOP_HANDLE own = NULL, foreign;
    DWORD change;

    s->hop_info.NextHopAddress = rows_net(10, 0, 32);
    s->hop_info.InterfaceIndex = INTERFACE;
    ROW(RtmAddNextHop, NO_ERROR, s->a, &s->hop_info, &s->hop, &change);
    foreign = s->hop;
    ROW(RtmAddNextHop, ERROR_ACCESS_DENIED, s->b, &s->hop_info, &foreign, &change);
    ROW(RtmAddNextHop, ERROR_INVALID_HANDLE, s->gone, &s->hop_info, &own, &change);
    ROW(RtmDeleteNextHop, ERROR_ACCESS_DENIED, s->b, s->hop, NULL);
    ROW(RtmDeleteNextHop, ERROR_NOT_FOUND, s->b, NULL, &s->hop_info);
    ROW(RtmReferenceHandles, ERROR_INVALID_HANDLE, s->gone, 1, &s->hop);
    found(s);
    locked(s);
}
