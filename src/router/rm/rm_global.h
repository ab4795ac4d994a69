/* A router manager's new global information, handed out block by block. */
#ifndef MPR_ROUTER_RM_GLOBAL_H
#define MPR_ROUTER_RM_GLOBAL_H

#include "infoblock/infoblock.h"
#include "router/state.h"

/* Applies checked blobs, of which one may be NULL, block by block. ST_OK: done; ST_PENDING: request
 * has parts; otherwise nothing changed. */
mpr_status rm_apply_global(struct router_manager *m, const struct info_view *global,
                           const struct info_view *client, struct request *request);

#endif
