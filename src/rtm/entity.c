/* Entities, and their routes by interface.
 *
 * A route is in two structures: the list of its destination (trie.c) and the list of its owner's
 * routes over its interface, so that deleting or walking those costs what they number, however
 * large the table is. The list is sorted only when somebody walks it; routes that are added in
 * order, as a neighbour's table mostly comes, keep it sorted.
 */
#include "base/trace.h"
#include "rtm/internal.h"

mpr_status rtm_register(struct rtm *t, uint32_t owner_id, struct rtm_entity **ret)
{
    struct rtm_entity *e = mem_alloc(sizeof(*e));

    *ret = e;
    if (!e) return ST_NOT_ENOUGH_MEMORY;
    e->table = t;
    e->owner_id = owner_id;
    DL_APPEND(t->entities, e);
    return ST_OK;
}

void rtm_deregister(struct rtm_entity *e)
{
    unsigned count;

    if (!e) return;
    count = (unsigned)rtm_route_delete_all(e, 0);
    TRACE(DEBUG, "rtm: owner %u leaves with %u routes", (unsigned)e->owner_id, count);
    DL_DELETE(e->table->entities, e);
    mem_free(e);
}

void rtm_entity_leave(struct rtm_entity *e)
{
    e->leaving = true;
}

static struct rtm_list *list_find(const struct rtm_entity *e, uint32_t interface)
{
    struct rtm_list *l = NULL;

    HASH_FIND(hh, e->lists, &interface, sizeof(interface), l);
    return l;
}

struct rtm_list *rtm_list_make(struct rtm_entity *e, uint32_t interface)
{
    struct rtm_list *l = list_find(e, interface);

    if (l) return l;
    l = mem_alloc(sizeof(*l));
    if (!l) return NULL;
    l->interface = interface;
    l->entity = e;
    l->sorted = true;
    HASH_ADD(hh, e->lists, interface, sizeof(l->interface), l);
    if (!l->hh.tbl) {
        mem_free(l);
        return NULL;
    }
    return l;
}

void rtm_list_release(struct rtm_list *l)
{
    if (l->items) return;
    HASH_DELETE(hh, l->entity->lists, l);
    mem_free(l);
}

static int compare(const struct rtm_item *a, const struct rtm_item *b)
{
    return rtm_key_compare(&a->node->key, &b->node->key);
}

void rtm_list_add(struct rtm_list *l, struct rtm_item *item)
{
    if (l->items && compare(l->items->prev, item) > 0) /* the head's prev is the tail */
        l->sorted = false;
    item->list = l;
    DL_APPEND(l->items, item);
    l->count++;
    l->entity->count++;
}

void rtm_list_remove(struct rtm_item *item)
{
    struct rtm_list *l = item->list;

    DL_DELETE(l->items, item);
    l->count--;
    l->entity->count--;
}

static size_t list_empty(struct rtm_list *l)
{
    size_t count = l->count;

    while (l->items) rtm_item_delete(l->items);
    rtm_list_release(l);
    return count;
}

size_t rtm_route_delete_all(struct rtm_entity *e, uint32_t interface)
{
    size_t count = 0;
    struct rtm_list *l, *next;

    if (interface) {
        l = list_find(e, interface);
        return l ? list_empty(l) : 0;
    }
    HASH_ITER (hh, e->lists, l, next) count += list_empty(l);
    return count;
}

size_t rtm_entity_count(const struct rtm_entity *e, uint32_t interface)
{
    const struct rtm_list *l;

    if (!interface) return e->count;
    l = list_find(e, interface);
    return l ? l->count : 0;
}

/* What rtm_walk_entity and rtm_walk_protocol have in common. */
struct walk {
    const uint32_t *protocol; /* NULL: any */
    rtm_visit_fn *visit;
    void *context;
};

static bool visit_item(const struct walk *w, const struct rtm_item *item)
{
    struct rtm_prefix prefix;

    if (w->protocol && item->route.protocol != *w->protocol) return true;
    prefix = rtm_key_prefix(&item->node->key);
    return w->visit(w->context, &prefix, &item->route);
}

static bool walk_list(const struct walk *w, struct rtm_list *l)
{
    const struct rtm_item *item;

    /* cppcheck-suppress nullPointer ; the list is taken apart and built anew from NULL */
    if (!l->sorted) DL_SORT(l->items, compare);
    l->sorted = true;
    DL_FOREACH (l->items, item)
        if (!visit_item(w, item)) return false;
    return true;
}

/* Several interfaces: the trie has the order that the lists lack among each other. */
static bool walk_table(const struct walk *w, const struct rtm_entity *e)
{
    for (const struct rtm_node *n = &e->table->root; n; n = rtm_node_next(n))
        for (const struct rtm_item *i = n->items; i; i = i->worse)
            if (i->list->entity == e && !visit_item(w, i)) return false;
    return true;
}

static bool walk(const struct walk *w, struct rtm_entity *e, uint32_t interface)
{
    unsigned lists = HASH_COUNT(e->lists);
    struct rtm_list *l;

    if (!interface && lists > 1) return walk_table(w, e);
    l = interface ? list_find(e, interface) : e->lists;
    return !l || walk_list(w, l);
}

void rtm_walk_entity(struct rtm_entity *e, uint32_t interface, rtm_visit_fn *visit, void *context)
{
    struct walk w = {NULL, visit, context};

    (void)walk(&w, e, interface);
}

void rtm_walk_protocol(struct rtm *t, uint32_t protocol, uint32_t interface, rtm_visit_fn *visit,
                       void *context)
{
    struct walk w = {&protocol, visit, context};
    struct rtm_entity *e;

    DL_FOREACH (t->entities, e)
        if (!e->leaving && !walk(&w, e, interface)) return;
}
