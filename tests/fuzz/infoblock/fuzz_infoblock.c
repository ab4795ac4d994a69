/* Any bytes as an information header. If it is accepted, then every edit gives an accepted header
 * that says what was asked for and keeps the other blocks, and never one much larger than its
 * parts. The input lies at an odd address, as it may in a packed blob.
 */
#include "fuzz/fuzz.h"

#include "base/mem.h"
#include "infoblock/infoblock.h"

#include <string.h>

static bool same(const struct info_block *a, const struct info_block *b)
{
    return a->type == b->type && a->item_size == b->item_size && a->count == b->count &&
           (!a->data || !memcmp(a->data, b->data, info_block_bytes(a)));
}

/* The blocks of both, but for one type, are the same in the same order. */
static void check_others(const struct info_view *a, const struct info_view *b, uint32_t type)
{
    struct info_block x, y;
    uint32_t i = 0, k = 0;

    for (;;) {
        bool more_x, more_y;

        while ((more_x = info_entry(a, i++, &x)) && x.type == type) continue;
        while ((more_y = info_entry(b, k++, &y)) && y.type == type) continue;
        FUZZ_CHECK(more_x == more_y);
        if (!more_x) return;
        FUZZ_CHECK(same(&x, &y));
    }
}

static void check_result(const struct info_view *before, void *header, uint32_t type,
                         const struct info_block *expected)
{
    struct info_block found;
    struct info_view view;

    FUZZ_CHECK(info_open(&view, header, info_block_size(header)) == ST_OK);
    FUZZ_CHECK(view.size <= before->size + 16u * (before->count + 4u) + 64u);
    FUZZ_CHECK(info_find(&view, type, &found) == (expected ? ST_OK : ST_NOT_FOUND));
    if (expected) FUZZ_CHECK(same(expected, &found));
    mem_free(header);
}

static void edit(const struct info_view *view, uint32_t type)
{
    const struct info_allocator *a = &info_mem_allocator;
    const struct info_block block = {type, 5, 3, "fifteen letters"};
    struct info_view changed;
    void *header;

    if (info_block_add(a, view->base, view->size, &block, &header) == ST_OK) {
        FUZZ_CHECK(info_open(&changed, header, info_block_size(header)) == ST_OK);
        check_others(view, &changed, type);
        check_result(view, header, type, &block);
        FUZZ_CHECK(info_block_remove(a, view->base, view->size, type, &header) != ST_OK);
        return;
    }
    FUZZ_CHECK(info_block_set(a, view->base, view->size, &block, &header) == ST_OK);
    FUZZ_CHECK(info_open(&changed, header, info_block_size(header)) == ST_OK);
    check_others(view, &changed, type);
    check_result(view, header, type, &block);
    FUZZ_CHECK(info_block_remove(a, view->base, view->size, type, &header) == ST_OK);
    FUZZ_CHECK(info_open(&changed, header, info_block_size(header)) == ST_OK);
    check_others(view, &changed, type);
    check_result(view, header, type, NULL);
}

static void copy_and_merge(const struct info_view *view)
{
    struct blob merged = {NULL, 0};
    void *header;

    FUZZ_CHECK(info_block_duplicate(&info_mem_allocator, view->base, view->size, &header) == ST_OK);
    FUZZ_CHECK(!memcmp(header, view->base, view->size));
    mem_free(header);
    if (view->count < 64) { /* it takes quadratic time */
        FUZZ_CHECK(info_blob_merge(&merged, view) == ST_OK);
        FUZZ_CHECK(!merged.size || info_block_validate(merged.data, merged.size) == ST_OK);
    }
    blob_free(&merged);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size + 1);
    struct info_block block;
    struct info_view view;

    if (!copy) return 0;
    if (size) memcpy(copy + 1, data, size);
    if (info_open(&view, copy + 1, size) == ST_OK) {
        for (uint32_t i = 0; i < 8 && info_entry(&view, i, &block); i++) {
            FUZZ_CHECK(info_find(&view, block.type, NULL) == ST_OK);
            edit(&view, block.type);
        }
        edit(&view, 0x12345678);
        copy_and_merge(&view);
    }
    free(copy);
    return 0;
}
