/* The channel that was used last is taken first: its memory is warm, and few are in use. */
#include "win32/carrier/local_pool.h"

#include "base/hash.h"

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE given;
    struct local_end *idle;
    unsigned idle_count, count;
    bool full; /* the router wanted to give no more than there are */
} pool = {.lock = SRWLOCK_INIT, .given = CONDITION_VARIABLE_INIT};

static bool is_usable(const struct local_end *end)
{
    return !end->broken && !end->router->dead && !end->header->gone;
}

/* With the lock. *ret_old: those that are to be closed. */
static struct local_end *take_idle(struct local_end **ret_old)
{
    while (pool.idle) {
        struct local_end *end = pool.idle;

        LL_DELETE(pool.idle, end);
        pool.idle_count--;
        if (is_usable(end)) return end;
        pool.count--;
        end->broken = true;
        LL_PREPEND(*ret_old, end);
    }
    return NULL;
}

static void close_list(struct local_end *list)
{
    while (list) {
        struct local_end *end = list;

        list = end->next;
        connect_close(end);
    }
}

/* An idle one, or NULL when the caller may have a new one, which is counted. */
static struct local_end *take_or_count(void)
{
    struct local_end *end, *old = NULL;

    AcquireSRWLockExclusive(&pool.lock);
    for (;;) {
        end = take_idle(&old);
        if (end || pool.count == 0 || (pool.count < LOCAL_CLIENT_CALLS && !pool.full)) break;
        SleepConditionVariableSRW(&pool.given, &pool.lock, INFINITE, 0);
    }
    if (!end) pool.count++;
    ReleaseSRWLockExclusive(&pool.lock);
    close_list(old);
    return end;
}

/* Whether there are others to wait for, after no new one could be had. */
static bool uncount(mpr_status status)
{
    bool others;

    AcquireSRWLockExclusive(&pool.lock);
    pool.count--;
    others = pool.count > 0;
    pool.full = status == ST_RPC_SERVER_TOO_BUSY && others;
    WakeAllConditionVariable(&pool.given);
    ReleaseSRWLockExclusive(&pool.lock);
    return status == ST_RPC_SERVER_TOO_BUSY && others;
}

mpr_status pool_take(struct local_end **ret)
{
    mpr_status status;

    do {
        *ret = take_or_count();
        if (*ret) return ST_OK;
        status = connect_router(ret);
    } while (status != ST_OK && uncount(status));
    return status;
}

void pool_give(struct local_end *end)
{
    bool keep;

    AcquireSRWLockExclusive(&pool.lock);
    keep = is_usable(end) && pool.idle_count < LOCAL_CHANNELS_KEPT;
    if (keep) {
        LL_PREPEND(pool.idle, end);
        pool.idle_count++;
    } else {
        pool.count--;
    }
    pool.full = pool.full && keep;
    WakeConditionVariable(&pool.given);
    ReleaseSRWLockExclusive(&pool.lock);
    if (!keep) connect_close(end);
}

void pool_empty(void)
{
    struct local_end *list;

    AcquireSRWLockExclusive(&pool.lock);
    list = pool.idle;
    pool.idle = NULL;
    pool.count -= pool.idle_count;
    pool.idle_count = 0;
    ReleaseSRWLockExclusive(&pool.lock);
    close_list(list);
}
