/* The table: adding and deleting routes, and asking for the best one.
 *
 * A destination keeps its routes in one list, best first, so "best" is the head and a change of
 * the head is what the change stream tells. Adding gets all its memory first (list of the owner,
 * node, record) and links it afterwards, so that a failure leaves nothing behind.
 */
#include <string.h>

#include "rtm/internal.h"

mpr_status rtm_create(struct rtm **ret, enum rtm_family family)
{
    struct rtm *t;

    *ret = NULL;
    if (family != RTM_IPV4 && family != RTM_IPV6) return ST_INVALID_PARAMETER;
    t = mem_alloc(sizeof(*t));
    if (!t) return ST_NOT_ENOUGH_MEMORY;
    t->family = family;
    t->serial = 1;
    *ret = t;
    return ST_OK;
}

void rtm_destroy(struct rtm *t)
{
    if (!t) return;
    for (unsigned i = 0; i < RTM_MAX_CONSUMERS; i++) /* first: nobody is woken by what follows */
        rtm_consumer_close(t->consumers[i]);
    while (t->entities) rtm_deregister(t->entities);
    rtm_node_free_all(t);
    mem_free(t);
}

static bool route_equal(const struct rtm_route *a, const struct rtm_route *b)
{
    return a->protocol == b->protocol && a->interface == b->interface && a->metric == b->metric &&
           a->preference == b->preference && a->tag == b->tag &&
           memcmp(&a->next_hop, &b->next_hop, sizeof(a->next_hop)) == 0;
}

static bool precedes(const struct rtm_item *a, const struct rtm_item *b)
{
    if (a->route.preference != b->route.preference)
        return a->route.preference < b->route.preference;
    if (a->route.metric != b->route.metric) return a->route.metric < b->route.metric;
    return a->age < b->age;
}

static void node_insert(struct rtm_node *n, struct rtm_item *item)
{
    struct rtm_item **place = &n->items;

    while (*place && precedes(*place, item)) place = &(*place)->worse;
    item->worse = *place;
    *place = item;
}

static void node_remove(struct rtm_node *n, const struct rtm_item *item)
{
    struct rtm_item **place = &n->items;

    while (*place != item) place = &(*place)->worse;
    *place = item->worse;
}

static struct rtm_item *item_find(const struct rtm_entity *e, const struct rtm_node *n,
                                  uint32_t interface, const struct rtm_address *next_hop)
{
    struct rtm_item *i = n->items;

    while (i && !(i->list->entity == e && i->route.interface == interface &&
                  memcmp(&i->route.next_hop, next_hop, sizeof(*next_hop)) == 0))
        i = i->worse;
    return i;
}

/* The route keeps its age: it is the same route, only described anew. */
static void item_replace(struct rtm_item *item, const struct rtm_route *route)
{
    struct rtm_node *n;
    bool was_best;

    if (route_equal(&item->route, route)) return;
    n = item->node;
    was_best = n->items == item;
    item->list->entity->table->serial++;
    node_remove(n, item);
    item->route = *route;
    node_insert(n, item);
    if (was_best || n->items == item) rtm_changed(item->list->entity->table, n);
}

static mpr_status item_add(struct rtm_entity *e, const struct rtm_key *key,
                           const struct rtm_route *route)
{
    struct rtm *t = e->table;
    struct rtm_node *n;
    struct rtm_item *item;
    struct rtm_list *l = rtm_list_make(e, route->interface);

    if (!l) return ST_NOT_ENOUGH_MEMORY;
    item = mem_alloc(sizeof(*item));
    if (!item) goto free_list;
    n = rtm_node_make(t, key);
    if (!n) goto free_item;
    item->route = *route;
    item->age = t->clock++;
    item->node = n;
    t->destinations += !n->items;
    t->routes++;
    t->serial++;
    node_insert(n, item);
    rtm_list_add(l, item);
    if (n->items == item) rtm_changed(t, n);
    return ST_OK;

free_item:
    mem_free(item);
free_list:
    rtm_list_release(l);
    return ST_NOT_ENOUGH_MEMORY;
}

mpr_status rtm_route_add(struct rtm_entity *e, const struct rtm_prefix *prefix,
                         const struct rtm_route *route, bool *ret_new)
{
    struct rtm_key key;
    const struct rtm_node *n;
    struct rtm_item *item;
    mpr_status status;

    if (ret_new) *ret_new = false;
    if (!rtm_key_of(&key, e->table->family, prefix) || !route->interface)
        return ST_INVALID_PARAMETER;
    n = rtm_node_find(e->table, &key);
    item = n ? item_find(e, n, route->interface, &route->next_hop) : NULL;
    if (item) {
        item_replace(item, route);
        return ST_OK;
    }
    status = item_add(e, &key, route);
    if (ret_new) *ret_new = status == ST_OK;
    return status;
}

void rtm_item_delete(struct rtm_item *item)
{
    struct rtm_node *n = item->node;
    struct rtm *t = item->list->entity->table;
    bool was_best = n->items == item;

    node_remove(n, item);
    rtm_list_remove(item);
    mem_free(item);
    t->routes--;
    t->serial++;
    t->destinations -= !n->items;
    if (was_best) rtm_changed(t, n);
    rtm_node_release(n);
}

mpr_status rtm_route_delete(struct rtm_entity *e, const struct rtm_prefix *prefix,
                            uint32_t interface, const struct rtm_address *next_hop)
{
    struct rtm_key key;
    const struct rtm_node *n;
    struct rtm_item *item;
    struct rtm_list *l;

    if (!rtm_key_of(&key, e->table->family, prefix)) return ST_NOT_FOUND;
    n = rtm_node_find(e->table, &key);
    item = n ? item_find(e, n, interface, next_hop) : NULL;
    if (!item) return ST_NOT_FOUND;
    l = item->list;
    rtm_item_delete(item);
    rtm_list_release(l);
    return ST_OK;
}

static const struct rtm_item *items_at(const struct rtm *t, const struct rtm_prefix *prefix)
{
    struct rtm_key key;
    const struct rtm_node *n;

    if (!rtm_key_of(&key, t->family, prefix)) return NULL;
    n = rtm_node_find(t, &key);
    return n ? n->items : NULL;
}

const struct rtm_route *rtm_best_exact(const struct rtm *t, const struct rtm_prefix *prefix)
{
    return rtm_route_at(t, prefix, 0);
}

const struct rtm_route *rtm_route_at(const struct rtm *t, const struct rtm_prefix *prefix, size_t n)
{
    const struct rtm_item *i = items_at(t, prefix);

    while (i && n--) i = i->worse;
    return i ? &i->route : NULL;
}

const struct rtm_route *rtm_best_match(const struct rtm *t, const struct rtm_address *address,
                                       struct rtm_prefix *ret_prefix)
{
    struct rtm_prefix host = {*address, (uint8_t)((unsigned)t->family * 8)};
    struct rtm_key key = rtm_key_cut(t->family, &host);
    const struct rtm_node *n = rtm_node_match(t, &key);

    if (!n) return NULL;
    if (ret_prefix) *ret_prefix = rtm_key_prefix(&n->key);
    return &n->items->route;
}

const struct rtm_route *rtm_next(const struct rtm *t, struct rtm_prefix *prefix, bool first,
                                 size_t *ret_count)
{
    const struct rtm_node *n = &t->root;

    if (!first) {
        struct rtm_key key = rtm_key_cut(t->family, prefix);
        n = rtm_node_after(t, &key);
    }
    while (n && !n->items) n = rtm_node_next(n);
    if (!n) return NULL;
    *prefix = rtm_key_prefix(&n->key);
    if (ret_count) {
        *ret_count = 0;
        for (const struct rtm_item *i = n->items; i; i = i->worse) ++*ret_count;
    }
    return &n->items->route;
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
