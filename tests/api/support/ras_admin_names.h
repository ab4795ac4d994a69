/* Prototypes of the NT 4.0 names, which no header of today's SDK has. Behind mprapi.h. */
#ifndef TESTS_API_RAS_ADMIN_NAMES_H
#define TESTS_API_RAS_ADMIN_NAMES_H

__typeof__(MprAdminConnectionEnum) RasAdminConnectionEnum;
__typeof__(MprAdminConnectionGetInfo) RasAdminConnectionGetInfo;
__typeof__(MprAdminConnectionClearStats) RasAdminConnectionClearStats;
__typeof__(MprAdminPortEnum) RasAdminPortEnum;
__typeof__(MprAdminPortGetInfo) RasAdminPortGetInfo;
__typeof__(MprAdminPortClearStats) RasAdminPortClearStats;
__typeof__(MprAdminPortReset) RasAdminPortReset;
__typeof__(MprAdminPortDisconnect) RasAdminPortDisconnect;
DWORD WINAPI RasAdminGetErrorString(UINT code, WCHAR *text, DWORD units);
DWORD WINAPI RasAdminUserGetInfo(const WCHAR *server, const WCHAR *user, RAS_USER_0 *info);
DWORD WINAPI RasAdminUserSetInfo(const WCHAR *server, const WCHAR *user, const RAS_USER_0 *info);

#endif
