#include "rtm/answers.h"

#include "rtm/internal.h"

#define BLOCKS      (1u << RTM_BLOCK_BITS)
#define NETWORKS    64u /* of a block */
#define SWEEP_COUNT 8u

static bool is_kept(const struct rtm_answers *a, const struct rtm_block *b)
{
    return b->answers != a->unknown && b->answers != a->nothing;
}

static void block_set(struct rtm_answers *a, struct rtm_block *b, uint64_t starts,
                      uint16_t *answers)
{
    if (is_kept(a, b)) mem_free(b->answers);
    b->starts = starts;
    b->answers = answers;
}

void rtm_answers_drop(struct rtm *t)
{
    struct rtm_answers *a = &t->answers;

    if (!a->blocks) return;
    for (uint32_t n = 0; n < BLOCKS; n++) block_set(a, &a->blocks[n], 1, a->unknown);
    mem_free(a->blocks);
    a->blocks = NULL;
}

static bool answers_make(struct rtm_answers *a)
{
    a->blocks = mem_alloc_array(BLOCKS, sizeof(*a->blocks));
    if (!a->blocks) return false;
    for (uint32_t n = 0; n < BLOCKS; n++) a->blocks[n] = (struct rtm_block){1, a->unknown};
    a->swept = 0;
    return true;
}

/* ---- filling --------------------------------------------------------------------------------- */

static uint16_t answer_of(uint32_t attribute, unsigned length)
{
    bool is_one = length >= RTM_ANSWERS_LENGTH && length <= 24 && attribute <= UINT16_MAX;

    return is_one ? (uint16_t)attribute : 0;
}

static void networks_set(uint16_t *networks, const struct rtm_key *key, uint32_t attribute)
{
    unsigned first = key->high >> 40 & (NETWORKS - 1);
    unsigned count = key->length < 24 ? 1u << (24 - key->length) : 1;
    uint16_t answer = answer_of(attribute, key->length);

    for (unsigned n = 0; n < count; n++) networks[first + n] = answer;
}

/* What is longer comes after what it is below. */
static void networks_fill(const struct rtm *t, uint16_t *networks, const struct rtm_key *block)
{
    unsigned length;
    uint32_t attribute = rtm_match_key(t, block, &length);
    uint16_t above = answer_of(attribute, length);
    struct rtm_key key;
    rtm_ref jump = rtm_jump(t, block);
    struct rtm_path cursor;
    const struct rtm_slot *slot;

    for (unsigned n = 0; n < NETWORKS; n++) networks[n] = above;
    rtm_cursor_seek(t, &cursor, jump ? jump : t->root, block);
    while ((slot = rtm_cursor_next(t, &cursor, &key)) != NULL &&
           key.high >> (64 - RTM_BLOCK_BITS) == block->high >> (64 - RTM_BLOCK_BITS))
        if (slot->attribute) networks_set(networks, &key, slot->attribute);
}

/* Leaves the first of each run, and says where they begin. */
static uint64_t runs_of(uint16_t *networks, unsigned *ret_count)
{
    uint64_t starts = 1;
    unsigned count = 1;

    for (unsigned n = 1; n < NETWORKS; n++) {
        if (networks[n] == networks[count - 1]) continue;
        networks[count++] = networks[n];
        starts |= (uint64_t)1 << n;
    }
    *ret_count = count;
    return starts;
}

static void block_fill(struct rtm *t, uint32_t number)
{
    struct rtm_answers *a = &t->answers;
    struct rtm_key key = {(uint64_t)number << (64 - RTM_BLOCK_BITS), 0, RTM_BLOCK_BITS};
    uint16_t networks[NETWORKS], *answers = a->nothing;
    unsigned count;
    uint64_t starts;

    networks_fill(t, networks, &key);
    starts = runs_of(networks, &count);
    if (count > 1 || networks[0]) answers = mem_dup(networks, count * sizeof(*networks));
    if (answers) block_set(a, &a->blocks[number], starts, answers);
}

/* ---- changes --------------------------------------------------------------------------------- */

/* Of how many blocks the prefix has answers, from *ret_first on. */
static uint32_t blocks_of(const struct rtm_key *key, uint32_t *ret_first)
{
    *ret_first = (uint32_t)(key->high >> (64 - RTM_BLOCK_BITS));
    if (key->length < RTM_ANSWERS_LENGTH) return 0;
    return key->length < RTM_BLOCK_BITS ? 1u << (RTM_BLOCK_BITS - key->length) : 1;
}

void rtm_answers_forget(struct rtm *t, uint32_t destination)
{
    struct rtm_answers *a = &t->answers;
    struct rtm_key key = rtm_record_key(t, rtm_record_at(t, destination));
    uint32_t first, count = blocks_of(&key, &first);

    for (uint32_t n = first; n < first + count; n++) block_set(a, &a->blocks[n], 1, a->unknown);
}

static void blocks_fill(struct rtm *t, uint32_t first, uint32_t count)
{
    const struct rtm_answers *a = &t->answers;

    for (uint32_t n = first; n < first + count; n++)
        if (a->blocks[n].answers == a->unknown) block_fill(t, n);
}

void rtm_answers_told(struct rtm *t, const struct rtm_key *key)
{
    struct rtm_answers *a = &t->answers;
    uint32_t first, count = blocks_of(key, &first);

    if (a->blocks && t->destinations < a->from / 2) rtm_answers_drop(t);
    if (!a->blocks && (t->destinations < a->from || !answers_make(a))) return;
    blocks_fill(t, first, count);
    if (a->swept == BLOCKS) return;
    blocks_fill(t, a->swept, SWEEP_COUNT);
    a->swept += SWEEP_COUNT;
}
