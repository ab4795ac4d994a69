/* What the files of src/rtm share. Nobody else includes this.
 *
 *   struct rtm ── trie of rtm_node (one per destination, and one per fork)
 *                    └─ rtm_item list, best first
 *              ── rtm_entity ── rtm_list per interface ── the same rtm_items
 *              ── rtm_consumer (up to 32) ── queue of rtm_nodes through rtm_change links
 */
#ifndef MPR_RTM_INTERNAL_H
#define MPR_RTM_INTERNAL_H

#include "base/hash.h"
#include "rtm/rtm.h"

#define RTM_MAX_CONSUMERS 32u
#define RTM_NEAR_CHANGES  2u /* links kept inside a node; the rest is allocated when in use */

/* A prefix as two big-endian words, so that comparing bits is one XOR. IPv4 has low == 0. */
struct rtm_key {
    uint64_t high, low;
    unsigned length;
};

/* A node's place in the queue of one consumer. */
struct rtm_change {
    struct rtm_node *next;
    bool queued;
};

/* A destination (items != NULL), a destination that went but whose going some consumer has yet to
 * see (pending != 0), or a mere fork. The root is a fork of length 0 and never freed. */
struct rtm_node {
    struct rtm_key key;
    struct rtm_node *parent, *child[2];
    struct rtm_item *items;
    unsigned pending; /* consumers in whose queues this node is */
    struct rtm_change near_changes[RTM_NEAR_CHANGES];
    struct rtm_change *far_changes; /* of consumers RTM_NEAR_CHANGES.. ; NULL until needed */
};

struct rtm_item {
    struct rtm_route route;
    uint64_t age; /* order of first addition; lower is older */
    struct rtm_node *node;
    struct rtm_item *worse; /* list of the node, best first */
    struct rtm_list *list;
    struct rtm_item *prev, *next; /* of list */
};

/* The routes of one entity over one interface; lives only while there is one. */
struct rtm_list {
    uint32_t interface;
    bool sorted; /* by key: additions in order keep it so, rtm_walk_entity restores it */
    size_t count;
    struct rtm_entity *entity;
    struct rtm_item *items;
    UT_hash_handle hh;
};

struct rtm_entity {
    struct rtm *table;
    uint32_t owner_id;
    bool leaving;
    size_t count;
    struct rtm_list *lists; /* hash by interface */
    struct rtm_entity *prev, *next;
};

struct rtm_consumer {
    struct rtm *table;
    unsigned slot;
    rtm_wake_fn *wake;
    void *context;
    struct rtm_node *head, *tail;
};

struct rtm {
    enum rtm_family family;
    struct rtm_node root;
    struct rtm_entity *entities;
    struct rtm_consumer *consumers[RTM_MAX_CONSUMERS];
    unsigned slots; /* those past this many are NULL */
    bool far;       /* nodes have far_changes */
    size_t destinations, routes;
    uint64_t clock; /* of rtm_item.age */
    uint64_t serial;
};

/* Inline: a descent calls these at every node. */
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

/* Leading bits that both have. */
static inline unsigned rtm_key_common(const struct rtm_key *a, const struct rtm_key *b)
{
    unsigned limit = a->length < b->length ? a->length : b->length;
    unsigned common = rtm_leading_zeros(a->high ^ b->high);
    if (common == 64) common += rtm_leading_zeros(a->low ^ b->low);
    return common < limit ? common : limit;
}

static inline unsigned rtm_key_bit(const struct rtm_key *key, unsigned position)
{
    uint64_t word = position < 64 ? key->high : key->low;
    return (unsigned)(word >> (63 - position % 64) & 1);
}

/* key.c */
/* False when length is too long for the family or a bit is set past it. */
bool rtm_key_of(struct rtm_key *ret, enum rtm_family family, const struct rtm_prefix *prefix);
/* As rtm_key_of, but bits past the length are cleared and too long a length is cut. */
struct rtm_key rtm_key_cut(enum rtm_family family, const struct rtm_prefix *prefix);
struct rtm_prefix rtm_key_prefix(const struct rtm_key *key);
/* Order of iteration: address, then length. */
int rtm_key_compare(const struct rtm_key *a, const struct rtm_key *b);
struct rtm_key rtm_key_shorten(const struct rtm_key *key, unsigned length);

/* trie.c */
struct rtm_node *rtm_node_find(const struct rtm *t, const struct rtm_key *key);
/* Finds or makes the node; NULL when out of memory, with the trie unchanged. */
struct rtm_node *rtm_node_make(struct rtm *t, const struct rtm_key *key);
/* Frees the node if it is neither a destination nor pending nor a fork. */
void rtm_node_release(struct rtm_node *n);
void rtm_node_free_all(struct rtm *t);
/* Next node in order, forks and pending ones included; NULL at the end. */
struct rtm_node *rtm_node_next(const struct rtm_node *n);
/* First node after key. */
struct rtm_node *rtm_node_after(const struct rtm *t, const struct rtm_key *key);
/* Deepest node with routes that covers the key. */
struct rtm_node *rtm_node_match(const struct rtm *t, const struct rtm_key *key);

/* stream.c */
/* Queues the node for every consumer. */
void rtm_changed(struct rtm *t, struct rtm_node *n);

/* entity.c */
struct rtm_list *rtm_list_make(struct rtm_entity *e, uint32_t interface);
void rtm_list_add(struct rtm_list *l, struct rtm_item *item);
void rtm_list_remove(struct rtm_item *item);
/* Frees the list if it is empty. */
void rtm_list_release(struct rtm_list *l);

/* rtm.c */
/* Takes item out of its destination and its list and frees it; the list stays, even if empty. */
void rtm_item_delete(struct rtm_item *item);

#endif
