/* A set of routes by destination and next hop.
 *
 * The order of addition is the order of the list; a table of slots with linear probing, at most
 * half full, finds duplicates. Two allocations whatever the size, so that replacing a table of
 * 25,000 rows is linear.
 */
#include "router/rm/rm_rows.h"

#include <string.h>

#include "router/state.h"

static uint32_t mix(uint32_t hash, uint32_t word)
{
    hash ^= word;
    hash *= 0x9E3779B1u;
    return hash ^ (hash >> 15);
}

static uint32_t hash_of(const struct rm_route *route)
{
    uint32_t hash = route->prefix.length;
    uint32_t word;

    for (size_t i = 0; i < sizeof(route->prefix.address); i += sizeof(word)) {
        memcpy(&word, route->prefix.address.octets + i, sizeof(word));
        hash = mix(hash, word);
        memcpy(&word, route->route.next_hop.octets + i, sizeof(word));
        hash = mix(hash, word);
    }
    return hash;
}

static bool same_route(const struct rm_route *a, const struct rm_route *b)
{
    return a->prefix.length == b->prefix.length &&
           !memcmp(&a->prefix.address, &b->prefix.address, sizeof(a->prefix.address)) &&
           !memcmp(&a->route.next_hop, &b->route.next_hop, sizeof(a->route.next_hop));
}

mpr_status rm_route_set_init(struct rm_route_set *s, size_t capacity)
{
    size_t slots = 4;

    *s = (struct rm_route_set){0};
    if (!capacity) return ST_OK;
    if (capacity > UINT32_MAX / 8) return ST_NOT_ENOUGH_MEMORY;
    while (slots < capacity * 2) slots *= 2;
    s->list = mem_alloc_array(capacity, sizeof(*s->list));
    s->slots = mem_alloc_array(slots, sizeof(*s->slots));
    s->capacity = capacity;
    s->slot_mask = (uint32_t)(slots - 1);
    if (s->list && s->slots) return ST_OK;
    rm_route_set_free(s);
    return ST_NOT_ENOUGH_MEMORY;
}

void rm_route_set_free(struct rm_route_set *s)
{
    mem_free(s->list);
    mem_free(s->slots);
    *s = (struct rm_route_set){0};
}

/* The slot of an equal route, or the free one where it would go. */
static uint32_t *slot_of(const struct rm_route_set *s, const struct rm_route *route)
{
    uint32_t n = hash_of(route) & s->slot_mask;

    while (s->slots[n] && !same_route(&s->list[s->slots[n] - 1], route)) {
        n = (n + 1) & s->slot_mask;
    }
    return &s->slots[n];
}

bool rm_route_set_put(struct rm_route_set *s, const struct rm_route *route)
{
    uint32_t *slot;

    if (s->count >= s->capacity) return false;
    slot = slot_of(s, route);
    if (*slot) return false;
    s->list[s->count++] = *route;
    *slot = (uint32_t)s->count;
    return true;
}

bool rm_route_set_has(const struct rm_route_set *s, const struct rm_route *route)
{
    return s->count && *slot_of(s, route);
}
