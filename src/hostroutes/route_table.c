/* Linear probing without tombstones: what follows a removed slot moves up, as in Knuth's algorithm
 * R (The Art of Computer Programming, 6.4). */
#include "hostroutes/route_table.h"

#include <string.h>

#include "base/mem.h"

#define FIRST_CAPACITY 64u

void route_table_free(struct route_table *t)
{
    mem_free(t->routes);
    mem_free(t->slots);
    *t = (struct route_table){0};
}

/* The finaliser of MurmurHash3 (public domain): prefixes differ in few bits, often the high ones.
 */
static uint32_t mix(uint32_t hash)
{
    hash = (hash ^ hash >> 16) * 0x85EBCA6Bu;
    hash = (hash ^ hash >> 13) * 0xC2B2AE35u;
    return hash ^ hash >> 16;
}

static size_t home_of(const struct route_table *t, const struct hr_route *prefix)
{
    uint32_t hash = (uint32_t)prefix->family << 8 | prefix->length, word;

    for (size_t i = 0; i < prefix->family; i += sizeof(word)) {
        memcpy(&word, prefix->destination + i, sizeof(word));
        hash = mix(hash ^ word);
    }
    return hash & (t->slot_count - 1);
}

static bool same_prefix(const struct hr_route *a, const struct hr_route *b)
{
    return a->family == b->family && a->length == b->length &&
           !memcmp(a->destination, b->destination, sizeof(a->destination));
}

/* The slot of that prefix, or the free one where it would go. */
static size_t slot_of(const struct route_table *t, const struct hr_route *prefix)
{
    size_t n = home_of(t, prefix);

    while (t->slots[n] && !same_prefix(&t->routes[t->slots[n] - 1].route, prefix))
        n = (n + 1) & (t->slot_count - 1);
    return n;
}

struct table_route *route_table_find(const struct route_table *t, const struct hr_route *prefix)
{
    uint32_t index = t->count ? t->slots[slot_of(t, prefix)] : 0;

    return index ? &t->routes[index - 1] : NULL;
}

/* Slots are at most half full. */
static bool grow(struct route_table *t)
{
    struct route_table next = *t;

    next.capacity = t->capacity ? t->capacity * 2 : FIRST_CAPACITY;
    next.slot_count = next.capacity * 2;
    if (next.capacity > UINT32_MAX / 4) return false;
    next.slots = mem_alloc_array(next.slot_count, sizeof(*next.slots));
    if (!next.slots) return false;
    next.routes = mem_grow(t->routes, t->capacity, next.capacity, sizeof(*next.routes));
    if (!next.routes) {
        mem_free(next.slots);
        return false;
    }
    mem_free(t->slots);
    *t = next;
    for (size_t i = 0; i < t->count; i++)
        t->slots[slot_of(t, &t->routes[i].route)] = (uint32_t)i + 1;
    return true;
}

struct table_route *route_table_add(struct route_table *t, const struct hr_route *route)
{
    struct table_route *entry;

    if (t->count == t->capacity && !grow(t)) return NULL;
    entry = &t->routes[t->count];
    entry->route = *route;
    entry->state = 0;
    t->slots[slot_of(t, route)] = (uint32_t)++t->count;
    return entry;
}

/* Whether what is at home may not be reached any more when the slot `free` is empty and it is at
 * `at`. */
static bool cut_off(size_t home, size_t free, size_t at)
{
    return free <= at ? home <= free || home > at : home <= free && home > at;
}

static void empty_slot(struct route_table *t, size_t free)
{
    const size_t mask = t->slot_count - 1;

    for (size_t at = (free + 1) & mask; t->slots[at]; at = (at + 1) & mask) {
        if (!cut_off(home_of(t, &t->routes[t->slots[at] - 1].route), free, at)) continue;
        t->slots[free] = t->slots[at];
        free = at;
    }
    t->slots[free] = 0;
}

void route_table_remove(struct route_table *t, struct table_route *entry)
{
    struct table_route *last = &t->routes[t->count - 1];

    empty_slot(t, slot_of(t, &entry->route));
    if (entry != last) {
        t->slots[slot_of(t, &last->route)] = (uint32_t)(entry - t->routes) + 1;
        *entry = *last;
    }
    t->count--;
}
