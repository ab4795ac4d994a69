/* Destinations: found by address, held down, locked, and the clients' words about them. */
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_events.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_locks.h"

/* ---- found ----------------------------------------------------------------------------------- */

/* One that was found in t, for the client, without the lock. */
struct found_dest {
    enum rtm_family family;
    struct rtmv2_dest dest;
    mpr_status status;
};

static DWORD tell_found(const struct found_dest *found, RTM_DEST_INFO *ret)
{
    if (found->status == ST_OK) rtm_dest_info(found->family, &found->dest, engine_clock(), ret);
    return found->status;
}

typedef mpr_status find_fn(struct rtmv2 *r, handle_t32 entity, const struct rtm_prefix *prefix,
                           uint32_t protocol, uint32_t views, struct rtmv2_dest *ret);

static DWORD find_by_address(find_fn *find, HANDLE client, const RTM_NET_ADDRESS *address,
                             ULONG protocol, RTM_VIEW_SET views, RTM_DEST_INFO *ret)
{
    struct found_dest found = {.status = ST_INVALID_PARAMETER};
    enum rtm_family family;
    struct rtm_prefix prefix;
    struct rtmv2 *t;

    if (!address || !ret || !rtm_prefix_of(address, &family, &prefix))
        return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    if (rtmv2_kind_of(t, rtm_number(client), &found.family) != RTMV2_ENTITY)
        found.status = ST_INVALID_HANDLE;
    else if (found.family == family)
        found.status = find(t, rtm_number(client), &prefix, protocol, views, &found.dest);
    rtm_leave();
    return tell_found(&found, ret);
}

DWORD WINAPI rtm_GetExactMatchDestination(RTM_ENTITY_HANDLE client, PRTM_NET_ADDRESS address,
                                          ULONG protocol, RTM_VIEW_SET views, PRTM_DEST_INFO ret)
{
    return find_by_address(rtmv2_exact_match, client, address, protocol, views, ret);
}

DWORD WINAPI rtm_GetMostSpecificDestination(RTM_ENTITY_HANDLE client, PRTM_NET_ADDRESS address,
                                            ULONG protocol, RTM_VIEW_SET views, PRTM_DEST_INFO ret)
{
    return find_by_address(rtmv2_most_specific, client, address, protocol, views, ret);
}

typedef mpr_status look_fn(struct rtmv2 *r, handle_t32 entity, handle_t32 dest, uint32_t protocol,
                           uint32_t views, struct rtmv2_dest *ret);

static DWORD find_by_handle(look_fn *look, HANDLE client, HANDLE dest, ULONG protocol,
                            RTM_VIEW_SET views, RTM_DEST_INFO *ret)
{
    struct found_dest found;
    struct rtmv2 *t;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    found.status = look(t, rtm_number(client), rtm_number(dest), protocol, views, &found.dest);
    rtmv2_kind_of(t, rtm_number(client), &found.family);
    rtm_leave();
    return tell_found(&found, ret);
}

DWORD WINAPI rtm_GetLessSpecificDestination(RTM_ENTITY_HANDLE client, RTM_DEST_HANDLE dest,
                                            ULONG protocol, RTM_VIEW_SET views, PRTM_DEST_INFO ret)
{
    return find_by_handle(rtmv2_less_specific, client, dest, protocol, views, ret);
}

DWORD WINAPI rtm_GetDestInfo(RTM_ENTITY_HANDLE client, RTM_DEST_HANDLE dest, ULONG protocol,
                             RTM_VIEW_SET views, PRTM_DEST_INFO ret)
{
    return find_by_handle(rtmv2_dest_info, client, dest, protocol, views, ret);
}

/* ---- the rest -------------------------------------------------------------------------------- */

DWORD WINAPI rtm_HoldDestination(RTM_ENTITY_HANDLE client, RTM_DEST_HANDLE dest, RTM_VIEW_SET views,
                                 ULONG hold_time)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_hold(t, rtm_number(client), rtm_number(dest), views, hold_time);
    rtm_leave();
    if (status == ST_OK) rtm_events_wake();
    return status;
}

static mpr_status lock_of(HANDLE client, HANDLE dest, struct rtm_lock_key *ret)
{
    enum rtm_family family = RTM_IPV4;
    struct rtmv2 *t = rtm_enter();
    struct rtmv2_dest found;
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    status = rtmv2_dest_info(t, rtm_number(client), rtm_number(dest), RTMV2_BEST_PROTOCOL,
                             RTMV2_VIEW_ANY, &found);
    rtmv2_kind_of(t, rtm_number(client), &family);
    if (status == ST_OK) status = rtmv2_release_dests(t, rtm_number(client), 1, &found);
    rtm_leave();
    if (status == ST_OK) *ret = rtm_lock_of_dest(family, &found.prefix);
    return status;
}

DWORD WINAPI rtm_LockDestination(RTM_ENTITY_HANDLE client, RTM_DEST_HANDLE dest, WINBOOL exclusive,
                                 WINBOOL lock)
{
    struct rtm_lock_key key;
    mpr_status status = lock_of(client, dest, &key);

    if (status != ST_OK) return status;
    if (lock) return rtm_lock_take(&key, exclusive != 0);
    return rtm_lock_release(&key, exclusive != 0) ? NO_ERROR : ERROR_ACCESS_DENIED;
}

DWORD WINAPI rtm_GetOpaqueInformationPointer(RTM_ENTITY_HANDLE client, RTM_DEST_HANDLE dest,
                                             PVOID *ret)
{
    struct rtmv2 *t;
    mpr_status status;
    void **slot;

    if (!ret) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_opaque(t, rtm_number(client), rtm_number(dest), &slot);
    rtm_leave();
    if (status == ST_OK) *ret = slot;
    return status;
}
