/* The routes of an entity over one interface, linked through their records.
 *
 * Deleting or walking them costs what they number, however large the table is. The list is sorted
 * only when somebody walks it; routes that are added in order, as a neighbour's table mostly
 * comes, keep it sorted.
 */
#include "rtm/internal.h"

struct rtm_list *rtm_list_find(const struct rtm_entity *e, uint32_t interface)
{
    struct rtm_list *l = NULL;

    HASH_FIND(hh, e->lists, &interface, sizeof(interface), l);
    return l;
}

struct rtm_list *rtm_list_make(struct rtm_entity *e, uint32_t interface)
{
    struct rtm_list *l = e->recent;

    if (l && l->interface == interface) return l;
    l = e->recent = rtm_list_find(e, interface);
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
    if (l->count || l->attributes) return;
    if (l->entity->recent == l) l->entity->recent = NULL;
    HASH_DELETE(hh, l->entity->lists, l);
    mem_free(l);
}

static int list_compare(const struct rtm *t, uint32_t a, uint32_t b)
{
    struct rtm_key x = rtm_record_key(t, rtm_record_at(t, rtm_destination_of(t, a)));
    struct rtm_key y = rtm_record_key(t, rtm_record_at(t, rtm_destination_of(t, b)));

    return rtm_key_compare(&x, &y);
}

static void append(struct rtm *t, struct rtm_list *l, uint32_t record)
{
    struct rtm_record *r = rtm_record_at(t, record);

    r->previous = l->tail;
    r->next = 0;
    if (l->tail)
        rtm_record_at(t, l->tail)->next = record;
    else
        l->head = record;
    l->tail = record;
}

void rtm_list_add(struct rtm *t, uint32_t record)
{
    struct rtm_list *l = rtm_list_of(t, rtm_record_at(t, record));

    if (l->sorted && l->tail && list_compare(t, l->tail, record) > 0) l->sorted = false;
    append(t, l, record);
    l->count++;
    l->entity->count++;
}

/* Tells the neighbours of a record, or the list, where it is. */
static void relink(struct rtm *t, uint32_t record)
{
    const struct rtm_record *r = rtm_record_at(t, record);
    struct rtm_list *l = rtm_list_of(t, r);

    if (r->previous)
        rtm_record_at(t, r->previous)->next = record;
    else
        l->head = record;
    if (r->next)
        rtm_record_at(t, r->next)->previous = record;
    else
        l->tail = record;
}

void rtm_list_remove(struct rtm *t, uint32_t record)
{
    const struct rtm_record *r = rtm_record_at(t, record);
    struct rtm_list *l = rtm_list_of(t, r);

    if (r->previous)
        rtm_record_at(t, r->previous)->next = r->next;
    else
        l->head = r->next;
    if (r->next)
        rtm_record_at(t, r->next)->previous = r->previous;
    else
        l->tail = r->previous;
    l->count--;
    l->entity->count--;
}

/* A neighbour's number, in a record that has come to `own` from where `other` is now. */
static uint32_t moved(uint32_t neighbour, uint32_t own, uint32_t other)
{
    return neighbour == own ? other : neighbour;
}

void rtm_list_exchange(struct rtm *t, uint32_t a, uint32_t b)
{
    struct rtm_record *x = rtm_record_at(t, a), *y = rtm_record_at(t, b);
    struct rtm_record old = *x;

    x->attribute = y->attribute;
    x->age = y->age;
    x->previous = moved(y->previous, a, b);
    x->next = moved(y->next, a, b);
    y->attribute = old.attribute;
    y->age = old.age;
    y->previous = moved(old.previous, b, a);
    y->next = moved(old.next, b, a);
    relink(t, a);
    relink(t, b);
}

/* ---- sorting, without memory ----------------------------------------------------------------- */

/* Appends the first record of a chain of `next` links, and takes it from there. */
static void pop(struct rtm *t, struct rtm_list *l, uint32_t *chain)
{
    uint32_t record = *chain;

    *chain = rtm_record_at(t, record)->next;
    append(t, l, record);
}

static void merge(struct rtm *t, struct rtm_list *l, uint32_t a, uint32_t b)
{
    l->head = l->tail = 0;
    while (a && b) pop(t, l, list_compare(t, a, b) <= 0 ? &a : &b);
    while (a) pop(t, l, &a);
    while (b) pop(t, l, &b);
}

/* Sorts the first count records of a chain into l; *chain is what comes after them. */
static void merge_sort(struct rtm *t, struct rtm_list *l, uint32_t *chain, size_t count)
{
    uint32_t first;

    if (count == 1) {
        l->head = l->tail = 0;
        pop(t, l, chain);
        return;
    }
    merge_sort(t, l, chain, count / 2);
    first = l->head;
    merge_sort(t, l, chain, count - count / 2);
    merge(t, l, first, l->head);
}

/* A list that is much of the table: in the order of the trie. */
static void collect(struct rtm *t, struct rtm_list *l)
{
    struct rtm_path cursor;
    struct rtm_key key;
    const struct rtm_slot *slot;

    l->head = l->tail = 0;
    rtm_cursor_begin(t, &cursor);
    while ((slot = rtm_cursor_next(t, &cursor, &key)) != NULL) {
        if (!slot->attribute) continue;
        for (uint32_t i = slot->ref & RTM_REF_RECORD; i; i = rtm_record_at(t, i)->worse)
            if (rtm_list_of(t, rtm_record_at(t, i)) == l) append(t, l, i);
    }
}

void rtm_list_sort(struct rtm *t, struct rtm_list *l)
{
    uint32_t chain = l->head;

    if (l->sorted) return;
    if (l->count >= t->destinations / 8)
        collect(t, l);
    else
        merge_sort(t, l, &chain, l->count);
    l->sorted = true;
}
