/* What the host has counted for an adapter: the figures behind ports and connections. */
#ifndef MPR_WIN32_LINK_STATS_H
#define MPR_WIN32_LINK_STATS_H

#include "router/ddm/port.h"

/* Asks the system; not under the engine's lock. Zeros for host_index 0 and for an adapter that is
 * not there. */
void link_stats_read(uint32_t host_index, struct link_counters *ret);

/* The same since base was read. An adapter that began anew meanwhile counts from its own zero. */
void link_stats_since(uint32_t host_index, const struct link_counters *base,
                      struct link_counters *ret);

/* How long the adapter has been as it is (dwLastChange of MIB_IFROW, hundredths of a second from
 * the system's start); 0: the system does not tell, as Wine. */
msec link_stats_age(uint32_t host_index);
/* The same from its parts: up_ms is how long the system has run. */
msec link_stats_age_of(uint32_t last_change, uint64_t up_ms);

#endif
