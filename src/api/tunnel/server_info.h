/* MPR_SERVER_1 and MPR_SERVER_2 from and to the registry, for the MprAdminServer and
 * MprConfigServer functions. */
#ifndef MPR_API_SERVER_INFO_H
#define MPR_API_SERVER_INFO_H

#include "api/api.h"
#include "win32/store/miniport_store.h"

/* The stored ports of a protocol (server_ports.c). */
void server_ports_read(enum miniport_kind kind, DWORD *ret_count, DWORD *ret_flags);
void server_ports_level_1(MPR_SERVER_1 *ret);
void server_ports_level_2(MPR_SERVER_2 *ret);

/* ST_NOT_SUPPORTED: a level other than 1 and 2; ST_INVALID_PARAMETER: buffer NULL, a count of 0 or
 * above the maximum, or flags that the protocol can't have. SERVER_REBOOT_REQUIRED: stored, and
 * more than this start allows. All blocks are checked before the first is stored. */
mpr_status server_info_store(DWORD level, const BYTE *buffer);

#endif
