/* Routes that their owner changes in place: lock, pointer, update.
 *
 * The page of RtmUpdateAndUnlockRoute wants an owner that exchanges next hops in place to reference
 * the new ones and to release the old ones, as if the references were the route's own. They are
 * not, here: so while an owner has a route locked exclusively he has one to each of its next hops
 * in addition, and gives up one to each that it has afterwards.
 */
#include <string.h>

#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_events.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_locks.h"
#include "win32/rtm/rtm_pointers.h"

/* The lock of a route of the client's is that of its destination. */
static mpr_status lock_of_route(handle_t32 client, handle_t32 route, struct rtm_lock_key *ret)
{
    enum rtm_family family = RTM_IPV4;
    struct rtmv2 *t = rtm_enter();
    struct rtm_prefix prefix;
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    status = rtmv2_check(t, client, RTMV2_ROUTE, route, true);
    if (status == ST_OK) status = rtmv2_route_info(t, client, route, NULL, &prefix);
    rtmv2_kind_of(t, route, &family);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_lock_of_dest(family, &prefix);
    return status;
}

/* ---- references to next hops ------------------------------------------------------------------
 */

static void take_back(struct rtmv2 *t, struct rtm_pointer *p, const handle_t32 *hops,
                      uint32_t count)
{
    for (uint32_t n = 0; n < count; n++) rtmv2_release(t, p->entity, RTMV2_HOP, 1, &hops[n]);
    p->granted_count = 0;
}

static mpr_status grant(struct rtmv2 *t, struct rtm_pointer *p)
{
    const RTM_NEXTHOP_LIST *list = &p->memory.route.info.NextHopsList;
    const uint32_t count = list->NumNextHops;

    if (p->changing++) return ST_OK; /* locked once more */
    for (uint32_t n = 0; n < count; n++) p->granted[n] = rtm_number(list->NextHops[n]);
    if (rtmv2_reference(t, p->entity, count, p->granted) != ST_OK) {
        p->changing = 0;
        return ST_INVALID_HANDLE;
    }
    p->granted_count = count;
    return ST_OK;
}

/* ---- locking --------------------------------------------------------------------------------- */

/* Whoever was changing it has ended without unlocking. */
static void end_changes_of_the_dead(struct rtmv2 *t, handle_t32 route)
{
    struct rtm_pointer *p = rtm_pointer_find(route);

    if (!p) return;
    take_back(t, p, p->granted, p->granted_count);
    p->changing = 0;
}

/* With the lock held: what is true now, or (again: exclusively already) what the client has changed
 * it to. */
static mpr_status begin_locked(handle_t32 client, handle_t32 route, bool exclusive, bool again,
                               RTM_ROUTE_INFO **ret)
{
    struct rtmv2 *t = rtm_enter();
    struct rtm_pointer *p;
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    if (!again) end_changes_of_the_dead(t, route);
    status = rtm_pointer_get(t, client, RTMV2_ROUTE, route, &p);
    if (status == ST_OK && exclusive) status = grant(t, p);
    rtm_leave();
    if (status == ST_OK) *ret = &p->memory.route.info;
    return status;
}

static DWORD lock_route(handle_t32 client, handle_t32 route, bool exclusive, RTM_ROUTE_INFO **ret)
{
    RTM_ROUTE_INFO *pointer = NULL;
    struct rtm_lock_key key;
    mpr_status status = lock_of_route(client, route, &key);
    const bool again = status == ST_OK && rtm_lock_held(&key, true);

    if (status == ST_OK) status = rtm_lock_take(&key, exclusive);
    if (status != ST_OK) return status;
    status = begin_locked(client, route, exclusive, again, &pointer);
    if (status != ST_OK)
        rtm_lock_release(&key, exclusive);
    else if (ret)
        *ret = pointer;
    return status;
}

static void end_locked(handle_t32 route)
{
    struct rtmv2 *t = rtm_enter();
    struct rtm_pointer *p = t ? rtm_pointer_find(route) : NULL;

    if (p && p->changing && --p->changing == 0) take_back(t, p, p->granted, p->granted_count);
    if (t) rtm_leave();
}

static DWORD unlock_route(handle_t32 client, handle_t32 route, bool exclusive)
{
    struct rtm_lock_key key;
    mpr_status status = lock_of_route(client, route, &key);

    if (status != ST_OK) return status;
    if (!rtm_lock_held(&key, exclusive)) return ERROR_ACCESS_DENIED;
    if (exclusive) end_locked(route);
    rtm_lock_release(&key, exclusive);
    return NO_ERROR;
}

DWORD WINAPI rtm_LockRoute(RTM_ENTITY_HANDLE client, RTM_ROUTE_HANDLE route, WINBOOL exclusive,
                           WINBOOL lock, PRTM_ROUTE_INFO *pointer)
{
    if (lock) return lock_route(rtm_number(client), rtm_number(route), exclusive != 0, pointer);
    return unlock_route(rtm_number(client), rtm_number(route), exclusive != 0);
}

DWORD WINAPI rtm_GetRoutePointer(RTM_ENTITY_HANDLE client, RTM_ROUTE_HANDLE route,
                                 PRTM_ROUTE_INFO *pointer)
{
    struct rtm_pointer *p = NULL;
    struct rtmv2 *t;
    mpr_status status;

    if (!pointer) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtm_pointer_get(t, rtm_number(client), RTMV2_ROUTE, rtm_number(route), &p);
    rtm_leave();
    if (status == ST_OK) *pointer = &p->memory.route.info;
    return status;
}

/* ---- updating -------------------------------------------------------------------------------- */

/* The client has exchanged the references to next hops that it did not keep (page of
 * RtmUpdateAndUnlockRoute); an outer lock has those that are left. */
static void end_update(struct rtmv2 *t, struct rtm_pointer *p, const struct rtmv2_route *info)
{
    if (p->changing > 1) {
        memcpy(p->granted, info->hops, sizeof(p->granted));
        p->granted_count = info->hop_count;
        p->changing--;
        return;
    }
    p->changing = 0;
    take_back(t, p, info->hops, info->hop_count);
    rtm_pointer_refresh(t, p->object);
}

/* What a client may change is taken, what it may only read is not. */
static mpr_status update_locked(struct rtmv2 *t, struct rtm_pointer *p, ULONG time_to_live,
                                handle_t32 list, uint32_t *ret_change)
{
    struct rtmv2_route info;
    mpr_status status = rtm_route_info_of(&p->memory.route.info, &info);

    if (status == ST_OK)
        status = rtmv2_update_route(t, p->entity, p->object, &info, time_to_live, list, ret_change);
    if (status != ST_OK) return status;
    end_update(t, p, &info);
    return ST_OK;
}

static mpr_status update_route(handle_t32 client, handle_t32 route, ULONG time_to_live,
                               handle_t32 list, uint32_t *ret_change)
{
    struct rtmv2 *t = rtm_enter();
    struct rtm_pointer *p = t ? rtm_pointer_find(route) : NULL;
    mpr_status status = ST_ACCESS_DENIED;

    if (p && p->entity == client) status = update_locked(t, p, time_to_live, list, ret_change);
    if (t) rtm_leave();
    return status;
}

DWORD WINAPI rtm_UpdateAndUnlockRoute(RTM_ENTITY_HANDLE client, RTM_ROUTE_HANDLE route,
                                      ULONG time_to_live, RTM_ROUTE_LIST_HANDLE list,
                                      RTM_NOTIFY_FLAGS notify_type, RTM_NOTIFY_HANDLE notify,
                                      PRTM_ROUTE_CHANGE_FLAGS change)
{
    struct rtm_lock_key key;
    mpr_status status = lock_of_route(rtm_number(client), rtm_number(route), &key);
    uint32_t flags = 0;

    (void)notify_type, (void)notify; /* reserved */
    if (status != ST_OK) return status;
    if (!rtm_lock_held(&key, true)) return ERROR_ACCESS_DENIED;
    status =
        update_route(rtm_number(client), rtm_number(route), time_to_live, rtm_number(list), &flags);
    if (status != ST_OK) return status;
    rtm_lock_release(&key, true);
    if (time_to_live != RTMV2_INFINITE) rtm_events_wake();
    if (change) *change = flags;
    return NO_ERROR;
}
