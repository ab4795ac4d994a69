/* The router's routes in the host's own table, so that packets follow them, and word of what
 * changes at the host's adapters: under Wine both by mprnetlink.
 *
 *     Parameters\HostRoutes      DWORD  1: on, 0: off; without it on for a router that is shared
 * and installed (mprsvc.exe, with its entry among the services), off for one inside a program
 *     Parameters\HostRoutesStay  DWORD  1: routes stay when the router ends, however it does; the
 *                                       next one adopts what it learns again within a minute,
 *                                       and takes the rest away then. 0: they go with it
 *
 *     Parameters\HostForwarding  DWORD  1: the host forwards packets of IPv4 while the router has
 * its table, 2: of IPv6, 3: both; what was off is switched off when it ends, unless the routes
 * stay. 0: left as it is
 *
 *     Parameters\AdapterEvents   DWORD  1: changes of adapters are told; 0: they are only polled
 * (AdapterPoll). Without it on where HostRoutes is, or would be by itself; no right is needed for
 * it
 *
 *     Parameters\HostDemandDial  DWORD  1: traffic dials: while a demand-dial interface is
 * disconnected, a device of mprnetlink's holds its static routes; 0: they are not there. Without it
 * as HostRoutes without its value
 *
 * Where mprnetlink can't be run or has no right ip is tried (host_ip.h). What stands in the way (no
 * program, no CAP_NET_ADMIN, another router that has this host) is logged, once, and the router
 * works on without.
 */
#ifndef MPR_WIN32_HOST_ROUTES_H
#define MPR_WIN32_HOST_ROUTES_H

#include <stdbool.h>

#include "router/rm/rm_demand.h"
#include "router/router.h"

/* Called on threads of this file. */
struct host_routes_sink {
    /* router_host_routes_begin, _next (*ret_count: how many) and _end. False: there is no router
     * any more, or no memory to begin. */
    bool (*begin)(void);
    bool (*next)(struct host_route *ret, size_t capacity, size_t *ret_count);
    void (*end)(void);
    /* From now on changed is called for each change of a link or an address of the host, or (false)
     * no longer. */
    void (*watched)(bool now);
    void (*changed)(void);
    /* router_hold_wanted, router_hold_set and router_demand. */
    bool (*hold_wanted)(void);
    void (*hold)(uint32_t host_index);
    void (*demand)(const struct host_demand *demand);
};

/* Nothing is done where it is off. ST_NOT_ENOUGH_MEMORY. */
mpr_status host_routes_start(const struct host_routes_sink *sink);
/* As router_host.routes_changed. */
void host_routes_changed(void);
/* Takes the routes out of the host (or leaves them), and waits for it. */
void host_routes_stop(void);

#endif
