/* Information blocks in a struct blob: the form in which the router core keeps them.
 *
 * Thin steps over the functions of infoblock_edit.c; a blob changes only by taking over a
 * finished successor, so a failure in the middle leaves the old one.
 */
#include "infoblock/infoblock.h"

#include "base/mem.h"

static mpr_status open_blob(const struct blob *b, struct info_view *ret)
{
    *ret = (struct info_view){0};
    return b->size ? info_open(ret, b->data, b->size) : ST_OK;
}

static void replace(struct blob *b, void *successor)
{
    mem_free(b->data);
    b->data = successor;
    b->size = info_block_size(successor);
}

mpr_status info_blob_put(struct blob *b, const struct info_block *block)
{
    const struct info_allocator *a = &info_mem_allocator;
    struct blob empty = {NULL, 0};
    const struct blob *from = b;
    void *successor = NULL;
    mpr_status status = ST_OK;

    if (!b->size) {
        status = info_block_create(a, &successor);
        if (status != ST_OK) return status;
        replace(&empty, successor);
        from = &empty;
    }
    status = info_block_find(from->data, from->size, block->type, NULL);
    if (status == ST_OK) {
        status = info_block_set(a, from->data, from->size, block, &successor);
    } else if (status == ST_NOT_FOUND) {
        status = info_block_add(a, from->data, from->size, block, &successor);
    }
    blob_free(&empty);
    if (status == ST_OK) replace(b, successor);
    return status;
}

mpr_status info_blob_drop(struct blob *b, uint32_t type)
{
    void *successor;
    mpr_status status = info_blob_find(b, type, NULL);

    if (status == ST_NOT_FOUND) return ST_OK;
    if (status != ST_OK) return status;
    status = info_block_remove(&info_mem_allocator, b->data, b->size, type, &successor);
    if (status == ST_OK) replace(b, successor);
    return status;
}

mpr_status info_blob_find(const struct blob *b, uint32_t type, struct info_block *ret)
{
    struct info_view view;
    mpr_status status = open_blob(b, &view);

    if (status == ST_OK) return info_find(&view, type, ret);
    if (ret) *ret = (struct info_block){0};
    return status;
}

mpr_status info_blob_merge(struct blob *b, const struct info_view *changes)
{
    struct blob merged = {NULL, 0};
    struct info_block block;
    mpr_status status = ST_OK;

    if (!blob_set(&merged, b->data, b->size)) return ST_NOT_ENOUGH_MEMORY;
    for (uint32_t i = 0; status == ST_OK && info_entry(changes, i, &block); i++) {
        status = block.data ? info_blob_put(&merged, &block) : info_blob_drop(&merged, block.type);
    }
    if (status == ST_OK) blob_take(b, &merged);
    blob_free(&merged);
    return status;
}
