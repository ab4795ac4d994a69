/* Rows of the host: layout, order, finding. */
#ifndef MPR_ROUTER_RM_MIB_ROWS_H
#define MPR_ROUTER_RM_MIB_ROWS_H

#include "router/mib/rm_mib_internal.h"

/* The row whose key begins with the given index DWORDs, or (after) the first one behind all of
 * those; from count 0 the first row. NULL when there is none. */
const uint8_t *mib_rows_find(const struct mib_rows *rows, const uint32_t *index, size_t count,
                             bool after);
mib_answer_fn mib_host_count, mib_host_table, mib_host_row, mib_host_neighbours, mib_host_figures;

#endif
