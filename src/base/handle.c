/* The handle table: an array of slots, indexed by the low 20 bits of a handle.
 *
 * A freed slot goes to the tail of a queue that is threaded through the slots and comes back from
 * its head, so that the longest dead index is used first, and not before HANDLE_MIN_FREE others
 * wait behind it. Only when all 2^20 indexes have been handed out does a new handle take the head
 * of a shorter queue: a stale handle that is recognised a little less long is better than none.
 * A slot's generation changes when it is freed; a stale handle therefore differs in these 8 bits.
 */
#include "base/handle.h"

#include "base/mem.h"

#define INDEX_BITS      20
#define INDEX_COUNT     (1u << INDEX_BITS)
#define INDEX_MASK      (INDEX_COUNT - 1)
#define GENERATION_MASK 0xFFu
#define KIND_SHIFT      28
#define LIVE_MAX        (INDEX_COUNT - 2)
#define FIRST_CAPACITY  64u

struct handle_slot {
    void *object;
    uint32_t next_free; /* index of the next in the queue; only meaningful while free */
    uint8_t kind;       /* HANDLE_NONE while free */
    uint8_t generation;
};

_Static_assert(HANDLE_KIND_COUNT <= 15, "kind 15 must stay unused: INVALID_HANDLE_VALUE has it");

void handle_table_init(struct handle_table *t)
{
    *t = (struct handle_table){0};
}

void handle_table_vary(struct handle_table *t, uint8_t generation)
{
    t->first_generation = generation;
}

void handle_table_free(struct handle_table *t)
{
    mem_free(t->slots);
    handle_table_init(t);
}

static handle_t32 handle_make(const struct handle_table *t, uint32_t index)
{
    const struct handle_slot *slot = &t->slots[index];

    return (uint32_t)slot->kind << KIND_SHIFT | (uint32_t)slot->generation << INDEX_BITS | index;
}

static struct handle_slot *slot_of(const struct handle_table *t, enum handle_kind kind,
                                   handle_t32 handle)
{
    uint32_t index = handle & INDEX_MASK;

    if (kind == HANDLE_NONE || handle >> KIND_SHIFT != (uint32_t)kind || index >= t->used) {
        return NULL;
    }
    return handle_make(t, index) == handle ? &t->slots[index] : NULL;
}

static uint32_t queue_take(struct handle_table *t)
{
    uint32_t index = t->free_head;

    t->free_head = t->slots[index].next_free;
    t->free_count--;
    return index;
}

static void queue_put(struct handle_table *t, uint32_t index)
{
    if (t->free_count) {
        t->slots[t->free_tail].next_free = index;
    } else {
        t->free_head = index;
    }
    t->free_tail = index;
    t->free_count++;
}

static int table_grow(struct handle_table *t)
{
    uint32_t capacity = t->capacity ? t->capacity * 2 : FIRST_CAPACITY;
    struct handle_slot *slots = mem_grow(t->slots, t->used, capacity, sizeof(*slots));

    if (!slots) return 0;
    t->slots = slots;
    t->capacity = capacity;
    return 1;
}

handle_t32 handle_new(struct handle_table *t, enum handle_kind kind, void *object)
{
    uint32_t index;

    if (kind <= HANDLE_NONE || kind >= HANDLE_KIND_COUNT) return 0;
    if (t->used - t->free_count >= LIVE_MAX) return 0;
    if (t->free_count > HANDLE_MIN_FREE || t->used == INDEX_COUNT) {
        index = queue_take(t);
    } else {
        if (t->used == t->capacity && !table_grow(t)) return 0;
        index = t->used++;
        t->slots[index].generation = t->first_generation;
    }
    t->slots[index].object = object;
    t->slots[index].kind = (uint8_t)kind;
    return handle_make(t, index);
}

void *handle_get(const struct handle_table *t, enum handle_kind kind, handle_t32 handle)
{
    const struct handle_slot *slot = slot_of(t, kind, handle);

    return slot ? slot->object : NULL;
}

void *handle_delete(struct handle_table *t, enum handle_kind kind, handle_t32 handle)
{
    struct handle_slot *slot = slot_of(t, kind, handle);
    void *object;

    if (!slot) return NULL;
    object = slot->object;
    slot->object = NULL;
    slot->kind = HANDLE_NONE;
    slot->generation = (uint8_t)((slot->generation + 1u) & GENERATION_MASK);
    queue_put(t, handle & INDEX_MASK);
    return object;
}

enum handle_kind handle_kind_of(handle_t32 handle)
{
    uint32_t kind = handle >> KIND_SHIFT;

    return kind < HANDLE_KIND_COUNT ? (enum handle_kind)kind : HANDLE_NONE;
}

handle_t32 handle_next(const struct handle_table *t, enum handle_kind kind, handle_t32 previous)
{
    uint32_t index = previous ? (previous & INDEX_MASK) + 1 : 0;

    for (; kind != HANDLE_NONE && index < t->used; index++) {
        if (t->slots[index].kind == (uint8_t)kind) return handle_make(t, index);
    }
    return 0;
}
