/* The UDP ports of the built-in routing protocols: for each, in each family, a socket and a
 * receiving thread.
 *
 * Packets of ours that come back (multicast to ourselves, broadcasts) are dropped here: source is
 * an address of an adapter that we listen on at that port, from that port.
 */
#ifndef MPR_WIN32_SOCKETS_H
#define MPR_WIN32_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>

#include "router/host.h"

/* Where received datagrams go, many of one port at a time; interface is 0 in each, destination_port
 * the port that they came to. Valid during the call. Calls for different ports may overlap. */
typedef void sockets_deliver_fn(void *context, const struct protocol_datagram *datagrams,
                                size_t count);

/* Remembers the receiver; nothing is opened before the first sockets_listen(start). */
void sockets_start(sockets_deliver_fn *deliver, void *context);
/* Closes the sockets and waits for the threads; from then on nothing is opened until the next
 * start. */
void sockets_stop(void);

/* Start or stop receiving, as struct port_listen says. Several starts for one family, port, adapter
 * and group need as many stops. ST_INVALID_PARAMETER: no address of that family;
 * ST_CAN_NOT_COMPLETE: the port or the membership can't be had, or sockets are stopped;
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status sockets_listen(const struct port_listen *listen);

/* Sends from port source_port. host_index chooses the adapter of a multicast, and of any link-local
 * address; ttl 0 is 1 for multicast and the system's default otherwise. */
mpr_status sockets_send(const struct protocol_datagram *datagram);

#endif
