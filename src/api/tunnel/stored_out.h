/* Stored values as memory for the caller of the API. */
#ifndef MPR_API_STORED_OUT_H
#define MPR_API_STORED_OUT_H

#include "api/api.h"

#include <mprapi_ext.h>

#include "win32/sys/no_interface_macro.h"

/* A REG_BINARY value, NULL and 0 when there is none. ST_NOT_ENOUGH_MEMORY. */
mpr_status stored_bytes_out(HKEY key, const WCHAR *name, DWORD *ret_size, BYTE **ret);
/* A custom policy (win32/store/server_store.h), *ret left alone when there is none.
 * ST_NOT_ENOUGH_MEMORY. */
mpr_status stored_policy_out(HKEY key, const WCHAR *name, ROUTER_CUSTOM_IKEv2_POLICY0 **ret);

#endif
