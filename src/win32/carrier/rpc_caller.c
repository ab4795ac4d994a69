#include "win32/carrier/rpc_caller.h"

#include "base/trace.h"
#include "win32/carrier/local_identity.h"
#include "win32/carrier/rpc_clients.h"

static mpr_status look_at_process(struct rpc_caller *c)
{
    mpr_status status = ST_ACCESS_DENIED;

    c->process = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, c->process_id);
    if (c->process) status = identity_of_process(c->process, &c->token);
    if (status != ST_OK)
        TRACE(WARNING, "rpc: process %lu, which calls, can't be looked at", c->process_id);
    return status;
}

void rpc_caller_open(struct rpc_caller *c, DWORD process_id, bool allow_anonymous)
{
    *c = (struct rpc_caller){.process_id = process_id};
    if (process_id)
        c->may_call = look_at_process(c);
    else
        c->may_call = allow_anonymous ? ST_OK : ST_ACCESS_DENIED;
}

void rpc_caller_close(struct rpc_caller *c)
{
    if (c->token) CloseHandle(c->token);
    if (c->process) CloseHandle(c->process);
    *c = (struct rpc_caller){.may_call = ST_ACCESS_DENIED};
}

static mpr_status act_as_caller(void *context)
{
    const struct rpc_caller *c = context;

    return c->token ? identity_act(c->token) : ST_OK;
}

static void act_as_router(void *context)
{
    const struct rpc_caller *c = context;

    if (c->token) RevertToSelf();
}

mpr_status rpc_caller_call(struct rpc_caller *c, uint32_t method, const uint8_t *request,
                           size_t size, struct carrier_octets *response)
{
    const struct rpc_identity identity = {act_as_caller, act_as_router, c};

    *response = (struct carrier_octets){NULL, 0};
    if (c->may_call != ST_OK) return c->may_call;
    return rpc_clients_call(c->process_id, &identity, method, request, size, response);
}
