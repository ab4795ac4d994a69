/* What a machine without router configuration has: router managers for IPv4 and IPv6. */
#ifndef MPR_WIN32_CONFIG_DEFAULTS_H
#define MPR_WIN32_CONFIG_DEFAULTS_H

#include "base/bytes.h"
#include "base/status.h"

/* There is no RouterManagers key. */
bool config_is_fresh(void);

/* The global information of TRANSPORT_IP or TRANSPORT_IPV6: GLOBAL_INFO {filtering off, log
 * errors}, and the default preferences of routes. ret is empty before; ST_NOT_ENOUGH_MEMORY. */
mpr_status config_default_global(uint32_t transport, struct blob *ret);

/* Writes both router managers, as a whole (config_change.h). The registry's errors, and those of
 * the journal. */
mpr_status config_defaults_write(void);

#endif
