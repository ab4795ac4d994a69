/* Chunks that have room are in a list; the first of them gives the next cell. */
#include "rtm/slab.h"

#include <string.h>

#include "base/mem.h"

#define LINE 64u /* octets of a cache line */

void rtm_slab_init(struct rtm_slab *s, size_t cell, unsigned shift)
{
    *s = (struct rtm_slab){.cell = (uint32_t)cell, .shift = shift};
}

void rtm_slab_free_all(struct rtm_slab *s)
{
    for (uint32_t n = 0; n < s->capacity; n++) mem_free(s->chunks[n].memory);
    mem_free(s->chunks);
    rtm_slab_init(s, s->cell, s->shift);
}

static void link_room(struct rtm_slab *s, uint32_t number)
{
    struct rtm_chunk *c = &s->chunks[number];

    c->next = s->room;
    c->previous = 0;
    if (s->room) s->chunks[s->room].previous = number;
    s->room = number;
}

static void unlink_room(struct rtm_slab *s, uint32_t number)
{
    const struct rtm_chunk *c = &s->chunks[number];

    if (c->next) s->chunks[c->next].previous = c->previous;
    if (c->previous)
        s->chunks[c->previous].next = c->next;
    else
        s->room = c->next;
}

/* A number without a chunk, or 0. */
static uint32_t number_new(struct rtm_slab *s)
{
    uint32_t number = s->count + 1, capacity = s->capacity ? s->capacity * 2 : 4;
    struct rtm_chunk *chunks;

    if (number >= s->capacity) {
        if (number > RTM_SLAB_MAX_INDEX >> s->shift) return 0;
        chunks = mem_grow(s->chunks, s->capacity, capacity, sizeof(*chunks));
        if (!chunks) return 0;
        s->chunks = chunks;
        s->capacity = capacity;
    }
    if (s->chunks[number].cells) /* some were given back below it */
        for (number = 1; s->chunks[number].cells; number++) continue;
    return number;
}

static bool chunk_new(struct rtm_slab *s)
{
    uint32_t number = number_new(s);
    unsigned char *memory;

    if (!number) return false;
    memory = mem_alloc(LINE + ((size_t)s->cell << s->shift));
    if (memory) {
        unsigned char *cells = memory + (LINE - (uintptr_t)memory % LINE) % LINE;
        s->chunks[number] = (struct rtm_chunk){.cells = cells, .memory = memory};
        s->count++;
        link_room(s, number);
    } else if (!s->count) {
        rtm_slab_free_all(s);
    }
    return s->room != 0;
}

uint32_t rtm_slab_alloc(struct rtm_slab *s)
{
    uint32_t number, cell;
    struct rtm_chunk *c;
    unsigned char *at;

    if (!s->room && !chunk_new(s)) return 0;
    number = s->room;
    c = &s->chunks[number];
    cell = c->free ? c->free - 1 : c->fresh++;
    at = c->cells + (size_t)cell * s->cell;
    if (c->free) {
        memcpy(&c->free, at, sizeof(c->free));
        memset(at, 0, s->cell);
    }
    if (++c->used == 1u << s->shift) unlink_room(s, number);
    return number << s->shift | cell;
}

static void chunk_free(struct rtm_slab *s, uint32_t number)
{
    unlink_room(s, number);
    mem_free(s->chunks[number].memory);
    s->chunks[number] = (struct rtm_chunk){.cells = NULL};
    if (!--s->count) rtm_slab_free_all(s);
}

bool rtm_slab_free(struct rtm_slab *s, uint32_t index)
{
    uint32_t number = index >> s->shift;
    struct rtm_chunk *c = &s->chunks[number];

    if (c->used-- == 1u << s->shift) link_room(s, number);
    if (!c->used) {
        chunk_free(s, number);
        return true;
    }
    memcpy(rtm_slab_at(s, index), &c->free, sizeof(c->free));
    c->free = (index & ((1u << s->shift) - 1)) + 1;
    return false;
}
