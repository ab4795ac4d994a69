/* Flushing: acting on the outbox after the lock has been released.
 *
 * Entries are acted on in the order in which they were put, across threads; so one thread at a
 * time does it, the flusher. Another thread that leaves meanwhile queues up as a leaver and is
 * woken when its last entry has been acted on: what a call signals is signalled when the call
 * returns. What others put is nothing that a call waits for: a caller who has put nothing returns
 * at once, however much a protocol has to send. The flusher goes on only until its own entries are
 * done. If more are queued, they belong to the leavers (whose targets grow along the queue), and
 * the first of them becomes the flusher: no thread works for others for long.
 *
 * An action may come back into the engine on its own thread (against its contract, but a foreign
 * event loop may do it). Such a leave must not wait for the flusher, which is itself: it adds its
 * entries to the flusher's own target and returns.
 */
#include "engine/engine_private.h"

/* Everything up to target has been acted on, by a flusher that is between two actions or not. */
static bool done_through(const struct engine *e, uint64_t target)
{
    return e->acting > target && outbox_oldest(router_outbox(e->router)) > target;
}

static void leaver_append(struct engine *e, struct leaver *l)
{
    if (e->last) {
        e->last->next = l;
    } else {
        e->first = l;
    }
    e->last = l;
}

static struct leaver *leaver_take(struct engine *e)
{
    struct leaver *l = e->first;

    e->first = l->next;
    if (!e->first) e->last = NULL;
    return l;
}

static void wake_done_leavers(struct engine *e)
{
    while (e->first && done_through(e, e->first->target)) {
        platform_wake_set(&leaver_take(e)->wake);
    }
}

/* Pops and acts on one entry; false when there is none. */
static bool flush_one(struct engine *e)
{
    struct outbox *o = router_outbox(e->router);
    const struct router_host *host = router_host_of(e->router);
    struct outbox_entry *entry;
    outbox_fn *act;
    uintptr_t value;

    e->acting = outbox_oldest(o);
    entry = outbox_pop(o, &act, &value);
    if (!entry) return false;
    platform_unlock(&e->mutex);
    act(host, entry, value);
    platform_lock(&e->mutex);
    e->acting = UINT64_MAX;
    return true;
}

/* The lock is held before and after. */
static void flush(struct engine *e, uint64_t target)
{
    e->flushing = true;
    e->flusher = platform_thread_self();
    e->flusher_target = target;
    /* With nobody waiting the queue is emptied, so that no entry is ever left behind. */
    while (!(done_through(e, e->flusher_target) && e->first) && flush_one(e)) {
        wake_done_leavers(e);
    }
    wake_done_leavers(e);
    if (e->first) {
        /* flushing stays true: nobody can slip in before the successor runs. */
        struct leaver *successor = leaver_take(e);

        e->flusher = 0;
        successor->promoted = true;
        platform_wake_set(&successor->wake);
    } else {
        e->flushing = false;
    }
}

/* True when the calling thread has become the flusher. */
static bool wait_for_flusher(struct engine *e, uint64_t target)
{
    struct leaver self = {.target = target};

    platform_wake_init(&self.wake);
    leaver_append(e, &self);
    platform_unlock(&e->mutex);
    platform_wake_wait(&self.wake);
    return self.promoted;
}

void engine_flush_and_unlock(struct engine *e)
{
    uint64_t target = router_outbox(e->router)->wanted;

    engine_open(e); /* the outbox is nothing that readers look at */
    if (e->flushing && e->flusher == platform_thread_self()) {
        if (target > e->flusher_target) e->flusher_target = target;
    } else if (e->flushing && !done_through(e, target)) {
        if (!wait_for_flusher(e, target)) return;
        platform_lock(&e->mutex);
        flush(e, target);
    } else if (!e->flushing && !outbox_empty(router_outbox(e->router))) {
        flush(e, target);
    }
    platform_unlock(&e->mutex);
}
