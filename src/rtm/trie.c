/* The trie under the table: six bits a node, with the ways between nodes compressed.
 *
 * Every node but the root has two slots or more, and nodes are as deep as a multiple of the stride
 * that all below them share. A prefix is in the node whose depth is its length rounded down; where
 * it would be the only one there, in place of that node. So there are far fewer nodes than
 * destinations, and most of the time a table's prefix is two or three nodes from the root.
 *
 * Inserting gets its memory first; removing needs none: a node that is left with one slot is
 * replaced by what is in it.
 */
#include "rtm/internal.h"

mpr_status rtm_trie_create(struct rtm *t)
{
    static const struct rtm_key all = {0, 0, 0};

    rtm_nodes_init(t);
    t->root = rtm_node_new(t, 1, &all, 0);
    return t->root ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

void rtm_trie_destroy(struct rtm *t)
{
    for (unsigned n = 0; n < RTM_NODE_SIZES; n++) rtm_slab_free_all(&t->nodes[n]);
    rtm_jump_drop(t);
}

static unsigned depth_of(unsigned length)
{
    return length - length % RTM_STRIDE;
}

/* ---- finding --------------------------------------------------------------------------------- */

static bool is_record(const struct rtm *t, rtm_ref ref, const struct rtm_key *key)
{
    const struct rtm_record *r = rtm_record_at(t, ref & RTM_REF_RECORD);
    struct rtm_key own = rtm_record_key(t, r);

    return rtm_key_compare(&own, key) == 0;
}

/* Lookups and walks of a constant table don't change it; who finds to change has it otherwise. */
static struct rtm_slot *slot_find(const struct rtm *t, rtm_ref ref, const struct rtm_key *key)
{
    for (;;) {
        struct rtm_node *n = rtm_node_at(t, ref);
        unsigned place;
        struct rtm_slot *slot;
        if (!rtm_node_covers(t, n, key)) return NULL;
        place = t->places.of_number[rtm_number(n, key)];
        if (!rtm_is_taken(n, place)) return NULL;
        slot = rtm_slot_at(t, n, place);
        if (key->length < n->depth + RTM_STRIDE) return slot;
        if (!rtm_ref_is_node(slot->ref)) return is_record(t, slot->ref, key) ? slot : NULL;
        ref = slot->ref;
    }
}

struct rtm_slot *rtm_trie_find(const struct rtm *t, const struct rtm_key *key)
{
    rtm_ref jump = rtm_jump(t, key);

    return slot_find(t, jump ? jump : t->root, key);
}

/* ---- inserting ------------------------------------------------------------------------------- */

/* The path from a node, which covers the key, to the last one that does. */
static void descend(const struct rtm *t, rtm_ref ref, const struct rtm_key *key,
                    struct rtm_path *path)
{
    struct rtm_node *n;
    unsigned place;

    path->count = 0;
    do {
        n = rtm_node_at(t, ref);
        place = t->places.of_number[rtm_number(n, key)];
        path->steps[path->count++] = (struct rtm_step){ref, place};
        if (key->length < n->depth + RTM_STRIDE || !rtm_is_taken(n, place)) return;
        ref = rtm_slot_at(t, n, place)->ref;
    } while (rtm_ref_is_node(ref) && rtm_node_covers(t, rtm_node_at(t, ref), key));
}

/* The slot that the path's last step leads to, if that is the key's own. */
static struct rtm_slot *slot_at_end(const struct rtm *t, const struct rtm_path *path,
                                    const struct rtm_key *key)
{
    const struct rtm_step *end = &path->steps[path->count - 1];
    struct rtm_node *n = rtm_node_at(t, end->ref);
    struct rtm_slot *slot;

    if (!rtm_is_taken(n, end->place)) return NULL;
    slot = rtm_slot_at(t, n, end->place);
    if (key->length < n->depth + RTM_STRIDE) return slot;
    return !rtm_ref_is_node(slot->ref) && is_record(t, slot->ref, key) ? slot : NULL;
}

struct rtm_slot *rtm_trie_seek(const struct rtm *t, const struct rtm_key *key,
                               struct rtm_path *path)
{
    rtm_ref jump = rtm_jump(t, key);
    bool covers = jump && rtm_node_covers(t, rtm_node_at(t, jump), key);

    descend(t, covers ? jump : t->root, key, path);
    return slot_at_end(t, path, key);
}

static struct rtm_step *last(struct rtm_path *path)
{
    return &path->steps[path->count - 1];
}

/* Another node takes the place of the path's last one. */
static void replace_last(struct rtm *t, struct rtm_path *path, rtm_ref ref)
{
    rtm_ref old = last(path)->ref;

    last(path)->ref = ref;
    if (path->count == 1) {
        t->root = ref;
    } else {
        const struct rtm_step *up = last(path) - 1;
        struct rtm_node *parent = rtm_node_at(t, up->ref);
        rtm_slot_at(t, parent, up->place)->ref = ref;
        rtm_jump_set(t, ref, parent->depth + RTM_STRIDE);
    }
    rtm_node_free(t, old);
}

static bool resize(struct rtm *t, struct rtm_path *path, unsigned slots)
{
    rtm_ref moved = rtm_node_move(t, last(path)->ref, slots);

    if (moved) replace_last(t, path, moved);
    return moved != 0;
}

/* The slot of a record in a node that covers its key. */
static struct rtm_slot slot_of(const struct rtm *t, const struct rtm_node *n, uint32_t record)
{
    const struct rtm_record *r = rtm_record_at(t, record);
    bool exact = r->length <= n->depth + RTM_STRIDE;

    return (struct rtm_slot){record | (exact ? RTM_REF_EXACT : 0), r->attribute};
}

static unsigned place_of(const struct rtm *t, const struct rtm_node *n, const struct rtm_key *key)
{
    return t->places.of_number[rtm_number(n, key)];
}

/* What a slot leads to, as a key. */
static struct rtm_key key_of(const struct rtm *t, rtm_ref ref)
{
    if (rtm_ref_is_node(ref)) return rtm_node_key(t, rtm_node_at(t, ref));
    return rtm_record_key(t, rtm_record_at(t, ref & RTM_REF_RECORD));
}

/* Something is where the key leads to: a node for both comes in between. */
static bool split(struct rtm *t, struct rtm_path *path, const struct rtm_key *key, uint32_t record)
{
    struct rtm_node *n = rtm_node_at(t, last(path)->ref);
    struct rtm_slot *slot = rtm_slot_at(t, n, last(path)->place);
    struct rtm_key other = key_of(t, slot->ref);
    rtm_ref ref = rtm_node_new(t, 2, key, depth_of(rtm_key_common(key, &other)));
    struct rtm_node *fork;
    struct rtm_slot moved = *slot;

    if (!ref) return false;
    fork = rtm_node_at(t, ref);
    if (!rtm_ref_is_node(moved.ref)) moved = slot_of(t, fork, moved.ref & RTM_REF_RECORD);
    rtm_node_put(t, fork, place_of(t, fork, &other), moved);
    rtm_node_put(t, fork, place_of(t, fork, key), slot_of(t, fork, record));
    if (rtm_ref_is_node(moved.ref)) rtm_jump_set(t, moved.ref, fork->depth + RTM_STRIDE);
    *slot = (struct rtm_slot){ref, 0};
    rtm_jump_set(t, ref, n->depth + RTM_STRIDE);
    return true;
}

/* Makes room in the path's last node, whose parent has to be known for that. */
static bool grow(struct rtm *t, struct rtm_path *path, const struct rtm_key *key)
{
    if (path->count == 1 && last(path)->ref != t->root) descend(t, t->root, key, path);
    return resize(t, path, rtm_node_at(t, last(path)->ref)->count + 1u);
}

bool rtm_trie_insert(struct rtm *t, struct rtm_path *path, const struct rtm_key *key,
                     uint32_t record)
{
    struct rtm_node *n = rtm_node_at(t, last(path)->ref);

    if (rtm_is_taken(n, last(path)->place)) return split(t, path, key, record);
    if (n->count == rtm_node_capacity(t, n)) {
        if (!grow(t, path, key)) return false;
        n = rtm_node_at(t, last(path)->ref);
    }
    rtm_node_put(t, n, last(path)->place, slot_of(t, n, record));
    return true;
}

/* ---- removing -------------------------------------------------------------------------------- */

/* The path's last node has one slot left: its parent takes that. */
static void collapse(struct rtm *t, struct rtm_path *path)
{
    rtm_ref ref = last(path)->ref;
    const struct rtm_step *up = last(path) - 1;
    struct rtm_node *parent = rtm_node_at(t, up->ref);
    unsigned end = parent->depth + RTM_STRIDE;
    struct rtm_slot left = *rtm_slot_at(t, rtm_node_at(t, ref), 0);

    rtm_jump_clear(t, ref, end);
    if (rtm_ref_is_node(left.ref))
        rtm_jump_set(t, left.ref, end);
    else
        left = slot_of(t, parent, left.ref & RTM_REF_RECORD);
    *rtm_slot_at(t, parent, up->place) = left;
    rtm_node_free(t, ref);
}

/* Much smaller when a quarter is left; where there is no memory for that it stays large. */
static void shrink(struct rtm *t, struct rtm_path *path)
{
    const struct rtm_node *n = rtm_node_at(t, last(path)->ref);

    if (n->size && n->count <= rtm_node_capacity(t, n) / 4) (void)resize(t, path, n->count);
}

void rtm_trie_remove(struct rtm *t, const struct rtm_key *key)
{
    struct rtm_path path;
    struct rtm_node *n;

    descend(t, t->root, key, &path);
    n = rtm_node_at(t, last(&path)->ref);
    rtm_node_take(t, n, last(&path)->place);
    if (path.count > 1 && n->count == 1)
        collapse(t, &path);
    else
        shrink(t, &path);
}
