/* MprAdminServerSetInfo: ports of the running router's tunnel protocols.
 *
 * Numbers above the limit that this start took from the registry (MaxWanEndpoints, 1000 without
 * it) but within the maximum are stored, with ERROR_SUCCESS_REBOOT_REQUIRED: whether a program
 * believes the page's sample, which takes the code for success, or its text, which has it call
 * MprConfigServerSetInfo then, the next start has what it wanted.
 */
#include "api/tunnel/server_info.h"

#include "api/remote/remote.h"
#include "win32/store/server_store.h"

/* false: a value that the protocol can't have. */
static bool take_port_counts(enum miniport_kind kind, DWORD count, DWORD flags,
                             struct server_settings *ret)
{
    ret->has_ports[kind] = true;
    ret->ports[kind] = (struct miniport){count, flags};
    return miniport_valid(kind, &ret->ports[kind]);
}

mpr_status server_info_store(DWORD level, const BYTE *buffer)
{
    const MPR_SERVER_2 *s = (const MPR_SERVER_2 *)(const void *)buffer;
    struct server_settings settings = {.ikev2 = NULL};

    if (level != 1 && level != 2) return ST_NOT_SUPPORTED;
    if (!buffer) return ST_INVALID_PARAMETER;
    /* MPR_SERVER_2 begins like MPR_SERVER_1. */
    if (!take_port_counts(MINIPORT_PPTP, s->dwNumPptpPorts, s->dwPptpPortFlags, &settings) ||
        !take_port_counts(MINIPORT_L2TP, s->dwNumL2tpPorts, s->dwL2tpPortFlags, &settings))
        return ST_INVALID_PARAMETER;
    if (level == 2 &&
        !take_port_counts(MINIPORT_SSTP, s->dwNumSstpPorts, s->dwSstpPortFlags, &settings))
        return ST_INVALID_PARAMETER;
    return server_settings_write(&settings);
}

static mpr_status set_info(MPR_SERVER_HANDLE server, DWORD level, const BYTE *buffer)
{
    struct api_call call;
    struct server_info running;
    mpr_status status = api_enter(&call, server);

    /* This page has codes of its own for a bad handle. */
    if (status == ST_RPC_INVALID_BINDING) return server ? ST_INVALID_HANDLE : ST_INVALID_PARAMETER;
    if (status != ST_OK) return status;
    router_server_info(call.router, &running);
    api_leave(&call);
    return running.lan_only ? ST_DDM_NOT_RUNNING : server_info_store(level, buffer);
}

DWORD WINAPI MprAdminServerSetInfo(MPR_SERVER_HANDLE server, DWORD level, LPBYTE buffer)
{
    mpr_status status = remote_is(server) ? remote_server_set_info(server, level, buffer)
                                          : set_info(server, level, buffer);

    return API_TRACE(status, "MprAdminServerSetInfo(server=%h, level=%u, buffer=%p)", server, level,
                     buffer);
}
