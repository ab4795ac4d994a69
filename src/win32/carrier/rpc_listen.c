/* All of the router's ends by RPC, begun and ended together. */
#include "win32/carrier/rpc.h"

#include "base/trace.h"
#include "win32/carrier/rpc_clients.h"
#include "win32/carrier/rpc_local.h"
#include "win32/carrier/rpc_pipe.h"
#include "win32/carrier/rpc_runtime.h"
#include "win32/carrier/rpc_tcp.h"
#include "win32/sys/access.h"
#include "win32/sys/machine_lock.h"

static struct machine_lock one_server = MACHINE_LOCK_INIT(L"mprapi rpc");
static SRWLOCK rpc_turn = SRWLOCK_INIT;
static bool listening;

static mpr_status begin_local(const struct rpc_settings *settings)
{
    mpr_status status = rpc_is_wines() ? rpc_pipe_listen(settings) : ST_OK;

    if (status != ST_OK) return status;
    status = rpc_local_listen();
    if (status != ST_OK) rpc_pipe_unlisten();
    return status;
}

static mpr_status begin(const struct carrier_handler *handler, const struct rpc_settings *settings)
{
    mpr_status status;

    rpc_clients_start(handler);
    status = begin_local(settings);
    if (status != ST_OK) {
        rpc_clients_stop();
        return status;
    }
    listening = true;
    if (settings->address[0] && rpc_tcp_listen(settings) != ST_OK) rpc_tcp_unlisten();
    return ST_OK;
}

/* The lock is for who begins at the same time; who has begun has the endpoints. */
static mpr_status begin_alone(const struct carrier_handler *handler,
                              const struct rpc_settings *settings)
{
    enum { BEGINNING_MS = 5000 };
    mpr_status status = machine_lock_enter(&one_server, BEGINNING_MS);

    if (status == ST_OK) {
        status = begin(handler, settings);
        machine_lock_leave(&one_server);
    }
    machine_lock_close(&one_server);
    return status;
}

mpr_status rpc_listen(const struct carrier_handler *handler, const struct rpc_settings *settings)
{
    mpr_status status = access_check();

    AcquireSRWLockExclusive(&rpc_turn);
    if (status == ST_OK && listening) status = ST_ALREADY_EXISTS;
    if (status == ST_OK) status = begin_alone(handler, settings);
    ReleaseSRWLockExclusive(&rpc_turn);
    if (status != ST_OK) TRACE(ERROR, "rpc: can't listen: %s", status_name(status));
    return status;
}

void rpc_unlisten(void)
{
    AcquireSRWLockExclusive(&rpc_turn);
    if (listening) {
        rpc_tcp_unlisten();
        rpc_pipe_unlisten();
        rpc_local_unlisten();
        rpc_clients_stop();
        listening = false;
    }
    ReleaseSRWLockExclusive(&rpc_turn);
}

unsigned rpc_client_count(void)
{
    return rpc_clients_count() + rpc_tcp_connections();
}
