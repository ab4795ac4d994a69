/* MprAdminServerSetInfo: ports of the running router's tunnel protocols.
 *
 * Numbers above the limit that this start took from the registry (MaxWanEndpoints, 1000 without
 * it) but within the maximum are stored, with ERROR_SUCCESS_REBOOT_REQUIRED: whether a program
 * believes the page's sample, which takes the code for success, or its text, which has it call
 * MprConfigServerSetInfo then, the next start has what it wanted.
 */
#include "api/tunnel/server_info.h"

#include "win32/store/server_store.h"

struct port_row {
    enum miniport_kind kind;
    struct miniport ports;
};

static size_t rows_of(DWORD level, const BYTE *buffer, struct port_row *rows)
{
    const MPR_SERVER_2 *s = (const MPR_SERVER_2 *)(const void *)buffer;

    /* MPR_SERVER_2 begins like MPR_SERVER_1. */
    rows[0] = (struct port_row){MINIPORT_PPTP, {s->dwNumPptpPorts, s->dwPptpPortFlags}};
    rows[1] = (struct port_row){MINIPORT_L2TP, {s->dwNumL2tpPorts, s->dwL2tpPortFlags}};
    if (level == 1) return 2;
    rows[2] = (struct port_row){MINIPORT_SSTP, {s->dwNumSstpPorts, s->dwSstpPortFlags}};
    return 3;
}

mpr_status server_info_store(DWORD level, const BYTE *buffer)
{
    struct port_row rows[3];
    struct config_change *change;
    mpr_status status, later = ST_OK;
    DWORD fresh = 0;
    size_t count;

    if (level != 1 && level != 2) return ST_NOT_SUPPORTED;
    if (!buffer) return ST_INVALID_PARAMETER;
    count = rows_of(level, buffer, rows);
    for (size_t i = 0; i < count; i++) {
        if (!miniport_valid(rows[i].kind, &rows[i].ports)) return ST_INVALID_PARAMETER;
    }
    status = config_change_open(&change);
    if (status != ST_OK) return status;
    for (size_t i = 0; i < count && !status; i++)
        status = miniport_change(rows[i].kind, change, &fresh);
    if (status == ST_OK) status = config_change_begin(change);
    for (size_t i = 0; i < count && !status; i++) {
        status = miniport_write(rows[i].kind, &rows[i].ports);
        if (status != SERVER_REBOOT_REQUIRED) continue;
        later = status;
        status = ST_OK;
    }
    status = config_change_close(change, status);
    return status ? status : later;
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
    return API_TRACE(set_info(server, level, buffer),
                     "MprAdminServerSetInfo(server=%h, level=%u, buffer=%p)", server, level,
                     buffer);
}
