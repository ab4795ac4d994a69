/* What RtmGetRoutePointer, RtmLockRoute and their cousins give: memory with the information of a
 * route or next hop of the client's own, which it may read, and change while it has locked it.
 * There is one for each object that has been asked about, until the object has no handle any more.
 * The router's lock is held at every call. */
#ifndef MPR_WIN32_RTM_POINTERS_H
#define MPR_WIN32_RTM_POINTERS_H

#include "base/hash.h"
#include "win32/rtm/rtm_convert.h"

struct rtm_pointer {
    handle_t32 object, entity;
    enum rtmv2_kind kind;
    union {
        union rtm_route_room route;
        RTM_NEXTHOP_INFO hop;
    } memory;
    /* References to the route's next hops that are the client's while it has the route locked
     * (rtm_route_lock.c). */
    handle_t32 granted[RTMV2_MAX_NEXT_HOPS];
    uint32_t granted_count;
    unsigned changing; /* exclusive locks under which the client changes it in place */
    UT_hash_handle hh;
};

/* That of an object of the entity's, with what is true now, unless the client is changing it.
 * ST_INVALID_HANDLE, ST_ACCESS_DENIED,
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status rtm_pointer_get(struct rtmv2 *t, handle_t32 entity, enum rtmv2_kind kind,
                           handle_t32 object, struct rtm_pointer **ret);
/* The same as the client has left it; NULL: nobody has asked for it. */
struct rtm_pointer *rtm_pointer_find(handle_t32 object);
/* The object may have changed, and nobody has it locked to change it himself. */
void rtm_pointer_refresh(struct rtmv2 *t, handle_t32 object);
/* References to these (0: none) have been ended: frees what belongs to those that have no handle
 * any more. */
void rtm_pointers_tidy(struct rtmv2 *t, size_t count, const handle_t32 *objects);
/* Frees those of an entity, or (0) all. */
void rtm_pointers_forget(struct rtmv2 *t, handle_t32 entity);

#endif
