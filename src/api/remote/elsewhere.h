/* Routers of other machines (win32/carrier/rpc.h). */
#ifndef MPR_API_REMOTE_ELSEWHERE_H
#define MPR_API_REMOTE_ELSEWHERE_H

#include "api/api.h"

/* A server handle to the router of a machine that is not this one, by what programs call it: what
 * rpc_connect says, or ST_ACCESS_DENIED for who may not manage it. Whether that router is turned
 * off is not asked, as with this machine's. *ret is NULL on failure. */
mpr_status elsewhere_connect(enum handle_kind kind, const WCHAR *name, HANDLE *ret);

/* Whether that router runs: ST_OK, ST_SERVICE_NOT_ACTIVE (its service is there, and turned off), or
 * as above. */
mpr_status elsewhere_runs(const WCHAR *name);

#endif
