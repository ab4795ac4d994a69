/* The engine's own structure, shared by the files of this folder. */
#ifndef MPR_ENGINE_PRIVATE_H
#define MPR_ENGINE_PRIVATE_H

#include <stdatomic.h>

#include "engine/engine.h"
#include "engine/platform.h"

/* A thread in engine_leave that waits until another one has acted on what it put; on its stack. */
struct leaver {
    uint64_t target; /* entries up to this sequence have to be acted on */
    bool promoted;   /* woken to go on with flushing itself */
    struct platform_wake wake;
    struct leaver *next;
};

struct engine {
    struct platform_mutex mutex;
    struct router *router;
    struct platform_thread worker;
    struct platform_cond worker_cond;
    msec worker_due; /* what the worker sleeps for */
    bool stopping;

    /* Readers (engine_readers.c). */
    atomic_uint readers;
    struct platform_wake *alone; /* of who waits until they have left */

    /* Callers and those who come again and again (engine_let_in). */
    atomic_uint waiting;         /* in engine_lock, without the lock; changed without it */
    uint64_t entries;            /* how often one of them has got it */
    unsigned patient;            /* who lets them in */
    struct platform_cond passed; /* one of them has got it */

    /* The flusher, of which there is one at a time. */
    bool flushing;
    uintptr_t flusher;           /* its thread, meaningful while flushing */
    uint64_t flusher_target;     /* what it has to act on before it may return */
    uint64_t acting;             /* sequence of the entry being acted on, UINT64_MAX: none */
    struct leaver *first, *last; /* who waits for it, in order of their targets */
};

/* Takes the lock as a caller, whom engine_let_in lets in. */
void engine_lock(struct engine *e);

/* With the lock held: keeps readers out, and returns when those inside have left; engine_open lets
 * them in again. Until then the router is the caller's alone. */
void engine_close(struct engine *e);
void engine_open(struct engine *e);

/* With the lock held, which it may release and take again: when callers wait, returns only after
 * one of them has been in. A lock goes to whoever is running, so without this a thread that leaves
 * and enters again at once would keep out all others for as long as its work takes. */
void engine_let_in(struct engine *e);

/* With the lock held, which it releases, and closed to readers, whom it lets in: returns when
 * everything has been acted on that was put since the lock was taken. */
void engine_flush_and_unlock(struct engine *e);

#endif
