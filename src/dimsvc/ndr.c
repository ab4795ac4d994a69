/* NDR: numbers, alignment, memory. */
#include "dimsvc/ndr.h"

#include <string.h>

#include "base/mem.h"

#define FIRST_ROOM     256u
#define FIRST_REFERENT 0x00020000u
#define REFERENT_STEP  4u

struct ndr_block {
    struct ndr_block *next;
    size_t size;
    uint64_t memory[]; /* aligned for all that is read */
};

void ndr_read(struct ndr *n, const void *octets, size_t size)
{
    *n = (struct ndr){.reading = true, .octets = octets, .size = size};
}

void ndr_write(struct ndr *n)
{
    *n = (struct ndr){.reading = false};
}

static void free_written(struct ndr *n)
{
    if (n->secret && n->written) mem_wipe(n->written, n->size);
    mem_free(n->written);
}

void ndr_free(struct ndr *n)
{
    while (n->blocks) {
        struct ndr_block *block = n->blocks;

        n->blocks = block->next;
        if (n->secret) mem_wipe(block->memory, block->size);
        mem_free(block);
    }
    free_written(n);
    n->written = NULL;
    n->size = 0;
    n->position = 0;
}

size_t ndr_left(const struct ndr *n)
{
    return n->reading && n->status == ST_OK ? n->size - n->position : 0;
}

void ndr_fail(struct ndr *n, mpr_status status)
{
    if (n->status == ST_OK) n->status = status;
}

void *ndr_alloc(struct ndr *n, size_t size)
{
    struct ndr_block *block = NULL;

    if (size < SIZE_MAX - sizeof(*block)) block = mem_alloc(sizeof(*block) + size);
    if (!block) {
        ndr_fail(n, ST_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    block->next = n->blocks;
    block->size = size;
    n->blocks = block;
    return block->memory;
}

/* Room for count more octets. */
static bool make_room(struct ndr *n, size_t count)
{
    size_t room = n->size ? n->size : FIRST_ROOM;
    uint8_t *grown;

    if (count <= n->size - n->position) return true;
    while (room - n->position < count && room <= SIZE_MAX / 2) room *= 2;
    grown = room - n->position < count ? NULL : mem_alloc_unset(room);
    if (!grown) return false;
    if (n->position) memcpy(grown, n->written, n->position);
    free_written(n);
    n->written = grown;
    n->size = room;
    return true;
}

void ndr_reserve(struct ndr *n, size_t count)
{
    if (n->status == ST_OK && !make_room(n, count)) ndr_fail(n, ST_NOT_ENOUGH_MEMORY);
}

/* Moves on over count octets; NULL after a fault. */
static uint8_t *step_written(struct ndr *n, size_t count)
{
    uint8_t *at;

    if (n->status != ST_OK) return NULL;
    if (!make_room(n, count)) {
        ndr_fail(n, ST_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    at = n->written + n->position;
    n->position += count;
    return at;
}

static const uint8_t *step_read(struct ndr *n, size_t count)
{
    const uint8_t *at;

    if (n->status != ST_OK) return NULL;
    if (count > n->size - n->position) {
        ndr_fail(n, ST_RPC_BAD_STUB_DATA);
        return NULL;
    }
    at = n->octets + n->position;
    n->position += count;
    return at;
}

void ndr_fill(struct ndr *n, size_t position)
{
    size_t gap = position > n->position ? position - n->position : 0;
    uint8_t *at;

    if (!gap) return;
    if (n->reading) {
        step_read(n, gap);
        return;
    }
    at = step_written(n, gap);
    if (at) memset(at, 0, gap);
}

void ndr_align(struct ndr *n, size_t to)
{
    ndr_fill(n, (n->position + to - 1) & ~(to - 1));
}

/* Numbers and units are the same in memory and in NDR. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "as all targets are");

/* The number of size octets at its place, read or written. A long list is made of little else, so
 * that size is known where this is inlined. */
static inline void number(struct ndr *n, void *value, size_t size)
{
    const uint8_t *from;
    uint8_t *to;

    ndr_align(n, size);
    if (n->reading) {
        from = step_read(n, size);
        if (from) memcpy(value, from, size);
        if (!from) memset(value, 0, size);
    } else {
        to = step_written(n, size);
        if (to) memcpy(to, value, size);
    }
}

void ndr_u8(struct ndr *n, uint8_t *value)
{
    number(n, value, sizeof(*value));
}

void ndr_u16(struct ndr *n, uint16_t *value)
{
    number(n, value, sizeof(*value));
}

void ndr_u32(struct ndr *n, uint32_t *value)
{
    number(n, value, sizeof(*value));
}

void ndr_u64(struct ndr *n, uint64_t *value)
{
    number(n, value, sizeof(*value));
}

void ndr_put(struct ndr *n, const uint8_t *data, size_t count)
{
    uint8_t *to = step_written(n, count);

    if (to && count) memcpy(to, data, count);
}

void ndr_octets(struct ndr *n, uint8_t *value, size_t count)
{
    const uint8_t *from;

    if (!n->reading) {
        ndr_put(n, value, count);
        return;
    }
    from = step_read(n, count);
    if (from) memcpy(value, from, count);
    if (!from) memset(value, 0, count);
}

/* They may be at odd addresses in the octets. */
_Static_assert(sizeof(char16_t) == 2, "units are UTF-16");

void ndr_units(struct ndr *n, char16_t *value, size_t count)
{
    if (count) ndr_align(n, sizeof(*value));
    ndr_octets(n, (uint8_t *)value, count * sizeof(*value));
}

bool ndr_pointer(struct ndr *n, bool set)
{
    uint32_t referent = set ? FIRST_REFERENT + n->referents * REFERENT_STEP : 0;

    if (set) n->referents++;
    ndr_u32(n, &referent);
    return referent != 0;
}

/* The count in front of an array. */
static bool count_agrees(struct ndr *n, uint32_t count)
{
    uint32_t told = count;

    ndr_u32(n, &told);
    if (told != count) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    return n->status == ST_OK;
}

void ndr_array(struct ndr *n, const uint8_t **octets, uint32_t count)
{
    if (!count_agrees(n, count)) {
        if (n->reading) *octets = NULL;
    } else if (n->reading) {
        *octets = step_read(n, count);
    } else {
        ndr_put(n, *octets, count);
    }
}

void ndr_elements(struct ndr *n, void **ret, uint32_t count, size_t size, size_t least)
{
    bool agreed = count_agrees(n, count);

    if (!n->reading) {
        if (!agreed) *ret = NULL;
        return;
    }
    *ret = NULL;
    if (!agreed) return;
    if (count > ndr_left(n) / least) {
        ndr_fail(n, ST_RPC_BAD_STUB_DATA);
        return;
    }
    *ret = ndr_alloc(n, count * size);
}

/* Units that lie in the input are copied: they may be at odd addresses there. */
static void text_units(struct ndr *n, const char16_t **text, size_t units)
{
    char16_t *copy;

    if (!n->reading) {
        if (units) ndr_align(n, sizeof(*copy));
        ndr_put(n, (const uint8_t *)*text, units * sizeof(*copy));
        return;
    }
    *text = NULL;
    if (units > ndr_left(n) / sizeof(*copy)) {
        ndr_fail(n, ST_RPC_BAD_STUB_DATA);
        return;
    }
    copy = ndr_alloc(n, (units + 1) * sizeof(*copy));
    if (!copy) return;
    ndr_units(n, copy, units);
    *text = copy;
}

static uint32_t units_of(const char16_t *text)
{
    uint32_t units = 0;

    while (text[units]) units++;
    return units + 1;
}

void ndr_text(struct ndr *n, const char16_t **text)
{
    uint32_t room = n->reading ? 0 : units_of(*text);
    uint32_t offset = 0, sent = room;

    ndr_u32(n, &room);
    ndr_u32(n, &offset);
    ndr_u32(n, &sent);
    if (offset != 0 || sent == 0 || sent > room) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    if (n->status == ST_OK) text_units(n, text, sent);
    if (!n->reading) return;
    if (n->status == ST_OK && (*text)[sent - 1] != 0) ndr_fail(n, ST_RPC_BAD_STUB_DATA);
    if (n->status != ST_OK) *text = NULL;
}

void ndr_counted_text(struct ndr *n, const char16_t **text, uint32_t count)
{
    if (count_agrees(n, count)) {
        text_units(n, text, count);
    } else if (n->reading) {
        *text = NULL;
    }
}
