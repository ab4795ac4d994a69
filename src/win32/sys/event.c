/* Callers' events: a duplicate of each, so that the caller may close its own handle at any time.
 *
 * A duplicate is kept for a while after its last use. A program that asks for one update after
 * another gives the same event each time, and recognising it takes one system call
 * (NtCompareObjects) instead of three (duplicate, look whether it is an event, close); under Wine
 * each is a round trip to another process. A handle value that meanwhile names another object is
 * told apart by that call. What is kept unused is bounded in number and, by event_trim, in time.
 * event_recognise and event_is are that in two steps, for a caller who has something better to do
 * in between (async_request.c).
 *
 * Entries are found by the duplicate (all) and by the caller's handle value (the current one for
 * that value). One lock; nothing is called with it held.
 */
#include "win32/sys/event.h"

#include <winternl.h>

#include "base/hash.h"
#include "base/mem.h"

#define IDLE_MAX     32u
#define IDLE_KEEP_MS 2000u

typedef LONG NTAPI compare_fn(HANDLE first, HANDLE second);
typedef LONG NTAPI query_fn(HANDLE event, int information_class, void *information, ULONG size,
                            ULONG *ret_size);

struct event {
    HANDLE duplicate;
    HANDLE origin;
    bool current; /* in by_origin */
    bool steady;  /* origin stays this object's */
    uint32_t uses;
    ULONGLONG idle_since;
    struct event *prev, *next; /* in idle, oldest first, while uses is 0 */
    UT_hash_handle hh, hh_origin;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct event *by_duplicate, *by_origin, *idle;
static unsigned idle_count;

static INIT_ONCE functions_once = INIT_ONCE_STATIC_INIT;
static compare_fn *compare_objects; /* NULL before Windows 10: nothing is kept */
static query_fn *query_event;

static BOOL CALLBACK find_functions(INIT_ONCE *once, void *parameter, void **context)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    (void)once, (void)parameter, (void)context;
    if (!ntdll) return TRUE;
    compare_objects = (compare_fn *)(void *)GetProcAddress(ntdll, "NtCompareObjects");
    query_event = (query_fn *)(void *)GetProcAddress(ntdll, "NtQueryEvent");
    return TRUE;
}

/* The duplicate has no right to be queried; an object of another kind is refused before that. */
static bool is_event(HANDLE handle)
{
    struct {
        LONG type, state;
    } information;
    LONG status;

    if (!query_event) return true;
    status =
        query_event(handle, 0 /* EventBasicInformation */, &information, sizeof(information), NULL);
    return status >= 0 || status == (LONG)0xC0000022; /* STATUS_ACCESS_DENIED */
}

static void forget_origin(struct event *e)
{
    if (!e->current) return;
    HASH_DELETE(hh_origin, by_origin, e);
    e->current = false;
}

/* So that nobody finds the entry; the caller closes and frees it. */
static void forget(struct event *e)
{
    forget_origin(e);
    HASH_DELETE(hh, by_duplicate, e);
}

static void take_idle(struct event *e)
{
    DL_DELETE(idle, e);
    idle_count--;
    forget(e);
}

static void destroy(struct event *e)
{
    CloseHandle(e->duplicate);
    mem_free(e);
}

/* An entry that is no longer in use is kept among the idle ones if it can be recognised again.
 * Returns one to destroy, or NULL. Lock held. */
static struct event *release(struct event *e)
{
    struct event *gone;

    if (--e->uses) return NULL;
    if (!e->current) {
        forget(e);
        return e;
    }
    e->idle_since = GetTickCount64();
    DL_APPEND(idle, e);
    if (++idle_count <= IDLE_MAX) return NULL;
    gone = idle;
    take_idle(gone);
    return gone;
}

/* The entry of that handle value, in use from now on, or NULL. */
static struct event *use_current(HANDLE origin)
{
    struct event *e = NULL;

    if (!compare_objects) return NULL;
    AcquireSRWLockExclusive(&lock);
    HASH_FIND(hh_origin, by_origin, &origin, sizeof(origin), e);
    if (e && e->uses++ == 0) {
        DL_DELETE(idle, e);
        idle_count--;
    }
    ReleaseSRWLockExclusive(&lock);
    return e;
}

/* Gives an entry back that was found by a handle value which does not name its object any more. */
static void give_back(struct event *e)
{
    struct event *gone;

    AcquireSRWLockExclusive(&lock);
    forget_origin(e);
    gone = release(e);
    ReleaseSRWLockExclusive(&lock);
    if (gone) destroy(gone);
}

/* The same, if it is this very object. The comparison, a round trip, is made without the lock: the
 * thread that completed the last request is about to take it. */
static struct event *find_current(HANDLE origin)
{
    struct event *e = use_current(origin);

    if (!e || e->steady || compare_objects(origin, e->duplicate) == 0) return e;
    give_back(e);
    return NULL;
}

/* Lock held. Without a place by origin the entry is merely not recognised again. */
static bool insert(struct event *e)
{
    struct event *other;

    HASH_ADD(hh, by_duplicate, duplicate, sizeof(e->duplicate), e);
    if (!e->hh.tbl) return false;
    if (!compare_objects) return true;
    HASH_FIND(hh_origin, by_origin, &e->origin, sizeof(e->origin), other);
    if (other) return true;
    HASH_ADD(hh_origin, by_origin, origin, sizeof(e->origin), e);
    e->current = e->hh_origin.tbl != NULL;
    return true;
}

mpr_status event_duplicate_once(HANDLE event, host_event *ret)
{
    HANDLE duplicate;

    *ret = 0;
    if (!DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &duplicate,
                         EVENT_MODIFY_STATE, FALSE, 0))
        return ST_INVALID_PARAMETER;
    if (!is_event(duplicate)) {
        CloseHandle(duplicate);
        return ST_INVALID_PARAMETER;
    }
    *ret = (host_event)duplicate;
    return ST_OK;
}

static mpr_status duplicate(HANDLE origin, struct event **ret)
{
    struct event *e = mem_alloc(sizeof(*e));
    host_event duplicate_handle;
    mpr_status status;

    if (!e) return ST_NOT_ENOUGH_MEMORY;
    status = event_duplicate_once(origin, &duplicate_handle);
    if (status != ST_OK) {
        mem_free(e);
        return status;
    }
    e->duplicate = (HANDLE)duplicate_handle;
    e->origin = origin;
    e->uses = 1;
    *ret = e;
    return ST_OK;
}

/* -1 to -6 are pseudo-handles: process, thread, tokens. They'd be duplicated all right. */
static bool plausible(HANDLE event)
{
    LONG_PTR value = (LONG_PTR)event;

    return value > 0 || value < -16;
}

mpr_status event_duplicate(HANDLE event, host_event *ret)
{
    struct event *e;
    mpr_status status;
    bool inserted;

    *ret = 0;
    if (!plausible(event)) return ST_INVALID_PARAMETER;
    InitOnceExecuteOnce(&functions_once, find_functions, NULL, NULL);
    e = find_current(event);
    if (!e) {
        status = duplicate(event, &e);
        if (status != ST_OK) return status;
        AcquireSRWLockExclusive(&lock);
        inserted = insert(e);
        ReleaseSRWLockExclusive(&lock);
        if (!inserted) {
            destroy(e);
            return ST_NOT_ENOUGH_MEMORY;
        }
    }
    *ret = (host_event)e->duplicate;
    return ST_OK;
}

/* In use, by its duplicate, or NULL. */
static struct event *find_duplicate(host_event duplicate)
{
    HANDLE key = (HANDLE)duplicate;
    struct event *e;

    AcquireSRWLockShared(&lock);
    HASH_FIND(hh, by_duplicate, &key, sizeof(key), e);
    ReleaseSRWLockShared(&lock);
    return e;
}

host_event event_recognise(HANDLE event)
{
    struct event *e = use_current(event);

    return e ? (host_event)e->duplicate : 0;
}

bool event_is(HANDLE event, host_event duplicate)
{
    struct event *e = find_duplicate(duplicate);

    if (e && e->steady && e->origin == event) return true;
    if (compare_objects(event, (HANDLE)duplicate) == 0) return true;
    if (e) give_back(e);
    return false;
}

void event_close(host_event event)
{
    HANDLE key = (HANDLE)event;
    struct event *e, *gone = NULL;

    if (!event) return;
    AcquireSRWLockExclusive(&lock);
    HASH_FIND(hh, by_duplicate, &key, sizeof(key), e);
    if (e) gone = release(e);
    ReleaseSRWLockExclusive(&lock);
    if (gone) destroy(gone);
}

/* One that is found by another handle value is recognised with a look, as always. */
mpr_status event_keep(HANDLE event, host_event *ret)
{
    mpr_status status = event_duplicate(event, ret);
    struct event *e = status == ST_OK ? find_duplicate(*ret) : NULL;

    AcquireSRWLockExclusive(&lock);
    if (e) e->steady = e->current && e->origin == event;
    ReleaseSRWLockExclusive(&lock);
    return status;
}

void event_unkeep(host_event event)
{
    struct event *e = find_duplicate(event);

    if (!e) return;
    AcquireSRWLockExclusive(&lock);
    e->steady = false;
    ReleaseSRWLockExclusive(&lock);
    give_back(e);
}

void event_hold(host_event event)
{
    HANDLE key = (HANDLE)event;
    struct event *e;

    AcquireSRWLockExclusive(&lock);
    HASH_FIND(hh, by_duplicate, &key, sizeof(key), e);
    if (e) e->uses++;
    ReleaseSRWLockExclusive(&lock);
}

bool event_can_compare(void)
{
    InitOnceExecuteOnce(&functions_once, find_functions, NULL, NULL);
    return compare_objects != NULL;
}

host_event event_find_same(host_event event, const host_event *events, size_t count)
{
    for (size_t n = 0; n < count; n++) {
        if (events[n] == event) return event;
    }
    for (size_t n = 0; n < count; n++) {
        if (compare_objects((HANDLE)event, (HANDLE)events[n]) == 0) return events[n];
    }
    return 0;
}

/* Idle entries are in the order in which they became so. */
static struct event *take_older(ULONGLONG limit)
{
    struct event *e;

    AcquireSRWLockExclusive(&lock);
    e = idle;
    if (e && e->idle_since <= limit)
        take_idle(e);
    else
        e = NULL;
    ReleaseSRWLockExclusive(&lock);
    return e;
}

void event_trim(bool all)
{
    ULONGLONG now = GetTickCount64();
    struct event *e;

    while ((e = take_older(all ? UINT64_MAX : now - IDLE_KEEP_MS)) != NULL) destroy(e);
}
