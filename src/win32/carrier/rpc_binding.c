/* A binding whose authentication could not be set up would carry calls all the same, without any:
 * so a binding is either sealed and used, or thrown away, and a plain one is made only by who may
 * have it. */
#include "win32/carrier/rpc_binding.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "win32/carrier/rpc_association.h"

/* ---- calls ----------------------------------------------------------------------------------- */

static mpr_status as_status(RPC_STATUS status)
{
    switch (status) {
    case RPC_S_CALL_FAILED_DNE: /* the router has not seen it */
    case RPC_S_UNKNOWN_IF:
    case RPC_S_UNSUPPORTED_TRANS_SYN:
    case RPC_S_PROTSEQ_NOT_SUPPORTED:
    case RPC_S_INVALID_NET_ADDR:
    case RPC_S_NO_ENDPOINT_FOUND:
    case EPT_S_NOT_REGISTERED:
        return ST_RPC_SERVER_UNAVAILABLE;
    case RPC_S_PROTOCOL_ERROR:
    case RPC_S_COMM_FAILURE:
        return ST_RPC_CALL_FAILED;
    case RPC_S_UNKNOWN_AUTHN_SERVICE:
    case RPC_S_UNKNOWN_AUTHN_LEVEL:
    case RPC_S_SEC_PKG_ERROR:
        return ST_ACCESS_DENIED;
    case RPC_S_OUT_OF_MEMORY:
    case ERROR_NOT_ENOUGH_SERVER_MEMORY: /* what rpcrt4 makes of nca_s_fault_remote_no_memory */
        return ST_NOT_ENOUGH_MEMORY;
    default:
        return (mpr_status)status;
    }
}

/* The octets are the run-time's until they are freed there. */
static mpr_status take_reply(RPC_MESSAGE *m, struct carrier_octets *response)
{
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    if (m->BufferLength <= RPC_REQUEST_MAX) response->data = mem_dup(m->Buffer, m->BufferLength);
    if (response->data) {
        response->size = m->BufferLength;
        status = ST_OK;
    }
    if (m->Buffer) mem_wipe(m->Buffer, m->BufferLength);
    rpc_runtime()->I_RpcFreeBuffer(m);
    return status;
}

/* Whether a failed call's connection has nothing more to say. Behind a fault Wine's server sends an
 * empty response, which the next call over that connection would get as its own: the connection is
 * left where it is, with the call. What programs call is not answered by faults. */
static bool is_over(mpr_status status)
{
    return status == ST_RPC_SERVER_UNAVAILABLE || status == ST_RPC_CALL_FAILED;
}

mpr_status rpc_binding_call(RPC_BINDING_HANDLE binding, uint32_t method, const uint8_t *request,
                            size_t size, struct carrier_octets *response)
{
    static RPC_CLIENT_INTERFACE client_interface = {
        .Length = sizeof(client_interface), .InterfaceId = RPC_DIMSVC, .TransferSyntax = RPC_NDR};
    RPC_MESSAGE m = {.Handle = binding,
                     .DataRepresentation = RPC_LITTLE_ENDIAN,
                     .BufferLength = (unsigned)size,
                     .ProcNum = method,
                     .RpcInterfaceInformation = &client_interface};
    RPC_STATUS status;

    *response = (struct carrier_octets){NULL, 0};
    if (size > RPC_REQUEST_MAX) return ST_NOT_ENOUGH_MEMORY;
    status = rpc_runtime()->I_RpcGetBuffer(&m);
    if (status != RPC_S_OK) return as_status(status);
    if (size) memcpy(m.Buffer, request, size);
    m.BufferLength = (unsigned)size;
    status = rpc_runtime()->I_RpcSendReceive(&m);
    if (status == RPC_S_OK) return take_reply(&m, response);
    if (rpc_is_wines() && is_over(as_status(status))) rpc_runtime()->I_RpcFreeBuffer(&m);
    return as_status(status);
}

/* RMprAdminServerGetInfo of level 0: whatever it answers, nothing was done. */
static mpr_status probe_once(RPC_BINDING_HANDLE binding)
{
    static const uint8_t level[4];
    struct carrier_octets response;
    mpr_status status = rpc_binding_call(binding, 0, level, sizeof(level), &response);

    mem_free(response.data);
    return status;
}

/* rpcrt4 keeps connections, and finds out that one is dead by a call over it, which fails: so one
 * failure for each is nothing. */
mpr_status rpc_binding_probe(RPC_BINDING_HANDLE binding)
{
    enum { TRIES = 8, TRYING_MS = 2000 };
    const ULONGLONG begin = GetTickCount64();
    mpr_status status;
    int tries = 0;

    do {
        status = probe_once(binding);
    } while ((status == ST_RPC_SERVER_UNAVAILABLE || status == ST_RPC_CALL_FAILED) &&
             ++tries < TRIES && GetTickCount64() - begin < TRYING_MS);
    return status == ST_RPC_CALL_FAILED ? ST_RPC_SERVER_UNAVAILABLE : status;
}

/* ---- bindings -------------------------------------------------------------------------------- */

void rpc_binding_free(RPC_BINDING_HANDLE binding)
{
    if (binding) rpc_runtime()->RpcBindingFree(&binding);
}

static mpr_status new_rpc_binding(const struct rpc_name *name, RPC_BINDING_HANDLE *ret)
{
    static const WCHAR *const protocol_names[] = {
        [RPC_LOCAL] = L"ncalrpc", [RPC_PIPE] = L"ncacn_np", [RPC_TCP] = L"ncacn_ip_tcp"};
    const struct rpc_runtime *runtime = rpc_runtime();
    WCHAR protocol[16], host[RPC_HOST_MAX + 3], endpoint[64];
    RPC_WSTR text = NULL;
    RPC_STATUS status;

    *ret = NULL;
    u16_copy(protocol, ARRAYSIZE(protocol), protocol_names[name->protocol]);
    _snwprintf(host, ARRAYSIZE(host), L"%ls%ls",
               name->protocol == RPC_PIPE && name->host[0] ? L"\\\\" : L"", name->host);
    u16_copy(endpoint, ARRAYSIZE(endpoint), name->endpoint);
    status = runtime->RpcStringBindingComposeW(NULL, protocol, *host ? host : NULL, endpoint, NULL,
                                               &text);
    if (status == RPC_S_OK) status = runtime->RpcBindingFromStringBindingW(text, ret);
    if (text) runtime->RpcStringFreeW(&text);
    return as_status(status);
}

/* SPNEGO with packet privacy, as "host/<server>" (MS-RRASM 2.1). */
static RPC_STATUS seal(RPC_BINDING_HANDLE binding, const struct rpc_name *name)
{
    RPC_SECURITY_QOS qos = {.Version = RPC_C_SECURITY_QOS_VERSION,
                            .Capabilities = RPC_C_QOS_CAPABILITIES_DEFAULT,
                            .IdentityTracking = RPC_C_QOS_IDENTITY_STATIC,
                            .ImpersonationType = RPC_C_IMP_LEVEL_IMPERSONATE};
    WCHAR principal[RPC_HOST_MAX + 8];

    _snwprintf(principal, ARRAYSIZE(principal), L"host/%ls", name->host);
    return rpc_runtime()->RpcBindingSetAuthInfoExW(
        binding, principal, RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_AUTHN_GSS_NEGOTIATE, NULL,
        RPC_C_AUTHZ_NONE, &qos);
}

/* *ret is a binding that has answered, or NULL. */
static mpr_status try_binding(const struct rpc_name *name, bool sealed, RPC_BINDING_HANDLE *ret)
{
    mpr_status status = new_rpc_binding(name, ret);

    if (status == ST_OK && sealed) status = as_status(seal(*ret, name));
    if (status == ST_OK) status = rpc_binding_probe(*ret);
    if (status == ST_OK) return ST_OK;
    rpc_binding_free(*ret);
    *ret = NULL;
    return status;
}

/* The transport itself says who calls within a machine, and by SMB. */
static bool names_caller(const struct rpc_name *name)
{
    return name->protocol != RPC_TCP;
}

static bool is_place(const struct rpc_name *name)
{
    if (name->protocol == RPC_LOCAL) return !name->host[0];
    if (name->protocol == RPC_TCP) return name->host[0];
    return !name->host[0] || !rpc_is_wines();
}

static mpr_status reach_place(const struct rpc_name *name, const struct rpc_settings *settings,
                              RPC_BINDING_HANDLE *ret)
{
    mpr_status status;

    if (!is_place(name)) return ST_RPC_SERVER_UNAVAILABLE;
    if (!name->host[0]) return try_binding(name, false, ret);
    status = try_binding(name, true, ret);
    if (status == ST_OK || status == ST_RPC_SERVER_UNAVAILABLE) return status;
    if (!names_caller(name) && !settings->allow_anonymous) {
        TRACE(ERROR, "rpc: calls to %s can't be sealed (%s), and are not made",
              trace_u16(name->host).text, status_name(status));
        return ST_ACCESS_DENIED;
    }
    status = try_binding(name, false, ret);
    if (status == ST_OK)
        TRACE(WARNING, "rpc: calls to %s are not sealed, and do not say from whom they come",
              trace_u16(name->host).text);
    return status;
}

mpr_status rpc_binding_reach(const struct rpc_name *name, const struct rpc_settings *settings,
                             RPC_BINDING_HANDLE *ret)
{
    struct rpc_name by_port = *name;
    mpr_status status;

    *ret = NULL;
    if (!rpc_runtime()) return ST_RPC_SERVER_UNAVAILABLE;
    status = reach_place(name, settings, ret);
    if (status != ST_RPC_SERVER_UNAVAILABLE || name->whole || !settings->port) return status;
    by_port.protocol = RPC_TCP;
    _snwprintf(by_port.endpoint, sizeof(by_port.endpoint) / 2, L"%u", settings->port);
    return reach_place(&by_port, settings, ret);
}
