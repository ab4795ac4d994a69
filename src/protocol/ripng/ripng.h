/* The built-in RIPng (RFC 2080), with the demand update behind autostatic routes of IPv6. What it
 * does is what the built-in RIP does, by the same code (ripcore); what differs:
 *
 *  - A neighbour is a link-local address on an interface, and an interface is bound while it has
 *    such an address itself. All that is unasked goes to ff02::9.
 *  - A response counts only with a link-local source and a hop limit of 255: nobody off the link
 *    can have sent it. There is no authentication beside that.
 *  - A packet has as many entries as fit into the MTU, up to 1500.
 *  - The next hop that a neighbour tells is taken; ours is always ourselves.
 *
 * Its id is that of RIP, PROTO_IP_RIP: in RRAS an id is one of a transport, and Windows' numbers
 * for protocols of IPv6 (NL_ROUTE_PROTOCOL) are those of IPv4. So block type, route rows,
 * priorities and the host's tables know it by what they know RIP by.
 */
#ifndef MPR_PROTOCOL_RIPNG_RIPNG_H
#define MPR_PROTOCOL_RIPNG_RIPNG_H

#include "protocol/protocol.h"

#define RIPNG_PROTOCOL_ID 8u /* PROTO_IP_RIP */
#define RIPNG_PORT        521u
#define RIPNG_ROUTE_LIMIT 100000u /* where protocol_system says nothing */

extern const struct routing_protocol ripng_protocol;

#endif
