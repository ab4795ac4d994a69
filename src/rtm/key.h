/* Prefixes as keys of the trie, and arithmetic on words. Nobody outside of src/rtm includes this.
 */
#ifndef MPR_RTM_KEY_H
#define MPR_RTM_KEY_H

#include <string.h>

#include "rtm/rtm.h"

#define RTM_STRIDE 6u /* bits that a node of the trie tells apart */

/* A prefix as two big-endian words, so that comparing bits is one XOR. IPv4 has low == 0. */
struct rtm_key {
    uint64_t high, low;
    unsigned length;
};

/* ---- inline: a descent calls these at every node --------------------------------------------- */

static inline unsigned rtm_leading_zeros(uint64_t word)
{
#if defined(__GNUC__)
    return word ? (unsigned)__builtin_clzll(word) : 64;
#else
    unsigned n = 0;
    while (n < 64 && !(word >> (63 - n) & 1)) n++;
    return n;
#endif
}

/* Of a word that is not 0. */
static inline unsigned rtm_trailing_zeros(uint64_t word)
{
    return 63 - rtm_leading_zeros(word & (~word + 1));
}

/* Written out: without an instruction for it, which not every processor has, compilers call a
 * function. */
static inline unsigned rtm_population(uint64_t word)
{
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (unsigned)(word * 0x0101010101010101u >> 56);
}

/* Leading bits that both have. */
static inline unsigned rtm_key_common(const struct rtm_key *a, const struct rtm_key *b)
{
    unsigned limit = a->length < b->length ? a->length : b->length;
    unsigned common = rtm_leading_zeros(a->high ^ b->high);
    if (common == 64) common += rtm_leading_zeros(a->low ^ b->low);
    return common < limit ? common : limit;
}

/* The bits of one stride from position on; past the end they are 0. */
static inline unsigned rtm_key_stride(const struct rtm_key *key, unsigned position)
{
    if (position <= 58) return (unsigned)(key->high >> (58 - position)) & 63;
    if (position < 64)
        return (unsigned)(key->high << (position - 58) | key->low >> (122 - position)) & 63;
    if (position <= 122) return (unsigned)(key->low >> (122 - position)) & 63;
    return (unsigned)(key->low << (position - 122)) & 63;
}

static inline uint64_t rtm_load_word(const uint8_t *octets)
{
    /* Written out, since this is what compilers know as one load and a byte swap. */
    return (uint64_t)octets[0] << 56 | (uint64_t)octets[1] << 48 | (uint64_t)octets[2] << 40 |
           (uint64_t)octets[3] << 32 | (uint64_t)octets[4] << 24 | (uint64_t)octets[5] << 16 |
           (uint64_t)octets[6] << 8 | octets[7];
}

/* An address as a prefix of its full length. */
static inline struct rtm_key rtm_key_host(unsigned words, const struct rtm_address *address)
{
    uint64_t high = rtm_load_word(address->octets);

    if (words == 1) return (struct rtm_key){high & ~(uint64_t)UINT32_MAX, 0, 32};
    return (struct rtm_key){high, rtm_load_word(address->octets + 8), 128};
}

static inline void rtm_store_word(uint8_t *octets, uint64_t word)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    word = __builtin_bswap64(word);
    memcpy(octets, &word, sizeof(word));
#else
    for (unsigned n = 0; n < 8; n++) octets[n] = (uint8_t)(word >> (56 - 8 * n));
#endif
}

static inline struct rtm_prefix rtm_key_prefix(const struct rtm_key *key)
{
    struct rtm_prefix prefix = {.length = (uint8_t)key->length};

    rtm_store_word(prefix.address.octets, key->high);
    rtm_store_word(prefix.address.octets + 8, key->low);
    return prefix;
}

/* The key of what has this number in a node of this key. */
static inline struct rtm_key rtm_key_below(const struct rtm_key *node, unsigned number)
{
    unsigned level = 63 - rtm_leading_zeros(number), at = node->length;
    uint64_t bits = (uint64_t)(number << (RTM_STRIDE - level) & 63)
                    << 58; /* leading ones of a word */
    struct rtm_key key = {node->high, node->low, at + level};

    if (at < 64) key.high |= bits >> at;
    if (at >= 64) key.low |= bits >> (at - 64);
    if (at == 60) key.low |= bits << 4;
    return key;
}

/* ---- key.c ----------------------------------------------------------------------------------- */

/* False when length is too long for the family or a bit is set past it. */
bool rtm_key_of(struct rtm_key *ret, enum rtm_family family, const struct rtm_prefix *prefix);
/* As rtm_key_of, but bits past the length are cleared and too long a length is cut. */
struct rtm_key rtm_key_cut(enum rtm_family family, const struct rtm_prefix *prefix);
/* Order of iteration: address, then length. */
int rtm_key_compare(const struct rtm_key *a, const struct rtm_key *b);
struct rtm_key rtm_key_shorten(const struct rtm_key *key, unsigned length);

/* ---- kept.c ---------------------------------------------------------------------------------- */

/* Keeps a key in key_words words. False when out of memory. */
bool rtm_key_keep(struct rtm *t, uint32_t *words, const struct rtm_key *key);
/* Of a key of that length. */
void rtm_key_forget(struct rtm *t, const uint32_t *words, unsigned length);

#endif
