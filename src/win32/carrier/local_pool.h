/* The client's channels. Inside the carrier only. */
#ifndef MPR_WIN32_LOCAL_POOL_H
#define MPR_WIN32_LOCAL_POOL_H

#include "win32/carrier/local_connect.h"

/* A channel for one call at least. Waits for one when this client has as many as it may. Fails as
 * connect_router does. */
mpr_status pool_take(struct local_end **ret);
/* Broken ones are closed, and those beyond what is kept. */
void pool_give(struct local_end *end);
/* Closes all that nobody has. */
void pool_empty(void);

#endif
