/* What the files of src/rtm share. Nobody else includes this.
 *
 *   struct rtm ── trie of rtm_node ── slots ── rtm_record (a destination with its best route)
 *                                                 └─ rtm_records of its other routes, best first
 *              ── rtm_attribute: what routes have in common, one for all that have the same
 *              ── rtm_entity ── rtm_list per interface ── the same rtm_records
 *              ── rtm_consumer (up to 32) ── queue of rtm_records
 *
 * Everything of which there are as many as routes lives in slabs and is named by 32-bit numbers.
 */
#ifndef MPR_RTM_INTERNAL_H
#define MPR_RTM_INTERNAL_H

#include "base/hash.h"
#include "rtm/answers.h"
#include "rtm/key.h"
#include "rtm/slab.h"

#define RTM_MAX_CONSUMERS 32u

/* ---- records --------------------------------------------------------------------------------- */

/* A destination and its best route, or another route of a destination (beside). A destination
 * without a route (attribute 0) is one whose going some consumer has yet to see. */
struct rtm_record {
    uint32_t attribute;
    uint32_t previous, next; /* of the list of the attribute */
    uint32_t worse;          /* the destination's next route, 0 at the end */
    uint16_t age;            /* lower is older, among the routes of the destination */
    uint8_t length;          /* of the destination's prefix, or RTM_BESIDE */
    uint8_t pending;         /* consumers in whose queues the destination is, and its pins */
    uint32_t key[]; /* as kept.c has it; of a route beside, the first: the destination's record */
};

#define RTM_BESIDE 255u

/* ---- attributes ------------------------------------------------------------------------------ */

/* Routes of one list that say the same share this. */
struct rtm_attribute {
    struct rtm_route route;
    uint32_t references;
    uint32_t chain; /* the next of the same hash */
    uint32_t idle;  /* the next that rtm_hold keeps, RTM_LAST the end; 0: it is not among them */
    struct rtm_list *list;
};

#define RTM_LAST            UINT32_MAX
#define RTM_ATTRIBUTE_SHIFT 6u /* of their slab */

struct rtm_attributes {
    struct rtm_slab slab;
    uint32_t *buckets;
    uint32_t count, bucket_count; /* a power of 2 */
    uint32_t idle;
    unsigned holds;
};

/* ---- trie ------------------------------------------------------------------------------------ */

#define RTM_MAX_DEPTH     126u
#define RTM_LEVELS        (RTM_MAX_DEPTH / RTM_STRIDE + 1)
#define RTM_NODE_SIZES    8u
#define RTM_REF_NODE      0x80000000u
#define RTM_REF_EXACT     0x40000000u
#define RTM_REF_RECORD    0x3FFFFFFFu
#define RTM_REF_SIZE_BITS 3u
#define RTM_REF_SIZE      7u

/* A node, with RTM_REF_NODE (index, then the size it is of in the lowest bits), or a record. A
 * record with RTM_REF_EXACT has just the prefix of its place; one without it is at the end of the
 * stride, where it is the only one below, however much longer. */
typedef uint32_t rtm_ref;

struct rtm_slot {
    rtm_ref ref;
    uint32_t attribute; /* of the record; looking up needs no more */
};

/* All prefixes below `key` with 0 to 5 bits more, and what is below it with 6 and more. The places
 * are the nodes of a full binary tree of seven levels in preorder: 0 is the prefix itself, those
 * from 64 on are the half whose next bit is 1. That is the order of rtm_key_compare. */
struct rtm_node {
    uint64_t bits[2]; /* places that are taken */
    uint8_t depth;    /* length of key: a multiple of RTM_STRIDE */
    uint8_t count;    /* slots in use, in the order of their places */
    uint8_t half;     /* of them those in bits[0] */
    uint8_t size;     /* number of its slab */
    uint32_t key[];   /* as kept.c has it, and then the slots, at rtm.node_head */
};

/* Where a place is: number 1 is the root of that tree, 2n and 2n + 1 what is below n. */
struct rtm_places {
    uint8_t of_number[128], number_of[128];
    uint64_t above[128]; /* by number: itself and those above it, in its half */
    struct rtm_leaf {
        uint64_t above;
        unsigned half;
    } leaves[64]; /* of the numbers from 64 on: their half, and what is above */
};

struct rtm_step {
    rtm_ref ref;
    unsigned place;
};

/* The nodes from the root down to one, each with the place that leads on. */
struct rtm_path {
    unsigned count;
    struct rtm_step steps[RTM_LEVELS];
};

/* ---- entities and consumers ------------------------------------------------------------------ */

/* The routes of one entity over one interface; lives only while there is one, or an attribute. */
struct rtm_list {
    uint32_t interface;
    bool sorted; /* by key: additions in order keep it so, rtm_list_sort restores it */
    size_t count, attributes;
    struct rtm_entity *entity;
    uint32_t head, tail, recent; /* recent: the attribute that was asked for last, or 0 */
    UT_hash_handle hh;
};

struct rtm_entity {
    struct rtm *table;
    uint32_t owner_id;
    bool leaving;
    size_t count;
    struct rtm_list *lists;  /* hash by interface */
    struct rtm_list *recent; /* the one that was added to last, or NULL */
    struct rtm_entity *prev, *next;
};

struct rtm_consumer {
    struct rtm *table;
    unsigned slot;
    rtm_wake_fn *wake;
    void *context;
    uint32_t head, tail;
    uint32_t **links; /* as the chunks of the records: the next in the queue, or RTM_LAST; or 0 */
    uint32_t link_chunks;
};

struct rtm {
    enum rtm_family family;
    unsigned key_words, node_head;
    struct rtm_slab records, tails;
    struct rtm_slab nodes[RTM_NODE_SIZES];
    struct rtm_attributes attributes;
    struct rtm_places places;
    rtm_ref root;
    rtm_ref *jump; /* by the first jump_bits: the node that the way leads to, or 0. May be NULL */
    /* The same for looking up: the node if it is of just that depth, else one without a place. */
    const struct rtm_node **jump_nodes;
    unsigned jump_bits, jump_shift;
    struct rtm_answers answers;
    struct rtm_entity *entities;
    struct rtm_consumer *consumers[RTM_MAX_CONSUMERS];
    unsigned slots; /* consumers past this many are NULL */
    size_t destinations, routes;
    uint64_t serial;
};

/* ---- inline: a descent calls these at every node --------------------------------------------- */

static inline struct rtm_record *rtm_record_at(const struct rtm *t, uint32_t index)
{
    return rtm_slab_at(&t->records, index);
}

/* What rtm_key_keep has put into words. */
static inline struct rtm_key rtm_key_kept(const struct rtm *t, const uint32_t *words,
                                          unsigned length)
{
    struct rtm_key k = {(uint64_t)words[0] << 32, 0, length};

    if (length > 64) {
        const uint32_t *tail = rtm_slab_at(&t->tails, words[1]);
        k.high |= tail[0];
        k.low = (uint64_t)tail[1] << 32 | tail[2];
    } else if (t->key_words > 1) {
        k.high |= words[1];
    }
    return k;
}

static inline struct rtm_key rtm_record_key(const struct rtm *t, const struct rtm_record *r)
{
    return rtm_key_kept(t, r->key, r->length);
}

/* With constants, of which looking up has more than with what the slab knows. */
static inline struct rtm_attribute *rtm_attribute_at(const struct rtm *t, uint32_t index)
{
    const struct rtm_chunk *chunk = &t->attributes.slab.chunks[index >> RTM_ATTRIBUTE_SHIFT];

    return (struct rtm_attribute *)(void *)chunk->cells +
           (index & ((1u << RTM_ATTRIBUTE_SHIFT) - 1));
}

static inline struct rtm_list *rtm_list_of(const struct rtm *t, const struct rtm_record *r)
{
    return rtm_attribute_at(t, r->attribute)->list;
}

static inline bool rtm_ref_is_node(rtm_ref ref)
{
    return (ref & RTM_REF_NODE) != 0;
}

static inline struct rtm_node *rtm_node_at(const struct rtm *t, rtm_ref ref)
{
    return rtm_slab_at(&t->nodes[ref & RTM_REF_SIZE], (ref & ~RTM_REF_NODE) >> RTM_REF_SIZE_BITS);
}

static inline struct rtm_key rtm_node_key(const struct rtm *t, const struct rtm_node *n)
{
    return rtm_key_kept(t, n->key, n->depth);
}

static inline bool rtm_node_covers(const struct rtm *t, const struct rtm_node *n,
                                   const struct rtm_key *key)
{
    struct rtm_key own;

    if (n->depth > key->length) return false;
    if (n->depth < 64) { /* one word */
        uint64_t high = (uint64_t)n->key[0] << 32 | (t->key_words > 1 ? n->key[1] : 0);
        return (high ^ key->high) >> 1 >> (63 - n->depth) == 0;
    }
    own = rtm_node_key(t, n);
    return rtm_key_common(&own, key) == n->depth;
}

/* The number, within a node that covers it, of the key, or of what the key is below. */
static inline unsigned rtm_number(const struct rtm_node *n, const struct rtm_key *key)
{
    unsigned more = key->length - n->depth;
    unsigned number = 64 | rtm_key_stride(key, n->depth);

    return more < RTM_STRIDE ? number >> (RTM_STRIDE - more) : number;
}

static inline bool rtm_is_taken(const struct rtm_node *n, unsigned place)
{
    return (n->bits[place >> 6] >> (place & 63) & 1) != 0;
}

/* The slot of a place: how many places before it are taken. Without a branch that depends on the
 * place: what is looked up at random would often be guessed wrong. */
static inline struct rtm_slot *rtm_slot_at(const struct rtm *t, struct rtm_node *n, unsigned place)
{
    struct rtm_slot *slots = (struct rtm_slot *)(void *)((unsigned char *)n + t->node_head);
    uint64_t before = n->bits[place >> 6] & (((uint64_t)1 << (place & 63)) - 1);

    return slots + (n->half & (0u - (place >> 6))) + rtm_population(before);
}

/* ---- node.c ---------------------------------------------------------------------------------- */

void rtm_nodes_init(struct rtm *t);
unsigned rtm_node_capacity(const struct rtm *t, const struct rtm_node *n);
/* An empty one for some slots, with key cut to depth; 0 when out of memory. */
rtm_ref rtm_node_new(struct rtm *t, unsigned slots, const struct rtm_key *key, unsigned depth);
void rtm_node_free(struct rtm *t, rtm_ref ref);
/* Makes it another size, somewhere else: the old one is still to be freed, and good for nothing
 * more. 0 when out of memory. */
rtm_ref rtm_node_move(struct rtm *t, rtm_ref ref, unsigned slots);
/* The node has room, and the place is not taken. */
void rtm_node_put(const struct rtm *t, struct rtm_node *n, unsigned place, struct rtm_slot slot);
void rtm_node_take(const struct rtm *t, struct rtm_node *n, unsigned place);
/* The first place from this one on that is taken; 128: none. */
unsigned rtm_node_next(const struct rtm_node *n, unsigned place);

/* ---- trie.c ---------------------------------------------------------------------------------- */

mpr_status rtm_trie_create(struct rtm *t);
void rtm_trie_destroy(struct rtm *t);
/* The destination's slot, or NULL. Stays where it is until something is inserted or removed. */
struct rtm_slot *rtm_trie_find(const struct rtm *t, const struct rtm_key *key);
/* The same, with the end of the path to where it is or would be. */
struct rtm_slot *rtm_trie_seek(const struct rtm *t, const struct rtm_key *key,
                               struct rtm_path *path);
/* The key is not in it, and leads there. False when out of memory, with the trie unchanged. */
bool rtm_trie_insert(struct rtm *t, struct rtm_path *path, const struct rtm_key *key,
                     uint32_t record);
/* The key is in it. */
void rtm_trie_remove(struct rtm *t, const struct rtm_key *key);

/* ---- jump.c ---------------------------------------------------------------------------------- */

/* After the number of destinations has changed: has a table of jumps made, or dropped. It only
 * makes things quicker, so nothing fails without memory for it. */
void rtm_jump_adapt(struct rtm *t);
/* A node is at a place that ends with that many bits, or no longer. */
void rtm_jump_set(struct rtm *t, rtm_ref ref, unsigned end);
void rtm_jump_clear(struct rtm *t, rtm_ref ref, unsigned end);
void rtm_jump_drop(struct rtm *t);
void rtm_jump_prefetch(const struct rtm *t, const struct rtm_key *key);
/* The node that all with the key's first bits are below, if there is one; else 0. */
static inline rtm_ref rtm_jump(const struct rtm *t, const struct rtm_key *key)
{
    return t->jump && key->length >= t->jump_bits ? t->jump[key->high >> (64 - t->jump_bits)] : 0;
}

/* ---- match.c, answers.c ---------------------------------------------------------------------- */

/* The attribute of the longest match, or 0. */
uint32_t rtm_match_key(const struct rtm *t, const struct rtm_key *key, unsigned *ret_length);
/* The length of the longest destination above a key, also of one without routes; false: none. */
bool rtm_match_place(const struct rtm *t, const struct rtm_key *key, unsigned *ret_length);
/* A destination has another best route, or none, and there are answers. Never needs memory. */
void rtm_answers_forget(struct rtm *t, uint32_t destination);
/* A consumer is told of a prefix, of IPv4: what it concerns is answered again, if there is memory
 * for that; and some more, until all is. */
void rtm_answers_told(struct rtm *t, const struct rtm_key *key);
void rtm_answers_drop(struct rtm *t);

/* ---- cursor.c -------------------------------------------------------------------------------- */

/* In a cursor a step's place is the first that was not visited yet. */
void rtm_cursor_begin(const struct rtm *t, struct rtm_path *cursor);
/* Before the first destination after the key, of those below a node. */
void rtm_cursor_seek(const struct rtm *t, struct rtm_path *cursor, rtm_ref from,
                     const struct rtm_key *key);
/* The next destination, also one without routes; NULL at the end. */
const struct rtm_slot *rtm_cursor_next(const struct rtm *t, struct rtm_path *cursor,
                                       struct rtm_key *ret_key);

/* ---- attribute.c ----------------------------------------------------------------------------- */

/* With a reference for the caller; 0 when out of memory, which it never is for one that is there.
 */
uint32_t rtm_attribute_get(struct rtm *t, struct rtm_list *l, const struct rtm_route *route);
void rtm_attribute_put(struct rtm *t, uint32_t index);
/* Calls a function with each attribute, perhaps twice, which returns whether it has changed it; two
 * may say the same afterwards. True when one has changed. Never needs memory. */
typedef bool rtm_attribute_fn(void *context, struct rtm_attribute *a);
bool rtm_attributes_change(struct rtm *t, rtm_attribute_fn *change, void *context);
/* Frees what only rtm_hold keeps. */
void rtm_attributes_sweep(struct rtm *t);

/* ---- stream.c -------------------------------------------------------------------------------- */

void rtm_changed(struct rtm *t, uint32_t record); /* queues it for every consumer */
/* Makes links for the chunk of this record in all consumers; false when out of memory. */
bool rtm_links_make(struct rtm *t, uint32_t record);
void rtm_links_drop(struct rtm *t, uint32_t record); /* frees them */
void rtm_consumer_free(struct rtm_consumer *c);      /* with its queue */

/* ---- record.c -------------------------------------------------------------------------------- */

/* 0 when out of memory. */
uint32_t rtm_record_new(struct rtm *t);
void rtm_record_free(struct rtm *t, uint32_t index);
/* The record of the destination of a route. */
uint32_t rtm_destination_of(const struct rtm *t, uint32_t route);
/* Frees the destination if it has no route and nobody has yet to see that. */
void rtm_destination_release(struct rtm *t, uint32_t destination);
/* An age that is younger than all the destination's routes. */
uint16_t rtm_age_next(struct rtm *t, uint32_t destination);
/* Puts a record with attribute and age, in its list, among the routes of a destination that has
 * some. True when it is the best: its data are in the destination's own record then. */
bool rtm_route_insert(struct rtm *t, uint32_t destination, uint32_t route);
/* The opposite; the destination keeps a route. Returns where the route's data are now. */
uint32_t rtm_route_take(struct rtm *t, uint32_t destination, uint32_t route);
/* Puts the routes of a destination in order after what they say has changed. True when another one
 * is the best. Costs the square of their number at worst. */
bool rtm_routes_sort(struct rtm *t, uint32_t destination);

/* ---- entity.c -------------------------------------------------------------------------------- */

/* Without a look at their routes. */
void rtm_entities_free_all(struct rtm *t);

/* ---- list.c ---------------------------------------------------------------------------------- */

struct rtm_list *rtm_list_find(const struct rtm_entity *e, uint32_t interface);
struct rtm_list *rtm_list_make(struct rtm_entity *e, uint32_t interface);
/* Of the record's attribute. */
void rtm_list_add(struct rtm *t, uint32_t record);
void rtm_list_remove(struct rtm *t, uint32_t record);
/* Exchanges two records of one destination in whatever lists they are, with their attributes. */
void rtm_list_exchange(struct rtm *t, uint32_t a, uint32_t b);
void rtm_list_sort(struct rtm *t, struct rtm_list *l);
/* Frees the list if it is empty. */
void rtm_list_release(struct rtm_list *l);

/* ---- rtm.c ----------------------------------------------------------------------------------- */

/* The best route of the slot's destination is another one, or says something else. */
void rtm_best_changed(struct rtm *t, struct rtm_slot *slot);
/* Has a new record be the destination that the path leads to; false when out of memory. */
bool rtm_destination_make(struct rtm *t, struct rtm_path *path, const struct rtm_key *key,
                          uint32_t record);
/* Takes the route from its destination and its list; the list stays, even if empty. */
void rtm_route_remove(struct rtm *t, uint32_t route);

#endif
