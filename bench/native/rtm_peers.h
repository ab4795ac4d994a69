/* What the route table is compared with and is not in this process. */
#ifndef BENCH_RTM_PEERS_H
#define BENCH_RTM_PEERS_H

#include <stddef.h>

#include "rtm/rtm.h"

/* Nanoseconds of this process on a processor: what else runs on the machine counts less. */
double peers_cpu(void);

/* Octets that malloc has given out. */
size_t peers_heap(void);

/* Nanoseconds of a processor a route. Returns 0 and says why where it can't be run. The kernel's
 * own dump of its table (RTM_GETROUTE), with count blackhole routes. */
double peers_kernel_dump(const struct rtm_prefix *prefixes, size_t count, const char **why_not);

#endif
