/* The engine: lock, worker, life.
 *
 * The worker exists for timers only. It sleeps until the earliest one; whoever leaves the engine
 * with an earlier one than it sleeps for wakes it. Requests run on their callers' threads.
 */
#include "engine/engine_private.h"

#include "base/mem.h"

/* The lock is held. */
static struct router *begin(struct engine *e)
{
    engine_close(e);
    outbox_begin(router_outbox(e->router));
    router_set_now(e->router, platform_clock());
    return e->router;
}

void engine_lock(struct engine *e)
{
    atomic_fetch_add(&e->waiting, 1);
    platform_lock(&e->mutex);
    atomic_fetch_sub(&e->waiting, 1);
    e->entries++;
    if (e->patient) platform_cond_signal(&e->passed);
}

struct router *engine_enter(struct engine *e)
{
    engine_lock(e);
    return begin(e);
}

void engine_let_in(struct engine *e)
{
    uint64_t seen = e->entries;

    e->patient++;
    while (atomic_load(&e->waiting) && e->entries == seen && !e->stopping) {
        platform_cond_wait(&e->passed, &e->mutex);
    }
    e->patient--;
    if (e->patient) platform_cond_signal(&e->passed);
}

struct router *engine_enter_again(struct engine *e)
{
    platform_lock(&e->mutex);
    engine_let_in(e);
    return begin(e);
}

void engine_leave(struct engine *e)
{
    msec due = router_next_due(e->router);

    if (due < e->worker_due) {
        e->worker_due = due; /* one wake-up is enough */
        platform_cond_signal(&e->worker_cond);
    }
    engine_flush_and_unlock(e);
}

static void worker_main(void *context)
{
    struct engine *e = context;

    platform_lock(&e->mutex);
    while (!e->stopping) {
        router_run_timers(begin(e));
        engine_flush_and_unlock(e);
        platform_lock(&e->mutex);
        engine_let_in(e);
        e->worker_due = router_next_due(e->router);
        if (e->stopping || e->worker_due <= platform_clock()) continue;
        platform_cond_wait_until(&e->worker_cond, &e->mutex, e->worker_due);
    }
    platform_unlock(&e->mutex);
}

static void engine_free(struct engine *e)
{
    router_destroy(e->router);
    platform_cond_free(&e->worker_cond);
    platform_cond_free(&e->passed);
    platform_mutex_free(&e->mutex);
    mem_free(e);
}

mpr_status engine_create(struct engine **ret, const struct router_host *host,
                         const struct router_config *config)
{
    struct engine *e = mem_alloc(sizeof(*e));
    mpr_status status;

    if (!e) return ST_NOT_ENOUGH_MEMORY;
    status = router_create(&e->router, host, config);
    if (status != ST_OK) {
        mem_free(e);
        return status;
    }
    platform_mutex_init(&e->mutex);
    platform_cond_init(&e->worker_cond);
    platform_cond_init(&e->passed);
    e->acting = UINT64_MAX;
    router_set_now(e->router, platform_clock());
    if (!platform_thread_start(&e->worker, worker_main, e)) {
        engine_free(e);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = e;
    return ST_OK;
}

void engine_destroy(struct engine *e)
{
    if (!e) return;
    platform_lock(&e->mutex);
    engine_close(e); /* waits for readers */
    engine_open(e);
    e->stopping = true;
    platform_cond_signal(&e->worker_cond);
    platform_cond_signal(&e->passed);
    platform_unlock(&e->mutex);
    platform_thread_join(&e->worker);
    engine_free(e);
}

/* The other threads ended wherever they were, one of them perhaps with the lock or in the middle of
 * a change. Nothing that the router has is worth looking at then: memory, events and sockets go
 * with the process, and what a call decided before was acted on when that call returned. */
void engine_abandon(struct engine *e)
{
    (void)e;
}

msec engine_clock(void)
{
    return platform_clock();
}
