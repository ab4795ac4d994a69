/* Transports on interfaces, and what DIM and DDM tell the router managers. */
#ifndef MPR_ROUTER_RM_INTERFACE_H
#define MPR_ROUTER_RM_INTERFACE_H

#include "router/state.h"

struct iftransport *rm_iftransport(const struct interface *i, const struct router_manager *m);
struct iftransport *rm_iftransport_by_index(const struct router_manager *m, uint32_t index);
/* Brings routes and protocols in line with the interface's state. readdress: the addresses may
 * have changed. */
void rm_refresh(struct iftransport *t, bool readdress);
/* Writes info of the interface to the stored configuration if the interface has a key there; false
 * when out of memory. */
bool rm_store_info(const struct iftransport *t, const struct blob *info);
struct iftransport *rm_by_host_index(const struct router_manager *m, uint32_t host_index);
/* Takes the transport off its interface; a running update ends with status. */
void rm_iftransport_free(struct iftransport *t, mpr_status status);
/* rm.c: to be told by DIM and DDM. */
/* The interface got its addresses; its state is set already. */
void rm_interface_up(struct interface *i);
/* It lost them, or something else has changed that decides whether it has routes: its state,
 * whether it may be dialled. */
void rm_interface_changed(struct interface *i);
/* It has addresses as before, but others of IPv6. */
void rm_interface_addresses6(struct interface *i);
/* Its protocols hear of the medium; of addresses that come or go with it, by the two above. */
void rm_interface_media(struct interface *i, bool present);
/* The interface is being deleted: transports, bindings, updates and routes go. */
void rm_interface_gone(struct interface *i);
/* A new LAN, loopback or internal interface without stored configuration: give it the installed
 * transports with empty info. Failure leaves it without. */
mpr_status rm_interface_defaults(struct interface *i);

#endif
