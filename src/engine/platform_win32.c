/* The engine's platform on Windows: slim locks, condition variables, one thread. */
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include "engine/platform.h"

#include "base/mem.h"

_Static_assert(sizeof(SRWLOCK) == sizeof(struct platform_mutex), "a lock is one pointer");
_Static_assert(sizeof(CONDITION_VARIABLE) == sizeof(struct platform_cond), "and so is this");

static SRWLOCK *lock_of(struct platform_mutex *m)
{
    return (SRWLOCK *)(void *)m;
}

static CONDITION_VARIABLE *cond_of(struct platform_cond *c)
{
    return (CONDITION_VARIABLE *)(void *)c;
}

void platform_mutex_init(struct platform_mutex *m)
{
    InitializeSRWLock(lock_of(m));
}

void platform_mutex_free(struct platform_mutex *m)
{
    (void)m;
}

void platform_lock(struct platform_mutex *m)
{
    AcquireSRWLockExclusive(lock_of(m));
}

void platform_unlock(struct platform_mutex *m)
{
    ReleaseSRWLockExclusive(lock_of(m));
}

void platform_cond_init(struct platform_cond *c)
{
    InitializeConditionVariable(cond_of(c));
}

void platform_cond_free(struct platform_cond *c)
{
    (void)c;
}

void platform_cond_wait(struct platform_cond *c, struct platform_mutex *m)
{
    SleepConditionVariableSRW(cond_of(c), lock_of(m), INFINITE, 0);
}

void platform_cond_wait_until(struct platform_cond *c, struct platform_mutex *m, msec until)
{
    msec now = platform_clock();
    msec left = until > now ? until - now : 0;

    if (until == MSEC_NEVER || left >= INFINITE) left = INFINITE;
    SleepConditionVariableSRW(cond_of(c), lock_of(m), (DWORD)left, 0);
}

void platform_cond_signal(struct platform_cond *c)
{
    WakeConditionVariable(cond_of(c));
}

struct start {
    void (*function)(void *);
    void *context;
};

static DWORD WINAPI thread_main(void *argument)
{
    struct start start = *(struct start *)argument;

    mem_free(argument);
    start.function(start.context);
    return 0;
}

bool platform_thread_start(struct platform_thread *t, void (*function)(void *), void *context)
{
    struct start *start = mem_alloc(sizeof(*start));

    if (!start) return false;
    *start = (struct start){function, context};
    t->handle = CreateThread(NULL, 0, thread_main, start, 0, NULL);
    if (t->handle) return true;
    mem_free(start);
    return false;
}

void platform_thread_join(struct platform_thread *t)
{
    WaitForSingleObject(t->handle, INFINITE);
    CloseHandle(t->handle);
}

uintptr_t platform_thread_self(void)
{
    return GetCurrentThreadId();
}

msec platform_clock(void)
{
    return GetTickCount64();
}
