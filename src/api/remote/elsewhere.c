#include "api/remote/elsewhere.h"

#include "api/remote/remote.h"
#include "win32/carrier/rpc.h"
#include "win32/store/rpc_store.h"

static mpr_status reach_router(const WCHAR *name, struct carrier **ret)
{
    struct rpc_stored stored;
    struct rpc_settings settings;

    rpc_store_read(&stored);
    settings =
        (struct rpc_settings){.port = stored.port, .allow_anonymous = stored.allow_anonymous};
    return rpc_connect(name, &settings, ret);
}

mpr_status elsewhere_connect(enum handle_kind kind, const WCHAR *name, HANDLE *ret)
{
    struct carrier *carrier;
    mpr_status status = reach_router(name, &carrier);

    *ret = NULL;
    if (status == ST_OK) status = remote_open(carrier, kind, ret);
    if (status != ST_OK) return status;
    status = kind == HANDLE_SERVER ? remote_check(*ret) : remote_check_mib(*ret);
    if (status != ST_ACCESS_DENIED && status != ST_RPC_CALL_FAILED) return ST_OK;
    remote_close(kind, *ret);
    *ret = NULL;
    return status;
}

mpr_status elsewhere_runs(const WCHAR *name)
{
    HANDLE server;
    mpr_status status = elsewhere_connect(HANDLE_SERVER, name, &server);

    if (status != ST_OK) return status;
    status = remote_check(server);
    remote_close(HANDLE_SERVER, server);
    return status == ST_RPC_SERVER_UNAVAILABLE ? ST_SERVICE_NOT_ACTIVE : status;
}
