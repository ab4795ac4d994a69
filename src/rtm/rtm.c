/* The table: adding and deleting routes, and asking for the best one.
 *
 * Adding gets all its memory first (list of the owner, attribute, record, place in the trie) and
 * links it afterwards, so that a failure leaves nothing behind.
 */
#include "rtm/internal.h"

#include <string.h>

mpr_status rtm_create(struct rtm **ret, enum rtm_family family)
{
    struct rtm *t;

    *ret = NULL;
    if (family != RTM_IPV4 && family != RTM_IPV6) return ST_INVALID_PARAMETER;
    t = mem_alloc(sizeof(*t));
    if (!t) return ST_NOT_ENOUGH_MEMORY;
    t->family = family;
    t->key_words = family == RTM_IPV4 ? 1 : 2;
    t->serial = 1;
    t->answers.from = RTM_ANSWERS_FROM;
    if (rtm_trie_create(t) != ST_OK) {
        mem_free(t);
        return ST_NOT_ENOUGH_MEMORY;
    }
    rtm_slab_init(&t->records, sizeof(struct rtm_record) + t->key_words * sizeof(uint32_t), 9);
    rtm_slab_init(&t->tails, 3 * sizeof(uint32_t), 8);
    rtm_slab_init(&t->attributes.slab, sizeof(struct rtm_attribute), RTM_ATTRIBUTE_SHIFT);
    *ret = t;
    return ST_OK;
}

/* Nobody is woken, so all goes as a whole. */
void rtm_destroy(struct rtm *t)
{
    if (!t) return;
    for (unsigned i = 0; i < t->slots; i++)
        if (t->consumers[i]) rtm_consumer_free(t->consumers[i]);
    rtm_entities_free_all(t);
    rtm_slab_free_all(&t->records);
    rtm_slab_free_all(&t->tails);
    rtm_slab_free_all(&t->attributes.slab);
    mem_free(t->attributes.buckets);
    rtm_answers_drop(t);
    rtm_trie_destroy(t);
    mem_free(t);
}

static uint32_t record_of(const struct rtm_slot *slot)
{
    return slot ? slot->ref & RTM_REF_RECORD : 0;
}

static bool has_route(const struct rtm *t, uint32_t destination)
{
    return destination && rtm_record_at(t, destination)->attribute;
}

/* The entity's route to a destination (0: none) over an interface and next hop; or 0. */
static uint32_t route_find(const struct rtm_entity *e, uint32_t destination, uint32_t interface,
                           const struct rtm_address *next_hop)
{
    const struct rtm *t = e->table;
    uint32_t i = has_route(t, destination) ? destination : 0;

    for (; i; i = rtm_record_at(t, i)->worse) {
        const struct rtm_attribute *a = rtm_attribute_at(t, rtm_record_at(t, i)->attribute);
        if (a->list->entity == e && a->route.interface == interface &&
            memcmp(&a->route.next_hop, next_hop, sizeof(*next_hop)) == 0)
            break;
    }
    return i;
}

/* ---- adding ---------------------------------------------------------------------------------- */

void rtm_best_changed(struct rtm *t, struct rtm_slot *slot)
{
    uint32_t destination = record_of(slot);

    slot->attribute = rtm_record_at(t, destination)->attribute;
    rtm_changed(t, destination);
}

/* Gives a route another attribute, and the place that it has by that. True when the destination's
 * best route was or is this one. */
static bool set_attribute(struct rtm *t, uint32_t destination, uint32_t route, uint32_t attribute)
{
    bool was_best = route == destination, is_best = was_best;

    if (was_best && !rtm_record_at(t, route)->worse) {
        rtm_record_at(t, route)->attribute = attribute;
    } else {
        route = rtm_route_take(t, destination, route);
        rtm_record_at(t, route)->attribute = attribute;
        is_best = rtm_route_insert(t, destination, route);
    }
    return was_best || is_best;
}

/* The route keeps its age: it is the same route, only described anew. The reference to the
 * attribute is the route's now. */
static void route_replace(struct rtm *t, struct rtm_slot *slot, uint32_t route, uint32_t attribute)
{
    uint32_t old = rtm_record_at(t, route)->attribute;

    if (attribute != old) {
        t->serial++;
        if (set_attribute(t, record_of(slot), route, attribute)) rtm_best_changed(t, slot);
    }
    rtm_attribute_put(t, old); /* or the second reference to the same */
}

/* A record for a route with this attribute: the destination's own if it has no route, else one
 * beside it. Not in a list yet. */
static uint32_t record_for(struct rtm *t, uint32_t destination, uint32_t attribute)
{
    bool beside = has_route(t, destination);
    uint32_t record = destination && !beside ? destination : rtm_record_new(t);
    struct rtm_record *r;

    if (!record) return 0;
    r = rtm_record_at(t, record);
    r->attribute = attribute;
    r->age = 0;
    if (beside) {
        r->length = RTM_BESIDE;
        r->key[0] = destination;
        r->age = rtm_age_next(t, destination);
    }
    return record;
}

bool rtm_destination_make(struct rtm *t, struct rtm_path *path, const struct rtm_key *key,
                          uint32_t record)
{
    struct rtm_record *r = rtm_record_at(t, record);

    if (!rtm_key_keep(t, r->key, key)) return false;
    r->length = (uint8_t)key->length;
    return rtm_trie_insert(t, path, key, record);
}

static void count_added(struct rtm *t, bool new_destination)
{
    t->routes++;
    t->serial++;
    if (!new_destination) return;
    t->destinations++;
    rtm_jump_adapt(t);
}

/* A new route with this attribute, at a slot, or where the path ends. False when out of memory. */
static bool route_insert(struct rtm *t, struct rtm_slot *slot, struct rtm_path *path,
                         const struct rtm_key *key, uint32_t attribute)
{
    uint32_t destination = record_of(slot), record;
    bool first = !has_route(t, destination), best = first;

    record = record_for(t, destination, attribute);
    if (!record) return false;
    if (!slot && !rtm_destination_make(t, path, key, record)) {
        rtm_record_free(t, record);
        return false;
    }
    rtm_list_add(t, record);
    if (!first) best = rtm_route_insert(t, destination, record);
    count_added(t, first);
    if (slot && best) rtm_best_changed(t, slot);
    if (!slot) rtm_changed(t, record);
    return true;
}

/* With the caller's reference to the attribute. False when out of memory. */
static bool route_put(struct rtm_entity *e, const struct rtm_key *key, uint32_t attribute,
                      bool *ret_new)
{
    struct rtm *t = e->table;
    const struct rtm_route *route = &rtm_attribute_at(t, attribute)->route;
    struct rtm_path path;
    struct rtm_slot *slot = rtm_trie_seek(t, key, &path);
    uint32_t old = route_find(e, record_of(slot), route->interface, &route->next_hop);

    *ret_new = !old;
    if (!old) return route_insert(t, slot, &path, key, attribute);
    route_replace(t, slot, old, attribute);
    return true;
}

/* The attribute comes first: meanwhile a large table's node comes from memory. Of a route that is
 * there the list is, too. */
mpr_status rtm_route_add(struct rtm_entity *e, const struct rtm_prefix *prefix,
                         const struct rtm_route *route, bool *ret_new)
{
    struct rtm *t = e->table;
    struct rtm_key key;
    struct rtm_list *l;
    uint32_t attribute;
    bool is_new, done;

    if (ret_new) *ret_new = false;
    if (!rtm_key_of(&key, t->family, prefix) || !route->interface) return ST_INVALID_PARAMETER;
    rtm_jump_prefetch(t, &key);
    l = rtm_list_make(e, route->interface);
    if (!l) return ST_NOT_ENOUGH_MEMORY;
    attribute = rtm_attribute_get(t, l, route);
    done = attribute && route_put(e, &key, attribute, &is_new);
    if (!done) {
        if (attribute) rtm_attribute_put(t, attribute);
        rtm_list_release(l);
        return ST_NOT_ENOUGH_MEMORY;
    }
    if (ret_new) *ret_new = is_new;
    return ST_OK;
}

/* ---- deleting -------------------------------------------------------------------------------- */

/* Takes the route from destination and list, and frees its record if that is beside. */
static void unlink_route(struct rtm *t, uint32_t destination, uint32_t route)
{
    struct rtm_record *r = rtm_record_at(t, destination);
    uint32_t attribute;

    if (r->worse) route = rtm_route_take(t, destination, route);
    attribute = rtm_record_at(t, route)->attribute;
    rtm_list_remove(t, route);
    if (route == destination)
        r->attribute = 0;
    else
        rtm_record_free(t, route);
    rtm_attribute_put(t, attribute);
}

void rtm_route_remove(struct rtm *t, uint32_t route)
{
    uint32_t destination = rtm_destination_of(t, route);
    struct rtm_key key = rtm_record_key(t, rtm_record_at(t, destination));

    unlink_route(t, destination, route);
    t->routes--;
    t->serial++;
    if (route == destination) rtm_best_changed(t, rtm_trie_find(t, &key));
    if (has_route(t, destination)) return;
    t->destinations--;
    rtm_destination_release(t, destination);
    rtm_jump_adapt(t);
}

mpr_status rtm_route_delete(struct rtm_entity *e, const struct rtm_prefix *prefix,
                            uint32_t interface, const struct rtm_address *next_hop)
{
    struct rtm_key key;
    uint32_t route;
    struct rtm_list *l;

    if (!rtm_key_of(&key, e->table->family, prefix)) return ST_NOT_FOUND;
    route = route_find(e, record_of(rtm_trie_find(e->table, &key)), interface, next_hop);
    if (!route) return ST_NOT_FOUND;
    l = rtm_list_of(e->table, rtm_record_at(e->table, route));
    rtm_route_remove(e->table, route);
    rtm_list_release(l);
    return ST_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static const struct rtm_route *route_of(const struct rtm *t, uint32_t attribute)
{
    return attribute ? &rtm_attribute_at(t, attribute)->route : NULL;
}

const struct rtm_route *rtm_best_exact(const struct rtm *t, const struct rtm_prefix *prefix)
{
    struct rtm_key key;
    const struct rtm_slot *slot;

    if (!rtm_key_of(&key, t->family, prefix)) return NULL;
    slot = rtm_trie_find(t, &key);
    return slot ? route_of(t, slot->attribute) : NULL;
}

const struct rtm_route *rtm_route_at(const struct rtm *t, const struct rtm_prefix *prefix, size_t n)
{
    struct rtm_key key;
    uint32_t i;

    if (!rtm_key_of(&key, t->family, prefix)) return NULL;
    i = record_of(rtm_trie_find(t, &key));
    while (i && n--) i = rtm_record_at(t, i)->worse;
    return i ? route_of(t, rtm_record_at(t, i)->attribute) : NULL;
}

static size_t count_routes(const struct rtm *t, uint32_t destination)
{
    size_t count = 0;

    for (uint32_t i = destination; i; i = rtm_record_at(t, i)->worse) count++;
    return count;
}

static const struct rtm_slot *next_with_route(const struct rtm *t, struct rtm_path *cursor,
                                              struct rtm_key *ret_key)
{
    const struct rtm_slot *slot;

    do slot = rtm_cursor_next(t, cursor, ret_key);
    while (slot && !slot->attribute);
    return slot;
}

/* First where the jump leads: that is below a node or two, with the next one mostly there. */
static const struct rtm_slot *next_after(const struct rtm *t, struct rtm_key *key)
{
    struct rtm_path cursor;
    rtm_ref jump = rtm_jump(t, key);
    struct rtm_key after = *key;
    const struct rtm_slot *slot = NULL;

    if (jump) {
        rtm_cursor_seek(t, &cursor, jump, &after);
        slot = next_with_route(t, &cursor, key);
    }
    if (slot) return slot;
    rtm_cursor_seek(t, &cursor, t->root, &after);
    return next_with_route(t, &cursor, key);
}

const struct rtm_route *rtm_next(const struct rtm *t, struct rtm_prefix *prefix, bool first,
                                 size_t *ret_count)
{
    struct rtm_path cursor;
    struct rtm_key key;
    const struct rtm_slot *slot;

    if (first) {
        rtm_cursor_begin(t, &cursor);
        slot = next_with_route(t, &cursor, &key);
    } else {
        key = rtm_key_cut(t->family, prefix);
        slot = next_after(t, &key);
    }
    if (!slot) return NULL;
    *prefix = rtm_key_prefix(&key);
    if (ret_count) *ret_count = count_routes(t, record_of(slot));
    return route_of(t, slot->attribute);
}

uint64_t rtm_serial(const struct rtm *t)
{
    return t->serial;
}

size_t rtm_destination_count(const struct rtm *t)
{
    return t->destinations;
}

size_t rtm_route_count(const struct rtm *t)
{
    return t->routes;
}
