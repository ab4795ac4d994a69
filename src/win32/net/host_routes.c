/* The feeder: a thread that starts the program, and then carries portions of routes from the router
 * to it, one at a time. The next one is asked for when the program has answered, so a route that
 * changes often while it waits goes once, and no write ever waits for a reader that is gone.
 *
 * A program that ends although nobody told it to is started again, after a pause, and is given all
 * routes anew; unless it has said that it can't work here.
 */
#include "win32/net/host_routes.h"

#include "win32/sys/windows_api.h"

#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "win32/net/host_hold.h"
#include "win32/net/host_ip.h"
#include "win32/net/host_portion.h"
#include "win32/net/host_program.h"
#include "win32/net/host_routes_config.h"
#include "win32/net/host_routes_said.h"
#include "win32/sys/wine_unix.h"

#define PAUSE_MS   5000u  /* until a program that ended by itself is started again */
#define RELEARN_MS 60000u /* two periods of RIP */

enum { STOP, ENDED, READY, DONE, CHANGED, EVENTS };

static struct {
    SRWLOCK lock; /* of the events, for who is told of changes while all is stopped */
    struct host_routes_sink sink;
    struct host_routes_config config;
    char *path;
    HANDLE events[EVENTS];
    HANDLE thread;
    struct host_program *program;
    volatile LONG hopeless;  /* it has said that it can't work here */
    volatile LONG denied;    /* mprnetlink has said that it may tell of events only */
    bool by_ip;              /* the program is host_ip_script */
    bool owned;              /* that another one has the host's table has been said */
    volatile LONG forwarded; /* HR_FORWARD_*: what was off before this router */
    bool settled;
    bool held; /* this program has been asked for the device that holds routes */
    ULONGLONG began;
    uint32_t sequence;
    struct host_route routes[HOST_PORTION_MAX];
    uint8_t message[HOST_PROGRAM_WRITE_MAX];
} feeder = {.lock = SRWLOCK_INIT};

/* ---- what it says, on the program's thread ----------------------------------------------------
 */

static const char *program_name(void)
{
    return feeder.by_ip ? "ip" : "mprnetlink";
}

/* Without the right to change routes mprnetlink goes on telling what changes. */
static void take_failure(const struct reader *body)
{
    struct reader r = *body;
    struct hr_failure failure;

    if (!hr_failure_read(&r, &failure) || failure.reason != HR_NO_RIGHTS || feeder.by_ip) {
        InterlockedExchange(&feeder.hopeless, 1);
        return;
    }
    InterlockedExchange(&feeder.denied, 1);
    SetEvent(feeder.events[READY]);
}

/* A program that is killed switches nothing off; the next one is told to. */
static void take_forwarding(const struct reader *body)
{
    struct reader r = *body;
    struct hr_forwarding f;

    if (hr_forwarding_read(&r, &f)) InterlockedExchange(&feeder.forwarded, (LONG)f.switched);
}

static void take_message(const struct hr_header *header, struct reader *body)
{
    /* The script asks again and again. */
    if (header->type != HR_OWNED || !feeder.owned) host_routes_said(header, body);
    feeder.owned = header->type == HR_OWNED;
    switch (header->type) {
    case HR_READY:
        SetEvent(feeder.events[READY]);
        break;
    case HR_DONE:
        SetEvent(feeder.events[DONE]);
        break;
    case HR_FAILED:
        take_failure(body);
        break;
    case HR_FORWARDING:
        take_forwarding(body);
        break;
    case HR_LINK:
    case HR_ADDRESS:
        if (!(header->flags & HR_SNAPSHOT) && feeder.config.events) feeder.sink.changed();
        break;
    case HR_SNAPSHOT_END:
        if (feeder.config.events) feeder.sink.watched(true);
        break;
    default:
        host_hold_take(header, body, &feeder.sink);
        break;
    }
}

static void take_end(LONG code)
{
    if (feeder.by_ip && code == HOST_IP_MISSING)
        TRACE(WARNING, "host routes: there is no ip (iproute2) on the host either, so routes do "
                       "not reach the host's own table");
    else if (!feeder.by_ip || code != HOST_IP_OWNED)
        TRACE(INFO, "host routes: %s has ended (%ld)", program_name(), code);
    if (code == 126 || code == 127 || code < 0) InterlockedExchange(&feeder.hopeless, 1);
    feeder.sink.watched(false);
    SetEvent(feeder.events[ENDED]);
}

/* ---- portions ------------------------------------------------------------------------------- */

/* False: the end. */
static bool wait_or_end(int event, DWORD timeout)
{
    const HANDLE any[] = {feeder.events[STOP], feeder.events[ENDED], feeder.events[event]};
    const DWORD which = WaitForMultipleObjects(3, any, FALSE, timeout);

    return which == WAIT_OBJECT_0 + 2 || which == WAIT_TIMEOUT;
}

/* False: the end has come. */
static bool send_and_wait(size_t size)
{
    ResetEvent(feeder.events[DONE]);
    if (!size || !host_program_write(feeder.program, feeder.message, size)) {
        TRACE(ERROR, "host routes: %s can't be told", program_name());
        return false;
    }
    return wait_or_end(DONE, INFINITE);
}

/* A message without records. */
static bool send_bare(enum hr_type type)
{
    const struct hr_header header = {.type = (uint16_t)type, .sequence = ++feeder.sequence};
    struct writer w;

    hr_frame_begin(&w, feeder.message, sizeof(feeder.message), &header);
    return send_and_wait(hr_frame_end(&w, 0) ? w.used : 0);
}

/* What an earlier router left, and this one has not put there, goes. */
static bool send_settle(void)
{
    feeder.settled = true;
    return feeder.by_ip || send_bare(HR_SETTLE); /* ip has begun with that */
}

/* As soon as there are routes to hold. */
static bool send_hold(void)
{
    if (feeder.held || feeder.by_ip || !feeder.config.demand || !feeder.sink.hold_wanted())
        return true;
    feeder.held = true;
    return send_bare(HR_HOLD);
}

/* How long the routes of an earlier router are still taken for such as are learned again: not at
 * all where it was to take them away itself. */
static DWORD time_to_settle(void)
{
    const ULONGLONG since = GetTickCount64() - feeder.began;

    if (feeder.settled) return INFINITE;
    return feeder.config.stay && since < RELEARN_MS ? (DWORD)(RELEARN_MS - since) : 0;
}

static bool send_what_is_there(void)
{
    size_t count;

    if (!send_hold()) return false;
    do {
        if (!feeder.sink.next(feeder.routes, host_portion_routes(feeder.by_ip), &count))
            return false;
        if (count && !send_and_wait(host_portion_write(feeder.message, feeder.by_ip,
                                                       ++feeder.sequence, feeder.routes, count)))
            return false;
    } while (count);
    return time_to_settle() || send_settle();
}

/* mprnetlink may change no routes. Where ip may, it goes on with that; else with events only. */
static void feed_none(void)
{
    if (host_ip_may()) {
        InterlockedExchange(&feeder.hopeless, 1);
        return;
    }
    while (wait_or_end(READY, INFINITE)) {
    }
}

/* Until the end. */
static void feed(void)
{
    if (!wait_or_end(READY, INFINITE)) return;
    if (feeder.denied) {
        feed_none();
        return;
    }
    feeder.settled = false;
    feeder.began = GetTickCount64();
    if (!feeder.sink.begin()) {
        InterlockedExchange(&feeder.hopeless, 1);
        return;
    }
    while (send_what_is_there() && wait_or_end(CHANGED, time_to_settle())) {
    }
    feeder.sink.end();
}

/* ---- the thread ------------------------------------------------------------------------------ */

static void run_program(void)
{
    const struct host_program_sink sink = {take_message, take_end};
    const struct host_program_plan plan = {.path = feeder.path,
                                           .script = feeder.by_ip ? host_ip_script : NULL,
                                           .keep = feeder.config.stay,
                                           .events_only = !feeder.config.routes,
                                           .forward = feeder.config.forward,
                                           .forwarded = (unsigned)feeder.forwarded};

    feeder.denied = 0;
    feeder.held = false;
    for (int n = ENDED; n < EVENTS; n++) ResetEvent(feeder.events[n]);
    if (host_program_start(&feeder.program, &plan, &sink) != ST_OK) {
        TRACE(ERROR, "host routes: %s can't be started", program_name());
        InterlockedExchange(&feeder.hopeless, 1);
        return;
    }
    feed();
    host_program_stop(feeder.program);
    feeder.program = NULL;
    if (feeder.held) feeder.sink.hold(0);
}

/* Where mprnetlink is of no use ip is tried, at once. */
static bool take_ip(void)
{
    if (feeder.by_ip || !feeder.config.routes) return false;
    TRACE(WARNING,
          "host routes: mprnetlink can't be used; ip (iproute2) is tried in its place, and "
          "adapters are polled");
    feeder.by_ip = true;
    feeder.hopeless = 0;
    return true;
}

static DWORD WINAPI feeder_thread(void *parameter)
{
    DWORD pause;

    (void)parameter;
    do {
        run_program();
        pause = feeder.hopeless && take_ip() ? 0 : PAUSE_MS;
    } while (!feeder.hopeless && WaitForSingleObject(feeder.events[STOP], pause) == WAIT_TIMEOUT);
    return 0;
}

/* ---- from outside ---------------------------------------------------------------------------- */

static bool make_events(void)
{
    bool all = true;

    for (int n = 0; n < EVENTS; n++) {
        feeder.events[n] = CreateEventW(NULL, n == STOP || n == ENDED, FALSE, NULL);
        all = all && feeder.events[n];
    }
    return all;
}

static void close_all(void)
{
    AcquireSRWLockExclusive(&feeder.lock);
    if (feeder.thread) CloseHandle(feeder.thread);
    feeder.thread = NULL;
    for (int n = 0; n < EVENTS; n++) {
        if (feeder.events[n]) CloseHandle(feeder.events[n]);
        feeder.events[n] = NULL;
    }
    ReleaseSRWLockExclusive(&feeder.lock);
    mem_free(feeder.path);
    feeder.path = NULL;
}

static mpr_status start_thread(void)
{
    if (make_events()) feeder.thread = CreateThread(NULL, 0, feeder_thread, NULL, 0, NULL);
    if (feeder.thread) return ST_OK;
    close_all();
    return ST_NOT_ENOUGH_MEMORY;
}

mpr_status host_routes_start(const struct host_routes_sink *sink)
{
    host_routes_config_read(&feeder.config);
    if (!wine_unix_here() || (!feeder.config.routes && !feeder.config.events)) return ST_OK;
    feeder.sink = *sink;
    feeder.hopeless = 0;
    feeder.by_ip = feeder.owned = false;
    feeder.forwarded = 0;
    feeder.path = host_program_path();
    if (!feeder.path) {
        TRACE(INFO, "adapters: there is no mprnetlink beside the library, so they are polled");
        if (!take_ip()) return ST_OK;
    }
    return start_thread();
}

void host_routes_changed(void)
{
    AcquireSRWLockShared(&feeder.lock);
    if (feeder.thread) SetEvent(feeder.events[CHANGED]);
    ReleaseSRWLockShared(&feeder.lock);
}

void host_routes_stop(void)
{
    if (!feeder.thread) return;
    SetEvent(feeder.events[STOP]);
    WaitForSingleObject(feeder.thread, INFINITE);
    close_all();
}
