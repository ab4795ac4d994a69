/* Registrations for connection notifications, as a server handle ends. */
#ifndef MPR_ROUTER_NOTIFICATION_H
#define MPR_ROUTER_NOTIFICATION_H

#include "router/state.h"

/* Ends all registrations of a server handle; 0: of any. */
void notification_server_closed(struct router *r, handle_t32 server);
void ddm_notify(struct router *r); /* something connected or disconnected: signal all */

#endif
