/* The built-in RIP: version 2 (RFC 2453) with version 1 (RFC 1058) compatibility, simple password
 * and keyed MD5 authentication (RFC 2082), and the demand update behind autostatic routes.
 *
 * Configuration, as everywhere in RRAS, are an IPRIP_GLOBAL_CONFIG and per interface an
 * IPRIP_IF_CONFIG with their lists (MS-RRASM 2.2.1.2.16 and following; layouts in config.c).
 * Without a block the defaults of Windows' RIP hold: periodic updates on permanent interfaces,
 * autostatic ("demand") ones on dial interfaces.
 *
 * Learned routes are in support->rtm as protocol 8, over their interface; rtm_walk_protocol finds
 * them. When UPDATE_COMPLETE with ST_OK comes from get_event_message, those over its interface are
 * the result. In demand mode they then age like any RIP route (IC_RouteExpirationInterval); who
 * wants them for longer makes them its own.
 *
 * A demand update ends
 *   ST_OK               with a complete answer, even an empty one;
 *   ST_CAN_NOT_COMPLETE when nobody answers within 30 s, when the answer stays incomplete, when
 *                       the interface is disabled, unbound or deleted, or RIP stops.
 * How completeness is judged, with a protocol that marks no end: update.c.
 */
#ifndef MPR_PROTOCOL_RIP_RIP_H
#define MPR_PROTOCOL_RIP_RIP_H

#include "protocol/protocol.h"

#define RIP_PROTOCOL_ID 8u /* PROTO_IP_RIP */
#define RIP_PORT        520u
#define RIP_ROUTE_LIMIT 100000u /* where protocol_system says nothing */

extern const struct routing_protocol rip_protocol;

#endif
