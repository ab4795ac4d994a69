/* Each relay is an event of ours and a wait of the system's thread pool for it. A program that asks
 * for one update after another takes the same relay each time: those that are done are kept.
 *
 * One lock. With it held, a callback of the pool may wait for it, so that nobody who holds it waits
 * for a callback.
 */
#include "win32/carrier/relay.h"

#include "base/hash.h"
#include "base/mem.h"
#include "win32/sys/event.h"
#include "win32/sys/module.h"

#define IDLE_MAX 32u
#define LOST_MAX 1024u

enum relay_state {
    RELAY_IDLE,
    RELAY_HELD,  /* relay_new; whether there is a promise is not known yet */
    RELAY_FIRED, /* the router was faster than relay_keep */
    RELAY_ONCE,
    RELAY_ALWAYS,
    RELAY_RETIRED /* a signal may still be on its way */
};

struct relay {
    HANDLE own, wait;
    enum relay_state state;
    host_event user;
    uint32_t router; /* id; 0: none that can die alone */
    uint64_t what;
    struct relay *prev, *next; /* in the list of its state */
};

/* A router that owes something, until it has died. */
struct router_watch {
    HANDLE process, wait;
    uint32_t id;
    bool registered; /* for relays that are told again by the next one */
    struct router_watch *prev, *next;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct relay *used, *idle, *retired;
static unsigned used_count, idle_count;
static volatile LONG events = 1;
static struct router_watch *routers;
static void (*on_death)(uint32_t router);

/* What was lost: the newest ones. */
static uint64_t lost[LOST_MAX];
static unsigned lost_next;

/* ---- lists; the lock is held ----------------------------------------------------------------- */

/* Takes a relay out of use. What is to be told or closed is the caller's: the program's event. */
static host_event leave_use(struct relay *r, bool quiet)
{
    host_event user = r->user;

    DL_DELETE(used, r);
    used_count--;
    r->user = 0;
    r->router = 0;
    if (quiet && idle_count < IDLE_MAX) {
        r->state = RELAY_IDLE;
        DL_PREPEND(idle, r);
        idle_count++;
    } else {
        r->state = RELAY_RETIRED;
        DL_APPEND(retired, r);
    }
    return user;
}

static void enter_use(struct relay *r, host_event user)
{
    r->user = user;
    r->state = RELAY_HELD;
    DL_APPEND(used, r);
    used_count++;
}

static void note_lost(uint64_t what)
{
    if (!what) return;
    lost[lost_next] = what;
    lost_next = (lost_next + 1) % LOST_MAX;
}

/* ---- signals --------------------------------------------------------------------------------- */

static void tell(host_event user)
{
    if (!user) return;
    SetEvent((HANDLE)user);
    event_close(user);
}

/* The router has signalled. In a thread of the pool. */
static void CALLBACK fired(void *context, BOOLEAN timed_out)
{
    struct relay *r = context;
    host_event user = 0;

    (void)timed_out;
    AcquireSRWLockExclusive(&lock);
    if (r->state == RELAY_HELD)
        r->state = RELAY_FIRED;
    else if (r->state == RELAY_ONCE)
        user = leave_use(r, true);
    else if (r->state == RELAY_ALWAYS)
        SetEvent((HANDLE)r->user);
    ReleaseSRWLockExclusive(&lock);
    tell(user);
}

/* One that a router owes which has died, taken out of use; 0: none is left. */
static host_event next_owed(uint32_t router)
{
    struct relay *r;

    DL_FOREACH (used, r) {
        if (r->state != RELAY_ONCE || r->router != router) continue;
        note_lost(r->what);
        return leave_use(r, false);
    }
    return 0;
}

static DWORD WINAPI tell_of_death(void *router)
{
    on_death((uint32_t)(ULONG_PTR)router);
    return 0;
}

/* In the thread that waits for all, which has to go on waiting. */
static void CALLBACK router_died(void *context, BOOLEAN timed_out)
{
    struct router_watch *w = context;
    host_event user;

    (void)timed_out;
    do {
        AcquireSRWLockExclusive(&lock);
        user = next_owed(w->id);
        if (!user) DL_DELETE(routers, w);
        ReleaseSRWLockExclusive(&lock);
        tell(user);
    } while (user);
    if (w->registered && on_death)
        QueueUserWorkItem(tell_of_death, (void *)(ULONG_PTR)w->id, WT_EXECUTELONGFUNCTION);
    UnregisterWaitEx(w->wait, NULL); /* this callback is its last; not waited for */
    CloseHandle(w->process);
    mem_free(w);
}

/* ---- relays ---------------------------------------------------------------------------------- */

/* Before the value can be another handle's. */
static void close_own(HANDLE own)
{
    if (InterlockedIncrement(&events) == 0) InterlockedIncrement(&events);
    CloseHandle(own);
}

/* Waits for a callback that still runs, so without the lock. */
static void destroy(struct relay *r)
{
    if (r->wait) UnregisterWaitEx(r->wait, INVALID_HANDLE_VALUE);
    if (r->own) close_own(r->own);
    mem_free(r);
}

static void destroy_retired(void)
{
    struct relay *gone, *r, *next;

    AcquireSRWLockExclusive(&lock);
    gone = retired;
    retired = NULL;
    ReleaseSRWLockExclusive(&lock);
    DL_FOREACH_SAFE (gone, r, next) destroy(r);
}

static struct relay *create(void)
{
    struct relay *r = module_pin() ? mem_alloc(sizeof(*r)) : NULL;

    if (!r) return NULL;
    r->own = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (r->own &&
        RegisterWaitForSingleObject(&r->wait, r->own, fired, r, INFINITE, WT_EXECUTEINWAITTHREAD))
        return r;
    r->wait = NULL;
    destroy(r);
    return NULL;
}

static bool use_idle(host_event user, struct relay **ret)
{
    struct relay *r;

    AcquireSRWLockExclusive(&lock);
    r = idle;
    if (r) {
        DL_DELETE(idle, r);
        idle_count--;
        enter_use(r, user);
    }
    ReleaseSRWLockExclusive(&lock);
    *ret = r;
    return r != NULL;
}

mpr_status relay_new(HANDLE event, struct relay **ret)
{
    host_event user;
    mpr_status status = event_duplicate(event, &user);

    *ret = NULL;
    if (status != ST_OK) return status;
    destroy_retired();
    if (use_idle(user, ret)) return ST_OK;
    *ret = create();
    if (!*ret) {
        event_close(user);
        return ST_NOT_ENOUGH_MEMORY;
    }
    AcquireSRWLockExclusive(&lock);
    enter_use(*ret, user);
    ReleaseSRWLockExclusive(&lock);
    return ST_OK;
}

HANDLE relay_event(const struct relay *r)
{
    return r->own;
}

uint32_t relay_events(void)
{
    return (uint32_t)events;
}

void relay_drop(struct relay *r)
{
    host_event user;

    if (!r) return;
    AcquireSRWLockExclusive(&lock);
    user = leave_use(r, r->state == RELAY_HELD);
    ReleaseSRWLockExclusive(&lock);
    event_close(user);
}

/* ---- promises -------------------------------------------------------------------------------- */

/* Lock held; so is it in the next ones. */
static struct router_watch *watch_of(uint32_t id)
{
    struct router_watch *w;

    DL_FOREACH (routers, w) {
        if (w->id == id) return w;
    }
    return NULL;
}

/* The wait begins with the lock held, and its callback waits for that. */
static struct router_watch *watch_begin(const struct carrier_router *router)
{
    struct router_watch *w = mem_alloc(sizeof(*w));

    if (!w) return NULL;
    *w = (struct router_watch){.process = router->process, .id = router->id};
    DL_PREPEND(routers, w); /* the newest is the one that is there */
    if (RegisterWaitForSingleObject(&w->wait, w->process, router_died, w, INFINITE,
                                    WT_EXECUTEONLYONCE | WT_EXECUTEINWAITTHREAD))
        return w;
    DL_DELETE(routers, w);
    mem_free(w);
    return NULL;
}

/* Takes the handle over. NULL: no memory, or it has died. */
static struct router_watch *watch(const struct carrier_router *router)
{
    struct router_watch *known = watch_of(router->id);
    struct router_watch *w = known;

    if (!router->process) return known;
    if (!known) w = watch_begin(router);
    if (known || !w) CloseHandle(router->process);
    return w;
}

uint32_t relay_watched(void)
{
    uint32_t id;

    AcquireSRWLockShared(&lock);
    id = routers ? routers->id : 0;
    ReleaseSRWLockShared(&lock);
    return id;
}

static void forget_lost(uint64_t what)
{
    for (unsigned n = 0; n < LOST_MAX && what; n++) {
        if (lost[n] == what) lost[n] = 0;
    }
}

/* Returns the event to tell at once. */
static host_event keep(struct relay *r, const struct carrier_router *router, uint64_t what)
{
    bool is_watched = !router->id || watch(router);

    forget_lost(what); /* of a former one */
    if (r->state == RELAY_FIRED) return leave_use(r, true);
    r->what = what;
    r->router = router->id;
    r->state = RELAY_ONCE;
    if (is_watched) return 0;
    note_lost(what); /* one that nobody watches might never be kept */
    return leave_use(r, false);
}

void relay_keep(struct relay *r, const struct carrier_router *router, uint64_t what)
{
    host_event user;

    AcquireSRWLockExclusive(&lock);
    user = keep(r, router, what);
    ReleaseSRWLockExclusive(&lock);
    tell(user);
}

bool relay_lost(uint64_t what)
{
    bool found = false;

    AcquireSRWLockExclusive(&lock);
    for (unsigned n = 0; n < LOST_MAX && !found; n++) {
        found = what && lost[n] == what;
        if (found) lost[n] = 0;
    }
    ReleaseSRWLockExclusive(&lock);
    return found;
}

void relay_register(struct relay *r, const struct carrier_router *router)
{
    struct router_watch *w;

    AcquireSRWLockExclusive(&lock);
    w = router->id ? watch(router) : NULL;
    if (w) w->registered = true;
    if (r->state == RELAY_FIRED) SetEvent((HANDLE)r->user);
    r->state = RELAY_ALWAYS;
    ReleaseSRWLockExclusive(&lock);
}

void relay_on_death(void (*told)(uint32_t router))
{
    AcquireSRWLockExclusive(&lock);
    on_death = told;
    ReleaseSRWLockExclusive(&lock);
}

void relay_signal(struct relay *r)
{
    AcquireSRWLockExclusive(&lock);
    SetEvent((HANDLE)r->user);
    ReleaseSRWLockExclusive(&lock);
}

unsigned relay_count(bool of_idle)
{
    unsigned count;

    AcquireSRWLockShared(&lock);
    count = of_idle ? idle_count : used_count;
    ReleaseSRWLockShared(&lock);
    return count;
}
