/* Rows of the host's tables: where a row has its key, their order, and finding one.
 *
 * A row stays the octets that the host gave; a table of layouts says where the index DWORDs of the
 * row's query are in it. Sorted once, a table is walked by key: each step is a search by halving,
 * which is right also when the table was read anew in between.
 */
#include "router/mib/rm_mib_rows.h"

#include <stdlib.h>
#include <string.h>

#include "router/mib/rm_mib.h"
#include "router/mib/rm_mib_internal.h"

enum form { NUMBER, ADDRESS, PORT }; /* little-endian; network order; that in the low half */

#define NO_INDEX 0xFFu

/* Key fields behind those that the documents name make rows distinct that differ in nothing else:
 * routes to one destination with several masks. Who gives no value for them passes over the rest.
 */
static const struct layout {
    uint16_t size;
    uint8_t index; /* offset of the interface index that is to be replaced */
    uint8_t keys;
    struct {
        uint8_t offset;
        enum form form;
    } key[MIB_INDEX_MAX];
} layouts[MIB_SOURCES] = {
    [MIB_SOURCE_IF] = {.size = 860}, /* unsorted: a short one */
    [MIB_SOURCE_ADDRESS] = {24, 4, 2, {{0, ADDRESS}, {4, NUMBER}}},
    [MIB_SOURCE_FORWARD] =
        {56,
         16,
         6,
         {{0, ADDRESS}, {24, NUMBER}, {8, NUMBER}, {12, ADDRESS}, {4, ADDRESS}, {16, NUMBER}}},
    [MIB_SOURCE_NEIGHBOUR] = {24, 0, 2, {{0, NUMBER}, {16, ADDRESS}}},
    [MIB_SOURCE_TCP] = {20, NO_INDEX, 4, {{4, ADDRESS}, {8, PORT}, {12, ADDRESS}, {16, PORT}}},
    [MIB_SOURCE_UDP] = {8, NO_INDEX, 2, {{0, ADDRESS}, {4, PORT}}},
    [MIB_SOURCE_IP_STATS] = {.size = 92},
    [MIB_SOURCE_ICMP_STATS] = {.size = 104},
    [MIB_SOURCE_TCP_STATS] = {.size = 60},
    [MIB_SOURCE_UDP_STATS] = {.size = 20},
    [MIB_SOURCE_IP6_STATS] = {.size = 92},
    [MIB_SOURCE_TCP6_STATS] = {.size = 60},
    [MIB_SOURCE_UDP6_STATS] = {.size = 20},
};

size_t mib_row_size(enum mib_source source)
{
    return layouts[source].size;
}

void mib_rows_free(struct mib_rows *rows)
{
    mem_free(rows->data);
    *rows = (struct mib_rows){MIB_SOURCE_NONE, NULL, 0};
}

void mib_map_free(struct mib_map *map)
{
    mem_free(map->pairs);
    *map = (struct mib_map){NULL, 0};
}

/* ---- keys ------------------------------------------------------------------------------------ */

struct key {
    uint32_t part[MIB_INDEX_MAX];
    uint32_t row; /* of several equal ones the first stays first */
};

static uint32_t field(const uint8_t *row, size_t offset)
{
    struct reader r;

    reader_init(&r, row + offset, 4);
    return rd_le32(&r);
}

static uint32_t value_of(enum form form, uint32_t dword)
{
    switch (form) {
    case ADDRESS:
        return mib_address(dword);
    case PORT:
        return mib_address(dword) >> 16;
    case NUMBER:
        break;
    }
    return dword;
}

static struct key key_of(const struct layout *l, const uint8_t *row)
{
    struct key key = {{0}, 0};

    for (size_t n = 0; n < l->keys; n++) {
        key.part[n] = value_of(l->key[n].form, field(row, l->key[n].offset));
    }
    return key;
}

static int compare_parts(const struct key *a, const struct key *b, size_t count)
{
    for (size_t n = 0; n < count; n++) {
        if (a->part[n] != b->part[n]) return a->part[n] < b->part[n] ? -1 : 1;
    }
    return 0;
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = compare_parts(a, b, MIB_INDEX_MAX);

    return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* ---- preparing ------------------------------------------------------------------------------- */

static uint32_t own_index(const struct mib_map *map, uint32_t host)
{
    size_t low = 0, high = map->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (map->pairs[middle].host == host) return map->pairs[middle].own;
        if (map->pairs[middle].host < host) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

static void rename_interfaces(struct mib_rows *rows, const struct layout *l,
                              const struct mib_map *map)
{
    struct writer w;

    if (l->index == NO_INDEX) return;
    for (size_t n = 0; n < rows->count; n++) {
        uint8_t *row = rows->data + n * l->size;

        writer_init(&w, row + l->index, 4);
        wr_le32(&w, own_index(map, field(row, l->index)));
    }
}

mpr_status mib_rows_prepare(struct mib_rows *rows, const struct mib_map *map)
{
    const struct layout *l = &layouts[rows->source];
    struct key *keys;
    uint8_t *sorted;

    if (!l->keys) return ST_OK;
    keys = mem_alloc_array(rows->count, sizeof(*keys));
    sorted = mem_alloc_array(rows->count, l->size);
    if (!keys || !sorted) {
        mem_free(keys);
        mem_free(sorted);
        return ST_NOT_ENOUGH_MEMORY;
    }
    rename_interfaces(rows, l, map);
    for (size_t n = 0; n < rows->count; n++) {
        keys[n] = key_of(l, rows->data + n * l->size);
        keys[n].row = (uint32_t)n;
    }
    qsort(keys, rows->count, sizeof(*keys), compare_keys);
    for (size_t n = 0; n < rows->count; n++) {
        memcpy(sorted + n * l->size, rows->data + (size_t)keys[n].row * l->size, l->size);
    }
    mem_free(keys);
    mem_free(rows->data);
    rows->data = sorted;
    return ST_OK;
}

/* ---- finding --------------------------------------------------------------------------------- */

const uint8_t *mib_rows_find(const struct mib_rows *rows, const uint32_t *index, size_t count,
                             bool after)
{
    const struct layout *l = &layouts[rows->source];
    size_t low = 0, high = rows->count;
    struct key wanted = {{0}, 0}, found;

    if (count > l->keys) count = l->keys;
    for (size_t n = 0; n < count; n++) wanted.part[n] = value_of(l->key[n].form, index[n]);
    while (low < high && count) {
        size_t middle = low + (high - low) / 2;
        int order;

        found = key_of(l, rows->data + middle * l->size);
        order = compare_parts(&found, &wanted, count);
        if (order < 0 || (order == 0 && after)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == rows->count) return NULL;
    found = key_of(l, rows->data + low * l->size);
    if (!after && compare_parts(&found, &wanted, count) != 0) return NULL;
    return rows->data + low * l->size;
}

/* ---- answers --------------------------------------------------------------------------------- */

mpr_status mib_host_count(struct mib_query *q)
{
    struct writer w;
    mpr_status status = mib_reply(q, 4, &w);

    if (status == ST_OK) wr_le32(&w, (uint32_t)q->ask->host->count);
    return status;
}

static mpr_status table(struct mib_query *q, const uint8_t *first, size_t count)
{
    size_t size = count * mib_row_size(q->ask->host->source);
    struct writer w;
    mpr_status status = mib_reply(q, 4 + size, &w);

    if (status != ST_OK) return status;
    wr_le32(&w, (uint32_t)count);
    wr_bytes(&w, first, size);
    return ST_OK;
}

mpr_status mib_host_table(struct mib_query *q)
{
    return table(q, q->ask->host->data, q->ask->host->count);
}

/* All of them, or those of one interface. */
mpr_status mib_host_neighbours(struct mib_query *q)
{
    const struct mib_rows *rows = q->ask->host;
    size_t size = mib_row_size(rows->source);
    const uint8_t *first, *end;

    if (q->ask->op != MIB_GET || !q->index_count || !q->index[0]) return mib_host_table(q);
    first = mib_rows_find(rows, q->index, 1, false);
    if (!first) return table(q, NULL, 0);
    end = mib_rows_find(rows, q->index, 1, true);
    if (!end) end = rows->data + rows->count * size;
    return table(q, first, (size_t)(end - first) / size);
}

static mpr_status row(struct mib_query *q, const uint8_t *data)
{
    struct writer w;
    mpr_status status;

    if (!data) return mib_absent(q);
    status = mib_reply(q, mib_row_size(q->ask->host->source), &w);
    if (status == ST_OK) wr_bytes(&w, data, mib_row_size(q->ask->host->source));
    return status;
}

mpr_status mib_host_row(struct mib_query *q)
{
    const struct mib_rows *rows = q->ask->host;

    switch (q->ask->op) {
    case MIB_GET:
        return row(q, mib_rows_find(rows, q->index, q->variable->indices, false));
    case MIB_GET_NEXT:
        return row(q, mib_rows_find(rows, q->index, q->index_count, q->index_count > 0));
    default:
        return row(q, mib_rows_find(rows, NULL, 0, false));
    }
}

mpr_status mib_host_figures(struct mib_query *q)
{
    return row(q, q->ask->host->count ? q->ask->host->data : NULL);
}
