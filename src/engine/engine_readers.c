/* Readers: any number of them are inside together, without the lock, and nobody else then.
 *
 * One word says who: the number of readers, and whether it is closed. Who has the lock and got the
 * router to change it has closed it, and then waits for those inside; who comes meanwhile queues up
 * for the lock as everybody does. So a stream of readers keeps nobody out, and readers that meet
 * nobody but each other don't queue. A reader that finds it closed has counted itself for a moment:
 * it leaves as any other, and may be the one who was waited for.
 */
#include "engine/engine_private.h"

enum {
    CLOSED = 1,
    WAITING = 2, /* who has closed it waits, and is to be woken */
    READER = 4   /* each */
};

/* Whoever finds that nobody is inside any more ends the wait: one of them. */
static bool all_have_left(struct engine *e)
{
    unsigned expected = CLOSED | WAITING;

    return atomic_compare_exchange_strong(&e->readers, &expected, CLOSED);
}

void engine_leave_shared(struct engine *e)
{
    unsigned before = atomic_fetch_sub(&e->readers, READER);

    if (before == (CLOSED | WAITING | READER) && all_have_left(e)) platform_wake_set(e->alone);
}

const struct router *engine_enter_shared(struct engine *e)
{
    if (atomic_fetch_add(&e->readers, READER) & CLOSED) {
        engine_leave_shared(e);
        engine_lock(e); /* whoever has it has not closed */
        atomic_fetch_add(&e->readers, READER);
        platform_unlock(&e->mutex);
    }
    return e->router;
}

void engine_close(struct engine *e)
{
    struct platform_wake alone;

    if (atomic_fetch_or(&e->readers, CLOSED) < READER) return;
    platform_wake_init(&alone);
    e->alone = &alone;
    atomic_fetch_or(&e->readers, WAITING);
    if (all_have_left(e)) platform_wake_set(&alone);
    platform_wake_wait(&alone);
}

void engine_open(struct engine *e)
{
    atomic_fetch_and(&e->readers, ~(unsigned)CLOSED);
}
