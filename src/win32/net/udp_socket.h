/* One UDP socket of IPv4 on 0.0.0.0, and the thread that receives on it. */
#ifndef MPR_WIN32_UDP_SOCKET_H
#define MPR_WIN32_UDP_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol/protocol.h"

struct udp_socket;

/* What was received, many at a time, on the socket's thread; interface is 0 in each. Valid during
 * the call; the array is the callee's to change. */
typedef void udp_received_fn(void *context, struct protocol_datagram *datagrams, size_t count);

/* Winsock must have been started. ST_CAN_NOT_COMPLETE: the port can't be had (logged);
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status udp_open(uint16_t port, udp_received_fn *received, void *context,
                    struct udp_socket **ret);
/* Waits for the thread, so not from within received. */
void udp_close(struct udp_socket *u);

/* Joins or leaves a group on the adapter that has the first address of the binding. A failure to
 * join is logged. */
mpr_status udp_membership(struct udp_socket *u, const struct ip_binding *binding, uint32_t group,
                          bool join);
/* Sends; a failure is logged. from: the address whose adapter a multicast leaves by, 0: as the last
 * one. Sends on one socket must not overlap. */
mpr_status udp_send(struct udp_socket *u, const struct protocol_datagram *datagram, uint32_t from);

#endif
