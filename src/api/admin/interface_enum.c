/* MprAdminInterfaceEnum.
 *
 * The resume handle is the core's: an order of creation, so interfaces made or deleted between two
 * pages neither repeat nor hide others. A page is read in small runs straight into the result.
 */
#include "api/admin/interface_levels.h"

enum { RUN = 16 };

static uint32_t page_entries(struct router *r, DWORD preferred)
{
    uint32_t wanted = preferred / (DWORD)sizeof(MPR_INTERFACE_0);
    uint32_t count = router_interface_count(r);

    if (wanted == 0)
        wanted = 1; /* Admin pages know no "too small" (docs/COMPATIBILITY.md, "Exported:
                       connections, ports, notification") */
    return wanted < count ? wanted : count;
}

struct page {
    MPR_INTERFACE_0 *entries;
    uint32_t capacity, read, total, resume;
};

static mpr_status read_page(struct router *r, struct page *p)
{
    struct interface_info run[RUN];
    bool first = true;

    while (first || (p->read < p->capacity && p->resume)) {
        uint32_t room = p->capacity - p->read, read = 0, total = 0;
        mpr_status status =
            router_interface_enum(r, &p->resume, run, room < RUN ? room : RUN, &read, &total);

        if (status != ST_OK) return status;
        for (uint32_t i = 0; i < read; i++) interface_output_0(&run[i], &p->entries[p->read++]);
        if (first) p->total = total;
        first = false;
    }
    return ST_OK;
}

static mpr_status enumerate(HANDLE server, DWORD preferred, struct page *p)
{
    struct api_call call;
    mpr_status status = api_enter_again(&call, server);

    if (status != ST_OK) return status;
    p->capacity = page_entries(call.router, preferred);
    if (p->capacity) {
        p->entries = api_buffer_new_array(p->capacity, sizeof(*p->entries), 0);
        status = p->entries ? read_page(call.router, p) : ST_NOT_ENOUGH_MEMORY;
    } else {
        p->resume = 0;
    }
    api_leave(&call);
    if (p->read == 0) {
        api_buffer_free(p->entries);
        p->entries = NULL;
    }
    return status;
}

DWORD WINAPI MprAdminInterfaceEnum(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *ret,
                                   DWORD preferred, LPDWORD ret_read, LPDWORD ret_total,
                                   LPDWORD resume)
{
    struct page page = {.resume = resume ? *resume : 0};
    mpr_status status = api_check(server);

    if (ret) *ret = NULL;
    if (ret_read) *ret_read = 0;
    if (ret_total) *ret_total = 0;
    if (status == ST_OK && level != 0)
        status = ST_NOT_SUPPORTED;
    else if (status == ST_OK && (!ret || !ret_read || !ret_total))
        status = ST_INVALID_PARAMETER;
    if (status == ST_OK) status = enumerate(server, preferred, &page);
    if (status == ST_OK) {
        *ret = (BYTE *)page.entries;
        *ret_read = page.read;
        *ret_total = page.total;
        if (resume) *resume = page.resume;
        status = page.resume ? ST_MORE_DATA : ST_OK;
    }
    return API_TRACE(status,
                     "MprAdminInterfaceEnum(server=%h, level=%u, max=%u, resume=%p, read=%u, "
                     "total=%u)",
                     server, level, preferred, resume, page.read, page.total);
}
