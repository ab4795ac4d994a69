/* What the files of the router managers share: rm*.c, hosted*.c, builtin.c, update*.c.
 *
 *   rm.c            managers: create, set, get, shut down
 *   rm_global.c     a new global blob, handed out block by block
 *   rm_apply.c      a new blob of an interface, handed out block by block
 *   rm_interface.c  transports on interfaces, and what DIM and DDM tell
 *   rm_binding.c    one protocol on one interface
 *   rm_routes.c     rows of the route block in the route table; rm_rows.c their set
 *   hosted.c        a protocol's life; hosted_call.c its calls; hosted_event.c its events
 *   builtin.c       calls into a protocol that is linked in
 *   update.c        the autostatic update; update_routes.c its routes
 *
 * Whatever can fail (memory, a built-in protocol's refusal) comes first and can be undone; then a
 * change is carried out by steps that can't fail.
 */
#ifndef MPR_ROUTER_RM_H
#define MPR_ROUTER_RM_H

#include "infoblock/infoblock.h"
#include "infoblock/priority.h"
#include "infoblock/route_rows.h"
#include "infoblock/types.h"
#include "router/state.h"

/* ---- rm.c ------------------------------------------------------------------------------------ */

struct router_manager *rm_find(const struct router *r, uint32_t transport);
struct iftransport *rm_iftransport(const struct interface *i, const struct router_manager *m);
struct iftransport *rm_iftransport_by_index(const struct router_manager *m, uint32_t index);
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

/* ---- rm_interface.c -------------------------------------------------------------------------- */

/* Brings routes and protocols in line with the interface's state. readdress: the addresses may
 * have changed. */
void rm_refresh(struct iftransport *t, bool readdress);
/* Writes info of the interface to the stored configuration if the interface has a key there; false
 * when out of memory. */
bool rm_store_info(const struct iftransport *t, const struct blob *info);
struct iftransport *rm_by_host_index(const struct router_manager *m, uint32_t host_index);
/* Takes the transport off its interface; a running update ends with status. */
void rm_iftransport_free(struct iftransport *t, mpr_status status);

/* ---- rm_global.c ----------------------------------------------------------------------------- */

/* Applies checked blobs, of which one may be NULL, block by block. ST_OK: done; ST_PENDING: request
 * has parts; otherwise nothing changed. */
mpr_status rm_apply_global(struct router_manager *m, const struct info_view *global,
                           const struct info_view *client, struct request *request);

/* ---- rm_apply.c ------------------------------------------------------------------------------ */

/* Applies a checked blob block by block: as SetInfo, or (fresh) as the first info of a transport
 * that was just put on the interface. ST_OK: done; ST_PENDING: request has parts; otherwise nothing
 * changed. */
mpr_status rm_apply(struct iftransport *t, const struct info_view *changes, bool fresh,
                    struct request *request);

/* ---- rm_binding.c ---------------------------------------------------------------------------- */

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

/* ---- rm_rows.c ------------------------------------------------------------------------------- */

struct rm_route {
    struct rtm_prefix prefix;
    struct rtm_route route;
    bool added; /* rm_routes_begin: it was not in the table before */
};

/* Routes with distinct destination and next hop, in order, with a hash table over them. */
struct rm_route_set {
    struct rm_route *list;
    size_t count, capacity;
    uint32_t *slots; /* index into list + 1; 0: free */
    uint32_t slot_mask;
};

/* Room for capacity routes. ST_NOT_ENOUGH_MEMORY. Zeroed memory is an empty set. */
mpr_status rm_route_set_init(struct rm_route_set *s, size_t capacity);
void rm_route_set_free(struct rm_route_set *s);
/* False when a route with that destination and next hop is there already. */
bool rm_route_set_put(struct rm_route_set *s, const struct rm_route *route);
bool rm_route_set_has(const struct rm_route_set *s, const struct rm_route *route);

/* ---- rm_routes.c ----------------------------------------------------------------------------- */

/* The route that a row stands for on t's interface. False (with a trace) for a row that no route
 * can be made of: another address family, a mask with holes. */
bool rm_row_route(const struct iftransport *t, const struct route_row *row, struct rm_route *ret);
/* Row n of a route block whose item size is known to be good. */
struct route_row rm_row_at(const struct info_block *block, uint32_t n);
/* ST_INVALID_DATA: rows of unknown size. No block, or an empty one: ST_OK, *ret zeroed. */
mpr_status rm_routes_find(const struct blob *info, struct info_block *ret);
mpr_status rm_routes_of_block(const struct iftransport *t, const struct info_block *block,
                              struct rm_route_set *ret);
/* Makes every row name this interface, in place. */
void rm_rows_adopt(struct blob *info, uint32_t index);

/* Replaces the routes of block old_rows by those of next in the route table, in two steps, of
 * which only the first can fail (and then leaves the table as it was). Between them
 * rm_routes_undo returns to the old ones. */
mpr_status rm_routes_begin(struct iftransport *t, const struct info_block *old_rows,
                           struct rm_route_set *next);
void rm_routes_undo(struct iftransport *t, const struct info_block *old_rows,
                    const struct rm_route_set *next);
void rm_routes_finish(struct iftransport *t, const struct info_block *old_rows,
                      const struct rm_route_set *next);

/* Adds what the interface has (its subnets, its rows) and is not there yet; a failure is traced.
 * Gives routes that are there their present preference. */
void rm_routes_install(struct iftransport *t);
void rm_routes_withdraw(struct iftransport *t);

/* ---- hosted.c -------------------------------------------------------------------------------- */

/* The protocol of that id, unless it is being stopped. */
struct hosted_protocol *hosted_find(const struct router_manager *m, uint32_t protocol_id);
/* A new one, not yet started. ST_NOT_FOUND: neither built in nor in the catalogue. */
mpr_status hosted_new(struct router_manager *m, uint32_t protocol_id, struct hosted_protocol **ret);
/* Built-in: starts it with the block and puts it on all interfaces that have a block for it. On
 * failure it is not running, and h is still the caller's. */
mpr_status hosted_start_builtin(struct hosted_protocol *h, const struct info_block *block);
/* Foreign: begins to load it; load is its CALL_LOAD. request gets one part, which is over when the
 * protocol has started or failed. */
void hosted_start_foreign(struct hosted_protocol *h, struct protocol_call *load,
                          struct request *request);
/* Its answers to CALL_LOAD, CALL_START, CALL_START_COMPLETE. */
void hosted_loaded(struct hosted_protocol *h, struct protocol_call *call);
void hosted_started(struct hosted_protocol *h, struct protocol_call *call);
void hosted_running(struct hosted_protocol *h, struct protocol_call *call);
/* Takes it out: off all interfaces, CALL_STOP, freed when that is over. Never fails. */
void hosted_stop(struct hosted_protocol *h);
/* CALL_STOP was answered. */
void hosted_stop_answered(struct hosted_protocol *h, mpr_status status);
/* It did wrong or stopped by itself: off all interfaces, called no more. What waits for its calls
 * ends with status. */
void hosted_fail(struct hosted_protocol *h, mpr_status status);
/* Frees it; calls that are at the host are left to it. */
void hosted_free(struct hosted_protocol *h);
/* A call may be queued for it now. */
bool hosted_accepts(const struct hosted_protocol *h);

/* ---- hosted_call.c --------------------------------------------------------------------------- */

/* A call to h about interface i (NULL: none) with a copy of block (NULL: none). NULL: no memory. */
struct protocol_call *call_new(struct hosted_protocol *h, enum protocol_call_kind kind,
                               const struct interface *i, const struct info_block *block);
/* The same for a built-in protocol on the stack; block is borrowed, and nothing is to be freed but
 * result. */
void call_init(struct protocol_call *call, const struct hosted_protocol *h,
               enum protocol_call_kind kind, const struct interface *i);
/* Gives the call a block without copying it. */
void call_borrow(struct protocol_call *call, const struct info_block *block);
/* Queues a call of a foreign protocol; request (or NULL) gets one part more. */
void call_queue(struct hosted_protocol *h, struct protocol_call *call, struct request *request);
/* Sends the next call to the host if none is out. */
void call_dispatch(struct hosted_protocol *h);
/* Ends all calls, queued or out, for what waits for them. */
void call_drop_all(struct hosted_protocol *h, mpr_status status);
/* Ends the queued calls about an interface up to its next ADD or DELETE_INTERFACE. */
void call_drop_interface(struct hosted_protocol *h, uint32_t interface, mpr_status status);
/* One part of request (may be NULL) is over. */
void call_part_done(struct router *r, struct request *request, mpr_status status);
void call_watchdog_start(struct hosted_protocol *h);

/* ---- hosted_event.c -------------------------------------------------------------------------- */

/* The answer to CALL_GET_GLOBAL_INFO or CALL_GET_INTERFACE_INFO. */
void hosted_info_answered(struct hosted_protocol *h, const struct protocol_call *call);

/* ---- builtin.c ------------------------------------------------------------------------------- */

const struct routing_protocol *builtin_find(uint32_t transport, uint32_t protocol_id);
/* Runs the call now; its result is in call->status. */
void builtin_call(struct hosted_protocol *h, struct protocol_call *call);
/* call_init and builtin_call with a borrowed block; the result is traced when it is an error. */
mpr_status builtin_do(struct hosted_protocol *h, enum protocol_call_kind kind,
                      const struct interface *i, const struct info_block *block);

/* ---- update.c -------------------------------------------------------------------------------- */

void update_init(struct iftransport *t); /* once its watchdog is reserved */
/* The running update, if any, ends with status; with forget also the last result. */
void update_abort(struct iftransport *t, mpr_status status, bool forget);
/* b's protocol has done its part of the running update, if it has one. */
void update_part_done(struct iftransport *t, struct protocol_binding *b, mpr_status status);
/* The answer to CALL_DO_UPDATE_ROUTES. */
void update_call_answered(struct hosted_protocol *h, const struct protocol_call *call);
/* UPDATE_COMPLETE. */
void update_message(struct hosted_protocol *h, const struct protocol_message *message);

/* update_routes.c: the learned routes of the protocols that were asked replace the autostatic ones.
 * On failure nothing has changed. */
mpr_status update_convert(struct iftransport *t);

#endif
