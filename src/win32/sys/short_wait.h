/* Waiting on a condition variable for a while, without a timer for each wait.
 *
 * A thread that gets one piece of work after another waits only for moments in between, yet must
 * turn to something else when nothing comes. Arming a timer for each of these waits and taking it
 * back costs 2 us under Wine. Here one thread looks at all waits every SHORT_WAIT_MS and ends those
 * that it has seen before; while nobody waits it sleeps.
 */
#ifndef MPR_WIN32_SHORT_WAIT_H
#define MPR_WIN32_SHORT_WAIT_H

#include <stdbool.h>
#include <stdint.h>

#include "win32/sys/windows_api.h"

#define SHORT_WAIT_MS 5u

/* One waiting thread's; zeroed, then short_wait_add. Wake it with WakeConditionVariable(&wake). */
struct short_wait {
    CONDITION_VARIABLE wake;
    /* short_wait.c's */
    uint32_t waits, seen;
    bool waiting, over;
    struct short_wait *prev, *next;
};

/* The lock of all of them, with which every function but short_wait_stop is called. Once, or again
 * after short_wait_stop. */
void short_wait_start(SRWLOCK *lock);
/* Without the lock. All have been removed. */
void short_wait_stop(void);

void short_wait_add(struct short_wait *w);
void short_wait_remove(struct short_wait *w);

/* Waits for a wake, at least SHORT_WAIT_MS and not much more than twice that; the lock is released
 * meanwhile. False: none came. True also for no reason, as with any condition variable. */
bool short_wait(struct short_wait *w);

#endif
