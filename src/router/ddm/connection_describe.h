/* A connection as it is shown to the outside. */
#ifndef MPR_ROUTER_CONNECTION_DESCRIBE_H
#define MPR_ROUTER_CONNECTION_DESCRIBE_H

#include "router/state.h"

/* connection_describe.c */
void connection_describe(const struct port *p, struct connection_info *ret);

#endif
