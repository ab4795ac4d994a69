#include "win32/store/traffic_selectors.h"

#include <string.h>

#include "base/mem.h"

#define VERSION    1u
#define HEAD_BYTES 12u
#define ROW_BYTES  44u

size_t traffic_selector_address_size(uint32_t type)
{
    return type == SELECTOR_IPV4 ? 4 : 16;
}

bool traffic_selector_valid(const struct traffic_selector *s)
{
    if (s->type != SELECTOR_IPV4 && s->type != SELECTOR_IPV6) return false;
    return s->first_port <= s->last_port &&
           memcmp(s->first, s->last, traffic_selector_address_size(s->type)) <= 0;
}

static void encode_row(struct writer *w, const struct traffic_selector *s)
{
    wr_le32(w, s->type);
    wr_u8(w, s->protocol);
    wr_u8(w, 0);
    wr_le16(w, s->first_port);
    wr_le16(w, s->last_port);
    wr_le16(w, s->payload);
    wr_bytes(w, s->first, sizeof(s->first));
    wr_bytes(w, s->last, sizeof(s->last));
}

mpr_status traffic_selectors_encode(const struct traffic_selectors *s, struct blob *ret)
{
    size_t count = (size_t)s->initiators + s->responders, size = HEAD_BYTES + count * ROW_BYTES;
    struct writer w;

    *ret = (struct blob){NULL, 0};
    if (!count) return ST_OK;
    ret->data = mem_alloc(size);
    if (!ret->data) return ST_NOT_ENOUGH_MEMORY;
    ret->size = size;
    writer_init(&w, ret->data, size);
    wr_le32(&w, VERSION);
    wr_le32(&w, s->initiators);
    wr_le32(&w, s->responders);
    for (size_t i = 0; i < count; i++) encode_row(&w, &s->rows[i]);
    return ST_OK;
}

static void decode_row(struct reader *r, struct traffic_selector *s)
{
    s->type = rd_le32(r);
    s->protocol = rd_u8(r);
    rd_skip(r, 1);
    s->first_port = rd_le16(r);
    s->last_port = rd_le16(r);
    s->payload = rd_le16(r);
    rd_bytes(r, s->first, sizeof(s->first));
    rd_bytes(r, s->last, sizeof(s->last));
}

static mpr_status decode_rows(struct reader *r, struct traffic_selectors *ret)
{
    size_t count = (size_t)ret->initiators + ret->responders;

    if (reader_left(r) != count * ROW_BYTES) return ST_INVALID_DATA;
    if (!count) return ST_OK;
    ret->rows = mem_alloc_array(count, sizeof(*ret->rows));
    if (!ret->rows) return ST_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < count; i++) {
        decode_row(r, &ret->rows[i]);
        if (!traffic_selector_valid(&ret->rows[i])) return ST_INVALID_DATA;
    }
    return ST_OK;
}

mpr_status traffic_selectors_decode(const struct blob *blob, struct traffic_selectors *ret)
{
    mpr_status status = ST_INVALID_DATA;
    struct reader r;
    uint32_t version;

    *ret = (struct traffic_selectors){0, 0, NULL};
    if (!blob->size) return ST_OK;
    reader_init(&r, blob->data, blob->size);
    version = rd_le32(&r);
    ret->initiators = rd_le32(&r);
    ret->responders = rd_le32(&r);
    if (!r.failed && version == VERSION && ret->initiators <= SELECTORS_MAX &&
        ret->responders <= SELECTORS_MAX)
        status = decode_rows(&r, ret);
    if (status != ST_OK) traffic_selectors_free(ret);
    return status;
}

void traffic_selectors_free(struct traffic_selectors *s)
{
    mem_free(s->rows);
    *s = (struct traffic_selectors){0, 0, NULL};
}
