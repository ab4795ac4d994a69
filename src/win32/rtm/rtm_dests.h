/* Several destinations at once: of an enumeration, or that have changed. */
#ifndef MPR_WIN32_RTM_DESTS_H
#define MPR_WIN32_RTM_DESTS_H

#include "win32/rtm/rtm_convert.h"

typedef mpr_status rtm_get_dests_fn(struct rtmv2 *r, handle_t32 entity, handle_t32 source,
                                    uint32_t *count, struct rtmv2_dest *ret);
/* Asks one of the two, in portions again until there is no room or there are no more, and writes
 * what it gives, also beside ST_NO_MORE_ITEMS, one rtm_dest_stride behind the other. */
DWORD rtm_get_dests(rtm_get_dests_fn *get, bool portions, HANDLE client, HANDLE source, UINT *count,
                    RTM_DEST_INFO *infos);

#endif
