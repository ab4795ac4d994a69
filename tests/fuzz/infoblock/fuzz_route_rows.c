/* Any bytes as rows of routes and as protocol priorities: what is read is written back byte for
 * byte, and a list that is encoded reads as itself.
 */
#include "fuzz/fuzz.h"

#include "base/mem.h"
#include "infoblock/priority.h"
#include "infoblock/route_rows.h"

#include <string.h>

static void check_rows(enum route_layout layout, const uint8_t *data, size_t size)
{
    uint32_t count = (uint32_t)(size / (size_t)layout);
    struct route_row *rows = malloc((count + 1) * sizeof(*rows));
    uint8_t *again = malloc(size + 1);

    if (rows && again) {
        FUZZ_CHECK(route_rows_decode(data, (uint32_t)layout, count, rows) == ST_OK);
        FUZZ_CHECK(route_rows_encode(layout, rows, count, again) == ST_OK);
        FUZZ_CHECK(!count || !memcmp(again, data, count * (size_t)layout));
    }
    free(rows);
    free(again);
}

/* The same inside a blob, with an item size that the input chooses. */
static void check_block(const uint8_t *data, size_t size)
{
    struct info_block block = {INFO_IP_ROUTE_INFO, size ? data[0] : 0, 0, data};
    struct route_row *rows;
    struct blob b = {NULL, 0}, again = {NULL, 0};
    struct info_view view;
    size_t count;

    if (block.item_size) block.count = (uint32_t)(size / block.item_size);
    FUZZ_CHECK(info_blob_put(&b, &block) == ST_OK);
    FUZZ_CHECK(info_open(&view, b.data, b.size) == ST_OK);
    if (route_rows_read(&view, &rows, &count) == ST_OK && count) {
        FUZZ_CHECK(route_rows_store(&again, (enum route_layout)block.item_size, rows, count) ==
                   ST_OK);
        FUZZ_CHECK(again.size == b.size && !memcmp(again.data, b.data, b.size));
        mem_free(rows);
    }
    blob_free(&b);
    blob_free(&again);
}

static void check_priorities(const uint8_t *data, size_t size)
{
    struct protocol_priority *list;
    uint8_t *again;
    size_t count;

    if (priority_decode(data, size, &list, &count) != ST_OK) return;
    again = malloc(priority_encoded_size(count));
    if (again) {
        priority_encode(list, count, again);
        FUZZ_CHECK(!memcmp(again, data, priority_encoded_size(count)));
    }
    if (count)
        FUZZ_CHECK(priority_of(list, count, list[count - 1].protocol) == list[count - 1].metric);
    free(again);
    mem_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_rows(ROUTE_LAYOUT_2003, data, size);
    check_rows(ROUTE_LAYOUT_2008, data, size);
    check_block(data, size);
    check_priorities(data, size);
    return 0;
}
