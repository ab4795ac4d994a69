/* What rtm.dll passes on, and to whom.
 *
 * rtm.dll has the functions' names and nothing else: routing protocols import them from there, and
 * the table that they are about is the router's. So the router, which is in mprapi.dll, loads
 * rtm.dll before any protocol and gives it its functions. In a process without a router there are
 * none: RtmRegisterEntity gives ERROR_SERVICE_NOT_ACTIVE, and the others ERROR_INVALID_HANDLE,
 * since there is no registration.
 */
#ifndef MPR_RTMDLL_RTM_CALLS_H
#define MPR_RTMDLL_RTM_CALLS_H

#include <stdint.h>

/* X(name without Rtm, parameters): the functions of rtmv2.h. Each parameter takes one machine word,
 * so that a call can be passed on as it is. */
#define RTM_CALLS(X)                       \
    X(RegisterEntity, 6)                   \
    X(DeregisterEntity, 1)                 \
    X(GetRegisteredEntities, 4)            \
    X(ReleaseEntities, 3)                  \
    X(LockDestination, 4)                  \
    X(GetOpaqueInformationPointer, 3)      \
    X(GetEntityMethods, 4)                 \
    X(InvokeMethod, 5)                     \
    X(BlockMethods, 4)                     \
    X(GetEntityInfo, 3)                    \
    X(GetDestInfo, 5)                      \
    X(GetRouteInfo, 4)                     \
    X(GetNextHopInfo, 3)                   \
    X(ReleaseEntityInfo, 2)                \
    X(ReleaseDestInfo, 2)                  \
    X(ReleaseRouteInfo, 2)                 \
    X(ReleaseNextHopInfo, 2)               \
    X(AddRouteToDest, 9)                   \
    X(DeleteRouteToDest, 3)                \
    X(HoldDestination, 4)                  \
    X(GetRoutePointer, 3)                  \
    X(LockRoute, 5)                        \
    X(UpdateAndUnlockRoute, 7)             \
    X(GetExactMatchDestination, 5)         \
    X(GetMostSpecificDestination, 5)       \
    X(GetLessSpecificDestination, 5)       \
    X(GetExactMatchRoute, 7)               \
    X(IsBestRoute, 3)                      \
    X(AddNextHop, 4)                       \
    X(FindNextHop, 4)                      \
    X(DeleteNextHop, 3)                    \
    X(GetNextHopPointer, 3)                \
    X(LockNextHop, 5)                      \
    X(CreateDestEnum, 6)                   \
    X(GetEnumDests, 4)                     \
    X(ReleaseDests, 3)                     \
    X(CreateRouteEnum, 9)                  \
    X(GetEnumRoutes, 4)                    \
    X(ReleaseRoutes, 3)                    \
    X(CreateNextHopEnum, 4)                \
    X(GetEnumNextHops, 4)                  \
    X(ReleaseNextHops, 3)                  \
    X(DeleteEnumHandle, 2)                 \
    X(RegisterForChangeNotification, 5)    \
    X(GetChangedDests, 4)                  \
    X(ReleaseChangedDests, 4)              \
    X(IgnoreChangedDests, 4)               \
    X(GetChangeStatus, 4)                  \
    X(MarkDestForChangeNotification, 4)    \
    X(IsMarkedForChangeNotification, 4)    \
    X(DeregisterFromChangeNotification, 2) \
    X(CreateRouteList, 2)                  \
    X(InsertInRouteList, 4)                \
    X(CreateRouteListEnum, 3)              \
    X(GetListEnumRoutes, 4)                \
    X(DeleteRouteList, 2)                  \
    X(ReferenceHandles, 3)

enum rtm_call_number {
#define RTM_CALL_NUMBER(name, parameters) RTM_CALL_##name,
    RTM_CALLS(RTM_CALL_NUMBER)
#undef RTM_CALL_NUMBER
        RTM_CALL_COUNT
};

typedef void rtm_call(void); /* of one of these functions' types */

struct rtm_calls {
    uint32_t count; /* RTM_CALL_COUNT: both DLLs have the same list */
    rtm_call *call[RTM_CALL_COUNT];
};

/* rtm.dll's private export, by number: takes the router's functions, which stay valid until the
 * process ends. 0: they are of another version, and are not called. */
#define RTM_BIND_ORDINAL 1000
typedef int rtm_bind_fn(const struct rtm_calls *calls);

#endif
