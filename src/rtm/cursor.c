/* Walking the trie in order, from its beginning or from after a key: step by step, or at once. */
#include "rtm/internal.h"

static void enter(struct rtm_path *cursor, rtm_ref ref, unsigned place)
{
    cursor->steps[cursor->count++] = (struct rtm_step){ref, place};
}

void rtm_cursor_begin(const struct rtm *t, struct rtm_path *cursor)
{
    cursor->count = 0;
    enter(cursor, t->root, 0);
}

/* At a record that stands in place of a node. */
static bool is_after(const struct rtm *t, rtm_ref ref, const struct rtm_key *key)
{
    struct rtm_key own = rtm_record_key(t, rtm_record_at(t, ref & RTM_REF_RECORD));

    return rtm_key_compare(&own, key) > 0;
}

/* Before what is after the key in a node that covers it; the slot that leads on, if any does. */
static const struct rtm_slot *enter_covering(const struct rtm *t, struct rtm_path *cursor,
                                             rtm_ref ref, const struct rtm_key *key)
{
    struct rtm_node *n = rtm_node_at(t, ref);
    unsigned place = t->places.of_number[rtm_number(n, key)];

    enter(cursor, ref, place + 1);
    if (key->length < n->depth + RTM_STRIDE || !rtm_is_taken(n, place)) return NULL;
    return rtm_slot_at(t, n, place);
}

static void seek_from(const struct rtm *t, struct rtm_path *cursor, rtm_ref ref,
                      const struct rtm_key *key)
{
    const struct rtm_slot *slot;

    for (; rtm_ref_is_node(ref); ref = slot->ref) {
        const struct rtm_node *n = rtm_node_at(t, ref);
        if (!rtm_node_covers(t, n, key)) {
            struct rtm_key own = rtm_node_key(t, n);
            if (rtm_key_compare(&own, key) > 0) enter(cursor, ref, 0);
            return;
        }
        slot = enter_covering(t, cursor, ref, key);
        if (!slot) return;
    }
    if (cursor->count && is_after(t, ref, key)) cursor->steps[cursor->count - 1].place--;
}

void rtm_cursor_seek(const struct rtm *t, struct rtm_path *cursor, rtm_ref from,
                     const struct rtm_key *key)
{
    cursor->count = 0;
    seek_from(t, cursor, from, key);
}

/* The key of a record that is at a place of a node. */
static struct rtm_key key_at(const struct rtm *t, const struct rtm_node *n, unsigned place,
                             rtm_ref ref)
{
    struct rtm_key own;

    if (!(ref & RTM_REF_EXACT)) return rtm_record_key(t, rtm_record_at(t, ref & RTM_REF_RECORD));
    own = rtm_node_key(t, n);
    return rtm_key_below(&own, t->places.number_of[place]);
}

const struct rtm_slot *rtm_cursor_next(const struct rtm *t, struct rtm_path *cursor,
                                       struct rtm_key *ret_key)
{
    while (cursor->count) {
        struct rtm_step *step = &cursor->steps[cursor->count - 1];
        struct rtm_node *n = rtm_node_at(t, step->ref);
        unsigned place = rtm_node_next(n, step->place);
        const struct rtm_slot *slot;
        if (place == 128) {
            cursor->count--;
            continue;
        }
        step->place = place + 1;
        slot = rtm_slot_at(t, n, place);
        if (!rtm_ref_is_node(slot->ref)) {
            *ret_key = key_at(t, n, place, slot->ref);
            return slot;
        }
        enter(cursor, slot->ref, 0);
    }
    return NULL;
}

/* ---- at once --------------------------------------------------------------------------------- */

struct table_walk {
    const struct rtm *table;
    rtm_visit_fn *visit;
    void *context;
};

static bool walk_one(const struct table_walk *w, const struct rtm_key *key, uint32_t attribute)
{
    struct rtm_prefix prefix = rtm_key_prefix(key);

    return w->visit(w->context, &prefix, &rtm_attribute_at(w->table, attribute)->route);
}

static bool walk_below(const struct table_walk *w, rtm_ref ref, unsigned first);

static bool walk_slot(const struct table_walk *w, const struct rtm_slot *slot,
                      const struct rtm_node *n, unsigned place)
{
    struct rtm_key key;

    if (rtm_ref_is_node(slot->ref)) return walk_below(w, slot->ref, 0);
    if (!slot->attribute) return true;
    key = key_at(w->table, n, place, slot->ref);
    return walk_one(w, &key, slot->attribute);
}

/* What is below the taken places of a node from the first one on. The next but one is fetched while
 * one is visited. */
static bool walk_below(const struct table_walk *w, rtm_ref ref, unsigned first)
{
    struct rtm_node *n = rtm_node_at(w->table, ref);
    const struct rtm_slot *slot = NULL, *end = rtm_slot_at(w->table, n, 0) + n->count;

    for (unsigned half = first / 64; half < 2; half++, first = half * 64) {
        for (uint64_t left = n->bits[half] >> (first & 63) << (first & 63); left;
             left &= left - 1) {
            unsigned place = half * 64 + rtm_trailing_zeros(left);
            slot = slot ? slot + 1 : rtm_slot_at(w->table, n, place);
            if (end - slot > 2 && rtm_ref_is_node(slot[2].ref))
                rtm_prefetch(rtm_node_at(w->table, slot[2].ref));
            if (!walk_slot(w, slot, n, place)) return false;
        }
    }
    return true;
}

void rtm_walk(const struct rtm *t, const struct rtm_prefix *after, rtm_visit_fn *visit,
              void *context)
{
    struct table_walk w = {t, visit, context};
    struct rtm_path cursor;
    struct rtm_key key;

    rtm_cursor_begin(t, &cursor);
    if (after) {
        key = rtm_key_cut(t->family, after);
        rtm_cursor_seek(t, &cursor, t->root, &key);
    }
    while (cursor.count--) {
        const struct rtm_step *step = &cursor.steps[cursor.count];
        if (step->place < 128 && !walk_below(&w, step->ref, step->place)) return;
    }
}
