/* Memory for objects of which there are as many as routes: cells of one size, many in a block. */
#include "rtmv2/internal.h"

#include <string.h>

#define CELLS 64u

struct v2_block {
    struct v2_block *prev, *next; /* of those that have a free cell */
    uint32_t count;               /* of free cells */
    uint8_t free[CELLS];
    max_align_t cells[];
};

static struct v2_block *block_make(struct v2_pool *p)
{
    struct v2_block *b = mem_alloc_unset(sizeof(*b) + CELLS * p->size);

    if (!b) return NULL;
    for (b->count = 0; b->count < CELLS; b->count++)
        b->free[b->count] = (uint8_t)(CELLS - 1 - b->count);
    DL_PREPEND(p->room, b);
    return b;
}

void *v2_pool_get(struct v2_pool *p)
{
    struct v2_block *b = p->room ? p->room : block_make(p);
    struct v2_object *o;
    uint8_t cell;

    if (!b) return NULL;
    cell = b->free[--b->count];
    if (!b->count) DL_DELETE(p->room, b);
    o = (struct v2_object *)(void *)((unsigned char *)b->cells + cell * p->size);
    memset(o, 0, p->size);
    o->cell = cell;
    return o;
}

void v2_pool_put(struct v2_pool *p, struct v2_object *o)
{
    unsigned char *first = (unsigned char *)o - o->cell * p->size;
    struct v2_block *b = (struct v2_block *)(void *)(first - offsetof(struct v2_block, cells));

    if (!b->count) DL_PREPEND(p->room, b);
    b->free[b->count++] = o->cell;
    if (b->count < CELLS) return;
    DL_DELETE(p->room, b);
    mem_free(b);
}
