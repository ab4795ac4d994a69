/* A table by the first 12 or 18 bits of the nodes that lie that deep, which spares a large trie's
 * lookups the nodes above. It is made when it costs less than eight octets a destination. */
#include "rtm/internal.h"

#define FEW       0x800u /* destinations: from here on a table of FEW_BITS */
#define FEW_BITS  12u
#define MANY      0x80000u
#define MANY_BITS 18u

static const struct rtm_node no_node;

static bool is_due(const struct rtm *t, const struct rtm_node *n, unsigned end)
{
    return t->jump && end <= t->jump_bits && n->depth >= t->jump_bits;
}

static void jump_put(struct rtm *t, const struct rtm_node *n, rtm_ref ref)
{
    size_t at = (size_t)(rtm_node_key(t, n).high >> (64 - t->jump_bits));

    t->jump[at] = ref;
    t->jump_nodes[at] = ref && n->depth == t->jump_bits ? n : &no_node;
}

void rtm_jump_set(struct rtm *t, rtm_ref ref, unsigned end)
{
    const struct rtm_node *n = rtm_node_at(t, ref);

    if (is_due(t, n, end)) jump_put(t, n, ref);
}

void rtm_jump_clear(struct rtm *t, rtm_ref ref, unsigned end)
{
    const struct rtm_node *n = rtm_node_at(t, ref);

    if (is_due(t, n, end)) jump_put(t, n, 0);
}

/* The head of a node and the slots that follow. */
void rtm_jump_prefetch(const struct rtm *t, const struct rtm_key *key)
{
    rtm_ref jump = rtm_jump(t, key);
    const unsigned char *n = jump ? (const void *)rtm_node_at(t, jump) : NULL;

    if (!n) return;
    rtm_prefetch(n);
    rtm_prefetch(n + 64);
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

void rtm_jump_drop(struct rtm *t)
{
    mem_free(t->jump);
    mem_free((void *)t->jump_nodes);
    t->jump = NULL;
    t->jump_nodes = NULL;
    t->jump_bits = 0;
}

static void jump_make(struct rtm *t, unsigned bits)
{
    rtm_ref *jump = bits ? mem_alloc_array((size_t)1 << bits, sizeof(*jump)) : NULL;
    const struct rtm_node **nodes =
        jump ? mem_alloc_array((size_t)1 << bits, sizeof(struct rtm_node *)) : NULL;

    if (bits && !nodes) {
        mem_free(jump);
        return;
    }
    rtm_jump_drop(t);
    if (!bits) return;
    t->jump = jump;
    t->jump_nodes = nodes;
    t->jump_bits = bits;
    t->jump_shift = 64 - bits;
    for (size_t n = 0; n < (size_t)1 << bits; n++) nodes[n] = &no_node;
    jump_fill(t, t->root, 0);
}

void rtm_jump_adapt(struct rtm *t)
{
    size_t n = t->destinations;
    unsigned bits;

    if (n & (n - 1)) return; /* without memory: not again before there are twice as many */
    bits = bits_for(n, t->jump_bits);
    if (bits != t->jump_bits) jump_make(t, bits);
}
