/* Prefixes as a router of the Internet has them: lengths and clusters like those of BGP's tables,
 * the same in every run, each once, in no order. Also bench/ uses it. */
#ifndef MPR_TESTS_BGP_LIKE_H
#define MPR_TESTS_BGP_LIKE_H

#include <stddef.h>

#include "rtm/rtm.h"

/* Fills prefixes; false when there is no memory to see to it that each comes once. count: at most
 * 1,000,000 of IPv4, 250,000 of IPv6. */
bool bgp_like_prefixes(enum rtm_family family, struct rtm_prefix *prefixes, size_t count);

/* What the n-th of them says: one of 8,192 combinations of next hop, metric and tag, the same for
 * four after each other, as an UPDATE of BGP has several prefixes. */
struct rtm_route bgp_like_route(enum rtm_family family, size_t n);

#endif
