#include "api/api.h"

#include "api/serve/serve.h"
#include "api/serve/serve_rpc.h"
#include "win32/carrier/rpc.h"
#include "win32/store/rpc_store.h"

#define LAST_LOOK 64u

static bool serves_address;
static volatile LONG calls_begun, calls_running;

/* Who is not named, at Windows' pipe, is nobody whom rpc_client_count could tell of, but for his
 * calls. */
static mpr_status serve_counted(void *client, const struct carrier_request *request,
                                struct carrier_octets *response)
{
    mpr_status status;

    InterlockedIncrement(&calls_begun);
    InterlockedIncrement(&calls_running);
    status = serve_handler.call(client, request, response);
    InterlockedDecrement(&calls_running);
    return status;
}

/* rpc_listen keeps it. */
static const struct carrier_handler *counting_handler(void)
{
    static struct carrier_handler handler;

    handler = serve_handler;
    handler.call = serve_counted;
    return &handler;
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
    status = rpc_listen(counting_handler(), &settings);
    serves_address = status == ST_OK && settings.address[0];
    return status;
}

bool serve_rpc_follow(unsigned look)
{
    if (look == 0 || (look & (look - 1)) != 0) return false;
    return serve_rpc_listen() != ST_ALREADY_EXISTS || look >= LAST_LOOK;
}

void serve_rpc_unlisten(void)
{
    rpc_unlisten();
    serves_address = false;
}

bool serve_rpc_is_needed(void)
{
    static LONG seen;
    const LONG begun = calls_begun;
    const bool called = begun != seen;

    seen = begun;
    return called || calls_running > 0 || serves_address || rpc_client_count() > 0;
}
