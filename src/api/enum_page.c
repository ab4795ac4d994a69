#include "api/enum_page.h"

bool enum_results_clear(const struct enum_results *results)
{
    if (results->entries) *results->entries = NULL;
    if (results->read) *results->read = 0;
    if (results->total) *results->total = 0;
    return results->entries && results->read && results->total;
}

struct enum_page enum_page_start(const struct enum_results *results)
{
    return (struct enum_page){.resume = results->resume ? *results->resume : 0};
}

mpr_status enum_page_give(const struct enum_page *page, const struct enum_results *results)
{
    *results->entries = page->entries;
    *results->read = page->read;
    *results->total = page->total;
    if (results->resume) *results->resume = page->resume;
    return page->resume ? ST_MORE_DATA : ST_OK;
}

uint32_t enum_page_capacity(DWORD preferred, size_t entry_size, uint32_t count)
{
    uint32_t wanted = preferred / (uint32_t)entry_size;

    if (!wanted) wanted = 1;
    return wanted < count ? wanted : count;
}

static mpr_status read_runs(struct router *r, const struct enum_source *source, uint32_t capacity,
                            struct enum_page *page)
{
    BYTE *next = page->entries;
    mpr_status status = ST_OK;
    bool first = true;

    while (first || (status == ST_OK && page->read < capacity && page->resume)) {
        uint32_t room = capacity - page->read, read = 0, total = 0;

        status = source->run(r, source->owner, &page->resume, next,
                             room < ENUM_RUN ? room : ENUM_RUN, &read, &total);
        if (read) next += read * source->entry_size;
        page->read += read;
        if (first) page->total = total;
        first = false;
    }
    return status;
}

mpr_status enum_page_read(struct router *r, const struct enum_source *source, uint32_t capacity,
                          struct enum_page *page)
{
    mpr_status status;

    if (capacity) {
        page->entries = api_buffer_new_array(capacity, source->entry_size, 0);
        if (!page->entries) return ST_NOT_ENOUGH_MEMORY;
    }
    status = read_runs(r, source, capacity, page);
    if (!page->read) {
        api_buffer_free(page->entries);
        page->entries = NULL;
    }
    return status;
}
