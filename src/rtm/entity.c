/* Entities, the owners of routes, and walking what they have. */
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
    rtm_attributes_sweep(e->table);
    TRACE(DEBUG, "rtm: owner %u leaves with %u routes", (unsigned)e->owner_id, count);
    DL_DELETE(e->table->entities, e);
    mem_free(e);
}

void rtm_entities_free_all(struct rtm *t)
{
    struct rtm_entity *e, *next_entity;
    struct rtm_list *l, *next_list;

    DL_FOREACH_SAFE (t->entities, e, next_entity) {
        HASH_ITER (hh, e->lists, l, next_list) {
            HASH_DELETE(hh, e->lists, l);
            mem_free(l);
        }
        mem_free(e);
    }
}

void rtm_entity_leave(struct rtm_entity *e)
{
    e->leaving = true;
}

static size_t list_empty(struct rtm *t, struct rtm_list *l)
{
    size_t count = l->count;

    while (l->count) rtm_route_remove(t, l->head);
    rtm_list_release(l);
    return count;
}

size_t rtm_route_delete_all(struct rtm_entity *e, uint32_t interface)
{
    size_t count = 0;
    struct rtm_list *l, *next;

    if (interface) {
        l = rtm_list_find(e, interface);
        return l ? list_empty(e->table, l) : 0;
    }
    HASH_ITER (hh, e->lists, l, next) count += list_empty(e->table, l);
    return count;
}

size_t rtm_entity_count(const struct rtm_entity *e, uint32_t interface)
{
    const struct rtm_list *l;

    if (!interface) return e->count;
    l = rtm_list_find(e, interface);
    return l ? l->count : 0;
}

/* What rtm_walk_entity and rtm_walk_protocol have in common. */
struct walk {
    struct rtm *table;
    const uint32_t *protocol; /* NULL: any */
    rtm_visit_fn *visit;
    void *context;
};

static bool visit_route(const struct walk *w, const struct rtm_key *key, uint32_t route)
{
    const struct rtm_record *r = rtm_record_at(w->table, route);
    const struct rtm_attribute *a = rtm_attribute_at(w->table, r->attribute);
    struct rtm_prefix prefix;

    if (w->protocol && a->route.protocol != *w->protocol) return true;
    prefix = rtm_key_prefix(key);
    return w->visit(w->context, &prefix, &a->route);
}

static bool walk_list(const struct walk *w, struct rtm_list *l)
{
    rtm_list_sort(w->table, l);
    for (uint32_t i = l->head; i; i = rtm_record_at(w->table, i)->next) {
        uint32_t destination = rtm_destination_of(w->table, i);
        struct rtm_key key = rtm_record_key(w->table, rtm_record_at(w->table, destination));
        if (!visit_route(w, &key, i)) return false;
    }
    return true;
}

static bool visit_destination(const struct walk *w, const struct rtm_entity *e,
                              const struct rtm_key *key, uint32_t destination)
{
    for (uint32_t i = destination; i; i = rtm_record_at(w->table, i)->worse) {
        const struct rtm_list *l = rtm_list_of(w->table, rtm_record_at(w->table, i));
        if (l->entity == e && !visit_route(w, key, i)) return false;
    }
    return true;
}

/* Several interfaces: the trie has the order that the lists lack among each other. */
static bool walk_table(const struct walk *w, const struct rtm_entity *e)
{
    struct rtm_path cursor;
    struct rtm_key key;
    const struct rtm_slot *slot;

    rtm_cursor_begin(w->table, &cursor);
    while ((slot = rtm_cursor_next(w->table, &cursor, &key)) != NULL) {
        if (slot->attribute && !visit_destination(w, e, &key, slot->ref & RTM_REF_RECORD))
            return false;
    }
    return true;
}

static bool walk(const struct walk *w, struct rtm_entity *e, uint32_t interface)
{
    unsigned lists = HASH_COUNT(e->lists);
    struct rtm_list *l;

    if (!interface && lists > 1) return walk_table(w, e);
    l = interface ? rtm_list_find(e, interface) : e->lists;
    return !l || walk_list(w, l);
}

void rtm_walk_entity(struct rtm_entity *e, uint32_t interface, rtm_visit_fn *visit, void *context)
{
    struct walk w = {e->table, NULL, visit, context};

    (void)walk(&w, e, interface);
}

void rtm_walk_protocol(struct rtm *t, uint32_t protocol, uint32_t interface, rtm_visit_fn *visit,
                       void *context)
{
    struct walk w = {t, &protocol, visit, context};
    struct rtm_entity *e;

    DL_FOREACH (t->entities, e)
        if (!e->leaving && !walk(&w, e, interface)) return;
}
