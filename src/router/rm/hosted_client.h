/* Clients, as hosted protocols in DLLs hear of them: ConnectClient, DisconnectClient.
 *
 * Told are the protocols that are on the Internal interface, with its index: clients have no
 * transports of their own. A protocol that comes to it later is told of those that are there; one
 * that leaves it, or stops, is told nothing more. */
#ifndef MPR_ROUTER_HOSTED_CLIENT_H
#define MPR_ROUTER_HOSTED_CLIENT_H

#include "router/state.h"

/* It is connected and has its addresses. What there is no memory for is not told. */
void hosted_client_connected(struct interface *client);
/* It is gone: whoever was told of it is told that, with the same address. Needs no memory. */
void hosted_client_gone(struct interface *client);
/* Tells the protocol of a new binding on t of the clients that are there, if that is the place. */
void hosted_client_catch_up(struct iftransport *t, struct protocol_binding *b);
/* The binding goes: what was kept for the ends of its clients is freed. */
void hosted_client_forget(struct protocol_binding *b);

#endif
