/* One method from arguments to arguments. */
#include "api/remote/remote.h"

static enum handle_kind kind_of(enum dim_method method)
{
    return method >= DIM_MIB_ENTRY_CREATE && method <= DIM_MIB_SET_TRAP_INFO ? HANDLE_MIB_SERVER
                                                                             : HANDLE_SERVER;
}

/* Passwords and keys are overwritten after use. */
static bool has_secret(enum dim_method method)
{
    return method == DIM_INTERFACE_SET_CREDENTIALS_EX || method == DIM_INTERFACE_GET_CREDENTIALS_EX;
}

mpr_status remote_call_router(HANDLE server, enum dim_method method, struct dim_arguments *a,
                              struct remote_reply *reply, struct carrier_router *ret_router)
{
    struct ndr request;
    uint32_t result = ST_OK;
    mpr_status status;

    *reply = (struct remote_reply){.secret = has_secret(method)};
    ndr_write(&request);
    request.secret = reply->secret;
    status = dim_request(&request, method, a);
    if (status == ST_OK)
        status =
            remote_carry(kind_of(method), server, method, &request, &reply->octets, ret_router);
    ndr_free(&request);
    ndr_read(&reply->n, reply->octets.data, reply->octets.size);
    reply->n.secret = reply->secret;
    if (status == ST_OK) status = dim_response(&reply->n, method, a, &result);
    return status == ST_OK ? result : status;
}

mpr_status remote_call(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       struct remote_reply *reply)
{
    return remote_call_router(server, method, a, reply, NULL);
}

void remote_free(struct remote_reply *reply)
{
    ndr_free(&reply->n);
    if (reply->secret) mem_wipe(reply->octets.data, reply->octets.size);
    mem_free(reply->octets.data);
    reply->octets = (struct carrier_octets){NULL, 0};
}

mpr_status remote_tell(HANDLE server, enum dim_method method, struct dim_arguments *a)
{
    struct remote_reply reply;
    mpr_status status = remote_call(server, method, a, &reply);

    remote_free(&reply);
    return status;
}

uint32_t remote_event(HANDLE event)
{
    const uint32_t number = api_handle(event);

    return number || !event ? number : REMOTE_NO_EVENT;
}

/* ---- what comes before the parameters -------------------------------------------------------- */

mpr_status remote_check(HANDLE server)
{
    struct dim_arguments a = {.level = 0};

    return remote_tell(server, DIM_SERVER_GET_INFO, &a);
}

/* A reset of no port, which does nothing even where there is one (MS-RRASM 3.1.4.8). */
mpr_status remote_check_ddm(HANDLE server)
{
    struct dim_arguments a = {.port = 0};
    mpr_status status = remote_tell(server, DIM_PORT_RESET, &a);

    return status == ST_INVALID_PARAMETER ? ST_OK : status;
}

/* What is asked of a router manager that there can't be gets to no other check. */
mpr_status remote_check_mib(HANDLE server)
{
    struct dim_arguments a = {.transport = 0};
    mpr_status status = remote_tell(server, DIM_MIB_ENTRY_GET, &a);

    return status == ST_UNKNOWN_PROTOCOL_ID ? ST_OK : status;
}

mpr_status remote_refuse(HANDLE server, mpr_status status)
{
    mpr_status before = remote_check(server);

    return before ? before : status;
}
