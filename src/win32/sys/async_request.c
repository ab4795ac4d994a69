/* Asynchronous requests: one block of memory with the request and what signalling it takes.
 *
 * A held request has two parties, the core that completes it and the caller who is still in the
 * exported function; who is done last signals the event and frees it. That lets a caller who gives
 * the same event again and again postpone the look whether it is still the same one until the
 * router is at work on the request. Under Wine this look is a round trip to another process, which
 * then goes on beside those of a hosted protocol instead of before them.
 */
#include "win32/sys/async_request.h"

#include "base/mem.h"
#include "router/request.h"
#include "win32/sys/event.h"

struct async_request {
    struct request request; /* first: what the core has */
    HANDLE unverified;      /* the caller's handle, while its duplicate was merely recognised */
    bool once;              /* the duplicate is of event_duplicate_once */
    volatile LONG parties;
};

static struct async_request *of(struct request *request)
{
    return (struct async_request *)(void *)request;
}

static void close_event(struct async_request *a)
{
    if (a->once)
        CloseHandle((HANDLE)a->request.event);
    else
        event_close(a->request.event);
    a->request.event = 0;
}

void async_request_free(struct request *request)
{
    if (!request) return;
    if (request->event) close_event(of(request));
    mem_free(request);
}

static mpr_status make(HANDLE event, handle_t32 server, bool held, struct request **ret)
{
    struct async_request *a = mem_alloc(sizeof(*a));
    mpr_status status = ST_OK;

    *ret = NULL;
    if (!a) return ST_NOT_ENOUGH_MEMORY;
    a->request.server = server;
    a->parties = held ? 2 : 1;
    if (held) a->request.event = event_recognise(event);
    if (a->request.event)
        a->unverified = event;
    else if (event)
        status = event_duplicate(event, &a->request.event);
    if (status != ST_OK) {
        mem_free(a);
        return status;
    }
    *ret = &a->request;
    return ST_OK;
}

mpr_status async_request_new(HANDLE event, handle_t32 server, struct request **ret)
{
    return make(event, server, false, ret);
}

mpr_status async_request_new_held(HANDLE event, handle_t32 server, struct request **ret)
{
    return make(event, server, true, ret);
}

/* For both parties: the last one signals. */
static void party_done(struct async_request *a)
{
    if (InterlockedDecrement(&a->parties) != 0) return;
    if (a->request.event) SetEvent((HANDLE)a->request.event);
    async_request_free(&a->request);
}

void async_request_complete(struct request *request)
{
    party_done(of(request));
}

/* The value names another object than the duplicate: it gets one of its own, or none. */
static mpr_status rebind(struct async_request *a)
{
    mpr_status status = event_duplicate_once(a->unverified, &a->request.event);

    a->once = status == ST_OK;
    return status;
}

static mpr_status verify(struct async_request *a)
{
    if (!a->unverified) return ST_OK;
    /* Completed already: whatever the value names now is what is to be signalled. */
    if (a->parties == 1 && SetEvent(a->unverified)) {
        close_event(a);
        return ST_OK;
    }
    if (event_is(a->unverified, a->request.event)) return ST_OK;
    a->request.event = 0; /* event_is has closed it */
    return rebind(a);
}

mpr_status async_request_settle(struct request *request, bool accepted)
{
    struct async_request *a = of(request);
    mpr_status status = verify(a);

    if (accepted)
        party_done(a);
    else
        async_request_free(request);
    return status;
}
