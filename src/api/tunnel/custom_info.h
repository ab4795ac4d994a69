/* MPR_IF_CUSTOMINFOEX in its three revisions: custom IKEv2 settings of a demand-dial interface.
 *
 * An interface of the stored configuration has them in its key (win32/store/custom_store.h). A set
 * of an older revision leaves what only newer ones have.
 */
#ifndef MPR_API_CUSTOM_INFO_H
#define MPR_API_CUSTOM_INFO_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "win32/store/config_store.h"
#include "win32/store/custom_store.h"

/* Older revisions are beginnings of the newest one. */
typedef MPR_IF_CUSTOMINFOEX2 custom_info;

/* The caller's size by type, revision and size of the header; 0: none that fits, or object NULL. */
size_t custom_info_size(const void *object);
/* Copies an object that is custom_info_size bytes long; members that it lacks are zero. */
void custom_info_gather(const void *object, size_t size, custom_info *ret);
/* ST_INVALID_PARAMETER: unknown flags, or a value that the pages do not allow. */
mpr_status custom_info_check(const custom_info *info);

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

/* Those of an interface of the stored configuration, as far as size goes (custom_info_store.c). One
 * that is no ROUTER_IF_TYPE_FULL_ROUTER, or without settings: dwFlags 0. What members point to is
 * memory for the caller of the API. ST_NO_SUCH_INTERFACE: its key is gone. ST_NOT_ENOUGH_MEMORY
 * leaves nothing allocated. */
mpr_status custom_info_read(const struct config_interface *row, size_t size, custom_info *ret);
/* The same into an object of the caller's. */
mpr_status custom_info_stored(const struct config_interface *row, size_t size, void *object);
/* dwFlags 0 deletes the settings; info was checked. All or nothing. ST_NO_SUCH_INTERFACE as above;
 * ST_INVALID_PARAMETER: no ROUTER_IF_TYPE_FULL_ROUTER. */
mpr_status custom_info_store(const struct config_interface *row, size_t size,
                             const custom_info *info);

/* Traffic selectors from and to the store's form (custom_info_selectors.c). in: mem_alloc'd, for
 * traffic_selectors_free; those given were valid. out: memory for the caller of the API, for
 * selectors_free, also after ST_NOT_ENOUGH_MEMORY; ret is empty before. */
bool selectors_valid(const MPR_VPN_TRAFFIC_SELECTORS *selectors);
mpr_status selectors_in(const MPR_VPN_TRAFFIC_SELECTORS *selectors, struct traffic_selectors *ret);
mpr_status selectors_out(const struct traffic_selectors *selectors, MPR_VPN_TRAFFIC_SELECTORS *ret);
void selectors_free(MPR_VPN_TRAFFIC_SELECTORS *selectors);

#endif
