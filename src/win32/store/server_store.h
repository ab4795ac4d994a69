/* What the registry keeps of a server's tunnel settings, value by value.
 *
 * Ports: one key per WAN miniport below the class key of network adapters, with ComponentId,
 * WanEndpoints, MaxWanEndpoints, EnableForRas and EnableForRouting (MS-RRASM 2.2.3.3.1). Wine has
 * no miniports, so a key is made when a value is first stored. No public source names the
 * component of GRE: its values lie below Parameters\GRE.
 *
 * Every function opens what it needs at each call; status values that it does not name are the
 * registry's.
 */
#ifndef MPR_WIN32_SERVER_STORE_H
#define MPR_WIN32_SERVER_STORE_H

#include "win32/sys/windows_api.h"

#include <stdbool.h>

#include "base/bytes.h"
#include "base/status.h"
#include "win32/journal/config_change.h"

/* ERROR_SUCCESS_REBOOT_REQUIRED, ERROR_SUCCESS_RESTART_REQUIRED: done, but it counts later. */
enum { SERVER_REBOOT_REQUIRED = 3010, SERVER_RESTART_REQUIRED = 3011 };

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

/* ---- values of custom IKEv2 and L2TP policies, and lists of blobs ---------------------------- */

#define POLICY_FIELDS 6 /* in the order of ROUTER_CUSTOM_IKEv2_POLICY0 */

/* The subkey name of key. ERROR_FILE_NOT_FOUND: there is none. A missing field has Windows' default
 * (MS-RRASM 2.2.3). */
mpr_status policy_read(HKEY key, const WCHAR *name, DWORD *fields);
/* fields NULL deletes the subkey. */
mpr_status policy_write(HKEY key, const WCHAR *name, const DWORD *fields);
bool policy_valid(const DWORD *fields);

/* Lists of blobs: subkeys 0000, 0001, ... of list, each with one REG_BINARY value. A list that is
 * missing is empty. ret is mem_alloc'd and freed with blob_list_free. */
mpr_status blob_list_read(HKEY key, const WCHAR *list, const WCHAR *value, struct blob **ret,
                          DWORD *ret_count);
void blob_list_free(struct blob *blobs, DWORD count);
/* Replaces the list; count 0 deletes it. */
mpr_status blob_list_write(HKEY key, const WCHAR *list, const WCHAR *value,
                           const struct blob *blobs, DWORD count);

/* Stores bytes, or deletes the value when size is 0. */
mpr_status store_bytes(HKEY key, const WCHAR *name, const void *data, size_t size);
/* ret stays empty when there is no such value, or one of another type. ST_NOT_ENOUGH_MEMORY. */
mpr_status stored_bytes(HKEY key, const WCHAR *name, struct blob *ret);
DWORD stored_dword(HKEY key, const WCHAR *name, DWORD otherwise);

#endif
