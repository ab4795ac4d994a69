#include "win32/store/rpc_store.h"

#include <string.h>

#include "base/trace.h"
#include "win32/sys/access.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_values.h"

static void read_stored(HKEY key, struct rpc_stored *ret)
{
    struct registry_values v = {key, ST_OK};
    uint32_t allow_anonymous = 0;

    registry_values_text(&v, L"RpcAddress", ret->address, RPC_STORE_ADDRESS);
    if (v.status != ST_OK) ret->address[0] = 0;
    registry_values_number(&v, L"RpcPort", &ret->port);
    if (ret->port > UINT16_MAX) v.status = ST_INVALID_DATA;
    registry_values_number(&v, L"RpcAllowAnonymous", &allow_anonymous);
    if (ret->port > UINT16_MAX) ret->port = 0;
    ret->allow_anonymous = v.status == ST_OK && allow_anonymous == 1;
    if (v.status != ST_OK)
        TRACE(WARNING, "Parameters\\RpcAddress, RpcPort or RpcAllowAnonymous is malformed");
}

void rpc_store_read(struct rpc_stored *ret)
{
    HANDLE token = access_as_process();
    HKEY key;

    memset(ret, 0, sizeof(*ret));
    if (registry_open(L"Parameters", KEY_READ, false, &key) == ST_OK) {
        read_stored(key, ret);
        RegCloseKey(key);
    }
    access_as_caller(token);
}
