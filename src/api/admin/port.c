/* MprAdminPortGetInfo, ClearStats, Reset, Disconnect. */
#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "api/remote/remote.h"
#include "win32/admin/ras_records.h"
#include "win32/net/link_stats.h"

/* RAS_PORT_2 has no page and no level number anywhere; the next one is the obvious choice
 * (docs/COMPATIBILITY.md, MprAdminPortGetInfo). */
static const struct {
    size_t size;
    void (*fill)(const struct ras_port *p, void *target);
} levels[] = {{sizeof(RAS_PORT_0), ras_port_0},
              {sizeof(RAS_PORT_1), ras_port_1},
              {sizeof(RAS_PORT_2), ras_port_2}};

/* For a call that was let in. ST_INVALID_HANDLE: no such port. */
static mpr_status port_read(HANDLE server, HANDLE port, struct port_info *ret)
{
    struct api_call call;
    mpr_status status = api_enter_ddm_again(&call, server);

    if (status != ST_OK) return status;
    status = router_port_info(call.router, api_handle(port), ret);
    api_leave(&call);
    return status;
}

static mpr_status local_port_get_info(HANDLE server, DWORD level, HANDLE port, BYTE **ret)
{
    struct ras_port p;
    mpr_status status = api_check(server);

    if (ret) *ret = NULL;
    if (status == ST_OK && !ret) status = ST_INVALID_PARAMETER;
    if (status == ST_OK && level >= sizeof(levels) / sizeof(levels[0])) status = ST_NOT_SUPPORTED;
    if (status == ST_OK) status = port_read(server, port, &p.info);
    if (status == ST_INVALID_HANDLE) status = ST_INVALID_PORT_HANDLE;
    if (status == ST_OK) {
        *ret = api_buffer_new(levels[level].size);
        if (!*ret) status = ST_NOT_ENOUGH_MEMORY;
    }
    if (status == ST_OK) {
        link_stats_since(p.info.host_index, &p.info.base, &p.counters);
        levels[level].fill(&p, *ret);
    }
    return status;
}

DWORD WINAPI MprAdminPortGetInfo(RAS_SERVER_HANDLE server, DWORD level, HANDLE port, LPBYTE *ret)
{
    mpr_status status = remote_is(server) ? remote_port_get_info(server, level, port, ret)
                                          : local_port_get_info(server, level, port, ret);

    return API_TRACE(status, "MprAdminPortGetInfo(server=%h, level=%u, port=%h, buffer=%p)", server,
                     level, port, ret);
}

static mpr_status local_port_clear_stats(HANDLE server, HANDLE port)
{
    struct port_info info;
    struct link_counters now;
    struct api_call call;
    mpr_status status = api_check(server);

    if (status == ST_OK) status = port_read(server, port, &info);
    if (status == ST_OK) {
        link_stats_read(info.host_index, &now);
        status = api_enter_again(&call, server);
    }
    if (status == ST_OK) {
        status = router_port_clear(call.router, info.port, info.connection, &now);
        api_leave(&call);
    }
    if (status == ST_INVALID_HANDLE) status = ST_RPC_INVALID_BINDING; /* page: either handle */
    return status;
}

DWORD WINAPI MprAdminPortClearStats(RAS_SERVER_HANDLE server, HANDLE port)
{
    mpr_status status = remote_is(server) ? remote_port_change(server, DIM_PORT_CLEAR_STATS, port)
                                          : local_port_clear_stats(server, port);

    return API_TRACE(status, "MprAdminPortClearStats(server=%h, port=%h)", server, port);
}

/* There is no device of ours to reset, nor is there on Windows (MS-RRASM 3.1.4.8: does nothing).
 * That it asks for the rest in this order is what remote_check_ddm wants. */
static mpr_status local_port_reset(HANDLE server, HANDLE port)
{
    struct port_info info;
    mpr_status status = api_check(server);

    if (status == ST_OK) status = port_read(server, port, &info);
    return status == ST_INVALID_HANDLE ? ST_INVALID_PARAMETER : status;
}

DWORD WINAPI MprAdminPortReset(RAS_SERVER_HANDLE server, HANDLE port)
{
    mpr_status status = remote_is(server) ? remote_port_change(server, DIM_PORT_RESET, port)
                                          : local_port_reset(server, port);

    return API_TRACE(status, "MprAdminPortReset(server=%h, port=%h)", server, port);
}

static mpr_status local_port_disconnect(HANDLE server, HANDLE port)
{
    struct api_call call;
    mpr_status status = api_enter_ddm(&call, server);

    if (status != ST_OK) return status;
    status = router_port_disconnect(call.router, api_handle(port));
    api_leave(&call);
    return status == ST_INVALID_HANDLE ? ST_INVALID_PARAMETER : status;
}

DWORD WINAPI MprAdminPortDisconnect(RAS_SERVER_HANDLE server, HANDLE port)
{
    mpr_status status = remote_is(server) ? remote_port_change(server, DIM_PORT_DISCONNECT, port)
                                          : local_port_disconnect(server, port);

    return API_TRACE(status, "MprAdminPortDisconnect(server=%h, port=%h)", server, port);
}
