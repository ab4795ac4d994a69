/* Names of status values, for logs and for people. */
#include "base/status.h"

#include <stddef.h>

/* clang-format off */
static const struct {
    mpr_status status;
    const char *name;
} names[] = {
    {ST_OK, "NO_ERROR"},
    {ST_PENDING, "PENDING"},
    {ST_RPC_INVALID_BINDING, "RPC_S_INVALID_BINDING"},
    {ST_RPC_SERVER_UNAVAILABLE, "RPC_S_SERVER_UNAVAILABLE"},
    {ST_RPC_SERVER_TOO_BUSY, "RPC_S_SERVER_TOO_BUSY"},
    {ST_RPC_CALL_FAILED, "RPC_S_CALL_FAILED"},
    {ST_RPC_PROCNUM_OUT_OF_RANGE, "RPC_S_PROCNUM_OUT_OF_RANGE"},
    {ST_RPC_NULL_REF_POINTER, "RPC_X_NULL_REF_POINTER"},
    {ST_RPC_BAD_STUB_DATA, "RPC_X_BAD_STUB_DATA"},
#define MPR_STATUS_NAME(name, value) {ST_##name, "ERROR_" #name},
    MPR_STATUS_TABLE(MPR_STATUS_NAME)
#undef MPR_STATUS_NAME
};
/* clang-format on */

const char *status_name(mpr_status status)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].status == status) return names[i].name;
    }
    return "ERROR_?";
}
