/* One UDP socket of a family on any address, and the thread that receives on it. */
#ifndef MPR_WIN32_UDP_SOCKET_H
#define MPR_WIN32_UDP_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include "router/host.h"

struct udp_socket;

/* What was received, many at a time, on the socket's thread; interface is 0 in each. Valid during
 * the call; the array is the callee's to change. */
typedef void udp_received_fn(void *context, struct protocol_datagram *datagrams, size_t count);

/* Winsock must have been started. ST_CAN_NOT_COMPLETE: the port can't be had (logged);
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status udp_open(bool ipv6, uint16_t port, udp_received_fn *received, void *context,
                    struct udp_socket **ret);
/* Waits for the thread, so not from within received. */
void udp_close(struct udp_socket *u);

/* Joins or leaves the group, if one is named, on the adapter of the binding: for IPv4 the one that
 * has its first address. A failure to join is logged. */
mpr_status udp_membership(struct udp_socket *u, const struct port_listen *listen, bool join);
/* Sends; a failure is logged. from: of IPv4 the address whose adapter a multicast leaves by, 0: as
 * the last one. Sends on one socket must not overlap. */
mpr_status udp_send(struct udp_socket *u, const struct protocol_datagram *datagram, uint32_t from);

#endif
