#include "api/api.h"

#include "api/serve/serve.h"
#include "api/serve/serve_rpc.h"
#include "win32/carrier/rpc.h"
#include "win32/store/rpc_store.h"

static bool serves_address;

bool serve_rpc_is_wanted(void)
{
    struct rpc_stored stored;

    rpc_store_read(&stored);
    return stored.address[0] != 0;
}

mpr_status serve_rpc_listen(void)
{
    struct rpc_settings settings;
    struct rpc_stored stored;
    mpr_status status;

    rpc_store_read(&stored);
    settings =
        (struct rpc_settings){.port = stored.port, .allow_anonymous = stored.allow_anonymous};
    u16_copy(settings.address, RPC_ADDRESS_MAX, stored.address);
    status = rpc_listen(&serve_handler, &settings);
    serves_address = status == ST_OK && settings.address[0];
    return status;
}

void serve_rpc_unlisten(void)
{
    rpc_unlisten();
    serves_address = false;
}

bool serve_rpc_is_needed(void)
{
    return serves_address || rpc_client_count() > 0;
}
