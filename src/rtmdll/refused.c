/* What rtm.dll has by name only: version 1 of the Routing Table Manager (rtm.h), which RTMv2 has
 * replaced, and the Multicast Group Manager (mgm.h), for there is no multicast forwarding. A
 * protocol that imports it loads, and is told ERROR_NOT_SUPPORTED: as the result, or, where that is
 * a handle, a number or a truth value, as the last error beside 0.
 */
#include "words.h"

#define REFUSED(name, parameters, result)      \
    DWORD_PTR WINAPI name(WORDS_##parameters); \
    DWORD_PTR WINAPI name(WORDS_##parameters)  \
    {                                          \
        IGNORE_##parameters;                   \
        SetLastError(ERROR_NOT_SUPPORTED);     \
        return result;                         \
    }

/* Version 1: handles, then BOOL, ULONG or DWORD. */
REFUSED(RtmRegisterClient, 4, 0)
REFUSED(RtmDeregisterClient, 1, ERROR_NOT_SUPPORTED)
REFUSED(RtmDequeueRouteChangeMessage, 4, ERROR_NOT_SUPPORTED)
REFUSED(RtmAddRoute, 6, ERROR_NOT_SUPPORTED)
REFUSED(RtmDeleteRoute, 4, ERROR_NOT_SUPPORTED)
REFUSED(RtmIsRoute, 3, 0)
REFUSED(RtmGetNetworkCount, 1, 0)
REFUSED(RtmGetRouteAge, 1, 0)
REFUSED(RtmCreateEnumerationHandle, 3, 0)
REFUSED(RtmEnumerateGetNextRoute, 2, ERROR_NOT_SUPPORTED)
REFUSED(RtmCloseEnumerationHandle, 1, ERROR_NOT_SUPPORTED)
REFUSED(RtmBlockDeleteRoutes, 3, ERROR_NOT_SUPPORTED)
REFUSED(RtmGetFirstRoute, 3, ERROR_NOT_SUPPORTED)
REFUSED(RtmGetNextRoute, 3, ERROR_NOT_SUPPORTED)
REFUSED(RtmLookupIPDestination, 2, 0)

/* MGM */
REFUSED(MgmRegisterMProtocol, 4, ERROR_NOT_SUPPORTED)
REFUSED(MgmDeRegisterMProtocol, 1, ERROR_NOT_SUPPORTED)
REFUSED(MgmTakeInterfaceOwnership, 3, ERROR_NOT_SUPPORTED)
REFUSED(MgmReleaseInterfaceOwnership, 3, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetProtocolOnInterface, 4, ERROR_NOT_SUPPORTED)
REFUSED(MgmAddGroupMembershipEntry, 8, ERROR_NOT_SUPPORTED)
REFUSED(MgmDeleteGroupMembershipEntry, 8, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetMfe, 3, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetFirstMfe, 3, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetNextMfe, 4, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetMfeStats, 4, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetFirstMfeStats, 4, ERROR_NOT_SUPPORTED)
REFUSED(MgmGetNextMfeStats, 5, ERROR_NOT_SUPPORTED)
REFUSED(MgmGroupEnumerationStart, 3, ERROR_NOT_SUPPORTED)
REFUSED(MgmGroupEnumerationGetNext, 4, ERROR_NOT_SUPPORTED)
REFUSED(MgmGroupEnumerationEnd, 1, ERROR_NOT_SUPPORTED)
REFUSED(MgmSetMfe, 2, ERROR_NOT_SUPPORTED)
