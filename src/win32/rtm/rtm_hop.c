/* Next hops of the client's own. */
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_locks.h"
#include "win32/rtm/rtm_pointers.h"

/* ---- adding, finding, deleting --------------------------------------------------------------- */

/* The address must be of the client's family. ST_INVALID_HANDLE, ST_INVALID_PARAMETER. */
static mpr_status check_family(struct rtmv2 *t, HANDLE client, const RTM_NEXTHOP_INFO *info)
{
    enum rtm_family family;

    if (rtmv2_kind_of(t, rtm_number(client), &family) != RTMV2_ENTITY) return ST_INVALID_HANDLE;
    return info->NextHopAddress.AddressFamily == (family == RTM_IPV4 ? AF_INET : AF_INET6)
               ? ST_OK
               : ST_INVALID_PARAMETER;
}

DWORD WINAPI rtm_AddNextHop(RTM_ENTITY_HANDLE client, PRTM_NEXTHOP_INFO info,
                            PRTM_NEXTHOP_HANDLE handle, PRTM_NEXTHOP_CHANGE_FLAGS change)
{
    handle_t32 number = handle && *handle ? rtm_number(*handle) : 0;
    struct rtmv2_hop hop;
    struct rtmv2 *t;
    mpr_status status;
    bool made = false;

    if (!info || !change || rtm_hop_info_of(info, &hop) != ST_OK) return ERROR_INVALID_PARAMETER;
    if (handle && *handle && !number) return ERROR_INVALID_HANDLE;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = check_family(t, client, info);
    if (status == ST_OK)
        status = rtmv2_add_next_hop(t, rtm_number(client), &hop, handle ? &number : NULL, &made);
    if (status == ST_OK && number) rtm_pointer_refresh(t, number);
    rtm_leave();
    if (status != ST_OK) return status;
    if (handle) *handle = rtm_handle(number);
    *change = made ? RTM_NEXTHOP_CHANGE_NEW : 0;
    return NO_ERROR;
}

static mpr_status find_hop(struct rtmv2 *t, HANDLE client, const RTM_NEXTHOP_INFO *info,
                           const struct rtmv2_hop *hop, handle_t32 *ret, struct rtm_pointer **ret_p)
{
    mpr_status status = check_family(t, client, info);

    if (status == ST_OK)
        status = rtmv2_find_next_hop(t, rtm_number(client), &hop->address, hop->interface, ret);
    if (status != ST_OK || !ret_p) return status;
    status = rtm_pointer_get(t, rtm_number(client), RTMV2_HOP, *ret, ret_p);
    if (status != ST_OK) rtmv2_release(t, rtm_number(client), RTMV2_HOP, 1, ret);
    return status;
}

DWORD WINAPI rtm_FindNextHop(RTM_ENTITY_HANDLE client, PRTM_NEXTHOP_INFO info,
                             PRTM_NEXTHOP_HANDLE handle, PRTM_NEXTHOP_INFO *pointer)
{
    struct rtm_pointer *p = NULL;
    struct rtmv2_hop hop;
    struct rtmv2 *t;
    handle_t32 number;
    mpr_status status;

    if (!info || !handle || rtm_hop_info_of(info, &hop) != ST_OK) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = find_hop(t, client, info, &hop, &number, pointer ? &p : NULL);
    rtm_leave();
    if (status != ST_OK) return status;
    *handle = rtm_handle(number);
    if (pointer) *pointer = &p->memory.hop;
    return NO_ERROR;
}

DWORD WINAPI rtm_DeleteNextHop(RTM_ENTITY_HANDLE client, RTM_NEXTHOP_HANDLE handle,
                               PRTM_NEXTHOP_INFO info)
{
    const handle_t32 number = rtm_number(handle);
    struct rtmv2_hop hop = {.interface = 0};
    struct rtmv2 *t;
    mpr_status status;

    if (!handle && (!info || rtm_hop_info_of(info, &hop) != ST_OK)) return ERROR_INVALID_PARAMETER;
    if (handle && !number) return ERROR_INVALID_HANDLE;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_delete_next_hop(t, rtm_number(client), number, &hop);
    rtm_pointer_refresh(t, number);
    rtm_pointers_tidy(t, 1, &number);
    rtm_leave();
    return status;
}

DWORD WINAPI rtm_GetNextHopInfo(RTM_ENTITY_HANDLE client, RTM_NEXTHOP_HANDLE handle,
                                PRTM_NEXTHOP_INFO info)
{
    enum rtm_family family = RTM_IPV4;
    struct rtmv2_hop hop;
    struct rtmv2 *t;
    mpr_status status;

    if (!info) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_next_hop_info(t, rtm_number(client), rtm_number(handle), &hop);
    rtmv2_kind_of(t, rtm_number(client), &family);
    rtm_leave();
    if (status == ST_OK) rtm_hop_info(family, &hop, info);
    return status;
}

/* ---- in place -------------------------------------------------------------------------------- */

static mpr_status pointer_to_hop(HANDLE client, HANDLE handle, RTM_NEXTHOP_INFO **ret)
{
    struct rtmv2 *t = rtm_enter();
    struct rtm_pointer *p;
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    status = rtm_pointer_get(t, rtm_number(client), RTMV2_HOP, rtm_number(handle), &p);
    rtm_leave();
    if (status == ST_OK && ret) *ret = &p->memory.hop;
    return status;
}

DWORD WINAPI rtm_GetNextHopPointer(RTM_ENTITY_HANDLE client, RTM_NEXTHOP_HANDLE handle,
                                   PRTM_NEXTHOP_INFO *pointer)
{
    return pointer ? pointer_to_hop(client, handle, pointer) : ERROR_INVALID_PARAMETER;
}

/* What the owner may change, when it unlocks. */
static mpr_status update_hop(HANDLE client, HANDLE handle)
{
    struct rtmv2 *t = rtm_enter();
    struct rtm_pointer *p = t ? rtm_pointer_find(rtm_number(handle)) : NULL;
    struct rtmv2_hop hop;
    mpr_status status = ST_INVALID_HANDLE;

    if (p) status = rtm_hop_info_of(&p->memory.hop, &hop);
    if (p && status == ST_OK)
        status = rtmv2_update_next_hop(t, rtm_number(client), rtm_number(handle), &hop);
    if (p && p->changing) p->changing--;
    if (t) rtm_leave();
    return status;
}

/* With the lock held. again: exclusively already; else whoever was changing it has ended. */
static mpr_status begin_locked_hop(HANDLE client, HANDLE handle, bool exclusive, bool again,
                                   RTM_NEXTHOP_INFO **ret)
{
    struct rtmv2 *t = rtm_enter();
    struct rtm_pointer *p = t ? rtm_pointer_find(rtm_number(handle)) : NULL;
    mpr_status status;

    if (!t) return ST_INVALID_HANDLE;
    if (p && !again) p->changing = 0;
    status = rtm_pointer_get(t, rtm_number(client), RTMV2_HOP, rtm_number(handle), &p);
    if (status == ST_OK && p->memory.hop.State == RTM_NEXTHOP_STATE_DELETED) status = ST_NOT_FOUND;
    if (status == ST_OK) p->changing += exclusive;
    rtm_leave();
    if (status == ST_OK && ret) *ret = &p->memory.hop;
    return status;
}

static DWORD lock_hop(HANDLE client, HANDLE handle, bool exclusive, RTM_NEXTHOP_INFO **ret)
{
    const struct rtm_lock_key key = rtm_lock_of_hop(rtm_number(handle));
    const bool again = rtm_lock_held(&key, true);
    mpr_status status = pointer_to_hop(client, handle, NULL);

    if (status == ST_OK) status = rtm_lock_take(&key, exclusive);
    if (status != ST_OK) return status;
    status = begin_locked_hop(client, handle, exclusive, again, ret);
    if (status != ST_OK) rtm_lock_release(&key, exclusive);
    return status;
}

DWORD WINAPI rtm_LockNextHop(RTM_ENTITY_HANDLE client, RTM_NEXTHOP_HANDLE handle, WINBOOL exclusive,
                             WINBOOL lock, PRTM_NEXTHOP_INFO *pointer)
{
    const struct rtm_lock_key key = rtm_lock_of_hop(rtm_number(handle));
    mpr_status status = NO_ERROR;

    if (lock) return lock_hop(client, handle, exclusive != 0, pointer);
    if (!rtm_lock_held(&key, exclusive != 0)) return ERROR_ACCESS_DENIED;
    if (exclusive) status = update_hop(client, handle);
    rtm_lock_release(&key, exclusive != 0);
    return status;
}
