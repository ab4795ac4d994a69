#include "win32/rtm/rtm_events.h"

#include "base/mem.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_callback.h"
#include "win32/rtm/rtm_clients.h"

#define RETRY_MS 100u /* when memory was short */

static struct {
    HANDLE thread, wake; /* wake: auto-reset */
    volatile LONG stop;
} events;

static DWORD until(msec deadline)
{
    const msec now = engine_clock();

    if (deadline == MSEC_NEVER) return INFINITE;
    if (deadline <= now) return 0;
    return deadline - now < INFINITE ? (DWORD)(deadline - now) : INFINITE - 1;
}

/* The next event into *told, *ret_wait is how long to wait where there is none. */
static bool take_event(struct rtm_told *told, DWORD *ret_wait)
{
    struct rtmv2 *t = rtm_enter();
    bool taken;

    *ret_wait = INFINITE;
    if (!t) return false;
    rtmv2_tick(t, engine_clock());
    taken = rtmv2_event(t, &told->event);
    *ret_wait = until(rtmv2_next_deadline(t));
    rtm_leave();
    return taken;
}

/* Memory first: an event that has been taken is told. Returns how long to wait then. */
static DWORD pass_events_on(void)
{
    struct rtm_told *told;
    DWORD wait;

    for (;;) {
        told = mem_alloc(sizeof(*told));
        if (!told) return RETRY_MS;
        if (!take_event(told, &wait)) break;
        if (!rtm_client_tell(told)) rtm_callback_drop(told);
    }
    mem_free(told);
    return wait;
}

static DWORD WINAPI watch_events(void *parameter)
{
    (void)parameter;
    while (!events.stop) WaitForSingleObject(events.wake, pass_events_on());
    return 0;
}

mpr_status rtm_events_start(void)
{
    if (events.thread) return ST_OK;
    if (!events.wake) events.wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!events.wake) return ST_NOT_ENOUGH_MEMORY;
    events.stop = 0;
    events.thread = CreateThread(NULL, 0, watch_events, NULL, 0, NULL);
    return events.thread ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

void rtm_events_wake(void)
{
    if (events.wake) SetEvent(events.wake);
}

void rtm_events_stop(void)
{
    if (!events.thread) return;
    InterlockedExchange(&events.stop, 1);
    SetEvent(events.wake);
    WaitForSingleObject(events.thread, INFINITE);
    CloseHandle(events.thread);
    events.thread = NULL;
}
