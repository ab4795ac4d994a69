/* Destinations by number. */
#include "rtmv2/internal.h"

struct v2_dest *v2_places_get(const struct v2_places *p, uint32_t place)
{
    uint32_t number = place / V2_CHUNK;

    if (number >= p->count || !p->chunks[number]) return NULL;
    return p->chunks[number]->dests[place % V2_CHUNK];
}

static struct v2_chunk *chunk_make(struct v2_places *p, uint32_t number)
{
    if (number >= p->count) {
        uint32_t count = number < p->count * 2 ? p->count * 2 : number + 1;
        struct v2_chunk **chunks = mem_grow(p->chunks, p->count, count, sizeof(*chunks));
        if (!chunks) return NULL;
        p->chunks = chunks;
        p->count = count;
    }
    if (!p->chunks[number]) p->chunks[number] = mem_alloc(sizeof(**p->chunks));
    return p->chunks[number];
}

bool v2_places_put(struct v2_places *p, uint32_t place, struct v2_dest *d)
{
    struct v2_chunk *chunk = chunk_make(p, place / V2_CHUNK);

    if (!chunk) return false;
    chunk->dests[place % V2_CHUNK] = d;
    chunk->used++;
    return true;
}

void v2_places_take(struct v2_places *p, uint32_t place)
{
    struct v2_chunk *chunk = p->chunks[place / V2_CHUNK];

    chunk->dests[place % V2_CHUNK] = NULL;
    if (--chunk->used) return;
    mem_free(chunk);
    p->chunks[place / V2_CHUNK] = NULL;
}

void v2_places_free(struct v2_places *p)
{
    for (uint32_t n = 0; n < p->count; n++) mem_free(p->chunks[n]);
    mem_free(p->chunks);
}
