/* Daemons that load the same routes as the table does, each in a cage. */
#ifndef BENCH_RTM_DAEMONS_H
#define BENCH_RTM_DAEMONS_H

#include <stddef.h>

#include "rtm/rtm.h"

/* Nanoseconds of a processor a route, each. They return NULL, or why there are none. */

/* BIRD 2 with static routes in its configuration: from its start until all are in its table, and
 * reading the configuration alone (bird -p). */
const char *daemons_bird(const struct rtm_prefix *prefixes, size_t count, double *ret_whole,
                         double *ret_reading);
/* FRR's zebra, from its idle state: the routes come from a client of its socket, as those of a
 * routing protocol do. It keeps them from the kernel. */
const char *daemons_zebra(const struct rtm_prefix *prefixes, size_t count, double *ret);

#endif
