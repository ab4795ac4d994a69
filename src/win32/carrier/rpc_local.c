/* A dispatch table of our own under rpcrt4: all methods are one function, which gets the octets as
 * they came. An error goes to the client as a fault, by the exception that rpcrt4 makes one of; it
 * is raised last, when nothing is held. */
#include "win32/carrier/rpc_local.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/carrier/carrier.h"
#include "win32/carrier/rpc_association.h"
#include "win32/carrier/rpc_caller.h"
#include "win32/carrier/rpc_clients.h"
#include "win32/carrier/rpc_pipe.h"
#include "win32/carrier/rpc_runtime.h"

static bool has_endpoints; /* this process, from the first rpc_local_listen on */

/* ---- identity -------------------------------------------------------------------------------- */

/* Named by ncalrpc alone. */
static DWORD caller_process(void)
{
    unsigned long process = 0;

    return rpc_runtime()->I_RpcBindingInqLocalClientPID(NULL, &process) == RPC_S_OK ? process : 0;
}

/* Who was given a token to look at only must not act with it here either. */
static bool may_act(void)
{
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    HANDLE token;
    DWORD size;

    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) return false;
    if (!GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size))
        level = SecurityAnonymous;
    CloseHandle(token);
    return level >= SecurityImpersonation;
}

static mpr_status impersonate_caller(void *context)
{
    RPC_STATUS status = rpc_runtime()->RpcImpersonateClient(NULL);

    (void)context;
    if (status == RPC_S_OK && may_act()) return ST_OK;
    if (status == RPC_S_OK) rpc_runtime()->RpcRevertToSelf();
    TRACE(WARNING, "rpc: a caller has no token to act with");
    return ST_ACCESS_DENIED;
}

static void revert_to_router(void *context)
{
    (void)context;
    rpc_runtime()->RpcRevertToSelf();
}

/* Wine's impersonation of a pipe's client, which ncalrpc is made of there, gives the server's own
 * token: whoever calls would be an administrator. */
static mpr_status call_as_process(uint32_t method, const uint8_t *request, size_t size,
                                  struct carrier_octets *response)
{
    struct rpc_caller caller;
    mpr_status status;

    rpc_caller_open(&caller, caller_process(), false);
    status = rpc_caller_call(&caller, method, request, size, response);
    rpc_caller_close(&caller);
    return status;
}

static mpr_status call_as_caller(uint32_t method, const uint8_t *request, size_t size,
                                 struct carrier_octets *response)
{
    static const struct rpc_identity caller = {impersonate_caller, revert_to_router, NULL};

    if (rpc_is_wines()) return call_as_process(method, request, size, response);
    return rpc_clients_call(caller_process(), &caller, method, request, size, response);
}

/* ---- calls ----------------------------------------------------------------------------------- */

/* Frees the octets. */
static mpr_status give_response(RPC_MESSAGE *m, struct carrier_octets *response)
{
    RPC_STATUS status;

    m->BufferLength = (unsigned)response->size;
    m->DataRepresentation = RPC_LITTLE_ENDIAN;
    status = rpc_runtime()->I_RpcGetBuffer(m);
    if (status == RPC_S_OK) memcpy(m->Buffer, response->data, response->size);
    mem_wipe(response->data, response->size);
    mem_free(response->data);
    return status == RPC_S_OK ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

static mpr_status serve_request(RPC_MESSAGE *m)
{
    struct carrier_octets response;
    mpr_status status = ST_RPC_BAD_STUB_DATA;

    if ((m->DataRepresentation & 0xF0) == RPC_LITTLE_ENDIAN && m->BufferLength <= RPC_REQUEST_MAX)
        status = call_as_caller(m->ProcNum & ~(unsigned)RPC_FLAGS_VALID_BIT, m->Buffer,
                                m->BufferLength, &response);
    return status == ST_OK ? give_response(m, &response) : status;
}

static void __RPC_STUB serve_message(RPC_MESSAGE *m)
{
    mpr_status status = serve_request(m);

    if (status == ST_NOT_ENOUGH_MEMORY) status = RPC_S_OUT_OF_MEMORY;
    if (status != ST_OK) rpc_runtime()->RpcRaiseException((RPC_STATUS)status);
}

/* ---- endpoints ------------------------------------------------------------------------------- */

#define TEN_TIMES(x) x, x, x, x, x, x, x, x, x, x
static RPC_DISPATCH_FUNCTION dispatch_functions[RPC_METHODS] = {TEN_TIMES(serve_message),
                                                                TEN_TIMES(serve_message),
                                                                TEN_TIMES(serve_message),
                                                                TEN_TIMES(serve_message),
                                                                TEN_TIMES(serve_message),
                                                                serve_message,
                                                                serve_message,
                                                                serve_message};
static RPC_DISPATCH_TABLE dispatch_table = {RPC_METHODS, dispatch_functions, 0};
static RPC_SERVER_INTERFACE server_interface = {
    .Length = sizeof(server_interface),
    .InterfaceId = RPC_DIMSVC,
    .TransferSyntax = RPC_NDR,
    .DispatchTable = &dispatch_table,
};

static RPC_STATUS use_endpoint(const WCHAR *protocol, const WCHAR *endpoint)
{
    WCHAR protocol_copy[16], endpoint_copy[32];
    RPC_STATUS status;

    u16_copy(protocol_copy, ARRAYSIZE(protocol_copy), protocol);
    u16_copy(endpoint_copy, ARRAYSIZE(endpoint_copy), endpoint);
    status = rpc_runtime()->RpcServerUseProtseqEpW(protocol_copy, RPC_C_PROTSEQ_MAX_REQS_DEFAULT,
                                                   endpoint_copy, NULL);
    if (status != RPC_S_OK)
        TRACE(ERROR, "rpc: %s can't be served: %ld", trace_u16(endpoint).text, (long)status);
    return status;
}

static mpr_status use_endpoints(void)
{
    RPC_STATUS status = RPC_S_OK;

    if (has_endpoints) return ST_OK;
    if (rpc_is_wines() && rpc_pipe_is_taken(RPC_WINES_LOCAL_NAME)) return ST_ALREADY_EXISTS;
    if (!rpc_is_wines()) status = use_endpoint(L"ncacn_np", RPC_PIPE_ENDPOINT);
    if (status == RPC_S_OK) status = use_endpoint(L"ncalrpc", RPC_LOCAL_ENDPOINT);
    has_endpoints = status == RPC_S_OK;
    return status == RPC_S_DUPLICATE_ENDPOINT ? ST_ALREADY_EXISTS : (mpr_status)status;
}

/* Callers of other machines that want to prove who they are (MS-RRASM 2.1). */
static void offer_authentication(void)
{
    RPC_STATUS status =
        rpc_runtime()->RpcServerRegisterAuthInfoW(NULL, RPC_C_AUTHN_GSS_NEGOTIATE, NULL, NULL);

    if (status != RPC_S_OK)
        TRACE(INFO, "rpc: this machine has no SPNEGO to seal calls with (%ld)", (long)status);
}

/* rpcrt4 makes its endpoints on threads of its own, some time after it was asked to. */
static void wait_for_endpoints(void)
{
    enum { PATIENCE_MS = 5000 };
    const ULONGLONG end = GetTickCount64() + PATIENCE_MS;
    const WCHAR *last = rpc_is_wines() ? RPC_WINES_LOCAL_NAME : RPC_PIPE_NAME;

    while (!WaitNamedPipeW(last, 1)) {
        if (GetTickCount64() > end) {
            TRACE(WARNING, "rpc: the endpoints are not there yet");
            return;
        }
        Sleep(10);
    }
}

mpr_status rpc_local_listen(void)
{
    RPC_STATUS status;
    mpr_status used;

    if (!rpc_runtime()) return ST_NOT_SUPPORTED;
    used = use_endpoints();
    if (used != ST_OK) return used;
    offer_authentication();
    status = rpc_runtime()->RpcServerRegisterIfEx(&server_interface, NULL, NULL, RPC_IF_AUTOLISTEN,
                                                  RPC_C_LISTEN_MAX_CALLS_DEFAULT, NULL);
    if (status == RPC_S_OK)
        wait_for_endpoints();
    else
        TRACE(ERROR, "rpc: dimsvc can't be served: %ld", (long)status);
    return (mpr_status)status;
}

void rpc_local_unlisten(void)
{
    rpc_runtime()->RpcServerUnregisterIf(&server_interface, NULL, FALSE);
}
