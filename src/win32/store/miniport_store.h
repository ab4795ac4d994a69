/* The ports of a server's tunnel protocols.
 *
 * One key per WAN miniport below the class key of network adapters, with ComponentId, WanEndpoints,
 * MaxWanEndpoints, EnableForRas and EnableForRouting (MS-RRASM 2.2.3.3.1). Wine has no miniports,
 * so a key is made when a value is first stored. No public source names the component of GRE: its
 * values lie below Parameters\GRE.
 *
 * Every function opens what it needs at each call; status values that it does not name are the
 * registry's.
 */
#ifndef MPR_WIN32_MINIPORT_STORE_H
#define MPR_WIN32_MINIPORT_STORE_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/status.h"
#include "win32/journal/config_change.h"

/* ERROR_SUCCESS_REBOOT_REQUIRED: done, but it counts from the next start on. */
enum { SERVER_REBOOT_REQUIRED = 3010 };

enum miniport_kind {
    MINIPORT_PPTP,
    MINIPORT_L2TP,
    MINIPORT_SSTP,
    MINIPORT_IKEV2,
    MINIPORT_GRE,
    MINIPORT_KINDS
};

struct miniport {
    DWORD count;
    DWORD flags; /* MPR_ENABLE_RAS_ON_DEVICE 1, MPR_ENABLE_ROUTING_ON_DEVICE 2 */
};

/* What is stored; what has no key has what a fresh Windows server has. */
void miniport_read(enum miniport_kind kind, struct miniport *ret);
/* What the keys of a component say: what they lack is left in *ret and *limit (MaxWanEndpoints). */
void miniport_keys_read(const WCHAR *component, struct miniport *ret, DWORD *limit);
/* Whether count and flags are such that the protocol can have them (pages of MPR_SERVER_2,
 * IKEV2_CONFIG_PARAMS, ...): 1 to the maximum of the Datacenter edition. */
bool miniport_valid(enum miniport_kind kind, const struct miniport *ports);
/* SERVER_REBOOT_REQUIRED: stored, and more than MaxWanEndpoints was when this process first looked
 * (1000 without such a value); MaxWanEndpoints is raised for the next start. */
mpr_status miniport_write(enum miniport_kind kind, const struct miniport *ports);

/* Names what miniport_write will touch, for each of some kinds in the order in which they will be
 * written; *fresh is 0 for the first. */
mpr_status miniport_change(enum miniport_kind kind, struct config_change *change, DWORD *fresh);

#endif
