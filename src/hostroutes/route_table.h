/* Routes by prefix: one each, both families in one table.
 *
 * The routes are in one array without gaps, so walking costs no more than what is there; a table of
 * slots with linear probing finds them. 44 octets a route and at most 16 of slots.
 */
#ifndef MPR_HOSTROUTES_ROUTE_TABLE_H
#define MPR_HOSTROUTES_ROUTE_TABLE_H

#include "hostroutes/message.h"

struct table_route {
    struct hr_route route;
    unsigned state; /* the user's */
};

/* Zeroed memory is an empty table. */
struct route_table {
    struct table_route *routes;
    size_t count, capacity;
    uint32_t *slots; /* index into routes + 1; 0: free */
    size_t slot_count;
};

void route_table_free(struct route_table *t);
/* NULL: there is none to that prefix. Valid until the table changes. */
struct table_route *route_table_find(const struct route_table *t, const struct hr_route *prefix);
/* Adds one to a prefix that has none, with state 0. NULL: no memory, and nothing has changed. */
struct table_route *route_table_add(struct route_table *t, const struct hr_route *route);
/* The last one of the array takes its place, so a walk that removes goes from the end. */
void route_table_remove(struct route_table *t, struct table_route *entry);

#endif
