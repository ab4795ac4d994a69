/* MPR_IF_CUSTOMINFOEX in its three revisions: custom IKEv2 settings of a demand-dial interface.
 *
 * Kept in the interface's key (MS-RRASM 2.2.3.2): SaLifeTime, SaMaxDataSize,
 * MachineCertificateName, subkey IKEv2CustomPolicy. Ours, for what newer revisions add:
 * MachineCertificateHash BINARY, MmSaLifeTime DWORD, TrafficSelectors BINARY
 * (custom_info_selectors.c has the form). There are settings when SaLifeTime is there. A set of an
 * older revision leaves what only newer ones have.
 */
#ifndef MPR_API_CUSTOM_INFO_H
#define MPR_API_CUSTOM_INFO_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "win32/journal/config_change.h"

/* Older revisions are beginnings of the newest one. */
typedef MPR_IF_CUSTOMINFOEX2 custom_info;

/* The caller's size by type, revision and size of the header; 0: none that fits, or object NULL. */
size_t custom_info_size(const void *object);
/* Copies an object that is custom_info_size bytes long; members that it lacks are zero. */
void custom_info_gather(const void *object, size_t size, custom_info *ret);
/* ST_INVALID_PARAMETER: unknown flags, or a value that the pages do not allow. */
mpr_status custom_info_check(const custom_info *info);

/* From the key of an interface, as far as size goes; no key or no settings: dwFlags 0. What members
 * point to is memory for the caller of the API. ST_NOT_ENOUGH_MEMORY leaves nothing allocated. */
mpr_status custom_info_read(HKEY key, size_t size, custom_info *ret);
/* To the key; dwFlags 0 deletes the settings. info was checked. */
mpr_status custom_info_write(HKEY key, size_t size, const custom_info *info);
/* Names what a write into the key of that path (below HKEY_LOCAL_MACHINE) will touch. */
mpr_status custom_info_change(struct config_change *change, const WCHAR *path);
/* A copy whose members point to memory for the caller of the API, as far as size goes; ret is empty
 * on failure (ST_NOT_ENOUGH_MEMORY). custom_info_free frees what a copy or a read points to. */
mpr_status custom_info_clone(const custom_info *info, size_t size, custom_info *ret);
void custom_info_free(custom_info *info);
/* One mem_alloc'd block: the settings as far as size goes, and what they point to behind them.
 * ST_NOT_ENOUGH_MEMORY leaves ret empty. */
mpr_status custom_info_flatten(const custom_info *info, size_t size, struct blob *ret);
/* What such a block holds; members point into it. */
void custom_info_unflatten(const struct blob *flat, custom_info *ret);
/* Fills the caller's object behind its header. */
void custom_info_scatter(const custom_info *info, size_t size, void *object);

/* The same for an interface of the stored configuration (custom_info_config.c); object is the
 * caller's. ST_NO_SUCH_INTERFACE: its key is gone; store: ST_INVALID_PARAMETER for an interface
 * that is no ROUTER_IF_TYPE_FULL_ROUTER. */
struct config_interface;
mpr_status custom_info_stored(const struct config_interface *row, size_t size, void *object);
mpr_status custom_info_store(const struct config_interface *row, size_t size,
                             const custom_info *info);

/* Traffic selectors as bytes (custom_info_selectors.c). ST_INVALID_DATA: malformed. */
bool selectors_valid(const MPR_VPN_TRAFFIC_SELECTORS *selectors);
mpr_status selectors_encode(const MPR_VPN_TRAFFIC_SELECTORS *selectors, struct blob *ret);
mpr_status selectors_decode(const struct blob *blob, MPR_VPN_TRAFFIC_SELECTORS *ret);
void selectors_free(MPR_VPN_TRAFFIC_SELECTORS *selectors);

#endif
