/* One protocol on one interface. */
#ifndef MPR_ROUTER_RM_BINDING_H
#define MPR_ROUTER_RM_BINDING_H

#include "infoblock/infoblock.h"
#include "router/state.h"

struct protocol_binding *binding_find(const struct iftransport *t, const struct hosted_protocol *h);
/* A binding that is not yet in t's list, with its ADD_INTERFACE call (block NULL: without info).
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status binding_new(struct iftransport *t, struct hosted_protocol *h,
                       const struct info_block *block, struct protocol_binding **ret,
                       struct protocol_call **ret_call);
/* Frees one that never was in the list, or that its protocol no longer knows. */
void binding_discard(struct protocol_binding *b);
/* Addresses and ENABLED; again for new addresses. A failure is traced. */
void binding_up(struct iftransport *t, struct protocol_binding *b);
void binding_down(struct iftransport *t, struct protocol_binding *b);
/* A status that changes nothing else: media. */
void binding_status(struct iftransport *t, struct protocol_binding *b,
                    enum interface_status_type type);
/* DELETE_INTERFACE; b is freed. */
void binding_remove(struct iftransport *t, struct protocol_binding *b);
/* b is freed without a call: the protocol stopped, failed or refused the interface. */
void binding_lose(struct iftransport *t, struct protocol_binding *b);

#endif
