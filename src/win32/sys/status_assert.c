/* Proof that the numbers which the portable core uses are those of the SDK: a value that differs
 * stops the build here. */
#include "win32/sys/windows_api.h"

#include <mprerror.h>
#include <raserror.h>
#include <routprot.h>

#include "base/status.h"
#include "protocol/protocol.h"

#define CHECK(name, value)                                                          \
    _Static_assert(ST_##name == ERROR_##name, "ST_" #name " differs from the SDK"); \
    _Static_assert((value) == ERROR_##name, #name " differs from the SDK");
MPR_STATUS_TABLE(CHECK)

_Static_assert(ST_OK == NO_ERROR, "NO_ERROR");
_Static_assert(ST_PENDING == PENDING, "PENDING");
_Static_assert(ST_RPC_INVALID_BINDING == RPC_S_INVALID_BINDING, "RPC_S_INVALID_BINDING");
_Static_assert(ST_RPC_SERVER_UNAVAILABLE == RPC_S_SERVER_UNAVAILABLE, "RPC_S_SERVER_UNAVAILABLE");
_Static_assert(ST_RPC_SERVER_TOO_BUSY == RPC_S_SERVER_TOO_BUSY, "RPC_S_SERVER_TOO_BUSY");
_Static_assert(ST_RPC_CALL_FAILED == RPC_S_CALL_FAILED, "RPC_S_CALL_FAILED");
_Static_assert(ST_RPC_NULL_REF_POINTER == RPC_X_NULL_REF_POINTER, "RPC_X_NULL_REF_POINTER");

/* The routing protocol interface (routprot.h). */
_Static_assert(PROTOCOL_ROUTING == RF_ROUTING, "RF_ROUTING");
_Static_assert(PROTOCOL_DEMAND_UPDATE_ROUTES == RF_DEMAND_UPDATE_ROUTES, "RF_DEMAND_UPDATE_ROUTES");
_Static_assert(PROTOCOL_ADD_ALL_INTERFACES == RF_ADD_ALL_INTERFACES, "RF_ADD_ALL_INTERFACES");
_Static_assert(PROTOCOL_MULTICAST == RF_MULTICAST, "RF_MULTICAST");
_Static_assert((int)PROTOCOL_ROUTER_STOPPED == (int)ROUTER_STOPPED, "ROUTER_STOPPED");
_Static_assert((int)PROTOCOL_SAVE_GLOBAL_CONFIG_INFO == (int)SAVE_GLOBAL_CONFIG_INFO, "global");
_Static_assert((int)PROTOCOL_SAVE_INTERFACE_CONFIG_INFO == (int)SAVE_INTERFACE_CONFIG_INFO, "if");
_Static_assert((int)PROTOCOL_UPDATE_COMPLETE == (int)UPDATE_COMPLETE, "UPDATE_COMPLETE");
_Static_assert((int)NET_PERMANENT == (int)PERMANENT, "PERMANENT");
_Static_assert((int)NET_DEMAND_DIAL == (int)DEMAND_DIAL, "DEMAND_DIAL");
_Static_assert(RIS_ADDRESS_CHANGE == RIS_INTERFACE_ADDRESS_CHANGE, "RIS_INTERFACE_ADDRESS_CHANGE");
_Static_assert(RIS_ENABLED == RIS_INTERFACE_ENABLED, "RIS_INTERFACE_ENABLED");
_Static_assert(RIS_DISABLED == RIS_INTERFACE_DISABLED, "RIS_INTERFACE_DISABLED");
_Static_assert(RIS_MEDIA_PRESENT == RIS_INTERFACE_MEDIA_PRESENT, "RIS_INTERFACE_MEDIA_PRESENT");
_Static_assert(RIS_MEDIA_ABSENT == RIS_INTERFACE_MEDIA_ABSENT, "RIS_INTERFACE_MEDIA_ABSENT");

/* Text of the core is text of the API. */
_Static_assert(sizeof(WCHAR) == sizeof(char16_t), "WCHAR");
