/* Levels of MprAdminConnectionEnum and MprAdminConnectionGetInfo, and reading connections for
 * them. */
#ifndef MPR_API_CONNECTION_LEVELS_H
#define MPR_API_CONNECTION_LEVELS_H

#include "api/enum_page.h"
#include "win32/admin/ras_records.h"

/* Of MprAdminConnectionGetInfo; MprAdminConnectionEnum has one more (MS-RRASM;
 * docs/COMPATIBILITY.md, MprAdminConnectionEnum). */
#define CONNECTION_LEVELS 4u

struct connection_level {
    size_t size;
    void (*fill)(const struct ras_connection *c, void *target); /* zeroed */
};

/* NULL: no such level; levels of GetInfo only unless enumerating. */
const struct connection_level *connection_level(DWORD level, bool enumerating);
extern const struct connection_level connection_level_ex; /* RAS_CONNECTION_EX */

/* The header that selects RAS_CONNECTION_EX: ST_INVALID_PARAMETER when it is NULL or none of this
 * type and revision. Its size is that of the structure, or, as in MS-RRASM's example, its own. */
mpr_status connection_header_check(const MPRAPI_OBJECT_HEADER *header);

/* For calls that were let in (api_check). Looks a live connection up, and its figures at the host.
 * ST_DDM_NOT_RUNNING on a LAN-only router, ST_INTERFACE_NOT_CONNECTED and ST_INVALID_PARAMETER as
 * router_connection_info. */
mpr_status connection_read(HANDLE server, HANDLE connection, struct ras_connection *ret);

/* A page of connections. ST_DDM_NOT_RUNNING as above, ST_NOT_ENOUGH_MEMORY. */
mpr_status connection_page_read(HANDLE server, const struct connection_level *level,
                                DWORD preferred, struct enum_page *page);

#endif
