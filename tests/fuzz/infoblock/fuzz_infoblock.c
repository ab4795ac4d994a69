/* Any bytes as an information header. If it is accepted, then every edit gives an accepted header
 * that says what was asked for and keeps the other blocks, and never one much larger than its
 * parts. Its routes and priorities are read and stored as they are, and emptied it has no block.
 * The input lies at an odd address, as it may in a packed blob.
 */
#include "fuzz/fuzz.h"

#include "base/mem.h"
#include "infoblock/infoblock.h"
#include "infoblock/priority.h"
#include "infoblock/route_rows.h"

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

/* What was stored is the same block. */
static void check_stored(const struct info_view *view, const struct info_block *block)
{
    struct info_block found;

    FUZZ_CHECK(info_find(view, block->type, &found) == ST_OK);
    FUZZ_CHECK(same(&found, block));
}

static void routes(const struct info_view *view)
{
    struct blob stored = {NULL, 0};
    struct route_row *rows;
    struct info_block block;
    struct info_view back;
    size_t count;

    if (route_rows_read(view, &rows, &count) != ST_OK || !count) return;
    FUZZ_CHECK(info_find(view, INFO_IP_ROUTE_INFO, &block) == ST_OK);
    FUZZ_CHECK(route_rows_store(&stored, (enum route_layout)block.item_size, rows, count) == ST_OK);
    FUZZ_CHECK(info_open(&back, stored.data, stored.size) == ST_OK);
    check_stored(&back, &block);
    blob_free(&stored);
    mem_free(rows);
}

static void priorities(const struct info_view *view)
{
    struct protocol_priority *list;
    size_t count;

    if (priority_read(view, &list, &count) != ST_OK) return;
    if (count)
        FUZZ_CHECK(priority_of(list, count, list[count - 1].protocol) == list[count - 1].metric);
    mem_free(list);
}

static void empty(const struct info_view *view)
{
    struct info_view nothing;
    void *header;

    FUZZ_CHECK(info_block_remove_all(&info_mem_allocator, view->base, view->size, &header) ==
               ST_OK);
    FUZZ_CHECK(info_open(&nothing, header, INFO_EMPTY_SIZE) == ST_OK && nothing.count == 0);
    mem_free(header);
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
        routes(&view);
        priorities(&view);
        empty(&view);
    }
    free(copy);
    return 0;
}
