/* Destinations as places: pinned ones stay without a route. */
#include "rtm/internal.h"

static uint32_t slot_place(const struct rtm_slot *slot)
{
    return slot ? slot->ref & RTM_REF_RECORD : 0;
}

uint32_t rtm_place_find(const struct rtm *t, const struct rtm_prefix *prefix)
{
    struct rtm_key key;

    return rtm_key_of(&key, t->family, prefix) ? slot_place(rtm_trie_find(t, &key)) : 0;
}

static uint32_t place_make(struct rtm *t, struct rtm_path *path, const struct rtm_key *key)
{
    uint32_t place = rtm_record_new(t);

    if (!place || rtm_destination_make(t, path, key, place)) return place;
    rtm_record_free(t, place);
    return 0;
}

mpr_status rtm_place_pin(struct rtm *t, const struct rtm_prefix *prefix, uint32_t *ret)
{
    struct rtm_path path;
    struct rtm_key key;
    uint32_t place;

    if (!rtm_key_of(&key, t->family, prefix)) return ST_INVALID_PARAMETER;
    place = slot_place(rtm_trie_seek(t, &key, &path));
    if (!place) place = place_make(t, &path, &key);
    if (!place) return ST_NOT_ENOUGH_MEMORY;
    rtm_record_at(t, place)->pending++;
    *ret = place;
    return ST_OK;
}

void rtm_place_unpin(struct rtm *t, uint32_t place)
{
    rtm_record_at(t, place)->pending--;
    rtm_destination_release(t, place);
}

const struct rtm_route *rtm_place_best(const struct rtm *t, uint32_t place)
{
    uint32_t attribute = rtm_record_at(t, place)->attribute;

    return attribute ? &rtm_attribute_at(t, attribute)->route : NULL;
}

const struct rtm_route *rtm_place_next_route(const struct rtm *t, uint32_t place, uint32_t *at)
{
    *at = *at ? rtm_record_at(t, *at)->worse : place;
    return *at ? rtm_place_best(t, *at) : NULL;
}

/* First where the jump leads, as rtm_next. */
static const struct rtm_slot *place_after(const struct rtm *t, struct rtm_key *key)
{
    rtm_ref jump = rtm_jump(t, key);
    struct rtm_key after = *key;
    const struct rtm_slot *slot = NULL;
    struct rtm_path cursor;

    if (jump) {
        rtm_cursor_seek(t, &cursor, jump, &after);
        slot = rtm_cursor_next(t, &cursor, key);
    }
    if (slot) return slot;
    rtm_cursor_seek(t, &cursor, t->root, &after);
    return rtm_cursor_next(t, &cursor, key);
}

uint32_t rtm_place_next(const struct rtm *t, struct rtm_prefix *prefix, bool first)
{
    struct rtm_path cursor;
    struct rtm_key key;
    const struct rtm_slot *slot;

    if (first) {
        rtm_cursor_begin(t, &cursor);
        slot = rtm_cursor_next(t, &cursor, &key);
    } else {
        key = rtm_key_cut(t->family, prefix);
        slot = place_after(t, &key);
    }
    if (slot) *prefix = rtm_key_prefix(&key);
    return slot_place(slot);
}

bool rtm_place_match(const struct rtm *t, struct rtm_prefix *prefix)
{
    struct rtm_key key = rtm_key_cut(t->family, prefix);
    unsigned length;

    if (!rtm_match_place(t, &key, &length)) return false;
    key = rtm_key_shorten(&key, length);
    *prefix = rtm_key_prefix(&key);
    return true;
}
