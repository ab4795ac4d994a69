/* Destinations, enumerations, changes and lists. */
#include "rows.h"

static void matched(struct scene *s)
{
    union dest_room dest;

    ROW(RtmGetMostSpecificDestination, NO_ERROR, s->b, &s->net, RTM_BEST_PROTOCOL, UCAST,
        &dest.info);
    ROW(RtmReleaseDestInfo, NO_ERROR, s->b, &dest.info);
    ROW(RtmGetMostSpecificDestination, ERROR_NOT_FOUND, s->b, &s->none, RTM_BEST_PROTOCOL, UCAST,
        &dest.info);
    ROW(RtmGetMostSpecificDestination, ERROR_INVALID_HANDLE, s->gone, &s->net, RTM_BEST_PROTOCOL,
        UCAST, &dest.info);
    ROW(RtmGetExactMatchDestination, ERROR_NOT_FOUND, s->b, &s->none, RTM_BEST_PROTOCOL, UCAST,
        &dest.info);
    ROW(RtmGetExactMatchDestination, ERROR_INVALID_HANDLE, s->gone, &s->net, RTM_BEST_PROTOCOL,
        UCAST, &dest.info);
    ROW(RtmGetLessSpecificDestination, ERROR_NOT_FOUND, s->b, s->dest, RTM_BEST_PROTOCOL, UCAST,
        &dest.info);
    ROW(RtmGetLessSpecificDestination, ERROR_INVALID_PARAMETER, s->b, s->dest, RTM_BEST_PROTOCOL,
        UCAST, NULL);
    ROW(RtmGetLessSpecificDestination, ERROR_INVALID_HANDLE, s->b, BAD, RTM_BEST_PROTOCOL, UCAST,
        &dest.info);
    ROW(RtmGetDestInfo, NO_ERROR, s->b, s->dest, RTM_BEST_PROTOCOL, UCAST, &dest.info);
    ROW(RtmReleaseDestInfo, NO_ERROR, s->b, &dest.info);
    ROW(RtmGetDestInfo, ERROR_INVALID_HANDLE, s->b, BAD, RTM_BEST_PROTOCOL, UCAST, &dest.info);
}

static void less_specific(struct scene *s)
{
    RTM_NET_ADDRESS net = rows_net(10, 0, 8);
    RTM_ROUTE_HANDLE route = NULL;
    union dest_room dest;
    DWORD change = 0;

    ROW(RtmAddRouteToDest, NO_ERROR, s->a, &route, &net, &s->route_info, INFINITE, NULL, 0, NULL,
        &change);
    ROW(RtmGetLessSpecificDestination, NO_ERROR, s->b, s->dest, RTM_BEST_PROTOCOL, UCAST,
        &dest.info);
    ROW(RtmReleaseDestInfo, NO_ERROR, s->b, &dest.info);
    ROW(RtmDeleteRouteToDest, NO_ERROR, s->a, route, &change);
}

void rows_destinations(struct scene *s)
{
    union dest_room dest = {.info = {0}};
    PVOID slot;

    ROW(RtmGetExactMatchDestination, NO_ERROR, s->a, &s->net, RTM_BEST_PROTOCOL, RTM_VIEW_MASK_ANY,
        &dest.info);
    s->dest = dest.info.DestHandle;
    matched(s);
    less_specific(s);
    ROW(RtmHoldDestination, ERROR_INVALID_PARAMETER, s->a, s->dest, UCAST, 0);
    ROW(RtmHoldDestination, ERROR_INVALID_HANDLE, s->a, BAD, UCAST, 1);
    ROW(RtmHoldDestination, NO_ERROR, s->a, s->dest, UCAST, 1);
    ROW(RtmGetOpaqueInformationPointer, NO_ERROR, s->b, s->dest, &slot);
    ROW(RtmGetOpaqueInformationPointer, ERROR_NOT_FOUND, s->a, s->dest, &slot);
    ROW(RtmGetOpaqueInformationPointer, ERROR_INVALID_HANDLE, s->b, BAD, &slot);
    ROW(RtmLockDestination, NO_ERROR, s->b, s->dest, TRUE, TRUE);
    ROW(RtmLockDestination, NO_ERROR, s->b, s->dest, TRUE, FALSE);
    ROW(RtmLockDestination, ERROR_ACCESS_DENIED, s->b, s->dest, TRUE, FALSE);
    ROW(RtmLockDestination, ERROR_INVALID_HANDLE, s->b, BAD, TRUE, TRUE);
}

/* ---- enumerations ---------------------------------------------------------------------------- */

static void of_dests(struct scene *s)
{
    RTM_ENUM_HANDLE all = NULL;
    union dest_room dests;
    UINT count = 1, many = s->profile.MaxHandlesInEnum + 1;

    ROW(RtmCreateDestEnum, NO_ERROR, s->a, UCAST, RTM_ENUM_RANGE, &s->net, RTM_BEST_PROTOCOL, &all);
    ROW(RtmCreateDestEnum, ERROR_INVALID_PARAMETER, s->a, UCAST, RTM_ENUM_RANGE, NULL,
        RTM_BEST_PROTOCOL, &all);
    ROW(RtmCreateDestEnum, ERROR_NOT_SUPPORTED, s->a, NO_VIEW, RTM_ENUM_START, NULL,
        RTM_BEST_PROTOCOL, &all);
    ROW(RtmCreateDestEnum, ERROR_INVALID_HANDLE, s->gone, UCAST, RTM_ENUM_START, NULL,
        RTM_BEST_PROTOCOL, &all);
    ROW(RtmGetEnumDests, NO_ERROR, s->a, all, &count, &dests.info);
    ROW(RtmReleaseDests, NO_ERROR, s->a, 1, &dests.info);
    ROW(RtmGetEnumDests, ERROR_INVALID_PARAMETER, s->a, all, &many, &dests.info);
    ROW(RtmGetEnumDests, ERROR_NO_MORE_ITEMS, s->a, all, &count, &dests.info);
    count = 1;
    ROW(RtmGetEnumDests, ERROR_INVALID_HANDLE, s->b, all, &count, &dests.info);
    dests.info.DestHandle = BAD;
    dests.info.NumberOfViews = 0;
    ROW(RtmReleaseDests, ERROR_INVALID_HANDLE, s->a, 1, &dests.info);
    ROW(RtmDeleteEnumHandle, NO_ERROR, s->a, all);
    ROW(RtmDeleteEnumHandle, ERROR_INVALID_HANDLE, s->a, all);
}

static void of_routes(struct scene *s)
{
    RTM_ENUM_HANDLE all = NULL;
    RTM_ROUTE_HANDLE routes[2];
    UINT count = 1, many = s->profile.MaxHandlesInEnum + 1;

    ROW(RtmCreateRouteEnum, NO_ERROR, s->a, s->dest, UCAST, RTM_ENUM_START, NULL, RTM_MATCH_NONE,
        NULL, 0, &all);
    ROW(RtmCreateRouteEnum, ERROR_INVALID_PARAMETER, s->a, NULL, UCAST, RTM_ENUM_START, NULL,
        RTM_MATCH_OWNER, NULL, 0, &all);
    ROW(RtmCreateRouteEnum, ERROR_NOT_SUPPORTED, s->a, NULL, NO_VIEW, RTM_ENUM_START, NULL,
        RTM_MATCH_NONE, NULL, 0, &all);
    ROW(RtmCreateRouteEnum, ERROR_INVALID_HANDLE, s->a, BAD, UCAST, RTM_ENUM_START, NULL,
        RTM_MATCH_NONE, NULL, 0, &all);
    ROW(RtmGetEnumRoutes, NO_ERROR, s->a, all, &count, routes);
    ROW(RtmReleaseRoutes, NO_ERROR, s->a, 1, routes);
    ROW(RtmGetEnumRoutes, ERROR_INVALID_PARAMETER, s->a, all, &many, routes);
    ROW(RtmGetEnumRoutes, ERROR_NO_MORE_ITEMS, s->a, all, &count, routes);
    count = 1;
    ROW(RtmGetEnumRoutes, ERROR_INVALID_HANDLE, s->b, all, &count, routes);
    ROW(RtmDeleteEnumHandle, NO_ERROR, s->a, all);
}

static void of_hops(struct scene *s)
{
    RTM_ENUM_HANDLE all = NULL;
    RTM_NEXTHOP_HANDLE hops[2];
    UINT count = 1, many = s->profile.MaxHandlesInEnum + 1;

    ROW(RtmCreateNextHopEnum, NO_ERROR, s->a, RTM_ENUM_START, NULL, &all);
    ROW(RtmCreateNextHopEnum, ERROR_INVALID_PARAMETER, s->a, RTM_ENUM_RANGE, NULL, &all);
    ROW(RtmCreateNextHopEnum, ERROR_INVALID_HANDLE, s->gone, RTM_ENUM_START, NULL, &all);
    ROW(RtmGetEnumNextHops, NO_ERROR, s->a, all, &count, hops);
    ROW(RtmReleaseNextHops, NO_ERROR, s->a, 1, hops);
    ROW(RtmGetEnumNextHops, ERROR_INVALID_PARAMETER, s->a, all, &many, hops);
    ROW(RtmGetEnumNextHops, ERROR_NO_MORE_ITEMS, s->a, all, &count, hops);
    count = 1;
    ROW(RtmGetEnumNextHops, ERROR_INVALID_HANDLE, s->b, all, &count, hops);
    ROW(RtmDeleteEnumHandle, NO_ERROR, s->a, all);
}

void rows_enumerations(struct scene *s)
{
    of_dests(s);
    of_routes(s);
    of_hops(s);
}

/* ---- changes --------------------------------------------------------------------------------- */

#define WATCHERS 64

/* As many as there may be. */
static void watchers(struct scene *s)
{
    RTM_NOTIFY_HANDLE all[WATCHERS];
    UINT count = 0;
    DWORD code;

    do
        code =
            RtmRegisterForChangeNotification(s->a, UCAST, RTM_CHANGE_TYPE_BEST, NULL, &all[count]);
    while (code == NO_ERROR && ++count < WATCHERS - 1);
    ROW(RtmRegisterForChangeNotification, ERROR_NO_SYSTEM_RESOURCES, s->a, UCAST,
        RTM_CHANGE_TYPE_BEST, NULL, &all[count]);
    while (count) ROW(RtmDeregisterFromChangeNotification, NO_ERROR, s->a, all[--count]);
}

static void marked(struct scene *s, RTM_NOTIFY_HANDLE notify)
{
    RTM_DEST_HANDLE bad = BAD;
    BOOL is;

    ROW(RtmMarkDestForChangeNotification, NO_ERROR, s->a, notify, s->dest, TRUE);
    ROW(RtmMarkDestForChangeNotification, ERROR_INVALID_HANDLE, s->a, notify, BAD, TRUE);
    ROW(RtmIsMarkedForChangeNotification, NO_ERROR, s->a, notify, s->dest, &is);
    ROW(RtmIsMarkedForChangeNotification, ERROR_INVALID_HANDLE, s->a, notify, BAD, &is);
    ROW(RtmGetChangeStatus, NO_ERROR, s->a, notify, s->dest, &is);
    ROW(RtmGetChangeStatus, ERROR_INVALID_HANDLE, s->a, BAD, s->dest, &is);
    ROW(RtmIgnoreChangedDests, NO_ERROR, s->a, notify, 1, &s->dest);
    ROW(RtmIgnoreChangedDests, ERROR_INVALID_HANDLE, s->a, notify, 1, &bad);
}

void rows_changes(struct scene *s)
{
    UINT count = 1, many = s->profile.MaxHandlesInEnum + 1;
    RTM_NET_ADDRESS net = rows_net(10, 90, 16);
    RTM_NOTIFY_HANDLE notify = NULL;
    RTM_ROUTE_HANDLE route = NULL;
    union dest_room dests;
    DWORD change = 0;

    ROW(RtmRegisterForChangeNotification, NO_ERROR, s->a, UCAST, RTM_CHANGE_TYPE_BEST, s, &notify);
    ROW(RtmRegisterForChangeNotification, ERROR_INVALID_PARAMETER, s->a, UCAST, 0, s, &notify);
    ROW(RtmRegisterForChangeNotification, ERROR_NOT_SUPPORTED, s->a, NO_VIEW, RTM_CHANGE_TYPE_BEST,
        s, &notify);
    ROW(RtmRegisterForChangeNotification, ERROR_INVALID_HANDLE, s->gone, UCAST,
        RTM_CHANGE_TYPE_BEST, s, &notify);
    ROW(RtmAddRouteToDest, NO_ERROR, s->a, &route, &net, &s->route_info, INFINITE, NULL, 0, NULL,
        &change);
    ROW(RtmGetChangedDests, NO_ERROR, s->a, notify, &count, &dests.info);
    ROW(RtmReleaseChangedDests, NO_ERROR, s->a, notify, count, &dests.info);
    ROW(RtmReleaseChangedDests, ERROR_INVALID_HANDLE, s->a, BAD, 1, &dests.info);
    ROW(RtmGetChangedDests, ERROR_INVALID_PARAMETER, s->a, notify, &many, &dests.info);
    ROW(RtmGetChangedDests, ERROR_NO_MORE_ITEMS, s->a, notify, &count, &dests.info);
    count = 1;
    ROW(RtmGetChangedDests, ERROR_INVALID_HANDLE, s->b, notify, &count, &dests.info);
    ROW(RtmDeleteRouteToDest, NO_ERROR, s->a, route, &change);
    marked(s, notify);
    ROW(RtmDeregisterFromChangeNotification, NO_ERROR, s->a, notify);
    ROW(RtmDeregisterFromChangeNotification, ERROR_INVALID_HANDLE, s->a, notify);
    watchers(s);
}

/* ---- lists ----------------------------------------------------------------------------------- */

void rows_lists(struct scene *s)
{
    UINT count = 2, many = s->profile.MaxHandlesInEnum + 1;
    RTM_ROUTE_LIST_HANDLE list = NULL;
    RTM_ENUM_HANDLE all = NULL;
    RTM_ROUTE_HANDLE routes[2];

    ROW(RtmCreateRouteList, NO_ERROR, s->a, &list);
    ROW(RtmCreateRouteList, ERROR_INVALID_HANDLE, s->gone, &list);
    ROW(RtmInsertInRouteList, NO_ERROR, s->a, list, 1, &s->route);
    ROW(RtmInsertInRouteList, ERROR_INVALID_HANDLE, s->b, list, 0, NULL);
    ROW(RtmCreateRouteListEnum, NO_ERROR, s->a, list, &all);
    ROW(RtmCreateRouteListEnum, ERROR_INVALID_HANDLE, s->a, BAD, &all);
    ROW(RtmGetListEnumRoutes, NO_ERROR, s->a, all, &count, routes);
    ROW(RtmReleaseRoutes, NO_ERROR, s->a, count, routes);
    ROW(RtmGetListEnumRoutes, ERROR_INVALID_PARAMETER, s->a, all, &many, routes);
    ROW(RtmGetListEnumRoutes, ERROR_INVALID_HANDLE, s->a, BAD, &count, routes);
    ROW(RtmDeleteEnumHandle, NO_ERROR, s->a, all);
    ROW(RtmDeleteRouteList, NO_ERROR, s->a, list);
    ROW(RtmDeleteRouteList, ERROR_INVALID_HANDLE, s->a, list);
    ROW(RtmDeleteRouteToDest, NO_ERROR, s->a, s->route, NULL);
}
