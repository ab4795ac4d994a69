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
#include "win32/net/host_program.h"
#include "win32/net/host_routes_config.h"
#include "win32/net/host_routes_said.h"

#define PORTION    512u   /* routes; of IPv6 23 kB */
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
    volatile LONG hopeless; /* it has said that it can't work here */
    bool settled;
    ULONGLONG began;
    uint32_t sequence;
    struct host_route routes[PORTION];
    uint8_t message[HOST_PROGRAM_WRITE_MAX];
} feeder = {.lock = SRWLOCK_INIT};

/* ---- what it says, on the program's thread ----------------------------------------------------
 */

/* Without the right to change routes it goes on telling what changes. */
static void take_failure(const struct reader *body)
{
    struct reader r = *body;
    struct hr_failure failure;

    if (!hr_failure_read(&r, &failure) || failure.reason != HR_NO_RIGHTS)
        InterlockedExchange(&feeder.hopeless, 1);
}

static void take_message(const struct hr_header *header, struct reader *body)
{
    host_routes_said(header, body);
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
    case HR_LINK:
    case HR_ADDRESS:
        if (!(header->flags & HR_SNAPSHOT) && feeder.config.events) feeder.sink.changed();
        break;
    case HR_SNAPSHOT_END:
        if (feeder.config.events) feeder.sink.watched(true);
        break;
    default:
        break;
    }
}

static void take_end(LONG code)
{
    TRACE(INFO, "host routes: mprnetlink has ended (%ld)", code);
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

static struct hr_change change_of(const struct host_route *route)
{
    struct hr_change c = {.operation = route->wanted ? HR_PUT : HR_DELETE};

    c.route.family = route->transport == TRANSPORT_IP ? HR_IPV4 : HR_IPV6;
    c.route.length = route->prefix.length;
    c.route.flags = route->on_link ? HR_ROUTE_ON_LINK : 0;
    c.route.interface = route->host_index;
    c.route.metric = route->metric;
    memcpy(c.route.destination, route->prefix.address.octets, sizeof(c.route.destination));
    memcpy(c.route.next_hop, route->next_hop.octets, sizeof(c.route.next_hop));
    return c;
}

/* False: the end has come. */
static bool send_and_wait(struct writer *w, uint32_t count)
{
    ResetEvent(feeder.events[DONE]);
    if (!hr_frame_end(w, count) || !host_program_write(feeder.program, w->base, w->used)) {
        TRACE(ERROR, "host routes: mprnetlink can't be told");
        return false;
    }
    return wait_or_end(DONE, INFINITE);
}

static bool send_portion(size_t count)
{
    const struct hr_header header = {.type = HR_ROUTES, .sequence = ++feeder.sequence};
    struct writer w;

    hr_frame_begin(&w, feeder.message, sizeof(feeder.message), &header);
    for (size_t n = 0; n < count; n++) {
        struct hr_change c = change_of(&feeder.routes[n]);

        hr_change_write(&w, &c);
    }
    return send_and_wait(&w, (uint32_t)count);
}

/* What an earlier router left, and this one has not put there, goes. */
static bool send_settle(void)
{
    const struct hr_header header = {.type = HR_SETTLE, .sequence = ++feeder.sequence};
    struct writer w;

    feeder.settled = true;
    hr_frame_begin(&w, feeder.message, sizeof(feeder.message), &header);
    return send_and_wait(&w, 0);
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

    do {
        if (!feeder.sink.next(feeder.routes, PORTION, &count)) return false;
        if (count && !send_portion(count)) return false;
    } while (count);
    return time_to_settle() || send_settle();
}

/* Until the end. */
static void feed(void)
{
    if (!wait_or_end(READY, INFINITE)) return;
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
    const struct host_program_plan plan = {feeder.path, feeder.config.stay, !feeder.config.routes};

    for (int n = ENDED; n < EVENTS; n++) ResetEvent(feeder.events[n]);
    if (host_program_start(&feeder.program, &plan, &sink) != ST_OK) {
        TRACE(ERROR, "host routes: mprnetlink can't be started");
        InterlockedExchange(&feeder.hopeless, 1);
        return;
    }
    feed();
    host_program_stop(feeder.program);
    feeder.program = NULL;
}

static DWORD WINAPI feeder_thread(void *parameter)
{
    (void)parameter;
    do {
        run_program();
    } while (!feeder.hopeless &&
             WaitForSingleObject(feeder.events[STOP], PAUSE_MS) == WAIT_TIMEOUT);
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

static void say_missing(void)
{
    if (feeder.config.routes)
        TRACE(WARNING,
              "host routes: there is no mprnetlink beside the library, so routes do not reach "
              "the host's own table, and adapters are polled");
    else
        TRACE(INFO, "adapters: there is no mprnetlink beside the library, so they are polled");
}

mpr_status host_routes_start(const struct host_routes_sink *sink)
{
    host_routes_config_read(&feeder.config);
    if (!feeder.config.routes && !feeder.config.events) return ST_OK;
    feeder.path = host_program_path();
    if (!feeder.path) {
        say_missing();
        return ST_OK;
    }
    feeder.sink = *sink;
    feeder.hopeless = 0;
    if (make_events()) feeder.thread = CreateThread(NULL, 0, feeder_thread, NULL, 0, NULL);
    if (feeder.thread) return ST_OK;
    close_all();
    return ST_NOT_ENOUGH_MEMORY;
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
