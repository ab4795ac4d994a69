/* A port as it is shown to the outside. */
#ifndef MPR_ROUTER_PORT_INFO_H
#define MPR_ROUTER_PORT_INFO_H

#include "router/state.h"

/* port_info.c */
void port_describe(const struct port *p, struct port_info *ret);

#endif
