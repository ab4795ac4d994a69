/* Registrations for connections, kept here as well: the router's end with the router, and are made
 * anew with the next one. The program's event is signalled then, since what has changed in between
 * nobody saw.
 *
 * Which registration an event means is decided here, by the rules of api/admin/notification.c: the
 * object counts, and where the value names no event any more, the newest of that value.
 */
#include "api/remote/remote.h"

#include "base/hash.h"
#include "win32/carrier/local.h"
#include "win32/carrier/relay.h"
#include "win32/sys/event.h"

#define RETRY_MS 500u

struct registration {
    HANDLE server, origin;
    host_event object;
    struct relay *relay;
    uint32_t router;                  /* that has it; 0: none that can die alone */
    bool lost;                        /* to be made anew */
    struct registration *prev, *next; /* newest first */
};

/* Changes take turns (turn), calls to the router included, which the list's lock must not wait for.
 */
static SRWLOCK turn = SRWLOCK_INIT, lock = SRWLOCK_INIT;
static struct registration *registrations;

/* ---- the router's end ------------------------------------------------------------------------ */

static mpr_status ask(HANDLE server, bool registers, uint32_t event, struct carrier_router *router)
{
    struct dim_arguments a = {
        .registers = registers, .event = event, .process = GetCurrentProcessId()};
    struct remote_reply reply;
    mpr_status status = remote_call_router(server, DIM_CONNECTION_NOTIFICATION, &a, &reply, router);

    remote_free(&reply);
    if (status == ST_OK || !router || !router->process) return status;
    CloseHandle(router->process);
    router->process = NULL;
    return status;
}

/* The same with the relay's event; on success the relay passes signals on. */
static mpr_status ask_for(struct registration *g)
{
    struct carrier_router router = {.known = 0};
    mpr_status status = ask(g->server, true, remote_event(relay_event(g->relay)), &router);

    if (status != ST_OK) return status;
    g->router = router.id;
    relay_register(g->relay, &router);
    return ST_OK;
}

/* ---- after a router's death ------------------------------------------------------------------ */

static struct registration *next_lost(void)
{
    struct registration *g;

    AcquireSRWLockShared(&lock);
    DL_FOREACH (registrations, g) {
        if (g->lost) break;
    }
    ReleaseSRWLockShared(&lock);
    return g;
}

/* False: there is no router yet. Which one starts is for calls to say, not for who only waits. */
static bool renew_one(void)
{
    struct registration *g;
    bool renewed = true;

    if (!local_router_runs()) return false;
    AcquireSRWLockExclusive(&turn);
    g = next_lost();
    if (g) {
        renewed = ask_for(g) == ST_OK;
        g->lost = !renewed;
        if (renewed) relay_signal(g->relay);
    }
    ReleaseSRWLockExclusive(&turn);
    return renewed;
}

static void router_died(uint32_t router)
{
    struct registration *g;

    AcquireSRWLockExclusive(&turn);
    DL_FOREACH (registrations, g) g->lost |= g->router == router;
    ReleaseSRWLockExclusive(&turn);
    while (next_lost()) {
        if (!renew_one()) Sleep(RETRY_MS);
    }
}

/* ---- what programs do ------------------------------------------------------------------------ */

static void forget(struct registration *g)
{
    AcquireSRWLockExclusive(&lock);
    DL_DELETE(registrations, g);
    ReleaseSRWLockExclusive(&lock);
    relay_drop(g->relay);
    event_close(g->object);
    mem_free(g);
}

static mpr_status register_event(HANDLE server, HANDLE event, host_event object,
                                 struct relay *relay)
{
    struct registration *g = mem_alloc(sizeof(*g));
    mpr_status status = g ? ST_OK : ST_NOT_ENOUGH_MEMORY;

    if (g) {
        *g = (struct registration){
            .server = server, .origin = event, .object = object, .relay = relay};
        status = ask_for(g);
    }
    if (status != ST_OK) {
        mem_free(g);
        return status;
    }
    AcquireSRWLockExclusive(&lock);
    DL_PREPEND(registrations, g);
    ReleaseSRWLockExclusive(&lock);
    return ST_OK;
}

mpr_status remote_notification_add(HANDLE server, HANDLE event)
{
    host_event object = 0;
    struct relay *relay = NULL;
    mpr_status status = event_duplicate(event, &object);

    if (remote_has_no_events(server)) {
        if (status == ST_OK) event_close(object);
        status = remote_check_ddm(server);
        return status == ST_OK ? ST_INVALID_PARAMETER : status;
    }
    if (status == ST_INVALID_PARAMETER) return ask(server, true, REMOTE_NO_EVENT, NULL);
    if (status == ST_OK) status = relay_new(event, &relay);
    if (status == ST_OK) {
        relay_on_death(router_died); /* the router may die before the answer is read */
        AcquireSRWLockExclusive(&turn);
        status = register_event(server, event, object, relay);
        ReleaseSRWLockExclusive(&turn);
    }
    if (status == ST_OK) return ST_OK;
    relay_drop(relay);
    if (object) event_close(object);
    return status;
}

/* By object or, with object 0, by origin; with neither any of that server handle. */
static struct registration *find(HANDLE server, HANDLE origin, host_event object)
{
    struct registration *g;

    DL_FOREACH (registrations, g) {
        if (g->server != server) continue;
        if (object ? event_find_same(object, &g->object, 1) != 0 : !origin || g->origin == origin)
            break;
    }
    return g;
}

/* One that the router has lost, or is about to be told of again, ends here alone. */
static mpr_status deregister(struct registration *g)
{
    mpr_status status = g->lost ? remote_check_ddm(g->server)
                                : ask(g->server, false, remote_event(relay_event(g->relay)), NULL);

    if (status == ST_INVALID_PARAMETER) status = ST_OK; /* a new router, which never had it */
    if (status == ST_OK) forget(g);
    return status;
}

mpr_status remote_notification_remove(HANDLE server, HANDLE event)
{
    host_event object = 0;
    struct registration *g;
    mpr_status status = event_duplicate(event, &object);

    if (status == ST_NOT_ENOUGH_MEMORY) return status;
    AcquireSRWLockExclusive(&turn);
    g = find(server, event, event_can_compare() ? object : 0);
    status = g ? deregister(g) : ask(server, false, REMOTE_NO_EVENT, NULL);
    ReleaseSRWLockExclusive(&turn);
    if (object) event_close(object);
    return status;
}

void remote_notification_end(HANDLE server)
{
    struct registration *g;

    AcquireSRWLockExclusive(&turn);
    while ((g = find(server, NULL, 0)) != NULL) forget(g);
    ReleaseSRWLockExclusive(&turn);
}
