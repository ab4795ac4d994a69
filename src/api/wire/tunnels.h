/* The newest layout of tunnel settings (tunnel/server_ex.h) and dimsvc's. */
#ifndef MPR_API_WIRE_TUNNELS_H
#define MPR_API_WIRE_TUNNELS_H

#include "api/tunnel/server_ex.h"
#include "api/wire/rows.h"

/* As wire_rows_out and wire_rows_in; after an error of _in what was had is in ret, for
 * server_tunnels_free. */
mpr_status wire_tunnels_out(struct ndr *n, const server_tunnels *tunnels, struct dim_tunnels *ret);
mpr_status wire_tunnels_in(struct wire_memory *m, const struct dim_tunnels *tunnels,
                           server_tunnels *ret);

#endif
