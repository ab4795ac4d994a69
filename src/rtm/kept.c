/* Keys as records and nodes keep them: a word of IPv4, two of IPv6. Of a longer prefix of IPv6 than
 * 64 bits the second one is the number of a tail, which has what is missing: networks are announced
 * with far fewer, and in a large table each word of a key is worth as much as a consumer. */
#include "rtm/internal.h"

bool rtm_key_keep(struct rtm *t, uint32_t *words, const struct rtm_key *key)
{
    uint32_t *rest;

    words[0] = (uint32_t)(key->high >> 32);
    if (key->length <= 64) {
        if (t->key_words > 1) words[1] = (uint32_t)key->high;
        return true;
    }
    words[1] = rtm_slab_alloc(&t->tails);
    if (!words[1]) return false;
    rest = rtm_slab_at(&t->tails, words[1]);
    rest[0] = (uint32_t)key->high;
    rest[1] = (uint32_t)(key->low >> 32);
    rest[2] = (uint32_t)key->low;
    return true;
}

void rtm_key_forget(struct rtm *t, const uint32_t *words, unsigned length)
{
    if (length > 64) (void)rtm_slab_free(&t->tails, words[1]);
}
