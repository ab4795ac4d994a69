/* Answers of a large table of IPv4 by the first 24 bits of an address, kept as runs of the same
 * one. Nobody outside of src/rtm includes this.
 *
 * A block is of 64 networks of 24 bits, with a vector of what their addresses match. There are only
 * answers that are the same for a whole network of 24 bits, whose prefix has 12 bits or more, and
 * whose attribute has a small number; 0 stands for any other, which the trie knows. So a change
 * concerns 64 blocks at most. It only takes them out of use; they are filled again when a consumer
 * is told of the change.
 */
#ifndef MPR_RTM_ANSWERS_H
#define MPR_RTM_ANSWERS_H

#include "rtm/key.h"

#define RTM_BLOCK_BITS     18u      /* of the address, which are the same in a block */
#define RTM_ANSWERS_FROM   0xC0000u /* destinations: here it costs some ten octets each */
#define RTM_ANSWERS_LENGTH 12u      /* of a prefix, at least */

struct rtm_block {
    uint64_t starts;   /* networks where another run begins; the first bit is set */
    uint16_t *answers; /* an attribute for each run, or 0: ask the trie */
};

struct rtm_answers {
    struct rtm_block *blocks; /* NULL: there are none */
    size_t from;              /* destinations: fewer have none */
    uint32_t swept;           /* blocks that were filled since there are any */
    uint16_t unknown[1];      /* the vector of a block that is out of use: a 0 */
    uint16_t nothing[1];      /* that of one for which the trie is always asked */
};

/* The attribute, or 0: ask the trie. There are blocks. */
static inline __attribute__((always_inline)) uint32_t
rtm_answer(const struct rtm_answers *a, const struct rtm_address *address, bool modern)
{
    uint64_t high = rtm_load_word(address->octets);
    const struct rtm_block *b = &a->blocks[high >> (64 - RTM_BLOCK_BITS)];
    uint64_t runs = b->starts << (63 - (high >> 40 & 63));

    return b->answers[(modern ? (unsigned)__builtin_popcountll(runs) : rtm_population(runs)) - 1];
}

#endif
