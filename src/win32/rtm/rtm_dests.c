#include "win32/rtm/rtm_dests.h"

#include "base/mem.h"
#include "win32/rtm/rtm_access.h"

static void write_dests(enum rtm_family family, const struct rtmv2_dest *dests, uint32_t count,
                        RTM_DEST_INFO *infos)
{
    const size_t stride = rtm_dest_stride((1u << dests[0].count) - 1);
    const msec now = engine_clock();
    BYTE *at = (BYTE *)infos;

    for (uint32_t n = 0; n < count; n++, at += stride)
        rtm_dest_info(family, &dests[n], now, (RTM_DEST_INFO *)(void *)at);
}

/* What was got before an error is given; others get the lock between portions. */
static mpr_status ask(rtm_get_dests_fn *get, bool portions, HANDLE client, HANDLE source,
                      uint32_t *count, struct rtmv2_dest *dests, enum rtm_family *ret_family)
{
    struct rtmv2 *t = rtm_enter();
    mpr_status status = ST_INVALID_HANDLE;
    uint32_t found = 0, got;

    while (t) {
        got = *count - found;
        status = get(t, rtm_number(client), rtm_number(source), &got, &dests[found]);
        rtmv2_kind_of(t, rtm_number(client), ret_family);
        rtm_leave();
        if (status != ST_OK && status != ST_NO_MORE_ITEMS) break;
        found += got;
        if (!portions || status != ST_OK || found == *count) break;
        t = rtm_enter_again();
    }
    *count = found;
    return found && status != ST_NO_MORE_ITEMS ? ST_OK : status;
}

DWORD rtm_get_dests(rtm_get_dests_fn *get, bool portions, HANDLE client, HANDLE source, UINT *count,
                    RTM_DEST_INFO *infos)
{
    enum rtm_family family = RTM_IPV4;
    struct rtmv2_dest *dests;
    mpr_status status;
    uint32_t found;

    if (!count || !infos || !*count || *count > RTMV2_MAX_HANDLES) return ERROR_INVALID_PARAMETER;
    found = *count;
    dests = mem_alloc_array(found, sizeof(*dests));
    if (!dests) return ERROR_NOT_ENOUGH_MEMORY;
    status = ask(get, portions, client, source, &found, dests, &family);
    if (status == ST_OK || status == ST_NO_MORE_ITEMS) {
        if (found) write_dests(family, dests, found, infos);
        *count = found;
    }
    mem_free(dests);
    return status;
}
