/* The UDP port of the built-in routing protocol: one socket, one receiving thread.
 *
 * Packets of ours that come back (multicast to ourselves, broadcasts) are dropped here: source is
 * an address of an adapter that we listen on, from our port.
 */
#ifndef MPR_WIN32_SOCKETS_H
#define MPR_WIN32_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>

#include "router/host.h"

/* Where received datagrams go, many at a time; interface is 0 in each. Valid during the call. */
typedef void sockets_deliver_fn(void *context, const struct protocol_datagram *datagrams,
                                size_t count);

/* Remembers port and receiver; nothing is opened before the first sockets_listen(start). */
void sockets_start(uint16_t port, sockets_deliver_fn *deliver, void *context);
/* Closes the socket and waits for the thread. */
void sockets_stop(void);

/* Start or stop receiving on the adapter of a binding, with membership of group unless 0. Several
 * starts for one adapter and group need as many stops. */
mpr_status sockets_listen(const struct ip_binding *binding, uint32_t group, bool start);

/* Sends from the port. host_index chooses the adapter of a multicast; ttl 0 is 1 for multicast and
 * the system's default otherwise. */
mpr_status sockets_send(const struct protocol_datagram *datagram);

#endif
