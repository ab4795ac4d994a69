/* What the core has decided to tell the outside, in order, until the lock is released.
 *
 * Entries are embedded in longer-lived objects where the entry must not be lost (completions,
 * notifications, protocol calls), and allocated on their own where a loss is bearable (datagrams)
 * or was prevented by reserving it earlier (store, dial, hang-up, close).
 *
 * One thread at a time flushes: under the lock it pops an entry, releases the lock, acts, and so
 * on until the outbox is empty (engine_leave does this; tests of the core call router_flush).
 */
#ifndef MPR_ROUTER_OUTBOX_H
#define MPR_ROUTER_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct router_host;
struct outbox_entry;

/* Acts on one entry outside of the lock. Once popped, an entry may be put again at any moment by
 * another thread (a notification) or its object be gone: act then uses only value. Entries that
 * are put once (completions, calls, entries on their own) are theirs to use and to free. */
typedef void outbox_fn(const struct router_host *host, struct outbox_entry *entry, uintptr_t value);

struct outbox_entry {
    outbox_fn *act;
    uintptr_t value;
    struct outbox_entry *prev, *next; /* utlist */
    uint64_t sequence;                /* value of outbox.put when it was put */
    bool queued;
};

struct outbox {
    struct outbox_entry *head;
    uint64_t put;    /* entries ever put */
    uint64_t popped; /* entries ever popped */
    uint64_t
        wanted; /* highest sequence put, or found queued already, since outbox_begin; 0: none */
};

/* Somebody has taken the lock: wanted is about what he puts from now on. */
void outbox_begin(struct outbox *o);
/* wanted is all that has been put, by whomever. */
void outbox_want_all(struct outbox *o);
/* Appends; an entry that is already queued stays where it is (one SetEvent is enough). */
void outbox_put(struct outbox *o, struct outbox_entry *entry);
/* Takes an entry back that has not been popped; false when it was not queued. */
bool outbox_take_back(struct outbox *o, struct outbox_entry *entry);
bool outbox_empty(const struct outbox *o);
/* Sequence of the oldest entry that is queued, UINT64_MAX when empty: everything with a lower one
 * has been popped or taken back. */
uint64_t outbox_oldest(const struct outbox *o);
/* Unlinks the oldest entry and tells what to do; NULL when empty. */
struct outbox_entry *outbox_pop(struct outbox *o, outbox_fn **ret_act, uintptr_t *ret_value);

#endif
