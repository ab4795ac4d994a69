/* The thread that ends the waits is made by the first of them. Where it can't be had, each wait has
 * its timer. */
#include "win32/sys/short_wait.h"

#include "base/hash.h"

static struct {
    SRWLOCK *lock;
    struct short_wait *all;
    HANDLE thread;
    CONDITION_VARIABLE tick;
    bool asleep; /* the thread, until somebody waits */
    bool stopping;
} s = {.tick = CONDITION_VARIABLE_INIT};

/* False when no wait has begun since the last look. */
static bool look_again(void)
{
    bool any = false;
    struct short_wait *w;

    DL_FOREACH (s.all, w) {
        if (w->waits != w->seen) {
            w->seen = w->waits;
            any = true;
        } else if (w->waiting) {
            w->over = true;
            WakeConditionVariable(&w->wake);
        }
    }
    return any;
}

static DWORD WINAPI watch(void *parameter)
{
    (void)parameter;
    AcquireSRWLockExclusive(s.lock);
    while (!s.stopping) {
        s.asleep = !look_again();
        SleepConditionVariableSRW(&s.tick, s.lock, s.asleep ? INFINITE : SHORT_WAIT_MS, 0);
    }
    ReleaseSRWLockExclusive(s.lock);
    return 0;
}

void short_wait_start(SRWLOCK *lock)
{
    s.lock = lock;
    s.stopping = false;
}

void short_wait_stop(void)
{
    HANDLE thread;

    AcquireSRWLockExclusive(s.lock);
    s.stopping = true;
    thread = s.thread;
    s.thread = NULL;
    WakeConditionVariable(&s.tick);
    ReleaseSRWLockExclusive(s.lock);
    if (!thread) return;
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

void short_wait_add(struct short_wait *w)
{
    InitializeConditionVariable(&w->wake);
    DL_APPEND(s.all, w);
}

void short_wait_remove(struct short_wait *w)
{
    DL_DELETE(s.all, w);
}

bool short_wait(struct short_wait *w)
{
    if (!s.thread && !s.stopping) s.thread = CreateThread(NULL, 0, watch, NULL, 0, NULL);
    if (!s.thread) return SleepConditionVariableSRW(&w->wake, s.lock, SHORT_WAIT_MS, 0);
    w->waits++;
    w->waiting = true;
    w->over = false;
    if (s.asleep) WakeConditionVariable(&s.tick);
    SleepConditionVariableSRW(&w->wake, s.lock, INFINITE, 0);
    w->waiting = false;
    return !w->over;
}
