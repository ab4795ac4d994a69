/* An interface's new information, handed out block by block. */
#ifndef MPR_ROUTER_RM_APPLY_H
#define MPR_ROUTER_RM_APPLY_H

#include "infoblock/infoblock.h"
#include "router/state.h"

/* Applies a checked blob block by block: as SetInfo, or (fresh) as the first info of a transport
 * that was just put on the interface. ST_OK: done; ST_PENDING: request has parts; otherwise nothing
 * changed. */
mpr_status rm_apply(struct iftransport *t, const struct info_view *changes, bool fresh,
                    struct request *request);

#endif
