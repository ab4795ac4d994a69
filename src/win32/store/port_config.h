/* How many ports each miniport is configured for. */
#ifndef MPR_WIN32_PORT_CONFIG_H
#define MPR_WIN32_PORT_CONFIG_H

#include "router/ddm/port.h"

/* From the miniports' keys below the class key of network adapters (MS-RRASM 2.2.3.4): ComponentId,
 * WanEndpoints, EnableForRas, EnableForRouting. A miniport without a key has what a fresh Windows
 * server has: 128 ports of PPTP, L2TP, SSTP and IKEv2 each, those of SSTP for clients only, and
 * none of PPPoE. More than MaxWanEndpoints, or than 30,000, are not made. */
void port_config_read(struct port_setup ret[PORT_KINDS]);

#endif
