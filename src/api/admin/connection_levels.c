/* A page is copied under the lock; the host is asked for its figures afterwards. */
#include "api/admin/connection_levels.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "win32/net/link_facts.h"

static const struct connection_level levels[CONNECTION_LEVELS + 1] = {
    {sizeof(RAS_CONNECTION_0), ras_connection_0}, {sizeof(RAS_CONNECTION_1), ras_connection_1},
    {sizeof(RAS_CONNECTION_2), ras_connection_2}, {sizeof(RAS_CONNECTION_3), ras_connection_3},
    {sizeof(RAS_CONNECTION_4), ras_connection_4},
};
const struct connection_level connection_level_ex = {sizeof(RAS_CONNECTION_EX), ras_connection_ex};

const struct connection_level *connection_level(DWORD level, bool enumerating)
{
    return level < (enumerating ? CONNECTION_LEVELS + 1 : CONNECTION_LEVELS) ? &levels[level]
                                                                             : NULL;
}

mpr_status connection_header_check(const MPRAPI_OBJECT_HEADER *header)
{
    if (!header || header->type != MPRAPI_OBJECT_TYPE_RAS_CONNECTION_OBJECT ||
        header->revision != MPRAPI_RAS_CONNECTION_OBJECT_REVISION_1)
        return ST_INVALID_PARAMETER;
    return header->size == sizeof(RAS_CONNECTION_EX) || header->size == sizeof(*header)
               ? ST_OK
               : ST_INVALID_PARAMETER;
}

mpr_status connection_read(HANDLE server, HANDLE connection, struct ras_connection *ret)
{
    struct link_facts facts;
    struct api_call call;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    status = router_connection_info(call.router, api_handle(connection), &ret->info);
    api_leave(&call);
    if (status == ST_OK) {
        link_facts_read(&facts);
        ras_connection_complete(ret, &facts);
        link_facts_free(&facts);
    }
    return status;
}

/* ---- pages ----------------------------------------------------------------------------------- */

static mpr_status copy_page(HANDLE server, const struct connection_level *level, DWORD preferred,
                            struct enum_page *page, struct connection_info **ret)
{
    struct api_call call;
    uint32_t capacity;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    capacity = enum_page_capacity(preferred, level->size, router_connection_count(call.router));
    if (capacity) {
        *ret = mem_alloc_array(capacity, sizeof(**ret));
        status = *ret ? router_connection_enum(call.router, &page->resume, *ret, capacity,
                                               &page->read, &page->total)
                      : ST_NOT_ENOUGH_MEMORY;
    } else {
        page->resume = 0;
    }
    api_leave(&call);
    return status;
}

static mpr_status fill_page(const struct connection_level *level,
                            const struct connection_info *infos, struct enum_page *page)
{
    struct link_facts facts;
    char *next;

    if (!page->read || !infos) return ST_OK;
    page->entries = api_buffer_new_array(page->read, level->size, 0);
    if (!page->entries) return ST_NOT_ENOUGH_MEMORY;
    next = page->entries;
    link_facts_read(&facts);
    for (uint32_t n = 0; n < page->read; n++, next += level->size) {
        struct ras_connection c = {.info = infos[n]};

        ras_connection_complete(&c, &facts);
        level->fill(&c, next);
    }
    link_facts_free(&facts);
    return ST_OK;
}

mpr_status connection_page_read(HANDLE server, const struct connection_level *level,
                                DWORD preferred, struct enum_page *page)
{
    struct connection_info *infos = NULL;
    mpr_status status = copy_page(server, level, preferred, page, &infos);

    if (status == ST_OK) status = fill_page(level, infos, page);
    mem_free(infos);
    return status;
}
