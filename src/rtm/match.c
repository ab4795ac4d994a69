/* Longest match. A node tells with one word which of the prefixes above a key it has; the answer
 * is the deepest of the way, so shorter ones are looked up only when nothing comes below. */
#include "rtm/internal.h"

struct answer {
    uint32_t attribute;
    unsigned length;
    bool found;
};

/* The taken places of the number's half that are above it. */
static uint64_t above(const struct rtm *t, const struct rtm_node *n, unsigned number)
{
    return n->bits[t->places.of_number[number] >> 6] & t->places.above[number];
}

/* The deepest of the node's own prefixes above the number. */
static void own_prefix(const struct rtm *t, struct rtm_node *n, unsigned number,
                       struct answer *answer)
{
    unsigned half = t->places.of_number[number] & 64u, place;
    uint64_t word;

    if (number >= 64) number /= 2; /* what is below is not its own */
    word = above(t, n, number);
    if (!word) {
        word = half ? n->bits[0] & 1 : 0; /* the node's root */
        half = 0;
    }
    if (!word) return;
    place = half + 63 - rtm_leading_zeros(word);
    answer->attribute = rtm_slot_at(t, n, place)->attribute;
    answer->length = n->depth + 63 - rtm_leading_zeros(t->places.number_of[place]);
    answer->found = true;
}

/* What stands in place of a node: the only prefix below. */
static void single(const struct rtm *t, const struct rtm_slot *slot, const struct rtm_key *key,
                   struct answer *answer)
{
    const struct rtm_record *r = rtm_record_at(t, slot->ref & RTM_REF_RECORD);
    struct rtm_key own = rtm_record_key(t, r);

    if (r->length > key->length || rtm_key_common(&own, key) != r->length) return;
    *answer = (struct answer){slot->attribute, r->length, true};
}

static void match(const struct rtm *t, rtm_ref ref, const struct rtm_key *key,
                  struct answer *answer)
{
    while (rtm_ref_is_node(ref)) {
        struct rtm_node *n = rtm_node_at(t, ref);
        unsigned number, place;
        const struct rtm_slot *slot;
        if (!rtm_node_covers(t, n, key)) return;
        number = rtm_number(n, key);
        place = t->places.of_number[number];
        if (number < 64 || !rtm_is_taken(n, place)) {
            own_prefix(t, n, number, answer);
            return;
        }
        slot = rtm_slot_at(t, n, place);
        if (slot->ref & RTM_REF_EXACT) {
            *answer = (struct answer){slot->attribute, n->depth + RTM_STRIDE, true};
            return;
        }
        own_prefix(t, n, number, answer);
        if (!rtm_ref_is_node(slot->ref)) single(t, slot, key, answer);
        ref = slot->ref;
    }
}

/* From the jump, else from the root, where the jump has shown that it can only be a shorter one. */
static void match_any(const struct rtm *t, const struct rtm_key *key, struct answer *answer)
{
    rtm_ref jump = rtm_jump(t, key);
    struct rtm_key left = *key;

    if (jump) {
        match(t, jump, key, answer);
        left = rtm_key_shorten(key, t->jump_bits - 1);
    }
    if (!answer->found) match(t, t->root, &left, answer);
}

bool rtm_match_place(const struct rtm *t, const struct rtm_key *key, unsigned *ret_length)
{
    struct answer answer = {0, 0, false};

    match_any(t, key, &answer);
    *ret_length = answer.length;
    return answer.found;
}

uint32_t rtm_match_key(const struct rtm *t, const struct rtm_key *key, unsigned *ret_length)
{
    struct rtm_key left;
    struct answer answer = {0, 0, false};

    match_any(t, key, &answer);
    while (answer.found && !answer.attribute && answer.length > 0) { /* one that has gone */
        left = rtm_key_shorten(key, answer.length - 1);
        answer.found = false;
        match(t, t->root, &left, &answer);
    }
    *ret_length = answer.length;
    return answer.attribute;
}

static __attribute__((noinline)) const struct rtm_route *
match_slowly(const struct rtm *t, const struct rtm_address *address, struct rtm_prefix *ret_prefix)
{
    struct rtm_key key = rtm_key_host(t->key_words, address);
    unsigned length;
    uint32_t attribute = rtm_match_key(t, &key, &length);

    if (!attribute) return NULL;
    if (ret_prefix) {
        key = rtm_key_shorten(&key, length);
        *ret_prefix = rtm_key_prefix(&key);
    }
    return &rtm_attribute_at(t, attribute)->route;
}

/* ---- the commonest case ---------------------------------------------------------------------- */

/* The slot of the deepest prefix above an address, of a node of the jump's depth or at its end;
 * NULL where that isn't all there is to it. Almost without a branch: who looks up many addresses
 * has the processor wait for several at once, as many as the instructions that it keeps in flight
 * are for, so each one less is worth having. */
static inline __attribute__((always_inline)) const struct rtm_slot *
quick(const struct rtm *t, const struct rtm_address *address, bool modern, unsigned *ret_place)
{
    uint64_t high = rtm_load_word(address->octets);
    const struct rtm_node *n = t->jump_nodes[high >> t->jump_shift];
    const struct rtm_leaf *leaf = &t->places.leaves[high << t->jump_bits >> 58];
    const struct rtm_slot *slots = (const void *)((const unsigned char *)n + t->node_head);
    uint64_t bits = n->bits[leaf->half], word = bits & leaf->above;
    unsigned place = 63 - rtm_leading_zeros(word);

    rtm_prefetch((const unsigned char *)n + 64);
    if (!word) return NULL;
    *ret_place = leaf->half * 64 + place;
    bits &= ((uint64_t)1 << place) - 1;
    slots += (n->half & (0u - leaf->half)) +
             (modern ? (unsigned)__builtin_popcountll(bits) : rtm_population(bits));
    return slots->ref & RTM_REF_EXACT && slots->attribute ? slots : NULL;
}

static __attribute__((noinline)) const struct rtm_route *
match_telling(const struct rtm *t, const struct rtm_address *address, struct rtm_prefix *ret_prefix)
{
    struct rtm_key key = rtm_key_host(t->key_words, address);
    unsigned place = 0;
    const struct rtm_slot *slot = t->jump ? quick(t, address, false, &place) : NULL;

    if (!slot) return match_slowly(t, address, ret_prefix);
    place = t->places.number_of[place];
    key = rtm_key_shorten(&key, t->jump_bits + 63 - rtm_leading_zeros(place));
    *ret_prefix = rtm_key_prefix(&key);
    return &rtm_attribute_at(t, slot->attribute)->route;
}

static inline __attribute__((always_inline)) const struct rtm_route *
match_trie(const struct rtm *t, const struct rtm_address *address, bool modern)
{
    unsigned place;
    const struct rtm_slot *slot = t->jump ? quick(t, address, modern, &place) : NULL;

    return slot ? &rtm_attribute_at(t, slot->attribute)->route : match_slowly(t, address, NULL);
}

/* By the answers, if there are any, and else `otherwise`. */
static inline __attribute__((always_inline)) const struct rtm_route *
match_answer(const struct rtm *t, const struct rtm_address *address, bool modern,
             const struct rtm_route *(*otherwise)(const struct rtm *, const struct rtm_address *))
{
    uint32_t attribute = t->answers.blocks ? rtm_answer(&t->answers, address, modern) : 0;

    return attribute ? &rtm_attribute_at(t, attribute)->route : otherwise(t, address);
}

static __attribute__((noinline)) const struct rtm_route *
match_plain(const struct rtm *t, const struct rtm_address *address)
{
    return match_trie(t, address, false);
}

#if defined(__x86_64__) && defined(__GNUC__)
#define MATCH_MODERN 1
/* With instructions that nearly every processor has, but that no program may count on. */
__attribute__((target("popcnt,bmi2"), noinline)) static const struct rtm_route *
trie_modern(const struct rtm *t, const struct rtm_address *address)
{
    return match_trie(t, address, true);
}

__attribute__((target("popcnt,bmi2"))) static const struct rtm_route *
match_modern(const struct rtm *t, const struct rtm_address *address)
{
    return match_answer(t, address, true, trie_modern);
}
#endif

const struct rtm_route *rtm_best_match(const struct rtm *t, const struct rtm_address *address,
                                       struct rtm_prefix *ret_prefix)
{
    if (ret_prefix) return match_telling(t, address, ret_prefix);
#ifdef MATCH_MODERN
    if (__builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt"))
        return match_modern(t, address);
#endif
    return match_answer(t, address, false, match_plain);
}
