/* Dial on demand, as the host sees it. While a demand-dial interface is disconnected and can be
 * dialled, its static routes (but those of ROUTE_PROTO_NT_STATIC_NON_DOD) are in the table, if the
 * host has a device that holds them: packets to it go nowhere, and are told here. Functions of
 * router.h's kind. */
#ifndef MPR_ROUTER_RM_DEMAND_H
#define MPR_ROUTER_RM_DEMAND_H

#include "infoblock/filters.h"
#include "router/router.h"

/* Whether such a device is of use: an interface has, or had, routes to hold. routes_changed tells
 * that it has become so. */
bool router_hold_wanted(const struct router *r);
/* The host has that device (its index), or none (0). ST_NOT_ENOUGH_MEMORY: it is not used. */
mpr_status router_hold_set(struct router *r, uint32_t host_index);

struct host_demand {
    uint32_t transport; /* PID_IP, PID_IPV6 */
    struct packet_facts packet;
};
/* A packet came to the device. The interface that its route belongs to is dialled as by
 * router_interface_connect, and nobody waits, unless its demand-dial filters drop the packet, or it
 * is being dialled, or is unreachable. */
void router_demand(struct router *r, const struct host_demand *demand);

#endif
