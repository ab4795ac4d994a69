/* Information blocks: reading.
 *
 * info_open checks everything once, so that what works on a view need not: entries are read with
 * fixed offsets from there on. A view can't outlive or outrun the bytes that it borrows.
 */
#include "infoblock/infoblock.h"

static uint32_t le32_at(const uint8_t *base, size_t offset)
{
    struct reader r;

    reader_init(&r, base + offset, 4);
    return rd_le32(&r);
}

static size_t toc_end(uint32_t count)
{
    return INFO_HEADER_SIZE + (size_t)count * INFO_TOC_ENTRY_SIZE;
}

/* Whether the entry's data lie behind the TOC and before Size. Adds their bytes to *total. */
static bool entry_is_inside(const struct info_view *view, uint32_t index, uint64_t *total)
{
    const uint8_t *toc = view->base + toc_end(index);
    uint64_t bytes = (uint64_t)le32_at(toc, 4) * le32_at(toc, 8);
    uint32_t offset = le32_at(toc, 12);

    if (!bytes) return true;
    if (offset < toc_end(view->count) || offset > view->size) return false;
    if (bytes > view->size - offset) return false;
    *total += bytes;
    return true;
}

mpr_status info_open(struct info_view *ret, const void *header, size_t limit)
{
    struct info_view view = {header, 0, 0};
    uint64_t total = 0;

    *ret = (struct info_view){0};
    if (!header) return ST_INVALID_PARAMETER;
    if (limit < INFO_HEADER_SIZE || le32_at(view.base, 0) != INFO_VERSION) return ST_INVALID_DATA;
    view.size = le32_at(view.base, 4);
    view.count = le32_at(view.base, 8);
    if (view.size < INFO_HEADER_SIZE || view.size > limit) return ST_INVALID_DATA;
    if (view.count > (view.size - INFO_HEADER_SIZE) / INFO_TOC_ENTRY_SIZE) return ST_INVALID_DATA;
    for (uint32_t i = 0; i < view.count; i++) {
        if (!entry_is_inside(&view, i, &total)) return ST_INVALID_DATA;
    }
    /* Many entries for the same bytes would make an edited copy much larger than its source. */
    if (total > view.size - toc_end(view.count)) return ST_INVALID_DATA;
    *ret = view;
    return ST_OK;
}

mpr_status info_block_validate(const void *header, size_t limit)
{
    struct info_view view;

    return info_open(&view, header, limit);
}

bool info_entry(const struct info_view *view, uint32_t index, struct info_block *ret)
{
    const uint8_t *toc;

    if (index >= view->count) return false;
    toc = view->base + toc_end(index);
    ret->type = le32_at(toc, 0);
    ret->item_size = le32_at(toc, 4);
    ret->count = le32_at(toc, 8);
    ret->data = info_block_bytes(ret) ? view->base + le32_at(toc, 12) : NULL;
    return true;
}

mpr_status info_find(const struct info_view *view, uint32_t type, struct info_block *ret)
{
    struct info_block block;

    for (uint32_t i = 0; info_entry(view, i, &block); i++) {
        if (block.type != type) continue;
        if (ret) *ret = block;
        return ST_OK;
    }
    if (ret) *ret = (struct info_block){0};
    return ST_NOT_FOUND;
}

mpr_status info_block_find(const void *header, size_t limit, uint32_t type, struct info_block *ret)
{
    struct info_view view;
    mpr_status status = info_open(&view, header, limit);

    if (status == ST_OK) return info_find(&view, type, ret);
    if (ret) *ret = (struct info_block){0};
    return status;
}

size_t info_block_bytes(const struct info_block *block)
{
    return (size_t)block->item_size * block->count;
}

uint32_t info_block_size(const void *header)
{
    return header ? le32_at(header, 4) : 0;
}
