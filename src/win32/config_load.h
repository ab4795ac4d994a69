/* The running router's configuration from the registry.
 *
 * Besides Windows' own values (config_store.h; MS-RRASM 2.2.3) these of ours are read. All are
 * optional, below Services\RemoteAccess\Parameters, and count from the next start on:
 *
 *     RouterType        DWORD  Windows' value; without it 0x3F (everything, IPv4 and IPv6), or 0x12
 *                              (LAN) when LANOnlyMode is 1
 *     UpdateTimeout     DWORD  ms until a route update that nobody ends fails; 90,000
 *     CallTimeout       DWORD  ms until a call into a protocol DLL is given up; 30,000
 *     ReachableAgain    DWORD  ms from a failed connection until it may be tried on demand, and so
 *                              much more after each further failure; 600,000
 *     AdapterPoll       DWORD  ms between looks at the host's adapters while nobody tells of their
 *                              changes; 3,000
 *     PhonebookPath     SZ, EXPAND_SZ  the phone book (read at each use)
 *     Ip\RipPort        DWORD  UDP port of RIP, both ways; 520
 *     Ip\RipRouteLimit  DWORD  routes that RIP learns at most, about 500 octets each; 100,000
 *     Ip\RipNeighborRouteLimit  DWORD  ... from one neighbour; 0, any number within that
 *                              (Port, RouteLimit, NeighborRouteLimit behind the name of a row
 *                              of builtin_protocols.c, for every built-in protocol)
 *     HostRoutes, HostRoutesStay, HostForwarding, HostDemandDial, AdapterEvents
 *                       see net/host_routes.h
 *     HostFilters       see net/host_filters.h
 *     Dialers\<name>    see dial_select.h (read whenever an interface's entry is)
 *     Clients\<name>    see clients.h
 *
 * What is malformed is skipped, and logged with its place.
 */
#ifndef MPR_WIN32_CONFIG_LOAD_H
#define MPR_WIN32_CONFIG_LOAD_H

#include "engine/engine.h"
#include "router/host.h"

/* The values above, but those of built-in protocols; *ret_poll is AdapterPoll. */
void config_load_parameters(struct router_config *ret, unsigned *ret_poll);

/* The rows of the built-in protocols, with what the configuration says of them; to be freed with
 * mem_free. ST_NOT_ENOUGH_MEMORY. */
mpr_status config_load_builtins(struct builtin_protocol **ret, size_t *ret_count);

/* Protocol catalogue, router managers and interfaces, into a new router. A machine that has no
 * RouterManagers key gets IPv4 and IPv6 with default information. ST_NOT_ENOUGH_MEMORY. */
mpr_status config_load(struct engine *e);

#endif
