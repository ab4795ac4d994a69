/* What a packet of IP says of itself, in its first octets. */
#ifndef MPR_HOSTROUTES_PACKET_H
#define MPR_HOSTROUTES_PACKET_H

#include "hostroutes/message.h"

/* Octets of a packet that are looked at. */
#define PACKET_LOOK_MAX 512u

/* data: a packet from its IP header on, or the first PACKET_LOOK_MAX octets of one. False: it is
 * nothing that asks for a link: cut short or malformed (RFC 791, RFC 8200), to a multicast,
 * broadcast or reserved address, or within a link (fe80::/10). Where its extension headers go on
 * beyond data it has no ports, and their last known type is its protocol. */
bool packet_look(const void *data, size_t size, struct hr_packet *ret);

#endif
