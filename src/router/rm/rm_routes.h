/* The rows of an interface's route block in the route table. */
#ifndef MPR_ROUTER_RM_ROUTES_H
#define MPR_ROUTER_RM_ROUTES_H

#include "infoblock/infoblock.h"
#include "infoblock/route_rows.h"
#include "router/rm/rm_rows.h"
#include "router/state.h"

/* The route that a row stands for on t's interface. False (with a trace) for a row that no route
 * can be made of: another address family, a mask with holes, a view that is not for unicast; and
 * while its routes are held for one that is not to dial. */
bool rm_row_route(const struct iftransport *t, const struct route_row *row, struct rm_route *ret);
/* Whether its rows are in the table: it is active, or they are held there (rm_hold.h). */
bool rm_routes_installed(const struct iftransport *t);
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

#endif
