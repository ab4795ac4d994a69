/* A table by the first 12 or 18 bits of the nodes that lie that deep, which spares a large trie's
 * lookups the nodes above. It is made when it costs less than eight octets a destination. */
#include "rtm/internal.h"

#define FEW       0x800u /* destinations: from here on a table of FEW_BITS */
#define FEW_BITS  12u
#define MANY      0x20000u
#define MANY_BITS 18u

static bool is_due(const struct rtm *t, const struct rtm_node *n, unsigned end)
{
    return t->jump && end <= t->jump_bits && n->depth >= t->jump_bits;
}

static rtm_ref *entry(const struct rtm *t, const struct rtm_node *n)
{
    return &t->jump[rtm_node_key(t, n).high >> (64 - t->jump_bits)];
}

void rtm_jump_set(struct rtm *t, rtm_ref ref, unsigned end)
{
    const struct rtm_node *n = rtm_node_at(t, ref);

    if (is_due(t, n, end)) *entry(t, n) = ref;
}

void rtm_jump_clear(struct rtm *t, rtm_ref ref, unsigned end)
{
    const struct rtm_node *n = rtm_node_at(t, ref);

    if (is_due(t, n, end)) *entry(t, n) = 0;
}

/* At most four deep. */
static void jump_fill(struct rtm *t, rtm_ref ref, unsigned end)
{
    struct rtm_node *n = rtm_node_at(t, ref);

    rtm_jump_set(t, ref, end);
    if (n->depth >= t->jump_bits) return;
    for (unsigned i = 0; i < n->count; i++) {
        rtm_ref below = rtm_slot_at(t, n, 0)[i].ref;
        if (rtm_ref_is_node(below)) jump_fill(t, below, n->depth + RTM_STRIDE);
    }
}

/* Fewer destinations than a table was made for keep it for some time. */
static unsigned bits_for(size_t destinations, unsigned now)
{
    if (destinations >= MANY || (now == MANY_BITS && destinations > MANY / 4)) return MANY_BITS;
    return destinations >= FEW || (now && destinations > FEW / 4) ? FEW_BITS : 0;
}

static void jump_make(struct rtm *t, unsigned bits)
{
    rtm_ref *jump = bits ? mem_alloc_array((size_t)1 << bits, sizeof(*jump)) : NULL;

    if (bits && !jump) return;
    mem_free(t->jump);
    t->jump = jump;
    t->jump_bits = bits;
    if (jump) jump_fill(t, t->root, 0);
}

void rtm_jump_adapt(struct rtm *t)
{
    size_t n = t->destinations;
    unsigned bits;

    if (n & (n - 1)) return; /* without memory: not again before there are twice as many */
    bits = bits_for(n, t->jump_bits);
    if (bits != t->jump_bits) jump_make(t, bits);
}
