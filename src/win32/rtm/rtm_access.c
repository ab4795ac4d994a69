#include "win32/rtm/rtm_access.h"

#include "win32/rtm/rtm_clients.h"
#include "win32/rtm/rtm_events.h"
#include "win32/rtm/rtm_pointers.h"

static SRWLOCK lock = SRWLOCK_INIT; /* shared by who is inside */
static struct engine *engine;
static struct rtmv2 *tables; /* the engine's lock; NULL: nobody has registered yet */

void rtm_access_begin(struct engine *e)
{
    AcquireSRWLockExclusive(&lock);
    engine = e;
    ReleaseSRWLockExclusive(&lock);
}

void rtm_access_end(void)
{
    struct engine *e;

    AcquireSRWLockExclusive(&lock);
    e = engine;
    engine = NULL;
    ReleaseSRWLockExclusive(&lock);
    if (!e) return;
    rtm_events_stop();
    rtm_clients_stop();
    engine_enter(e);
    if (tables) rtm_pointers_forget(tables, 0);
    rtmv2_destroy(tables);
    tables = NULL;
    engine_leave(e);
}

static struct rtmv2 *enter_by(struct router *(*enter)(struct engine *))
{
    AcquireSRWLockShared(&lock);
    if (engine) {
        enter(engine);
        if (tables) {
            rtmv2_time(tables, engine_clock());
            return tables;
        }
        engine_leave(engine);
    }
    ReleaseSRWLockShared(&lock);
    return NULL;
}

struct rtmv2 *rtm_enter(void)
{
    return enter_by(engine_enter);
}

struct rtmv2 *rtm_enter_again(void)
{
    return enter_by(engine_enter_again);
}

static void wake_events(void *context)
{
    (void)context;
    rtm_events_wake();
}

/* A transport may have come since somebody registered last; its table goes with the router. */
static void attach_tables(struct router *r)
{
    struct rtm *ipv4 = router_rtm(r, TRANSPORT_IP), *ipv6 = router_rtm(r, TRANSPORT_IPV6);

    if (ipv4) rtmv2_attach(tables, RTM_IPV4, ipv4);
    if (ipv6) rtmv2_attach(tables, RTM_IPV6, ipv6);
}

static mpr_status make_tables(struct router *r)
{
    mpr_status status = ST_OK;

    if (!tables) status = rtmv2_create(&tables, wake_events, NULL);
    if (status != ST_OK) return status;
    attach_tables(r);
    return rtm_events_start();
}

struct rtmv2 *rtm_enter_first(mpr_status *ret_status)
{
    *ret_status = ST_SERVICE_NOT_ACTIVE;
    AcquireSRWLockShared(&lock);
    if (engine) {
        *ret_status = make_tables(engine_enter(engine));
        if (*ret_status == ST_OK) {
            rtmv2_time(tables, engine_clock());
            return tables;
        }
        engine_leave(engine);
    }
    ReleaseSRWLockShared(&lock);
    return NULL;
}

void rtm_leave(void)
{
    engine_leave(engine);
    ReleaseSRWLockShared(&lock);
}
