/* Outbox entries of their own: what is asked of the host. */
#ifndef MPR_ROUTER_POST_H
#define MPR_ROUTER_POST_H

#include "router/host.h"
#include "router/state.h"

/* outbox entries of their own. Each copies what it is given; false when out of memory. */
bool post_store(struct router *r, const struct store_item *item);
bool post_send(struct router *r, const struct protocol_datagram *datagram);
bool post_listen(struct router *r, const struct port_listen *listen);
bool post_dial(struct router *r, const struct interface *i);
/* Makes i->hang_up_reserve if there is none; post_hang_up uses it up for the current attempt. */
bool post_reserve_hang_up(struct interface *i);
void post_hang_up(struct router *r, struct interface *i);
void post_unreserve_hang_up(struct interface *i);

#endif
