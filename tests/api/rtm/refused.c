/* rtm.h and mgm.h: each function says that it is not supported, by its result, or beside 0 where
 * that is a handle, a number or a truth value. The declarations are made here: mingw-w64 has no
 * rtm.h, and its mgm.h names another calling convention than Windows has.
 */
#include <windows.h>

void rows_refused(void);
void rows_note(const char *function, DWORD line, DWORD want, DWORD got);

typedef DWORD_PTR word;

#define TYPES_1 word
#define TYPES_2 TYPES_1, word
#define TYPES_3 TYPES_2, word
#define TYPES_4 TYPES_3, word
#define TYPES_5 TYPES_4, word
#define TYPES_6 TYPES_5, word
#define TYPES_8 TYPES_6, word, word
#define ZEROS_1 0
#define ZEROS_2 ZEROS_1, 0
#define ZEROS_3 ZEROS_2, 0
#define ZEROS_4 ZEROS_3, 0
#define ZEROS_5 ZEROS_4, 0
#define ZEROS_6 ZEROS_5, 0
#define ZEROS_8 ZEROS_6, 0, 0

/* X(name, parameters) */
#define BY_RESULT(X)                    \
    X(RtmDeregisterClient, 1)           \
    X(RtmDequeueRouteChangeMessage, 4)  \
    X(RtmAddRoute, 6)                   \
    X(RtmDeleteRoute, 4)                \
    X(RtmEnumerateGetNextRoute, 2)      \
    X(RtmCloseEnumerationHandle, 1)     \
    X(RtmBlockDeleteRoutes, 3)          \
    X(RtmGetFirstRoute, 3)              \
    X(RtmGetNextRoute, 3)               \
    X(MgmRegisterMProtocol, 4)          \
    X(MgmDeRegisterMProtocol, 1)        \
    X(MgmTakeInterfaceOwnership, 3)     \
    X(MgmReleaseInterfaceOwnership, 3)  \
    X(MgmGetProtocolOnInterface, 4)     \
    X(MgmAddGroupMembershipEntry, 8)    \
    X(MgmDeleteGroupMembershipEntry, 8) \
    X(MgmGetMfe, 3)                     \
    X(MgmGetFirstMfe, 3)                \
    X(MgmGetNextMfe, 4)                 \
    X(MgmGetMfeStats, 4)                \
    X(MgmGetFirstMfeStats, 4)           \
    X(MgmGetNextMfeStats, 5)            \
    X(MgmGroupEnumerationStart, 3)      \
    X(MgmGroupEnumerationGetNext, 4)    \
    X(MgmGroupEnumerationEnd, 1)        \
    X(MgmSetMfe, 2)
#define BY_LAST_ERROR(X)             \
    X(RtmRegisterClient, 4)          \
    X(RtmIsRoute, 3)                 \
    X(RtmGetNetworkCount, 1)         \
    X(RtmGetRouteAge, 1)             \
    X(RtmCreateEnumerationHandle, 3) \
    X(RtmLookupIPDestination, 2)

#define DECLARE(name, parameters) word WINAPI name(TYPES_##parameters);
BY_RESULT(DECLARE)
BY_LAST_ERROR(DECLARE)

#define CALL(name, parameters) \
    rows_note(#name, __LINE__, ERROR_NOT_SUPPORTED, (DWORD)name(ZEROS_##parameters));
#define CALL_AND_LOOK(name, parameters)                  \
    SetLastError(NO_ERROR);                              \
    got = name(ZEROS_##parameters) ? 0 : GetLastError(); \
    rows_note(#name, __LINE__, ERROR_NOT_SUPPORTED, got);

void rows_refused(void)
{
    DWORD got;

    BY_RESULT(CALL)
    BY_LAST_ERROR(CALL_AND_LOOK)
}
