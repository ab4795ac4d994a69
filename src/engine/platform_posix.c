/* The engine's platform on POSIX threads. */
#define _POSIX_C_SOURCE 200809L
#include "engine/platform.h"

#include "base/mem.h"

#include <time.h>

void platform_mutex_init(struct platform_mutex *m)
{
    pthread_mutex_init(&m->mutex, NULL);
}

void platform_mutex_free(struct platform_mutex *m)
{
    pthread_mutex_destroy(&m->mutex);
}

void platform_lock(struct platform_mutex *m)
{
    pthread_mutex_lock(&m->mutex);
}

void platform_unlock(struct platform_mutex *m)
{
    pthread_mutex_unlock(&m->mutex);
}

void platform_cond_init(struct platform_cond *c)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&c->cond, &attributes);
    pthread_condattr_destroy(&attributes);
}

void platform_cond_free(struct platform_cond *c)
{
    pthread_cond_destroy(&c->cond);
}

void platform_cond_wait(struct platform_cond *c, struct platform_mutex *m)
{
    pthread_cond_wait(&c->cond, &m->mutex);
}

void platform_cond_wait_until(struct platform_cond *c, struct platform_mutex *m, msec until)
{
    struct timespec time;

    if (until == MSEC_NEVER) {
        pthread_cond_wait(&c->cond, &m->mutex);
        return;
    }
    time.tv_sec = (time_t)(until / 1000);
    time.tv_nsec = (long)(until % 1000) * 1000000L;
    pthread_cond_timedwait(&c->cond, &m->mutex, &time);
}

void platform_cond_signal(struct platform_cond *c)
{
    pthread_cond_signal(&c->cond);
}

struct start {
    void (*function)(void *);
    void *context;
};

static void *thread_main(void *argument)
{
    struct start start = *(struct start *)argument;

    mem_free(argument);
    start.function(start.context);
    return NULL;
}

bool platform_thread_start(struct platform_thread *t, void (*function)(void *), void *context)
{
    struct start *start = mem_alloc(sizeof(*start));

    if (!start) return false;
    *start = (struct start){function, context};
    if (pthread_create(&t->thread, NULL, thread_main, start) == 0) return true;
    mem_free(start);
    return false;
}

void platform_thread_join(struct platform_thread *t)
{
    pthread_join(t->thread, NULL);
}

uintptr_t platform_thread_self(void)
{
    return (uintptr_t)pthread_self();
}

msec platform_clock(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (msec)time.tv_sec * 1000 + (msec)time.tv_nsec / 1000000;
}
