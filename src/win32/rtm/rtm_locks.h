/* Locks of destinations and next hops that protocols hold from one call to the next (RtmLockRoute,
 * RtmLockDestination, RtmLockNextHop). They keep the protocol's own threads apart while it reads or
 * changes what a pointer gave it; the router itself never waits for one. */
#ifndef MPR_WIN32_RTM_LOCKS_H
#define MPR_WIN32_RTM_LOCKS_H

#include "rtmv2/rtmv2.h"

/* What is locked: a destination of a family, or a next hop. */
struct rtm_lock_key {
    handle_t32 hop; /* 0: a destination */
    enum rtm_family family;
    struct rtm_prefix prefix;
};
struct rtm_lock_key rtm_lock_of_dest(enum rtm_family family, const struct rtm_prefix *prefix);
struct rtm_lock_key rtm_lock_of_hop(handle_t32 hop);

/* Waits until no other thread holds it exclusively (or, for exclusive, at all). A thread may take
 * it again; one that has ended holds nothing. Without any other lock of ours. ST_NOT_ENOUGH_MEMORY.
 */
mpr_status rtm_lock_take(const struct rtm_lock_key *key, bool exclusive);
/* False: the calling thread does not hold it so. */
bool rtm_lock_release(const struct rtm_lock_key *key, bool exclusive);
bool rtm_lock_held(const struct rtm_lock_key *key, bool exclusive);

#endif
