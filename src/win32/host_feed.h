/* What threads of win32/net ask the router for: the routes and the packet filters that the host is
 * to have. The members of host_routes_sink and host_filters_sink. */
#ifndef MPR_WIN32_HOST_FEED_H
#define MPR_WIN32_HOST_FEED_H

#include <stdbool.h>

#include "router/router.h"

bool host_feed_begin(void);
bool host_feed_next(struct host_route *ret, size_t capacity, size_t *ret_count);
void host_feed_end(void);
bool host_feed_filters(const char *table, struct blob *ret);

#endif
