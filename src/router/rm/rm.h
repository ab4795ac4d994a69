/* Router managers, one per transport: create, set, get, shut down.
 *
 * Whatever can fail (memory, a built-in protocol's refusal) comes first and can be undone; then a
 * change is carried out by steps that can't fail. */
#ifndef MPR_ROUTER_RM_H
#define MPR_ROUTER_RM_H

#include "infoblock/infoblock.h"
#include "router/state.h"

struct router_manager *rm_find(const struct router *r, uint32_t transport);
uint32_t rm_preference(const struct router_manager *m, uint32_t protocol);
/* Block types of protocols are those below the router manager's own. */
bool rm_is_protocol_block(uint32_t type);
/* An input blob. ST_INVALID_PARAMETER: NULL or empty; ST_INVALID_DATA: malformed. */
mpr_status rm_blob_open(const struct blob *b, struct info_view *ret);
/* info_blob_merge, but the result always is a blob, if one without blocks. */
mpr_status rm_blob_merge(struct blob *b, const struct info_view *changes);
/* The n-th block that counts: of a type that comes twice the first is taken, as everywhere. */
enum rm_block_use { RM_BLOCK_END, RM_BLOCK_SKIP, RM_BLOCK_TAKE };
enum rm_block_use rm_block_at(const struct info_view *view, uint32_t n, struct info_block *ret);
/* The same for a manager's global information. */
bool rm_store_global(const struct router_manager *m, const struct blob *info);
/* Iterates over all interfaces of a router that have the manager's transport. */
typedef void rm_each_fn(struct iftransport *t, void *context);
void rm_each(struct router_manager *m, rm_each_fn *fn, void *context);
/* router_destroy: stop everything; requests complete with ST_ROUTER_STOPPED. Comes first: the
 * interfaces are still as they were. No other rm_ function is called after it. */
void rm_shutdown(struct router *r);

#endif
