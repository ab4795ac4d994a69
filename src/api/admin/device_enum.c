/* MprAdminDeviceEnum: the devices that demand-dial interfaces can use, each once. */
#include "api/api.h"

#include <string.h>

#include "api/remote/remote.h"
#include "router/ddm/port.h"

static mpr_status copy_devices(struct router *r, struct port_device **ret, uint32_t *ret_count)
{
    uint32_t total, read;

    router_devices(r, NULL, 0, &read, &total);
    if (!total) return ST_OK;
    *ret = mem_alloc_array(total, sizeof(**ret));
    if (!*ret) return ST_NOT_ENOUGH_MEMORY;
    router_devices(r, *ret, total, ret_count, &total);
    return ST_OK;
}

static mpr_status make_result(const struct port_device *devices, uint32_t count, BYTE **ret)
{
    MPR_DEVICE_0 *entries;

    if (!count) return ST_OK;
    entries = api_buffer_new_array(count, sizeof(*entries), 0);
    if (!entries) return ST_NOT_ENOUGH_MEMORY;
    for (uint32_t n = 0; n < count; n++) {
        u16_copy(entries[n].szDeviceType, MPR_MaxDeviceType + 1, devices[n].type);
        u16_copy(entries[n].szDeviceName, MPR_MaxDeviceName + 1, devices[n].name);
    }
    *ret = (BYTE *)entries;
    return ST_OK;
}

static mpr_status local_device_enum(HANDLE server, DWORD level, BYTE **ret, DWORD *ret_total)
{
    struct api_call call;
    struct port_device *devices = NULL;
    uint32_t count = 0;
    mpr_status status = api_enter(&call, server);

    if (ret) *ret = NULL;
    if (ret_total) *ret_total = 0;
    if (status == ST_OK) {
        if (!ret || !ret_total)
            status = ST_INVALID_PARAMETER;
        else if (level != 0)
            status = ST_NOT_SUPPORTED;
        else
            status = copy_devices(call.router, &devices, &count);
        api_leave(&call);
    }
    if (status == ST_OK) status = make_result(devices, count, ret);
    if (status == ST_OK) *ret_total = count;
    mem_free(devices);
    return status;
}

DWORD WINAPI MprAdminDeviceEnum(MPR_SERVER_HANDLE server, DWORD level, LPBYTE *ret,
                                LPDWORD ret_total)
{
    mpr_status status = remote_is(server) ? remote_device_enum(server, level, ret, ret_total)
                                          : local_device_enum(server, level, ret, ret_total);

    return API_TRACE(status, "MprAdminDeviceEnum(server=%h, level=%u, buffer=%p)|%u", server, level,
                     ret, ret_total ? *ret_total : 0);
}
