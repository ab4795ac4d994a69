/* Routes, and the locks of them and of destinations. */
#include "rows.h"

static void added(struct scene *s)
{
    RTM_ROUTE_INFO *info = &s->route_info, viewless;
    RTM_ROUTE_HANDLE foreign;
    DWORD change = 0;

    info->BelongsToViews = UCAST;
    info->PrefInfo.Preference = 5;
    info->NextHopsList.NumNextHops = 1;
    info->NextHopsList.NextHops[0] = s->hop;
    s->net = rows_net(10, 88, 16);
    s->none = rows_net(11, 99, 16);
    ROW(RtmAddRouteToDest, NO_ERROR, s->a, &s->route, &s->net, info, INFINITE, NULL, 0, NULL,
        &change);
    foreign = s->route;
    ROW(RtmAddRouteToDest, ERROR_ACCESS_DENIED, s->b, &foreign, &s->net, info, INFINITE, NULL, 0,
        NULL, &change);
    ROW(RtmAddRouteToDest, ERROR_INVALID_HANDLE, s->gone, NULL, &s->net, info, INFINITE, NULL, 0,
        NULL, &change);
    viewless = *info;
    viewless.BelongsToViews = 0;
    ROW(RtmAddRouteToDest, ERROR_INVALID_PARAMETER, s->a, NULL, &s->net, &viewless, INFINITE, NULL,
        0, NULL, &change);
}

static void deleted(struct scene *s)
{
    RTM_NET_ADDRESS net = rows_net(10, 89, 16);
    RTM_ROUTE_HANDLE route = NULL;
    DWORD change = RTM_ROUTE_CHANGE_NEW;

    ROW(RtmDeleteRouteToDest, ERROR_ACCESS_DENIED, s->b, s->route, &change);
    ROW(RtmDeleteRouteToDest, ERROR_INVALID_HANDLE, s->a, BAD, &change);
    ROW(RtmAddRouteToDest, NO_ERROR, s->a, &route, &net, &s->route_info, INFINITE, NULL, 0, NULL,
        &change);
    ROW(RtmReferenceHandles, NO_ERROR, s->a, 1, &route);
    ROW(RtmDeleteRouteToDest, NO_ERROR, s->a, route, &change);
    ROW(RtmDeleteRouteToDest, ERROR_NOT_FOUND, s->a, route, &change);
    ROW(RtmReleaseRoutes, NO_ERROR, s->a, 1, &route);
    ROW(RtmReleaseRoutes, ERROR_INVALID_HANDLE, s->a, 1, &route);
}

static void shown(struct scene *s)
{
    union route_room room;
    RTM_ROUTE_HANDLE found = NULL;
    RTM_ROUTE_INFO *pointer;
    RTM_VIEW_SET views;

    ROW(RtmGetRouteInfo, NO_ERROR, s->b, s->route, &room.info, NULL);
    ROW(RtmReleaseRouteInfo, NO_ERROR, s->b, &room.info);
    ROW(RtmGetRouteInfo, ERROR_INVALID_HANDLE, s->b, BAD, &room.info, NULL);
    room.info.RouteOwner = BAD;
    ROW(RtmReleaseRouteInfo, ERROR_INVALID_HANDLE, s->b, &room.info);
    ROW(RtmGetRoutePointer, NO_ERROR, s->a, s->route, &pointer);
    ROW(RtmGetRoutePointer, ERROR_ACCESS_DENIED, s->b, s->route, &pointer);
    ROW(RtmGetRoutePointer, ERROR_INVALID_HANDLE, s->a, BAD, &pointer);
    ROW(RtmIsBestRoute, NO_ERROR, s->b, s->route, &views);
    ROW(RtmIsBestRoute, ERROR_INVALID_HANDLE, s->b, BAD, &views);
    ROW(RtmGetExactMatchRoute, NO_ERROR, s->b, &s->net, RTM_MATCH_NONE, &room.info, 0, UCAST,
        &found);
    ROW(RtmReleaseRouteInfo, NO_ERROR, s->b, &room.info);
    ROW(RtmReleaseRoutes, NO_ERROR, s->b, 1, &found);
    ROW(RtmGetExactMatchRoute, ERROR_NOT_FOUND, s->b, &s->none, RTM_MATCH_NONE, &room.info, 0,
        UCAST, &found);
    ROW(RtmGetExactMatchRoute, ERROR_INVALID_HANDLE, s->gone, &s->net, RTM_MATCH_NONE, &room.info,
        0, UCAST, &found);
}

void rows_routes(struct scene *s)
{
    added(s);
    deleted(s);
    shown(s);
}

void rows_locks(struct scene *s)
{
    RTM_ROUTE_INFO *pointer;
    DWORD change;

    ROW(RtmLockRoute, NO_ERROR, s->a, s->route, TRUE, TRUE, &pointer);
    ROW(RtmLockRoute, NO_ERROR, s->a, s->route, TRUE, FALSE, NULL);
    ROW(RtmLockRoute, ERROR_ACCESS_DENIED, s->b, s->route, TRUE, TRUE, &pointer);
    ROW(RtmLockRoute, ERROR_INVALID_HANDLE, s->a, BAD, TRUE, TRUE, &pointer);
    ROW(RtmUpdateAndUnlockRoute, ERROR_ACCESS_DENIED, s->a, s->route, INFINITE, NULL, 0, NULL,
        &change); /* not locked */
    ROW(RtmLockRoute, NO_ERROR, s->a, s->route, TRUE, TRUE, &pointer);
    ROW(RtmUpdateAndUnlockRoute, ERROR_ACCESS_DENIED, s->b, s->route, INFINITE, NULL, 0, NULL,
        &change);
    ROW(RtmUpdateAndUnlockRoute, NO_ERROR, s->a, s->route, INFINITE, NULL, 0, NULL, &change);
    ROW(RtmUpdateAndUnlockRoute, ERROR_INVALID_HANDLE, s->a, BAD, INFINITE, NULL, 0, NULL, &change);
    /* Updating ended the reference to the hop that the lock had given: one is left. */
}
