/* Timers on a clock that the caller owns: a binary heap ordered by due time.
 *
 * The core never asks what time it is; it is told. Times are milliseconds since an arbitrary
 * start and never go backwards.
 */
#ifndef MPR_BASE_TIMER_H
#define MPR_BASE_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t msec;
#define MSEC_NEVER UINT64_MAX

struct timer;
typedef void timer_fn(struct timer *timer, msec now);

/* Embedded in what it is for; zero-initialised memory is a stopped timer. */
struct timer {
    timer_fn *fire;
    msec due;
    size_t position;    /* 1-based place in the heap; 0: stopped, TIMER_DEFERRED: in deferred */
    struct timer *next; /* in deferred */
};

#define TIMER_DEFERRED SIZE_MAX

struct timer_heap {
    struct timer **heap;
    size_t used, capacity;
    size_t reserved; /* timers that may be running at once */
    bool running;    /* within timer_run, which is told that it is now */
    msec now;
    struct timer *deferred; /* started for now meanwhile */
};

void timer_heap_init(struct timer_heap *h);
void timer_heap_free(struct timer_heap *h);

/* Room for one more running timer, so that timer_start can't fail; false when out of memory.
 * Whoever reserves gives it back when the timer's owner goes away. */
bool timer_reserve(struct timer_heap *h);
void timer_unreserve(struct timer_heap *h);

/* Starts or restarts. timer->fire must be set. */
void timer_start(struct timer_heap *h, struct timer *t, msec due);
void timer_stop(struct timer_heap *h, struct timer *t);
bool timer_running(const struct timer *t);

/* Due time of the earliest running timer, or MSEC_NEVER. */
msec timer_next_due(const struct timer_heap *h);

/* Fires what is due at now, each stopped before its function is called; a function may start and
 * stop any timer. A timer that it starts for now or earlier fires in the next call, so long work
 * can be done in portions between which the caller does something else. Equal due times fire in no
 * promised order. */
void timer_run(struct timer_heap *h, msec now);

#endif
