/* Paging of the MprConfig enumerations.
 *
 * The resume handle is the key of the last row given, plus one, so that rows which come and go
 * between two pages neither repeat nor hide others. A page that does not reach the end answers
 * ERROR_MORE_DATA and a handle other than 0, the last one NO_ERROR and 0, and nothing left
 * ERROR_NO_MORE_ITEMS: loops over either sign end (COMPATIBILITY: enumerations).
 */
#include "api/config/config.h"

mpr_status config_enum_check(const struct config_enum *e, size_t entry_size)
{
    if (e->buffer) *e->buffer = NULL;
    if (e->read) *e->read = 0;
    if (e->total) *e->total = 0;
    if (!e->buffer || !e->read || !e->total || e->level != 0 || e->preferred < entry_size)
        return ST_INVALID_PARAMETER;
    return ST_OK;
}

static const void *row_at(const struct config_page *page, DWORD n)
{
    return (const char *)page->rows + n * page->row_size;
}

static DWORD first_row(const struct config_page *page, DWORD from)
{
    DWORD n = 0;

    while (n < page->count && page->key(row_at(page, n)) < from) n++;
    return n;
}

static mpr_status fill_entries(struct config_call *call, const struct config_page *page,
                               DWORD first, DWORD count, BYTE *entries)
{
    mpr_status status = ST_OK;

    for (DWORD n = 0; n < count && status == ST_OK; n++)
        status = page->fill(call, page->context, row_at(page, first + n),
                            entries + n * page->entry_size);
    return status;
}

mpr_status config_enum_page(struct config_call *call, const struct config_enum *e,
                            const struct config_page *page)
{
    DWORD first = first_row(page, e->resume ? *e->resume : 0);
    DWORD left = page->count - first;
    DWORD room = (DWORD)(e->preferred / page->entry_size);
    DWORD count = left < room ? left : room;
    mpr_status status;
    BYTE *entries;

    if (left == 0) {
        if (e->resume) *e->resume = 0;
        return ST_NO_MORE_ITEMS;
    }
    entries = api_buffer_new_array(count, page->entry_size, 0);
    if (!entries) return ST_NOT_ENOUGH_MEMORY;
    status = fill_entries(call, page, first, count, entries);
    if (status != ST_OK) {
        api_buffer_free(entries);
        return status;
    }
    *e->buffer = entries;
    *e->read = count;
    *e->total = left;
    if (e->resume) *e->resume = count < left ? page->key(row_at(page, first + count - 1)) + 1 : 0;
    return count < left ? ST_MORE_DATA : ST_OK;
}
