/* The seam between the core and this folder.
 *
 * Downwards: the functions of struct router_host, most of them one line. Upwards: what links,
 * sockets and hosted protocols report enters the engine here. A report that comes while the
 * engine goes away finds it gone and is dropped; host_detach waits for those that are inside.
 */
#include "win32/host.h"

#include "win32/sys/windows_api.h"

#include <ntsecapi.h>

#include "base/trace.h"
#include "win32/admin/admin_dll.h"
#include "win32/link/clients.h"
#include "win32/store/config_save.h"
#include "win32/host_feed.h"
#include "win32/instance.h"
#include "win32/net/host_filters.h"
#include "win32/net/host_routes.h"
#include "win32/net/link_stats.h"
#include "win32/link/links.h"
#include "win32/net/mib_host.h"
#include "win32/sys/async_request.h"
#include "win32/sys/event.h"
#include "win32/sys/md5.h"
#include "win32/sys/no_interface_macro.h"
#include "win32/protocol/protocol_host.h"
#include "win32/protocol/protocol_support.h"
#include "win32/rtm/rtm_access.h"
#include "win32/net/sockets.h"

#define DATAGRAMS_AT_ONCE 8u /* handled under one lock: 200 routes of RIP */

static SRWLOCK engine_lock = SRWLOCK_INIT;
static struct engine *attached;

/* ---- reports -------------------------------------------------------------------------------- */

/* NULL, and nothing to leave, when there is no engine any more. */
static struct router *enter_by(struct router *(*way_in)(struct engine *))
{
    AcquireSRWLockShared(&engine_lock);
    if (attached) return way_in(attached);
    ReleaseSRWLockShared(&engine_lock);
    return NULL;
}

static struct router *enter(void)
{
    return enter_by(engine_enter);
}

static void leave(void)
{
    engine_leave(attached);
    ReleaseSRWLockShared(&engine_lock);
}

static void report_adapters(void *context, const struct host_adapter *adapters, size_t count)
{
    struct router *r = enter();

    (void)context;
    if (!r) return;
    router_adapters(r, adapters, count);
    leave();
    clients_adapters(adapters, count);
}

static mpr_status report_call(const struct client_call *call, handle_t32 *ret)
{
    struct router *r = enter();
    mpr_status status;

    if (!r) return ST_ROUTER_STOPPED;
    status = router_client_call(r, call, ret);
    leave();
    return status;
}

static void report_client_gone(handle_t32 client)
{
    struct router *r = enter();

    if (!r) return;
    router_client_gone(r, client);
    leave();
}

static void report_identity(void *context, handle_t32 interface, uint32_t attempt,
                            const char16_t *user, const char16_t *domain)
{
    struct router *r = enter();

    (void)context;
    if (!r) return;
    router_link_identity(r, interface, attempt, user, domain);
    leave();
}

static void report_dial(void *context, handle_t32 interface, uint32_t attempt, mpr_status result,
                        const struct ip_binding *binding)
{
    struct link_counters base;
    struct router *r;

    (void)context;
    /* What the adapter has counted before is none of this connection's. */
    link_stats_read(result == ST_OK && binding ? binding->host_index : 0, &base);
    r = enter();
    if (!r) return;
    router_link_base(r, interface, attempt, &base);
    router_dial_result(r, interface, attempt, result, binding);
    leave();
}

static void report_link_down(void *context, handle_t32 interface, uint32_t attempt,
                             mpr_status reason)
{
    struct router *r = enter();

    (void)context;
    if (!r) return;
    router_link_down(r, interface, attempt, reason);
    leave();
}

/* A few at a time, so that no call waits for a whole batch. */
static void report_datagrams(void *context, const struct protocol_datagram *datagrams, size_t count)
{
    (void)context;
    for (size_t first = 0; first < count; first += DATAGRAMS_AT_ONCE) {
        size_t end = count - first < DATAGRAMS_AT_ONCE ? count : first + DATAGRAMS_AT_ONCE;
        struct router *r = enter_by(engine_enter_again);

        if (!r) return;
        for (size_t i = first; i < end; i++) router_datagram(r, &datagrams[i]);
        leave();
    }
}

static void report_protocol(void *context, struct protocol_call *answered, handle_t32 protocol,
                            const struct protocol_report *reports, size_t count)
{
    struct router *r = enter();

    (void)context;
    if (!r) return;
    if (answered) router_protocol_answer(r, answered);
    for (size_t i = 0; i < count; i++)
        router_protocol_event(r, protocol, reports[i].event, &reports[i].message);
    leave();
}

/* False: nobody is there any more. */
static bool report_admission(struct admission *a)
{
    struct router *r = enter();

    if (!r) return false;
    router_admission_answer(r, a);
    leave();
    return true;
}

struct router *host_enter(bool again)
{
    return enter_by(again ? engine_enter_again : engine_enter);
}

void host_leave(void)
{
    leave();
}

/* ---- outbox --------------------------------------------------------------------------------- */

static void host_complete(void *context, struct request *request)
{
    (void)context;
    if (!engine_wake_waiter(request)) async_request_complete(request);
}

static void host_signal(void *context, host_event event)
{
    (void)context;
    SetEvent((HANDLE)event);
}

static void host_close_event(void *context, host_event event)
{
    (void)context;
    event_close(event);
}

static void host_dial(void *context, const struct dial_attempt *attempt)
{
    (void)context;
    links_dial(attempt);
}

static void host_hang_up(void *context, handle_t32 interface, uint32_t attempt)
{
    (void)context;
    links_hang_up(interface, attempt);
}

static void host_protocol_call(void *context, struct protocol_call *call)
{
    (void)context;
    protocol_host_call(call);
}

static void host_admission(void *context, struct admission *a)
{
    (void)context;
    admin_dll_admission(a);
}

static void host_store(void *context, const struct store_item *item)
{
    (void)context;
    config_save(item);
}

static void host_send(void *context, const struct protocol_datagram *datagram)
{
    (void)context;
    sockets_send(datagram);
}

static void host_listen(void *context, const struct port_listen *listen)
{
    (void)context;
    sockets_listen(listen);
}

static void host_changed_routes(void *context)
{
    (void)context;
    host_routes_changed();
}

static void host_changed_filters(void *context)
{
    (void)context;
    host_filters_changed();
}

/* ---- pure ----------------------------------------------------------------------------------- */

/* xorshift, seeded by the system once: for jitter and sequence numbers, no secrets. Called under
 * the engine's lock only. */
static uint32_t host_random(void *context)
{
    static uint32_t state;

    (void)context;
    while (!state) {
        if (!RtlGenRandom(&state, sizeof(state))) state = GetTickCount() | 1;
    }
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static uint32_t host_unix_time(void *context)
{
    FILETIME now;
    uint64_t ticks;

    (void)context;
    GetSystemTimeAsFileTime(&now);
    ticks = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    return (uint32_t)(ticks / 10000000 - 11644473600ull); /* 1601 to 1970 */
}

static uint32_t host_minute_of_week(void *context)
{
    SYSTEMTIME now;

    (void)context;
    GetLocalTime(&now);
    return now.wDayOfWeek * 1440u + now.wHour * 60u + now.wMinute;
}

/* ---- life ----------------------------------------------------------------------------------- */

const struct router_host *host_table(void)
{
    static const struct router_host table = {.complete = host_complete,
                                             .signal = host_signal,
                                             .close_event = host_close_event,
                                             .dial = host_dial,
                                             .hang_up = host_hang_up,
                                             .protocol_call = host_protocol_call,
                                             .admission = host_admission,
                                             .store = host_store,
                                             .send = host_send,
                                             .listen = host_listen,
                                             .routes_changed = host_changed_routes,
                                             .filters_changed = host_changed_filters,
                                             .random = host_random,
                                             .unix_time = host_unix_time,
                                             .minute_of_week = host_minute_of_week,
                                             .md5 = md5_digest};

    return &table;
}

void host_attach(struct engine *e)
{
    sockets_start(report_datagrams, NULL);
    protocol_host_start(report_protocol, NULL);
    protocol_support_set(e);
    rtm_access_begin(e);
    AcquireSRWLockExclusive(&engine_lock);
    attached = e;
    ReleaseSRWLockExclusive(&engine_lock);
    if (admin_dll_start(report_admission)) {
        router_administrate(engine_enter(e), true);
        engine_leave(e);
    }
}

mpr_status host_start_links(unsigned poll_ms)
{
    const struct clients_sink clients = {report_call, report_client_gone};
    const struct links_sink sink = {NULL, report_adapters, report_identity, report_dial,
                                    report_link_down};
    const struct host_routes_sink routes = {
        host_feed_begin,        host_feed_next,        host_feed_end,  links_watched,
        links_adapters_changed, host_feed_hold_wanted, host_feed_hold, host_feed_demand};
    const struct host_filters_sink filters = {host_feed_filters};

    mpr_status status = clients_start(&clients);

    if (status == ST_OK) status = links_start(&sink, poll_ms);
    if (status == ST_OK) status = host_routes_start(&routes);
    if (status == ST_OK) status = host_filters_start(&filters);
    return status == ST_OK ? clients_call() : status;
}

void host_detach(void)
{
    /* First: a protocol that waits for another one's answer gets it while answers still count. */
    protocol_support_set(NULL);
    AcquireSRWLockExclusive(&engine_lock);
    attached = NULL;
    ReleaseSRWLockExclusive(&engine_lock);
    host_routes_stop();
    host_filters_stop();
    protocol_host_stop();
    rtm_access_end(); /* after them: they take their routes out */
    links_stop();
    clients_stop();
    sockets_stop();
    mib_host_forget();
}

void host_end(void)
{
    admin_dll_stop();
}
