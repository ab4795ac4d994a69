/* Information blocks: making those that configure RIP, and reading the routes out of one.
 *
 * A blob (RTR_INFO_BLOCK_HEADER) is made and looked into with the MprInfo functions only, as the
 * documentation wants it; free it with MprInfoDelete.
 */
#ifndef DEMO_BLOCKS_H
#define DEMO_BLOCKS_H

#include <windows.h>

#include "iprip.h"

/* The router's global block with RIP in it: RIP is hosted from then on. */
DWORD make_global_block(LPVOID *ret);

/* RIP on one interface: learns routes when asked to (autostatic), announces none on its own. */
IPRIP_IF_CONFIG rip_on_demand(void);

/* An interface's block with RIP in it. peer: a neighbour that is asked by unicast, in network
 * order, or 0. */
DWORD make_interface_block(const IPRIP_IF_CONFIG *rip, DWORD peer, LPVOID *ret);

/* A route, addresses in network order. */
struct route {
    DWORD destination, mask, next_hop, metric, protocol;
};

struct routes {
    struct route *list; /* free() */
    size_t count;
};

/* The IPv4 routes of a blob's IP_ROUTE_INFO, in either of the layouts that Windows has had; none
 * when there is no such block. ERROR_INVALID_DATA: neither layout. */
DWORD read_routes(LPVOID header, struct routes *ret);

/* Sorts by address and mask, so that two lists can be compared or printed. */
void sort_routes(struct routes *routes);

/* "198.51.100.0/24" and the like; each buffer has ADDRESS_TEXT bytes. */
#define ADDRESS_TEXT 20
const char *address_text(DWORD address, char *buffer);
const char *prefix_text(const struct route *route, char *buffer);

#endif
