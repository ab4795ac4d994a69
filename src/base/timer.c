/* A binary min-heap of timers.
 *
 * heap[0 .. used) holds running timers; a timer knows its place (1-based), so that it can be
 * stopped or moved without a search. The array only ever grows in timer_reserve: starting a timer
 * allocates nothing and so can't fail in the middle of an operation.
 */
#include "base/timer.h"

#include "base/mem.h"

#include <assert.h>

void timer_heap_init(struct timer_heap *h)
{
    *h = (struct timer_heap){0};
}

void timer_heap_free(struct timer_heap *h)
{
    for (size_t i = 0; i < h->used; i++) h->heap[i]->position = 0;
    mem_free(h->heap);
    timer_heap_init(h);
}

bool timer_reserve(struct timer_heap *h)
{
    if (h->reserved == h->capacity) {
        size_t capacity = h->capacity ? h->capacity * 2 : 16;
        struct timer **heap = mem_grow(h->heap, h->used, capacity, sizeof(*heap));

        if (!heap) return false;
        h->heap = heap;
        h->capacity = capacity;
    }
    h->reserved++;
    return true;
}

void timer_unreserve(struct timer_heap *h)
{
    assert(h->reserved > 0);
    if (h->reserved) h->reserved--;
}

static void place(struct timer_heap *h, size_t index, struct timer *t)
{
    h->heap[index] = t;
    t->position = index + 1;
}

static void sift_up(struct timer_heap *h, size_t index, struct timer *t)
{
    while (index > 0) {
        size_t parent = (index - 1) / 2;

        if (h->heap[parent]->due <= t->due) break;
        place(h, index, h->heap[parent]);
        index = parent;
    }
    place(h, index, t);
}

static void sift_down(struct timer_heap *h, size_t index, struct timer *t)
{
    for (;;) {
        size_t child = 2 * index + 1;

        if (child >= h->used) break;
        if (child + 1 < h->used && h->heap[child + 1]->due < h->heap[child]->due) child++;
        if (t->due <= h->heap[child]->due) break;
        place(h, index, h->heap[child]);
        index = child;
    }
    place(h, index, t);
}

/* Puts t where it belongs, beginning at a place whose old content is gone. */
static void sift(struct timer_heap *h, size_t index, struct timer *t)
{
    if (index > 0 && t->due < h->heap[(index - 1) / 2]->due) {
        sift_up(h, index, t);
    } else {
        sift_down(h, index, t);
    }
}

static void take_deferred(struct timer_heap *h, struct timer *t)
{
    struct timer **place_of = &h->deferred;

    while (*place_of != t) place_of = &(*place_of)->next;
    *place_of = t->next;
    t->position = 0;
}

static void insert(struct timer_heap *h, struct timer *t)
{
    assert(h->used < h->capacity); /* else somebody forgot timer_reserve */
    if (h->used < h->capacity) sift_up(h, h->used++, t);
}

void timer_start(struct timer_heap *h, struct timer *t, msec due)
{
    if (t->position == TIMER_DEFERRED) take_deferred(h, t);
    t->due = due;
    if (h->running && due <= h->now) {
        timer_stop(h, t);
        t->position = TIMER_DEFERRED;
        t->next = h->deferred;
        h->deferred = t;
    } else if (t->position) {
        sift(h, t->position - 1, t);
    } else {
        insert(h, t);
    }
}

void timer_stop(struct timer_heap *h, struct timer *t)
{
    size_t index = t->position;
    struct timer *last;

    if (index == TIMER_DEFERRED) {
        take_deferred(h, t);
        return;
    }
    if (!index--) return;
    t->position = 0;
    last = h->heap[--h->used];
    if (last != t) sift(h, index, last);
}

bool timer_running(const struct timer *t)
{
    return t->position != 0;
}

msec timer_next_due(const struct timer_heap *h)
{
    return h->used ? h->heap[0]->due : MSEC_NEVER;
}

void timer_run(struct timer_heap *h, msec now)
{
    struct timer *t;

    h->running = true;
    h->now = now;
    while (h->used && h->heap[0]->due <= now) {
        t = h->heap[0];
        timer_stop(h, t);
        t->fire(t, now);
    }
    h->running = false;
    while ((t = h->deferred) != NULL) {
        take_deferred(h, t);
        insert(h, t);
    }
}
