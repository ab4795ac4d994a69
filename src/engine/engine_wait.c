/* Threads that wait for a request: the waiter is on their stack, and so is the request. */
#include "engine/engine_private.h"

struct engine_waiter {
    struct platform_wake wake;
};

mpr_status engine_call_and_wait(struct engine *e, handle_t32 server, engine_start_fn *start,
                                void *context)
{
    struct engine_waiter waiter;
    struct request request = {.waiter = &waiter, .server = server};
    mpr_status status;

    platform_wake_init(&waiter.wake);
    status = start(engine_enter(e), context, &request);
    engine_leave(e);
    if (status != ST_PENDING) platform_wake_set(&waiter.wake);
    platform_wake_wait(&waiter.wake);
    return status == ST_PENDING ? request.status : status;
}

bool engine_wake_waiter(struct request *request)
{
    struct engine_waiter *waiter = request->waiter;

    if (!waiter) return false;
    platform_wake_set(&waiter->wake);
    return true;
}

void platform_wake_init(struct platform_wake *w)
{
    platform_mutex_init(&w->mutex);
    platform_cond_init(&w->cond);
    w->set = false;
}

void platform_wake_set(struct platform_wake *w)
{
    platform_lock(&w->mutex);
    w->set = true;
    platform_cond_signal(&w->cond);
    platform_unlock(&w->mutex);
}

void platform_wake_wait(struct platform_wake *w)
{
    platform_lock(&w->mutex);
    while (!w->set) platform_cond_wait(&w->cond, &w->mutex);
    platform_unlock(&w->mutex);
    platform_cond_free(&w->cond);
    platform_mutex_free(&w->mutex);
}
