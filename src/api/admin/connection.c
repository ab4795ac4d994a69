/* MprAdminConnectionEnum, EnumEx, GetInfo, GetInfoEx. */
#include "api/admin/connection_levels.h"

#include <string.h>

/* What both enumerations do once their own arguments are in order. */
static mpr_status enumerate(HANDLE server, const struct connection_level *level, DWORD preferred,
                            void **ret, DWORD *ret_read, DWORD *ret_total, DWORD *resume)
{
    struct connection_page page = {.resume = resume ? *resume : 0};
    mpr_status status = connection_page_read(server, level, preferred, &page);

    if (status != ST_OK) return status;
    *ret = page.entries;
    *ret_read = page.read;
    *ret_total = page.total;
    if (resume) *resume = page.resume;
    return page.resume ? ST_MORE_DATA : ST_OK;
}

static void clear_results(void *ret, DWORD *ret_read, DWORD *ret_total)
{
    if (ret) *(void **)ret = NULL;
    if (ret_read) *ret_read = 0;
    if (ret_total) *ret_total = 0;
}

DWORD WINAPI MprAdminConnectionEnum(RAS_SERVER_HANDLE server, DWORD level, LPBYTE *ret,
                                    DWORD preferred, LPDWORD ret_read, LPDWORD ret_total,
                                    LPDWORD resume)
{
    const struct connection_level *l = connection_level(level, true);
    mpr_status status = api_check(server);
    void *entries = NULL;

    clear_results(ret, ret_read, ret_total);
    if (status == ST_OK && (!ret || !ret_read || !ret_total)) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && !l) status = ST_INVALID_LEVEL;
    if (status == ST_OK)
        status = enumerate(server, l, preferred, &entries, ret_read, ret_total, resume);
    if (entries) *ret = entries;
    return API_TRACE(status,
                     "MprAdminConnectionEnum(server=%h, level=%u, max=%u, resume=%p, read=%u)",
                     server, level, preferred, resume, ret_read ? *ret_read : 0);
}

DWORD APIENTRY MprAdminConnectionEnumEx(RAS_SERVER_HANDLE server, PMPRAPI_OBJECT_HEADER header,
                                        DWORD preferred, LPDWORD ret_read, LPDWORD ret_total,
                                        PRAS_CONNECTION_EX *ret, LPDWORD resume)
{
    mpr_status status = api_check(server);
    void *entries = NULL;

    clear_results(ret, ret_read, ret_total);
    if (status == ST_OK && (!ret || !ret_read || !ret_total)) status = ST_INVALID_PARAMETER;
    if (status == ST_OK) status = connection_header_check(header);
    if (status == ST_OK)
        status = enumerate(server, &connection_level_ex, preferred, &entries, ret_read, ret_total,
                           resume);
    if (entries) *ret = entries;
    return API_TRACE(status, "MprAdminConnectionEnumEx(server=%h, max=%u, resume=%p, read=%u)",
                     server, preferred, resume, ret_read ? *ret_read : 0);
}

DWORD WINAPI MprAdminConnectionGetInfo(RAS_SERVER_HANDLE server, DWORD level, HANDLE connection,
                                       LPBYTE *ret)
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
    return API_TRACE(status,
                     "MprAdminConnectionGetInfo(server=%h, level=%u, connection=%h, buffer=%p)",
                     server, level, connection, ret);
}

/* The structure is the caller's, whatever its page says of freeing it (docs/COMPATIBILITY.md,
 * MprAdminConnectionGetInfoEx). */
DWORD APIENTRY MprAdminConnectionGetInfoEx(RAS_SERVER_HANDLE server, HANDLE connection,
                                           PRAS_CONNECTION_EX ret)
{
    struct ras_connection c;
    mpr_status status = api_check(server);

    if (status == ST_OK) status = connection_header_check(ret ? &ret->Header : NULL);
    if (status == ST_OK) status = connection_read(server, connection, &c);
    if (status == ST_OK && ret) {
        memset(ret, 0, sizeof(*ret));
        ras_connection_ex(&c, ret);
    }
    return API_TRACE(status, "MprAdminConnectionGetInfoEx(server=%h, connection=%h, info=%p)",
                     server, connection, ret);
}
