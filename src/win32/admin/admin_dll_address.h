/* Addresses of clients from RAS administration DLLs: MprAdminGetIpAddressForUser and
 * MprAdminGetIpv6AddressForUser, of the first DLL that has the pair.
 *
 * The pages leave open: an IPv4 address is in network order, as in
 * MprAdminConnectionRemoveQuarantine; an interface identifier is the lower half of the IN6_ADDR,
 * whose upper half is zero and ignored; the user's name comes without the domain, as wszUserName
 * of RAS_CONNECTION_0, the port's as in RAS_PORT_0.
 */
#ifndef MPR_WIN32_ADMIN_DLL_ADDRESS_H
#define MPR_WIN32_ADMIN_DLL_ADDRESS_H

#include "win32/admin/admin_dll_call.h"

/* Puts what the client gets into item->address; without a DLL that gives any, what the router would
 * give is left. ST_NO_IP_ADDRESSES: the DLL left 0; ST_INTERFACE_DISCONNECTED: it crashed, or
 * wants another address than the client has already; else its own error. */
mpr_status admin_dll_give_addresses(struct admin_dll *dlls, unsigned count, struct admission *item);

/* Tells of the release of what a DLL gave and wants back, whether the client was let in or not. */
void admin_dll_release_addresses(struct admin_dll *dlls, unsigned count, struct admission *item);

#endif
