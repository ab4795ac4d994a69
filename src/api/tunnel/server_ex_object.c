/* MPR_SERVER_EX and MPR_SERVER_SET_CONFIG_EX as a whole. */
#include "api/tunnel/server_ex.h"

#include <string.h>

#include "win32/config_load.h"

DWORD server_ex_total_ports(void)
{
    DWORD total = 0;

    for (int kind = 0; kind < MINIPORT_KINDS; kind++) {
        struct miniport ports;

        miniport_read((enum miniport_kind)kind, &ports);
        total += ports.flags ? ports.count : 0;
    }
    return total;
}

bool server_ex_lan_only(void)
{
    struct router_config config;
    unsigned poll;

    config_load_parameters(&config, &poll);
    return !(config.router_type & (ROUTER_RAS | ROUTER_WAN | ROUTER_RAS_V6 | ROUTER_WAN_V6));
}

mpr_status server_ex_get(void *object, const struct server_info *info)
{
    const struct server_layout *layout;
    MPR_SERVER_EX0_WIN7 *head = object; /* all layouts begin like it */
    server_tunnels tunnels;
    mpr_status status;

    layout = object ? server_layout_find(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_OBJECT) : NULL;
    if (!layout) return ST_INVALID_PARAMETER;
    status = server_tunnels_read(layout, &tunnels);
    if (status != ST_OK) return status;
    server_tunnels_scatter(layout, &tunnels, object);
    head->fLanOnlyMode = info ? info->lan_only : server_ex_lan_only();
    head->dwUpTime = info ? info->up_seconds : 0;
    head->dwTotalPorts = info ? info->total_ports : server_ex_total_ports();
    head->dwPortsInUse = info ? info->ports_in_use : 0;
    head->Reserved = 0;
    return ST_OK;
}

mpr_status server_ex_set(const void *object)
{
    const MPR_SERVER_SET_CONFIG_EX0_WIN7 *head = object;
    const struct server_layout *layout;
    server_tunnels tunnels;
    mpr_status status;

    layout =
        object ? server_layout_find(object, MPRAPI_OBJECT_TYPE_MPR_SERVER_SET_CONFIG_OBJECT) : NULL;
    if (!layout) return ST_INVALID_PARAMETER;
    server_tunnels_gather(layout, object, &tunnels);
    status = server_tunnels_check(layout, head->setConfigForProtocols, &tunnels);
    return status ? status : server_tunnels_write(layout, head->setConfigForProtocols, &tunnels);
}
