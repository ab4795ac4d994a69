/* Offsets in place of pointers, and what lies there. */
#include "dimsvc/level_parts.h"

#include "base/bytes.h"
#include "dimsvc/object_parts.h"

/* The number at a place of the input; 0 when that is behind its end. */
static uint32_t peek(const struct ndr *n, size_t at)
{
    struct reader r;

    if (n->status != ST_OK || at >= n->size) return 0;
    reader_init(&r, n->octets + at, n->size - at);
    return rd_le32(&r);
}

static bool is_narrow(const struct ndr *n, const struct level_layout *layout)
{
    if (ndr_left(n) < layout->size_8) return true;
    for (size_t i = 0; i < 2 && layout->offsets_4[i]; i++) {
        if (peek(n, n->position + layout->offsets_4[i]) == layout->size_4) return true;
    }
    return false;
}

struct level_tail level_tail(struct ndr *n, const struct level_layout *layout)
{
    bool narrow = n->reading && is_narrow(n, layout);

    return (struct level_tail){n->position, narrow ? 4 : 8,
                               narrow ? layout->size_4 : layout->size_8};
}

static uint64_t any_offset(struct ndr *n, struct level_tail *tail, const struct dim_octets *octets)
{
    uint64_t offset = n->reading || !octets->size ? 0 : tail->next;
    uint32_t low = (uint32_t)offset;

    if (!n->reading) tail->next += octets->size;
    if (tail->width == 4) {
        ndr_u32(n, &low);
        return low;
    }
    ndr_u64(n, &offset);
    return offset;
}

uint32_t level_offset(struct ndr *n, struct level_tail *tail, const struct dim_octets *octets)
{
    uint64_t offset = any_offset(n, tail, octets);

    if (offset > UINT32_MAX) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    return (uint32_t)offset;
}

uint32_t level_optional_offset(struct ndr *n, struct level_tail *tail,
                               const struct dim_octets *octets)
{
    uint64_t offset = any_offset(n, tail, octets);

    return offset > UINT32_MAX ? 0 : (uint32_t)offset;
}

void level_optional(struct ndr *n, const struct level_tail *tail, uint32_t offset, uint64_t size,
                    struct dim_octets *octets)
{
    size_t left = n->status == ST_OK && n->reading ? n->size - tail->start : 0;

    if (!n->reading) {
        ndr_put(n, octets->data, octets->size);
        return;
    }
    *octets = (struct dim_octets){0, NULL};
    if (offset < tail->next || offset > left || !size || size > left - offset) return;
    *octets = (struct dim_octets){(uint32_t)size, n->octets + tail->start + offset};
}

/* The input from an offset on; empty, a fault, when that is none. */
static struct dim_octets input_at(struct ndr *n, const struct level_tail *tail, uint32_t offset)
{
    size_t left = n->status == ST_OK ? n->size - tail->start : 0;

    if (offset < tail->next || offset > left) {
        ndr_fail(n, ST_RPC_BAD_STUB_DATA);
        return (struct dim_octets){0, NULL};
    }
    return (struct dim_octets){(uint32_t)(left - offset), n->octets + tail->start + offset};
}

void level_octets(struct ndr *n, const struct level_tail *tail, uint32_t offset,
                  struct dim_octets *octets)
{
    struct dim_octets input;

    if (!n->reading) {
        ndr_put(n, octets->data, octets->size);
        return;
    }
    octets->data = NULL;
    if (!offset) octets->size = 0;
    if (!octets->size) return;
    input = input_at(n, tail, offset);
    if (octets->size > input.size) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    if (n->status == ST_OK) octets->data = input.data;
}

/* Octets of a multi-string, its empty last one included; 0 when it doesn't end. */
static uint32_t multi_text_size(const struct dim_octets *input)
{
    bool before = true; /* was the unit before a zero? */

    for (uint32_t i = 0; i + 1 < input->size; i += 2) {
        bool zero = !input->data[i] && !input->data[i + 1];

        if (zero && before) return i + 2;
        before = zero;
    }
    return 0;
}

void level_multi_text(struct ndr *n, const struct level_tail *tail, uint32_t offset,
                      struct dim_octets *octets)
{
    struct dim_octets input;

    if (!n->reading) {
        ndr_put(n, octets->data, octets->size);
        return;
    }
    *octets = (struct dim_octets){0, NULL};
    if (!offset) return;
    input = input_at(n, tail, offset);
    octets->size = multi_text_size(&input);
    if (!octets->size) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    if (n->status == ST_OK) octets->data = input.data;
}
