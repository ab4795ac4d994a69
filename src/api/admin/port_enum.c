/* MprAdminPortEnum. Nothing in RAS_PORT_0 is the host's to tell, so a page is made under the lock.
 */
#include "api/enum_page.h"

#include "api/remote/remote.h"
#include "win32/admin/ras_records.h"

/* owner: a connection; 0: all ports. */
static mpr_status read_port_run(struct router *r, handle_t32 owner, uint32_t *resume, void *entries,
                                uint32_t max, uint32_t *ret_read, uint32_t *ret_total)
{
    struct port_info run[ENUM_RUN];
    RAS_PORT_0 *target = entries;
    mpr_status status = router_port_enum(r, owner, resume, run, max, ret_read, ret_total);

    for (uint32_t i = 0; i < *ret_read; i++) {
        struct ras_port port = {.info = run[i]};

        ras_port_0(&port, &target[i]);
    }
    return status;
}

static mpr_status page_make(struct router *r, handle_t32 connection, DWORD preferred,
                            struct enum_page *page)
{
    const struct enum_source source = {sizeof(RAS_PORT_0), connection, read_port_run};
    uint32_t used, count;

    router_port_count(r, &count, &used);
    if (connection && count > 1) count = 1; /* there is no multilink */
    return enum_page_read(r, &source, enum_page_capacity(preferred, sizeof(RAS_PORT_0), count),
                          page);
}

static mpr_status enumerate_ports(HANDLE server, HANDLE connection, DWORD preferred,
                                  struct enum_page *page)
{
    struct api_call call;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    if (connection == INVALID_HANDLE_VALUE)
        status = page_make(call.router, 0, preferred, page);
    else if (!api_handle(connection))
        status = ST_INVALID_HANDLE; /* NULL (page), or above 32 bits */
    else
        status = page_make(call.router, api_handle(connection), preferred, page);
    api_leave(&call);
    return status;
}

static mpr_status local_port_enum(HANDLE server, DWORD level, HANDLE connection, DWORD preferred,
                                  const struct enum_results *results)
{
    struct enum_page page = enum_page_start(results);
    mpr_status status = api_check(server);

    if (!enum_results_clear(results) && status == ST_OK) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && level != 0) status = ST_NOT_SUPPORTED;
    if (status == ST_OK) status = enumerate_ports(server, connection, preferred, &page);
    return status == ST_OK ? enum_page_give(&page, results) : status;
}

DWORD WINAPI MprAdminPortEnum(RAS_SERVER_HANDLE server, DWORD level, HANDLE connection, LPBYTE *ret,
                              DWORD preferred, LPDWORD ret_read, LPDWORD ret_total, LPDWORD resume)
{
    const struct enum_results results = {ret, ret_read, ret_total, resume};
    mpr_status status = remote_is(server)
                            ? remote_port_enum(server, level, connection, preferred, &results)
                            : local_port_enum(server, level, connection, preferred, &results);

    return API_TRACE(status,
                     "MprAdminPortEnum(server=%h, level=%u, connection=%h, max=%u, resume=%p, "
                     "read=%u, total=%u)",
                     server, level, connection, preferred, resume, ret_read ? *ret_read : 0,
                     ret_total ? *ret_total : 0);
}
