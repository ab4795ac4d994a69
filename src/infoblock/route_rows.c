/* Rows of static routes in their two layouts; see route_rows.h.
 *
 * Reader and writer of a layout list the same fields in the same order, side by side, so that a
 * round trip keeps every byte by construction.
 */
#include "infoblock/route_rows.h"

#include "base/mem.h"

struct route_row route_row_default(void)
{
    struct route_row row = {.v4 = 1, .preference = ROUTE_PREFERENCE_DEFAULT};

    for (size_t i = 0; i < 5; i++) row.metric[i] = ROUTE_METRIC_UNUSED;
    return row;
}

static void read_2003(struct reader *r, struct route_row *row)
{
    row->dest = rd_be32(r);
    row->mask = rd_be32(r);
    row->policy = rd_le32(r);
    row->next_hop = rd_be32(r);
    row->if_index = rd_le32(r);
    row->type = rd_le32(r);
    row->proto = rd_le32(r);
    row->age = rd_le32(r);
    row->next_hop_as = rd_le32(r);
    for (size_t i = 0; i < 5; i++) row->metric[i] = rd_le32(r);
}

static void write_2003(struct writer *w, const struct route_row *row)
{
    wr_be32(w, row->dest);
    wr_be32(w, row->mask);
    wr_le32(w, row->policy);
    wr_be32(w, row->next_hop);
    wr_le32(w, row->if_index);
    wr_le32(w, row->type);
    wr_le32(w, row->proto);
    wr_le32(w, row->age);
    wr_le32(w, row->next_hop_as);
    for (size_t i = 0; i < 5; i++) wr_le32(w, row->metric[i]);
}

static void read_address_v4(struct reader *r, struct route_row *row)
{
    row->dest = rd_be32(r);
    row->mask = rd_be32(r);
    row->policy = rd_le32(r);
    row->next_hop = rd_be32(r);
    row->age = rd_le32(r);
    row->next_hop_as = rd_le32(r);
    for (size_t i = 0; i < 3; i++) row->metric[i] = rd_le32(r);
    rd_bytes(r, row->unused, sizeof(row->unused));
}

static void write_address_v4(struct writer *w, const struct route_row *row)
{
    wr_be32(w, row->dest);
    wr_be32(w, row->mask);
    wr_le32(w, row->policy);
    wr_be32(w, row->next_hop);
    wr_le32(w, row->age);
    wr_le32(w, row->next_hop_as);
    for (size_t i = 0; i < 3; i++) wr_le32(w, row->metric[i]);
    wr_bytes(w, row->unused, sizeof(row->unused));
}

static void read_address_v6(struct reader *r, struct route_row *row)
{
    rd_bytes(r, row->prefix6, sizeof(row->prefix6));
    row->prefix6_length = rd_le32(r);
    rd_bytes(r, row->next_hop6, sizeof(row->next_hop6));
    row->valid_lifetime = rd_le32(r);
    row->flags = rd_le32(r);
    row->metric6 = rd_le32(r);
}

static void write_address_v6(struct writer *w, const struct route_row *row)
{
    wr_bytes(w, row->prefix6, sizeof(row->prefix6));
    wr_le32(w, row->prefix6_length);
    wr_bytes(w, row->next_hop6, sizeof(row->next_hop6));
    wr_le32(w, row->valid_lifetime);
    wr_le32(w, row->flags);
    wr_le32(w, row->metric6);
}

static void read_2008(struct reader *r, struct route_row *row)
{
    struct reader address = *r;

    rd_skip(r, 48);
    row->if_index = rd_le32(r);
    row->type = rd_le32(r);
    row->proto = rd_le32(r);
    row->preference = rd_le32(r);
    row->view_set = rd_le32(r);
    row->v4 = rd_le32(r);
    if (row->v4) {
        read_address_v4(&address, row);
    } else {
        read_address_v6(&address, row);
    }
}

static void write_2008(struct writer *w, const struct route_row *row)
{
    if (row->v4) {
        write_address_v4(w, row);
    } else {
        write_address_v6(w, row);
    }
    wr_le32(w, row->if_index);
    wr_le32(w, row->type);
    wr_le32(w, row->proto);
    wr_le32(w, row->preference);
    wr_le32(w, row->view_set);
    wr_le32(w, row->v4);
}

mpr_status route_rows_decode(const void *data, uint32_t item_size, uint32_t count,
                             struct route_row *rows)
{
    struct reader r;

    if (item_size != ROUTE_LAYOUT_2003 && item_size != ROUTE_LAYOUT_2008) return ST_INVALID_DATA;
    reader_init(&r, data, (size_t)item_size * count);
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = route_row_default();
        if (item_size == ROUTE_LAYOUT_2003) {
            read_2003(&r, &rows[i]);
        } else {
            read_2008(&r, &rows[i]);
        }
    }
    return r.failed ? ST_INVALID_DATA : ST_OK;
}

mpr_status route_rows_encode(enum route_layout layout, const struct route_row *rows, size_t count,
                             void *data)
{
    struct writer w;

    writer_init(&w, data, (size_t)layout * count);
    for (size_t i = 0; i < count; i++) {
        if (layout == ROUTE_LAYOUT_2008) {
            write_2008(&w, &rows[i]);
        } else if (rows[i].v4) {
            write_2003(&w, &rows[i]);
        } else {
            return ST_INVALID_PARAMETER;
        }
    }
    return w.failed ? ST_INVALID_PARAMETER : ST_OK;
}

mpr_status route_rows_read(const struct info_view *view, struct route_row **ret, size_t *ret_count)
{
    struct info_block block;
    struct route_row *rows;
    mpr_status status;

    *ret = NULL;
    *ret_count = 0;
    if (info_find(view, INFO_IP_ROUTE_INFO, &block) != ST_OK || !block.data) return ST_OK;
    /* Before allocating: with 1-byte items a small blob would ask for 100 times its size. */
    if (block.item_size != ROUTE_LAYOUT_2003 && block.item_size != ROUTE_LAYOUT_2008) {
        return ST_INVALID_DATA;
    }
    rows = mem_alloc_array(block.count, sizeof(*rows));
    if (!rows) return ST_NOT_ENOUGH_MEMORY;
    status = route_rows_decode(block.data, block.item_size, block.count, rows);
    if (status != ST_OK) {
        mem_free(rows);
        return status;
    }
    *ret = rows;
    *ret_count = block.count;
    return ST_OK;
}

mpr_status route_rows_store(struct blob *b, enum route_layout layout, const struct route_row *rows,
                            size_t count)
{
    struct info_block block = {.type = INFO_IP_ROUTE_INFO, .item_size = (uint32_t)layout};
    void *data;
    mpr_status status;

    if (!count) return info_blob_drop(b, INFO_IP_ROUTE_INFO);
    if (count > UINT32_MAX / (uint32_t)layout) return ST_INVALID_PARAMETER;
    data = mem_alloc_array(count, (size_t)layout);
    if (!data) return ST_NOT_ENOUGH_MEMORY;
    status = route_rows_encode(layout, rows, count, data);
    block.count = (uint32_t)count;
    block.data = data;
    if (status == ST_OK) status = info_blob_put(b, &block);
    mem_free(data);
    return status;
}
