/* Status codes of the core.
 *
 * Inside the core a result is the very number that the API returns (winerror.h, raserror.h,
 * mprerror.h), so that nothing has to be translated at the edge.  src/win32 asserts statically
 * that each value equals the ERROR_ constant of the same name.
 */
#ifndef MPR_BASE_STATUS_H
#define MPR_BASE_STATUS_H

#include <stdint.h>

typedef uint32_t mpr_status;

/* X(name, value): name without the ERROR_ prefix; ST_name is the constant. */
#define MPR_STATUS_TABLE(X)                 \
    X(FILE_NOT_FOUND, 2)                    \
    X(ACCESS_DENIED, 5)                     \
    X(INVALID_HANDLE, 6)                    \
    X(NOT_ENOUGH_MEMORY, 8)                 \
    X(INVALID_DATA, 13)                     \
    X(NOT_SUPPORTED, 50)                    \
    X(INVALID_PARAMETER, 87)                \
    X(BUFFER_OVERFLOW, 111)                 \
    X(CALL_NOT_IMPLEMENTED, 120)            \
    X(INSUFFICIENT_BUFFER, 122)             \
    X(INVALID_LEVEL, 124)                   \
    X(MOD_NOT_FOUND, 126)                   \
    X(PROC_NOT_FOUND, 127)                  \
    X(ALREADY_EXISTS, 183)                  \
    X(MORE_DATA, 234)                       \
    X(NO_MORE_ITEMS, 259)                   \
    X(MR_MID_NOT_FOUND, 317)                \
    X(OPERATION_ABORTED, 995)               \
    X(LINE_BUSY, 676)                       \
    X(NO_ANSWER, 678)                       \
    X(AUTHENTICATION_FAILURE, 691)          \
    X(CAN_NOT_COMPLETE, 1003)               \
    X(SERVICE_NOT_ACTIVE, 1062)             \
    X(NOT_FOUND, 1168)                      \
    X(NO_SYSTEM_RESOURCES, 1450)            \
    X(TIMEOUT, 1460)                        \
    X(INVALID_PORT_HANDLE, 601)             \
    X(CANNOT_OPEN_PHONEBOOK, 621)           \
    X(CANNOT_LOAD_PHONEBOOK, 622)           \
    X(CANNOT_FIND_PHONEBOOK_ENTRY, 623)     \
    X(CANNOT_WRITE_PHONEBOOK, 624)          \
    X(NO_DIALIN_PERMISSION, 649)            \
    X(NO_IP_ADDRESSES, 717)                 \
    X(ROUTER_STOPPED, 900)                  \
    X(ALREADY_CONNECTED, 901)               \
    X(UNKNOWN_PROTOCOL_ID, 902)             \
    X(DDM_NOT_RUNNING, 903)                 \
    X(INTERFACE_ALREADY_EXISTS, 904)        \
    X(NO_SUCH_INTERFACE, 905)               \
    X(INTERFACE_NOT_CONNECTED, 906)         \
    X(PROTOCOL_STOP_PENDING, 907)           \
    X(INTERFACE_CONNECTED, 908)             \
    X(NO_INTERFACE_CREDENTIALS_SET, 909)    \
    X(ALREADY_CONNECTING, 910)              \
    X(UPDATE_IN_PROGRESS, 911)              \
    X(INTERFACE_CONFIGURATION, 912)         \
    X(NOT_CLIENT_PORT, 913)                 \
    X(CLIENT_INTERFACE_ALREADY_EXISTS, 915) \
    X(INTERFACE_DISABLED, 916)              \
    X(INTERFACE_HAS_NO_DEVICES, 925)        \
    X(INTERFACE_UNREACHABLE, 927)           \
    X(SERVICE_IS_PAUSED, 928)               \
    X(INTERFACE_DISCONNECTED, 929)          \
    X(AUTH_SERVER_TIMEOUT, 930)             \
    X(MAX_CLIENT_INTERFACE_LIMIT, 935)      \
    X(DIALOUT_HOURS_RESTRICTION, 944)       \
    X(PROTOCOL_ALREADY_INSTALLED, 948)

enum {
    ST_OK = 0,
    ST_PENDING = 600, /* PENDING of raserror.h; no ERROR_ prefix */
    /* RPC_S_ and RPC_X_ codes of rpcnterr.h */
    ST_RPC_INVALID_BINDING = 1702,
    ST_RPC_SERVER_UNAVAILABLE = 1722,
    ST_RPC_SERVER_TOO_BUSY = 1723,
    ST_RPC_CALL_FAILED = 1726,
    ST_RPC_PROCNUM_OUT_OF_RANGE = 1745,
    ST_RPC_NULL_REF_POINTER = 1780,
    ST_RPC_BAD_STUB_DATA = 1783,
#define MPR_STATUS_ENUM(name, value) ST_##name = value,
    MPR_STATUS_TABLE(MPR_STATUS_ENUM)
#undef MPR_STATUS_ENUM
};

/* The SDK's name of a status ("ERROR_INVALID_HANDLE", "PENDING", "NO_ERROR"); "ERROR_?" for a
 * number that the table lacks.  Never NULL. */
const char *status_name(mpr_status status);

#endif
