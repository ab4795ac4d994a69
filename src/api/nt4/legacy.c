/* RasAdmin*: the NT 4 names that only have another name for what MprAdmin* does, with arguments of
 * the same size on x86. The pages of the MprAdmin functions say so.
 */
#include "api/api.h"

/* Declared as its successor, and nothing but a call of it. */
#define SAME_AS(new_name, old_name, parameters, arguments) \
    DWORD WINAPI old_name parameters;                      \
    DWORD WINAPI old_name parameters                       \
    {                                                      \
        return new_name arguments;                         \
    }

SAME_AS(MprAdminConnectionEnum, RasAdminConnectionEnum,
        (RAS_SERVER_HANDLE server, DWORD level, BYTE **ret, DWORD wanted, DWORD *ret_count,
         DWORD *ret_total, DWORD *resume),
        (server, level, ret, wanted, ret_count, ret_total, resume))
SAME_AS(MprAdminConnectionGetInfo, RasAdminConnectionGetInfo,
        (RAS_SERVER_HANDLE server, DWORD level, HANDLE connection, BYTE **ret),
        (server, level, connection, ret))
SAME_AS(MprAdminConnectionClearStats, RasAdminConnectionClearStats,
        (RAS_SERVER_HANDLE server, HANDLE connection), (server, connection))
SAME_AS(MprAdminPortEnum, RasAdminPortEnum,
        (RAS_SERVER_HANDLE server, DWORD level, HANDLE connection, BYTE **ret, DWORD wanted,
         DWORD *ret_count, DWORD *ret_total, DWORD *resume),
        (server, level, connection, ret, wanted, ret_count, ret_total, resume))
SAME_AS(MprAdminPortGetInfo, RasAdminPortGetInfo,
        (RAS_SERVER_HANDLE server, DWORD level, HANDLE port, BYTE **ret),
        (server, level, port, ret))
SAME_AS(MprAdminPortClearStats, RasAdminPortClearStats, (RAS_SERVER_HANDLE server, HANDLE port),
        (server, port))
SAME_AS(MprAdminPortReset, RasAdminPortReset, (RAS_SERVER_HANDLE server, HANDLE port),
        (server, port))
SAME_AS(MprAdminPortDisconnect, RasAdminPortDisconnect, (RAS_SERVER_HANDLE server, HANDLE port),
        (server, port))
