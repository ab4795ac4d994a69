/* The route tables as the MIB shows them. */
#ifndef MPRCTL_ROUTE_H
#define MPRCTL_ROUTE_H

#include "mprctl/config/rows.h"

/* Called with each route; false ends the walk. */
typedef bool route_visitor(void *context, const struct dest_row *row);

/* The router's own table (ROUTE_MATCHING), all routes of a destination, best first; and the host's
 * (IP_FORWARDROW). */
DWORD route_walk_router(struct session *s, route_visitor *visit, void *context);
DWORD route_walk_host(struct session *s, route_visitor *visit, void *context);

/* Whether the router's machine forwards packets of IPv4 (MIB_IPSTATS.dwForwarding). False: *ret is
 * not known. */
bool mib_forwarding(struct session *s, bool *ret);
/* A row of IF_TABLE; the whole table is MprAdminMIBBufferFree's. Rows begin at *ret_rows. */
DWORD mib_interfaces(struct session *s, void **ret_buffer, const BYTE **ret_rows, DWORD *ret_count);
/* The name of the interface with that index among such rows; free(). NULL: there is none. */
char *mib_interface_name(const BYTE *rows, DWORD count, DWORD index);

#endif
