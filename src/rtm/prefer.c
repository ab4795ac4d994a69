/* Another preference for all routes of a protocol.
 *
 * What routes say is in their attributes, which change in place; then each destination that has
 * such a route gets its routes into order again by exchanging neighbours. So nothing is allocated,
 * and a router manager's new priorities can't be half in force.
 */
#include "rtm/internal.h"

struct prefer {
    struct rtm *table;
    uint32_t protocol, preference;
    const struct rtm_entity *except;
};

static bool concerns(const struct prefer *p, const struct rtm_attribute *a)
{
    return a->route.protocol == p->protocol && a->list->entity != p->except;
}

static bool change_attribute(void *context, struct rtm_attribute *a)
{
    const struct prefer *p = context;

    if (!concerns(p, a) || a->route.preference == p->preference) return false;
    a->route.preference = p->preference;
    return true;
}

/* Whether a destination has a route that may have changed. */
static bool has_concerned(const struct prefer *p, uint32_t destination)
{
    const struct rtm *t = p->table;

    for (uint32_t i = destination; i; i = rtm_record_at(t, i)->worse) {
        if (concerns(p, rtm_attribute_at(t, rtm_record_at(t, i)->attribute))) return true;
    }
    return false;
}

/* True when its best route is another one, or says something else. */
static bool reorder(const struct prefer *p, uint32_t destination)
{
    bool moved = rtm_routes_sort(p->table, destination);
    uint32_t best = rtm_record_at(p->table, destination)->attribute;

    return moved || concerns(p, rtm_attribute_at(p->table, best));
}

void rtm_prefer(struct rtm *t, uint32_t protocol, uint32_t preference,
                const struct rtm_entity *except)
{
    struct prefer p = {t, protocol, preference, except};
    const struct rtm_slot *slot;
    struct rtm_path cursor;
    struct rtm_key key;

    if (!rtm_attributes_change(t, change_attribute, &p)) return;
    t->serial++;
    rtm_cursor_begin(t, &cursor);
    while ((slot = rtm_cursor_next(t, &cursor, &key)) != NULL) {
        uint32_t destination = slot->ref & RTM_REF_RECORD;

        if (!slot->attribute || !has_concerned(&p, destination)) continue;
        if (reorder(&p, destination)) rtm_best_changed(t, rtm_trie_find(t, &key));
    }
}
