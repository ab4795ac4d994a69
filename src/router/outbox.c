/* The outbox: a list of decisions in the order in which they were made.
 *
 * Whoever leaves the engine must know when what it put has been acted on. Counting entries would
 * not do, since some are taken back; so each carries the number of its put, and the list is in the
 * order of these numbers.
 */
#include "router/outbox.h"

#include "base/hash.h"

#include <assert.h>

void outbox_begin(struct outbox *o)
{
    o->wanted = 0;
}

void outbox_want_all(struct outbox *o)
{
    o->wanted = o->put;
}

void outbox_put(struct outbox *o, struct outbox_entry *entry)
{
    assert(entry->act);
    if (!entry->queued) {
        entry->queued = true;
        entry->sequence = ++o->put;
        DL_APPEND(o->head, entry);
    }
    if (entry->sequence > o->wanted) o->wanted = entry->sequence;
}

bool outbox_take_back(struct outbox *o, struct outbox_entry *entry)
{
    if (!entry->queued) return false;
    entry->queued = false;
    DL_DELETE(o->head, entry);
    return true;
}

bool outbox_empty(const struct outbox *o)
{
    return !o->head;
}

uint64_t outbox_oldest(const struct outbox *o)
{
    return o->head ? o->head->sequence : UINT64_MAX;
}

struct outbox_entry *outbox_pop(struct outbox *o, outbox_fn **ret_act, uintptr_t *ret_value)
{
    struct outbox_entry *entry = o->head;

    if (!entry) return NULL;
    *ret_act = entry->act;
    *ret_value = entry->value;
    entry->queued = false;
    DL_DELETE(o->head, entry);
    o->popped++;
    return entry;
}
