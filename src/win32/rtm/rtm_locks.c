#include "win32/rtm/rtm_locks.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "win32/sys/windows_api.h"

#define LOOK_MS 500u /* how often who waits looks whether the holders' threads live */

/* What one thread holds of one. */
struct holding {
    struct rtm_lock_key key;
    DWORD thread;
    unsigned exclusive, shared;
    struct holding *prev, *next;
};

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE freed;
    struct holding *holdings;
} locks = {SRWLOCK_INIT, CONDITION_VARIABLE_INIT, NULL};

struct rtm_lock_key rtm_lock_of_dest(enum rtm_family family, const struct rtm_prefix *prefix)
{
    return (struct rtm_lock_key){0, family, *prefix};
}

struct rtm_lock_key rtm_lock_of_hop(handle_t32 hop)
{
    return (struct rtm_lock_key){.hop = hop};
}

static bool is_same_lock(const struct rtm_lock_key *a, const struct rtm_lock_key *b)
{
    return a->hop == b->hop && a->family == b->family && a->prefix.length == b->prefix.length &&
           memcmp(&a->prefix.address, &b->prefix.address, sizeof(a->prefix.address)) == 0;
}

static struct holding *find_holding(const struct rtm_lock_key *key, DWORD thread)
{
    struct holding *h;

    DL_FOREACH (locks.holdings, h) {
        if (is_same_lock(&h->key, key) && h->thread == thread) return h;
    }
    return NULL;
}

static bool may_take(const struct rtm_lock_key *key, bool exclusive)
{
    const DWORD self = GetCurrentThreadId();
    const struct holding *h;

    DL_FOREACH (locks.holdings, h) {
        if (is_same_lock(&h->key, key) && h->thread != self && (exclusive || h->exclusive))
            return false;
    }
    return true;
}

static void end_holding(struct holding *h)
{
    DL_DELETE(locks.holdings, h);
    mem_free(h);
    WakeAllConditionVariable(&locks.freed);
}

static bool has_ended(DWORD id)
{
    HANDLE thread = OpenThread(SYNCHRONIZE, FALSE, id);
    bool ended;

    if (!thread) return GetLastError() == ERROR_INVALID_PARAMETER;
    ended = WaitForSingleObject(thread, 0) == WAIT_OBJECT_0;
    CloseHandle(thread);
    return ended;
}

static void end_those_of_the_dead(const struct rtm_lock_key *key)
{
    struct holding *h, *next;

    DL_FOREACH_SAFE (locks.holdings, h, next) {
        if (is_same_lock(&h->key, key) && has_ended(h->thread)) end_holding(h);
    }
}

static void wait_until_free(const struct rtm_lock_key *key, bool exclusive)
{
    while (!may_take(key, exclusive)) {
        if (!SleepConditionVariableSRW(&locks.freed, &locks.lock, LOOK_MS, 0))
            end_those_of_the_dead(key);
    }
}

/* Lock held. */
static struct holding *own_holding(const struct rtm_lock_key *key)
{
    struct holding *h = find_holding(key, GetCurrentThreadId());

    if (h) return h;
    h = mem_alloc(sizeof(*h));
    if (!h) return NULL;
    h->key = *key;
    h->thread = GetCurrentThreadId();
    DL_APPEND(locks.holdings, h);
    return h;
}

mpr_status rtm_lock_take(const struct rtm_lock_key *key, bool exclusive)
{
    struct holding *h;

    AcquireSRWLockExclusive(&locks.lock);
    wait_until_free(key, exclusive);
    h = own_holding(key);
    if (h) ++*(exclusive ? &h->exclusive : &h->shared);
    ReleaseSRWLockExclusive(&locks.lock);
    return h ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

bool rtm_lock_release(const struct rtm_lock_key *key, bool exclusive)
{
    struct holding *h;
    bool held;

    AcquireSRWLockExclusive(&locks.lock);
    h = find_holding(key, GetCurrentThreadId());
    held = h && (exclusive ? h->exclusive : h->shared);
    if (held) {
        --*(exclusive ? &h->exclusive : &h->shared);
        if (!h->exclusive && !h->shared)
            end_holding(h);
        else
            WakeAllConditionVariable(&locks.freed);
    }
    ReleaseSRWLockExclusive(&locks.lock);
    return held;
}

bool rtm_lock_held(const struct rtm_lock_key *key, bool exclusive)
{
    const struct holding *h;
    bool held;

    AcquireSRWLockShared(&locks.lock);
    h = find_holding(key, GetCurrentThreadId());
    held = h && (exclusive ? h->exclusive : h->shared);
    ReleaseSRWLockShared(&locks.lock);
    return held;
}
