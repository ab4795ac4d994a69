/* Methods that promise to signal an event, once: what goes to the router is an event of the relay's
 * (win32/carrier/relay.h), so that the program's is signalled once whatever becomes of the router.
 */
#include "api/remote/remote.h"

#include "win32/carrier/relay.h"

/* Accepted, or done at once, which signals, too. */
static bool is_promised(mpr_status status)
{
    return status == ST_PENDING || status == ST_OK;
}

static mpr_status tell(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       struct relay *relay, uint64_t what)
{
    struct carrier_router router = {.known = relay_watched()};
    struct remote_reply reply;
    mpr_status status = remote_call_router(server, method, a, &reply, &router);

    remote_free(&reply);
    if (is_promised(status)) {
        relay_keep(relay, &router, what);
        return status;
    }
    relay_drop(relay);
    if (router.process) CloseHandle(router.process);
    return status;
}

/* What is no event travels as one that is none, and the router refuses it when its turn comes. */
mpr_status remote_promise(HANDLE server, enum dim_method method, struct dim_arguments *a,
                          HANDLE event, uint64_t what)
{
    struct relay *relay = NULL;
    mpr_status status;

    /* Its number would be a handle of whatever process has this one's number there. */
    if (event && remote_has_no_events(server)) return remote_refuse(server, ST_INVALID_PARAMETER);
    status = event ? relay_new(event, &relay) : ST_OK;

    if (status == ST_NOT_ENOUGH_MEMORY) return status;
    a->process = GetCurrentProcessId();
    a->event = relay ? remote_event(relay_event(relay)) : event ? REMOTE_NO_EVENT : 0;
    return relay ? tell(server, method, a, relay, what) : remote_tell(server, method, a);
}
