/* Cells of one size, named by number. Nobody outside of src/rtm includes this.
 *
 * Cells come in chunks, so that a slab grows without moving anything and costs no more than what
 * is in it; a chunk is given back with its last cell. Number 0 is never a cell. A cell of a power
 * of two octets doesn't reach into one cache line more than it must.
 */
#ifndef MPR_RTM_SLAB_H
#define MPR_RTM_SLAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RTM_SLAB_MAX_INDEX 0x07FFFFFFu

/* What is known of a chunk is not in it: giving a cell back touches nothing but the cell. */
struct rtm_chunk {
    unsigned char *cells; /* in memory; NULL: there is no chunk of this number */
    void *memory;
    uint32_t used;
    uint32_t fresh;          /* cells from here on were never used */
    uint32_t free;           /* 1 + the first of those that were, 0: none */
    uint32_t next, previous; /* chunks that have room */
};

struct rtm_slab {
    struct rtm_chunk *chunks; /* by number; [0] is none */
    uint32_t cell;            /* octets, a multiple of 4 */
    uint32_t shift;           /* cells of a chunk: 1 << shift */
    uint32_t capacity, count; /* of chunks: numbers, and how many there are */
    uint32_t room;            /* the first chunk that has any, or 0 */
};

void rtm_slab_init(struct rtm_slab *s, size_t cell, unsigned shift);
/* Frees all chunks. */
void rtm_slab_free_all(struct rtm_slab *s);

/* Zeroed; 0 when out of memory. */
uint32_t rtm_slab_alloc(struct rtm_slab *s);
/* Never needs memory. True when the cell's chunk went with it. */
bool rtm_slab_free(struct rtm_slab *s, uint32_t index);

static inline void *rtm_slab_at(const struct rtm_slab *s, uint32_t index)
{
    uint32_t cell = index & ((1u << s->shift) - 1);

    return s->chunks[index >> s->shift].cells + (size_t)cell * s->cell;
}

/* For who is about to look into a node that is most likely not in a cache. */
static inline void rtm_prefetch(const void *memory)
{
#if defined(__GNUC__)
    __builtin_prefetch(memory);
#else
    (void)memory;
#endif
}

#endif
