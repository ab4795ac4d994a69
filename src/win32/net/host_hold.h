/* What mprnetlink says of the device that holds routes, and of packets to it, as the router is
 * told.
 */
#ifndef MPR_WIN32_HOST_HOLD_H
#define MPR_WIN32_HOST_HOLD_H

#include "hostroutes/message.h"
#include "win32/net/host_routes.h"

/* Takes HR_HELD and HR_DEMAND, and nothing of others. */
void host_hold_take(const struct hr_header *header, const struct reader *body,
                    const struct host_routes_sink *sink);

#endif
