/* Bindings of rpcrt4, and calls over them. Inside the carrier only. */
#ifndef MPR_WIN32_RPC_BINDING_H
#define MPR_WIN32_RPC_BINDING_H

#include "win32/carrier/rpc.h"
#include "win32/carrier/rpc_name.h"
#include "win32/carrier/rpc_runtime.h"

/* A binding to a router that has answered, as rpc_connect says. Freed with rpc_binding_free. */
mpr_status rpc_binding_reach(const struct rpc_name *name, const struct rpc_settings *settings,
                             RPC_BINDING_HANDLE *ret);
void rpc_binding_free(RPC_BINDING_HANDLE binding);

/* Whether somebody who has the interface answers: ST_OK, or as a call. */
mpr_status rpc_binding_probe(RPC_BINDING_HANDLE binding);

/* As carrier_table.call. */
mpr_status rpc_binding_call(RPC_BINDING_HANDLE binding, uint32_t method, const uint8_t *request,
                            size_t size, struct carrier_octets *response);

#endif
