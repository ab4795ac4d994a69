/* MprAdminPortEnum. Nothing in RAS_PORT_0 is the host's to tell, so a page is made under the lock,
 * in small runs as MprAdminInterfaceEnum. */
#include "api/api.h"

#include "win32/admin/ras_records.h"

enum { RUN = 16 };

struct page {
    handle_t32 connection; /* 0: all ports */
    RAS_PORT_0 *entries;
    uint32_t capacity, read, total, resume;
};

static mpr_status read_page(struct router *r, struct page *p)
{
    struct port_info run[RUN];
    bool first = true;

    while (first || (p->read < p->capacity && p->resume)) {
        uint32_t room = p->capacity - p->read, read = 0, total = 0;
        mpr_status status = router_port_enum(r, p->connection, &p->resume, run,
                                             room < RUN ? room : RUN, &read, &total);

        if (status != ST_OK) return status;
        for (uint32_t i = 0; i < read; i++) {
            struct ras_port port = {.info = run[i]};

            ras_port_0(&port, &p->entries[p->read++]);
        }
        if (first) p->total = total;
        first = false;
    }
    return ST_OK;
}

static mpr_status page_make(struct router *r, DWORD preferred, struct page *p)
{
    uint32_t used, count, wanted = preferred / (uint32_t)sizeof(*p->entries);
    mpr_status status;

    router_port_count(r, &count, &used);
    if (p->connection && count > 1) count = 1; /* there is no multilink */
    if (!wanted)
        wanted = 1; /* Admin pages know no "too small" (docs/COMPATIBILITY.md, "Exported:
                       connections, ports, notification") */
    p->capacity = wanted < count ? wanted : count;
    if (p->capacity) {
        p->entries = api_buffer_new_array(p->capacity, sizeof(*p->entries), 0);
        if (!p->entries) return ST_NOT_ENOUGH_MEMORY;
    }
    status = read_page(r, p);
    if (!p->read) {
        api_buffer_free(p->entries);
        p->entries = NULL;
    }
    return status;
}

static mpr_status enumerate(HANDLE server, HANDLE connection, DWORD preferred, struct page *p)
{
    struct api_call call;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    p->connection = connection == INVALID_HANDLE_VALUE ? 0 : api_handle(connection);
    if (connection != INVALID_HANDLE_VALUE && !p->connection)
        status = ST_INVALID_HANDLE; /* NULL (page), or above 32 bits */
    else
        status = page_make(call.router, preferred, p);
    api_leave(&call);
    return status;
}

DWORD WINAPI MprAdminPortEnum(RAS_SERVER_HANDLE server, DWORD level, HANDLE connection, LPBYTE *ret,
                              DWORD preferred, LPDWORD ret_read, LPDWORD ret_total, LPDWORD resume)
{
    struct page page = {.resume = resume ? *resume : 0};
    mpr_status status = api_check(server);

    if (ret) *ret = NULL;
    if (ret_read) *ret_read = 0;
    if (ret_total) *ret_total = 0;
    if (status == ST_OK && (!ret || !ret_read || !ret_total)) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && level != 0) status = ST_NOT_SUPPORTED;
    if (status == ST_OK) status = enumerate(server, connection, preferred, &page);
    if (status == ST_OK) {
        *ret = (BYTE *)page.entries;
        *ret_read = page.read;
        *ret_total = page.total;
        if (resume) *resume = page.resume;
        status = page.resume ? ST_MORE_DATA : ST_OK;
    }
    return API_TRACE(status,
                     "MprAdminPortEnum(server=%h, level=%u, connection=%h, max=%u, resume=%p, "
                     "read=%u, total=%u)",
                     server, level, connection, preferred, resume, page.read, page.total);
}
