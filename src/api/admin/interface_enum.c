/* MprAdminInterfaceEnum. */
#include "api/enum_page.h"
#include "api/admin/interface_levels.h"
#include "api/remote/remote.h"

static mpr_status read_interface_run(struct router *r, handle_t32 owner, uint32_t *resume,
                                     void *entries, uint32_t max, uint32_t *ret_read,
                                     uint32_t *ret_total)
{
    struct interface_info run[ENUM_RUN];
    MPR_INTERFACE_0 *target = entries;
    mpr_status status = router_interface_enum(r, resume, run, max, ret_read, ret_total);

    (void)owner;
    for (uint32_t i = 0; i < *ret_read; i++) interface_output_0(&run[i], &target[i]);
    return status;
}

static mpr_status enumerate_interfaces(HANDLE server, DWORD preferred, struct enum_page *page)
{
    static const struct enum_source source = {.entry_size = sizeof(MPR_INTERFACE_0),
                                              .run = read_interface_run};
    struct api_call call;
    mpr_status status = api_enter_again(&call, server);
    uint32_t capacity;

    if (status != ST_OK) return status;
    capacity =
        enum_page_capacity(preferred, source.entry_size, router_interface_count(call.router));
    status = enum_page_read(call.router, &source, capacity, page);
    api_leave(&call);
    return status;
}

static mpr_status local_interface_enum(HANDLE server, DWORD level, DWORD preferred,
                                       const struct enum_results *results)
{
    struct enum_page page = enum_page_start(results);
    mpr_status status = api_check(server);
    bool complete = enum_results_clear(results);

    if (status == ST_OK && level != 0)
        status = ST_NOT_SUPPORTED;
    else if (status == ST_OK && !complete)
        status = ST_INVALID_PARAMETER;
    if (status == ST_OK) status = enumerate_interfaces(server, preferred, &page);
    return status == ST_OK ? enum_page_give(&page, results) : status;
}

DWORD WINAPI MprAdminInterfaceEnum(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *ret,
                                   DWORD preferred, LPDWORD ret_read, LPDWORD ret_total,
                                   LPDWORD resume)
{
    const struct enum_results results = {ret, ret_read, ret_total, resume};
    mpr_status status = remote_is(server)
                            ? remote_interface_enum(server, level, preferred, &results)
                            : local_interface_enum(server, level, preferred, &results);

    return API_TRACE(status,
                     "MprAdminInterfaceEnum(server=%h, level=%u, max=%u, resume=%p, read=%u, "
                     "total=%u)",
                     server, level, preferred, resume, ret_read ? *ret_read : 0,
                     ret_total ? *ret_total : 0);
}
