/* What a worker does with its link and its program: both are there all the time. */
#include "service/kills/stored.h"
#include "service/kills/worker.h"

#include <stdlib.h>
#include <string.h>

static struct fact *link_of(struct worker *w)
{
    return &w->slot->facts[FACT_LINK];
}

/* ---- looking --------------------------------------------------------------------------------- */

void deed_look(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);
    MPR_INTERFACE_2 *info = NULL;

    if (!handle ||
        !span_done(w, &s, CALL(w, MprAdminInterfaceGetInfo(w->server, handle, 2, (BYTE **)&info))))
        return;
    EXPECT(w, info->fEnabled && !wcscmp(info->wszInterfaceName, w->names.link), "another one");
    EXPECT(w, stored_number(info) == w->slot->facts[FACT_NUMBER].now, "number %ld, not %ld",
           stored_number(info), w->slot->facts[FACT_NUMBER].now);
    MprAdminBufferFree(info);
}

static unsigned count_named(const MPR_INTERFACE_0 *rows, DWORD count, const WCHAR *name)
{
    unsigned found = 0;

    for (DWORD n = 0; n < count; n++) found += !wcscmp(rows[n].wszInterfaceName, name);
    return found;
}

static void enumerate_stored(struct worker *w)
{
    MPR_INTERFACE_0 *rows = NULL;
    DWORD read = 0, total = 0;

    EXPECT(w,
           CALL(w, MprConfigInterfaceEnum(w->config, 0, (BYTE **)&rows, (DWORD)-1, &read, &total,
                                          NULL)) == NO_ERROR,
           "stored interfaces");
    EXPECT(w, count_named(rows, read, w->names.link) == 1, "%u stored links of %lu interfaces",
           count_named(rows, read, w->names.link), read);
    EXPECT(w, count_named(rows, read, w->names.extra) == (w->slot->facts[FACT_EXTRA_KEY].now != 0),
           "%u stored extras of %lu interfaces", count_named(rows, read, w->names.extra), read);
    MprConfigBufferFree(rows);
}

void deed_enumerate(struct worker *w)
{
    struct span s = span_begin();
    MPR_INTERFACE_0 *rows = NULL;
    DWORD read = 0, total = 0;
    DWORD status = CALL(
        w, MprAdminInterfaceEnum(w->server, 0, (BYTE **)&rows, (DWORD)-1, &read, &total, NULL));

    if (span_done(w, &s, status)) {
        EXPECT(w, count_named(rows, read, w->names.link) == 1, "links");
        EXPECT(w, count_named(rows, read, w->names.extra) <= 1, "extras");
        MprAdminBufferFree(rows);
    }
    enumerate_stored(w);
}

/* ---- connecting ------------------------------------------------------------------------------ */

/* Takes the link's state; without a kill it is the one that was wanted. */
static void expect_link(struct worker *w, const struct span *s)
{
    struct fact *link = link_of(w);

    if (worker_settled_state(w, w->names.link) == ROUTER_IF_STATE_CONNECTED) {
        EXPECT(w, link->next == 1 || link->now == 1, "connected by whom");
        EXPECT(w, link->next == 1 || !span_is_quiet(s), "still connected");
        link->next = 1;
    } else {
        EXPECT(w, link->next == 0 || !span_is_quiet(s), "not connected");
        link->next = 0;
    }
    fact_end(link);
    w->link_as_of = span_is_quiet(s) ? s->killed : -1;
}

void deed_connect(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);

    if (!handle) return;
    fact_begin(link_of(w), 1);
    if (span_done(w, &s,
                  CALL(w, MprAdminInterfaceConnect(w->server, handle, w->done.event, FALSE)))) {
        worker_promised(w);
        worker_await_promise(w);
    }
    expect_link(w, &s);
}

void deed_connect_and_wait(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);

    if (!handle) return;
    fact_begin(link_of(w), 1);
    (void)span_done(w, &s, CALL(w, MprAdminInterfaceConnect(w->server, handle, NULL, TRUE)));
    expect_link(w, &s);
}

/* Not connected is as good. */
static void hang_up(struct worker *w, const struct span *s, HANDLE handle)
{
    DWORD status = CALL(w, MprAdminInterfaceDisconnect(w->server, handle));

    if (status != ERROR_INTERFACE_NOT_CONNECTED && status != ERROR_INTERFACE_DISCONNECTED)
        (void)span_done(w, s, status);
}

void deed_disconnect(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);

    if (!handle) return;
    fact_begin(link_of(w), 0);
    hang_up(w, &s, handle);
    expect_link(w, &s);
}

/* ---- updates --------------------------------------------------------------------------------- */

static DWORD ask_result(struct worker *w, HANDLE handle, DWORD *result)
{
    *result = UNTOUCHED;
    return CALL(w, MprAdminInterfaceQueryUpdateResult(w->server, handle, PID_IP, result));
}

/* Nobody answers there, so the update ends by itself after a time, or with the link. */
static void expect_result(struct worker *w, const struct span *s, HANDLE handle, BOOL hung_up)
{
    DWORD result, status = ask_result(w, handle, &result);

    if (span_is_quiet(s) && hung_up) {
        EXPECT(w, status == ERROR_INTERFACE_NOT_CONNECTED, "status %lu", status);
    } else if (span_is_quiet(s)) {
        EXPECT(w, status == NO_ERROR && result == ERROR_CAN_NOT_COMPLETE, "status %lu, %lu", status,
               result);
    } else if (!hung_up) {
        EXPECT(w, status == RPC_CALL_FAILED, "status %lu of an update that was cut", status);
        InterlockedIncrement(&w->slot->cut_updates);
        status = ask_result(w, handle, &result); /* lost only once */
        EXPECT(w,
               status == ERROR_INVALID_HANDLE || status == RPC_SERVER_UNAVAILABLE ||
                   status == RPC_CALL_FAILED,
               "status %lu, asked again", status);
    }
}

/* Whether one begins; a former worker's may still be there. */
static BOOL ask_update(struct worker *w, const struct span *s, HANDLE handle)
{
    DWORD status = CALL(w, MprAdminInterfaceUpdateRoutes(w->server, handle, PID_IP, w->done.event));

    if (status == ERROR_UPDATE_IN_PROGRESS && w->generation) return FALSE;
    if (status == ERROR_INTERFACE_NOT_CONNECTED &&
        (!span_is_quiet(s) || s->killed != w->link_as_of))
        return FALSE;
    if (!span_done(w, s, status)) return FALSE;
    EXPECT(w, status == PENDING, "status %lu", status);
    worker_promised(w);
    return TRUE;
}

/* Either it is hung up, or the update goes on until its router is killed or gives up. */
void deed_update(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = link_of(w)->now ? worker_find(w, &s, w->names.link) : NULL;
    BOOL hung_up = scene_random(&w->random) % 2;

    if (!handle || !ask_update(w, &s, handle)) {
        worker_look(w, FACT_LINK);
        return;
    }
    if (hung_up) {
        fact_begin(link_of(w), 0);
        hang_up(w, &s, handle);
    }
    worker_await_promise(w);
    expect_result(w, &s, handle, hung_up);
    if (hung_up)
        expect_link(w, &s);
    else
        worker_look(w, FACT_LINK);
}

/* ---- programs that dial ---------------------------------------------------------------------- */

/* It is never up, so the attempt ends with the router, or here. */
void deed_program(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = scene_has_program(w->number) ? worker_find(w, &s, w->names.program) : NULL;
    BOOL waits = scene->routers_die && scene_random(&w->random) % 2;

    if (!handle ||
        !span_done(w, &s,
                   CALL(w, MprAdminInterfaceConnect(w->server, handle, w->done.event, FALSE))))
        return;
    worker_promised(w);
    if (!waits) {
        Sleep(scene_random(&w->random) % 30);
        hang_up(w, &s, handle);
    }
    worker_await_promise(w);
    (void)worker_settled_state(w, w->names.program);
}

/* Also that of a former worker. */
void deed_program_end(struct worker *w)
{
    struct span s = span_begin();
    HANDLE handle = scene_has_program(w->number) ? worker_find(w, &s, w->names.program) : NULL;

    if (!handle) return;
    hang_up(w, &s, handle);
    (void)worker_settled_state(w, w->names.program);
}

/* ---- news ------------------------------------------------------------------------------------ */

/* A registration lives on with the next router, which says so once; more comes of changes alone. */
void deed_news(struct worker *w)
{
    const LONG before = w->news.signals;
    const ULONGLONG until = GetTickCount64() + SCENE_PATIENCE_MS;

    while (w->news.signals < before + 3) {
        EXPECT(w, GetTickCount64() < until, "%ld signals more", w->news.signals - before);
        deed_disconnect(w);
        deed_connect_and_wait(w);
    }
}
