/* FILTER_DESCRIPTOR; see filters.h. */
#include "infoblock/filters.h"

#include <string.h>

#define HEADER_SIZE 12u

static uint32_t row_size(enum filter_family family)
{
    return family == FILTER_IPV4 ? 28 : 52;
}

static void set_prefix(uint8_t mask[16], uint32_t length)
{
    for (uint32_t bit = 0; bit < length && bit < 128; bit++) {
        mask[bit / 8] = (uint8_t)(mask[bit / 8] | 0x80u >> (bit % 8));
    }
}

/* *ret_length: the longer of the two prefixes, 0 for IPv4. */
static void read_addresses(struct reader *r, enum filter_family family, struct packet_filter *f,
                           uint32_t *ret_length)
{
    uint32_t source, dest;

    *ret_length = 0;
    rd_bytes(r, f->source, family);
    if (family == FILTER_IPV4) {
        rd_bytes(r, f->source_mask, family);
        rd_bytes(r, f->dest, family);
        rd_bytes(r, f->dest_mask, family);
        return;
    }
    source = rd_le32(r);
    rd_bytes(r, f->dest, family);
    dest = rd_le32(r);
    set_prefix(f->source_mask, source);
    set_prefix(f->dest_mask, dest);
    *ret_length = source > dest ? source : dest;
}

static void read_ports(struct reader *r, struct packet_filter *f)
{
    bool icmp = f->protocol == FILTER_PROTOCOL_ICMP || f->protocol == FILTER_PROTOCOL_ICMPV6;

    f->source_port = icmp ? rd_le16(r) : rd_be16(r);
    f->dest_port = icmp ? rd_le16(r) : rd_be16(r);
}

static struct packet_filter read_filter(const struct filter_list *list, uint32_t n,
                                        uint32_t *ret_length)
{
    struct packet_filter f = {.protocol = 0};
    struct reader r;

    reader_init(&r, list->data + (size_t)n * row_size(list->family), row_size(list->family));
    read_addresses(&r, list->family, &f, ret_length);
    f.protocol = rd_le32(&r);
    f.late = rd_le32(&r);
    read_ports(&r, &f);
    return f;
}

struct packet_filter filter_at(const struct filter_list *list, uint32_t n)
{
    uint32_t length;

    return read_filter(list, n, &length);
}

static bool all_possible(const struct filter_list *list)
{
    for (uint32_t n = 0; n < list->count; n++) {
        uint32_t length;
        struct packet_filter f = read_filter(list, n, &length);

        if (length > 128 || f.protocol > UINT8_MAX) return false;
    }
    return true;
}

mpr_status filter_list_read(const struct info_block *block, enum filter_family family,
                            struct filter_list *ret)
{
    struct filter_list list = {.family = family};
    struct reader r;
    uint32_t version, action;

    *ret = (struct filter_list){.family = family};
    reader_init(&r, block->data, block->data ? info_block_bytes(block) : 0);
    version = rd_le32(&r);
    list.count = rd_le32(&r);
    action = rd_le32(&r);
    if (r.failed || version != FILTER_VERSION || action > FILTER_DROP) return ST_INVALID_DATA;
    if (!list.count || list.count > reader_left(&r) / row_size(family)) return ST_INVALID_DATA;
    list.otherwise = (enum filter_action)action;
    list.data = (const uint8_t *)block->data + HEADER_SIZE;
    if (!all_possible(&list)) return ST_INVALID_DATA;
    *ret = list;
    return ST_OK;
}
