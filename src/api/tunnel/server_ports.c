/* MPR_SERVER_1 and MPR_SERVER_2 from the registry: they say what is set up. */
#include "api/tunnel/server_info.h"

void server_ports_read(enum miniport_kind kind, DWORD *ret_count, DWORD *ret_flags)
{
    struct miniport ports;

    miniport_read(kind, &ports);
    *ret_count = ports.count;
    *ret_flags = ports.flags;
}

void server_ports_level_1(MPR_SERVER_1 *ret)
{
    server_ports_read(MINIPORT_PPTP, &ret->dwNumPptpPorts, &ret->dwPptpPortFlags);
    server_ports_read(MINIPORT_L2TP, &ret->dwNumL2tpPorts, &ret->dwL2tpPortFlags);
}

void server_ports_level_2(MPR_SERVER_2 *ret)
{
    server_ports_read(MINIPORT_PPTP, &ret->dwNumPptpPorts, &ret->dwPptpPortFlags);
    server_ports_read(MINIPORT_L2TP, &ret->dwNumL2tpPorts, &ret->dwL2tpPortFlags);
    server_ports_read(MINIPORT_SSTP, &ret->dwNumSstpPorts, &ret->dwSstpPortFlags);
}
