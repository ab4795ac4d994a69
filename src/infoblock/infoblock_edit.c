/* Information blocks: building new ones.
 *
 * Every change is one walk over "the blocks that the result has", given by next_block: the blocks
 * of the input with the change applied. It is walked three times: to measure, to write the table
 * of contents, to write the data. Measuring in 64 bits is what keeps 32-bit sums from wrapping.
 */
#include "infoblock/infoblock.h"

#include "base/mem.h"

#define ALIGNMENT 8u

enum edit_kind { EDIT_ADD, EDIT_SET, EDIT_REMOVE };

struct edit {
    enum edit_kind kind;
    struct info_block block;
};

struct walk {
    const struct info_view *view;
    const struct edit *edit;
    uint32_t index;
    bool done; /* the block of the edit has been given out */
};

static void *alloc_from_core(void *context, size_t size)
{
    (void)context;
    return mem_alloc(size);
}

const struct info_allocator info_mem_allocator = {alloc_from_core, NULL};

static uint64_t bytes_of(const struct info_block *block)
{
    return (uint64_t)block->item_size * block->count;
}

static bool next_block(struct walk *w, struct info_block *ret)
{
    while (info_entry(w->view, w->index, ret)) {
        w->index++;
        if (ret->type != w->edit->block.type || w->edit->kind == EDIT_ADD) return true;
        if (w->edit->kind == EDIT_REMOVE) continue;
        if (!w->done) *ret = w->edit->block;
        w->done = true;
        return true;
    }
    if (w->edit->kind != EDIT_ADD || w->done) return false;
    *ret = w->edit->block;
    w->done = true;
    return true;
}

static uint64_t align_up(uint64_t offset)
{
    return (offset + ALIGNMENT - 1) & ~(uint64_t)(ALIGNMENT - 1);
}

/* Size and number of blocks of the result. */
static uint64_t measure(const struct info_view *view, const struct edit *edit, uint32_t *ret_count)
{
    struct walk w = {view, edit, 0, false};
    struct info_block block;
    uint64_t end;

    *ret_count = 0;
    while (next_block(&w, &block)) ++*ret_count;
    end = INFO_HEADER_SIZE + (uint64_t)*ret_count * INFO_TOC_ENTRY_SIZE;
    w = (struct walk){view, edit, 0, false};
    /* Stopping early keeps a hostile table from wrapping even 64 bits. */
    while (end <= UINT32_MAX && next_block(&w, &block)) {
        if (bytes_of(&block)) end = align_up(end) + bytes_of(&block);
    }
    return *ret_count ? end : INFO_EMPTY_SIZE;
}

static void write_toc(struct writer *out, struct walk w, uint32_t count)
{
    uint64_t end = INFO_HEADER_SIZE + (uint64_t)count * INFO_TOC_ENTRY_SIZE;
    struct info_block block;

    while (next_block(&w, &block)) {
        uint64_t offset = bytes_of(&block) ? align_up(end) : out->size;

        wr_le32(out, block.type);
        wr_le32(out, block.item_size);
        wr_le32(out, block.count);
        wr_le32(out, (uint32_t)offset);
        if (bytes_of(&block)) end = offset + bytes_of(&block);
    }
}

static void write_data(struct writer *out, struct walk w)
{
    struct info_block block;

    while (next_block(&w, &block)) {
        if (!bytes_of(&block)) continue;
        wr_zero(out, (size_t)(align_up(out->used) - out->used));
        wr_bytes(out, block.data, (size_t)bytes_of(&block));
    }
}

static mpr_status build(const struct info_allocator *a, const struct info_view *view,
                        const struct edit *edit, void **ret)
{
    const struct walk start = {view, edit, 0, false};
    struct writer out;
    uint32_t count;
    uint64_t size = measure(view, edit, &count);
    void *memory;

    if (size > UINT32_MAX || size > SIZE_MAX) return ST_INVALID_PARAMETER;
    memory = a->alloc(a->context, (size_t)size);
    if (!memory) return ST_NOT_ENOUGH_MEMORY;
    writer_init(&out, memory, (size_t)size);
    wr_le32(&out, INFO_VERSION);
    wr_le32(&out, (uint32_t)size);
    wr_le32(&out, count);
    write_toc(&out, start, count);
    write_data(&out, start);
    wr_zero(&out, out.size - out.used);
    *ret = memory;
    return ST_OK;
}

static mpr_status edit_header(const struct info_allocator *a, const void *header, size_t limit,
                              const struct edit *edit, void **ret)
{
    struct info_view view;
    mpr_status status = info_open(&view, header, limit);
    bool there;

    *ret = NULL;
    if (status != ST_OK) return status;
    if (bytes_of(&edit->block) && !edit->block.data) return ST_INVALID_PARAMETER;
    there = info_find(&view, edit->block.type, NULL) == ST_OK;
    if (there == (edit->kind == EDIT_ADD)) return ST_INVALID_PARAMETER;
    return build(a, &view, edit, ret);
}

static const struct info_view no_blocks = {(const uint8_t *)"", 0, 0};
static const struct edit no_edit = {.kind = EDIT_REMOVE};

mpr_status info_block_create(const struct info_allocator *a, void **ret)
{
    *ret = NULL;
    return build(a, &no_blocks, &no_edit, ret);
}

mpr_status info_block_add(const struct info_allocator *a, const void *header, size_t limit,
                          const struct info_block *block, void **ret)
{
    const struct edit edit = {EDIT_ADD, *block};

    return edit_header(a, header, limit, &edit, ret);
}

mpr_status info_block_set(const struct info_allocator *a, const void *header, size_t limit,
                          const struct info_block *block, void **ret)
{
    const struct edit edit = {EDIT_SET, *block};

    return edit_header(a, header, limit, &edit, ret);
}

mpr_status info_block_remove(const struct info_allocator *a, const void *header, size_t limit,
                             uint32_t type, void **ret)
{
    const struct edit edit = {EDIT_REMOVE, {.type = type}};

    return edit_header(a, header, limit, &edit, ret);
}

mpr_status info_block_remove_all(const struct info_allocator *a, const void *header, size_t limit,
                                 void **ret)
{
    mpr_status status = info_block_validate(header, limit);

    *ret = NULL;
    return status == ST_OK ? info_block_create(a, ret) : status;
}

mpr_status info_block_duplicate(const struct info_allocator *a, const void *header, size_t limit,
                                void **ret)
{
    struct info_view view;
    mpr_status status = info_open(&view, header, limit);
    struct writer out;

    *ret = NULL;
    if (status != ST_OK) return status;
    *ret = a->alloc(a->context, view.size);
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    writer_init(&out, *ret, view.size);
    wr_bytes(&out, view.base, view.size);
    return ST_OK;
}
