/* MprAdminConnectionEnum, EnumEx, GetInfo, GetInfoEx. */
#include "api/admin/connection_levels.h"

#include <string.h>

#include "api/remote/remote.h"

/* What both enumerations do once their own arguments are in order. */
static mpr_status enumerate_connections(HANDLE server, const struct connection_level *level,
                                        DWORD preferred, const struct enum_results *results)
{
    struct enum_page page = enum_page_start(results);
    mpr_status status = connection_page_read(server, level, preferred, &page);

    return status ? status : enum_page_give(&page, results);
}

static mpr_status local_connection_enum(HANDLE server, DWORD level, DWORD preferred,
                                        const struct enum_results *results)
{
    const struct connection_level *l = connection_level(level, true);
    mpr_status status = api_check(server);

    if (!enum_results_clear(results) && status == ST_OK) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && !l) status = ST_INVALID_LEVEL;
    return status == ST_OK ? enumerate_connections(server, l, preferred, results) : status;
}

DWORD WINAPI MprAdminConnectionEnum(RAS_SERVER_HANDLE server, DWORD level, LPBYTE *ret,
                                    DWORD preferred, LPDWORD ret_read, LPDWORD ret_total,
                                    LPDWORD resume)
{
    const struct enum_results results = {ret, ret_read, ret_total, resume};
    mpr_status status = remote_is(server)
                            ? remote_connection_enum(server, level, preferred, &results)
                            : local_connection_enum(server, level, preferred, &results);

    return API_TRACE(status,
                     "MprAdminConnectionEnum(server=%h, level=%u, max=%u, resume=%p, read=%u)",
                     server, level, preferred, resume, ret_read ? *ret_read : 0);
}

static mpr_status local_connection_enum_ex(HANDLE server, const MPRAPI_OBJECT_HEADER *header,
                                           DWORD preferred, const struct enum_results *results)
{
    mpr_status status = api_check(server);

    if (!enum_results_clear(results) && status == ST_OK) status = ST_INVALID_PARAMETER;
    if (status == ST_OK) status = connection_header_check(header);
    if (status != ST_OK) return status;
    return enumerate_connections(server, &connection_level_ex, preferred, results);
}

DWORD APIENTRY MprAdminConnectionEnumEx(RAS_SERVER_HANDLE server, PMPRAPI_OBJECT_HEADER header,
                                        DWORD preferred, LPDWORD ret_read, LPDWORD ret_total,
                                        PRAS_CONNECTION_EX *ret, LPDWORD resume)
{
    BYTE *entries = NULL;
    const struct enum_results results = {ret ? &entries : NULL, ret_read, ret_total, resume};
    mpr_status status = remote_is(server)
                            ? remote_connection_enum_ex(server, header, preferred, &results)
                            : local_connection_enum_ex(server, header, preferred, &results);

    if (ret) *ret = (RAS_CONNECTION_EX *)(void *)entries;
    return API_TRACE(status, "MprAdminConnectionEnumEx(server=%h, max=%u, resume=%p, read=%u)",
                     server, preferred, resume, ret_read ? *ret_read : 0);
}

static mpr_status local_connection_get_info(HANDLE server, DWORD level, HANDLE connection,
                                            BYTE **ret)
{
    const struct connection_level *l = connection_level(level, false);
    struct ras_connection c;
    mpr_status status = api_check(server);

    if (ret) *ret = NULL;
    if (status == ST_OK && !ret) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && !l) status = ST_INVALID_LEVEL;
    if (status == ST_OK) status = connection_read(server, connection, &c);
    if (status == ST_OK) {
        *ret = api_buffer_new(l->size);
        if (*ret)
            l->fill(&c, *ret);
        else
            status = ST_NOT_ENOUGH_MEMORY;
    }
    return status;
}

DWORD WINAPI MprAdminConnectionGetInfo(RAS_SERVER_HANDLE server, DWORD level, HANDLE connection,
                                       LPBYTE *ret)
{
    mpr_status status = remote_is(server)
                            ? remote_connection_get_info(server, level, connection, ret)
                            : local_connection_get_info(server, level, connection, ret);

    return API_TRACE(status,
                     "MprAdminConnectionGetInfo(server=%h, level=%u, connection=%h, buffer=%p)",
                     server, level, connection, ret);
}

static mpr_status local_connection_get_info_ex(HANDLE server, HANDLE connection,
                                               RAS_CONNECTION_EX *ret)
{
    struct ras_connection c;
    mpr_status status = api_check(server);

    if (status == ST_OK) status = connection_header_check(ret ? &ret->Header : NULL);
    if (status == ST_OK) status = connection_read(server, connection, &c);
    if (status == ST_OK && ret) {
        memset(ret, 0, sizeof(*ret));
        ras_connection_ex(&c, ret);
    }
    return status;
}

/* The structure is the caller's, whatever its page says of freeing it (docs/COMPATIBILITY.md,
 * MprAdminConnectionGetInfoEx). */
DWORD APIENTRY MprAdminConnectionGetInfoEx(RAS_SERVER_HANDLE server, HANDLE connection,
                                           PRAS_CONNECTION_EX ret)
{
    mpr_status status = remote_is(server) ? remote_connection_get_info_ex(server, connection, ret)
                                          : local_connection_get_info_ex(server, connection, ret);

    return API_TRACE(status, "MprAdminConnectionGetInfoEx(server=%h, connection=%h, info=%p)",
                     server, connection, ret);
}
