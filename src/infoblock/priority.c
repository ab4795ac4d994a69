/* PRIORITY_INFO; see priority.h. */
#include "infoblock/priority.h"

#include "base/mem.h"
#include "infoblock/route_rows.h"
#include "infoblock/types.h"

#define PAIR_SIZE 8u

const struct protocol_priority priority_defaults[PRIORITY_DEFAULT_COUNT] = {
    {ROUTE_PROTO_LOCAL, 1},         {ROUTE_PROTO_NT_STATIC, 3}, {ROUTE_PROTO_NT_STATIC_NON_DOD, 5},
    {ROUTE_PROTO_NT_AUTOSTATIC, 7}, {ROUTE_PROTO_NETMGMT, 10},  {ROUTE_PROTO_RIP, 120},
};

mpr_status priority_decode(const void *data, size_t size, struct protocol_priority **ret,
                           size_t *ret_count)
{
    struct protocol_priority *list;
    struct reader r;
    uint32_t count;

    *ret = NULL;
    *ret_count = 0;
    reader_init(&r, data, size);
    count = rd_le32(&r);
    if (r.failed || count > reader_left(&r) / PAIR_SIZE) return ST_INVALID_DATA;
    if (!count) return ST_OK;
    list = mem_alloc_array(count, sizeof(*list));
    if (!list) return ST_NOT_ENOUGH_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        list[i].protocol = rd_le32(&r);
        list[i].metric = rd_le32(&r);
    }
    *ret = list;
    *ret_count = count;
    return ST_OK;
}

mpr_status priority_read(const struct info_view *view, struct protocol_priority **ret,
                         size_t *ret_count)
{
    struct info_block block;

    if (info_find(view, INFO_IP_PROT_PRIORITY_INFO, &block) == ST_OK && block.data) {
        return priority_decode(block.data, info_block_bytes(&block), ret, ret_count);
    }
    *ret_count = 0;
    *ret = mem_dup(priority_defaults, sizeof(priority_defaults));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    *ret_count = PRIORITY_DEFAULT_COUNT;
    return ST_OK;
}

size_t priority_encoded_size(size_t count)
{
    return 4 + count * PAIR_SIZE;
}

void priority_encode(const struct protocol_priority *list, size_t count, void *data)
{
    struct writer w;

    writer_init(&w, data, priority_encoded_size(count));
    wr_le32(&w, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        wr_le32(&w, list[i].protocol);
        wr_le32(&w, list[i].metric);
    }
}

uint32_t priority_of(const struct protocol_priority *list, size_t count, uint32_t protocol)
{
    for (size_t i = count; i-- > 0;) {
        if (list[i].protocol == protocol) return list[i].metric;
    }
    return ROUTE_PREFERENCE_DEFAULT;
}
