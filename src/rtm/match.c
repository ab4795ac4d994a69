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

/* The commonest case, without a branch that depends on which prefix it is: of a node of exactly
 * the jump's depth the deepest prefix above the key, which is of the node or at its end. */
static bool match_jump(const struct rtm *t, rtm_ref jump, const struct rtm_key *key,
                       struct answer *answer)
{
    struct rtm_node *n = rtm_node_at(t, jump);
    unsigned number = 64 | rtm_key_stride(key, t->jump_bits), place;
    uint64_t word = above(t, n, number);
    const struct rtm_slot *slot;

    rtm_prefetch((const unsigned char *)n + 64);
    if (n->depth != t->jump_bits || !word) return false;
    place = (t->places.of_number[number] & 64u) + 63 - rtm_leading_zeros(word);
    slot = rtm_slot_at(t, n, place);
    answer->attribute = slot->attribute;
    answer->length = n->depth + 63 - rtm_leading_zeros(t->places.number_of[place]);
    return slot->ref & RTM_REF_EXACT && answer->attribute;
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

uint32_t rtm_trie_match(const struct rtm *t, const struct rtm_key *key, unsigned *ret_length)
{
    struct answer answer = {0, 0, false};
    rtm_ref jump = rtm_jump(t, key);
    struct rtm_key left;

    if (!jump || !match_jump(t, jump, key, &answer)) {
        answer = (struct answer){0, 0, false};
        match_any(t, key, &answer);
    }
    while (answer.found && !answer.attribute && answer.length > 0) { /* one that has gone */
        left = rtm_key_shorten(key, answer.length - 1);
        answer.found = false;
        match(t, t->root, &left, &answer);
    }
    *ret_length = answer.length;
    return answer.attribute;
}
