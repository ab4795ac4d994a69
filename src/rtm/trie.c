/* The path-compressed binary trie under the table.
 *
 * Every node but the root has routes, is pending, or has two children; so there are at most twice
 * as many nodes as destinations. A child's key extends its parent's, with the bit after the
 * parent's length telling which child it is. Walking a node before its children, child 0 before
 * child 1, is the order of rtm_key_compare, which is what makes iteration by key cheap.
 */
#include "rtm/internal.h"

static bool covers(const struct rtm_node *n, const struct rtm_key *key)
{
    return n->key.length <= key->length && rtm_key_common(&n->key, key) == n->key.length;
}

/* The last node on the way to key that covers it. */
static struct rtm_node *descend(const struct rtm *t, const struct rtm_key *key)
{
    const struct rtm_node *n = &t->root;

    while (n->key.length < key->length) {
        const struct rtm_node *c = n->child[rtm_key_bit(key, n->key.length)];
        if (!c || !covers(c, key)) break;
        n = c;
    }
    return (struct rtm_node *)(uintptr_t)n; /* const is about the table, as with strchr */
}

struct rtm_node *rtm_node_find(const struct rtm *t, const struct rtm_key *key)
{
    struct rtm_node *n = descend(t, key);

    return n->key.length == key->length ? n : NULL;
}

struct rtm_node *rtm_node_match(const struct rtm *t, const struct rtm_key *key)
{
    struct rtm_node *n = descend(t, key);

    while (n && !n->items) n = n->parent;
    return n;
}

static struct rtm_node *node_new(const struct rtm *t, const struct rtm_key *key)
{
    struct rtm_node *n = mem_alloc(sizeof(*n));

    if (!n) return NULL;
    n->key = *key;
    if (t->far) {
        n->far_changes =
            mem_alloc_array(RTM_MAX_CONSUMERS - RTM_NEAR_CHANGES, sizeof(*n->far_changes));
        if (!n->far_changes) {
            mem_free(n);
            return NULL;
        }
    }
    return n;
}

static void node_free(struct rtm_node *n)
{
    mem_free(n->far_changes);
    mem_free(n);
}

static void attach(struct rtm_node *parent, struct rtm_node *n)
{
    parent->child[rtm_key_bit(&n->key, parent->key.length)] = n;
    n->parent = parent;
}

struct rtm_node *rtm_node_make(struct rtm *t, const struct rtm_key *key)
{
    struct rtm_node *above = descend(t, key);
    struct rtm_node *n;
    struct rtm_node *below;
    unsigned common;

    if (above->key.length == key->length) return above;
    n = node_new(t, key);
    if (!n) return NULL;
    below = above->child[rtm_key_bit(key, above->key.length)];
    common = below ? rtm_key_common(&below->key, key) : key->length;
    if (below && common < key->length) { /* they part ways below `above`: a fork is needed */
        struct rtm_key shared = rtm_key_shorten(key, common);
        struct rtm_node *fork = node_new(t, &shared);
        if (!fork) {
            node_free(n);
            return NULL;
        }
        attach(above, fork);
        above = fork;
        attach(fork, below);
    } else if (below) {
        attach(n, below);
    }
    attach(above, n);
    return n;
}

void rtm_node_release(struct rtm_node *n)
{
    while (n->parent && !n->items && !n->pending && !(n->child[0] && n->child[1])) {
        struct rtm_node *parent = n->parent;
        struct rtm_node *child = n->child[0] ? n->child[0] : n->child[1];
        if (child)
            attach(parent, child);
        else
            parent->child[rtm_key_bit(&n->key, parent->key.length)] = NULL;
        node_free(n);
        n = parent; /* may be a fork with one child now */
    }
}

void rtm_node_free_all(struct rtm *t)
{
    struct rtm_node *n = &t->root;

    for (;;) {
        struct rtm_node *parent;

        if (n->child[0] || n->child[1]) {
            n = n->child[0] ? n->child[0] : n->child[1];
            continue;
        }
        parent = n->parent;
        if (!parent) break;
        parent->child[rtm_key_bit(&n->key, parent->key.length)] = NULL;
        node_free(n);
        n = parent;
    }
    mem_free(n->far_changes);
}

/* The first node after n and everything below it. */
static struct rtm_node *skip(const struct rtm_node *n)
{
    for (; n->parent; n = n->parent)
        if (n == n->parent->child[0] && n->parent->child[1]) return n->parent->child[1];
    return NULL;
}

struct rtm_node *rtm_node_next(const struct rtm_node *n)
{
    if (n->child[0]) return n->child[0];
    return n->child[1] ? n->child[1] : skip(n);
}

struct rtm_node *rtm_node_after(const struct rtm *t, const struct rtm_key *key)
{
    struct rtm_node *n = descend(t, key);
    unsigned side;
    struct rtm_node *c;

    if (n->key.length == key->length) return rtm_node_next(n);
    side = rtm_key_bit(key, n->key.length);
    c = n->child[side];
    if (c) /* it and all below it are on the same side of the key */
        return rtm_key_compare(&c->key, key) > 0 ? c : skip(c);
    return side == 0 && n->child[1] ? n->child[1] : skip(n);
}
