/* Nodes of the trie: bitmaps over places, and slots for those that are taken.
 *
 * They come in some sizes, most of them whole cache lines, and of IPv6, where most nodes are small,
 * also in less; each size has a slab of its own. A node that grows or shrinks goes to another size,
 * which its parent has to be told.
 */
#include <string.h>

#include "rtm/internal.h"

/* Head, and slots of 8 octets, of which the largest has one for each place. */
#define HEAD_IPV4 24u
#define HEAD_IPV6 32u
static const uint8_t slots_ipv4[RTM_NODE_SIZES] = {5, 13, 21, 29, 61, 127, 127, 127};
static const uint8_t slots_ipv6[RTM_NODE_SIZES] = {2, 4, 6, 8, 12, 28, 60, 127};

static unsigned capacity(const struct rtm *t, unsigned size)
{
    return t->family == RTM_IPV4 ? slots_ipv4[size] : slots_ipv6[size];
}

unsigned rtm_node_capacity(const struct rtm *t, const struct rtm_node *n)
{
    return capacity(t, n->size);
}

/* Places are the numbers in preorder: a left child follows its parent, a right one all that is
 * below the left. */
static void places_init(struct rtm_places *p)
{
    for (unsigned number = 1, level = 0; number < 128; number++) {
        unsigned place = 0;
        if (number >> (level + 1)) level++;
        if (number > 1) place = p->of_number[number / 2] + (number % 2 ? 128u >> level : 1);
        p->of_number[number] = (uint8_t)place;
        p->number_of[place] = (uint8_t)number;
        p->above[number] = (uint64_t)1 << (place & 63);
        if (number > 3 || number == 2) p->above[number] |= p->above[number / 2];
        if (number >= 64) p->leaves[number - 64] = (struct rtm_leaf){p->above[number], place / 64};
    }
}

void rtm_nodes_init(struct rtm *t)
{
    t->node_head = t->family == RTM_IPV4 ? HEAD_IPV4 : HEAD_IPV6;
    for (unsigned n = 0; n < RTM_NODE_SIZES; n++)
        rtm_slab_init(&t->nodes[n], t->node_head + capacity(t, n) * sizeof(struct rtm_slot), 6);
    places_init(&t->places);
}

static unsigned size_for(const struct rtm *t, unsigned slots)
{
    unsigned size = 0;

    while (capacity(t, size) < slots) size++;
    return size;
}

static rtm_ref node_alloc(struct rtm *t, unsigned size)
{
    uint32_t index = rtm_slab_alloc(&t->nodes[size]);

    return index ? RTM_REF_NODE | index << RTM_REF_SIZE_BITS | size : 0;
}

rtm_ref rtm_node_new(struct rtm *t, unsigned slots, const struct rtm_key *key, unsigned depth)
{
    unsigned size = size_for(t, slots);
    rtm_ref ref = node_alloc(t, size);
    struct rtm_key own = rtm_key_shorten(key, depth);
    struct rtm_node *n;

    if (!ref) return 0;
    n = rtm_node_at(t, ref);
    n->size = (uint8_t)size;
    if (!rtm_key_keep(t, n->key, &own)) {
        rtm_node_free(t, ref);
        return 0;
    }
    n->depth = (uint8_t)depth;
    return ref;
}

void rtm_node_free(struct rtm *t, rtm_ref ref)
{
    const struct rtm_node *n = rtm_node_at(t, ref);

    rtm_key_forget(t, n->key, n->depth);
    (void)rtm_slab_free(&t->nodes[ref & RTM_REF_SIZE], (ref & ~RTM_REF_NODE) >> RTM_REF_SIZE_BITS);
}

rtm_ref rtm_node_move(struct rtm *t, rtm_ref ref, unsigned slots)
{
    unsigned size = size_for(t, slots);
    rtm_ref moved = node_alloc(t, size);
    struct rtm_node *n = rtm_node_at(t, ref);

    if (!moved) return 0;
    memcpy(rtm_node_at(t, moved), n, t->node_head + n->count * sizeof(struct rtm_slot));
    rtm_node_at(t, moved)->size = (uint8_t)size;
    n->depth = 0; /* what is kept of its key has gone along */
    return moved;
}

void rtm_node_put(const struct rtm *t, struct rtm_node *n, unsigned place, struct rtm_slot slot)
{
    struct rtm_slot *at = rtm_slot_at(t, n, place);
    const struct rtm_slot *end = rtm_slot_at(t, n, 0) + n->count;

    memmove(at + 1, at, (size_t)(end - at) * sizeof(*at));
    *at = slot;
    n->bits[place >> 6] |= (uint64_t)1 << (place & 63);
    n->count++;
    n->half = (uint8_t)(n->half + (place < 64));
}

void rtm_node_take(const struct rtm *t, struct rtm_node *n, unsigned place)
{
    struct rtm_slot *at = rtm_slot_at(t, n, place);
    const struct rtm_slot *end = rtm_slot_at(t, n, 0) + n->count;

    memmove(at, at + 1, (size_t)(end - at - 1) * sizeof(*at));
    n->bits[place >> 6] &= ~((uint64_t)1 << (place & 63));
    n->count--;
    n->half = (uint8_t)(n->half - (place < 64));
}

unsigned rtm_node_next(const struct rtm_node *n, unsigned place)
{
    uint64_t left = place < 64 ? n->bits[0] >> place : 0;
    uint64_t right = place < 64 ? n->bits[1] : n->bits[1] >> (place & 63);

    if (left) return place + rtm_trailing_zeros(left);
    if (place >= 128 || !right) return 128;
    return (place < 64 ? 64 : place) + rtm_trailing_zeros(right);
}
