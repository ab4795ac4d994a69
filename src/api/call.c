/* Entering the router from an exported function.
 *
 * Access and the administrator's switch are looked at before the lock is taken, since that may ask
 * the system; the server handle is looked at under the lock, where it lives. What is found is told
 * in the order that a remote router would find it: binding, access, running (docs/COMPATIBILITY.md,
 * "Everywhere", order of checks).
 */
#include "api/api.h"

#include "win32/protocol/protocol_host.h"
#include "win32/sys/access.h"

/* Of a router that is there: while there is none, no server handle is one, and for a bad handle
 * none is started. */
static mpr_status existing(struct engine **ret)
{
    if (!api_trace_ready) api_trace_start();
    *ret = instance_existing();
    return *ret ? ST_OK : ST_RPC_INVALID_BINDING;
}

/* What comes of a call; allowed: what the system said before. */
static mpr_status let_in(const struct router *r, enum handle_kind kind, HANDLE server,
                         mpr_status allowed)
{
    return router_server_valid(r, kind, api_handle(server)) ? allowed : ST_RPC_INVALID_BINDING;
}

static mpr_status enter(struct api_call *call, enum handle_kind kind, HANDLE server,
                        mpr_status (*check)(void))
{
    mpr_status allowed, status = existing(&call->engine);

    call->router = NULL;
    if (status != ST_OK) return status;
    allowed = check();
    call->router = engine_enter(call->engine);
    status = let_in(call->router, kind, server, allowed);
    if (status != ST_OK) api_leave(call);
    return status;
}

mpr_status api_enter_kind(struct api_call *call, enum handle_kind kind, HANDLE server)
{
    return enter(call, kind, server, instance_check_call);
}

mpr_status api_enter(struct api_call *call, HANDLE server)
{
    return api_enter_kind(call, HANDLE_SERVER, server);
}

mpr_status api_enter_again(struct api_call *call, HANDLE server)
{
    return enter(call, HANDLE_SERVER, server, instance_check_enabled);
}

mpr_status api_enter_kind_shared(struct api_look *call, enum handle_kind kind, HANDLE server)
{
    mpr_status allowed, status = existing(&call->engine);

    call->router = NULL;
    if (status != ST_OK) return status;
    allowed = instance_check_call();
    call->router = engine_enter_shared(call->engine);
    status = let_in(call->router, kind, server, allowed);
    if (status != ST_OK) api_leave_shared(call);
    return status;
}

mpr_status api_enter_shared(struct api_look *call, HANDLE server)
{
    return api_enter_kind_shared(call, HANDLE_SERVER, server);
}

void api_leave_shared(struct api_look *call)
{
    call->router = NULL;
    engine_leave_shared(call->engine);
}

/* Leaves a router that is for LANs only. */
static mpr_status demand_ddm(struct api_call *call, mpr_status status)
{
    if (status != ST_OK || router_has_ddm(call->router)) return status;
    api_leave(call);
    return ST_DDM_NOT_RUNNING;
}

mpr_status api_enter_ddm(struct api_call *call, HANDLE server)
{
    return demand_ddm(call, api_enter(call, server));
}

mpr_status api_enter_ddm_again(struct api_call *call, HANDLE server)
{
    return demand_ddm(call, api_enter_again(call, server));
}

mpr_status api_enter_plain(struct api_call *call)
{
    mpr_status status;

    if (!api_trace_ready) api_trace_start();
    call->router = NULL;
    status = access_check();
    if (status == ST_OK) status = instance_engine(&call->engine);
    if (status == ST_OK) call->router = engine_enter(call->engine);
    return status;
}

void api_leave(struct api_call *call)
{
    call->router = NULL;
    engine_leave(call->engine);
}

mpr_status api_check(HANDLE server)
{
    struct api_look call;
    mpr_status status = api_enter_shared(&call, server);

    if (status == ST_OK) api_leave_shared(&call);
    return status;
}

struct checked_start {
    handle_t32 server;
    engine_start_fn *start;
    void *context;
};

/* The handle may have been closed since it was looked at. */
static mpr_status start_checked(struct router *r, void *context, struct request *request)
{
    const struct checked_start *c = context;

    if (!router_server_valid(r, HANDLE_SERVER, c->server)) return ST_RPC_INVALID_BINDING;
    return c->start(r, c->context, request);
}

mpr_status api_wait_for(HANDLE server, engine_start_fn *start_fn, void *context)
{
    struct checked_start checked = {api_handle(server), start_fn, context};
    struct engine *engine;
    mpr_status status = existing(&engine);

    if (status == ST_OK)
        status = engine_call_and_wait(engine, checked.server, start_checked, &checked);
    return status;
}

mpr_status api_call_and_wait(HANDLE server, engine_start_fn *start_fn, void *context)
{
    mpr_status status = api_check(server);

    return status == ST_OK ? api_wait_for(server, start_fn, context) : status;
}

mpr_status api_tell_protocols(HANDLE server, engine_start_fn *start_fn, void *context)
{
    struct api_call call;
    mpr_status status;

    if (!protocol_host_current()) return api_wait_for(server, start_fn, context);
    status = api_enter_again(&call, server);
    if (status != ST_OK) return status;
    status = start_fn(call.router, context, NULL);
    api_leave(&call);
    return status == ST_PENDING ? ST_OK : status;
}

static bool is_computer_name(const WCHAR *name, COMPUTER_NAME_FORMAT format)
{
    WCHAR own[512];
    DWORD size = (DWORD)(sizeof(own) / sizeof(own[0]));

    return GetComputerNameExW(format, own, &size) && u16_equal_nocase(name, own);
}

mpr_status api_check_server_name(const WCHAR *name)
{
    static const WCHAR *const always[] = {L"", L".", L"localhost", L"127.0.0.1", L"::1"};
    static const COMPUTER_NAME_FORMAT formats[] = {
        ComputerNameNetBIOS, ComputerNamePhysicalNetBIOS, ComputerNameDnsHostname,
        ComputerNamePhysicalDnsHostname, ComputerNameDnsFullyQualified};

    if (!name) return ST_OK;
    if (name[0] == L'\\' && name[1] == L'\\') name += 2;
    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++) {
        if (u16_equal_nocase(name, always[i])) return ST_OK;
    }
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (is_computer_name(name, formats[i])) return ST_OK;
    }
    return ST_RPC_SERVER_UNAVAILABLE;
}

mpr_status api_connect(enum handle_kind kind, HANDLE *ret)
{
    struct api_call call;
    handle_t32 handle;
    mpr_status status = ret ? ST_OK : ST_RPC_INVALID_BINDING;

    if (ret) *ret = NULL;
    if (status == ST_OK) status = api_enter_plain(&call);
    if (status != ST_OK) return status;
    status = router_server_open(call.router, kind, &handle);
    api_leave(&call);
    instance_refresh_enabled();
    if (status == ST_OK) *ret = api_handle_out(handle);
    return status;
}

mpr_status api_disconnect(enum handle_kind kind, HANDLE server)
{
    struct engine *engine;
    mpr_status status = existing(&engine);

    if (status != ST_OK) return ST_INVALID_HANDLE;
    status = router_server_close(engine_enter(engine), kind, api_handle(server));
    engine_leave(engine);
    return status;
}
