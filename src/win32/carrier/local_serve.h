/* What the router does with what comes through a channel. Inside the carrier only. */
#ifndef MPR_WIN32_LOCAL_SERVE_H
#define MPR_WIN32_LOCAL_SERVE_H

#include "win32/carrier/local_clients.h"

/* Starts the channel's thread, which owns the channel from then on. ST_NOT_ENOUGH_MEMORY: the
 * channel has been removed. */
mpr_status serve_channel(struct local_channel *channel);

#endif
