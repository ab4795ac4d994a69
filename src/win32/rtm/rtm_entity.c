/* Registration, other entities, and their methods. */
#include <string.h>

#include "base/mem.h"
#include "win32/rtm/rtm_access.h"
#include "win32/rtm/rtm_clients.h"
#include "win32/rtm/rtm_convert.h"
#include "win32/rtm/rtm_functions.h"
#include "win32/rtm/rtm_pointers.h"

/* ---- registration ---------------------------------------------------------------------------- */

static mpr_status register_client(struct rtm_client *client, const struct rtmv2_entity_info *info,
                                  bool opaque, handle_t32 *ret)
{
    mpr_status status;
    struct rtmv2 *t = rtm_enter_first(&status);

    *ret = 0;
    if (t) status = rtmv2_register(t, info, opaque, ret);
    /* Before the lock goes: events for it may come at once. */
    rtm_client_begin(client, *ret);
    if (t) rtm_leave();
    return status;
}

/* One next hop more than there are: RTM_SIZE_OF_ROUTE_INFO forgets the room that the count takes.
 */
static void fill_profile(RTM_REGN_PROFILE *ret)
{
    ret->MaxNextHopsInRoute = RTMV2_MAX_NEXT_HOPS + 1;
    ret->MaxHandlesInEnum = RTMV2_MAX_HANDLES;
    ret->ViewsSupported = RTMV2_VIEW_ALL;
    ret->NumberOfViews = RTMV2_VIEWS;
}

DWORD WINAPI rtm_RegisterEntity(PRTM_ENTITY_INFO info, PRTM_ENTITY_EXPORT_METHODS methods,
                                RTM_EVENT_CALLBACK callback, WINBOOL opaque,
                                PRTM_REGN_PROFILE profile, PRTM_ENTITY_HANDLE handle)
{
    struct rtmv2_entity_info entity;
    struct rtm_client *client;
    handle_t32 number;
    mpr_status status;

    if (!info || !profile || !handle || !rtm_entity_info_of(info, &entity))
        return ERROR_INVALID_PARAMETER;
    status = rtm_client_new(methods, callback, &client);
    if (status == ST_OK) status = register_client(client, &entity, opaque != 0, &number);
    if (status != ST_OK) return status;
    fill_profile(profile);
    *handle = rtm_handle(number);
    return NO_ERROR;
}

DWORD WINAPI rtm_DeregisterEntity(RTM_ENTITY_HANDLE client)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_deregister(t, rtm_number(client));
    if (status == ST_OK) rtm_pointers_forget(t, rtm_number(client));
    rtm_leave();
    if (status == ST_OK) rtm_client_end(rtm_number(client));
    return status;
}

/* ---- other entities -------------------------------------------------------------------------- */

static mpr_status get_entities(handle_t32 client, UINT *count, handle_t32 *ret,
                               struct rtmv2_entity_info *infos)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status;

    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_entities(t, client, count, ret, infos);
    rtm_leave();
    return status;
}

DWORD WINAPI rtm_GetRegisteredEntities(RTM_ENTITY_HANDLE client, PUINT count,
                                       PRTM_ENTITY_HANDLE handles, PRTM_ENTITY_INFO infos)
{
    UINT room = count ? min(*count, 1024u) : 0, found = room;
    struct rtmv2_entity_info *own_infos;
    handle_t32 *numbers;
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    if (!count || (room && !handles)) return ERROR_INVALID_PARAMETER;
    numbers = mem_alloc_array(room + 1, sizeof(*numbers));
    own_infos = mem_alloc_array(room + 1, sizeof(*own_infos));
    if (numbers && own_infos) {
        status = get_entities(rtm_number(client), &found, numbers, own_infos);
        if (status == ST_OK || status == ST_INSUFFICIENT_BUFFER) *count = found;
    }
    if (status == ST_OK) {
        rtm_handles(found, numbers, handles);
        for (UINT n = 0; infos && n < found; n++) rtm_entity_info(&own_infos[n], &infos[n]);
    }
    mem_free(numbers);
    mem_free(own_infos);
    return status;
}

DWORD WINAPI rtm_GetEntityInfo(RTM_ENTITY_HANDLE client, RTM_ENTITY_HANDLE entity,
                               PRTM_ENTITY_INFO info)
{
    struct rtmv2_entity_info found;
    struct rtmv2 *t;
    mpr_status status;

    if (!info) return ERROR_INVALID_PARAMETER;
    t = rtm_enter();
    if (!t) return ERROR_INVALID_HANDLE;
    status = rtmv2_entity_info(t, rtm_number(client), rtm_number(entity), &found);
    rtm_leave();
    if (status == ST_OK) rtm_entity_info(&found, info);
    return status;
}
