/* The change stream.
 *
 * Each consumer has one link for each record, so a change is queued without memory: deleting a
 * route must never fail. The links come and go with the chunks of the records. A destination that
 * went keeps its record, without a route, until every consumer has seen it go.
 */
#include "rtm/internal.h"

/* ---- links ----------------------------------------------------------------------------------- */

static uint32_t *link_of(const struct rtm_consumer *c, uint32_t record)
{
    unsigned shift = c->table->records.shift;

    return &c->links[record >> shift][record & ((1u << shift) - 1)];
}

static void links_free_all(struct rtm_consumer *c)
{
    for (uint32_t n = 0; n < c->link_chunks; n++) mem_free(c->links[n]);
    mem_free(c->links);
    c->links = NULL;
    c->link_chunks = 0;
}

static bool links_make(struct rtm_consumer *c, uint32_t number)
{
    const struct rtm_slab *records = &c->table->records;

    if (c->link_chunks < records->capacity) {
        uint32_t **links =
            mem_grow(c->links, c->link_chunks, records->capacity, sizeof(uint32_t *));
        if (!links) return false;
        c->links = links;
        c->link_chunks = records->capacity;
    }
    if (!c->links[number])
        c->links[number] = mem_alloc_array((size_t)1 << records->shift, sizeof(uint32_t));
    return c->links[number] != NULL;
}

bool rtm_links_make(struct rtm *t, uint32_t record)
{
    uint32_t number = record >> t->records.shift;
    bool made = true;

    for (unsigned i = 0; i < t->slots && made; i++) {
        struct rtm_consumer *c = t->consumers[i];
        made = !c || (number < c->link_chunks && c->links[number]) || links_make(c, number);
    }
    return made;
}

void rtm_links_drop(struct rtm *t, uint32_t record)
{
    uint32_t number = record >> t->records.shift;

    for (unsigned i = 0; i < t->slots; i++) {
        struct rtm_consumer *c = t->consumers[i];
        if (!c) continue;
        if (!t->records.count) links_free_all(c);
        if (number >= c->link_chunks) continue;
        mem_free(c->links[number]);
        c->links[number] = NULL;
    }
}

static bool links_make_all(struct rtm_consumer *c)
{
    const struct rtm_slab *records = &c->table->records;

    for (uint32_t n = 0; n < records->capacity; n++)
        if (records->chunks[n].cells && !links_make(c, n)) return false;
    return true;
}

/* ---- queues ---------------------------------------------------------------------------------- */

static void enqueue(struct rtm_consumer *c, uint32_t record)
{
    uint32_t *link = link_of(c, record);
    bool was_empty = !c->head;

    if (*link) return;
    *link = RTM_LAST;
    rtm_record_at(c->table, record)->pending++;
    if (was_empty)
        c->head = record;
    else
        *link_of(c, c->tail) = record;
    c->tail = record;
    if (was_empty && c->wake) c->wake(c->context);
}

/* The caller releases the destination. */
static uint32_t dequeue(struct rtm_consumer *c)
{
    uint32_t record = c->head;
    uint32_t *link;

    if (!record) return 0;
    link = link_of(c, record);
    c->head = *link == RTM_LAST ? 0 : *link;
    *link = 0;
    rtm_record_at(c->table, record)->pending--;
    return record;
}

void rtm_changed(struct rtm *t, uint32_t record)
{
    if (t->answers.blocks) rtm_answers_forget(t, record);
    for (unsigned i = 0; i < t->slots; i++)
        if (t->consumers[i]) enqueue(t->consumers[i], record);
}

mpr_status rtm_consumer_open(struct rtm *t, rtm_wake_fn *wake, void *context,
                             struct rtm_consumer **ret)
{
    unsigned slot = 0;
    struct rtm_consumer *c;

    *ret = NULL;
    while (slot < RTM_MAX_CONSUMERS && t->consumers[slot]) slot++;
    if (slot == RTM_MAX_CONSUMERS) return ST_NO_MORE_ITEMS;
    c = mem_alloc(sizeof(*c));
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    *c = (struct rtm_consumer){.table = t, .slot = slot, .wake = wake, .context = context};
    if (!links_make_all(c)) {
        links_free_all(c);
        mem_free(c);
        return ST_NOT_ENOUGH_MEMORY;
    }
    t->consumers[slot] = c;
    if (slot >= t->slots) t->slots = slot + 1;
    *ret = c;
    return ST_OK;
}

void rtm_consumer_free(struct rtm_consumer *c)
{
    c->table->consumers[c->slot] = NULL;
    links_free_all(c);
    mem_free(c);
}

void rtm_consumer_close(struct rtm_consumer *c)
{
    if (!c) return;
    for (uint32_t record; (record = dequeue(c)) != 0;) rtm_destination_release(c->table, record);
    rtm_consumer_free(c);
}

bool rtm_consumer_next(struct rtm_consumer *c, struct rtm_prefix *ret_prefix,
                       const struct rtm_route **ret_best)
{
    struct rtm *t = c->table;
    uint32_t record = dequeue(c);
    const struct rtm_record *r;
    struct rtm_key key;

    if (!record) return false;
    r = rtm_record_at(t, record);
    key = rtm_record_key(t, r);
    if (t->family == RTM_IPV4) rtm_answers_told(t, &key);
    *ret_prefix = rtm_key_prefix(&key);
    *ret_best = r->attribute ? &rtm_attribute_at(t, r->attribute)->route : NULL;
    rtm_destination_release(t, record);
    return true;
}
