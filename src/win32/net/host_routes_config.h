/* The values of host_routes.h, with their defaults. */
#ifndef MPR_WIN32_HOST_ROUTES_CONFIG_H
#define MPR_WIN32_HOST_ROUTES_CONFIG_H

#include <stdbool.h>

struct host_routes_config {
    bool routes, stay, events, demand;
    unsigned forward; /* HR_FORWARD_* */
};

void host_routes_config_read(struct host_routes_config *ret);
/* Parameters\HostFilters, see host_filters.h. */
bool host_filters_on(void);

#endif
