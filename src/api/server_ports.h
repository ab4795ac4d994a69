/* How many ports of each tunnel protocol the machine is set up for (MPR_SERVER_1, MPR_SERVER_2). */
#ifndef MPR_API_SERVER_PORTS_H
#define MPR_API_SERVER_PORTS_H

#include <windows.h>

struct port_class {
    DWORD count;
    DWORD flags; /* MPR_ENABLE_RAS_ON_DEVICE, MPR_ENABLE_ROUTING_ON_DEVICE */
};

struct server_ports {
    struct port_class pptp, l2tp, sstp;
};

/* From the keys of the WAN miniports; what has no key has what a fresh Windows server has. */
void server_ports_read(struct server_ports *ret);

#endif
