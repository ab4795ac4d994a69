/* Walking the trie in order, from its beginning or from after a key. */
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
    if (is_after(t, ref, key)) cursor->steps[cursor->count - 1].place--;
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
