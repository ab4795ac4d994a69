/* The client's end of the methods: what an exported function does when its server handle is that of
 * a router in another process, or on another machine.
 *
 * Each function has the parameters of the exported function of that name, and its results. What
 * needs no router (pointers that are NULL) is answered as the local function answers it, in the
 * same order: binding, access, running, then parameters; remote_check asks for the first three.
 */
#ifndef MPR_API_REMOTE_H
#define MPR_API_REMOTE_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

#include "dimsvc/method.h"
#include "win32/carrier/carrier.h"

/* Whether a server handle is one of ours to another router, live or not. */
static inline bool remote_is(HANDLE server)
{
    enum handle_kind kind = handle_kind_of(api_handle(server));

    return kind == HANDLE_REMOTE || kind == HANDLE_REMOTE_MIB;
}

/* ---- bindings (binding.c) -------------------------------------------------------------------- */

/* Which router this process's calls go to, decided once (choose.c): MPRAPI_ROUTER, else
 * Parameters\Router, "process" or "shared"; without either, a router of the prefix if one runs. The
 * log says what was taken and why. NULL: the one inside this process. */
struct carrier *remote_carrier(void);

/* A server handle (kind HANDLE_SERVER or HANDLE_MIB_SERVER) to the router behind a carrier. */
mpr_status remote_open(struct carrier *c, enum handle_kind kind, HANDLE *ret);
/* ST_INVALID_HANDLE */
mpr_status remote_close(enum handle_kind kind, HANDLE server);

/* One method: request written, carried, the response read into a. Returns the method's result, or
 * what kept it from being had (ST_RPC_INVALID_BINDING: no such handle). What a points to afterwards
 * lives until ndr_free(reply), which the caller owes in every case. */
mpr_status remote_call(HANDLE server, enum dim_method method, struct dim_arguments *a,
                       struct ndr *reply);
/* The same for methods without results. */
mpr_status remote_tell(HANDLE server, enum dim_method method, struct dim_arguments *a);

/* Binding, access, running; with demand dial: ST_DDM_NOT_RUNNING, too. */
mpr_status remote_check(HANDLE server);
mpr_status remote_check_ddm(HANDLE server);

#endif
