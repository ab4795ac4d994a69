/* What threads of win32/net ask the router for: the routes and the packet filters that the host is
 * to have; and what they tell it of dial on demand. Members of host_routes_sink and
 * host_filters_sink. */
#ifndef MPR_WIN32_HOST_FEED_H
#define MPR_WIN32_HOST_FEED_H

#include <stdbool.h>

#include "router/rm/rm_demand.h"
#include "router/router.h"

bool host_feed_begin(void);
bool host_feed_next(struct host_route *ret, size_t capacity, size_t *ret_count);
void host_feed_end(void);
bool host_feed_hold_wanted(void);
void host_feed_hold(uint32_t host_index);
void host_feed_demand(const struct host_demand *demand);
bool host_feed_filters(const char *table, struct blob *ret);

#endif
