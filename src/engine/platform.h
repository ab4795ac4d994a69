/* What the engine needs of the system: a lock, condition variables, a thread, a clock.
 *
 * Nothing here allocates a system object that has to be waited for by handle: on Wine an event
 * costs a round trip to its server, these cost a futex.
 */
#ifndef MPR_ENGINE_PLATFORM_H
#define MPR_ENGINE_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/timer.h"

#ifdef _WIN32
/* SRWLOCK and CONDITION_VARIABLE are one pointer each, zero when idle (asserted where they are
 * used); so no Windows header is needed here. */
struct platform_mutex {
    void *srw;
};
struct platform_cond {
    void *cond;
};
struct platform_thread {
    void *handle;
};
#else
#include <pthread.h>
struct platform_mutex {
    pthread_mutex_t mutex;
};
struct platform_cond {
    pthread_cond_t cond;
};
struct platform_thread {
    pthread_t thread;
};
#endif

void platform_mutex_init(struct platform_mutex *m);
void platform_mutex_free(struct platform_mutex *m);
void platform_lock(struct platform_mutex *m);
void platform_unlock(struct platform_mutex *m);

void platform_cond_init(struct platform_cond *c);
void platform_cond_free(struct platform_cond *c);
/* Until signalled, or by chance earlier. */
void platform_cond_wait(struct platform_cond *c, struct platform_mutex *m);
/* The same, but not beyond that time of platform_clock (MSEC_NEVER: no limit). */
void platform_cond_wait_until(struct platform_cond *c, struct platform_mutex *m, msec until);
void platform_cond_signal(struct platform_cond *c);

/* Runs function(context) on a new thread. False when the system refuses. */
bool platform_thread_start(struct platform_thread *t, void (*function)(void *), void *context);
void platform_thread_join(struct platform_thread *t);
/* The calling thread; never 0. */
uintptr_t platform_thread_self(void);

/* Monotonic milliseconds. */
msec platform_clock(void);

/* A wake-up for one waiting thread, made on its stack. After platform_wake_set has begun, the
 * waiter may return and the memory be gone at any moment: setting touches it only under its own
 * lock, which the waiter takes before it returns. */
struct platform_wake {
    struct platform_mutex mutex;
    struct platform_cond cond;
    bool set;
};
void platform_wake_init(struct platform_wake *w);
void platform_wake_set(struct platform_wake *w);
/* Waits until set, then ends the wake-up. */
void platform_wake_wait(struct platform_wake *w);

#endif
