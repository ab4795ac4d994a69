/* The packet filters of the router's interfaces in the host: under Wine by nft (nftables), in a
 * table of our own, of the family inet, whose name is mprapi_ and a number that the Wine prefix
 * and its user have. The whole table is exchanged at once, and goes with the router.
 *
 *     Parameters\HostFilters  DWORD  1: on, 0: off; without it as Parameters\HostRoutes is without
 *                                    it (host_routes.h)
 *
 * Where they are not applied (it is off, there is no nft, no CAP_NET_ADMIN, no memory) the log says
 * so, once for each reason, when there are some. A router that is killed leaves its table behind,
 * since a filter that stays is safer than one that goes; the next router of that prefix exchanges
 * or removes it. Of several routers of one prefix the first has the table, and the next one when
 * that has ended.
 */
#ifndef MPR_WIN32_HOST_FILTERS_H
#define MPR_WIN32_HOST_FILTERS_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"

/* Called on a thread of this file: router_host_filters for a table. False: there is no router any
 * more, or no memory. */
struct host_filters_sink {
    bool (*rules)(const char *table, struct blob *ret);
};

/* Nothing is done where it is off. ST_NOT_ENOUGH_MEMORY. */
mpr_status host_filters_start(const struct host_filters_sink *sink);
/* As router_host.filters_changed. */
void host_filters_changed(void);
/* Removes the table, and waits for it. */
void host_filters_stop(void);

#endif
