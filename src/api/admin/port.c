/* MprAdminPortGetInfo, ClearStats, Reset, Disconnect. */
#include "api/api.h"

#include <mprapi_ext.h>
#include <string.h>

#include "win32/sys/no_interface_macro.h"

#include "win32/admin/admin_dll_records.h"
#include "win32/net/link_stats.h"

/* No page and no level number anywhere; the next one is the obvious choice (docs/COMPATIBILITY.md,
 * MprAdminPortGetInfo). */
static void fill_2(const struct ras_port *p, void *target)
{
    RAS_PORT_2 *ret = target;
    RAS_PORT_0 zero;
    RAS_PORT_1 one;

    memset(&zero, 0, sizeof(zero));
    memset(&one, 0, sizeof(one));
    ras_port_0(p, &zero);
    ras_port_1(p, &one);
    ret->hPort = zero.hPort;
    ret->hConnection = zero.hConnection;
    ret->dwConn_State = (DWORD)zero.dwPortCondition;
    memcpy(ret->wszPortName, zero.wszPortName, sizeof(ret->wszPortName));
    memcpy(ret->wszMediaName, zero.wszMediaName, sizeof(ret->wszMediaName));
    memcpy(ret->wszDeviceName, zero.wszDeviceName, sizeof(ret->wszDeviceName));
    memcpy(ret->wszDeviceType, zero.wszDeviceType, sizeof(ret->wszDeviceType));
    ret->dwHardwareCondition = one.dwHardwareCondition;
    ret->dwLineSpeed = one.dwLineSpeed;
    ret->dwFramingErr = one.dwFramingErr;
    ret->dwBufferOverrunErr = one.dwBufferOverrunErr;
    ret->dwTotalErrors = ras_counter(p->counters.errors_in + p->counters.errors_out);
    ret->ullBytesXmited = p->counters.bytes_out;
    ret->ullBytesRcved = p->counters.bytes_in;
    ret->ullFramesXmited = p->counters.frames_out;
    ret->ullFramesRcved = p->counters.frames_in;
    /* Nothing that the host counts is compressed. */
    ret->ullBytesTxUncompressed = p->counters.bytes_out;
    ret->ullBytesRcvUncompressed = p->counters.bytes_in;
}

static void fill_0(const struct ras_port *p, void *target)
{
    ras_port_0(p, target);
}

static void fill_1(const struct ras_port *p, void *target)
{
    ras_port_1(p, target);
}

static const struct {
    size_t size;
    void (*fill)(const struct ras_port *p, void *target);
} levels[] = {
    {sizeof(RAS_PORT_0), fill_0}, {sizeof(RAS_PORT_1), fill_1}, {sizeof(RAS_PORT_2), fill_2}};

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

DWORD WINAPI MprAdminPortGetInfo(RAS_SERVER_HANDLE server, DWORD level, HANDLE port, LPBYTE *ret)
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
    return API_TRACE(status, "MprAdminPortGetInfo(server=%h, level=%u, port=%h, buffer=%p)", server,
                     level, port, ret);
}

DWORD WINAPI MprAdminPortClearStats(RAS_SERVER_HANDLE server, HANDLE port)
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
    return API_TRACE(status, "MprAdminPortClearStats(server=%h, port=%h)", server, port);
}

/* There is no device of ours to reset, nor is there on Windows (MS-RRASM 3.1.4.8: does nothing). */
DWORD WINAPI MprAdminPortReset(RAS_SERVER_HANDLE server, HANDLE port)
{
    struct port_info info;
    mpr_status status = api_check(server);

    if (status == ST_OK) status = port_read(server, port, &info);
    if (status == ST_INVALID_HANDLE) status = ST_INVALID_PARAMETER;
    return API_TRACE(status, "MprAdminPortReset(server=%h, port=%h)", server, port);
}

DWORD WINAPI MprAdminPortDisconnect(RAS_SERVER_HANDLE server, HANDLE port)
{
    struct api_call call;
    mpr_status status = api_enter_ddm(&call, server);

    if (status == ST_OK) {
        status = router_port_disconnect(call.router, api_handle(port));
        if (status == ST_INVALID_HANDLE) status = ST_INVALID_PARAMETER;
        api_leave(&call);
    }
    return API_TRACE(status, "MprAdminPortDisconnect(server=%h, port=%h)", server, port);
}
