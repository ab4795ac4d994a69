#include "service/kills/worker.h"
#include "service/kills/stored.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As long as the library waits for a router that it has started (local.h): on a machine that is
 * slower than that, a router counts as not there. */
enum { START_PATIENCE_MS = 15000, LOOK_MS = 5, LOOKS = SCENE_PATIENCE_MS / LOOK_MS };

void worker_fail(const struct worker *w, const char *file, int line, const char *condition,
                 const char *format, ...)
{
    char text[400];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    printf("%s:%d: worker %u, %s: not %s: %s\n", file, line, w->number, w->deed, condition, text);
    fflush(stdout);
    TerminateProcess(GetCurrentProcess(), 1);
    ExitProcess(1);
}

void worker_count(struct worker *w)
{
    InterlockedIncrement(&w->slot->calls);
    InterlockedIncrement(&scene->calls);
}

/* ---- spans ----------------------------------------------------------------------------------- */

/* A kill counts twice: before it, and when the process has ended. */
struct span span_begin(void)
{
    return (struct span){InterlockedOr(&scene->kills_ended, 0), GetTickCount64()};
}

BOOL span_is_quiet(const struct span *s)
{
    return InterlockedOr(&scene->kills_begun, 0) == s->killed;
}

static BOOL was_cut(DWORD status)
{
    return status == RPC_CALL_FAILED || status == RPC_SERVER_UNAVAILABLE ||
           status == ERROR_INVALID_HANDLE;
}

static BOOL started_too_slowly(const struct span *s, DWORD status)
{
    return status == RPC_SERVER_UNAVAILABLE && GetTickCount64() - s->since >= START_PATIENCE_MS;
}

BOOL span_done(const struct worker *w, const struct span *s, DWORD status)
{
    if (status == NO_ERROR || status == PENDING) return TRUE;
    EXPECT(w, !span_is_quiet(s) || started_too_slowly(s, status), "status %lu without a kill",
           status);
    EXPECT(w, was_cut(status), "status %lu after a kill", status);
    return FALSE;
}

/* ---- what is asked --------------------------------------------------------------------------- */

HANDLE worker_find(struct worker *w, const struct span *s, const WCHAR *name)
{
    HANDLE handle = NULL;
    DWORD status =
        CALL(w, MprAdminInterfaceGetHandle(w->server, (WCHAR *)(ULONG_PTR)name, &handle, FALSE));

    return span_done(w, s, status) ? handle : NULL;
}

static BOOL is_settled(ROUTER_CONNECTION_STATE state)
{
    return state != ROUTER_IF_STATE_CONNECTING;
}

ROUTER_CONNECTION_STATE worker_settled_state(struct worker *w, const WCHAR *name)
{
    ROUTER_CONNECTION_STATE state = ROUTER_IF_STATE_CONNECTING;

    for (int i = 0; i < LOOKS && !is_settled(state); i++) {
        struct span s = span_begin();
        HANDLE handle = worker_find(w, &s, name);
        MPR_INTERFACE_0 *info = NULL;

        if (handle &&
            span_done(w, &s,
                      CALL(w, MprAdminInterfaceGetInfo(w->server, handle, 0, (BYTE **)&info)))) {
            state = info->dwConnectionState;
            EXPECT(w, !wcscmp(info->wszInterfaceName, name), "another interface");
            MprAdminBufferFree(info);
        }
        if (!is_settled(state)) Sleep(LOOK_MS);
    }
    EXPECT(w, is_settled(state), "state %u for too long", state);
    return state;
}

static LONG read_fact(struct worker *w, enum fact_kind kind)
{
    if (stored_is(kind)) return stored_read(kind, w->number, w->config);
    if (kind == FACT_EAP) return deed_read_eap(w);
    return worker_settled_state(w, w->names.link) == ROUTER_IF_STATE_CONNECTED;
}

/* A link goes with its router. */
static BOOL went_with_the_router(enum fact_kind kind, LONG number)
{
    return kind == FACT_LINK && number == 0 && scene->routers_die;
}

void worker_look(struct worker *w, enum fact_kind kind)
{
    struct fact *fact = &w->slot->facts[kind];
    LONG number;
    struct span s;

    do {
        s = span_begin();
        number = read_fact(w, kind);
    } while (kind == FACT_LINK && !span_is_quiet(&s));
    if (kind == FACT_LINK) w->link_as_of = s.killed;
    EXPECT(w,
           number == fact->now || (fact->under_way && number == fact->next) ||
               went_with_the_router(kind, number),
           "fact %d is %ld, was %ld, under way %ld to %ld", kind, number, fact->now,
           fact->under_way, fact->next);
    fact->next = number;
    fact_end(fact);
}

void worker_promised(struct worker *w)
{
    w->promised++;
    InterlockedIncrement(&w->slot->promised);
}

void worker_await_promise(struct worker *w)
{
    EXPECT(w, witness_wait(&w->done, w->promised), "%ld signals for %ld promises", w->done.signals,
           w->promised);
}

/* ---- life ------------------------------------------------------------------------------------ */

/* Before a router was asked there may be none. */
static void look_at_all(struct worker *w)
{
    for (int kind = 0; kind < FACTS; kind++) worker_look(w, (enum fact_kind)kind);
}

static void register_news(struct worker *w)
{
    for (;;) {
        struct span s = span_begin();
        DWORD status = CALL(w, MprAdminRegisterConnectionNotification(w->server, w->news.event));

        if (span_done(w, &s, status)) return;
    }
}

static void connect_server(struct worker *w)
{
    for (;;) {
        struct span s = span_begin();

        if (span_done(w, &s, CALL(w, MprAdminServerConnect(NULL, &w->server)))) return;
    }
}

void worker_begin(struct worker *w, unsigned slot, unsigned generation)
{
    *w = (struct worker){
        .number = slot, .generation = generation, .slot = &scene->slots[slot], .deed = "begin"};
    w->names = scene_names(slot);
    w->random = scene->seed * 2654435761u ^ (slot * 7919 + generation * 104729 + 1);
    if (!w->random) w->random = 1;
    EXPECT(w, witness_begin(&w->done) && witness_begin(&w->news), "no witness");
    EXPECT(w, MprConfigServerConnect(NULL, &w->config) == NO_ERROR, "no configuration");
    connect_server(w);
    register_news(w);
    deed_program_end(w);
    look_at_all(w);
}

static void tidy(struct worker *w)
{
    deed_disconnect(w);
    deed_program_end(w);
    deed_extra_forget(w);
    do deed_extra_delete(w);
    while (w->slot->facts[FACT_EXTRA_ENTRY].now);
}

void worker_end(struct worker *w)
{
    w->deed = "end";
    look_at_all(w);
    deed_enumerate(w);
    deed_extra_look(w);
    deed_news(w);
    tidy(w);
    EXPECT(w, MprAdminDeregisterConnectionNotification(w->server, w->news.event) == NO_ERROR,
           "not registered any more");
    MprAdminServerDisconnect(w->server);
    MprConfigServerDisconnect(w->config);
    witness_end(&w->news);
    witness_end(&w->done);
    EXPECT(w, w->done.signals == w->promised, "%ld signals for %ld promises", w->done.signals,
           w->promised);
}

/* ---- running --------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    deed *run;
    DWORD share;
} deeds[] = {
    {"look", deed_look, 6},
    {"enumerate", deed_enumerate, 2},
    {"number", deed_number, 3},
    {"user", deed_user, 2},
    {"eap", deed_eap, 2},
    {"block", deed_block, 3},
    {"own_block", deed_own_block, 2},
    {"connect", deed_connect, 6},
    {"connect_and_wait", deed_connect_and_wait, 2},
    {"disconnect", deed_disconnect, 3},
    {"update", deed_update, 6},
    {"program", deed_program, 1},
    {"extra_make", deed_extra_make, 4},
    {"extra_store", deed_extra_store, 3},
    {"extra_forget", deed_extra_forget, 2},
    {"extra_delete", deed_extra_delete, 4},
    {"extra_look", deed_extra_look, 2},
};

static void do_something(struct worker *w)
{
    DWORD all = 0, pick;
    size_t n = 0;

    for (size_t i = 0; i < ARRAYSIZE(deeds); i++) all += deeds[i].share;
    for (pick = scene_random(&w->random) % all; pick >= deeds[n].share; n++) pick -= deeds[n].share;
    w->deed = deeds[n].name;
    deeds[n].run(w);
}

struct run {
    unsigned slot, generation;
    LONG calls;
    HANDLE parent, begun;
};

static BOOL goes_on(const struct worker *w, const struct run *run)
{
    if (WaitForSingleObject(run->parent, 0) == WAIT_OBJECT_0) return FALSE;
    return run->calls ? w->slot->calls < run->calls : !scene->over;
}

static DWORD WINAPI run_worker(void *parameter)
{
    const struct run *run = parameter;
    struct worker w;

    worker_begin(&w, run->slot, run->generation);
    ReleaseSemaphore(run->begun, 1, NULL);
    while (goes_on(&w, run)) do_something(&w);
    worker_end(&w);
    return 0;
}

int worker_run(unsigned slot, unsigned count, unsigned generation, LONG calls)
{
    HANDLE parent = OpenProcess(SYNCHRONIZE, FALSE, scene->parent), threads[SCENE_SLOTS];
    HANDLE begun = CreateSemaphoreW(NULL, 0, SCENE_SLOTS, NULL);
    struct run runs[SCENE_SLOTS];

    for (unsigned n = 0; n < count; n++) {
        runs[n] = (struct run){slot + n, generation, calls, parent, begun};
        threads[n] = CreateThread(NULL, 0, run_worker, &runs[n], 0, NULL);
        if (!threads[n]) return 2;
    }
    for (unsigned n = 0; n < count; n++) WaitForSingleObject(begun, INFINITE);
    InterlockedIncrement(&scene->ready);
    WaitForMultipleObjects(count, threads, TRUE, INFINITE);
    return 0;
}

int worker_main(char **arguments, LONG calls)
{
    scene_join();
    return worker_run(strtoul(arguments[2], NULL, 10), strtoul(arguments[3], NULL, 10),
                      strtoul(arguments[4], NULL, 10), calls);
}
