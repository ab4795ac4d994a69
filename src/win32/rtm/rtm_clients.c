#include "win32/rtm/rtm_clients.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/trace.h"
#include "win32/rtm/rtm_callback.h"

#define STOP_WAIT_MS 5000u

struct rtm_client {
    handle_t32 entity;
    RTM_EVENT_CALLBACK callback;
    struct rtm_methods methods;
    HANDLE thread; /* NULL: it is told nothing */
    DWORD thread_id;

    /* lock */
    bool ending;
    bool blocked;        /* its methods */
    unsigned users;      /* of its methods */
    unsigned references; /* the registry's, the thread's, and that of who waits for the end */
    struct rtm_told *queue;
    CONDITION_VARIABLE queued;
    struct rtm_client *prev, *next;
};

static struct {
    SRWLOCK lock;
    struct rtm_client *clients;
    CONDITION_VARIABLE methods_free; /* of any client: one that waits holds none of it */
} registry = {SRWLOCK_INIT, NULL, CONDITION_VARIABLE_INIT};

/* ---- their life ------------------------------------------------------------------------------ */

/* Lock held. */
static struct rtm_client *find_client(handle_t32 entity)
{
    struct rtm_client *c;

    DL_FOREACH (registry.clients, c) {
        if (c->entity == entity) return c;
    }
    return NULL;
}

static void release_client(struct rtm_client *c)
{
    unsigned left;

    AcquireSRWLockExclusive(&registry.lock);
    left = --c->references;
    ReleaseSRWLockExclusive(&registry.lock);
    if (left) return;
    while (c->queue) {
        struct rtm_told *told = c->queue;

        DL_DELETE(c->queue, told);
        rtm_callback_drop(told);
    }
    if (c->thread) CloseHandle(c->thread);
    mem_free(c);
}

/* The next event; NULL: it ends. */
static struct rtm_told *wait_for_event(struct rtm_client *c)
{
    struct rtm_told *told = NULL;

    AcquireSRWLockExclusive(&registry.lock);
    while (!c->ending && (!c->queue || !c->entity))
        SleepConditionVariableSRW(&c->queued, &registry.lock, INFINITE, 0);
    if (!c->ending) {
        told = c->queue;
        DL_DELETE(c->queue, told);
    }
    ReleaseSRWLockExclusive(&registry.lock);
    return told;
}

static DWORD WINAPI call_back(void *parameter)
{
    struct rtm_client *c = parameter;
    struct rtm_told *told;
    bool lives = true;

    while ((told = wait_for_event(c)) != NULL) {
        if (lives)
            lives = rtm_callback(c->callback, told);
        else
            rtm_callback_drop(told);
    }
    release_client(c);
    return 0;
}

static bool start_thread(struct rtm_client *c)
{
    c->references++;
    c->thread = CreateThread(NULL, 0, call_back, c, 0, &c->thread_id);
    if (!c->thread) c->references--;
    return c->thread != NULL;
}

mpr_status rtm_client_new(const RTM_ENTITY_EXPORT_METHODS *methods, RTM_EVENT_CALLBACK callback,
                          struct rtm_client **ret)
{
    struct rtm_client *c;

    if (methods && methods->NumMethods > RTM_METHODS_MAX) return ST_INVALID_PARAMETER;
    c = mem_alloc(sizeof(*c));
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    c->references = 1;
    c->callback = callback;
    if (methods) {
        c->methods.count = methods->NumMethods;
        memcpy(c->methods.method, methods->Methods,
               methods->NumMethods * sizeof(methods->Methods[0]));
    }
    if (callback && !start_thread(c)) {
        release_client(c);
        return ST_NOT_ENOUGH_MEMORY;
    }
    *ret = c;
    return ST_OK;
}

static void end_client(struct rtm_client *c)
{
    c->ending = true;
    WakeAllConditionVariable(&c->queued);
    WakeAllConditionVariable(&registry.methods_free);
}

void rtm_client_begin(struct rtm_client *c, handle_t32 entity)
{
    AcquireSRWLockExclusive(&registry.lock);
    c->entity = entity;
    if (entity)
        DL_APPEND(registry.clients, c);
    else
        end_client(c);
    WakeAllConditionVariable(&c->queued);
    ReleaseSRWLockExclusive(&registry.lock);
    if (!entity) release_client(c);
}

/* The registry's reference is the caller's then. */
static struct rtm_client *take_client(handle_t32 entity)
{
    struct rtm_client *c;

    AcquireSRWLockExclusive(&registry.lock);
    c = entity ? find_client(entity) : registry.clients;
    if (c) {
        DL_DELETE(registry.clients, c);
        end_client(c);
    }
    ReleaseSRWLockExclusive(&registry.lock);
    return c;
}

void rtm_client_end(handle_t32 entity)
{
    struct rtm_client *c = take_client(entity);

    if (!c) return;
    if (c->thread && c->thread_id != GetCurrentThreadId()) WaitForSingleObject(c->thread, INFINITE);
    release_client(c);
}

static bool abandon_client(struct rtm_client *c)
{
    if (!c) return false;
    if (c->thread && c->thread_id != GetCurrentThreadId() &&
        WaitForSingleObject(c->thread, STOP_WAIT_MS) != WAIT_OBJECT_0)
        TRACE(ERROR, "rtm: a protocol's callback does not come back; its thread is left behind");
    release_client(c);
    return true;
}

void rtm_client_abandon(handle_t32 entity)
{
    abandon_client(take_client(entity));
}

void rtm_clients_stop(void)
{
    while (abandon_client(take_client(0))) continue;
}

size_t rtm_clients_entities(handle_t32 *ret, size_t capacity)
{
    const struct rtm_client *c;
    size_t count = 0;

    AcquireSRWLockShared(&registry.lock);
    DL_FOREACH (registry.clients, c) {
        if (count < capacity) ret[count++] = c->entity;
    }
    ReleaseSRWLockShared(&registry.lock);
    return count;
}

bool rtm_client_tell(struct rtm_told *told)
{
    struct rtm_client *c;

    AcquireSRWLockExclusive(&registry.lock);
    c = find_client(told->event.entity);
    if (c && !c->callback) c = NULL;
    if (c) {
        DL_APPEND(c->queue, told);
        WakeAllConditionVariable(&c->queued);
    }
    ReleaseSRWLockExclusive(&registry.lock);
    return c != NULL;
}

/* ---- methods --------------------------------------------------------------------------------- */

struct rtm_methods rtm_client_methods(handle_t32 entity)
{
    struct rtm_methods found = {0};
    const struct rtm_client *c;

    AcquireSRWLockShared(&registry.lock);
    c = find_client(entity);
    if (c) found = c->methods;
    ReleaseSRWLockShared(&registry.lock);
    return found;
}

struct rtm_methods rtm_client_use_methods(handle_t32 entity)
{
    struct rtm_methods found = {0};
    struct rtm_client *c;

    AcquireSRWLockExclusive(&registry.lock);
    for (c = find_client(entity); c && c->blocked; c = find_client(entity))
        SleepConditionVariableSRW(&registry.methods_free, &registry.lock, INFINITE, 0);
    if (c && c->methods.count) {
        found = c->methods;
        c->users++;
    }
    ReleaseSRWLockExclusive(&registry.lock);
    return found;
}

void rtm_client_let_methods_go(handle_t32 entity)
{
    struct rtm_client *c;

    AcquireSRWLockExclusive(&registry.lock);
    c = find_client(entity);
    if (c && c->users && --c->users == 0) WakeAllConditionVariable(&registry.methods_free);
    ReleaseSRWLockExclusive(&registry.lock);
}

void rtm_client_block_methods(handle_t32 entity, bool block)
{
    struct rtm_client *c;

    AcquireSRWLockExclusive(&registry.lock);
    for (c = find_client(entity); block && c && c->users; c = find_client(entity))
        SleepConditionVariableSRW(&registry.methods_free, &registry.lock, INFINITE, 0);
    if (c) {
        c->blocked = block;
        if (!block) WakeAllConditionVariable(&registry.methods_free);
    }
    ReleaseSRWLockExclusive(&registry.lock);
}
