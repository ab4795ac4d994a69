/* What the host knows of the adapters behind connections, beyond what it counts: the other end of a
 * point-to-point link, and what IPv6 has there. */
#ifndef MPR_WIN32_LINK_FACTS_H
#define MPR_WIN32_LINK_FACTS_H

#include "win32/sys/windows_api.h"

#include <iphlpapi.h>
#include <stdbool.h>
#include <stdint.h>

#include "win32/sys/no_interface_macro.h"

/* One look at the host, for any number of connections. What could not be read is NULL. */
struct link_facts {
    MIB_IPFORWARDTABLE *routes;
    IP_ADAPTER_ADDRESSES *adapters;
};

/* Some milliseconds; not under the engine's lock. */
void link_facts_read(struct link_facts *ret);
void link_facts_free(struct link_facts *facts);

/* The peer (host order) of an adapter whose address is local with a mask of 32 bits: the only host
 * that is on the link by a route of its own. 0: no such adapter, or no or more than one such host.
 */
uint32_t link_facts_peer(const struct link_facts *facts, uint32_t host_index, uint32_t local);

/* The interface identifier: the lower half of the adapter's link-local address, which is how PPP
 * uses what IPV6CP negotiated (RFC 5072 5). False, and zeros: there is no such address. */
bool link_facts_ipv6(const struct link_facts *facts, uint32_t host_index, uint8_t ret[8]);

#endif
