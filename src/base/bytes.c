/* Bounds-checked bytes in and out.
 *
 * Every access goes through take() or room(): once one of them fails, next is moved to end (or
 * used stays as it is), so that no later, smaller access can succeed by accident and a parser may
 * test failed once at its end.
 */
#include "base/bytes.h"

#include "base/mem.h"

#include <string.h>

void reader_init(struct reader *r, const void *data, size_t size)
{
    static const uint8_t nothing[1];

    /* NULL + 0 is undefined, hence the stand-in. */
    r->next = data ? data : nothing;
    r->end = r->next + (data ? size : 0);
    r->failed = !data && size;
}

size_t reader_left(const struct reader *r)
{
    return (size_t)(r->end - r->next);
}

static const uint8_t *take(struct reader *r, size_t size)
{
    const uint8_t *here = r->next;

    if (r->failed || size > reader_left(r)) {
        r->failed = true;
        r->next = r->end;
        return NULL;
    }
    r->next += size;
    return here;
}

uint8_t rd_u8(struct reader *r)
{
    const uint8_t *p = take(r, 1);

    return p ? p[0] : 0;
}

uint16_t rd_be16(struct reader *r)
{
    const uint8_t *p = take(r, 2);

    return p ? (uint16_t)((unsigned)p[0] << 8 | p[1]) : 0;
}

uint32_t rd_be32(struct reader *r)
{
    const uint8_t *p = take(r, 4);

    if (!p) return 0;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

uint16_t rd_le16(struct reader *r)
{
    const uint8_t *p = take(r, 2);

    return p ? (uint16_t)((unsigned)p[1] << 8 | p[0]) : 0;
}

uint32_t rd_le32(struct reader *r)
{
    const uint8_t *p = take(r, 4);

    if (!p) return 0;
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

uint64_t rd_le64(struct reader *r)
{
    const uint8_t *p = take(r, 8);
    uint64_t value = 0;

    for (int i = 7; p && i >= 0; i--) value = value << 8 | p[i];
    return value;
}

void rd_bytes(struct reader *r, void *target, size_t size)
{
    const uint8_t *p = take(r, size);

    if (!size) return;
    if (p) {
        memcpy(target, p, size);
    } else {
        memset(target, 0, size);
    }
}

void rd_skip(struct reader *r, size_t size)
{
    take(r, size);
}

const uint8_t *rd_span(struct reader *r, size_t size)
{
    return take(r, size);
}

void writer_init(struct writer *w, void *base, size_t size)
{
    w->base = base;
    w->size = base ? size : 0;
    w->used = 0;
    w->failed = false;
}

static uint8_t *room(struct writer *w, size_t size)
{
    uint8_t *here;

    if (w->failed || size > w->size - w->used) {
        w->failed = true;
        return NULL;
    }
    if (!size) return NULL;
    here = w->base + w->used;
    w->used += size;
    return here;
}

void wr_u8(struct writer *w, uint8_t value)
{
    uint8_t *p = room(w, 1);

    if (p) p[0] = value;
}

static void put_be(uint8_t *p, uint64_t value, size_t size)
{
    for (size_t i = size; p && i-- > 0; value >>= 8) p[i] = (uint8_t)value;
}

static void put_le(uint8_t *p, uint64_t value, size_t size)
{
    for (size_t i = 0; p && i < size; i++, value >>= 8) p[i] = (uint8_t)value;
}

void wr_be16(struct writer *w, uint16_t value)
{
    put_be(room(w, 2), value, 2);
}

/* Of the numbers with 32 bits there are many; compilers make one store of four such lines. */
void wr_be32(struct writer *w, uint32_t value)
{
    uint8_t *p = room(w, 4);

    if (!p) return;
    p[0] = (uint8_t)(value >> 24);
    p[1] = (uint8_t)(value >> 16);
    p[2] = (uint8_t)(value >> 8);
    p[3] = (uint8_t)value;
}

void wr_le16(struct writer *w, uint16_t value)
{
    put_le(room(w, 2), value, 2);
}

void wr_le32(struct writer *w, uint32_t value)
{
    uint8_t *p = room(w, 4);

    if (!p) return;
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
    p[2] = (uint8_t)(value >> 16);
    p[3] = (uint8_t)(value >> 24);
}

void wr_le64(struct writer *w, uint64_t value)
{
    put_le(room(w, 8), value, 8);
}

void wr_bytes(struct writer *w, const void *data, size_t size)
{
    uint8_t *p = room(w, size);

    if (p) memcpy(p, data, size);
}

void wr_zero(struct writer *w, size_t size)
{
    uint8_t *p = room(w, size);

    if (p) memset(p, 0, size);
}

bool blob_set(struct blob *b, const void *data, size_t size)
{
    uint8_t *copy = NULL;

    if (size) {
        copy = mem_dup(data, size);
        if (!copy) return false;
    }
    mem_free(b->data);
    b->data = copy;
    b->size = size;
    return true;
}

void blob_take(struct blob *b, struct blob *from)
{
    if (b == from) return;
    mem_free(b->data);
    *b = *from;
    from->data = NULL;
    from->size = 0;
}

void blob_free(struct blob *b)
{
    mem_free(b->data);
    b->data = NULL;
    b->size = 0;
}
